"""The words of many short texts in memory: added to, never written anywhere.

A question is weighed among the texts that its asker may see, and among no others: how rare a word is, is reckoned
over those alone, so that nothing of the rest can be told from an answer or from its order.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import rjieba

from hefa.statutes.search.words import runs, terms, weighed

LENGTH = 0.5  # how much the length of a text counts (BM25's b)
UNITS = "幢|栋|号楼|号|单元|室|弄|层|楼"
LONGEST = 4000  # characters of a question that are read

Numbers = np.ndarray[Any, Any]


@cache
def _given(name: str) -> dict[str, Any]:
    with Path(__file__).with_name(name).open("rb") as file:
        return tomllib.load(file)


@cache
def _drop() -> re.Pattern[str]:
    words = sorted(_given("stop.toml")["drop"], key=len, reverse=True)
    return re.compile(rf"\d+(?:{UNITS})?|" + "|".join(map(re.escape, words)))


@cache
def _same() -> tuple[re.Pattern[str], dict[str, str]]:
    means = {way: one for ways, one in _given("same.toml").items() for way in ways.split()}
    return re.compile("|".join(map(re.escape, sorted(means, key=len, reverse=True)))), means


def telling(text: str) -> str:
    """The text without what everybody writes (stop.toml) and numbers of houses, each thing under one name (same.toml)."""
    pattern, means = _same()
    return pattern.sub(lambda found: means[found.group()], _drop().sub(" ", text[:LONGEST].lower()))


def _tells(term: str) -> bool:
    return len(term) > 1 and not term.isdecimal()


def shared(whole: str, text: str) -> tuple[str, ...]:
    """The longest stretches of whole words of the text that a question has too, in the order of the text.

    `whole`: the question as `telling` leaves it. A stretch begins and ends with a word of two characters and more: 用分担 is 分担.
    """
    found: list[str] = []
    for run in runs(telling(text)):
        words, at = _cut(run), 0
        while at < len(words):
            ends = [end for end in range(len(words), at, -1) if _tells(words[at]) and _tells(words[end - 1])]
            end = next((end for end in ends if "".join(words[at:end]) in whole), at)
            found += ["".join(words[at:end])] if end > at else []
            at = max(end, at + 1)
    return tuple(dict.fromkeys(found))


def _cut(run: str) -> list[str]:
    """The words of a stretch; single characters side by side are a word that the dictionary does not know."""
    words: list[str] = []
    single = False
    for word in rjieba.cut(run):
        if single and len(word) == 1:
            words[-1] += word
        else:
            words.append(word)
        single = len(word) == 1
    return words


def asked(text: str) -> dict[str, float]:
    """The terms of a question, each with its worth."""
    return {term: worth for term, worth in weighed(telling(text)).items() if _tells(term)}


class Index:
    """Texts by the id of their matter. A text that changes gets a new place; its old one is dead."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}
        self._sizes = array("f")
        self._at: dict[int, int] = {}
        self._texts: dict[int, str] = {}
        self._matters = array("q")

    def __len__(self) -> int:
        return len(self._at)

    def put(self, matter: int, text: str) -> None:
        """Add a text, or replace it by what it says now."""
        if self._texts.get(matter) == text:
            return
        place = len(self._matters)
        found = [term for term in terms(telling(text)) if _tells(term)]
        for term in found:
            self._places.setdefault(term, array("i")).append(place)
        self._matters.append(matter)
        self._sizes.append(len(found))
        self._at[matter], self._texts[matter] = place, text

    def best(self, worth: dict[str, float], among: Iterable[int], most: int) -> list[tuple[int, float, float]]:
        """The matters with the highest scores among the given ones: (matter, score, part of the shorter shared)."""
        seen = np.fromiter((self._at[one] for one in among if one in self._at), np.int64)
        if not len(seen) or not worth:
            return []
        visible = np.zeros(len(self._matters), bool)
        visible[seen] = True
        sizes = np.array(self._sizes, np.float32)
        norm = 1 / (1 - LENGTH + LENGTH * sizes / max(float(sizes[seen].mean()), 1.0))
        held, common = np.zeros(len(sizes), np.float32), np.zeros(len(sizes), np.float32)
        whole = 0.0
        for term, much in worth.items():
            places = np.array(self._places.get(term, ()), np.int64)
            places = places[visible[places]]
            gain = much * float(np.log1p((len(seen) - len(places) + 0.5) / (len(places) + 0.5)))
            held[places] += gain
            common[places] += 1
            whole += gain
        shares = np.maximum(held / whole, common / np.maximum(sizes, 1))
        return self._ranked(held * norm, shares, most)

    def _ranked(self, scores: Numbers, shares: Numbers, most: int) -> list[tuple[int, float, float]]:
        places = np.flatnonzero(scores)
        places = places[np.lexsort((-places, -scores[places]))[:most]]  # of equal ones the latest
        return [(int(self._matters[place]), float(scores[place]), float(shares[place])) for place in places]
