"""A typical case told to the public: drafted, looked over by another person, published on the residents' page, taken down.

Only `draft` and `redraft` write the text, and what they write is approved anew: an amendment may not touch it, so what is
on the public page is what somebody else has read.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models

from hefa.kernel.figure import Count, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.turn import Turn

from .anonymity import places

LAW = instrument("mediation")
DRAFTERS = ("community_mediator", "committee_head", "mediator", "justice_clerk", "justice_head")
APPROVERS = ("committee_head", "justice_head")
DISPUTE = "mediation.dispute"
_MOST, _SHOWN = 4000, 3


def _dispute(turn: Turn) -> Matter | None:
    """The dispute that the text tells of, if the actor may see it."""
    source = turn.answers.get("arises_from") or turn.matter.arises_from_id or 0
    seen = Matter.objects.visible_to(turn.actor).filter(kind=DISPUTE, pk=source)
    return seen.select_related("office").first()


def tells_of_a_typical_case(turn: Turn) -> str | None:
    dispute = _dispute(turn)
    if dispute is None:
        return "来源事项应当是您能看到的一件矛盾纠纷，请填它的编号"
    if not getattr(dispute.case, "is_typical", False):
        return f"{dispute.number} 还没有列为典型案例：请先在那件纠纷里办“列为典型案例”"
    if getattr(dispute.case, "outcome", "") != "agreed":
        return f"{dispute.number} 没有达成调解协议，不作为典型案例公开"
    return None


def is_told_once(turn: Turn) -> str | None:
    told = TypicalCase.objects.filter(matter__arises_from=turn.answers["arises_from"]).exclude(matter__state="void")
    number = told.values_list("matter__number", flat=True).first()
    return f"这件纠纷已经有公开稿（{number}），请在那一件里修改" if number else None


def is_open(turn: Turn) -> str | None:
    """调解法 lets the parties ask that mediation is not public; a sealed dispute stays so."""
    dispute = _dispute(turn)
    return "当事人要求不公开的案件，不能公开" if dispute is not None and dispute.sealed else None


def names_nobody(turn: Turn) -> str | None:
    dispute = _dispute(turn)
    if dispute is None:
        return None
    heading = turn.answers.get("heading") or turn.matter.title
    text = turn.value("text")
    found = [f"标题{place}" for place in places(heading, dispute)] + [str(place) for place in places(text, dispute)]
    if not found:
        return None
    shown, more = "；".join(found[:_SHOWN]), len(found) - _SHOWN
    if more > 0:
        return f"公开稿里不能有当事人的个人信息，另有 {more} 处：{shown}。请改成“某某”“申请人”一类的称呼"
    return f"公开稿里不能有当事人的个人信息：{shown}。请改成“某某”“申请人”一类的称呼"


def words_stay(turn: Turn) -> str | None:
    if turn.answers.get("arises_from", turn.matter.arises_from_id) != turn.matter.arises_from_id:
        return "公开稿讲的是哪件纠纷，定了不能改"
    if "text" in turn.answers and turn.answers["text"] != getattr(turn.case, "text", ""):
        return "公开稿的文字用“修改公开稿”改，改过的重新审核"
    return None


def titled(turn: Turn) -> dict[str, Any]:
    return {"title": turn.answers["heading"]} if "heading" in turn.answers else {}


class TypicalCase(Kind):
    """典型案例公开稿."""

    text = models.TextField("公开稿", blank=True, validators=[MaxLengthValidator(_MOST, "公开稿不超过 4000 字")])

    notes = {"heading": models.CharField("公开标题", max_length=80)}
    amend_guards = (words_stay,)
    series = "{office}典型案例〔{year}〕{n}号"

    flow = Flow(
        states={
            "drafted": "待审核",
            "returned": "退回修改",
            "approved": "审核通过",
            "published": "已公布",
            "taken_down": "已撤下",
        },
        ends=("published", "taken_down"),
        corrected_by=APPROVERS,
        steps=(
            Step(
                name="draft", label="拟公开稿", by=DRAFTERS, to="drafted", basis=LAW.item(23, 3),
                asks=("heading", "text", "arises_from"), offers=("handler",), sets=titled,
                guards=(tells_of_a_typical_case, is_told_once, is_open, names_nobody),
                help="隐去当事人：不写姓名、名称、证件号码、电话、住址，也不写别人能认出当事人的细节。",
            ),
            Step(
                name="redraft", label="修改公开稿", by=DRAFTERS, at=("drafted", "returned", "taken_down"),
                to="drafted", asks=("text",), offers=("heading",), sets=titled, guards=(names_nobody,),
                help="改过的稿子重新审核。",
            ),
            Step(
                name="approve", label="审核通过", by=APPROVERS, at=("drafted",), to="approved",
                other_than=("draft", "redraft"), guards=(names_nobody,),
                help="由拟稿以外的人逐句审核：系统只认得登记的当事人，亲属、证人的姓名和细节要靠人看。",
            ),
            Step(
                name="send_back", label="退回修改", by=APPROVERS, at=("drafted", "approved"), to="returned",
                asks=("reason",),
            ),
            Step(
                name="publish", label="公布", by=APPROVERS, at=("approved",), to="published",
                guards=(is_open, names_nobody), help="公布在居民页面，任何人都能看到。",
            ),
            Step(
                name="take_down", label="撤下", by=APPROVERS, at=("published",), to="taken_down", asks=("reason",),
                help="当事人提出异议，或者内容不再合适的，当天撤下。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="typical_published", label="公布典型案例", unit="件", steps=("publish",),
            definition="本期内公布的调解典型案例，每件计一次；后来撤下的也计",
        ),
        Stock(
            name="typical_cases", label="期末公开的典型案例", unit="件", states=("published",),
            definition="期末在居民页面公开的调解典型案例",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "典型案例公开稿"
