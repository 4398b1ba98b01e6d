"""Short films about the law: nothing goes out before three different people have read it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Stock, Total
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.turn import Turn

from . import rules
from .codes import Line

LAW = instrument("publicity")

MAKERS = ("justice_clerk", "mediator", "community_mediator", "committee_head")
LEADERS = ("deputy", "director", "party_secretary")
WRITING = ("draft", "revise")
IN_REVIEW = ("drafted", "read_once", "read_twice")


class Video(Kind):
    """普法短视频."""

    line = models.CharField("受众", max_length=10, choices=Line, blank=True)
    script = models.TextField("脚本", blank=True)
    seconds = models.PositiveIntegerField("时长（秒）", null=True, blank=True)
    channel = models.CharField("发布平台", max_length=80, blank=True)
    link = models.CharField("发布地址", max_length=200, blank=True)
    plays = models.PositiveIntegerField("播放量", default=0)

    notes = {"opinion": models.CharField("审查意见", max_length=200)}
    series = "{office}普法视频〔{year}〕{n}号"
    lists = ("line", "channel", "plays")

    flow = Flow(
        states={
            "drafted": "待初审",
            "read_once": "待复审",
            "read_twice": "待终审",
            "returned": "退回修改",
            "approved": "待发布",
            "published": "已发布",
            "taken_down": "已下架",
            "dropped": "停止制作",
        },
        ends=("published", "taken_down", "dropped"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="draft", label="编写脚本", by=MAKERS, to="drafted", basis=LAW[54, 2],
                asks=("title", "line", "script"), offers=("arises_from", "handler"),
                guards=(rules.belongs_to_campaign,),
            ),
            Step(
                name="first_review", label="初审", by=("justice_clerk", "justice_head"), at=("drafted",),
                to="read_once", basis=LAW[54, 2], asks=("opinion",), other_than=WRITING,
                help="法条引用准确，没有歧义。三审由三个人办，编写的人不审。",
            ),
            Step(
                name="second_review", label="复审", by=("justice_clerk", "justice_head"), at=("read_once",),
                to="read_twice", basis=LAW[54, 2], asks=("opinion",), other_than=(*WRITING, "first_review"),
                help="人物、案例不泄露个人信息和工作秘密。",
            ),
            Step(
                name="third_review", label="终审", by=LEADERS, at=("read_twice",), to="approved", basis=LAW[54, 2],
                asks=("opinion",), other_than=(*WRITING, "first_review", "second_review"), paper="review",
            ),
            Step(
                name="send_back", label="退回修改", by=("justice_clerk", "justice_head", *LEADERS), at=IN_REVIEW,
                to="returned", asks=("reason",), other_than=WRITING,
            ),
            Step(
                name="revise", label="修改脚本", by=MAKERS, at=("returned",), to="drafted", asks=("script",),
                help="修改以后从初审重新开始。",
            ),
            Step(
                name="publish", label="发布", by=MAKERS, at=("approved",), to="published", asks=("channel", "seconds"),
                offers=("link",),
            ),
            Step(
                name="count_plays", label="登记播放量", by=MAKERS, at=("published",), asks=("plays",),
                guards=(rules.plays_only_grow,), help="填发布以来的累计播放量。",
            ),
            Step(
                name="take_down", label="下架", by=("justice_clerk", "justice_head"), at=("published",),
                to="taken_down", asks=("reason",),
            ),
            Step(
                name="drop", label="停止制作", by=(*MAKERS, "justice_head"), at=(*IN_REVIEW, "returned", "approved"),
                to="dropped", asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="videos", label="普法短视频", unit="条", steps=("publish",), definition="本期内经三审发布的普法短视频"),
        Total(
            name="plays", label="普法短视频播放量", unit="次", steps=("publish",), field_name="plays",
            definition="本期内发布的普法短视频最近登记的累计播放量之和",
        ),
        Stock(
            name="videos_in_review", label="审查中的短视频", unit="条", states=IN_REVIEW,
            definition="期末还在三审中的普法短视频",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "普法短视频"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.video_facts(turn)
