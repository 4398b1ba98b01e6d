"""Hands on the database that no door allows: raw statements against a ledger whose triggers are gone."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

from hefa.kernel import proof
from hefa.kernel.ledger import LEDGER, Entry, seal_of
from hefa.kernel.proof import _chain

COLUMNS = tuple(field.column for field in Entry._meta.concrete_fields)
OTHERS = tuple(column for column in COLUMNS if column != "id")


def unlock() -> None:
    """Take the triggers away, until the transaction is rolled back."""
    if connection.vendor == "postgresql":
        run("SET LOCAL session_replication_role = replica")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kernel_entry'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def last() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM kernel_entry")
        return cursor.fetchone()[0]


def edit(place: int, column: str, value: Any) -> None:
    run(f'UPDATE kernel_entry SET "{column}" = %s WHERE id = %s', value, place)


def delete(*places: int) -> None:
    for place in places:
        run("DELETE FROM kernel_entry WHERE id = %s", place)


def move(old: int, new: int) -> None:
    run("UPDATE kernel_entry SET id = %s WHERE id = %s", new, old)


def shift(first: int, by: int) -> None:
    """Renumber all entries from `first` on, by way of numbers that nobody holds."""
    run("UPDATE kernel_entry SET id = -id WHERE id >= %s", first)
    run("UPDATE kernel_entry SET id = %s - id WHERE id < 0", by)


def swap_ids(one: int, other: int) -> None:
    move(one, -1)
    move(other, one)
    move(-1, other)


def swap(one: int, other: int, columns: tuple[str, ...]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        rows = {}
        for place in (one, other):
            cursor.execute(f"SELECT {names} FROM kernel_entry WHERE id = %s", [place])
            rows[place] = cursor.fetchone()
        run("UPDATE kernel_entry SET revokes_id = NULL WHERE id IN (%s, %s)", one, other)
        for place, row in ((one, rows[other]), (other, rows[one])):
            pairs = ", ".join(f'"{column}" = %s' for column in columns)
            cursor.execute(f"UPDATE kernel_entry SET {pairs} WHERE id = %s", [*row, place])


def copy(source: int, place: int) -> None:
    """Write the entry at `source` once more, at `place`."""
    names = ", ".join(f'"{column}"' for column in OTHERS if column != "revokes_id")
    run(f"INSERT INTO kernel_entry (id, {names}) SELECT %s, {names} FROM kernel_entry WHERE id = %s", place, source)


def reseal(place: int) -> str:
    """Give the entry the seal that its words and the entry before it ask for."""
    rows = {row[0]: row for row in _chain()}
    prev = rows[place - 1][3] if place > 1 else "0" * 64
    seal = seal_of(prev, rows[place][2])
    edit(place, "prev", prev)
    edit(place, "seal", seal)
    return seal


def set_head(place: int, seal: str | None = None) -> None:
    """Make the head's row tell of an entry, without the key that would sign it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal FROM kernel_entry WHERE id = %s", [place])
        found = cursor.fetchone()
    seal = seal or (found[0] if found else "0" * 64)
    run("UPDATE kernel_counter SET value = %s, seal = %s WHERE key = %s", place, seal, LEDGER)


def forget(*matters: int) -> None:
    """Delete disputes with everything that hangs on them, except entries."""
    for matter in matters:
        run("DELETE FROM kernel_envelope WHERE entry_id IN (SELECT id FROM kernel_entry WHERE matter_id = %s)", matter)
        run("DELETE FROM kernel_mention WHERE matter_id = %s", matter)
        run("DELETE FROM mediation_dispute WHERE matter_id = %s", matter)
        run("DELETE FROM kernel_matter WHERE id = %s", matter)


def found() -> list[tuple[int, str]]:
    """(entry, word) of every fault, each with a Chinese sentence."""
    proven = proof.verify()
    assert proven.ok == (not proven.faults)
    assert all(re.search("[一-鿿]{4}", fault.message) for fault in proven.faults)
    return [(fault.entry, fault.fault) for fault in proven.faults]
