"""The paper as plain text, in the order in which the PDF is read."""

from __future__ import annotations

from .blocks import Block, Fields, Heading, Paper, Para, Signatures, Table, chinese_date, words
from .layout import attachment_lines, footnote, imprint, salutation


def _block_lines(block: Block) -> list[str]:
    match block:
        case Heading() | Para():
            return [words(block.runs)]
        case Table():
            rows = ["\t".join(words(cell) for cell in row) for row in (block.header, *block.rows)]
            return [block.caption, *rows] if block.caption else rows
        case Fields():
            return ["\t".join(f"{field.label}：{words(field.value)}" for field in row) for row in block.rows]
        case Signatures():
            return list(block.lines)
    return [""]


def to_text(paper: Paper) -> str:
    """One line a paragraph, tabs between the cells of a row, ending in a line break."""
    lines = ["【样本】"] if paper.sample else []
    head = [paper.office, paper.doc_no, paper.title] if paper.office else [paper.title, paper.doc_no]
    lines += [part.replace("\n", "") for part in head if part]
    if paper.to:
        lines.append(salutation(paper))
    for block in paper.body:
        lines += _block_lines(block)
    lines += [label + name for label, name in attachment_lines(paper)]
    if paper.signed_by:
        lines += [paper.signed_by, chinese_date(paper.signed_on)]
    if paper.note:
        lines.append(footnote(paper))
    copy, printer, printed_on = imprint(paper)
    lines += [line for line in (copy, "\t".join(filter(None, (printer, printed_on)))) if line]
    return "\n".join(lines) + "\n"
