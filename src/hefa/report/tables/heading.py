"""The headings of rows and columns: upper names span what stands under them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .slots import Slot


@dataclass(frozen=True)
class Head:
    """A heading at `depth` over `span` lines from `start`; `deep`: over how many levels it stands. `slot`: the last."""

    text: str
    depth: int
    start: int
    span: int
    deep: int
    slot: Slot | None = None


def depth_of(slots: Sequence[Slot]) -> int:
    """How many levels of headings the lines take."""
    return 1 + max((len(slot.group) for slot in slots), default=0)


def heads(slots: Sequence[Slot]) -> list[list[Head]]:
    """The headings level by level, outermost first. A line with fewer upper names stretches over the levels left."""
    depth = depth_of(slots)
    levels: list[list[Head]] = [[] for _ in range(depth)]
    for n, slot in enumerate(slots):
        for level, text in enumerate(slot.group):
            if not _continues(slots, n, level):
                levels[level].append(Head(text, level, n, _span(slots, n, level), 1))
        own = len(slot.group)
        levels[own].append(Head(slot.label, own, n, 1, depth - own, slot))
    return levels


def _continues(slots: Sequence[Slot], n: int, level: int) -> bool:
    upto = level + 1
    return n > 0 and len(slots[n - 1].group) > level and slots[n - 1].group[:upto] == slots[n].group[:upto]


def _span(slots: Sequence[Slot], n: int, level: int) -> int:
    end = n + 1
    while end < len(slots) and _continues(slots, end, level):
        end += 1
    return end - n
