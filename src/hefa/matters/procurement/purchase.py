"""A purchase of services: award, contract, filing, notice, challenges of suppliers, acceptance."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.coverage import Without
from hefa.kernel.figure import Count, OnTime, Stock, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.turn import Turn

from . import paperwork, rules

LAW = instrument("procurement")
RULES = instrument("procurement_rules")

BUYERS = ("case_officer",)
SIGNED = ("contracted", "accepted")
CLEARED = ("legal", "after_change")  # what a legality review may conclude for a contract to be signed


class Method(models.TextChoices):
    OPEN_TENDER = "open_tender", "公开招标"
    INVITED_TENDER = "invited_tender", "邀请招标"
    NEGOTIATION = "negotiation", "竞争性谈判"
    CONSULTATION = "consultation", "竞争性磋商"
    SINGLE_SOURCE = "single_source", "单一来源"
    INQUIRY = "inquiry", "询价"
    FRAMEWORK = "framework", "框架协议"
    OWN = "own", "自行采购"


class Purchase(Kind):
    """政府购买服务."""

    method = models.CharField("采购方式", max_length=16, choices=Method, blank=True)
    unit = models.CharField("采购科室", max_length=60, blank=True)
    ceiling = models.DecimalField(
        "采购预算（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    supplier = models.CharField("供应商", max_length=80, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[rules.credit_code])
    amount = models.DecimalField(
        "成交金额（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    contract_no = models.CharField("合同编号", max_length=60, blank=True)
    contract_amount = models.DecimalField(
        "合同价（元）", max_digits=16, decimal_places=2, null=True, blank=True, validators=rules.AMOUNT
    )
    contract_year = models.PositiveSmallIntegerField("合同年度", null=True, blank=True, validators=rules.YEAR)
    supplements = models.DecimalField("补充合同金额合计（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    service_until = models.DateField("服务截止日期", null=True, blank=True)
    published_in = models.CharField("公告媒体", max_length=80, blank=True)
    accepted_by = models.CharField("验收人员", max_length=120, blank=True)
    acceptance = models.TextField("验收结论", blank=True)

    notes = {
        "extra": models.DecimalField("本次补充金额（元）", max_digits=16, decimal_places=2, validators=rules.AMOUNT),
        "questioner": models.CharField("质疑供应商", max_length=80),
        "question": models.TextField("质疑事项"),
        "answer": models.TextField("答复内容"),
    }
    series = "{office}采购〔{year}〕{n}号"
    lists = ("method", "supplier", "contract_amount")
    primary = True
    amend_guards = (rules.is_within_ceiling, rules.contract_is_as_awarded)

    flow = Flow(
        states={
            "planned": "采购中",
            "awarded": "已定供应商",
            "chosen": "已定供应商（自行采购）",
            "contracted": "履约中",
            "accepted": "已验收",
            "closed": "已办结",
            "ended": "已终止",
        },
        ends=("closed", "ended"),
        corrected_by=("accountant", "justice_head"),
        steps=(
            Step(
                name="plan", label="采购立项", by=BUYERS, to="planned", asks=("title", "method", "ceiling", "unit"),
                offers=("arises_from", "handler"), help="同一项目不能拆开采购；限额标准以下的选“自行采购”。",
            ),
            Step(
                name="award", label="发出中标、成交通知书", by=BUYERS, at=("planned",), to="awarded",
                basis=LAW[46, 1], asks=("supplier", "uscc", "amount"),
                guards=(rules.is_under_the_law, rules.is_within_ceiling),
                help="自通知书发出之日起算签订合同的期限。",
            ),
            Step(
                name="choose", label="确定供应商", by=BUYERS, at=("planned",), to="chosen",
                asks=("supplier", "uscc", "amount"), guards=(rules.is_below_the_limit, rules.is_within_ceiling),
                help="限额标准以下的自行采购。",
            ),
            Step(
                name="question", label="收到供应商质疑", by=BUYERS, at=("planned", "awarded", *SIGNED),
                basis=LAW[53], asks=("questioner", "question"), guards=(rules.is_answered,),
            ),
            Step(
                name="answer", label="答复质疑", by=BUYERS, at=("planned", "awarded", *SIGNED),
                basis=LAW[53], asks=("answer",), guards=(rules.is_questioned,), paper="answer",
                help="书面通知质疑供应商和其他有关供应商；不得涉及商业秘密。",
            ),
            Step(
                name="sign", label="签订政府采购合同", by=BUYERS, at=("awarded",), to="contracted",
                basis=LAW[46, 1], asks=("contract_no", "contract_amount"), offers=("service_until",),
                guards=(rules.contract_is_as_awarded,), sets=rules.signed,
                help="签订之日起算备案和公告的期限。",
            ),
            Step(
                name="agree", label="签订自行采购合同", by=BUYERS, at=("chosen",), to="contracted",
                asks=("contract_no", "contract_amount"), offers=("service_until",),
                guards=(rules.contract_is_as_awarded,), sets=rules.signed,
            ),
            Step(
                name="file", label="合同副本备案", by=BUYERS, at=SIGNED, basis=LAW[47],
                guards=(rules.was_under_the_law, rules.is_done_once),
            ),
            Step(
                name="publish", label="公告合同", by=BUYERS, at=SIGNED, basis=RULES[50], asks=("published_in",),
                guards=(rules.was_under_the_law, rules.is_done_once),
                help="在省级以上财政部门指定的媒体公告；涉及国家秘密、商业秘密的内容除外。",
            ),
            Step(
                name="supplement", label="签订补充合同", by=BUYERS, at=("contracted",), basis=LAW[49],
                asks=("extra", "reason"), guards=(rules.supplements_are_small,), sets=rules.supplemented,
                help="只用于追加与原合同相同的服务，不改变合同其他条款。",
            ),
            Step(
                name="accept", label="履约验收", by=BUYERS, at=("contracted",), to="accepted", basis=LAW[41],
                asks=("accepted_by", "acceptance"), paper="acceptance",
                help="逐项写明履约情况；向公众提供的公共服务，邀请服务对象参与并公告验收结果。",
            ),
            Step(
                name="close", label="办结", by=BUYERS, at=("accepted",), to="closed",
                guards=(rules.is_on_file, rules.is_answered),
            ),
            Step(
                name="end", label="终止采购", by=BUYERS, at=("planned", "awarded", "chosen", "contracted"),
                to="ended", asks=("reason",), help="写明终止的依据；已经签订合同的，不得擅自终止。",
            ),
        ),
        deadlines=(
            Deadline(
                name="contract", label="签订政府采购合同", within=LAW.term("contract"), starts=("award",),
                stops=("sign", "end"),
            ),
            Deadline(
                name="filing", label="合同副本备案", within=LAW.term("filing"), starts=("sign",),
                stops=("file", "end"),
            ),
            Deadline(
                name="notice", label="合同公告", within=RULES.term("publish"), starts=("sign",),
                stops=("publish", "end"),
            ),
            Deadline(
                name="answer", label="答复供应商质疑", within=LAW.term("answer"), starts=("question",),
                stops=("answer",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="contracts", label="政府购买服务合同", unit="件", steps=("sign", "agree"),
            definition="本期内签订的政府购买服务合同，含限额标准以下的自行采购",
        ),
        Total(
            name="contract_amount", label="政府购买服务合同金额", unit="元", steps=("sign", "agree"),
            field_name="contract_amount", definition="本期内签订的政府购买服务合同金额之和，不含补充合同",
        ),
        Without(
            name="contracts_unreviewed", label="应审未审的采购合同", unit="件", steps=("sign", "agree"),
            lacks="review.review", by="conclude", when={"category": "contract", "conclusion__in": CLEARED},
            definition="本期内签订的政府购买服务合同中，签订之前没有以它为来源事项、结论为合法或者修改后合法的合同审查的",
        ),
        OnTime(
            name="signed_on_time", label="采购合同按期签订率", deadline="contract",
            definition="本期签订的政府采购合同中，自中标、成交通知书发出之日起在法定期限内签订的比例；自行采购不计",
        ),
        OnTime(
            name="filed_on_time", label="采购合同按期备案率", deadline="filing",
            definition="本期备案的政府采购合同中，自签订之日起在法定期限内备案的比例；没有备案的不计",
        ),
        OnTime(
            name="published_on_time", label="采购合同按期公告率", deadline="notice",
            definition="本期公告的政府采购合同中，自签订之日起在法定期限内公告的比例；没有公告的不计",
        ),
        OnTime(
            name="answered_on_time", label="供应商质疑按期答复率", deadline="answer",
            definition="本期答复的供应商质疑中，在法定期限内答复的比例",
        ),
        Stock(
            name="open_purchases", label="没有办结的采购", unit="件",
            states=("planned", "awarded", "chosen", "contracted", "accepted"),
            definition="期末还没有办结、也没有终止的采购",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "政府购买服务"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return paperwork.purchase_facts(turn)
