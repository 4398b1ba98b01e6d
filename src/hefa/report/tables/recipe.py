"""A table as people describe it on a form, without writing data: what to count, spread by what, kept to what. Pure.

measures   figures to count ("mediation.accepted"), or sums over their rows ("mediation.accepted:people"), with the
           labels that the upper level's form prints
rows, columns   spread by nothing, the offices, years, the measures, a field's choices, or lines of one's own
only       conditions on the whole table
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .lines import OFFICE, YEAR, BadTable

WHOLE, MEASURES, LINES, FIELD = "whole", "measures", "lines", "field:"
TOTAL, TOTAL_LABEL, WHOLE_LABEL = "total", "合计", "合计"
Only = Mapping[str, tuple[Any, ...]]
AXES = ("rows", "columns")


@dataclass(frozen=True)
class OwnLine:
    """A line of one's own: its label on the form, and the values that it takes in, by field."""

    label: str
    only: Only = field(default_factory=dict)


@dataclass(frozen=True)
class Axis:
    """How rows or columns are spread. `total`: one more line counted without the split, and held to its sum."""

    by: str = WHOLE
    levels: tuple[str, ...] = ()
    years: int = 0
    lines: tuple[OwnLine, ...] = ()
    total: bool = False

    @property
    def field(self) -> str:
        return self.by.removeprefix(FIELD) if self.by.startswith(FIELD) else ""

    @property
    def is_split(self) -> bool:
        """Whether its lines are parts of one whole, each thing in one of them."""
        return self.by == OFFICE or bool(self.field)


@dataclass(frozen=True)
class Measure:
    """A figure's name, the field to add up over its rows (empty: count them), the label to print."""

    figure: str
    total_of: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        return f"{self.figure}:{self.total_of}" if self.total_of else self.figure


@dataclass(frozen=True)
class Recipe:
    title: str
    measures: tuple[Measure, ...]
    rows: Axis = field(default_factory=Axis)
    columns: Axis = field(default_factory=Axis)
    only: Only = field(default_factory=dict)
    note: str = ""


def as_data(recipe: Recipe) -> dict[str, Any]:
    """The recipe as a definition's data. `BadTable` when the parts do not go together."""
    if not recipe.measures:
        raise BadTable("请至少选一个指标")
    by = (recipe.rows.by, recipe.columns.by)
    if by.count(MEASURES) > 1:
        raise BadTable("行和列不能都按指标，请改一处")
    if len(recipe.measures) > 1 and MEASURES not in by:
        raise BadTable("选了几个指标，行或者列中要有一处“按指标”")
    if by[0] == by[1] and by[0] not in (WHOLE, LINES):
        raise BadTable("行和列按同一种方式铺开，请改一处")
    data: dict[str, Any] = {"title": recipe.title, "note": recipe.note}
    if MEASURES not in by:
        data |= _measured(recipe.measures[0])
    if recipe.only:
        data["where"] = _listed(recipe.only)
    identities = []
    for axis in AXES:
        spread: Axis = getattr(recipe, axis)
        data[axis] = _lines(spread, recipe.measures)
        if spread.total and spread.is_split:
            label = "各行之和等于合计" if axis == "rows" else "各列之和等于合计"
            identities.append({"label": label, "axis": axis, "left": ["each.*"], "right": [TOTAL]})
    return data | {"identities": identities}


def _measured(measure: Measure) -> dict[str, str]:
    return {"figure": measure.figure} | ({"total_of": measure.total_of} if measure.total_of else {})


def _listed(only: Only) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in only.items()}


def _lines(axis: Axis, measures: tuple[Measure, ...]) -> list[dict[str, Any]]:
    total = [{"key": TOTAL, "label": TOTAL_LABEL}] if axis.total else []
    if axis.by == WHOLE:
        return [{"key": "whole", "label": WHOLE_LABEL}]
    if axis.by == MEASURES:
        return [{"key": f"measure.{n}", "label": one.label, **_measured(one)} for n, one in enumerate(measures)]
    if axis.by == OFFICE:
        return [{"key": "each", "each": OFFICE, "levels": list(axis.levels)}, *total]
    if axis.by == YEAR:
        return [{"key": "each", "each": YEAR, "years": axis.years}]
    if axis.by == LINES:
        own = [
            {"key": f"line.{n}", "label": line.label, "where": _listed(line.only)} for n, line in enumerate(axis.lines)
        ]
        return [*own, *total]
    if not axis.field:
        raise BadTable(f"没有“{axis.by[:20]}”这种分法，请重新选择行和列怎么分")
    return [{"key": "each", "each": axis.field}, *total]


def from_data(data: Mapping[str, Any]) -> Recipe | None:
    """The recipe that makes this definition; None when no form could have made it."""
    try:
        recipe = _from_data(data)
        return recipe if as_data(recipe) == data else None
    except (BadTable, KeyError, IndexError, TypeError, AttributeError):
        return None


def _from_data(data: Mapping[str, Any]) -> Recipe:
    measures = [
        Measure(line["figure"], line.get("total_of", ""), line["label"])
        for axis in AXES
        for line in data[axis]
        if "figure" in line
    ]
    if "figure" in data:
        measures = [Measure(data["figure"], data.get("total_of", ""))]
    rows, columns = (_axis(data[axis]) for axis in AXES)
    return Recipe(data["title"], tuple(measures), rows, columns, _only(data.get("where", {})), data["note"])


def _axis(lines: list[dict[str, Any]]) -> Axis:
    first, total = lines[0], lines[-1]["key"] == TOTAL
    if first["key"] == "whole":
        return Axis()
    if "figure" in first:
        return Axis(MEASURES)
    if each := first.get("each"):
        by = each if each in (OFFICE, YEAR) else FIELD + each
        return Axis(by, tuple(first.get("levels", ())), first.get("years", 0), total=total)
    own = tuple(OwnLine(line["label"], _only(line["where"])) for line in lines if line["key"] != TOTAL)
    return Axis(LINES, lines=own, total=total)


def _only(where: Mapping[str, Any]) -> Only:
    return {name: tuple(values) for name, values in where.items()}
