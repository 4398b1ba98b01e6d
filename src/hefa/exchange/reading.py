"""Ledger files read row by row: where the header stands, what is merged, what is no row at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hefa.kernel.matter import Kind

from .cells import text_of
from .container import Container, Marks, Unreadable, letter_of, open_container
from .matching import match, recognise

# What the blank ledger of `writing` carries beside the rows to fill in.
EXAMPLE, NOTES_SHEET, OPTIONS_SHEET = "样例", "填写说明", "选项"
_HEADER_WITHIN = 30
_ENOUGH = 2
_FOOTER = re.compile(
    r"(本页|本月|本年|全年|以上)?(合计|总计|小计|共计|累计)([:：]?[\d,，.]+[\u4e00-\u9fff]{0,2})?|(填表|制表|填报|审核|复核|负责|统计)人(签[字名])?[:：].*"
    r"|(备注|说明|注)[:：].*|填表日期[:：].*"
)
_ENCODINGS = ("utf-8-sig", "gb18030")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how Excel's “Unicode 文本” begins

Span = tuple[tuple[int, int], tuple[int, int]]
Source = bytes | str | Path | IO[bytes]


class Row(NamedTuple):
    """A row of data: its number in Excel, its cells from the sheet's first used column on."""

    number: int
    cells: list[Any]


@dataclass
class Sheet:
    """A sheet with a header. `header_row` and row numbers as Excel shows them; `left` the first used column (1 = A)."""

    name: str
    headers: list[str]
    header_row: int
    first_row: int
    left: int
    height: int
    raw: CalamineSheet | list[list[Any]] = field(repr=False)
    marks: Marks = field(default_factory=Marks)
    date1904: bool = False

    def letter(self, place: int) -> str:
        return letter_of(self.left + place)

    def rows(self) -> Iterator[Row]:
        """Rows with anything in them, merged cells filled downwards, footers and examples left out."""
        below = _covered(self.raw, self.left - 1, self.first_row - 1)
        held: dict[int, Any] = {}
        for number, cells in enumerate(_cells(self.raw), start=1):
            if number < self.first_row:
                continue
            for place in below.get(number - 1, ()):
                cells[place] = held[place]
            if below:
                held = dict(enumerate(cells))
            if _is_data(cells) and not self._is_header(cells):
                yield Row(number, cells)

    def _is_header(self, cells: Sequence[Any]) -> bool:
        """Whether a row is the header again, as lists printed page by page have it."""
        texts = [text_of(cell) for cell in cells]
        told = [(text, header) for text, header in zip(texts, self.headers, strict=False) if text]
        return len(told) > _ENOUGH and all(text == header for text, header in told)

    @cached_property
    def unseen(self) -> dict[tuple[int, str], str]:
        """Cells that came without a value: (row, letter) → Excel's error, "" for a formula never calculated."""
        return {(mark.row, mark.letter): mark.text for mark in self.marks.blemishes}


@dataclass
class Book:
    """A file that can be read as often as needed without being kept open."""

    name: str
    container: Container
    warnings: list[str] = field(default_factory=list)

    def sheets(self, kind: type[Kind], given: Mapping[str, str] | None = None) -> list[Sheet]:
        """The visible sheets in which a header of the kind's ledger was found; the others are told of in `warnings`."""
        self.warnings = []
        found = []
        for name, raw, left in self._raw_sheets():
            sheet = _headed(kind, name, raw, left, given or {})
            if sheet is not None:
                sheet.marks = self.container.marks.get(name, sheet.marks)
                sheet.date1904 = self.container.date1904
                found.append(sheet)
            elif name != NOTES_SHEET and any(_is_data(cells) for cells in islice(_cells(raw), 200)):
                self.warnings.append(f"工作表“{name}”里没有找到表头，没有导入")
        return found

    def _raw_sheets(self) -> Iterator[tuple[str, CalamineSheet | list[list[Any]], int]]:
        if self.container.format == "csv":
            yield Path(self.name).stem, _table(self.container.data, self.name), 1
            return
        try:
            with CalamineWorkbook.from_filelike(io.BytesIO(self.container.data)) as book:
                for about in book.sheets_metadata:
                    if about.typ != SheetTypeEnum.WorkSheet:
                        continue
                    if about.visible != SheetVisibleEnum.Visible:
                        self._tell_hidden(about.name)
                        continue
                    sheet = book.get_sheet_by_name(about.name)
                    if sheet.start is not None:
                        yield about.name, sheet, sheet.start[1] + 1
        except CalamineError as fault:
            raise Unreadable(f"“{self.name}”已经损坏，请在 Excel 里重新打开并另存为 .xlsx 后再导入。") from fault
        except BaseException as fault:
            if type(fault).__name__ != "PanicException":  # the reader's own crash, which is no Exception
                raise
            raise Unreadable(f"“{self.name}”的内容不合规范，读不出来，请在 Excel 里另存为 .xlsx 后再导入。") from fault

    def _tell_hidden(self, name: str) -> None:
        if name != OPTIONS_SHEET:
            self.warnings.append(f"工作表“{name}”是隐藏的，没有导入")


