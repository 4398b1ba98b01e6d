"""The guide that tells residents how one item is handled."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.turn import Turn

from . import rules

WRITERS = ("planner", "justice_clerk", "case_officer")
CONTENT = ("conditions", "materials", "promised_days", "fee", "window")
MORE = ("legal_days", "hours", "phone")


class ServiceGuide(Kind):
    """办事指南."""

    item = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清单事项")
    conditions = models.TextField("受理条件", blank=True)
    materials = models.TextField("申请材料", blank=True)
    legal_days = models.PositiveSmallIntegerField("法定时限（工作日）", null=True, blank=True)
    promised_days = models.PositiveSmallIntegerField(
        "承诺时限（工作日）", null=True, blank=True, help_text="当场办结的填 0"
    )
    fee = models.CharField("收费标准", max_length=80, blank=True)
    window = models.CharField("办理窗口", max_length=60, blank=True)
    hours = models.CharField("办理时间", max_length=80, blank=True)
    phone = models.CharField("咨询电话", max_length=40, blank=True)

    series = "{office}指南〔{year}〕{n}号"
    lists = ("window", "promised_days", "fee")

    flow = Flow(
        states={"drafted": "待公布", "published": "公布中", "withdrawn": "已撤下"},
        ends=("withdrawn",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="draft", label="编写指南", by=WRITERS, to="drafted", asks=("item", *CONTENT), offers=(*MORE, "handler"),
                guards=(rules.item_is_direct, rules.item_has_no_guide, rules.promise_keeps_the_term), sets=rules.guided,
                help="依据、流程随清单事项，不用重写。",
            ),
            Step(
                name="publish", label="公布", by=("planner", "justice_head"), at=("drafted",), to="published",
                other_than=("draft",), paper="guide",
            ),
            Step(
                name="revise", label="修改", by=WRITERS, at=("drafted", "published"), to="drafted", asks=("reason",),
                offers=(*CONTENT, *MORE), guards=(rules.promise_keeps_the_term,), help="修改以后重新公布。",
            ),
            Step(
                name="withdraw", label="撤下", by=WRITERS, at=("drafted", "published"), to="withdrawn",
                asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="guides", label="公布中的办事指南", unit="份", states=("published",),
            definition="期末公布中的办事指南",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "办事指南"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.guide_facts(turn)
