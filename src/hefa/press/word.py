"""DOCX by python-docx, in the layout of the PDF; the same paper gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from .blocks import Block, Fields, Heading, Paper, Para, Runs, Signatures, Table, chinese_date, runs, words
from .layout import (
    CELL_PT,
    FRAME_MM,
    LINE_PT,
    PT_PER_MM,
    attachment_lines,
    closing_insets,
    column_widths,
    footnote,
    held_tail,
    imprint,
    label_lines,
    salutation,
    title_lines,
    width,
)
from .word_base import RED, W, empty_docx, fonts_xml

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_FRAME_PT = FRAME_MM[0] * PT_PER_MM
_LABEL_PT = 5 * 12 + 10.0
# w:pPr holds its children in a fixed order; a border stands before these.
_AFTER_FRAME = ("w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc")
_AFTER_BORDER = ("shd", "tabs", "autoSpaceDE", "autoSpaceDN", "spacing", "ind", "jc", "outlineLvl", "rPr")


def _face(run: Any, role: str) -> None:
    properties = run._r.get_or_add_rPr()
    properties.insert(0, parse_xml(fonts_xml(role, f" {W}")))


def _write(paragraph: Any, line: Runs, role: str | None = None) -> Any:
    for part in line:
        run = paragraph.add_run(part.text)
        if part.bold or role:
            _face(run, "hei" if part.bold else role or "body")
    return paragraph


def _border(paragraph: Any, side: str, style: str, size: int, space: int, color: str = RED) -> None:
    """One ruled edge; size in eighths of a point, space in points."""
    properties = paragraph._p.get_or_add_pPr()
    edges = properties.find(f"{{{W[9:-1]}}}pBdr")
    edge = f'<w:{side} {W} w:val="{style}" w:sz="{size}" w:space="{space}" w:color="{color}"/>'
    if edges is not None:
        edges.append(parse_xml(edge))
    else:
        wrapped = parse_xml(f"<w:pBdr {W}>{edge}</w:pBdr>")
        properties.insert_element_before(wrapped, *(f"w:{name}" for name in _AFTER_BORDER))


def _red_head(opened: Any, office: str, size_pt: float, line_pt: float) -> Any:
    """发文机关标志 in red, narrowed to stay on one line."""
    paragraph = opened.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(line_pt)
    run = paragraph.add_run(office.replace("\n", ""))
    _face(run, "title")
    run.font.size = Pt(size_pt)
    scale = max(33, min(100, int(98 * _FRAME_PT / (width(office) * size_pt))))
    properties = run._r.get_or_add_rPr()
    properties.insert_element_before(parse_xml(f'<w:color {W} w:val="{RED}"/>'), "w:spacing", "w:w", "w:sz", "w:szCs")
    properties.insert_element_before(parse_xml(f'<w:w {W} w:val="{scale}"/>'), "w:kern", "w:position", "w:sz", "w:szCs")
    return paragraph


def _document_head(opened: Any, paper: Paper) -> None:
    head = _red_head(opened, paper.office or "", 40, 44)
    head.paragraph_format.space_before = Mm(35)
    number = opened.add_paragraph(paper.doc_no)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.space_before = Pt(2 * LINE_PT)
    _border(number, "bottom", "single", 12, 6)


def _framed(paragraph: Any, top_mm: float) -> None:
    """Stand a paragraph 170 mm wide in the middle of the page, `top_mm` below its upper edge."""
    frame = (
        f'<w:framePr {W} w:w="{_twips(170)}" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" '
        f'w:xAlign="center" w:y="{_twips(top_mm)}"/>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(frame), *_AFTER_FRAME)


def _twips(mm: float) -> int:
    return round(mm * PT_PER_MM * 20)


def _letter_head(opened: Any, paper: Paper) -> None:
    """信函格式 (10.1): the name 30 mm from the top, double red rules of 170 mm, page 1 without number."""
    head = _red_head(opened, paper.office or "", 30, 34)
    _framed(head, 30)
    _border(head, "bottom", "thickThinSmallGap", 24, 11)
    section = opened.sections[0]
    section.different_first_page_header_footer = True
    rule = section.first_page_footer.paragraphs[0]
    rule.paragraph_format.line_spacing = Pt(2)
    _framed(rule, 297 - 20 - 2)
    _border(rule, "top", "thinThickSmallGap", 24, 1)
    if paper.doc_no:
        number = opened.add_paragraph(paper.doc_no)
        number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        number.paragraph_format.space_before = Pt(8)


def _title(opened: Any, paper: Paper) -> None:
    title = opened.add_paragraph("\n".join(title_lines(paper.title)), style="Title")
    if paper.office:
        title.paragraph_format.space_before = Pt(2 * LINE_PT)
    elif paper.doc_no:
        number = opened.add_paragraph(paper.doc_no, style="Small")
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER if paper.kind == "report" else WD_ALIGN_PARAGRAPH.RIGHT
    if paper.kind != "form":
        opened.add_paragraph()
    if paper.to:
        opened.add_paragraph(salutation(paper))


def _cell(cell: Any, line: Runs, align: str, role: str | None = None) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table Text"
    paragraph.alignment = _ALIGN[align]
    _write(paragraph, line, role)


def _grid(opened: Any, rows: int, widths: list[float]) -> Any:
    """A ruled table as wide as the frame, its columns fixed in points."""
    table = opened.add_table(rows, len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, size in zip(table.columns, widths, strict=True):
        column.width = Pt(size)
    return table


def _table(opened: Any, block: Table) -> None:
    if block.caption:
        opened.add_paragraph(block.caption, style="Caption")
    weights = column_widths(block)
    widths = [_FRAME_PT * weight / sum(weights) for weight in weights]
    align = block.align or ("left",) * len(widths)
    table = _grid(opened, 1 + len(block.rows), widths)
    for number, (row, line) in enumerate(zip(table.rows, (block.header, *block.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:cantSplit {W}/>"))
        if not number:
            properties.append(parse_xml(f"<w:tblHeader {W}/>"))
        for cell, text, side, size in zip(row.cells, line, align, widths, strict=True):
            cell.width = Pt(size)
            _cell(cell, text, side if number else "center", None if number else "hei")


def _edges(count: int) -> list[float]:
    """Where the cells of a form's row with `count` fields begin and end, in points."""
    part = _FRAME_PT / count
    starts = [part * number for number in range(count)]
    return [round(edge, 1) for start in starts for edge in (start, start + _LABEL_PT)] + [round(_FRAME_PT, 1)]


