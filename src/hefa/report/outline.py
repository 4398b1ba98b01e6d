"""The report's outline: the office's own words with figure tokens, composed into a paper from the record.

    # title            ## level 1        ### level 2        an empty line ends a paragraph
    {{ mediation.accepted }}             the figure, printed as it prints
    {{ petition.receptions|over }}       "60余": whole tens, with 余 when there is more
    {{ mediation.community_change|trend }}   增长20.08% / 下降3.10% / 持平
    {{ mediation.typical_published|titles }}   the titles of the rows, joined with 、
    {{ year }} {{ office }} {{ year|next }}
    [[，同比…]]                          a clause that may be left out alone
    [if a.x < b.y] …                     the line only when it holds (figures or numbers; < <= > >= ==)

A sentence with a figure that the record does not answer is left out and listed: nothing is ever typed for it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from hefa import press
from hefa.kernel.figure import Period, Result, figures
from hefa.kernel.people import Office

MOST_TITLES = 12
_TOKEN = re.compile(r"\{\{\s*([\w.]+)(?:\|(\w+))?\s*\}\}")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?”?")
_CLAUSE = re.compile(r"\[\[(.*?)\]\]")
_CONDITION = re.compile(r"\[if ([\w.]+) (<=|>=|==|<|>) ([\w.]+)\]\s*(.*)")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
}  # fmt: skip


class BadOutline(ValueError):
    """An outline that cannot be read as meant; the message says which line and why."""


class Unrecorded(LookupError):
    """A figure that the record does not answer."""


@dataclass(frozen=True)
class LeftOut:
    """A sentence or clause not printed, and why."""

    sentence: str
    why: str


@dataclass
class Draft:
    """A report as the record now tells it."""

    year: int
    office: Office
    paper: press.Paper
    results: dict[str, Result]
    left_out: list[LeftOut]


def compose(year: int, office: Office, text: str, signed_on: date | None = None) -> Draft:
    """The report of a year from an outline's text. `BadOutline` names the line that cannot be read."""
    return _Composer(year, office).compose(text, signed_on or date(year + 1, 1, 1))


@dataclass
class _Composer:
    year: int
    office: Office
    results: dict[str, Result] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def compose(self, text: str, signed_on: date) -> Draft:
        title = ""
        blocks: list[press.Block] = []
        for shape, lines in _paragraphs(text):
            if shape == "title":
                title = "".join(run.text for run in self.runs(lines[0]))
            elif shape.startswith("h"):
                blocks.append(press.Heading(1 if shape == "h1" else 2, self.runs(lines[0])))
            else:
                runs = [run for line in lines for run in self.line(line)]
                if not _is_bare(runs):
                    blocks.append(press.Para(runs))
        if not title:
            raise BadOutline("提纲没有标题：第一行应为“# 标题”")
        paper = press.Paper(
            kind="report", title=title, body=tuple(blocks), signed_by=self.office.name, signed_on=signed_on
        )
        return Draft(self.year, self.office, paper, self.results, self.left_out)

    def line(self, line: str) -> Iterator[press.Run]:
        """The runs of one outline line, sentence by sentence; those without a record are listed."""
        if found := _CONDITION.fullmatch(line):
            try:
                if not _COMPARE[found.group(2)](self.number(found.group(1)), self.number(found.group(3))):
                    return
            except Unrecorded as why:
                self.left_out.append(LeftOut(_plain(found.group(4)), str(why)))
                return
            line = found.group(4)
        for sentence in _SENTENCE.findall(line):
            try:
                yield from self.runs(_CLAUSE.sub(self.clause, sentence))
            except Unrecorded as why:
                self.left_out.append(LeftOut(_plain(sentence), str(why)))

    def clause(self, found: re.Match[str]) -> str:
        """An optional clause: itself when every figure in it is recorded, else nothing."""
        try:
            self.runs(found.group(1))
        except Unrecorded as why:
            self.left_out.append(LeftOut(_plain(found.group(1)), str(why)))
            return ""
        return found.group(1)

    def runs(self, text: str) -> list[press.Run]:
        runs, at = [], 0
        for found in _TOKEN.finditer(text):
            if found.start() > at:
                runs.append(press.Run(text[at : found.start()]))
            runs.append(self.token(found.group(1), found.group(2)))
            at = found.end()
        return [*runs, *([press.Run(text[at:])] if text[at:] else [])]

    def token(self, name: str, shown: str | None) -> press.Run:
        if name == "office":
            return press.Run(self.office.name)
        if name == "year":
            return press.Run(str(self.year + (shown == "next")))
        result = self.result(name)
        return press.Run(self.titles(name) if shown == "titles" else _show(result, shown), figure=name)

    def titles(self, name: str) -> str:
        """What the rows of a figure are about, in their order; only where that can be read."""
        rows = figures()[name].rows(Period.year(self.year), self.office)
        found = list(rows.values_list("matter__title", flat=True)[: MOST_TITLES + 1])
        if not found:
            raise Unrecorded(f"“{self.results[name].label}”（{name}）一行也没有，没有标题可写")
        if len(found) > MOST_TITLES:
            raise BadOutline(f"“{self.results[name].label}”超过 {MOST_TITLES} 行，不能用“|titles”逐件写标题")
        return "、".join(dict.fromkeys(found))

    def number(self, text: str) -> Decimal:
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return Decimal(text)
        return Decimal(self.result(text).value or 0)

    def result(self, name: str) -> Result:
        if name not in self.results:
            figure = figures().get(name)
            if figure is None:
                raise Unrecorded(f"指标 {name} 还没有登记来源")
            self.results[name] = figure.result(Period.year(self.year), self.office)
        result = self.results[name]
        if result.value is None:
            raise Unrecorded(f"“{result.label}”（{name}）没有可用的记录")
        return result


