"""Figures about how long, and how much for each: days from one step to another, one stock per head of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median
from typing import ClassVar, Literal

from django.db.models import QuerySet

from .figure import CENT, Count, Derived, Period, Result, find_figure, rows_digest
from .ledger import Entry
from .people import Office
from .turn import trail

_PICK: dict[str, Callable[[list[int]], float]] = {"median": median, "mean": mean}


@dataclass(frozen=True, kw_only=True)
class Lapse(Count):
    """Days from the first step of `since` to the first of `steps` after it, for the matters that took one in the period.

    Each matter counts once, in the period of its first step of `steps` ever: a second sitting is no response. Its rows
    are those first steps. Days, not hours: an entry keeps the day on which a thing happened, and an old ledger no more.
    """

    unit: str = "天"
    since: tuple[str, ...]
    pick: Literal["median", "mean"] = "median"

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        return super().entries(period, office).filter(id__in=self._lapses(period, office))

    def result(self, period: Period, office: Office) -> Result:
        lapses = self._lapses(period, office)
        digest = rows_digest(list(Entry.objects.filter(id__in=lapses).values_list("seal", flat=True)))
        value = None
        if lapses:
            value = Decimal(str(_PICK[self.pick](list(lapses.values())))).quantize(CENT, ROUND_HALF_UP)
        return self._result(value, period, len(lapses), digest)

    def _lapses(self, period: Period, office: Office) -> dict[int, int]:
        """{entry: days} of each first step, but where the matter answered before the period or began with it."""
        found: dict[int, int] = {}
        firsts = super().entries(period, office).order_by().select_related("matter")
        for entry in firsts.only("id", "day", "matter__trail", "matter__kind"):
            assert entry.matter is not None
            past = trail(entry.matter)
            begun = next((one.day for one in past if one.step in self.since), None)
            ended = next((one for one in past if one.step in self.steps), None)
            if begun is not None and ended is not None and ended.entry_id == entry.pk:
                found[entry.pk] = (entry.day - begun).days
        return found


@dataclass(frozen=True, kw_only=True)
class Each(Derived):
    """`of` divided by `among`: how much there is for each. Its rows are those of `of`."""

    among: str
    percent: ClassVar[bool] = False

    def uses(self) -> tuple[str, ...]:
        return (self.of, self.among)

    def pair(self, period: Period, office: Office) -> tuple[Result, Result]:
        return find_figure(self.of).result(period, office), find_figure(self.among).result(period, office)

    def ratio(self, counted: Decimal, base: Decimal) -> Decimal:
        return counted / base
