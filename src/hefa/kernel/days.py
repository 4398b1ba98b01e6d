"""Working days of the People's Republic, with 调休 make-up days. Reads holidays.toml once; pure otherwise.

A year whose notice is not loaded is never passed off as known: its days count as Monday to Friday (less the
statutory holidays where the file estimates them) and say `estimated`.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from . import layers

ONE_DAY = dt.timedelta(days=1)
# The notice for the next year comes out in November; a year not loaded from then on is worth a warning.
NOTICE_EXPECTED_FROM_MONTH = 11
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class DayKind(NamedTuple):
    """`why` in words: 工作日, 周六, 春节放假, 调休上班（周日）. `estimated`: the year's notice is not loaded."""

    workday: bool
    why: str
    estimated: bool


@dataclass(frozen=True, eq=False)
class _Calendar:
    off: Mapping[dt.date, str]
    work: frozenset[dt.date]
    official: frozenset[int]
    # Where the days differ from Monday to Friday, as sorted ordinals, so that counting needs no walk.
    extra: tuple[int, ...]
    missing: tuple[int, ...]

    def is_workday(self, day: dt.date) -> bool:
        return (day.weekday() < 5 and day not in self.off) or day in self.work

    def rank(self, day: dt.date) -> int:
        """How many working days lie between 0001-01-01 (a Monday) and `day`, both included."""
        ordinal = day.toordinal()
        weeks, rest = divmod(ordinal, 7)
        return weeks * 5 + min(rest, 5) + bisect_right(self.extra, ordinal) - bisect_right(self.missing, ordinal)


def describe(day: dt.date) -> DayKind:
    """Whether a day is worked, why, and whether that is only an estimate."""
    return _describe(_now(), day)


def is_workday(day: dt.date) -> bool:
    return _now().is_workday(day)


def is_estimated(day: dt.date) -> bool:
    return day.year not in _now().official


def spans_estimated(first: dt.date, last: dt.date) -> bool:
    """True when a day from `first` to `last` (both included) lies in a year without a notice."""
    official = _now().official
    return any(year not in official for year in range(first.year, last.year + 1))


def next_workday(day: dt.date) -> dt.date:
    """The first working day on or after `day`."""
    worked = _now().is_workday
    while not worked(day):
        day += ONE_DAY
    return day


def add_working(day: dt.date, n: int) -> dt.date:
    """The n-th working day after `day` (n ≥ 0; `day` itself does not count; n = 0 gives `day`)."""
    if n < 0:
        raise ValueError(f"工作日数不能为负：{n}")
    calendar = _now()
    work, off = calendar.work, calendar.off
    while n:
        day += ONE_DAY
        if (day.weekday() < 5 and day not in off) or day in work:
            n -= 1
    return day


def working_between(after: dt.date, upto: dt.date) -> int:
    """How many working days lie in (after, upto]; negative when `upto` is the earlier day."""
    rank = _now().rank
    return rank(upto) - rank(after)


def add_months(day: dt.date, n: int) -> dt.date:
    """The corresponding day `n` months on, or that month's last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def in_words(day: dt.date) -> str:
    """2026年3月5日, without zero padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def official_years() -> tuple[int, ...]:
    """The years whose State Council notice is loaded, in order."""
    return tuple(sorted(_now().official))


def told_by(year: int) -> tuple[Path | None, str]:
    """The folder whose holidays.toml tells the days of a year, and the source that it names; (None, "") when none does."""
    chosen = layers.current()
    for place in reversed((chosen.program, *chosen.holding(layers.HOLIDAYS))):
        if row := layers.read(place, layers.HOLIDAYS).get(str(year)):
            return place, row["source"]
    return None, ""


def differing(first: layers.Layers, second: layers.Layers) -> dict[dt.date, DayKind]:
    """The days that are worked in one of two readings and not in the other, as the second has them, in order."""
    one, other = _of(first), _of(second)
    days = {day for each in (one, other) for day in (*each.off, *each.work)}
    return {day: _describe(other, day) for day in sorted(days) if one.is_workday(day) != other.is_workday(day)}


def missing_years(today: dt.date, open_due: Iterable[dt.date] = ()) -> tuple[int, ...]:
    """Years without a notice that matter now, for the health warning.

    This year; from 1 November the next one too; and every year that an open deadline of `open_due` falls in.
    """
    wanted = {today.year, *(day.year for day in open_due)}
    if today.month >= NOTICE_EXPECTED_FROM_MONTH:
        wanted.add(today.year + 1)
    return tuple(sorted(wanted - _now().official))


@lru_cache(maxsize=16384)
def _describe(calendar: _Calendar, day: dt.date) -> DayKind:
    estimated = day.year not in calendar.official
    weekday = _WEEKDAYS[day.weekday()]
    if day in calendar.work:
        return DayKind(True, f"调休上班（{weekday}）", estimated)
    if day in calendar.off:
        return DayKind(False, f"{calendar.off[day]}放假", estimated)
    workday = day.weekday() < 5
    return DayKind(workday, "工作日" if workday else weekday, estimated)


def _now() -> _Calendar:
    return _of(layers.current())


@cache
def _of(chosen: layers.Layers) -> _Calendar:
    return _calendar(chosen.program, *chosen.holding(layers.HOLIDAYS))


@cache
def _calendar(*places: Path) -> _Calendar:
    """The years of all places; of a year that several hold, the last one's."""
    off: dict[dt.date, str] = {}
    work: set[dt.date] = set()
    official: set[int] = set()
    years = {key: row for place in places for key, row in layers.read(place, layers.HOLIDAYS).items()}
    for key, row in years.items():
        where = f"{layers.HOLIDAYS}.toml {key}年"
        data = layers.take(row, where, {"status": str, "source": str, "off": list, "work": list}, {})
        if not (key.isdigit() and data["status"] in ("official", "estimated")):
            raise layers.BadLaw(f"{where}：年份须为数字，键“status”只能是 official 或 estimated")
        year = int(key)
        off.update(_off_days(year, data["off"], where))
        work.update(_checked(year, day, where) for day in data["work"])
        if data["status"] == "official":
            official.add(year)
    both = sorted(work & off.keys())
    if both:
        raise layers.BadLaw(f"{layers.HOLIDAYS}.toml：{both[0]}既登记为放假又登记为上班")
    return _Calendar(
        off=off,
        work=frozenset(work),
        official=frozenset(official),
        extra=tuple(sorted(day.toordinal() for day in work if day.weekday() >= 5)),
        missing=tuple(sorted(day.toordinal() for day in off if day.weekday() < 5)),
    )


def _off_days(year: int, rows: Iterable[Mapping[str, Any]], where: str) -> dict[dt.date, str]:
    found: dict[dt.date, str] = {}
    for row in rows:
        data = layers.take(row, f"{where} 键“off”", {"from": dt.date, "to": dt.date, "name": str}, {})
        day, last = _checked(year, data["from"], where), _checked(year, data["to"], where)
        if last < day:
            raise layers.BadLaw(f"{where}：{data['name']}放假的止日{last}早于起日{day}")
        while day <= last:
            found[day] = data["name"]
            day += ONE_DAY
    return found


def _checked(year: int, day: dt.date, where: str) -> dt.date:
    if not isinstance(day, dt.date) or day.year != year:
        raise layers.BadLaw(f"{where}：{day}不是这一年的日期，请写到它所在年份的表里")
    return day
