"""Hints as real Word comments at their places: in the file itself when it is a docx, in a new one for other files."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from hefa.claims.document import Unreadable
from hefa.claims.extract import LARGEST, extract_bytes
from hefa.claims.word import Line, Piece, R, T, Word

from ..findings import Finding
from .report import SEVERITY_WORDS

AUTHOR = "文稿核查"


def commented(data: bytes, name: str, findings: Sequence[Finding], author: str = AUTHOR) -> bytes:
    """The file with a comment a finding. The look of the text stays: runs are split, nothing else is touched.

    `findings` are those of the text that `extract_bytes(data, name)` gives. Raises `Unreadable`.
    """
    text = extract_bytes(data, name).text
    made, word = _opened(data, name) if data[:4] == b"PK\x03\x04" else _written(text)
    places = _places(word)
    if "".join(place.piece.text for place in places) != text:
        made, word = _written(text)
        places = _places(word)
    starts = [place.start for place in places]
    for at in sorted({at for one in findings for at in (one.start, one.end)}, reverse=True):
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < places[i].end and places[i].piece.node is not None:
            _cut(places[i].piece.node, places[i].piece.at + at - places[i].start)
    places = _places(word)
    starts = [place.start for place in places]
    for one in findings:
        i, j = max(bisect_right(starts, one.start) - 1, 0), bisect_right(starts, max(one.end - 1, one.start))
        runs = [run for place in places[i:j] if (run := _run_of(place.piece.node)) is not None]
        if runs:
            made.add_comment(
                runs=[Run(runs[0], made), Run(runs[-1], made)], text=_said(one), author=author, initials="核"
            )
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _said(one: Finding) -> str:
    lines = [f"〔{SEVERITY_WORDS[one.severity]} {one.rule}〕{one.message}", f"依据：{one.basis}" if one.basis else ""]
    lines.append(f"建议：{one.suggest}" if one.suggest else "")
    # Signs that XML cannot hold would make the file unreadable.
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", "\n".join(line for line in lines if line))


def _opened(data: bytes, name: str) -> tuple[Any, Word]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _unpacked_size(archive) > 2 * LARGEST:
                raise Unreadable(f"文件“{name}”解开后太大，不能写批注，请拆分后再导出。")
            made = open_docx(io.BytesIO(data))
            return made, Word(made.element.body, archive)
    except (zipfile.BadZipFile, etree.LxmlError, ValueError, KeyError, OSError, RuntimeError, NotImplementedError):
        raise Unreadable(f"文件“{name}”不是普通的Word文档（docx），不能写批注；请另存为docx后再导出。") from None


def _unpacked_size(archive: zipfile.ZipFile) -> int:
    """What the parts really unpack to, counted no further than what is refused."""
    size = 0
    for name in archive.namelist():
        with archive.open(name) as part:
            while size <= 2 * LARGEST and (block := part.read(1 << 20)):
                size += len(block)
    return size


def _written(text: str) -> tuple[Any, Word]:
    """A new document, a paragraph a line, for what was pasted or read from another sort of file."""
    made = open_docx()
    for line in text.removesuffix("\n").split("\n"):
        paragraph = made.add_paragraph()
        if line:
            node = paragraph.add_run()._r.add_t(
                re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", line)
            )
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made, Word(made.element.body)


# --- the text again, as hefa.claims.extract writes it, with the element behind each piece


class Place(NamedTuple):
    """A piece of the extracted text and where it stands there."""

    start: int
    piece: Piece

    @property
    def end(self) -> int:
        return self.start + len(self.piece.text)


def _places(word: Word) -> list[Place]:
    made: list[Place] = []
    at = 0
    for piece in _pieces(word):
        if piece.text:
            made.append(Place(at, piece))
            at += len(piece.text)
    return made


def _pieces(word: Word) -> Iterator[Piece]:
    last = ""
    for block in word.blocks():
        if isinstance(block, Line):
            yield from block.pieces
            yield Piece("\n")
            last = "\n"
            continue
        if last not in ("", "\n"):
            yield Piece("\n")
        for row in block.rows:
            for i, cell in enumerate(row):
                yield from [Piece("\t")] if i else []
                yield from cell.pieces
            yield from [Piece("\n")] if row else []
        last = "\n"


# --- cutting


def _run_of(node: Any) -> Any:
    """The outermost run around a text element: a comment cannot stand inside a text box."""
    found = None
    while node is not None:
        if node.tag == R:
            found = node
        node = node.getparent()
    return found


def _cut(node: Any, at: int) -> None:
    """Split the run before that character of a text element; both halves keep the run's look."""
    run = _run_of(node)
    if run is None or node.getparent() is not run:
        return
    children = [child for child in run if child.tag != qn("w:rPr")]
    if at == 0 and children and children[0] is node:
        return
    tail = copy.deepcopy(run)
    place = list(run).index(node)
    rest = [child for child in list(tail)[:place] if child.tag != qn("w:rPr")]
    for child in rest:
        tail.remove(child)
    if at:
        text = node.text or ""
        twin = next(child for child in tail if child.tag == T)
        _set(node, text[:at])
        _set(twin, text[at:])
        place += 1
    for child in list(run)[place:]:
        run.remove(child)
    run.addnext(tail)


def _set(node: Any, text: str) -> None:
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
