"""Sums that a sentence gives whole: months times a monthly fee, area times price, instalments, parts, a share of a total.

Figures may be digits or numerals (每期两万元); sentences that name a discount, freight or a rate are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ..draft import Draft
from ..money import in_words, money, shown
from ..pattern import Hit
from ..rule import Rule
from ..words import percent
from .registry import serves

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SIGNS = "〇零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟"
_VALUE = rf"(?:{_DIGITS}|[{_SIGNS}]{{1,14}})"
_TOTAL = r"(?:合计|共计|总计|小计|总价款?|合同(?:总)?(?:价款?|额)|总额|总金额|总费用|金额|货款|价款|货值)"
_OTHERWISE = re.compile(
    r"优惠|折扣|[打享][一二三四五六七八九\d.]+折|让利|下浮|上浮|另[加计收]|运费|税|约|暂定(?!工程量|数量)|预计|不超过|以内|以上|以下|封顶|罚|违约|赔|保证金|其中|减去|扣除"
)
_BY_MONTH = re.compile(
    rf"每个?月[^。;,\n\d]{{0,8}}?(?P<one>{_VALUE})\s*(?P<unit>万元|元|万)[^。;\n]{{0,16}}?(?P<times>{_VALUE})\s*个月[^。;\n]{{0,6}}?{_TOTAL}[^。;,\n\d]{{0,6}}?"
    rf"(?P<all>{_VALUE})\s*(?P<last>万元|元|万)"
)
_BY_SIZE = re.compile(
    rf"单价[^。;,\n\d]{{0,8}}?(?P<one>{_VALUE})\s*(?P<unit>万元|元|万)[^。;\n\d]{{0,10}}?(?:面积|数量|工程量|人数|台数|共)?[^。;,\n\d]{{0,4}}?"
    rf"(?P<times>{_VALUE})\s*(?:平方米|㎡|米|台|套|件|张|把|人|名|户|人次|吨|份|棵|盏|辆|只|块|箱)[^。;\n\d]{{0,6}}?{_TOTAL}[^。;,\n\d]{{0,4}}?"
    rf"(?P<all>{_VALUE})\s*(?P<last>万元|元|万)"
)
_BY_PART = re.compile(
    rf"(?:共|分)(?:为)?(?P<times>[{_SIGNS}\d]{{1,3}})\s*(?:期|次|批|年|季度)[^。;\n\d]{{0,8}}?每(?:期|次|批|年|季度?)[^。;,\n\d]{{0,6}}?(?P<one>{_VALUE})\s*"
    rf"(?P<unit>万元|元|万)[^。;\n\d]{{0,8}}?{_TOTAL}[^。;,\n\d]{{0,6}}?(?P<all>{_VALUE})\s*(?P<last>万元|元|万)"
)
_SHARE_OF = re.compile(
    rf"{_TOTAL}[^。;,\n\d]{{0,6}}?(?P<all>{_VALUE})\s*(?P<last>万元|元|万)[^。;\n]{{0,14}}?(?P<share>\d+(?:\.\d+)?\s*%|百分之[{_SIGNS}]+)\s*[,(]?\s*(?:即|计|为|共|也就是)"
    rf"[^。;,\n\d]{{0,4}}?(?P<one>{_VALUE})\s*(?P<unit>万元|元|万)"
)
_PARTS = re.compile(
    rf"(?:[一-龥]{{2,10}}?{_DIGITS}\s*(?:万元|元)[、,;和及]){{1,8}}[一-龥]{{2,10}}?{_DIGITS}\s*(?:万元|元)[,;。]\s*(?:以上(?:[一二三四五六七八九\d]+项)?|[二两三四五]年)?(?:合同)?{_TOTAL}[^。;,\n\d]{{0,4}}?"
    rf"(?P<all>{_DIGITS})\s*(?P<last>万元|元)"
)
_PART = re.compile(rf"(?P<what>[一-龥]{{2,10}}?)(?P<one>{_DIGITS})\s*(?P<unit>万元|元)")
_NO_PART = re.compile(r"单价|每|首付|预付|已付|定金|余款|尾款|(?<!第[一二三四五])年|月")


@serves("reckoned")
def reckoned(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for found, made, told in _sums(draft.plain):  # the sum may stand in the next sentence
        if abs(made - told) >= 1 and not _OTHERWISE.search(found.group()):
            yield _differs(found.start(), found.end(), made, told)
    for span in draft.sentences:
        words = draft.plain[span.start : span.end]
        if _OTHERWISE.search(words):
            continue
        for found, made, told in (*_times(words), *_shares(words)):
            if abs(made - told) >= 1:
                yield _differs(span.start + found.start(), span.start + found.end(), made, told)
                break


def _differs(start: int, end: int, made: Decimal, told: Decimal) -> Hit:
    said = f"{{where}}按写明的数算得{shown(made)}元，写的是{shown(told)}元，两者不一致。请核对。"
    return Hit(start, end, message=said)


def _value(digits: str, unit: str = "") -> Decimal | None:
    """20, 1.5, 两万, 拾贰 with a unit → 元."""
    if digits[0].isdigit():
        return money(digits, unit)
    value = in_words(digits)
    return None if value is None else value * (10**4 if unit.startswith("万") else 1)


def _times(words: str) -> Iterator[tuple[re.Match[str], Decimal, Decimal]]:
    for expression in (_BY_MONTH, _BY_SIZE, _BY_PART):
        for match in expression.finditer(words):
            one, told = _value(match["one"], match["unit"]), _value(match["all"], match["last"])
            times = _value(match["times"])
            if one is not None and told is not None and times:
                yield match, one * times, told


def _shares(words: str) -> Iterator[tuple[re.Match[str], Decimal, Decimal]]:
    for match in _SHARE_OF.finditer(words):
        told, one = _value(match["all"], match["last"]), _value(match["one"], match["unit"])
        share = percent(match["share"])
        if told is not None and one is not None and share is not None:
            yield match, told * share / 100, one


def _sums(words: str) -> Iterator[tuple[re.Match[str], Decimal, Decimal]]:
    for match in _PARTS.finditer(words):
        parts = list(_PART.finditer(words, match.start(), match.start("all")))
        if any(_NO_PART.search(part["what"]) for part in parts):
            continue
        sums = [money(part["one"], part["unit"]) for part in parts]
        told = money(match["all"], match["last"])
        if told is not None and len(sums) >= 2 and all(one is not None for one in sums):
            yield match, sum((one for one in sums if one is not None), Decimal(0)), told


_FRACTIONS = {"一半": Fraction(1, 2), "半数": Fraction(1, 2), "对半": Fraction(1, 2)}
_FRACTION = r"一半|半数|对半|[一二两三四五六七八九]分之[一二两三四五六七八九]"
_EARNEST_PART = re.compile(rf"定金[^。;\n]{{0,24}}?({_FRACTION})|({_FRACTION})[^。;\n]{{0,14}}?定金")
_EARNEST_SUM = re.compile(rf"定金[^。;\n\d]{{0,6}}?(?P<one>{_VALUE})\s*(?P<unit>万元|元|万)")
_PRICE = re.compile(rf"{_TOTAL}[^。;,\n\d]{{0,6}}?(?P<all>{_VALUE})\s*(?P<last>万元|元|万)")


@serves("earnest_spelt")
def earnest_spelt(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """定金 as a fraction of the price, or beside a price in numerals (货款六十万元，定金十五万元)."""
    most = Fraction(rule.limits["percent"], 100)
    for span in draft.sentences:
        words = draft.plain[span.start : span.end]
        if re.search(r"不(?:得)?(?:超过|高于)|双倍返还一半", words):
            continue
        part = _EARNEST_PART.search(words)
        share = _fraction(part[1] or part[2]) if part else None
        found = part
        if share is None:
            found, price = _EARNEST_SUM.search(words), _PRICE.search(words)
            one = _value(found["one"], found["unit"]) if found else None
            whole = _value(price["all"], price["last"]) if price else None
            share = Fraction(one) / Fraction(whole) if one and whole and one < whole else None
        if found and share is not None and share > most:
            told = f"{float(share * 100):.1f}".removesuffix(".0")
            yield Hit(
                span.start + found.start(),
                span.start + found.end(),
                message=rule.message.replace("{share}", told),
            )


def _fraction(text: str) -> Fraction | None:
    if text in _FRACTIONS:
        return _FRACTIONS[text]
    base, part = (in_words(one) for one in text.split("分之"))
    return Fraction(part) / Fraction(base) if base and part and part < base else None
