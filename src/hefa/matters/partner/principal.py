"""Vice principals for the rule of law: recommended by one of four bodies, appointed by a school, for a term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hefa.kernel.figure import Count, Period, Stock, Times, Total, of_case, standing
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Kind
from hefa.kernel.people import Office
from hefa.kernel.turn import Turn

from . import rules, serving
from .codes import Sender

JUVENILE = instrument("juvenile_crime")
RULES = instrument("vice_principal")

KEEPERS = ("justice_head", "justice_clerk")


@dataclass(frozen=True, kw_only=True)
class Staffed(Stock):
    """The partners of a condition that have a vice principal serving, within the term, at the period's end."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        kind = KINDS[serving.PRINCIPAL]
        in_term = of_case(kind, {"ends_on__gte": period.end}, period)
        serving_there = standing(kind, office, period).filter(in_term, to="serving")
        return super().entries(period, office).filter(matter__in=serving_there.values("matter__arises_from"))


class VicePrincipal(Kind):
    """法治副校长."""

    full_name = models.CharField("姓名", max_length=40, blank=True)
    sent_by = models.CharField("推荐委派机关", max_length=14, choices=Sender, blank=True)
    work_unit = models.CharField("工作单位和职务", max_length=80, blank=True)
    letter_no = models.CharField("聘书编号", max_length=60, blank=True)
    ends_on = models.DateField("聘期届满日期", null=True, blank=True)
    training_hours = models.DecimalField("累计培训学时", max_digits=6, decimal_places=1, default=0)
    lessons = models.PositiveIntegerField("累计授课节数", default=0)

    notes = {
        "training": models.CharField("培训内容", max_length=120),
        "hours": models.DecimalField("培训学时", max_digits=4, decimal_places=1, validators=rules.SOME_HOURS),
        "lesson": models.CharField("授课主题", max_length=120),
        "given": models.PositiveSmallIntegerField("授课节数", validators=rules.AT_LEAST_ONE),
    }
    series = "{office}副校长〔{year}〕{n}号"
    lists = ("full_name", "sent_by", "ends_on")
    seen_by = ("committee_head",)

    flow = Flow(
        states={"recommended": "已推荐", "serving": "在任", "ended": "已离任", "declined": "未聘任"},
        ends=("ended", "declined"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="recommend", label="推荐", by=KEEPERS, to="recommended", basis=JUVENILE[18],
                asks=("arises_from", "full_name", "sent_by", "work_unit"), offers=("handler",),
                guards=(serving.is_for_a_school, serving.is_not_there_yet), sets=serving.principal_titled,
                paper="recommendation",
                help="来源选学校的“共建伙伴”登记。由法院、检察院、公安、司法行政推荐或者委派。",
            ),
            Step(
                name="appoint", label="登记聘任", by=KEEPERS, at=("recommended",), to="serving", basis=JUVENILE[18],
                asks=("ends_on",), offers=("letter_no",), guards=(serving.term_is_lawful,),
                help="由教育行政部门或者学校聘任；日期填聘任之日。",
            ),
            Step(name="decline", label="未聘任", by=KEEPERS, at=("recommended",), to="declined", asks=("reason",)),
            Step(
                name="teach", label="授课", by=(*KEEPERS, "committee_head"), at=("serving",),
                asks=("lesson", "given"), sets=serving.taught,
            ),
            Step(
                name="train", label="培训", by=KEEPERS, at=("recommended", "serving"), asks=("training", "hours"),
                sets=serving.trained,
            ),
            Step(
                name="renew", label="续聘", by=KEEPERS, at=("serving",), asks=("ends_on",), offers=("letter_no",),
                guards=(serving.term_is_lawful, rules.ends_after_before),
            ),
            Step(name="end", label="离任", by=KEEPERS, at=("serving",), to="ended", asks=("reason",)),
        ),
        deadlines=(
            Deadline(
                name="vice_principal_term", label="法治副校长聘期", within=RULES.term("term"), starts=("appoint",),
                restarts=("renew",), stops=("end",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="vice_principals", label="法治副校长", unit="名", states=("serving",),
            definition="期末在任的法治副校长；一人在两所学校任职的计两名",
        ),
        Stock(
            name="lapsed_principals", label="聘期届满没有续聘的法治副校长", unit="名", states=("serving",),
            having=rules.term_is_over, definition="期末聘期届满日期已过、没有续聘也没有离任的法治副校长",
        ),
        Count(name="appointments", label="聘任法治副校长", unit="名", steps=("appoint",), definition="本期内聘任的法治副校长"),
        Times(name="lessons", label="法治副校长授课", unit="次", steps=("teach",), definition="本期内登记的法治副校长授课次数"),
        Total(
            name="vice_principal_hours", label="新聘法治副校长培训学时", unit="学时", steps=("appoint",),
            field_name="training_hours", definition="本期内聘任的法治副校长累计的培训学时之和",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法治副校长"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return serving.principal_facts(turn)
