"""A problem that an inspection or an audit found: put right by its owner, re-checked by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hefa.kernel.figure import Count, OnTime, Period, Stock, Times
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Office
from hefa.kernel.turn import Turn, clocks

from . import rules

INTERNAL = instrument("internal")
ZHEJIANG = instrument("zhejiang_audit")

FINDERS = ("planner", "justice_head", "justice_clerk", "auditor")
OWNERS = ("committee_head", "case_officer", "enforcement_head", "foi_head", "petition_head", "personnel_officer")
RECHECKERS = ("planner", "auditor", "justice_head", "deputy")
FOUND = ("find", "find_in_audit")
OPEN = ("found", "rectifying", "rectified")
WITH_OWNER = ("found", "rectifying")
BY_DEPUTIES = {
    "matter__arises_from__kind": "supervision.inspection",
    "matter__arises_from__supervision_inspection__type": "deputies",
}


class Severity(models.TextChoices):
    MINOR = "minor", "一般"
    SERIOUS = "serious", "较重"
    GRAVE = "grave", "重大"


def is_late(matter: Matter, day: date) -> bool:
    """Whether rectification had run over on `day`: its clock, or the earlier day asked for; `day` itself is in time."""
    asked = matter.case.rectify_by  # type: ignore[attr-defined]
    runs = (run for _, run in clocks(matter))
    return (asked is not None and asked < day) or any(run.status(day) == "overdue" for run in runs)


@dataclass(frozen=True, kw_only=True)
class Overdue(Stock):
    """Findings in `states` (those that wait for their owner) whose day had passed at the period's end."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        waiting = super().entries(period, office).select_related("matter")
        late = [entry.id for entry in waiting if entry.matter and is_late(entry.matter, period.end)]
        return Entry.objects.filter(id__in=late).order_by("id")


