"""What should have gone through another door and did not: each figure lists the very entries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from hefa.kernel.figure import Figure, Period, in_force, one_a_matter
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS
from hefa.kernel.people import Office

from .norms import LARGE_CONTRACT

_CLEARED = ("legal", "after_change")
_DECIDED = ("decided", "reported", "published", "executing", "evaluated", "archived")


@dataclass(frozen=True, kw_only=True)
class DecidedUnreviewed(Figure):
    """Items decided in the period that no legality opinion clears (决策条例第二十五条)."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        decisions = in_force(self.kind, office).filter(step="decide")
        # One that is being changed goes through every procedure anew; it counts when it is decided again.
        last = decisions.filter(id__in=one_a_matter(decisions, Max))
        found = last.filter(matter__state__in=_DECIDED, day__range=(period.start, period.end))
        cleared = Q(matter__decision_item__review__review_review__conclusion__in=_CLEARED)
        return found.exclude(cleared | Q(matter__decision_item__is_exempt=True)).order_by("id")


@dataclass(frozen=True, kw_only=True)
class LargeContractUndecided(Figure):
    """Contracts reviewed in the period, from the norm's amount on, that no decision item rests on."""

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        concluded = in_force(KINDS["review.review"], office).filter(step="conclude")
        assert self.kind is not None
        decided = in_force(self.kind, office).filter(step="decide", matter__decision_item__review__isnull=False)
        found = concluded.exclude(matter__in=decided.values("matter__decision_item__review"))
        return found.filter(
            id__in=one_a_matter(concluded, Max),
            day__range=(period.start, period.end),
            matter__review_review__category="contract",
            matter__review_review__conclusion__in=_CLEARED,
            matter__review_review__amount__gte=LARGE_CONTRACT,
        ).order_by("id")
