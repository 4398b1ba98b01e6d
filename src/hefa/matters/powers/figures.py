"""Lists that nobody uses, and scores: figures that the kernel has no type for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, QuerySet

from hefa.kernel.figure import CENT, Period, Stock, Total, in_force
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS
from hefa.kernel.people import Office


@dataclass(frozen=True, kw_only=True)
class Unused(Stock):
    """Items in one of `states` at the period's end that nothing handled in the period names."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        handled = in_force(KINDS["powers.handling"], office).filter(
            step="accept", day__range=(period.start, period.end), matter__powers_handling__item__isnull=False
        )
        return super().entries(period, office).exclude(matter__in=handled.values("matter__powers_handling__item"))


@dataclass(frozen=True, kw_only=True)
class Mean(Total):
    """The mean of one numeric field over the matters that took one of `steps` in the period, to two places."""

    def measure(self, period: Period, office: Office, rows: int) -> Decimal | None:
        assert self.kind is not None
        path = f"matter__{self.kind.accessor()}__{self.field_name}"
        mean = self.entries(period, office).order_by().aggregate(mean=Avg(path))["mean"]
        return None if mean is None else Decimal(str(mean)).quantize(CENT, ROUND_HALF_UP)
