"""Normative documents: drafted, commented on, reviewed, decided, numbered and issued as one series, cleaned up."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, OnTime, Period, Stock
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind, Matter

from . import guards
from .figures import IssuedUnreviewed

INTERNAL = instrument("internal")
ENVIRONMENT = instrument("business_environment")

DRAFTERS = ("case_officer", "planner")
REGISTRY = ("planner", "justice_clerk")
BEFORE_DECISION = ("drafting", "commenting", "commented", "reviewed")


class CleanUp(models.TextChoices):
    KEEP = "keep", "继续有效"
    REVISE = "revise", "需要修改"
    ABOLISH = "abolish", "需要废止"


def validity_is_past(period: Period) -> dict[str, Any]:
    return {"in_force_to__lt": period.end}


def cleanup_is_past(period: Period) -> dict[str, Any]:
    return {"cleanup_on__lt": period.end}


class NormativeDocument(Kind):
    """行政规范性文件."""

    issuer = models.CharField("制定机关", max_length=60, blank=True)
    unit = models.CharField("起草单位", max_length=60, blank=True)
    summary = models.TextField("主要内容", blank=True)
    is_trial = models.BooleanField("暂行或者试行", default=False)
    affects_market = models.BooleanField("涉及经营者经济活动", default=False)
    comment_until = models.DateField("征求意见截止日期", null=True, blank=True)
    comments = models.TextField("意见和采纳情况", blank=True)
    competition = models.TextField("公平竞争审查结论", blank=True)
    review = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="合法性审查"
    )
    decided_in = models.CharField("审议通过的会议", max_length=80, blank=True)
    decision = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决策议题"
    )
    doc_no = models.CharField("文号", max_length=40, blank=True)
    published_in = models.CharField("公布载体", max_length=80, blank=True)
    interpreter = models.CharField("解释机关", max_length=60, blank=True)
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    in_force_to = models.DateField("有效期至", null=True, blank=True)
    filed_with = models.CharField("备案机关", max_length=60, blank=True)
    cleanup_on = models.DateField("下次清理日期", null=True, blank=True)
    cleanup = models.CharField("清理结论", max_length=8, choices=CleanUp, blank=True)

    series = "{office}规文〔{year}〕{n}号"
    lists = ("doc_no", "in_force_from", "in_force_to")
    seen_by = ("foi_officer", "foi_head")  # the second table of their annual report counts these

    flow = Flow(
        states={
            "drafting": "起草中",
            "commenting": "征求意见中",
            "commented": "意见已汇总",
            "reviewed": "已合法性审查",
            "decided": "已审议通过",
            "numbered": "已统一编号",
            "in_force": "现行有效",
            "abolished": "已废止",
            "expired": "已失效",
            "dropped": "终止制定",
        },
        ends=("abolished", "expired", "dropped"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="draft", label="起草", by=DRAFTERS, to="drafting", asks=("title", "issuer", "unit", "summary"),
                offers=("is_trial", "affects_market", "handler", "arises_from"), guards=(guards.issuer_is_organ,),
                help="名称带“暂行”“试行”的，选“暂行或者试行”。",
            ),
            Step(
                name="open_comments", label="公开征求意见", by=DRAFTERS, at=("drafting",), to="commenting",
                basis=ENVIRONMENT[62, 2], asks=("comment_until",), offers=("reason",),
                guards=(guards.comment_time_is_enough,), paper="call",
            ),
            Step(
                name="close_comments", label="汇总意见", by=DRAFTERS, at=("commenting",), to="commented",
                asks=("comments",), guards=(guards.comments_are_over,), help="逐条写采纳和不采纳的理由。",
            ),
            Step(
                name="check_competition", label="公平竞争审查", by=DRAFTERS, at=("drafting", "commenting", "commented"),
                basis=ENVIRONMENT[63], asks=("competition",),
            ),
            Step(
                name="attach_opinion", label="附合法性审查意见", by=(*DRAFTERS, "justice_clerk", "reviewer"),
                at=("commented",), to="reviewed", basis=ENVIRONMENT[63, 2], asks=("review",),
                guards=(guards.competition_is_checked, guards.review_clears),
                help="征求意见、会签、参加审议都不能代替合法性审查。",
            ),
            Step(
                name="decide", label="集体审议通过", by=REGISTRY, at=("reviewed",), to="decided", asks=("decided_in",),
                offers=("decision",), guards=(guards.decision_is_made,),
            ),
            Step(
                name="number", label="统一登记编号", by=REGISTRY, at=("decided",), to="numbered", asks=("doc_no",),
                guards=(guards.number_is_well_formed, guards.number_is_new), other_than=("draft",),
                help="统一登记、统一编号、统一印发。",
            ),
            Step(
                name="publish", label="统一印发公布", by=REGISTRY, at=("numbered",), to="in_force",
                basis=ENVIRONMENT[64, 2], asks=("published_in", "interpreter", "in_force_from", "in_force_to"),
                offers=("reason",), guards=(guards.force_follows_publication, guards.validity_is_bounded),
                sets=guards.published, paper="publication", help="没有公布的，不能作为管理的依据。",
            ),
            Step(
                name="file", label="报送备案", by=REGISTRY, at=("in_force",), asks=("filed_with",), paper="filing",
            ),
            Step(
                name="clean_up", label="清理", by=REGISTRY, at=("in_force",), asks=("cleanup", "reason"),
                sets=guards.published, help="每隔两年全面清理一次；上位法修改、废止的随时清理。",
            ),
            Step(
                name="renew", label="延长有效期", by=REGISTRY, at=("in_force",), asks=("in_force_to", "reason"),
                guards=(guards.validity_is_bounded,), help="经评估需要继续施行的，届满前重新公布有效期。",
            ),
            Step(
                name="abolish", label="废止", by=REGISTRY, at=("in_force",), to="abolished", asks=("reason",),
                sets=guards.abolished, help="写明由哪个文件废止，或者为什么废止；以公布之日为废止日期。",
            ),
            Step(
                name="expire", label="有效期届满", by=REGISTRY, at=("in_force",), to="expired",
                guards=(guards.has_expired,),
            ),
            Step(
                name="drop", label="终止制定", by=DRAFTERS, at=BEFORE_DECISION, to="dropped", asks=("reason",),
            ),
        ),
        deadlines=(
            Deadline(
                name="filing", label="报送备案", within=INTERNAL.term("document_filing"), starts=("publish",),
                stops=("file",),
            ),
            Deadline(
                name="cleanup", label="两年清理", within=INTERNAL.term("document_cleanup"), starts=("publish",),
                stops=("abolish", "expire"), restarts=("clean_up",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="documents_issued", label="制发规范性文件", steps=("publish",),
            definition="本期内统一编号、公布的行政规范性文件",
        ),
        IssuedUnreviewed(
            name="documents_unreviewed", label="应审未审的规范性文件", steps=("publish",),
            definition="本期内公布的行政规范性文件中，现在没有合法、修改后合法的审查意见的",
        ),
        Count(
            name="documents_ended", label="废止、失效的规范性文件", steps=("abolish", "expire"),
            definition="本期内废止或者有效期届满的行政规范性文件",
        ),
        Stock(
            name="documents_in_force", label="现行有效的规范性文件", states=("in_force",),
            definition="期末已经公布、没有废止也没有失效的行政规范性文件",
        ),
        OnTime(
            name="documents_filed_on_time", label="规范性文件按期备案率", deadline="filing",
            definition="本期备案的规范性文件中，在备案期限内报送的比例",
        ),
        Stock(
            name="cleanup_overdue", label="到期没有清理的规范性文件", states=("in_force",), having=cleanup_is_past,
            definition="期末已过清理日期、还没有清理的行政规范性文件",
        ),
        Stock(
            name="documents_past_validity", label="过了有效期没有登记失效的规范性文件", states=("in_force",),
            having=validity_is_past, definition="期末已过有效期、没有延长也没有登记失效的行政规范性文件",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件"
