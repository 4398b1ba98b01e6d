"""A filled table as an Excel file: the table as it is printed, and on a second sheet where each cell comes from."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .asking import Counted, Whole
from .filling import Cell, Filled
from .heading import depth_of, heads

TABLE, SOURCES = "报表", "来源"
_TOP = 2  # rows above the headings: the title and the line under it
_FONT = {"font_name": "等线", "font_size": 10, "valign": "vcenter"}
_RULED = {**_FONT, "border": 1, "border_color": "#8A8F98"}
_HEADERS = ("单元格", "行", "列", "数值", "来源", "条件", "指标", "行数", "行的摘要")
_WIDTHS = (8, 34, 28, 12, 70, 40, 30, 8, 68)
# Excel refuses longer cells.
_LONGEST = 32_767


def to_excel(filled: Filled, made_on: date | None = None) -> bytes:
    """The workbook. Text stays text: nothing that people wrote becomes a formula or a link."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    styles = _Styles(book)
    places = _print(book.add_worksheet(TABLE), filled, styles, made_on or date.today())
    _trace(book.add_worksheet(SOURCES), filled, styles, places)
    book.close()
    return out.getvalue()


class _Styles:
    def __init__(self, book: Workbook) -> None:
        add = book.add_format
        self.title = add({**_FONT, "font_size": 16, "bold": True, "align": "center"})
        self.under = add({**_FONT, "font_color": "#555555"})
        self.head = add({**_RULED, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#F1EFEA"})
        self.side = add({**_RULED, "text_wrap": True})
        self.number = add({**_RULED, "num_format": "0"})
        self.amount = add({**_RULED, "num_format": "#,##0.00"})
        self.percent = add({**_RULED, "num_format": "0.00%"})
        self.text = add({**_RULED, "num_format": "@", "align": "center", "text_wrap": True})
        self.plain = add({**_FONT, "num_format": "@"})
        self.bold = add({**_FONT, "bold": True})


def _print(sheet: Worksheet, filled: Filled, styles: _Styles, made_on: date) -> dict[tuple[str, str], tuple[int, int]]:
    """Write the table; returns where each cell stands."""
    deep, wide = depth_of(filled.columns), depth_of(filled.rows)
    last = wide + len(filled.columns) - 1
    _span(sheet, (0, 0, 0, max(last, 1)), filled.title, styles.title)
    period = f"{filled.period.start} 至 {filled.period.end}"
    _write(sheet, 1, 0, f"填报单位：{filled.office}    统计期：{period}    生成日期：{made_on}", styles.under)
    _span(sheet, (_TOP, 0, _TOP + deep - 1, wide - 1), filled.corner, styles.head)
    for level in heads(filled.columns):
        for head in level:
            top, left = _TOP + head.depth, wide + head.start
            _span(sheet, (top, left, top + head.deep - 1, left + head.span - 1), head.text, styles.head)
    for level in heads(filled.rows):
        for head in level:
            top, left = _TOP + deep + head.start, head.depth
            _span(sheet, (top, left, top + head.span - 1, left + head.deep - 1), head.text, styles.side)
    places = {}
    for r, (row, cells) in enumerate(filled.lines(), start=_TOP + deep):
        for c, (column, cell) in enumerate(cells, start=wide):
            _cell(sheet, r, c, cell, styles)
            places[row.key, column.key] = (r, c)
    _below(sheet, filled, _TOP + deep + len(filled.rows) + 1, styles)
    sheet.set_column(0, wide - 1, 22)
    sheet.set_column(wide, last, 11)
    sheet.freeze_panes(_TOP + deep, wide)
    sheet.set_landscape()
    sheet.set_paper(8 if len(filled.columns) > 15 else 9)
    sheet.fit_to_pages(1, 0)
    return places


def _below(sheet: Worksheet, filled: Filled, row: int, styles: _Styles) -> None:
    """The note and the identities under the table."""
    lines = [filled.note] if filled.note else []
    for check in filled.checks:
        if check.holds is None:
            lines.append(f"○ 没有记录可核对：{check.label}")
        elif check.holds:
            lines.append(f"✓ 相符：{check.label}（核对 {check.tried} 处）")
        else:
            shown = "；".join(f"{case.at} {case.arithmetic}" for case in check.failed[:5])
            lines.append(f"■ 不符：{check.label}。{shown}")
    for n, line in enumerate(lines, start=row):
        _write(sheet, n, 0, line, styles.under)


def _trace(sheet: Worksheet, filled: Filled, styles: _Styles, places: dict[tuple[str, str], tuple[int, int]]) -> None:
    for c, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        _write(sheet, 0, c, header, styles.bold)
        sheet.set_column(c, c, width)
    sheet.freeze_panes(1, 0)
    at = 1
    for row, cells in filled.lines():
        for column, cell in cells:
            asked = cell.ask
            told = (
                xl_rowcol_to_cell(*places[row.key, column.key]),
                "·".join([*row.group, row.label]),
                "·".join([*column.group, column.label]),
                cell.text,
                cell.source,
                "，".join(test.told for test in asked.where) if isinstance(asked, Counted) else "",
                asked.figure if isinstance(asked, Counted | Whole) else "",
            )
            for c, text in enumerate(told):
                _write(sheet, at, c, text, styles.plain)
            sheet.write_number(at, len(told), cell.rows)
            _write(sheet, at, len(told) + 1, cell.digest if cell.rows else "", styles.plain)
            at += 1


def _cell(sheet: Worksheet, row: int, column: int, cell: Cell, styles: _Styles) -> None:
    value = cell.value
    if isinstance(value, int | Decimal) and cell.percent:
        sheet.write_number(row, column, float(Decimal(value) / 100), styles.percent)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), styles.amount)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, styles.number)
    else:
        _write(sheet, row, column, cell.text, styles.text)


def _span(sheet: Worksheet, box: tuple[int, int, int, int], text: str, style: Format) -> None:
    top, left, bottom, right = box
    if (top, left) == (bottom, right):
        _write(sheet, top, left, text, style)
        return
    sheet.merge_range(top, left, bottom, right, "", style)
    _write(sheet, top, left, text, style)


def _write(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    sheet.write_string(row, column, text[:_LONGEST], style)
