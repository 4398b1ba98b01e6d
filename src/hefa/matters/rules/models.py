"""Rules: the internal ones that an office gives itself, with every version; normative documents are beside it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Period, Stock
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind

from . import guards
from .document import NormativeDocument

__all__ = ["InternalRule", "NormativeDocument"]

INTERNAL = instrument("internal")

OWNERS = ("case_officer", "personnel_officer", "planner")


class Area(models.TextChoices):
    ASSETS = "assets", "资金资产资源"
    EXPENSES = "expenses", "三公经费和财务"
    PROCUREMENT = "procurement", "采购和基建项目"
    DECISION = "decision", "议事决策"
    PERSONNEL = "personnel", "人事和考勤"
    OFFICE = "office", "公文、档案和信息"
    OTHER = "other", "其他"


class Conclusion(models.TextChoices):
    KEEP = "keep", "继续施行"
    REVISE = "revise", "应当修订"
    ABOLISH = "abolish", "应当废止"


def review_is_past(period: Period) -> dict[str, Any]:
    return {"review_on__lt": period.end}


class InternalRule(Kind):
    """机关内部管理制度."""

    area = models.CharField("制度类别", max_length=12, choices=Area, blank=True)
    owner = models.CharField("责任科室", max_length=60, blank=True)
    content = models.TextField("主要内容", blank=True)
    decided_in = models.CharField("审议通过的会议", max_length=80, blank=True)
    doc_no = models.CharField("文号", max_length=40, blank=True)
    version = models.PositiveSmallIntegerField("版次", default=1)
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    in_force_to = models.DateField("失效日期", null=True, blank=True)
    review_on = models.DateField("下次评估日期", null=True, blank=True)
    findings = models.TextField("评估情况", blank=True)
    conclusion = models.CharField("评估结论", max_length=8, choices=Conclusion, blank=True)

    series = "{office}制度〔{year}〕{n}号"
    lists = ("area", "owner", "in_force_from")
    primary = True

    flow = Flow(
        states={"in_force": "施行中", "abolished": "已废止"},
        ends=("abolished",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="adopt", label="制定", by=OWNERS, to="in_force",
                asks=("title", "area", "owner", "content", "decided_in", "in_force_from"),
                offers=("doc_no", "handler", "arises_from"), guards=(guards.title_is_new, guards.force_is_ahead),
                sets=guards.adopted, paper="rule", help="集体审议通过以后登记；来源事项可以选决策议题。",
            ),
            Step(
                name="revise", label="修订", by=OWNERS, at=("in_force",),
                asks=("content", "decided_in", "in_force_from", "reason"), offers=("doc_no", "owner"),
                guards=(guards.force_is_ahead,), sets=guards.revised, paper="rule",
                help="写修订以后的主要内容；以前各版留在账上。",
            ),
            Step(
                name="review", label="评估", by=OWNERS, at=("in_force",), asks=("findings", "conclusion"),
                sets=guards.adopted, help="到期评估是否继续施行；应当修订、废止的，接着办修订、废止。",
            ),
            Step(
                name="abolish", label="废止", by=OWNERS, at=("in_force",), to="abolished",
                asks=("in_force_to", "decided_in", "reason"), guards=(guards.is_to_be_kept_no_more,),
            ),
        ),
        deadlines=(
            Deadline(
                name="rule_review", label="制度评估", within=INTERNAL.term("rule_review"), starts=("adopt",),
                stops=("abolish",), restarts=("revise", "review"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="adopted", label="制定、修订并施行的内部管理制度", unit="项", steps=("adopt", "revise"),
            definition="本期内制定或者修订的机关内部管理制度，同一制度计一次",
        ),
        Count(
            name="new_rules", label="新制定的内部管理制度", unit="项", steps=("adopt",),
            definition="本期内新制定的机关内部管理制度",
        ),
        Count(
            name="revised_rules", label="修订的内部管理制度", unit="项", steps=("revise",),
            definition="本期内修订过的机关内部管理制度",
        ),
        Count(
            name="abolished_rules", label="废止的内部管理制度", unit="项", steps=("abolish",),
            definition="本期内废止的机关内部管理制度",
        ),
        Stock(
            name="in_force", label="施行中的内部管理制度", unit="项", states=("in_force",),
            definition="期末没有废止的机关内部管理制度",
        ),
        Stock(
            name="review_overdue", label="到期没有评估的内部管理制度", unit="项", states=("in_force",),
            having=review_is_past, definition="期末已过评估日期、还没有评估的机关内部管理制度",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "内部管理制度"
