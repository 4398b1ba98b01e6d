"""The lines of a table as they stand for one office and year: spread over offices, years and choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from hefa.kernel.figure import Figure, find_figure
from hefa.kernel.people import Office

from . import conditions
from .lines import OFFICE, YEAR, BadTable, Definition, Line, Terms, matching

MOST_CELLS = 12_000
_AXES = (("rows", "行"), ("columns", "列"))


@dataclass(frozen=True)
class Place:
    """Which entries a line takes: those of the office at `path` with all below it, of it `alone`, or of `rest`, the
    offices below it that are not (in) one of `but`.
    """

    label: str
    path: str
    alone: bool = False
    rest: bool = False
    but: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Whether an entry of the office at that path belongs here."""
        if self.alone:
            return path == self.path
        is_beneath = path.startswith(self.path)
        return is_beneath and not (self.rest and (path == self.path or path.startswith(self.but)))

    def asked(self) -> Q:
        """The same as a condition over entries."""
        if self.alone:
            return Q(office__path=self.path)
        found = Q(office__path__startswith=self.path)
        if self.rest:
            found &= ~Q(office__path=self.path)
            for path in self.but:
                found &= ~Q(office__path__startswith=path)
        return found


@dataclass(frozen=True)
class Slot:
    """One row or column. `spare`: printed only when something stands in it (a value that nobody should have left out).

    sum and share name other slots by their final keys.
    """

    key: str
    label: str
    group: tuple[str, ...] = ()
    figure: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    total_of: str = ""
    place: Place | None = None
    back: int = 0
    sum: Terms = ()
    share: tuple[str, ...] = ()
    blank: str = ""
    hidden: bool = False
    spare: bool = False

    @property
    def is_made(self) -> bool:
        return bool(self.sum or self.share or self.blank)


@dataclass(frozen=True)
class Layout:
    """A definition spread out for one office and year."""

    rows: tuple[Slot, ...]
    columns: tuple[Slot, ...]

    def axis(self, name: str) -> tuple[Slot, ...]:
        return self.rows if name == "rows" else self.columns


def lay_out(definition: Definition, office: Office, year: int) -> Layout:
    """Spread every line. `BadTable` when a line cannot be spread, or there are too many."""
    axes = []
    for axis, word in _AXES:
        slots: list[Slot] = []
        for n, line in enumerate(definition.axis(axis), start=1):
            kind_of = _figure_for(definition, axis, line)
            slots += _spread(line, f"第 {n} {word}", office, year, kind_of)
        axes.append(_resolved(slots))
    layout = Layout(*axes)
    if len(layout.rows) * len(layout.columns) > MOST_CELLS:
        raise BadTable(f"这张表有 {len(layout.rows)} 行 {len(layout.columns)} 列，太大了，请分成几张表")
    return layout


def figures_of(definition: Definition) -> list[str]:
    """The names of all figures that a table asks for, each once."""
    named = [definition.figure, *(line.figure for line in (*definition.rows, *definition.columns))]
    return list(dict.fromkeys(name for name in named if name))


def figure_named(name: str, place: str) -> Figure:
    try:
        return find_figure(name)
    except LookupError:
        raise BadTable(f"{place}：没有名为“{name[:60]}”的指标，请从指标表里选") from None


def _figure_for(definition: Definition, axis: str, line: Line) -> str:
    """The figure whose kind says which choices a field has: the line's own, the table's, or the first across."""
    across = definition.columns if axis == "rows" else definition.rows
    return line.figure or definition.figure or next((one.figure for one in across if one.figure), "")


def _spread(line: Line, place: str, office: Office, year: int, figure: str) -> Iterator[Slot]:
    slot = Slot(
        line.key, line.label, line.group, line.figure, line.where, line.total_of, None, line.back, line.sum, line.share,
        line.blank, line.hidden,
    )  # fmt: skip
    if not line.each:
        yield slot
    elif line.each == OFFICE:
        yield from _offices(slot, office, line.levels)
    elif line.each == YEAR:
        for back in range(line.years - 1, -1, -1):
            yield replace(slot, key=f"{line.key}.{back}", label=f"{year - back}年", back=line.back + back)
    else:
        yield from _choices(slot, place, line.each, figure)


def _offices(slot: Slot, office: Office, levels: tuple[str, ...]) -> Iterator[Slot]:
    """The office itself, each below it of the levels, and whatever is neither: together the whole, nothing twice."""
    below = list(Office.objects.filter(path__startswith=office.path, level__in=levels).exclude(pk=office.pk))
    # An office within another of the list is counted with the outer one.
    paths = [one.path for one in below]
    below = [one for one in below if not any(one.path != path and one.path.startswith(path) for path in paths)]
    if not below:
        yield replace(slot, key=f"{slot.key}.own", label=office.name, place=Place(office.name, office.path))
        return
    own = Place(f"{office.name}本级", office.path, alone=True)
    yield replace(slot, key=f"{slot.key}.own", label=own.label, place=own)
    for one in below:
        yield replace(slot, key=f"{slot.key}.{one.code}", label=one.name, place=Place(one.name, one.path))
    beneath = Office.objects.filter(path__startswith=office.path).exclude(pk=office.pk).values_list("path", flat=True)
    taken = tuple(one.path for one in below)
    others = tuple(path for path in beneath if not path.startswith(taken))
    if others:
        rest = Place("其他下属单位", office.path, rest=True, but=taken)
        yield replace(slot, key=f"{slot.key}.rest", label=rest.label, place=rest, spare=True)


def _choices(slot: Slot, place: str, name: str, figure: str) -> Iterator[Slot]:
    if not figure:
        raise BadTable(f"{place}：按字段铺开，先要选指标")
    kind = figure_named(figure, place).kind
    assert kind is not None
    field = conditions.field_of(kind, name, place)
    choices = conditions.choices_of(field)
    if name in slot.where:
        raise BadTable(f"{place}：按“{field.verbose_name}”铺开，就不能再用它作条件")
    if not choices:
        raise BadTable(f"{place}：“{field.verbose_name}”没有固定的选项，不能按它铺开")
    for value, label in choices:
        key = f"{slot.key}.{str(value).replace(' ', '')}"
        yield replace(slot, key=key, label=label, where={**slot.where, name: value})
    if field.choices and field.blank:
        none = {**slot.where, f"{name}__not": [value for value, _label in choices]}
        yield replace(slot, key=f"{slot.key}.none", label="未填写", where=none, spare=True)


def _resolved(slots: list[Slot]) -> tuple[Slot, ...]:
    """Terms with a star become the keys that they mean."""
    keys = [slot.key for slot in slots]
    whole = []
    for slot in slots:
        terms = tuple((sign, key) for sign, term in slot.sum for key in matching(term, keys))
        whole.append(replace(slot, sum=terms) if slot.sum else slot)
    return tuple(whole)
