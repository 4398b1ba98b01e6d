"""What a step of a petition depends on beyond its state: guards and derived facts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel import clock
from hefa.kernel.law import instrument
from hefa.kernel.matter import Matter
from hefa.kernel.people import Office, Person
from hefa.kernel.turn import Turn, events

from . import backlog
from .codes import Category, Origin, Outcome, ReviewResult, Route

if TYPE_CHECKING:
    from .models import Petition
    from .reception import Reception

LAW = instrument("petition")
ONE_TO_FIVE = [MinValueValidator(1, "满意度应为 1–5"), MaxValueValidator(5, "满意度应为 1–5")]
SATISFIED = 4
# 第二十条第三款: how many may speak for many who come in person; 五人以上 is also what is called 多人信访.
MOST_REPRESENTATIVES = JOINT = 5


def _petition(turn: Turn) -> Petition:
    return cast("Petition", turn.case)


def _reception(turn: Turn) -> Reception:
    return cast("Reception", turn.case)


# Who comes, and who may not know.


def has_petitioner(turn: Turn) -> str | None:
    if any(party["side"] == "petitioner" for party in turn.answers["parties"]):
        return None
    return "请填写信访人的姓名（名称）和住址；不愿具名的写“匿名”"


def represented_by_few(turn: Turn) -> str | None:
    return too_many(turn.answers["parties"], "petitioner", is_visit=turn.answers["channel"] == "visit")


def too_many(parties: list[dict[str, str]], side: str, *, is_visit: bool) -> str | None:
    """第二十条第三款: many who come in person choose up to five to speak for them."""
    counted = Counter(party["side"] for party in parties)
    spoke, came = counted["representative"], counted[side]
    if spoke > MOST_REPRESENTATIVES:
        return (
            f"推选了 {spoke} 名代表，超过了五人：多人走访的，代表人数不得超过五人（信访工作条例第二十条第三款），"
            "请信访人重新推选。来信、网上联名的不必推选代表，都登记为信访人"
        )
    if is_visit and came > MOST_REPRESENTATIVES and not spoke:
        return f"有 {came} 人一起走访，应当推选代表，代表不超过五人（信访工作条例第二十条第三款），请登记“代表人”"
    return None


def away_from_accused(turn: Turn) -> str | None:
    """第三十条第三款: neither the material nor the fact of it may reach whom it complains of."""
    parties = turn.answers.get("parties") or turn.matter.parties
    accused = {party["name"] for party in parties if party["side"] == "accused"}
    if not accused:
        return None
    handler = Person.objects.filter(pk=turn.answers.get("handler") or 0).values_list("name", flat=True)
    offices = Office.objects.filter(pk__in=[turn.matter.office_id, turn.answers.get("partner") or 0])
    reached = {turn.actor.name, *handler, *(name for pair in offices.values_list("name", "short") for name in pair)}
    if hit := sorted(accused & reached):
        return (
            f"“{hit[0]}”是被检举控告的人或者单位，不得经办、收到有关材料（信访工作条例第三十条第三款），"
            "请换人或者换单位"
        )
    return None


def is_not_recused(turn: Turn) -> str | None:
    recused = _petition(turn).recused_id
    if recused is None or recused not in (turn.actor.person_id, turn.answers.get("handler")):
        return None
    return "已经回避的人不能再经办这件事（信访工作条例第二十八条第三款）"


def another_takes_over(turn: Turn) -> str | None:
    if turn.answers["handler"] != turn.matter.handler_id:
        return None
    return "接手的还是原来的承办人，请选另一个人"


# Which way it goes.


def urgent_is_reported(turn: Turn) -> str | None:
    if not _petition(turn).is_urgent or turn.past("report_urgent"):
        return None
    return "这是重大紧急事项，还没有报告：请先“报告重大紧急事项”，再办其他步骤（信访工作条例第二十五条）"


def is_appeal(turn: Turn) -> str | None:
    return _must_be(turn, Category.APPEAL, "建议意见请“回复建议”，检举控告请“转送有权机关”")


def is_suggestion(turn: Turn) -> str | None:
    return _must_be(turn, Category.SUGGESTION, "检举控告请“转送有权机关”，申诉求决按第三十一条办理")


def is_accusation(turn: Turn) -> str | None:
    return _must_be(turn, Category.ACCUSATION, "建议意见请“回复建议”，申诉求决按第三十一条办理")


def _must_be(turn: Turn, category: Category, other: str) -> str | None:
    if _petition(turn).category == category:
        return None
    return f"“{turn.step.label}”只用于{category.label}类，这件是{_petition(turn).get_category_display()}类：{other}"


def came_from_above(turn: Turn) -> str | None:
    if _petition(turn).origin != Origin.DIRECT:
        return None
    return "信访人直接提出的没有转送交办机关，不能提出异议；不属于本机关职权的，请“告知向有权机关提出”"


def came_directly(turn: Turn) -> str | None:
    if _petition(turn).origin == Origin.DIRECT:
        return None
    return f"这件由{_petition(turn).upper_body}转送、交办，不属于本机关职权的，请“提出异议”"


def in_objection_time(turn: Turn) -> str | None:
    due = due_of(turn, "object")
    if due is None or turn.day <= due:
        return None
    return f"提出异议的期限已于 {due} 届满（收到之日起五个工作日内，信访工作条例第二十三条第三款），应当由本机关办理"


def address_is_unknown(turn: Turn) -> str | None:
    if not any(party["address"] for party in turn.matter.parties if party["side"] == "petitioner"):
        return None
    return "信访人留有住址，应当书面告知（信访工作条例第二十三条第二款）"


def is_with_subordinate(turn: Turn) -> str | None:
    lower, own = Office.objects.get(pk=turn.answers["partner"]), turn.matter.office
    if lower.pk != own.pk and lower.path.startswith(own.path):
        return None
    return f"“{lower.name}”不是本机关的下级单位，不能以其正在办理为由不予受理（信访工作条例第十九条第三款）"


def was_terminated(turn: Turn) -> str | None:
    kind, seen = type(turn.case).label(), Matter.objects.visible_to(turn.actor)
    earlier = seen.filter(pk=turn.answers["arises_from"], kind=kind).first()
    if earlier is None or not any(step == "terminate" for step, *_ in earlier.trail):
        return "请选择一件经过复核、已经终结的信访事项；没有终结的，不能不再受理"
    if not _petitioners(earlier) & _petitioners(turn.matter):
        return f"{earlier.number}的信访人不是同一人，不能不再受理"
    return None


def _petitioners(matter: Matter) -> set[str]:
    return {party["name"] for party in matter.parties if party["side"] == "petitioner"}


def leads_elsewhere(turn: Turn) -> str | None:
    if turn.answers["route"] == Route.DUTY:
        return "属于申请履行职责的，不导入其他程序，请“依法履职办理”（信访工作条例第三十一条第（五）项）"
    if turn.answers["route"] == Route.PETITION:
        return "按信访程序办理的，请“受理”（信访工作条例第三十一条第（六）项）"
    return None


# The handling.


def extended_once(turn: Turn) -> str | None:
    last = turn.past("accept", "redo", "extend")[-1]
    return "办理期限已经延长过一次，不能再延长（信访工作条例第三十四条）" if last.step == "extend" else None


def in_handling_time(turn: Turn) -> str | None:
    due = due_of(turn, "handle")
    if due is None or turn.day <= due:
        return None
    return f"办结期限已于 {due} 届满，期满之后不能再延长，请尽快办结"


def within_cap(turn: Turn) -> str | None:
    cap = LAW.term("extension").on(turn.day)
    if 1 <= turn.answers.get("extension_days", cap.days) <= cap.days:
        return None
    return f"延长不得超过{cap.text}（信访工作条例第三十四条），请改为 1 至 {cap.days} 天"


def was_heard(turn: Turn) -> str | None:
    last = turn.past("accept", "redo", "hear", "hold_hearing")[-1]
    if last.step in ("hear", "hold_hearing"):
        return None
    return "还没有听取信访人陈述、调查核实，不能拟写处理意见（信访工作条例第三十一条第（六）项）"


def is_agreed_to(turn: Turn) -> str | None:
    if turn.answers["is_consented"]:
        return None
    return "调解、和解要经争议各方同意（信访工作条例第三十三条），有一方不同意就不能办"


def supports(turn: Turn) -> str | None:
    if _petition(turn).outcome == Outcome.SUPPORTED:
        return None
    return "只有予以支持的处理意见才要督促执行（信访工作条例第三十二条第二款）"


# The petitioner's rights, and what is final.


def in_review_time(turn: Turn) -> str | None:
    return _lapsed(turn, "ask_review", "请求复查", "三十五条")


def in_recheck_time(turn: Turn) -> str | None:
    return _lapsed(turn, "ask_recheck", "请求复核", "三十六条第一款")


def _lapsed(turn: Turn, deadline: str, what: str, article: str) -> str | None:
    due = due_of(turn, deadline)
    if due is None or turn.day <= due:
        return None
    return f"{what}的期限已于 {due} 届满（收到书面答复之日起三十日内，信访工作条例第{article}）"


def _last_result(turn: Turn) -> str:
    return _petition(turn).recheck_result if turn.matter.state == "rechecked" else _petition(turn).review_result


def must_be_redone(turn: Turn) -> str | None:
    return None if _last_result(turn) == ReviewResult.REDO else "复查、复核没有责令重新办理"


def is_final(turn: Turn) -> str | None:
    return "复核责令重新办理的，不能终结，请“重新办理”" if _last_result(turn) == ReviewResult.REDO else None


def rights_have_run(turn: Turn) -> str | None:
    """What is served may still be reviewed; it is filed once the petitioner has let that pass."""
    state = turn.matter.state
    if state in ("reviewed", "rechecked") and _last_result(turn) == ReviewResult.REDO:
        return "复查、复核责令重新办理，还没有重新办理，不能归档"
    if state == "rechecked":
        return "已有复核意见的，请先“终结”，再归档"
    due = due_of(turn, {"served": "ask_review", "reviewed": "ask_recheck"}.get(state, ""))
    if due is None or turn.day > due:
        return None
    return f"信访人到 {due} 为止可以请求复查、复核，期满前不能归档"


def support_is_executed(turn: Turn) -> str | None:
    supported = _petition(turn).outcome == Outcome.SUPPORTED
    if not supported or turn.past("execute") or turn.matter.state not in ("served", "reviewed", "terminated"):
        return None
    return "处理意见支持了信访请求，还没有督促执行的记录，不能归档（信访工作条例第三十二条第二款）"


# Backlog and oversight.


def is_not_listed(turn: Turn) -> str | None:
    return "这件已经列入积案" if backlog.is_listed(turn.matter) else None


def is_listed(turn: Turn) -> str | None:
    return None if backlog.is_listed(turn.matter) else "这件没有列入积案"


def backlog_is_resolved(turn: Turn) -> str | None:
    return "这件列入了积案，还没有“积案化解”，不能归档" if backlog.is_listed(turn.matter) else None


def awaits_report(turn: Turn) -> str | None:
    last = turn.past("urge", "report_back")
    if (_petition(turn).report_by and not turn.past("report_back")) or (last and last[-1].step == "urge"):
        return None
    return "没有等待反馈的交办、督办或者建议"


# Facts that follow from a step.


def direct(turn: Turn) -> dict[str, Any]:
    return {"origin": Origin.DIRECT, **_sealed(turn)}


def forwarded(turn: Turn) -> dict[str, Any]:
    return {"origin": Origin.FORWARDED, **_sealed(turn)}


def assigned(turn: Turn) -> dict[str, Any]:
    return {"origin": Origin.ASSIGNED, **_sealed(turn)}


def _sealed(turn: Turn) -> dict[str, Any]:
    """An accusation is seen by its handler alone, and by who opens sealed cases."""
    return {"sealed": True} if turn.answers["category"] == Category.ACCUSATION else {}


def recusal(turn: Turn) -> dict[str, Any]:
    return {"recused": turn.matter.handler_id}


# Receptions.


def visit_by_few(turn: Turn) -> str | None:
    if not any(party["side"] == "visitor" for party in turn.answers["parties"]):
        return "请填写来访人；不愿具名的写“匿名”"
    return too_many(turn.answers["parties"], "visitor", is_visit=True)


def is_the_day(turn: Turn) -> str | None:
    if turn.day == _reception(turn).planned_on:
        return None
    return (
        f"这次接访排在 {_reception(turn).planned_on}，不是 {turn.day}：改了日子的请先“调班”，临时接待的请登记“随访接待”"
    )


def petition_is_registered(turn: Turn) -> str | None:
    # An import lives a reception through before it is written; what arises from it comes after it.
    if turn.matter.pk is None or turn.matter.gives_rise_to.filter(kind="petition.petition").exists():
        return None
    return "还没有登记由这次接访转来的信访事项：请先登记，并把这次接访选为它的“来源事项”"


def titled(turn: Turn) -> dict[str, Any]:
    """A reception goes by its leader unless a title was given."""
    return {"title": turn.answers.get("title") or f"{turn.answers['leader']}接访"}


def counted(turn: Turn) -> dict[str, Any]:
    """How many came; unless it was said, those who are named."""
    named = sum(party["side"] in ("visitor", "representative") for party in turn.answers["parties"])
    return {"people": turn.answers.get("people") or named}


def titled_and_counted(turn: Turn) -> dict[str, Any]:
    return titled(turn) | counted(turn)


def due_of(turn: Turn, name: str) -> date | None:
    """The due day of a clock of the petition, if it has one."""
    deadlines = [deadline for deadline in turn.matter.flow.deadlines if deadline.name == name]
    run = clock.run(deadlines[0], events(turn.matter)) if deadlines else None
    return run.due_on if run else None
