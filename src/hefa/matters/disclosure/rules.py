"""What a step of disclosure depends on beyond its state: guards, derived facts, what its papers say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet

from hefa.kernel import clock
from hefa.kernel.answers import label_of
from hefa.kernel.figure import CENT, Period, Stock
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Office
from hefa.kernel.turn import Turn, events

from . import replies
from .replies import FOI, REPLIES, Remedy

if TYPE_CHECKING:
    from .models import Request

# 第三十一条: the item that fixes the day of receipt, and what that day is, by channel.
RECEIVED_BY = {
    "in_person": (1, "申请人提交之日"),
    "oral": (1, "申请人提交之日"),
    "mail": (2, "本机关签收之日"),
    "letter": (2, "与申请人确认之日"),
    "online": (3, "双方确认之日"),
    "fax": (3, "双方确认之日"),
}
# 国办函〔2020〕109号第三条、第四条: (up to this many, 元 each); the first step is free.
_BY_PAGE = ((30, 0), (100, 10), (200, 20))
_PAGE_BEYOND = 40
_FREE_ITEMS, _FIRST_ITEMS, _ITEM_STEP, _ITEM_PRICE = 10, 30, 10, 100


class AtStart(Stock):
    """A stock on the day before the period: what was carried in."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        eve = period.start - timedelta(days=1)
        return super().entries(Period(eve, eve), office)


def processing_fee(by: str, units: int) -> Decimal:
    """信息处理费 in 元 for `units` requests of an applicant in a calendar month ("item") or pages ("page")."""
    return Decimal(_fee_by_item(units) if by == "item" else _fee_by_page(units))


