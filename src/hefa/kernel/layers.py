"""Which law data are read: the program's folder, and over it the updates that this installation has taken in. Pure.

Whoever starts the process says which updates hold (`use`); `reading` reads otherwise for the length of a block, which is
how “what would this update move?” is asked. The files are never changed: a newer layer lies over an older one.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

HOLIDAYS, COUNTING, REPEALED = "holidays", "counting", "repealed"


class BadLaw(ValueError):
    """A file of the law folder cannot be read as meant. The message names file and key."""


@dataclass(frozen=True, eq=False)
class Layers:
    """The program's folder and the updates over it, oldest first. One object a choice, so that caches can ask by it."""

    program: Path
    updates: tuple[Path, ...] = ()

    def holding(self, name: str) -> tuple[Path, ...]:
        """The updates in which there is a file `name`.toml, oldest first."""
        return tuple(place for place in self.updates if (place / f"{name}.toml").is_file())


_used: tuple[Path, ...] = ()
_read: ContextVar[Layers | None] = ContextVar("law_layers", default=None)


@cache
def folder() -> Path:
    """Where the program's law data lie: HEFA_LAW when set, else `law/` beside or above the code. Decided once."""
    named = os.environ.get("HEFA_LAW")
    if named:
        return Path(named)
    for parent in Path(__file__).resolve().parents:
        if (parent / "law" / f"{HOLIDAYS}.toml").is_file():
            return parent / "law"
    raise BadLaw("找不到法律数据文件夹 law/，请用环境变量 HEFA_LAW 指明它的位置")


@cache
def layers(program: Path, updates: tuple[Path, ...] = ()) -> Layers:
    """The one object of a choice."""
    return Layers(program, updates)


def current() -> Layers:
    """What is read here and now."""
    return _read.get() or layers(folder(), _used)


def use(updates: tuple[Path, ...]) -> None:
    """From now on this process reads these updates over the program's folder."""
    global _used
    _used = updates


@contextmanager
def reading(updates: tuple[Path, ...]) -> Iterator[Layers]:
    """Read these updates instead, in this block and this thread alone."""
    chosen = layers(folder(), updates)
    before = _read.set(chosen)
    try:
        yield chosen
    finally:
        _read.reset(before)


def read(place: Path, name: str) -> dict[str, Any]:
    """The raw content of <name>.toml there. BadLaw with the file's name when it is not TOML."""
    path = place / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLaw(f"{path.name}：不是有效的 TOML 文件（{error}）") from error


Kinds = Mapping[str, "type | tuple[type, ...]"]


def take(row: Mapping[str, Any], where: str, required: Kinds, optional: Kinds) -> dict[str, Any]:
    """The row, after proof that it has every required key, no unknown one, and the right types."""
    for key, value in row.items():
        wanted = required.get(key) or optional.get(key)
        if wanted is None:
            raise BadLaw(f"{where}：不认识的键“{key}”")
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise BadLaw(f"{where}：键“{key}”的值“{value}”不是预期的类型")
    for key in required:
        if key not in row:
            raise BadLaw(f"{where}：缺少键“{key}”")
    return dict(row)


@cache
def deaths(place: Path) -> Mapping[str, dt.date]:
    """Names of instruments that an update puts an end to → first day on which they no longer hold."""
    return {name: group["dead_on"] for group in read(place, REPEALED)["repealed"] for name in group["names"]}


class Dated(Protocol):
    """A row of the law that holds from a day on: a term, a limit. A frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def in_force_from(self) -> dt.date: ...

    @property
    def in_force_to(self) -> dt.date | None: ...


Row = TypeVar("Row", bound=Dated)


def in_order(rows: Iterable[Row], where: str) -> tuple[Row, ...]:
    """Newest first. Two rows from one day would make the law a matter of luck."""
    found = tuple(sorted(rows, key=_newest))
    for newer, older in pairwise(found):
        if newer.in_force_from == older.in_force_from:
            raise BadLaw(f"{where}：自{newer.in_force_from}起施行的有两行")
    return found


def in_force(rows: Iterable[Row], day: dt.date) -> Row | None:
    """The row that holds on `day`, of rows newest first."""
    return next((one for one in rows if one.in_force_from <= day <= (one.in_force_to or dt.date.max)), None)


def stacked(
    own: Mapping[str, Sequence[Row]], over: Iterable[tuple[Mapping[str, Sequence[Row]], dt.date | None]]
) -> dict[str, tuple[Row, ...]]:
    """Rows by name, newest first, of a file and of what lies over it, oldest first: the last day of the rows below,
    and rows of its own, of which one takes the place of another from the same day.
    """
    found = {name: {one.in_force_from: one for one in rows} for name, rows in own.items()}
    for newer, last in over:
        for below in found.values():
            below.update({day: _ended(one, last) for day, one in below.items()})
        for name, rows in newer.items():
            found.setdefault(name, {}).update({one.in_force_from: one for one in rows})
    return {name: tuple(sorted(rows.values(), key=_newest)) for name, rows in found.items()}


def _ended(row: Row, last: dt.date | None) -> Row:
    """No row that began by then outlives the last day."""
    if last is None or not row.in_force_from <= last < (row.in_force_to or dt.date.max):
        return row
    return replace(row, in_force_to=last)


def _newest(row: Dated) -> int:
    return -row.in_force_from.toordinal()
