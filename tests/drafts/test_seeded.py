"""Whole documents as sub-districts write them: silent when lawful, and one seeded fault is told by its rule.

`seeded/*.txt`: `=== name kind [docx]`, the lawful text (rows of tables between |), then `--- RULE | old => new`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import docx
import pytest

from hefa.claims.document import Document
from hefa.claims.extract import extract
from hefa.statutes.drafts.lint import lint

from .conftest import HERE


class Seeded(NamedTuple):
    name: str
    kind: str
    in_word: bool
    text: str
    faults: tuple[tuple[str, str, str], ...]


def _read() -> Iterator[Seeded]:
    for path in sorted((HERE / "seeded").glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
            head, _, rest = block.partition("\n")
            text, *faults = re.split(r"(?m)^--- ", rest)
            name, kind, *form = head.split()
            yield Seeded(name, kind, bool(form), text.strip("\n"), tuple(_fault(one) for one in faults))


def _fault(line: str) -> tuple[str, str, str]:
    rule, _, change = line.rstrip("\n").partition(" | ")
    old, _, new = change.partition(" =>")
    return rule, old, new.removeprefix(" ")


DOCUMENTS = list(_read())


def _document(text: str, in_word: bool, folder: Path) -> Document:
    """The text as a file is read: paragraphs, and tables made of the lines between |."""
    path = folder / ("draft.docx" if in_word else "draft.txt")
    if not in_word:
        path.write_text(text, "utf-8")
        return extract(str(path))
    word = docx.Document()
    for is_table, lines in _runs(text):
        if not is_table:
            for line in lines:
                word.add_paragraph(line)
            continue
        rows = [line[1:-1].split("|") for line in lines]
        table = word.add_table(len(rows), max(len(row) for row in rows))
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                table.cell(r, c).text = words.strip()
    word.save(str(path))
    return extract(str(path))


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    lines: list[str] = []
    for line in [*text.split("\n"), None]:
        if lines and (line is None or line.startswith("|") != lines[0].startswith("|")):
            yield lines[0].startswith("|"), lines
            lines = []
        if line is not None:
            lines.append(line)


@pytest.mark.parametrize("one", DOCUMENTS, ids=lambda one: one.name)
def test_a_lawful_document_is_left_alone(one: Seeded, tmp_path: Path) -> None:
    found = lint(_document(one.text, one.in_word, tmp_path), one.kind)
    assert [(hint.rule, hint.quote) for hint in found] == []


@pytest.mark.parametrize("one", DOCUMENTS, ids=lambda one: one.name)
def test_one_seeded_fault_is_told(one: Seeded, tmp_path: Path) -> None:
    missed = []
    for rule, old, new in one.faults:
        assert old in one.text, (one.name, rule, old)
        document = _document(one.text.replace(old, new, 1), one.in_word, tmp_path)
        found = lint(document, one.kind)
        assert all(document.text[hint.start : hint.end] == hint.quote for hint in found)
        if rule not in {hint.rule for hint in found}:
            missed.append((rule, old, new))
    assert missed == []
