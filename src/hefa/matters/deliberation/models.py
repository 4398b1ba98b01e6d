"""Deliberation among residents: a topic raised, announced, heard, agreed or not, carried out, and judged."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Period, Share, Stock, Times, Total
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules

RESIDENTS = instrument("residents_committee")

HOSTS = ("committee_head", "justice_clerk", "justice_head")
RAISERS = (*HOSTS, "community_mediator", "grid_worker")


class Category(models.TextChoices):
    PARKING = "parking", "停车和交通"
    PROPERTY = "property", "物业和业委会"
    RENEWAL = "renewal", "加装电梯和老旧改造"
    ENVIRONMENT = "environment", "环境卫生"
    SAFETY = "safety", "消防和安全"
    FACILITY = "facility", "公共设施"
    PACT = "pact", "居民公约"
    OTHER = "other", "其他"


class Speaker(models.TextChoices):
    RESIDENT = "resident", "居民"
    BUSINESS = "business", "商户企业"
    PROPERTY = "property", "物业"
    DEPUTY = "deputy", "两代表一委员"
    UNIT = "unit", "有关单位"
    LAWYER = "lawyer", "法律顾问"


class Channel(models.TextChoices):
    MEETING = "meeting", "会上"
    WRITTEN = "written", "书面"
    ONLINE = "online", "线上"


def is_past_its_day(period: Period) -> dict[str, Any]:
    return {"execute_by__lt": period.end}


class Topic(Kind):
    """议事协商议题."""

    category = models.CharField("议题类别", max_length=12, choices=Category, blank=True)
    issue = models.TextField("议题内容", blank=True)
    proposer = PersonalField("提出人", masks="name")
    meets_on = models.DateField("议事日期", null=True, blank=True)
    place = models.CharField("议事地点", max_length=80, blank=True)
    invited = models.CharField("邀请参加人员", max_length=200, blank=True)
    participants = models.PositiveSmallIntegerField("参加人数", null=True, blank=True, validators=rules.AT_LEAST_ONE)
    consensus = models.TextField("共识", blank=True)
    execute_by = models.DateField("落实期限", null=True, blank=True)
    result = models.TextField("落实结果", blank=True)
    evidence = models.CharField("落实佐证", max_length=200, blank=True)
    evidence_on = models.DateField("佐证形成日期", null=True, blank=True)
    evaluators = models.PositiveSmallIntegerField("评价人数", null=True, blank=True, validators=rules.AT_LEAST_ONE)
    satisfied = models.PositiveSmallIntegerField("满意人数", null=True, blank=True)

    notes = {
        "speaker": PersonalField("发言人", masks="name"),
        "speaks_as": models.CharField("发言人身份", max_length=10, choices=Speaker),
        "channel": models.CharField("发言方式", max_length=10, choices=Channel),
        "view": models.TextField("意见"),
    }
    series = "{office}议事〔{year}〕{n}号"
    lists = ("category", "meets_on", "participants")
    primary = True

    flow = Flow(
        states={
            "raised": "已提出",
            "noticed": "已公告",
            "agreed": "已达成共识",
            "executed": "已落实",
            "evaluated": "已评价",
            "declined": "不列入议事",
            "unresolved": "未达成共识",
            "unexecuted": "未能落实",
        },
        ends=("evaluated", "declined", "unresolved", "unexecuted"),
        corrected_by=HOSTS,
        steps=(
            Step(
                name="raise", label="提出议题", by=RAISERS, to="raised", basis=RESIDENTS[32],
                asks=("title", "category", "issue"), offers=("proposer", "arises_from", "handler"),
            ),
            Step(
                name="decline", label="不列入议事", by=HOSTS, at=("raised",), to="declined", asks=("reason",),
                help="不属于居民自治范围的，写明应当找哪个部门。",
            ),
            Step(
                name="notice", label="公告", by=HOSTS, at=("raised", "unresolved"), to="noticed", basis=RESIDENTS[32],
                asks=("meets_on", "place", "invited"), guards=(rules.meets_after_notice,), paper="notice",
                help="未达成共识的，补充情况以后可以再次公告议事。",
            ),
            Step(
                name="postpone", label="改期", by=HOSTS, at=("noticed",), asks=("meets_on", "reason"),
                guards=(rules.meets_after_notice,),
            ),
            Step(
                name="voice", label="记录意见", by=RAISERS, at=("noticed",), basis=RESIDENTS[32],
                asks=("speaks_as", "channel", "view"), offers=("speaker",), guards=(rules.meeting_has_begun,),
                help="一人一次记一条；会前的书面、线上意见也记。",
            ),
            Step(
                name="agree", label="达成共识", by=HOSTS, at=("noticed",), to="agreed", basis=RESIDENTS[32],
                asks=("participants", "consensus"), offers=("execute_by", "partner"),
                guards=(rules.meeting_was_held, rules.voices_were_heard, rules.is_executed_later), paper="minutes",
            ),
            Step(
                name="disagree", label="未达成共识", by=HOSTS, at=("noticed",), to="unresolved",
                asks=("participants", "reason"), guards=(rules.meeting_was_held, rules.voices_were_heard),
                paper="minutes", help="写明分歧在哪里、下一步怎么办。",
            ),
            Step(
                name="execute", label="落实", by=HOSTS, at=("agreed",), to="executed",
                asks=("result", "evidence", "evidence_on"), guards=(rules.evidence_is_dated,),
            ),
            Step(
                name="drop", label="未能落实", by=HOSTS, at=("agreed",), to="unexecuted", asks=("reason",),
                help="向参加议事的人说明原因。",
            ),
            Step(
                name="evaluate", label="参与人评价", by=RAISERS, at=("executed",), to="evaluated",
                asks=("evaluators", "satisfied"), other_than=("execute",), guards=(rules.counts_agree,),
                help="由落实人以外的人收集参加议事的人的评价。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="topics", label="提出议题", unit="个", steps=("raise",), definition="本期内提出的议事协商议题"),
        Count(
            name="meetings", label="议事", unit="个", steps=("agree", "disagree"),
            definition="本期内开过议事会、有共识或者没有共识的议题",
        ),
        Times(name="voices", label="意见", unit="条", steps=("voice",), definition="本期内记录的意见"),
        Count(name="agreed", label="达成共识", unit="个", steps=("agree",), definition="本期内达成共识的议题"),
        Stock(
            name="unresolved", label="未达成共识", unit="个", states=("unresolved",),
            definition="期末议过、没有达成共识的议题",
        ),
        Count(name="executed", label="落实议题", unit="个", steps=("execute",), definition="本期内落实的议题"),
        Stock(
            name="overdue_executions", label="逾期没有落实", unit="个", states=("agreed",), having=is_past_its_day,
            definition="期末已达成共识、落实期限已过还没有落实的议题",
        ),
        Total(
            name="evaluators", label="评价人次", unit="人次", steps=("evaluate",), field_name="evaluators",
            definition="本期评价的议题的评价人数之和",
        ),
        Total(
            name="satisfied", label="满意人次", unit="人次", steps=("evaluate",), field_name="satisfied",
            definition="本期评价的议题的满意人数之和",
        ),
        Share(
            name="satisfaction", label="议事满意率", of="deliberation.satisfied", among="deliberation.evaluators",
            definition="满意人次 ÷ 评价人次",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "议事协商议题"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return {"voices": len(turn.past("voice")), "is_agreed": turn.step.name == "agree"}
