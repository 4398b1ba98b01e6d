"""Article numbers: 第一百三十三条之一 ⇄ "133-1". Chinese and Arabic numerals are read by the checker's reader."""

from __future__ import annotations

import re

from hefa.claims.numerals import chinese
from hefa.kernel.law import numeral

CHARS = "零〇一二两三四五六七八九十百千0-9０-９"
NUMBER = rf"[{CHARS}]{{1,8}}"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_ARTICLE = re.compile(rf"第?({NUMBER})条?(?:之({NUMBER})|-(\d+))?$")


def read(text: str) -> int | None:
    """二十 → 20, "20" → 20, ２０ → 20; None when the characters are no number or not between 1 and 9999."""
    text = text.translate(_WIDE).replace("\n", "")
    if text.isascii() and text.isdigit():
        value = int(text) if len(text) <= 4 else 0
    else:
        found = None if any(char.isdigit() and char.isascii() for char in text) else chinese(text)
        value = int(found) if found is not None else 0
    return value if 0 < value < 10000 else None


def key(text: str) -> str | None:
    """第一百三十三条之一 → "133-1", 三十三 → "33", "33" → "33"; None when it names no article."""
    match = _ARTICLE.match(text.strip())
    number = read(match.group(1)) if match else None
    if match is None or number is None:
        return None
    added = match.group(2) or match.group(3)
    if not added:
        return str(number)
    sub = read(added)
    return f"{number}-{sub}" if sub else None


def label(article: str) -> str:
    """ "133-1" → 第一百三十三条之一."""
    number, _, added = article.partition("-")
    return f"第{numeral(int(number))}条" + (f"之{numeral(int(added))}" if added else "")


def order(article: str) -> tuple[int, int]:
    """Sorting key: 133 < 133-1 < 133-2 < 134."""
    number, _, added = article.partition("-")
    return int(number), int(added or 0)
