"""The day that a document bears, for judging what it cites."""

from __future__ import annotations

import datetime as dt
import re

from .numerals import read

_DAY = re.compile(
    r"(?P<y>\d{4}|[零〇○一二三四五六七八九]{4})\s*年\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_ALONE = re.compile(
    rf"^\s*(?:[\u4e00-\u9fff（）()]{{0,30}}[：:\s])?\s*(?:{_DAY.pattern})\s*(?:印发|发布|公布)?\s*$", re.M
)
_DIGIT = {char: str(at) for at, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


def own_date(text: str) -> dt.date | None:
    """The last day that stands alone on a line (under the signature); None when no line is only a day."""
    found = [day for match in _ALONE.finditer(text) if (day := _day(match))]
    return found[-1] if found else None


def _day(match: re.Match[str]) -> dt.date | None:
    year = "".join(_DIGIT.get(char, char) for char in match.group("y"))
    month, day = read(match.group("m")), read(match.group("d"))
    try:
        return dt.date(int(year), month or 0, day or 0)
    except ValueError:
        return None
