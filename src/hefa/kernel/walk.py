"""The chain of seals, walked in order of place: which rows were altered, removed, inserted or moved. Pure.

Sound rows fall into runs: stretches in which each row names the seal of the one before. A ledger as it was written is
one run from the first seal to the head. Damage breaks it; the runs, put back in the order in which they name one
another, show what was done. Memory grows with the damage, not with the ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

GENESIS = "0" * 64
ALTERED, REMOVED, INSERTED, REORDERED, CUT = "altered", "removed", "inserted", "reordered", "cut"
Found = Mapping[str, list[int]]
WrittenAt = Callable[[int], int | None]


class Fault(NamedTuple):
    """One thing wrong. `entry` is the place in the ledger (of the last entry, for a matter's row)."""

    entry: int
    fault: str
    message: str


class Row(NamedTuple):
    """An entry as the chain sees it: its place, the seal it names as the one before, its words, its own seal."""

    place: int
    prev: str
    content: bytes
    seal: str


class Head(NamedTuple):
    """The last place and its seal, as the ledger's keeper signed them."""

    place: int
    seal: str


@dataclass(slots=True, eq=False)
class Run:
    """Rows `first` to `last`. `prev`: what the first names; `ends`: the seals that a follower of the last may name."""

    first: int
    last: int
    prev: str
    ends: tuple[str, ...]
    due: int = 0  # the place where its first row was written

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def seal_of(prev: str, content: bytes) -> str:
    """The seal of `content` that follows the seal `prev` (both hex)."""
    return hashlib.sha256(prev.encode() + content).hexdigest()


class Walk:
    """One pass over the rows by rising place (`feed`), then the findings (`faults`).

    `renumbered` tells whether rows no longer stand at the places where they were written.
    """

    def __init__(self) -> None:
        self.entries = 0
        self.runs: list[Run] = [Run(0, 0, "", (GENESIS,))]
        self.renumbered = False
        self.unsound: list[Row] = []
        self.strangers: list[int] = []  # unsound rows that their follower does not know
        self._pending: list[int] = []  # unsound rows just passed
        self._before = ""  # the seal before them

    @property
    def last(self) -> int:
        """The highest place."""
        return self.runs[-1].last

    def feed(self, rows: Iterable[Row | tuple[int, str, bytes, str]]) -> None:
        """Take rows in; the loop is what a sound ledger costs."""
        sha256 = hashlib.sha256
        run, entries = self.runs[-1], 0
        place, tail = run.last, run.ends[0]
        for at, prev, content, seal in rows:
            entries += 1
            if at == place + 1 and prev == tail and sha256(prev.encode() + content).hexdigest() == seal:
                place, tail = at, seal
                continue
            self._keep(place, tail)
            self._odd(Row(at, prev, content, seal))
            place, tail = at, seal
        self.entries += entries
        self._keep(place, tail)

    def _keep(self, place: int, tail: str) -> None:
        run = self.runs[-1]
        if place != run.last:
            run.last, run.ends = place, (tail,)
            self._pending = []

    def _odd(self, row: Row) -> None:
        """A row that does not simply follow."""
        run = self.runs[-1]
        fits = seal_of(row.prev, row.content)
        follows = row.place == run.last + 1
        if fits != row.seal:
            self.unsound.append(row)
            if follows:
                self._before = self._before if self._pending else run.ends[0]
                self._pending.append(row.place)
                run.last, run.ends = row.place, (row.seal, fits)
                return
        elif follows and (row.prev in run.ends or (self._pending and row.prev == self._before)):
            if row.prev not in run.ends:
                self.strangers += self._pending
            run.last, run.ends, self._pending = row.place, (row.seal,), []
            return
        self.runs.append(Run(row.place, row.place, row.prev, tuple(dict.fromkeys((row.seal, fits)))))
        self._pending = []

    def faults(self, head: Head | None, locate: Callable[[set[str]], Found], written_at: WrittenAt) -> list[Fault]:
        """What is wrong, by place. `head` None: nobody's signature says where the ledger ends.

        `locate` gives the places at which seals stand; `written_at` the place that other records remember for the
        entry now at a place, where they do.
        """
        end = self.runs[-1]
        if len(self.runs) == 1 and not self.unsound and (head is None or (end.last, end.ends) == (head[0], head[1:])):
            return []
        from .findings import Findings

        wanted = {run.prev for run in self.runs[1:]} | ({head.seal} if head else set())
        wanted |= {seal_of(row.prev, row.content) for row in self.unsound}
        return sorted(Findings(self, head, locate(wanted), written_at).all(), key=lambda fault: fault.entry)
