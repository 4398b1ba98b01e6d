"""What the letters of a petition say: who writes to whom, on what article, with which redress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hefa.kernel.law import instrument
from hefa.kernel.people import Level, Office
from hefa.kernel.turn import Turn

from .codes import DutyResult
from .rules import due_of

if TYPE_CHECKING:
    from .models import Petition

LAW = instrument("petition")
RECONSIDERATION = instrument("reconsideration")
LITIGATION = instrument("litigation")

# Settings of the place: 上一级机关 of the street, and of that (第三十五条、第三十六条).
REVIEW_BODY = "宁波市鄞州区人民政府"
RECHECK_BODY = "宁波市人民政府"

# The sign of each letter in its number: 中河访〔2023〕7号 → 中河访受〔2023〕7号.
_SIGNS = {
    "inform": "告", "accept": "受", "object": "异", "direct": "告", "refer": "转", "decline": "不",
    "refuse_again": "不", "answer_suggestion": "复", "redirect": "导", "answer_duty": "答", "extend": "延", "settle": "调",
    "issue_opinion": "意", "report_urgent": "急", "report_back": "馈",
}  # fmt: skip


def facts(turn: Turn) -> dict[str, Any]:
    """Addressee, sender, number, days and redress for the papers of a petition."""
    matter, case = turn.matter, cast("Petition", turn.case)
    names = [party["name"] for party in matter.parties if party["side"] == "petitioner"]
    sign = _SIGNS.get(turn.step.name, "")
    found: dict[str, Any] = {
        "petitioners": "、".join(names),
        "you": "您" if len(names) == 1 else "你们",
        "people": [party | {"label": case.sides[party["side"]]} for party in matter.parties],
        "sender": sender(matter.office),
        "number": matter.number.replace("访〔", f"访{sign}〔", 1),
        "review_body": REVIEW_BODY,
        "recheck_body": RECHECK_BODY,
        "review_term": LAW.term("ask_review").on(turn.day).text,
        "handle_due": due_of(turn, "handle"),
        "handle_term": LAW.term("handle").on(turn.day).text,
        "signer": turn.actor.name,
    }
    if turn.step.name == "redirect":
        found["way"] = LAW.item(31, int(case.route))
    if turn.step.name == "answer_duty":
        found["remedy"] = remedy(turn)
    if turn.step.name == "refuse_again":
        found["earlier"] = matter.arises_from.number if matter.arises_from else ""
    return found


def remedy(turn: Turn) -> str:
    """Redress against an answer to a request to act: by the law of 2023 a refusal goes to reconsideration first.

    行政复议法第十一条第（十一）项、第二十三条第一款第（三）项; the sixty days were the same under the earlier law.
    """
    apply = RECONSIDERATION.term("apply").on(max(turn.day, RECONSIDERATION.in_force_from)).text
    case = cast("Petition", turn.case)
    comes_first = case.duty_result == DutyResult.REFUSED and turn.day >= RECONSIDERATION.in_force_from
    if comes_first:
        then = LITIGATION.term("sue_after_reconsideration").on(turn.day).text
        return (
            f"如不服本答复，应当自收到本答复书之日起{apply}内先向{REVIEW_BODY}申请行政复议；对行政复议决定不服的，"
            f"可以自收到行政复议决定书之日起{then}内依法向人民法院提起行政诉讼。"
        )
    sue = LITIGATION.term("sue").on(turn.day).text
    return (
        f"如不服本答复，可以自收到本答复书之日起{apply}内向{REVIEW_BODY}申请行政复议，"
        f"也可以自收到本答复书之日起{sue}内依法向人民法院提起行政诉讼。"
    )


def sender(office: Office) -> str:
    """The office's name in full, as it signs: a street office is an agency of the district government."""
    return f"{REVIEW_BODY}{office.name}办事处" if office.level == Level.STREET else office.name
