"""What a clause is like: a second look, by examples of faulty and of lawful clauses (`examples/TYPE.toml`).

A pattern hears the words that it names. This hears a clause that is put in other words than any pattern foresaw: a linear
model (softmax regression) over words, pairs of words and short runs of characters says how much a clause is like the
faulty examples of each rule, and how much like the lawful ones. It is trained from the examples alone, at the first
question of a process. The same examples give the same answers, and a hint names the example that it goes by.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rjieba
from scipy.sparse import csr_matrix

from .draft import Draft, Span
from .words import plain

EXAMPLES = Path(__file__).with_name("examples")
# From this score on a clause is marked: at it about a tenth of the lawful examples would be, had they not been shown
# (benchmarks/clauses.py folds).
LEVEL = {"normative": 0.36, "contract": 0.27, "decision": 0.42, "pact": 0.42, "enforcement": 0.36}
KIN = 0.05  # what is to be in common with an example at the least: a text in other words altogether is like none
ALSO = 0.6  # a second rule is named that has this share of the first one's
SHORTEST, LONGEST = 10, 300  # Chinese characters, and all characters, of a stretch that is asked about at once
BUCKETS = 1 << 18
SIZES = (1, 2, 3)  # runs of characters that are heard
_STEPS, _PACE, _DECAY = 120, 6.0, 1e-5
_NEAR = 5  # how many words ahead a word is paired with
LAWFUL = ""  # the label of clauses that break no rule

Numbers = np.ndarray[Any, Any]

_NOT = re.compile(r"不得|不能|不准|不许|严禁|禁止|未|没有|无须|无需|不再|不予|不|无|免")
_NUMBER = re.compile(
    r"\d+|[一二两三四五六七八九十百千万零〇]{1,9}(?=[元日天个人户年月%名份次套件倍层票家]|平方|工作日|小时)"
)
_BREAK = re.compile(r"[,.;!?:、。\s]+")
_HAN = re.compile(r"[一-龥]")


class Example(NamedTuple):
    """A clause and the rule that it breaks; `LAWFUL` when it breaks none."""

    rule: str
    text: str


class Heard(NamedTuple):
    """The places of a text that the examples know, and how much each counts; the squares add up to 1."""

    places: Numbers
    much: Numbers


@dataclass(frozen=True, slots=True)
class Likeness:
    """`heard` says of each place which examples have it and how much it counts there: `BUCKETS` rows, a column an example.

    An example's column is of length 1. `of_rule`: the numbers of each rule's examples.
    """

    examples: tuple[Example, ...]
    labels: tuple[str, ...]
    rarity: Numbers
    weights: Numbers
    bias: Numbers
    heard: csr_matrix
    of_rule: Mapping[str, Numbers]

    def hear(self, text: str) -> Heard:
        """What of a text the examples know."""
        return _weighed(_marks(text), self.rarity)

    def shares(self, text: Heard) -> dict[str, float]:
        """How much the text is like the examples of each rule, `LAWFUL` among them; together 1."""
        height = text.much @ self.weights[text.places] + self.bias
        odds = np.exp(height - height.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))

    def in_common(self, text: Heard) -> Numbers:
        """How much each example has in common with the text: from 0 to 1, for the same words."""
        common: Numbers = text.much @ self.heard[text.places]
        return common

    def nearest(self, common: Numbers, rule: str) -> tuple[Example, float]:
        """The example of the rule that has most in common with a text (`in_common`), and how much that is."""
        mine = self.of_rule[rule]
        best = int(mine[common[mine].argmax()])
        return self.examples[best], float(common[best])


def _marks(text: str) -> Numbers:
    """The places of all that is heard in a text, each once, in rising order."""
    line = _folded(text)
    heard = {line[i : i + size] for size in SIZES for i in range(len(line) - size + 1)}
    for clause in _BREAK.split(line):
        words = [word for word in rjieba.cut(clause) if word.strip()]
        heard.update(words)
        heard.update(f"{one}_{two}" for one, two in itertools.pairwise(words))
        denied = next((i for i, word in enumerate(words) if _NOT.fullmatch(word)), len(words))
        heard.update(f"!{word}" for word in words[denied + 1 :])
        telling = [word for word in words if len(word) > 1 or _NOT.fullmatch(word)]
        heard.update(
            "&".join(sorted((one, two))) for i, one in enumerate(telling) for two in telling[i + 1 : i + _NEAR]
        )
    return np.unique(np.fromiter((zlib.crc32(one.encode()) % BUCKETS for one in heard), np.int64, len(heard)))


@cache
def _same() -> tuple[re.Pattern[str], Mapping[str, str]]:
    with (EXAMPLES / "same.toml").open("rb") as file:
        means = {word: one for one, words in tomllib.load(file).items() for word in words.split()}
    return re.compile("|".join(map(re.escape, sorted(means, key=len, reverse=True)))), means


def _folded(text: str) -> str:
    """The text in one form of signs, with one word for what has several (same.toml), without its numbers."""
    pattern, means = _same()
    line = pattern.sub(lambda found: means[found.group()], plain(text).strip())
    return re.sub(r"\s+", ",", _NUMBER.sub("#", line))


def _weighed(places: Numbers, rarity: Numbers) -> Heard:
    places = places[rarity[places] > 0]
    much = rarity[places]
    return Heard(places, much / (np.linalg.norm(much) or 1.0))


def learn(examples: Sequence[Example]) -> Likeness:
    """The model of these examples."""
    heard = [_marks(one.text) for one in examples]
    seen = np.bincount(np.concatenate(heard), minlength=BUCKETS)
    rarity = np.zeros(BUCKETS, np.float32)
    rarity[seen > 0] = np.log((1 + len(heard)) / seen[seen > 0])
    laid = [_weighed(places, rarity) for places in heard]
    ends = np.cumsum([0, *(len(places) for places, _ in laid)])
    rows = csr_matrix(
        (np.concatenate([much for _, much in laid]), np.concatenate([places for places, _ in laid]), ends),
        shape=(len(laid), BUCKETS),
    )
    labels = tuple(sorted({one.rule for one in examples}))
    truth = np.eye(len(labels), dtype=np.float32)[[labels.index(one.rule) for one in examples]]
    weights, bias = _descend(rows, truth)
    of_rule = {rule: np.flatnonzero([one.rule == rule for one in examples]) for rule in labels}
    return Likeness(tuple(examples), labels, rarity, weights, bias, rows.T.tocsr(), of_rule)


def _descend(rows: csr_matrix, truth: Numbers) -> tuple[Numbers, Numbers]:
    """Weights that make the truth likely: gradient descent with momentum on the mean cross entropy."""
    used, columns = np.unique(rows.indices, return_inverse=True)
    small = csr_matrix((rows.data, columns, rows.indptr), shape=(rows.shape[0], len(used)))
    turned = small.T.tocsr()
    weights = np.zeros((len(used), truth.shape[1]), np.float32)
    bias = np.zeros(truth.shape[1], np.float32)
    before, before_bias = weights, bias
    for step in range(_STEPS):
        swing = step / (step + 3)
        ahead, ahead_bias = weights + swing * (weights - before), bias + swing * (bias - before_bias)
        height = small @ ahead + ahead_bias
        odds = np.exp(height - height.max(axis=1, keepdims=True))
        off = (odds / odds.sum(axis=1, keepdims=True) - truth) / len(truth)
        before, before_bias = weights, bias
        weights = ahead - _PACE * (turned @ off + _DECAY * ahead)
        bias = ahead_bias - _PACE * off.sum(axis=0)
    spread = np.zeros((BUCKETS, truth.shape[1]), np.float32)
    spread[used] = weights
    return spread, bias


@cache
def examples(kind: str) -> Mapping[str, Mapping[str, Any]]:
    """What `examples/TYPE.toml` holds, by rule: `wrong` and `alike` break it, `right` come near and keep it.

    `wrong` are told by a pattern or check, `alike` by none. `counted`: what is wrong there lies in figures, which no
    likeness can tell; the rule's examples only keep its clauses from being taken for another's.
    """
    with (EXAMPLES / f"{kind}.toml").open("rb") as file:
        return tomllib.load(file)


def taught(kind: str) -> Iterator[Example]:
    """All examples of a type, in the order of the file."""
    for rule, row in examples(kind).items():
        yield from (Example(rule, text) for text in (*row.get("wrong", ()), *row.get("alike", ())))
        yield from (Example(LAWFUL, text) for text in row.get("right", ()))


@cache
def likeness(kind: str) -> Likeness:
    return learn(list(taught(kind)))


class Alike(NamedTuple):
    """A sentence that is like the faulty clauses of a rule. `example`: the one most like it. `score`: see `judged`."""

    rule: str
    span: Span
    example: str
    score: float


def alike(draft: Draft, told: Iterable[Span] = ()) -> Iterator[Alike]:
    """What of a draft is like a fault, one rule a stretch or two; the sentence is the one that is most like it.

    `told`: places of which enough has been said; a stretch that touches one is not asked about.
    """
    model = likeness(draft.kind)
    known = bytearray(len(draft.text))
    for start, end in told:
        known[start:end] = b"\1" * (end - start)
    for stretch in stretches(draft):
        if known.find(1, stretch.start, stretch.end) >= 0:
            continue
        text = draft.text[stretch.start : stretch.end]
        for rule, example, score in judged(model, draft.kind, text):
            sentences = _sentences(draft, stretch)
            if len(sentences) > 1:
                sentences.sort(key=lambda one: model.shares(model.hear(draft.of(one)))[rule])
            sentence = sentences[-1]
            yield Alike(rule, sentence, example, score)


def judged(model: Likeness, kind: str, text: str) -> list[tuple[str, str, float]]:
    """The rules that a text offends against by its looks: each with the example that it is most like, and the score.

    The score is the share of fault, less what the text has in common with the lawful example that is nearest to it: one
    that differs from that in figures alone is left to the rules that can count. A second rule is named when the text is
    like it nearly as much.
    """
    heard = model.hear(text)
    shares = model.shares(heard)
    fault = 1 - shares.pop(LAWFUL)
    first, second = sorted(shares, key=lambda one: -shares[one])[:2] if len(shares) > 1 else (*shares, "")
    if fault < LEVEL[kind] or examples(kind).get(first, {}).get("counted"):
        return []
    common = model.in_common(heard)
    score = fault * (1 - model.nearest(common, LAWFUL)[1])
    if score < LEVEL[kind]:
        return []
    named = [first]
    if second and shares[second] >= ALSO * shares[first] and not examples(kind).get(second, {}).get("counted"):
        named.append(second)
    near = [(rule, *model.nearest(common, rule)) for rule in named]
    return [(rule, example.text, score) for rule, example, kin in near if kin >= KIN]


def stretches(draft: Draft) -> Iterator[Span]:
    """What is asked about at once: a short text whole, of a longer one each line but its title, of a long line each sentence."""
    if len(draft.plain.strip()) <= LONGEST:
        if _says_enough(draft.plain):
            yield Span(0, len(draft.text))
        return
    for line in draft.lines:
        if line == draft.title:
            continue  # it says what the text is about and sets nothing
        for span in (line,) if line.end - line.start <= LONGEST else _sentences(draft, line):
            if _says_enough(draft.of(span)):
                yield span


def _says_enough(text: str) -> bool:
    """A few signs are like anything."""
    return len(_HAN.findall(text)) >= SHORTEST


def _sentences(draft: Draft, whole: Span) -> list[Span]:
    """The sentences of a stretch, without the white space around them."""
    found = []
    at = whole.start
    while at < whole.end:
        end = min(draft.sentence(at).end, whole.end)
        words = draft.plain[at:end]
        if words.strip():
            start = at + len(words) - len(words.lstrip())
            found.append(Span(start, start + len(words.strip())))
        at = end
    return found or [whole]
