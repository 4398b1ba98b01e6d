"""Mediation points as the record has them: committees in office and service points that mediate.

Where they are, when they are open and whom to ring is published by law; nothing else of these matters is read here, so
the map is the same for everybody.
"""

from __future__ import annotations

from collections import Counter

from hefa.kernel.people import Office
from hefa.matters.counsel.points import ServicePoint
from hefa.matters.mediation.committee import Committee, Mediator

from .points import Point


def points_on_record(street: Office | None = None) -> list[Point]:
    """Points whose place is marked, committees first. `street`: only those of that office and below."""
    mediators = Counter(Mediator.objects.filter(matter__state="serving").values_list("matter__office_id", flat=True))
    committees = Committee.objects.filter(matter__state="standing", lon__isnull=False, lat__isnull=False)
    services = ServicePoint.objects.filter(
        matter__state="open", gives_mediation=True, lon__isnull=False, lat__isnull=False
    )
    found: list[Point] = []
    seen: Counter[str] = Counter()
    for rows, has_bench in ((committees, True), (services, False)):
        if street is not None:
            rows = rows.filter(matter__office__path__startswith=street.path)
        for row in rows.select_related("matter__office").order_by("matter__office__path", "pk"):
            title = named(str(row.matter.title), row.matter.office.short if has_bench else "")
            seen[title] += 1
            name = title if seen[title] == 1 else f"{title}（{seen[title]}）"
            people = mediators[row.matter.office_id] if has_bench else 0
            found.append(Point(name, float(row.lon), float(row.lat), people, row.hours, str(row.matter.pk)))
    return found


def named(title: str, short: str) -> str:
    """A committee's title often leaves out whose it is."""
    return title if not short or short in title else f"{short}{title}"
