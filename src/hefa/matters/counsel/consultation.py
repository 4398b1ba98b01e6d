"""A question of law that somebody asks, and the answer: on the spot, or by the adviser within the clock."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, OnTime, Share, Stock
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.likeness import Likeness
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules

INTERNAL = instrument("internal")

DESK = ("justice_clerk", "justice_head", "window_clerk", "mediator", "committee_head", "community_mediator")
ANSWERED_BY = ("counsel", *DESK)


class Channel(models.TextChoices):
    VISIT = "visit", "来访"
    PHONE = "phone", "电话"
    ONLINE = "online", "网上"
    POINT = "point", "法律服务点"
    DOOR = "door", "上门"


class Area(models.TextChoices):
    FAMILY = "family", "婚姻家庭"
    LABOUR = "labour", "劳动用工"
    CONTRACT = "contract", "合同债务"
    HOUSING = "housing", "房产物业"
    INJURY = "injury", "人身损害"
    CONSUMER = "consumer", "消费维权"
    COMPANY = "company", "企业经营"
    ADMINISTRATION = "administration", "行政管理"
    OTHER = "other", "其他"


class Destination(models.TextChoices):
    MEDIATION = "mediation", "人民调解"
    LEGAL_AID = "legal_aid", "法律援助"
    PETITION = "petition", "信访"
    LITIGATION = "litigation", "诉讼、仲裁"
    OTHER = "other", "其他机关"


class Consultation(Kind):
    """法律咨询."""

    channel = models.CharField("咨询渠道", max_length=10, choices=Channel, blank=True)
    area = models.CharField("咨询类别", max_length=16, choices=Area, blank=True)
    question = PersonalField("咨询问题")
    answer = PersonalField("答复内容")
    destination = models.CharField("转介去向", max_length=12, choices=Destination, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        "满意度（1–5）", null=True, blank=True, validators=rules.ONE_TO_FIVE
    )

    sides = {"asker": "咨询人"}
    series = "{office}法询〔{year}〕{n}号"
    lists = ("channel", "area", "satisfaction")
    alike = Likeness(sort="area", story="question", ended=("destination", "satisfaction", "answer"))

    flow = Flow(
        states={
            "open": "待答复",
            "answered": "已答复",
            "rated": "已评价",
            "referred": "已转介",
            "withdrawn": "已撤回",
        },
        ends=("answered", "rated", "referred", "withdrawn"),
        corrected_by=("justice_head", "committee_head"),
        steps=(
            Step(
                name="ask", label="收到咨询", by=ANSWERED_BY, to="open", asks=("channel", "area", "question"),
                offers=("parties", "handler", "arises_from", "sealed"), guards=(rules.adviser_serves_here,), sets=rules.asked,
                help="不能当场答复的登记在这里。咨询人不愿留姓名的可以不填，不得要求提供与咨询无关的个人信息。",
            ),
            Step(
                name="answer_at_once", label="当场答复", by=ANSWERED_BY, to="answered",
                asks=("channel", "area", "question", "answer"), offers=("parties", "handler", "arises_from", "sealed"),
                guards=(rules.adviser_serves_here,), sets=rules.asked, help="来访、来电当场答复的，一次登记完。",
            ),
            Step(
                name="assign", label="交法律顾问", by=DESK, at=("open",), asks=("partner",),
                guards=(rules.firm_serves_here,), help="协办单位选在聘的律师事务所；答复期限照常计算。",
            ),
            Step(
                name="reply", label="答复", by=ANSWERED_BY, at=("open",), to="answered", asks=("answer",),
                paper="reply",
            ),
            Step(
                name="ask_again", label="追问", by=ANSWERED_BY, at=("answered",), to="open", asks=("question",),
                help="就同一件事继续问的，答复期限重新计算。",
            ),
            Step(
                name="refer", label="转介", by=ANSWERED_BY, at=("open", "answered"), to="referred",
                asks=("destination",), offers=("reason",), paper="referral",
                help="需要调解、法律援助、仲裁或者诉讼的，告诉咨询人去哪里、怎么办。",
            ),
            Step(
                name="rate", label="评价", by=ANSWERED_BY, at=("answered",), to="rated", asks=("satisfaction",),
                other_than=("reply", "answer_at_once"), help="评价由咨询人给出，答复的人不能代填。",
            ),
            Step(name="withdraw", label="咨询人撤回", by=ANSWERED_BY, at=("open",), to="withdrawn", offers=("reason",)),
        ),
        deadlines=(
            Deadline(
                name="consultation", label="咨询答复", within=INTERNAL.term("consultation"),
                starts=("ask", "ask_again"), stops=("reply", "refer", "withdraw"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="consultations", label="法律咨询", unit="件", steps=("ask", "answer_at_once"),
            definition="本期内收到的法律咨询，含当场答复的；追问不重复计算",
        ),
        Count(
            name="referred", label="咨询后转介", unit="件", steps=("refer",),
            definition="本期内由咨询转介到调解、法律援助、信访、诉讼仲裁等途径的",
        ),
        Stock(name="unanswered", label="期末待答复咨询", unit="件", states=("open",), definition="期末还没有答复的法律咨询"),
        OnTime(
            name="consultations_on_time", label="咨询按期答复率", deadline="consultation",
            definition="本期答复、转介或者撤回的咨询中，在答复期限内办结的比例；当场答复的不计入",
        ),
        Count(name="rated", label="有评价的咨询", unit="件", steps=("rate",), definition="本期内咨询人作出评价的咨询"),
        Count(
            name="satisfied", label="评价满意的咨询", unit="件", steps=("rate",), having={"satisfaction__gte": 4},
            definition="本期内咨询人评价为四分以上的咨询",
        ),
        Share(
            name="satisfaction", label="咨询满意率", of="counsel.satisfied", among="counsel.rated",
            definition="评价满意的咨询 ÷ 有评价的咨询",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法律咨询"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.consultation_facts(turn)
