"""A study as a JSON document, and what would change when points close or move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import pace
from .adding import Addition
from .ground import metres
from .study import Study, whole

NETWORK, ESTIMATE = "network", "straight_line_estimate"


def as_json(study: Study, found: Sequence[Addition] = ()) -> dict[str, Any]:
    """The document of `./hefa circle --json`. Ids of junctions are those of the network."""
    network, share = study.network, study.junctions
    document: dict[str, Any] = {
        "minutes": whole(study.minutes), "speed": study.speed, "nodes": network.size, "covered": int(share.covered),
        "share": share.covered / share.total, "straight_line_share": share.straight / share.total,
        "by_point": by_point(study), "gaps": gaps_json(study), "add": additions_json(study, found),
        "method": NETWORK, "limit_metres": study.limit, "straight_line_covered": int(share.straight),
        "counts": study.counts, "pieces": int(network.pieces[0]), "warnings": study.warnings(),
    }  # fmt: skip
    if study.people is not None:
        document["homes"] = study.people.as_json()
    return document


def by_point(study: Study) -> list[dict[str, Any]]:
    """Each point: its own reach, its share of the nearest, its load a mediator."""
    rows = []
    for one, own, (junctions, people) in zip(study.snapped, study.alone, study.nearest_to(), strict=True):
        row: dict[str, Any] = {
            "name": one.point.name, "covered": len(own[0]), "nearest_to": junctions,
            "node": study.network.ids[one.node], "lon": one.point.lon, "lat": one.point.lat,
            "snapped_metres": round(one.away, 1),
        }  # fmt: skip
        if study.housed:
            row[study.counts] = whole(people)
        if one.point.people:
            load = people if study.housed else junctions
            row |= {"mediators": one.point.people, "load_per_mediator": round(load / one.point.people, 1)}
        rows.append(row)
    return rows


def gaps_json(study: Study) -> list[dict[str, Any]]:
    """Each gap: how much of it, where its middle is, how far the nearest point is as the crow flies."""
    network = study.network
    rows = []
    for rank, gap in enumerate(study.gaps, start=1):
        lon, lat = float(network.lon[gap.node]), float(network.lat[gap.node])
        away = metres([one.lon for one in study.points], [one.lat for one in study.points], lon, lat)
        row: dict[str, Any] = {
            "rank": rank,
            "node": network.ids[gap.node],
            "lon": lon,
            "lat": lat,
            "nodes": len(gap.nodes),
        }
        if study.housed:
            row[study.counts] = whole(gap.weight)
        row["nearest_point"] = study.points[int(away.argmin())].name
        row["straight_line_metres"] = round(float(away.min()))
        rows.append(row)
    return rows


def additions_json(study: Study, found: Sequence[Addition]) -> list[dict[str, Any]]:
    network = study.network
    return [
        {"node": network.ids[one.node], "lon": float(network.lon[one.node]), "lat": float(network.lat[one.node]),
         "gain": whole(one.gain), "junctions": one.junctions}
        for one in found
    ]  # fmt: skip


def difference(before: Study, after: Study) -> dict[str, Any]:
    """What changes from one set of points to another on the same network."""
    gained, lost = after.covered & ~before.covered, before.covered & ~after.covered
    told: dict[str, Any] = {
        "covered_before": int(before.covered.sum()), "covered": int(after.covered.sum()),
        "share": float(after.covered.mean()), "gained": int(gained.sum()), "lost": int(lost.sum()),
    }  # fmt: skip
    if before.people is not None and after.people is not None:
        told["homes"] = {"covered_before": whole(before.people.covered), **after.people.as_json()}
    return told


def pace_told(study: Study, by_class: bool) -> str:
    """How walking was reckoned, in a sentence."""
    if not by_class:
        return f"各级道路都按 {study.speed:g} 米/秒步行"
    given = pace.walking()["pace"]
    return f"按 {given['minutes']} 分钟 {given['metres']} 米步行（{given['source']}），各级道路另有系数"
