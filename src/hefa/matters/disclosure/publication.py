"""What the office publishes unasked, with the metadata of its catalogue (政府信息公开条例第三章)."""

from django.db import models

from hefa.kernel.figure import Count, OnTime
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.matter import Kind

from . import release
from .catalogue import Assembly, Genre, Mode, Subject, Validity, validate_index
from .replies import FOI


class Publication(Kind):
    """主动公开."""

    index_no = models.CharField(
        "索引号", max_length=24, null=True, blank=True, unique=True, validators=[validate_index]
    )
    summary = models.TextField("内容概述", blank=True)
    assembly = models.CharField("组配分类", max_length=14, choices=Assembly, blank=True)
    subject = models.CharField("主题分类", max_length=10, choices=Subject, blank=True)
    genre = models.CharField("体裁分类", max_length=14, choices=Genre, blank=True)
    publisher = models.CharField("发布机构", max_length=60, blank=True)
    generated_on = models.DateField("生成日期", null=True, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    published_time = models.CharField("发布时刻", max_length=5, blank=True, validators=release.CLOCK_TIME)
    mode = models.CharField("公开方式", max_length=10, choices=Mode, default=Mode.PROACTIVE)
    scope = models.CharField("公开范围", max_length=40, default="面向全社会")
    source = models.CharField("信息来源", max_length=60, blank=True)
    doc_no = models.CharField("文号", max_length=60, blank=True)
    is_normative = models.BooleanField("行政规范性文件", default=False)
    unified_no = models.CharField("规范性文件统一编号", max_length=30, blank=True)
    validity = models.CharField("有效性", max_length=10, choices=Validity, default=Validity.VALID)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    expires_on = models.DateField("失效日期", null=True, blank=True)
    attachments = models.TextField("附件", blank=True)

    notes = {"verdict": models.CharField("审查意见", max_length=200)}
    series = "{office}主动公开〔{year}〕{n}号"
    lists = ("index_no", "genre", "published_on")

    flow = Flow(
        states={
            "drafted": "待审查",
            "reviewed": "待发布",
            "published": "已公开",
            "changing": "变更待审查",
            "withheld": "不予公开",
            "abolished": "已废止",
            "expired": "已失效",
        },
        ends=("published", "withheld", "abolished", "expired"),
        corrected_by=("foi_head",),
        steps=(
            Step(
                name="draft", label="形成信息", by=("foi_officer", "case_officer"), to="drafted", basis=FOI[19],
                asks=("title", "assembly", "subject", "genre"),
                offers=("summary", "mode", "scope", "doc_no", "publisher", "source", "index_no", "is_normative",
                        "unified_no", "effective_on", "expires_on", "attachments", "arises_from"),
                guards=(release.no_secrets, release.index_is_free), sets=release.generated,
                help="日期填信息形成之日，即生成日期；主动公开的期限由此起算。涉密内容不得录入。",
            ),
            Step(
                name="review", label="公开审查", by=("secrecy_reviewer", "foi_head"), at=("drafted", "changing"),
                to="reviewed", basis=FOI[17, 2], asks=("verdict",), guards=(release.no_personal_data,),
                other_than=("draft", "revise"), paper="release_review",
                help="保密审查、个人信息审查和公开属性认定，由拟制人以外的人办理。",
            ),
            Step(
                name="withhold", label="不予公开", by=("secrecy_reviewer", "foi_head"), at=("drafted", "reviewed"),
                to="withheld", basis=FOI[17, 2], asks=("reason",), other_than=("draft",),
                sets={"mode": Mode.WITHHELD},
            ),
            Step(
                name="publish", label="发布", by=("foi_officer", "foi_head"), at=("reviewed",), to="published",
                basis=FOI[26], offers=("index_no", "published_time"), sets=release.indexed,
                guards=(release.is_proactive, release.index_is_free),
                help="索引号不填的，由系统按本机关组织机构代码、年份和登记序号编列。",
            ),
            Step(
                name="revise", label="变更", by=("foi_officer", "case_officer"), at=("published",), to="changing",
                basis=FOI[26], asks=("reason",), sets={"validity": Validity.CHANGED},
                offers=("title", "summary", "doc_no", "effective_on", "expires_on", "attachments"),
                help="日期填信息变更之日；变更后的信息重新审查、发布。",
            ),
            Step(
                name="take_down", label="撤下", by=("foi_head",), at=("published", "changing"), to="withheld",
                basis=FOI[18], asks=("reason",), sets={"mode": Mode.WITHHELD},
            ),
            Step(
                name="reassess", label="定期评估", by=("secrecy_reviewer", "foi_head"), at=("withheld",),
                basis=FOI[18], asks=("verdict",), help="评估后仍不予公开的登记在此；可以公开的，办理“转为公开”。",
            ),
            Step(
                name="release", label="转为公开", by=("foi_head",), at=("withheld",), to="drafted", basis=FOI[18],
                asks=("reason",), sets={"mode": Mode.PROACTIVE},
            ),
            Step(
                name="abolish", label="废止", by=("foi_officer", "foi_head"), at=("published",), to="abolished",
                basis=FOI[22], asks=("reason",), sets={"validity": Validity.ABOLISHED},
            ),
            Step(
                name="expire", label="失效", by=("foi_officer", "foi_head"), at=("published",), to="expired",
                basis=FOI[22], offers=("reason",), sets={"validity": Validity.LAPSED},
            ),
        ),
        deadlines=(
            Deadline(
                name="proactive", label="主动公开期限", within=FOI.term("proactive"),
                starts=("draft", "revise", "release"), stops=("publish", "withhold", "take_down"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="publications", label="主动公开政府信息", unit="条", steps=("publish",),
            definition="本期内发布的主动公开信息，变更后重新发布的也计入，每条只计一次",
        ),
        OnTime(
            name="published_on_time", label="按期公开率", deadline="proactive",
            definition="本期发布（或者决定不予公开）的信息中自形成、变更之日起二十个工作日内办理的比例",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "主动公开信息"

    @classmethod
    def paper_facts(cls, turn):  # type: ignore[no-untyped-def]
        return release.publication_facts(turn)
