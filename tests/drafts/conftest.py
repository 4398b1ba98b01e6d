"""Samples of natural drafting, and whole clean documents, of each type."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Sample(NamedTuple):
    kind: str
    rule: str
    text: str
    fires: bool

    @property
    def label(self) -> str:
        return f"{self.rule}-{'fires' if self.fires else 'silent'}-{' '.join(self.text.split())[:24]}"


def samples() -> list[Sample]:
    found = []
    for path in sorted((HERE / "samples").glob("*.toml")):
        for rule, row in tomllib.loads(path.read_text("utf-8")).items():
            found += [Sample(path.stem, rule, text, True) for text in row["fires"]]
            found += [Sample(path.stem, rule, text, False) for text in row["silent"]]
    return found


def whole(kind: str) -> str:
    return (HERE / "whole" / f"{kind}.txt").read_text("utf-8")
