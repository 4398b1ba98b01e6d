"""What the year fell short of, why, and what next year is to do about it: the report's parts two and four."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hefa.kernel.figure import Count, Period, Share, Stock, Total, of_case
from hefa.kernel.flow import Flow, Step
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office

from . import arrangements, rules

PLANNERS = ("planner", "justice_clerk", "justice_head")
# Who carries an arrangement out and reports on it, beside the planners.
CARRIERS = ("committee_head", "case_officer", "enforcement_head", "personnel_officer", "foi_head", "petition_head")


class Direction(models.TextChoices):
    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"


def is_past_its_day(period: Period) -> dict[str, Any]:
    return {"due_by__lt": period.end}


@dataclass(frozen=True, kw_only=True)
class OfYear(Count):
    """Matters that are about the period's year (plus `ahead`), whichever day they were put on record.

    A report on a year is written in the next: its shortfalls and arrangements are often entered after the year's end.
    """

    ahead: int = 0

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        always = Period(period.start.min, period.end.max)
        years = {"year__range": (period.start.year + self.ahead, period.end.year + self.ahead)}
        return super().entries(always, office).filter(of_case(self.kind, years, period))


@dataclass(frozen=True, kw_only=True)
class OfYearTotal(OfYear, Total):
    """The sum of a field over matters that are about the period's year (plus `ahead`); None when there are none."""

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        return super().measure(period, office, rows) if rows else None


# Titles above the city's: the reports say how many a year strives for, from at least to at best ("1-2家").
PROVINCIAL_GOALS = {
    "watches": "accreditation.awarded_provincial",
    "matter__state__in": ("planned", "underway", "done", "not_done"),
}


