"""Two hundred citations of three days, each run by itself: the sound are left alone, the wrong are told by the right rule."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from hefa.statutes.citations import cite
from hefa.statutes.shelf import Shelf

CITED = tomllib.loads(Path(__file__).with_name("two_hundred.toml").read_text("utf-8"))["cited"]


def test_a_third_of_them_is_wrong() -> None:
    assert len(CITED) >= 195 and sum(bool(one["rule"]) for one in CITED) >= 65


@pytest.mark.parametrize("one", CITED, ids=[one["text"][:24] for one in CITED])
def test_what_is_said_of_each(shelf: Shelf, one: dict[str, Any]) -> None:
    found = cite(one["text"], one["on"], shelf)[1]
    told = [(each.rule, each.message) for each in found if each.severity != "advise" or one["rule"]]
    assert {rule for rule, _ in told} >= {one["rule"]} if one["rule"] else not told, told
