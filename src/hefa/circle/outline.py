"""The shape of a circle on the ground: the roads walked in time, and the strip beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.ops import substring

from .ground import Floats, Ints
from .network import Network, pairs
from .pace import walking

_ROUND = 2  # segments of a quarter circle at a road's end
_TRUE_TO = 4.0  # metres that an outline may leave out
_HUGS = 0.2  # how close a sketch clings to its roads: 0 as close as can be, 1 not at all
_PLUG = 30_000.0  # square metres: a hole this small is a block of houses, not a gap


class Outliner:
    """Draws isochrones on one network. Roads are laid out flat once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.tails, self.heads, lines = pairs(network)
        counts = np.array([len(line) for line in lines])
        flat = np.array([place for line in lines for place in line], float).reshape(-1, 2)
        x, y = network.plane.flat(flat[:, 0], flat[:, 1])
        self.lines = shapely.linestrings(np.column_stack((x, y)), indices=np.repeat(np.arange(len(lines)), counts))
        self.reach = float(walking()["drawing"]["reach"])

    def sketch(self, nodes: Ints, away: Floats, limit: float) -> Any:
        """The same area roughly, ten times as fast, for while a point is dragged: a hull that knows no holes."""
        pieces = self._walked(nodes, away, limit)
        hull = shapely.concave_hull(shapely.multipoints(shapely.get_coordinates(pieces)), ratio=_HUGS)
        return shapely.multipolygons([shapely.buffer(hull, self.reach, quad_segs=_ROUND)])

    def outline(self, nodes: Ints, away: Floats, limit: float) -> Any:
        """The area (shapely, metres on the network's plane) within `limit` metres, given the junctions reached."""
        pieces = shapely.simplify(self._walked(nodes, away, limit), _TRUE_TO)
        area = shapely.union_all(shapely.buffer(pieces, self.reach, quad_segs=_ROUND))
        return _plugged(shapely.simplify(area, _TRUE_TO))

    def _walked(self, nodes: Ints, away: Floats, limit: float) -> list[Any]:
        """The roads, or parts of roads, walked within the limit; the start itself where there are none."""
        left = np.full(self.network.size, -1.0)
        left[nodes] = np.maximum(limit - away, 0.0)
        a, b = left[self.tails], left[self.heads]
        touched = np.flatnonzero((a >= 0) | (b >= 0))
        lengths = shapely.length(self.lines[touched])
        whole = (np.maximum(a[touched], 0) + np.maximum(b[touched], 0)) >= lengths
        pieces = list(self.lines[touched[whole]])
        for n, length in zip(touched[~whole], lengths[~whole], strict=True):
            if a[n] > 0:
                pieces.append(substring(self.lines[n], 0, a[n]))
            if b[n] > 0:
                pieces.append(substring(self.lines[n], length - b[n], length))
        x, y = self.network.flat
        return [*pieces, *shapely.points(x[nodes[:1]], y[nodes[:1]])]

    def rings(self, area: Any) -> list[list[list[list[float]]]]:
        """An area as the coordinates of a GeoJSON MultiPolygon, degrees to a decimetre."""
        return [
            [self._ring(ring) for ring in (one.exterior, *one.interiors)]
            for one in getattr(area, "geoms", [area])
            if not one.is_empty
        ]

    def _ring(self, ring: Any) -> list[list[float]]:
        lon, lat = self.network.plane.round(*shapely.get_coordinates(ring).T)
        return np.column_stack((lon.round(6), lat.round(6))).tolist()


def _plugged(area: Any) -> Any:
    """The area without the holes that are no gaps."""
    plain = []
    for one in getattr(area, "geoms", [area]):
        holes = [ring for ring in one.interiors if shapely.area(shapely.polygons(ring)) > _PLUG]
        plain.append(shapely.Polygon(one.exterior, holes))
    return shapely.multipolygons(plain)
