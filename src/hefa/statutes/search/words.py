"""Words of a text and of a question: pairs of characters, longer words, and what each is worth in a question.

Every two neighbouring Chinese characters are a term, so a word of two characters is found wherever it stands, however
a dictionary would cut the sentence. Words of three and more come from the dictionary of jieba (package `rjieba`).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import rjieba

RUN = re.compile(r"[㐀-鿿]+|[A-Za-z0-9]+")
ACROSS = 0.5  # a pair that straddles two words says less than one inside a word
ALONE = 0.12  # one character says little, unless the question has nothing else
LONG = 0.8  # a dictionary word of three or more, on top of its pairs


def runs(text: str) -> list[str]:
    """Stretches of Chinese, and of Latin letters and digits (lower case), without what stands between them."""
    return [run.lower() for run in RUN.findall(text)]


def chinese(run: str) -> bool:
    return run[0] > "㏿"


def pair(term: str) -> bool:
    """Whether a term is two neighbouring Chinese characters."""
    return len(term) == 2 and chinese(term)


def terms(text: str) -> Counter[str]:
    """The terms of a text and how often each occurs: characters, pairs, dictionary words of three and more."""
    found: Counter[str] = Counter()
    for run in runs(text):
        if not chinese(run):
            found[run] += 1
            continue
        found.update(run)
        found.update(map("".join, pairwise(run)))
        found.update(word for word in rjieba.cut(run) if len(word) > 2)
    return found


def weighed(text: str) -> dict[str, float]:
    """The terms of a question, each with its worth (0 to 1) before rarity is known."""
    worth: dict[str, float] = {}
    for run in runs(text):
        if not chinese(run):
            worth[run] = 1.0
            continue
        at = 0
        inside: set[int] = set()
        for word in rjieba.cut(run):
            if len(word) > 2:
                worth[word] = LONG
            inside.update(range(at, at + len(word) - 1))
            at += len(word)
        for place, pair in enumerate(map("".join, pairwise(run))):
            worth[pair] = max(worth.get(pair, 0.0), 1.0 if place in inside else ACROSS)
        for char in run:
            worth.setdefault(char, 1.0 if len(run) == 1 else ALONE)
    return worth
