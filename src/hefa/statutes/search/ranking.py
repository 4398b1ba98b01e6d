"""What a question is worth to each passage, and in what order they come.

Score of a passage = what the question's own words find in it (BM25 over text, headings and title), and, the less they
find, the more what the lexicon says they mean and the laws it says such a question is about. It is then moved by what
kind of answer is asked for (intent.py), by how alike question and passage are in size and words, and lifted where a
lawyer would look first (openings.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from hefa.statutes.search import intent
from hefa.statutes.search.index import Index, Passage
from hefa.statutes.search.lexicon import Saying, said
from hefa.statutes.search.openings import Opened
from hefa.statutes.search.words import pair, weighed
from hefa.statutes.texts import plain

MEANS = 0.5  # a word of the law that the question only implies, against a word that it says
SPOKEN = 0.8  # lift for a law and heading that the lexicon names
ASKS = 0.6  # share of its worth that a word keeps which stands only in the story, not in what is asked
SURE, LOST = 0.35, 0.15  # how much of the question the best passage holds: from SURE on the lexicon is hardly needed
BRIEF = 20  # characters of a question that says too little of itself to go by its own words alone
LEAST = 0.1  # even then the lexicon has this much of its say
PENAL = 0.2  # lift for what says the penalty, when a penalty is asked for
EVERYDAY = 0.4  # lift for the laws of everyday life, when people tell their own story
FOREIGN, FOREIGN_BY_LAW = 0.6, 0.3  # loss for a law whose title shares nothing with the question, with none for it
FOREIGN_LEAST = 0.5  # the least doubt for the first; the second is for questions put in words of the law
ALIKE = 0.3  # lift for the passage most alike in words, when the question's own words do well
OPENED, OPENED_LEAST = 2.0, 0.5  # lift where a lawyer looks first, as a share of the best score; its least doubt
OPENED_BY_LAW = 0.1  # the same for a question that is put in words of the law

_SENTENCE = re.compile(r"(?<=[。？?！!；;])")
_ASKING = re.compile(r"[？?吗呢哪]|怎么|如何|怎样|是否|什么|能不能|可不可以|多少|几")

Scores = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the passages beside their terms.

    `chapter`: of each passage the number of its own; `headings`: of each chapter its law (bare title) and heading;
    `penal`: whether it says a penalty; `width`: how many different pairs of characters it has; `opened`: where lawyers
    look first.
    """

    chapter: Scores
    headings: tuple[tuple[str, str], ...]
    penal: Scores
    width: Scores
    opened: Opened

    @classmethod
    def of(cls, passages: Sequence[Passage], index: Index) -> Ground:
        known: dict[tuple[str, str], int] = {}
        chapter = [known.setdefault((plain(one.law), one.heading), len(known)) for one in passages]
        return cls(
            np.array(chapter, np.int32), tuple(known), intent.penal(passages), _width(index), Opened.of(passages)
        )


def _width(index: Index) -> Scores:
    pairs = np.fromiter((pair(term) for term in index.numbers), bool, len(index.numbers))
    places = index.places[np.repeat(pairs, np.diff(index.starts))]
    return np.maximum(np.bincount(places, minlength=index.size), 1).astype(np.float32)


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
    total *= 1 + np.float32(SPOKEN * doubt) * _spoken(meant, ground)
    total *= _fitting(question, meant, doubt, ground)
    total *= 1 + np.float32(ALIKE * (1 - doubt)) * _alike(worth, index, ground)
    if not index.size or not total.max() > 0:
        return total
    opened = OPENED_BY_LAW * doubt if intent.by_the_law(question) else OPENED * max(OPENED_LEAST, doubt)
    return total + np.float32(opened * total.max()) * ground.opened.lifts(question)


def _fitting(question: str, meant: Sequence[tuple[str, Saying]], doubt: float, ground: Ground) -> Scores:
    """For each passage how well its law and kind fit the question: about 1."""
    named = {law for _, saying in meant for law, _ in saying.laws} | intent.everyday()
    asked_pairs = frozenset(map("".join, pairwise(question)))
    lift = EVERYDAY * doubt if intent.own_story(question) else 0.0
    loss = FOREIGN_BY_LAW * doubt if intent.by_the_law(question) else FOREIGN * max(FOREIGN_LEAST, doubt)
    laws = {law for law, _ in ground.headings}
    worth = {
        law: (1 + lift * (law in intent.everyday()))
        * (1 - loss * (law not in named and not intent.topic(law) & asked_pairs))
        for law in laws
    }
    fit = np.array([worth[law] for law, _ in ground.headings], np.float32)[ground.chapter]
    return fit * (1 + np.float32(PENAL) * ground.penal) if intent.asks_for_penalty(question) else fit


def _alike(worth: dict[str, float], index: Index, ground: Ground) -> Scores:
    """For each passage the share of pairs it has in common with the question, over both sizes: the best is 1."""
    common = np.zeros(index.size, np.float32)
    pairs = [term for term, much in worth.items() if much >= 1 and pair(term)]
    for term in pairs:
        stretch = index.stretch(term)
        if stretch is not None:
            common[index.places[stretch]] += 1
    alike = common / np.sqrt(ground.width)
    return alike / max(float(alike.max()), 1e-9) if len(alike) else alike


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
