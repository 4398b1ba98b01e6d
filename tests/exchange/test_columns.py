"""Columns follow from the declarations, for every kind that there is."""

from __future__ import annotations

import pytest

from hefa.exchange.columns import Column, columns, repeatable, required
from hefa.exchange.matching import match, recognise
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import KINDS, PARTIES, find_kind

LABELS = sorted(KINDS)


def by_header(kind: str) -> dict[str, Column]:
    return {column.header: column for column in columns(find_kind(kind))}


@pytest.mark.parametrize("label", LABELS)
def test_headers_and_keys_are_unique_and_told(label: str) -> None:
    found = columns(KINDS[label])
    assert len({column.header for column in found}) == len({column.key for column in found}) == len(found)
    for column in found:
        assert column.expected
        assert recognise(KINDS[label], column.header) == (column, "exact")


@pytest.mark.parametrize("label", LABELS)
def test_every_step_and_every_answer_has_its_column(label: str) -> None:
    kind = KINDS[label]
    keys = {column.key for column in columns(kind)}
    for step in kind.flow.steps:
        assert f"{step.name}:day" in keys
        for name in step.fields:
            if name == PARTIES:
                assert all(f"{side}:name" in keys for side in kind.sides)
            else:
                assert name in keys or f"{step.name}:{name}" in keys


@pytest.mark.parametrize("label", LABELS)
def test_a_blank_ledger_matches_itself(label: str) -> None:
    headers = [column.header for column in columns(KINDS[label])]
    matching = match(KINDS[label], headers)
    assert [one.how for one in matching.matches] == ["exact"] * len(headers)
    assert not matching.clashes
    assert not matching.warnings("台账")


def test_columns_of_a_dispute() -> None:
    found = by_header("mediation.dispute")
    assert found["受理日期"].role == "day"
    assert found["调解日期"].repeats
    assert not found["达成书面协议日期"].repeats
    assert found["调解记录"].key == "sit:record"
    assert found["终止调解理由"].key == "terminate:reason"
    assert found["报街道调委会单位"].shape == "office"
    assert found["来源事项"].shape == "matter"
    assert found["承办人"].shape == "person"
    assert found["被申请人住址"].side == "respondent"
    assert found["涉及金额（元）"].steps == ("accept", "agree", "agree_orally")


def test_steps_that_can_be_taken_again() -> None:
    flow = Flow(
        states={"a": "甲", "b": "乙", "c": "丙"},
        ends=("c",),
        steps=(
            Step(name="begin", label="始", by=(), to="a"),
            Step(name="stay", label="停", by=(), at=("a",)),
            Step(name="go", label="去", by=(), at=("a",), to="b"),
            Step(name="back", label="回", by=(), at=("b",), to="a"),
            Step(name="end", label="终", by=(), at=("b",), to="c"),
        ),
    )
    assert repeatable(flow) == {"stay", "go", "back"}


def test_needed_columns_depend_on_how_matters_open() -> None:
    kind = find_kind("mediation.dispute")
    accepted = {column.header for column in required(kind, frozenset({"accept"}), has_office=True)}
    assert accepted == {"事由", "纠纷类型", "案件来源", "申请人", "纠纷简要情况"}
    declined = {column.header for column in required(kind, frozenset({"decline"}), has_office=False)}
    assert declined == {"单位", "事由", "纠纷类型", "案件来源", "申请人", "不予受理理由"}
    assert "受理日期" in {column.header for column in required(kind, frozenset(), has_office=False)}
