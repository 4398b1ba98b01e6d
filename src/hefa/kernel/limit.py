"""Limits that are not time: heads, shares, sums of money, rates that a rule sets. `[[limits]]` in law/*.toml; pure.

    limit("reception", "hosts_share").on(day).value      1/3, exact
    limit("penalty", "surcharge").on(day).decimal        Decimal(3), for sums of money
    limit("penalty", "surcharge").on(day).text           3%

They are dated rows as terms are, and updates lie over them in the same way (docs/adr/0012, 0017).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from . import layers
from .law import Article, BadLaw, Instrument, UnknownLaw, cited, instrument, over
from .layers import Layers, take

UNITS: Mapping[str, str] = {"yuan": "元", "percent": "%"}

_REQUIRED: layers.Kinds = {"name": str, "label": str, "value": (int, str)}
_OPTIONAL: layers.Kinds = {
    "unit": str, "article": list, "in_force_from": dt.date, "in_force_to": dt.date, "verified": bool, "remark": str,
}  # fmt: skip
# Short enough that a decimal holds every digit.
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_SHARE = re.compile(r"[0-9]{1,12}/[1-9][0-9]{0,11}")


@dataclass(frozen=True)
class Limit:
    """A number that an article sets, from `in_force_from` on. `value` is exact and counts in `unit`; "" is a bare number."""

    value: Fraction
    unit: str
    label: str
    article: Article | None
    instrument: Instrument
    verified: bool
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    remark: str = ""

    @property
    def decimal(self) -> Decimal:
        """The value of a sum or a rate, as money is counted. A bare number may be a third, which no decimal is."""
        if not self.unit:
            raise ValueError(f"{self.label} has no unit")
        return Decimal(self.value.numerator) / self.value.denominator

    @property
    def text(self) -> str:
        """200元, 3%, 1/3."""
        return f"{self.decimal:f}{UNITS[self.unit]}" if self.unit else str(self.value)

    @property
    def citation(self) -> str:
        """The article in full, or the instrument's name where none is named."""
        return str(self.article or self.instrument.name)


@dataclass(frozen=True)
class LimitRef:
    """A named limit whose number depends on the day it is read."""

    instrument: Instrument
    name: str

    def on(self, day: dt.date) -> Limit:
        """The limit in force on `day`; UnknownLaw when none is."""
        if found := layers.in_force(limits(self.instrument.id)[self.name], day):
            return found
        where = f"law/{self.instrument.id}.toml"
        raise UnknownLaw(f"{self.instrument.name}在{day.isoformat()}没有施行中的限额“{self.name}”，请在 {where} 补充")


def limit(id: str, name: str) -> LimitRef:
    """The limit of that name in law/<id>.toml; UnknownLaw when the file has none."""
    if name not in limits(id):
        raise UnknownLaw(f"law/{id}.toml 没有登记限额“{name}”")
    return LimitRef(instrument(id), name)


def limits(id: str) -> Mapping[str, Sequence[Limit]]:
    """The limits of an instrument by name, newest row first, with those that updates add."""
    of, chosen = instrument(id), layers.current()
    return _stacked(chosen, of) if chosen.updates else written(of)


@cache
def _stacked(chosen: Layers, of: Instrument) -> Mapping[str, Sequence[Limit]]:
    return layers.stacked(written(of), ((written(newer) if newer else {}, last) for newer, last in over(chosen, of)))


@cache
def written(of: Instrument) -> Mapping[str, Sequence[Limit]]:
    """The limits of its own file; reading them proves them."""
    found: dict[str, list[Limit]] = {}
    for row in of.limits:
        where = f"{of.id}.toml 限额“{row.get('name', '？')}”"
        data = take(row, where, _REQUIRED, _OPTIONAL)
        own: dict[str, Any] = {
            "unit": "", "verified": of.verified, "in_force_from": of.in_force_from, "in_force_to": of.in_force_to, **data,
        }  # fmt: skip
        if data.get("unit", "yuan") not in UNITS:
            raise BadLaw(f"{where}：键“unit”只能是 {'、'.join(UNITS)}，现为“{own['unit']}”")
        if data["name"] in of.terms:
            raise BadLaw(f"{where}：键“name”与一个期限同名")
        own["article"] = cited(of, data["article"], where) if "article" in data else None
        own["value"] = number(data["value"], own["unit"])
        if own["value"] is None:
            raise BadLaw(f"{where}：键“value”应为{wanted(own['unit'])}，现为“{data['value']}”")
        found.setdefault(own.pop("name"), []).append(Limit(**own, instrument=of))
    return {name: layers.in_order(many, f"{of.id}.toml 限额“{name}”") for name, many in found.items()}


def number(given: object, unit: str) -> Fraction | None:
    """What is written as a value, exactly; None when it is no such number. Sums and rates are decimals."""
    text = str(given)
    return Fraction(text) if _NUMBER.fullmatch(text) or (not unit and _SHARE.fullmatch(text)) else None


def wanted(unit: str) -> str:
    """How a value is to be written."""
    return '数，如 200、"0.5"' if unit else '数或者分数，如 3、"1/3"'
