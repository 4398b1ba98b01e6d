"""Every rule against natural clauses, both ways; the rules as data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hefa.kernel.law import folder, instrument, read
from hefa.kernel.layers import reading
from hefa.kernel.limit import limits
from hefa.statutes.citations import cite
from hefa.statutes.drafts.checks import CHECKS
from hefa.statutes.drafts.cited import shelf
from hefa.statutes.drafts.lint import draft_of, lint, told
from hefa.statutes.drafts.resemblance import examples
from hefa.statutes.drafts.rule import KINDS, rules
from tests.statutes_updates.conftest import SURCHARGE

DAY = dt.date(2026, 11, 20)
# Asked only of whole documents: tests/drafts/test_whole.py holds their examples.
OF_WHOLE_DOCUMENTS = {"GC-04"}
LAST = {"normative": ("ND", 22), "contract": ("GC", 22), "decision": ("MD", 16), "pact": ("RC", 10),
        "enforcement": ("EN", 10)}  # fmt: skip


@pytest.mark.parametrize(("kind", "rule"), [(kind, rule) for kind in KINDS for rule in examples(kind)])
def test_a_clause_is_marked_when_it_should_be_and_only_then(kind: str, rule: str) -> None:
    """`alike` are marked by no rule: when one is, it has become `wrong`."""
    row = examples(kind)[rule]
    by_rule = {
        text: {one.rule for one in told(draft_of(text, kind, DAY))}
        for text in (*row.get("wrong", ()), *row.get("alike", ()))
    }
    assert [text for text in row.get("wrong", ()) if rule not in by_rule[text]] == []
    assert [text for text in row.get("alike", ()) if rule in by_rule[text]] == []
    hints = {text: [(one.rule, one.quote) for one in lint(text, kind, DAY)] for text in row.get("right", ())}
    assert {text: found for text, found in hints.items() if found} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_of_the_list_is_there_and_has_its_examples(kind: str) -> None:
    prefix, last = LAST[kind]
    ids = {f"{prefix}-{n:02}" for n in range(1, last + 1)}
    assert {rule.id for rule in rules(kind)} == ids
    for rule in ids - OF_WHOLE_DOCUMENTS:
        row = examples(kind)[rule]
        assert len(row["wrong"]) >= 3 and len(row["right"]) >= 3, rule


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_without_a_pattern_has_a_check_and_every_rule_a_basis(kind: str) -> None:
    for rule in rules(kind):
        assert rule.find or rule.together or (rule.check or rule.id) in CHECKS, rule.id
        for day in {rule.since or dt.date(2026, 1, 1), DAY}:
            assert rule.basis_on(day), (rule.id, day)


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_rests_on_an_article_that_is_not_there(kind: str) -> None:
    """The checker's own words are held to what it asks of others."""
    wrong = []
    for rule in rules(kind):
        text = rule.basis_on(DAY)
        wrong += [(rule.id, one.message) for one in cite(text, DAY, shelf())[1] if one.rule in ("C-01", "C-02", "C-03")]
    assert wrong == []


def test_what_a_rule_names_of_the_law_is_there() -> None:
    """A name that is mistyped would only be found by the draft that needs it."""
    named = {one for kind in KINDS for rule in rules(kind) for one in rule.limits.values() if isinstance(one, str)}
    assert {"penalty.surcharge", "penalty.hearing_natural", "penalty.ask_hearing"} <= named
    for law, name in (one.split(".") for one in named):
        assert (name in instrument(law).terms) != (name in limits(law)), f"{law}.{name}"


def test_a_sum_of_the_law_that_an_update_changes_is_asked_of_drafts(tmp_path: Path) -> None:
    """The same law for the desk and for the checker."""
    text = "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款。"
    (tmp_path / "penalty.toml").write_text(SURCHARGE, "utf-8")
    assert lint(text, "enforcement", DAY) == []
    with reading((tmp_path,)):
        (told,) = lint(text, "enforcement", DAY)
        assert told.rule == "EN-08" and "每日按罚款数额的0.5%加处罚款" in told.message
        assert lint(text, "enforcement", dt.date(2026, 11, 19)) == []


def test_the_rules_lie_beside_the_law() -> None:
    assert {path.stem for path in (folder() / "drafting").glob("*.toml")} == set(KINDS)
    assert all(read(folder() / "drafting", kind)["rule"] for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "rule", "text", "before", "after"),
    [
        ("contract", "GC-18", "验收合格后90日内甲方支付合同价款。", "2025-05-31", "2025-06-01"),
        ("contract", "GC-20", "工程结算价以审计机关审定的金额为准。", "2025-05-19", "2025-05-20"),
        ("contract", "GC-22", "依照《合同法》订立本合同。", "2020-12-31", "2021-01-01"),
        ("normative", "ND-12", "因时间紧迫未开展公平竞争审查。", "2024-07-31", "2024-08-01"),
        ("decision", "MD-03", "方案公开征求意见10日。", "2019-08-31", "2019-09-01"),
    ],
)
def test_a_rule_holds_from_the_day_of_its_law(kind: str, rule: str, text: str, before: str, after: str) -> None:
    assert rule not in {one.rule for one in lint(text, kind, dt.date.fromisoformat(before))}
    assert rule in {one.rule for one in lint(text, kind, dt.date.fromisoformat(after))}


def test_the_basis_is_that_of_the_day() -> None:
    text = "若收益不足，居民委员会承担差额补足责任。"
    old, new = (lint(text, "contract", dt.date(year, 6, 1))[0].basis for year in (2025, 2026))
    assert "城市居民委员会组织法" in new and "城市居民委员会组织法" not in old
