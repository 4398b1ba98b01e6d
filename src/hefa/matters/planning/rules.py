"""What a target depends on: the figure that it watches, which the record answers and nobody types."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel.figure import CENT, Period, Result, figures, find_figure
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Target

YEAR = [MinValueValidator(2000, "年度应为四位数的年份"), MaxValueValidator(2099, "年度应为四位数的年份")]


def _target(turn: Turn) -> Target:
    return cast("Target", turn.case)


def figure_choices() -> list[tuple[str, str]]:
    """Every declared figure by full name, with the kind that it asks about: "执法人员：持证率"."""
    return [(name, f"{one.kind._meta.verbose_name}：{one.label}") for name, one in figures().items() if one.kind]


def described(turn: Turn) -> dict[str, Any]:
    """The title says the target in words; the unit is the figure's."""
    figure = find_figure(turn.value("watches"))
    value = f"{turn.answers['value']:f}".rstrip("0").rstrip(".")
    towards = "不高于" if turn.value("direction") == "at_most" else "不低于"
    title = f"{turn.value('year')}年{figure.label}{towards}{value}{figure.unit}"
    return {"title": title, "unit": figure.unit}


def is_another_value(turn: Turn) -> str | None:
    return "目标值没有变化" if turn.answers["value"] == _target(turn).value else None


def _result(turn: Turn) -> Result:
    target = _target(turn)
    assert target.year is not None
    return find_figure(target.watches).result(Period.year(target.year), turn.matter.office)


def _reaches(turn: Turn, value: Decimal) -> bool:
    target = _target(turn)
    assert target.value is not None
    return value <= target.value if target.direction == "at_most" else value >= target.value


def is_met(turn: Turn) -> str | None:
    result = _result(turn)
    if result.value is None:
        return f"“{result.label}”{_target(turn).year}年还没有记录，不能确认达成"
    if _reaches(turn, Decimal(result.value)):
        return None
    return f"“{result.label}”现为 {result.text}，没有达到目标，不能确认达成"


def year_is_over(turn: Turn) -> str | None:
    year = _target(turn).year
    return None if year is not None and turn.day.year > year else f"{year}年还没有结束，不能确认未达成"


def is_missed(turn: Turn) -> str | None:
    result = _result(turn)
    if result.value is not None and _reaches(turn, Decimal(result.value)):
        return f"“{result.label}”为 {result.text}，已经达到目标，请用“确认达成”"
    return None


def measured(turn: Turn) -> dict[str, Any]:
    value = _result(turn).value
    return {"reached": None if value is None else Decimal(value).quantize(CENT)}
