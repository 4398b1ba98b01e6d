"""What a step of an officer's register depends on: who may sit the exam, and how long a qualification lasts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel import clock
from hefa.kernel.people import Level, Office
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Officer

PERCENT = [MinValueValidator(0, "成绩应为 0–100"), MaxValueValidator(100, "成绩应为 0–100")]
UNQUALIFIED = ("enrolled", "registered")
NO_CARD = {"card_no": "", "issued_on": None, "second_card_no": ""}
NO_POSTING = {"posting": ""}


def _officer(turn: Turn) -> Officer:
    return cast("Officer", turn.case)


def named(turn: Turn) -> dict[str, Any]:
    """A register row is titled by the name."""
    return {"title": turn.answers["full_name"]}


def may_sit(turn: Turn) -> str | None:
    if _officer(turn).employment == "auxiliary":
        return "行政执法辅助人员不能参加行政执法资格考试（浙江省综合行政执法条例第三十条）"
    return None


def exam_was_held(turn: Turn) -> str | None:
    held = turn.answers["exam_on"]
    return f"考试日期 {held} 晚于登记的日期 {turn.day}，请核对" if held > turn.day else None


def is_enforcer(turn: Turn) -> str | None:
    if _officer(turn).post == "enforcement":
        return None
    return f"{_officer(turn).full_name}在非执法岗位，不能“{turn.step.label}”"


def is_deployed(turn: Turn) -> str | None:
    return None if _officer(turn).posting else f"{_officer(turn).full_name}没有下沉，不能“{turn.step.label}”"


def is_not_enforcer(turn: Turn) -> str | None:
    if _officer(turn).post != "enforcement":
        return None
    return f"{_officer(turn).full_name}已在执法岗位，不能“{turn.step.label}”"


def has_end(turn: Turn) -> str | None:
    if _officer(turn).qualified_until is not None:
        return None
    return f"执法岗位人员的资格没有期限，不能“{turn.step.label}”"


def still_qualified(turn: Turn) -> str | None:
    until = _officer(turn).qualified_until
    # After a lapse the old end stays on the row: past years are counted by it.
    if until is None or turn.day <= until or turn.matter.state in UNQUALIFIED:
        return None
    return f"资格已于 {until} 到期，请先登记“资格到期”，再重新报考"


def has_run_out(turn: Turn) -> str | None:
    until = _officer(turn).qualified_until
    return None if until is None or turn.day > until else f"资格有效期至 {until}，还没有到期"


def card_fits(turn: Turn) -> str | None:
    issued = turn.answers["issued_on"]
    passed = _officer(turn).passed_on
    if passed is not None and passed <= issued <= turn.day:
        return None
    return f"发证日期应在取得资格（{passed}）之后、登记日期（{turn.day}）之前"


def stays_inside(turn: Turn) -> str | None:
    target = Office.objects.filter(pk=turn.answers["office"]).first()
    if target is None or target.level == Level.OUTSIDE:
        return "请选择街道内的单位；调到外单位的，用“离开”"
    return None


def qualified(turn: Turn) -> dict[str, Any]:
    """The day of qualification and, off the enforcement posts, the last day that it is good for."""
    until = None if _officer(turn).post == "enforcement" else _last_day(turn, turn.day)
    return {"passed_on": turn.day, "qualified_until": until}


def moved_in(turn: Turn) -> dict[str, Any]:
    is_qualified = turn.matter.state not in UNQUALIFIED
    return {"post": "enforcement", **({"qualified_until": None} if is_qualified else {})}


def moved_out(turn: Turn) -> dict[str, Any]:
    passed_on = _officer(turn).passed_on
    return {"post": "other", "qualified_until": _last_day(turn, passed_on) if passed_on else None}


def _last_day(turn: Turn, passed_on: date) -> date | None:
    """By the clock's own counting. Who passed before the rule was made is held to the rule that came."""
    within = turn.matter.flow.deadline("qualification").within
    term = within.on(max(passed_on, within.instrument.in_force_from))
    return clock.count(passed_on, term.days, term.unit).due_on
