"""Where an incident goes: what the table says, who is there to take it, what is proposed when the two do not meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.db import models

from hefa.kernel.advice import Advice, Choice
from hefa.kernel.matter import KINDS
from hefa.kernel.people import Office, street_of
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from .codes import AS_DISPUTE
from .table import Line, best, decided

if TYPE_CHECKING:
    from .models import Incident

MEDIATOR = "mediation.mediator"
_SHOWN, _OFFICES = 12, 6
NOTES: dict[str, models.Field[Any, Any]] = {
    "proposed": models.CharField("系统建议", max_length=200),
    # Who is passed over because of whom tells of the people in it.
    "weighed": PersonalField("建议的理由"),
}


def _case(turn: Turn) -> Incident:
    return cast("Incident", turn.case)


def _kept(turn: Turn, name: str, make: Any) -> Any:
    """A thing asked once a turn, by guards, facts and paper alike."""
    kept = vars(turn)
    if name not in kept:
        kept[name] = make()
    return kept[name]


def area_of(turn: Turn) -> Office | None:
    """Where it happened, as this turn has it."""
    return cast(
        "Office | None",
        _kept(turn, "area", lambda: Office.objects.select_related("parent").filter(pk=turn.value("area")).first()),
    )


def lines(turn: Turn) -> list[Line]:
    """The table in force on the day of the turn."""
    # By label: the table's model needs these guards, so it cannot be imported here.
    table: Any = apps.get_model("incident", "Rule")
    return cast(list[Line], _kept(turn, "lines", lambda: table.lines(turn.day, street_of(turn.matter.office))))


def line_of(turn: Turn) -> Line | None:
    area = area_of(turn)
    return decided(lines(turn), area.path, turn.value("type")) if area else None


def rule_is_found(turn: Turn) -> str | None:
    return None if line_of(turn) else no_line(turn)


def no_line(turn: Turn) -> str:
    """Why the table does not decide."""
    area, type_ = area_of(turn), turn.value("type")
    label = dict(_case(turn)._meta.get_field("type").flatchoices)[type_]  # type: ignore[union-attr]
    equal = best(lines(turn), area.path, type_) if area else []
    if equal:
        names = dict(Office.objects.filter(pk__in=[line.target for line in equal]).values_list("pk", "name"))
        said = "、".join(f"{line.number}→{names.get(line.target, '？')}" for line in equal)
        return f"“{area} × {label}”有 {len(equal)} 条同样的规则，去向不同：{said}。请停用多余的，或者“人工派单”"
    return f"派单规则里没有“{area} × {label}”，请“人工派单”，或者先设定规则"


# Who is there.


def bench_at(turn: Turn, office: Office) -> list[Any]:
    """The mediators of the street weighed for the incident as if it were for that office; empty for what is no dispute.

    The register is another line of work: it is asked by its label, and an installation without it goes without.
    """
    register: Any = KINDS.get(MEDIATOR)
    kind = AS_DISPUTE.get(turn.value("type"))
    if register is None or kind is None:
        return []
    parties, sides = turn.matter.parties, type(turn.case).sides
    found: list[Any] = register.bench(office, turn.day, kind, parties, sides, turn.matter.pk)
    return found


def _ranked(turn: Turn, office: Office) -> list[Any]:
    return cast(list[Any], _kept(turn, f"bench{office.pk}", lambda: bench_at(turn, office)))


def target_is_manned(turn: Turn) -> str | None:
    """An office all of whose mediators are away cannot take a dispute today."""
    line = line_of(turn)
    if line is None or turn.matter.pk is None:
        return None
    target = Office.objects.select_related("parent").get(pk=line.target)
    ranked = _ranked(turn, target)
    there = [one.candidate for one in ranked if one.candidate.office == target.name]
    if not there or any(one.absence is None for one in there):
        return None
    told = "；".join(f"{one.name}不能办：{one.absence}" for one in there[:3])
    return f"{line.number}派给{target.name}，但那里没有人在岗（{told}）。{nearest(ranked)}请“人工派单”并写明理由"


def nearest(ranked: list[Any]) -> str:
    """Who else could go, in a sentence; says so when there is nobody."""
    chosen = next((one.candidate for one in ranked if one.chosen), None)
    if chosen is None:
        return "全街道没有在岗又不用回避的调解员。"
    return f"就近可派{chosen.office}（{chosen.name}，{chosen.place}）。"


# What is kept of the proposal.


def by_rule(turn: Turn) -> dict[str, Any]:
    """The office that the table names, and who of it is proposed."""
    line = line_of(turn)
    assert line is not None  # the guard before saw to it
    facts = {"office": line.target, "reason": f"{line.number}：{line.title}"}
    return facts | _proposal(turn, Office.objects.select_related("parent").get(pk=line.target))


def by_hand(turn: Turn) -> dict[str, Any]:
    """What the table would have said beside what was chosen."""
    line = line_of(turn)
    named = Office.objects.filter(pk=line.target).values_list("name", flat=True).first() if line else None
    told = f"{line.number}：{named}" if line else "规则没有定"
    return _proposal(turn, Office.objects.select_related("parent").get(pk=turn.answers["office"])) | {"proposed": told}


def finally_by_hand(turn: Turn) -> dict[str, Any]:
    return by_hand(turn) | {"is_final": True}


def _proposal(turn: Turn, office: Office) -> dict[str, Any]:
    if turn.matter.pk is None:  # what an old ledger tells was decided long ago
        return {}
    ranked = _ranked(turn, office)
    if not ranked:
        return {}
    chosen = next((one.candidate for one in ranked if one.chosen), None)
    told = [f"{one.candidate.name}（{one.candidate.office}）：{one.why}" for one in ranked[:_SHOWN]]
    return {"proposed": f"{chosen.name}（{chosen.office}）" if chosen else "没有人", "weighed": "\n".join(told)}


# What the form says.


def advise_rule(turn: Turn) -> Advice | None:
    """For 按规则派单: where the table sends it, and who is there."""
    if turn.value("area") is None:
        return None
    line = line_of(turn)
    if line is None:
        return Advice(no_line(turn))
    target = Office.objects.select_related("parent").get(pk=line.target)
    ranked = _ranked(turn, target)
    says = f"{line.number}：{line.title}"
    if barred := why_nobody(ranked, target):
        says = target_is_manned(turn) or f"{says}。但那里没有合适的人（{barred}）。{nearest(ranked)}"
    return Advice(says, choices=tuple(_person(one) for one in ranked))


def why_nobody(ranked: list[Any], office: Office) -> str:
    """Why none of an office's own mediators is fit; empty when one is, or when it has none on the register."""
    own = [one for one in ranked if one.candidate.office == office.name]
    if any(one.candidate.is_free for one in own):
        return ""
    return "；".join(f"{one.candidate.name}不能办：{one.why}" for one in own[:3])


