"""What a step of a decision item depends on beyond its state: procedures, the legality opinion, the sitting, the votes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from hefa.kernel.law import instrument
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

from .meeting import Body, Meeting
from .sitting import Stance, is_carried, names_of, positions_of, tally, with_position

if TYPE_CHECKING:
    from .models import Item

DECISION = instrument("decision")
REVIEW, MEETING = "review.review", "decision.meeting"
CLEARED = ("legal", "after_change")
_ANSWERED = ("answered", "filed")
_RISKS = ("risks", "precautions", "contingency", "assessor")


class Procedure(models.TextChoices):
    """The procedures that a decision may need; the value is the field that holds the record of each."""

    PARTICIPATION = "participation", "公众参与"
    EXPERTISE = "expertise", "专家论证"
    RISKS = "risks", "风险评估"
    COMPETITION = "competition", "公平竞争审查"


# With what word the materials must name the record of each procedure carried out (决策条例第二十九条).
_NAMED_AS = {"participation": "征求意见", "expertise": "论证", "risks": "风险评估", "competition": "公平竞争"}


def item(turn: Turn) -> Item:
    return cast("Item", turn.case)


# --- preparing -------------------------------------------------------------------------------------------------------


def is_for_decision(turn: Turn) -> str | None:
    if turn.value("category") != "hearing":
        return None
    return "听取汇报不作表决：登记请办“安排听取汇报”，会上请办“听取汇报”"


def is_for_hearing(turn: Turn) -> str | None:
    return None if item(turn).category == "hearing" else "这是要决定的议题，请由到会人员逐位表态、表决"


def amount_is_told(turn: Turn) -> str | None:
    if turn.answers["category"] == "funds" and not turn.answers.get("amount"):
        return "大额资金使用的议题，请填写涉及金额"
    return None


def comment_is_long_enough(turn: Turn) -> str | None:
    """决策条例第十五条: generally not under the term; shorter only with a stated reason."""
    first, last = turn.answers.get("comment_from"), turn.answers.get("comment_until")
    if first is None or last is None:
        return None
    if last < first or last > turn.day:
        return f"公开征求意见的起止日期（{first} 至 {last}）不对：截止以后才能登记结果"
    term = DECISION.term("public_comment").on(first)
    if last - first < timedelta(days=term.days) and not turn.answers.get("reason"):
        return f"公开征求意见的期限一般不少于{term.text}（{term.citation}），缩短的请写明理由"
    return None


def experts_are_impartial(turn: Turn) -> str | None:
    return None if turn.answers["has_no_interest"] else "参加论证的专家不能与决策事项有直接利害关系，请另选专家"


def risk_is_controllable(turn: Turn) -> str | None:
    if turn.answers["is_controllable"]:
        return None
    return "风险不可控的，不能提请决策：请调整方案、降低风险以后重新评估，或者“撤回议题”"


def waiver_is_due(turn: Turn) -> str | None:
    procedure = turn.answers["procedure"]
    if getattr(item(turn), procedure):
        return f"“{Procedure(procedure).label}”已经办过，不用再写不适用"
    if procedure == Procedure.COMPETITION and item(turn).affects_market:
        return "涉及经营者经济活动的议题，公平竞争审查不能写“不适用”"
    return None


def waived(turn: Turn) -> dict[str, Any]:
    line = f"{Procedure(turn.answers['procedure']).label}：{' '.join(turn.answers['reason'].split())}"
    return {"waivers": f"{item(turn).waivers}\n{line}".strip()}


def _open_procedures(case: Item) -> list[str]:
    settled = {line.partition("：")[0] for line in case.waivers.splitlines()}
    return [str(p.label) for p in Procedure if not getattr(case, p.value) and str(p.label) not in settled]


def procedures_are_settled(turn: Turn) -> str | None:
    left = _open_procedures(item(turn))
    return f"还没有办理，也没有写明不适用的理由：{'、'.join(left)}" if left else None


def materials_are_complete(turn: Turn) -> str | None:
    """决策条例第二十九条: the draft, and the record of each procedure that was in fact carried out."""
    given = turn.answers["materials"]
    wanted = {"草案": "草案"} | {p.value: _NAMED_AS[p.value] for p in Procedure if getattr(item(turn), p.value)}
    absent = [word for word in wanted.values() if word not in given]
    return f"会议材料里没有：{'、'.join(absent)}" if absent else None


# --- the legality opinion --------------------------------------------------------------------------------------------


def _opinion_fault(review: Matter, day: date) -> str | None:
    """决策条例第二十五条: what no opinion clears may not be tabled."""
    case: Any = review.case
    issued = [date.fromisoformat(past) for step, past, *_ in review.trail if step == "conclude"]
    if issued and day < issued[-1]:
        return f"{review.number}的审查意见 {issued[-1]} 才出具，{day} 不能用它"
    if case.conclusion not in CLEARED:
        said = case.get_conclusion_display() or "还没有出具"
        return f"{review.number}的审查结论是“{said}”，不能提交会议"
    if case.conclusion == "after_change" and review.state not in _ANSWERED:
        return f"{review.number}的结论是“修改后合法”，送审单位还没有反馈采纳情况，不能提交会议"
    return None


def _is_about(review: Matter, matter: Matter) -> bool:
    """Whether a review read this item's text: it names nothing else, or what the item came of, or what comes of the item."""
    source = review.arises_from
    return source is None or source.pk in (matter.pk, matter.arises_from_id) or source.arises_from_id == matter.pk


