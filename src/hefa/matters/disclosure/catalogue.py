"""The catalogue of what is published: its index numbers and its three vocabularies (政府信息公开条例第十二条). Pure."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models

# Setting of the place: the organisation code under which the office publishes (GB 11714, with its check sign).
ORGANISATION = "79954841-2"

_INDEX = re.compile(r"([0-9A-Z]{8})-([0-9X])/(\d{4})-(\d{1,6})")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class Assembly(models.TextChoices):
    """组配分类: where the item stands in the office's own catalogue."""

    ORGANISATION = "organisation", "机构概况"
    GOVERNMENT = "government", "政府建设"
    POLICY = "policy", "政策文件"
    PLANNING = "planning", "规划计划"
    FINANCE = "finance", "财政信息"
    PERSONNEL = "personnel", "人事信息"
    ENFORCEMENT = "enforcement", "行政执法"
    LIVELIHOOD = "livelihood", "民生服务"
    EMERGENCY = "emergency", "应急管理"
    DISCLOSURE = "disclosure", "公开指南和年度报告"
    OTHER = "other", "其他"


class Subject(models.TextChoices):
    """主题分类: what the item is about."""

    OPENNESS = "openness", "政务公开"
    GENERAL = "general", "综合政务"
    FINANCE = "finance", "财政、金融、审计"
    LAND = "land", "国土资源、能源"
    FARMING = "farming", "农业、林业、水利"
    TRADE = "trade", "商贸、市场监管"
    BUILDING = "building", "城乡建设、环境保护"
    EDUCATION = "education", "科技、教育"
    CULTURE = "culture", "文化、体育"
    HEALTH = "health", "卫生健康"
    LABOUR = "labour", "劳动、人事"
    JUSTICE = "justice", "公安、安全、司法"
    CIVIL = "civil", "民政、救灾"
    OTHER = "other", "其他"


class Genre(models.TextChoices):
    """体裁分类: the kinds of official documents (党政机关公文处理工作条例) that a street publishes."""

    REPORT = "report", "报告"
    NOTICE = "notice", "通知"
    ANNOUNCEMENT = "announcement", "公告"
    CIRCULAR = "circular", "通告"
    BULLETIN = "bulletin", "通报"
    OPINION = "opinion", "意见"
    DECISION = "decision", "决定"
    ANSWER = "answer", "批复"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    OTHER = "other", "其他"


class Mode(models.TextChoices):
    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Validity(models.TextChoices):
    VALID = "valid", "有效"
    LAPSED = "lapsed", "失效"
    ABOLISHED = "abolished", "废止"
    CHANGED = "changed", "已修改"


def check_sign(body: str) -> str:
    """The check sign of an organisation code's eight signs (GB 11714-1997): 0–9 or X."""
    total = sum(weight * int(sign, 36) for weight, sign in zip(_WEIGHTS, body, strict=True))
    return "0123456789X"[-total % 11]


def validate_index(text: str) -> None:
    """ValidationError with a plain sentence unless `text` is code-check/year-serial: 79954841-2/2024-117203."""
    found = _INDEX.fullmatch(text)
    if not found:
        raise ValidationError(f"索引号“{text}”应写成 组织机构代码-校验码/年份-流水号，如 {ORGANISATION}/2024-117203")
    if found[2] != (right := check_sign(found[1])):
        raise ValidationError(f"索引号的组织机构代码 {found[1]} 的校验码应为 {right}，不是 {found[2]}，请核对是否抄错")


def index_no(year: int, serial: int) -> str:
    return f"{ORGANISATION}/{year}-{serial}"
