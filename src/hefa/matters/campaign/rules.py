"""What a household on a list depends on: its campaign, the order of the law's steps, evidence with its own date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from hefa.kernel import clock
from hefa.kernel.advice import Advice
from hefa.kernel.flow import VOID
from hefa.kernel.law import instrument
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn, clocks

from .codes import EXPROPRIATION, Difficulty, Remedy, Subject

if TYPE_CHECKING:
    from .household import Household
    from .models import Campaign

CAMPAIGN = "campaign.campaign"
HOUSES = instrument("expropriation")
LAND = instrument("land")
LAND_RULES = instrument("land_rules")
FORCE = instrument("compulsion")


def _household(turn: Turn) -> Household:
    return cast("Household", turn.case)


def _campaign(turn: Turn) -> Matter | None:
    """The campaign on whose list it stands, when that is one of the office or of one above it."""
    kept = vars(turn)
    if "campaign" not in kept:
        found = Matter.objects.filter(pk=turn.value("arises_from") or 0, kind=CAMPAIGN).select_related("office").first()
        kept["campaign"] = found if found and turn.matter.office.path.startswith(found.office.path) else None
    return cast("Matter | None", kept["campaign"])


def _told(turn: Turn) -> Campaign | None:
    found = _campaign(turn)
    return cast("Campaign", found.case) if found else None


def _is_expropriation(turn: Turn) -> bool:
    told = _told(turn)
    return told is not None and told.subject in EXPROPRIATION


# The list.


def came_of_open_campaign(turn: Turn) -> str | None:
    campaign = _campaign(turn)
    if campaign is None:
        return "来源事项应当是本单位或者上级单位的一个专项清零"
    if campaign.state == VOID or campaign.state == "cancelled":
        return f"{campaign.number}已经取消，不能再列入"
    if turn.day < campaign.opened_on:
        return f"列入日期 {turn.day} 早于{campaign.number}启动的日期 {campaign.opened_on}"
    return _closed(turn, campaign)


def _closed(turn: Turn, campaign: Matter) -> str | None:
    if campaign.closed_on is None or (turn.matter.source_key and turn.day <= campaign.closed_on):
        return None
    return f"{campaign.number}已于 {campaign.closed_on} 结束，不能再列入清单"


def campaign_is_open(turn: Turn) -> str | None:
    campaign = _campaign(turn)
    return _closed(turn, campaign) if campaign else None


def code_is_new(turn: Turn) -> str | None:
    """One household once on a list; rows of an old ledger stand for themselves."""
    if turn.matter.source_key:
        return None
    same = cast("type[Household]", type(turn.case)).objects.filter(
        matter__arises_from=turn.answers["arises_from"], code=turn.answers["code"]
    )
    number = same.exclude(matter__state=VOID).values_list("matter__number", flat=True).first()
    return f"户号“{turn.answers['code']}”已经在清单上（{number}），移出、销号过的请“恢复列入”" if number else None


def titled(turn: Turn) -> dict[str, Any]:
    """A household goes by its place on the list: neither name nor address stands in a title."""
    campaign = _campaign(turn)
    return {"title": f"{campaign.title if campaign else ''} {turn.answers['code']}".strip()}


# By agreement, or by decision.


def moves_later(turn: Turn) -> str | None:
    by = turn.answers["move_by"]
    return f"搬迁期限 {by} 早于“{turn.step.label}”的日期 {turn.day}" if by < turn.day else None


def is_expropriation(turn: Turn) -> str | None:
    if _is_expropriation(turn):
        return None
    return "这个专项不是征收拆迁，没有“补偿决定”这条路，请按协议或者各自的法定程序办理"


def was_talked_to(turn: Turn) -> str | None:
    return None if turn.past("talk") else "还没有上门协商的记录，不能报请补偿决定：请先记一次“上门协商”"


def signing_time_is_over(turn: Turn) -> str | None:
    told = _told(turn)
    if told is None or _household(turn).difficulty == Difficulty.OWNERSHIP:
        return None
    if told.sign_until is None:
        return "专项没有写明签约期限，不能报请补偿决定：请先在专项里“调整”，补上签约期限"
    if turn.day > told.sign_until:
        return None
    return f"签约期限到 {told.sign_until}，期满以前不能以达不成协议报请补偿决定（{HOUSES[26, 1].short}）"


def moving_time_is_over(turn: Turn) -> str | None:
    by = _household(turn).move_by
    return f"补偿决定的搬迁期限到 {by}，期满以前不能催告" if by and turn.day <= by else None


def is_paid(turn: Turn) -> str | None:
    if turn.past("pay") or not _is_expropriation(turn):
        return None
    ground = HOUSES[27, 1] if cast("Campaign", _told(turn)).subject == Subject.STATE_LAND else LAND[48, 4]
    return f"征收应当先补偿、后搬迁（{ground.short}），请先登记“补偿到位”"


def was_reconsidered(turn: Turn) -> str | None:
    if _household(turn).remedy == Remedy.RECONSIDERATION:
        return None
    return "走的是行政诉讼，诉讼终结的请用“诉讼终结，决定有效”"


def was_sued(turn: Turn) -> str | None:
    if _household(turn).remedy == Remedy.LAWSUIT:
        return None
    return "走的是行政复议，请用“复议维持决定”；复议以后又起诉的，先“登记复议或者起诉”"


def _may_sue_until(turn: Turn) -> date | None:
    """The last day on which the household may sue; None once a court has spoken, or where no law of that day is held."""
    last = turn.past("serve", "uphold_review", "uphold")
    if not last or last[-1].step == "uphold":
        return None
    names = ("sue", "sue_after") if last[-1].step == "uphold_review" else ("sue",)
    days = [run.due_on for name in names if (run := _run(turn, name)) and run.due_on]
    return max(days, default=None)


def _run(turn: Turn, name: str) -> clock.Clock | None:
    return next((run for deadline, run in clocks(turn.matter) if deadline.name == name), None)


def remedies_are_over(turn: Turn) -> str | None:
    until = _may_sue_until(turn)
    if until is None or turn.day > until:
        return None
    return f"被征收人起诉的期限到 {until}，期满以前不能申请强制执行（{HOUSES[28, 1].short}）"


def _window(turn: Turn) -> date | None:
    """The last day on which enforcement may be asked for: so long after the time to sue has run out."""
    until = _may_sue_until(turn)
    if until is None:
        return None
    term = FORCE.term("apply_court").on(turn.day)
    return clock.count(until, term.days, term.unit).due_on


def is_within_window(turn: Turn) -> str | None:
    last = _window(turn)
    if last is None or turn.day <= last:
        return None
    return f"申请强制执行的期限已于 {last} 届满（{FORCE[53].short}），不能再申请；请继续协商"


def was_demanded(turn: Turn) -> str | None:
    last = turn.past("serve", "uphold_review", "uphold", "demand")
    if last[-1].step != "demand":  # one demand for each time that the decision became final
        return f"申请强制执行前应当催告（{FORCE[54].short}），请先“登记催告”"
    run = _run(turn, "perform")
    if run is not None and run.due_on is not None and turn.day <= run.due_on:
        return f"催告后履行的期限到 {run.due_on}，期满仍不履行的才能申请强制执行（{FORCE[54].short}）"
    return None


def advise_window(turn: Turn) -> Advice | None:
    until, last = _may_sue_until(turn), _window(turn)
    if until is None or last is None:
        return None
    return Advice(f"起诉期限到 {until}；此后至 {last} 可以申请强制执行（{FORCE[53].short}）")


# Off the list.


def has_a_ground(turn: Turn) -> str | None:
    """An expropriated house is emptied on an agreement, a decision or a ruling; other things may simply be done."""
    if turn.matter.state != "listed" or not _is_expropriation(turn):
        return None
    return "还没有签订协议，也没有补偿决定，不能销号：请先“签订协议”，或者“报请补偿决定”"


def evidence_is_dated(turn: Turn) -> str | None:
    since = next((past.day for past in reversed(turn.past("sign", "serve", "permit"))), turn.matter.opened_on)
    on = turn.answers["evidence_on"]
    return f"销号佐证形成日期 {on} 早于 {since}，不能证明已经腾空" if on < since else None


def strike_is_dated(turn: Turn) -> str | None:
    """Why it does not belong on the list must have come about since the campaign began."""
    campaign, on = _campaign(turn), turn.answers["strike_on"]
    since = campaign.opened_on if campaign else turn.matter.opened_on
    return f"移出佐证形成日期 {on} 早于专项启动的日期 {since}，启动时就有的理由不能用来移出" if on < since else None


# Corrections.


def list_stays_the_same(turn: Turn) -> str | None:
    """A household stands on the list on which it was put: its number and title come from there."""
    changed = [
        name for name in ("arises_from", "code") if name in turn.answers and turn.answers[name] != _held(turn, name)
    ]
    return "所属专项和户号不能更正：登记错了的，请“移出清单”，再在正确的专项里列入" if changed else None


def _held(turn: Turn, name: str) -> Any:
    return turn.matter.arises_from_id if name == "arises_from" else _household(turn).code


def amended_evidence_holds(turn: Turn) -> str | None:
    for name, holds in (("evidence_on", evidence_is_dated), ("strike_on", strike_is_dated)):
        if name in turn.answers and (fault := holds(turn)):
            return fault
    return None


def household_facts(turn: Turn) -> dict[str, Any]:
    told = _told(turn)
    on_state_land = told is not None and told.subject == Subject.STATE_LAND
    campaign = _campaign(turn)
    return {
        "campaign": campaign.title if campaign else "",
        "authority": (told.authority if told else "") or "房屋征收部门",
        "sign_until": told.sign_until if told else None,
        "owners": "、".join(one["name"] for one in turn.matter.parties if one["side"] == "owner"),
        "talks": len(turn.past("talk")),
        "nth": len(turn.past("talk")),
        "decision_ground": str(HOUSES[26, 1] if on_state_land else LAND_RULES[31]),
        "is_unclear": _household(turn).difficulty == Difficulty.OWNERSHIP,
        "signed_on": next((past.day for past in reversed(turn.past("sign"))), None),
        "who": turn.actor.name,
    }
