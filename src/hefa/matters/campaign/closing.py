"""When a campaign may be called done: its list is asked, nobody counts by hand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from hefa.kernel.advice import Advice
from hefa.kernel.flow import VOID
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

from .codes import OPEN

if TYPE_CHECKING:
    from .models import Campaign

HOUSEHOLD = "campaign.household"
_SHOWN = 5


def _campaign(turn: Turn) -> Campaign:
    return cast("Campaign", turn.case)


def days_are_in_order(turn: Turn) -> str | None:
    due_by, sign_until = turn.value("due_by"), turn.value("sign_until")
    if due_by < turn.day:
        return f"清零期限 {due_by} 早于“{turn.step.label}”的日期 {turn.day}"
    return f"签约期限 {sign_until} 晚于清零期限 {due_by}，请核对" if sign_until and sign_until > due_by else None


def listed(campaign: Matter) -> list[Matter]:
    """What stands on the list of a campaign, whatever became of it; nothing while it is not written."""
    if campaign.pk is None:
        return []
    return list(campaign.gives_rise_to.filter(kind=HOUSEHOLD).exclude(state=VOID).order_by("pk"))


def something_was_listed(turn: Turn) -> str | None:
    # An import lives a campaign through before it is written; its list comes after it, from a ledger of its own.
    if turn.matter.pk is None or listed(turn.matter):
        return None
    return "清单上一件也没有列入过，不能清零办结；登记错误的请“取消”"


def nothing_is_left(turn: Turn) -> str | None:
    left = [one for one in listed(turn.matter) if one.state in OPEN]
    if not left:
        return None
    shown = "、".join(one.number for one in left[:_SHOWN]) + ("……" if len(left) > _SHOWN else "")
    return f"清单上还有 {len(left)} 件没有销号（{shown}），不能清零办结；确实要结束的，请用“未清零结束”并写明理由"


def something_is_left(turn: Turn) -> str | None:
    if turn.matter.pk is None or any(one.state in OPEN for one in listed(turn.matter)):
        return None
    return "清单上没有剩余，请用“清零办结”"


def nothing_was_listed(turn: Turn) -> str | None:
    n = len(listed(turn.matter))
    return f"清单上已经列入 {n} 件，不能取消；请用“未清零结束”" if n else None


def counted_left(turn: Turn) -> dict[str, Any]:
    """How many were left, by the list itself; an old ledger's list is not there to be counted."""
    if turn.matter.pk is None:
        return {}
    return {"left": sum(one.state in OPEN for one in listed(turn.matter))}


def _numbers(campaign: Matter) -> dict[str, int]:
    states = Counter(one.state for one in listed(campaign))
    return {
        "n_listed": sum(states.values()) - states["struck"],
        "n_cleared": states["cleared"],
        "n_struck": states["struck"],
        "n_left": sum(states[state] for state in OPEN),
    }


def advise_list(turn: Turn) -> Advice | None:
    """Where the list stands, for whoever thinks of closing it."""
    now = _numbers(turn.matter)
    return Advice(
        f"清单共 {now['n_listed']} 件：已销号 {now['n_cleared']} 件，剩余 {now['n_left']} 件；"
        f"另有移出 {now['n_struck']} 件，不算清零"
    )


def closing_facts(turn: Turn) -> dict[str, Any]:
    """The list in numbers, and what is left on it, for the closing report."""
    left = [one for one in listed(turn.matter) if one.state in OPEN]
    return {
        **_numbers(turn.matter),
        "remaining": [{"number": one.number, "state": one.flow.state_label(one.state)} for one in left],
        "is_clear": turn.step.name == "close",
        "opened_on": turn.matter.opened_on,
    }
