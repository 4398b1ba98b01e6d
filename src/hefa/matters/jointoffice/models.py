"""Joint office: what one department cannot do alone is brought to one table, and each department answers by its day."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, OnTime, Stock, Times
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.timing import Lapse
from hefa.kernel.turn import Turn

from . import rules
from .answering import Reply
from .attending import Absences, SittingDays
from .codes import Matters

__all__ = ["Item", "Reply"]

GOVERNMENT = instrument("local_government")
INTERNAL = instrument("internal")

HOSTS = ("deputy", "planner", "justice_head", "justice_clerk")
BRINGERS = (*HOSTS, "case_officer", "enforcement_head", "committee_head", "petition_head")


class Item(Kind):
    """集中办公事项."""

    about = models.CharField("事项类型", max_length=12, choices=Matters, blank=True)
    content = models.TextField("事项内容", blank=True)
    why = models.TextField("单个部门办不了的原因", blank=True)
    asked = models.CharField(
        "请到的部门", max_length=200, blank=True, help_text="用“、”隔开，至少两个，如：派出所、市场监管所、消防救援站"
    )
    sits_on = models.DateField("集中办公日期", null=True, blank=True)
    place = models.CharField("集中办公地点", max_length=80, blank=True)
    attended = models.CharField("到场部门", max_length=200, blank=True)
    absent = models.CharField("缺席部门", max_length=200, blank=True)
    conclusion = models.TextField("议定事项", blank=True)
    result = models.TextField("办理结果", blank=True)

    series = "{office}集办〔{year}〕{n}号"
    lists = ("about", "sits_on", "absent")
    amend_guards = (rules.attendance_stands,)
    primary = True

    flow = Flow(
        states={
            "registered": "待排期",
            "scheduled": "已排期",
            "sat": "部门办理中",
            "settled": "已办结",
            "sent_back": "已退回",
        },
        ends=("settled", "sent_back"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="register", label="提交集中办公", by=BRINGERS, to="registered", basis=GOVERNMENT[86],
                asks=("title", "about", "content", "why", "asked"), offers=("handler", "arises_from"),
                guards=(rules.needs_several,), sets=rules.listed,
                help="一个部门办得了的，直接交那个部门，不占集中办公。",
            ),
            Step(
                name="sit", label="集中办公", by=HOSTS, at=("scheduled",), to="sat", basis=GOVERNMENT[86],
                asks=("attended", "conclusion"), guards=(rules.is_the_day, rules.were_asked, rules.several_came),
                sets=rules.seated, paper="minutes",
                help="日期就是集中办公的日期。没有到的部门自动列为缺席。然后逐个部门登记“部门答复”，来源选这一件。",
            ),
            Step(
                name="settle", label="办结", by=HOSTS, at=("sat",), to="settled", asks=("result",),
                guards=(rules.everybody_answered,), paper="settled",
                help="请到的部门都有了核实过的答复才能办结。",
            ),
            Step(
                name="schedule", label="排期", by=HOSTS, at=("registered", "scheduled", "sat"), to="scheduled",
                asks=("sits_on", "place"), offers=("asked",), guards=(rules.sits_later, rules.needs_several),
                sets=rules.listed, paper="notice", help="改期、增加部门、再次集中办公，都在这里办。",
            ),
            Step(
                name="send_back", label="退回", by=HOSTS, at=("registered", "scheduled", "sat"), to="sent_back",
                asks=("reason",), guards=(rules.nobody_is_at_work,), paper="sent_back",
                help="不需要集中办公，或者依法应当由上级处理的，写明应当找谁。",
            ),
        ),
        deadlines=(
            Deadline(
                name="sitting", label="排期到集中办公", within=INTERNAL.term("joint_sitting"), starts=("register",),
                stops=("sit", "send_back"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="items", label="提交事项", steps=("register",), definition="本期内提交集中办公的事项"),
        SittingDays(
            name="sittings", label="集中办公", unit="次", steps=("sit",),
            definition="本期内开集中办公的天数；一天议几件的只计一次，背后的每一行是一件事的一次",
        ),
        Times(name="items_sat", label="议事件次", unit="件次", steps=("sit",), definition="本期内集中办公议过的件次"),
        Absences(
            name="absences", label="部门缺席", unit="个次", steps=("sit",),
            definition="本期内请到而没有到场的部门，一个部门一件事一次计一个",
        ),
        Count(name="settled", label="办结事项", steps=("settle",), definition="本期内办结的集中办公事项"),
        Count(name="sent_back", label="退回事项", steps=("send_back",), definition="本期内退回的集中办公事项"),
        Stock(
            name="open_items", label="在办事项", states=("registered", "scheduled", "sat"),
            definition="期末还没有办结、也没有退回的集中办公事项",
        ),
        Lapse(
            name="days_to_settle", label="平均办结天数", since=("register",), steps=("settle",), pick="mean",
            definition="本期内办结的事项，从提交到办结的日历天数的平均数",
        ),
        OnTime(
            name="sat_on_time", label="按时集中办公率", deadline="sitting",
            definition="本期首次集中办公或者退回的事项中，在排期的内部时限内的比例",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "集中办公事项"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.item_facts(turn)
