"""Penalty decisions: facts, notice, hearing, discretion, contents, remedies, review (EN-03 to EN-10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..draft import Draft
from ..money import FIGURE, in_words, money, shown
from ..pattern import Hit
from ..recognise import is_whole
from ..rule import Rule
from ..words import NUMBER, count, percent
from .penalty_days import ACT, time_bar
from .registry import serves
from .remedies import ON_SPOT

_EVIDENCE = r"证据|笔录|照片|视频|录像|视听资料|鉴定|书证|物证|勘验|勘查|证人|检测报告|电子数据"
_UNSURE = re.compile(r"(?:可能|大概|估计|据说|据反映|疑似|应该是|推测|听说|好像|似乎)[^。;,\n]{0,24}")


@serves("EN-03")
def facts(draft: Draft, rule: Rule) -> Iterator[Hit]:
    if is_whole(draft) and not draft.has(_EVIDENCE):
        yield Hit(*draft.title, message="全文没有列出一项证据。违法事实必须查明；请逐项写明证据。")
    for match in _UNSURE.finditer(draft.plain):
        words = draft.of(draft.sentence(match.start()))
        if (
            re.search(r"你|当事人|该|其|经查|违法|事实|行为人", words)
            and ACT.search(words)
            and not re.search(r"听证|复议|诉讼|举报|投诉|影响|线索|立案|造成[^。;,\n]{0,10}(?:危险|后果)|危害", words)
        ):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，事实没有查清。违法事实不清、证据不足的，不得给予行政处罚；请查明后写成确定的事实。",
            )
    yield from time_bar(draft, rule)


_HEAVIER = re.compile(
    r"(?:申辩|陈述|狡辩|态度)[^。;\n]{0,30}(?:加重|从重|提高|加处|重罚|更重|增加|增至|上调)|(?:加重|从重|提高)[^。;,\n]{0,14}(?:因|由于|鉴于)[^。;,\n]{0,16}(?:申辩|陈述)"
)
_NOT_TOLD = re.compile(
    r"(?:未|没有|无需|不再|省略)(?:事先|事前|书面|向[^。;,\n]{1,10})?(?:履行)?(?:告知|听取)[^。;,\n]{0,24}|(?:作出决定|处罚决定)后(?:再|补)(?:作|行)?告知|(?:未|没有)将[^。;,\n]{0,24}告知[^。;,\n]{0,8}"
)


@serves("EN-04")
def notice(draft: Draft, rule: Rule) -> Iterator[Hit]:
    if is_whole(draft) and not draft.has(r"申辩|陈述(?:意见|权|、|和)|听取[^。;,\n]{0,8}陈述"):
        yield Hit(
            *draft.title,
            message="全文没有写已经告知当事人拟处罚的内容、事实、理由、依据和陈述、申辩的权利。没有告知、没有听取陈述申辩的，不得作出处罚决定。",
        )
    for match in _HEAVIER.finditer(draft.plain):
        if not re.search(r"不(?:得|因|会|予)|未因|没有因", draft.of(draft.sentence(match.start()))):
            yield Hit(*match.span(), message="{where}写“{quote}”。不得因当事人陈述、申辩而给予更重的处罚；请删去。")
    for match in _NOT_TOLD.finditer(draft.plain):
        words = draft.of(draft.sentence(match.start()))
        if re.search(r"权利|陈述|申辩|拟|处罚|当事人", match.group() + words) and not re.search(
            r"不得|的,|当事人(?:未|没有)(?:提出|如实)|听证", words
        ):
            yield Hit(
                *match.span(), message="{where}写“{quote}”。作出处罚决定之前应当告知拟处罚的内容和陈述、申辩的权利。"
            )


_HEAVY = re.compile(r"责令停产停业|责令关闭|吊销|降低资质等级|限制从业|责令停业|停产停业")
_FINE = re.compile(
    r"(?:处以?|罚款|并处|决定)[^。;\n]{0,24}?罚款[^。;\n\d壹贰叁肆伍陆柒捌玖]{0,14}|处(?:以)?(?:人民币)?(?=[\d¥￥])"
)
_ASK = re.compile(
    rf"(?<![\d第])({NUMBER})\s*个?(工作日|日|天)(?:之)?内[^。;\n]{{0,24}}(?:要求|申请|提出)(?:举行)?听证"
    rf"|(?:要求|申请)(?:举行)?听证[^。;\n]{{0,30}}?(?<![\d第])({NUMBER})\s*个?(工作日|日|天)(?:之)?内[^。;,\n]{{0,8}}提出"
)


def _whom(draft: Draft) -> str:
    """Whether the party is a "person" or an "organisation", as the head of the decision names it."""
    organisation = re.search(
        r"(?:当事人|被处罚人)(?:[(][^)]{0,10}[)])?[^\n]{0,12}[:][^\n]{0,40}(?:公司|店|厂|企业|合作社|中心|经营部)|统一社会信用代码",
        draft.plain,
    )
    return "organisation" if organisation else "person"


_ON_SPOT = re.compile(r"当场(?:作出|决定|处以|给予|行政处罚|处罚|罚款)|简易程序")


@serves("spot_fine")
def spot_fine(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A fine on the spot above what the summary procedure allows (处罚法 51)."""
    most = rule.law_limit(_whom(draft), draft.on)
    title = _ON_SPOT.search(draft.title_text) or re.search(r"(?m)^当场(?:行政)?处罚决定书\s*$", draft.plain)
    for value, start, end in _fines(draft):
        if value > most.decimal and (title or _ON_SPOT.search(draft.of(draft.sentence(start)))):
            yield Hit(
                start,
                end,
                message=f"{{where}}当场作出“{{quote}}”的决定，超过当场处罚的上限{shown(most.decimal)}元。请按照普通程序立案、调查、告知后作出决定。",
            )
            return


