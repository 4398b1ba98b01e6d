"""Code lists of legal education."""

from django.db import models


class Line(models.TextChoices):
    """The audience. A brand that serves it is a `Campaign`, named by the office."""

    BUSINESS = "business", "商事主体"
    YOUTH = "youth", "青少年"
    RESIDENTS = "residents", "其他居民"


class ActivityType(models.TextChoices):
    CLASS = "class", "学校班队课"
    SQUARE = "square", "广场活动"
    FORUM = "forum", "企业论坛"
    MARKET = "market", "法治夜市"
    STATION = "station", "网格驿站"
    BUILDING = "building", "楼宇宣传"
    LECTURE = "lecture", "法治讲座"
    CALLING = "calling", "走访商户"
    TRIAL = "trial", "旁听模拟庭审"
    OTHER = "other", "其他活动"
