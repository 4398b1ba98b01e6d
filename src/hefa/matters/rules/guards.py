"""What making and keeping rules depends on: days of force, comments, the opinion, the number, the time to clean up."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from hefa.kernel import clock
from hefa.kernel.days import add_months, add_working
from hefa.kernel.law import Term, TermRef, instrument
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .document import NormativeDocument
    from .models import InternalRule

INTERNAL = instrument("internal")
ENVIRONMENT = instrument("business_environment")
REVIEW, ITEM = "review.review", "decision.item"
RULE, DOCUMENT = "rules.internalrule", "rules.normativedocument"
CLEARED = ("legal", "after_change")
_ANSWERED = ("answered", "filed")
# Hexagonal brackets, the year in full, no leading zero: 发文字号 of GB/T 9704-2012.
_DOC_NO = re.compile(r"[一-鿿]{2,12}〔\d{4}〕[1-9]\d*号")
# 国办发〔2018〕37号: inner units, ad-hoc groups and coordinating bodies may not issue one.
_INNER = re.compile(r"(科|室|组|专班|指挥部|中心)$")


def _rule(turn: Turn) -> InternalRule:
    return cast("InternalRule", turn.case)


def _document(turn: Turn) -> NormativeDocument:
    return cast("NormativeDocument", turn.case)


def ends(term: TermRef, day: date) -> date:
    """The last day of a term that starts on `day`."""
    found = term.on(day)
    due = clock.count(day, found.days, found.unit).due_on
    assert due is not None  # nothing pauses a bare term
    return due


def after(day: date, term: Term) -> date:
    """The day on which a shortest (or longest) length has run from `day`: no rest day moves it."""
    if term.unit == "working":
        return add_working(day, term.days)
    if term.unit == "calendar":
        return day + timedelta(days=term.days)
    return add_months(day, term.days * (12 if term.unit == "year" else 1))


# --- internal rules --------------------------------------------------------------------------------------------------


def title_is_new(turn: Turn) -> str | None:
    """A rule is revised, not adopted a second time beside itself."""
    same = Matter.objects.filter(kind=RULE, state="in_force", title=turn.answers["title"], office=turn.matter.office_id)
    first = same.first()
    return f"已有施行中的同名制度（{first.number}），要改它请办“修订”" if first else None


def force_is_ahead(turn: Turn) -> str | None:
    begins = turn.answers["in_force_from"]
    return None if begins >= turn.day else f"施行日期 {begins} 早于通过的日期 {turn.day}，不能溯及既往"


def adopted(turn: Turn) -> dict[str, Any]:
    return {"review_on": ends(INTERNAL.term("rule_review"), turn.day)}


def revised(turn: Turn) -> dict[str, Any]:
    return {"version": _rule(turn).version + 1, "conclusion": "", **adopted(turn)}


def is_to_be_kept_no_more(turn: Turn) -> str | None:
    ends_on = turn.answers["in_force_to"]
    return None if ends_on >= turn.day else f"失效日期 {ends_on} 早于废止的日期 {turn.day}"


# --- normative documents ---------------------------------------------------------------------------------------------


def issuer_is_organ(turn: Turn) -> str | None:
    issuer = turn.answers["issuer"]
    if _INNER.search(issuer):
        return f"“{issuer}”是内设机构或者临时机构，不能制发规范性文件；制定机关应当是街道办事处"
    return None


def comment_time_is_enough(turn: Turn) -> str | None:
    """优化营商环境条例第六十二条第二款 for what touches market actors: generally not under the term."""
    source = (
        ENVIRONMENT.term("public_comment") if _document(turn).affects_market else INTERNAL.term("document_comments")
    )
    until, term = turn.answers["comment_until"], source.on(turn.day)
    if until >= after(turn.day, term) or turn.answers.get("reason"):
        return None
    return f"征求意见到 {until} 止，不足{term.text}（{term.citation}）；缩短的请写明理由"


def comments_are_over(turn: Turn) -> str | None:
    until = _document(turn).comment_until
    return f"征求意见到 {until} 止，还没有结束" if until and turn.day <= until else None


def competition_is_checked(turn: Turn) -> str | None:
    case = _document(turn)
    if case.affects_market and not case.competition:
        return "涉及经营者经济活动，没有公平竞争审查结论的，不得出台：请先办“公平竞争审查”"
    return None


def review_clears(turn: Turn) -> str | None:
    """优化营商环境条例第六十三条第二款: reviewed before it is decided; an opinion that does not clear it stops it."""
    found = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["review"], kind=REVIEW)
    review = found.first()
    if review is None:
        return "请选择一件您看得到的合法性审查"
    case: Any = review.case
    if case.category != "document":
        return f"{review.number}不是规范性文件的审查"
    used = Matter.objects.filter(rules_normativedocument__review=review.pk).exclude(pk=turn.matter.pk)
    if other := used.exclude(state="dropped").first():
        return f"{review.number}已用于“{other.title}”（{other.number}）"
    if case.conclusion not in CLEARED:
        said = case.get_conclusion_display() or "还没有出具"
        return f"{review.number}的审查结论是“{said}”，不能提请审议"
    if case.conclusion == "after_change" and review.state not in _ANSWERED:
        return f"{review.number}的结论是“修改后合法”，还没有反馈采纳情况，不能提请审议"
    return None


def decision_is_made(turn: Turn) -> str | None:
    """The item of the meeting, where one is named, was decided."""
    if not turn.answers.get("decision"):
        return None
    found = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["decision"], kind=ITEM)
    item = found.first()
    if item is None:
        return "请选择一项您看得到的决策议题"
    if any(step == "decide" for step, *_ in item.trail):
        return None
    return f"{item.number}现在是“{item.flow.state_label(item.state)}”，还没有通过"


def number_is_well_formed(turn: Turn) -> str | None:
    given = turn.answers["doc_no"]
    return None if _DOC_NO.fullmatch(given) else f"“{given}”不是规范的文号，应写成 中河街〔2023〕5号"


def number_is_new(turn: Turn) -> str | None:
    """三统一: one series of numbers, no number twice."""
    taken = Matter.objects.filter(kind=DOCUMENT, rules_normativedocument__doc_no=turn.answers["doc_no"])
    first = taken.exclude(pk=turn.matter.pk).first()
    return f"文号已用于“{first.title}”（{first.number}）" if first else None


def force_follows_publication(turn: Turn) -> str | None:
    begins = turn.answers["in_force_from"]
    if begins < turn.day:
        return f"施行日期 {begins} 早于公布的日期 {turn.day}，不能溯及既往"
    term = INTERNAL.term("document_lead").on(turn.day)
    if begins >= after(turn.day, term) or turn.answers.get("reason"):
        return None
    return f"自公布到施行不足{term.text}；提前施行的请写明理由"


def validity_is_bounded(turn: Turn) -> str | None:
    """A trial rule lives shorter; what is to live on is judged anew."""
    begins, ends_on = turn.answers.get("in_force_from", turn.day), turn.answers["in_force_to"]
    term = INTERNAL.term("trial_validity" if _document(turn).is_trial else "document_validity").on(turn.day)
    if ends_on <= begins:
        return f"失效日期 {ends_on} 应当在 {begins} 之后"
    if ends_on > after(begins, term):
        return f"有效期自 {begins} 起最长{term.text}，{ends_on} 太晚"
    return None


def has_expired(turn: Turn) -> str | None:
    ends_on = _document(turn).in_force_to
    return f"有效期到 {ends_on}，还没有届满" if ends_on and turn.day <= ends_on else None


def published(turn: Turn) -> dict[str, Any]:
    return {"cleanup_on": ends(INTERNAL.term("document_cleanup"), turn.day)}


def abolished(turn: Turn) -> dict[str, Any]:
    return {"in_force_to": turn.day}
