"""Limits that are not time: heads, shares, amounts that a rule sets. Read from `[[limits]]` in law/*.toml; pure.

limit("reception", "hosts").on(day).value     the number in force on that day, exact
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from .law import Article, BadLaw, Instrument, UnknownLaw, cited, folder, instrument, read, take

_REQUIRED = {"name": str, "label": str, "value": str}
_OPTIONAL = {"article": list, "in_force_from": dt.date, "in_force_to": dt.date, "verified": bool, "remark": str}


@dataclass(frozen=True)
class Limit:
    """A number that an article sets, from `in_force_from` on. `value` is exact: "1/3" is a third."""

    value: Fraction
    label: str
    article: Article | None
    verified: bool
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    remark: str = ""


@dataclass(frozen=True)
class LimitRef:
    """A named limit whose number depends on the day it is read."""

    instrument: Instrument
    name: str

    def on(self, day: dt.date) -> Limit:
        """The limit in force on `day`; UnknownLaw when none is."""
        for found in limits(self.instrument.id)[self.name]:
            if found.in_force_from <= day and (found.in_force_to is None or day <= found.in_force_to):
                return found
        where = f"law/{self.instrument.id}.toml"
        raise UnknownLaw(f"{self.instrument.name}在{day.isoformat()}没有施行中的限额“{self.name}”，请在 {where} 补充")


def limit(id: str, name: str) -> LimitRef:
    """The limit of that name in law/<id>.toml; UnknownLaw when the file has none."""
    if name not in limits(id):
        raise UnknownLaw(f"law/{id}.toml 没有登记限额“{name}”")
    return LimitRef(instrument(id), name)


def limits(id: str) -> Mapping[str, tuple[Limit, ...]]:
    """By name, the dated limits of law/<id>.toml, newest first."""
    return _limits(folder(), id)


@cache
def _limits(place: Path, id: str) -> Mapping[str, tuple[Limit, ...]]:
    made = instrument(id)
    found: dict[str, list[Limit]] = {}
    for row in read(place, id).get("limits", ()):
        where = f"{id}.toml 限额“{row.get('name', '？')}”"
        data = take(row, where, _REQUIRED, _OPTIONAL)
        own = {"verified": made.verified, "in_force_from": made.in_force_from, "in_force_to": made.in_force_to, **data}
        own["article"] = cited(made, data["article"], where) if "article" in data else None
        try:
            own["value"] = Fraction(data["value"])
        except (ValueError, ZeroDivisionError) as error:
            raise BadLaw(f'{where}：键“value”应为数或者分数，如 "3"、"1/3"，现为“{data["value"]}”') from error
        found.setdefault(own.pop("name"), []).append(Limit(**own))
    return {name: tuple(sorted(many, key=lambda one: one.in_force_from, reverse=True)) for name, many in found.items()}
