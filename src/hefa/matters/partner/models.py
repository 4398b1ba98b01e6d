"""Partners: schools, enterprises and departments that work with the street, their vice principals, its experts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from hefa.kernel.figure import Figure, Share, Stock, Times
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules
from .codes import Consent, PartnerType
from .expert import Expert
from .principal import Staffed, VicePrincipal

__all__ = ["Expert", "Partner", "VicePrincipal"]

LAW = instrument("publicity")
PRIVACY = instrument("privacy")

KEEPERS = ("justice_head", "justice_clerk")
USERS = (*KEEPERS, "committee_head", "community_mediator", "mediator")
LIVE = ("contacted", "active")


def _by_type() -> Iterator[Figure]:
    for one in PartnerType:
        yield Stock(
            name=f"{one.value}s", label=f"共建伙伴：{one.label}", unit="家", states=("active",), having={"type": one},
            definition=f"期末签了共建协议、没有结束的{one.label}",
        )  # fmt: skip


class Partner(Kind):
    """共建伙伴."""

    full_name = models.CharField("伙伴名称", max_length=80, blank=True)
    type = models.CharField("伙伴类型", max_length=14, choices=PartnerType, blank=True)
    cooperation = models.CharField(
        "合作内容", max_length=120, blank=True, help_text="用“、”隔开，如：法治课程、普法活动、实践基地"
    )
    contact = PersonalField("联系人", masks="name")
    phone = PersonalField("联系电话", masks="phone")
    agreement_no = models.CharField("协议编号", max_length=60, blank=True)
    ends_on = models.DateField("协议到期日期", null=True, blank=True)
    minors_data = models.CharField("涉及的未成年人信息", max_length=200, blank=True)
    minors_purpose = models.CharField("处理目的", max_length=200, blank=True)
    minors_consent = models.CharField("监护人同意方式", max_length=16, choices=Consent, blank=True)
    minors_until = models.DateField("保存到", null=True, blank=True)

    notes = {
        "deed": models.CharField("合作情况", max_length=300),
        "people": models.PositiveIntegerField("参加人数"),
        "names_minors": models.BooleanField("含未成年人个人信息"),
        "proof": models.CharField("删除佐证", max_length=200),
    }
    series = "{office}伙伴〔{year}〕{n}号"
    lists = ("type", "cooperation", "ends_on")
    primary = True

    flow = Flow(
        states={"contacted": "已联系", "active": "共建中", "ended": "已结束"},
        ends=("ended",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="register", label="登记伙伴", by=USERS, to="contacted", basis=LAW[42],
                asks=("full_name", "type", "cooperation"), offers=("contact", "phone", "arises_from", "handler"),
                guards=(rules.is_new, rules.cooperation_is_known), sets=rules.partner_named,
            ),
            Step(
                name="sign", label="签订共建协议", by=KEEPERS, at=("contacted",), to="active", asks=("ends_on",),
                offers=("agreement_no", "cooperation"),
                guards=(rules.ends_later, rules.cooperation_is_known, rules.school_has_statement), paper="agreement",
            ),
            Step(
                name="cooperate", label="记录合作", by=USERS, at=("active",), asks=("deed",),
                offers=("people", "names_minors"), guards=(rules.is_under_agreement, rules.minors_are_covered),
                help="一次记一条；普法活动另在“普法活动”登记。记录里有未成年人姓名、影像、联系方式的，勾选“含未成年人个人信息”。",
            ),
            Step(
                name="renew", label="续签", by=KEEPERS, at=("active",), asks=("ends_on",),
                offers=("agreement_no", "cooperation"), guards=(rules.ends_after_before, rules.cooperation_is_known),
                paper="agreement",
            ),
            Step(
                name="declare_minors", label="登记涉未成年人信息", by=KEEPERS, at=LIVE, basis=PRIVACY[31, 1],
                asks=("minors_purpose", "minors_consent"), offers=("minors_data", "minors_until"),
                guards=(rules.statement_is_whole,), paper="minors",
                help="不满十四周岁未成年人的个人信息是敏感个人信息：写明目的，先取得监护人同意，到期删除。"
                     "不收集的也要登记一次。",
            ),
            Step(
                name="delete_minors", label="删除未成年人信息", by=KEEPERS, at=(*LIVE, "ended"), basis=PRIVACY[47, 1],
                asks=("proof",), guards=(rules.holds_minors_data,),
                sets={"minors_consent": Consent.NONE, "minors_until": None, "minors_data": ""},
                help="目的已经实现、保存期限届满，或者监护人撤回同意的，应当主动删除。",
            ),
            Step(
                name="update", label="更换联系人", by=USERS, at=LIVE, asks=("contact",), offers=("phone",),
            ),
            Step(
                name="end", label="结束共建", by=KEEPERS, at=LIVE, to="ended", asks=("reason",),
                guards=(rules.nobody_serves_there,),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="partners", label="共建伙伴", unit="家", states=("active",),
            definition="期末签了共建协议、没有结束的学校、企业、部门群团和社会组织",
        ),
        *_by_type(),
        Staffed(
            name="schools_with_vice_principal", label="有法治副校长的学校", unit="家", states=("active",),
            having={"type": PartnerType.SCHOOL},
            definition="期末共建中的学校里，有在任、聘期没有届满的法治副校长的；一所学校有几位的只计一次",
        ),
        Share(
            name="vice_principal_coverage", label="法治副校长覆盖率", of="partner.schools_with_vice_principal",
            among="partner.schools", definition="有法治副校长的学校 ÷ 共建中的学校",
        ),
        Stock(
            name="lapsed_agreements", label="协议到期没有续签", unit="家", states=("active",), having=rules.term_is_over,
            definition="期末协议到期日期已过、没有续签也没有结束的共建伙伴",
        ),
        Times(name="deeds", label="共建合作", unit="次", steps=("cooperate",), definition="本期内记录的合作次数"),
        Stock(
            name="holding_minors_data", label="涉未成年人信息的伙伴", unit="家", states=("contacted", "active", "ended"),
            having={"minors_consent__in": (Consent.THROUGH_SCHOOL, Consent.BY_STREET)},
            definition="期末登记了未成年人个人信息、还没有删除的共建伙伴",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "共建伙伴"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.partner_facts(turn)
