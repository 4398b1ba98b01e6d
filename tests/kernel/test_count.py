"""A bare term from a day: the counting vectors, rest days, month ends, years not yet announced."""

import datetime as dt

import pytest

from hefa.kernel import clock


def on(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "unit", "to"),
    [
        ("2024-01-25", 20, "working", "2024-02-27"),
        ("2024-09-20", 20, "working", "2024-10-23"),
        ("2025-09-25", 20, "working", "2025-10-29"),
        ("2026-02-10", 20, "working", "2026-03-16"),
        ("2026-02-10", 7, "working", "2026-02-26"),
        ("2026-09-18", 20, "working", "2026-10-22"),
        ("2026-04-28", 15, "working", "2026-05-21"),
        ("2022-09-30", 20, "working", "2022-11-02"),  # a decided case
        ("2026-08-05", 60, "calendar", "2026-10-08"),
        ("2026-09-01", 30, "calendar", "2026-10-08"),
        ("2026-06-01", 30, "calendar", "2026-07-01"),
        ("2026-06-05", 1, "calendar", "2026-06-08"),  # Saturday → Monday
        ("2026-02-13", 1, "calendar", "2026-02-14"),  # a Saturday that is worked
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2026-01-31", 1, "month", "2026-02-28"),  # a Saturday that is worked
        ("2023-01-31", 1, "month", "2023-02-28"),
        ("2026-03-31", 6, "month", "2026-09-30"),
        ("2026-04-01", 6, "month", "2026-10-08"),
        ("2026-01-15", 3, "month", "2026-04-15"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2020-02-29", 4, "year", "2024-02-29"),
        ("2021-05-06", 5, "year", "2026-05-06"),
        ("2021-10-04", 5, "year", "2026-10-08"),
    ],
)
def test_terms_from_a_day(start, n, unit, to):
    result = clock.count(on(start), n, unit)
    assert result.due_on == on(to)
    assert not result.estimated
    assert result.days[0] == (on(start), False, "起算日不计入") and result.days[-1].date == on(to)


def test_a_bare_term_needs_a_length_and_a_unit():
    with pytest.raises(ValueError, match="正整数"):
        clock.count(on("2026-01-05"), 0, "working")
    with pytest.raises(ValueError, match="单位"):
        clock.count(on("2026-01-05"), 1, "weeks")


def test_json_shape():
    result = clock.count(on("2026-02-13"), 1, "calendar").to_json()
    assert result == {
        "due": "2026-02-14",
        "estimated": False,
        "days": [
            {"date": "2026-02-13", "counted": False, "why": "起算日不计入"},
            {"date": "2026-02-14", "counted": True, "why": "第1日"},
        ],
        "basis": ["《中华人民共和国民法典》第二百零一条第一款"],
    }


@pytest.mark.parametrize(
    ("start", "n", "unit", "estimated"),
    [
        ("2026-12-01", 20, "working", False),
        ("2026-12-15", 20, "working", True),
        ("2026-12-31", 1, "working", True),
        ("2026-12-01", 30, "calendar", False),
        ("2026-12-10", 30, "calendar", True),
        ("2021-12-31", 5, "year", False),
        ("2024-12-31", 5, "year", True),
        ("2003-12-20", 30, "calendar", False),  # ends in a known year: how it rolls is known
        ("2003-12-20", 20, "working", True),
    ],
)
def test_a_date_through_an_unknown_year_is_marked(start, n, unit, estimated):
    result = clock.count(on(start), n, unit)
    assert result.estimated is estimated
    assert any("估算" in line for line in result.explain()) is estimated
