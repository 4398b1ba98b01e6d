"""PDF/A-2b by typst. The paper goes in as JSON, never as source."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from . import fonts
from .blocks import Block, Fields, Heading, Paper, Para, Run, Runs, Signatures, Table, chinese_date, words
from .layout import (
    attachment_lines,
    column_widths,
    footnote,
    held_tail,
    imprint,
    label_lines,
    salutation,
    title_lines,
)
from .links import safe_href

_TEMPLATE = Path(__file__).with_name("paper.typ")
_LONG_FIELD = 400
# One compiler serves one page at a time.
_lock = threading.Lock()


class TypesettingError(RuntimeError):
    """The typesetter refused the paper or warned about it."""


@cache
def _compiler(faces: fonts.Typefaces) -> typst.Compiler:
    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=faces.fonts, ignore_system_fonts=True)


def _runs(line: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "figure": run.figure, "bold": run.bold} for run in line]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"block": "heading", "level": block.level, "runs": _runs(block.runs)}
        case Para():
            return {"block": "para", "indent": block.indent, "runs": _runs(block.runs)}
        case Table():
            columns = len(block.header)
            return {
                "block": "table",
                "header": [_runs(cell) for cell in block.header],
                "rows": [[_runs(cell) for cell in row] for row in block.rows],
                "align": block.align or ("left",) * columns,
                "widths": column_widths(block),
                "caption": block.caption,
            }
        case Fields():
            return {"block": "fields", "rows": [[_field(field) for field in row] for row in block.rows]}
        case Signatures():
            return {"block": "signatures", "lines": block.lines, "columns": block.columns}
    return {"block": "blank"}


def _field(field: Any) -> dict[str, Any]:
    """`short` cells keep their height and stay on one page; a long one grows and may break."""
    short = len(words(field.value)) <= _LONG_FIELD
    return {"label": label_lines(field.label), "value": _runs(field.value), "lines": field.lines, "short": short}


def figure_runs(paper: Paper) -> Iterator[Run]:
    """Every run of the paper, in order."""
    for block in paper.body:
        match block:
            case Heading() | Para():
                yield from block.runs
            case Table():
                for row in (block.header, *block.rows):
                    for cell in row:
                        yield from cell
            case Fields():
                for fields in block.rows:
                    for field in fields:
                        yield from field.value


def _payload(paper: Paper, link: Callable[[str], str] | None) -> str:
    day = paper.signed_on
    hrefs = {}
    if link:
        names = {run.figure for run in figure_runs(paper) if run.figure}
        hrefs = {name: href for name in sorted(names) if (href := safe_href(link(name)))}
    return json.dumps({
        "kind": paper.kind, "office": paper.office, "title": title_lines(paper.title), "doc_no": paper.doc_no,
        "to": salutation(paper), "author": paper.signed_by.replace("\n", "、"),
        "body": [_block(block) for block in paper.body],
        "attachments": attachment_lines(paper), "signed_by": paper.signed_by.split("\n") if paper.signed_by else [],
        "signed_on": chinese_date(day), "day": {"year": day.year, "month": day.month, "day": day.day},
        "note": footnote(paper), "imprint": imprint(paper), "sample": paper.sample, "links": hrefs,
        "held": held_tail(paper),
    }, ensure_ascii=False)  # fmt: skip


def _printed(payload: Any) -> Iterator[str]:
    """Every string of the payload."""
    if isinstance(payload, str):
        yield payload
    elif isinstance(payload, dict):
        for value in payload.values():
            yield from _printed(value)
    elif isinstance(payload, list):
        for value in payload:
            yield from _printed(value)


def to_pdf(paper: Paper, link: Callable[[str], str] | None = None) -> bytes:
    """The paper as PDF/A-2b; the same paper and fonts give the same bytes.

    link: address of the rows behind a figure; figures become links where it is given.
    Raises MissingGlyphs if a character cannot be printed, TypesettingError on any warning of the typesetter.
    """
    faces = fonts.typefaces()
    payload = _payload(paper, link)
    shown = json.loads(payload)
    del shown["links"]
    if missing := fonts.missing_glyphs("".join(_printed(shown))):
        raise fonts.MissingGlyphs(missing)
    roles = {
        role: {"families": face.families, "weight": face.weight, "stroke": face.stroke}
        for role, face in faces.faces.items()
    }
    day = paper.signed_on
    with _lock:
        pdf, warnings = _compiler(faces).compile_with_warnings(
            format="pdf",
            sys_inputs={"paper": payload, "faces": json.dumps(roles)},
            pdf_standards="a-2b",
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    if warnings:
        raise TypesettingError("排版程序提示：" + "；".join(warning.message for warning in warnings))
    return cast(bytes, pdf)
