"""Examples of natural drafting, and whole clean documents, of each type."""

from __future__ import annotations

from pathlib import Path

from hefa.statutes.drafts.resemblance import examples

HERE = Path(__file__).parent


def texts(kind: str) -> list[str]:
    """All examples of a type."""
    return [text for row in examples(kind).values() for key in ("wrong", "alike", "right") for text in row.get(key, ())]


def whole(kind: str) -> str:
    return (HERE / "whole" / f"{kind}.txt").read_text("utf-8")
