"""The window: what is handled there, and how it is kept (5S)."""

from __future__ import annotations

from django.db import models

from hefa.kernel.figure import Count, Share, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind, Matter

from . import rules
from .figures import Mean

CLERKS = ("window_clerk", "case_officer")
INSPECTORS = ("planner", "justice_clerk")


class Handling(Kind):
    """窗口办件."""

    code = models.CharField("事项编码", max_length=30, blank=True)
    item = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清单事项")
    promised_on = models.DateField("承诺办结日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=200, blank=True)
    is_late = models.BooleanField("超过承诺时限", default=False)

    sides = {"applicant": "申请人", "agent": "代办人"}
    series = "{office}办件〔{year}〕{n}号"
    lists = ("code", "promised_on", "is_late")

    flow = Flow(
        states={"accepted": "办理中", "done": "已办结", "declined": "不予办理"},
        ends=("done", "declined"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="accept", label="收件", by=CLERKS, to="accepted", asks=("code",), offers=("parties", "handler"),
                guards=(rules.code_is_not_forbidden,), sets=rules.accepted,
                help="只写事项编码，名称和承诺办结日期由清单和办事指南带出。",
            ),
            Step(
                name="complete", label="办结", by=CLERKS, at=("accepted",), to="done", asks=("result",),
                sets=rules.completed,
            ),
            Step(
                name="decline", label="不予办理", by=CLERKS, at=("accepted",), to="declined", asks=("reason",),
                help="写明不符合哪一项条件，或者缺哪些材料。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="handled", label="办结的窗口办件", steps=("complete",), definition="本期内办结的窗口办件"),
        Count(
            name="handled_in_time", label="按承诺时限办结的窗口办件", steps=("complete",), having={"is_late": False},
            definition="本期内办结、没有超过承诺时限的窗口办件；没有公布承诺时限的算没有超过",
        ),
        Share(
            name="in_time_share", label="窗口办件按时办结率", of="powers.handled_in_time", among="powers.handled",
            definition="按承诺时限办结的办件数 ÷ 办结的办件数",
        ),
        Count(
            name="unlisted", label="清单上没有的办件", steps=("accept",), having={"item__isnull": True},
            definition="本期收下的窗口办件中，事项编码当时不在任何在册清单上的",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "窗口办件"


class WindowCheck(Kind):
    """窗口5S检查."""

    window = models.CharField("窗口", max_length=60, blank=True)
    sorting = models.PositiveSmallIntegerField("整理得分", null=True, blank=True, validators=rules.SCORE)
    order = models.PositiveSmallIntegerField("整顿得分", null=True, blank=True, validators=rules.SCORE)
    cleaning = models.PositiveSmallIntegerField("清扫得分", null=True, blank=True, validators=rules.SCORE)
    tidiness = models.PositiveSmallIntegerField("清洁得分", null=True, blank=True, validators=rules.SCORE)
    discipline = models.PositiveSmallIntegerField("素养得分", null=True, blank=True, validators=rules.SCORE)
    score = models.PositiveSmallIntegerField("总分", null=True, blank=True)
    problems = models.TextField("发现的问题", blank=True)
    photos = models.CharField("照片", max_length=200, blank=True, help_text="照片的编号或者存放位置")
    rectified = models.TextField("整改情况", blank=True)
    evidence = models.CharField("整改佐证", max_length=200, blank=True)

    series = "{office}5S〔{year}〕{n}号"
    lists = ("window", "score", "problems")

    flow = Flow(
        states={"checked": "已检查", "rectifying": "整改中", "rectified": "待复查", "closed": "已办结"},
        ends=("closed",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="check", label="检查", by=INSPECTORS, to="checked", asks=("window", *rules.ASPECTS),
                offers=("problems", "photos"), guards=(rules.deductions_are_told,), sets=rules.scored,
                help="整理、整顿、清扫、清洁、素养各二十分；总分由系统计算。",
            ),
            Step(
                name="assign", label="交办整改", by=INSPECTORS, at=("checked",), to="rectifying", asks=("handler",),
                guards=(rules.has_problems,),
            ),
            Step(
                name="rectify", label="报送整改情况", by=("window_clerk", "case_officer"), at=("rectifying",),
                to="rectified", asks=("rectified", "evidence"),
            ),
            Step(
                name="confirm", label="复查通过", by=INSPECTORS, at=("rectified",), to="closed",
                other_than=("rectify",),
            ),
            Step(
                name="send_back", label="复查退回", by=INSPECTORS, at=("rectified",), to="rectifying", asks=("reason",),
            ),
            Step(
                name="close", label="办结", by=INSPECTORS, at=("checked",), to="closed",
                guards=(rules.has_no_problems,),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="window_checks", label="窗口5S检查", unit="次", steps=("check",), definition="本期内开展的窗口5S检查"),
        Mean(
            name="window_score", label="窗口5S平均分", unit="分", steps=("check",), field_name="score",
            definition="本期内各次窗口5S检查总分的平均数",
        ),
        Stock(
            name="window_open", label="没有办结的窗口问题", unit="次", states=("rectifying", "rectified"),
            definition="期末还在整改、没有复查通过的窗口5S检查",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "窗口5S检查"
