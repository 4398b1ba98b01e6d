"""The bench: the mediators of a street as they stand on a day, weighed for one case. As many queries for 5 as for 500."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from hefa.kernel.flow import VOID
from hefa.kernel.matter import Matter, Mention
from hefa.kernel.people import Level, Office, street_of
from hefa.kernel.personal import blind
from hefa.kernel.place import Point, metres

from .attendance import attendance
from .choosing import Candidate, Weighed, conflicts, weigh
from .register import kinds_in

DISPUTE, COMMITTEE, PAIRING = "mediation.dispute", "mediation.committee", "mediation.pairing"


@dataclass(frozen=True)
class Case:
    """What the choice depends on. `kind`: label of the kind of dispute, "" when unknown; `pk` None before opening."""

    office: Office
    day: date
    kind: str = ""
    parties: Sequence[dict[str, str]] = ()
    sides: dict[str, str] | None = None
    pk: int | None = None


def bench(case: Case) -> list[Weighed]:
    """Every mediator of the street weighed for the case, best first."""
    found = list(_register(case))
    there = attendance([one.pk for one in found], case.day)
    points, paired, loads = _points(case), _paired(case), _loads(case)
    met = _met_before(case)
    parties = [(_side(case, one), one["name"], one.get("address", "")) for one in case.parties]
    here = points.get(case.office.pk)
    candidates = []
    for one in found:
        matter: Matter = one.matter
        candidates.append(
            Candidate(
                number=matter.number,
                name=one.full_name,
                office=matter.office.name,
                here=_here(case, matter, paired),
                metres=metres(here, points[matter.office_id]) if here and matter.office_id in points else None,
                absence=there[one.pk].absence(case.day),
                conflicts=conflicts(one.full_name, one.unit, parties, met.get(one.full_name, [])),
                kinds=kinds_in(one.specialities),
                load=loads[one.full_name],
            )
        )
    return weigh(candidates, case.kind)


def _register(case: Case) -> Any:
    mediators: Any = apps.get_model("mediation", "Mediator")
    street = street_of(case.office)
    serving = mediators.objects.filter(matter__office__path__startswith=street.path, matter__opened_on__lte=case.day)
    serving = serving.filter(models.Q(matter__closed_on=None) | models.Q(matter__closed_on__gt=case.day))
    return serving.exclude(matter__state=VOID).select_related("matter__office").order_by("matter_id")


def _here(case: Case, mediator: Matter, paired: set[int]) -> str:
    if case.office.path.startswith(mediator.office.path) and mediator.office.level != Level.STREET:
        return "本社区"
    if mediator.office_id == case.office.pk:
        return "本单位"
    return "与本社区结对" if mediator.pk in paired else ""


def _points(case: Case) -> dict[int, Point]:
    """{office: where its committee sits}, for those whose place is on record."""
    committees: Any = apps.get_model("mediation", "Committee")
    placed = committees.objects.filter(
        matter__office__path__startswith=street_of(case.office).path, matter__state="standing", lon__isnull=False
    )
    rows = placed.order_by("matter_id").values_list("matter__office_id", "lon", "lat")
    known = {office: (float(lon), float(lat)) for office, lon, lat in rows}
    if case.office.pk not in known and case.office.parent_id in known and case.office.level == Level.GRID:
        known[case.office.pk] = known[case.office.parent_id]
    return known


def _paired(case: Case) -> set[int]:
    """Register rows of the mediators paired with the community of the case on its day."""
    pairings: Any = apps.get_model("mediation", "Pairing")
    community = case.office.parent_id if case.office.level == Level.GRID else case.office.pk
    told = pairings.objects.filter(matter__office_id=community, matter__state="paired", matter__opened_on__lte=case.day)
    return set(told.values_list("mediator_id", flat=True))


def _loads(case: Case) -> Counter[str]:
    """How many disputes each mediator of the street has in hand, by name: that is how a dispute names its mediator."""
    disputes: Any = apps.get_model("mediation", "Dispute")
    going = disputes.objects.filter(
        matter__office__path__startswith=street_of(case.office).path, matter__state="mediating"
    ).exclude(pk=case.pk or 0)
    return Counter(dict(going.exclude(mediator="").values_list("mediator").annotate(n=models.Count("pk"))))


def _met_before(case: Case) -> dict[str, list[str]]:
    """{mediator's name: sides of this case whom they met in another}."""
    disputes: Any = apps.get_model("mediation", "Dispute")
    keys = {blind(one["name"]): _side(case, one) for one in case.parties if one["name"]}
    if not keys:
        return {}
    told = Mention.objects.filter(key__in=keys, matter__kind=DISPUTE).exclude(matter=case.pk or 0)
    sides: dict[int, list[str]] = {}
    for key, matter in told.exclude(matter__state=VOID).values_list("key", "matter_id").distinct():
        sides.setdefault(matter, []).append(keys[key])
    found: dict[str, list[str]] = {}
    for pk, name in disputes.objects.filter(pk__in=sides).exclude(mediator="").values_list("pk", "mediator"):
        found.setdefault(name, []).extend(sides[pk])
    return found


def _side(case: Case, party: dict[str, str]) -> str:
    return (case.sides or {}).get(party["side"], "当事人")
