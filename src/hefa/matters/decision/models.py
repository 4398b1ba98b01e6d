"""Collective decisions (三重一大): an item is prepared, cleared by a legality opinion, tabled, spoken on, decided."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.turn import Turn

from . import rules
from .figures import DecidedUnreviewed, LargeContractUndecided
from .meeting import LEADERS, SECRETARIES, Meeting
from .sitting import Stance

__all__ = ["Item", "Meeting"]

DECISION = instrument("decision")
ENVIRONMENT = instrument("business_environment")

UNIT = ("case_officer", *SECRETARIES)
LAWYERS = ("case_officer", "justice_clerk", "reviewer")


class Category(models.TextChoices):
    MAJOR = "major", "重大事项决策"
    APPOINTMENT = "appointment", "重要干部任免"
    PROJECT = "project", "重大项目安排"
    FUNDS = "funds", "大额资金使用"
    HEARING = "hearing", "听取法治政府建设情况汇报"


class Item(Kind):
    """决策议题."""

    category = models.CharField("议题类别", max_length=12, choices=Category, blank=True)
    unit = models.CharField("提出单位", max_length=60, blank=True)
    proposal = models.TextField("议题内容", blank=True)
    amount = models.DecimalField("涉及金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    affects_market = models.BooleanField("涉及经营者经济活动", default=False)
    participation = models.TextField("公众参与情况", blank=True)
    experts = models.CharField("论证专家或者机构", max_length=120, blank=True)
    expertise = models.TextField("专家论证意见", blank=True)
    assessor = models.CharField("风险评估单位", max_length=80, blank=True)
    risks = models.TextField("风险点", blank=True)
    precautions = models.TextField("防范措施", blank=True)
    contingency = models.TextField("处置预案", blank=True)
    competition = models.TextField("公平竞争审查结论", blank=True)
    waivers = models.TextField("不适用的程序", blank=True)
    materials = models.TextField("会议材料", blank=True)
    review = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="合法性审查"
    )
    is_exempt = models.BooleanField("免予合法性审查", default=False)
    meeting = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交的会议"
    )
    presider = models.CharField("议题主持人", max_length=20, blank=True)
    recused = models.CharField("已回避人员", max_length=120, blank=True)
    positions = models.TextField("表态记录", blank=True)
    votes_for = models.PositiveSmallIntegerField("同意人数", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("不同意人数", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("弃权人数", null=True, blank=True)
    resolution = models.TextField("决定内容", blank=True)
    reported_to = models.CharField("报告对象", max_length=60, blank=True)
    published_in = models.CharField("公布方式", max_length=80, blank=True)
    executor = models.CharField("执行单位", max_length=60, blank=True)
    result = models.TextField("执行结果", blank=True)
    evaluator = models.CharField("后评估单位", max_length=80, blank=True)
    evaluation = models.TextField("后评估结论", blank=True)

    notes = {
        "comment_from": models.DateField("征求意见起始日期"),
        "comment_until": models.DateField("征求意见截止日期"),
        "has_no_interest": models.BooleanField("专家没有直接利害关系"),
        "is_controllable": models.BooleanField("风险可控"),
        "procedure": models.CharField("程序", max_length=15, choices=rules.Procedure),
        "member": models.CharField("回避人员", max_length=20),
        "speaker": models.CharField("发言人", max_length=20),
        "stance": models.CharField("意见", max_length=8, choices=Stance),
        "view": models.TextField("发言要点"),
    }
    series = "{office}议题〔{year}〕{n}号"
    lists = ("category", "unit", "amount")
    primary = True

    flow = Flow(
        states={
            "proposed": "已提出",
            "prepared": "材料已备",
            "tabled": "已提交会议",
            "voiced": "表态完毕",
            "decided": "已决定",
            "deferred": "暂缓",
            "rejected": "未通过",
            "heard": "已听取",
            "reported": "已请示报告",
            "published": "已公布",
            "executing": "执行中",
            "evaluated": "已后评估",
            "archived": "已归档",
            "withdrawn": "已撤回",
        },
        ends=("archived", "withdrawn"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="propose", label="提出议题", by=UNIT, to="proposed",
                asks=("title", "category", "unit", "proposal"),
                offers=("amount", "affects_market", "handler", "arises_from"),
                guards=(rules.is_for_decision, rules.amount_is_told),
                help="重大事项、重要干部任免、重大项目、大额资金，都要集体决定。",
            ),
            Step(
                name="propose_hearing", label="安排听取汇报", by=(*SECRETARIES, "justice_clerk"), to="prepared",
                asks=("title", "unit"), offers=("handler",), sets={"category": Category.HEARING},
                help="党工委定期听取法治政府建设情况汇报。",
            ),
            Step(
                name="hear_public", label="公众参与", by=UNIT, at=("proposed",), basis=DECISION[14],
                asks=("participation",), offers=("comment_from", "comment_until", "reason"),
                guards=(rules.comment_is_long_enough,), help="写明方式、参加的人和意见的研究采纳情况。",
            ),
            Step(
                name="hear_experts", label="专家论证", by=UNIT, at=("proposed",), basis=DECISION[20],
                asks=("experts", "expertise", "has_no_interest"), guards=(rules.experts_are_impartial,),
            ),
            Step(
                name="assess_risk", label="风险评估", by=UNIT, at=("proposed",), basis=DECISION[23],
                asks=("assessor", "risks", "precautions", "contingency", "is_controllable"),
                guards=(rules.risk_is_controllable,),
            ),
            Step(
                name="check_competition", label="公平竞争审查", by=UNIT, at=("proposed",), basis=ENVIRONMENT[63],
                asks=("competition",),
            ),
            Step(
                name="waive", label="说明某项程序不适用", by=UNIT, at=("proposed",), asks=("procedure", "reason"),
                guards=(rules.waiver_is_due,), sets=rules.waived,
                help="公众参与、专家论证、风险评估、公平竞争审查，各项或者办理，或者写明不适用的理由。",
            ),
            Step(
                name="prepare", label="备齐材料", by=UNIT, at=("proposed",), to="prepared", basis=DECISION[29],
                asks=("materials",), guards=(rules.procedures_are_settled, rules.materials_are_complete),
                help="逐项写：草案、说明，以及办过的各项程序的材料。",
            ),
            Step(
                name="return_to_unit", label="退回补充", by=(*SECRETARIES, "justice_clerk"),
                at=("prepared", "deferred"), to="proposed", asks=("reason",), guards=(rules.is_for_decision,),
            ),
            Step(
                name="attach_opinion", label="附合法性审查意见", by=LAWYERS, at=("prepared", "deferred"),
                basis=DECISION[25, 1], asks=("review",), guards=(rules.is_for_decision, rules.review_clears),
                help="选已经出具意见的合法性审查；“修改后合法”的，送审单位要先反馈采纳情况。",
            ),
            Step(
                name="exempt", label="免予合法性审查", by=("justice_head",), at=("prepared",), asks=("reason",),
                guards=(rules.is_appointment,), sets={"is_exempt": True},
                help="只用于重要干部任免：由组织人事按任免程序审核，写明理由。",
            ),
            Step(
                name="table", label="提交会议", by=SECRETARIES, at=("prepared", "deferred"), to="tabled",
                basis=DECISION[25, 1], asks=("meeting",), guards=(rules.legality_is_cleared, rules.meeting_awaits),
                sets=rules.tabled, help="未经合法性审查或者经审查不合法的，不能提交。",
            ),
            Step(
                name="recuse", label="回避", by=SECRETARIES, at=("tabled",), asks=("member", "reason"),
                offers=("presider",), sets=rules.recused,
                guards=(rules.is_in_session, rules.member_is_present, rules.another_presides),
            ),
            Step(
                name="hear", label="听取汇报", by=SECRETARIES, at=("tabled",), to="heard", asks=("resolution",),
                guards=(rules.is_for_hearing, rules.is_in_session), help="写会议对法治政府建设提出的要求。",
            ),
            Step(
                name="speak", label="委员表态", by=SECRETARIES, at=("tabled",), basis=DECISION[30, 2],
                asks=("speaker", "stance"), offers=("view",), sets=rules.spoken,
                guards=(
                    rules.is_for_decision, rules.is_in_session, rules.speaker_may_speak, rules.dissent_is_explained,
                ),
                help="按发言的先后逐位登记；不同意见如实载明。",
            ),
            Step(
                name="conclude_debate", label="主持人末位表态", by=SECRETARIES, at=("tabled",), to="voiced",
                basis=DECISION[30, 2], asks=("stance",), offers=("view",), sets=rules.concluded,
                guards=(
                    rules.is_for_decision, rules.is_in_session, rules.everyone_has_spoken, rules.dissent_is_explained,
                ),
            ),
            Step(
                name="decide", label="通过", by=LEADERS, at=("voiced",), to="decided", basis=DECISION[30, 2],
                asks=("resolution",), offers=("reason",), other_than=("propose",), guards=(rules.majority_is_for,),
                paper="record", help="由会议主持人确认表决结果和决定内容。",
            ),
            Step(
                name="reject", label="不通过", by=LEADERS, at=("voiced",), to="rejected", basis=DECISION[30, 2],
                asks=("resolution",), offers=("reason",), other_than=("propose",),
                guards=(rules.majority_is_not_for,), paper="record",
            ),
            Step(
                name="defer", label="暂缓", by=(*SECRETARIES, *LEADERS), at=("tabled", "voiced"), to="deferred",
                asks=("reason",), help="以后重新提交会议，表态从头开始。",
            ),
            Step(
                name="report", label="请示报告", by=SECRETARIES, at=("decided",), to="reported", basis=DECISION[31],
                asks=("reported_to",),
            ),
            Step(
                name="publish", label="公布决定", by=UNIT, at=("decided", "reported"), to="published",
                basis=DECISION[32], asks=("published_in",), guards=(rules.is_reported,),
            ),
            Step(
                name="execute", label="交付执行", by=UNIT, at=("decided", "reported", "published"), to="executing",
                asks=("executor",), offers=("reason",),
                guards=(rules.is_reported, rules.publication_is_settled),
            ),
            Step(
                name="reopen", label="调整决策", by=UNIT, at=("executing",), to="proposed", asks=("reason",),
                sets=rules.begun_anew, help="决定不能自行变更：调整要重走全部程序，重新上会。",
            ),
            Step(
                name="evaluate", label="后评估", by=UNIT, at=("executing",), to="evaluated", basis=DECISION[36],
                asks=("evaluator", "evaluation"), guards=(rules.evaluator_is_another,),
            ),
            Step(
                name="archive", label="归档", by=(*UNIT, "archivist"), to="archived", basis=DECISION[33],
                at=("executing", "evaluated", "rejected", "heard"), offers=("result",),
                guards=(rules.result_is_told,),
            ),
            Step(
                name="withdraw", label="撤回议题", by=UNIT, at=("proposed", "prepared", "deferred"), to="withdrawn",
                asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="items", label="三重一大议题", unit="项", steps=("propose",), definition="本期内提出的三重一大议题"),
        Count(
            name="decided", label="集体决定", unit="项", steps=("decide",),
            definition="本期内经会议集体讨论通过的议题，每项计一次",
        ),
        Count(
            name="decided_major", label="集体决定的重大事项", unit="项", steps=("decide",),
            having={"category": Category.MAJOR}, definition="本期内通过的重大事项决策",
        ),
        Count(
            name="decided_appointments", label="集体决定的重要干部任免", unit="项", steps=("decide",),
            having={"category": Category.APPOINTMENT}, definition="本期内通过的重要干部任免",
        ),
        Count(
            name="decided_projects", label="集体决定的重大项目安排", unit="项", steps=("decide",),
            having={"category": Category.PROJECT}, definition="本期内通过的重大项目安排",
        ),
        Count(
            name="decided_funds", label="集体决定的大额资金使用", unit="项", steps=("decide",),
            having={"category": Category.FUNDS}, definition="本期内通过的大额资金使用",
        ),
        Count(
            name="rejected", label="没有通过的议题", unit="项", steps=("reject",),
            definition="本期内会议讨论没有通过的议题",
        ),
        Count(
            name="hearings", label="听取法治政府建设情况汇报", unit="次", steps=("hear",),
            definition="本期内会议专题听取法治政府建设情况汇报的次数",
        ),
        Stock(
            name="pending", label="期末没有决定的议题", unit="项", states=("proposed", "prepared", "tabled", "voiced", "deferred"),
            definition="期末已经提出、还没有结果的议题",
        ),
        DecidedUnreviewed(
            name="unreviewed", label="应审未审的决定", unit="项",
            definition="本期内通过的议题中，没有合法、修改后合法的审查意见的；免予审查的干部任免不计",
        ),
        LargeContractUndecided(
            name="undecided_contracts", label="没有集体决定的大额合同", unit="件",
            definition="本期内审查过、达到大额资金起点的合同中，没有作为议题集体决定的",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "决策议题"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.item_facts(turn)
