"""Where the next points would help most: greedy maximum coverage, the gain of each stated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ground import Floats, Ints
from .network import Network
from .reach import Mask, alone, walks


@dataclass(frozen=True)
class Addition:
    """A junction for a new point, and the weight that it alone brings within reach after those before it."""

    node: int
    gain: float
    junctions: int


def additions(
    network: Network, covered: Mask, limit: float, count: int, weights: Floats | None = None
) -> list[Addition]:
    """The next `count` junctions, each the one with the greatest gain given those before; ties go to the lower id.

    `weights` of the junctions: residents, say; one each when not given. Ends early when nothing more can be gained.
    Walks are the same both ways, so the gain of every junction is the sum over those uncovered that reach it: one pass
    over the uncovered, and after each choice one over those that it covers. Memory grows with the junctions alone.
    """
    weights = np.ones(network.size) if weights is None else weights
    covered = covered.copy()
    gains = np.zeros(network.size)
    if count > 0:
        _credit(network, gains, np.flatnonzero(~covered), limit, weights, 1.0)
    found: list[Addition] = []
    while len(found) < count:
        best = gains.max()
        leading = np.flatnonzero(gains >= best - 1e-6)
        node = int(leading[network.order[leading].argmin()])
        near, _ = alone(network, node, limit)
        fresh = near[~covered[near]]
        gain = float(weights[fresh].sum())
        if gain <= 0:
            break
        found.append(Addition(node, gain, len(fresh)))
        if len(found) < count:
            _credit(network, gains, fresh, limit, weights, -1.0)
        covered[fresh] = True
    return found


def _credit(network: Network, gains: Floats, nodes: Ints, limit: float, weights: Floats, sign: float) -> None:
    counting = nodes[weights[nodes] > 0]
    for own, near, reached in walks(network, counting, limit):
        gains[near] += sign * (weights[own] @ reached)
