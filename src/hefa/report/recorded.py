"""The record's figures as the checker of published reports wants them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hefa.claims.check import Result
from hefa.claims.match import RecordedFigure
from hefa.kernel.figure import Period, figures
from hefa.kernel.people import Office


def recorded_figures(period: Period, office: Office) -> list[RecordedFigure]:
    """Every figure that the record answers for the period and office."""
    found = []
    for figure in figures().values():
        result = figure.result(period, office)
        if result.value is None:
            continue
        found.append(
            RecordedFigure(
                name=result.name,
                label=result.label,
                value=Decimal(result.value),
                unit=result.unit,
                numerator=None if result.numerator is None else Decimal(result.numerator),
                denominator=None if result.denominator is None else Decimal(result.denominator),
                period=str(period.start.year),
            )
        )
    return found


def matcher(period: Period, office: Office) -> Callable[[Result], Result]:
    """Holds a checked text against the record."""
    known = recorded_figures(period, office)
    return lambda result: result.against(known)
