"""A ledger brought in: every cell judged first, then all of it written through the one door, or none of it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import transaction

from hefa.kernel.act import Played, play_many
from hefa.kernel.answers import Refused
from hefa.kernel.ledger import database
from hefa.kernel.matter import Kind
from hefa.kernel.people import Actor, Office

from .columns import required
from .judging import CellFault, Judge, Layout, Verdict
from .lookup import Directory
from .matching import match
from .reading import Book, Sheet, Source, open_book
from .writing import Reject, write_rejects

Progress = Callable[[int, int], None]  # (rows done, rows in all)
_STRIDE = 200
_KEPT = 3000  # lives that are kept in memory between judging and writing, about 12 KB each
_CHANGED = "核对之后账上有了变化，没有写入任何内容。"


class Written(NamedTuple):
    """What came of an import. `rejects`: a workbook of the rows left out, None when there are none."""

    created: int
    unchanged: int
    rejected: int
    rejects: bytes | None


@dataclass
class Draft:
    """A file judged against the record; nothing is written yet.

    rows: rows of data found · created: those that would be new · unchanged: those already on record as they
    are · faults: every bad cell, in the order of the file · warnings: what was guessed or left out · mapping:
    sheet's header → what became of it.
    """

    kind: type[Kind]
    book: Book
    actor: Actor
    office: Office | None
    mapping_given: Mapping[str, str]
    today: date
    rows: int = 0
    created: int = 0
    unchanged: int = 0
    faults: list[CellFault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    mapping: dict[str, dict[str, object]] = field(default_factory=dict)
    layouts: list[Layout] = field(default_factory=list)
    has_layout_faults: bool = False
    _bad: set[tuple[str, int]] = field(default_factory=set)
    _waiting: set[tuple[str, int]] = field(default_factory=set)
    _kept: list[Played] | None = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    @property
    def rejected(self) -> int:
        """Rows with at least one fault."""
        return len(self._bad)

    def write(self, progress: Progress | None = None, skip_bad: bool = False) -> Written:
        """Put the good rows on record, in one transaction. `Refused` when there are faults and `skip_bad` is not
        given, when the header itself is at fault, or when the record changed since the draft was made."""
        if self.has_layout_faults or (self.faults and not skip_bad):
            raise Refused(f"台账有 {len(self.faults)} 处错误，没有写入任何内容")
        rejected = write_rejects(self._rejects()) if self._bad else None
        if self.created:
            report = (lambda done: progress(done, self.created)) if progress else None
            with transaction.atomic(using=database()):
                play_many(self.kind, self._plays(), progress=report)
                self._write_waiting()
        return Written(self.created, self.unchanged, self.rejected, rejected)

    def _judge(self) -> Judge:
        return Judge(self.kind, self.actor, self.office, self.today, Directory())

    def _verdicts(self, judge: Judge, only: Container[tuple[str, int]] | None = None) -> Iterator[Verdict]:
        for layout in self.layouts:
            name = layout.sheet.name
            rows = (row for row in layout.sheet.rows() if (name, row.number) not in self._bad)
            yield from judge.judge(layout, (row for row in rows if only is None or (name, row.number) in only))

    def _write_waiting(self) -> None:
        """Write the rows that name rows just written, round by round: a chain in one file is as good as in several."""
        while left := self._waiting:
            self._waiting = set()
            play_many(self.kind, self._played(self._verdicts(self._judge(), left)))
            if self._waiting == left:
                raise Refused(_CHANGED)

    def _plays(self) -> Iterator[Played]:
        """The new rows, asked once more inside the transaction whether they are new: others may have written
        meanwhile. Of a large file nothing was kept; its rows are judged again."""
        kept, self._kept = self._kept, None
        judge = self._judge()
        if kept is not None:
            if judge.known(played.matter.source_key or "" for played in kept):
                raise Refused(_CHANGED)
            yield from kept
            return
        yield from self._played(verdict for verdict in self._verdicts(judge) if not verdict.waits)

    def _played(self, verdicts: Iterable[Verdict]) -> Iterator[Played]:
        for verdict in verdicts:
            if verdict.faults:
                raise Refused(f"没有写入任何内容：{verdict.faults[0]}")
            if verdict.waits:
                self._waiting.add((verdict.layout.sheet.name, verdict.row.number))
            if verdict.played is not None:
                yield verdict.played

    def _count(self, verdict: Verdict) -> None:
        self.rows += 1
        if verdict.faults:
            self._bad.add((verdict.layout.sheet.name, verdict.row.number))
            self.faults += verdict.faults
        elif verdict.waits:
            self.created += 1
            self._waiting.add((verdict.layout.sheet.name, verdict.row.number))
        elif verdict.played is None:
            self.unchanged += 1
        else:
            self.created += 1
            if self._kept is not None:
                self._kept.append(verdict.played)
                if self.created > _KEPT:
                    self._kept = None

    def _rejects(self) -> Iterator[Reject]:
        said: dict[tuple[str, int], list[str]] = {}
        for fault in self.faults:
            where = f"{fault.header}（{fault.column}{fault.row}）" if fault.column else fault.header
            said.setdefault((fault.sheet, fault.row), []).append(f"{where}：{fault.message}")
        for layout in self.layouts:
            name = layout.sheet.name
            for row in layout.sheet.rows():
                if (name, row.number) in self._bad:
                    yield Reject(name, layout.sheet.headers, row.cells, "；".join(said[name, row.number]))


def draft(
    kind: type[Kind],
    source: Source,
    actor: Actor,
    office: Office | None = None,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
    *,
    name: str = "",
    progress: Progress | None = None,
) -> Draft:
    """Read a ledger and judge every cell and every row of it. `Unreadable` when it is no ledger file at all.

    `office` is that of rows which name none; `mapping` gives a header's column by hand (header → column's
    header or key, "" to leave it out).
    """
    drafted = Draft(kind, open_book(source, name), actor, office, mapping or {}, today or date.today())
    sheets = drafted.book.sheets(kind, drafted.mapping_given)
    drafted.warnings += drafted.book.warnings
    if not sheets:
        drafted.faults.append(_no_header(kind, drafted.book))
        drafted.has_layout_faults = True
    for sheet in sheets:
        _lay_out(drafted, sheet)
    total = sum(layout.sheet.height for layout in drafted.layouts)
    judge = drafted._judge()
    for verdict in drafted._verdicts(judge):
        drafted._count(verdict)
        if progress and drafted.rows % _STRIDE == 0:
            progress(drafted.rows, max(total, drafted.rows))
    if progress and drafted.rows:
        progress(drafted.rows, drafted.rows)
    drafted.warnings += judge.warnings()
    if not drafted.rows and not drafted.faults:
        drafted.warnings.append("台账里只有表头，没有内容")
    return drafted


def _no_header(kind: type[Kind], book: Book) -> CellFault:
    wanted = "、".join(column.header for column in required(kind, frozenset(), has_office=False))
    name = kind._meta.verbose_name
    message = f"没有找到“{name}”台账的表头，请检查是否选错了文件或类别。表头至少要有：{wanted}"
    return CellFault(book.name, 1, "", "表头", "", message, f"一行表头，含{wanted}")


def _lay_out(drafted: Draft, sheet: Sheet) -> None:
    """Match a sheet's header; a sheet that lacks a needed column or has one twice is told of, and not read."""
    matching = match(drafted.kind, sheet.headers, drafted.mapping_given)
    drafted.warnings += matching.warnings(sheet.name)
    for found in matching.matches:
        if found.header:
            drafted.mapping[found.header] = found.as_json()
    faults = []
    for place, twin in matching.clashes.items():
        header = sheet.headers[place]
        message = f"“{header}”与“{twin}”是同一列，请删去或改名其中一列"
        faults.append(CellFault(sheet.name, sheet.header_row, sheet.letter(place), header, header, message, "每列一个"))
    have = {column.key for column in matching.columns}
    openings = frozenset(step.name for step in drafted.kind.flow.opening if f"{step.name}:day" in have)
    for column in required(drafted.kind, openings, has_office=drafted.office is not None):
        if column.key not in have:
            near = [m.header for m in matching.matches if column.header in m.suggestions]
            hint = f"，表里的“{near[0]}”是不是这一列？" if near else ""
            message = f"缺少“{column.header}”这一列{hint}"
            faults.append(CellFault(sheet.name, sheet.header_row, "", column.header, "", message, column.expected))
    if hidden := [row for row in sheet.marks.hidden_rows if row >= sheet.first_row]:
        shown = "、".join(map(str, hidden[:5])) + ("等" if len(hidden) > 5 else "")
        drafted.warnings.append(f"工作表“{sheet.name}”第 {shown} 行是隐藏的，也一并读入")
    drafted.faults += faults
    if faults:
        drafted.has_layout_faults = True
    else:
        drafted.layouts.append(Layout(sheet, matching))
