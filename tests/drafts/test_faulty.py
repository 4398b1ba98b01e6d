"""Whole documents full of faults: each that a careful reader names is told, and not as a guess.

`faulty/KIND-NAME.txt`: the rules on the first line, then the document.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hefa.statutes.drafts.lint import lint

from .conftest import HERE

DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize("path", sorted((HERE / "faulty").glob("*.txt")), ids=lambda path: path.stem)
def test_each_fault_of_a_document_is_told_by_its_rule(path: Path) -> None:
    wanted, _, text = path.read_text("utf-8").partition("\n\n")
    found = lint(text, path.stem.split("-")[0], DAY)
    sure = {one.rule for one in found if "按范例推测" not in one.message}
    assert set(wanted.split()) - sure == set()
