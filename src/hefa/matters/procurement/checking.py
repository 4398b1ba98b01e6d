"""A round of self-checks (自查自纠) over the contracts of some years, and the check of each contract in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Period, Total
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind, Mark, Matter
from hefa.kernel.turn import Turn

from . import paperwork, rules

CHECKERS = ("accountant", "planner", "auditor", "discipline")
REVIEWERS = ("auditor", "discipline")
CHECKED = ("check", "clear")


def of_last_year(period: Period) -> dict[str, Any]:
    return {"contract_year": period.end.year - 1}


def of_the_year_before(period: Period) -> dict[str, Any]:
    return {"contract_year": period.end.year - 2}


class Round(Kind):
    """政府购买服务自查."""

    first_year = models.PositiveSmallIntegerField("起始年度", null=True, blank=True, validators=rules.YEAR)
    last_year = models.PositiveSmallIntegerField("截止年度", null=True, blank=True, validators=rules.YEAR)
    points = models.TextField("自查要点", blank=True)
    summary = models.TextField("自查情况", blank=True)
    reviewers = models.CharField("联合审查单位", max_length=120, blank=True)
    opinion = models.TextField("联合审查意见", blank=True)

    series = "{office}采购自查轮次〔{year}〕{n}号"
    lists = ("first_year", "last_year", "reviewers")

    flow = Flow(
        states={"checking": "自查中", "reported": "已汇总", "reviewed": "已联合审查", "closed": "已办结"},
        ends=("closed",),
        corrected_by=("auditor", "discipline", "justice_head"),
        steps=(
            Step(
                name="start", label="部署自查自纠", by=CHECKERS, to="checking",
                asks=("first_year", "last_year", "points"), offers=("handler",), guards=(rules.years_are_in_order,),
                sets=rules.round_title, help="按合同签订的年度，逐件自查。",
            ),
            Step(
                name="report", label="汇总自查情况", by=CHECKERS, at=("checking",), to="reported",
                asks=("summary",), guards=(rules.every_purchase_is_checked,), paper="report", advice=rules.how_far,
                help="这几个年度签订的合同全部自查以后汇总，一件也不能漏。",
            ),
            Step(
                name="review", label="联合审查", by=REVIEWERS, at=("reported",), to="reviewed",
                asks=("reviewers", "opinion"), other_than=("report",), paper="review",
                help="区纪委、财政、审计等部门联合审查；新发现的问题登记在那件采购的自查名下。",
            ),
            Step(
                name="close", label="办结", by=CHECKERS, at=("reviewed",), to="closed",
                guards=(rules.defects_of_round_are_settled,), paper="settlement",
                help="问题全部销号以后办结，出具整改销号表。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="rounds_reviewed", label="完成联合审查的自查", unit="轮", steps=("review",),
            definition="本期内经多部门联合审查的政府购买服务自查",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "政府购买服务自查"

    @classmethod
    def marks(cls, ids: Collection[int]) -> Mapping[int, Mark]:
        return rules.rounds_marks(ids)

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return paperwork.round_facts(turn)


class SelfCheck(Kind):
    """采购自查."""

    round = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="自查轮次")
    record = models.TextField("核查情况", blank=True)
    contract_year = models.PositiveSmallIntegerField("合同年度", null=True, blank=True, validators=rules.YEAR)
    amount = models.DecimalField("合同价（元）", max_digits=16, decimal_places=2, null=True, blank=True)

    series = "{office}采购自查〔{year}〕{n}号"
    lists = ("contract_year", "amount")
    amend_guards = (rules.source_stays,)

    flow = Flow(
        states={"checked": "有问题待整改", "closed": "已办结"},
        ends=("closed",),
        corrected_by=("auditor", "discipline", "justice_head"),
        steps=(
            Step(
                name="check", label="自查有问题", by=CHECKERS, to="checked", asks=("arises_from", "round", "record"),
                offers=("handler",), guards=(rules.is_of_a_contract, rules.is_in_the_round, rules.is_checked_once),
                sets=rules.taken_over, help="来源选被查的采购；问题逐条登记，来源选这一件。",
            ),
            Step(
                name="clear", label="自查无问题", by=CHECKERS, to="closed", asks=("arises_from", "round", "record"),
                offers=("handler",), guards=(rules.is_of_a_contract, rules.is_in_the_round, rules.is_checked_once),
                sets=rules.taken_over, help="写明核对了哪些资料。",
            ),
            Step(
                name="close", label="办结", by=CHECKERS, at=("checked",), to="closed",
                guards=(rules.defects_are_settled,), help="问题全部销号以后办结。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="checked", label="自查的采购", unit="件", steps=CHECKED,
            definition="本期内自查的政府购买服务合同，一件合同在一轮里计一次",
        ),
        Total(
            name="checked_amount", label="自查覆盖金额", unit="元", steps=CHECKED, field_name="amount",
            definition="本期内自查的政府购买服务合同金额之和，含补充合同",
        ),
        Count(
            name="checked_of_last_year", label="自查的上一年度采购", unit="件", steps=CHECKED, having=of_last_year,
            definition="本期内自查的合同中，上一年签订的",
        ),
        Count(
            name="checked_of_the_year_before", label="自查的前年度采购", unit="件", steps=CHECKED,
            having=of_the_year_before, definition="本期内自查的合同中，前年签订的",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "采购自查"

    @classmethod
    def marks(cls, ids: Collection[int]) -> Mapping[int, Mark]:
        return rules.marks(ids)
