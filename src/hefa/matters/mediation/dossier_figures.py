"""Figures of dossiers: how many were put together, how good they are. Each asks the one place that scores."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from hefa.kernel.figure import CENT, Count, Period
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Office

from .dossier import Held, dossier, held


@dataclass(frozen=True, kw_only=True)
class Dossiers(Count):
    """Disputes whose dossier was put together in the period; `below`: only those that now score less."""

    unit: str = "卷"
    below: int = 0

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        found = super().entries(period, office)
        if not self.below:
            return found
        poor = [pk for pk, score in self.scores(period, office).items() if score < self.below]
        return Entry.objects.filter(id__in=poor).order_by("id")

    def scores(self, period: Period, office: Office) -> dict[int, int]:
        """{entry: score of its dossier}."""
        pairs = dict(super().entries(period, office).order_by().values_list("id", "matter_id"))
        wanted = Matter.objects.filter(pk__in=list(pairs.values())).select_related("mediation_dispute")
        matters = {matter.pk: matter for matter in wanted.defer(*_SEALED)}
        known = held(matters)
        return {
            pk: dossier(matters[matter_id], matters[matter_id].case, known.get(matter_id, Held())).score
            for pk, matter_id in pairs.items()
            if matter_id is not None
        }


# What the score has no use for, and would be decrypted.
_SEALED = tuple(f"mediation_dispute__{name}" for name in ("summary", "place", "facts", "terms"))


@dataclass(frozen=True, kw_only=True)
class DossierScore(Dossiers):
    """The mean score of the dossiers that were put together in the period."""

    unit: str = "分"

    def measure(self, period: Period, office: Office, rows: int) -> Decimal | None:
        scores = list(self.scores(period, office).values())
        return (Decimal(sum(scores)) / len(scores)).quantize(CENT, ROUND_HALF_UP) if scores else None
