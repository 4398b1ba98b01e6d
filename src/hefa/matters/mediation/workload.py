"""What each mediator has: patch, paired communities, cases in hand and of a period; communities that nobody is paired with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count

from hefa.kernel.figure import Period, find_figure
from hefa.kernel.people import Level, Office

from .attendance import attendance

# Whose rows are counted by mediator: what stands open, what came in, how often they sat.
IN_HAND, ACCEPTED, SITTINGS = "mediation.pending", "mediation.accepted", "mediation.sittings"


@dataclass(frozen=True)
class Load:
    """One mediator on the last day of a period. `absence`: why not on duty that day, in words.

    `paired` and `paired_on`: the communities, and the day on which each pairing began, in the same order.
    """

    number: str
    name: str
    office: str
    is_full_time: bool
    patch: str
    paired: tuple[str, ...]
    paired_on: tuple[date, ...]
    in_hand: int
    accepted: int
    sittings: int
    absence: str | None


def loads(period: Period, street: Office) -> list[Load]:
    """Every serving mediator of a street, the most in hand first. The counts are rows of the figures, by name."""
    mediators: Any = apps.get_model("mediation", "Mediator")
    serving = mediators.objects.filter(matter__office__path__startswith=street.path, matter__state="serving")
    found = list(serving.select_related("matter__office").order_by("matter_id"))
    there = attendance([one.pk for one in found], period.end)
    counts = {name: _by_name(name, period, street) for name in (IN_HAND, ACCEPTED, SITTINGS)}
    paired = _paired(street)
    made = [
        Load(
            number=one.matter.number,
            name=one.full_name,
            office=one.matter.office.name,
            is_full_time=one.is_full_time,
            patch=one.patch,
            paired=tuple(name for name, _ in paired.get(one.pk, ())),
            paired_on=tuple(day for _, day in paired.get(one.pk, ())),
            in_hand=counts[IN_HAND][one.full_name],
            accepted=counts[ACCEPTED][one.full_name],
            sittings=counts[SITTINGS][one.full_name],
            absence=there[one.pk].absence(period.end),
        )
        for one in found
    ]
    return sorted(made, key=lambda load: (-load.in_hand, -load.accepted, load.number))


def unpaired(street: Office) -> list[str]:
    """Names of the communities with no full-time mediator paired: there should be none."""
    held = {name for pairs in _paired(street).values() for name, _ in pairs}
    communities = Office.objects.filter(path__startswith=street.path, level=Level.COMMUNITY).order_by("path")
    return [name for name in communities.values_list("name", flat=True) if name not in held]


def _by_name(figure: str, period: Period, street: Office) -> Counter[str]:
    rows = find_figure(figure).entries(period, street).order_by()
    return Counter(dict(rows.values_list("matter__mediation_dispute__mediator").annotate(n=Count("id"))))


def _paired(street: Office) -> dict[int, list[tuple[str, date]]]:
    """{register row of a mediator: (community, since when)}."""
    pairings: Any = apps.get_model("mediation", "Pairing")
    told = pairings.objects.filter(matter__office__path__startswith=street.path, matter__state="paired")
    found: dict[int, list[tuple[str, date]]] = {}
    asked = ("mediator_id", "matter__office__name", "matter__opened_on")
    for mediator, name, day in told.order_by("matter__office__path").values_list(*asked):
        found.setdefault(mediator, []).append((name, day))
    return found
