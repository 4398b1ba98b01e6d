"""The index: for each term, the passages it stands in and what it adds to their score (BM25 over three fields).

Numbers are numpy arrays, one stretch a term; a question costs a few additions over 25,000 passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hefa.statutes.search.words import terms

K1 = 1.2
FIELDS = (("text", 1.0, 0.75), ("heading", 0.5, 0.3), ("law", 0.6, 0.3))  # field, weight, how much length counts


@dataclass(frozen=True, slots=True)
class Passage:
    """One article as search sees it. `heading` is part, chapter and section, outermost first, joined by spaces."""

    law: str
    article: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """`starts[n]:starts[n+1]` is the stretch of term n in `places` (passage numbers) and `adds` (their gain)."""

    numbers: dict[str, int]
    starts: np.ndarray[Any, Any]
    places: np.ndarray[Any, Any]
    adds: np.ndarray[Any, Any]
    size: int

    def stretch(self, term: str) -> slice | None:
        number = self.numbers.get(term)
        return None if number is None else slice(int(self.starts[number]), int(self.starts[number + 1]))

    def most(self, term: str) -> float:
        """The most that the term adds to any passage; 0 when it occurs nowhere."""
        stretch = self.stretch(term)
        return 0.0 if stretch is None else float(self.adds[stretch].max())


def build(passages: Sequence[Passage]) -> Index:
    """Index of the passages; the same passages give the same arrays."""
    size = len(passages)
    strength: dict[str, dict[int, float]] = {}
    for field, weight, length in FIELDS:
        counted = _counted([getattr(passage, field) for passage in passages])
        sizes = [sum(counts.values()) for counts in counted]
        mean = (sum(sizes) / size if size else 1.0) or 1.0
        for place, (counts, total) in enumerate(zip(counted, sizes, strict=True)):
            share = weight / (1 - length + length * total / mean)
            for term, times in counts.items():
                row = strength.setdefault(term, {})
                row[place] = row.get(place, 0.0) + share * times
    return _laid(strength, size)


def _counted(texts: Sequence[str]) -> list[Counter[str]]:
    """Terms of each text; titles and headings repeat from article to article and are read once."""
    known: dict[str, Counter[str]] = {}
    return [known.setdefault(text, terms(text)) if text not in known else known[text] for text in texts]


def _laid(strength: dict[str, dict[int, float]], size: int) -> Index:
    lengths = np.fromiter((len(row) for row in strength.values()), np.int64, len(strength))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.fromiter((place for row in strength.values() for place in row), np.int32, int(starts[-1]))
    amount = np.fromiter((much for row in strength.values() for much in row.values()), np.float32, int(starts[-1]))
    rarity = np.log1p((size - lengths + 0.5) / (lengths + 0.5)).astype(np.float32)
    adds = np.repeat(rarity, lengths) * amount * (K1 + 1) / (amount + K1)
    numbers = {term: number for number, term in enumerate(strength)}
    return Index(numbers, starts, places, adds.astype(np.float32), size)
