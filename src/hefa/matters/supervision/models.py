"""Supervision: inspections by deputies and offices, internal audit of the subordinate units, what they find."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.coverage import Coverage, Reach
from hefa.kernel.figure import Count, OnTime, Stock, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.people import Level
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules
from .findings import Finding

__all__ = ["Audit", "Finding", "Inspection"]

AUDIT = instrument("audit")
ZHEJIANG = instrument("zhejiang_audit")
ASSETS = instrument("collective_assets")

INSPECTORS = ("planner", "justice_head", "justice_clerk")
AUDITORS = ("auditor",)
# A unit answers for itself; for a co-op, which has no seat here, the auditor notes down what came on paper.
UNIT = ("committee_head", "case_officer", *AUDITORS)
ROUND_MONTHS = 36  # the street's own rule: every subordinate unit once in three years
SUBORDINATE = (Level.COMMUNITY, Level.COOP)


class InspectionType(models.TextChoices):
    DEPUTIES = "deputies", "人大代表专项督查"
    STREET = "street", "街道督查"
    SELF_CHECK = "self_check", "自查自纠"
    JOINT = "joint", "联合审查"
    SUPERIOR = "superior", "上级督查"


class Subject(models.TextChoices):
    LIVELIHOOD = "livelihood", "民生实事"
    EVENT = "event", "重大活动保障"
    ENVIRONMENT = "environment", "环境整治"
    PROCUREMENT = "procurement", "政府购买服务"
    RULE_OF_LAW = "rule_of_law", "法治建设"
    OTHER = "other", "其他"


class AuditType(models.TextChoices):
    ACCOUNTS = "accounts", "财务收支审计"
    TERM = "term", "任期经济责任审计"
    LEAVING = "leaving", "离任经济责任审计"
    SPECIAL = "special", "专项审计"


class Inspection(Kind):
    """督查."""

    type = models.CharField("督查类型", max_length=12, choices=InspectionType, blank=True)
    subject = models.CharField("督查领域", max_length=12, choices=Subject, blank=True)
    inspectors = models.CharField("督查人员", max_length=200, blank=True)
    planned_on = models.DateField("拟督查日期", null=True, blank=True)
    places = models.CharField("督查点位", max_length=200, blank=True)
    record = models.TextField("督查情况", blank=True)
    conclusion = models.TextField("督查结论", blank=True)

    series = "{office}督查〔{year}〕{n}号"
    lists = ("type", "subject", "inspectors")
    seen_by = ("deputy_to_npc",)  # the one that they are put in charge of
    primary = True

    flow = Flow(
        states={
            "planned": "已立项",
            "carried_out": "已督查",
            "reported": "已报告",
            "closed": "已办结",
            "cancelled": "已取消",
        },
        ends=("closed", "cancelled"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="plan", label="立项", by=INSPECTORS, to="planned",
                asks=("title", "type", "subject", "inspectors", "planned_on"),
                offers=("places", "handler", "arises_from"), paper="inspection_notice",
                help="督查人员逐位写明，人大代表写明“代表”。",
            ),
            Step(
                name="carry_out", label="实地督查", by=INSPECTORS, at=("planned",), to="carried_out",
                asks=("record",), offers=("places", "inspectors"),
                help="督查日期就是办理日期；发现的问题逐条登记，来源选这一件。",
            ),
            Step(
                name="report", label="出具督查报告", by=INSPECTORS, at=("carried_out",), to="reported",
                asks=("conclusion",), paper="inspection_report",
            ),
            Step(
                name="close", label="办结", by=INSPECTORS, at=("reported",), to="closed",
                guards=(rules.findings_are_settled,), help="督查发现的问题全部销号以后办结。",
            ),
            Step(name="cancel", label="取消", by=INSPECTORS, at=("planned",), to="cancelled", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="inspections", label="人大代表专项督查", unit="次", steps=("carry_out",),
            having={"type": InspectionType.DEPUTIES},
            definition="本期内实地开展的人大代表专项督查；只立项、没有开展的不计",
        ),
        Count(
            name="inspections_of_all_types", label="各类督查", unit="次", steps=("carry_out",),
            definition="本期内实地开展的各类督查，含自查自纠和联合审查",
        ),
        Stock(
            name="open_inspections", label="没有办结的督查", unit="次", states=("planned", "carried_out", "reported"),
            definition="期末还没有办结的督查",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "督查"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.source_facts(turn)


class Audit(Kind):
    """内部审计."""

    type = models.CharField("审计类型", max_length=10, choices=AuditType, blank=True)
    first_year = models.PositiveSmallIntegerField("审计起始年度", null=True, blank=True, validators=rules.YEAR)
    last_year = models.PositiveSmallIntegerField("审计截止年度", null=True, blank=True, validators=rules.YEAR)
    auditors = models.CharField("审计人员", max_length=120, blank=True)
    principal = PersonalField("被审计的主要负责人", masks="name")
    scope = models.CharField("审计内容", max_length=300, blank=True)
    draft = models.TextField("征求意见稿要点", blank=True)
    comments = models.TextField("被审计单位意见", blank=True)
    conclusion = models.TextField("审计结论", blank=True)
    amount = models.DecimalField("问题金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    rectification = models.TextField("整改情况", blank=True)
    published_in = models.CharField("公布方式", max_length=80, blank=True)

    series = "{office}内审〔{year}〕{n}号"
    lists = ("type", "first_year", "last_year")

    flow = Flow(
        states={
            "planned": "已列入计划",
            "fieldwork": "审计实施中",
            "commenting": "征求意见中",
            "reported": "已出报告",
            "rectified": "已报整改",
            "closed": "已办结",
            "cancelled": "已取消",
        },
        ends=("closed", "cancelled"),
        corrected_by=(*AUDITORS, "justice_head"),
        steps=(
            Step(
                name="plan", label="列入审计计划", by=(*AUDITORS, "planner"), to="planned", basis=ZHEJIANG[19],
                asks=("type", "first_year", "last_year"), offers=("scope", "principal", "auditors", "handler"),
                guards=(rules.unit_is_subordinate, rules.years_are_in_order, rules.tenure_has_a_chair,
                        rules.unit_is_not_under_audit),
                sets=rules.audit_title,
                help="登记在被审计单位名下。下属社区和股份经济合作社三年轮审一遍；"
                     "任期、离任审计只对居民委员会主任。",
            ),
            Step(
                name="start", label="进点审计", by=AUDITORS, at=("planned",), to="fieldwork", basis=ZHEJIANG[19],
                asks=("auditors", "scope"), paper="audit_notice",
            ),
            Step(
                name="draft", label="送征求意见稿", by=AUDITORS, at=("fieldwork",), to="commenting", basis=AUDIT[44],
                asks=("draft",), paper="audit_draft", help="送达之日起算被审计单位提出书面意见的期限；期满没有提出的，视为没有异议。",
            ),
            Step(
                name="comment", label="收到单位意见", by=UNIT, at=("commenting",), basis=AUDIT[44],
                asks=("comments",), help="没有意见的，也请写“无意见”。",
            ),
            Step(
                name="report", label="出具审计报告", by=AUDITORS, at=("commenting",), to="reported",
                basis=ZHEJIANG[39, 1], asks=("conclusion",), offers=("amount",), guards=(rules.unit_was_heard,),
                paper="audit_report", help="发现的问题逐条登记，来源选这一件。",
            ),
            Step(
                name="submit_rectification", label="收到整改报告", by=UNIT, at=("reported",), to="rectified",
                basis=ZHEJIANG[39, 2], asks=("rectification",),
                help="收到审计报告以后按期书面报告；主要负责人是整改第一责任人。",
            ),
            Step(
                name="publish", label="公布结果", by=(*AUDITORS, "committee_head"), at=("reported", "rectified"),
                basis=ASSETS[40, 2], asks=("published_in",), help="向本社成员或者居民公布审计结果和整改情况。",
            ),
            Step(
                name="close", label="办结", by=AUDITORS, at=("reported", "rectified"), to="closed",
                guards=(rules.findings_are_settled, rules.rectification_is_in, rules.result_was_published),
                help="没有发现问题的可以直接办结；有问题的，收到整改报告并全部销号以后办结。",
            ),
            Step(
                name="cancel", label="取消", by=(*AUDITORS, "planner"), at=("planned", "fieldwork"), to="cancelled",
                asks=("reason",),
            ),
        ),
        deadlines=(
            Deadline(
                name="comment", label="被审计单位提出意见", within=AUDIT.term("comment"), starts=("draft",),
                stops=("comment", "report"), duty=False,
            ),
            Deadline(
                name="rectification_report", label="报送审计整改报告", within=ZHEJIANG.term("rectify"),
                starts=("report",), stops=("submit_rectification", "close"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Reach(
            name="audited_coops", label="审计的股份经济合作社", unit="家", levels=(Level.COOP,), steps=("report",),
            definition="本期内出具内部审计报告的股份经济合作社，一家只计一次",
        ),
        Reach(
            name="audited_communities", label="审计的社区", levels=(Level.COMMUNITY,), steps=("report",),
            definition="本期内出具内部审计报告的社区，一个只计一次",
        ),
        Reach(
            name="audited_in_round", label="本轮已审计的下属单位", levels=SUBORDINATE, steps=("report",),
            months=ROUND_MONTHS, definition="到期末为止的三十六个月内出具过内部审计报告的社区和股份经济合作社",
        ),
        Coverage(
            name="audit_round_coverage", label="三年一轮审计覆盖率", of="supervision.audited_in_round",
            definition="到期末为止的三十六个月内审计过的下属单位 ÷ 全部社区和股份经济合作社",
        ),
        Count(
            name="audit_reports", label="内部审计报告", unit="份", steps=("report",),
            definition="本期内出具的内部审计报告",
        ),
        Count(
            name="tenure_audits", label="居委会主任任期和离任审计", unit="份", steps=("report",),
            having={"type__in": (AuditType.TERM, AuditType.LEAVING)},
            definition="本期内出具的居民委员会主任任期、离任经济责任审计报告",
        ),
        Total(
            name="audit_amount", label="审计查出问题金额", unit="元", steps=("report",), field_name="amount",
            definition="本期内出具的审计报告查出的问题金额之和",
        ),
        Stock(
            name="open_audits", label="没有办结的审计", unit="项",
            states=("planned", "fieldwork", "commenting", "reported", "rectified"),
            definition="期末还没有办结的内部审计",
        ),
        OnTime(
            name="rectification_reports_on_time", label="审计整改报告按期率", deadline="rectification_report",
            definition="本期报送的审计整改报告中，在期限内报送的比例；没有问题、直接办结的视为按期",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "内部审计"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.audit_facts(turn)