def _show(result: Result, shown: str | None) -> str:
    assert result.value is not None
    if shown is None:
        return result.text
    if shown == "over":
        tens, rest = divmod(int(result.value), 10)
        return f"{tens * 10}{'余' if rest else ''}" if tens else str(result.value)
    if shown == "trend":
        value = Decimal(result.value)
        return "持平" if value == 0 else f"{'增长' if value > 0 else '下降'}{abs(value):.2f}%"
    raise BadOutline(f"提纲里的写法“|{shown}”看不懂，可用 |over、|trend 和 |titles")


def _paragraphs(text: str) -> Iterator[tuple[str, list[str]]]:
    """(shape, lines): "title", "h1", "h2" with one line, or "p" with all lines up to an empty one."""
    lines: list[str] = []
    for number, raw in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], start=1):
        line = raw.strip()
        if line and not line.startswith("#"):
            lines.append(line)
            continue
        if lines:
            yield "p", lines
            lines = []
        if line:
            marks = len(line) - len(line.lstrip("#"))
            if marks > 3:
                raise BadOutline(f"提纲第 {number} 行：标题最多三级（###）")
            yield ("title", "h1", "h2")[marks - 1], [line.lstrip("#").strip()]


def _is_bare(runs: list[press.Run]) -> bool:
    """A paragraph of which only its opening words ("三是用好短视频。") are left says nothing."""
    text = "".join(run.text for run in runs)
    return not text or bool(re.fullmatch(r"[一二三四五六七八九十]是[^。]*。", text))


def _plain(sentence: str) -> str:
    return _TOKEN.sub(lambda found: f"〔{found.group(1)}〕", sentence).replace("[[", "").replace("]]", "")


def find_outline(year: int, given: str | None, folders: list[Path]) -> Path:
    """The outline to use: the one given, else `<year>.md`, `report.md` in the folders in their order.

    FileNotFoundError, in Chinese, when there is none.
    """
    if given:
        if not Path(given).is_file():
            raise FileNotFoundError(f"没有提纲文件“{given}”")
        return Path(given)
    for folder in folders:
        for name in (f"{year}.md", "report.md"):
            if (folder / name).is_file():
                return folder / name
    raise FileNotFoundError("没有报告提纲：请用 --outline 指定一个，或放到数据目录的 outlines/ 下")
