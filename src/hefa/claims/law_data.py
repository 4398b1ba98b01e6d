"""law/repealed.toml: repealed instruments and national outlines, as dated data, with the installation's updates of it."""

import os
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Repealed:
    """`dead_on`: the first day on which the instrument is no longer in force; `verified`: read in a law text.

    `where`: name → the articles that took its place, where they are known.
    """

    name: str
    dead_on: date
    replaced_by: str
    source: str
    verified: bool
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """A national outline or plan and the spans of years under which it was issued."""

    name: str
    spans: tuple[tuple[int, int], ...]


def _folder() -> Path:
    """HEFA_LAW when set, else law/ beside or above the code, as everywhere in hefa."""
    named = os.environ.get("HEFA_LAW")
    if named and (Path(named) / "repealed.toml").exists():
        return Path(named)
    for parent in Path(__file__).resolve().parents:
        if (parent / "law" / "repealed.toml").exists():
            return parent / "law"
    raise FileNotFoundError("law/repealed.toml")


_used: tuple[Path, ...] = ()


def use(updates: tuple[Path, ...]) -> None:
    """From now on this process reads the repeals of these folders too, as `hefa.kernel.layers.use`."""
    global _used
    _used = updates


def updates() -> tuple[Path, ...]:
    """The folders whose repeals are read beside the program's."""
    return _used


@cache
def _data(folder: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        with open(folder / "repealed.toml", "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}


def repealed(over: tuple[Path, ...] | None = None) -> dict[str, Repealed]:
    """Repealed instruments by every name under which they are cited (without 中华人民共和国).

    `over`: read these updates instead of those in use.
    """
    return _repealed(_folder(), *(_used if over is None else over))


@cache
def _repealed(*folders: Path) -> dict[str, Repealed]:
    result = {}
    for group in (group for folder in folders for group in _data(folder).get("repealed", ())):
        for name in group["names"]:
            result[name] = Repealed(
                name,
                group["dead_on"],
                str(group.get("replaced_by", "")),
                str(group["source"]),
                bool(group["verified"]),
                dict(group.get("where", {})),
            )
    return result


@cache
def outlines() -> tuple[Outline, ...]:
    return tuple(Outline(str(o["name"]), tuple((a, b) for a, b in o["spans"])) for o in _data(_folder())["outline"])
