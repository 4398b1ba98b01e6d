"""Which law data are in force here, from where, and when they run out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hefa.kernel import days, law
from hefa.kernel.layers import BadLaw
from hefa.kernel.ledger import Entry

from . import place
from .place import Update
from .taking import TAKEN


@dataclass(frozen=True)
class Year:
    """A calendar year: `update` brought its holidays, None: the program; `official`: the notice is out."""

    year: int
    official: bool
    source: str
    update: str | None


@dataclass(frozen=True)
class State:
    """`missing`: years whose notice should be here by now; `unnoted`: updates of which the ledger knows nothing."""

    first_year: int
    last_year: int
    years: tuple[Year, ...]
    missing: tuple[int, ...]
    instruments: int
    updates: tuple[Update, ...]  # newest first, also those taken back
    unnoted: tuple[str, ...]
    damaged: tuple[tuple[str, str], ...]  # (update, file)

    def as_json(self) -> dict[str, Any]:
        return {
            "official_years": [self.first_year, self.last_year], "missing_years": list(self.missing),
            "instruments": self.instruments, "unnoted": list(self.unnoted), "damaged": [list(pair) for pair in self.damaged],
            "updates": [{"id": one.id, "at": one.at, "by": one.by, "digest": one.digest, "files": one.files,
                         "taken_back": one.back} for one in self.updates],
        }  # fmt: skip


def state(data: Path, today: dt.date) -> State:
    """What holds today. Two queries at most, none in a loop."""
    official = days.official_years()
    try:
        updates = place.updates(data, with_back=True)
        damaged = tuple((one.id, name) for one in updates if not one.back and (name := one.damage()))
    except BadLaw as error:
        updates, damaged = [], ((str(error), place.ABOUT),)
    noted = set(Entry.objects.filter(step=TAKEN).values_list("answers__update", flat=True)) if updates else set()
    by_place = {one.place: one.id for one in updates}
    years = tuple(
        _year(year, official, by_place) for year in range(today.year - 1, max(official[-1], today.year + 1) + 1)
    )
    return State(
        first_year=official[0],
        last_year=official[-1],
        years=years,
        missing=days.missing_years(today),
        instruments=len(law.instruments()),
        updates=tuple(reversed(updates)),
        unnoted=tuple(one.id for one in updates if not one.back and one.id not in noted),
        damaged=damaged,
    )


def _year(year: int, official: tuple[int, ...], by_place: dict[Path, str]) -> Year:
    where, source = days.told_by(year)
    return Year(year, year in official, source, by_place.get(where) if where is not None else None)
