"""Clauses written before the rules were looked at, or mended: what is usual is left alone, what offends is told."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from hefa.statutes.drafts.lint import lint

from .conftest import HERE

DAY = dt.date(2026, 11, 20)


def _batches(ending: str) -> list[dict[str, Any]]:
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted((HERE / "fresh").glob(f"*{ending}.toml"))]


CLEAN, FAULTY = _batches("clean"), _batches("faulty")


def _kinds(batches: list[dict[str, Any]]) -> list[str]:
    return sorted({kind for batch in batches for kind in batch})


@pytest.mark.parametrize("kind", _kinds(CLEAN))
def test_usual_clauses_are_left_alone(kind: str) -> None:
    rows = [batch[kind] for batch in CLEAN if kind in batch]
    asked = next((row["kind"] for row in rows if "kind" in row), kind)
    told = {text: [(one.rule, one.quote) for one in lint(text, asked, DAY)] for row in rows for text in row["clean"]}
    assert {text: hints for text, hints in told.items() if hints} == {}


@pytest.mark.parametrize("kind", _kinds(FAULTY))
def test_clauses_that_offend_are_told(kind: str) -> None:
    missed = [
        (rule, text)
        for batch in FAULTY
        for rule, texts in batch.get(kind, {}).items()
        for text in texts
        if rule not in {one.rule for one in lint(text, kind, DAY)}
    ]
    assert missed == []
