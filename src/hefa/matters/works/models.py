"""Capital works (基建项目): a budget, a contract, variations, a settlement that is audited before the last payment."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.coverage import Without
from hefa.kernel.figure import Count, OnTime, Stock, Times, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.turn import Turn

from . import rules

BIDDING = instrument("bidding")
PAYMENT = instrument("sme_payment")

LEADERS = ("party_secretary", "director", "deputy")
BUILDERS = ("case_officer",)
CLEARED = ("legal", "after_change")  # what a legality review may conclude for a contract to be signed
RUNNING = ("building", "varying", "completed", "settled", "audited")


class Project(Kind):
    """基建项目."""

    budget = models.DecimalField(
        "投资（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    funding = models.CharField("资金来源", max_length=80, blank=True)
    basis = models.CharField("批准依据", max_length=120, blank=True, help_text="会议纪要或者批复的文号")
    contractor = models.CharField("施工单位", max_length=80, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[rules.credit_code])
    award = models.DecimalField(
        "中标价（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    contract_no = models.CharField("合同编号", max_length=60, blank=True)
    contract_sum = models.DecimalField(
        "合同价（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    follows_audit = models.BooleanField(
        "合同约定以审计结果为结算依据", default=False, help_text="只在双方自愿约定时选“是”；不得强制要求"
    )
    change = models.DecimalField(
        "本次变更（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    pending = models.DecimalField("待批变更（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    variations = models.DecimalField("累计变更（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    accepted_by = models.CharField("验收单位和人员", max_length=120, blank=True)
    acceptance = models.TextField("竣工验收结论", blank=True)
    settlement = models.DecimalField(
        "结算金额（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    auditor = models.CharField("结算审核单位", max_length=80, blank=True)
    audited = models.DecimalField(
        "审核金额（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    payable = models.DecimalField("应付金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField("已付（元）", max_digits=16, decimal_places=2, null=True, blank=True)

    notes = {
        "is_less": models.BooleanField("减少工程量", help_text="工程量减少、价款也减少的选“是”"),
        "amount": models.DecimalField("支付金额（元）", max_digits=16, decimal_places=2, validators=rules.AMOUNT),
    }
    series = "{office}基建〔{year}〕{n}号"
    lists = ("contractor", "budget", "paid")
    primary = True
    amend_guards = (rules.award_is_within_budget, rules.contract_is_as_awarded)

    flow = Flow(
        states={
            "proposed": "待批准立项",
            "approved": "已立项",
            "awarded": "已定施工单位",
            "building": "施工中",
            "varying": "变更待审批",
            "completed": "已竣工验收",
            "settled": "已确认结算",
            "audited": "已审核结算",
            "closed": "已付清",
            "refused": "不同意立项",
            "ended": "已终止",
        },
        ends=("closed", "refused", "ended"),
        corrected_by=("accountant", "justice_head"),
        steps=(
            Step(
                name="propose", label="申报立项", by=BUILDERS, to="proposed", asks=("title", "budget", "funding"),
                offers=("arises_from", "handler"), help="经过集体决策的，来源选那一件议题。",
            ),
            Step(
                name="approve", label="批准立项", by=LEADERS, at=("proposed",), to="approved", asks=("basis",),
                other_than=("propose",),
            ),
            Step(
                name="refuse", label="不同意立项", by=LEADERS, at=("proposed",), to="refused", asks=("reason",),
                other_than=("propose",),
            ),
            Step(
                name="raise_budget", label="调整投资", by=LEADERS, at=("approved", "awarded", "building", "varying"),
                asks=("budget", "basis", "reason"), other_than=("propose",),
                guards=(rules.is_another_budget, rules.budget_covers_contract), help="金额写调整后的总数。",
            ),
            Step(
                name="tender", label="发出中标、成交通知书", by=BUILDERS, at=("approved",), to="awarded",
                basis=BIDDING[46, 1], asks=("contractor", "uscc", "award"), guards=(rules.award_is_within_budget,),
                help="自通知书发出之日起算签订合同的期限。",
            ),
            Step(
                name="sign", label="签订施工合同", by=BUILDERS, at=("awarded",), to="building",
                basis=BIDDING[46, 1], asks=("contract_no", "contract_sum"), offers=("follows_audit",),
                guards=(rules.contract_is_as_awarded,),
            ),
            Step(
                name="vary", label="签证变更", by=BUILDERS, at=("building",), asks=("change", "reason"),
                offers=("is_less",), guards=(rules.something_is_left, rules.variation_is_small, rules.variation_is_within_budget),
                sets=rules.varied, help="累计不超过合同价百分之十的变更。",
            ),
            Step(
                name="ask_variation", label="重大变更报批", by=BUILDERS, at=("building",), to="varying",
                asks=("change", "reason"), offers=("is_less",), guards=(rules.something_is_left, rules.variation_is_large),
                sets=rules.variation_asked, help="累计超过合同价百分之十的，重新报批。",
            ),
            Step(
                name="approve_variation", label="同意变更", by=LEADERS, at=("varying",), to="building",
                asks=("basis",), other_than=("ask_variation",), guards=(rules.variation_is_within_budget,),
                sets=rules.varied,
            ),
            Step(
                name="refuse_variation", label="不同意变更", by=LEADERS, at=("varying",), to="building",
                asks=("reason",), other_than=("ask_variation",), sets={"pending": None},
            ),
            Step(
                name="pay_progress", label="支付进度款", by=("accountant",), at=("building", "completed", "settled"),
                asks=("amount",), other_than=("sign",), guards=(rules.progress_is_covered,), sets=rules.paid,
            ),
            Step(
                name="complete", label="竣工验收", by=BUILDERS, at=("building",), to="completed",
                asks=("accepted_by", "acceptance"),
            ),
            Step(
                name="settle", label="双方确认结算", by=BUILDERS, at=("completed",), to="settled",
                asks=("settlement",), guards=(rules.settlement_is_covered,),
                help="施工单位是中小企业的，自双方确认结算金额之日起算付款期限；审核不停止这个期限。",
            ),
            Step(
                name="audit", label="结算审核", by=("auditor", "accountant"), at=("settled",), to="audited",
                asks=("auditor", "audited"), other_than=("settle",), guards=(rules.audit_does_not_raise,),
                sets=rules.payable, paper="audit",
                help="付尾款以前审核。合同没有约定以审计结果为结算依据的，仍按双方确认的金额支付。",
            ),
            Step(
                name="pay", label="支付尾款", by=("accountant",), at=("audited",), to="closed", asks=("amount",),
                other_than=("settle", "audit"), guards=(rules.last_payment_is_owed,), sets=rules.paid,
                advice=rules.what_is_owed,
            ),
            Step(
                name="end", label="终止项目", by=LEADERS, at=("approved", "awarded", "building"), to="ended",
                asks=("reason",),
            ),
        ),
        deadlines=(
            Deadline(
                name="contract", label="签订施工合同", within=BIDDING.term("contract"), starts=("tender",),
                stops=("sign", "end"),
            ),
            Deadline(
                name="payment", label="支付工程尾款", within=PAYMENT.term("pay"), starts=("settle",),
                stops=("pay",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="approved", label="批准立项的基建项目", unit="个", steps=("approve",),
            definition="本期内批准立项的基建项目",
        ),
        Total(
            name="contracts", label="基建项目合同价", unit="元", steps=("sign",), field_name="contract_sum",
            definition="本期内签订的施工合同价之和，不含变更",
        ),
        Without(
            name="contracts_unreviewed", label="应审未审的施工合同", unit="件", steps=("sign",),
            lacks="review.review", by="conclude", when={"category": "contract", "conclusion__in": CLEARED},
            definition="本期内签订的施工合同中，签订之前没有以它为来源事项、结论为合法或者修改后合法的合同审查的",
        ),
        Times(
            name="large_variations", label="重新报批的工程变更", unit="次", steps=("approve_variation",),
            definition="本期内重新报批以后同意的工程变更",
        ),
        Count(
            name="audited", label="审核结算的基建项目", unit="个", steps=("audit",),
            definition="本期内付清尾款以前审核了结算的基建项目",
        ),
        OnTime(
            name="paid_on_time", label="工程尾款按期支付率", deadline="payment",
            definition="本期付清的基建项目中，自双方确认结算金额之日起在法定期限内付清的比例；条例施行以前确认的不计",
        ),
        Stock(
            name="running", label="在建和没有付清的基建项目", unit="个", states=RUNNING,
            definition="期末已经签订施工合同、还没有付清的基建项目",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "基建项目"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.project_facts(turn)
