"""The code lists of incidents."""

from django.db import models


class Source(models.TextChoices):
    POLICE = "police", "110 非警务警情"
    HOTLINE = "hotline", "12345 热线"
    GRID = "grid", "网格上报"
    RESIDENT = "resident", "居民反映"


# Those who handed an incident over want to hear how it ended.
AWAITING = (Source.POLICE, Source.HOTLINE)


class IncidentType(models.TextChoices):
    NOISE = "noise", "噪声扰民"
    NEIGHBOUR = "neighbour", "邻里纠纷"
    FAMILY = "family", "家庭纠纷"
    CONSUMER = "consumer", "消费纠纷"
    WAGES = "wages", "劳资纠纷"
    PROPERTY = "property", "物业管理"
    PARKING = "parking", "停车秩序"
    STREETSCAPE = "streetscape", "市容环境"
    FACILITY = "facility", "公共设施"
    ANIMAL = "animal", "犬只管理"
    HELP = "help", "群众求助"
    OTHER = "other", "其他"


# Which kind of dispute of the people's-mediation statistics an incident may be: for these a mediator is proposed.
AS_DISPUTE = {
    IncidentType.NOISE: "邻里纠纷",
    IncidentType.NEIGHBOUR: "邻里纠纷",
    IncidentType.ANIMAL: "邻里纠纷",
    IncidentType.FAMILY: "婚姻家庭纠纷",
    IncidentType.CONSUMER: "其他消费纠纷",
    IncidentType.WAGES: "其他劳动争议纠纷",
    IncidentType.PROPERTY: "物业纠纷",
}


class Urgency(models.TextChoices):
    ORDINARY = "ordinary", "一般"
    URGENT = "urgent", "紧急"
    CRITICAL = "critical", "特急"


class RefusalCause(models.TextChoices):
    """Why an office sends an incident back; the basis in law is told beside it."""

    COMPETENCE = "competence", "不属本单位职责"
    AREA = "area", "不在本单位辖区"
    TYPE = "type", "事件类型判断错误"
    POLICE = "police", "应当由公安机关处置"
    PROCEDURE = "procedure", "已进入诉讼、仲裁等程序"
    UNCLEAR = "unclear", "信息不清，无法处置"


class Outcome(models.TextChoices):
    SETTLED = "settled", "现场处置"
    MEDIATED = "mediated", "调解化解"
    REFERRED = "referred", "移送有权机关"
    UNFOUNDED = "unfounded", "经查不实"
