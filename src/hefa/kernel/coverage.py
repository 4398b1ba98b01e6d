"""Figures about what was reached and what was left out: offices of a level, matters without what had to come first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.db.models import Exists, Max, OuterRef, QuerySet

from . import days
from .figure import CENT, Condition, Count, Figure, Period, Result, find_figure, in_force, of_case, standing
from .ledger import Entry
from .matter import KINDS
from .people import Level, Office


@dataclass(frozen=True, kw_only=True)
class Reach(Figure):
    """How many offices of `levels` took one of `steps` in the period, or have a matter in `states` at its end.

    An office counts once, by its newest entry. `months`: instead of the period, the months up to its end (a rolling
    round, such as three years of audit).
    """

    unit: str = "个"
    levels: tuple[Level, ...]
    steps: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    months: int = 0
    having: Condition = field(default_factory=dict)

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        found = in_force(self.kind, office).filter(
            of_case(self.kind, self.having, period), office__level__in=self.levels, day__lte=period.end
        )
        if self.states:
            found = found.filter(id__in=standing(self.kind, office, period).values("id"), to__in=self.states)
        else:
            found = found.filter(step__in=self.steps, day__gte=self._from(period))
        newest = found.order_by().values("office").annotate(newest=Max("id")).values("newest")
        return Entry.objects.filter(id__in=newest).order_by("id")

    def _from(self, period: Period) -> Any:
        if not self.months:
            return period.start
        return days.add_months(period.end, -self.months) + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Coverage(Figure):
    """The offices that `of` (a Reach) counts as a percentage of all offices of its levels."""

    unit: str = "%"
    of: str
    percent: ClassVar[bool] = True

    def uses(self) -> tuple[str, ...]:
        return (self.of,)

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        return find_figure(self.of).entries(period, office)

    def result(self, period: Period, office: Office) -> Result:
        reach = find_figure(self.of)
        assert isinstance(reach, Reach)
        top = reach.result(period, office)
        everyone = Office.objects.filter(path__startswith=office.path, level__in=reach.levels).count()
        value = None
        if top.value is not None and everyone:
            value = (Decimal(top.value) * 100 / everyone).quantize(CENT, ROUND_HALF_UP)
        return self._result(value, period, top.rows, top.digest, top.value, everyone)


@dataclass(frozen=True, kw_only=True)
class Without(Count):
    """Matters that took one of `steps` with nothing of another kind before it: the detector of what was passed over.

    What had to come first is a matter of the kind `lacks` ("review.review") that arises from the counted one, took the
    step `by` on the same day or an earlier one, and now meets `when` (a condition on its own fields).
    """

    lacks: str
    by: str
    when: Condition = field(default_factory=dict)

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        other = KINDS[self.lacks]
        done = in_force(other, None).filter(of_case(other, self.when, period), step=self.by)
        first = done.filter(matter__arises_from=OuterRef("matter"), day__lte=OuterRef("day"))
        return super().entries(period, office).exclude(Exists(first))
