"""Public legal service: advisers engaged for offices, their visits, the advice and the points where it is given."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.coverage import Coverage, Reach
from hefa.kernel.figure import Count, Period, Stock, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.people import Level
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules
from .consultation import Consultation
from .points import ServicePoint

__all__ = ["Consultation", "Engagement", "ServicePoint", "Visit"]

RURAL = instrument("ningbo_rural")
INTERNAL = instrument("internal")

ENGAGERS = ("justice_head", "justice_clerk", "committee_head")
REPORTERS = ("counsel", "justice_clerk", "committee_head", "community_mediator")
GRASSROOTS = (Level.COMMUNITY, Level.COOP)
CONFIRMED = {"matter__state": "confirmed"}


def in_term(period: Period) -> dict[str, Any]:
    """An engagement that ran out before the period's end and was not renewed covers nobody."""
    return {"ends_on__gte": period.end}


class VisitType(models.TextChoices):
    ON_DUTY = "on_duty", "坐班值班"
    MEDIATION = "mediation", "参与调解"
    REVIEW = "review", "审查合同文件"
    MEETING = "meeting", "列席会议"
    LECTURE = "lecture", "法治讲座"
    OTHER = "other", "其他"


class Engagement(Kind):
    """法律顾问聘任."""

    lawyer = models.CharField("顾问律师", max_length=60, blank=True)
    scope = models.CharField("服务内容", max_length=200, blank=True)
    ends_on = models.DateField("聘期至", null=True, blank=True)
    fee = models.DecimalField("顾问费（元/年）", max_digits=12, decimal_places=2, null=True, blank=True)
    hours = models.CharField("坐班时间", max_length=80, blank=True)
    place = models.CharField("坐班地点", max_length=120, blank=True)
    phone = models.CharField("公布电话", max_length=20, blank=True)
    score = models.PositiveSmallIntegerField("履职评分（百分制）", null=True, blank=True, validators=rules.PERCENT)

    notes = {
        "has_no_conflict": models.BooleanField("声明无利益冲突"),
        "conflict": PersonalField("利益冲突情况"),
        "situation": models.TextField("服务情况"),
        "comment": models.CharField("评价意见", max_length=200),
    }
    series = "{office}法顾〔{year}〕{n}号"
    lists = ("lawyer", "ends_on", "score")
    seen_by = ("mediator", "community_mediator")
    primary = True

    flow = Flow(
        states={"engaged": "在聘", "ended": "已终止"},
        ends=("ended",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="engage", label="聘任", by=ENGAGERS, to="engaged", basis=RURAL[33],
                asks=("partner", "lawyer", "scope", "has_no_conflict"), offers=("fee", "handler", "arises_from"),
                guards=(rules.firm_is_outside, rules.has_no_conflict, rules.is_not_engaged_twice),
                sets=rules.engaged, paper="engagement",
                help="登记在受服务的街道、社区或者股份经济合作社名下；协办单位选律师事务所。"
                     "聘期按年计算，合同约定更长的，每年续聘确认一次。",
            ),
            Step(
                name="publish", label="公布服务信息", by=ENGAGERS, at=("engaged",), basis=RURAL[33],
                asks=("hours", "place", "phone"), paper="notice",
                help=f"参照{RURAL[23].short}，向居民公布顾问的坐班时间、地点和联系方式。",
            ),
            Step(
                name="change_lawyer", label="更换律师", by=ENGAGERS, at=("engaged",),
                asks=("lawyer", "has_no_conflict", "reason"), guards=(rules.is_another_lawyer, rules.has_no_conflict),
                sets=rules.titled, help="同一律师事务所另派律师，新的律师也要声明无利益冲突。",
            ),
            Step(
                name="recuse", label="申报利益冲突并回避", by=("counsel", *ENGAGERS), at=("engaged",),
                asks=("conflict",), help="在某一件事上与聘任单位的相对方有利害关系的，就这件事回避，聘任继续。",
            ),
            Step(
                name="report", label="报送服务情况", by=("counsel", "justice_clerk"), at=("engaged",),
                asks=("situation",), guards=(rules.has_visited,), paper="report",
                help="服务次数和时长由系统按已确认的服务记录计算，不必手填。",
            ),
            Step(
                name="assess", label="履职评价", by=("justice_head", "justice_clerk", "committee_head"),
                at=("engaged",), basis=RURAL[33], asks=("score",), offers=("comment",), other_than=("report",),
                guards=(rules.has_reported,), paper="assessment",
            ),
            Step(
                name="renew", label="续聘", by=ENGAGERS, at=("engaged",), basis=RURAL[33], asks=("has_no_conflict",),
                offers=("fee", "scope"), guards=(rules.was_assessed, rules.has_no_conflict), sets=rules.term,
                help="日期填新聘期开始的日期；先做本聘期的履职评价，再续聘。",
            ),
            Step(
                name="end", label="终止聘任", by=ENGAGERS, at=("engaged",), to="ended", asks=("reason",),
                sets=rules.ended, help="期满不续、解聘或者辞聘。",
            ),
        ),
        deadlines=(
            Deadline(
                name="counsel_term", label="顾问聘期", within=INTERNAL.term("counsel_term"), starts=("engage",),
                restarts=("renew",), stops=("end",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Reach(
            name="communities_covered", label="配备法律顾问的社区", levels=(Level.COMMUNITY,), states=("engaged",),
            having=in_term, definition="期末有在聘法律顾问、聘期没有届满的社区；一个社区有几位顾问的只计一次",
        ),
        Reach(
            name="coops_covered", label="配备法律顾问的股份经济合作社", levels=(Level.COOP,), states=("engaged",),
            having=in_term, definition="期末有在聘法律顾问、聘期没有届满的股份经济合作社",
        ),
        Reach(
            name="offices_covered", label="配备法律顾问的基层组织", levels=GRASSROOTS, states=("engaged",),
            having=in_term, definition="期末有在聘法律顾问、聘期没有届满的社区和股份经济合作社",
        ),
        Coverage(
            name="coverage", label="法律顾问覆盖率", of="counsel.offices_covered",
            definition="配备法律顾问的社区和股份经济合作社 ÷ 全部社区和股份经济合作社",
        ),
        Stock(name="engagements", label="在聘法律顾问", unit="项", states=("engaged",), definition="期末在聘的聘任"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法律顾问聘任"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.engagement_facts(turn)


class Visit(Kind):
    """法律顾问服务."""

    type = models.CharField("服务方式", max_length=10, choices=VisitType, blank=True)
    hours = models.DecimalField(
        "服务时长（小时）", max_digits=4, decimal_places=1, null=True, blank=True, validators=rules.HOURS_OF_A_DAY
    )
    people = models.PositiveIntegerField("接待人数", default=0)
    content = PersonalField("办理事项")

    series = "{office}顾问服务〔{year}〕{n}号"
    lists = ("type", "hours", "people")

    flow = Flow(
        states={"reported": "待确认", "confirmed": "已确认", "returned": "已退回", "dropped": "不予认定"},
        ends=("confirmed", "dropped"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="report", label="登记服务", by=REPORTERS, to="reported",
                asks=("arises_from", "type", "hours", "content"), offers=("people", "handler"),
                guards=(rules.serves_here,), sets=rules.visited,
                help="登记在受服务的单位名下，来源事项选它的法律顾问聘任；日期填服务的日期。",
            ),
            Step(
                name="confirm", label="确认", by=ENGAGERS, at=("reported",), to="confirmed",
                other_than=("report", "resubmit"), help="由受服务单位或者司法所确认；登记的人不能自己确认。",
            ),
            Step(
                name="send_back", label="退回", by=ENGAGERS, at=("reported",), to="returned", asks=("reason",),
            ),
            Step(
                name="resubmit", label="更正后再报", by=REPORTERS, at=("returned",), to="reported",
                asks=("hours", "content"), offers=("people",),
            ),
            Step(
                name="drop", label="不予认定", by=ENGAGERS, at=("reported", "returned"), to="dropped",
                asks=("reason",), other_than=("report", "resubmit"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="visits", label="法律顾问服务", unit="次", steps=("report",), having=CONFIRMED,
            definition="服务日期在本期内、已经确认的法律顾问服务",
        ),
        Total(
            name="visit_hours", label="法律顾问服务时长", unit="小时", steps=("report",), field_name="hours",
            having=CONFIRMED, definition="服务日期在本期内、已经确认的法律顾问服务的时长之和",
        ),
        Reach(
            name="offices_visited", label="得到法律顾问服务的基层组织", levels=GRASSROOTS, steps=("report",),
            having=CONFIRMED, definition="本期内有已确认的法律顾问服务的社区和股份经济合作社",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法律顾问服务"
