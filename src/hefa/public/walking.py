"""How far it is on foot from where somebody is: along the roads where they are known, else estimated and called so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hefa.circle import pace
from hefa.circle.faults import Unusable
from hefa.circle.ground import Floats, metres
from hefa.circle.keeping import Ground, ground
from hefa.circle.reach import reach

from .places import Place

LONGEST = 4_000.0  # metres along the roads; what is further is estimated
_ON_NETWORK = 300.0  # metres from the nearest junction up to which the network knows a place


@dataclass(frozen=True)
class Walk:
    """`metres` on foot at the usual pace. `is_estimate`: straight line times the stated detour, not along roads."""

    metres: float
    is_estimate: bool

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up: nobody comes late for having trusted them."""
        return max(1, math.ceil(self.metres / pace.usual_speed() / 60 - 1e-6))


@dataclass(frozen=True)
class Near:
    """A place and the way to it: none when one of the two is not known."""

    place: Place
    walk: Walk | None


def roads_of(data: Path) -> Ground | None:
    """The network in use, or none when there is none that can be read."""
    try:
        return ground(data)
    except Unusable:
        return None


def by_walk(found: Sequence[Place], start: tuple[float, float], own: Ground | None) -> list[Near]:
    """The places from the nearest to the furthest on foot of `start` (lon, lat); those without a mark come last."""
    marked = [one for one in found if one.is_marked]
    walks = _walks([(one.lon or 0.0, one.lat or 0.0) for one in marked], start, own)
    near = [Near(one, walk) for one, walk in zip(marked, walks, strict=True)]
    near.sort(key=lambda one: one.walk.metres if one.walk else math.inf)
    return [*near, *(Near(one, None) for one in found if not one.is_marked)]


def _walks(spots: Sequence[tuple[float, float]], start: tuple[float, float], own: Ground | None) -> list[Walk]:
    if not spots:
        return []
    lon, lat = np.array(spots).T
    crow = metres(start[0], start[1], lon, lat)
    factor = float(pace.walking()["detour"]["factor"])
    along = np.full(len(spots), np.inf) if own is None else _along(lon, lat, start, own, crow)
    return [
        Walk(road, False) if math.isfinite(road) else Walk(straight * factor, True)
        for road, straight in zip(along.tolist(), crow.tolist(), strict=True)
    ]


def _along(lon: Floats, lat: Floats, start: tuple[float, float], own: Ground, crow: Floats) -> Floats:
    """Metres along the roads, the ways to and from the junctions included; infinite where the network cannot tell.

    Two places at one junction are as far apart as the straight line `crow` between them: nobody goes there and back.
    """
    nodes, away = own.network.nearest(np.append(lon, start[0]), np.append(lat, start[1]))
    if away[-1] > _ON_NETWORK:
        return np.full(len(lon), np.inf)
    walked = reach(own.network, [int(nodes[-1])], LONGEST).away[nodes[:-1]] + away[:-1] + away[-1]
    walked = np.where(nodes[:-1] == nodes[-1], crow, walked)
    return np.where(away[:-1] > _ON_NETWORK, np.inf, walked)
