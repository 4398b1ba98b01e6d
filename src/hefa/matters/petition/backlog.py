"""What counts as backlog at the end of a period: listed and not resolved, or open past its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from hefa.kernel import clock
from hefa.kernel.figure import Period, Stock, in_force
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Office
from hefa.kernel.turn import events, trail

LISTED = "list_backlog"
# What ends a listing: resolved as such, or the petition itself comes to a final end.
RESOLVED = ("resolve_backlog", "settle", "withdraw", "return_up", "terminate")
# Duties that make an open petition backlog when their day has passed.
_DUTIES = ("handle", "duty")


def is_listed(matter: Matter) -> bool:
    """Whether the petition stands listed as backlog after its last step."""
    marks = [past.step for past in trail(matter) if past.step == LISTED or past.step in RESOLVED]
    return bool(marks) and marks[-1] == LISTED


def is_late(matter: Matter, day: date) -> bool:
    """Whether a duty of the petition, or the day set from above, had passed on `day`; `day` itself is in time."""
    report_by = matter.case.report_by  # type: ignore[attr-defined]
    is_reported = any(past.step == "report_back" and past.day <= day for past in trail(matter))
    if report_by is not None and report_by < day and not is_reported:
        return True
    runs = (clock.run(matter.flow.deadline(name), events(matter), today=day) for name in _DUTIES)
    return any(run is not None and run.status(day) == "overdue" for run in runs)


@dataclass(frozen=True, kw_only=True)
class OpenBacklog(Stock):
    """Petitions that are backlog at the period's end; `states` are those in which one is open.

    The row of a listed petition is its listing, that of a late one its last entry.
    """

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        upto = in_force(self.kind, office).filter(day__lte=period.end)
        marks = upto.filter(matter=OuterRef("matter"), step__in=(LISTED, *RESOLVED))
        listed = upto.filter(step=LISTED, id=Subquery(marks.order_by("-turn").values("id")[:1]))
        found = dict(listed.values_list("matter_id", "id"))
        for entry in super().entries(period, office).select_related("matter"):
            assert entry.matter is not None
            if entry.matter.pk not in found and is_late(entry.matter, period.end):
                found[entry.matter.pk] = entry.id
        return Entry.objects.filter(id__in=found.values()).order_by("id")
