"""Citations on three days: how many of the wrong ones are told, and how many of the told are wrong."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from hefa.statutes.citations import cite
from hefa.statutes.shelf import Shelf

CITED = tomllib.loads(Path(__file__).with_name("three_days.toml").read_text("utf-8"))["cited"]
DAYS = sorted({one["on"] for one in CITED})


def test_there_are_sixty_a_third_of_them_wrong() -> None:
    assert len(CITED) == 60 and sum(one["wrong"] for one in CITED) == 21
    assert [sum(one["on"] == day for one in CITED) for day in DAYS] == [20, 20, 20]


@pytest.mark.parametrize("day", DAYS)
def test_wrong_ones_are_told_and_sound_ones_are_left_alone(shelf: Shelf, day: dt.date) -> None:
    here = [one for one in CITED if one["on"] == day]
    told = [one for one in here if cite(one["text"], day, shelf)[1]]
    right = [one for one in told if one["wrong"]]
    missed = [one["text"] for one in here if one["wrong"] and one not in told]
    alarms = [
        (one["text"], [each.message for each in cite(one["text"], day, shelf)[1]]) for one in told if not one["wrong"]
    ]
    print(f"{day}: precision {len(right)}/{len(told)}, recall {len(right)}/7, missed {missed}")
    assert alarms == []
    assert len(right) >= 6, missed
