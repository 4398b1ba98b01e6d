"""The one model over all sources: instruments, their versions in time, articles, paragraphs and items."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Rank = Literal["宪法", "法律", "行政法规", "党内法规", "司法解释", "地方性法规", "规章", "规范性文件"]
RANKS: tuple[Rank, ...] = (
    "宪法", "法律", "行政法规", "党内法规", "司法解释", "地方性法规", "规章", "规范性文件",
)  # fmt: skip

_ITEM = re.compile(r"\s*[（(]\s*([一二三四五六七八九十百]{1,4}|\d{1,3})\s*[）)]\s*")
_SUB_ITEM = re.compile(r"\s*\d{1,2}\s*[.．、]")
_TITLE_MARKS = re.compile(r"[《》〈〉<>「」“”\"\s\u3000]")
STATE_NAME = "中华人民共和国"


def plain(name: str) -> str:
    """A title as it is compared: without marks, blanks and 中华人民共和国; round brackets are full-width."""
    bare = _TITLE_MARKS.sub("", name).replace("(", "（").replace(")", "）")
    return bare.replace(STATE_NAME, "") if bare != STATE_NAME else bare


def quoted(title: str) -> str:
    """A title in 《》; titles inside it stand in 〈〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款: its own words, and the items （一）（二）… that hang on it, in order, each without its number's brackets."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """条. `number` as in `numerals.key`; `text`: paragraphs and items, one a line; `heading`: part, chapter, section."""

    number: str
    text: str
    heading: str = ""

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """款 in order; the lines of items belong to the paragraph before them."""
        found: list[tuple[str, list[str]]] = []
        for line in filter(None, (line.strip() for line in self.text.split("\n"))):
            if found and _ITEM.match(line):
                found[-1][1].append(_ITEM.sub("", line, count=1))
            elif found and found[-1][1] and _SUB_ITEM.match(line):
                found[-1][1][-1] += "\n" + line
            else:
                found.append((line, []))
        return tuple(Paragraph(text, tuple(items)) for text, items in found)

    @property
    def items(self) -> tuple[str, ...]:
        """项 of the whole article: those of its only list; empty when two paragraphs hold lists."""
        lists = [paragraph.items for paragraph in self.paragraphs if paragraph.items]
        return lists[0] if len(lists) == 1 else ()

    def item(self, number: int, paragraph: int | None = None) -> str | None:
        """第（n）项, of a paragraph (from 1) or of the article's only list."""
        held = self.paragraphs[paragraph - 1 : paragraph] if paragraph else ()
        items = self.items if paragraph is None else held[0].items if held else ()
        return items[number - 1] if 0 < number <= len(items) else None


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of an instrument. `until`: first day on which it no longer holds; None while it stands.

    `last`: highest article number; 0 when unknown. `complete`: False when only facts about the instrument are known
    (title, dates, last article) and its words are not on the shelf. `source`: where the words and dates come from.
    """

    id: int
    title: str
    rank: str
    issuer: str
    promulgated: dt.date | None
    in_force: dt.date | None
    until: dt.date | None
    last: int
    complete: bool
    source: str
    new: bool = False  # the instrument's first wording: nothing of this name was in force before
    read: bool = True  # False: what is known of it was recalled, so that nothing grave may rest on it

    def holds(self, on: dt.date) -> bool:
        return (self.in_force is None or self.in_force <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law under its full title, with its wordings, oldest first, and the other names by which it is cited."""

    title: str
    rank: str
    issuer: str
    versions: tuple[Version, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source hands over: an instrument's wording that is not yet on the shelf.

    `last`: 0 when the highest article is the last one; -1 when the text seems to be cut short.
    """

    title: str
    rank: str
    issuer: str
    promulgated: dt.date | None
    in_force: dt.date | None
    articles: tuple[Article, ...]
    source: str
    repealed: dt.date | None = None
    new: bool = False
    last: int = 0
    notes: tuple[str, ...] = field(default=())
