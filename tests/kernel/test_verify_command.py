"""`hefa verify --json` on a database that somebody reached behind the program's back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.kernel.conftest import Apart

NAMES = ('matter_id, turn, kind, office_id, step, "to", day, at, actor_id, actor_name, role, via, answers, paper, '
         "revokes_id, prev, seal")  # fmt: skip
STROKES = (
    "UPDATE kernel_entry SET day = '2020-01-01' WHERE id = 2",
    "DELETE FROM kernel_entry WHERE id = 5",
    f"INSERT INTO kernel_entry (id, {NAMES}) SELECT 999, {NAMES} FROM kernel_entry WHERE id = 3",
    "UPDATE kernel_entry SET id = -id WHERE id IN (4, 7)",
    "UPDATE kernel_entry SET id = 11 + id WHERE id < 0",
)
NAMED = [(2, "altered"), (4, "reordered"), (5, "removed"), (7, "reordered"), (999, "inserted")]


@pytest.fixture
def sqlite(apart: Apart) -> Iterator[Apart]:
    if "HEFA_DATABASE_URL" in apart.environment:
        pytest.skip("reaches into the file")
    yield apart


def verify(apart: Apart, *words: str) -> tuple[int, str, str]:
    done = apart.python("-m", "hefa", "verify", *words, check=False)
    return done.returncode, done.stdout, done.stderr


def test_every_damage_is_named(sqlite: Apart) -> None:
    with closing(sqlite3.connect(sqlite.home / "hefa.sqlite3")) as connection:
        for name in ("update", "delete", "replace"):
            connection.execute(f"DROP TRIGGER kernel_entry_no_{name}")
        connection.commit()
        kept = sqlite3.connect(":memory:")
        connection.backup(kept)
    with closing(sqlite3.connect(sqlite.home / "hefa.sqlite3")) as connection:
        for stroke in STROKES:
            connection.execute(stroke)
        connection.commit()
    code, out, _ = verify(sqlite, "--json")
    told = json.loads(out)
    assert (code, told["ok"]) == (1, False)
    assert [(fault["entry"], fault["fault"]) for fault in told["faults"]] == NAMED
    assert all(set(fault) == {"entry", "fault", "message"} and fault["message"] for fault in told["faults"])
    with closing(sqlite3.connect(sqlite.home / "hefa.sqlite3")) as connection:
        kept.backup(connection)
        connection.execute("DELETE FROM kernel_entry WHERE id > 8")
        connection.commit()
    code, out, _ = verify(sqlite)
    assert code == 1 and "截尾" in out and "9" in out


def test_a_whole_ledger(sqlite: Apart) -> None:
    code, out, _ = verify(sqlite, "--json")
    assert (code, json.loads(out)) == (0, {"ok": True, "entries": 10, "faults": []})
