"""What a step of legal service depends on: whose adviser it is, whether free of conflict, assessed, on the roster."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel import clock
from hefa.kernel.law import instrument
from hefa.kernel.matter import Matter
from hefa.kernel.people import Level, Office
from hefa.kernel.turn import Past, Turn, trail

if TYPE_CHECKING:
    from .models import Engagement
    from .points import ServicePoint

RURAL = instrument("ningbo_rural")

ENGAGEMENT, VISIT = "counsel.engagement", "counsel.visit"
PERCENT = [MaxValueValidator(100, "评分不超过 100")]
ONE_TO_FIVE = [MinValueValidator(1, "满意度应为 1–5"), MaxValueValidator(5, "满意度应为 1–5")]
HOURS_OF_A_DAY = [
    MinValueValidator(Decimal("0.1"), "服务时长应大于 0"),
    MaxValueValidator(Decimal(24), "一次服务不超过 24 小时，跨日的分次登记"),
]
_TERM_STARTS = ("engage", "renew")


def _chosen(turn: Turn, name: str) -> str:
    """The label of a choice that this step made."""
    field = type(turn.case)._meta.get_field(name)
    return str(dict(field.flatchoices)[turn.answers[name]])  # type: ignore[union-attr]


# Engagements.


def firm_is_outside(turn: Turn) -> str | None:
    firm = Office.objects.get(pk=turn.answers["partner"])
    return None if firm.level == Level.OUTSIDE else f"法律顾问由律师事务所担任，“{firm.name}”不是外部单位"


def has_no_conflict(turn: Turn) -> str | None:
    if turn.answers["has_no_conflict"]:
        return None
    return "顾问律师声明有利益冲突，不能聘任：请改由没有利益冲突的律师担任"


def is_not_engaged_twice(turn: Turn) -> str | None:
    # Old ledgers tell of one office's past engagements all at once.
    if turn.matter.source_key:
        return None
    live = Matter.objects.filter(kind=ENGAGEMENT, office=turn.matter.office, state="engaged")
    number = live.filter(partner=turn.answers["partner"]).values_list("number", flat=True).first()
    return (
        f"“{turn.matter.office.name}”已经聘任这家律师事务所（{number}），请在那里续聘或者更换律师" if number else None
    )


def is_another_lawyer(turn: Turn) -> str | None:
    return "顾问律师没有变化" if turn.answers["lawyer"] == cast("Engagement", turn.case).lawyer else None


def titled(turn: Turn) -> dict[str, Any]:
    return {"title": f"{turn.matter.office.short}法律顾问（{turn.answers['lawyer']}）"}


def term(turn: Turn) -> dict[str, Any]:
    """The day on which the clock of the term, started by this step, runs out."""
    deadline = turn.matter.flow.deadline("counsel_term")
    return {"ends_on": clock.due_only(deadline, [clock.Event("engage", turn.day)])[0]}


def engaged(turn: Turn) -> dict[str, Any]:
    return titled(turn) | term(turn)


def ended(turn: Turn) -> dict[str, Any]:
    return {"ends_on": turn.day}


def _of_this_term(turn: Turn) -> list[Past]:
    """What happened since the term began, the engagement or renewal included."""
    passed = trail(turn.matter)
    begun = max((n for n, past in enumerate(passed) if past.step in _TERM_STARTS), default=0)
    return passed[begun:]


def _visits(turn: Turn) -> list[Matter]:
    """Confirmed visits of the running term, oldest first."""
    if turn.matter.pk is None:
        return []
    since = _of_this_term(turn)[0].day
    found = Matter.objects.filter(kind=VISIT, arises_from=turn.matter.pk, state="confirmed", opened_on__gte=since)
    return list(found.select_related("counsel_visit").order_by("opened_on", "pk"))


def has_visited(turn: Turn) -> str | None:
    # An import lives an engagement through before its visits come, from a ledger of their own.
    if turn.matter.pk is None or _visits(turn):
        return None
    return "本聘期还没有已确认的服务记录，请先登记并确认法律顾问服务"


def has_reported(turn: Turn) -> str | None:
    if any(past.step == "report" for past in _of_this_term(turn)):
        return None
    return "法律顾问还没有报送本聘期的服务情况，不能评价"


def was_assessed(turn: Turn) -> str | None:
    if any(past.step == "assess" for past in _of_this_term(turn)):
        return None
    return "本聘期还没有履职评价，请先评价再续聘"


def engagement_facts(turn: Turn) -> dict[str, Any]:
    visits = _visits(turn) if turn.step.name in ("report", "assess") else []
    lines = [{"day": one.opened_on, "type": one.case.get_type_display(), "hours": one.case.hours} for one in visits]  # type: ignore[attr-defined]
    return {
        "visits": lines,
        "times": len(lines),
        "hours": sum((line["hours"] for line in lines), Decimal(0)),
        "followed": str(RURAL[23]),
        "fee": cast("Engagement", turn.case).fee,
    }


# Visits.


def _engagement(turn: Turn) -> Matter | None:
    seen = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["arises_from"], kind=ENGAGEMENT)
    return seen.first()


def serves_here(turn: Turn) -> str | None:
    """A visit belongs to an engagement of the same office that was running on the day."""
    engagement = _engagement(turn)
    if engagement is None or engagement.office_id != turn.matter.office_id:
        return f"来源事项应当是“{turn.matter.office.name}”的法律顾问聘任，而且是您看得到的"
    if turn.day < engagement.opened_on:
        return f"服务日期 {turn.day} 早于聘任日期 {engagement.opened_on}"
    if engagement.closed_on and turn.day > engagement.closed_on:
        return f"聘任已于 {engagement.closed_on} 终止，不能再登记服务"
    return None


def visited(turn: Turn) -> dict[str, Any]:
    """The firm is the engagement's, so that its lawyers see what they reported and nothing else."""
    engagement = _engagement(turn)
    assert engagement is not None
    return {"partner": engagement.partner_id, "title": f"{turn.matter.office.short}法律顾问{_chosen(turn, 'type')}"}


