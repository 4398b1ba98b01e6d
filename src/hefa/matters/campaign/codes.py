"""What a campaign is about, and the states of what stands on its list."""

from __future__ import annotations

from django.db import models


class Subject(models.TextChoices):
    STATE_LAND = "state_land", "国有土地上房屋征收"
    COLLECTIVE_LAND = "collective_land", "集体土地征迁"
    OTHER = "other", "其他专项"


EXPROPRIATION = (Subject.STATE_LAND, Subject.COLLECTIVE_LAND)


class Difficulty(models.TextChoices):
    CLAIM = "claim", "补偿诉求差距大"
    OWNERSHIP = "ownership", "产权不明确"
    FAMILY = "family", "家庭内部有纠纷"
    UNREGISTERED = "unregistered", "未登记建筑认定"
    ABSENT = "absent", "失联或者长期在外"
    HARDSHIP = "hardship", "生活困难、无处安置"
    OTHER = "other", "其他"


class Way(models.TextChoices):
    MONEY = "money", "货币补偿"
    EXCHANGE = "exchange", "产权调换"
    MIXED = "mixed", "货币补偿和产权调换结合"
    OTHER = "other", "其他约定"


class Remedy(models.TextChoices):
    RECONSIDERATION = "reconsideration", "行政复议"
    LAWSUIT = "lawsuit", "行政诉讼"


# On the list and not off it yet; TALKING: an agreement can still be made.
TALKING = ("listed", "requested", "decided", "served")
OPEN = (*TALKING, "contested", "signed", "applied", "enforceable")
ON_LIST = (*OPEN, "cleared")
