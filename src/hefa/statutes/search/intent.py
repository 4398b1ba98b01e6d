"""What kind of answer a question is after (intent.toml), and which passages are of that kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from hefa.statutes.search.index import Passage
from hefa.statutes.texts import plain

NEAR = 24  # characters between 根据 and 法律 in one clause

Marks = np.ndarray[Any, Any]


@cache
def _given() -> dict[str, list[str]]:
    with Path(__file__).with_name("intent.toml").open("rb") as file:
        given: dict[str, list[str]] = tomllib.load(file)
    return given


def _says(question: str, what: str) -> bool:
    return any(word in question for word in _given()[what])


def asks_for_penalty(question: str) -> bool:
    """Whether it asks what happens to someone who broke the law."""
    return _says(question, "penalty")


def own_story(question: str) -> bool:
    """Whether someone tells what happened to them."""
    return _says(question, "own_story")


@cache
def _by_the_law() -> re.Pattern[str]:
    by, law = ("|".join(map(re.escape, _given()[what])) for what in ("by_the_law", "the_law"))
    return re.compile(f"(?:{by})[^，。；？！,]{{0,{NEAR}}}(?:{law})")


def by_the_law(question: str) -> bool:
    """Whether it asks what the law provides ("根据哪条法律…"), and so puts the case in words of the law."""
    return bool(_by_the_law().search(question))


def penal(passages: Sequence[Passage]) -> Marks:
    """True for each passage that says what happens to someone who broke the law."""
    sanction = re.compile(f"违反本法.*(?:{'|'.join(map(re.escape, _given()['sanction']))})")
    heads, laws = _given()["liability"], set(_given()["penal"])
    return np.array(
        [
            plain(one.law) in laws or any(head in one.heading for head in heads) or bool(sanction.search(one.text))
            for one in passages
        ],
        bool,
    )


@cache
def everyday() -> frozenset[str]:
    """Bare titles of the laws that nearly all of people's own stories turn on."""
    return frozenset(_given()["everyday"])


@cache
def topic(law: str) -> frozenset[str]:
    """Pairs of characters of a bare title that tell what the law is about."""
    kept = re.sub("|".join(map(re.escape, _given()["title_drop"])), " ", law)
    return frozenset("".join(pair) for run in kept.split() for pair in pairwise(run))
