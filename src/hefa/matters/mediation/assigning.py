"""Giving a dispute to a mediator: what is proposed, what may be chosen, what is kept of both."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.advice import Advice, Choice
from hefa.kernel.matter import Matter
from hefa.kernel.people import Office, street_of
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from .bench import Case, bench
from .choosing import Weighed
from .kinds import DisputeType

MEDIATOR = "mediation.mediator"
_SHOWN = 12
NOTES: dict[str, models.Field[Any, Any]] = {
    "proposed": models.CharField("系统推荐", max_length=120),
    # Who is passed over because of whom tells of the parties.
    "weighed": PersonalField("各人的理由"),
}


def weighed(turn: Turn) -> list[Weighed]:
    """The street's mediators for this dispute; asked once a turn, by guards and facts alike."""
    kept = vars(turn)
    if "weighed" not in kept:
        kind = dict(DisputeType.choices).get(turn.value("type"), "")
        matter = turn.matter
        kept["weighed"] = bench(
            Case(matter.office, turn.day, str(kind), matter.parties, type(turn.case).sides, matter.pk)
        )
    found: list[Weighed] = kept["weighed"]
    return found


def advise(turn: Turn) -> Advice | None:
    """Whom the form proposes."""
    return to_advice(weighed(turn), turn.matter.office, "assignee")


def to_advice(ranked: list[Weighed], office: Office, answer: str = "") -> Advice:
    """The bench as a form shows it."""
    best = next((one.candidate for one in ranked if one.chosen), None)
    here = [one.candidate for one in ranked if one.candidate.office == office.name]
    says = f"推荐{best.name}（{best.office}）" if best else f"{street_of(office).name}没有在岗又不用回避的调解员"
    if here and not any(one.is_free for one in here):
        told = "；".join(
            f"{one.name}不能办：{'；'.join(filter(None, (one.absence, *one.conflicts)))}" for one in here[:3]
        )
        instead = f"就近的是{best.name}（{best.office}，{best.place}）" if best else says
        says = f"“{office.name}”没有能办的人（{told}）。{instead}"
    elif not ranked:
        says = f"{street_of(office).name}的调解员名册是空的，请先登记调解员"
    choices = tuple(_choice(one) for one in ranked)
    return Advice(says, answer, choices)


def _choice(one: Weighed) -> Choice:
    who = one.candidate
    return Choice(who.number, f"{who.name}（{who.office}）", one.why, one.chosen, barred=who.absence is not None)


def _assignee(turn: Turn) -> Weighed | None:
    number = Matter.objects.filter(kind=MEDIATOR, pk=turn.answers["assignee"]).values_list("number", flat=True).first()
    return next((one for one in weighed(turn) if one.candidate.number == number), None)


def assignee_serves(turn: Turn) -> str | None:
    if _assignee(turn) is not None:
        return None
    return f"请选择{street_of(turn.matter.office).name}的调解员，{turn.day} 要在聘"


def assignee_is_there(turn: Turn) -> str | None:
    found = _assignee(turn)
    if found is None or found.candidate.absence is None or turn.matter.pk is None:
        return None
    best = next((one.candidate for one in weighed(turn) if one.chosen), None)
    barred = f"不能指派{found.candidate.name}（{found.candidate.absence}）"
    return f"{barred}，可以指派{best.name}" if best else barred


def is_somebody_else(turn: Turn) -> str | None:
    if getattr(turn.case, "assignee_id", None) != turn.answers["assignee"]:
        return None
    return "已经指派给这位调解员，不用再指派"


def choice_has_reason(turn: Turn) -> str | None:
    found = _assignee(turn)
    if found is None or found.chosen or turn.answers.get("reason") or turn.matter.pk is None:
        return None
    best = next((one.candidate for one in weighed(turn) if one.chosen), None)
    if best is None:
        return f"没有推荐{found.candidate.name}，指派要写明理由（{found.why}）"
    return f"推荐的是{best.name}，改派{found.candidate.name}要写明理由（{found.why}）"


def assigned(turn: Turn) -> dict[str, Any]:
    """The mediator by name, and what was proposed beside what was chosen."""
    found = _assignee(turn)
    ranked = weighed(turn)
    best = next((one.candidate for one in ranked if one.chosen), None)
    lines = [f"{one.candidate.name}（{one.candidate.office}）：{one.why}" for one in ranked[:_SHOWN]]
    assert found is not None
    return {
        "mediator": found.candidate.name,
        "proposed": f"{best.name}（{best.office}）" if best else "没有",
        "weighed": "\n".join(lines),
    }
