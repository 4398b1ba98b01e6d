"""Service points near me, for anybody. Where somebody is comes in by POST: it stands in no address and no log."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hefa.circle import pace
from hefa.circle.faults import Unusable
from hefa.circle.ground import must_be_degrees
from hefa.circle.network import pairs

from .places import Place, places
from .told import published
from .walking import Near, by_walk, roads_of

# The desk asks for no place of anybody; this page may.
_MAY_ASK = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"
_A_PAGE = 20
_MOST_ROADS = 40_000  # more than a telephone draws with ease


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest) -> HttpResponse:
    """The list: from a place (POST `lon`, `lat`), from a community (`?community=`), or in the order of the offices."""
    found = places()
    communities = {one.office: one.community for one in found if one.community}
    chosen = _chosen(request, communities)
    context: dict[str, Any] = {"communities": communities.items(), "chosen": chosen, "status": 200}
    try:
        start = _here(request) if request.method == "POST" else _of_community(found, chosen)
    except Unusable:
        start = None
        context |= {"fault": _("没有读到您的位置，请改选社区"), "status": 422}
    rows = _rows(found, start, chosen)
    own = roads_of(Path(settings.DATA)) if start else None
    if start:
        rows = by_walk(found, start, own)
    context |= _told(rows, start, communities.get(chosen, ""), own is not None and own.kept.is_sample)
    response = render(request, "public/points.html", context, status=context["status"])
    response.headers["Permissions-Policy"] = _MAY_ASK
    return response


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Typical cases of mediation, told without names, the newest first."""
    page = Paginator(published(), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/cases.html", {"page": page})


@require_safe
def roads(request: HttpRequest) -> HttpResponse:
    """The roads that the map draws, as lists of (lon, lat)."""
    own = roads_of(Path(settings.DATA))
    body = _drawn(own.kept.mark) if own else b"[]"
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "public, max-age=3600"})


@lru_cache(maxsize=1)
def _drawn(mark: str) -> bytes:
    own = roads_of(Path(settings.DATA))
    if own is None or len(own.network.tails) > _MOST_ROADS:
        return b"[]"
    lines = pairs(own.network)[2]
    return orjson.dumps([[(round(lon, 5), round(lat, 5)) for lon, lat in line] for line in lines])


def _chosen(request: HttpRequest, communities: dict[int, str]) -> int:
    given = request.GET.get("community", "")[:12]
    return int(given) if given.isascii() and given.isdigit() and int(given) in communities else 0


def _here(request: HttpRequest) -> tuple[float, float]:
    """The place that a browser told. `Unusable` when it is none."""
    try:
        lon, lat = (float(request.POST.get(name, "")[:20]) for name in ("lon", "lat"))
    except ValueError:
        raise Unusable("") from None
    must_be_degrees(lon, lat, "")
    return lon, lat


def _of_community(found: list[Place], chosen: int) -> tuple[float, float] | None:
    """Where a community's own committee sits, or else another of its points: its stand-in for a middle."""
    for one in found:
        if one.office == chosen and one.lon is not None and one.lat is not None:
            return one.lon, one.lat
    return None


def _rows(found: list[Place], start: tuple[float, float] | None, chosen: int) -> list[Near]:
    return [Near(one, None) for one in sorted(found, key=lambda one: one.office != chosen)]


def _told(rows: list[Near], start: tuple[float, float] | None, community: str, is_sample: bool) -> dict[str, Any]:
    return {
        "rows": [
            {
                "place": one.place,
                "kind": _(one.place.kind) if one.place.kind else "",
                "lines": [_(line) for line in one.place.lines],
                "walk": one.walk,
                "metres": round(one.walk.metres, -1) if one.walk else None,
            }
            for one in rows
        ],
        "start": start,
        "community": community,
        "is_sample": is_sample,
        "has_estimates": any(one.walk and one.walk.is_estimate for one in rows),
        "factor": pace.walking()["detour"]["factor"],
        "pace": round(pace.usual_speed() * 60),
    }
