"""Frozen editions of a report, and the tables that people describe themselves for an upper level."""

from django.db import models

from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind

from .tables.defining import is_countable, title_is_new

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


# Who describes tables: the heads of the lines of work, and those who write the yearly report.
TABLE_MAKERS = ("planner", "justice_clerk", "justice_head", "foi_head", "petition_head", "enforcement_head")


class Table(Kind):
    """报表定义."""

    recipient = models.CharField("报送单位", max_length=80, blank=True)
    definition = models.TextField("行、列和口径", blank=True)

    series = "{office}报表〔{year}〕{n}号"
    lists = ("recipient",)
    seen_by = ("reviewer", "mediator", "foi_officer", "petition_officer", "personnel_officer")
    amend_guards = (is_countable,)

    flow = Flow(
        states={"in_use": "使用中", "retired": "已停用"},
        ends=("retired",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="define", label="编制报表", by=TABLE_MAKERS, to="in_use", asks=("title", "definition"),
                offers=("recipient",), guards=(is_countable, title_is_new),
                help="在“报表”页面上选指标、行、列和条件，由系统写成定义；不要手写。",
            ),
            Step(
                name="revise", label="修改报表", by=TABLE_MAKERS, at=("in_use",), asks=("definition", "reason"),
                offers=("title", "recipient"), guards=(is_countable, title_is_new),
                help="写明依据上级哪个通知修改。以前填出的表不受影响，原来的定义留在账上。",
            ),
            Step(
                name="retire", label="停用报表", by=TABLE_MAKERS, at=("in_use",), to="retired", asks=("reason",),
                help="上级不再要求报送的，停用。",
            ),
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "报表定义"