def review_clears(turn: Turn) -> str | None:
    found = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["review"], kind=REVIEW)
    review = found.first()
    if review is None:
        return "请选择一件您看得到的合法性审查"
    if not _is_about(review, turn.matter):
        return f"{review.number}审查的是另一件事，不能用于这项议题"
    taken = Matter.objects.filter(decision_item__review=review.pk).exclude(pk=turn.matter.pk).exclude(state="withdrawn")
    if other := taken.first():
        return f"{review.number}已用于{other.number}，一份意见只用于一项议题"
    return _opinion_fault(review, turn.day)


def is_appointment(turn: Turn) -> str | None:
    if item(turn).category == "appointment":
        return None
    return "只有重要干部任免可以免予合法性审查，其他议题都要有合法性审查意见"


def legality_is_cleared(turn: Turn) -> str | None:
    """No legality opinion, no tabling. It is read anew: a review taken up again has no conclusion."""
    case = item(turn)
    if case.category == "hearing" or case.is_exempt:
        return None
    if case.review_id is None:
        return "没有合法性审查意见，不能提交会议：请先送审，再“附合法性审查意见”"
    return _opinion_fault(Matter.objects.get(pk=case.review_id), turn.day)


# --- the sitting -----------------------------------------------------------------------------------------------------


def _meeting(turn: Turn) -> tuple[Matter, Meeting]:
    """The meeting that the item was tabled for; the relation keeps it, so that a whole sitting asks once."""
    held = item(turn).meeting
    assert held is not None
    return held, cast(Meeting, held.case)


def _is_of_ledger(turn: Turn) -> bool:
    """A row of an old ledger joins a meeting that is over by now: there the days decide."""
    return bool(turn.matter.source_key)


def meeting_awaits(turn: Turn) -> str | None:
    found = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["meeting"], kind=MEETING)
    held = found.select_related("decision_meeting").first()
    if held is None:
        return "请选择一次您看得到的决策会议"
    case = cast(Meeting, held.case)
    if case.held_on is None or turn.day > case.held_on:
        return f"{held.number}定在 {case.held_on} 开，{turn.day} 已经过了，不能再提交议题"
    if held.state not in ("convened", "in_session") and not _is_of_ledger(turn):
        return f"{held.number}现在是“{held.flow.state_label(held.state)}”，不能再提交议题"
    return None


def tabled(turn: Turn) -> dict[str, Any]:
    """A new sitting begins with nobody recused and nothing said."""
    held = Meeting.objects.get(pk=turn.answers["meeting"])
    nothing = dict.fromkeys(("votes_for", "votes_against", "abstentions"))
    return {"presider": held.chair, "recused": "", "positions": "", **nothing}


def is_in_session(turn: Turn) -> str | None:
    held, case = _meeting(turn)
    if turn.day != case.held_on:
        return f"{held.number}在 {case.held_on} 开，会上的事不能登记在 {turn.day}"
    if held.state != "in_session" and not _is_of_ledger(turn):
        return f"{held.number}现在是“{held.flow.state_label(held.state)}”，开会时才能办"
    return None


def _present(turn: Turn) -> list[str]:
    """Who came, without those who withdrew from this item."""
    away = names_of(item(turn).recused)
    return [name for name in names_of(_meeting(turn)[1].attending) if name not in away]


def member_is_present(turn: Turn) -> str | None:
    member = turn.answers["member"]
    if member not in _present(turn):
        return f"“{member}”没有到会，或者已经回避"
    spoken = [position.name for position in positions_of(item(turn).positions)]
    return f"“{member}”已经表态，不能再回避；请“暂缓”后重新上会" if member in spoken else None


def another_presides(turn: Turn) -> str | None:
    presider = turn.answers.get("presider")
    if presider is None:
        replaced = turn.answers["member"] != item(turn).presider
        return None if replaced else "主持人回避的，请写明由谁主持这项议题"
    others = [name for name in _present(turn) if name != turn.answers["member"]]
    return None if presider in others else f"“{presider}”没有到会或者回避，不能主持这项议题"


def recused(turn: Turn) -> dict[str, Any]:
    return {"recused": "、".join([*names_of(item(turn).recused), turn.answers["member"]])}


