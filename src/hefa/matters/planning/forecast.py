"""Where a figure will end at its present pace, and with what is planned on its days. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

_ONE_DAY = timedelta(days=1)


class Reading(NamedTuple):
    """The value of a figure on a day, in the figure's unit."""

    day: date
    value: Fraction


class Change(NamedTuple):
    """What something planned is to change the figure by, on the day on which it is done."""

    day: date
    by: Fraction


@dataclass(frozen=True)
class Forecast:
    """`value` on the day `end`: the last reading, the pace over the days left, and what is planned.

    pace: change a day, from the first reading to the last · by_pace and by_plan: the parts, before the limits are
    applied · limits: what the figure cannot leave (a share: 0 to 100).
    """

    last: Reading
    end: date
    pace: Fraction
    changes: tuple[Change, ...]
    limits: tuple[Fraction | None, Fraction | None]

    def on(self, day: date) -> Fraction:
        """The value expected on a day from the last reading on."""
        planned = sum((change.by for change in self.changes if change.day <= day), Fraction(0))
        value = self.last.value + self.pace * (day - self.last.day).days + planned
        low, high = self.limits
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)

    @property
    def value(self) -> Fraction:
        return self.on(self.end)

    @property
    def by_pace(self) -> Fraction:
        return self.pace * (self.end - self.last.day).days

    @property
    def by_plan(self) -> Fraction:
        return sum((change.by for change in self.changes), Fraction(0))

    def reaches(self, target: Fraction, *, at_most: bool = False) -> bool:
        """Whether the figure ends where the target wants it."""
        return self.value <= target if at_most else self.value >= target

    def reaches_on(self, target: Fraction, *, at_most: bool = False) -> date | None:
        """The first day from the last reading to the end on which the target is met, or None."""
        day = self.last.day
        while day <= self.end:
            if (self.on(day) <= target) if at_most else (self.on(day) >= target):
                return day
            day += _ONE_DAY
        return None


def forecast(
    readings: Iterable[Reading],
    end: date,
    planned: Iterable[Change] = (),
    *,
    limits: tuple[Fraction | None, Fraction | None] = (None, None),
) -> Forecast | None:
    """Where the figure ends on `end`; None when there is no reading by then.

    The pace is the change from the first reading to the last, evenly over the days between: what people mean by
    “按目前进度”. One reading gives no pace. Of two readings of one day the later given holds. A change planned for
    a day not after the last reading is in that reading already, or has failed: it is left out.
    """
    by_day = {day: value for day, value in readings if day <= end}
    if not by_day:
        return None
    first, last = min(by_day), max(by_day)
    days = (last - first).days
    pace = (by_day[last] - by_day[first]) / days if days else Fraction(0)
    changes = tuple(sorted(change for change in planned if last < change.day <= end))
    return Forecast(Reading(last, by_day[last]), end, Fraction(pace), changes, limits)
