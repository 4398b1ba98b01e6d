"""What is written the same everywhere: days and citations of articles, from Chinese into English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

DAY = r"\d{1,4}年\d{1,2}月\d{1,2}日"

_DAY = re.compile(r"(\d{1,4})年(\d{1,2})月(\d{1,2})日")
_DAYS = re.compile(rf"{DAY}(?:至{DAY})?")
NUMERAL = "[〇零一二两三四五六七八九十百千]+"
_PLACE = rf"第{NUMERAL}条(?:之{NUMERAL})?(?:第{NUMERAL}款)?(?:第（{NUMERAL}）项)?"
_NAME = r"《[^《》]+》|(?!第)[^《》、，；：。\s]+?"
_ONE = re.compile(rf"(?P<joint>[、和至])?(?P<name>{_NAME})?(?P<place>{_PLACE})")
_ALL = re.compile(rf"(?:[、和至]?(?:{_NAME})?{_PLACE})+")
_LEVELS = ((re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?"), "art."), (re.compile(rf"第({NUMERAL})款()"), "para."))
_ITEM = re.compile(rf"第（({NUMERAL})）项")
_DIGITS = {letter: n for n, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(numeral: str) -> int:
    """三十三 → 33; up to 9999."""
    total, digit = 0, 0
    for letter in numeral:
        if letter in _TENS:
            total += (digit or 1) * _TENS[letter]
            digit = 0
        else:
            digit = _DIGITS[letter]
    return total + digit


def english(text: str, instruments: Mapping[str, str]) -> str | None:
    """The whole text as English if it is one day, days from – to, an instrument, or articles; else None.

    `instruments`: English names by Chinese short title, without 《》 and 中华人民共和国.
    """
    if _DAYS.fullmatch(text):
        return " to ".join(_day(found) for found in _DAY.finditer(text))
    if name := instruments.get(short(text)):
        return name
    if not _ALL.fullmatch(text):
        return None
    said = ""
    for found in _ONE.finditer(text):
        name = instruments.get(short(found["name"])) if found["name"] else ""
        if name is None:
            return None
        joint = {"、": ", ", "和": " and ", "至": " to "}.get(found["joint"] or "", "")
        said += joint + (f"{name}, " if name else "") + place(found["place"])
    return said


def _day(found: re.Match[str]) -> str:
    year, month, day = map(int, found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return found.group(0)
    return f"{day} {_MONTHS[month - 1]} {year}"


def short(name: str) -> str:
    """《中华人民共和国人民调解法》 → 人民调解法."""
    return name.removeprefix("《").removesuffix("》").removeprefix("中华人民共和国")


def place(text: str) -> str:
    """第三十三条第一款第（二）项 → art. 33, para. 1, item 2."""
    parts = []
    for level, word in _LEVELS:
        if found := level.search(text):
            added = f"-{number(found.group(2))}" if found.group(2) else ""
            parts.append(f"{word} {number(found.group(1))}{added}")
    if item := _ITEM.search(text):
        parts.append(f"item {number(item.group(1))}")
    return ", ".join(parts)
