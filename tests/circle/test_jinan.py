"""A real town: 12,766 junctions held node by node against a slow walk over a reading of the files of our own."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
import pytest
import shapefile

from hefa.circle.network import Network, build
from hefa.circle.points import Point
from hefa.circle.reading import read_roads
from hefa.circle.study import Study

from . import slow

LIMIT = 1000.0


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "roads-jinan"


@pytest.fixture(scope="module")
def jinan(folder: Path) -> Network:
    return build(read_roads(folder), by_class=False)


@pytest.fixture(scope="module")
def study(jinan: Network) -> Study:
    rng = random.Random(6)
    points = [
        Point(
            f"点{n}", float(jinan.lon[at]) + rng.uniform(-1, 1) * 2e-4, float(jinan.lat[at]) + rng.uniform(-1, 1) * 2e-4
        )
        for n, at in enumerate(rng.sample(range(jinan.size), 20))
    ]
    return Study(jinan, points, 15, LIMIT / 900)


def _read_anew(folder: Path) -> tuple[dict[int, tuple[float, float]], list[slow.Edge]]:
    places = {}
    with shapefile.Reader(folder / "nodes.shp") as nodes:
        for one in nodes.iterShapeRecords():
            places[int(one.record["FID"])] = (float(one.shape.points[0][0]), float(one.shape.points[0][1]))
    by_place = {place: key for key, place in places.items()}
    edges = []
    with shapefile.Reader(folder / "edges.shp") as lines:
        for shape in lines.iterShapes():
            line = [(float(x), float(y)) for x, y in shape.points]
            length = sum(slow.haversine(*a, *b) for a, b in itertools.pairwise(line))
            edges.append((by_place[line[0]], by_place[line[-1]], length))
    return places, edges


def test_every_junction_is_where_a_slow_walk_puts_it(folder: Path, study: Study) -> None:
    places, edges = _read_anew(folder)
    assert study.network.size == len(places) == 12_766 and len(edges) == 28_597
    nearest = [min(places, key=lambda key: slow.haversine(one.lon, one.lat, *places[key])) for one in study.points]
    assert [study.network.ids[one.node] for one in study.snapped] == nearest
    away = slow.walk(len(places), edges, nearest)
    fast = dict(zip(study.network.ids, study.reached.away.tolist(), strict=True))
    for key, far in enumerate(away):
        assert (fast[key] < float("inf")) == (far <= LIMIT), key
        assert far > LIMIT or fast[key] == pytest.approx(far, abs=1e-6)
    for one, (nodes, _) in zip(study.snapped, study.alone, strict=True):
        slowly = slow.walk(len(places), edges, [one.node])
        assert {study.network.ids[n] for n in nodes} == {key for key, far in enumerate(slowly) if far <= LIMIT}
    crow = sum(any(slow.haversine(o.lon, o.lat, *place) <= LIMIT for o in study.points) for place in places.values())
    assert study.junctions.straight == crow
    # Straight lines flatter: on this network by more than half.
    assert study.junctions.straight > 1.5 * study.junctions.covered
    assert sum(count for count, _ in study.nearest_to()) == study.junctions.covered


def test_the_first_additions_bring_what_they_say(study: Study) -> None:
    found = study.additions(3)
    covered = study.covered.copy()
    for one in found:
        graph = study.network.graph
        edges = zip(*graph.nonzero(), graph.data.tolist(), strict=True)
        near = np.array(slow.walk(study.network.size, [(int(a), int(b), w) for a, b, w in edges], [one.node])) <= LIMIT
        assert one.gain == int((near & ~covered).sum())
        covered |= near
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