def _fields(opened: Any, block: Fields) -> None:
    layouts = [_edges(len(row)) for row in block.rows]
    edges = sorted({edge for layout in layouts for edge in layout})
    table = _grid(opened, len(block.rows), [right - left for left, right in pairwise(edges)])
    for row, fields, layout in zip(table.rows, block.rows, layouts, strict=True):
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Pt(20 * max(field.lines for field in fields) + 10)
        cells = row.cells
        for number, (left, right) in enumerate(pairwise(layout)):
            field = fields[number // 2]
            cell = cells[edges.index(left)].merge(cells[edges.index(right) - 1])
            if number % 2 == 0:
                _cell(cell, runs(label_lines(field.label)), "center")
                continue
            _cell(cell, field.value, "left")
            if field.lines > 1:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP


def _signatures(opened: Any, block: Signatures) -> None:
    groups = [block.lines[n : n + block.columns] for n in range(0, len(block.lines), block.columns)]
    for number, group in enumerate(groups):
        paragraph = opened.add_paragraph("\t".join(line.replace("\n", "") for line in group))
        layout = paragraph.paragraph_format
        layout.left_indent = Pt(2 * CELL_PT)
        layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
        layout.tab_stops.add_tab_stop(Pt((_FRAME_PT + 2 * CELL_PT) / 2))
        layout.space_before = Pt(LINE_PT if not number else LINE_PT * 0.35)
        layout.keep_with_next = number + 1 < len(groups)


def _block(opened: Any, block: Block) -> None:
    match block:
        case Heading():
            _write(opened.add_paragraph(style=f"Heading {block.level}"), block.runs)
        case Para():
            _write(opened.add_paragraph(style="Body Text" if block.indent else None), block.runs)
        case Table():
            _table(opened, block)
        case Fields():
            _fields(opened, block)
        case Signatures():
            _signatures(opened, block)
        case _:
            opened.add_paragraph()


def _attachments(opened: Any, paper: Paper) -> None:
    lines = attachment_lines(paper)
    lead = Pt(3 * CELL_PT if len(lines) == 1 else 4.2 * CELL_PT)
    for number, (label, name) in enumerate(lines):
        paragraph = opened.add_paragraph(f"{label.strip()}\t{name}" if len(lines) > 1 else label + name)
        layout = paragraph.paragraph_format
        layout.left_indent = Pt(2 * CELL_PT) + lead
        layout.first_line_indent = -lead if not number else -Pt(1.2 * CELL_PT)
        if not number:
            layout.space_before = Pt(LINE_PT)


def _closing(opened: Any, paper: Paper) -> None:
    named, dated = closing_insets(paper)
    names = paper.signed_by.split("\n")
    wide = max(map(width, names))
    for number, text in enumerate((*names, chinese_date(paper.signed_on))):
        paragraph = opened.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        inset = dated if number == len(names) else named + (wide - width(text)) / 2
        paragraph.paragraph_format.right_indent = Pt(max(inset, 0) * CELL_PT)
        paragraph.paragraph_format.keep_with_next = number < len(names)
        if not number:
            paragraph.paragraph_format.space_before = Pt(2 * LINE_PT)


def _imprint(opened: Any, paper: Paper) -> None:
    copy, printer, printed_on = imprint(paper)
    if not (copy or printer):
        return
    texts = [text for text in (copy, f"{printer}\t{printed_on}" if printer else "") if text]
    for number, text in enumerate(texts):
        paragraph = opened.add_paragraph(text, style="Small")
        layout = paragraph.paragraph_format
        layout.left_indent = layout.right_indent = Pt(CELL_PT)
        layout.space_after = Pt(0)
        layout.tab_stops.add_tab_stop(Pt(_FRAME_PT - CELL_PT), alignment=2)
        layout.keep_with_next = number + 1 < len(texts)
        if not number:
            layout.space_before = Pt(2 * LINE_PT)
            _border(paragraph, "top", "single", 8, 3, "000000")
        _border(paragraph, "bottom", "single", 8 if number + 1 == len(texts) else 6, 3, "000000")


def _mark_sample(opened: Any) -> None:
    section = opened.sections[0]
    headers = [section.header, section.even_page_header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for header in headers:
        paragraph = header.paragraphs[0]
        paragraph.style = "Header"
        paragraph.add_run("样本")


def _properties(opened: Any, paper: Paper) -> None:
    day = datetime(paper.signed_on.year, paper.signed_on.month, paper.signed_on.day)
    core = opened.core_properties
    core.title = words(runs(paper.title)).replace("\n", "")[:255]
    core.author = core.last_modified_by = paper.signed_by.replace("\n", "、")[:255]
    core.created = core.modified = day
    core.revision = 1
    core.comments = core.keywords = core.subject = ""


def _pack(stream: io.BytesIO, day: date) -> bytes:
    """The same parts with the paper's date in place of the clock's."""
    packed = io.BytesIO()
    stamp = (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(packed, "w") as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item))
    return packed.getvalue()


def to_docx(paper: Paper) -> bytes:
    """The paper as DOCX. Reproducible: all dates inside are the paper's own."""
    opened = Document(io.BytesIO(empty_docx()))
    if paper.office and paper.kind == "document":
        _document_head(opened, paper)
    elif paper.office and paper.kind == "letter":
        _letter_head(opened, paper)
    _title(opened, paper)
    held, _ = held_tail(paper)
    held_from = None
    for number, block in enumerate(paper.body):
        _block(opened, block)
        if number == held:
            held_from = len(opened.paragraphs) - 1
    if paper.attachments:
        _attachments(opened, paper)
    if paper.signed_by:
        _closing(opened, paper)
    if held_from is not None:
        for paragraph in opened.paragraphs[held_from:-1]:
            paragraph.paragraph_format.keep_with_next = True
    if paper.note:
        opened.add_paragraph(footnote(paper), style="Body Text")
    _imprint(opened, paper)
    if paper.sample:
        _mark_sample(opened)
    _properties(opened, paper)
    stream = io.BytesIO()
    opened.save(stream)
    return _pack(stream, paper.signed_on)
