"""Headers of a real ledger matched to the columns of a kind, and everything said about it that was not plain."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from hefa.kernel.matter import Kind

from .columns import Column, columns

How = Literal["exact", "given", "alias", "similar", "ignored", "none"]
SURE, WORTH_SAYING, LEAD = 0.85, 0.6, 0.08
_IGNORED = frozenset({"序号", "问题", "no", "no.", "行号"})
_BRACKETS = re.compile(r"[(\[【〔（].*?[)\]】〕）]")
_PARTS = re.compile(r"[\s*＊:：_\-—·.、/]+")
_UNITS = {"万元": 10_000, "亿元": 100_000_000}
# 日期 is what hefa calls a day; ledgers say 时间 or 日 as often.
_DAY_WORDS = ("时间", "日")


class Match(NamedTuple):
    """What became of one header. `factor`: what the unit in the header makes of a bare number."""

    header: str
    column: Column | None
    how: How
    suggestions: tuple[str, ...] = ()
    factor: int = 1

    def as_json(self) -> dict[str, object]:
        return {
            "column": self.column.header if self.column else None,
            "how": self.how,
            "suggestions": list(self.suggestions),
        }


@dataclass
class Matching:
    """All headers of one sheet, in order; `clashes` names headers that claim a column already taken."""

    matches: list[Match] = field(default_factory=list)
    clashes: dict[int, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        return [match.column for match in self.matches if match.column is not None]

    def warnings(self, sheet: str) -> list[str]:
        """What the reader should know: guesses taken, columns left out."""
        said = []
        for match in self.matches:
            if match.how == "similar" and match.column is not None:
                said.append(f"工作表“{sheet}”的“{match.header}”按“{match.column.header}”读入，如果不对请改表头")
            elif match.how == "none" and match.header:
                hint = f"（是不是“{'”或“'.join(match.suggestions)}”？）" if match.suggestions else ""
                said.append(f"工作表“{sheet}”的“{match.header}”没有对应的列，不会导入{hint}")
            if match.factor != 1:
                said.append(f"工作表“{sheet}”的“{match.header}”按表头里的单位读入：数字乘以 {match.factor}")
        return said


def plain(header: str) -> str:
    """A header without what layouts add: spaces, widths, asterisks, punctuation; brackets stay."""
    return _PARTS.sub("", unicodedata.normalize("NFKC", header)).lower()


def bare(header: str) -> str:
    """A header without its brackets as well: 涉及金额（元） → 涉及金额."""
    return plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", header))) or plain(header)


@lru_cache(maxsize=64)
def _names(kind: type[Kind]) -> tuple[dict[str, Column], dict[str, Column]]:
    """(own names, other names) of a kind's columns, normalised."""
    own: dict[str, Column] = {}
    for column in columns(kind):
        own.setdefault(plain(column.header), column)
    for column in columns(kind):
        own.setdefault(bare(column.header), column)
    other: dict[str, Column] = {}
    table = tomllib.loads((Path(__file__).parent / "aliases.toml").read_text("utf-8"))
    for column in columns(kind):
        names = [*table.get(column.header, ()), *table.get(bare(column.header), ())]
        if column.role == "day":
            names += [column.header.removesuffix("日期") + word for word in _DAY_WORDS]
        if column.role == "party" and column.name == "name":
            names += [column.header + word for word in ("姓名", "名称", "姓名或名称")]
        if column.role == "party" and column.name == "id_no":
            names += [column.header.removesuffix("证件号码") + word for word in ("身份证号", "身份证号码", "证件号")]
        if column.role == "party":
            names += [column.header.replace("电话", "联系电话"), column.header.replace("住址", "地址")]
        for name in names:
            if plain(name) not in own:
                other.setdefault(plain(name), column)
    return own, other


def recognise(kind: type[Kind], header: str) -> tuple[Column | None, How]:
    """The column that a header names beyond doubt, if any."""
    own, other = _names(kind)
    for name in (plain(header), bare(header)):
        if name in own:
            return own[name], "exact"
        if name in other:
            return other[name], "alias"
    return None, "ignored" if plain(header) in _IGNORED else "none"


def match(kind: type[Kind], headers: Sequence[str], given: Mapping[str, str] | None = None) -> Matching:
    """Match the headers of a sheet. `given` maps a header to a column's header or key, "" to leave it out."""
    found = [_first_look(kind, header, given or {}) for header in headers]
    taken = {one.column.key for one in found if one.column is not None}
    result = Matching()
    by_key: dict[str, int] = {}
    for place, one in enumerate(found):
        if one.column is None and one.how == "none" and one.header:
            one = _similar(kind, one.header, taken)
            taken |= {one.column.key} if one.column else set()
        if one.column is not None and one.column.key in by_key:
            one = _contest(result, by_key, place, one)
        if one.column is not None:
            by_key.setdefault(one.column.key, place)
        result.matches.append(one)
    return result


def _first_look(kind: type[Kind], header: str, given: Mapping[str, str]) -> Match:
    if header in given:
        wanted = given[header]
        column = next((c for c in columns(kind) if wanted in (c.key, c.header)), None)
        return Match(header, column, "given", (), _factor(header, column))
    column, how = recognise(kind, header) if header else (None, "none")
    return Match(header, column, how, (), _factor(header, column))


def _factor(header: str, column: Column | None) -> int:
    if column is None or column.shape != "amount":
        return 1
    return next((factor for unit, factor in _UNITS.items() if unit in unicodedata.normalize("NFKC", header)), 1)


def _similar(kind: type[Kind], header: str, taken: set[str]) -> Match:
    wanted = bare(header)
    scored = sorted(
        ((SequenceMatcher(None, wanted, bare(column.header)).ratio(), column) for column in columns(kind)),
        key=lambda pair: -pair[0],
    )
    near = [column for score, column in scored[:3] if score >= WORTH_SAYING and column.key not in taken]
    (best, column), (second, _) = scored[0], scored[1]
    if best >= SURE and best - second >= LEAD and column.key not in taken:
        return Match(header, column, "similar", (column.header,), _factor(header, column))
    return Match(header, None, "none", tuple(column.header for column in near))


def _contest(result: Matching, by_key: dict[str, int], place: int, one: Match) -> Match:
    """Two headers want one column: the one that names it exactly has it; two of equal right are a fault."""
    assert one.column is not None
    holder_place = by_key[one.column.key]
    holder = result.matches[holder_place]
    rank = {"given": 0, "exact": 1, "alias": 2, "similar": 3}
    if rank[one.how] == rank[holder.how]:
        result.clashes[place] = holder.header
        return one._replace(column=None, how="none")
    if rank[one.how] < rank[holder.how]:
        result.matches[holder_place] = holder._replace(column=None, how="none")
        by_key[one.column.key] = place
        return one
    return one._replace(column=None, how="none")