def open_book(source: Source, name: str = "") -> Book:
    """Read a file's bytes and recognise it. `Unreadable` with one plain sentence when it will not do."""
    if isinstance(source, str | Path):
        name = name or Path(source).name
        try:
            source = Path(source).read_bytes()
        except FileNotFoundError:
            raise Unreadable(f"没有这个文件：{name}") from None
        except IsADirectoryError:
            raise Unreadable(f"“{name}”是文件夹，请指定其中的一个文件。") from None
        except OSError as fault:
            raise Unreadable(f"“{name}”读不出来：{fault.strerror}") from None
    data = source if isinstance(source, bytes) else source.read()
    name = name or "上传的文件"
    return Book(name, open_container(data, name))


def _table(data: bytes, name: str) -> list[list[Any]]:
    for encoding in ("utf-16",) if data.startswith(_WIDE) else _ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable(f"“{name}”的文字编码认不出来，请另存为 UTF-8 的 CSV，或者 .xlsx。")
    top = text[:20_000]
    delimiter = max(",\t;", key=top.count)
    try:
        return [list(cells) for cells in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)]
    except csv.Error as fault:
        raise Unreadable(f"“{name}”不是完整的 CSV 文件，请另存为 .xlsx 后再导入。") from fault


def _cells(raw: CalamineSheet | list[list[Any]]) -> Iterator[list[Any]]:
    return iter(raw) if isinstance(raw, list) else raw.iter_rows()


def _is_data(cells: Sequence[Any]) -> bool:
    """Whether a row says anything: not blank, no total, no signature line, not the template's example."""
    first = next((text for cell in cells if cell not in ("", None) and (text := text_of(cell))), "")
    if not first:
        return False
    first = first.replace(" ", "").replace("　", "")
    return first != EXAMPLE and not _FOOTER.fullmatch(first)


def _spans(raw: CalamineSheet | list[list[Any]]) -> list[Span]:
    return [] if isinstance(raw, list) else raw.merged_cell_ranges or []


def _covered(raw: CalamineSheet | list[list[Any]], left: int, first: int) -> dict[int, list[int]]:
    """Rows (from 0) → places whose cell belongs to the one above it: merged downwards in one column."""
    below: dict[int, list[int]] = {}
    for (top, start), (bottom, end) in _spans(raw):
        if start == end and bottom > top >= first:
            for row in range(top + 1, bottom + 1):
                below.setdefault(row, []).append(start - left)
    return below


def _headed(
    kind: type[Kind], name: str, raw: CalamineSheet | list[list[Any]], left: int, given: Mapping[str, str]
) -> Sheet | None:
    """The sheet with the header that fits best among its first rows, of one or two storeys; None without one."""
    top = [[text_of(cell) for cell in cells] for cells in islice(_cells(raw), _HEADER_WITHIN + 1)]
    best: tuple[int, int, int, list[str]] = (0, 0, 0, [])
    for row, headers in enumerate(top[:_HEADER_WITHIN]):
        storeys = [(1, headers)]
        if row + 1 < len(top) and (merged := _spans_at(raw, row, left - 1)):
            storeys.append((2, _joined(headers, top[row + 1], merged)))
        for height, candidate in storeys:
            score = _score(kind, candidate, given)
            if score > best[0]:
                best = (score, row, height, candidate)
    if best[0] < _ENOUGH:
        best = max(((_loose(kind, headers), row, 1, headers) for row, headers in enumerate(top)), default=best)
    score, row, height, headers = best
    if score < _ENOUGH:
        return None
    tall = len(raw) if isinstance(raw, list) else raw.total_height
    return Sheet(name, headers, row + 1, row + 1 + height, left, tall, raw)


def _score(kind: type[Kind], headers: Sequence[str], given: Mapping[str, str]) -> int:
    keys = {column.key for text in headers if text and (column := recognise(kind, text)[0])}
    return len(keys) + sum(1 for text in headers if text in given)


def _loose(kind: type[Kind], headers: list[str]) -> int:
    texts = [text for text in headers if text]
    return len(match(kind, texts).columns) if len(texts) > _ENOUGH and max(map(len, texts)) < 40 else 0


def _spans_at(raw: CalamineSheet | list[list[Any]], row: int, left: int) -> dict[int, int]:
    """Places of a row → the place whose merged cell covers them sideways."""
    covered: dict[int, int] = {}
    for (top, start), (_, end) in _spans(raw):
        if top == row:
            covered |= {place - left: start - left for place in range(start, end + 1)}
    return covered


def _joined(upper: list[str], lower: list[str], merged: Mapping[int, int]) -> list[str]:
    """A header of two storeys as one: 申请人 over 姓名 → 申请人姓名."""
    joined = []
    for place, below in enumerate(lower):
        above = upper[merged[place]] if place in merged else upper[place]
        joined.append(below if above == below else above + below)
    return joined
