"""What the runs of a damaged chain tell: put back in the order in which they name one another. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from .walk import ALTERED, CUT, GENESIS, INSERTED, REMOVED, REORDERED, Fault, Found, Head, Run, Walk, WrittenAt, seal_of

_EACH = 40  # a stretch of more rows is told as one
_PAIRS = 200  # above so many unsound rows an exchange of contents is no longer told from an edit


class Findings:
    """The runs put in order, and what that tells."""

    def __init__(self, walk: Walk, head: Head | None, found: Found, written_at: WrittenAt) -> None:
        self.walk, self.head, self.found, self.written_at = walk, head, found, written_at
        self.told: dict[int, Fault] = {}
        self.runs = _split(walk.runs, self._named())
        self.genesis = self.runs[0]
        self.foreign: list[Run] = []
        self.chains = self._chains()
        self.moved = self._moved()

    def _named(self) -> dict[int, str]:
        """The places of sound rows whose seal some row names as the one before it."""
        unsound = {row.place for row in self.walk.unsound}
        named = {place: seal for seal, places in self.found.items() for place in places if place not in unsound}
        return named | {0: GENESIS}

    def all(self) -> list[Fault]:
        for place in self.walk.strangers:
            self._tell(Run(place, place, "", ()), INSERTED, "是插入的，不在链上")
        for run in self.foreign:
            self._tell(run, INSERTED, "是插入的，不在链上")
        self._unsound()
        self._reordered()
        self._breaks()
        self._tail()
        standing = [run for chain in self.chains for run in chain if id(run) not in self.moved]
        self.walk.renumbered = any(run.due != run.first for run in standing) or bool(self.walk.strangers)
        return list(self.told.values())

    def _tell(self, run: Run, fault: str, what: str) -> None:
        if run.size > _EACH:
            if run.first not in self.told:
                self.told[run.first] = Fault(run.first, fault, f"第 {run.first} 至第 {run.last} 笔{what}")
            return
        for place in range(run.first, run.last + 1):
            self.told.setdefault(place, Fault(place, fault, f"第 {place} 笔{what}"))

    # How the runs follow one another

    def _chains(self) -> list[list[Run]]:
        """Runs in the order in which they name one another, a list for each stretch that nothing leads to."""
        followers: dict[str, list[Run]] = defaultdict(list)
        for run in self.runs[1:]:
            followers[run.prev].append(run)
        known = {seal for run in self.runs for seal in run.ends}
        starts = [self.runs[0], *(run for run in self.runs[1:] if run.prev not in known)]
        worth = self._worth(starts, followers)
        while ring := [run for run in self.runs if id(run) not in worth]:  # only altered rows can name each other so
            starts.append(ring[0])
            worth = self._worth(starts, followers)
        used: set[int] = set()
        chains = []
        for start in starts:
            chain: list[Run] = []
            at: Run | None = start
            while at is not None and id(at) not in used:
                used.add(id(at))
                chain.append(at)
                after = [other for seal in at.ends for other in followers[seal] if id(other) not in used]
                # Of rows that are alike, the one that also stands there.
                follows = [(worth[id(other)], other.first == at.last + 1, -other.first) for other in after]
                at = after[follows.index(max(follows))] if after else None
            chains.append(chain)
        self.foreign = [run for run in self.runs if id(run) not in used]
        self.head_run = next((run for chain in chains for run in chain if self._is_head(run)), None)
        return self._enclosed([self._up_to_head(chain) for chain in chains])

    def _is_head(self, run: Run) -> bool:
        return self.head is not None and self.head.seal in run.ends

    def _worth(self, starts: list[Run], followers: Mapping[str, list[Run]]) -> dict[int, tuple[bool, int]]:
        """Of each run: whether the head can be reached from it, and how many rows lie that way at most."""
        worth: dict[int, tuple[bool, int]] = {}
        stack = [(run, False) for run in starts]
        open_: set[int] = set()
        while stack:
            run, done = stack.pop()
            after = [other for seal in run.ends for other in followers[seal]]
            if done:
                ahead = [worth[id(other)] for other in after if id(other) in worth]
                worth[id(run)] = (
                    self._is_head(run) or any(reached for reached, _ in ahead),
                    run.size + max((rows for _, rows in ahead), default=0),
                )
            elif id(run) not in open_:
                open_.add(id(run))
                stack.append((run, True))
                stack += [(other, False) for other in after]
        return defaultdict(lambda: (False, 0), worth)

    def _up_to_head(self, chain: list[Run]) -> list[Run]:
        """The chain without what was added after its signed end."""
        for n, run in enumerate(chain, start=1):
            if self._is_head(run):
                self.foreign += chain[n:]
                return chain[:n]
        return chain

    def _enclosed(self, chains: list[list[Run]]) -> list[list[Run]]:
        """The chains by place, without those that stand where nothing is missing: they are insertions."""
        genesis, *others = chains
        walk_size = self.walk.entries + 1
        links = [
            (before.last, after.first, before.size if chain is not genesis else walk_size)
            for chain in chains
            for before, after in pairwise(chain)
            if not any(before.last < run.first < after.first for run in chain)
        ]
        kept = [genesis]
        for chain in sorted(others, key=self._order):
            first, last = min(run.first for run in chain), max(run.last for run in chain)
            size = sum(run.size for run in chain)
            end = self.head_run.last if self.head_run is not None and self.head_run not in chain else None
            beyond = end is not None and first > end > size
            if beyond or any(before < first and last < after and size < around for before, after, around in links):
                self.foreign += chain
            else:
                kept.append(chain)
        return kept

    def _order(self, chain: list[Run]) -> tuple[bool, int]:
        """Chains stand where their longest run stands; the one with the signed end is the last."""
        return self.head_run in chain, max(chain, key=lambda run: run.size).first

    def _moved(self) -> set[int]:
        """The runs (by id) out of order, after telling each run the place where it was written."""
        order = [run for chain in self.chains for run in chain]
        self._place({id(run) for run in order})
        stay = _heaviest_rising(order)
        self._place(stay)
        moved = {id(run): run for run in order if id(run) not in stay}
        # Where two neighbours changed places either may be called the moved one; both are.
        standing = {run.first: run for run in order}
        for run in list(moved.values()):
            other = standing.get(run.due)
            if other is not None and other.due == run.first:
                moved[id(other)] = other
        return set(moved)

    def _place(self, stay: set[int]) -> None:
        """Tell each run the place where it was written, by one of its chain that has not moved."""
        for chain in self.chains:
            still = next((run for run in chain if id(run) in stay), chain[0])
            anchor, due = self._anchor(chain, still)
            due -= sum(run.size for run in chain[: chain.index(anchor)])
            for run in chain:
                run.due = due
                due += run.size

    def _anchor(self, chain: list[Run], still: Run) -> tuple[Run, int]:
        """A run of the chain, and the place where its first row was written."""
        if chain[0] is not self.genesis and self.head is not None and self.head_run in chain:
            return self.head_run, self.head.place - self.head_run.size + 1
        if chain[0] is self.genesis:
            return chain[0], 0
        return still, max(still.first, self.written_at(still.first) or 0)

    # What it tells

    def _unsound(self) -> None:
        few = self.walk.unsound if len(self.walk.unsound) <= _PAIRS else []
        for row in self.walk.unsound:
            fits = seal_of(row.prev, row.content)
            place = next((place for place in self.found.get(fits, ()) if place != row.place), None)
            if place is None:
                place = next((o.place for o in few if o is not row and seal_of(o.prev, row.content) == o.seal), None)
            one = Run(row.place, row.place, "", ())
            if place is None:
                self._tell(one, ALTERED, "的内容与封签不符，被改动过")
            else:
                self._tell(one, REORDERED, f"的内容原在第 {place} 笔，次序被调换")

    def _reordered(self) -> None:
        for run in [run for chain in self.chains for run in chain if id(run) in self.moved]:
            self._tell(run, REORDERED, f"的位置不对，原从第 {run.due} 笔起，次序被调换")

    def _breaks(self) -> None:
        """Between two chains something is gone, or was written anew with a seal of its own."""
        for chain in self.chains:
            self._holes(chain)
        blamed: int | None = None
        for n, (before, after) in enumerate(pairwise(self.chains), start=1):
            end, start = before[-1].due + before[-1].size - 1, after[0].due
            if start > end + 1:
                for place in range(end + 1, min(start, end + 1 + _EACH)):
                    if place in self.told:  # what stands there now is not what was written there
                        self.told[place] = Fault(place, ALTERED, f"第 {place} 笔被整笔换掉")
                self._tell(Run(end + 1, start - 1, "", ()), REMOVED, "被删除")
                continue
            left, right = before[-1].last, after[0].first
            following = self.chains[n + 1] if n + 1 < len(self.chains) else None
            if {left, right} & self.told.keys() or left == blamed:
                continue
            ends = following[0].due == start + 1 if following else self._tail_is(start)
            if sum(run.size for run in after) == 1 and ends:
                blamed = right
                self._tell(after[0], ALTERED, "被整笔改写：前后两笔都与它不相连")
            elif left == 0:
                self._tell(Run(right, right, "", ()), ALTERED, "被改写并重做了封签：它不是账的第一笔")
            else:
                self._tell(Run(left, left, "", ()), ALTERED, f"被改写并重做了封签：第 {right} 笔记着它原来的封签")

    def _tail_is(self, place: int) -> bool:
        return self.head is not None and self.head_run is None and self.head.place == place

    def _holes(self, chain: list[Run]) -> None:
        """Rows that follow one another by seal, with empty places between: their numbers were changed."""
        places = sorted((run.first, run.size) for run in (*self.foreign, *(r for c in self.chains for r in c)))
        for before, after in pairwise(chain):
            if {id(before), id(after)} & self.moved:
                continue
            between = sum(size for first, size in places if before.last < first < after.first)
            if after.first - before.last - 1 > between:
                self._tell(Run(after.first, after.first, "", ()), REORDERED, "起编号被改动，与前后各笔不相连")

    def _tail(self) -> None:
        if self.head is None or self.head_run is not None:
            return
        end = self.chains[-1][-1]
        last = end.due + end.size - 1
        while last < self.head.place and last + 1 in self.told:
            last += 1
            self.told[last] = Fault(last, ALTERED, f"第 {last} 笔被整笔换掉")
        if last < self.head.place:
            lost = self.head.place - last
            where = f"第 {last + 1} 至第 {self.head.place} 笔"
            self.told.setdefault(last + 1, Fault(last + 1, CUT, f"账尾被截去 {lost} 笔（{where}）"))
        elif end.first <= self.head.place <= end.last:
            if self.head.place < end.last:
                self._tell(Run(self.head.place + 1, end.last, "", ()), INSERTED, "在账尾之后，不是经办理写入的")
            self._tell(Run(self.head.place, self.head.place, "", ()), ALTERED, "的封签与账头不符，被改写过")


def _split(runs: list[Run], named: Mapping[int, str]) -> list[Run]:
    """The runs, cut after each place whose seal some row names as the one before it."""
    cuts = sorted(named)
    parts = []
    for run in runs:
        rest = run
        for place in cuts[bisect_left(cuts, run.first) : bisect_left(cuts, run.last)]:
            parts.append(Run(rest.first, place, rest.prev, (named[place],)))
            rest = Run(place + 1, run.last, named[place], run.ends)
        parts.append(rest)
    return parts


def _heaviest_rising(order: list[Run]) -> set[int]:
    """The runs (by id) of the heaviest selection whose places rise."""
    places: list[int] = []
    best: list[tuple[int, int]] = []  # (weight, index of its last run), rising with the places
    back: list[int] = []
    for n, run in enumerate(order):
        at = bisect_left(places, run.first)
        weight, before = best[at - 1] if at else (0, -1)
        back.append(before)
        weight += 2 * run.size + (run.due == run.first)  # among equals, what stands in its place has not moved
        while at < len(places) and best[at][0] <= weight:
            del places[at], best[at]
        places.insert(at, run.first)
        best.insert(at, (weight, n))
    chosen = set()
    n = best[-1][1] if best else -1
    while n >= 0:
        chosen.add(id(order[n]))
        n = back[n]
    return chosen
