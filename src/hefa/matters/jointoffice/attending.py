"""Figures about the table: on how many days it met, and who did not come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from hefa.kernel.figure import Period, Times
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Office

from .codes import departments_in


@dataclass(frozen=True, kw_only=True)
class SittingDays(Times):
    """The days on which the table met; its rows are the items that were heard."""

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        return self.entries(period, office).order_by().values("office", "day").distinct().count()


@dataclass(frozen=True, kw_only=True)
class Absences(Times):
    """How many departments stayed away, as each sitting put it on record; its rows are the sittings with one away."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        return super().entries(period, office).exclude(answers__absent="")

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        told = self.entries(period, office).values_list("answers", flat=True)
        return sum(len(departments_in(answers["absent"])) for answers in told)
