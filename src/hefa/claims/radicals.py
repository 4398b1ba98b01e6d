"""Radicals that stand for characters: what many PDF writers (Chromium, Word with Noto fonts) leave for 方, 人, 民, 日.

The two look the same on the page. One for one, so that the length of the text stays.
"""

from __future__ import annotations

import unicodedata

# Kangxi radicals (U+2F00) have their characters in Unicode's own tables; of the supplement (U+2E80) only two have.
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SUPPLEMENT = dict(
    zip(
        map(ord, "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
        "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_CHARACTERS = _KANGXI | _SUPPLEMENT


def characters(text: str) -> str:
    """The text with radicals written as the characters that they stand for."""
    return text.translate(_CHARACTERS)
