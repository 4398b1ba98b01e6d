"""What a lawyer opens first (openings.toml): what people say, and the articles it leads to, found on the shelf."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from hefa.statutes.search.index import Passage
from hefa.statutes.search.lexicon import listened
from hefa.statutes.texts import plain

_OF_A_PLACE = re.compile(r".{1,4}[省市]")
NARROW = 0.5  # how much more an opening weighs for each further word that had to be heard


@dataclass(frozen=True, slots=True)
class Pointer:
    """An article by its law (bare title), its number when written, and words of which one stands in it."""

    law: str
    number: str
    words: tuple[str, ...]

    def holds(self, text: str) -> bool:
        return any(word in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Opening:
    """`ways`: each a set of words that must all occur; `pointers`: the articles, the most usual first."""

    ways: tuple[tuple[str, ...], ...]
    pointers: tuple[Pointer, ...]

    def said(self, question: str) -> str:
        """The words of the question that say it, joined by a blank; empty when it is not said."""
        return next((" ".join(way) for way in self.ways if all(word in question for word in way)), "")

    def elsewhere(self, other: Opening) -> bool:
        """Whether the other leads to quite other laws: 违章 and 违章建筑."""
        return {one.law for one in self.pointers}.isdisjoint(one.law for one in other.pointers)


@dataclass(frozen=True, slots=True)
class Opened:
    """The entries over one shelf: with each, the passages its pointers lead to there."""

    entries: dict[Opening, tuple[int, ...]]
    size: int

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Opened:
        laws: dict[str, dict[str, int]] = {}
        for place, one in enumerate(passages):
            laws.setdefault(plain(one.law), {})[one.article] = place
        found = [(entry, tuple(_places(entry, laws, passages))) for entry in openings()]
        return cls({entry: places for entry, places in found if places}, len(passages))

    def lifts(self, question: str) -> np.ndarray[Any, Any]:
        """For each passage how much the question leads to it: from 0 to 1; the first article of an entry the most."""
        worth = np.zeros(self.size, np.float32)
        for words, entry in heard(question, self.entries):
            places = self.entries[entry]
            narrow = 1 + NARROW * words.count(" ")
            worth[list(places)] += narrow / np.sqrt(1 + np.arange(len(places), dtype=np.float32))
        return np.tanh(worth)


def heard(question: str, entries: Iterable[Opening]) -> list[tuple[str, Opening]]:
    """The entries that the question says, with its words; none whose words were heard inside longer ones of other laws."""
    text = listened(question)
    found = [(words, entry) for entry in entries if (words := entry.said(text))]
    return [
        (words, entry)
        for words, entry in found
        if not any(words != longer and words in longer and entry.elsewhere(other) for longer, other in found)
    ]


def absent(question: str, laws: Collection[str]) -> list[Pointer]:
    """What a lawyer would open first in laws that are not among `laws` (bare titles), best heard first, one a law; no place's own."""
    first: dict[str, Pointer] = {}
    for _, entry in sorted(heard(question, openings()), key=lambda row: -row[0].count(" ")):
        first.setdefault(entry.pointers[0].law, entry.pointers[0])
    return [one for law, one in first.items() if law not in laws and not _OF_A_PLACE.match(law)]


@cache
def openings() -> tuple[Opening, ...]:
    """All entries of openings*.toml, in their order."""
    return tuple(
        Opening(tuple(tuple(way.split("+")) for way in key.split("|")), tuple(_pointer(one) for one in value))
        for path in sorted(Path(__file__).parent.glob("openings*.toml"))
        for lines in tomllib.loads(path.read_text("utf-8")).values()
        for key, value in lines.items()
    )


def place(pointer: Pointer, law: dict[str, int], passages: Sequence[Passage]) -> int | None:
    """The passage meant: the number when the words stand there, else the only article of the law with them."""
    written = law.get(pointer.number)
    if written is not None and pointer.holds(passages[written].text):
        return written
    others = [at for at in law.values() if pointer.holds(passages[at].text)]
    return others[0] if len(others) == 1 else None


def _places(entry: Opening, laws: dict[str, dict[str, int]], passages: Sequence[Passage]) -> list[int]:
    found = (place(pointer, laws.get(pointer.law, {}), passages) for pointer in entry.pointers)
    return list(dict.fromkeys(at for at in found if at is not None))


def _pointer(one: str) -> Pointer:
    law, number, words = one.split(" ")
    return Pointer(law, number, tuple(words.split("|")))
