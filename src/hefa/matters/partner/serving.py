"""What vice principals and experts depend on: a school, a term that the rules allow, hours that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hefa.kernel import clock
from hefa.kernel.flow import VOID
from hefa.kernel.law import TermRef, UnknownLaw, instrument
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

from .codes import Calling, PartnerType

if TYPE_CHECKING:
    from .expert import Expert
    from .models import Partner
    from .principal import VicePrincipal

PARTNER, PRINCIPAL = "partner.partner", "partner.viceprincipal"
LITERATE = "education.lawliterateperson"
PUBLICITY = instrument("publicity")
JUVENILE = instrument("juvenile_crime")
RULES = instrument("vice_principal")
INTERNAL = instrument("internal")


def _principal(turn: Turn) -> VicePrincipal:
    return cast("VicePrincipal", turn.case)


def _expert(turn: Turn) -> Expert:
    return cast("Expert", turn.case)


# Vice principals.


def _school(turn: Turn) -> Matter | None:
    found = Matter.objects.filter(pk=turn.value("arises_from") or 0, kind=PARTNER).select_related("office").first()
    if found is None or not turn.matter.office.path.startswith(found.office.path):
        return None
    return found if cast("Partner", found.case).type == PartnerType.SCHOOL else None


def is_for_a_school(turn: Turn) -> str | None:
    school = _school(turn)
    if school is None:
        return "来源事项应当是本单位或者上级单位登记的一所共建学校"
    if school.state == "active" or turn.matter.source_key:
        return None
    return f"“{school.title}”现在不是共建中，不能推荐法治副校长"


def is_not_there_yet(turn: Turn) -> str | None:
    """One person once a school; rows of an old ledger stand for themselves."""
    if turn.matter.source_key:
        return None
    same = cast("type[VicePrincipal]", type(turn.case)).objects.filter(
        matter__arises_from=turn.answers["arises_from"], full_name=turn.answers["full_name"]
    )
    there = same.exclude(matter__state__in=("ended", "declined", VOID)).values_list("matter__number", flat=True).first()
    return f"{turn.answers['full_name']}已经推荐到这所学校（{there}）" if there else None


def principal_titled(turn: Turn) -> dict[str, Any]:
    school = _school(turn)
    return {"title": f"{school.title if school else ''}法治副校长{turn.answers['full_name']}"}


def term_is_lawful(turn: Turn) -> str | None:
    return _beyond(turn, RULES.term("term"))


def expert_term_is_short(turn: Turn) -> str | None:
    return _beyond(turn, INTERNAL.term("expert_term"))


def _beyond(turn: Turn, term: TermRef) -> str | None:
    """Why a term that ends so is none: it ends before it begins, or runs longer than what is set."""
    ends_on = turn.answers["ends_on"]
    if ends_on <= turn.day:
        return f"聘期届满日期 {ends_on} 应当晚于 {turn.day}"
    try:
        longest = term.on(turn.day)
    except UnknownLaw:  # a day before the law that is loaded
        return None
    last = clock.count(turn.day, longest.days, longest.unit).due_on
    return f"聘期届满日期 {ends_on} 超过了{longest.text}（最晚 {last}）" if last and ends_on > last else None


def trained(turn: Turn) -> dict[str, Any]:
    return {"training_hours": turn.case.training_hours + turn.answers["hours"]}  # type: ignore[attr-defined]


def taught(turn: Turn) -> dict[str, Any]:
    return {"lessons": _principal(turn).lessons + turn.answers["given"]}


def principal_facts(turn: Turn) -> dict[str, Any]:
    school = _school(turn)
    by_new_law = turn.day >= PUBLICITY.in_force_from
    return {"school": school.title if school else "", "ground": str(PUBLICITY[41, 1] if by_new_law else JUVENILE[18])}


# Experts.


def literate_is_on_register(turn: Turn) -> str | None:
    """A law-literate resident has a register of their own; here that row is named, not written anew."""
    source = turn.answers.get("arises_from")
    if turn.answers["calling"] != Calling.LITERATE:
        return "只有法律明白人才选来源事项" if source else None
    found = Matter.objects.filter(pk=source or 0, kind=LITERATE).select_related("office").first()
    if found is None or not found.office.path.startswith(turn.matter.office.path):
        return "法律明白人请选“法律明白人”登记中的那一件为来源"
    name = found.case.full_name  # type: ignore[attr-defined]
    if name != turn.answers["full_name"]:
        return f"来源登记的是{name}，与“{turn.answers['full_name']}”不是同一人"
    return None if found.state == "serving" else f"{name}还没有发证，或者已经退出，不能聘请"


def expert_titled(turn: Turn) -> dict[str, Any]:
    return {"title": turn.answers["full_name"]}


def is_in_term(turn: Turn) -> str | None:
    ends_on = _expert(turn).ends_on
    return f"聘期已于 {ends_on} 届满，请先“续聘”" if ends_on is not None and turn.day > ends_on else None


def served(turn: Turn) -> dict[str, Any]:
    return {"service_hours": _expert(turn).service_hours + turn.answers["deed_hours"]}


def expert_facts(turn: Turn) -> dict[str, Any]:
    return {"is_renewal": turn.step.name == "renew"}