class Finding(Kind):
    """督查审计问题."""

    problem = models.TextField("问题", blank=True)
    severity = models.CharField("严重程度", max_length=8, choices=Severity, blank=True)
    owner = models.CharField("责任部门", max_length=60, blank=True)
    rectify_by = models.DateField(
        "要求完成日期", null=True, blank=True, help_text="比整改期限早的才填；不填的按整改期限"
    )
    recurs = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上次销号的同一问题"
    )
    cause = models.TextField("原因分析", blank=True)
    measures = models.TextField("整改措施", blank=True)
    done = models.TextField("整改结果", blank=True)
    evidence = models.CharField("整改佐证", max_length=200, blank=True)
    evidence_on = models.DateField(
        "佐证形成日期", null=True, blank=True, help_text="照片、票据、文件本身的日期，不是上传的日期"
    )
    recheck_evidence = models.CharField("复查佐证", max_length=200, blank=True)
    recheck_on = models.DateField("复查佐证形成日期", null=True, blank=True, help_text="到现场核对、拍照的日期")

    series = "{office}整改〔{year}〕{n}号"
    lists = ("severity", "owner", "rectify_by")

    flow = Flow(
        states={
            "found": "待提整改措施",
            "rectifying": "整改中",
            "rectified": "待复查",
            "closed": "已销号",
            "dismissed": "不成立",
        },
        ends=("closed", "dismissed"),
        corrected_by=("planner", "auditor", "justice_head"),
        steps=(
            Step(
                name="find", label="登记督查问题", by=FINDERS, to="found", asks=("arises_from", "problem", "severity"),
                offers=("owner", "handler", "rectify_by", "recurs"),
                guards=(rules.came_of_inspection, rules.is_asked_for_in_time, rules.recurs_after_closure),
                sets=rules.titled, paper="rectification_notice",
                help="登记在责任单位名下；承办人选整改责任人。同一问题又发生的，选上次销号的那一件。",
            ),
            Step(
                name="find_in_audit", label="登记审计问题", by=FINDERS, to="found", basis=ZHEJIANG[39, 1],
                asks=("arises_from", "problem", "severity"), offers=("owner", "handler", "rectify_by", "recurs"),
                guards=(rules.came_of_audit, rules.is_asked_for_in_time, rules.recurs_after_closure),
                sets=rules.titled, paper="rectification_notice", help="登记在被审计单位名下。",
            ),
            Step(
                name="assign", label="交整改责任人", by=FINDERS, at=WITH_OWNER, asks=("handler",), offers=("owner",),
            ),
            Step(
                name="propose", label="提出整改措施", by=OWNERS, at=WITH_OWNER, to="rectifying",
                asks=("cause", "measures"), other_than=FOUND, help="由责任单位提出，不由发现问题的人代拟。",
            ),
            Step(
                name="extend", label="延长整改期限", by=("planner", "justice_head"), at=WITH_OWNER,
                asks=("reason", "extension_days"), guards=(rules.may_be_extended,),
                help="一次最多延长一个整改期限；期满以后不能再延。",
            ),
            Step(
                name="report", label="报整改完成", by=OWNERS, at=("rectifying",), to="rectified",
                asks=("done", "evidence", "evidence_on"), other_than=FOUND, guards=(rules.evidence_is_dated,),
            ),
            Step(
                name="close", label="复查通过销号", by=RECHECKERS, at=("rectified",), to="closed",
                asks=("recheck_evidence", "recheck_on"), offers=("reason",),
                other_than=(*FOUND, "propose", "report"), guards=(rules.recheck_is_dated,), paper="recheck",
                help="由发现问题、提出和落实整改以外的另一个人复查。",
            ),
            Step(
                name="reject", label="复查未通过", by=RECHECKERS, at=("rectified",), to="rectifying",
                asks=("recheck_evidence", "recheck_on", "reason"), other_than=(*FOUND, "propose", "report"),
                guards=(rules.recheck_is_dated,), paper="recheck", help="退回责任单位继续整改，整改期限重新起算。",
            ),
            Step(
                name="dismiss", label="认定不成立", by=("planner", "auditor", "justice_head"), at=WITH_OWNER,
                to="dismissed", asks=("reason",), help="责任单位有异议，经核实问题不成立的。",
            ),
        ),
        deadlines=(
            Deadline(
                name="rectify", label="问题整改", within=INTERNAL.term("rectify"), starts=("find", "reject"),
                stops=("report", "dismiss"), extended_by=("extend",), extension=INTERNAL.term("rectify"),
            ),
            Deadline(
                name="audit_rectify", label="审计问题整改", within=ZHEJIANG.term("rectify"), starts=("find_in_audit",),
                stops=("report", "dismiss"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="findings", label="发现问题", unit="个", steps=FOUND,
            having={"matter__state__in": (*OPEN, "closed")}, definition="本期内督查、审计发现的问题；认定不成立的不计",
        ),
        Count(
            name="findings_closed", label="销号问题", unit="个", steps=("close",),
            definition="本期内经另一人复查通过、予以销号的问题",
        ),
        Count(
            name="inspection_findings_closed", label="督查问题办结", unit="件", steps=("close",), having=BY_DEPUTIES,
            definition="本期内复查通过、予以销号的人大代表专项督查问题",
        ),
        Stock(
            name="open_findings", label="没有销号的问题", unit="个", states=OPEN, definition="期末还没有销号的问题",
        ),
        Overdue(
            name="overdue_rectifications", label="逾期整改", unit="个", states=WITH_OWNER,
            definition="期末在责任单位手里、整改期限或者要求完成日期已过的问题",
        ),
        Count(
            name="recurring_findings", label="再次发生的问题", unit="个", steps=FOUND,
            having={"recurs__isnull": False, "matter__state__in": (*OPEN, "closed")},
            definition="本期内发现的问题中，以前销号过的同一问题",
        ),
        Times(
            name="failed_rechecks", label="复查未通过", unit="次", steps=("reject",),
            definition="本期内复查未通过的次数",
        ),
        OnTime(
            name="rectified_on_time", label="督查整改按期率", deadline="rectify",
            definition="本期报整改完成的督查问题（含复查退回的审计问题）中，在整改期限内完成的比例",
        ),
        OnTime(
            name="audit_rectified_on_time", label="审计整改按期率", deadline="audit_rectify",
            definition="本期报整改完成的审计问题中，第一次在整改期限内完成的比例",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "督查审计问题"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.finding_facts(turn)