def _fee_by_item(items: int) -> int:
    """1–10 free, 11–30 at 100 元, and 100 元 more for each ten begun beyond."""
    fee = max(min(items, _FIRST_ITEMS) - _FREE_ITEMS, 0) * _ITEM_PRICE
    for nth in range(_FIRST_ITEMS, items):
        fee += _ITEM_PRICE * ((nth - _FIRST_ITEMS) // _ITEM_STEP + 2)
    return fee


def _fee_by_page(pages: int) -> int:
    fee = done = 0
    for upto, price in _BY_PAGE:
        fee += max(min(pages, upto) - done, 0) * price
        done = upto
    return fee + max(pages - done, 0) * _PAGE_BEYOND


def _case(turn: Turn) -> Request:
    return cast("Request", turn.case)


def has_applicant(turn: Turn) -> str | None:
    if any(party["side"] == "applicant" for party in turn.answers["parties"]):
        return None
    return "请填写申请人：姓名或者名称、身份证明、联系方式（第二十九条）"


def remade_from(turn: Turn) -> str | None:
    if not turn.answers.get("is_remade") or turn.answers.get("arises_from"):
        return None
    return "按复议决定、判决重新办理的，请在“来源事项”中选择原申请；它不再计入新收申请"


def asked_once(turn: Turn) -> str | None:
    if not turn.past("ask_correction"):
        return None
    return "已经告知过补正。补正只能一次性告知（第三十条），请按现有内容答复；仍不明确的，答复“补正后仍不明确”"


def in_correction_time(turn: Turn) -> str | None:
    due = _due(turn, "correction_notice")
    if due is None or turn.day <= due:
        return None
    within = FOI.term("correction_notice").on(turn.matter.opened_on).text
    return f"补正告知的期限已于 {due} 届满（收到申请之日起{within}内，第三十条），请按现有内容答复"


def leaves_time(turn: Turn) -> str | None:
    if turn.answers["correct_by"] > turn.day:
        return None
    return f"补正期限 {turn.answers['correct_by']} 要在告知之后，并给申请人合理的时间"


def correction_has_lapsed(turn: Turn) -> str | None:
    correct_by = _case(turn).correct_by
    if correct_by is None or turn.day > correct_by:
        return None
    return f"补正期限到 {correct_by} 届满，期满前不能按放弃申请处理"


def payment_has_lapsed(turn: Turn) -> str | None:
    due = _due(turn, "fee")
    if due is None or turn.day > due:
        return None
    return f"缴费期限到 {due} 届满，期满前不能按放弃申请处理"


def in_answer_time(turn: Turn) -> str | None:
    due = _due(turn, "answer")
    if due is None or turn.day <= due:
        return None
    return f"答复期限已于 {due} 届满，不能再{turn.step.label}，请尽快答复"


def extended_once(turn: Turn) -> str | None:
    return "答复期限已经延长过一次，不能再延长（第三十三条第二款）" if turn.past("extend") else None


def within_cap(turn: Turn) -> str | None:
    cap = FOI.term("extension").on(turn.day)
    if 1 <= turn.answers.get("extension_days", cap.days) <= cap.days:
        return None
    return f"一次延长最长{cap.text}，请改为 1 至 {cap.days} 天"


def silence_has_run(turn: Turn) -> str | None:
    """Nobody is silent before the time to speak is over (第三十二条、第三十四条)."""
    clock_name, field = {"hear": ("third_party", "third_opinion"), "hear_author": ("co_author", "author_opinion")}[
        turn.step.name
    ]
    due = _due(turn, clock_name)
    if turn.answers[field] != "silent" or due is None or turn.day > due:
        return None
    return f"对方提出意见的期限到 {due} 届满，期满前不能按“逾期未提出意见”登记"


def reason_was_given(turn: Turn) -> str | None:
    if turn.past("explain"):
        return None
    return "延迟答复要先要求申请人说明理由，并认为理由合理（第三十五条）"


def fee_is_due(turn: Turn) -> str | None:
    if processing_fee(turn.answers["fee_by"], turn.answers["fee_units"]) > 0:
        return None
    return "没有超过免费的数量，不收取信息处理费（第四十二条）"


def follows_its_step(turn: Turn) -> str | None:
    """Replies that rest on an earlier step, or that another step brings about."""
    code = turn.answers["reply"]
    if not REPLIES[code].drafted:
        return f"“{REPLIES[code].label}”不用拟写答复，请办理相应的步骤"
    wanted = {
        "MASS": ("explain", "不予处理要分两步：先要求申请人说明理由，理由不合理的才不予处理（第三十五条）"),
        "UNCLEAR_AFTER_CORRECTION": ("correct", "没有补正过，不能答复“补正后仍不明确”，请先告知补正（第三十条）"),
        "DENY_THIRD_PARTY": ("consult", "涉及第三方合法权益的，应当先书面征求第三方的意见（第三十二条）"),
    }.get(_ground(turn))
    return wanted[1] if wanted and not turn.past(wanted[0]) else None


def _ground(turn: Turn) -> str:
    """What a drafted reply rests on: of a partial one, the ground on which a part is kept back."""
    code = str(turn.answers["reply"])
    return str(turn.answers.get("withheld") or code) if code == "PARTIAL" else code


def content_is_complete(turn: Turn) -> str | None:
    """Each reply has contents of its own (第三十六条至第三十九条)."""
    reply = REPLIES[turn.answers["reply"]]
    for group in reply.needs:
        if not any(turn.answers.get(name) for name in group):
            labels = "”或者“".join(label_of(type(turn.case), name) for name in group)
            return f"答复“{reply.label}”应当写明“{labels}”（{replies.cite(reply.basis[-1])}）"
    return None


def online_channel_is_told(turn: Turn) -> str | None:
    """行政复议法第二十二条: what is served online must name the online way to ask for reconsideration."""
    if _case(turn).delivery != "online" or turn.answers.get("online_channel"):
        return None
    return "答复以网络方式送达的，应当同时写明提交行政复议申请书的网上渠道（行政复议法第二十二条）"


def third_party_is_respected(turn: Turn) -> str | None:
    """第十五条、第三十二条: consent opens, a reasoned objection closes unless the public interest is grave."""
    code, opinion = turn.answers["reply"], _case(turn).third_opinion
    withheld = _ground(turn) == "DENY_THIRD_PARTY"
    if withheld and opinion == "consents":
        return "第三方同意公开，不能再以第三方合法权益为由不予公开（第十五条）"
    if opinion != "objects" or code not in ("GRANT", "PARTIAL") or withheld or turn.answers.get("public_interest"):
        return None
    return (
        "第三方不同意公开且有合理理由，不予公开；认为不公开会对公共利益造成重大影响的，"
        "请在“公共利益理由”中写明（第三十二条）"
    )


def third_party_is_told(turn: Turn) -> str | None:
    if not discloses_over_objection(turn) or turn.past("tell_third"):
        return None
    return "决定公开第三方不同意公开的信息，要先书面告知第三方决定公开的内容和理由（第三十二条），再签发答复"


def is_over_objection(turn: Turn) -> str | None:
    if discloses_over_objection(turn):
        return None
    return "只有第三方不同意、因公共利益决定公开的，才需要告知第三方"


def discloses_over_objection(turn: Turn) -> bool:
    case = _case(turn)
    return case.third_opinion == "objects" and case.reply in ("GRANT", "PARTIAL") and bool(case.public_interest)


def reconsidered_first(turn: Turn) -> str | None:
    """A court should not have taken a refusal without reconsideration: it is asked about, not forbidden."""
    if turn.past("reconsider") or turn.answers.get("reason") or _remedy(turn) not in (Remedy.FIRST, Remedy.SPLIT):
        return None
    return (
        "这件答复应当先申请行政复议（行政复议法第二十三条），没有复议记录。请核对；"
        "法院确已受理的，在“理由”中写明后再登记"
    )


# Facts that follow from a step.


def with_third_party(turn: Turn) -> dict[str, Any]:
    """The third party joins the people in the case."""
    answers = turn.answers
    third = {
        "side": "third",
        "name": answers["third_party"],
        "id_no": "",
        "phone": "",
        "address": answers.get("third_address", ""),
    }
    return {"parties": [*turn.matter.parties, third]}


def priced(turn: Turn) -> dict[str, Any]:
    return {"fee": processing_fee(turn.answers["fee_by"], turn.answers["fee_units"]).quantize(CENT)}


def sued(turn: Turn) -> dict[str, Any]:
    return {"sued_directly": not turn.past("reconsider"), "suit": ""}


# What the papers say.

# The word in a letter's number that tells what it is: 中河公开补〔2026〕1号.
_LETTERS = {
    "receive": "告", "ask_correction": "补", "extend": "延", "defer": "延", "consult": "征", "consult_author": "函",
    "ask_reason": "理", "charge": "费", "tell_third": "告", "reply": "答", "abandon": "答", "lapse": "答",
    "withdraw": "撤",
}  # fmt: skip


def paper_facts(turn: Turn) -> dict[str, Any]:
    """What the papers of a request may name: addressee, sender, number of the letter, days, and the whole reply."""
    matter, case = turn.matter, _case(turn)
    names = [party["name"] for party in matter.parties if party["side"] == "applicant"]
    item, received = RECEIVED_BY[case.channel]
    facts: dict[str, Any] = {
        "applicants": "、".join(names),
        "thirds": "、".join(party["name"] for party in matter.parties if party["side"] == "third"),
        "you": "您" if case.applicant_type == replies.ApplicantType.NATURAL else "你单位",
        "sender": replies.sender(matter.office),
        "number": matter.number.replace("公开〔", f"公开{_LETTERS.get(turn.step.name, '')}〔", 1),
        "labelled": [party | {"label": case.sides[party["side"]]} for party in matter.parties],
        "wanted": case.wanted.strip().rstrip("。；;."),
        "received": received,
        "received_basis": FOI.item(31, item),
        "law": FOI,
        "basis": turn.step.basis,
        "body": replies.RECONSIDERATION_BODY,
        "is_oral": case.channel == "oral",
        "uncorrected_by": case.correct_by if case.reply == "ABANDON_NO_CORRECTION" else None,
        "corrected_on": turn.past("correct")[-1].day if turn.past("correct") else None,
        "due": {deadline.name: _due(turn, deadline.name) for deadline in matter.flow.deadlines},
        "within": {name: FOI.term(name).on(turn.day).text for name in ("third_party", "co_author")},
        "granted": turn.answers.get("extension_days") or FOI.term("extension").on(turn.day).days,
        "remedy_third": replies.remedy_text(Remedy.EITHER, turn.day, act="决定", paper="告知书"),
    }
    return facts | (_reply_facts(turn, facts["you"]) if case.reply else {})


# What a reply says in the clerk's own words, as sentences.
_SAID = ("searched", "law_cited", "grounds", "earlier_no", "provided", "access")


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in "。！？”" else f"{text}。"


def _reply_facts(turn: Turn, you: str) -> dict[str, Any]:
    case, reply = _case(turn), REPLIES[_case(turn).reply]
    is_refusal = reply.code in replies.REFUSALS
    noun = ("决定", "决定书") if is_refusal else ("答复", "答复书")
    basis = reply.basis
    if reply.code == "PARTIAL" and case.withheld in REPLIES:
        basis = (REPLIES[case.withheld].basis[0], *basis)
    mixed = "不属于政府信息" if case.withheld == replies.NOT_INFORMATION else "不应当公开"
    remedy = _remedy(turn)
    return {
        "reply_title": "政府信息不予公开决定书" if is_refusal else "政府信息公开申请答复书",
        "finding": reply.finding.format(you=you, mixed=mixed),
        "verdict": reply.verdict.format(you=you),
        "reply_basis": replies.cite(*basis),
        "withheld": dict(replies.WITHHELD).get(case.withheld, ""),
        "remedy": replies.remedy_text(remedy, turn.day, *noun),
        "form": case.get_medium_display() if case.provided else "",
        "ways": "可以提出的渠道" if reply.code == "PETITION" else "获取的方式、途径和时间",
        "said": {name: _sentence(getattr(case, name)) for name in _SAID},
        "online": case.online_channel if remedy and case.delivery == "online" else "",
    }


def _remedy(turn: Turn) -> Remedy | None:
    past = turn.past("reply", "abandon", "lapse")
    day = past[-1].day if past else turn.day
    return replies.remedy_of(_case(turn).reply, _case(turn).withheld, day)


def _due(turn: Turn, name: str) -> date | None:
    run = clock.run(turn.matter.flow.deadline(name), events(turn.matter))
    return run.due_on if run else None
