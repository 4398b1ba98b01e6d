"""What shortfalls and arrangements depend on: their year, their day, and the figure that says whether it worked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator

from hefa.kernel.figure import Period, Result, find_figure
from hefa.kernel.flow import VOID
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .shortfall import PlanItem, Shortfall

PERCENT = [MaxValueValidator(100, "完成进度不超过 100")]
SHORTFALL, ITEM = "planning.shortfall", "planning.planitem"
_OVER = ("done", "not_done", "cancelled", VOID)


def _item(turn: Turn) -> PlanItem:
    return cast("PlanItem", turn.case)


# Shortfalls.


def year_has_come(turn: Turn) -> str | None:
    year = turn.answers["year"]
    return f"{year}年还没有到，不能列出这一年度的不足" if year > turn.day.year else None


def came_of_earlier_shortfall(turn: Turn) -> str | None:
    """A shortfall may come of anything; of another shortfall only when that one was carried over from a year before."""
    source = Matter.objects.filter(pk=turn.answers.get("arises_from") or 0, kind=SHORTFALL).first()
    if source is None:
        return None
    if source.state != "carried_over":
        return f"{source.number}还没有“转入下年”，不能再列一次"
    earlier, year = cast("Shortfall", source.case).year or 0, turn.answers["year"]
    return None if earlier < year else f"{source.number}是{earlier}年度的，应当早于{year}年"


def arrangements_are_over(turn: Turn) -> str | None:
    # An import lives a shortfall through before it is written; its arrangements come after it.
    if turn.matter.pk is None:
        return None
    left = turn.matter.gives_rise_to.filter(kind=ITEM).exclude(state__in=_OVER).count()
    return f"还有 {left} 项由它而来的工作安排没有办完，不能确认改进" if left else None


# Arrangements.


def is_due_in_its_year(turn: Turn) -> str | None:
    year, due_by = turn.value("year"), turn.answers["due_by"]
    return None if due_by.year == year else f"完成期限 {due_by} 不在{year}年"


def goal_is_whole(turn: Turn) -> str | None:
    for name, label in (("value", "目标值"), ("best", "力争值"), ("adds", "预计带来的变化")):
        if turn.answers.get(name) is not None and not turn.value("watches"):
            return f"填了“{label}”，还要选“所盯指标”"
    return None


def best_is_better(turn: Turn) -> str | None:
    """What is striven for lies beyond what must be reached."""
    value, best = turn.value("value"), turn.value("best")
    if best is None:
        return None
    if value is None:
        return "填了“力争值”，还要写“目标值”"
    if turn.value("direction") == "at_most":
        return None if best < value else f"力争值 {best.normalize():f} 应当低于目标值 {value.normalize():f}"
    return None if best > value else f"力争值 {best.normalize():f} 应当高于目标值 {value.normalize():f}"


def _result(turn: Turn) -> Result:
    """The watched figure over the item's year, as far as the day of the step."""
    item = _item(turn)
    assert item.year is not None
    last = min(turn.day, date(item.year, 12, 31))
    return find_figure(item.watches).result(Period(date(item.year, 1, 1), last), turn.matter.office)


def goal_is_reached(turn: Turn) -> str | None:
    item = _item(turn)
    if item.value is None:
        return None
    result = _result(turn)
    if result.value is None:
        return f"“{result.label}”{item.year}年还没有记录，不能确认完成"
    reached = Decimal(result.value)
    if (reached <= item.value) if item.direction == "at_most" else (reached >= item.value):
        return None
    return f"“{result.label}”现为 {result.text}，没有达到目标 {item.value}，不能确认完成"


def is_past_due(turn: Turn) -> str | None:
    due_by = _item(turn).due_by
    return f"完成期限 {due_by} 还没有过，不能确认未完成" if due_by and turn.day <= due_by else None


def measured(turn: Turn) -> dict[str, Any]:
    """The watched figure's value, which nobody types."""
    if not _item(turn).watches:
        return {}
    value = _result(turn).value
    return {"reached": None if value is None else Decimal(value)}
