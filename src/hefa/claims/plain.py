"""The text as the rules read it: half-width digits, full-width punctuation, no spaces inside a line; offsets kept.

Published pages write 「共受理 1,476 起,占41.73％」 in every mixture of widths. All patterns are written once, for the
form that this module yields; `Plain.source` leads every position back to the extracted text.
"""

import re
import string
from bisect import bisect_left
from dataclasses import dataclass

_DIGITS = "０１２３４５６７８９"
_CAPITALS = "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
_SMALL = "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
_MARKS = str.maketrans(
    _DIGITS + _CAPITALS + _SMALL + "():;?!．％﹪＋—–－～~−‐‑─﹣[]【】『』「」﹐､〈〉\r\u2028\u2029\x0b\x0c\x00",
    "0123456789"
    + string.ascii_uppercase
    + string.ascii_lowercase
    + "（）：；？！.%%+----------〔〕〔〕“”“”，、《》\n\n\n\n\n ",
)
_BLANK = re.compile(r"[ \t\u00a0\u3000\u2000-\u200f\u202f\ufeff]+")
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_DIGIT_GAP = re.compile(r"[0-9A-Za-z.%]$")
_DIGIT_NEXT = re.compile(r"[0-9A-Za-z.]")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is what rules read; `origin[i]` is the offset of `text[i]` in the extracted text (len + 1 entries)."""

    text: str
    origin: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the extracted text of `text[start:end]`."""
        if end <= start:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1

    def place(self, offset: int) -> int:
        """The position in `text` of an offset in the extracted text."""
        return bisect_left(self.origin, offset)


def plain(text: str) -> Plain:
    """Normalise widths and drop blanks; a blank between two digits or Latin letters stays, it parts two numbers."""
    mapped = _WIDE_COMMA.sub(",", text).translate(_MARKS)
    mapped = _COMMA.sub("，", mapped)
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for blank in _BLANK.finditer(mapped):
        pieces.append(mapped[at : blank.start()])
        origin.extend(range(at, blank.start()))
        before = mapped[blank.start() - 1 : blank.start()]
        after = mapped[blank.end() : blank.end() + 1]
        if _DIGIT_GAP.search(before) and _DIGIT_NEXT.match(after):
            pieces.append(" ")
            origin.append(blank.start())
        at = blank.end()
    pieces.append(mapped[at:])
    origin.extend(range(at, len(mapped)))
    origin.append(len(text))
    return Plain("".join(pieces), tuple(origin))
