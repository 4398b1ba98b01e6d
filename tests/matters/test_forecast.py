"""The forecast of a figure: properties of the arithmetic, and the outlook of a target over a real ledger."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.kernel.act import act, open_matter
from hefa.kernel.people import Actor, Level, Office
from hefa.matters.planning.forecast import Change, Forecast, Reading, forecast
from hefa.matters.planning.models import Target
from hefa.matters.planning.outlook import outlook
from tests.kernel.town import accept, build

START, END = date(2024, 1, 1), date(2024, 12, 31)
DAYS = st.dates(START, END)
VALUES = st.fractions(-1000, 1000, max_denominator=100)
READINGS = st.lists(st.builds(Reading, DAYS, VALUES), min_size=1, max_size=12, unique_by=lambda one: one.day)
CHANGES = st.lists(st.builds(Change, DAYS, VALUES), max_size=8)


def _forecast(*args: Any, **kwargs: Any) -> Forecast:
    found = forecast(*args, **kwargs)
    assert found is not None
    return found


@given(start=VALUES, pace=VALUES, days=st.lists(st.integers(0, 300), min_size=2, max_size=9, unique=True))
def test_a_line_goes_on_as_a_line(start: Fraction, pace: Fraction, days: list[int]) -> None:
    readings = [Reading(START + timedelta(days=n), start + pace * n) for n in days]
    assert _forecast(readings, END).value == start + pace * (END - START).days


@given(day=DAYS, value=VALUES)
def test_one_reading_has_no_pace(day: date, value: Fraction) -> None:
    found = _forecast([Reading(day, value)], END)
    assert (found.value, found.pace) == (value, 0)


@given(readings=READINGS, planned=CHANGES, seed=st.integers(0, 99))
def test_order_does_not_matter(readings: list[Reading], planned: list[Change], seed: int) -> None:
    mixed, others = readings[:], planned[:]
    random.Random(seed).shuffle(mixed)
    random.Random(seed + 1).shuffle(others)
    assert forecast(mixed, END, others) == forecast(readings, END, planned)


@given(readings=READINGS, planned=CHANGES)
def test_the_parts_add_up(readings: list[Reading], planned: list[Change]) -> None:
    found = _forecast(readings, END, planned)
    assert found.value == found.last.value + found.by_pace + found.by_plan
    assert found.by_plan == sum(change.by for change in planned if found.last.day < change.day <= END)
    assert _forecast(readings, END).value + found.by_plan == found.value


@given(readings=READINGS, planned=CHANGES, more=st.builds(Change, DAYS, st.fractions(0, 1000, max_denominator=100)))
def test_doing_more_never_ends_lower(readings: list[Reading], planned: list[Change], more: Change) -> None:
    limits = (Fraction(0), Fraction(100))
    without = _forecast(readings, END, planned, limits=limits).value
    assert _forecast(readings, END, [*planned, more], limits=limits).value >= without


@given(readings=READINGS, planned=CHANGES)
def test_a_share_stays_a_share(readings: list[Reading], planned: list[Change]) -> None:
    found = _forecast(readings, END, planned, limits=(Fraction(0), Fraction(100)))
    assert all(0 <= found.on(found.last.day + timedelta(days=n)) <= 100 for n in range((END - found.last.day).days + 1))


@given(readings=READINGS, planned=CHANGES, target=VALUES, at_most=st.booleans())
def test_the_day_of_reaching_is_the_first(
    readings: list[Reading], planned: list[Change], target: Fraction, at_most: bool
) -> None:
    found = _forecast(readings, END, planned)
    day = found.reaches_on(target, at_most=at_most)
    span = [found.last.day + timedelta(days=n) for n in range((END - found.last.day).days + 1)]
    met = [one for one in span if (found.on(one) <= target if at_most else found.on(one) >= target)]
    assert day == (met[0] if met else None)
    assert found.reaches(target, at_most=at_most) == (END in met)


@given(readings=READINGS, end=DAYS)
def test_what_comes_after_the_end_is_not_known(readings: list[Reading], end: date) -> None:
    known = [one for one in readings if one.day <= end]
    assert forecast(readings, end) == forecast(known, end)
    assert (forecast(readings, end) is None) == (not known)


def test_of_two_readings_of_one_day_the_later_holds() -> None:
    assert _forecast([Reading(START, Fraction(1)), Reading(START, Fraction(2))], END).value == 2


def test_what_is_planned_for_a_day_gone_by_is_not_counted_again() -> None:
    readings = [Reading(date(2024, 3, 1), Fraction(30)), Reading(date(2024, 6, 1), Fraction(30))]
    planned = [Change(date(2024, 6, 1), Fraction(10)), Change(date(2024, 9, 1), Fraction(20))]
    found = _forecast(readings, END, planned)
    assert (found.value, found.reaches_on(Fraction(50))) == (50, date(2024, 9, 1))
    assert found.reaches_on(Fraction(51)) is None


@pytest.fixture
def street(db: None) -> Office:
    district = Office.objects.create(code="D", name="鄞州区", short="鄞州", level=Level.DISTRICT)
    return Office.objects.create(code="S", name="中河街道", short="中河", level=Level.STREET, parent=district)


def test_outlook_of_the_certified_share(street: Office) -> None:
    """Ten on the staff, two certified: 20 %. An arrangement promises 45 points; the target of 60 % is then reached."""
    actor = Actor.operator()

    def opened(kind: str, day: date, **answers: Any) -> Any:
        return open_matter(kind, actor=actor, office=street, day=day, answers=answers)

    target = opened(
        "planning.target", date(2024, 1, 2), watches="enforcement.certified_share", scheme="考核", year=2024, value=60
    )
    row = Target.objects.get(pk=target.pk)
    assert outlook(row, date(2024, 2, 1)) is None
    officers = [
        opened(
            "enforcement.officer", date(2024, 1, 10), full_name=f"某{n}", post="非执法岗位", employment="编制内"
        )
        for n in range(10)
    ]  # fmt: skip
    for officer in officers[:2]:
        act(officer, "register_exam", actor=actor, day=date(2024, 1, 11), answers={})
        passed = {"exam_on": "2024-01-20", "score": 80}
        act(officer, "pass_exam", actor=actor, day=date(2024, 1, 22), answers=passed)
    flat = outlook(row, date(2024, 3, 15))
    assert flat is not None and (flat.last.value, flat.pace, flat.value) == (20, 0, 20)
    assert not flat.reaches(Fraction(60))
    opened(
        "planning.planitem", date(2024, 3, 1), title="组织考试", year=2024, content="应考尽考", owner="党建办",
        due_by="2024-10-31", watches="enforcement.certified_share", value=60, adds=45,
    )  # fmt: skip
    planned = outlook(row, date(2024, 3, 15))
    assert planned is not None and (planned.value, planned.by_plan) == (65, 45)
    assert planned.reaches_on(Fraction(60)) == date(2024, 10, 31)
    assert outlook(row, date(2023, 12, 31)) is None


def test_what_adds_up_over_a_year_goes_on_at_the_pace_of_the_year(db: None) -> None:
    """Ten disputes in the first fifty days are two a ten days: 73 in the year, whatever January alone was like."""
    town = build()
    office = town.street
    for n in range(10):
        accept(town, day=date(2023, 2, 1) + timedelta(days=2 * n), who="mediator")
    target = open_matter(
        "planning.target", actor=Actor.operator(), office=office, day=date(2023, 1, 4),
        answers={"watches": "mediation.accepted", "scheme": "考核", "year": 2023, "value": 80},
    )  # fmt: skip
    found = outlook(Target.objects.get(pk=target.pk), date(2023, 2, 19))
    assert found is not None and (found.last.value, found.pace, found.value) == (10, Fraction(1, 5), 73)
    assert not found.reaches(Fraction(80)) and found.reaches(Fraction(73))
