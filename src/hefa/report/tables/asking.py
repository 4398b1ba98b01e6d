"""What stands in a cell, as a question: a figure with conditions, or what is made of other cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hefa.kernel.coverage import Reach
from hefa.kernel.figure import Change, Figure, Period, Share, Total, find_figure
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Office

from . import conditions
from .conditions import Condition
from .lines import BadTable, Definition, Terms
from .slots import Layout, Place, Slot, figure_named

_SIGNS = {1: " + ", -1: " − "}


@dataclass(frozen=True)
class Counted:
    """The rows of a figure, `back` years before, that meet the conditions in a place: how many, or a field's sum."""

    figure: str
    back: int = 0
    where: tuple[Condition, ...] = ()
    place: Place | None = None
    total_of: str = ""


@dataclass(frozen=True)
class Whole:
    """A figure that cannot be split: asked of one office as it is."""

    figure: str
    back: int = 0
    place: Place | None = None


@dataclass(frozen=True)
class Added:
    """Other cells added up (or taken away)."""

    terms: tuple[tuple[int, Ask], ...]
    told: str


@dataclass(frozen=True)
class Parted:
    """One cell as a percentage of another; with `growth`, by how much it is more."""

    top: Ask
    base: Ask
    told: str
    growth: bool = False


@dataclass(frozen=True)
class Blank:
    """Nothing can stand here."""

    why: str


Ask = Counted | Whole | Added | Parted | Blank


def counts_rows(figure: Figure) -> bool:
    """Whether the figure's value is the number of its rows, so that parts of them are parts of it."""
    return type(figure).result is Figure.result and type(figure).measure is Figure.measure


def adds_field(figure: Figure) -> bool:
    """Whether the figure's value is the sum of a field over its rows."""
    return type(figure).result is Figure.result and type(figure).measure is Total.measure


def shifted(period: Period, back: int) -> Period:
    """The same period so many years before."""
    for _ in range(back):
        period = period.before()
    return period


