"""The list of a kind, its export, and the search over all kinds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hefa.kernel.matter import KINDS, Matter

from .. import inbox, listing, sight
from ..sight import actor_of
from . import imports

FOUND = 50
_COLUMNS = ("id", "number", "title", "office__short", "handler__name", "opened_on", *listing.lights.COLUMNS)


def kind_list(request: HttpRequest, label: str) -> HttpResponse:
    """One page of a kind's matters; htmx asks for the table alone."""
    actor = actor_of(request)
    kind = sight.seen_kind(actor, label)
    found = listing.page(kind, actor, request.GET, date.today())
    openings = sight.openings(kind, actor)
    context = {
        "listing": found,
        "kind": kind,
        "opening": openings[0] if openings else None,
        "may_import": imports.may_import(kind, actor),
    }
    wants_table = request.headers.get("HX-Target") == "listing"
    return render(request, "desk/parts/listing.html" if wants_table else "desk/list.html", context)


def find(request: HttpRequest) -> HttpResponse:
    """Search over every kind that the actor may see; an exact number opens the matter."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"query": text, "rows": [], "fault": ""}
    if len(text) < listing.SHORTEST:
        context["fault"] = _("请至少输入两个字")
        return render(request, "desk/find.html", context)
    seen = Matter.objects.visible_to(actor).filter(kind__in=KINDS)
    exact = seen.filter(number=text).values_list("pk", flat=True).first()
    if exact:
        return redirect("desk:matter", exact)
    rows = seen.filter(listing.search(text)).order_by("-opened_on", "-id").values(*_COLUMNS)[: FOUND + 1]
    dressed = [inbox.dressed(row, date.today()) for row in rows]
    context |= {"rows": dressed[:FOUND], "more": len(dressed) > FOUND}
    return render(request, "desk/find.html", context)
