"""How fast the circle is: a million junctions beside the bare scipy call, and a what-if on fifteen thousand.

    .venv/bin/python benchmarks/circle.py

Networks are made here: streets on a grid, bent a little. Times are the best of several rounds; memory is the process's
peak.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from scipy.sparse.csgraph import dijkstra

from hefa.circle.network import SLACK, Network, Roads, build
from hefa.circle.outline import Outliner
from hefa.circle.points import Point
from hefa.circle.reach import reach
from hefa.circle.study import Study

LIMIT, ROUNDS = 1000.0, 5


def grid(wide: int, high: int) -> Network:
    """A town of so many streets each way, some hundred metres apart."""
    rng = np.random.default_rng(6)
    x, y = np.meshgrid(np.arange(wide) + 0.0, np.arange(high) + 0.0)
    lon = 116.0 + (x + rng.uniform(-0.3, 0.3, x.shape)).ravel() * 0.00105
    lat = 30.0 + (y + rng.uniform(-0.3, 0.3, y.shape)).ravel() * 0.0009
    number = np.arange(wide * high).reshape(high, wide)
    tails = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    heads = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    return build(Roads(list(range(wide * high)), lon, lat, tails, heads, np.full(len(tails), np.nan)))


def points(network: Network, count: int) -> list[Point]:
    at = np.random.default_rng(7).choice(network.size, count, replace=False)
    return [Point(f"点{n}", float(network.lon[one]), float(network.lat[one])) for n, one in enumerate(at)]


def best(work: Callable[[], Any]) -> float:
    """Seconds of the quickest round."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def peak() -> float:
    """Megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def million() -> None:
    start = time.perf_counter()
    network = grid(1000, 1000)
    print(f"1,000,000 junctions built in {time.perf_counter() - start:.1f} s, peak {peak():.0f} MB")
    given = points(network, 50)
    nodes = [one.node for one in Study(network, given, 15, LIMIT / 900).snapped]
    for label, limit in (("limit 1000 m", LIMIT), ("no limit", np.inf)):
        bare = best(lambda limit=limit: dijkstra(network.graph, indices=nodes, min_only=True, limit=limit + SLACK))
        ours = best(lambda limit=limit: reach(network, nodes, limit))
        print(f"{label}: bare scipy {bare * 1000:.0f} ms, reach {ours * 1000:.0f} ms, ratio {ours / bare:.2f}")

    def whole() -> None:
        study = Study(network, given, 15, LIMIT / 900)
        _ = study.junctions, study.alone, study.nearest_to()

    print(f"coverage, straight line, each point alone: {best(whole) * 1000:.0f} ms; peak {peak():.0f} MB")


def what_if() -> None:
    network = grid(125, 120)
    outliner, before = Outliner(network), points(network, 20)
    Study(network, before, 15, LIMIT / 900).snapped  # noqa: B018  builds the trees once
    at = iter(range(1, 10_000))

    def moved() -> None:
        shifted = Point("点0", before[0].lon + next(at) * 1e-3, before[0].lat)
        study = Study(network, [shifted, *before[1:]], 15, LIMIT / 900)
        _ = study.junctions, study.nearest_to()
        outliner.sketch(*study.alone[0], study.limit)

    print(f"what-if on {network.size:,} junctions, 20 points, with the sketch of its area: {best(moved) * 1000:.0f} ms")
    own = Study(network, before, 15, LIMIT / 900).alone[0]
    print(f"the exact area when it is put down: {best(lambda: outliner.outline(*own, LIMIT)) * 1000:.0f} ms more")
    start = time.perf_counter()
    Study(network, before, 15, LIMIT / 900).additions(5)
    print(f"five additions on {network.size:,} junctions: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    what_if()
    million()
