"""What a step from the decision on depends on: ceilings on the spot, service, payment, demand, court, redress."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hefa.kernel.law import instrument
from hefa.kernel.limit import limit
from hefa.kernel.turn import Turn, trail

from . import codes
from .codes import PartyType
from .reckoning import NOTHING, Debt, Span, after
from .rules import DECISIONS, PENALTY, case_of, due_of, last, place_of

COMPULSION = instrument("compulsion")
RECONSIDERATION = instrument("reconsideration")
LITIGATION = instrument("litigation")
SURCHARGE = limit("penalty", "surcharge")

SPOT = ("warn_on_spot", "fine_on_spot")
OVERTURNS = ("overturn", "overturn_published")


def is_spot(turn: Turn) -> bool:
    """Whether the case was decided on the spot."""
    return turn.step.name in SPOT or bool(turn.past(*SPOT))


# On the spot.


def within_ceiling(turn: Turn) -> str | None:
    """第五十一条: up to 200 元 for a person, up to 3000 元 for an organisation; beyond that, the ordinary procedure."""
    return above_ceiling(turn.answers["party_type"], turn.answers["fine"], turn.day)


def above_ceiling(party_type: str, fine: Decimal | None, day: date) -> str | None:
    """Why a fine is too high for a decision on the spot, or None."""
    party = PartyType(party_type)
    kind = "organisation" if party == PartyType.ORGANISATION else "natural"
    ceiling = limit("penalty", f"spot_{kind}").on(day)
    if (fine or NOTHING) <= ceiling.decimal:
        return None
    return f"对{party.label}当场罚款不得超过 {ceiling.text}，这里是 {fine} 元，请按普通程序立案（第五十一条）"


def was_told_orally(turn: Turn) -> str | None:
    if turn.answers["told"]:
        return None
    return "当场处罚也要先告知内容、事实、理由、依据，听取陈述和申辩，没有告知的不得处罚（第四十四条、第六十二条）"


def was_decided_on_spot(turn: Turn) -> str | None:
    return None if is_spot(turn) else "这件案件不是当场处罚，不用报备案"


def is_not_registered(turn: Turn) -> str | None:
    return "当场处罚已经报过备案" if turn.past("register_spot") else None


def may_collect(turn: Turn) -> str | None:
    """第六十八条: on the spot up to 100 元, or what could hardly be collected later."""
    if not turn.past("fine_on_spot") or turn.past("collect"):
        return "只有当场作出的罚款决定才能当场收缴，而且只收一次（第六十七条、第六十八条）"
    case, most = case_of(turn), limit("penalty", "collect").on(turn.day)
    if (case.fine or NOTHING) <= most.decimal or turn.answers.get("reason"):
        return None
    return f"罚款 {case.fine} 元超过 {most.text}，不当场收缴事后难以执行的，请在“理由”中写明（第六十八条）"


def collected(turn: Turn) -> dict[str, Any]:
    return {"paid": case_of(turn).fine}


def was_collected(turn: Turn) -> str | None:
    if place_of(turn, "collect") > place_of(turn, "hand_in"):
        return None
    return "没有当场收缴而尚未交缴的罚款"


def spot_facts(turn: Turn) -> dict[str, Any]:
    """A decision made and handed over on the spot: what follows from it at once."""
    sanction = codes.Sanction.FINE if turn.step.name == "fine_on_spot" else codes.Sanction.WARNING
    return {"sanction": sanction.value, "procedure": codes.Procedure.SUMMARY.value, **served(turn)}


# Service.


def has_fine(turn: Turn) -> str | None:
    return None if case_of(turn).fine else "这件决定没有罚款，请办“送达（不需缴款的）”"


def has_no_fine(turn: Turn) -> str | None:
    return "这件决定有罚款，请办“送达处罚决定”，从送达之日起算缴款期限" if case_of(turn).fine else None


def service_is_agreed(turn: Turn) -> str | None:
    """第六十一条第二款; 行政复议法第二十二条第二款."""
    if turn.answers["service"] != codes.Service.ELECTRONIC:
        return None
    if not turn.answers.get("confirmed"):
        return "电子送达要当事人同意并签订确认书（第六十一条第二款），请勾选“已签订送达确认书”或者换一种方式"
    if turn.day >= RECONSIDERATION.in_force_from and not case_of(turn).online_channel:
        return "通过互联网渠道送达的，决定书应当同时写明提交复议申请书的互联网渠道（行政复议法第二十二条第二款）"
    return None


def served(turn: Turn) -> dict[str, Any]:
    """The last day for payment, and the last day on which a court can be asked."""
    facts: dict[str, Any] = {"apply_by": _apply_by(turn, rights_end(turn, turn.day))}
    if turn.value("fine"):
        facts["pay_by"] = after(turn.day, PENALTY.term("pay"))
    return facts


# Redress.


def rights_end(turn: Turn, served_on: date) -> date:
    """The last day on which the party can still ask for reconsideration or sue (行政强制法第五十三条).

    On-the-spot penalties go to reconsideration first since 2024, so there the six months for a direct suit do not run.
    After reconsideration fifteen days to sue are left; after a suit nothing is.
    """
    if sued := last(turn, "conclude_suit"):
        return sued.day
    if reviewed := last(turn, "conclude_reconsideration"):
        return after(reviewed.day, LITIGATION.term("sue_after_reconsideration"))
    apply = after(served_on, RECONSIDERATION.term("apply"), RECONSIDERATION.in_force_from)
    if comes_first(turn, served_on):
        return apply
    return max(apply, after(served_on, LITIGATION.term("sue")))


def comes_first(turn: Turn, day: date) -> bool:
    """行政复议法第二十三条第一款第（一）项: every on-the-spot penalty, a warning as well."""
    return is_spot(turn) and day >= RECONSIDERATION.in_force_from


def _apply_by(turn: Turn, end: date) -> date:
    """行政强制法第五十三条; 行政处罚法第七十二条第二款: not before a deferral is over."""
    deferred = case_of(turn).pay_by if turn.past("defer") else None
    return after(max(end, deferred or end), COMPULSION.term("apply_court"))


def was_decided(turn: Turn) -> str | None:
    if turn.past(*DECISIONS, "spare", *SPOT):
        return None
    return f"这件案件没有作出处罚或者不予处罚的决定，不能“{turn.step.label}”"


def is_not_under_review(turn: Turn) -> str | None:
    return "这件案件正在行政复议中" if _reviewing(turn) else "正在行政诉讼中" if _suing(turn) else None


def is_reconsidered(turn: Turn) -> str | None:
    return None if _reviewing(turn) else "这件案件不在行政复议中"


def is_sued(turn: Turn) -> str | None:
    return None if _suing(turn) else "这件案件不在行政诉讼中"


def is_challenged(turn: Turn) -> str | None:
    if _reviewing(turn) or _suing(turn) or turn.answers.get("reason"):
        return None
    return "这件案件没有在复议或者诉讼中；本机关自行改变决定的，在“理由”中写明"


def _reviewing(turn: Turn) -> bool:
    return place_of(turn, "reconsider") > place_of(turn, "conclude_reconsideration", *OVERTURNS)


def _suing(turn: Turn) -> bool:
    return place_of(turn, "sue") > place_of(turn, "conclude_suit", *OVERTURNS)


def reconsidered_first(turn: Turn) -> str | None:
    """Asked about and not forbidden: a court may have taken it all the same."""
    at = last(turn, *SPOT)
    if at is None or not comes_first(turn, at.day) or turn.past("reconsider") or turn.answers.get("reason"):
        return None
    return "当场处罚应当先申请行政复议（行政复议法第二十三条第一款第（一）项），没有复议记录；法院确已受理的，在“理由”中写明"


def by_spot_or_camera(turn: Turn) -> str | None:
    if is_spot(turn) or case_of(turn).source == codes.Source.CAMERA:
        return None
    return "只有当场处罚和依据电子监控记录作出的处罚，才通过本机关提交复议申请（行政复议法第三十二条第一款）"


def has_application(turn: Turn) -> str | None:
    if place_of(turn, "take_application") > place_of(turn, "forward_application"):
        return None
    return "没有收到通过本机关提交的复议申请"


def is_ended(turn: Turn) -> str | None:
    """What ended is not pending any more."""
    name = "reconsideration" if turn.step.name == "conclude_reconsideration" else "suit"
    return "终结的结果不能填“审理中”" if turn.answers[name] == codes.Review.PENDING else None


def change_is_told(turn: Turn) -> str | None:
    """Only a decision that was changed has a new sum."""
    is_changed = turn.answers["overturned"] == codes.Overturned.CHANGED
    fine = turn.answers.get("fine")
    if fine and not is_changed:
        return "只有变更的决定才填变更后的罚款金额"
    if is_changed and fine and fine >= (case_of(turn).fine or NOTHING):
        return f"变更后的罚款 {fine} 元应当少于原来的 {case_of(turn).fine or 0} 元：复议、诉讼不得加重"
    return None


def overturned(turn: Turn) -> dict[str, Any]:
    """What was pending has ended so; a decision that fell leaves nothing to ask a court for."""
    pending = {"reconsideration": _reviewing(turn), "suit": _suing(turn)}
    return {name: "" for name, is_pending in pending.items() if is_pending} | {"apply_by": None}


def concluded(turn: Turn) -> dict[str, Any]:
    """A review that left the decision standing moves the last day for asking the court."""
    end = turn.day
    if turn.step.name == "conclude_reconsideration":
        end = after(turn.day, LITIGATION.term("sue_after_reconsideration"))
    return {"apply_by": _apply_by(turn, end)}


# Payment and enforcement.


def stops(turn: Turn) -> list[Span]:
    """Days in reconsideration or before a court (第七十三条第三款); an open one lasts to this day."""
    found: list[Span] = []
    for begin, end in (("reconsider", "conclude_reconsideration"), ("sue", "conclude_suit")):
        since: date | None = None
        for past in trail(turn.matter):
            if past.step == begin:
                since = past.day
            elif past.step in (end, *OVERTURNS) and since is not None:
                found.append((since, past.day))
                since = None
        if since is not None:
            found.append((since, max(since, turn.day)))
    return found


def debt_of(turn: Turn) -> Debt | None:
    """The fine as it stands; None where nothing is to be paid yet."""
    case = case_of(turn)
    if not case.fine or case.pay_by is None:
        return None
    return Debt(case.fine, case.pay_by, case.paid, case.grown, case.grown_on, case.is_waived)


def surcharge_of(turn: Turn) -> Decimal:
    """The surcharge up to the day of the step."""
    debt = debt_of(turn)
    return debt.surcharge(turn.day, SURCHARGE.on(turn.day).decimal, stops(turn)) if debt else NOTHING


def owed(turn: Turn) -> Decimal:
    """All that is to be paid on the day of the step."""
    debt = debt_of(turn)
    return debt.owed(turn.day, SURCHARGE.on(turn.day).decimal, stops(turn)) if debt else NOTHING


def is_owed(turn: Turn) -> str | None:
    due, given = owed(turn), turn.answers["payment"]
    if given <= due:
        return None
    return f"应缴的是 {due} 元（含加处罚款 {surcharge_of(turn)} 元），这里收 {given} 元，多了，请核对"


def paid(turn: Turn) -> dict[str, Any]:
    """What was paid goes to the fine first; the surcharge is taken down as far as it had grown."""
    return {
        "paid": case_of(turn).paid + turn.answers["payment"],
        "grown": surcharge_of(turn),
        "grown_on": max(turn.day, case_of(turn).pay_by or turn.day),
    }


def is_settled(turn: Turn) -> str | None:
    left = owed(turn)
    return f"还有 {left} 元没有缴清（含加处罚款），不能登记履行完毕" if left else None


def is_later(turn: Turn) -> str | None:
    before, wanted = case_of(turn).pay_by, turn.answers["pay_by"]
    if before is None or wanted > before:
        return None
    return f"延期、分期的最后期限 {wanted} 应当晚于原来的缴款期限 {before}"


def deferred(turn: Turn) -> dict[str, Any]:
    """第七十二条第二款: the time for asking the court runs from the end of the deferral. What had grown stays owed."""
    served_on = last(turn, "serve", "fine_on_spot")
    end = max(rights_end(turn, served_on.day if served_on else turn.day), turn.answers["pay_by"])
    grown = surcharge_of(turn)
    return {
        "apply_by": after(end, COMPULSION.term("apply_court")),
        **({"grown": grown, "grown_on": turn.day} if grown else {}),
    }


def is_overdue(turn: Turn) -> str | None:
    pay_by = case_of(turn).pay_by
    if pay_by is None or not owed(turn):
        return "没有未缴的罚款，不能催告"
    return f"缴款期限到 {pay_by}，期满以前不能催告" if turn.day <= pay_by else None


def demand_has_run(turn: Turn) -> str | None:
    """行政强制法第五十四条: ten working days after the demand was served."""
    due = due_of(turn, "demand")
    if due is None or turn.day > due:
        return None
    return f"催告书送达十个工作日（至 {due}）后仍不履行的，才可以申请法院强制执行（行政强制法第五十四条）"


def in_court_window(turn: Turn) -> str | None:
    """行政强制法第五十三条: after the rights have run, and within three months."""
    served_on = last(turn, "serve", "fine_on_spot")
    end = rights_end(turn, served_on.day if served_on else turn.day)
    if turn.day <= end:
        return f"当事人申请复议、提起诉讼的期限到 {end}，期满以前不能申请法院强制执行（行政强制法第五十三条）"
    by = case_of(turn).apply_by
    if by is not None and turn.day > by:
        return f"申请法院强制执行的期限已于 {by} 届满（行政强制法第五十三条），法院不予受理"
    return None


# Publication and closing.


def is_published(turn: Turn) -> str | None:
    return None if _published(turn) else "这件决定没有公开，请办“决定被改变（未公开的）”"


def is_not_published(turn: Turn) -> str | None:
    return "这件决定已经公开" if _published(turn) else None


def _published(turn: Turn) -> bool:
    return place_of(turn, "publish") > place_of(turn, "withdraw")


def is_to_be_withdrawn(turn: Turn) -> str | None:
    if turn.past("overturn_published") and _published(turn):
        return None
    return "没有公开后被改变、等待撤回的决定"


def publication_is_withdrawn(turn: Turn) -> str | None:
    if place_of(turn, "overturn_published") <= place_of(turn, "withdraw"):
        return None
    return "决定已被改变，公开的信息还没有撤回并说明理由，请先“撤回公开”（第四十八条第二款）"


def is_ripe(turn: Turn) -> str | None:
    """What a case cannot be closed without, whichever way it ended."""
    if is_spot(turn) and not turn.past("register_spot"):
        return "当场处罚还没有报所属行政机关备案，不能结案（第五十二条第三款）"
    if turn.past("collect") and not turn.past("hand_in"):
        return "当场收缴的罚款还没有交至行政机关，不能结案（第七十一条）"
    if place_of(turn, "preserve") > place_of(turn, "dispose"):
        return "登记保存的证据还没有作出处理决定，不能结案（第五十六条）"
    return is_not_under_review(turn)
