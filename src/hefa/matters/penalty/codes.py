"""What a penalty case may be told in: sources, parties, kinds of penalty by weight, grounds and outcomes."""

from django.db import models


class Source(models.TextChoices):
    PATROL = "patrol", "日常巡查"
    GRID = "grid", "网格上报"
    HOTLINE = "hotline", "热线工单"
    REPORT = "report", "投诉举报"
    PETITION = "petition", "信访转办"
    HANDED_OVER = "handed_over", "其他机关移送"
    UPPER = "upper", "上级交办"
    CAMERA = "camera", "电子监控记录"


class Procedure(models.TextChoices):
    ORDINARY = "ordinary", "普通程序"
    SUMMARY = "summary", "当场处罚"


class PartyType(models.TextChoices):
    """Whose ceilings hold. A one-man business is held to those of a person: they are the narrower."""

    NATURAL = "natural", "公民"
    TRADER = "trader", "个体工商户"
    ORGANISATION = "organisation", "法人或者其他组织"


class Organ(models.TextChoices):
    """In whose name the case is decided (浙江省综合行政执法条例第九条): the street's own power, or a stationed team's."""

    STREET = "street", "街道办事处"
    BUREAU = "bureau", "区综合行政执法局（派驻中队）"


class Sanction(models.TextChoices):
    """The kinds of penalty (行政处罚法第九条), the lightest first: their order is their weight."""

    WARNING = "warning", "警告"
    CRITICISM = "criticism", "通报批评"
    FINE = "fine", "罚款"
    CONFISCATION = "confiscation", "没收违法所得、没收非法财物"
    SUSPENDED_LICENCE = "suspended_licence", "暂扣许可证件"
    DOWNGRADE = "downgrade", "降低资质等级"
    RESTRICTION = "restriction", "限制开展生产经营活动"
    HALT = "halt", "责令停产停业"
    REVOCATION = "revocation", "吊销许可证件"
    BAN = "ban", "限制从业"
    CLOSURE = "closure", "责令关闭"


WEIGHT = {sanction.value: n for n, sanction in enumerate(Sanction)}
# 第六十三条第一款第（三）（四）项: these call for a hearing whatever the sum.
HEARD = frozenset(
    (Sanction.DOWNGRADE, Sanction.REVOCATION, Sanction.HALT, Sanction.CLOSURE, Sanction.BAN)
)  # fmt: skip
ON_THE_SPOT = (Sanction.WARNING, Sanction.FINE)


class Proposal(models.TextChoices):
    """What the investigation proposes (第五十七条第一款)."""

    PUNISH = "punish", "给予行政处罚"
    SPARE = "spare", "不予行政处罚"
    DISMISS = "dismiss", "撤销立案"
    TRANSFER = "transfer", "移送"


class ReviewGround(models.TextChoices):
    """When the lawyers must have seen the case before it is decided (第五十八条第一款)."""

    PUBLIC = "1", "涉及重大公共利益"
    HEARD = "2", "直接关系当事人或者第三人重大权益，经过听证程序"
    COMPLEX = "3", "案件情况疑难复杂、涉及多个法律关系"
    BY_LAW = "4", "法律、法规规定应当审核的其他情形"


class Standing(models.TextChoices):
    """第五十八条第二款: who reviews for the first time must hold the legal qualification."""

    EXPERIENCED = "experienced", "不是初次从事法制审核"
    QUALIFIED = "qualified", "初次从事，已取得法律职业资格"


class Legality(models.TextChoices):
    PASSED = "passed", "审核通过"
    FAILED = "failed", "审核未通过"


class Plea(models.TextChoices):
    ADOPTED = "adopted", "成立，予以采纳"
    PARTLY = "partly", "部分成立，部分采纳"
    REJECTED = "rejected", "不成立，不予采纳"


class SpareGround(models.TextChoices):
    """Why no penalty is given; the value tells article and paragraph or item."""

    SLIGHT = "slight", "违法行为轻微并及时改正，没有造成危害后果"
    FIRST = "first", "初次违法且危害后果轻微并及时改正"
    NO_FAULT = "no_fault", "有证据足以证明没有主观过错"
    CHILD = "child", "不满十四周岁"
    ILLNESS = "illness", "精神病人、智力残疾人在不能辨认或者不能控制自己行为时违法"
    UNPROVEN = "unproven", "违法事实不能成立"
    BARRED = "barred", "超过追责期限"


class Disposal(models.TextChoices):
    """What becomes of evidence that was kept in place."""

    RETURNED = "returned", "解除保存，退还"
    COPIED = "copied", "复制、拍照后退还"
    TESTED = "tested", "送检测、鉴定"
    CONFISCATED = "confiscated", "依法没收"
    HANDED_OVER = "handed_over", "移送有权机关"


class Service(models.TextChoices):
    AT_ONCE = "at_once", "宣告后当场交付"
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    MAIL = "mail", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    ENTRUSTED = "entrusted", "委托送达"
    PUBLIC = "public", "公告送达"


class Review(models.TextChoices):
    """How a reconsideration or a suit ended where the decision stands."""

    PENDING = "pending", "审理中"
    UPHELD = "upheld", "维持或者驳回"
    WITHDRAWN = "withdrawn", "撤回、和解"


class Overturned(models.TextChoices):
    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销"
    UNLAWFUL = "unlawful", "确认违法"
    VOID = "void", "确认无效"
