"""The second look: what is put in other words than any pattern is told by examples, as advice, and never twice."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from hefa.statutes.drafts import resemblance
from hefa.statutes.drafts.lint import draft_of, guessed, lint, told
from hefa.statutes.drafts.resemblance import LAWFUL, LONGEST, Example, alike, learn, stretches
from hefa.statutes.drafts.rule import KINDS, rules

DAY = dt.date(2026, 11, 20)
FINE = [f"对{who}的{what}，由居委会处以罚款。" for who in ("商户", "住户", "车主") for what in ("占道", "乱堆", "噪声")]
KEPT = [f"对{who}的{what}，由社区劝导改正。" for who in ("商户", "住户", "车主") for what in ("占道", "乱堆", "噪声")]
TAUGHT = [Example("RC-04", text) for text in FINE] + [Example(LAWFUL, text) for text in KEPT]


def test_a_text_is_like_what_it_shares_words_with_and_names_it() -> None:
    model = learn(TAUGHT)
    fault = model.shares(model.hear("对租户的噪声，由居委会处以罚款"))
    kept = model.shares(model.hear("对租户的噪声，由社区劝导改正"))
    assert fault["RC-04"] > 0.8 and kept["RC-04"] < 0.2
    assert sum(fault.values()) == pytest.approx(1, abs=1e-5)
    example, common = model.nearest(model.in_common(model.hear("对租户的噪声，由居委会处以罚款")), "RC-04")
    assert example.text in FINE and "噪声" in example.text and 0.5 < common < 1


def test_the_same_examples_give_the_same_model_and_what_none_of_them_knows_tells_nothing() -> None:
    one, two = learn(TAUGHT), learn(TAUGHT)
    assert np.array_equal(one.weights, two.weights) and np.array_equal(one.bias, two.bias)
    assert one.shares(one.hear("qwertz")) == pytest.approx({"RC-04": 0.5, LAWFUL: 0.5}, abs=0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_examples_are_of_rules_and_no_text_is_both_wrong_and_right(kind: str) -> None:
    known = {rule.id for rule in rules(kind)}
    texts: list[str] = []
    for rule, row in resemblance.examples(kind).items():
        assert set(row) <= {"wrong", "alike", "right", "counted"}
        assert rule in known or not ({"wrong", "alike"} & set(row)), rule
        texts += [text for key in ("wrong", "alike", "right") for text in row.get(key, ())]
    assert len(texts) == len(set(texts))


def test_a_short_text_is_asked_about_whole_a_long_one_by_lines_and_a_long_line_by_sentences() -> None:
    short = draft_of("一、第一句话在这里。\n二、第二句话在这里。", "pact")
    assert [short.text[start:end] for start, end in stretches(short)] == [short.text]
    sentence = "居民应当爱护公共设施，" + "共同维护环境" * 10 + "。"
    long = draft_of("居民公约\n" + sentence * 6 + "\n\n  本公约自通过之日起施行。  \n短。", "pact")
    assert len(sentence) * 6 > LONGEST
    assert [long.text[start:end] for start, end in stretches(long)] == [sentence] * 6 + ["  本公约自通过之日起施行。  "]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["w{", "罚款", "第一条　", "12345678901234567890", "abc def ghi jkl mno pqr"])
def test_a_few_signs_are_like_anything_and_are_not_asked_about(text: str, kind: str) -> None:
    assert list(stretches(draft_of(text, kind))) == []


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look knows nine clauses of each sort."""
    model = learn(TAUGHT)
    monkeypatch.setattr(resemblance, "likeness", lambda kind: model)


@pytest.mark.usefixtures("little")
def test_the_sentence_most_like_a_fault_is_marked_at_its_place() -> None:
    text = "大家和睦相处。 对租户的噪声，由居委会处以罚款。大家互相帮助。"
    (found,) = alike(draft_of(text, "pact"))
    assert text[found.span.start : found.span.end] == "对租户的噪声，由居委会处以罚款。"
    assert found.rule == "RC-04" and found.example in FINE and found.score >= resemblance.LEVEL["pact"]


@pytest.mark.usefixtures("little")
def test_a_guess_is_advice_that_shows_its_example_and_is_silent_where_a_rule_has_spoken() -> None:
    draft = draft_of("对租户的噪声，由居委会处以罚款。", "pact", DAY)
    (guess,) = guessed(draft, [])
    assert (guess.rule, guess.severity) == ("RC-04", "advise")
    assert any(one in guess.message for one in FINE) and guess.quote in guess.message and guess.basis
    assert guessed(draft, [*told(draft)]) == []
    assert [one.severity for one in lint(draft.text, "pact", DAY)] == ["block"]


def test_a_clause_that_is_as_much_like_two_rules_is_told_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    guards = [Example("RC-04", text.replace("居委会", "保安")) for text in FINE]
    owners = [Example("RC-07", text.replace("居委会", "物业")) for text in FINE]
    model = learn([*guards, *owners, *(Example(LAWFUL, text) for text in KEPT)])
    monkeypatch.setattr(resemblance, "likeness", lambda kind: model)
    both = [one.rule for one in alike(draft_of("对租户的噪声，由队长处以罚款。", "pact"))]
    assert sorted(both) == ["RC-04", "RC-07"]
    assert [one.rule for one in alike(draft_of("对租户的噪声，由物业处以罚款。", "pact"))] == ["RC-07"]


@pytest.mark.usefixtures("little")
def test_what_differs_from_a_lawful_example_in_figures_alone_is_left_to_the_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = learn(
        [
            *TAUGHT,
            Example(LAWFUL, "罚款5元，由居委会处。"),
            *[Example("RC-04", f"罚款{n}00元，由居委会处。") for n in (5, 6, 7)],
        ]
    )
    monkeypatch.setattr(resemblance, "likeness", lambda kind: model)
    assert model.shares(model.hear("罚款8元，由居委会处。"))["RC-04"] > 0.5
    assert list(alike(draft_of("罚款8元，由居委会处。", "pact"))) == []


@pytest.mark.usefixtures("little")
def test_what_lies_in_figures_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resemblance, "examples", lambda kind: {"RC-04": {"counted": True}})
    assert list(alike(draft_of("对租户的噪声，由居委会处以罚款。", "pact", DAY))) == []
