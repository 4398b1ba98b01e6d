"""What the papers of a penalty case say: who writes to whom, what is decided on which article, with which redress."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hefa.kernel.law import Article, instrument
from hefa.kernel.limit import limit
from hefa.kernel.people import Level, Office
from hefa.kernel.turn import Turn

from . import codes, execution
from .codes import Sanction
from .reckoning import in_capitals
from .rules import DECISIONS, PENALTY, case_of, due_of, last, review_grounds

if TYPE_CHECKING:
    from .models import Case

RECONSIDERATION = instrument("reconsideration")
LITIGATION = instrument("litigation")

# Settings of the place: who decides on reconsideration (行政复议法第二十四条), the court, the stationed team's department.
RECONSIDERATION_BODY = "宁波市鄞州区人民政府"
COURT = "宁波市鄞州区人民法院"
BUREAU = "宁波市鄞州区综合行政执法局"

# The sign of each letter in its number: 中河罚〔2023〕7号 → 中河罚决〔2023〕7号.
_SIGNS = {
    "docket": "立", "preserve": "存", "notify": "告", "notify_hearing": "听告", "call_hearing": "听", "decide": "决",
    "decide_without_fine": "决",
    "warn_on_spot": "当", "fine_on_spot": "当", "spare": "免", "serve": "送", "deliver": "送", "demand": "催",
    "defer": "延", "apply_court": "申", "transfer": "移", "close": "结",
}  # fmt: skip

SPARED_ON: dict[str, Article] = {
    codes.SpareGround.SLIGHT: PENALTY[33, 1],
    codes.SpareGround.FIRST: PENALTY[33, 1],
    codes.SpareGround.NO_FAULT: PENALTY[33, 2],
    codes.SpareGround.CHILD: PENALTY[30],
    codes.SpareGround.ILLNESS: PENALTY[31],
    codes.SpareGround.UNPROVEN: PENALTY.item(57, 3, 1),
    codes.SpareGround.BARRED: PENALTY[36, 1],
}


def facts(turn: Turn) -> dict[str, Any]:
    """Addressee, sender, number, what is proposed or decided, days, sums and redress."""
    matter, case = turn.matter, case_of(turn)
    names = [party["name"] for party in matter.parties if party["side"] == "party"]
    return {
        "names": "、".join(names),
        "people": (people := [_person(party, case) for party in matter.parties]),
        "reachable": [person for person in people if person["address"] or person["phone"]],
        "sender": sender(matter.office, case.organ),
        "number": matter.number.replace("罚〔", f"罚{_SIGNS.get(turn.step.name, '')}〔", 1),
        "you": "你单位" if case.party_type == codes.PartyType.ORGANISATION else "你",
        "fact_text": _unstopped(case.facts),
        "evidence_text": _unstopped(case.evidence),
        "discretion_text": _unstopped(case.discretion),
        "court": COURT,
        "demand_term": execution.COMPULSION.term("demand").on(turn.day).text,
        "due": {deadline.name: due_of(turn, deadline.name) for deadline in matter.flow.deadlines},
        "within": {name: PENALTY.term(name).on(turn.day).text for name in ("decide", "hold", "ask_hearing", "pay")},
        "review_ground": "；".join(codes.ReviewGround(ground).label for ground in review_grounds(turn)),
        "days_of": _days(turn),
        **_of_step(turn, case),
    }


def _person(party: dict[str, str], case: Case) -> dict[str, str]:
    kept = [("证件号码", party["id_no"]), ("住址（住所）", party["address"])]
    told = "，".join(f"{label}：{value}" for label, value in kept if value)
    return party | {"label": case.sides[party["side"]], "told": f"，{told}" if told else ""}


def _unstopped(text: str) -> str:
    """As a clause, whatever stop the officer typed at its end."""
    return text.strip().rstrip("。；;.")


def _of_step(turn: Turn, case: Case) -> dict[str, Any]:
    """What only some papers name."""
    name = turn.step.name
    if name in ("notify", "notify_hearing"):
        return {
            "proposed": penalty_text(case.proposed_sanction, case.proposed_fine, case.proposed_confiscated,
                                     case.proposed_detail),
            "hearing_told": case.needs_hearing,
        }  # fmt: skip
    if name in (*DECISIONS, *execution.SPOT, "serve", "deliver", "close", "defer", "apply_court", "demand", "spare"):
        return _decided(turn, case)
    return {}


def _decided(turn: Turn, case: Case) -> dict[str, Any]:
    decided = last(turn, *DECISIONS, "spare", *execution.SPOT)
    debt = execution.debt_of(turn)
    return {
        "penalty": penalty_text(case.sanction, case.fine, case.confiscated, case.detail) if case.sanction else "",
        "has_fine": bool(case.fine),
        "rate": limit("penalty", "surcharge").on(turn.day).text,
        "remedy": remedy_text(turn, spot=execution.is_spot(turn)),
        "decided_on": decided.day if decided else turn.day,
        "decided_no": _number_of(turn, decided.step if decided else turn.step.name),
        "spared_on": str(SPARED_ON[case.spare_ground]) if case.spare_ground else "",
        "spared_why": case.get_spare_ground_display() if case.spare_ground else "",
        "pleaded": _pleaded(turn),
        "heard": bool(turn.past("hold_hearing")),
        "unpaid": debt.unpaid() if debt else Decimal(0),
        "surcharge": execution.surcharge_of(turn),
        "owed": execution.owed(turn),
        "owed_in_words": in_capitals(execution.owed(turn)),
        "is_punished": bool(case.sanction),
        "is_signed": not turn.answers.get("unsigned"),
    }


def _number_of(turn: Turn, step: str) -> str:
    return turn.matter.number.replace("罚〔", f"罚{_SIGNS.get(step, '')}〔", 1)


def _pleaded(turn: Turn) -> str:
    """What became of the right to be heard, as the decision tells it."""
    if turn.past("plead"):
        return "当事人提出了陈述、申辩意见，本机关进行了复核"
    return "当事人明确放弃陈述、申辩的权利" if turn.past("waive") else "当事人在规定的期限内没有提出陈述、申辩"


def _days(turn: Turn) -> dict[str, date | None]:
    """The day of the last entry of the steps that papers tell of; the step being taken is on its own day."""
    found: dict[str, date | None] = {}
    for name in ("docket", "conclude", "notify", "notify_hearing", "plead", "hold_hearing", "review_legality", "discuss",
                 "serve", "deliver", "demand", "finish"):  # fmt: skip
        past = last(turn, name)
        found[name] = past.day if past else None
    found["told"] = max(filter(None, (found["notify"], found["notify_hearing"])), default=None)
    found["served"] = found["serve"] or found["deliver"]
    return found


def penalty_text(sanction: str, fine: Decimal | None, confiscated: Decimal | None, detail: str) -> str:
    """The contents of a penalty in words: 1．警告；2．罚款200.00元（人民币贰佰元整）."""
    parts = []
    if sanction != Sanction.FINE and not (sanction == Sanction.CONFISCATION and confiscated):
        parts.append(Sanction(sanction).label)
    if confiscated:
        parts.append(f"没收违法所得、非法财物{confiscated:.2f}元（人民币{in_capitals(confiscated)}）")
    if fine:
        parts.append(f"罚款{fine:.2f}元（人民币{in_capitals(fine)}）")
    if detail:
        parts.append(_unstopped(detail))
    return "；".join(f"{n}．{part}" for n, part in enumerate(parts, 1)) if len(parts) > 1 else parts[0]


def remedy_text(turn: Turn, *, spot: bool) -> str:
    """The redress told in a decision of that day.

    行政复议法第二十三条第一款第（一）项: on-the-spot penalties, warnings too, go to reconsideration first since 2024, and
    may be filed through the organ itself (第三十二条第一款); every other decision leaves the choice.
    """
    day = turn.day
    known = max(day, RECONSIDERATION.in_force_from)  # sixty days before as well; the data do not hold that law
    apply = RECONSIDERATION.term("apply").on(known).text
    if spot and day >= RECONSIDERATION.in_force_from:
        then = LITIGATION.term("sue_after_reconsideration").on(day).text
        return (
            f"如不服本决定，应当自收到本决定书之日起{apply}内先向{RECONSIDERATION_BODY}申请行政复议，可以通过本机关提交行政复议"
            f"申请；对行政复议决定不服的，可以自收到行政复议决定书之日起{then}内依法向人民法院提起行政诉讼。"
        )
    sue = LITIGATION.term("sue").on(day).text
    return (
        f"如不服本决定，可以自收到本决定书之日起{apply}内向{RECONSIDERATION_BODY}申请行政复议，"
        f"也可以自收到本决定书之日起{sue}内依法向人民法院提起行政诉讼。"
    )


def sender(office: Office, organ: str) -> str:
    """In whose name: the street office as the district's agency, or the department that a stationed team acts for."""
    if organ == codes.Organ.BUREAU:
        return BUREAU
    return f"{RECONSIDERATION_BODY}{office.name}办事处" if office.level == Level.STREET else office.name
