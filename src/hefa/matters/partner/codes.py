"""What a partner is, what is done together, who sends a vice principal, who sits in the pool of experts."""

from __future__ import annotations

import re

from django.db import models


class PartnerType(models.TextChoices):
    SCHOOL = "school", "学校"
    ENTERPRISE = "enterprise", "企业"
    DEPARTMENT = "department", "部门群团"
    ORGANISATION = "organisation", "社会组织"


class Cooperation(models.TextChoices):
    CLASSES = "classes", "法治课程"
    ACTIVITIES = "activities", "普法活动"
    VICE_PRINCIPAL = "vice_principal", "法治副校长"
    BASE = "base", "实践基地"
    FUNDS = "funds", "资金联筹"
    PLACES = "places", "阵地联动"
    PROTECTION = "protection", "权益保护"
    OTHER = "other", "其他合作"


class Consent(models.TextChoices):
    NONE = "none", "不收集可以识别个人的信息"
    THROUGH_SCHOOL = "through_school", "经学校逐人取得监护人书面同意"
    BY_STREET = "by_street", "由街道逐人取得监护人书面同意"


class Sender(models.TextChoices):
    """Who may recommend or send a vice principal."""

    COURT = "court", "人民法院"
    PROCURATORATE = "procuratorate", "人民检察院"
    POLICE = "police", "公安机关"
    JUSTICE = "justice", "司法行政部门"


class Calling(models.TextChoices):
    LAWYER = "lawyer", "律师"
    DEPUTY = "deputy", "人大代表"
    LITERATE = "literate", "法律明白人"
    JUDGE = "judge", "法官、检察官"
    TEACHER = "teacher", "法学教师"
    RETIRED = "retired", "退休政法干部"
    OTHER = "other", "其他"


def pieces(text: str) -> tuple[str, ...]:
    """The pieces of a list typed as one text, each once."""
    return tuple(dict.fromkeys(piece for piece in re.split(r"[、，,；;\s]+", text) if piece))
