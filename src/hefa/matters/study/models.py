"""Studying law: sessions with their attendance; reports and duties of the leaders are beside them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Period, Share, Total, find_figure
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office
from hefa.kernel.turn import Turn

from . import rules
from .duty import Duty, DutyReport

__all__ = ["Duty", "DutyReport", "Session"]

PUBLICITY = instrument("publicity")

ORGANISERS = ("planner", "personnel_officer", "justice_clerk")


class Form(models.TextChoices):
    CENTER = "center", "党工委理论学习中心组学习"
    BRANCH = "branch", "支部学习"
    LECTURE = "lecture", "专题讲座"


class Session(Kind):
    """学法."""

    form = models.CharField("学习形式", max_length=10, choices=Form, blank=True)
    topics = models.CharField("学习的法律法规", max_length=200, blank=True, help_text="逐部写，用顿号隔开")
    audience = models.CharField("学习单位", max_length=60, blank=True)
    planned_on = models.DateField("拟学习日期", null=True, blank=True)
    lecturer = models.CharField("主讲人", max_length=40, blank=True)
    expected = models.TextField("应到人员", blank=True, help_text="逐位写姓名，用顿号隔开")
    expected_count = models.PositiveSmallIntegerField("应到人数", null=True, blank=True)
    attendees = models.TextField("实到人员", blank=True, help_text="逐位写姓名，用顿号隔开")
    attended_count = models.PositiveSmallIntegerField("实到人数", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1, null=True, blank=True)
    materials = models.CharField("学习材料", max_length=200, blank=True)
    summary = models.TextField("学习情况", blank=True)

    series = "{office}学法〔{year}〕{n}号"
    lists = ("form", "topics", "attended_count")
    primary = True

    flow = Flow(
        states={"planned": "已安排", "held": "已学习", "cancelled": "已取消"},
        ends=("held", "cancelled"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="plan", label="安排学法", by=ORGANISERS, to="planned", basis=PUBLICITY[36],
                asks=("title", "form", "topics", "audience", "planned_on", "expected"),
                offers=("lecturer", "materials", "handler"), guards=(rules.is_ahead,), sets=rules.planned,
                paper="notice",
            ),
            Step(
                name="postpone", label="改期", by=ORGANISERS, at=("planned",), asks=("planned_on", "reason"),
                guards=(rules.is_ahead,),
            ),
            Step(
                name="hold", label="登记学习", by=ORGANISERS, at=("planned",), to="held", basis=PUBLICITY[36],
                asks=("attendees", "hours"), offers=("lecturer", "materials", "summary"),
                guards=(rules.attendees_were_expected,), sets=rules.attended, paper="record",
                help="学习日期就是办理日期；按签到登记实到人员。",
            ),
            Step(name="cancel", label="取消", by=ORGANISERS, at=("planned",), to="cancelled", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="sessions", label="集体学法", unit="次", steps=("hold",),
            definition="本期内举行的中心组学习、支部学习和专题讲座；只安排、没有举行的不计",
        ),
        Count(
            name="center_sessions", label="中心组学法", unit="次", steps=("hold",), having={"form": Form.CENTER},
            definition="本期内举行的党工委理论学习中心组学法",
        ),
        Count(
            name="branch_sessions", label="支部学法", unit="次", steps=("hold",), having={"form": Form.BRANCH},
            definition="本期内举行的支部学法",
        ),
        Count(
            name="lectures", label="法治专题讲座", unit="次", steps=("hold",), having={"form": Form.LECTURE},
            definition="本期内举行的法治专题讲座",
        ),
        Total(
            name="expected", label="学法应到人次", unit="人次", steps=("hold",), field_name="expected_count",
            definition="本期内举行的各次学法的应到人数之和",
        ),
        Total(
            name="attended", label="学法实到人次", unit="人次", steps=("hold",), field_name="attended_count",
            definition="本期内举行的各次学法的实到人数之和",
        ),
        Share(
            name="attendance", label="学法出勤率", of="study.attended", among="study.expected",
            definition="实到人次 ÷ 应到人次",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "学法"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.session_facts(turn)

    @classmethod
    def hours_by_person(cls, period: Period, office: Office) -> dict[str, Decimal]:
        """Hours studied by each person in the period, as the attendance lists say; by name."""
        held = find_figure("study.sessions").entries(period, office).values_list("matter_id", flat=True)
        found: defaultdict[str, Decimal] = defaultdict(Decimal)
        for attendees, hours in cls.objects.filter(pk__in=held.order_by()).values_list("attendees", "hours"):
            for name in rules.names_of(attendees):
                found[name] += hours or 0
        return dict(found)
