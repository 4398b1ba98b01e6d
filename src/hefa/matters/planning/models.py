"""Planning: the targets that a scheme sets for a figure, and whether the record meets them."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Latest, Period, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind

from . import rules
from .shortfall import PLANNERS, Direction, PlanItem, Shortfall

__all__ = ["PlanItem", "Shortfall", "Target"]


def certified_share_of(period: Period) -> dict[str, Any]:
    return {"watches": "enforcement.certified_share", "year": period.end.year}


class Target(Kind):
    """目标."""

    watches = models.CharField("所盯指标", max_length=80, choices=rules.figure_choices, blank=True)
    scheme = models.CharField("考核方案", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True, validators=rules.YEAR)
    direction = models.CharField("方向", max_length=10, choices=Direction, default=Direction.AT_LEAST)
    value = models.DecimalField("目标值", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("单位", max_length=10, blank=True)
    reached = models.DecimalField("实际值", max_digits=14, decimal_places=2, null=True, blank=True)

    series = "{office}目标〔{year}〕{n}号"
    lists = ("watches", "value", "reached")
    primary = True

    flow = Flow(
        states={"standing": "执行中", "met": "已达成", "missed": "未达成", "withdrawn": "已取消"},
        ends=("met", "missed", "withdrawn"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="set", label="设定目标", by=PLANNERS, to="standing", asks=("watches", "scheme", "year", "value"),
                offers=("direction", "arises_from", "handler"), sets=rules.described,
                help="盯哪个指标、依据哪个考核方案；单位随指标，实际值由系统计算。",
            ),
            Step(
                name="revise", label="调整目标值", by=PLANNERS, at=("standing",), asks=("value", "reason"),
                guards=(rules.is_another_value,), sets=rules.described, help="写明依据什么文件调整。",
            ),
            Step(
                name="meet", label="确认达成", by=PLANNERS, at=("standing",), to="met",
                guards=(rules.is_met,), sets=rules.measured, help="实际值由系统按指标计算，不能手填。",
            ),
            Step(
                name="miss", label="确认未达成", by=PLANNERS, at=("standing",), to="missed", asks=("reason",),
                guards=(rules.year_is_over, rules.is_missed), sets=rules.measured,
                help="年度结束以后确认；写明原因和下一年的措施。",
            ),
            Step(
                name="withdraw", label="取消目标", by=PLANNERS, at=("standing",), to="withdrawn", asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Latest(
            name="certified_share_target", label="持证率目标", unit="%", field_name="value", is_percent=True,
            states=("standing", "met", "missed"), having=certified_share_of,
            definition="本年度考核方案对持证率设定的目标值，以最近一次设定或者调整为准",
        ),
        Stock(
            name="targets", label="执行中的目标", unit="项", states=("standing",),
            definition="期末执行中的目标",
        ),
        Count(name="met", label="达成的目标", unit="项", steps=("meet",), definition="本期内确认达成的目标"),
        Count(name="missed", label="未达成的目标", unit="项", steps=("miss",), definition="本期内确认未达成的目标"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "目标"
