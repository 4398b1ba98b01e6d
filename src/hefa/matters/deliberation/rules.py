"""What a step of deliberation depends on: nobody concludes before the meeting, nor before people were heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.validators import MinValueValidator

from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Topic

AT_LEAST_ONE = [MinValueValidator(1, "人数至少为 1")]
# One voice is a statement; a deliberation has at least two.
_VOICES = 2


def _topic(turn: Turn) -> Topic:
    return cast("Topic", turn.case)


def meets_after_notice(turn: Turn) -> str | None:
    meets_on = turn.answers["meets_on"]
    return f"议事日期 {meets_on} 早于办理日期 {turn.day}，应当先公告、后议事" if meets_on < turn.day else None


def _before_meeting(turn: Turn) -> bool:
    meets_on = _topic(turn).meets_on
    return meets_on is not None and turn.day < meets_on


def meeting_has_begun(turn: Turn) -> str | None:
    if turn.answers["channel"] == "meeting" and _before_meeting(turn):
        return f"议事会 {_topic(turn).meets_on} 才开，会前收到的意见请选“书面”或“线上”"
    return None


def meeting_was_held(turn: Turn) -> str | None:
    return f"议事会 {_topic(turn).meets_on} 才开，现在不能下结论" if _before_meeting(turn) else None


def voices_were_heard(turn: Turn) -> str | None:
    """Counted from the last notice on: a second meeting hears people anew."""
    heard = 0
    for past in turn.past("notice", "voice"):
        heard = 0 if past.step == "notice" else heard + 1
    return None if heard >= _VOICES else f"只记录了 {heard} 条意见，至少要听取并记录 {_VOICES} 条"


def is_executed_later(turn: Turn) -> str | None:
    by = turn.answers.get("execute_by")
    return f"落实期限 {by} 早于办理日期 {turn.day}" if by is not None and by < turn.day else None


def evidence_is_dated(turn: Turn) -> str | None:
    on, agreed_on = turn.answers["evidence_on"], turn.past("agree")[-1].day
    if on > turn.day:
        return f"佐证形成日期 {on} 晚于办理日期 {turn.day}，请核对"
    return f"佐证形成日期 {on} 早于达成共识的日期 {agreed_on}，不能证明已经落实" if on < agreed_on else None


def counts_agree(turn: Turn) -> str | None:
    """Only who took part judges; the satisfied are among those who judged."""
    evaluators, satisfied = turn.answers["evaluators"], turn.answers["satisfied"]
    participants = _topic(turn).participants or 0
    if evaluators > participants:
        return f"评价人数 {evaluators} 多于参加议事的 {participants} 人"
    return f"满意人数 {satisfied} 多于评价人数 {evaluators}" if satisfied > evaluators else None
