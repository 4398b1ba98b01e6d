"""The whole answer: coverage by network and by straight line, each point's share of it, gaps, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from . import pace
from .adding import Addition, additions
from .faults import Unusable
from .gaps import Gap, gaps
from .ground import Floats, Ints, metres
from .network import Network
from .points import Homes, Point, Snapped, snap
from .reach import Mask, Reach, alone, reach, straight

LONGEST = 240  # minutes
FASTEST = 10.0  # metres a second


def limit_of(minutes: float, speed: float) -> float:
    """Metres walked in so many minutes. `Unusable` for what nobody walks."""
    if not 0 < minutes <= LONGEST:
        raise Unusable(f"分钟数 {minutes:g} 不对，应大于 0，不超过 {LONGEST}")
    if not 0 < speed <= FASTEST:
        raise Unusable(f"步行速度 {speed:g} 不对，应大于 0，不超过 {FASTEST:g}（米/秒，一般在 1 上下）")
    return minutes * 60 * speed


@dataclass(frozen=True)
class Housed:
    """Homes brought to junctions. `weights`: residents at each junction; `far`: homes too far from any."""

    homes: Homes
    nodes: Ints
    weights: Floats
    far: int


def house(homes: Homes, network: Network) -> Housed:
    """Each home at its nearest junction; those outside the network are counted and never covered."""
    nodes, away = network.nearest(homes.lon, homes.lat)
    inside = away < float(pace.walking()["points"]["homes_within"])
    weights = np.asarray(np.bincount(nodes[inside], weights=homes.residents[inside], minlength=network.size), float)
    return Housed(homes, np.where(inside, nodes, -1), weights, int((~inside).sum()))


@dataclass(frozen=True)
class Share:
    """Of so many residents, buildings or junctions, those within reach on foot and as the crow flies."""

    counts: str
    total: float
    covered: float
    straight: float

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": self.counts, "total": whole(self.total), "covered": whole(self.covered),
            "share": self.covered / self.total if self.total else 0.0,
            "straight_line_covered": whole(self.straight),
            "straight_line_share": self.straight / self.total if self.total else 0.0,
        }  # fmt: skip


@dataclass(frozen=True)
class Study:
    """Points on a network within a limit of metres. Parts are computed when they are asked for."""

    network: Network
    points: Sequence[Point]
    minutes: float
    speed: float
    housed: Housed | None = None
    extra: Sequence[str] = field(default_factory=tuple)

    @cached_property
    def limit(self) -> float:
        return limit_of(self.minutes, self.speed)

    @cached_property
    def snapped(self) -> list[Snapped]:
        return snap(self.points, self.network)

    @cached_property
    def reached(self) -> Reach:
        return reach(self.network, [one.node for one in self.snapped], self.limit)

    @property
    def covered(self) -> Mask:
        return self.reached.mask

    @cached_property
    def by_crow(self) -> Mask:
        return straight(self.network, [(one.lon, one.lat) for one in self.points], self.limit)

    @cached_property
    def alone(self) -> list[tuple[Ints, Floats]]:
        """For each point the junctions within its own reach, and metres to each."""
        return [alone(self.network, one.node, self.limit) for one in self.snapped]

    @property
    def weights(self) -> Floats | None:
        return self.housed.weights if self.housed else None

    @property
    def counts(self) -> str:
        """What gains and gaps are counted in."""
        if self.housed is None:
            return "junctions"
        return "residents" if self.housed.homes.are_counted else "buildings"

    @cached_property
    def junctions(self) -> Share:
        return Share("junctions", self.network.size, int(self.covered.sum()), int(self.by_crow.sum()))

    @cached_property
    def people(self) -> Share | None:
        """The share of residents, or of buildings, when homes were given."""
        if self.housed is None:
            return None
        homes = self.housed.homes
        inside = self.housed.nodes >= 0
        walk = inside & self.covered[self.housed.nodes]
        crow = np.zeros(len(homes), bool)
        for one in self.points:
            crow |= metres(one.lon, one.lat, homes.lon, homes.lat) <= self.limit
        return Share(self.counts, *(float(homes.residents[one].sum()) for one in (slice(None), walk, crow)))

    @cached_property
    def gaps(self) -> list[Gap]:
        found = gaps(self.network, self.covered, self.weights)
        return [gap for gap in found if gap.weight > 0]

    def additions(self, count: int) -> list[Addition]:
        return additions(self.network, self.covered, self.limit, count, self.weights)

    def nearest_to(self) -> list[tuple[int, float]]:
        """For each point (junctions, residents) to which it is the nearest; points at one junction share with the first."""
        counted = np.bincount(self.reached.nearest[self.covered], minlength=self.network.size)
        weights = self.weights if self.weights is not None else np.zeros(self.network.size)
        people = np.bincount(self.reached.nearest[self.covered], weights[self.covered], minlength=self.network.size)
        told: set[int] = set()
        found = []
        for one in self.snapped:
            first = one.node not in told
            told.add(one.node)
            found.append((int(counted[one.node]), float(people[one.node])) if first else (0, 0.0))
        return found

    def warnings(self) -> list[str]:
        """What the reader should know before trusting the figures, a sentence each."""
        return [*self.network.roads.warnings, *self.extra, *_of_network(self.network), *_of_points(self)]


def _of_network(network: Network) -> list[str]:
    found = []
    count, labels = network.pieces
    if count > 1:
        sizes = np.bincount(labels)
        outside = int(network.size - sizes.max())
        found.append(
            f"路网不连通，分成 {count} 片：最大的一片有 {int(sizes.max())} 个路口，其余 {outside} 个路口"
            "走不到那里，只算它们自己那一片里的调解点"
        )
    if network.empty:
        found.append(f"有 {network.empty} 条路段长度为零，按相连处理，没有丢弃")
    if network.closed:
        found.append(f"有 {network.closed} 条路段是高速公路等不能步行的路，没有计入")
    return found


def _of_points(study: Study) -> list[str]:
    told_from = float(pace.walking()["points"]["told_from"])
    found = [
        f"“{one.point.name}”不在路口上，按最近的路口算，相距 {one.away:.0f} 米"
        for one in study.snapped
        if one.away >= told_from
    ]
    nodes = [one.node for one in study.snapped]
    if len(set(nodes)) < len(nodes):
        shared = next(one for n, one in enumerate(study.snapped) if one.node in nodes[:n])
        found.append(f"“{shared.point.name}”和另一个点落在同一个路口，最近的路口数只记在前一个点上")
    if study.housed and study.housed.far:
        found.append(f"有 {study.housed.far} 处住址不在路网范围里，算作走不到")
    return found


def whole(value: float) -> float | int:
    """A number without the decimals that say nothing."""
    return int(value) if float(value).is_integer() else round(value, 3)
