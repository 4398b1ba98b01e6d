"""Roads from lines: where lines end or meet there is a junction."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .network import Roads

Place = tuple[float, float]
DIGITS = 7  # of a degree: places as near as a centimetre are one


class Junctions:
    """Places and the numbers they get, in the order in which they come."""

    def __init__(self) -> None:
        self.ids: list[Any] = []
        self.places: list[Place] = []
        self._known: dict[Any, int] = {}

    def add(self, key: Any, place: Place, own: Any = None) -> int:
        """The index of the junction with that key, made when it is new. `own`: its id where it has one."""
        at = self._known.get(key)
        if at is None:
            at = self._known[key] = len(self.places)
            self.places.append(place)
            self.ids.append(at if own is None else own)
        return at

    def known(self, key: Any) -> int:
        """The index of a junction that is there; KeyError when it is not."""
        return self._known[key]


def key_of(place: Sequence[float]) -> Place:
    return (round(float(place[0]), DIGITS), round(float(place[1]), DIGITS))


def from_lines(lines: Iterable[tuple[Sequence[Any], Sequence[Place], str, float]], warnings: list[str]) -> Roads:
    """Roads of lines given as (keys of the points, points, class, metres or NaN).

    A line is cut where a point of it belongs to another line too, or comes twice; a length given for a line that is
    cut is shared out by the straight lengths of its parts.
    """
    lines = [line for line in lines if len(line[1]) > 1]
    uses = Counter(key for keys, *_ in lines for key in keys)
    junctions = Junctions()
    tails, heads, lengths, classes, shapes = [], [], [], [], []
    for keys, places, road_class, length in lines:
        cuts = [n for n, key in enumerate(keys) if n in (0, len(keys) - 1) or uses[key] > 1]
        shares = _shares(places, cuts) if length == length and len(cuts) > 2 else [1.0] * (len(cuts) - 1)
        for part, (start, end) in enumerate(itertools.pairwise(cuts)):
            own = [keys[n] if isinstance(keys[n], int) else None for n in (start, end)]
            tails.append(junctions.add(keys[start], places[start], own[0]))
            heads.append(junctions.add(keys[end], places[end], own[1]))
            lengths.append(length * shares[part])
            classes.append(road_class)
            shapes.append(places[start + 1 : end])
    lon, lat = (
        (np.array(one, float) for one in zip(*junctions.places, strict=True))
        if junctions.places
        else ((np.empty(0),) * 2)
    )
    return Roads(
        junctions.ids, lon, lat, np.array(tails, np.int64), np.array(heads, np.int64), np.array(lengths, float),
        classes, shapes, warnings,
    )  # fmt: skip


def _shares(places: Sequence[Place], cuts: Sequence[int]) -> list[float]:
    from .ground import metres

    flat = np.array(places, float)
    along = np.concatenate(([0.0], np.cumsum(metres(flat[:-1, 0], flat[:-1, 1], flat[1:, 0], flat[1:, 1]))))
    parts = np.diff(along[list(cuts)])
    return (parts / parts.sum()).tolist() if parts.sum() > 0 else [1.0 / len(parts)] * len(parts)
