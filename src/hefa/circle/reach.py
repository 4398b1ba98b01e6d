"""Who is within reach: shortest walks from many points at once, and the circles that a crow would draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from .ground import Floats, Ints
from .network import SLACK, Network

Mask = NDArray[np.bool_]
# Below this share of the straight line the straight line tells nothing of where a walk can lead.
_LEAST_STRETCH = 0.05
_KEPT = 500  # walks from one point
_CELLS = 4_000_000  # of a table of walks that is held at a time: 32 MB


@dataclass(frozen=True)
class Reach:
    """`away`: metres of each junction from the nearest source, infinite beyond the limit; `sources`: as scipy has them."""

    away: Floats
    sources: Ints

    @cached_property
    def mask(self) -> Mask:
        return np.isfinite(self.away)

    @cached_property
    def nearest(self) -> Ints:
        """The junction of the nearest source, -1 beyond the limit."""
        return np.where(self.mask, self.sources, -1)


def reach(network: Network, nodes: Sequence[int], limit: float) -> Reach:
    """The walk from the nearest of `nodes` to every junction, up to `limit` metres and no further."""
    if not len(nodes):
        return Reach(np.full(network.size, np.inf), np.full(network.size, -1))
    away, _, sources = dijkstra(
        network.graph, directed=True, indices=np.unique(nodes), min_only=True, limit=limit + SLACK,
        return_predecessors=True,
    )  # fmt: skip
    return Reach(away, sources)


def radius(network: Network, limit: float) -> float:
    """How far from its start, as the crow flies, a walk of `limit` metres can end; infinite when nobody knows."""
    return limit / network.stretch if network.stretch >= _LEAST_STRETCH else np.inf


def alone(network: Network, node: int, limit: float) -> tuple[Ints, Floats]:
    """(junctions within `limit` metres of one junction, metres to each), found in its neighbourhood only.

    What was found is kept with the network: of many points asked for again only the moved one is walked anew.
    """
    known = network.walks
    if (node, limit) not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[node, limit] = _alone(network, node, limit)
    return known[node, limit]


def _alone(network: Network, node: int, limit: float) -> tuple[Ints, Floats]:
    far = radius(network, limit)
    if not np.isfinite(far):
        away = dijkstra(network.graph, directed=True, indices=node, limit=limit + SLACK)
        near = np.flatnonzero(np.isfinite(away))
        return near, away[near]
    near = np.sort(network.around(float(network.lon[node]), float(network.lat[node]), far))
    own = part(network.graph, near)
    away = dijkstra(own, directed=True, indices=int(np.searchsorted(near, node)), limit=limit + SLACK)
    inside = np.isfinite(away)
    return near[inside], away[inside]


def part(graph: csr_matrix, nodes: Ints) -> csr_matrix:
    """The roads among some junctions, given in rising order and numbered anew in it.

    Not `graph[:, nodes]`: that would walk over every junction of the network for each neighbourhood.
    """
    rows = graph[nodes]
    at = np.minimum(np.searchsorted(nodes, rows.indices), len(nodes) - 1)
    inside = nodes[at] == rows.indices
    ends = np.concatenate(([0], np.cumsum(inside)))[rows.indptr]
    return csr_matrix((rows.data[inside], at[inside], ends), shape=(len(nodes), len(nodes)))


def straight(network: Network, points: Sequence[tuple[float, float]], limit: float) -> Mask:
    """Junctions within `limit` metres of some point (lon, lat) as the crow flies."""
    mask = np.zeros(network.size, bool)
    for lon, lat in points:
        mask[network.around(lon, lat, limit)] = True
    return mask


def walks(network: Network, sources: Ints, limit: float) -> Iterator[tuple[Ints, Ints, Mask]]:
    """For each of many sources the junctions within `limit` metres, in handfuls that fit in memory.

    Yields (sources, junctions, whether each source reaches each junction), neighbourhood by neighbourhood.
    """
    far = radius(network, limit)
    for own in _tiles(network, sources, limit):
        near = _neighbourhood(network, own, far)
        graph = part(network.graph, near)
        at = np.searchsorted(near, own)
        rows = max(1, _CELLS // len(near))
        for start in range(0, len(own), rows):
            away = dijkstra(graph, directed=True, indices=at[start : start + rows], limit=limit + SLACK)
            yield own[start : start + rows], near, np.isfinite(away)


def _tiles(network: Network, sources: Ints, side: float) -> Iterator[Ints]:
    """Sources that lie in the same square of a grid."""
    if not len(sources):
        return
    x, y = network.flat
    squares = np.floor(x[sources] / side).astype(np.int64) * (1 << 32) + np.floor(y[sources] / side).astype(np.int64)
    order = np.argsort(squares, kind="stable")
    cuts = np.flatnonzero(np.diff(squares[order])) + 1
    yield from np.split(sources[order], cuts)


def _neighbourhood(network: Network, own: Ints, far: float) -> Ints:
    """Junctions that a walk from any of these may touch, sorted."""
    if not np.isfinite(far):
        return np.arange(network.size)
    x, y = network.flat
    margin = far * 1.02  # the map is flat and the Earth is not
    order, east = network.from_west
    first, last = np.searchsorted(east, (x[own].min() - margin, x[own].max() + margin), side="left")
    strip = order[first:last]
    inside = (y[strip] >= y[own].min() - margin) & (y[strip] <= y[own].max() + margin)
    return np.sort(strip[inside])
