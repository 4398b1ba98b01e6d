"""What a step of supervision depends on beyond its state: whose audit, whose finding, evidence with its own date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel import clock
from hefa.kernel.flow import VOID
from hefa.kernel.law import UnknownLaw, instrument
from hefa.kernel.matter import Matter
from hefa.kernel.people import Level
from hefa.kernel.turn import Turn, clocks, events

if TYPE_CHECKING:
    from .findings import Finding
    from .models import Audit

YEAR = [MinValueValidator(2000, "年度应为四位数的年份"), MaxValueValidator(2099, "年度应为四位数的年份")]
TENURE = ("term", "leaving")
FINDING = "supervision.finding"
_SETTLED = ("closed", "dismissed", VOID)

_RESIDENTS = instrument("residents_committee")
_ASSETS = instrument("collective_assets")
_ZHEJIANG = instrument("zhejiang_audit")


# Inspections and audits.


def _audit(turn: Turn) -> Audit:
    return cast("Audit", turn.case)


def unit_is_subordinate(turn: Turn) -> str | None:
    if turn.matter.office.level in (Level.COMMUNITY, Level.COOP):
        return None
    return f"内部审计登记在被审计的社区或者股份经济合作社名下，“{turn.matter.office.name}”不是"


def years_are_in_order(turn: Turn) -> str | None:
    first, last = turn.answers["first_year"], turn.answers["last_year"]
    if first > last:
        return f"审计起始年度 {first} 晚于截止年度 {last}"
    return f"审计截止年度 {last} 还没有到" if last > turn.day.year else None


def tenure_has_a_chair(turn: Turn) -> str | None:
    """城市居民委员会组织法第三十八条 is about the chair of a residents' committee, not about a co-op."""
    if turn.answers["type"] not in TENURE:
        return None
    if turn.matter.office.level != Level.COMMUNITY:
        return "任期、离任经济责任审计只对居民委员会主任；股份经济合作社请选“财务收支审计”或“专项审计”"
    return None if turn.answers.get("principal") else "任期、离任经济责任审计要填写被审计的主要负责人"


def unit_is_not_under_audit(turn: Turn) -> str | None:
    running = Matter.objects.filter(kind=turn.matter.kind, office=turn.matter.office)
    number = running.exclude(state__in=("closed", "cancelled", VOID)).values_list("number", flat=True).first()
    # Old ledgers bring several years of one unit together: there each row stands for itself.
    if number is None or turn.matter.source_key:
        return None
    return f"“{turn.matter.office.name}”的审计 {number} 还没有办结，不能再列入计划"


def audit_title(turn: Turn) -> dict[str, Any]:
    first, last = turn.answers["first_year"], turn.answers["last_year"]
    years = f"{first}年度" if first == last else f"{first}–{last}年度"
    label = dict(_audit(turn)._meta.get_field("type").flatchoices)[turn.answers["type"]]
    return {"title": f"{turn.matter.office.short}{years}{label}"}


def unit_was_heard(turn: Turn) -> str | None:
    """审计法第四十四条: the unit has a term to comment; silence until its end is no objection."""
    if turn.past("comment"):
        return None
    run = next((run for deadline, run in clocks(turn.matter) if deadline.name == "comment"), None)
    if run is None or run.due_on is None:
        return "还没有收到被审计单位的意见，不能出具审计报告"
    if turn.day <= run.due_on:
        return f"被审计单位还没有提出意见，提出意见的期限到 {run.due_on}，期满以前不能出具审计报告"
    return None


def _unsettled(matter: Matter) -> int:
    return matter.gives_rise_to.filter(kind=FINDING).exclude(state__in=_SETTLED).count()


def findings_are_settled(turn: Turn) -> str | None:
    # An import lives a case through before it is written; its findings come after it, from a ledger of their own.
    if turn.matter.pk is None:
        return None
    left = _unsettled(turn.matter)
    return f"还有 {left} 个问题没有销号，不能办结" if left else None


def rectification_is_in(turn: Turn) -> str | None:
    if turn.matter.pk is None or turn.matter.state == "rectified":
        return None
    found = turn.matter.gives_rise_to.filter(kind=FINDING).exclude(state__in=("dismissed", VOID)).exists()
    return "审计发现了问题，要先收到被审计单位的整改报告（浙江省审计条例第三十九条）" if found else None


def result_was_published(turn: Turn) -> str | None:
    if turn.past("publish"):
        return None
    if turn.matter.office.level == Level.COOP:
        return f"审计结果和整改情况要向本社成员公布（{_ASSETS[40, 2].short}），请先“公布结果”"
    if _audit(turn).type in TENURE:
        return f"任期、离任审计结果要向居民公布（{_RESIDENTS[38].short}），请先“公布结果”"
    return None


def audit_ground(turn: Turn) -> str:
    """The article under which the unit is audited: co-ops and residents' committees stand under different laws."""
    if turn.matter.office.level == Level.COOP:
        return str(_ASSETS[38])
    if _audit(turn).type in TENURE and turn.day >= _RESIDENTS.in_force_from:
        return str(_RESIDENTS[38])
    return str(_ZHEJIANG[19])


def audit_facts(turn: Turn) -> dict[str, Any]:
    case = _audit(turn)
    first, last = case.first_year, case.last_year
    return {
        **source_facts(turn),
        "ground": audit_ground(turn),
        "audit_office": _above(turn),
        "unheard": not case.comments,
        "years": f"{first}年" if first == last else f"{first}–{last}年",
        "comment_within": _within(turn, "comment"),
        "report_within": _within(turn, "rectification_report"),
    }


