"""A Word document in reading order: paragraphs and tables, each character with the element that holds it.

What people see is what is read: inserted text and not deleted, the numbers that Word sets by itself, text boxes once
and on lines of their own, a note behind the paragraph that refers to it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import etree

from .numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, R, T, TAB, BR, TBL, TR, TC = (f"{W}{name}" for name in ("p", "r", "t", "tab", "br", "tbl", "tr", "tc"))
_TEXT_BOX, _MOVED_AWAY = f"{W}txbxContent", f"{W}moveFrom"
# The same drawing again for older programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_HOLDERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins"))
LARGEST_PART = 8 * 1024 * 1024
_MOST_COLUMNS = 63  # Word's own limit
# Longer than this a cell holds clauses, not a figure or a name.
_LONGEST_CELL = 300


class Piece(NamedTuple):
    """Text of one element from its character `at` on; `node` is None for what Word or the reader puts there."""

    text: str
    node: Any = None
    at: int = 0


class GridCell(NamedTuple):
    """A cell of a table of data; `columns` and `rows` are how many it covers."""

    pieces: list[Piece]
    columns: int
    rows: int

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Line(NamedTuple):
    """A paragraph."""

    pieces: list[Piece]


class Grid(NamedTuple):
    """A table of data, row by row."""

    rows: list[list[GridCell]]


class Word:
    """The body and what stands in other parts of the file: the lists' numbers, the notes."""

    def __init__(self, body: Any, archive: zipfile.ZipFile | None = None) -> None:
        parts = {name: _part(archive, f"word/{name}.xml") for name in ("numbering", "styles", *_NOTES.values())}
        self.body = body
        self.numbering = Numbering(parts["numbering"], parts["styles"])
        self.notes = {name: _notes(parts[name]) for name in _NOTES.values()}

    def blocks(self) -> Iterator[Line | Grid]:
        """Paragraphs and tables in reading order."""
        self.numbering.begin()
        yield from self._blocks(self.body)

    def _blocks(self, parent: Any) -> Iterator[Line | Grid]:
        for child in _children(parent):
            if child.tag == P:
                yield from self._paragraph(child)
            elif _is_layout(child):
                for cell in _cells_of(child):
                    yield from self._blocks(cell)
            elif rows := self._rows(child):
                yield Grid(rows)

    def _paragraph(self, paragraph: Any) -> Iterator[Line | Grid]:
        found = _Found([], [], [])
        if number := self.numbering.next(paragraph):
            found.pieces.append(Piece(number))
        _read(paragraph, found)
        yield Line(found.pieces)
        for box in found.boxes:
            yield from self._blocks(box)
        for kind, id, run in found.notes:
            if text := self.notes[kind].get(id):
                # The note lies in another part of the file; what is said of it stands where it is referred to.
                yield Line([Piece(text, run)])

    def _rows(self, table: Any) -> list[list[GridCell]]:
        """Cells with their spans; a vertical merge is counted down from the cell that starts it."""
        grid = [self._row(row) for row in _within(table, TR)]
        rows = []
        for r, row in enumerate(grid):
            made = []
            for one in row:
                if one.merged and r and any(above.column == one.column for above in grid[r - 1]):
                    continue
                down = 1
                while r + down < len(grid) and any(c.column == one.column and c.merged for c in grid[r + down]):
                    down += 1
                made.append(GridCell(one.pieces, one.wide, down))
            rows.append(made)
        return rows

    def _row(self, row: Any) -> list[_Cell]:
        before = row.find(f"{W}trPr/{W}gridBefore")
        column = _number(before, 0)
        made = []
        for cell in _within(row, TC):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            wide = min(max(_number(span, 1), 1), _MOST_COLUMNS)
            pieces: list[Piece] = []
            for block in self._blocks(cell):
                # A table inside a table does not come here (`_is_layout`).
                if isinstance(block, Line):
                    pieces += [*([Piece(" ")] if pieces else []), *block.pieces]
            merged = merge is not None and merge.get(f"{W}val") != "restart"
            made.append(_Cell(column, wide, list(_squeezed(pieces)), merged))
            column += wide
        return made


@dataclass(frozen=True)
class _Cell:
    column: int
    wide: int
    pieces: list[Piece]
    merged: bool


@dataclass(frozen=True)
class _Found:
    """What a paragraph holds: its own text, text boxes, and notes as (kind, id, the run that refers to it)."""

    pieces: list[Piece]
    boxes: list[Any]
    notes: list[tuple[str, str, Any]]


def _read(node: Any, found: _Found) -> None:
    for child in node:
        tag = child.tag
        if tag == T:
            found.pieces.append(Piece(child.text or "", child))
        elif tag in (TAB, BR):
            # A tab stop of the paragraph's properties is no tab.
            if node.tag == R:
                found.pieces.append(Piece("\n" if tag == BR else " "))
        elif tag == _TEXT_BOX:
            found.boxes.append(child)
        elif tag in _NOTES:
            found.notes.append((_NOTES[tag], child.get(f"{W}id", ""), node))
        elif tag not in (_FALLBACK, _MOVED_AWAY) and isinstance(tag, str):
            _read(child, found)


def _children(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also inside content controls."""
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls, but not those of a table within."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _within(child, tag)


def _cells_of(table: Any) -> Iterator[Any]:
    for row in _within(table, TR):
        yield from _within(row, TC)


def _is_layout(table: Any) -> bool:
    """A table that only arranges the page: it holds tables, or is a form of one or two columns filled with clauses."""
    rows = [list(_within(row, TC)) for row in _within(table, TR)]
    cells = [cell for row in rows for cell in row]
    if any(next(cell.iter(TBL), None) is not None for cell in cells):
        return True
    narrow = max((len(row) for row in rows), default=0) <= 2
    return narrow and any(sum(len(t.text or "") for t in cell.iter(T)) > _LONGEST_CELL for cell in cells)


def _squeezed(pieces: list[Piece]) -> Iterator[Piece]:
    """White space as one blank, none at the ends."""
    started = waiting = False
    for piece in pieces:
        for match in re.finditer(r"\s+|\S+", piece.text):
            if match.group().isspace():
                waiting = started
                continue
            if waiting:
                yield Piece(" ")
            waiting, started = False, True
            yield Piece(match.group(), piece.node, piece.at + match.start())


def _number(node: Any, otherwise: int) -> int:
    digits = re.match(r"\d{1,3}", node.get(f"{W}val", "")) if node is not None else None
    return int(digits.group()) if digits else otherwise


def _part(archive: zipfile.ZipFile | None, name: str) -> Any:
    """A part beside the text; None when there is none, or when it is not in order: the text is read without it."""
    if archive is None:
        return None
    try:
        data = unpacked(archive, name, LARGEST_PART)
        return None if data is None else etree.fromstring(data, parser())
    except (KeyError, etree.LxmlError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return None


def unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """A part of the archive; None when it is larger. What the archive says of its size is not believed."""
    with archive.open(name) as part:
        data = part.read(most + 1)
    return data if len(data) <= most and archive.getinfo(name).file_size <= most else None


def parser() -> etree.XMLParser:
    """Entities stay closed, nothing is fetched, depth and size are bounded."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _notes(root: Any) -> dict[str, str]:
    found = {}
    for note in root if root is not None else ():
        if isinstance(note.tag, str) and note.get(f"{W}type") is None:
            text = "".join(t.text or "" for t in note.iter(T)).strip()
            found[note.get(f"{W}id", "")] = re.sub(r"\s+", " ", text)
    return found
