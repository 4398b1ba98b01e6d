"""Figures of money: caps added up, budgets nearly spent, expenses that were approved before they came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet, Sum

from hefa.kernel.figure import Count, Period, Stock, in_force
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS
from hefa.kernel.people import Office

from .rules import EXPENSE, NEAR_CAP


@dataclass(frozen=True, kw_only=True)
class Caps(Stock):
    """The sum of the caps of the budgets in `states`."""

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        found = self.entries(period, office).order_by()
        return found.aggregate(total=Sum("matter__spending_budget__cap"))["total"] or 0


@dataclass(frozen=True, kw_only=True)
class NearCap(Stock):
    """Budgets in `states` of which the norm's share or more was booked by the period's end."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        found = super().entries(period, office)
        caps = dict(found.values_list("matter", "matter__spending_budget__cap"))
        booked = in_force(KINDS[EXPENSE], office).filter(step="book", day__lte=period.end)
        spent = booked.order_by().values_list("matter__arises_from").annotate(Sum("matter__spending_expense__actual"))
        near = [pk for pk, sum_ in spent if (cap := caps.get(pk)) and Fraction(sum_) >= NEAR_CAP * Fraction(cap)]
        return found.filter(matter__in=near)


@dataclass(frozen=True, kw_only=True)
class ApprovedFirst(Count):
    """Of the matters that took one of `steps`, those approved on or before the day on which the thing happened."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        happened_on = OuterRef("matter__spending_expense__happened_on")
        approvals = in_force(self.kind, None).filter(
            matter=OuterRef("matter"), step="approve", day__lte=happened_on
        )  # fmt: skip
        return super().entries(period, office).filter(Exists(approvals))