@serves("EN-05")
def hearing_offer(draft: Draft, rule: Rule) -> Iterator[Hit]:
    least = rule.limit("days", draft.on)
    for match in _ASK.finditer(draft.plain):
        number = count(match[1] or match[3])
        if number is not None and number < least:
            yield Hit(
                *match.span(),
                message=f"{{where}}写“{{quote}}”。当事人要求听证的，应当在行政机关告知后{least}个工作日内提出；不得缩短。",
            )
    if not is_whole(draft) or draft.has("听证"):
        return
    if large := re.search(r"(?:较大|大)数额罚款", draft.plain):
        yield Hit(*large.span(), message="{where}写“{quote}”，全文没有写告知当事人有要求听证的权利。请补。")
        return
    heavy = next(
        (one for one in _HEAVY.finditer(draft.plain) if re.search(r"决定|处罚", draft.of(draft.sentence(one.start())))),
        None,
    )
    if heavy:
        yield Hit(*heavy.span(), message="{where}作出“{quote}”，全文没有写告知当事人有要求听证的权利。请补。")
        return
    fine = max(_fines(draft), key=lambda one: one[0], default=None)
    heard = rule.law_limit(_whom(draft), draft.on)
    if fine and fine[0] >= heard.decimal:
        yield Hit(
            fine[1],
            fine[2],
            message="{where}写“{quote}”，属于较大数额罚款的，应当告知当事人有要求听证的权利，全文没有写。请核对听证标准。",
            severity="major",
        )


_IN_WORDS = re.compile(
    r"罚款[^。;,\n\d]{0,8}?(?:人民币)?[(（]?(?:大写[:：]?)?\s*(?P<words>[一二三四五六七八九十百千万两零〇壹贰叁肆伍陆柒捌玖拾佰仟]{1,14})\s*[元圆](?!以[上下])"
)


def _fines(draft: Draft) -> Iterator[tuple[Decimal, int, int]]:
    """Fines that the text imposes, not the range that the law gives."""
    for match in _IN_WORDS.finditer(draft.plain):
        if value := in_words(match["words"]):
            yield value, match.start(), match.end()
    for match in re.finditer(r"罚款[^。;,\n\d]{0,14}", draft.plain):
        figure = FIGURE.match(draft.plain, match.end())
        if figure and figure["unit"] in ("元", "万元") and not re.match(r"\s*以[上下]", draft.plain[figure.end() :]):
            value = money(figure["value"], figure["unit"])
            if value:
                yield value, match.start(), figure.end()
    for match in re.finditer(r"(?:处以?|处人民币|并处)\s*(?:人民币)?(?=[\d¥￥])", draft.plain):
        figure = FIGURE.match(draft.plain, match.end())
        if (
            figure
            and re.match(r"[^。;,\n以]{0,16}(?:的)?罚款", draft.plain[figure.end() :])
            and (value := money(figure["value"], figure["unit"] or ""))
        ):
            yield value, match.start(), figure.end()


# 罚款1000元至3000元, as a benchmark of discretion puts it.
_FROM_TO = re.compile(
    r"(?:罚款|基准|幅度)[^。;\n\d]{0,14}([\d,.]+|[一二三四五六七八九十百千万]+)\s*(万)?元?\s*(?:至|到|—|-|~)\s*([\d,.]+|[一二三四五六七八九十百千万]+)\s*(万)?元"
)
_RANGE = re.compile(
    r"处?(?:以)?(?:人民币)?\s*([\d,.]+|[一二三四五六七八九十百千万]+)\s*(万)?元以上\s*([\d,.]+|[一二三四五六七八九十百千万]+)\s*(万)?元以下(?:的)?罚款"
)


