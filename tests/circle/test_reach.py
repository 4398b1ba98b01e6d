"""Fast walks against slow ones, on any small network; greedy additions against trying everything."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.circle.adding import additions
from hefa.circle.gaps import gaps
from hefa.circle.network import Network, Roads, build
from hefa.circle.reach import alone, reach

from . import slow
from .slow import Edge

LIMIT = 10.0


@st.composite
def towns(draw: st.DrawFn) -> tuple[int, list[Edge], list[int]]:
    """(junctions, roads with whole lengths from 0 on, some of them parallel or loops, points)."""
    size = draw(st.integers(1, 12))
    at = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(at, at, st.integers(0, 9).map(float)), min_size=1, max_size=24))
    return size, edges, draw(st.lists(at, min_size=1, max_size=3))


def network_of(size: int, edges: list[Edge], spread: float = 1e-7) -> Network:
    tails, heads, lengths = (np.array(one) for one in zip(*edges, strict=True))
    lon, lat = 121.5 + np.arange(size) * spread, np.full(size, 29.8)
    return build(Roads(list(range(size)), lon, lat, tails, heads, lengths.astype(float)))


@given(towns())
def test_walks_are_those_of_the_slow_way(town: tuple[int, list[Edge], list[int]]) -> None:
    size, edges, sources = town
    network = network_of(size, edges)
    slowly = slow.walk(size, edges, sources)
    found = reach(network, sources, LIMIT)
    assert found.mask.tolist() == [far <= LIMIT for far in slowly]
    for n, far in enumerate(slowly):
        if far <= LIMIT:
            assert math.isclose(found.away[n], far, abs_tol=1e-6)
            assert math.isclose(slow.walk(size, edges, [int(found.nearest[n])])[n], far, abs_tol=1e-6)
        else:
            assert found.nearest[n] == -1


@given(towns())
def test_one_point_alone_reaches_what_it_would_on_the_whole(town: tuple[int, list[Edge], list[int]]) -> None:
    size, edges, sources = town
    nodes, away = alone(network_of(size, edges), sources[0], LIMIT)
    slowly = slow.walk(size, edges, sources[:1])
    assert nodes.tolist() == [n for n, far in enumerate(slowly) if far <= LIMIT]
    assert np.allclose(away, [slowly[n] for n in nodes], atol=1e-6)


@given(towns(), st.integers(0, 5))
@settings(deadline=None)
def test_additions_are_those_of_trying_everything(town: tuple[int, list[Edge], list[int]], count: int) -> None:
    size, edges, sources = town
    network = network_of(size, edges)
    found = additions(network, reach(network, sources, LIMIT).mask, LIMIT, count)
    assert [(one.node, int(one.gain)) for one in found] == slow.greedy(size, edges, sources, LIMIT, count)


def test_neighbourhoods_cut_nothing_off() -> None:
    """On a grid much wider than the limit, where walks are sought in squares, the answers stay the same."""
    wide, step = 14, 100.0
    lon, lat = np.meshgrid(121.5 + np.arange(wide) * step / 96_486.0, 29.8 + np.arange(wide) * step / 111_195.0)
    number = np.arange(wide * wide).reshape(wide, wide)
    pairs = [(a, b) for one, two in ((number[:, :-1], number[:, 1:]), (number[:-1], number[1:]))
             for a, b in zip(one.ravel().tolist(), two.ravel().tolist(), strict=True)]  # fmt: skip
    lon, lat = lon.ravel(), lat.ravel()
    edges = [(a, b, slow.haversine(lon[a], lat[a], lon[b], lat[b])) for a, b in pairs]
    tails, heads = np.array(pairs).T
    network = build(Roads(list(range(wide * wide)), lon, lat, tails, heads, np.full(len(pairs), np.nan)))
    assert network.stretch > 0.99
    found = additions(network, reach(network, [0], 350.0).mask, 350.0, 6)
    assert [(one.node, int(one.gain)) for one in found] == slow.greedy(wide * wide, edges, [0], 350.0, 6)


def test_weights_decide_where_they_are_given() -> None:
    network = network_of(4, [(0, 1, 5.0), (1, 2, 50.0), (2, 3, 5.0)])
    weights = np.array([1.0, 1.0, 0.0, 30.0])
    found = additions(network, np.zeros(4, bool), LIMIT, 3, weights)
    assert [(one.node, one.gain, one.junctions) for one in found] == [(2, 30.0, 2), (0, 2.0, 2)]


def test_ties_go_by_the_networks_own_ids() -> None:
    roads = network_of(3, [(0, 1, 50.0), (1, 2, 50.0)]).roads
    network = build(Roads([30, 4, 100], roads.lon, roads.lat, roads.tails, roads.heads, roads.lengths))
    found = additions(network, np.zeros(3, bool), LIMIT, 3)
    assert [network.ids[one.node] for one in found] == [4, 30, 100]


def test_gaps_hang_together_and_the_largest_comes_first() -> None:
    network = network_of(6, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0), (4, 5, 1.0)])
    covered = np.array([False, True, False, False, False, True])
    assert [(gap.nodes.tolist(), gap.weight) for gap in gaps(network, covered)] == [([2, 3, 4], 3.0), ([0], 1.0)]
    by_people = gaps(network, covered, np.array([9.0, 0, 1, 1, 1, 0]))
    assert [gap.nodes.tolist() for gap in by_people] == [[0], [2, 3, 4]]
    assert gaps(network, np.ones(6, bool)) == []
