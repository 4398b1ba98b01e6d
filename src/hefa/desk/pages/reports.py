"""The year's report: prose in which every number opens its rows, what was left out, and its frozen editions."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa import press
from hefa.kernel import proof
from hefa.kernel.answers import Refused
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Office
from hefa.report import edition, output
from hefa.report.models import Edition
from hefa.report.outline import BadOutline, Draft, compose, find_outline

from .. import numbers, sight
from ..sight import actor_of
from .matters import as_file

FILES = {
    "annual.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "annual.pdf": "application/pdf",
    "annual.txt": "text/plain; charset=utf-8",
    "annual.json": "application/json",
}
_STYLED = re.compile(r' style="([^"<>]*)"')


def street_of(actor: Actor) -> Office:
    """The office whose report the reader sees: the street that covers the posts. 404 when there is none."""
    for office in numbers.asked_offices(actor):
        if office.level in numbers.REPORTING:
            return office
    raise Http404


def reports(request: HttpRequest) -> HttpResponse:
    """The years that can be reported on, each with its editions."""
    actor = actor_of(request)
    office = street_of(actor)
    seen = Edition.objects.filter(matter__in=Matter.objects.visible_to(actor)).select_related("matter")
    editions: dict[int, list[Edition]] = {}
    for found in seen.order_by("-matter_id"):
        editions.setdefault(found.year or 0, []).append(found)
    years = sorted({*numbers.years(actor), *editions}, reverse=True)
    context = {"office": office, "years": [(year, editions.get(year, [])) for year in years]}
    return render(request, "desk/reports.html", context)


def report(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year as the record now tells it."""
    actor = actor_of(request)
    office = street_of(actor)
    context: dict[str, Any] = {"year": year, "office": office, "may_freeze": _may_freeze(actor, office)}
    try:
        draft = _draft(year, office)
    except (BadOutline, FileNotFoundError) as fault:
        return render(request, "desk/report.html", context | {"fault": str(fault)})
    seen = numbers.seen_figures(actor)
    body, rules = unstyled(press.to_html(draft.paper, link=_link(year, office, seen)))
    context |= {
        "draft": draft,
        "body": body,
        "rules": rules,
        "seen": seen,
        "results": [result for result in draft.results.values() if result.value is not None],
        "editions": Edition.objects.filter(year=year, matter__in=Matter.objects.visible_to(actor))
        .select_related("matter")
        .order_by("-matter_id"),
        "files": FILES,
    }
    return render(request, "desk/report.html", context)


def _draft(year: int, office: Office) -> Draft:
    return compose(year, office, find_outline(year, None, settings.HEFA_OUTLINES).read_text("utf-8"))


def _link(year: int, office: Office, seen: Container[str]) -> Callable[[str], str]:
    """Where a number of the report opens; nowhere for a figure of a line of work that the reader may not see."""
    return lambda name: f"{reverse('desk:figure', args=[name])}?year={year}&office={office.pk}" if name in seen else ""


def unstyled(fragment: str) -> tuple[SafeString, SafeString]:
    """(the fragment, rules for a style element): style attributes become classes, for the page allows none.

    The fragment comes from the press, which escapes all that people wrote.
    """
    rules: dict[str, str] = {}

    def classed(found: re.Match[str]) -> str:
        name = rules.setdefault(found.group(1), f"s{len(rules)}")
        return f' data-s="{name}"'

    body = _STYLED.sub(classed, fragment)
    css = "".join(f'[data-s="{name}"]{{{style}}}' for style, name in rules.items())
    return mark_safe(body), mark_safe(css)


def report_file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """The report of a year as a file."""
    if name not in FILES:
        raise Http404
    office = street_of(actor_of(request))
    try:
        draft = _draft(year, office)
    except (BadOutline, FileNotFoundError):
        raise Http404 from None
    makers: dict[str, Callable[[], bytes]] = {
        "annual.docx": lambda: press.to_docx(draft.paper),
        "annual.pdf": lambda: press.to_pdf(draft.paper),
        "annual.txt": lambda: press.to_text(draft.paper).encode(),
        "annual.json": lambda: output.render(draft)["annual.json"],
    }
    response = HttpResponse(makers[name](), content_type=FILES[name])
    title = draft.paper.title.replace("\n", "")
    return as_file(response, f"{title}.{name.rpartition('.')[2]}")


@require_POST
def freeze(request: HttpRequest, year: int) -> HttpResponse:
    """Freeze the report of a year as an edition."""
    actor = actor_of(request)
    office = street_of(actor)
    if not _may_freeze(actor, office):
        raise Http404
    try:
        draft = _draft(year, office)
        standing = edition.latest(year, office)
        if standing is not None and edition.unchanged(draft, standing):
            messages.info(request, _("与已冻结的 %(number)s 相同，没有另存") % {"number": standing.matter.number})
            return redirect("desk:report", year)
        matter, _folder = edition.freeze(draft, actor, via="desk")
        proof.anchor()
    except (BadOutline, FileNotFoundError, Refused) as fault:
        messages.error(request, str(fault))
        return redirect("desk:report", year)
    messages.success(request, _("已冻结：%(number)s。以后的任何出入都会逐行说明。") % {"number": matter.number})
    return redirect("desk:matter", matter.pk)


def _may_freeze(actor: Actor, office: Office) -> bool:
    step = Edition.flow.opening[0]
    return actor.role_for(step.by, office.path) is not None and sight.has_role(actor, frozenset(step.by))
