"""What a step up to the decision depends on: officers, time bar, ceilings, hearing, review, and no heavier than told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MinValueValidator

from hefa.kernel import clock
from hefa.kernel.advice import Advice
from hefa.kernel.law import UnknownLaw, instrument
from hefa.kernel.limit import limit
from hefa.kernel.turn import Past, Turn, events, trail

from . import codes
from .codes import PartyType, Proposal, Sanction
from .reckoning import NOTHING, after

if TYPE_CHECKING:
    from .models import Case

PENALTY = instrument("penalty")
CONCLUSIONS = ("conclude", "conclude_otherwise")
DECISIONS = ("decide", "decide_without_fine")
OFFICER_FIELDS = ("lead_officer", "lead_card", "second_officer", "second_card")
SOME_MONEY = [MinValueValidator(Decimal("0.01"), "金额应大于 0")]


def case_of(turn: Turn) -> Case:
    """The row of the case."""
    return cast("Case", turn.case)


def due_of(turn: Turn, name: str) -> date | None:
    """The due day of a clock of the case, if it has started and its law was in force."""
    try:
        run = clock.run(turn.matter.flow.deadline(name), events(turn.matter))
    except UnknownLaw:
        return None
    return run.due_on if run else None


def place_of(turn: Turn, *steps: str) -> int:
    """How far down the trail the last of these steps stands; -1 when none was taken."""
    return max((n for n, past in enumerate(trail(turn.matter)) if past.step in steps), default=-1)


# Intake.


def is_not_barred(turn: Turn) -> str | None:
    """第三十六条: found later than two (five) years after the act or its end, it is punished no more."""
    happened = turn.value("happened_on")
    if happened is None:
        return None
    name = "time_bar_grave" if turn.value("grave_harm") else "time_bar"
    found = turn.day if turn.step.opens else turn.matter.opened_on
    last = after(happened, PENALTY.term(name), PENALTY.in_force_from)
    if found <= last:
        return None
    years = PENALTY.term(name).on(max(found, PENALTY.in_force_from)).text
    return (
        f"违法行为 {happened} 发生（终了），到 {found} 发现时已超过{years}，不再给予行政处罚（行政处罚法第三十六条）；"
        "涉及生命健康、金融安全且有危害后果的期限更长，请在登记线索时选明"
    )


def has_party(turn: Turn) -> str | None:
    parties = turn.answers.get("parties", turn.matter.parties)
    if any(party["side"] == "party" for party in parties):
        return None
    return "请在当事人中至少填写一位“当事人”，没有当事人不能告知和处罚"


def two_officers(turn: Turn) -> str | None:
    """第四十二条第一款: at least two officers with the qualification, who are two people with a card each."""
    return same_officer(*(str(turn.answers[name]).strip() for name in OFFICER_FIELDS))


def same_officer(first: str, card: str, second: str, other_card: str) -> str | None:
    """Why these are not two officers, or None."""
    if first == second:
        return f"执法人员不得少于两人，主办和协办填的都是“{first}”，请填两个不同的人（第四十二条第一款）"
    if card == other_card:
        return f"两名执法人员的执法证号都是“{card}”，请核对，一人一证（第四十二条第一款）"
    return None


def officers_change(turn: Turn) -> str | None:
    case = case_of(turn)
    kept = {case.lead_officer, case.second_officer} == {turn.answers["lead_officer"], turn.answers["second_officer"]}
    return "执法人员没有变化，回避要换人" if kept else None


def officers_are_named(turn: Turn) -> str | None:
    if case_of(turn).lead_officer:
        return None
    return f"还没有指派两名执法人员，不能“{turn.step.label}”，请先“指派执法人员”（第四十二条第一款）"


def card_was_shown(turn: Turn) -> str | None:
    if turn.answers["shown"]:
        return None
    return "调查、检查和当场处罚都应当主动出示执法证件；没有出示的，当事人有权拒绝，取得的材料不能作依据（第五十二条、第五十五条）"


def nothing_is_held(turn: Turn) -> str | None:
    if place_of(turn, "preserve") > place_of(turn, "dispose"):
        return "先前登记保存的证据还没有作出处理决定，请先“处理登记保存的证据”"
    return None


def something_is_held(turn: Turn) -> str | None:
    if place_of(turn, "preserve") > place_of(turn, "dispose"):
        return None
    return "没有正在登记保存的证据"


def clock_runs(turn: Turn) -> str | None:
    if place_of(turn, "suspend") > place_of(turn, "resume"):
        return "办案期限已经中止，恢复计算以后才能再办这一步"
    due = due_of(turn, "decide")
    if due is None or turn.day <= due:
        return None
    return f"办案期限已于 {due} 届满，不能再“{turn.step.label}”（第六十条）"


def clock_stands(turn: Turn) -> str | None:
    return None if place_of(turn, "suspend") > place_of(turn, "resume") else "办案期限没有中止，不用恢复"


def within_extension(turn: Turn) -> str | None:
    longest = instrument("internal").term("penalty_extension").on(turn.day)
    if 1 <= turn.answers.get("extension_days", longest.days) <= longest.days:
        return None
    return f"一次延长最长{longest.text}，请改为 1 至 {longest.days} 天"


# What is proposed, told and decided.


def was_investigated(turn: Turn) -> str | None:
    if place_of(turn, "investigate") > place_of(turn, "docket", "reopen"):
        return None
    return "还没有调查取证的记录，不能调查终结（第五十四条）"


def proposal_fits(turn: Turn) -> str | None:
    return _sums_fit(turn, "proposed_")


def is_not_to_be_punished(turn: Turn) -> str | None:
    if turn.answers["proposal"] != Proposal.PUNISH:
        return None
    return "建议给予行政处罚的，请办“调查终结（拟处罚）”"


def decision_fits(turn: Turn) -> str | None:
    return _sums_fit(turn, "")


def advise_decision(turn: Turn) -> Advice | None:
    """What the party was told: a decision may be lighter, never heavier."""
    case = case_of(turn)
    if not case.told_sanction:
        return None
    kind, fine, taken = Sanction(case.told_sanction).label, case.told_fine or 0, case.told_confiscated or 0
    return Advice(
        f"告知当事人的是“{kind}”：罚款 {fine} 元，没收 {taken} 元。决定可以从轻，不能比这重（第四十五条第二款）"
    )


def _sums_fit(turn: Turn, prefix: str) -> str | None:
    """A fine has a sum, and a sum belongs to a penalty that is at least a fine."""
    sanction, fine = turn.answers[f"{prefix}sanction"], turn.answers.get(f"{prefix}fine")
    if sanction == Sanction.FINE and not fine:
        return "处罚种类是罚款，请填写罚款金额；作决定时请办“作出处罚决定（有罚款）”"
    if fine and codes.WEIGHT[sanction] < codes.WEIGHT[Sanction.FINE]:
        return f"填了罚款 {fine} 元，主要处罚种类应选“罚款”或者更重的种类，现在是“{Sanction(sanction).label}”"
    if sanction not in (Sanction.WARNING, Sanction.CRITICISM, Sanction.FINE) and not turn.answers.get(
        f"{prefix}detail"
    ):
        return f"处罚种类是“{Sanction(sanction).label}”，请写明具体内容"
    return None


def is_to_be_punished(turn: Turn) -> str | None:
    if case_of(turn).proposal == Proposal.PUNISH:
        return None
    label = case_of(turn).get_proposal_display()
    return f"调查终结的处理建议是“{label}”，不是给予行政处罚，不用告知"


def calls_for_hearing(case: Case, day: date) -> bool:
    """第六十三条第一款: by the kind of penalty, by the sum, or because a law or the officers say so."""
    is_one = case.party_type == PartyType.ORGANISATION
    large = limit("penalty", "hearing_organisation" if is_one else "hearing_natural").on(day).decimal
    sums = max(case.proposed_fine or NOTHING, case.proposed_confiscated or NOTHING)
    return case.proposed_sanction in codes.HEARD or sums >= large or case.wants_hearing


def no_hearing_is_due(turn: Turn) -> str | None:
    if not calls_for_hearing(case_of(turn), turn.day):
        return None
    return "拟作的处罚属于听证范围，应当同时告知要求听证的权利，请办“告知处罚和听证权利”（第六十三条）"


def hearing_is_due(turn: Turn) -> str | None:
    if calls_for_hearing(case_of(turn), turn.day):
        return None
    return "拟作的处罚不属于听证范围，请办“告知拟处罚”；属于其他较重处罚的，先在调查终结时写明"


def plea_does_not_harm(turn: Turn) -> str | None:
    """第四十五条第二款: after a plea nothing heavier is proposed, unless for an act that came to light since."""
    case, answers = case_of(turn), turn.answers
    if not turn.past("plead", "hold_hearing") or answers.get("reason"):
        return None
    proposed = tuple(answers.get(f"proposed_{name}") for name in ("sanction", "fine", "confiscated"))
    if not _is_heavier(proposed, _told(case)):
        return None
    return (
        "当事人陈述申辩以后，不得因此给予比原来告知更重的处罚（第四十五条第二款）；"
        "查明了新的违法事实的，在“理由”中写明新的事实和证据"
    )


def as_told(turn: Turn) -> dict[str, Any]:
    """What was told is kept beside what is proposed: a decision is held against it."""
    case = case_of(turn)
    return {
        "told_sanction": case.proposed_sanction,
        "told_fine": case.proposed_fine,
        "told_confiscated": case.proposed_confiscated,
        "needs_hearing": turn.step.name == "notify_hearing",
    }


Weighed = tuple[Any, ...]  # kind, fine, sum confiscated


def _told(case: Case) -> Weighed:
    return case.told_sanction, case.told_fine, case.told_confiscated


def _is_heavier(one: Weighed, other: Weighed) -> bool:
    if codes.WEIGHT[one[0]] > codes.WEIGHT[other[0]]:
        return True
    return any((mine or NOTHING) > (theirs or NOTHING) for mine, theirs in zip(one[1:], other[1:], strict=True))


def is_not_heavier(turn: Turn) -> str | None:
    answers = turn.answers
    decided = answers["sanction"], answers.get("fine"), answers.get("confiscated")
    if not _is_heavier(decided, _told(case_of(turn))):
        return None
    if turn.past("plead", "hold_hearing"):
        return "决定重于告知的内容：不得因当事人陈述、申辩而给予更重的处罚（第四十五条第二款）"
    return "决定重于告知的内容，当事人没有机会申辩，请重新调查终结并告知（第四十四条、第六十二条）"


# Plea and hearing.


def _last_told(turn: Turn) -> int:
    return place_of(turn, "notify", "notify_hearing")


def plea_is_open(turn: Turn) -> str | None:
    return None if _has_open_plea(turn) else "没有待复核的陈述申辩"


def _has_open_plea(turn: Turn) -> bool:
    return place_of(turn, "plead") > place_of(turn, "answer_plea")


def was_heard(turn: Turn) -> str | None:
    """第六十二条: told and heard, or the right given up, or its time over; and every plea was examined."""
    if _has_open_plea(turn):
        return "当事人的陈述申辩还没有复核，不能作出处罚决定（第四十五条第一款）"
    told = _last_told(turn)
    if place_of(turn, "plead", "waive", "hold_hearing", "drop_hearing") > told:
        return None
    due = due_of(turn, "plead")
    if due is None or turn.day <= due:
        return f"当事人还没有陈述申辩，也没有明确放弃，告知书写明的期限到 {due}，期满以前不能作出处罚决定（第六十二条）"
    return None


def hearing_is_over(turn: Turn) -> str | None:
    """第六十三条: where the right was told, its time has run, or it was given up, or the hearing is over."""
    if not case_of(turn).needs_hearing or place_of(turn, "waive", "hold_hearing", "drop_hearing") > _last_told(turn):
        return None
    due = due_of(turn, "ask_hearing")
    if due is None or turn.day <= due:
        return f"当事人可以在 {due} 以前要求听证，期满以前不能作出处罚决定（第六十四条第（一）项）"
    return None


def has_hearing_right(turn: Turn) -> str | None:
    if case_of(turn).needs_hearing:
        return None
    return "告知的处罚不属于听证范围，不能按要求听证登记；当事人的意见请登记为陈述申辩（第六十三条）"


def in_hearing_time(turn: Turn) -> str | None:
    due = due_of(turn, "ask_hearing")
    if due is None or turn.day <= due:
        return None
    return f"要求听证的期限已于 {due} 届满（告知后五个工作日，第六十四条第（一）项）；当事人的意见请登记为陈述申辩"


def notice_is_early(turn: Turn) -> str | None:
    """第六十四条第（二）项: told seven working days before the hearing, the day of the notice not counted."""
    first = after(turn.day, PENALTY.term("hearing_notice"))
    held = turn.answers["hearing_on"]
    if held > first:
        return None
    return f"应当在举行听证的七个工作日前通知，今天通知的，听证日期最早是 {first} 的次日，现为 {held}（第六十四条第（二）项）"


def chair_is_independent(turn: Turn) -> str | None:
    chair = turn.answers["chair"].strip()
    if chair not in (case_of(turn).lead_officer, case_of(turn).second_officer):
        return None
    return f"“{chair}”是本案的调查人员，不能主持听证（第六十四条第（四）项）"


def hearing_was_called(turn: Turn) -> str | None:
    if place_of(turn, "call_hearing") < place_of(turn, "ask_hearing"):
        return "还没有通知听证的时间、地点，请先“通知听证”（第六十四条第（二）项）"
    on = case_of(turn).hearing_on
    return f"听证定在 {on}，还没有到" if on and turn.day < on else None


# Review, discussion, decision.


def reviewer_is_independent(turn: Turn) -> str | None:
    name = turn.actor.name
    if name not in (case_of(turn).lead_officer, case_of(turn).second_officer):
        return None
    return f"“{name}”是本案的调查人员，不能做法制审核，请由其他从事法制审核的人员办理"


def review_grounds(turn: Turn) -> tuple[str, ...]:
    """Which of the four cases of 第五十八条第一款 hold: what the conclusion named, and a hearing that was held."""
    named = (case_of(turn).review_ground,) if case_of(turn).review_ground else ()
    held = (codes.ReviewGround.HEARD.value,) if turn.past("hold_hearing") else ()
    return tuple(dict.fromkeys((*named, *held)))


def review_is_passed(turn: Turn) -> str | None:
    """第五十八条第一款: unreviewed or not passed, no decision. A new conclusion or hearing asks for a new review."""
    grounds = review_grounds(turn)
    if not grounds:
        return None
    label = codes.ReviewGround(grounds[-1]).label
    if place_of(turn, "review_legality") < place_of(turn, *CONCLUSIONS, "hold_hearing"):
        return f"本案属于“{label}”，未经法制审核不得作出决定，请先“法制审核”（第五十八条第一款）"
    if case_of(turn).legality != codes.Legality.PASSED:
        return "法制审核没有通过，不得作出决定（第五十八条第一款）"
    return None


def was_discussed(turn: Turn) -> str | None:
    case = case_of(turn)
    if not case.is_grave or place_of(turn, "discuss") > place_of(turn, *CONCLUSIONS):
        return None
    return "情节复杂或者重大违法行为给予处罚，应当由行政机关负责人集体讨论决定，请先“集体讨论”（第五十七条第二款）"


def discussed_by_several(turn: Turn) -> str | None:
    present = [name for name in turn.answers["attendees"].replace("，", "、").split("、") if name.strip()]
    if len(present) > 1:
        return None
    return "集体讨论应有两名以上行政机关负责人参加，请用“、”隔开逐位写明"


def educated(turn: Turn) -> str | None:
    """第三十三条第三款: who is lawfully spared is taught; an act that was not proved teaches nothing."""
    if turn.answers["spare_ground"] in (codes.SpareGround.UNPROVEN, codes.SpareGround.BARRED):
        return None
    if turn.answers.get("education"):
        return None
    return "依法不予处罚的，应当对当事人进行教育，请填写“教育情况”（第三十三条第三款）"


def last(turn: Turn, *steps: str) -> Past | None:
    """The last entry of these steps."""
    past = turn.past(*steps)
    return past[-1] if past else None
