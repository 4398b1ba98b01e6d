"""The 15-minute circle on a map: who can walk to a mediator in time, and what if a point moved or closed.

Everything the map shows stands in tables beside it. Places are public facts: whoever works with matters sees them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa.circle import telling
from hefa.circle.adding import Addition
from hefa.circle.faults import Unusable
from hefa.circle.ground import must_be_degrees
from hefa.circle.keeping import Ground, ground
from hefa.circle.network import pairs
from hefa.circle.pace import usual_speed
from hefa.circle.points import Point
from hefa.circle.record import points_on_record
from hefa.circle.study import Study

from ..sight import actor_of, business_posts
from ..speech import speak
from .patches import sees_patches

MINUTES = (10, 15, 20)
USUAL = 15
MOST_ADDED, GAPS = 10, 12
_WIDEST = 4_000  # bytes of a question to the what-if


@dataclass(frozen=True)
class Scene:
    """What a request is about: the ground, the points as they are, the minutes asked for."""

    ground: Ground
    points: tuple[Point, ...]
    minutes: int

    @property
    def study(self) -> Study:
        return _study(self.ground.kept.mark, self.points, self.minutes)


def circle(request: HttpRequest) -> HttpResponse:
    """The page: figures, map, tables."""
    _must_work_here(request)
    count = _count(request)
    context: dict[str, Any] = {"choices": MINUTES, "minutes": _minutes(request), "count": count, "most": MOST_ADDED}
    context["sees_patches"] = sees_patches(actor_of(request))
    try:
        scene = _scene(request)
        closed = [key for key in request.GET.getlist("close") if any(one.key == key for one in scene.points)]
        study = _after(scene, {}, closed).study if len(closed) < len(scene.points) else scene.study
        context |= _told(scene, study, _additions(study, count), set(closed))
    except Unusable as fault:
        context["fault"] = speak(str(fault))
    return render(request, "desk/circle.html", context)


def circle_map(request: HttpRequest) -> HttpResponse:
    """What the map draws, as one JSON document; roads too when `roads` is asked for."""
    _must_work_here(request)
    try:
        scene = _scene(request)
        document = _drawn(scene, scene.study)
        document["added"] = telling.additions_json(scene.study, _additions(scene.study, _count(request)))
        if request.GET.get("roads"):
            document["roads"] = _roads(scene.ground)
    except Unusable as fault:
        return _json({"fault": speak(str(fault))}, 422)
    return _json(document)


@require_POST
def circle_try(request: HttpRequest) -> HttpResponse:
    """What if: points moved (`moves`: {key: [lon, lat]}) or closed (`closed`: [key]). Nothing is kept.

    `rough` in the query: areas as sketches, for while a point is being dragged.
    """
    _must_work_here(request)
    try:
        scene = _scene(request)
        moves, closed = _asked(request, {one.key for one in scene.points})
        is_rough = request.GET.get("rough") == "1"
        after = _after(scene, moves, closed)
        told = telling.difference(scene.study, after.study) if after.points else {}
        drawn = _drawn(after, after.study, only=set(moves), is_rough=is_rough) if after.points else {"points": []}
    except Unusable as fault:
        return _json({"fault": speak(str(fault))}, 422)
    return _json({**drawn, "difference": told, "said": _said(scene, after, told)})


def _must_work_here(request: HttpRequest) -> None:
    if not business_posts(actor_of(request)):
        raise Http404


def _minutes(request: HttpRequest) -> int:
    given = request.GET.get("minutes", "")
    return int(given) if given in map(str, MINUTES) else USUAL


def _count(request: HttpRequest) -> int:
    given = request.GET.get("add", "")
    return min(int(given), MOST_ADDED) if given.isascii() and given.isdigit() else 0


def _scene(request: HttpRequest) -> Scene:
    points = tuple(points_on_record())
    if not points:
        raise Unusable(_("台账里还没有标定位置的调委会或服务点"))
    return Scene(ground(Path(settings.DATA)), points, _minutes(request))


@lru_cache(maxsize=32)
def _study(mark: str, points: tuple[Point, ...], minutes: int) -> Study:
    """A study whose parts are computed once, as long as the points on record do not change."""
    own = ground(Path(settings.DATA))
    return Study(own.network, points, minutes, usual_speed(), own.housed)


@lru_cache(maxsize=8)
def _additions_of(mark: str, points: tuple[Point, ...], minutes: int, count: int) -> tuple[Addition, ...]:
    return tuple(_study(mark, points, minutes).additions(count))


def _additions(study: Study, count: int) -> tuple[Addition, ...]:
    if not count:
        return ()
    mark = ground(Path(settings.DATA)).kept.mark
    return _additions_of(mark, tuple(study.points), int(study.minutes), count)


def _asked(request: HttpRequest, known: set[str]) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """(moves, closed) of a question. `Unusable` when it is none."""
    try:
        if len(request.body) > _WIDEST:
            raise ValueError
        asked = orjson.loads(request.body)
        moves = {str(key): (float(lon), float(lat)) for key, (lon, lat) in dict(asked.get("moves") or {}).items()}
        closed = [str(key) for key in asked.get("closed") or []]
    except (ValueError, TypeError, AttributeError):
        raise Unusable(_("问得不完整，请刷新页面再试")) from None
    for lon, lat in moves.values():
        must_be_degrees(lon, lat, "")
    if not known.issuperset((*moves, *closed)):
        raise Unusable(_("调解点已经有变动，请刷新页面再试"))
    return moves, closed


def _after(scene: Scene, moves: dict[str, tuple[float, float]], closed: Sequence[str]) -> Scene:
    left = [one for one in scene.points if one.key not in closed]
    there = tuple(
        replace(one, lon=moves[one.key][0], lat=moves[one.key][1]) if one.key in moves else one for one in left
    )
    return replace(scene, points=there)


def _drawn(scene: Scene, study: Study, only: set[str] | None = None, is_rough: bool = False) -> dict[str, Any]:
    """Points with the area each reaches (`only`: those of some points), and the junctions out of reach."""
    outliner, network = scene.ground.outliner, scene.ground.network
    draw, points = outliner.sketch if is_rough else outliner.outline, []
    for row, one, own in zip(telling.by_point(study), study.points, study.alone, strict=True):
        row["key"] = one.key
        if only is None or one.key in only:
            row["area"] = outliner.rings(draw(*own, study.limit))
        points.append(row)
    out = ~study.covered
    lacking = [[round(lon, 6), round(lat, 6)] for lon, lat in zip(network.lon[out], network.lat[out], strict=True)]
    return {"points": points, "out": lacking}


@lru_cache(maxsize=1)
def _lines(mark: str) -> list[list[tuple[float, float]]]:
    lines = pairs(ground(Path(settings.DATA)).network)[2]
    return [[(round(lon, 6), round(lat, 6)) for lon, lat in line] for line in lines]


def _roads(own: Ground) -> list[list[tuple[float, float]]]:
    return _lines(own.kept.mark)


def _told(scene: Scene, study: Study, added: Sequence[Addition], closed: set[str]) -> dict[str, Any]:
    rows = [
        {**row, "key": one.key, "people": row.get(study.counts)}
        for row, one in zip(telling.by_point(study), study.points, strict=True)
    ]
    gaps = [{**gap, "weight": gap.get(study.counts, gap["nodes"])} for gap in telling.gaps_json(study)]
    gone = [{"name": one.name, "key": one.key, "is_closed": True} for one in scene.points if one.key in closed]
    people = study.people
    has_load = any("load_per_mediator" in row for row in rows)
    return {
        "scene": scene, "is_sample": scene.ground.kept.is_sample, "limit": round(study.limit), "source": scene.ground.kept.name,
        "shares": [_share(one) for one in (people, study.junctions) if one is not None],
        "rows": rows + gone, "counts": _counts(study.counts),
        "gaps": gaps[:GAPS], "gap_count": len(gaps), "has_load": has_load,
        "added": telling.additions_json(study, added), "warnings": [speak(one) for one in study.warnings()],
        "change": telling.difference(scene.study, study) if closed else None,
    }  # fmt: skip


def _counts(word: str) -> str:
    return {"residents": _("居民人数"), "buildings": _("住址数"), "junctions": _("路口数")}[word]


def _share(share: Any) -> dict[str, Any]:
    told = share.as_json()
    return {
        **told,
        "label": _counts(share.counts),
        "percent": f"{told['share']:.1%}",
        "crow": f"{told['straight_line_share']:.1%}",
    }


def _said(scene: Scene, after: Scene, told: dict[str, Any]) -> str:
    """The change in a sentence, for those who hear the page."""
    if not after.points:
        return _("一个调解点也不剩，谁也走不到")
    if homes := told.get("homes"):
        counts = {"before": homes["covered_before"], "after": homes["covered"], "unit": _counts(homes["counts"])}
        return _("走得到的%(unit)s从 %(before)s 变为 %(after)s") % counts
    counts = {"before": told["covered_before"], "after": told["covered"], "unit": _counts("junctions")}
    return _("走得到的%(unit)s从 %(before)s 变为 %(after)s") % counts


def _json(document: dict[str, Any], status: int = 200) -> HttpResponse:
    body = orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY, default=str)
    return HttpResponse(body, content_type="application/json", status=status)
