"""Days and blanks of a contract (GC-16), the day of signing (GC-12), terms of lease and payment (GC-06, GC-18)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from hefa.kernel.law import instrument

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from ..words import ANY_DAY, DAY, NUMBER, count, day_of
from .registry import serves

_RANGE = re.compile(
    rf"(?P<first>{ANY_DAY})(?:起,)?[^。;,\n\d]{{0,8}}?(?:至|到|—|–|-|~)[^。;,\n\d]{{0,6}}(?P<last>{ANY_DAY})"
)
_LENGTH = re.compile(
    rf"(?:期限?|为期|共计?|期间|服务期|租期)[^。;,\n\d]{{0,6}}?({NUMBER})\s*(年|个月)[^。;\n\d]{{0,10}}$"
)
_BLANK = re.compile(
    r"_{2,}|【[\s_×Xx*]*】|\[[\s_×Xx*]*\]|(?:×|X|x|\*){2,}(?=\s*(?:元|年|月|日|%|万|天|个|平方米|[,。;\n]|$))|[(]\s{2,}[)]"
    r"|(?<=[于为自至:到计币款费共])\s{2,}(?=[年元万%日天])|(?<=[于为自至到])?\s{2,}年\s{1,}月\s{1,}日|[?]{2,}"
)
_SIGNING = re.compile(
    r"签字|签名|盖章|签章|公章|签(?:订|署|约)(?:日期|时间|地点|日)|^\s*日\s*期|法定代表人|负责人|授权代表|委托代理人|经办人|联系人|电话|传真|邮编|编号|身份证|地\s*址|住\s*所|开户|账\s*号|帐\s*号|税号|信用代码|邮箱|代表"
)
_ESSENTIAL = re.compile(r"价|款|金额|元|期|数量|标的|标准|前|内|交付|地点|违约金|%|租金|自|至|起|面积|人数|比例|验收")


@serves("GC-16")
def days_and_blanks(draft: Draft, rule: Rule) -> Iterator[Hit]:
    yield from impossible_days(draft)
    yield from _ranges(draft)
    yield from _pairs(draft)
    for span in draft.lines:
        line = draft.of(span)
        if _SIGNING.search(line) and len(line) < 60:
            continue
        for match in _BLANK.finditer(line):
            at = span.start + match.start()
            sentence = draft.sentence(at)
            if re.fullmatch(r"[\s_年月日.]*", line) or not _ESSENTIAL.search(draft.of(sentence)):
                continue
            start = max(sentence.start, at - 12)
            yield Hit(
                start, span.start + match.end(), message="{where}留有空白“{quote}”，主要内容没有填写。请填写后再签订。"
            )


def impossible_days(draft: Draft) -> Iterator[Hit]:
    """2月30日, 13月: days that no calendar has."""
    for match in re.finditer(r"(?P<y>(?:19|20)\d{2})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日", draft.plain):
        if day_of(match) is None:
            yield Hit(*match.span(), message="{where}的“{quote}”没有这一天。请核对日期。")


def _ranges(draft: Draft) -> Iterator[Hit]:
    for match in _RANGE.finditer(draft.plain):
        first, last = (day_of(found) if (found := DAY.match(match[key])) else None for key in ("first", "last"))
        if first is None or last is None:
            continue
        if last < first:
            yield Hit(*match.span(), message=f"{{where}}的期间从{first}到{last}，终止早于起始。请核对。")
            continue
        said = _LENGTH.search(draft.plain, max(0, match.start() - 30), match.start())
        number = count(said[1]) if said else None
        if said and number and not _fits(first, last, number, said[2]):
            yield Hit(
                said.start(),
                match.end(),
                message=f"{{where}}写的是{number}{said[2]}，起止日期却是{first}到{last}。请核对。",
            )


def _fits(first: dt.date, last: dt.date, number: int, unit: str) -> bool:
    """Whether the days make the stated length, up to a few days at either end."""
    months = number * (12 if unit == "年" else 1)
    return abs((last - first).days - months * 365.25 / 12) <= 4


_PAIRS = (("开工", "竣工|完工"), ("起租", "止租"), ("生效", "终止|届满"), ("开始", "结束|终止"))


def _pairs(draft: Draft) -> Iterator[Hit]:
    """开工日期… 竣工日期…: the second before the first."""
    for first_word, last_word in _PAIRS:
        for match in re.finditer(
            rf"(?:{first_word})(?:日期|时间|日)?[:为于]?\s*(?P<first>{ANY_DAY})[^。;\n]{{0,12}}?(?:{last_word})(?:日期|时间|日)?[:为于]?\s*(?P<last>{ANY_DAY})",
            draft.plain,
        ):
            first, last = (day_of(found) if (found := DAY.match(match[key])) else None for key in ("first", "last"))
            if first and last and last < first:
                yield Hit(*match.span(), message=f"{{where}}写“{{quote}}”，{last}早于{first}。请核对。")


_SHARE = re.compile(r"(?:支付|付)[^。;,\n%]{0,16}?(\d+(?:\.\d+)?)\s*%")


@serves("paid_before_acceptance")
def paid_before_acceptance(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """Shares of the price that make up the whole before the goods are accepted."""
    for match in re.finditer(
        r"(?:验收|交付|交货|竣工)(?:之)?前[^。;,\n]{0,12}支付[^。;,\n%]{0,12}?\d+(?:\.\d+)?\s*%", draft.plain
    ):
        article = draft.article(match.start())
        shares = [float(one[1]) for one in _SHARE.finditer(draft.plain, article.start, match.end())]
        if sum(shares) >= 100:
            yield Hit(*match.span())


@serves("GC-06")
def lease_term(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A lease of more than twenty years, said in years or by its days."""
    most = rule.limits["years"]
    for match in re.finditer(
        rf"(?:租赁期限?|租期|租给[^。;,\n]{{0,10}}|租(?=[一二三四五六七八九\d])|使用期限?|(?:租用|承租)[^。;,\n]{{0,10}}期限?|承租期限?|出租期限?|租用期限?|租赁年限)[^。;\n\d]{{0,12}}?({NUMBER})\s*年(?!\s*\d{{1,2}}\s*月|\s*[一二三四五六七八九十]+\s*月)",
        draft.plain,
    ):
        years = count(match[1])
        if years is not None and most < years < 1000 and not re.search(r"不(?:得)?超过|最长", match.group()):
            yield Hit(*match.span(), message=rule.message.replace("{years}", str(years)))
            return
    for match in _RANGE.finditer(draft.plain):
        sentence = draft.of(draft.sentence(match.start()))
        first, last = (day_of(found) if (found := DAY.match(match[key])) else None for key in ("first", "last"))
        if first and last and re.search("租", sentence) and (last - first).days > most * 365.25 + 1:
            yield Hit(*match.span(), message=rule.message.replace("{years}", str(round((last - first).days / 365.25))))
            return


