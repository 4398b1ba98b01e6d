"""A draft as the rules see it: its text with one form of punctuation, its sentences, articles, parties and days."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from hefa.claims.document import Table

from .words import article_number, plain

_SENTENCE_END = re.compile(r"[。;!?\n]")
_ARTICLE = re.compile(
    r"^[ \t]*(第[一二三四五六七八九十百零〇\d]{1,6}条|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[.、](?!\d)|[(][一二三四五六七八九十]{1,3}[)])",
    re.M,
)
_TOP_ARTICLE = re.compile(r"^[ \t]*(?:第[一二三四五六七八九十百零〇\d]{1,6}条|[一二三四五六七八九十]{1,3}[、.])", re.M)


# The first rank of a text that has neither 第一条 nor 一、.
_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.、](?!\d)", re.M)
_LABEL = re.compile(r"^[ \t]*(?:第[^条\n]{1,5}条|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])\s*[^:。,;\n]{2,14}:", re.M)


def _rank(label: str) -> int:
    """第一条 before 一 before (一) before 1 before (1)."""
    number = label.strip("()")
    chinese = not number.isascii()
    return 0 if label.startswith("第") else 1 + 2 * (not chinese) + label.startswith("(")


class Span(NamedTuple):
    """A stretch of the text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Draft:
    """A text under check. `on`: the day whose law is asked; `written_on`: the day that the text itself bears.

    `plain` has the same length as `text`, with full-width signs made half-width, so that a pattern need not know both.
    """

    text: str
    kind: str
    on: dt.date
    written_on: dt.date | None = None
    tables: tuple[Table, ...] = field(default=())

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def body(self) -> str:
        """`plain` without the names of articles (7. 保密与个人信息:), which promise what their text may not hold."""
        return _LABEL.sub("", self.plain)

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.plain)]

    def sentence(self, at: int) -> Span:
        """The sentence in which the character at `at` stands."""
        i = bisect_right(self._ends, at)
        return Span(self._ends[i - 1] if i else 0, self._ends[i] if i < len(self._ends) else len(self.text))

    @cached_property
    def sentences(self) -> list[Span]:
        edges = [0, *self._ends, len(self.text)]
        return [Span(a, b) for a, b in itertools.pairwise(edges) if self.plain[a:b].strip()]

    @cached_property
    def _heads(self) -> list[tuple[int, str]]:
        return [(match.start(), match.group(1).strip("、.")) for match in _ARTICLE.finditer(self.plain)]

    def article(self, at: int) -> Span:
        """The article (第…条, 一、, 1.) in which the character at `at` stands; the whole text when it has none."""
        i = bisect_right(self._heads, (at, "\uffff"))
        start = self._heads[i - 1][0] if i else 0
        return Span(start, self._heads[i][0] if i < len(self._heads) else len(self.text))

    def place(self, at: int) -> str:
        """Where that is, as people say it: 第五条 / 第五条“(二)”部分 / 第3行."""
        i = bisect_right(self._heads, (at, "\uffff"))
        label = self._heads[i - 1][1] if i else ""
        if not label:
            return f"第{self.text.count(chr(10), 0, at) + 1}行"
        if label.startswith("第"):
            return label
        above = next((one for _, one in reversed(self._heads[: i - 1]) if _rank(one) < _rank(label)), "")
        return f"{above if above.startswith('第') else f'“{above}”' if above else ''}“{label}”部分"

    @cached_property
    def clauses(self) -> int:
        """How many articles of the first rank the text has."""
        return len(_TOP_ARTICLE.findall(self.plain)) or len(_NUMBERED.findall(self.plain))

    @cached_property
    def lines(self) -> list[Span]:
        found, at = [], 0
        for line in self.plain.split("\n"):
            if line.strip():
                found.append(Span(at, at + len(line)))
            at += len(line) + 1
        return found

    @cached_property
    def title(self) -> Span:
        """The first line that is not a red head, a number, a mark or a salutation."""
        for span in self.lines[:8]:
            line = self.plain[span.start : span.end].strip()
            if len(line) >= 4 and not re.match(
                r"^(?:.{0,14}〔\d{4}〕\d*号?$|合同编号|编号|.{0,6}:|签订|附件|.{2,20}(?:政府|办事处|委员会|党工委|办公室|街道|局)文件$)",
                line,
            ):
                return span
        return self.lines[0] if self.lines else Span(0, 0)

    @property
    def title_text(self) -> str:
        return self.plain[self.title.start : self.title.end].strip()

    def has(self, pattern: str) -> bool:
        return re.search(pattern, self.plain) is not None

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        return re.finditer(pattern, self.plain, re.M)

    def of(self, span: Span) -> str:
        return self.plain[span.start : span.end]


__all__ = ["Draft", "Span", "article_number"]
