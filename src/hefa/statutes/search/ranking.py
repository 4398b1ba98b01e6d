"""What a question is worth to each passage, and in what order they come.

Score of a passage = what the question's own words find in it (BM25 over text, headings and title), and, the less they
find, the more what the lexicon says they mean and the laws it says such a question is about.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from hefa.statutes.search.index import Index, Passage
from hefa.statutes.search.lexicon import Saying, said
from hefa.statutes.search.words import weighed
from hefa.statutes.texts import plain

MEANS = 0.5  # a word of the law that the question only implies, against a word that it says
SPOKEN = 0.8  # lift for a law and heading that the lexicon names
ASKS = 0.6  # share of its worth that a word keeps which stands only in the story, not in what is asked
SURE, LOST = 0.35, 0.15  # how much of the question the best passage holds: from SURE on the lexicon is hardly needed
BRIEF = 20  # characters of a question that says too little of itself to go by its own words alone
LEAST = 0.1  # even then the lexicon has this much of its say

_SENTENCE = re.compile(r"(?<=[。？?！!；;])")
_ASKING = re.compile(r"[？?吗呢哪]|怎么|如何|怎样|是否|什么|能不能|可不可以|多少|几")

Scores = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """The chapters: of each passage the number of its own, of each chapter its law (bare title) and heading."""

    chapter: Scores
    headings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Ground:
        known: dict[tuple[str, str], int] = {}
        chapter = [known.setdefault((plain(one.law), one.heading), len(known)) for one in passages]
        return cls(np.array(chapter, np.int32), tuple(known))


@cache
def _drop() -> re.Pattern[str]:
    with Path(__file__).with_name("stop.toml").open("rb") as file:
        words = tomllib.load(file)["drop"]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def asked(question: str) -> dict[str, float]:
    """Terms of a question with their worth, without what every question says (stop.toml), unless nothing is left.

    In a story that ends in a question, words of the sentences that ask keep their whole worth.
    """
    kept = _drop().sub(" ", question)
    worth = weighed(kept) or weighed(question)
    sentences = [sentence for sentence in _SENTENCE.split(question) if sentence.strip()]
    asking = [sentence for sentence in sentences if _ASKING.search(sentence)] or sentences[-1:]
    if len(asking) == len(sentences):
        return worth
    in_question = weighed(_drop().sub(" ", " ".join(asking)))
    return {term: much if term in in_question else much * ASKS for term, much in worth.items()}


def scores(question: str, index: Index, ground: Ground) -> Scores:
    """One number a passage, 0 where nothing speaks for it."""
    worth, meant = asked(question), said(question)
    own = added(worth, index)
    implied: dict[str, float] = {}
    for _, saying in meant:
        for term, much in weighed(saying.means).items():
            implied[term] = max(implied.get(term, 0.0), much)
    doubt = max(_doubt(own, worth, index), _brief(question))
    total = own + np.float32(MEANS * doubt) * added(implied, index)
    return total * (1 + np.float32(SPOKEN * doubt) * _spoken(meant, ground))


def _brief(question: str) -> float:
    """How little a question says of itself: 1 up to BRIEF characters, 0 from twice as many on."""
    return min(1.0, max(0.0, 2 - len(question.strip()) / BRIEF))


def _doubt(own: Scores, worth: dict[str, float], index: Index) -> float:
    """How badly the question's own words do: from LEAST (some passage holds much of the question) to 1."""
    most = sum(much * index.most(term) for term, much in worth.items())
    held = float(own.max()) / most if most and len(own) else 0.0
    return min(1.0, max(LEAST, (SURE - held) / (SURE - LOST)))


def added(worth: dict[str, float], index: Index) -> Scores:
    """The plain sum of what each term adds."""
    total = np.zeros(index.size, np.float32)
    for term, much in worth.items():
        stretch = index.stretch(term)
        if stretch is not None:
            total[index.places[stretch]] += np.float32(much) * index.adds[stretch]
    return total


def _spoken(meant: Sequence[tuple[str, Saying]], ground: Ground) -> Scores:
    """For each passage how much the lexicon speaks for its law and chapter: from 0 to 1."""
    says: dict[str, list[tuple[str, float]]] = {}
    for _, saying in meant:
        for law, words in saying.laws:
            share = (1.0 if words else 0.7) / len(saying.laws) ** 0.5
            says.setdefault(law, []).append((words, share))
    worth = np.zeros(len(ground.headings), np.float32)
    for number, (law, heading) in enumerate(ground.headings):
        for words, share in says.get(law, ()):
            if words in heading:
                worth[number] += share
    return np.tanh(worth)[ground.chapter]