_SIGNED_WITHIN = re.compile(
    rf"(?:中标|成交)(?:通知书)?[^。;,\n\d一二三四五六七八九十]{{0,10}}({NUMBER})\s*(日|天|个月)(?:之?内|以?后|才|方|双方)[^。;\n]{{0,10}}(?:签订|签署|签约|签合同)"
)


@serves("GC-12")
def signing_day(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """The day of signing against that of the notice of award: neither before nor long after it."""
    for match in _SIGNED_WITHIN.finditer(draft.plain):
        number = (count(match[1]) or 0) * (30 if match[2] == "个月" else 1)
        if number > rule.limits["days"]:
            yield Hit(
                *match.span(),
                message=f"{{where}}写“{{quote}}”，应当在中标（成交）通知书发出之日起{rule.limits['days']}日内签订。请改。",
            )
    award = re.search(
        rf"(?:中标|成交)(?:通知书)?[^。;\n\d]{{0,20}}?({ANY_DAY})|({ANY_DAY})[^。;\n\d]{{0,16}}?(?:中标|成交)通知书",
        draft.plain,
    )
    signed = re.search(
        rf"(?:合同|协议)?(?:签订|签署|签约)(?:日期|时间|日)?\s*[:为于]?\s*({ANY_DAY})|于\s*({ANY_DAY})[^。;,\n\d]{{0,10}}(?:签订|签署)",
        draft.plain,
    )
    given = DAY.search(award.group()) if award else None
    made = DAY.search(signed.group()) if signed else None
    first = day_of(given) if given else None
    last = day_of(made) if made else draft.written_on
    if award is None or first is None or last is None:
        return
    place = (signed or award).span()
    if last < first:
        yield Hit(*place, message=f"{{where}}：合同签订日{last}早于中标（成交）通知书发出日{first}。请核对。")
    elif (last - first).days > rule.limits["days"]:
        yield Hit(
            *place,
            message=f"{{where}}：合同签订日{last}距中标（成交）通知书发出日{first}已{(last - first).days}日，"
            f"超过{rule.limits['days']}日。请说明原因。",
        )


_PAYS = re.compile(
    rf"(?:(?<![第\d月年])|(?<=[后的过起]第)|(?<=后满))({NUMBER}|半)\s*个?\s*(工作日|日历天|自然日|日|天|个?月|年)\s*(?:之?内|以?后|期满后)?[^。;\n]{{0,30}}?(?:支付|付清|付款|结清|付至|拨付|付给)|(?:付款|支付)(?:期限|周期|账期|时间)[^。;\n\d]{{0,10}}?({NUMBER}|半)\s*个?\s*(工作日|日历天|自然日|日|天|个?月|年)"
)
_NOT_PRICE = re.compile(
    r"租金|质保|质量保证|保修|缺陷责任|保证金|押金|违约金|补偿款|滞纳金|赔偿|保函|定金|(?<!向)(?<!给)(?<!对)乙方[^。;,\n]{0,12}(?:支付|缴纳|付清|交纳|承担|付)|承租[方人][^。;,\n]{0,12}(?:支付|缴)|工资|运维期|服务期[^。;,\n]{0,6}满"
)
_IN_DAYS = {"工作日": 1.4, "日历天": 1, "自然日": 1, "日": 1, "天": 1, "个月": 30, "月": 30, "年": 365}


@serves("GC-18")
def payment_term(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """An organ that pays later than the law allows at the most."""
    term = instrument("sme_payment").term("pay_latest").on(draft.on)
    for match in _PAYS.finditer(draft.plain):
        written, unit = match[1] or match[3] or "", match[2] or match[4]
        number = 0.5 if written == "半" else count(written)
        if number is None or number * _IN_DAYS[unit.removeprefix("个") if unit != "个月" else unit] <= term.days:
            continue
        if unit == "月" and not re.search(r"月(?:之?内|以?后|期满)", match.group()):
            continue  # 九月交货 is a month of the year
        if unit == "年" and (number > 30 or not re.search(r"年(?:之?内|以?后|期满)", match.group())):
            continue
        sentence = draft.of(draft.sentence(match.start()))
        if _NOT_PRICE.search(sentence):
            continue
        yield Hit(
            *match.span(),
            message=f"{{where}}写“{{quote}}”，付款期限超过{term.text}。自交付、验收合格之日起应当在30日内支付，合同另有约定的最长不超过{term.text}。请改短。",
        )