class Shortfall(Kind):
    """不足."""

    year = models.PositiveSmallIntegerField("年度", null=True, blank=True, validators=rules.YEAR)
    area = models.CharField("方面", max_length=40, blank=True)
    problem = models.TextField("不足", blank=True)
    cause = models.TextField("原因", blank=True)
    watches = models.CharField("所盯指标", max_length=80, choices=rules.figure_choices, blank=True)
    measure = models.TextField("措施", blank=True)
    result = models.TextField("改进结果", blank=True)

    series = "{office}不足〔{year}〕{n}号"
    lists = ("year", "area", "measure")

    flow = Flow(
        states={
            "raised": "待定措施",
            "answered": "改进中",
            "resolved": "已改进",
            "carried_over": "转入下年",
            "withdrawn": "已撤回",
        },
        ends=("resolved", "carried_over", "withdrawn"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="raise", label="列出不足", by=PLANNERS, to="raised", asks=("title", "year", "problem", "cause"),
                offers=("area", "watches", "arises_from", "handler"),
                guards=(arrangements.year_has_come, arrangements.came_of_earlier_shortfall),
                help="进入这一年度报告的第二部分；上年没有改进好的，来源选上年的那一件。",
            ),
            Step(
                name="answer", label="定措施", by=PLANNERS, at=("raised", "answered"), to="answered",
                asks=("measure",), help="要在下一年办的，另登记“工作安排”，来源选这一件。",
            ),
            Step(
                name="resolve", label="确认改进", by=PLANNERS, at=("answered",), to="resolved", asks=("result",),
                guards=(arrangements.arrangements_are_over,),
            ),
            Step(
                name="carry_over", label="转入下年", by=PLANNERS, at=("raised", "answered"), to="carried_over",
                asks=("reason",), help="在下一年度另列一件，来源选这一件。",
            ),
            Step(name="withdraw", label="撤回", by=PLANNERS, at=("raised",), to="withdrawn", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        OfYear(
            name="shortfalls", label="列出的不足", unit="项", steps=("raise",),
            having={"matter__state__in": ("raised", "answered", "resolved", "carried_over")},
            definition="这一年度报告列出的不足，年度结束以后登记的也计入；撤回的不计",
        ),
        OfYear(
            name="shortfalls_resolved", label="已改进的不足", unit="项", steps=("raise",),
            having={"matter__state": "resolved"}, definition="这一年度列出、现已确认改进的不足",
        ),
        OfYear(
            name="shortfalls_repeated", label="连年列出的不足", unit="项", steps=("raise",),
            having={
                "matter__arises_from__kind": "planning.shortfall",
                "matter__state__in": ("raised", "answered", "resolved", "carried_over"),
            },
            definition="这一年度列出的不足中，以前年度已经列出、没有改进好的",
        ),
        Stock(
            name="open_shortfalls", label="没有改进的不足", unit="项", states=("raised", "answered"),
            definition="期末待定措施和改进中的不足，不论年度",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "不足"


class PlanItem(Kind):
    """工作安排."""

    year = models.PositiveSmallIntegerField("年度", null=True, blank=True, validators=rules.YEAR)
    content = models.TextField("安排内容", blank=True)
    owner = models.CharField("责任部门", max_length=60, blank=True)
    due_by = models.DateField("完成期限", null=True, blank=True)
    watches = models.CharField("所盯指标", max_length=80, choices=rules.figure_choices, blank=True)
    direction = models.CharField("方向", max_length=10, choices=Direction, blank=True)
    value = models.DecimalField("目标值", max_digits=14, decimal_places=2, null=True, blank=True)
    best = models.DecimalField(
        "力争值", max_digits=14, decimal_places=2, null=True, blank=True,
        help_text="目标是一个范围的（如“争创1至2家”），目标值写必须做到的，这里写力争做到的",
    )  # fmt: skip
    adds = models.DecimalField(
        "预计带来的变化", max_digits=14, decimal_places=2, null=True, blank=True,
        help_text="办成后指标预计增加多少；减少的写负数。用于预测年末能到多少",
    )  # fmt: skip
    progress = models.TextField("进展", blank=True)
    percent = models.PositiveSmallIntegerField("完成进度（%）", null=True, blank=True, validators=arrangements.PERCENT)
    result = models.TextField("完成情况", blank=True)
    reached = models.DecimalField("实际值", max_digits=14, decimal_places=2, null=True, blank=True)

    series = "{office}安排〔{year}〕{n}号"
    lists = ("owner", "due_by", "percent")

    flow = Flow(
        states={
            "planned": "已安排",
            "underway": "进行中",
            "done": "已完成",
            "not_done": "未完成",
            "cancelled": "已取消",
        },
        ends=("done", "not_done", "cancelled"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="plan", label="列入安排", by=PLANNERS, to="planned",
                asks=("title", "year", "content", "owner", "due_by"),
                offers=("watches", "direction", "value", "best", "adds", "arises_from", "handler"),
                guards=(arrangements.is_due_in_its_year, arrangements.goal_is_whole, arrangements.best_is_better),
                help="进入上一年度报告的第四部分。有数量目标的，选所盯指标、写目标值，完成时由系统核对；不选方向的是“不低于”。",
            ),
            Step(
                name="report", label="报进展", by=(*PLANNERS, *CARRIERS), at=("planned", "underway"), to="underway",
                asks=("progress",), offers=("percent",),
            ),
            Step(
                name="adjust", label="调整", by=PLANNERS, at=("planned", "underway"), asks=("due_by", "reason"),
                offers=("value", "best", "adds", "owner", "handler"),
                guards=(arrangements.is_due_in_its_year, arrangements.goal_is_whole, arrangements.best_is_better),
            ),
            Step(
                name="finish", label="完成", by=PLANNERS, at=("planned", "underway"), to="done", asks=("result",),
                guards=(arrangements.goal_is_reached,), sets=arrangements.measured,
                help="有目标值的，系统按指标核对，没有达到的不能完成。",
            ),
            Step(
                name="miss", label="未完成", by=PLANNERS, at=("planned", "underway"), to="not_done",
                asks=("reason",), guards=(arrangements.is_past_due,), sets=arrangements.measured,
                help="期限过后确认；写明原因，需要的话列入下一年度的不足。",
            ),
            Step(
                name="cancel", label="取消", by=PLANNERS, at=("planned", "underway"), to="cancelled",
                asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        OfYear(
            name="items", label="本年工作安排", unit="项", steps=("plan",),
            having={"matter__state__in": ("planned", "underway", "done", "not_done")},
            definition="本年度的工作安排，不论何时登记；取消的不计",
        ),
        OfYear(
            name="items_done", label="已完成的安排", unit="项", steps=("plan",), having={"matter__state": "done"},
            definition="本年度的工作安排中，现已完成的",
        ),
        Share(
            name="items_done_share", label="安排完成率", of="planning.items_done", among="planning.items",
            definition="已完成的安排 ÷ 本年工作安排",
        ),
        OfYear(
            name="next_items", label="下一年工作安排", unit="项", steps=("plan",), ahead=1,
            having={"matter__state__in": ("planned", "underway", "done", "not_done")},
            definition="列入下一年度的工作安排，不论何时登记；取消的不计",
        ),
        OfYearTotal(
            name="next_provincial", label="下一年争创省级及以上命名", unit="家", steps=("plan",), ahead=1,
            field_name="value", having=PROVINCIAL_GOALS, definition="下一年度工作安排中，省级及以上命名的目标值之和；取消的不计",
        ),
        OfYearTotal(
            name="next_provincial_best", label="下一年力争省级及以上命名", unit="家", steps=("plan",), ahead=1,
            field_name="best", having=PROVINCIAL_GOALS | {"best__isnull": False},
            definition="下一年度工作安排中，省级及以上命名的力争值之和；没有写力争值的不计",
        ),
        Stock(
            name="overdue_items", label="逾期未完成的安排", unit="项", states=("planned", "underway"),
            having=is_past_its_day, definition="期末完成期限已过、还没有完成的工作安排",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "工作安排"