# Consultations.


def _firm(turn: Turn) -> int | None:
    """The law firm of an actor who holds no post but an adviser's."""
    firms = [post.office_id for post in turn.actor.posts if post.role == "counsel"]
    return firms[0] if firms and turn.actor.roles == {"counsel"} else None


def _serves(firm: int, office: Office) -> bool:
    """Whether the office, or one above it, has engaged the firm."""
    live = Matter.objects.filter(kind=ENGAGEMENT, state="engaged", partner=firm)
    return any(office.path.startswith(above) for above in live.values_list("office__path", flat=True))


def adviser_serves_here(turn: Turn) -> str | None:
    """A lawyer's post reaches every office; advice may be put on record only where the firm is engaged."""
    firm = _firm(turn)
    if firm is None or _serves(firm, turn.matter.office):
        return None
    return f"您所在的律师事务所不是“{turn.matter.office.name}”在聘的法律顾问，不能在这里登记咨询"


def firm_serves_here(turn: Turn) -> str | None:
    if _serves(turn.answers["partner"], turn.matter.office):
        return None
    firm = Office.objects.get(pk=turn.answers["partner"])
    return f"“{firm.name}”不是“{turn.matter.office.name}”在聘的法律顾问，不能把咨询交给它"


def asked(turn: Turn) -> dict[str, Any]:
    """The list shows the area; who asked what stays inside. What a lawyer took in is entrusted to the firm."""
    facts: dict[str, Any] = {"title": f"{_chosen(turn, 'area')}法律咨询"}
    if firm := _firm(turn):
        facts["partner"] = firm
    return facts


def consultation_facts(turn: Turn) -> dict[str, Any]:
    return {"asked_on": turn.past("ask", "answer_at_once", "ask_again")[-1].day}


# Service points.


def _point(turn: Turn) -> ServicePoint:
    return cast("ServicePoint", turn.case)


def gives_something(turn: Turn) -> str | None:
    given = [bool(turn.value(name)) for name in ("gives_education", "gives_advice", "gives_mediation")]
    if turn.answers["type"] == "one_stop" and not all(given):
        return "一站式站点要普法宣传、法律咨询、人民调解三类服务都有"
    return None if any(given) else "服务点至少提供一类服务：普法宣传、法律咨询、人民调解"


def roster_runs_on(turn: Turn) -> str | None:
    until = turn.answers["rostered_until"]
    return f"值班表排到 {until}，早于排班日期 {turn.day}" if until < turn.day else None


def is_rostered(turn: Turn) -> str | None:
    until = _point(turn).rostered_until
    if until is not None and turn.day <= until:
        return None
    return f"值班表只排到 {until}，请先排班" if until else "还没有值班表，请先排班"


def line_is_given(turn: Turn) -> str | None:
    line = turn.answers["line"]
    if getattr(_point(turn), f"gives_{line}"):
        return None
    label = dict(_point(turn).notes["line"].flatchoices)[line]  # type: ignore[attr-defined]
    return f"这个服务点不提供{label}"
