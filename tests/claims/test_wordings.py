"""Invented sentences in the wording of many kinds of report: no alarm on what holds, a name for what does not."""

import random
from pathlib import Path

import pytest

from hefa.claims import check
from tests.claims.wordings import Wording, drawn

ROUNDS = range(12)
# What is left: a changed digit that rounds to the same rate, or that a defensible reading explains.
NAMED_AT_LEAST = 0.95
TRUE = (Path(__file__).parent / "wordings-true.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", TRUE, ids=lambda line: line[:24])
def test_true_line_is_silent(line: str) -> None:
    assert [(f.rule, f.arithmetic) for f in check(line).findings] == []


@pytest.mark.parametrize("seed", ROUNDS)
def test_drawn_sentence_that_holds_is_silent(seed: int) -> None:
    for wording in drawn(random.Random(seed)):
        assert [(f.rule, f.arithmetic) for f in check(wording.text).findings] == [], wording.text


def test_one_digit_changed_is_named() -> None:
    missed, made = [], 0
    for seed in ROUNDS:
        rng = random.Random(seed)
        wordings: list[Wording] = list(drawn(rng))
        for text in (text for wording in wordings for text in wording.mutants(rng)):
            made += 1
            if not check(text).findings:
                missed.append(text)
    assert len(missed) <= made * (1 - NAMED_AT_LEAST), missed
