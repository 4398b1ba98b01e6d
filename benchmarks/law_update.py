"""What a yearly update costs: 2,000 open requests for information, a third of them extended into the next year.

Run, from the checkout, after `./hefa test` has installed what tests need:

    .venv/bin/python benchmarks/law_update.py                  SQLite
    .venv/bin/python benchmarks/law_update.py postgresql       a PostgreSQL server of its own, gone afterwards
    .venv/bin/python benchmarks/law_update.py sqlite 5000      more matters

Prints seconds of wall time and statements (without BEGIN, COMMIT and savepoints) of: the rehearsal of an invented notice for
2027, taking it in, proving the ledger, taking it back, and a repeal's rehearsal (which reads the texts too).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ground import database

PASSED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def timed(what: str, work: Callable[[], Any]) -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        begun = time.perf_counter()
        done = work()
        wall = time.perf_counter() - begun
    asked = sum(not query["sql"].startswith(PASSED) for query in captured)
    print(f"{what:24} {wall:6.2f} s  {asked:4} statements", flush=True)
    return done


def fill(street: Any, count: int) -> None:
    """Open requests with true days, in one import."""
    from hefa.kernel.act import Play, play_many, rehearse
    from hefa.kernel.matter import find_kind
    from hefa.kernel.people import Actor

    kind = find_kind("disclosure.request")
    given = {"title": "验收材料", "channel": "当面", "applicant_type": "自然人", "wanted": "验收报告",
             "parties": [{"side": "applicant", "name": "王虚构", "phone": "13800000001", "address": "某路1号"}]}  # fmt: skip
    plays = []
    for n in range(count):
        day = date(2026, 11, 2) + timedelta(days=n % 23)
        steps: list[tuple[str, date, dict[str, Any]]] = [("receive", day, given)]
        if n % 3 == 0:
            steps.append(("extend", day, {"reason": "涉及多个年度", "extension_days": 20}))
        plays.append(rehearse(kind, Play(street, steps), Actor.operator()))
    play_many(kind, plays)


def main(vendor: str, count: int) -> None:
    with database(vendor) as town, tempfile.TemporaryDirectory() as folder:
        fill(town.street, count)
        from tests.statutes_updates.conftest import NOTICE_2027, REPEAL, file

        from hefa.kernel import proof
        from hefa.kernel.people import Actor
        from hefa.statutes.updates.candidate import read
        from hefa.statutes.updates.taking import rehearse, take_back, take_in

        data, actor = Path(folder), Actor.operator()
        notice, repeal = file(data, NOTICE_2027, "a.toml"), file(data, REPEAL, "b.toml")
        report = timed("rehearse the notice", lambda: rehearse(read(notice), data))
        print(f"  {len(report['moved'])} clocks move, {len(report['certain'])} become certain")
        taken, _ = timed("take the notice in", lambda: take_in(read(notice), data, actor))
        print(f"  the ledger is {'sound' if timed('prove the ledger', proof.verify).ok else 'NOT SOUND'}")
        timed("take it back", lambda: take_back(taken.id, data, actor))
        timed("rehearse a repeal", lambda: rehearse(read(repeal), data))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
