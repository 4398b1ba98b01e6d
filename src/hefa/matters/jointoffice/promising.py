"""What a department's answer depends on: that it was asked, and the day that it named, which the clock then keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from hefa.kernel import clock, days
from hefa.kernel.flow import VOID
from hefa.kernel.law import instrument
from hefa.kernel.matter import Matter
from hefa.kernel.turn import EXTENSION_DAYS, Turn, events

from .codes import Department, departments_in

if TYPE_CHECKING:
    from .answering import Reply
    from .models import Item

ITEM = "jointoffice.item"
INTERNAL = instrument("internal")
LONGEST = INTERNAL.term("joint_promise_longest")


def _reply(turn: Turn) -> Reply:
    return cast("Reply", turn.case)


def _item(turn: Turn) -> Matter | None:
    found = Matter.objects.filter(pk=turn.value("arises_from") or 0, kind=ITEM).select_related("office").first()
    return found if found and turn.matter.office.path.startswith(found.office.path) else None


def came_of_sitting(turn: Turn) -> str | None:
    item = _item(turn)
    if item is None:
        return "来源事项应当是本单位或者上级单位的一件集中办公事项"
    sat = [day for name, day, *_ in item.trail if name == "sit"]
    if not sat:
        return f"{item.number}还没有“集中办公”，不能交部门"
    if turn.day.isoformat() < sat[0]:
        return f"交部门的日期 {turn.day} 早于集中办公的日期 {sat[0]}"
    if item.closed_on and not turn.matter.source_key:
        return f"{item.number}已经结束，不能再交部门"
    return None


def was_asked(turn: Turn) -> str | None:
    item, label = cast(Matter, _item(turn)), Department(turn.answers["department"]).label
    asked = cast("Item", item.case).asked
    return (
        None
        if label in departments_in(asked)
        else f"{item.number}没有请“{label}”（请的是：{asked}），请先在“排期”里增加"
    )


def is_once(turn: Turn) -> str | None:
    """One department answers once for one item; rows of an old ledger stand for themselves."""
    if turn.matter.source_key:
        return None
    same = cast("type[Reply]", type(turn.case)).objects.filter(
        matter__arises_from=turn.answers["arises_from"], department=turn.answers["department"]
    )
    number = same.exclude(matter__state__in=("released", VOID)).values_list("matter__number", flat=True).first()
    return f"这个部门已经交过（{number}），没有办到的请在那里“退回重办”" if number else None


def titled(turn: Turn) -> dict[str, Any]:
    item = _item(turn)
    return {"title": f"{Department(turn.answers['department']).label}：{item.title if item else ''}"[:200]}


# The promise.


def _due(turn: Turn) -> date | None:
    return clock.due_only(turn.matter.flow.deadline("promised"), events(turn.matter))[0]


def is_a_workday(turn: Turn) -> str | None:
    on = turn.answers["promised_on"]
    return None if days.is_workday(on) else f"承诺日期 {on} 是休息日，请改成工作日"


def clock_still_runs(turn: Turn) -> str | None:
    due = _due(turn)
    return f"期限已于 {due} 届满，请先由集中办公室“催办”，再重新承诺" if due and turn.day > due else None


def is_later(turn: Turn) -> str | None:
    """A first promise may name any day after the one by which it had to be made; a second one only puts it off."""
    due, on = _due(turn), turn.answers["promised_on"]
    if due is None or on > due:
        return None
    if _reply(turn).promised_on and turn.matter.state == "promised":
        return f"承诺日期 {on} 没有晚于原来的 {due}；能提前的，到时候直接“答复”"
    return f"承诺日期 {on} 不晚于 {due}；{due} 以前能答复的，不用承诺，直接“答复”"


def is_near_enough(turn: Turn) -> str | None:
    longest = LONGEST.on(turn.day)
    last = clock.count(turn.day, longest.days, longest.unit).due_on
    on = turn.answers["promised_on"]
    return (
        f"承诺日期 {on} 太远，最晚到 {last}（{longest.text}以内）；长期的事请分段承诺" if last and on > last else None
    )


def granted(turn: Turn) -> dict[str, Any]:
    """The promise as an extension of the clock, so that it runs out on the promised day."""
    due = _due(turn)
    return {EXTENSION_DAYS: (turn.answers["promised_on"] - due).days} if due else {}


def promise_is_kept_as_made(turn: Turn) -> str | None:
    """A correction would leave the clock behind: the day moves only by a promise, the department not at all."""
    reply, told = _reply(turn), turn.answers
    if told.get("promised_on", reply.promised_on) != reply.promised_on:
        return "承诺日期不在这里更正：写错了的请“撤回上一步”，要改期的请重新“承诺”"
    held = (reply.department, turn.matter.arises_from_id)
    if (told.get("department", held[0]), told.get("arises_from", held[1])) != held:
        return "部门和来源事项不能更正：登记错了的，请“不需答复”，再重新“交部门”"
    return None


def is_late(turn: Turn) -> str | None:
    due = _due(turn)
    return f"期限到 {due}，还没有过，不用催办" if due and turn.day <= due else None


def reply_facts(turn: Turn) -> dict[str, Any]:
    item = _item(turn)
    answered = turn.past("answer")
    return {
        "item": f"{item.number} {item.title}" if item else "",
        "answered_on": answered[-1].day if answered else None,
        "who": turn.actor.name,
    }
