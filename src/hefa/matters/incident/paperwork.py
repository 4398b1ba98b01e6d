"""What the papers of an incident name beside the case itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hefa.kernel.people import street_of
from hefa.kernel.turn import Turn

from .sending import line_of

if TYPE_CHECKING:
    from .models import Incident


def paper_facts(turn: Turn) -> dict[str, Any]:
    """Who writes, and the days and people that the papers of an incident name."""
    case, matter = cast("Incident", turn.case), turn.matter
    due = {deadline.name: deadline.within.on(turn.day).text for deadline in matter.flow.deadlines}
    return {
        "people": [party | {"label": case.sides[party["side"]]} for party in matter.parties],
        "street": street_of(matter.office).name,
        "within": due,
        "why": _why(turn),
        "refused_by": matter.office.name,
        "returned_to": {"police": "公安机关", "hotline": "12345 热线"}.get(case.source, ""),
    }


def _why(turn: Turn) -> str:
    """On what an incident was sent: the rule, the words of whoever sent it, or both."""
    told = str(turn.answers.get("reason", ""))
    if turn.step.name not in ("dispatch", "redispatch") or (line := line_of(turn)) is None:
        return told
    return "；".join(filter(None, (told, f"{line.number}：{line.title}")))
