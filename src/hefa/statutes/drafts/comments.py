"""Hints as real Word comments at their places: in the file itself when it is a docx, in a new one for other files."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from hefa.claims.document import Unreadable
from hefa.claims.extract import LARGEST, extract_bytes

from ..findings import Finding
from .report import SEVERITY_WORDS

AUTHOR = "文稿核查"
_T, _TAB, _BR, _R, _P, _TC, _TR, _TBL = (qn(f"w:{name}") for name in ("t", "tab", "br", "r", "p", "tc", "tr", "tbl"))
_HOLDERS = tuple(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag"))


class Sign(NamedTuple):
    """A character of the extracted text and the element it comes from; None for what the reader put between."""

    char: str
    node: Any
    at: int


def commented(data: bytes, name: str, findings: Sequence[Finding], author: str = AUTHOR) -> bytes:
    """The file with a comment a finding. The look of the text stays: runs are split, nothing else is touched.

    `findings` are those of the text that `extract_bytes(data, name)` gives. Raises `Unreadable`.
    """
    text = extract_bytes(data, name).text
    made = _opened(data, name) if data[:4] == b"PK\x03\x04" else _written(text)
    signs = list(_signs(made.element.body))
    if "".join(sign.char for sign in signs) != text:
        made = _written(text)
        signs = list(_signs(made.element.body))
    for at in sorted({at for one in findings for at in (one.start, one.end)}, reverse=True):
        if at < len(signs) and signs[at].node is not None:
            _cut(signs[at])
    signs = list(_signs(made.element.body))
    for one in findings:
        runs = [run for sign in signs[one.start : one.end] if (run := _run_of(sign.node)) is not None]
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


def _opened(data: bytes, name: str) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > 2 * LARGEST:
                raise Unreadable(f"文件“{name}”解开后太大，不能写批注，请拆分后再导出。")
        return open_docx(io.BytesIO(data))
    except (zipfile.BadZipFile, etree.LxmlError, ValueError, KeyError, OSError, RuntimeError, NotImplementedError):
        raise Unreadable(f"文件“{name}”不是普通的Word文档（docx），不能写批注；请另存为docx后再导出。") from None


def _written(text: str) -> Any:
    """A new document, a paragraph a line, for what was pasted or read from another sort of file."""
    made = open_docx()
    for line in text.removesuffix("\n").split("\n"):
        paragraph = made.add_paragraph()
        if line:
            node = paragraph.add_run()._r.add_t(
                re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", line)
            )
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


# --- the text again, as hefa.claims.extract reads it, with the element behind each character


def _signs(body: Any) -> Iterator[Sign]:
    last = ""
    for block in _blocks(body):
        if block.tag == _P:
            for sign in _of_paragraph(block):
                yield sign
                last = sign.char
            yield Sign("\n", None, 0)
            last = "\n"
            continue
        if last not in ("", "\n"):
            yield Sign("\n", None, 0)
        for row in block.findall(_TR):
            for i, cell in enumerate(_cells(row, block)):
                if i:
                    yield Sign("\t", None, 0)
                yield from _squeezed(cell)
            yield Sign("\n", None, 0)
        last = "\n"


def _blocks(body: Any) -> Iterator[Any]:
    for child in body:
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag in _HOLDERS:
            yield from _blocks(child)


def _of_paragraph(paragraph: Any) -> Iterator[Sign]:
    for node in paragraph.iter(_T, _TAB, _BR):
        if node.tag == _T:
            yield from (Sign(char, node, at) for at, char in enumerate(node.text or ""))
        else:
            yield Sign("\n" if node.tag == _BR else " ", None, 0)


def _cells(row: Any, table: Any) -> list[list[Sign]]:
    """The cells that the reader keeps: a cell merged into the one above has no text of its own."""
    found = []
    for cell in row.iter(_TC):
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None and merge.get(qn("w:val")) != "restart" and row is not table.find(_TR):
            continue
        signs: list[Sign] = []
        for i, paragraph in enumerate(cell.iter(_P)):
            signs += [Sign(" ", None, 0)] if i else []
            signs += _of_paragraph(paragraph)
        found.append(signs)
    return found


def _squeezed(signs: list[Sign]) -> Iterator[Sign]:
    """As the reader writes a cell: white space as one blank, none at the ends."""
    waiting = started = False
    for sign in signs:
        if sign.char.isspace():
            waiting = started
            continue
        if waiting:
            yield Sign(" ", None, 0)
        waiting, started = False, True
        yield sign


# --- cutting


def _run_of(node: Any) -> Any:
    """The outermost run around a text element: a comment cannot stand inside a text box."""
    found = None
    while node is not None:
        if node.tag == _R:
            found = node
        node = node.getparent()
    return found


def _cut(sign: Sign) -> None:
    """Split the run before that character; both halves keep the run's look."""
    run, node = _run_of(sign.node), sign.node
    if run is None or node.getparent() is not run:
        return
    children = [child for child in run if child.tag != qn("w:rPr")]
    if sign.at == 0 and children and children[0] is node:
        return
    tail = copy.deepcopy(run)
    place = list(run).index(node)
    rest = [child for child in list(tail)[:place] if child.tag != qn("w:rPr")]
    for child in rest:
        tail.remove(child)
    if sign.at:
        text = node.text or ""
        twin = next(child for child in tail if child.tag == _T)
        _set(node, text[: sign.at])
        _set(twin, text[sign.at :])
        place += 1
    for child in list(run)[place:]:
        run.remove(child)
    run.addnext(tail)


def _set(node: Any, text: str) -> None:
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
