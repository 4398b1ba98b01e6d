"""What the door costs: opening a matter and taking a step, against the same rows inserted bare.

Run, from the checkout, after `./hefa test` has installed what tests need:

    .venv/bin/python benchmarks/act.py                  SQLite
    .venv/bin/python benchmarks/act.py postgresql       a PostgreSQL server of its own, gone afterwards
    .venv/bin/python benchmarks/act.py sqlite 2000      more rounds (default 400)

Prints, for the opening of a dispute (with a paper and two parties), a step with a record, and a step that issues a
paper: milliseconds of this process's CPU, milliseconds of wall time, and statements. Below it the bare side, measured
in the same run: the rows of an opening (matter and entry) as two INSERT statements in one transaction, prepared text,
ready values. The ratio is bare wall time to the door's wall time: the promise (design §7) is at least 1/4.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from ground import database


def measure(work: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """(CPU, wall) in milliseconds a round, after a tenth of the rounds to warm up."""
    for _ in range(max(rounds // 10, 1)):
        work()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(rounds):
        work()
    return (time.process_time() - cpu) / rounds * 1000, (time.perf_counter() - wall) / rounds * 1000


def statements(work: Callable[[], Any]) -> int:
    """Statements of one round, without BEGIN and COMMIT."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in captured)


def bare() -> Callable[[], None]:
    """Insert copies of the newest matter's and entry's rows, two statements and a commit."""
    from django.db import connection, transaction

    from hefa.kernel.ledger import Entry
    from hefa.kernel.matter import Matter

    def prepared(model: Any, without: tuple[str, ...]) -> tuple[str, list[Any]]:
        row = model.objects.order_by("-pk")[0]
        fields = [field for field in model._meta.concrete_fields if field.column not in without]
        names = ", ".join(f'"{field.column}"' for field in fields)
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        table, marks = model._meta.db_table, ", ".join(["%s"] * (len(fields) + 1))
        key = {"kernel_matter": "number", "kernel_entry": "id"}[table]
        return f'INSERT INTO {table} ({names}, "{key}") VALUES ({marks})', values

    matter_sql, matter = prepared(Matter, ("id", "number", "source_key"))
    entry_sql, entry = prepared(Entry, ("id",))
    place = 10_000_000

    def write() -> None:
        nonlocal place
        place += 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(matter_sql, [*matter, f"bare {place}"])
            cursor.execute(entry_sql, [*entry, place])

    return write


def main(kind: str = "sqlite", rounds: str = "400") -> None:
    count = int(rounds)
    with database(kind) as built:
        from tests.kernel import town

        waiting = [town.accept(built) for _ in range(2 * count)]
        for matter in waiting:
            town.take(built, matter, "sit", {"record": "双方陈述"})
        sitting, ending = iter(waiting[:]), iter(waiting[:])
        agreed = {"facts": "属实", "terms": "赔偿三千元", "perform_by": "2023-12-01"}
        works: dict[str, Callable[[], Any]] = {
            "open a dispute": lambda: town.accept(built),
            "a step": lambda: town.take(built, next(sitting), "sit", {"record": "双方陈述"}),
            "a step with a paper": lambda: town.take(built, next(ending), "agree", agreed),
        }
        print(f"{kind}, {count} rounds{'':<22}CPU ms   wall ms  statements")
        walls = {}
        for name, work in works.items():
            cpu, wall = measure(work, count)
            walls[name] = wall
            print(f"{name:<40}{cpu:>8.2f}{wall:>10.2f}{statements(work):>12}")
        cpu, wall = measure(bare(), count)
        print(f"{'two bare inserts':<40}{cpu:>8.2f}{wall:>10.2f}{2:>12}")
        print(f"bare ÷ opening: {wall / walls['open a dispute']:.2f} (promise: at least 0.25)")


if __name__ == "__main__":
    main(*sys.argv[1:])
