"""Working days: the published exchange days, the estimated years, and counting."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.kernel import days, law

# Days off and days worked in exchange, month-day, for the years whose notices were compared day by day.
OFF = {
    2023: "01-01 01-02 01-21:01-27 04-05 04-29:05-03 06-22:06-24 09-29:10-06",
    2024: "01-01 02-10:02-17 04-04:04-06 05-01:05-05 06-10 09-15:09-17 10-01:10-07",
    2025: "01-01 01-28:02-04 04-04:04-06 05-01:05-05 05-31:06-02 10-01:10-08",
    2026: "01-01:01-03 02-15:02-23 04-04:04-06 05-01:05-05 06-19:06-21 09-25:09-27 10-01:10-07",
}
WORK = {
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
any_day = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


def spread(year, text):
    found = set()
    for part in text.split():
        first, _, last = part.partition(":")
        day, end = (dt.date.fromisoformat(f"{year}-{md}") for md in (first, last or first))
        while day <= end:
            found.add(day)
            day += days.ONE_DAY
    return found


def days_of(year):
    day = dt.date(year, 1, 1)
    while day.year == year:
        yield day
        day += days.ONE_DAY


@pytest.mark.parametrize("year", sorted(OFF))
def test_a_year_follows_its_notice_day_by_day(year):
    off, work = spread(year, OFF[year]), spread(year, WORK[year])
    for day in days_of(year):
        assert days.is_workday(day) == (day in work or (day.weekday() < 5 and day not in off)), day


@pytest.mark.parametrize(("year", "number"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year, number):
    assert sum(days.is_workday(day) for day in days_of(year)) == number
    assert days.working_between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)) == number


@pytest.mark.parametrize(
    ("day", "workday", "why"),
    [
        ("2026-02-10", True, "工作日"),
        ("2026-02-14", True, "调休上班（周六）"),
        ("2026-01-04", True, "调休上班（周日）"),
        ("2026-02-17", False, "春节放假"),
        ("2026-02-21", False, "春节放假"),
        ("2026-03-07", False, "周六"),
        ("2026-03-08", False, "周日"),
        ("2022-12-31", False, "元旦放假"),
        ("2015-09-03", False, "抗战胜利纪念日放假"),
    ],
)
def test_every_day_says_why(day, workday, why):
    assert days.describe(dt.date.fromisoformat(day)) == (workday, why, False)


def test_a_year_without_a_notice_is_marked_and_knows_the_statutory_holidays():
    spring = days.describe(dt.date(2027, 2, 8))
    assert spring == (False, "春节放假", True)
    assert days.describe(dt.date(2027, 2, 9)) == (True, "工作日", True)
    # Beyond the file: Monday to Friday, and still marked.
    assert days.describe(dt.date(2040, 10, 1)) == (True, "工作日", True)
    assert days.describe(dt.date(2003, 10, 1)).estimated
    assert days.is_estimated(dt.date(2003, 12, 31)) and not days.is_estimated(dt.date(2004, 1, 1))


@pytest.mark.parametrize(("year", "number"), [(2027, 13), (2028, 12), (2029, 13), (2030, 13)])
def test_estimated_years_hold_the_thirteen_statutory_days(year, number):
    """2028 has twelve: Mid-autumn is 3 October, which is National Day too."""
    named = [day for day in days_of(year) if "放假" in days.describe(day).why]
    assert len(named) == number
    assert not any("调休" in days.describe(day).why for day in days_of(year))


def test_the_years_with_a_notice():
    assert days.official_years() == tuple(range(2004, 2027))


@pytest.mark.parametrize(
    ("today", "open_due", "missing"),
    [
        ("2026-10-31", [], ()),
        ("2026-11-01", [], (2027,)),
        ("2026-10-01", ["2027-01-04", "2026-12-30"], (2027,)),
        ("2027-03-01", [], (2027,)),
        ("2025-12-31", [], ()),
    ],
)
def test_missing_notices_are_warned_of(today, open_due, missing):
    due = [dt.date.fromisoformat(day) for day in open_due]
    assert days.missing_years(dt.date.fromisoformat(today), due) == missing


@pytest.mark.parametrize(("day", "due"), [("2026-10-01", "2026-10-08"), ("2026-10-08", "2026-10-08")])
def test_next_workday(day, due):
    assert days.next_workday(dt.date.fromisoformat(day)) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    ("day", "n", "to"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-08-31", 6, "2027-02-28"),
    ],
)
def test_corresponding_day_of_a_later_month(day, n, to):
    assert days.add_months(dt.date.fromisoformat(day), n) == dt.date.fromisoformat(to)


def test_adding_no_day_and_a_negative_number():
    assert days.add_working(dt.date(2026, 2, 17), 0) == dt.date(2026, 2, 17)
    with pytest.raises(ValueError, match="不能为负"):
        days.add_working(dt.date(2026, 2, 17), -1)


@given(any_day, st.integers(1, 300))
def test_adding_and_counting_are_inverse(day, n):
    end = days.add_working(day, n)
    assert days.is_workday(end)
    assert days.working_between(day, end) == n
    assert days.working_between(end, day) == -n
    assert days.working_between(day, end - days.ONE_DAY) == n - 1


@given(any_day, st.integers(0, 800))
def test_counting_is_the_sum_of_the_days(day, length):
    end = day + dt.timedelta(days=length)
    walked = sum(days.is_workday(day + dt.timedelta(days=step)) for step in range(1, length + 1))
    assert days.working_between(day, end) == walked


@given(any_day)
def test_description_agrees_with_the_plain_answer(day):
    assert days.describe(day).workday == days.is_workday(day)
    assert days.describe(day).estimated == (day.year not in range(2004, 2027))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "off = [{ from = 2026-01-01, to = 2026-01-03, name = '元旦' }]\nwork = [2026-01-02]",
            "既登记为放假又登记为上班",
        ),
        ("off = []\nwork = [2025-12-31]", "不是这一年的日期"),
        ("off = [{ from = 2026-01-03, to = 2026-01-01, name = '元旦' }]\nwork = []", "早于起日"),
        ("off = []", "缺少键“work”"),
        ("off = []\nwork = []\nnotice = 'x'", "不认识的键“notice”"),
        ("off = [{ from = 2026-01-01, to = 2026-01-01 }]\nwork = []", "缺少键“name”"),
    ],
)
def test_a_faulty_notice_is_refused_with_its_place(table, said, tmp_path):
    (tmp_path / "holidays.toml").write_text(f'[2026]\nstatus = "official"\nsource = "x"\n{table}\n', encoding="utf-8")
    with pytest.raises(law.BadLaw, match=said) as refused:
        days._calendar(tmp_path)
    assert "holidays.toml" in str(refused.value)
