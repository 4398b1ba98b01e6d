"""Administrative penalties: from a clue to the archive, on the spot or by the ordinary procedure.

The life is declared in to_decision.py and after_decision.py; this file has the columns.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.flow import Flow
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import after_decision, codes, corrections, letters, to_decision
from .figures import FIGURES
from .rules import SOME_MONEY

STATES = {
    "reported": "待立案",
    "investigating": "调查中",
    "concluded": "已调查终结",
    "notified": "已告知",
    "hearing": "听证中",
    "decided": "已决定待送达",
    "spared": "不予处罚待送达",
    "served": "已送达待缴款",
    "delivered": "已送达",
    "demanded": "已催告",
    "applied": "已申请法院强制执行",
    "performed": "已履行",
    "overturned": "决定已被改变",
    "terminated": "终结执行",
    "declined": "不予立案",
    "dismissed": "已撤销立案",
    "transferred": "已移送",
    "closed": "已结案",
    "filed": "已归档",
}


def _money(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True, validators=SOME_MONEY)


def _choice(label: str, choices: Any) -> models.CharField[Any, Any]:
    return models.CharField(label, max_length=20, choices=choices, blank=True)


class Case(Kind):
    """行政处罚案件."""

    procedure = models.CharField("程序", max_length=10, choices=codes.Procedure, default=codes.Procedure.ORDINARY)
    source = _choice("案件来源", codes.Source)
    item = models.CharField("执法事项", max_length=80, blank=True)
    item_no = models.CharField("事项清单编码", max_length=40, blank=True)
    organ = _choice("作出决定的机关", codes.Organ)
    party_type = _choice("当事人类别", codes.PartyType)
    happened_on = models.DateField("违法行为日期", null=True, blank=True)
    grave_harm = models.BooleanField("涉及生命健康、金融安全且有危害后果", default=False)
    place = PersonalField("违法地点", masks="address")
    facts = PersonalField("违法事实")
    evidence = models.TextField("证据", blank=True)
    lead_officer = models.CharField("主办执法人员", max_length=40, blank=True)
    lead_card = models.CharField("主办执法证号", max_length=40, blank=True)
    second_officer = models.CharField("协办执法人员", max_length=40, blank=True)
    second_card = models.CharField("协办执法证号", max_length=40, blank=True)
    violated = models.CharField("违反的规定", max_length=300, blank=True)
    grounds = models.CharField("处罚依据", max_length=300, blank=True)
    discretion = models.TextField("裁量理由", blank=True)
    proposal = _choice("处理建议", codes.Proposal)
    is_grave = models.BooleanField("情节复杂或者重大违法", default=False)
    proposed_sanction = _choice("拟作的处罚种类", codes.Sanction)
    proposed_fine = _money("拟罚款（元）")
    proposed_confiscated = _money("拟没收金额（元）")
    proposed_detail = models.CharField("拟处罚的具体内容", max_length=300, blank=True)
    wants_hearing = models.BooleanField("属于应当听证的其他情形", default=False)
    review_ground = _choice("法制审核情形", codes.ReviewGround)
    told_sanction = _choice("告知的处罚种类", codes.Sanction)
    told_fine = _money("告知的罚款（元）")
    told_confiscated = _money("告知的没收金额（元）")
    needs_hearing = models.BooleanField("已告知听证权利", default=False)
    hearing_on = models.DateField("听证日期", null=True, blank=True)
    hearing_place = models.CharField("听证地点", max_length=120, blank=True)
    chair = models.CharField("听证主持人", max_length=40, blank=True)
    legality = _choice("法制审核结论", codes.Legality)
    sanction = _choice("处罚种类", codes.Sanction)
    fine = _money("罚款（元）")
    confiscated = _money("没收金额（元）")
    detail = models.CharField("处罚的具体内容", max_length=300, blank=True)
    correction = models.CharField("责令改正的要求", max_length=300, blank=True)
    spare_ground = _choice("不予处罚的情形", codes.SpareGround)
    online_channel = models.CharField("网上复议渠道", max_length=120, blank=True)
    service = _choice("送达方式", codes.Service)
    pay_by = models.DateField("缴款期限", null=True, blank=True)
    paid = models.DecimalField("已缴金额（元）", max_digits=14, decimal_places=2, default=0)
    grown = models.DecimalField("已计加处罚款（元）", max_digits=14, decimal_places=2, default=0)
    grown_on = models.DateField("加处罚款计至", null=True, blank=True)
    is_waived = models.BooleanField("减免加处罚款", default=False)
    apply_by = models.DateField("申请法院强制执行的最后日期", null=True, blank=True)
    published_in = models.CharField("公开渠道", max_length=120, blank=True)
    reconsideration = _choice("行政复议结果", codes.Review)
    suit = _choice("行政诉讼结果", codes.Review)
    overturned = _choice("决定被改变的情形", codes.Overturned)
    receiver = models.CharField("受移送机关", max_length=80, blank=True)
    result = models.CharField("结案情况", max_length=300, blank=True)

    notes = {
        "shown": models.BooleanField("已出示执法证件"),
        "told": models.BooleanField("已当场告知并听取陈述申辩"),
        "unsigned": models.BooleanField("当事人拒绝签收"),
        "record": PersonalField("调查笔录要点"),
        "goods": models.TextField("登记保存的物品"),
        "disposal": models.CharField("处理决定", max_length=20, choices=codes.Disposal),
        "rule_cited": models.CharField("所依据的法律、法规、规章", max_length=200),
        "plea": PersonalField("当事人的陈述申辩"),
        "plea_result": models.CharField("复核结论", max_length=20, choices=codes.Plea),
        "plea_finding": PersonalField("复核情况"),
        "waiver": models.CharField("放弃的凭据", max_length=200),
        "hearing_record": PersonalField("听证笔录要点"),
        "opinion": models.TextField("审核意见"),
        "standing": models.CharField("审核人员资格", max_length=20, choices=codes.Standing),
        "attendees": models.CharField("参加人员", max_length=200),
        "discussion": models.TextField("讨论记录"),
        "education": models.CharField("教育情况", max_length=200),
        "taker": PersonalField("签收人", masks="name"),
        "confirmed": models.BooleanField("已签订送达确认书"),
        "ticket_no": models.CharField("票据号", max_length=60),
        "payment": models.DecimalField("本次缴款（元）", max_digits=14, decimal_places=2, validators=SOME_MONEY),
        "terms": models.TextField("分期或者协议内容"),
        "explanation": models.TextField("公开说明的理由"),
    }
    sides = {"party": "当事人", "agent": "代理人", "guardian": "监护人", "third": "利害关系人"}
    amend_guards = corrections.GUARDS
    past = ("happened_on",)
    series = "{office}罚〔{year}〕{n}号"
    lists = ("procedure", "sanction", "fine")
    primary = True

    flow = Flow(
        states=STATES,
        ends=("declined", "transferred", "closed", "filed"),
        corrected_by=("enforcement_head", "justice_head"),
        steps=(*to_decision.STEPS, *after_decision.STEPS, *to_decision.RARE),
        deadlines=(*to_decision.DEADLINES, *after_decision.DEADLINES),
    )
    figures = FIGURES

    class Meta:
        verbose_name = verbose_name_plural = "行政处罚案件"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return letters.facts(turn)
