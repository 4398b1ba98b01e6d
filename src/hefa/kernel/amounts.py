"""Numbers of the law that are no length of time: ceilings in 元, rates in percent, each with its article and its dates.

They stand in law/amounts/<name>.toml, one file a line of work, and are read on the day to which they apply.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from . import law
from .law import Article, BadLaw, UnknownLaw

Unit = Literal["yuan", "percent"]


@dataclass(frozen=True)
class Amount:
    """A number that an article sets, from `in_force_from` on. `value` counts in `unit`."""

    name: str
    label: str
    value: Decimal
    unit: Unit
    article: Article
    verified: bool
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    remark: str = ""

    @property
    def text(self) -> str:
        """200元 or 3%."""
        return f"{self.value:f}{'元' if self.unit == 'yuan' else '%'}"


@dataclass(frozen=True)
class AmountRef:
    """A named amount of a file whose value depends on the day it is read."""

    file: str
    name: str

    def on(self, day: dt.date) -> Amount:
        """The amount in force on `day`; UnknownLaw when none is."""
        for amount in _read(law.folder(), self.file)[self.name]:
            if amount.in_force_from <= day and (amount.in_force_to is None or day <= amount.in_force_to):
                return amount
        raise UnknownLaw(f"law/amounts/{self.file}.toml 没有{day.isoformat()}施行中的“{self.name}”，请补充")


def amount(file: str, name: str) -> AmountRef:
    """The amount `name` of law/amounts/`file`.toml; UnknownLaw when the file has none of that name."""
    if name not in _read(law.folder(), file):
        raise UnknownLaw(f"law/amounts/{file}.toml 没有登记“{name}”")
    return AmountRef(file, name)


def amounts() -> tuple[Amount, ...]:
    """Every amount of every file, newest first within its name; reading them proves the files."""
    place = law.folder()
    files = sorted(path.stem for path in (place / "amounts").glob("*.toml"))
    return tuple(one for file in files for rows in _read(place, file).values() for one in rows)


@cache
def _read(place: Path, file: str) -> dict[str, tuple[Amount, ...]]:
    found: dict[str, list[Amount]] = {}
    for row in law.read(place, f"amounts/{file}").get("amounts", ()):
        made = _amount(row, f"amounts/{file}.toml “{row.get('name', '？')}”")
        found.setdefault(made.name, []).append(made)
    return {name: tuple(sorted(rows, key=lambda one: one.in_force_from, reverse=True)) for name, rows in found.items()}


def _amount(row: dict[str, object], where: str) -> Amount:
    data = law.take(
        row,
        where,
        {"name": str, "label": str, "value": (int, str), "unit": str, "instrument": str, "article": list},
        {"in_force_from": dt.date, "in_force_to": dt.date, "verified": bool, "remark": str},
    )
    if data["unit"] not in get_args(Unit):
        raise BadLaw(f"{where}：键“unit”只能是 {'、'.join(get_args(Unit))}，现为“{data['unit']}”")
    try:
        data["value"] = Decimal(data["value"])
    except ArithmeticError:
        raise BadLaw(f"{where}：键“value”不是数") from None
    of = law.instrument(data.pop("instrument"))
    data["article"] = law.cited(of, data["article"], where)
    own: dict[str, Any] = {
        "verified": of.verified,
        "in_force_from": of.in_force_from,
        "in_force_to": of.in_force_to,
        **data,
    }
    return Amount(**own)
