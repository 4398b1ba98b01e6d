"""Which departments sit at the table, and what is brought before them."""

from __future__ import annotations

import re

from django.db import models


class Department(models.TextChoices):
    POLICE = "police", "派出所"
    MARKET = "market", "市场监管所"
    ENFORCEMENT = "enforcement", "综合行政执法队"
    PLANNING = "planning", "自然资源规划所"
    HOUSING = "housing", "住建部门"
    FIRE = "fire", "消防救援站"
    ENVIRONMENT = "environment", "生态环境所"
    HEALTH = "health", "卫生健康部门"
    JUSTICE = "justice", "司法所"
    STREET = "street", "街道科室"
    OTHER = "other", "其他单位"


class Matters(models.TextChoices):
    ENFORCEMENT = "enforcement", "执法与监管衔接"
    COMPLAINT = "complaint", "群众反复反映"
    PROJECT = "project", "项目推进"
    LEGACY = "legacy", "历史遗留问题"
    SAFETY = "safety", "安全隐患"
    OTHER = "other", "其他"


def departments_in(text: str) -> tuple[str, ...]:
    """The departments that a text names, by their labels, each once, in the order given."""
    return tuple(dict.fromkeys(piece for piece in re.split(r"[、，,；;\s]+", text) if piece))


def unknown_in(text: str) -> list[str]:
    """What a text names that is no department of the table."""
    known = set(map(str, Department.labels))
    return [one for one in departments_in(text) if one not in known]
