"""A document as the rules see it: sentences, tables, title, reported year, day of publication, kind."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hefa.claims.claims import Claim, Sentence, read
from hefa.claims.document import Document, Table
from hefa.claims.plain import Plain, plain
from hefa.claims.tables import NumberTable, read_tables

RULE_OF_LAW, DISCLOSURE = "rule-of-law", "disclosure"
_TITLE = re.compile(r"报告|总结|年报|通报|情况|公报|公告")
_NO_TITLE = re.compile(r"[一二三四五六七八九十]+、|（|首页|索引|当前位置|主题|体裁|组配|现将|>")
_DISCLOSURE = re.compile(r"政府信息公开(?:工作)?年度?报告")
_RULE_OF_LAW = re.compile(r"法治政府建设(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?报告")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年|年度)")
_DAY = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_PUBLISHED = re.compile(
    r"(?:生成日期|发布日期|发布时间|成文日期|发文日期|公开日期|时间|日期)[：]?\n?((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2})"
)


@dataclass(frozen=True)
class Line:
    """A line of the normalised text; `start` is its place there."""

    text: str
    start: int


@dataclass(frozen=True)
class Reading:
    document: Document
    page: Plain
    sentences: tuple[Sentence, ...]
    tables: tuple[NumberTable, ...]
    stated_kind: str | None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        lines, at = [], 0
        for text in self.page.text.split("\n"):
            if text.strip():
                lines.append(Line(text.strip(), at + len(text) - len(text.lstrip())))
            at += len(text) + 1
        return tuple(lines)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        prose = [c for s in self.sentences for c in s.claims]
        return tuple(sorted([*prose, *(c for t in self.tables for c in t.claims())], key=lambda c: c.start))

    @cached_property
    def title(self) -> Line | None:
        """The first short line that names a report, one with a year before one without; a title may take two lines."""
        named = []
        for line, after in zip(self.lines[:15], [*self.lines[1:16], None], strict=False):
            if _TITLE.search(line.text):
                named.append(line)
            elif after is not None and _YEAR.search(line.text) and _TITLE.search(after.text):
                named.append(Line(line.text + after.text, line.start))
        named = [
            n for n in named if len(n.text) <= 60 and not re.search("[。；，]", n.text) and not _NO_TITLE.match(n.text)
        ]
        return next((n for n in named if _YEAR.search(n.text)), named[0] if named else None)

    @cached_property
    def year(self) -> int | None:
        """The reported year, by the title alone."""
        years = _YEAR.findall(self.title.text) if self.title else []
        return int(years[0]) if len(set(years)) == 1 else None

    @cached_property
    def published_on(self) -> date | None:
        match = _PUBLISHED.search(self.page.text)
        day = _DAY.search(match.group(1)) if match else None
        if day is None and self.lines:
            tail = [_DAY.fullmatch(line.text) for line in self.lines[-4:]]
            day = next((m for m in tail if m), None)
        try:
            return date(*(int(g) for g in day.groups())) if day else None
        except ValueError:
            return None

    @cached_property
    def kind(self) -> str | None:
        if self.stated_kind:
            return self.stated_kind
        title = self.title.text if self.title else ""
        if _DISCLOSURE.search(title):
            return DISCLOSURE
        return RULE_OF_LAW if _RULE_OF_LAW.search(title) else None


def reading(document: Document, kind: str | None = None) -> Reading:
    """Read a document once; everything the rules ask for is derived from this."""
    page = plain(document.text)
    tables, spans = read_tables(document, page)
    sentences = read(page, document.text, spans)
    return Reading(document, page, tuple(sentences), tables, kind)


__all__ = ["DISCLOSURE", "RULE_OF_LAW", "Line", "Reading", "Table", "reading"]
