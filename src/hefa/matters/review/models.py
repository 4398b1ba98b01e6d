"""Legality review: one entrance, one exit, and every numbered opinion answered by the unit that sent the text in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models

from hefa.kernel.figure import Count, OnTime, Share, Stock
from hefa.kernel.flow import VOID, Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules

DECISION = instrument("decision")
ENVIRONMENT = instrument("business_environment")
PENALTY = instrument("penalty")
INTERNAL = instrument("internal")

SENT_BY = (*rules.SENDERS, "justice_clerk")
DESK = ("reviewer", "justice_clerk", "justice_head")
SUBMISSIONS = ("submit_document", "submit_contract", "submit_decision", "submit_enforcement", "submit_other")
IN_REVIEW = ("submitted", "returned", "reviewing", "drafted")
OFFERED = ("urgency", "handler", "arises_from", "sealed")


class Category(models.TextChoices):
    DOCUMENT = "document", "规范性文件"
    CONTRACT = "contract", "合同"
    DECISION = "decision", "重大决策"
    ENFORCEMENT = "enforcement", "行政执法决定"
    OTHER = "other", "其他文件"


class Urgency(models.TextChoices):
    ORDINARY = "ordinary", "一般"
    URGENT = "urgent", "紧急"


class Conclusion(models.TextChoices):
    LEGAL = "legal", "合法"
    AFTER_CHANGE = "after_change", "修改后合法"
    SUPPLEMENT = "supplement", "应当补充程序后再审"
    UNLAWFUL = "unlawful", "不合法"
    OUT_OF_SCOPE = "out_of_scope", "不属审查范围"


class Severity(models.TextChoices):
    MUST = "must", "应当修改"
    SHOULD = "should", "建议修改"
    NOTE = "note", "提示"


class Review(Kind):
    """合法性审查."""

    category = models.CharField("送审类别", max_length=12, choices=Category, blank=True)
    sender = models.CharField("送审单位", max_length=80, blank=True)
    materials = models.TextField("送审材料", blank=True)
    urgency = models.CharField("缓急", max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    version = models.PositiveSmallIntegerField("送审稿次", default=1)
    affects_market = models.BooleanField("涉及经营者经济活动", default=False)
    amount = models.DecimalField("合同金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    counterparty = PersonalField("合同相对方", masks="name")
    scope = models.CharField("委托审查范围", max_length=200, blank=True)
    advice = models.TextField("法律顾问意见", blank=True)
    grounds = models.TextField("审查依据", blank=True)
    findings = models.TextField("审查情况", blank=True)
    proposed = models.CharField("拟定结论", max_length=12, choices=Conclusion, blank=True)
    conclusion = models.CharField("审查结论", max_length=12, choices=Conclusion, blank=True)

    notes = {
        "has_no_interest": models.BooleanField("声明无利害关系"),
        "hint": models.TextField("核查文稿的提示"),
    }
    series = "{office}法审〔{year}〕{n}号"
    lists = ("category", "sender", "conclusion")
    primary = True

    flow = Flow(
        states={
            "submitted": "待受理",
            "returned": "退回补正",
            "reviewing": "审查中",
            "drafted": "待签发",
            "concluded": "已出具意见",
            "answered": "已反馈采纳情况",
            "filed": "已归档",
            "out_of_scope": "不予受理",
            "withdrawn": "已撤回",
        },
        ends=("filed", "out_of_scope", "withdrawn"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="submit_document", label="规范性文件送审", by=SENT_BY, to="submitted",
                basis=ENVIRONMENT[63, 2], asks=("title", "sender", "materials"), offers=("affects_market", *OFFERED),
                sets={"category": Category.DOCUMENT}, guards=(rules.has_sender,), paper="submission",
                help="材料逐项写，用顿号隔开：草案、起草说明、制定依据、征求意见情况；涉及经营者的另附公平竞争审查结论。",
            ),
            Step(
                name="submit_contract", label="合同送审", by=SENT_BY, to="submitted",
                asks=("title", "sender", "materials", "counterparty"), offers=("amount", *OFFERED),
                sets={"category": Category.CONTRACT}, guards=(rules.has_sender,), paper="submission",
                help="材料逐项写，用顿号隔开：合同文本、对方主体资格材料。签订之前送审。",
            ),
            Step(
                name="submit_decision", label="重大决策送审", by=SENT_BY, to="submitted",
                basis=DECISION[26, 1], asks=("title", "sender", "materials"), offers=("affects_market", *OFFERED),
                sets={"category": Category.DECISION}, guards=(rules.has_sender,), paper="submission",
                help="材料逐项写，用顿号隔开：决策草案、制定依据、程序说明。提交集体讨论之前送审，给审查留足时间。",
            ),
            Step(
                name="submit_enforcement", label="行政执法决定送审", by=SENT_BY, to="submitted",
                basis=PENALTY[58, 1], asks=("title", "sender", "materials"), offers=OFFERED,
                sets={"category": Category.ENFORCEMENT}, guards=(rules.has_sender,), paper="submission",
                help="材料逐项写，用顿号隔开：拟作决定的文书、案卷材料。",
            ),
            Step(
                name="submit_other", label="其他文件送审", by=SENT_BY, to="submitted",
                asks=("title", "sender", "materials"), offers=OFFERED,
                sets={"category": Category.OTHER}, guards=(rules.has_sender,), paper="submission",
                help="材料逐项写，用顿号隔开，至少有送审文本。",
            ),
            Step(
                name="accept", label="受理", by=DESK, at=("submitted",), to="reviewing",
                guards=(rules.materials_are_complete,), help="形式审查：属于审查范围，材料齐全。",
            ),
            Step(
                name="return_materials", label="退回补正", by=DESK, at=("submitted", "reviewing"), to="returned",
                asks=("reason",), paper="completion", help="一次写清要补正什么；补正期间不计入审查期限。",
            ),
            Step(
                name="resubmit", label="补正后再送", by=SENT_BY, at=("returned",), to="submitted",
                asks=("materials",), offers=("amount", "counterparty", "affects_market"),
                help="写补正之后的全部材料。审查期限接着计算。",
            ),
            Step(
                name="decline", label="不予受理", by=DESK, at=("submitted",), to="out_of_scope", asks=("reason",),
                sets={"conclusion": Conclusion.OUT_OF_SCOPE}, paper="out_of_scope",
                help="不属于合法性审查的范围，写明理由。",
            ),
            Step(
                name="assign", label="委托法律顾问", by=DESK, at=("reviewing",), basis=DECISION[28],
                asks=("partner", "scope"), guards=(rules.partner_is_outside,), paper="entrustment",
                help="协办单位选受委托的律师事务所；法律顾问只看得到委托给他的事项。",
            ),
            Step(
                name="recuse", label="申请回避", by=("counsel",), at=("reviewing",), asks=("reason",),
                sets={"partner": None, "scope": ""}, help="与事项或者各方有利害关系的，应当回避，由司法所另行委托。",
            ),
            Step(
                name="counsel_opine", label="法律顾问出具意见", by=("counsel", "justice_clerk"), at=("reviewing",),
                basis=DECISION[28], asks=("advice", "has_no_interest"),
                guards=(rules.counsel_is_assigned, rules.counsel_is_impartial),
                help="总的意见写在这里，具体问题逐条登记为法律意见。纸质意见可由司法所代为录入。",
            ),
            Step(
                name="dismiss_hint", label="不采用核查提示", by=("reviewer", "justice_clerk", "counsel"),
                at=("reviewing",), asks=("hint", "reason"),
                help="核查文稿给出的提示，审查人认为不成立的，写明理由；采用的登记为法律意见。",
            ),
            Step(
                name="draft_opinion", label="拟写审查意见", by=("reviewer", "justice_clerk"), at=("reviewing",),
                to="drafted", basis=DECISION[27], asks=("findings", "proposed"), offers=("grounds",),
                other_than=SUBMISSIONS, guards=(rules.counsel_was_heard,),
                help="从主体、权限、程序、内容、形式几方面写；具体问题先逐条登记为法律意见。",
            ),
            Step(
                name="return_draft", label="退回重拟", by=("justice_head",), at=("drafted",), to="reviewing",
                asks=("reason",),
            ),
            Step(
                name="conclude", label="出具审查意见书", by=("justice_head",), at=("drafted",), to="concluded",
                basis=DECISION[28], asks=("conclusion",), other_than=(*SUBMISSIONS, "draft_opinion"),
                guards=(rules.conclusion_fits_opinions,), paper="opinion",
                help="结论与逐条意见要对得上：有“应当修改”而未采纳的，不能是“合法”。",
            ),
            Step(
                name="complete_feedback", label="反馈采纳情况", by=rules.SENDERS, at=("concluded",), to="answered",
                offers=("reason",), guards=(rules.every_opinion_is_answered,), paper="feedback",
                help="每条法律意见都答复了采纳、部分采纳或者不采纳之后，出采纳情况反馈表。",
            ),
            Step(
                name="re_review", label="送请复审", by=rules.SENDERS, at=("concluded", "answered"), to="reviewing",
                asks=("materials", "reason"), guards=(rules.every_opinion_is_answered,), sets=rules.next_version,
                help="修改或者补充程序之后再审；先逐条反馈上一稿的意见。",
            ),
            Step(
                name="withdraw", label="撤回送审", by=rules.SENDERS, at=(*IN_REVIEW, "concluded", "answered"),
                to="withdrawn", asks=("reason",), guards=(rules.is_not_cleared,),
            ),
            Step(
                name="file", label="归档", by=(*DESK, "archivist"), to="filed", basis=DECISION[33],
                at=("concluded", "answered", "out_of_scope", "withdrawn"),
                guards=(rules.feedback_is_complete, rules.every_opinion_is_answered, rules.awaits_no_supplement),
            ),
        ),
        deadlines=(
            Deadline(
                name="review", label="审查期限（合同、执法决定和其他文件）", within=INTERNAL.term("review"),
                starts=("submit_contract", "submit_enforcement", "submit_other"),
                stops=("conclude", "decline", "withdraw"), pauses=("return_materials",), resumes=("resubmit",),
            ),
            Deadline(
                name="review_document", label="审查期限（规范性文件）", within=INTERNAL.term("review_document"),
                starts=("submit_document",), stops=("conclude", "decline", "withdraw"),
                pauses=("return_materials",), resumes=("resubmit",),
            ),
            Deadline(
                name="review_decision", label="审查期限（重大决策）", within=INTERNAL.term("review_decision"),
                starts=("submit_decision",), stops=("conclude", "decline", "withdraw"),
                pauses=("return_materials",), resumes=("resubmit",),
            ),
            Deadline(
                name="re_review", label="复审期限", within=INTERNAL.term("review"), starts=("re_review",),
                stops=("conclude", "withdraw"), pauses=("return_materials",), resumes=("resubmit",),
            ),
            Deadline(
                name="counsel", label="法律顾问出具意见", within=INTERNAL.term("counsel_opinion"),
                starts=("assign",), stops=("counsel_opine", "recuse", "conclude", "withdraw"), restarts=("assign",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="reviewed", label="审查文件、合同、决策", steps=("conclude",),
            definition="本期内出具合法性审查意见书的送审事项；同一事项复审不重复计算，不予受理和撤回的不计",
        ),
        Count(
            name="documents", label="审查规范性文件", steps=("conclude",), having={"category": Category.DOCUMENT},
            definition="本期内出具审查意见书的规范性文件",
        ),
        Count(
            name="contracts", label="审查合同", steps=("conclude",), having={"category": Category.CONTRACT},
            definition="本期内出具审查意见书的合同",
        ),
        Count(
            name="decisions", label="审查重大决策", steps=("conclude",), having={"category": Category.DECISION},
            definition="本期内出具审查意见书的重大决策",
        ),
        Count(
            name="enforcement_decisions", label="审查行政执法决定", steps=("conclude",),
            having={"category": Category.ENFORCEMENT}, definition="本期内出具审查意见书的行政执法决定",
        ),
        Count(
            name="other_files", label="审查其他文件", steps=("conclude",), having={"category": Category.OTHER},
            definition="本期内出具审查意见书的其他文件",
        ),
        Count(
            name="returned", label="退回补正", steps=("return_materials",),
            definition="本期内因材料不齐等退回补正过的送审事项",
        ),
        Stock(name="pending", label="期末在审", states=IN_REVIEW, definition="期末还没有审查结论的送审事项"),
        OnTime(
            name="contracts_on_time", label="合同等按期审结率", deadline="review",
            definition="本期审结的合同、行政执法决定和其他文件中，在审查期限内审结的比例",
        ),
        OnTime(
            name="documents_on_time", label="规范性文件按期审结率", deadline="review_document",
            definition="本期审结的规范性文件中，在审查期限内审结的比例",
        ),
        OnTime(
            name="decisions_on_time", label="重大决策按期审结率", deadline="review_decision",
            definition="本期审结的重大决策中，在审查期限内审结的比例",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "合法性审查"

    @cached_property
    def opinions(self) -> list[Opinion]:
        """The opinions on this text in the order of their numbers, without those taken back. One query."""
        raised = Opinion.objects.filter(matter__arises_from=self.pk)
        return list(raised.exclude(matter__state__in=("withdrawn", VOID)).select_related("matter").order_by("pk"))

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.review_facts(turn)


class Opinion(Kind):
    """法律意见."""

    clause = models.TextField("针对的条款", blank=True)
    problem = models.TextField("问题", blank=True)
    basis = models.TextField("依据", blank=True)
    suggestion = models.TextField("修改建议", blank=True)
    severity = models.CharField("性质", max_length=10, choices=Severity, blank=True)
    author = models.CharField("提出人", max_length=60, blank=True)
    reply = models.TextField("采纳说明", blank=True)

    series = "{office}法意〔{year}〕{n}号"
    lists = ("severity", "clause", "author")

    flow = Flow(
        states={
            "open": "待答复",
            "adopted": "已采纳",
            "partly_adopted": "部分采纳",
            "rejected": "未采纳",
            "withdrawn": "已撤回",
        },
        ends=("adopted", "partly_adopted", "rejected", "withdrawn"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="raise", label="提出意见", by=("reviewer", "justice_clerk", "counsel"), to="open",
                basis=DECISION[28], asks=("arises_from", "severity", "problem"),
                offers=("clause", "basis", "suggestion", "author"), guards=(rules.review_is_open,), sets=rules.raised,
                help="一个问题一条：引用条款，说明问题和依据，写出建议的文字。",
            ),
            Step(
                name="revise", label="修改意见", by=("reviewer", "justice_clerk", "counsel"), at=("open",),
                asks=("problem",), offers=("severity", "clause", "basis", "suggestion"),
                guards=(rules.is_not_issued,), sets=rules.retitled, help="审查意见书出具之前可以修改。",
            ),
            Step(
                name="adopt", label="采纳", by=rules.SENDERS, at=("open",), to="adopted", offers=("reply",),
                other_than=("raise",), help="由送审单位答复。",
            ),
            Step(
                name="partly_adopt", label="部分采纳", by=rules.SENDERS, at=("open",), to="partly_adopted",
                asks=("reply",), other_than=("raise",), help="写明采纳了什么、没有采纳什么和理由。",
            ),
            Step(
                name="reject", label="不采纳", by=rules.SENDERS, at=("open",), to="rejected", asks=("reply",),
                other_than=("raise",), help="写明不采纳的理由；“应当修改”的意见不采纳，结论就不能是“合法”。",
            ),
            Step(
                name="withdraw", label="撤回意见", by=("reviewer", "justice_head", "counsel"), at=("open",),
                to="withdrawn", asks=("reason",), guards=(rules.is_not_issued,),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="opinions", label="法律意见", unit="条", steps=("raise",),
            having={"matter__state__in": ("open", "adopted", "partly_adopted", "rejected")},
            definition="本期内对送审事项提出的法律意见，逐条计数；撤回的不计",
        ),
        Count(
            name="answered_opinions", label="已答复的法律意见", unit="条", steps=("adopt", "partly_adopt", "reject"),
            definition="本期内送审单位答复了的法律意见",
        ),
        Count(
            name="adopted_opinions", label="采纳的法律意见", unit="条", steps=("adopt", "partly_adopt"),
            definition="本期内送审单位采纳或者部分采纳的法律意见",
        ),
        Share(
            name="adopted_share", label="法律意见采纳率", of="review.adopted_opinions",
            among="review.answered_opinions", definition="采纳和部分采纳的意见数 ÷ 已答复的意见数",
        ),
        Stock(
            name="open_opinions", label="期末待答复的法律意见", unit="条", states=("open",),
            definition="期末送审单位还没有答复的法律意见",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法律意见"
