"""What an item of the joint office depends on: several departments, a day, who came, and that each has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hefa.kernel.flow import VOID
from hefa.kernel.turn import Turn

from .codes import Department, departments_in, unknown_in

if TYPE_CHECKING:
    from .models import Item

REPLY = "jointoffice.reply"
_FEWEST = 2
_DONE = ("done", "released")


def _item(turn: Turn) -> Item:
    return cast("Item", turn.case)


def _strange(text: str) -> str | None:
    unknown = unknown_in(text)
    return f"不认识的部门：{'、'.join(unknown)}。应为：{'、'.join(map(str, Department.labels))}" if unknown else None


def needs_several(turn: Turn) -> str | None:
    asked = turn.value("asked")
    if fault := _strange(asked):
        return fault
    if len(departments_in(asked)) >= _FEWEST:
        return None
    return f"只请了{asked}，一个部门办得了的不用集中办公，请直接交给它"


def listed(turn: Turn) -> dict[str, Any]:
    return {"asked": "、".join(departments_in(turn.value("asked")))}


def sits_later(turn: Turn) -> str | None:
    on = turn.answers["sits_on"]
    return f"集中办公日期 {on} 早于排期的日期 {turn.day}" if on < turn.day else None


def is_the_day(turn: Turn) -> str | None:
    planned = _item(turn).sits_on
    if turn.day == planned:
        return None
    return f"集中办公排在 {planned}，“{turn.step.label}”的日期是 {turn.day}；改了日子的请先“排期”"


def were_asked(turn: Turn) -> str | None:
    came = turn.answers["attended"]
    if fault := _strange(came):
        return fault
    strange = [one for one in departments_in(came) if one not in departments_in(_item(turn).asked)]
    return f"{'、'.join(strange)}没有在请到的部门里，请先在“排期”里增加" if strange else None


def several_came(turn: Turn) -> str | None:
    came = departments_in(turn.answers["attended"])
    return None if len(came) >= _FEWEST else f"只有{'、'.join(came)}到场，开不成集中办公，请重新“排期”"


def seated(turn: Turn) -> dict[str, Any]:
    """Who came, and who of those asked did not."""
    came = departments_in(turn.answers["attended"])
    away = [one for one in departments_in(_item(turn).asked) if one not in came]
    return {"attended": "、".join(came), "absent": "、".join(away)}


def attendance_stands(turn: Turn) -> str | None:
    """Who is absent follows from who was asked and who came, at the step; a correction would leave it behind."""
    item, told = _item(turn), turn.answers
    if (told.get("asked", item.asked), told.get("attended", item.attended)) != (item.asked, item.attended):
        return "请到、到场的部门不在这里更正：增加部门的请“排期”，到场写错了的请“撤回上一步”"
    return None


def _replies(turn: Turn) -> list[Any]:
    if turn.matter.pk is None:
        return []
    found = turn.matter.gives_rise_to.filter(kind=REPLY).exclude(state=VOID).select_related("jointoffice_reply")
    return list(found.order_by("pk"))


def nobody_is_at_work(turn: Turn) -> str | None:
    waiting = [one for one in _replies(turn) if one.state not in _DONE]
    if not waiting:
        return None
    return f"还有 {len(waiting)} 个部门的答复没有核实（{'、'.join(one.number for one in waiting)}），不能退回"


def everybody_answered(turn: Turn) -> str | None:
    # An import lives an item through before it is written; the answers come after it, from a ledger of their own.
    if turn.matter.pk is None:
        return None
    done = {one.case.get_department_display() for one in _replies(turn) if one.state in _DONE}
    missing = [one for one in departments_in(_item(turn).asked) if one not in done]
    if missing:
        return f"{'、'.join(missing)}还没有核实过的答复，不能办结"
    waiting = sum(one.state not in _DONE for one in _replies(turn))
    return f"还有 {waiting} 个部门的答复没有核实，不能办结" if waiting else None


def item_facts(turn: Turn) -> dict[str, Any]:
    case = _item(turn)
    return {
        "absent": case.absent,
        "nth": len(turn.past("sit")),
        "answers_given": [
            {
                "department": one.case.get_department_display(),
                "person": one.case.person,
                "text": one.case.answer or one.flow.state_label(one.state),
            }
            for one in _replies(turn)
        ],
    }
