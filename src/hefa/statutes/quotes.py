"""Rule C-04: what a draft puts between quotation marks as the words of an article, held against the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .findings import Finding
from .numerals import label
from .shelf import Shelf
from .texts import Version, plain, quoted

if TYPE_CHECKING:
    from .citations import Resolved

SHORTEST = 8  # characters: shorter words in quotation marks are terms, not quotations
SAME_TEXT = 0.6  # share of matching characters from which a quotation is taken for a changed form of the article
_OPEN = re.compile(
    r"\s*(?:的)?(?:明确|分别|已|均)?(?:规定|载明|指出|要求|明确)?(?:了|的是)?\s*(?P<colon>[：:，,]|)\s*[“\"「](?P<said>[^”\"」]{4,2000})[”\"」]"
)
_ELLIPSIS = re.compile(r"…+|\.{3,}|（略）|\(略\)")
_NOISE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def of_places(text: str, shelf: Shelf, resolved: Resolved) -> Iterator[Finding]:
    """The quotation right behind the last article of a mention: 第…条规定：“…”. Only when it clearly claims to be it."""
    version = resolved.version
    places = resolved.mention.places
    if version is None or not places or not version.complete:
        return
    opening = _OPEN.match(text, places[-1].end)
    article = shelf.article(version, places[-1].article)
    if opening is None or article is None or "缺失" in article.text[:6]:
        return
    said, start, end = opening.group("said"), opening.start("said"), opening.end("said")
    if len(_bare(said)) < SHORTEST or len({place.article for place in places}) > 1:
        return
    wrong = [part for part in _ELLIPSIS.split(said) if len(_bare(part)) > 1 and _bare(part) not in _bare(article.text)]
    if not wrong:
        return
    worst = max(wrong, key=len)
    right, alike = nearest(worst, article.text)
    claimed = bool(opening.group("colon")) and text[places[-1].end : opening.start("said")].count("规定") > 0
    if alike >= SAME_TEXT:
        message = f"引文与条文不一致：{shown(worst, right)}。"
        yield Finding("C-04", "major", start, end, said, message, _basis(version, article.number), right)
    elif claimed:
        yield _elsewhere(said, start, end, article.number, version, shelf)


def _elsewhere(said: str, start: int, end: int, number: str, version: Version, shelf: Shelf) -> Finding:
    """The words are of another article of the same law, or of none."""
    found = next((one.number for one in shelf.text(version) if _bare(said) in _bare(one.text)), "")
    message = f"引文不见于{label(number)}" + (f"，是{label(found)}的文字。" if found else "，请核对出处。")
    return Finding("C-04", "major", start, end, said, message, _basis(version, number), label(found) if found else "")


def _basis(version: Version, number: str) -> str:
    return f"{quoted(plain(version.title))}{label(number)}"


def _bare(text: str) -> str:
    return _NOISE.sub("", text)


def nearest(said: str, text: str) -> tuple[str, float]:
    """The stretch of a text that is most like the words said, and how much of them it holds (0 to 1)."""
    flat = text.replace("\n", "")
    blocks = [block for block in SequenceMatcher(None, said, flat, autojunk=False).get_matching_blocks() if block.size]
    if not blocks:
        return "", 0.0
    anchor = max(blocks, key=lambda block: block.size)
    begin = max(0, anchor.b - anchor.a - 4)
    window = flat[begin : begin + len(said) + 12]
    inner = [block for block in SequenceMatcher(None, said, window, autojunk=False).get_matching_blocks() if block.size]
    held = sum(block.size for block in inner)
    first, last = inner[0], inner[-1]
    low = max(0, first.b - first.a) if first.b - first.a >= 0 else 0
    high = min(len(window), last.b + last.size + (len(said) - last.a - last.size))
    return window[low:high].strip("，。；：、"), held / len(said)


def shown(said: str, right: str) -> str:
    """The difference in one line: 【文中】 what is written, 【条文】 what stands in the law, where they part."""
    out = []
    for kind, a, b, c, d in SequenceMatcher(None, said, right, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(said[a:b] if b - a <= 24 else f"{said[a : a + 10]}……{said[b - 10 : b]}")
        elif _bare(said[a:b]) or _bare(right[c:d]):
            out.append(f"【文中“{said[a:b]}”，条文“{right[c:d]}”】")
    return "".join(out)
