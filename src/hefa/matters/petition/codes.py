"""The code lists of petitions: forms, classes, routes and results."""

from django.db import models


class Channel(models.TextChoices):
    """How a petitioner speaks (信访工作条例第十七条)."""

    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    ONLINE = "online", "网络"
    PHONE = "phone", "来电"
    FAX = "fax", "传真"


class Origin(models.TextChoices):
    DIRECT = "direct", "直接提出"
    FORWARDED = "forwarded", "转送"
    ASSIGNED = "assigned", "交办"


class Category(models.TextChoices):
    """The three classes, each with its own way (第二十九条至第三十一条)."""

    SUGGESTION = "suggestion", "建议意见"
    ACCUSATION = "accusation", "检举控告"
    APPEAL = "appeal", "申诉求决"


class Route(models.TextChoices):
    """The six ways of 第三十一条; a value is the number of its item."""

    LITIGATION = "1", "诉讼、复议等法律程序"
    ARBITRATION = "2", "仲裁"
    PARTY = "3", "党员申诉、申请复审"
    ADMINISTRATIVE = "4", "行政复议、裁决、确认、许可、处罚等行政程序"
    DUTY = "5", "依法履行职责或者答复"
    PETITION = "6", "信访程序"


class Outcome(models.TextChoices):
    """What an opinion says (第三十二条第一款)."""

    SUPPORTED = "supported", "予以支持"
    EXPLAINED = "explained", "解释说明"
    REJECTED = "rejected", "不予支持"


class Adoption(models.TextChoices):
    """What became of a suggestion (第二十九条第一款)."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT = "not", "未采纳"


class DutyResult(models.TextChoices):
    PERFORMED = "performed", "已依法履行"
    REFUSED = "refused", "不予履行"


class ReviewResult(models.TextChoices):
    UPHELD = "upheld", "维持"
    CHANGED = "changed", "变更"
    REDO = "redo", "撤销并责令重新办理"


class Settlement(models.TextChoices):
    """By the organ's mediation, or between the parties themselves (第三十三条)."""

    MEDIATED = "mediated", "调解协议书"
    RECONCILED = "reconciled", "和解协议书"


class BacklogGround(models.TextChoices):
    ASSIGNED = "assigned", "上级交办的积案"
    OVERDUE = "overdue", "超期未办结"
    REPEATED = "repeated", "重复信访"
    LONG = "long", "长期未化解"


class Service(models.TextChoices):
    IN_PERSON = "in_person", "当面送达"
    MAIL = "mail", "邮寄送达"
    ONLINE = "online", "网上送达"
    LEFT = "left", "留置送达"
