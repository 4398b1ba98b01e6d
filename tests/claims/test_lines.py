"""Invented lines: true ones stay silent, false ones are named by the right rule. Both parts, seen and unseen."""

import tomllib
from pathlib import Path

import pytest

from hefa.claims import check

HERE = Path(__file__).parent


def lines(name: str) -> list[dict[str, str]]:
    return tomllib.loads((HERE / name).read_text("utf-8"))["line"]


# Lines that the rules leave alone because a reader could defend them: kept, so that the count stays honest.
MISSED_AT_MOST = 0.025


@pytest.mark.parametrize("line", lines("lines-true.toml"), ids=lambda line: line["text"][:24])
def test_true_line_is_silent(line: dict[str, str]) -> None:
    assert [(f.rule, f.arithmetic) for f in check(line["text"]).findings] == []


def test_false_lines_are_named() -> None:
    wrong = lines("lines-false.toml")
    missed = [line["text"] for line in wrong if line["rule"] not in {f.rule for f in check(line["text"]).findings}]
    assert len(missed) <= MISSED_AT_MOST * len(wrong), missed


def test_every_finding_shows_its_arithmetic_in_one_line() -> None:
    for line in lines("lines-false.toml"):
        for found in check(line["text"]).findings:
            assert found.arithmetic and "\n" not in found.arithmetic
            assert found.message.endswith(("。", "？"))
            assert found.severity in ("error", "warning", "hint")
