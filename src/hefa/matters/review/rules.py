"""What a step of legality review depends on beyond its state: materials, counsel, and the opinions on the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from hefa.kernel.matter import Matter
from hefa.kernel.people import Level, Office
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Review

# Who acts for the unit that sends a text in.
SENDERS = ("case_officer", "enforcement_head")
# Per category the materials without which nothing can be reviewed, each with the words it goes by
# (决策条例第二十六条 for decisions; the others follow the usual 送审材料清单).
_REQUIRED: dict[str, dict[str, tuple[str, ...]]] = {
    "document": {
        "草案": ("草案", "送审稿", "文本"),
        "起草说明": ("起草说明",),
        "制定依据": ("依据",),
        "征求意见情况": ("征求意见",),
    },
    "contract": {
        "合同文本": ("合同文本", "合同草案", "协议文本", "文本", "草案"),
        "对方主体资格材料": ("主体资格", "资信", "营业执照", "身份证明"),
    },
    "decision": {"决策草案": ("草案",), "制定依据": ("依据",), "程序说明": ("程序",)},
    "enforcement": {"拟作决定的文书": ("决定书", "文书", "草案"), "案卷材料": ("案卷", "卷宗", "证据")},
    "other": {"送审文本": ("文本", "草案", "送审稿")},
}
_FAIR_COMPETITION = "公平竞争审查结论"
_CLEARED = ("legal", "after_change", "out_of_scope")


def _review(turn: Turn) -> Review:
    return cast("Review", turn.case)


def _origin(turn: Turn) -> Matter:
    """The review that an opinion is about; `review_is_open` saw to it that there is one."""
    assert turn.matter.arises_from is not None
    return turn.matter.arises_from


def materials_of(text: str) -> list[str]:
    """The items of a list of materials as people type it."""
    return [item for item in re.split(r"[、，,；;\s]+", text) if item]


def missing(case: Review) -> list[str]:
    """The required materials that the list does not name."""
    given = materials_of(case.materials)
    wanted = dict(_REQUIRED[case.category])
    if case.affects_market:
        wanted[_FAIR_COMPETITION] = ("公平竞争",)
    return [name for name, words in wanted.items() if not any(word in item for item in given for word in words)]


def has_sender(turn: Turn) -> str | None:
    """Somebody of the sending unit must be there to complete the materials and to answer the opinions."""
    if turn.matter.source_key or turn.answers.get("handler") or turn.actor.role_for(SENDERS, turn.matter.office.path):
        return None
    return "代为登记的，请填写承办人（送审单位的人），由他补正材料、答复意见"


def materials_are_complete(turn: Turn) -> str | None:
    absent = missing(_review(turn))
    return f"材料不齐，缺：{'、'.join(absent)}。请“退回补正”" if absent else None


def partner_is_outside(turn: Turn) -> str | None:
    firm = Office.objects.filter(pk=turn.answers["partner"]).first()
    return None if firm and firm.level == Level.OUTSIDE else "法律顾问应当是外部单位（律师事务所）"


def counsel_is_assigned(turn: Turn) -> str | None:
    return None if turn.matter.partner_id else "还没有委托法律顾问，请先“委托法律顾问”"


def counsel_is_impartial(turn: Turn) -> str | None:
    return None if turn.answers["has_no_interest"] else "有利害关系的不能出具意见，请“申请回避”"


def counsel_was_heard(turn: Turn) -> str | None:
    """决策条例第二十八条: counsel is heard on decisions; whoever was asked must have answered."""
    last = next(iter(reversed(turn.past("assign", "recuse", "counsel_opine"))), None)
    if last is not None and last.step == "assign":
        return "已委托法律顾问，还没有收到意见"
    if _review(turn).category == "decision" and not turn.past("counsel_opine"):
        return "重大决策的合法性审查应当听取法律顾问的意见，请先“委托法律顾问”"
    return None


def _is_rehearsed(turn: Turn) -> bool:
    """An import lives a review through before it is written; its opinions come after it, from a ledger of their own."""
    return turn.matter.pk is None


def conclusion_fits_opinions(turn: Turn) -> str | None:
    if _is_rehearsed(turn):
        return None
    conclusion, opinions = turn.answers["conclusion"], _review(turn).opinions
    standing = [o for o in opinions if o.severity == "must" and o.matter.state != "adopted"]
    if conclusion == "legal" and standing:
        return f"还有 {len(standing)} 条“应当修改”的意见没有被采纳，结论不能是“合法”"
    if conclusion == "after_change" and all(o.severity == "note" for o in opinions):
        return "没有一条要求或者建议修改的意见，结论不能是“修改后合法”：请先登记要改什么"
    if conclusion == "unlawful" and not standing:
        return "结论是“不合法”的，至少要有一条没有解决的“应当修改”的意见说明问题"
    return None


def every_opinion_is_answered(turn: Turn) -> str | None:
    if _is_rehearsed(turn):
        return None
    waiting = [o.matter.number for o in _review(turn).opinions if o.matter.state == "open"]
    return f"还有 {len(waiting)} 条法律意见没有答复：{'、'.join(waiting[:3])}" if waiting else None


def feedback_is_complete(turn: Turn) -> str | None:
    if _is_rehearsed(turn) or turn.matter.state != "concluded" or not _review(turn).opinions:
        return None
    return "有法律意见的，先由送审单位“反馈采纳情况”，再归档"


def awaits_no_supplement(turn: Turn) -> str | None:
    if turn.matter.state != "withdrawn" and _review(turn).conclusion == "supplement":
        return "结论是“应当补充程序后再审”，复审之前不能归档；不再办理的请“撤回送审”"
    return None


def is_not_cleared(turn: Turn) -> str | None:
    if turn.matter.state in ("concluded", "answered") and _review(turn).conclusion in _CLEARED:
        return "已经有审查结论，不能撤回；办完了请归档"
    return None


def next_version(turn: Turn) -> dict[str, Any]:
    return {"version": _review(turn).version + 1, "proposed": "", "conclusion": ""}


def review_is_open(turn: Turn) -> str | None:
    """An opinion is raised on a text under review, by somebody who may see it, where the review is kept.

    A row of an old ledger (it has a source) joins a review that is over by now: there the days decide.
    """
    found = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["arises_from"], kind="review.review")
    review = found.select_related("office").first()
    if review is None:
        return "请选择一件您看得到的合法性审查事项"
    if review.office_id != turn.matter.office_id:
        return f"法律意见登记在送审事项所在的“{review.office.name}”"
    turn.matter.arises_from = review  # so that `raised` needs no second query
    if turn.matter.source_key:
        return _outside_the_days(review, turn)
    if review.state != "reviewing":
        return f"{review.number}现在是“{review.flow.state_label(review.state)}”，审查中才能提出意见"
    return _outside_the_days(review, turn)


def _outside_the_days(review: Matter, turn: Turn) -> str | None:
    ended = [day for step, day, *_ in review.trail if step in ("conclude", "withdraw")]
    day = turn.day.isoformat()
    if day < review.opened_on.isoformat() or (review.state != "reviewing" and ended and day > ended[-1]):
        return f"{turn.day} 不在{review.number}的审查期间"
    return None


def raised(turn: Turn) -> dict[str, Any]:
    """The unit that sent the text in answers; the firm entrusted with it sees what is said about it."""
    review = _origin(turn)
    return {
        **retitled(turn),
        "author": turn.answers.get("author") or turn.actor.name,
        "handler": review.handler_id,
        "partner": review.partner_id,
        "sealed": review.sealed,
    }


def retitled(turn: Turn) -> dict[str, Any]:
    """An opinion goes by its problem in lists."""
    return {"title": turn.answers["problem"].splitlines()[0][:60]}


def is_not_issued(turn: Turn) -> str | None:
    review = _origin(turn)
    if review.state in ("concluded", "answered", "filed"):
        return f"{review.number}的审查意见书已经出具，这条意见不能再改；请等送审单位答复"
    return None


def review_facts(turn: Turn) -> dict[str, Any]:
    """Materials as a line, what is missing, and the numbered opinions, for the papers that name them."""
    facts: dict[str, Any] = {"materials": "、".join(materials_of(_review(turn).materials))}
    if turn.step.paper == "completion":
        facts["missing"] = "、".join(missing(_review(turn)))
    if turn.step.paper == "entrustment":
        facts["within"] = turn.matter.flow.deadline("counsel").within.on(turn.day).text
    if turn.step.paper in ("opinion", "feedback"):
        facts["opinions"] = [
            {"n": n, "case": one, "reply": "" if one.matter.state == "open" else one.flow.state_label(one.matter.state)}
            for n, one in enumerate(_review(turn).opinions, start=1)
        ]
        facts["unopposed"] = not _review(turn).opinions
    return facts