def _within(turn: Turn, deadline: str) -> str:
    try:
        return turn.matter.flow.deadline(deadline).within.on(turn.day).text
    except UnknownLaw:  # a day before the law that is loaded
        return "规定的期限"


def source_facts(turn: Turn) -> dict[str, Any]:
    """The numbered findings of an inspection or audit, for its report."""
    found = Matter.objects.filter(arises_from=turn.matter.pk, kind=FINDING).exclude(state__in=("dismissed", VOID))
    found = found if turn.matter.pk else found.none()
    lines = [
        {"n": n, "title": one.title, "office": one.office.name, "state": one.flow.state_label(one.state)}
        for n, one in enumerate(found.select_related("office").order_by("pk"), start=1)
    ]
    return {"findings": lines, "found_none": not lines}


def _above(turn: Turn) -> str:
    office = turn.matter.office
    return office.parent.name if office.level in (Level.COMMUNITY, Level.COOP) and office.parent else office.name


# Findings.


def _finding(turn: Turn) -> Finding:
    return cast("Finding", turn.case)


def titled(turn: Turn) -> dict[str, Any]:
    """A finding goes by its problem in lists."""
    return {"title": turn.answers["problem"].splitlines()[0][:60]}


def _source(turn: Turn, kind: str) -> Matter | None:
    seen = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["arises_from"], kind=kind)
    return seen.select_related("office").first()


def came_of_inspection(turn: Turn) -> str | None:
    source = _source(turn, "supervision.inspection")
    if source is None:
        return "督查问题的来源应当是一件您看得到的督查"
    if not turn.matter.office.path.startswith(source.office.path):
        return f"责任单位“{turn.matter.office.name}”不在督查单位“{source.office.name}”之下"
    return _out_of_time(turn, source, "carry_out", "实地督查")


def came_of_audit(turn: Turn) -> str | None:
    source = _source(turn, "supervision.audit")
    if source is None:
        return "审计问题的来源应当是一件您看得到的内部审计"
    if source.office_id != turn.matter.office_id:
        return f"审计问题登记在被审计的“{source.office.name}”名下"
    return _out_of_time(turn, source, "start", "进点审计")


def _out_of_time(turn: Turn, source: Matter, step: str, label: str) -> str | None:
    """Nothing is found before anybody looked, nor (but for rows of an old ledger) after the case is closed."""
    looked = [day for name, day, *_ in source.trail if name == step]
    if not looked:
        return f"{source.number}还没有“{label}”，不能登记问题"
    if turn.day.isoformat() < looked[0]:
        return f"登记日期 {turn.day} 早于{label}的日期 {looked[0]}"
    if source.state == "closed" and not turn.matter.source_key:
        return f"{source.number}已经办结，不能再登记问题"
    return None


def is_asked_for_in_time(turn: Turn) -> str | None:
    asked = turn.answers.get("rectify_by")
    if asked is None:
        return None
    if asked < turn.day:
        return f"要求完成日期 {asked} 早于登记日期 {turn.day}"
    name = "audit_rectify" if turn.step.name == "find_in_audit" else "rectify"
    due = clock.due_only(turn.matter.flow.deadline(name), [clock.Event(turn.step.name, turn.day)])[0]
    return f"要求完成日期 {asked} 晚于整改期限 {due}" if due and asked > due else None


def recurs_after_closure(turn: Turn) -> str | None:
    if turn.answers.get("recurs") is None:
        return None
    earlier = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["recurs"], kind=FINDING).first()
    if earlier is None or earlier.state != "closed" or earlier.office_id != turn.matter.office_id:
        return "上次的同一问题应当是同一责任单位已经销号的督查审计问题"
    return None


def may_be_extended(turn: Turn) -> str | None:
    run = clock.run(turn.matter.flow.deadline("rectify"), events(turn.matter))
    if run is None or run.met_on is not None:
        return "审计整改报告的期限由条例规定，不能自行延长"
    if run.due_on is not None and turn.day > run.due_on:
        return f"整改期限已于 {run.due_on} 届满，不能再延长"
    return None


def evidence_is_dated(turn: Turn) -> str | None:
    return _misdated("佐证", turn.answers["evidence_on"], turn, turn.matter.opened_on, "发现问题的日期")


def recheck_is_dated(turn: Turn) -> str | None:
    since = _finding(turn).evidence_on or turn.matter.opened_on
    return _misdated("复查佐证", turn.answers["recheck_on"], turn, since, "责任单位佐证的日期")


def _misdated(what: str, on: date, turn: Turn, since: date, since_label: str) -> str | None:
    if on > turn.day:
        return f"{what}形成日期 {on} 晚于办理日期 {turn.day}，请核对"
    if on < since:
        return f"{what}形成日期 {on} 早于{since_label} {since}，不能证明已经整改"
    return None


def finding_facts(turn: Turn) -> dict[str, Any]:
    name = "audit_rectify" if turn.matter.trail and turn.matter.trail[0][0] == "find_in_audit" else "rectify"
    facts: dict[str, Any] = {"supervisor": _above(turn), "has_passed": turn.step.name == "close"}
    run = clock.run(turn.matter.flow.deadline(name), events(turn.matter))
    facts["due_on"] = _finding(turn).rectify_by or (run.due_on if run else None)
    return facts
