"""A road network: junctions with their own ids, roads between them, one sparse matrix to walk on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .faults import Unusable
from .ground import Floats, Ints, Plane, chord, metres, on_sphere
from .pace import share_of_pace

# scipy takes a zero for “no road”: a road without length is a nanometre long.
NOTHING = 1e-9  # metres
# What a limit forgives, so that a thousand such roads, or the rounding of a sum, put nobody out of reach.
SLACK = 1e-6  # metres


@dataclass(frozen=True)
class Roads:
    """What a reader found. `tails` and `heads` index the junctions; `lengths` metres, NaN: measure it.

    `shapes` holds for each road its points (lon, lat) between the ends, or is empty when roads are straight.
    """

    ids: list[Any]
    lon: Floats
    lat: Floats
    tails: Ints
    heads: Ints
    lengths: Floats
    classes: list[str] = field(default_factory=list)
    shapes: Sequence[Sequence[tuple[float, float]]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Network:
    """Roads made ready to be walked. `steps` are metres at the usual pace: a slow road counts as longer."""

    roads: Roads
    ids: list[Any]
    lon: Floats
    lat: Floats
    tails: Ints
    heads: Ints
    steps: Floats
    graph: csr_matrix
    walked: Ints  # which of the roads these are
    closed: int  # roads on which nobody walks
    empty: int  # roads without length

    walks: dict[tuple[int, float], tuple[Ints, Floats]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        return len(self.lon)

    @cached_property
    def tree(self) -> cKDTree:
        return cKDTree(on_sphere(self.lon, self.lat))

    @cached_property
    def doors(self) -> tuple[Ints, cKDTree]:
        """(junctions that a point may stand for, a tree of them): all but those on closed roads only."""
        if not self.closed:
            return np.arange(self.size), self.tree
        shut = np.zeros(self.size, bool)
        shut[self.roads.tails] = shut[self.roads.heads] = True
        shut[self.tails] = shut[self.heads] = False
        open_ = np.flatnonzero(~shut)
        return open_, cKDTree(on_sphere(self.lon[open_], self.lat[open_]))

    @cached_property
    def plane(self) -> Plane:
        return Plane(float(self.lon.mean()), float(self.lat.mean()))

    @cached_property
    def flat(self) -> tuple[Floats, Floats]:
        """Junctions in metres east and north of the middle."""
        return self.plane.flat(self.lon, self.lat)

    @cached_property
    def from_west(self) -> tuple[Ints, Floats]:
        """(junctions from west to east, metres east of each): a strip of the map is found without looking at all of it."""
        x = self.flat[0]
        order = np.argsort(x, kind="stable")
        return order, x[order]

    @cached_property
    def order(self) -> Ints:
        """The rank of each junction by its id, so that ties fall alike whatever the order of the file."""
        keys = [_sortable(one) for one in self.ids]
        ranks = np.empty(self.size, np.int64)
        ranks[sorted(range(self.size), key=keys.__getitem__)] = np.arange(self.size)
        return ranks

    @cached_property
    def pieces(self) -> tuple[int, Ints]:
        """(how many pieces the network is in, the piece of each junction)."""
        return connected_components(self.graph, directed=False)

    @cached_property
    def stretch(self) -> float:
        """The least that a step is of the straight line beneath it; 0: some road is shorter than it can be."""
        straight = metres(self.lon[self.tails], self.lat[self.tails], self.lon[self.heads], self.lat[self.heads])
        long = straight > SLACK
        return min(1.0, float((self.steps[long] / straight[long]).min())) if long.any() else 1.0

    def nearest(self, lon: Any, lat: Any) -> tuple[Ints, Floats]:
        """(the nearest junction of each point, metres to it); of junctions equally near, the one first by id."""
        doors, tree = self.doors
        count = min(4, len(doors))
        _, at = tree.query(on_sphere(lon, lat), k=count)
        found = doors[np.asarray(at).reshape(-1, count)]
        away = metres(np.atleast_1d(lon)[:, None], np.atleast_1d(lat)[:, None], self.lon[found], self.lat[found])
        as_near = away <= away.min(axis=1, keepdims=True) + SLACK
        ranks = self.order[found] if as_near.sum() > len(found) else np.zeros_like(found)
        pick = np.where(as_near, ranks, self.size).argmin(axis=1)
        rows = np.arange(len(found))
        return found[rows, pick], away[rows, pick]

    def around(self, lon: float, lat: float, along: float) -> Ints:
        """Junctions within so many metres as the crow flies, limit included."""
        near = np.asarray(self.tree.query_ball_point(on_sphere(lon, lat)[0], chord(along) + 0.01), dtype=np.int64)
        return near[metres(lon, lat, self.lon[near], self.lat[near]) <= along + SLACK]


def _sortable(one: Any) -> tuple[int, float, str]:
    try:
        return (0, float(one), "")
    except (TypeError, ValueError):
        return (1, 0.0, str(one))


def build(roads: Roads, by_class: bool = True) -> Network:
    """Make roads ready to be walked both ways. `by_class` False: every road at the same pace, motorways too.

    Of roads between the same two junctions the shortest counts. `Unusable` when there is nothing to walk on.
    """
    if not len(roads.lon):
        raise Unusable("路网里没有路口")
    if not len(roads.tails):
        raise Unusable("路网里没有路段")
    lengths = _measured(roads)
    paces = np.ones(len(lengths))
    if by_class and roads.classes:
        known = {name: share_of_pace(name) for name in set(roads.classes)}
        paces = np.array([known[name] for name in roads.classes])
    walked = paces > 0
    if not walked.any():
        raise Unusable("路网里只有高速公路，没有能走的路")
    empty = int((lengths[walked] <= 0).sum())
    steps = np.maximum(lengths[walked] / paces[walked], NOTHING)
    tails, heads = roads.tails[walked], roads.heads[walked]
    graph = _symmetric(tails, heads, steps, len(roads.lon))
    return Network(
        roads,
        roads.ids,
        roads.lon,
        roads.lat,
        tails,
        heads,
        steps,
        graph,
        np.flatnonzero(walked),
        int((~walked).sum()),
        empty,
    )


def _symmetric(tails: Ints, heads: Ints, steps: Floats, size: int) -> csr_matrix:
    """The roads in both directions, the shortest of parallel ones."""
    one, two = np.minimum(tails, heads).astype(np.int64), np.maximum(tails, heads).astype(np.int64)
    pairs = one * size + two
    order = np.lexsort((steps, pairs))
    pairs, best = pairs[order], order
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    best = best[first & (one[order] != two[order])]
    one, two, steps = one[best], two[best], steps[best]
    ends = (np.concatenate((one, two)), np.concatenate((two, one)))
    return csr_matrix((np.concatenate((steps, steps)), ends), shape=(size, size))


def _measured(roads: Roads) -> Floats:
    """The lengths that were given, and the others measured along the shape of the road."""
    lengths = roads.lengths.copy()
    lacking = np.flatnonzero(np.isnan(lengths))
    if not len(lacking):
        return lengths
    if not len(roads.shapes):
        a, b = roads.tails[lacking], roads.heads[lacking]
        lengths[lacking] = metres(roads.lon[a], roads.lat[a], roads.lon[b], roads.lat[b])
        return lengths
    lines = [_line(roads, n) for n in lacking.tolist()]
    flat = np.array([point for line in lines for point in line])
    counts = np.array([len(line) for line in lines])
    parts = metres(flat[:-1, 0], flat[:-1, 1], flat[1:, 0], flat[1:, 1])
    parts[np.cumsum(counts)[:-1] - 1] = 0.0  # from the end of one road to the start of the next
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    lengths[lacking] = np.add.reduceat(parts, starts)
    return lengths


def _line(roads: Roads, n: int) -> list[tuple[float, float]]:
    ends = [(float(roads.lon[at]), float(roads.lat[at])) for at in (roads.tails[n], roads.heads[n])]
    return [ends[0], *(roads.shapes[n] if len(roads.shapes) else ()), ends[1]]


def pairs(network: Network) -> tuple[Ints, Ints, list[list[tuple[float, float]]]]:
    """(tails, heads, lines of degrees): every two junctions that a walkable road joins, once, for drawing."""
    one, two = np.minimum(network.tails, network.heads), np.maximum(network.tails, network.heads)
    order = np.lexsort((network.steps, two, one))
    first = np.ones(len(order), bool)
    first[1:] = (one[order][1:] != one[order][:-1]) | (two[order][1:] != two[order][:-1])
    kept = order[first]
    numbers = network.walked[kept]
    return network.tails[kept], network.heads[kept], [_line(network.roads, int(n)) for n in numbers.tolist()]
