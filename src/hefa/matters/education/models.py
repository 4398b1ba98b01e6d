"""Legal education: activities for three audiences, under brands, and the law-literate people who carry them."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Share, Stock, Times, Total
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules
from .codes import ActivityType, Line
from .video import Video

__all__ = ["Activity", "Campaign", "LawLiteratePerson", "Video"]

LAW = instrument("publicity")
PRIVACY = instrument("privacy")

TEACHERS = ("justice_head", "justice_clerk", "committee_head", "community_mediator", "mediator")
HEADS = ("justice_head", "justice_clerk")
BEFORE = ("planned", "signing_up")


class Activity(Kind):
    """普法活动."""

    line = models.CharField("受众", max_length=10, choices=Line, blank=True)
    type = models.CharField("活动类型", max_length=10, choices=ActivityType, blank=True)
    allies = models.CharField("合作单位", max_length=120, blank=True)
    place = models.CharField("活动地点", max_length=120, blank=True)
    planned_on = models.DateField("活动日期", null=True, blank=True)
    speakers = models.CharField("主讲人", max_length=120, blank=True)
    capacity = models.PositiveIntegerField("名额", null=True, blank=True)
    sign_up_until = models.DateField("报名截止日期", null=True, blank=True)
    signed_up = models.PositiveIntegerField("报名人数", default=0)
    checked_in = models.PositiveIntegerField("签到人数", default=0)
    attendance = models.PositiveIntegerField("到场人数", null=True, blank=True)
    summary = models.TextField("活动情况", blank=True)
    questionnaires = models.PositiveIntegerField("收回评价表", null=True, blank=True)
    satisfied = models.PositiveIntegerField("评价满意", null=True, blank=True)

    notes = {
        "seats": models.PositiveSmallIntegerField("人数", validators=rules.AT_LEAST_ONE),
        "who": PersonalField("报名人", masks="name"),
        "phone": PersonalField("报名电话", masks="phone"),
        "guardian_agrees": models.BooleanField("监护人同意"),
        "lesson": models.CharField("改进意见", max_length=300),
    }
    series = "{office}普法〔{year}〕{n}号"
    lists = ("line", "type", "planned_on")
    primary = True

    flow = Flow(
        states={
            "planned": "已计划",
            "signing_up": "报名中",
            "held": "已举办",
            "evaluated": "已评价",
            "cancelled": "已取消",
        },
        ends=("held", "evaluated", "cancelled"),
        corrected_by=("justice_head", "committee_head"),
        steps=(
            Step(
                name="plan", label="计划活动", by=TEACHERS, to="planned", basis=LAW[18],
                asks=("title", "line", "type", "planned_on", "place"),
                offers=("allies", "speakers", "arises_from", "handler", "partner"),
                guards=(rules.is_not_past, rules.belongs_to_campaign),
                help="来源事项可选所属的普法品牌。合作的学校、企业、商圈写在合作单位。",
            ),
            Step(
                name="open_sign_up", label="开放报名", by=TEACHERS, at=("planned",), to="signing_up",
                asks=("capacity", "sign_up_until"), guards=(rules.sign_up_ends_in_time,),
                help="不需要报名的活动跳过这一步。",
            ),
            Step(
                name="sign_up", label="报名", by=TEACHERS, at=("signing_up",), asks=("seats",),
                offers=("who", "phone", "guardian_agrees"), basis=PRIVACY[6],
                guards=(rules.sign_up_is_open, rules.seats_are_left, rules.guardian_agreed), sets=rules.signed_up,
                help="团体报名只登记人数。登记青少年的姓名、电话，要先取得监护人同意。",
            ),
            Step(
                name="cancel_sign_up", label="取消报名", by=TEACHERS, at=("signing_up",), asks=("seats",),
                guards=(rules.so_many_signed_up,), sets=rules.signed_off,
            ),
            Step(
                name="postpone", label="改期", by=TEACHERS, at=BEFORE, asks=("planned_on", "reason"),
                offers=("place",), guards=(rules.is_not_past, rules.is_another_day),
            ),
            Step(
                name="check_in", label="签到", by=TEACHERS, at=BEFORE, asks=("seats",), guards=(rules.is_the_day,),
                sets=rules.checked_in, help="活动当天登记，可以分批。",
            ),
            Step(
                name="hold", label="举办", by=TEACHERS, at=BEFORE, to="held", basis=LAW[18],
                asks=("attendance", "summary"), offers=("speakers",),
                guards=(rules.is_the_day, rules.attendance_fits), paper="record",
            ),
            Step(
                name="evaluate", label="评价", by=TEACHERS, at=("held",), to="evaluated",
                asks=("questionnaires", "satisfied"), offers=("lesson",), guards=(rules.numbers_fit,),
            ),
            Step(
                name="cancel", label="取消活动", by=TEACHERS, at=BEFORE, to="cancelled", asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="activities", label="普法活动", unit="场", steps=("hold",), definition="本期内举办的普法活动；取消的不计"),
        Count(
            name="for_businesses", label="面向商事主体的普法活动", unit="场", steps=("hold",),
            having={"line": Line.BUSINESS}, definition="本期内举办的、受众为商事主体的普法活动",
        ),
        Count(
            name="for_youth", label="面向青少年的普法活动", unit="场", steps=("hold",), having={"line": Line.YOUTH},
            definition="本期内举办的、受众为青少年的普法活动",
        ),
        Count(
            name="for_residents", label="面向其他居民的普法活动", unit="场", steps=("hold",),
            having={"line": Line.RESIDENTS}, definition="本期内举办的、受众为其他居民的普法活动",
        ),
        Total(
            name="attendance", label="普法活动到场人数", unit="人次", steps=("hold",), field_name="attendance",
            definition="本期内举办的普法活动的到场人数之和",
        ),
        Count(name="cancelled", label="取消的普法活动", unit="场", steps=("cancel",), definition="本期内取消的普法活动"),
        Total(
            name="questionnaires", label="收回的活动评价", unit="份", steps=("evaluate",), field_name="questionnaires",
            definition="本期内评价的普法活动收回的评价表之和",
        ),
        Total(
            name="satisfied", label="满意的活动评价", unit="份", steps=("evaluate",), field_name="satisfied",
            definition="本期内评价的普法活动收回的评价表中，评价满意的之和",
        ),
        Share(
            name="satisfaction", label="普法活动满意率", of="education.satisfied", among="education.questionnaires",
            definition="满意的活动评价 ÷ 收回的活动评价",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "普法活动"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.activity_facts(turn)


class Campaign(Kind):
    """普法品牌."""

    line = models.CharField("受众", max_length=10, choices=Line, blank=True)
    slogan = models.CharField("宣传口号", max_length=80, blank=True)
    allies = models.CharField("合作单位", max_length=200, blank=True)
    aim = models.TextField("品牌内容", blank=True)

    notes = {"effect": models.TextField("成效和不足")}
    series = "{office}普法品牌〔{year}〕{n}号"
    lists = ("line", "slogan")

    flow = Flow(
        states={"running": "运行中", "ended": "已结束"},
        ends=("ended",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="launch", label="创建品牌", by=HEADS, to="running", basis=LAW[9], asks=("title", "line", "aim"),
                offers=("slogan", "allies", "handler"),
            ),
            Step(
                name="extend", label="调整内容", by=HEADS, at=("running",), asks=("aim",), offers=("slogan", "allies"),
            ),
            Step(name="review", label="年度回顾", by=HEADS, at=("running",), asks=("effect",)),
            Step(name="end", label="结束", by=HEADS, at=("running",), to="ended", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Stock(name="campaigns", label="普法品牌", unit="个", states=("running",), definition="期末运行中的普法品牌"),
    )

    class Meta:
        verbose_name = verbose_name_plural = "普法品牌"


class LawLiteratePerson(Kind):
    """法律明白人."""

    full_name = models.CharField("姓名", max_length=40, blank=True)
    strength = models.CharField("特长", max_length=80, blank=True)
    phone = PersonalField("联系电话", masks="phone")
    certificate = models.CharField("证书编号", max_length=40, blank=True)
    training_hours = models.DecimalField("累计培训学时", max_digits=6, decimal_places=1, default=0)
    service_hours = models.DecimalField("累计服务时长", max_digits=7, decimal_places=1, default=0)

    notes = {
        "lesson": models.CharField("培训内容", max_length=120),
        "lesson_hours": models.DecimalField("培训学时", max_digits=4, decimal_places=1, validators=rules.SOME_HOURS),
        "deed": models.CharField("服务情况", max_length=200),
        "deed_hours": models.DecimalField("服务时长", max_digits=4, decimal_places=1, validators=rules.SOME_HOURS),
    }
    series = "{office}明白人〔{year}〕{n}号"
    lists = ("full_name", "strength", "service_hours")

    flow = Flow(
        states={"training": "培养中", "serving": "在册", "left": "已退出"},
        ends=("left",),
        corrected_by=("justice_head", "committee_head"),
        steps=(
            Step(
                name="nominate", label="推荐", by=TEACHERS, to="training", basis=LAW[46, 2],
                asks=("full_name", "strength"), offers=("phone",), sets=rules.named,
                help="有较好法治素养和基层工作经验的人员；登记在所在社区名下。",
            ),
            Step(
                name="train", label="培训", by=TEACHERS, at=("training", "serving"), basis=LAW[46, 2],
                asks=("lesson", "lesson_hours"), sets=rules.trained,
            ),
            Step(
                name="certify", label="发证", by=HEADS, at=("training",), to="serving", asks=("certificate",),
                guards=(rules.has_trained,),
            ),
            Step(
                name="serve", label="服务", by=TEACHERS, at=("serving",), asks=("deed", "deed_hours"),
                sets=rules.served,
            ),
            Step(
                name="leave", label="退出", by=(*HEADS, "committee_head"), at=("training", "serving"), to="left",
                asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="law_literate_people", label="法律明白人", unit="名", states=("serving",),
            definition="期末在册的法律明白人；培养中的不计",
        ),
        Times(
            name="trainings", label="法律明白人培训", unit="人次", steps=("train",),
            definition="本期内参加培训的法律明白人人次",
        ),
        Times(name="deeds", label="法律明白人服务", unit="次", steps=("serve",), definition="本期内法律明白人的服务次数"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法律明白人"
