"""Figures: the list for a year, and behind each number its definition, its parts, its spread and every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hefa.kernel.figure import ROW_FIELDS, Figure, Period, Result, by_office, find_figure
from hefa.kernel.matter import KINDS
from hefa.kernel.people import Actor, Office, visible_to

from .. import listing, numbers, story
from ..sight import actor_of

ROWS = 50
ALL = "all"


@dataclass
class Asked:
    """For which year and office figures are asked, and what else could be asked."""

    year: int
    office: Office
    years: list[int]
    offices: list[Office]


def asked(request: HttpRequest, actor: Actor) -> Asked:
    """The year and office of a request, kept within what the actor may ask; 404 when nothing may be asked."""
    offices = numbers.asked_offices(actor)
    if not offices:
        raise Http404
    years = numbers.years(actor)
    given = request.GET.get("year", "")
    year = int(given) if given.isdigit() and 1990 <= int(given) <= date.today().year else numbers.told_year(actor)
    chosen = request.GET.get("office", "")
    if chosen and chosen not in {str(office.pk) for office in offices}:
        raise Http404
    office = next((office for office in offices if str(office.pk) == chosen), offices[0])
    return Asked(year, office, sorted({*years, year}, reverse=True), offices)


def figure_list(request: HttpRequest) -> HttpResponse:
    """The figures that the reader may ask, one folder at a time or all, with the year before beside each."""
    actor = actor_of(request)
    scope = asked(request, actor)
    folders = {name: list(many) for name, many in groupby(numbers.seen_figures(actor).values(), key=_folder)}
    chosen = request.GET.get("folder", "")
    if chosen != ALL and chosen not in folders:
        chosen = next(iter(folders), "")
    groups = [
        (_folder_label(name), _with_before(many, scope)) for name, many in folders.items() if chosen in (ALL, name)
    ]
    context = {
        "scope": scope,
        "groups": groups,
        "lines": [(name, _folder_label(name), len(many)) for name, many in folders.items()],
        "folder": chosen,
        "all": ALL,
        "count": sum(map(len, folders.values())),
    }
    return render(request, "desk/figures.html", context)


def _with_before(many: list[Figure], scope: Asked) -> list[tuple[Figure, Result, Result]]:
    now, before = (numbers.results(many, year, scope.office) for year in (scope.year, scope.year - 1))
    return list(zip(many, now, before, strict=True))


def _folder(figure: Figure) -> str:
    assert figure.kind is not None
    return figure.kind._meta.app_label


def _folder_label(folder: str) -> str:
    kinds = [kind for kind in KINDS.values() if kind._meta.app_label == folder]
    primary = next((kind for kind in kinds if kind.primary), kinds[0])
    return _(str(primary._meta.verbose_name))


@dataclass
class Spread:
    """How many rows one office has; `part` in percent of the largest."""

    office: str
    rows: int
    part: int


def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure: what it is, what it is made of, where it comes from, and its rows."""
    actor = actor_of(request)
    if name not in numbers.seen_figures(actor):
        raise Http404
    found = find_figure(name)
    scope = asked(request, actor)
    period = Period.year(scope.year)
    rows, newer, older = _rows(found, period, scope.office, actor, request)
    context: dict[str, Any] = {
        "scope": scope,
        "figure": found,
        "result": numbers.result(found, scope.year, scope.office),
        "before": numbers.result(found, scope.year - 1, scope.office),
        "seen": numbers.seen_figures(actor),
        "parts": [(part, numbers.result(part, scope.year, scope.office)) for part in _parts(found)],
        "spread": _spread(found, period, scope.office),
        "rows": rows,
        "newer": newer,
        "older": older,
        "hidden": _hidden(found, period, scope.office, actor),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    return render(request, "desk/parts/figure_rows.html" if wants_rows else "desk/figure.html", context)


def _parts(found: Figure) -> list[Figure]:
    return [find_figure(name) for name in found.uses()]


def _rows(
    found: Figure, period: Period, office: Office, actor: Actor, request: HttpRequest
) -> tuple[list[dict[str, Any]], str, str]:
    seen = found.entries(period, office).filter(visible_to(actor, "matter__"))
    rows, newer, older = listing.keyset(seen, ("day", False), request.GET, ROW_FIELDS, ROWS)
    assert found.kind is not None
    labels = {step.name: step.label for step in found.kind.flow.steps}
    for row in rows:
        row["step_label"] = _(labels[row["step"]]) if row["step"] in labels else story.step_label(row["step"])
    return rows, newer, older


def _hidden(found: Figure, period: Period, office: Office, actor: Actor) -> int:
    """How many of the rows the reader may not open: counted, never shown."""
    entries = found.entries(period, office).order_by()
    return entries.count() - entries.filter(visible_to(actor, "matter__")).count()


def _spread(found: Figure, period: Period, office: Office) -> list[Spread]:
    counts = by_office(found, period, office)
    most = max(counts.values(), default=1)
    return [Spread(name, n, max(1, n * 100 // most)) for name, n in counts.items()]