def speaker_may_speak(turn: Turn) -> str | None:
    """决策条例第三十条第二款: each who is present speaks once, and who presides speaks last."""
    speaker, case = turn.answers["speaker"], item(turn)
    if speaker not in _present(turn):
        return f"“{speaker}”没有到会或者已经回避，不能表态"
    if speaker == case.presider:
        return f"“{speaker}”主持这项议题，最后表态：请在其他人都表态以后办“主持人末位表态”"
    if speaker in [position.name for position in positions_of(case.positions)]:
        return f"“{speaker}”已经表过态"
    return None


def everyone_has_spoken(turn: Turn) -> str | None:
    """决策条例第三十条第二款: the chair speaks last."""
    case = item(turn)
    spoken = {position.name for position in positions_of(case.positions)}
    left = [name for name in _present(turn) if name != case.presider and name not in spoken]
    return f"主持人应当最后表态，还没有表态的有：{'、'.join(left)}" if left else None


def dissent_is_explained(turn: Turn) -> str | None:
    """决策条例第三十条第三款: differing opinions are recorded as they were."""
    if turn.answers["stance"] == Stance.FOR or turn.answers.get("view"):
        return None
    return "不同意或者弃权的，请如实写明意见"


def spoken(turn: Turn) -> dict[str, Any]:
    told = turn.answers
    return {"positions": with_position(item(turn).positions, told["speaker"], told["stance"], told.get("view", ""))}


def concluded(turn: Turn) -> dict[str, Any]:
    case = item(turn)
    text = with_position(case.positions, case.presider, turn.answers["stance"], turn.answers.get("view", ""))
    votes = tally(text)
    return {
        "positions": text,
        "votes_for": votes[Stance.FOR],
        "votes_against": votes[Stance.AGAINST],
        "abstentions": votes[Stance.ABSTAIN],
    }


def _has_majority(turn: Turn) -> bool:
    return is_carried(item(turn).votes_for or 0, len(names_of(_meeting(turn)[1].members)))


def _may_differ(turn: Turn) -> bool:
    """决策条例第三十条第二款: the chief may decide against the majority and says why; a party committee may not."""
    return _meeting(turn)[1].body == Body.OFFICE and bool(turn.answers.get("reason"))


def _differing(turn: Turn, sentence: str) -> str:
    if _meeting(turn)[1].body == Body.OFFICE:
        return f"{sentence}；主要负责人的决定与多数人意见不一致的，请写明理由"
    return f"{sentence}；党工委会议少数服从多数"


def majority_is_for(turn: Turn) -> str | None:
    if _has_majority(turn) or _may_differ(turn):
        return None
    votes, members = item(turn).votes_for or 0, len(names_of(_meeting(turn)[1].members))
    return _differing(turn, f"应到 {members} 人，同意 {votes} 人，没有过半数，不能通过")


def majority_is_not_for(turn: Turn) -> str | None:
    if not _has_majority(turn) or _may_differ(turn):
        return None
    return _differing(turn, f"同意的有 {item(turn).votes_for} 人，已过半数，不能不通过")


# --- after the decision ----------------------------------------------------------------------------------------------


def is_reported(turn: Turn) -> str | None:
    """决策条例第三十一条: what the office decides goes to the party committee first."""
    if turn.matter.state == "decided" and _meeting(turn)[1].body == Body.OFFICE:
        return "主任办公会议决定的事项，先“请示报告”党工委，再公布、执行"
    return None


def publication_is_settled(turn: Turn) -> str | None:
    if turn.matter.state == "published" or turn.answers.get("reason"):
        return None
    return "决定还没有公布；依法不公开的，请写明理由"


def begun_anew(turn: Turn) -> dict[str, Any]:
    """A decision is changed as it was made: every procedure and the opinion are due again."""
    texts = (*(p.value for p in Procedure), *_RISKS, "experts", "waivers", "materials")
    return {**dict.fromkeys(texts, ""), "review": None, "is_exempt": False}


def evaluator_is_another(turn: Turn) -> str | None:
    """决策条例第三十六条: not by who did the main appraisal before the decision."""
    named = turn.answers["evaluator"]
    earlier = [*names_of(item(turn).experts), *names_of(item(turn).assessor)]
    return f"“{named}”承担过决策前的论证或者评估，后评估要由另一家来做" if named in earlier else None


def result_is_told(turn: Turn) -> str | None:
    if turn.matter.state == "executing" and not turn.answers.get("result"):
        return "没有做后评估的，归档前请写明执行结果"
    return None


def item_facts(turn: Turn) -> dict[str, Any]:
    """The sitting as the record of the item prints it."""
    held, case = _meeting(turn)
    review = item(turn).review
    present, members = names_of(case.attending), names_of(case.members)
    return {
        "held": held,
        "meeting": case,
        "turnout": f"应到 {len(members)} 人，实到 {len(present)} 人",
        "lines": [re.sub(r"^(\d+)\. ", r"\1．", line) for line in item(turn).positions.splitlines()],
        "legality": review.number if review else "重要干部任免，免予合法性审查",
    }
