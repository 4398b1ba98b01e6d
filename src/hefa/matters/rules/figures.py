"""Documents that should have been cleared before they were issued and, as the record stands, were not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from hefa.kernel.figure import Count, Period
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Office

from .guards import CLEARED


@dataclass(frozen=True, kw_only=True)
class IssuedUnreviewed(Count):
    """Documents issued in the period whose legality review, taken up again since, clears them no more."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        cleared = {"matter__rules_normativedocument__review__review_review__conclusion__in": CLEARED}
        return super().entries(period, office).exclude(**cleared)
