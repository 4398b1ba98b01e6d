"""Signs, numerals and days as drafts write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from hefa.claims.numerals import chinese

# Every replacement is one character for one, so that offsets stay.
_PLAIN = str.maketrans(
    {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {0x3000: " ", 0xA0: " ", 0x2002: " ", 0x2003: " ", 0x2009: " "}
    | {"﹣": "-", "－": "-", "﹪": "%", "．": ".", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n"}
)  # fmt: skip
_PATTERN = str.maketrans({"，": ",", "；": ";", "：": ":", "（": r"\(", "）": r"\)", "！": "!", "？": r"\?"})

DAY = re.compile(
    r"(?P<y>\d{4}|[二][〇零○Oo0一二三四五六七八九]{3})\s*(?:年|[-./])\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:月|[-./])\s*"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*日|(?!\d))"
)
# The same without names, to stand inside other patterns.
ANY_DAY = re.sub(r"\?P<[ymd]>", "", DAY.pattern)
NUMBER = r"(?:\d{1,5}|[一二两三四五六七八九十百]{1,6})"


def plain(text: str) -> str:
    """The text with full-width signs and odd spaces made plain; same length."""
    return text.translate(_PLAIN)


def pattern(source: str) -> str:
    """A pattern of the rule data in the plain form: written with Chinese punctuation, which is easier to read."""
    return source.translate(_PATTERN)


def count(text: str) -> int | None:
    """60, 六十, 一百二十 → 60, 60, 120."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    value = chinese(text)
    return int(value) if value is not None else None


def article_number(text: str) -> int | None:
    return count(text.removeprefix("第").removesuffix("条"))


MONTH = r"(\d{4})\s*年\s*(\d{1,2})\s*月"
MONTH_ALONE = MONTH + r"(?!\s*\d)"  # without a day


def month_of(match: re.Match[str] | None) -> dt.date | None:
    """The first day of the month that the first two groups of a match name (`MONTH`); None when there is none."""
    if match is None or not (dt.MINYEAR <= int(match[1]) < dt.MAXYEAR and 1 <= int(match[2]) <= 12):
        return None
    return dt.date(int(match[1]), int(match[2]), 1)


def day_of(match: re.Match[str]) -> dt.date | None:
    """The day that a match of `DAY` names; None when there is no such day."""
    parts = [count(match[key].replace("○", "〇").replace("O", "〇").replace("o", "〇")) for key in "ymd"]
    if any(part is None for part in parts):
        return None
    year, month, day = (part or 0 for part in parts)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def days(text: str) -> Iterator[tuple[re.Match[str], dt.date | None]]:
    for match in DAY.finditer(text):
        yield match, day_of(match)


_LATER_DAY = re.compile(r"(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def dated(text: str, year: int | None = None) -> list[tuple[int, int, dt.date]]:
    """(start, end, day) of every day in the text; one without its year takes that of the day before it, else `year`."""
    found = [(match.start(), match.end(), day) for match, day in days(text) if day]
    for match in _LATER_DAY.finditer(text):
        own = next((day.year for start, _, day in reversed(sorted(found)) if start < match.start()), year)
        if own is None or any(start <= match.start() < end for start, end, _ in found):
            continue
        try:
            found.append((match.start(), match.end(), dt.date(own, int(match[1]), int(match[2]))))
        except ValueError:
            continue
    return sorted(found)


def percent(text: str) -> Decimal | None:
    """30%, 百分之三十, 三成, 3‰, 千分之三, 万分之五 → a share of 100: 30, 30, 30, 0.3, 0.3, 0.05."""
    written = re.search(r"(\d+(?:\.\d+)?)\s*([%‰])", text)
    if written:
        return _decimal(written[1]) / (1 if written[2] == "%" else 10)
    tenths = re.search(
        r"(?<![一二三四五六七八九十百分之])([一二两三四五六七八九])成(?![交立本员果为功套长年人效])", text
    )
    if tenths and not re.search(r"[百千万]分之", text):
        value = chinese(tenths[1])
        return None if value is None else value * 10
    spelt = re.search(r"(百|千|万)分之\s*([一二三四五六七八九十百零点]+|\d+(?:\.\d+)?)", text)
    if not spelt:
        return None
    value = _decimal(spelt[2]) if spelt[2][0].isdigit() else chinese(spelt[2])
    return None if value is None else value / {"百": 1, "千": 10, "万": 100}[spelt[1]]


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)
