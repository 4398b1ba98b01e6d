"""A defect that a self-check found: put right by its owner, re-checked by somebody else, with dated evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hefa.kernel.figure import Count, OnTime, Period, Share, Stock, Times, Total, in_force
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Office
from hefa.kernel.turn import Turn

from . import paperwork, rules
from .checking import CHECKERS, of_last_year, of_the_year_before

INTERNAL = instrument("internal")

OWNERS = ("case_officer",)
RECHECKERS = ("planner", "auditor", "discipline", "deputy")
OPEN = ("found", "rectifying", "rectified")
WITH_OWNER = ("found", "rectifying")
STANDS = {"matter__state__in": (*OPEN, "closed")}


class DefectType(models.TextChoices):
    LATE_CONTRACT = "late_contract", "逾期签订合同"
    UNFILED = "unfiled", "合同没有备案"
    UNPUBLISHED = "unpublished", "合同没有公告"
    NO_ACCEPTANCE = "no_acceptance", "验收缺失"
    EARLY_PAYMENT = "early_payment", "付款早于验收"
    EXPIRED = "expired", "到期没有重新采购"
    SPLIT = "split", "拆分采购"
    OVER_BUDGET = "over_budget", "超预算采购"
    RECORDS = "records", "采购档案不全"
    OTHER = "other", "其他"


@dataclass(frozen=True, kw_only=True)
class Rectified(Count):
    """Of the defects found in the period, those closed by its end."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        closed = in_force(self.kind, None).filter(step="close", day__lte=period.end)
        return super().entries(period, office).filter(matter__in=closed.values("matter"))


class Defect(Kind):
    """采购问题."""

    type = models.CharField("问题类型", max_length=14, choices=DefectType, blank=True)
    problem = models.TextField("问题", blank=True)
    amount = models.DecimalField(
        "涉及金额（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    owner = models.CharField("责任部门", max_length=60, blank=True)
    recurs = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上次销号的同一问题"
    )
    contract_year = models.PositiveSmallIntegerField("合同年度", null=True, blank=True, validators=rules.YEAR)
    cause = models.TextField("原因分析", blank=True)
    measures = models.TextField("整改措施", blank=True)
    done = models.TextField("整改结果", blank=True)
    evidence = models.CharField("整改佐证", max_length=200, blank=True)
    evidence_on = models.DateField(
        "佐证形成日期", null=True, blank=True, help_text="照片、票据、文件本身的日期，不是上传的日期"
    )
    recheck_evidence = models.CharField("复查佐证", max_length=200, blank=True)
    recheck_on = models.DateField("复查佐证形成日期", null=True, blank=True)

    series = "{office}采购整改〔{year}〕{n}号"
    lists = ("type", "contract_year", "owner")
    amend_guards = (rules.source_stays,)

    flow = Flow(
        states={
            "found": "待提整改措施",
            "rectifying": "整改中",
            "rectified": "待复查",
            "closed": "已销号",
            "dismissed": "不成立",
        },
        ends=("closed", "dismissed"),
        corrected_by=("auditor", "discipline", "justice_head"),
        steps=(
            Step(
                name="find", label="登记采购问题", by=CHECKERS, to="found", asks=("arises_from", "type", "problem"),
                offers=("amount", "owner", "handler", "recurs"),
                guards=(rules.came_of_check, rules.recurs_after_closure), sets=rules.found,
                help="来源选自查的那一件；承办人选整改责任人。同一问题又发生的，选上次销号的那一件。",
            ),
            Step(
                name="assign", label="交整改责任人", by=CHECKERS, at=WITH_OWNER, asks=("handler",), offers=("owner",),
            ),
            Step(
                name="propose", label="提出整改措施", by=OWNERS, at=WITH_OWNER, to="rectifying",
                asks=("cause", "measures"), other_than=("find",), help="由采购科室提出，不由发现问题的人代拟。",
            ),
            Step(
                name="report", label="报整改完成", by=OWNERS, at=("rectifying",), to="rectified",
                asks=("done", "evidence", "evidence_on"), other_than=("find",), guards=(rules.evidence_is_dated,),
            ),
            Step(
                name="close", label="复查通过销号", by=RECHECKERS, at=("rectified",), to="closed",
                asks=("recheck_evidence", "recheck_on"), offers=("reason",),
                other_than=("find", "propose", "report"), guards=(rules.recheck_is_dated,), paper="recheck",
                help="由发现问题、提出和落实整改以外的另一个人复查。",
            ),
            Step(
                name="reject", label="复查未通过", by=RECHECKERS, at=("rectified",), to="rectifying",
                asks=("recheck_evidence", "recheck_on", "reason"), other_than=("find", "propose", "report"),
                guards=(rules.recheck_is_dated,), paper="recheck", help="退回采购科室继续整改，整改期限重新起算。",
            ),
            Step(
                name="dismiss", label="认定不成立", by=("auditor", "discipline"), at=WITH_OWNER, to="dismissed",
                asks=("reason",), help="采购科室有异议，经核实问题不成立的。",
            ),
        ),
        deadlines=(
            Deadline(
                name="rectify", label="采购问题整改", within=INTERNAL.term("rectify"), starts=("find", "reject"),
                stops=("report", "dismiss"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="defects", label="发现的采购问题", unit="个", steps=("find",), having=STANDS,
            definition="本期内自查和联合审查发现的采购问题；认定不成立的不计",
        ),
        Rectified(
            name="defects_rectified", label="整改到位的采购问题", unit="个", steps=("find",), having=STANDS,
            definition="本期内发现的采购问题中，到期末已经另一人复查通过、予以销号的",
        ),
        Share(
            name="rectified_share", label="采购问题整改率", of="procurement.defects_rectified",
            among="procurement.defects", definition="整改到位的采购问题 ÷ 发现的采购问题",
        ),
        Count(
            name="defects_of_last_year", label="上一年度采购的问题", unit="个", steps=("find",),
            having=lambda period: STANDS | of_last_year(period), definition="本期内发现的采购问题中，合同是上一年签订的",
        ),
        Count(
            name="defects_of_the_year_before", label="前年度采购的问题", unit="个", steps=("find",),
            having=lambda period: STANDS | of_the_year_before(period),
            definition="本期内发现的采购问题中，合同是前年签订的",
        ),
        Total(
            name="defect_amount", label="采购问题涉及金额", unit="元", steps=("find",), field_name="amount",
            having=STANDS, definition="本期内发现的采购问题涉及金额之和；认定不成立的不计",
        ),
        Stock(
            name="open_defects", label="没有销号的采购问题", unit="个", states=OPEN,
            definition="期末还没有销号的采购问题",
        ),
        Count(
            name="recurring_defects", label="再次发生的采购问题", unit="个", steps=("find",),
            having={"recurs__isnull": False, **STANDS}, definition="本期内发现的采购问题中，以前销号过的同一问题",
        ),
        Times(
            name="failed_rechecks", label="采购整改复查未通过", unit="次", steps=("reject",),
            definition="本期内采购问题复查未通过的次数",
        ),
        OnTime(
            name="rectified_on_time", label="采购问题按期整改率", deadline="rectify",
            definition="本期报整改完成的采购问题中，在整改期限内完成的比例",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "采购问题"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return paperwork.defect_facts(turn)
