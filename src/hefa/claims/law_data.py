"""law/repealed.toml: repealed instruments and national outlines, as dated data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Repealed:
    """`dead_on`: the first day on which the instrument is no longer in force; `verified`: read in a law text."""

    name: str
    dead_on: date
    replaced_by: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """A national outline or plan and the spans of years under which it was issued."""

    name: str
    spans: tuple[tuple[int, int], ...]


def _folder() -> Path:
    """law/ beside the checkout's src/, or inside the installed package."""
    here = Path(__file__).resolve()
    for parent in here.parents:
        if (parent / "law" / "repealed.toml").exists():
            return parent / "law"
    raise FileNotFoundError("law/repealed.toml")


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    with open(_folder() / "repealed.toml", "rb") as file:
        return tomllib.load(file)


@cache
def repealed() -> dict[str, Repealed]:
    """Repealed instruments by every name under which they are cited (without 中华人民共和国)."""
    result = {}
    for group in _data()["repealed"]:
        for name in group["names"]:  # type: ignore[attr-defined]
            result[name] = Repealed(
                name,
                group["dead_on"],
                str(group.get("replaced_by", "")),  # type: ignore[arg-type]
                str(group["source"]),
                bool(group["verified"]),
            )
    return result


@cache
def outlines() -> tuple[Outline, ...]:
    return tuple(Outline(str(o["name"]), tuple((a, b) for a, b in o["spans"])) for o in _data()["outline"])  # type: ignore[attr-defined]
