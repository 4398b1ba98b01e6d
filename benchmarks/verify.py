"""What the proof costs: verifying a ledger, against hashing the same bytes bare.

Run, from the checkout, after `./hefa test` has installed what tests need:

    .venv/bin/python benchmarks/verify.py                       100,000 entries on SQLite
    .venv/bin/python benchmarks/verify.py sqlite 1000000
    .venv/bin/python benchmarks/verify.py postgresql 100000

The ledger holds disputes of four entries each, made by `play_many` from a few hundred rehearsed lives. Bare hashing is
SHA-256, through hashlib, over each entry's sealed bytes, all of them in memory. Between the two stands the cheapest
thing that can be done with a database: reading the same columns and hashing what comes. The promise (design §7) is at
least 1/3 of bare hash speed.
"""

from __future__ import annotations

import copy
import hashlib
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from ground import database

STEPS = 4  # entries of a life


def lives(built: Any, count: int) -> Iterator[Any]:
    """`count` rehearsed lives; a rehearsal is used again with its own copy of rows and seals."""
    from tests.kernel import town

    from hefa.kernel.act import Play, rehearse
    from hefa.kernel.matter import find_kind

    kind, agreed = find_kind(town.DISPUTE), {"facts": "属实", "terms": "赔偿三千元", "perform_by": "2023-12-01"}
    made = []
    for n in range(min(count, 200)):
        day = town.DAY + timedelta(days=n)
        steps = [
            ("accept", day, town.answers(title=f"纠纷 {n}", amount=str(n))),
            ("sit", day, {"record": "双方陈述", "mediator": "孙"}),
            ("agree", day, agreed),
            ("perform", day, {"performance": "in_time"}),
        ]
        made.append(rehearse(kind, Play(built.feihong, steps), built.head))
    for n in range(count):
        yield copy.deepcopy(made[n % len(made)])


def fill(built: Any, entries: int) -> None:
    from hefa.kernel.act import play_many
    from hefa.kernel.matter import find_kind

    started = time.perf_counter()
    play_many(find_kind("mediation.dispute"), lives(built, entries // STEPS))
    print(f"made {entries} entries in {time.perf_counter() - started:.1f} s")


def timed(name: str, entries: int, work: Callable[[], Any], bare: float | None = None) -> float:
    """Run once, print microseconds an entry, and how many times the bare time that is."""
    started = time.perf_counter()
    work()
    took = (time.perf_counter() - started) / entries * 1e6
    print(f"{name:<44}{took:>8.2f} µs an entry" + (f"   bare speed × {bare / took:.2f}" if bare else ""))
    return took


def main(kind: str = "sqlite", many: str = "100000") -> None:
    entries = int(many)
    with database(kind) as built:
        from hefa.kernel import proof
        from hefa.kernel.walk import Walk

        fill(built, entries)

        def read() -> None:
            for row in proof._stream("SELECT * FROM kernel_entry ORDER BY id"):
                hashlib.sha256(repr(row).encode()).hexdigest()

        def chain() -> None:
            with proof._snapshot():
                Walk().feed(proof._chain())

        def verify() -> None:
            assert proof.verify().ok

        with proof._snapshot():
            some = [content for (_, _, content, _), _ in zip(proof._chain(), range(100_000), strict=False)]
            bare = timed("bare SHA-256 in memory", len(some), lambda: [hashlib.sha256(c).hexdigest() for c in some])
            print(f"   of {sum(map(len, some)) // len(some)} bytes an entry")
            timed("read the rows and hash what comes", entries, read, bare)
        timed("the chain: read, canonical bytes, seal", entries, chain, bare)
        timed("the whole proof, with every matter's fold", entries, verify, bare)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
