"""How people say it and how the law says it (lexicon.toml): what a question adds to its own words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SPEAKS_FOR = re.compile(r"《([^》·]+)(?:·([^》]+))?》")


@dataclass(frozen=True, slots=True)
class Saying:
    """`ways`: each a set of words that must all occur. `means`: words of the law. `laws`: (law, words of a heading)."""

    topic: str
    ways: tuple[tuple[str, ...], ...]
    means: str
    laws: tuple[tuple[str, str], ...]

    def said(self, question: str) -> str:
        """The words of the question that say it, joined by a blank; empty when it is not said."""
        for way in self.ways:
            if all(word in question for word in way):
                return " ".join(way)
        return ""


@cache
def sayings() -> tuple[Saying, ...]:
    """All entries of lexicon.toml, in its order."""
    with Path(__file__).with_name("lexicon.toml").open("rb") as file:
        topics = tomllib.load(file)
    return tuple(_saying(topic, key, value) for topic, lines in topics.items() for key, value in lines.items())


def said(question: str) -> list[tuple[str, Saying]]:
    """The entries that hold for a question, each with the words that say so."""
    bare = re.sub(r"\s", "", question).lower()
    return [(words, saying) for saying in sayings() if (words := saying.said(bare))]


def _saying(topic: str, key: str, value: str) -> Saying:
    ways = tuple(tuple(way.strip().split("+")) for way in key.split("|"))
    laws = tuple((law, heading or "") for law, heading in _SPEAKS_FOR.findall(value))
    return Saying(topic, ways, _SPEAKS_FOR.sub(" ", value).strip(), laws)
