"""Figures for the desk: answers kept until the ledger moves, targets beside what has come of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from hefa.kernel.figure import Count, Figure, Period, Result, Share, figures
from hefa.kernel.ledger import head
from hefa.kernel.matter import KINDS, Matter
from hefa.kernel.people import Actor, Level, Office

from .sight import LEADERS, has_role, reach, seen_kinds

KEPT_SECONDS = 24 * 3600
KEY_FIGURES = 8
TARGETS = 6
TARGET_KIND = "planning.target"
REPORTING = (Level.STREET, Level.DISTRICT)  # whose year is reported


def result(figure: Figure, year: int, office: Office) -> Result:
    """The figure's answer for a year; counted once for each head of the ledger."""
    return results([figure], year, office)[0]


def results(many: Sequence[Figure], year: int, office: Office) -> list[Result]:
    """The answers of several figures for a year, at one and the same head of the ledger."""
    at = head()[1]
    keys = [f"figure:{figure.full_name}:{year}:{office.pk}:{at}" for figure in many]
    kept: dict[str, Result] = cache.get_many(keys)
    new = {
        key: figure.result(Period.year(year), office) for key, figure in zip(keys, many, strict=True) if key not in kept
    }
    if new:
        cache.set_many(new, KEPT_SECONDS)
    return [kept.get(key) or new[key] for key in keys]


def seen_figures(actor: Actor) -> dict[str, Figure]:
    """The figures of the kinds that the actor may see."""
    kinds = set(seen_kinds(actor))
    return {name: figure for name, figure in figures().items() if figure.kind in kinds}


def asked_offices(actor: Actor) -> list[Office]:
    """For which offices the actor may ask figures: those covered by the posts, streets first."""
    return [office for office in reach(actor) if office.level != Level.GRID]


def years(actor: Actor) -> list[int]:
    """The years with anything on record, newest first."""
    kinds = [kind.label() for kind in seen_kinds(actor)]
    first = Matter.objects.filter(kind__in=kinds).order_by("opened_on").values_list("opened_on", flat=True).first()
    this = date.today().year
    return list(range(this, (first.year if first else this) - 1, -1))


@dataclass
class Key:
    """A figure on the leaders' home page, with the same of the year before."""

    figure: Figure
    result: Result
    before: Result


def _key_questions(actor: Actor) -> list[Figure]:
    """The first count and the first share of each folder."""
    chosen: dict[tuple[str, type], Figure] = {}
    for figure in seen_figures(actor).values():
        assert figure.kind is not None
        for sort in (Count, Share):
            if type(figure) is sort:
                chosen.setdefault((figure.kind._meta.app_label, sort), figure)
    return list(chosen.values())


def told_year(actor: Actor) -> int:
    """This year once its key figures count anything; else the newest year of which most of them do, or at least one.

    A single matter that ran over into a year does not make it the year to look at.
    """
    known = years(actor)
    some = []
    for year in known:
        counts = [bool(key.result.value) for key in key_figures(actor, year) if type(key.figure) is Count]
        if any(counts):
            some.append(year)
            if year == known[0] or 2 * sum(counts) > len(counts):
                return year
    return (some or known)[0]


def key_figures(actor: Actor, year: int) -> list[Key]:
    """The key questions of the actor's first office, as far as the record answers them."""
    offices = asked_offices(actor)
    if not offices:
        return []
    asked = _key_questions(actor)
    told = zip(asked, *(results(asked, one, offices[0]) for one in (year, year - 1)), strict=True)
    return [Key(*each) for each in told if any(found.value is not None for found in each[1:])][:KEY_FIGURES]


@dataclass
class Goal:
    """A target with the figure that measures it. `reached` in percent of the target, at most 100."""

    matter: Matter
    wanted: str
    result: Result | None
    reached: int | None


def targets(actor: Actor) -> list[Goal]:
    """The open targets that the actor may see, with their figures' values this year."""
    kind = KINDS.get(TARGET_KIND)
    if kind is None or not has_role(actor, LEADERS | {"planner", "justice_clerk"}):
        return []
    seen = Matter.objects.visible_to(actor).filter(kind=TARGET_KIND, closed_on=None)
    rows = seen.select_related("office", kind.accessor()).order_by("-opened_on", "-id")[:TARGETS]
    return [_goal(matter) for matter in rows]


def _goal(matter: Matter) -> Goal:
    case: Any = matter.case
    wanted = getattr(case, "value", None)
    figure = figures().get(getattr(case, "watches", "") or "")
    year = getattr(case, "year", None) or date.today().year
    found = result(figure, year, matter.office) if figure else None
    reached = None
    if found is not None and found.value is not None and wanted:
        reached = max(0, min(100, int(Decimal(found.value) * 100 / Decimal(wanted))))
    return Goal(matter, _show(wanted, figure), found, reached)


def _show(wanted: Any, figure: Figure | None) -> str:
    if wanted is None:
        return _("未定")
    text = f"{Decimal(wanted).normalize():f}"
    return f"{text}%" if figure is not None and figure.percent else text
