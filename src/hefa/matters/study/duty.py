"""What leaders do for the rule of law: the yearly report (述法), and the duties of the first responsible person."""

from __future__ import annotations

from django.db import models

from hefa.kernel.figure import Count, Share, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind

from . import rules

PUBLICITY = instrument("publicity")

REGISTRY = ("planner", "personnel_officer")
LEADERS = ("party_secretary", "director", "deputy")
# The checklist of a report: each head is a field that has to be filled.
CHECKLIST = ("studied", "decided", "performed", "promoted", "problems")


class Grade(models.TextChoices):
    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    FAIR = "fair", "中等"
    POOR = "poor", "较差"


class Act(models.TextChoices):
    """五个亲自 of the principals; 一岗双责 of the other members of the team."""

    DEPLOY = "deploy", "亲自部署"
    INQUIRE = "inquire", "亲自过问"
    COORDINATE = "coordinate", "亲自协调"
    SUPERVISE = "supervise", "亲自督办"
    LEAD = "lead", "亲自带头"
    DUAL = "dual", "一岗双责"


class Position(models.TextChoices):
    PARTY = "party", "党工委书记"
    OFFICE = "office", "办事处主任"
    MEMBER = "member", "班子成员"


class DutyReport(Kind):
    """述法."""

    leader = models.CharField("述法人", max_length=20, blank=True)
    post = models.CharField("职务", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True, validators=rules.YEAR)
    studied = models.TextField("学法用法情况", blank=True)
    decided = models.TextField("依法决策情况", blank=True)
    performed = models.TextField("依法履职情况", blank=True)
    promoted = models.TextField("推进法治建设情况", blank=True)
    problems = models.TextField("问题和打算", blank=True)
    evidence = models.TextField("佐证", blank=True, help_text="逐项写，用顿号隔开；账上的事写编号")
    score = models.PositiveSmallIntegerField("评分", null=True, blank=True, validators=rules.HUNDRED)
    grade = models.CharField("等次", max_length=10, choices=Grade, blank=True)
    comment = models.TextField("评议意见", blank=True)

    series = "{office}述法〔{year}〕{n}号"
    lists = ("leader", "year", "grade")

    flow = Flow(
        states={"assigned": "待述法", "submitted": "待评议", "scored": "已评议", "filed": "已归档"},
        ends=("filed",),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="assign", label="布置述法", by=REGISTRY, to="assigned", basis=PUBLICITY[38],
                asks=("leader", "post", "year"), offers=("handler",), guards=(rules.leader_has_no_report,),
                sets=rules.reported, help="一位领导一个年度一份。",
            ),
            Step(
                name="submit", label="提交述法报告", by=(*LEADERS, *REGISTRY), at=("assigned",), to="submitted",
                basis=PUBLICITY[38], asks=(*CHECKLIST, "evidence"), guards=(rules.evidence_is_on_record,),
                paper="report", help="清单上的五项逐项写；书面提交的可以代为录入。",
            ),
            Step(
                name="send_back", label="退回补充", by=(*REGISTRY, "district_justice"), at=("submitted",),
                to="assigned", asks=("reason",),
            ),
            Step(
                name="score", label="评议", by=("district_justice", "party_secretary"), at=("submitted",), to="scored",
                asks=("score", "grade", "comment"), other_than=("submit",), guards=(rules.scorer_is_another,),
                help="党政主要负责人由上级评议，班子成员由党工委书记评议。",
            ),
            Step(name="file", label="归档", by=(*REGISTRY, "archivist"), at=("scored",), to="filed"),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="duty_reports", label="述法报告", unit="份", steps=("submit",),
            definition="本期内领导干部提交的述法报告，退回后再交的计一次",
        ),
        Count(
            name="scored_reports", label="评议过的述法报告", unit="份", steps=("score",),
            definition="本期内上级评议过的述法报告",
        ),
        Stock(
            name="missing_reports", label="没有提交的述法报告", unit="份", states=("assigned",),
            definition="期末已经布置、还没有提交的述法报告",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "述法"


class Duty(Kind):
    """法治建设职责."""

    leader = models.CharField("负责人", max_length=20, blank=True)
    post = models.CharField("身份", max_length=8, choices=Position, blank=True)
    act = models.CharField("职责", max_length=12, choices=Act, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True, validators=rules.YEAR)
    content = models.TextField("工作内容", blank=True)
    result = models.TextField("履行情况", blank=True)
    evidence = models.TextField("佐证", blank=True, help_text="逐项写，用顿号隔开；账上的事写编号")

    series = "{office}法治职责〔{year}〕{n}号"
    lists = ("leader", "act", "year")

    flow = Flow(
        states={"open": "待履行", "performed": "待核实", "confirmed": "已核实", "dropped": "已取消"},
        ends=("confirmed", "dropped"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="assign", label="列出职责", by=REGISTRY, to="open", asks=("leader", "post", "act", "year", "content"),
                offers=("handler", "arises_from"), guards=(rules.act_fits_post,), sets=rules.charged,
                help="党政主要负责人列五个亲自，班子成员列一岗双责。",
            ),
            Step(
                name="perform", label="登记履行", by=(*LEADERS, *REGISTRY), at=("open",), to="performed",
                asks=("result", "evidence"), guards=(rules.evidence_is_on_record,),
            ),
            Step(
                name="confirm", label="核实", by=(*REGISTRY, "justice_head"), at=("performed",), to="confirmed",
                other_than=("perform",), help="看佐证是否真实、与职责相符。",
            ),
            Step(
                name="send_back", label="退回", by=(*REGISTRY, "justice_head"), at=("performed",), to="open",
                asks=("reason",),
            ),
            Step(name="drop", label="取消", by=REGISTRY, at=("open",), to="dropped", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="duties", label="列出的法治建设职责", unit="项", steps=("assign",),
            having={"matter__state__in": ("open", "performed", "confirmed")},
            definition="本期内列出的第一责任人职责和一岗双责；取消的不计",
        ),
        Count(
            name="duties_performed", label="核实履行的法治建设职责", unit="项", steps=("confirm",),
            definition="本期内有佐证、经核实的法治建设职责",
        ),
        Share(
            name="duty_share", label="法治建设职责履行率", of="study.duties_performed", among="study.duties",
            definition="核实履行的职责数 ÷ 列出的职责数",
        ),
        Stock(
            name="duties_open", label="没有履行的法治建设职责", unit="项", states=("open",),
            definition="期末列出了、还没有登记履行的职责",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法治建设职责"
