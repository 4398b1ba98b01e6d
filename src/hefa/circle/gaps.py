"""Where the circle has holes: stretches of road out of reach, the largest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from .ground import Floats, Ints
from .network import Network
from .reach import Mask, part


@dataclass(frozen=True)
class Gap:
    """Junctions out of reach that hang together. `node`: the one nearest their middle; `weight`: residents, or junctions."""

    node: int
    nodes: Ints
    weight: float


def gaps(network: Network, covered: Mask, weights: Floats | None = None) -> list[Gap]:
    """The uncovered stretches by weight, then by junctions, then by id: the ranking is the same on every machine."""
    out = np.flatnonzero(~covered)
    if not len(out):
        return []
    _, labels = connected_components(part(network.graph, out), directed=False)
    order = np.argsort(labels, kind="stable")
    groups = np.split(out[order], np.flatnonzero(np.diff(labels[order])) + 1)
    x, y = network.flat
    found = []
    for nodes in groups:
        middle = (x[nodes] - x[nodes].mean()) ** 2 + (y[nodes] - y[nodes].mean()) ** 2
        node = int(nodes[middle.argmin()])
        weight = float(len(nodes) if weights is None else weights[nodes].sum())
        found.append(Gap(node, nodes, weight))
    return sorted(found, key=lambda gap: (-gap.weight, -len(gap.nodes), int(network.order[gap.node])))
