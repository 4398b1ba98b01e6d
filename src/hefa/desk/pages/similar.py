"""相似案件: earlier matters like one at hand, or like what is told in plain words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .. import alike, sight
from ..sight import actor_of


def similar(request: HttpRequest) -> HttpResponse:
    """A search in plain words. What is told is posted, so that no log and no history holds it."""
    actor = actor_of(request)
    kinds = alike.kinds(actor)
    if not kinds:
        raise Http404
    asked = request.POST.get("kind") or request.GET.get("kind") or ""
    kind = next((one for one in kinds if one.label() == asked), kinds[0])
    words = request.POST.get("q", "").strip()[: alike.LONGEST]
    context: dict[str, Any] = {"kinds": kinds, "kind": kind, "q": words}
    if words:
        rows = alike.of_words(kind, words, actor)
        context |= {"asked": True, "rows": rows, "hidden": alike.hidden(rows)}
    return render(request, "desk/similar.html", context)


def similar_to(request: HttpRequest, pk: int) -> HttpResponse:
    """What is like a matter: within its page, or a page of its own."""
    actor = actor_of(request)
    found = sight.find_matter(actor, pk)
    if found.declared.alike is None:
        raise Http404
    rows = alike.of_matter(found, actor)
    context = {"matter": found, "kind": found.declared, "rows": rows, "hidden": alike.hidden(rows), "asked": True}
    if request.headers.get("HX-Request"):
        return render(request, "desk/parts/similar.html", context)
    return render(request, "desk/similar.html", context | {"kinds": alike.kinds(actor)})
