"""Who looks after which part of the street: patches, pairings, cases in hand, the points in their communities.

The counts are those of `./hefa dispatch load`; people, cases and points are shown as far as the reader may see them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hefa.circle.record import named
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Level, Office
from hefa.matters.mediation.workload import IN_HAND, Load, loads, unpaired

from .. import numbers, sight
from ..sight import actor_of
from ..speech import speak

MEDIATOR = "mediation.mediator"
KINDS_NEEDED = {MEDIATOR, "mediation.pairing", "mediation.dispute"}
COMMITTEE = "mediation.committee"
POINTS = {COMMITTEE: "standing", "counsel.servicepoint": "open"}
_LEVELS = (Level.STREET, Level.COMMUNITY)
Rows = dict[str, list[dict[str, Any]]]


def patches(request: HttpRequest) -> HttpResponse:
    """One office's mediators, on screen and on paper. 404 for whoever may not see the register or ask its figures."""
    actor = actor_of(request)
    offices = _offices(actor)
    if not offices:
        raise Http404
    office = next((one for one in offices if str(one.pk) == request.GET.get("office")), offices[0])
    period = Period(date.today().replace(month=1, day=1), date.today())
    register = Matter.objects.visible_to(actor).filter(kind=MEDIATOR, office__path__startswith=office.path)
    seen = dict(register.values_list("number", "pk"))
    cases, points = _cases(actor, office, period), _points(actor, office)
    context = {
        "office": office,
        "offices": offices,
        "today": period.end,
        "rows": [_row(one, seen[one.number], cases, points) for one in loads(period, office) if one.number in seen],
        "unpaired": unpaired(office),
    }
    return render(request, "desk/patches.html", context)


def sees_patches(actor: Actor) -> bool:
    return bool(_offices(actor))


def _offices(actor: Actor) -> list[Office]:
    """Streets and communities of which the actor may ask the mediators' figures."""
    if not KINDS_NEEDED.issubset(kind.label() for kind in sight.seen_kinds(actor)):
        return []
    return [one for one in numbers.asked_offices(actor) if one.level in _LEVELS]


def _cases(actor: Actor, office: Office, period: Period) -> Rows:
    """{mediator's name: the rows of the figure of cases in hand that the actor may see}, oldest first."""
    counted = find_figure(IN_HAND).entries(period, office).order_by().values("matter_id")
    rows = Matter.objects.visible_to(actor).filter(pk__in=counted).order_by("opened_on", "pk")
    found: Rows = defaultdict(list)
    for row in rows.values("pk", "number", "title", "opened_on", "mediation_dispute__mediator"):
        found[row["mediation_dispute__mediator"]].append(dict(row))
    return found


def _points(actor: Actor, office: Office) -> Rows:
    """{office's name: the committees and service points there that the actor may see}."""
    rows = Matter.objects.visible_to(actor).filter(office__path__startswith=office.path, kind__in=POINTS)
    found: Rows = defaultdict(list)
    for row in rows.order_by("kind", "pk").values("pk", "kind", "state", "title", "office__name", "office__short"):
        if row["state"] == POINTS[row["kind"]]:
            short = row["office__short"] if row["kind"] == COMMITTEE else ""
            found[row["office__name"]].append({"pk": row["pk"], "name": named(row["title"], short)})
    return found


def _row(one: Load, pk: int, cases: Rows, points: Rows) -> dict[str, Any]:
    return {
        "load": one,
        "pk": pk,
        "paired": list(zip(one.paired, one.paired_on, strict=True)),
        "absence": speak(one.absence) if one.absence else "",
        "cases": cases.get(one.name, []),
        "points": [point for name in one.paired or (one.office,) for point in points.get(name, ())],
    }
