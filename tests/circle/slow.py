"""The circle reckoned the slow way, on plain lists: what the fast one is held against."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence

EARTH = 6_371_008.8
Edge = tuple[int, int, float]


def haversine(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    one, two = math.radians(lat1), math.radians(lat2)
    half = math.sin((two - one) / 2) ** 2
    half += math.cos(one) * math.cos(two) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def walk(size: int, edges: Iterable[Edge], sources: Sequence[int]) -> list[float]:
    """Metres of every junction from the nearest source."""
    roads: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for a, b, length in edges:
        roads[a].append((b, length))
        roads[b].append((a, length))
    away = [math.inf] * size
    queue = [(0.0, one) for one in sources]
    for one in sources:
        away[one] = 0.0
    while queue:
        far, at = heapq.heappop(queue)
        if far > away[at]:
            continue
        for other, length in roads[at]:
            if far + length < away[other]:
                away[other] = far + length
                heapq.heappush(queue, (far + length, other))
    return away


def greedy(size: int, edges: Sequence[Edge], sources: Sequence[int], limit: float, count: int) -> list[tuple[int, int]]:
    """(junction, gain) of each addition, every junction tried each time; ties to the lower number."""
    within = [{n for n, far in enumerate(walk(size, edges, [at])) if far <= limit} for at in range(size)]
    covered = set().union(*(within[at] for at in sources))
    found = []
    for _ in range(count):
        gain, at = max((len(within[at] - covered), -at) for at in range(size))
        if gain == 0:
            break
        found.append((-at, gain))
        covered |= within[-at]
    return found
