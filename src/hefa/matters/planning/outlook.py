"""The outlook of a target: readings of its figure so far, the arrangements that are to move it, where it will end."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hefa.kernel.figure import Count, Period, Times, Total, find_figure

from .forecast import Change, Forecast, Reading, forecast
from .models import Target
from .shortfall import PlanItem

_MONTHS = range(2, 13)
# What adds up over a year, and so begins it at nothing.
_ADDED_UP = (Count, Times, Total)


def outlook(target: Target, today: date) -> Forecast | None:
    """The forecast of the target's figure for the end of its year, as the record stands on `today`.

    Read at each month's end and on `today`; one figure query a reading. None when the record answers nothing yet.
    """
    assert target.year is not None
    end = date(target.year, 12, 31)
    figure, office = find_figure(target.watches), target.matter.office
    readings = []
    for day in _days(target.year, min(today, end)):
        value = figure.result(Period(date(target.year, 1, 1), day), office).value
        if value is not None:
            readings.append(Reading(day, Fraction(value)))
    if readings and type(figure) in _ADDED_UP:
        readings.append(Reading(date(target.year, 1, 1) - timedelta(days=1), Fraction(0)))
    limits = (Fraction(0), Fraction(100)) if figure.percent else (None, None)
    return forecast(readings, end, _planned(target), limits=limits)


def _days(year: int, until: date) -> list[date]:
    """The ends of the months before `until`, and `until`; none when the year has not begun."""
    if until.year < year:
        return []
    ends = [date(year, month, 1) - timedelta(days=1) for month in _MONTHS]
    return [*(day for day in ends if day < until), until]


def _planned(target: Target) -> list[Change]:
    """What the open arrangements of the year, in the office and below it, are to change the figure by."""
    items = PlanItem.objects.filter(
        matter__office__path__startswith=target.matter.office.path,
        matter__state__in=("planned", "underway"),
        watches=target.watches,
        year=target.year,
    )
    planned = items.values_list("due_by", "adds")
    return [Change(due_by, Fraction(adds)) for due_by, adds in planned if due_by and adds is not None]
