"""Where the updates of an installation lie: one folder each in `law/` of the data folder, made and undone by renaming.

`0001-1f2e3d4c/` holds: its files, `update.json` (what, who, when) and `report.json` (what it moved). An update that was
taken back keeps its folder under another name, so that its number is not given again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from hefa.claims import law_data
from hefa.kernel import layers
from hefa.kernel.layers import BadLaw

from .candidate import Candidate

ABOUT, REPORT, FOLDER = "update.json", "report.json", "law"
BACK = ".taken-back"
LEFT_SECONDS = 24 * 3600
_NAME = re.compile(rf"(\d{{4}})-([0-9a-f]{{8}})({re.escape(BACK)})?")


@dataclass(frozen=True, slots=True)
class Update:
    """One update. `files`: name → SHA-256; `back`: it was taken back."""

    id: str
    place: Path
    digest: str
    files: dict[str, str]
    by: str
    at: dt.datetime
    back: bool

    def report(self) -> dict[str, Any]:
        """What it moved, as told when it was taken in."""
        try:
            found = orjson.loads((self.place / REPORT).read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def damage(self) -> str:
        """The file that is not the one that was taken in; "" when all are."""
        for name, seal in self.files.items():
            path = self.place / f"{name}.toml"
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != seal:
                return path.name
        return ""


def updates(data: Path, *, with_back: bool = False) -> list[Update]:
    """The updates that hold, oldest first; on request also those that were taken back."""
    folder = data / FOLDER
    found = []
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAME.fullmatch(place.name)
        if match and (with_back or not match.group(3)):
            found.append(_update(place, f"{match.group(1)}-{match.group(2)}", bool(match.group(3))))
    return found


def _update(place: Path, id: str, back: bool) -> Update:
    try:
        about = orjson.loads((place / ABOUT).read_bytes())
        at = dt.datetime.fromisoformat(about["at"])
        return Update(id, place, about["digest"], about["files"], about["by"], at, back)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadLaw(f"法律更新 {id} 的 {ABOUT} 读不出来，请撤回这次更新后重新载入") from error


_seen: dict[Path, int] = {}


def refresh(data: Path) -> bool:
    """Let this process read the updates of the data folder as they now are; whether anything changed. BadLaw: damaged."""
    folder = data / FOLDER
    mark = folder.stat().st_mtime_ns if folder.is_dir() else 0
    if _seen == {folder: mark}:
        return False
    held = updates(data)
    for one in held:
        if damage := one.damage():
            raise BadLaw(f"法律更新 {one.id} 的文件 {damage} 不见了或者被改动过，请撤回这次更新后重新载入")
    places = tuple(one.place for one in held)
    layers.use(places)
    law_data.use(places)
    _seen.clear()
    _seen[folder] = mark
    return True


def refresh_or_tell(data: Path) -> bool:
    """As `refresh`, for a server that runs: what is damaged is told in the log, and what was read goes on."""
    try:
        return refresh(data)
    except BadLaw as error:
        logging.getLogger(__name__).error("%s", error)
        return False


@contextmanager
def staged(made: Candidate, data: Path) -> Iterator[Path]:
    """The files in a folder of their own beside the updates, for a look; gone afterwards unless it was taken."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob("part-*"):  # by a process that was killed
        if left.stat().st_mtime < time.time() - LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix="part-", dir=folder))
    try:
        made.write(place)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def next_id(data: Path, digest: str) -> str:
    numbers = [int(one.id[:4]) for one in updates(data, with_back=True)]
    return f"{max(numbers, default=0) + 1:04d}-{digest[:8]}"


def about(made: Candidate, by: str, at: dt.datetime) -> bytes:
    files = {part.name: hashlib.sha256(part.body).hexdigest() for part in made.parts}
    said = {"digest": made.digest, "files": files, "by": by, "at": at.isoformat(timespec="seconds")}
    return orjson.dumps(said, option=orjson.OPT_INDENT_2)


@contextmanager
def renamed(old: Path, new: Path) -> Iterator[None]:
    """The rename that makes or undoes an update: taken back when what goes with it fails."""
    _settle(old)
    old.rename(new)
    try:
        yield
    except BaseException:
        new.rename(old)
        raise


def _settle(place: Path) -> None:
    """On the disk before the name says so."""
    for path in (*place.iterdir(), place):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