def _person(one: Any) -> Choice:
    who = one.candidate
    return Choice(who.number, f"{who.name}（{who.office}）", one.why, one.chosen, barred=not who.is_free)


def advise_office(turn: Turn) -> Advice | None:
    """For a dispatch by hand: the table's office first, then those where somebody fit is on duty, the nearest first."""
    area = area_of(turn)
    if area is None:
        return None
    refused = {turn.matter.office_id} if turn.matter.state == "refused" else set()
    line, ranked = line_of(turn), _ranked(turn, area)
    why: dict[str, list[str]] = {}
    for one in ranked:
        if one.candidate.is_free:
            why.setdefault(one.candidate.office, []).append(f"{one.candidate.name}当日在岗，{one.candidate.place}")
    able = {*why}
    by_name = _offices([*why], line)
    table = next((office for office in by_name.values() if line and office.pk == line.target), None)
    order = [*([table.name] if table else []), *(name for name in why if table is None or name != table.name)]
    if table and table.name not in why:
        why[table.name] = [why_nobody(ranked, table) or "没有登记在岗的调解员"]
        able -= {table.name}
    choices = [_office(by_name[name], why[name], line, refused) for name in order if name in by_name]
    lead = f"{line.number}：{line.title}" if line else no_line(turn)
    open_ = [choice for choice in choices if not choice.barred]
    first = next((choice for choice in open_ if choice.label in able), open_[0] if open_ else None)
    shown = tuple(Choice(c.value, c.label, c.why, c is first, c.barred) for c in choices[:_OFFICES])
    return Advice(lead, "office", shown)


def _offices(names: list[str], line: Line | None) -> Mapping[str, Office]:
    wanted = models.Q(name__in=names) | models.Q(pk=line.target if line else None)
    return {office.name: office for office in Office.objects.filter(wanted)}


def _office(office: Office, people: list[str], line: Line | None, refused: set[int]) -> Choice:
    told = [f"派单规则{line.number}"] if line and office.pk == line.target else []
    told += people[:2]
    if office.pk in refused:
        return Choice(str(office.pk), office.name, "已经拒收", barred=True)
    return Choice(str(office.pk), office.name, "；".join(told))
