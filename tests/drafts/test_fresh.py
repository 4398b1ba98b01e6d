"""Clauses written after the rules were: what is usual is left alone, what offends is told."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from hefa.statutes.drafts.lint import lint

from .conftest import HERE

DAY = dt.date(2026, 11, 20)
CLEAN, FAULTY, BLIND_CLEAN, BLIND_FAULTY = (
    tomllib.loads((HERE / "fresh" / f"{name}.toml").read_text("utf-8"))
    for name in ("clean", "faulty", "blind_clean", "blind_faulty")
)


@pytest.mark.parametrize("kind", CLEAN)
def test_usual_clauses_are_left_alone(kind: str) -> None:
    told = {
        text: [(one.rule, one.quote) for one in lint(text, CLEAN[kind].get("kind", kind), DAY)]
        for text in CLEAN[kind]["clean"] + BLIND_CLEAN.get(kind, {"clean": []})["clean"]
    }
    assert {text: hints for text, hints in told.items() if hints} == {}


@pytest.mark.parametrize("kind", FAULTY)
def test_clauses_that_offend_are_told(kind: str) -> None:
    missed = [
        (rule, text)
        for rule, texts in (*FAULTY[kind].items(), *BLIND_FAULTY[kind].items())
        for text in texts
        if rule not in {one.rule for one in lint(text, kind, DAY)}
    ]
    assert missed == []
