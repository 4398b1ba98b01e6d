"""Spending (三公经费): a yearly budget for each category, and every expense asked for before it comes about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Period, Share, Stock, Times, Total
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind, Mark
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules
from .figures import ApprovedFirst, Caps, NearCap

LEADERS = ("party_secretary", "director", "deputy")
PRINCIPALS = ("party_secretary", "director")
ACCOUNTANTS = ("accountant",)
UNITS = ("case_officer", "personnel_officer")


class Category(models.TextChoices):
    ABROAD = "abroad", "出国（境）费"
    CAR_PURCHASE = "car_purchase", "公车购置费"
    CAR_RUNNING = "car_running", "公车运行费"
    RECEPTION = "reception", "公务接待费"


CARS = {"category__in": (Category.CAR_PURCHASE, Category.CAR_RUNNING)}


def of_this_year(period: Period) -> dict[str, Any]:
    return {"year": period.end.year}


class Budget(Kind):
    """三公经费预算."""

    category = models.CharField("费用类别", max_length=12, choices=Category, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True, validators=rules.YEAR)
    cap = models.DecimalField(
        "预算数（元）", max_digits=14, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    basis = models.CharField("依据文号", max_length=120, blank=True)
    spent = models.DecimalField("决算数（元）", max_digits=14, decimal_places=2, null=True, blank=True)

    series = "{office}三公预算〔{year}〕{n}号"
    lists = ("category", "year", "cap")
    amend_guards = (rules.budget_keeps_its_place, rules.covers_what_is_promised)

    flow = Flow(
        states={"standing": "执行中", "closed": "已决算"},
        ends=("closed",),
        corrected_by=PRINCIPALS,
        steps=(
            Step(
                name="set", label="编列预算", by=ACCOUNTANTS, to="standing",
                asks=("category", "year", "cap", "basis"), offers=("handler",), guards=(rules.is_the_only_budget,),
                sets=rules.budgeted, help="一年一类一项；依据写预算批复的文号。",
            ),
            Step(
                name="adjust", label="调整预算", by=PRINCIPALS, at=("standing",), asks=("cap", "basis", "reason"),
                guards=(rules.is_another_cap, rules.covers_what_is_promised), advice=rules.taken_of_budget,
                help="金额写调整后的总数；写明依据和理由。入账的人不能自己调整。",
            ),
            Step(
                name="close", label="年度决算", by=ACCOUNTANTS, at=("standing",), to="closed",
                guards=(rules.year_is_over, rules.nothing_is_open), sets=rules.settled, paper="settlement",
                help="年度结束、支出全部办完以后决算；决算金额由系统计算。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Caps(
            name="cap", label="“三公”经费预算", unit="元", states=("standing", "closed"), having=of_this_year,
            definition="本年度各类“三公”经费预算金额之和，以最近一次编列或者调整为准",
        ),
        Share(
            name="share_of_cap", label="“三公”经费预算执行率", of="spending.spent", among="spending.cap",
            definition="本期入账的“三公”经费支出 ÷ 本年度“三公”经费预算",
        ),
        NearCap(
            name="near_cap", label="临近上限的预算", unit="项", states=("standing", "closed"), having=of_this_year,
            definition="本年度预算中，到期末入账支出达到预算九成以上的类别",
        ),
        Times(
            name="adjustments", label="“三公”经费预算调整", unit="次", steps=("adjust",),
            definition="本期内调整“三公”经费预算的次数",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "三公经费预算"

    @classmethod
    def marks(cls, ids: Collection[int]) -> Mapping[int, Mark]:
        standing = cls._default_manager.filter(pk__in=ids, matter__state="standing")
        return rules.marks(standing.values_list("pk", "cap"))

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.budget_facts(turn)


class Expense(Kind):
    """三公经费支出."""

    category = models.CharField("费用类别", max_length=12, choices=Category, blank=True)
    document_no = models.CharField(
        "公函、批件文号",
        max_length=80,
        blank=True,
        help_text="公务接待填来访公函，因公出国（境）填任务批件，购车填购置批复",
    )
    happens_on = models.DateField("拟发生日期", null=True, blank=True)
    planned = models.DecimalField(
        "申请数（元）", max_digits=14, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    visitors = models.CharField("来访单位", max_length=80, blank=True, help_text="公务接待填写")
    guests = models.PositiveSmallIntegerField("接待对象人数", null=True, blank=True, help_text="公务接待填写")
    hosts = models.PositiveSmallIntegerField("陪餐人数", null=True, blank=True, help_text="公务接待填写；没有的填 0")
    approved = models.DecimalField(
        "批准数（元）", max_digits=14, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    more = models.DecimalField(
        "追加数（元）", max_digits=14, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    extra = models.DecimalField("追加合计（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    happened_on = models.DateField("实际发生日期", null=True, blank=True)
    actual = models.DecimalField(
        "报销数（元）", max_digits=14, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    invoices = models.PositiveSmallIntegerField("票据张数", null=True, blank=True, validators=rules.AT_LEAST_ONE)
    place = models.CharField("场所", max_length=80, blank=True)
    guest_list = PersonalField("接待对象名单", help_text="公务接待填写：单位、姓名、职务，一行一人")
    voucher_no = models.CharField("记账凭证号", max_length=40, blank=True)

    series = "{office}三公支出〔{year}〕{n}号"
    lists = ("category", "approved", "actual")
    past = ("happened_on",)
    primary = True
    amend_guards = (
        rules.budget_stays, rules.reception_is_told, rules.hosts_are_few, rules.has_its_document,
        rules.happened_after_approval, rules.is_within_approval, rules.amended_is_within_cap,
    )  # fmt: skip

    flow = Flow(
        states={
            "applied": "待审批",
            "approved": "已批准",
            "exceeding": "待审批追加",
            "claimed": "待入账",
            "booked": "已入账",
            "refused": "不同意",
            "cancelled": "已取消",
        },
        ends=("booked", "refused", "cancelled"),
        corrected_by=PRINCIPALS,
        steps=(
            Step(
                name="apply", label="事前申请", by=UNITS, to="applied",
                asks=("title", "category", "happens_on", "planned"),
                offers=("document_no", "visitors", "guests", "hosts", "handler"),
                guards=(rules.is_told_before, rules.has_its_document, rules.reception_is_told, rules.hosts_are_few,
                        rules.has_a_budget),
                sets=rules.charged, help="先申请、后发生。事由写清楚做什么；没有公函的一律不予接待。",
            ),
            Step(
                name="approve", label="审批同意", by=LEADERS, at=("applied",), to="approved", asks=("approved",),
                other_than=("apply",), guards=(rules.is_not_past, rules.is_within_plan, rules.is_within_cap),
                paper="approval", advice=rules.left_of_budget, help="批准以后就占用预算；申请人不能审批自己的申请。",
            ),
            Step(
                name="refuse", label="不同意", by=LEADERS, at=("applied",), to="refused", asks=("reason",),
                other_than=("apply",),
            ),
            Step(
                name="ask_more", label="申请追加", by=UNITS, at=("approved",), to="exceeding",
                asks=("more", "reason"), help="实际金额会超过批准金额的，报销以前申请追加；只填超出的部分。",
            ),
            Step(
                name="approve_more", label="同意追加", by=LEADERS, at=("exceeding",), to="approved",
                other_than=("apply", "ask_more"), guards=(rules.more_is_within_cap,), sets=rules.with_more,
                paper="approval", advice=rules.left_of_budget,
            ),
            Step(
                name="refuse_more", label="不同意追加", by=LEADERS, at=("exceeding",), to="approved",
                asks=("reason",), other_than=("apply", "ask_more"), help="超出的部分不予报销。",
            ),
            Step(
                name="claim", label="报销", by=UNITS, at=("approved",), to="claimed",
                asks=("happened_on", "actual", "invoices"), offers=("place", "guest_list", "guests", "hosts"),
                guards=(rules.happened_after_approval, rules.happened_in_budget_year, rules.is_within_approval,
                        rules.claim_is_within_cap,
                        rules.reception_is_listed, rules.reception_is_told, rules.hosts_are_few),
                paper="claim", help="公务接待还要填接待清单；实际人数有变化的改过来。",
            ),
            Step(
                name="book", label="入账", by=ACCOUNTANTS, at=("claimed",), to="booked", asks=("voucher_no",),
                other_than=("apply", "claim"), help="核对审批单、票据和清单以后入账；申请人、报销人不能自己入账。",
            ),
            Step(
                name="hand_back", label="退回报销", by=ACCOUNTANTS, at=("claimed",), to="approved",
                asks=("reason",), other_than=("apply", "claim"), help="写明缺什么、错在哪里。",
            ),
            Step(
                name="cancel", label="取消", by=(*UNITS, *LEADERS), at=("applied", "approved", "exceeding"),
                to="cancelled", asks=("reason",), help="没有发生、也没有报销的支出；占用的预算随之释放。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Total(
            name="spent", label="“三公”经费支出", unit="元", steps=("book",), field_name="actual",
            definition="本期内入账的因公出国（境）、公务用车购置及运行维护、公务接待支出之和",
        ),
        Total(
            name="spent_abroad", label="因公出国（境）支出", unit="元", steps=("book",), field_name="actual",
            having={"category": Category.ABROAD}, definition="本期内入账的因公出国（境）支出之和",
        ),
        Total(
            name="spent_on_cars", label="公务用车购置及运行维护支出", unit="元", steps=("book",),
            field_name="actual", having=CARS, definition="本期内入账的公务用车购置和运行维护支出之和",
        ),
        Total(
            name="spent_on_receptions", label="公务接待支出", unit="元", steps=("book",), field_name="actual",
            having={"category": Category.RECEPTION}, definition="本期内入账的公务接待支出之和",
        ),
        Count(
            name="receptions", label="公务接待批次", unit="批次", steps=("book",),
            having={"category": Category.RECEPTION}, definition="本期内入账的公务接待，一次接待计一批次",
        ),
        Total(
            name="guests", label="公务接待人次", unit="人次", steps=("book",), field_name="guests",
            having={"category": Category.RECEPTION}, definition="本期内入账的公务接待的接待对象人数之和，不含陪餐人员",
        ),
        Count(
            name="booked", label="入账的“三公”经费支出", unit="笔", steps=("book",),
            definition="本期内入账的“三公”经费支出",
        ),
        ApprovedFirst(
            name="approved_first", label="事前审批的“三公”经费支出", unit="笔", steps=("book",),
            definition="本期内入账的“三公”经费支出中，审批日期不晚于实际发生日期的",
        ),
        Share(
            name="approval_coverage", label="“三公”经费事前审批率", of="spending.approved_first",
            among="spending.booked", definition="事前审批的“三公”经费支出 ÷ 入账的“三公”经费支出",
        ),
        Times(
            name="handed_back", label="退回的报销", unit="次", steps=("hand_back",),
            definition="本期内财务人员退回报销的次数",
        ),
        Stock(
            name="open_expenses", label="没有办完的“三公”经费支出", unit="笔",
            states=("applied", "approved", "exceeding", "claimed"),
            definition="期末还没有入账、也没有取消的“三公”经费支出",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "三公经费支出"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.expense_facts(turn)