class Questions:
    """The questions of all cells of a table. `BadTable` says which row and column do not go together, and why."""

    def __init__(self, definition: Definition, layout: Layout) -> None:
        self.definition = definition
        self.rows = {slot.key: slot for slot in layout.rows}
        self.columns = {slot.key: slot for slot in layout.columns}
        self.asked: dict[tuple[str, str], Ask] = {}

    def all(self) -> dict[tuple[str, str], Ask]:
        """{(row, column): question} in print order, those that are not printed among them."""
        return {(row, column): self.of(row, column) for row in self.rows for column in self.columns}

    def of(self, row: str, column: str, under: tuple[tuple[str, str], ...] = ()) -> Ask:
        """The question of one cell. `under`: the cells that are being made of it."""
        place = (row, column)
        if place in under:
            raise BadTable(f"“{self.rows[row].label}”与“{self.columns[column].label}”互相由对方算出，绕成了圈")
        if place not in self.asked:
            self.asked[place] = self._of(self.rows[row], self.columns[column], (*under, place))
        return self.asked[place]

    def _of(self, row: Slot, column: Slot, under: tuple[tuple[str, str], ...]) -> Ask:
        if row.blank or column.blank:
            return Blank(row.blank or column.blank)
        made = self.made_of(row.key, column.key)
        if made is None:
            return self._counted(row, column)
        slot, cells = made
        labels = [self._label(slot, key) for _sign, key in _terms(slot)]
        asks = [self.of(*cell, under) for cell in cells]
        if slot.share:
            if any(isinstance(ask, Blank) for ask in asks):
                return Blank("分子或者分母这一格不适用")
            return Parted(asks[0], asks[1], f"{labels[0]} ÷ {labels[1]}")
        told = "".join(f"{_SIGNS[sign]}{label}" for (sign, _key), label in zip(slot.sum, labels, strict=True))
        kept = [(sign, ask) for (sign, _key), ask in zip(slot.sum, asks, strict=True) if not isinstance(ask, Blank)]
        return Added(tuple(kept), told.removeprefix(_SIGNS[1])) if kept else Blank("各项都不适用")

    def made_of(self, row: str, column: str) -> tuple[Slot, list[tuple[str, str]]] | None:
        """(the line that is made of others, the cells that this one is made of); None: it is counted itself.

        Shares first: the share on a row of totals is the share of the totals, not the total of the shares.
        """
        across, down = self.columns[column], self.rows[row]
        slot = next((one for one in (across, down) if one.share), None)
        slot = slot or next((one for one in (across, down) if one.sum), None)
        if slot is None:
            return None
        keys = [key for _sign, key in _terms(slot)]
        return slot, [(row, key) if slot is across else (key, column) for key in keys]

    def parts(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """{cell: the cells that it is made of}, for those that are made."""
        found = {(row, column): self.made_of(row, column) for row in self.rows for column in self.columns}
        return {place: made[1] for place, made in found.items() if made is not None}

    def _label(self, slot: Slot, key: str) -> str:
        axis = self.rows if self.rows.get(slot.key) is slot else self.columns
        if key not in axis:
            raise BadTable(f"“{slot.label}”由“{key}”算出，可是这张表里没有它")
        return axis[key].label

    def _counted(self, row: Slot, column: Slot) -> Ask:
        where = f"“{row.label}”行“{column.label}”列"
        for name, label in (("figure", "指标"), ("place", "单位"), ("back", "年份"), ("total_of", "合计字段")):
            if getattr(row, name) and getattr(column, name):
                raise BadTable(f"{where}：行和列都定了{label}，请只留一处")
        name = row.figure or column.figure or self.definition.figure
        if not name:
            raise BadTable(f"{where}：没有写数什么，请在行、列或者整张表上选一个指标")
        figure = figure_named(name, where)
        total_of = row.total_of or column.total_of or self.definition.total_of
        wheres = [one for one in (self.definition.where, row.where, column.where) if one]
        return _asked(figure, where, wheres, row.place or column.place, row.back + column.back, total_of)


def _terms(slot: Slot) -> Terms:
    return tuple((1, key) for key in slot.share) or slot.sum


def _asked(
    figure: Figure, where: str, wheres: list[Mapping[str, Any]], place: Place | None, back: int, total_of: str
) -> Ask:
    assert figure.kind is not None
    name = figure.full_name
    if isinstance(figure, Share | Change) and not total_of:
        return _of_two(figure, where, wheres, place, back)
    if total_of and not (counts_rows(figure) and not isinstance(figure, Reach)):
        raise BadTable(f"{where}：“{figure.label}”不是按件计数的，不能再合计字段")
    if not counts_rows(figure) and not adds_field(figure):
        if wheres:
            raise BadTable(f"{where}：“{figure.label}”不能再加条件，请改用按件计数的指标")
        if place is not None and (place.alone or place.rest):
            return Blank(f"“{figure.label}”不能只算一部分单位")
        return Whole(name, back, place)
    if wheres and isinstance(figure, Reach):
        raise BadTable(f"{where}：“{figure.label}”数的是单位，不能再按事项的字段加条件")
    tests = tuple(test for one in wheres for test in conditions.read(figure.kind, one, where))
    if total_of:
        field = conditions.field_of(figure.kind, total_of, where)
        if not conditions.is_number(field):
            raise BadTable(f"{where}：“{field.verbose_name}”不是数，不能合计")
    return Counted(name, back, tests, place, total_of or getattr(figure, "field_name", ""))


def _of_two(figure: Share | Change, where: str, wheres: list[Mapping[str, Any]], place: Place | None, back: int) -> Ask:
    """Shares and changes by their parts, so that they agree with the counts beside them."""
    growth = isinstance(figure, Change)
    names = [(figure.of, back), (figure.of, back + 1)] if growth else [(name, back) for name in figure.uses()]
    top, base = (_asked(find_figure(name), where, wheres, place, years, "") for name, years in names)
    if isinstance(top, Blank) or isinstance(base, Blank):
        return Blank(f"“{figure.label}”不能只算一部分单位")
    return Parted(top, base, f"{figure.label}：{figure.definition}", growth)


def counted_in(ask: Ask) -> Iterator[Counted | Whole]:
    """Every figure asked to answer a question."""
    if isinstance(ask, Counted | Whole):
        yield ask
    elif isinstance(ask, Added):
        for _sign, term in ask.terms:
            yield from counted_in(term)
    elif isinstance(ask, Parted):
        yield from counted_in(ask.top)
        yield from counted_in(ask.base)


def entries_of(ask: Ask, period: Period, office: Office) -> QuerySet[Entry] | None:
    """The rows behind a cell: of a sum those of all its parts, of a share those that it counts. None: no rows."""
    if isinstance(ask, Parted):
        return entries_of(ask.top, period, office)
    if isinstance(ask, Blank):
        return None
    if isinstance(ask, Added):
        if any(sign < 0 for sign, _term in ask.terms):
            return None
        parts = [entries_of(term, period, office) for _sign, term in ask.terms]
        found = Q(pk__in=[])
        for part in parts:
            found |= Q(id__in=part.order_by().values("id")) if part is not None else Q(pk__in=[])
        return Entry.objects.filter(found).order_by("id")
    figure, then = find_figure(ask.figure), shifted(period, ask.back)
    if isinstance(ask, Whole):
        return figure.entries(then, _office_of(ask, office))
    found_in = figure.entries(then, office)
    for test in ask.where:
        found_in = found_in.filter(test.asked(then))
    return found_in.filter(ask.place.asked()) if ask.place else found_in


def _office_of(ask: Whole, office: Office) -> Office:
    return Office.objects.get(path=ask.place.path) if ask.place else office
