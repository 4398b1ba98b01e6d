"""Weighing the words of a narrative against the subjects and lines of work that speak in them.

The words and their weights are data written by the project (subjects.toml, lines.toml): nothing is learned from cases.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hefa.statutes.search import Hit, Library

REASONS = 5
NEAR = 0.8  # a second subject with this share of the first's weight is named beside it


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words`: (what must all occur, weight from 1 to 4)."""

    name: str
    label: str
    given: Mapping[str, Any]
    words: tuple[tuple[tuple[str, ...], int], ...]

    def heard(self, narrative: str) -> dict[str, int]:
        """The words that occur, with their weight; a word inside a longer one that also occurs does not count."""
        found = {" ".join(way): weight for way, weight in self.words if all(word in narrative for word in way)}
        return {
            word: weight for word, weight in found.items() if not any(word != more and word in more for more in found)
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`dispute_type`: one of the 18 codes of the mediation statistics; empty when nothing speaks for any.

    `subject`, `label`: what it is about, in our own finer list; `line`, `line_label`: which line of work takes it;
    `why`: the words that spoke for the subject, the strongest first; `other`: labels of subjects nearly as strong;
    `statutes`: articles that a search of the library brings up.
    """

    dispute_type: str
    subject: str
    label: str
    line: str
    line_label: str
    why: tuple[str, ...]
    other: tuple[str, ...]
    statutes: tuple[Hit, ...]


def suggest(narrative: str, library: Library | None = None, statutes: int = 5) -> Suggestion:
    """Subject, dispute type and line of work of a narrative; with a library also the articles likely to matter."""
    bare = re.sub(r"\s", "", narrative).lower()
    hits = tuple(library.search(narrative, statutes)) if library is not None else ()
    heard = {one.name: one.heard(bare) for one in subjects()}
    weight = {name: sum(much * much for much in words.values()) for name, words in heard.items()}
    ranked = sorted(subjects(), key=lambda one: -weight[one.name])
    best = ranked[0]
    if not weight[best.name]:
        return Suggestion("", "", "", "", "", (), (), hits)
    why = sorted(heard[best.name], key=lambda word: -heard[best.name][word])[:REASONS]
    other = tuple(one.label for one in ranked[1:3] if weight[one.name] >= NEAR * weight[best.name])
    line = _line(bare, best)
    return Suggestion(best.given["type"], best.name, best.label, line.name, line.label, tuple(why), other, hits)


def _line(narrative: str, subject: Vocabulary) -> Vocabulary:
    """The line that the narrative itself asks for, else the one where its subject usually goes."""
    usual = next(one for one in lines() if one.name == subject.given["line"])
    asked = max(lines(), key=lambda one: sum(one.heard(narrative).values()))
    return asked if sum(asked.heard(narrative).values()) >= 3 else usual


@cache
def subjects() -> tuple[Vocabulary, ...]:
    """What narratives are about, in the order of subjects.toml."""
    return _read("subjects.toml")


@cache
def lines() -> tuple[Vocabulary, ...]:
    """The lines of work, in the order of lines.toml."""
    return _read("lines.toml")


def _read(name: str) -> tuple[Vocabulary, ...]:
    with Path(__file__).with_name(name).open("rb") as file:
        return tuple(_vocabulary(name, given) for name, given in tomllib.load(file).items())


def _vocabulary(name: str, given: dict[str, Any]) -> Vocabulary:
    words = [
        (tuple(word.lower().split("+")), weight)
        for weight in (4, 3, 2, 1)
        for word in str(given.get(str(weight), "")).split()
    ]
    return Vocabulary(name, given["label"], given, tuple(words))
