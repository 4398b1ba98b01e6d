"""The form that describes a table: what is counted, spread by what, kept to what. It keeps nothing until it is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _

from hefa.kernel.act import act, open_matter
from hefa.kernel.answers import Refused
from hefa.kernel.coverage import Reach
from hefa.kernel.figure import Figure, Period
from hefa.kernel.matter import KINDS, Kind, Matter
from hefa.kernel.people import Actor, Level, Office
from hefa.report.models import Table
from hefa.report.tables import conditions, filling, reading, recipe, shelf
from hefa.report.tables.asking import counts_rows
from hefa.report.tables.filling import Filled
from hefa.report.tables.lines import OFFICE, YEAR, BadTable
from hefa.report.tables.recipe import AXES, FIELD, LINES, MEASURES, WHOLE, Axis, Measure, OwnLine, Recipe

from .. import numbers, sight

FIRST_LINES, MOST_LINES, MOST_YEARS = 3, 40, 5
# How a table begins, before its maker says how.
_FIRST = {"rows": Axis(OFFICE, levels=(str(Level.COMMUNITY),), total=True), "columns": Axis(MEASURES)}
_SPLIT_LEVELS = (Level.COMMUNITY, Level.COOP, Level.GRID, Level.STREET)


def today() -> date:
    return date.today()


def homes(actor: Actor) -> list[Office]:
    """Where the actor may keep a table of their own."""
    return sight.opening_offices(Table.flow.step("define"), actor)


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class FieldOptions:
    """The choices of one field as boxes to tick; `chosen` when one is."""

    label: str
    options: list[Option]

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)


@dataclass(frozen=True)
class MeasureGroup:
    """The figures of one kind, each with its definition; `started` when one is chosen."""

    n: int
    label: str
    options: list[tuple[Option, str]]

    @property
    def started(self) -> bool:
        return any(option.chosen for option, _definition in self.options)


@dataclass(frozen=True)
class LineForm:
    n: int
    label: str
    fields: list[FieldOptions]

    @property
    def told(self) -> str:
        """What is ticked, in one line."""
        ticked = (option.label for one in self.fields for option in one.options if option.chosen)
        return "、".join(ticked)


@dataclass(frozen=True)
class AxisForm:
    """One axis as the form draws it."""

    name: str
    label: str
    by: str
    ways: list[Option]
    levels: list[Option]
    years: list[Option]
    total: bool
    total_label: str
    lines: list[LineForm]


@dataclass
class TableForm:
    """A table being described. `listed`: the one of one's own that is being changed."""

    actor: Actor
    home: Office
    listed: shelf.Listed | None = None
    title: str = ""
    recipient: str = ""
    note: str = ""
    reason: str = ""
    seen: str = ""
    asked_year: str = ""
    made: Recipe = field(default_factory=lambda: Recipe("", ()))
    faults: list[str] = field(default_factory=list)
    fault: str = ""
    preview: Filled | None = None
    is_foreign: bool = False

    def __post_init__(self) -> None:
        self.figures = {name: one for name, one in numbers.seen_figures(self.actor).items() if one.kind is not None}
        self._offered: dict[str, Any] = {}

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)

    @cached_property
    def years(self) -> list[int]:
        return numbers.years(self.actor)

    @property
    def year(self) -> int:
        """Of the preview: the one chosen, else the newest with anything of what is counted."""
        if self.asked_year.isdigit() and int(self.asked_year) in self.years:
            return int(self.asked_year)
        labels = [kind.label() for kind in self.kinds()]
        newest = Matter.objects.filter(kind__in=labels).aggregate(newest=Max("opened_on"))["newest"]
        return newest.year if newest and newest.year in self.years else self.years[0]

    def read(self, posted: QueryDict | None) -> None:
        """Take what was posted, or what the table now says; then count the preview."""
        if posted is not None:
            self._take(posted)
        elif self.listed is not None and self.listed.matter is not None:
            case: Any = self.listed.matter.case
            found = recipe.from_data(json.loads(case.definition))
            self.is_foreign = found is None
            self.made = found or self.made
            self.title, self.recipient, self.note = self.listed.title, case.recipient, self.made.note
            self.seen = str(self.listed.matter.turn)
        if self.made.measures:
            self._count()

    def _take(self, posted: QueryDict) -> None:
        self.title, self.recipient = posted.get("title", "").strip(), posted.get("recipient", "").strip()
        self.note, self.reason = posted.get("note", "").strip(), posted.get("reason", "").strip()
        self.seen, self.asked_year = posted.get("seen", ""), posted.get("year", "")
        own = {value: label for _figure, value, label in self._measures()}
        names = [name for name in dict.fromkeys(posted.getlist("measure")) if name in own]
        measures = [Measure(*_split(name), (posted.get(f"label.{name}") or own[name]).strip()) for name in names]
        # The measures first: which fields and values are offered depends on what is counted.
        self.made = Recipe(self.title, tuple(measures), note=self.note)
        self._offered = {f"{one}={value}": value for one, _label, values in self.fields() for value, _text in values}
        rows, columns = (self._axis(axis, posted) for axis in AXES)
        self.made = replace(self.made, rows=rows, columns=columns, only=self._only(posted.getlist("only")))
        if not measures:
            self.faults.append(_("请先选要数的指标"))

    def _axis(self, axis: str, posted: QueryDict) -> Axis:
        by = posted.get(f"{axis}.by", "")
        if not by:
            return _FIRST[axis]
        years = posted.get(f"{axis}.years", "")
        levels = tuple(level for level in posted.getlist(f"{axis}.level") if level in Level.values)
        return Axis(
            by,
            (levels or (str(Level.COMMUNITY),)) if by == OFFICE else (),
            (int(years) if years.isdigit() and 0 < int(years) <= MOST_YEARS else 2) if by == YEAR else 0,
            tuple(self._own_lines(axis, posted)) if by == LINES else (),
            by not in (WHOLE, YEAR, MEASURES) and posted.get(f"{axis}.total") == "1",
        )

    def _own_lines(self, axis: str, posted: QueryDict) -> Iterator[OwnLine]:
        for n in range(MOST_LINES):
            label = posted.get(f"{axis}.line.{n}.label", "").strip()
            only = self._only(posted.getlist(f"{axis}.line.{n}.only"))
            if label or only:
                yield OwnLine(label, only)

    def _only(self, ticked: list[str]) -> dict[str, tuple[Any, ...]]:
        found: dict[str, tuple[Any, ...]] = {}
        for one in ticked:
            name = one.partition("=")[0]
            if one in self._offered:
                found[name] = (*found.get(name, ()), self._offered[one])
        return found

    def _count(self) -> None:
        try:
            definition = reading.from_data(recipe.as_data(replace(self.made, title=self.title or "—")))
            self.preview = filling.fill(definition, self.home, Period.year(self.year))
        except BadTable as fault:
            self.fault = str(fault)

    def save(self) -> Matter | None:
        """Keep the table through the one door; None and `faults` when it is refused."""
        if self.fault:
            self.faults.append(self.fault)
        if not self.title:
            self.faults.append(_("请填写报表名称"))
        if self.faults:
            return None
        text = json.dumps(recipe.as_data(self.made), ensure_ascii=False)
        answers = {"title": self.title, "recipient": self.recipient, "definition": text}
        try:
            if self.listed is None or self.listed.matter is None:
                return open_matter(Table, actor=self.actor, office=self.home, day=today(), answers=answers)
            matter = self.listed.matter
            turn = int(self.seen) if self.seen.isdigit() else None
            act(matter, "revise", actor=self.actor, day=today(), answers=answers | {"reason": self.reason}, seen=turn)
        except Refused as refused:
            self.faults = list(refused.faults.values())
            return None
        return matter

    @property
    def cautions(self) -> list[str]:
        """What may be meant, but is more often forgotten."""
        lines = [line for axis in (self.made.rows, self.made.columns) if axis.by == LINES for line in axis.lines]
        return [_("“%(line)s”没有选条件，数的是全部") % {"line": line.label} for line in lines if not line.only]

    # What the page offers.

    def _measures(self) -> Iterator[tuple[Figure, str, str]]:
        """(figure, value, label): each figure, and the sums over its rows of its kind's numbers."""
        for name, figure in self.figures.items():
            yield figure, name, figure.label
            if counts_rows(figure) and not isinstance(figure, Reach):
                assert figure.kind is not None
                for own in conditions.askable(figure.kind):
                    if conditions.is_number(own) and not _is_ordinal(own):
                        yield figure, f"{name}:{own.name}", f"{figure.label}·{own.verbose_name}合计"

    @cached_property
    def measures(self) -> list[MeasureGroup]:
        """What may be counted, by kind; sums are offered for the figures that are chosen."""
        chosen = {measure.name for measure in self.made.measures}
        started = {measure.figure for measure in self.made.measures}
        groups = []
        for n, (kind, many) in enumerate(groupby(self._measures(), key=lambda one: one[0].kind)):
            options = [
                (Option(value, label, value in chosen), figure.definition if value == figure.full_name else "")
                for figure, value, label in many
                if ":" not in value or figure.full_name in started
            ]
            assert kind is not None
            groups.append(MeasureGroup(n, str(kind._meta.verbose_name), options))
        return groups

    def kinds(self) -> list[type[Kind]]:
        """The kinds that the chosen measures count."""
        kinds = {self.figures[measure.figure].kind for measure in self.made.measures}
        return [kind for kind in KINDS.values() if kind in kinds]

    def fields(self) -> list[tuple[str, str, list[tuple[Any, str]]]]:
        """(name, label, choices) of the fields with fixed values that all the counted kinds have."""
        kinds = self.kinds()
        if not kinds:
            return []
        common = set.intersection(*({own.name for own in conditions.askable(kind)} for kind in kinds))
        offered = [
            (own.name, str(own.verbose_name), conditions.choices_of(own))
            for own in conditions.askable(kinds[0])
            if own.name in common and conditions.choices_of(own)
        ]
        return [*offered, (conditions.LEVEL, _("办理单位层级"), [(str(one), str(one.label)) for one in Level])]

    def axes(self) -> list[AxisForm]:
        labels = {"rows": _("行"), "columns": _("列")}
        return [self._axis_form(name, labels[name], getattr(self.made, name)) for name in AXES]

    def _axis_form(self, name: str, label: str, axis: Axis) -> AxisForm:
        ways = [(WHOLE, _("不分")), (MEASURES, _("按指标")), (OFFICE, _("按单位")), (YEAR, _("按年份"))]
        ways += [
            (FIELD + own, _("按%(field)s") % {"field": _(text)})
            for own, text, _choices in self.fields()
            if own != conditions.LEVEL
        ]
        ways.append((LINES, _("自己写每一%(axis)s的条件") % {"axis": label}))
        count = max(FIRST_LINES, len(axis.lines) + 1) if axis.by == LINES else 0
        lines = [*axis.lines, *(OwnLine("") for _n in range(count - len(axis.lines)))]
        return AxisForm(
            name, label, axis.by,
            [Option(value, text, value == axis.by) for value, text in ways],
            [Option(str(one), str(one.label), str(one) in axis.levels) for one in _SPLIT_LEVELS],
            [Option(str(n), _("近 %(n)d 年") % {"n": n}, n == axis.years) for n in range(2, MOST_YEARS + 1)],
            axis.total, self._total_label(axis),
            [LineForm(n, line.label, self._ticked(line.only)) for n, line in enumerate(lines)],
        )  # fmt: skip

    def _total_label(self, axis: Axis) -> str:
        """What a total would be here; empty where there can be none."""
        if axis.is_split:
            return _("加“合计”，单独计数，并核对等于各项之和")
        return _("加“合计”，不加上面的条件，单独计数") if axis.by == LINES else ""

    def only(self) -> LineForm:
        """The conditions on the whole table."""
        return LineForm(0, "", self._ticked(self.made.only))

    def _ticked(self, only: recipe.Only) -> list[FieldOptions]:
        return [
            FieldOptions(
                label, [Option(f"{name}={value}", text, value in only.get(name, ())) for value, text in choices]
            )
            for name, label, choices in self.fields()
        ]


def _split(name: str) -> tuple[str, str]:
    figure, _colon, total_of = name.partition(":")
    return figure, total_of


def _is_ordinal(own: models.Field[Any, Any]) -> bool:
    """A number that says which, not how much: a year, a mark out of five."""
    return isinstance(own, models.PositiveSmallIntegerField)
