"""Amounts of money as contracts write them: ¥120,000.00, 12万元, 人民币壹拾贰万元整."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"两": 2, "貳": 2, "贰": 2, "弍": 2, "叄": 3, "參": 3, "陸": 6}
_PLACES = {"拾": 10, "佰": 100, "仟": 1000, "十": 10, "百": 100, "千": 1000}
_SIGN = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿〇一二三四五六七八九十百千两貳弍叄參陸萬億"

CAPITAL = re.compile(
    rf"(?:人民币|[(]?大写[)]?\s*[:为]?\s*)*(?P<words>[{_SIGN}]{{1,30}})\s*(?P<yuan>[元圆])\s*(?P<small>整|正|(?:零?[{_SIGN}]角)?(?:零?[{_SIGN}]分)?(?:整|正)?)"
)
FIGURE = re.compile(
    r"(?P<mark>[¥￥]|RMB)?\s*(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>万元|亿元|元|圆|万|亿)?"
)
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟貳弍叄參陸]")


class Amount(NamedTuple):
    """A sum in 元 and where it stands."""

    value: Decimal
    start: int
    end: int


def in_words(text: str) -> Decimal | None:
    """壹佰贰拾万零伍拾 → 1200050; None when the signs make no number."""
    total = section = Decimal(0)
    digit = 0
    for sign in text.replace("萬", "万").replace("億", "亿"):
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or 1) * _PLACES[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit) * 10**4
            section, digit = Decimal(0), 0
        elif sign == "亿":
            total = (total + section + digit) * 10**8
            section, digit = Decimal(0), 0
        else:
            return None
    return total + section + digit


def capitals(text: str) -> Iterator[Amount]:
    """Amounts in formal words (壹贰叁…, or after 大写)."""
    for match in CAPITAL.finditer(text):
        if not _FORMAL.search(match["words"]) and "大写" not in match.group():
            continue
        value = in_words(match["words"])
        if value is None:
            continue
        cents = Decimal(0)
        for part, size in re.findall(rf"([{_SIGN}])([角分])", match["small"] or ""):
            cents += Decimal(_DIGITS.get(part, 0)) / (10 if size == "角" else 100)
        yield Amount(value + cents, match.start("words"), match.end())


def figures(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Amounts in digits that say that they are money: a sign before or 元 behind."""
    for match in FIGURE.finditer(text, start, len(text) if end is None else end):
        if match["mark"] or (match["unit"] and match["unit"].endswith(("元", "圆"))):
            value = money(match["value"], match["unit"] or "")
            if value is not None:
                yield Amount(value, match.start("mark") if match["mark"] else match.start("value"), match.end())


def money(digits: str, unit: str = "") -> Decimal | None:
    """The sum in 元 of digits with their unit."""
    try:
        value = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    if len(digits) > 24:
        return None
    return value * (10**4 if unit.startswith("万") else 10**8 if unit.startswith("亿") else 1)


def shown(value: Decimal) -> str:
    """1200000 → 1,200,000; cents only when there are any."""
    text = f"{value:,.2f}"
    return text.removesuffix(".00")
