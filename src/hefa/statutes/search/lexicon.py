"""How people say it and how the law says it (lexicon.toml): what a question adds to its own words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

# 拖欠三个月工资, 借给朋友五万块: how much stands between words that belong together.
_QUANTITY = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千几半]+)(?:多|来)?个?(?:多|半)?(?:月|年(?!级)|天|周|小时|万?块钱?|万?元|万|次)(?:多|左右)?的?"
)
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
    heard = listened(question)
    found = [(words, saying) for saying in sayings() if (words := saying.said(heard))]
    return [(words, one) for words, one in found if not _within(words, one, found)]


@cache
def _also() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    with Path(__file__).with_name("also.toml").open("rb") as file:
        rows = tomllib.load(file)
    return tuple((word, tuple(tuple(way.split("+")) for way in ways)) for word, ways in rows.items())


@lru_cache(maxsize=8)
def listened(question: str) -> str:
    """The question as the keys are looked for in it: without blanks, without its quantities, in other words (also.toml)."""
    bare = re.sub(r"\s", "", question).lower()
    short = _QUANTITY.sub("", bare)
    others = (
        word for word, ways in _also() if word not in bare and any(all(part in bare for part in way) for way in ways)
    )
    return " ".join(dict.fromkeys((bare, short, *others)))


def _within(words: str, saying: Saying, found: list[tuple[str, Saying]]) -> bool:
    """违章 was heard in 违章建筑 only, and that is about other laws: the longer words are meant."""
    own = {law for law, _ in saying.laws}
    return any(
        words != longer and words in longer and other.laws and own.isdisjoint(law for law, _ in other.laws)
        for longer, other in found
    )


def _saying(topic: str, key: str, value: str) -> Saying:
    ways = tuple(tuple(way.strip().split("+")) for way in key.split("|"))
    laws = tuple((law, heading or "") for law, heading in _SPEAKS_FOR.findall(value))
    return Saying(topic, ways, _SPEAKS_FOR.sub(" ", value).strip(), laws)
