"""What can be answered to a request: each reply with its articles, its row in the annual table, contents and remedy.

Pure data and functions. The class in the annual table is not the class of the remedy: `SPECIAL_LAW` is counted
among the refusals (三)8, but nobody has to ask for reconsideration before suing over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models

from hefa.kernel.law import Article, instrument
from hefa.kernel.people import Level, Office

FOI = instrument("foi")
FEE = instrument("foi_fee")
RECONSIDERATION = instrument("reconsideration")
LITIGATION = instrument("litigation")

# Settings of the place: who decides on reconsideration of what the street does (行政复议法第二十四条).
RECONSIDERATION_BODY = "宁波市鄞州区人民政府"
# Whether the withheld part of a partial reply needs reconsideration first. 国办函〔2021〕132号 counts it among the
# refusals; that its bracket carries over to 行政复议法第二十三条 is a reading, so it can be switched off.
PARTIAL_NEEDS_RECONSIDERATION = True


class ApplicantType(models.TextChoices):
    """The columns of the annual table."""

    NATURAL = "natural", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    WELFARE = "welfare", "社会公益组织"
    LEGAL = "legal", "法律服务机构"
    OTHER = "other", "其他"


# The rows of the annual table 收到和处理政府信息公开申请情况 (国办公开办函〔2021〕30号), in print order.
ROWS: dict[str, str] = {
    "1": "本年新收政府信息公开申请数量",
    "2": "上年结转政府信息公开申请数量",
    "3.1": "予以公开",
    "3.2": "部分公开",
    "3.3.1": "属于国家秘密",
    "3.3.2": "其他法律行政法规禁止公开",
    "3.3.3": "危及“三安全一稳定”",
    "3.3.4": "保护第三方合法权益",
    "3.3.5": "属于三类内部事务信息",
    "3.3.6": "属于四类过程性信息",
    "3.3.7": "属于行政执法案卷",
    "3.3.8": "属于行政查询事项",
    "3.4.1": "本机关不掌握相关政府信息",
    "3.4.2": "没有现成信息需要另行制作",
    "3.4.3": "补正后申请内容仍不明确",
    "3.5.1": "信访举报投诉类申请",
    "3.5.2": "重复申请",
    "3.5.3": "要求提供公开出版物",
    "3.5.4": "无正当理由大量反复申请",
    "3.5.5": "要求行政机关确认或重新出具已获取信息",
    "3.6.1": "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "3.6.2": "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.6.3": "其他",
    "3.7": "总计",
    "4": "结转下年度继续办理",
}


class Remedy(StrEnum):
    """What a letter tells of redress. None in its place: a notice of procedure, which carries no remedy of its own."""

    FIRST = "R1"  # reconsideration first, then the court (行政复议法第二十三条第一款第（四）项)
    EITHER = "R2"  # reconsideration or the court
    SPLIT = "R3"  # the withheld part as R1, the rest as R2


@dataclass(frozen=True)
class Reply:
    """One way to answer. `basis`: its articles. `row`: in the annual table. `finding` and `verdict`: what the letter
    says was found of the request and is done about it, where {you} is the applicant and {mixed} what a partial reply
    sets apart. `needs`: columns that it must fill, one at least of each group (政府信息公开条例第三十六条至第三十九条).
    `drafted`: False for those that a step of their own brings about.
    """

    code: str
    label: str
    basis: tuple[Article, ...]
    row: str
    finding: str
    verdict: str
    needs: tuple[tuple[str, ...], ...] = (("grounds",),)
    remedy: Remedy | None = Remedy.EITHER
    drafted: bool = True


def _refusal(code: str, label: str, ground: Article, row: str, what: str, *needs: tuple[str, ...]) -> Reply:
    return Reply(
        code, f"不予公开：{label}", (ground, FOI.item(36, 3)), row, f"{{you}}申请公开的信息{what}",
        "本机关决定不予公开", (("grounds",), *needs), Remedy.FIRST,
    )  # fmt: skip


REPLIES: dict[str, Reply] = {
    reply.code: reply
    for reply in (
        Reply("GRANT", "予以公开", (FOI.item(36, 2),), "3.1",
              "{you}申请公开的信息可以公开", "本机关决定予以公开", needs=(("provided", "access"),)),
        Reply("PUBLISHED", "已主动公开", (FOI.item(36, 1),), "3.1",
              "{you}申请公开的信息已经主动公开", "现将获取该信息的方式、途径告知{you}", needs=(("access",),)),
        Reply("PARTIAL", "部分公开", (FOI[37],), "3.2",
              "{you}申请公开的信息中含有{mixed}的内容，能够作区分处理", "本机关决定部分公开",
              needs=(("provided", "access"), ("withheld",), ("grounds",)), remedy=Remedy.SPLIT),
        _refusal("DENY_SECRET", "国家秘密", FOI[14], "3.3.1", "依法确定为国家秘密"),
        _refusal("DENY_LAW", "法律、行政法规禁止", FOI[14], "3.3.2", "属于法律、行政法规禁止公开的政府信息",
                 ("law_cited",)),
        _refusal("DENY_SAFETY", "危及三安全一稳定", FOI[14], "3.3.3",
                 "公开后可能危及国家安全、公共安全、经济安全、社会稳定"),
        _refusal("DENY_THIRD_PARTY", "第三方合法权益", FOI[15], "3.3.4", "公开后会对第三方合法权益造成损害"),
        _refusal("DENY_INTERNAL", "内部事务信息", FOI[16, 1], "3.3.5", "属于行政机关的内部事务信息"),
        _refusal("DENY_PROCESS", "过程性信息", FOI[16, 2], "3.3.6",
                 "属于行政机关履行行政管理职能过程中形成的过程性信息"),
        _refusal("DENY_ENFORCEMENT", "行政执法案卷", FOI[16, 2], "3.3.7", "属于行政执法案卷信息"),
        Reply("SPECIAL_LAW", "行政查询事项", (FOI.item(36, 7),), "3.3.8",
              "有关法律、行政法规对{you}申请公开的信息的获取有特别规定", "请{you}依照有关规定办理",
              needs=(("law_cited",),)),
        Reply("NOT_EXIST", "信息不存在", (FOI.item(36, 4),), "3.4.1",
              "没有检索到{you}申请公开的信息", "现告知{you}该政府信息不存在", needs=(("searched",),)),
        Reply("NOT_OURS", "不属于本机关公开", (FOI.item(36, 5),), "3.4.1",
              "{you}申请公开的信息不属于本机关负责公开", "现告知{you}并说明理由"),
        Reply("NEED_CREATE", "需要加工、分析", (FOI[38],), "3.4.2",
              "{you}申请公开的信息需要对现有政府信息进行加工、分析", "本机关不予提供"),
        Reply("UNCLEAR_AFTER_CORRECTION", "补正后仍不明确", (FOI[30],), "3.4.3",
              "{you}补正后的申请内容仍不明确", "本机关无法提供"),
        Reply("PETITION", "信访、投诉、举报", (FOI[39, 1],), "3.5.1",
              "{you}以政府信息公开申请的形式进行信访、投诉、举报等活动", "本机关不作为政府信息公开申请处理"),
        Reply("REPEAT", "重复申请", (FOI.item(36, 6),), "3.5.2",
              "本机关已就{you}的申请作出答复，{you}重复申请公开相同政府信息", "本机关不予重复处理",
              needs=(("earlier_no",),)),
        Reply("PUBLICATION", "公开出版物", (FOI[39, 2],), "3.5.3",
              "{you}的申请内容为要求提供公开出版物", "现将获取的途径告知{you}", needs=(("access",),)),
        Reply("MASS", "无正当理由大量反复申请", (FOI[35],), "3.5.4",
              "{you}申请公开政府信息的数量、频次明显超过合理范围，所说明的理由不合理", "本机关不予处理"),
        Reply("CONFIRM_REISSUE", "要求确认或者重新出具", (FOI[27],), "3.5.5",
              "{you}要求对已经获取的信息予以确认或者重新出具，不是申请获取政府信息", "本机关不予处理"),
        Reply("ABANDON_NO_CORRECTION", "逾期不补正", (FOI[30],), "3.6.1",
              "{you}无正当理由逾期不补正", "视为放弃申请，本机关不再处理该政府信息公开申请", needs=(), drafted=False),
        Reply("ABANDON_NO_FEE", "逾期不缴费", (FOI[42, 2],), "3.6.2", "{you}逾期未按照收费通知缴纳信息处理费",
              f"按照{FEE.name}，视为放弃申请，本机关不再处理该政府信息公开申请", needs=(), drafted=False),
        Reply("WITHDRAWN", "申请人撤回", (FOI[45],), "3.6.3", "", "", needs=(), remedy=None, drafted=False),
    )
}  # fmt: skip

CHOICES = [(reply.code, reply.label) for reply in REPLIES.values()]
REFUSALS = tuple(code for code in REPLIES if code.startswith("DENY_"))
NOT_INFORMATION = "NOT_INFORMATION"
WITHHELD = [*((code, REPLIES[code].label.partition("：")[2]) for code in REFUSALS), (NOT_INFORMATION, "不属于政府信息")]


def codes_of(row: str) -> tuple[str, ...]:
    """The replies counted in a row of the annual table or in the rows under it ("3.3": 3.3.1 to 3.3.8)."""
    return tuple(code for code, reply in REPLIES.items() if reply.row == row or reply.row.startswith(f"{row}."))


def remedy_of(code: str, withheld: str, day: date) -> Remedy | None:
    """The remedy of a reply given on `day`. `withheld`: the ground (of `WITHHELD`) on which a part is kept back.

    Reconsideration first is the law since 行政复议法 of 2023 is in force, and only for refusals that rest on
    政府信息公开条例 articles 14, 15 and 16.
    """
    remedy = REPLIES[code].remedy
    if remedy in (None, Remedy.EITHER):
        return remedy
    if day < RECONSIDERATION.in_force_from:
        return Remedy.EITHER
    if remedy is Remedy.SPLIT and not (PARTIAL_NEEDS_RECONSIDERATION and withheld in REFUSALS):
        return Remedy.EITHER
    return remedy


_TEXTS = {
    Remedy.FIRST: "如不服本{act}，应当自收到本{paper}之日起{apply}内先向{body}申请行政复议；对行政复议决定不服的，"
    "可以自收到行政复议决定书之日起{then}内依法向人民法院提起行政诉讼。",
    Remedy.EITHER: "如不服本{act}，可以自收到本{paper}之日起{apply}内向{body}申请行政复议，"
    "也可以自收到本{paper}之日起{sue}内依法向人民法院提起行政诉讼。",
    Remedy.SPLIT: "对本{act}中不予公开部分不服的，应当自收到本{paper}之日起{apply}内先向{body}申请行政复议，"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起{then}内依法向人民法院提起行政诉讼；"
    "对本{act}其他部分不服的，可以自收到本{paper}之日起{apply}内申请行政复议，"
    "也可以自收到本{paper}之日起{sue}内依法向人民法院提起行政诉讼。",
}


def remedy_text(remedy: Remedy | None, day: date, act: str = "答复", paper: str = "答复书") -> str:
    """The redress told in a letter of `day`; empty for None. `act` and `paper`: what the letter calls itself."""
    if remedy is None:
        return ""
    # The period for reconsideration was sixty days under the earlier law as well, which the data do not hold.
    known = max(day, RECONSIDERATION.in_force_from)
    return _TEXTS[remedy].format(
        act=act,
        paper=paper,
        body=RECONSIDERATION_BODY,
        apply=RECONSIDERATION.term("apply").on(known).text,
        then=LITIGATION.term("sue_after_reconsideration").on(day).text,
        sue=LITIGATION.term("sue").on(day).text,
    )


def cite(*articles: Article) -> str:
    """Articles in prose, each instrument named once: 《…条例》第十四条、第三十六条第（三）项."""
    names: dict[str, list[str]] = {}
    for article in articles:
        names.setdefault(article.instrument.name, []).append(article.place)
    return "和".join(name + "、".join(places) for name, places in names.items())


def sender(office: Office) -> str:
    """The office's name in full, as it signs: a street office is an agency of the district government."""
    if office.level == Level.STREET:
        return f"{RECONSIDERATION_BODY}{office.name}办事处"
    return office.name
