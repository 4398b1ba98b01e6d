"""Without a road network: an estimate from straight lines and a detour factor, and called so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import pace
from .ground import metres
from .points import Homes, Point
from .study import limit_of, whole
from .telling import ESTIMATE


def estimate(points: Sequence[Point], homes: Homes, minutes: float, speed: float) -> dict[str, Any]:
    """The document of `./hefa circle` where only homes and points are known: homes stand in for junctions.

    A home counts as covered when the straight line times the detour factor is within the limit.
    """
    limit = limit_of(minutes, speed)
    factor = float(pace.walking()["detour"]["factor"])
    away = np.array([metres(one.lon, one.lat, homes.lon, homes.lat) for one in points])
    walked, nearest = away * factor <= limit, away.argmin(axis=0)
    inside, crow, people = walked.any(axis=0), (away <= limit).any(axis=0), homes.residents
    total = float(people.sum())
    rows = [
        {"name": one.name, "covered": whole(float(people[walked[n]].sum())),
         "nearest_to": whole(float(people[inside & (nearest == n)].sum())), "lon": one.lon, "lat": one.lat}
        for n, one in enumerate(points)
    ]  # fmt: skip
    said = (
        f"没有路网：这是估算，按直线距离乘以绕行系数 {factor:g} 判断是否走得到"
        f"（{pace.walking()['detour']['source']}），不能当作实测"
    )
    return {
        "minutes": whole(minutes), "speed": speed, "nodes": len(homes), "covered": whole(float(people[inside].sum())),
        "share": float(people[inside].sum()) / total if total else 0.0,
        "straight_line_share": float(people[crow].sum()) / total if total else 0.0,
        "by_point": rows, "gaps": [], "add": [], "method": ESTIMATE, "detour_factor": factor, "limit_metres": limit,
        "counts": "residents" if homes.are_counted else "buildings", "warnings": [said],
    }  # fmt: skip
