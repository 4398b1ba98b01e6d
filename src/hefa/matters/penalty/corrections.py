"""What a correction may not break: a decision that was made, two officers with a card each, the ceiling on the spot."""

from __future__ import annotations

from hefa.kernel.turn import Turn

from . import execution, officers, rules
from .rules import DECISIONS, OFFICER_FIELDS, case_of

CONTENTS = ("sanction", "fine", "confiscated", "detail")


def decision_stands(turn: Turn) -> str | None:
    """What was decided changes by law, not by a correction: the paper is out."""
    if not turn.past(*DECISIONS, *execution.SPOT):
        return None
    changed = [name for name in CONTENTS if name in turn.answers and turn.answers[name] != getattr(turn.case, name)]
    if not changed:
        return None
    return "处罚决定已经作出，不能用更正改变处罚内容；当天登记错的请撤回那一步，决定有误的依法变更、撤销"


def officers_stay_two(turn: Turn) -> str | None:
    named = [str(turn.value(name)).strip() for name in OFFICER_FIELDS]
    if not any(name in turn.answers for name in OFFICER_FIELDS):
        return None
    enforced = turn.past("assign", "recuse", *execution.SPOT)
    day = enforced[-1].day if enforced else turn.day
    return rules.same_officer(*named) or officers.fault_of(named, day, turn.matter.office)


def ceiling_holds(turn: Turn) -> str | None:
    """A fine on the spot stays within the ceiling of the party that it turns out to be."""
    if "party_type" not in turn.answers or not turn.past("fine_on_spot"):
        return None
    return execution.above_ceiling(turn.answers["party_type"], case_of(turn).fine, turn.past("fine_on_spot")[-1].day)


GUARDS = (decision_stands, officers_stay_two, ceiling_holds, rules.is_not_barred)