@serves("EN-06")
def discretion(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A fine outside the range that the decision itself quotes; a decision that gives no reason for the amount."""
    ranges = [
        (low, high)
        for one in (_RANGE, _FROM_TO)
        for match in one.finditer(draft.plain)
        if (low := _yuan(match[1], match[2])) is not None and (high := _yuan(match[3], match[4])) is not None
    ]
    fines = list(_fines(draft))
    if ranges and fines and not draft.has(r"减轻处罚"):
        value, start, end = fines[-1]
        if not any(low <= value <= high for low, high in ranges):
            low, high = ranges[0]
            yield Hit(
                start,
                end,
                message=f"{{where}}决定“{{quote}}”，不在所引条款的幅度（{low:f}元以上{high:f}元以下）之内；没有写减轻处罚的理由。请核对。",
            )
    if (
        is_whole(draft)
        and fines
        and not draft.has(ON_SPOT)
        and not draft.has(r"裁量|情节|从轻|减轻|从重|社会危害|基准|过罚相当")
    ):
        yield Hit(
            fines[-1][1],
            fines[-1][2],
            message="{where}写“{quote}”，没有说明裁量的情节和基准。请写明为什么是这个数额。",
            severity="minor",
        )
    for match in re.finditer(
        r"(?:不(?:适用|参照|按|执行)|未(?:适用|按照?|参照)|突破|超出)[^。;,\n]{0,12}裁量(?:权)?(?:基准|标准)",
        draft.plain,
    ):
        yield Hit(
            *match.span(),
            message="{where}写“{quote}”。行政处罚应当适用公布的裁量基准；不适用的，写明理由并按程序批准。",
        )


def _yuan(text: str, ten_thousand: str | None) -> Decimal | None:
    if text[0].isdigit():
        return money(text.strip(",."), ten_thousand or "")
    value = count(text)
    return None if value is None else Decimal(value) * (10**4 if ten_thousand else 1)


_CONTENTS = {
    "当事人的姓名或者名称、地址": lambda d: (
        d.has(r"当事人|被处罚人") and d.has(r"住所|住址|地址|经营场所|[,、]\s*现?住(?!房|宅|建|户)")
    ),
    "违法的事实和证据": lambda d: d.has(_EVIDENCE),
    "处罚的种类和依据": lambda d: (
        d.has(r"根据|依据|依照|按照") and d.has("《") and d.has(r"罚款|警告|没收|责令|吊销|通报批评|暂扣|停业")
    ),
    "履行方式和期限": lambda d: not d.has("罚款") or d.has(r"(?:缴纳|缴至|交纳|缴款)"),
    "申请行政复议、提起行政诉讼的途径和期限": lambda d: d.has("复议") and d.has("诉讼|起诉"),
    "行政机关的名称和作出决定的日期": lambda d: d.has(r"街道办事处|人民政府|局|委员会") and d.written_on is not None,
}


@serves("EN-08")
def contents(draft: Draft, rule: Rule) -> Iterator[Hit]:
    if re.search("告知书", draft.title_text):
        return
    asked = dict(_CONTENTS)
    if re.search("不予", draft.title_text):
        del asked["处罚的种类和依据"]
    if draft.has(ON_SPOT):
        # 行政处罚法 52: a decision on the spot names the party, not the address.
        del asked["当事人的姓名或者名称、地址"]
    missing = [name for name, has in asked.items() if not has(draft)]
    if missing:
        yield Hit(*draft.title, message=rule.message.replace("{missing}", "；".join(missing)))


_FEW_LINES = 5
_WEIGHTY = ("处罚的种类和依据", "履行方式和期限", "申请行政复议、提起行政诉讼的途径和期限")


@serves("contents_of_few")
def contents_of_few(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A decision of a few lines, told in short: only what weighs most is missed."""
    first = draft.of(draft.lines[0]).strip() if draft.lines else ""
    if is_whole(draft) or len(draft.lines) < _FEW_LINES or not re.search("(?<!不予)行政处罚决定书$", first):
        return
    missing = [name for name in _WEIGHTY if not _CONTENTS[name](draft)]
    if missing and not draft.has("(?:略|附后|见背面)[)。]"):
        yield Hit(*draft.title, message=rule.message.replace("{missing}", "；".join(missing)))


_PAY = re.compile(
    rf"(?:收到|接到|送达)[^。;\n]{{0,20}}?(?<![\d第])({NUMBER})\s*个?(工作日|日|天)(?:之)?内[^。;\n]{{0,40}}(?:缴纳|缴至|缴款|交纳|交至|缴)"
    rf"|(?:应当?|须|限)[^。;,\n\d]{{0,6}}?(?<![\d第])({NUMBER})\s*个?(工作日|日|天)(?:之)?内[^。;,\n]{{0,6}}(?:缴纳|缴清|交纳)"
)
_SURCHARGE = re.compile(
    r"每[日天][^。;\n]{0,20}?(\d+(?:\.\d+)?\s*%|百分之[一二三四五六七八九十]+|\d+\s*‰|千分之[一二三四五六七八九十]+)[^。;\n]{0,10}加处|加处[^。;\n]{0,10}?(\d+(?:\.\d+)?\s*%|百分之[一二三四五六七八九十]+)"
)


@serves("payment_order")
def payment_order(draft: Draft, rule: Rule) -> Iterator[Hit]:
    days = rule.limit("pay_days", draft.on)
    for match in _PAY.finditer(draft.plain):
        number, unit = count(match[1] or match[3]), match[2] or match[4]
        if (
            number is not None
            and (number != days or unit == "工作日")
            and "罚" in draft.of(draft.sentence(match.start()))
        ):
            yield Hit(
                *match.span(),
                message=f"{{where}}写“{{quote}}”。当事人应当自收到行政处罚决定书之日起{days}日内缴纳罚款；请改。",
            )
    daily = rule.law_limit("daily", draft.on)
    for match in _SURCHARGE.finditer(draft.plain):
        share = percent(match[1] or match[2])
        if share is not None and share != daily.decimal:
            yield Hit(
                *match.span(),
                message=f"{{where}}写“{{quote}}”。到期不缴纳罚款的，每日按罚款数额的{daily.text}加处罚款；请改。",
            )


_NAMES = r"([\u4e00-\u9fa5]{2,4}(?:[、,和][\u4e00-\u9fa5]{2,4}){0,3})"
_ONE_NAME = r"[\u4e00-\u9fa5×]{2,4}"
_INVESTIGATOR = re.compile(rf"(?:执法人员|调查人员|办案人员|承办人|承办人员|经办人)\s*[:为是]?\s*{_NAMES}")
_REVIEWER = re.compile(
    rf"(?:法制审核(?:人员|人)?|审核人(?:员)?)\s*[:为是由]?\s*{_NAMES}|由\s*({_ONE_NAME}?)(?:负责|进行|担任|作)?法制审核"
)
_NO_NAME = re.compile("[等应在对不进未均具可须经提负参的或制]")
_SKIPPED = re.compile(
    r"(?:未经?|没有|无需|不再|免予|尚未|未)(?:经过?|进行|开展|作|通过)*[^。;,\n]{0,4}法制审核|法制审核[^。;,\n]{0,12}(?:由|为)[^。;,\n]{0,8}(?:承办人|办案人员|执法人员|调查人员)(?:本人|自行|兼任|负责)?|(?:承办人|办案人员|执法人员|调查人员)[^。;,\n]{0,10}(?:兼任|同时(?:担任|负责)|自行|负责)[^。;,\n]{0,6}法制审核|(?:决定|送达|印发)后[^。;,\n]{0,6}补[^。;,\n]{0,4}法制审核"
)


def _bare(draft: Draft) -> str:
    """The text without what stands in brackets, where the numbers of the officers' cards stand between their names."""
    return re.sub(r"[(][^()\n]{0,40}[)]", "", draft.plain)


@serves("officers")
def officers(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """One officer by name, or one card, in the whole decision."""
    named = [
        match
        for match in re.finditer(
            rf"(?:执法(?:人员|队员)|调查人员|办案人员)\s*[:为是由]?\s*{_ONE_NAME}[(][^()\n]{{0,12}}(?:证|号)[^()\n]{{0,24}}[)]([、,和及]?)",
            draft.plain,
        )
    ]
    cards = set(re.findall(r"(?:执法证件?号?码?|证号|执法证)\s*[:为]?\s*([A-Z\d-]{5,20})", draft.plain))
    if named and len(cards) == 1 and all(not one[1] for one in named) and not draft.has(r"[两二2三]\s*名"):
        yield Hit(
            *named[0].span(),
            message="{where}写“{quote}”，全文只有一名执法人员。执法人员不得少于两人；请写明全部执法人员和证号。",
        )


@serves("EN-10")
def internal_review(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for match in _SKIPPED.finditer(draft.plain):
        if not re.search(r"不得|的,|不能|依法(?:不|无)|不属于", draft.of(draft.sentence(match.start()))):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”。涉及重大公共利益、关系重大权益经过听证、疑难复杂等法定情形的，未经法制审核或者审核未通过的不得作出决定；审核人不得是承办人。",
            )
    investigators = {name for match in _INVESTIGATOR.finditer(_bare(draft)) for name in re.split("[、,和]", match[1])}
    for match in _REVIEWER.finditer(draft.plain):
        said = [one for one in re.split("[、,和]", match[1] or match[2]) if not _NO_NAME.match(one)]
        same = {one for one in investigators if any(name == one or name.startswith(one) for name in said)}
        if same:
            yield Hit(
                *match.span(), message=f"{{where}}的法制审核人{'、'.join(sorted(same))}就是本案的调查人员。请换人审核。"
            )
            return
