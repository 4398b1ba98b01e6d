"""Accreditation of communities under the rule of law: criteria, evidence, self-score, review, title, re-check."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.coverage import Coverage, Reach
from hefa.kernel.figure import Count, Period, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind
from hefa.kernel.people import Level as OfficeLevel
from hefa.kernel.turn import Turn

from . import rules

COMMUNITY = ("committee_head", "community_mediator")
STREET = ("justice_head", "justice_clerk")
REVIEWERS = (*STREET, "district_justice")
IN_PROGRESS = ("creating", "assessed", "applied", "reviewed")
HOLDING = ("awarded", "on_notice")


class Level(models.TextChoices):
    MUNICIPAL = "municipal", "市级法治社区"
    MUNICIPAL_DEMOCRATIC = "municipal_democratic", "市级民主法治社区"
    PROVINCIAL_DEMOCRATIC = "provincial_democratic", "省级民主法治社区"
    NATIONAL = "national", "全国民主法治示范社区"


PROVINCIAL_OR_ABOVE = (Level.PROVINCIAL_DEMOCRATIC, Level.NATIONAL)


def recheck_is_due(period: Period) -> dict[str, Any]:
    return {"recheck_by__lt": period.end}


class Project(Kind):
    """法治创建项目."""

    level = models.CharField("创建称号", max_length=24, choices=Level, blank=True)
    criteria = models.TextField("创建标准", blank=True, help_text="一行一条，按标准文本的次序")
    evidence = models.JSONField("佐证材料", default=dict, blank=True)
    apply_by = models.DateField("拟申报日期", null=True, blank=True)
    score = models.DecimalField(
        "自评得分", max_digits=5, decimal_places=1, null=True, blank=True, validators=rules.PERCENT
    )
    gaps = models.TextField("自评短板", blank=True)
    reviewers = models.CharField("考评组", max_length=120, blank=True)
    review_score = models.DecimalField(
        "考评得分", max_digits=5, decimal_places=1, null=True, blank=True, validators=rules.PERCENT
    )
    review_findings = models.TextField("考评意见", blank=True)
    award_no = models.CharField("命名文号", max_length=60, blank=True)
    recheck_by = models.DateField("下次复核日期", null=True, blank=True)

    notes = {
        "criterion": models.PositiveSmallIntegerField("第几条标准"),
        "document": models.CharField("材料名称", max_length=120),
        "recheck_findings": models.CharField("复核情况", max_length=500),
    }
    series = "{office}创建〔{year}〕{n}号"
    lists = ("level", "score", "apply_by")
    primary = True

    flow = Flow(
        states={
            "creating": "创建中",
            "assessed": "已自评",
            "applied": "已申报",
            "reviewed": "已考评",
            "awarded": "已命名",
            "on_notice": "限期整改",
            "not_awarded": "未命名",
            "abandoned": "停止创建",
            "withdrawn": "已撤销命名",
        },
        ends=("awarded", "not_awarded", "abandoned", "withdrawn"),
        corrected_by=STREET,
        steps=(
            Step(
                name="start", label="启动创建", by=("committee_head", *STREET), to="creating",
                asks=("level", "criteria"), offers=("apply_by", "handler", "arises_from"),
                guards=(rules.is_community, rules.is_not_underway), sets=rules.project_title,
                help="登记在社区名下；把创建标准逐条抄录，一行一条。",
            ),
            Step(
                name="gather", label="收集佐证", by=(*COMMUNITY, *STREET), at=("creating", "assessed", "on_notice"),
                asks=("criterion", "document"), guards=(rules.criterion_exists,), sets=rules.with_document,
                help="一份材料记一次，写明佐证第几条标准。",
            ),
            Step(
                name="self_assess", label="自评", by=("committee_head", *STREET), at=("creating",), to="assessed",
                asks=("score",), offers=("gaps",), guards=(rules.every_criterion_has_evidence,), paper="self_assessment",
            ),
            Step(
                name="apply", label="申报", by=STREET, at=("assessed",), to="applied", asks=("partner",),
                other_than=("self_assess",), paper="application", help="街道审核后向上申报；自评人不能自己审核申报。",
            ),
            Step(
                name="send_back", label="退回补充", by=REVIEWERS, at=("assessed", "applied"), to="creating",
                asks=("reason",),
            ),
            Step(
                name="review", label="考评", by=REVIEWERS, at=("applied",), to="reviewed",
                asks=("reviewers", "review_score"), offers=("review_findings",),
            ),
            Step(
                name="award", label="命名", by=REVIEWERS, at=("reviewed",), to="awarded", asks=("award_no",),
                offers=("recheck_by",), guards=(rules.recheck_is_later,), help="按命名机关的文件登记。",
            ),
            Step(
                name="fail", label="未获命名", by=REVIEWERS, at=("reviewed",), to="not_awarded", asks=("reason",),
            ),
            Step(
                name="recheck", label="动态复核合格", by=REVIEWERS, at=HOLDING, to="awarded",
                asks=("recheck_findings",), offers=("recheck_by",), guards=(rules.recheck_is_later,),
            ),
            Step(
                name="warn", label="限期整改", by=REVIEWERS, at=("awarded",), to="on_notice",
                asks=("recheck_findings", "recheck_by"), guards=(rules.recheck_is_later,), paper="warning",
            ),
            Step(
                name="withdraw", label="撤销命名", by=REVIEWERS, at=HOLDING, to="withdrawn", asks=("reason",),
                help="命名机关撤销或者复核整改不合格的。",
            ),
            Step(
                name="abandon", label="停止创建", by=STREET, at=IN_PROGRESS, to="abandoned", asks=("reason",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Reach(
            name="in_progress", label="在创社区", levels=(OfficeLevel.COMMUNITY,), states=IN_PROGRESS,
            definition="期末正在创建市级及以上法治社区、民主法治社区的社区，一个社区只计一次",
        ),
        Stock(
            name="projects_in_progress", label="在创项目", unit="项", states=IN_PROGRESS,
            definition="期末还没有命名、也没有停止的创建项目",
        ),
        Stock(
            name="provincial_in_progress", label="在创省级及以上项目", unit="项", states=IN_PROGRESS,
            having={"level__in": PROVINCIAL_OR_ABOVE}, definition="期末正在创建省级及以上称号的项目",
        ),
        Count(name="awarded", label="获得命名", unit="项", steps=("award",), definition="本期内获得命名的创建项目"),
        Count(
            name="awarded_provincial", label="获得省级及以上命名", unit="项", steps=("award",),
            having={"level__in": PROVINCIAL_OR_ABOVE}, definition="本期内获得省级及以上命名的创建项目",
        ),
        Reach(
            name="holding", label="持有称号的社区", levels=(OfficeLevel.COMMUNITY,), states=HOLDING,
            definition="期末持有市级及以上称号的社区，含限期整改的，一个社区只计一次",
        ),
        Coverage(
            name="coverage", label="市级及以上称号覆盖率", of="accreditation.holding",
            definition="期末持有市级及以上称号的社区 ÷ 全部社区",
        ),
        Stock(
            name="rechecks_due", label="到期未复核", unit="项", states=HOLDING, having=recheck_is_due,
            definition="期末持有称号、下次复核日期已过的项目",
        ),
        Count(name="withdrawn", label="撤销命名", unit="项", steps=("withdraw",), definition="本期内撤销命名的项目"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法治创建项目"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.project_facts(turn)
