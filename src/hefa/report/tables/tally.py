"""Answers for the questions of a table: one grouped query for each figure and year, whatever the number of cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count as Tallied
from django.db.models import Sum

from hefa.kernel.figure import Period, find_figure, recorded, rows_digest
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office

from .asking import Counted, Whole, shifted
from .lines import BadTable
from .slots import Place

Number = int | Decimal


@dataclass
class Answer:
    """What a question came to. `value` None: the record has nothing to say. `seals`: of its rows, when asked for."""

    value: Number | None
    rows: int
    seals: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return rows_digest(self.seals)


@dataclass
class _Group:
    """Rows that agree in all that any cell asks about. `sums` by field."""

    path: str
    held: dict[str, Any]
    rows: int
    sums: dict[str, Number]
    seals: list[str]


class Tally:
    """The counts of a table's period and office. With `seals` each row is fetched, else they are counted in groups."""

    def __init__(self, period: Period, office: Office, asks: Iterable[Counted | Whole], seals: bool = False) -> None:
        self.period, self.office, self.seals = period, office, seals
        self._paths = dict(Office.objects.filter(path__startswith=office.path).values_list("pk", "path"))
        self._recorded: dict[tuple[type[Kind], int], bool] = {}
        self._wholes: dict[Whole, Answer] = {}
        self._by_place: dict[tuple[str, int, Place | None], list[_Group]] = {}
        wanted: defaultdict[tuple[str, int], list[Counted]] = defaultdict(list)
        for ask in asks:
            if isinstance(ask, Counted):
                wanted[ask.figure, ask.back].append(ask)
        self._groups = {key: self._grouped(*key, many) for key, many in wanted.items()}

    def answer(self, ask: Counted | Whole) -> Answer:
        if isinstance(ask, Whole):
            return self._whole(ask)
        then = shifted(self.period, ask.back)
        found = [
            group for group in self._placed(ask) if all(test.holds(group.held[test.path], then) for test in ask.where)
        ]
        rows = sum(group.rows for group in found)
        value: Number | None = rows
        if ask.total_of:
            value = sum((group.sums[ask.total_of] for group in found), start=0)
        if not rows and not self._is_recorded(ask):
            value = None
        return Answer(value, rows, [seal for group in found for seal in group.seals])

    def _placed(self, ask: Counted) -> list[_Group]:
        key = (ask.figure, ask.back, ask.place)
        if key not in self._by_place:
            groups = self._groups[ask.figure, ask.back]
            place = ask.place
            self._by_place[key] = [one for one in groups if place.takes(one.path)] if place else groups
        return self._by_place[key]

    def _grouped(self, name: str, back: int, many: list[Counted]) -> list[_Group]:
        figure = find_figure(name)
        kind = figure.kind
        assert kind is not None
        held = sorted({test.path for ask in many for test in ask.where})
        totals = sorted({ask.total_of for ask in many if ask.total_of})
        entries = figure.entries(shifted(self.period, back), self.office).order_by()
        keys = ["kind", "office_id", *held, *(["seal"] if self.seals else [])]
        sums = {f"sum_{name}": Sum(f"matter__{kind.accessor()}__{name}") for name in totals}
        groups = []
        for row in entries.values(*keys).annotate(rows=Tallied("id"), **sums):
            if (held or totals) and row["kind"] != kind.label():
                raise BadTable(f"“{figure.label}”数的不是“{kind._meta.verbose_name}”，不能再加条件或者合计字段")
            path = self._paths.get(row["office_id"], "")
            numbers = {name: _exact(kind, name, row[f"sum_{name}"]) for name in totals}
            seals = [row["seal"]] if self.seals else []
            groups.append(_Group(path, {one: row[one] for one in held}, row["rows"], numbers, seals))
        return groups

    def _is_recorded(self, ask: Counted) -> bool:
        """Whether the table's office has anything of the kind on record: only then is zero a count."""
        if self._groups[ask.figure, ask.back]:
            return True
        kind = find_figure(ask.figure).kind
        assert kind is not None
        if (kind, ask.back) not in self._recorded:
            self._recorded[kind, ask.back] = recorded(kind, shifted(self.period, ask.back), self.office)
        return self._recorded[kind, ask.back]

    def _whole(self, ask: Whole) -> Answer:
        if ask not in self._wholes:
            office = Office.objects.get(path=ask.place.path) if ask.place else self.office
            figure, then = find_figure(ask.figure), shifted(self.period, ask.back)
            result = figure.result(then, office)
            seals = list(figure.entries(then, office).values_list("seal", flat=True)) if self.seals else []
            self._wholes[ask] = Answer(result.value, result.rows, seals)
        return self._wholes[ask]


def _exact(kind: type[Kind], name: str, total: Any) -> Number:
    """A sum with the places of its field: SQLite adds decimals up as floating numbers."""
    own = kind._meta.get_field(name)
    if total is None or not isinstance(own, models.DecimalField):
        return total or 0
    return Decimal(str(total)).quantize(Decimal(1).scaleb(-own.decimal_places))
