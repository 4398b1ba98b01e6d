"""Frozen editions of a report: what was said, on which rows, at which head of the ledger."""

from django.db import models

from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind

DUTY = instrument("report_duty")


class Edition(Kind):
    """报告版本."""

    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    head = models.PositiveBigIntegerField("冻结时账目笔数", null=True, blank=True)
    head_seal = models.CharField("冻结时账头", max_length=64, blank=True)
    text_digest = models.CharField("正文摘要", max_length=64, blank=True)

    series = "{office}年报〔{year}〕{n}号"
    lists = ("year", "head")
    seen_by = ("justice_clerk", "planner")

    flow = Flow(
        states={"frozen": "已冻结", "signed": "已签发", "withdrawn": "已撤回"},
        ends=("signed", "withdrawn"),
        steps=(
            Step(
                name="freeze", label="冻结", by=("justice_head", "justice_clerk", "planner"), to="frozen",
                basis=DUTY[24], asks=("title", "year", "digest", "head", "head_seal", "text_digest"),
                help="固定这一版的文字、每个数字的口径和背后的行。冻结后不再改动，以后的出入逐行说明。",
            ),
            Step(
                name="sign", label="签发", by=("director", "party_secretary"), at=("frozen",), to="signed",
                basis=DUTY[25], other_than=("freeze",), help="由党政主要负责人签发，签发人不能是冻结的人。",
            ),
            Step(
                name="withdraw", label="撤回", by=("justice_head", "director"), at=("frozen",), to="withdrawn",
                asks=("reason",),
            ),
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "报告版本"
