"""law/holidays.toml against two libraries that others keep, every single day."""

import datetime as dt

import pytest

from hefa.kernel import days


def every_day(first_year, last_year):
    day = dt.date(first_year, 1, 1)
    while day.year <= last_year:
        yield day
        day += days.ONE_DAY


def test_every_day_since_2004_against_chinesecalendar():
    theirs = pytest.importorskip("chinese_calendar")
    differing = [day for day in every_day(2004, 2026) if days.is_workday(day) != theirs.is_workday(day)]
    # 国办发明电〔2005〕35号: this Saturday was worked for 3 January 2006, which they have as a day off.
    assert differing == [dt.date(2005, 12, 31)]


def test_every_day_since_2004_against_holidays():
    theirs = pytest.importorskip("holidays").country_holidays("CN", years=range(2004, 2027))
    differing = [day for day in every_day(2004, 2026) if days.is_workday(day) != theirs.is_working_day(day)]
    assert differing == []


def test_holidays_off_in_the_years_without_a_notice():
    """The other library adds days in lieu; without those, and without weekends, both name the same days."""
    theirs = pytest.importorskip("holidays").country_holidays("CN", years=range(2027, 2031), language="zh_CN")
    statutory = {day for day, name in theirs.items() if any("补假" not in part for part in name.split("; "))}
    ours = {day for day in every_day(2027, 2030) if days.describe(day).why.endswith("放假")}
    assert ours == statutory
