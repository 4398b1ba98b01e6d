"""The rules as data: law/drafting/*.toml, one file a type of text, each rule with its days in force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hefa.kernel.law import BadLaw, folder, instrument, read
from hefa.kernel.layers import take
from hefa.kernel.limit import Limit, limit

from ..findings import SEVERITIES, Severity
from .words import pattern

KINDS = {
    "normative": "行政规范性文件",
    "contract": "合同",
    "decision": "决策文书",
    "pact": "村规民约、居民公约",
    "enforcement": "行政执法决定",
}
_REQUIRED: dict[str, type | tuple[type, ...]] = {"id": str, "title": str, "severity": str, "basis": list}
_OPTIONAL: dict[str, type | tuple[type, ...]] = {
    "message": str, "suggest": str, "since": dt.date, "until": dt.date, "find": list, "together": list, "unless": list,
    "article_unless": list, "needs": list, "without": list, "whole": bool, "limits": dict, "remark": str, "once": bool,
    "check": str, "yields_to": list,
}  # fmt: skip


@dataclass(frozen=True)
class Basis:
    """An article or source, for texts of the days from `since` to `until`."""

    text: str
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Rule:
    """One rule of one type. Patterns apply to `Draft.plain`; `limits` are the figures that a check reads: numbers, or names
    of terms and limits of the law (`penalty.surcharge`).

    `find`: what is marked, unless the sentence holds one of `unless` or the article one of `article_unless`. `together`:
    sets of patterns; a sentence that holds all of one set, in any order, is marked from the first to the last of them. `needs`
    and `without`: what the whole text must and must not hold. `whole`: only in a text that is a whole document. `check`: the function
    that serves the rule when it has no `find`; without it the one named by the id.
    `yields_to`: rules that say it better; where one of them marks the sentence, this one is silent.
    """

    id: str
    kind: str
    title: str
    severity: Severity
    message: str
    basis: tuple[Basis, ...]
    suggest: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    find: tuple[re.Pattern[str], ...] = ()
    together: tuple[tuple[re.Pattern[str], ...], ...] = ()
    unless: re.Pattern[str] | None = None
    article_unless: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    without: re.Pattern[str] | None = None
    whole: bool = False
    once: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)
    remark: str = ""
    check: str = ""
    yields_to: tuple[str, ...] = ()

    def in_force(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def limit(self, name: str, day: dt.date) -> int:
        """A figure of the rule: the number itself, or the term of an instrument that it names (`decision.legality`)."""
        value = self.limits[name]
        if not isinstance(value, str):
            return int(value)
        law, term = value.split(".")
        made = instrument(law)
        return made.term(term).on(max(day, made.in_force_from)).days

    def law_limit(self, name: str, day: dt.date) -> Limit:
        """The limit of an instrument that the rule names: a sum, a rate (`penalty.surcharge`)."""
        law, named = self.limits[name].split(".")
        return limit(law, named).on(max(day, instrument(law).in_force_from))

    def basis_on(self, day: dt.date) -> str:
        return "；".join(one.text for one in self.basis if one.holds(day))


def rules(kind: str) -> tuple[Rule, ...]:
    """The rules of a type, in the order of the file. A rule may stand in several rows, told apart by their days."""
    return _rules(folder(), kind)


@cache
def _rules(place: Path, kind: str) -> tuple[Rule, ...]:
    rows = read(place / "drafting", kind).get("rule", ())
    return tuple(_rule(kind, row) for row in rows)


def _rule(kind: str, row: Mapping[str, Any]) -> Rule:
    where = f"drafting/{kind}.toml 规则“{row.get('id', '？')}”"
    data = take(row, where, _REQUIRED, _OPTIONAL)
    if data["severity"] not in SEVERITIES:
        raise BadLaw(f"{where}：键“severity”只能是 {'、'.join(SEVERITIES)}")
    data["basis"] = tuple(_basis(one, where) for one in data["basis"])
    try:
        data["yields_to"] = tuple(data.get("yields_to", ()))
        data["find"] = tuple(re.compile(pattern(one), re.M) for one in data.get("find", ()))
        data["together"] = tuple(
            tuple(re.compile(pattern(one), re.M) for one in patterns) for patterns in data.get("together", ())
        )
        for key in ("unless", "article_unless", "needs", "without"):
            if key in data:
                data[key] = _one_of(data[key])
    except re.error as error:
        raise BadLaw(f"{where}：正则写得不对（{error}）") from error
    return Rule(kind=kind, **{"message": "", **data})


def _basis(row: Any, where: str) -> Basis:
    if isinstance(row, str):
        return Basis(row)
    return Basis(**take(row, where, {"text": str}, {"since": dt.date, "until": dt.date}))


def _one_of(sources: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern(one)})" for one in sources), re.M)
