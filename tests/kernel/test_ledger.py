"""The ledger refuses changes, tells no personal data, and keeps only salted digests."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hefa.kernel import personal, proof
from hefa.kernel.ledger import Chain, Counter, Entry, Envelope, note
from hefa.kernel.walk import GENESIS, seal_of
from tests.kernel.conftest import Apart
from tests.kernel.town import PARTIES, Town, accept, answers, settle, take

pytestmark = pytest.mark.django_db

CHANGES = {
    "update": "UPDATE kernel_entry SET via = 'x' WHERE id = 1",
    "update of nothing new": "UPDATE kernel_entry SET via = via",
    "delete": "DELETE FROM kernel_entry WHERE id = 1",
    "delete all": "DELETE FROM kernel_entry",
}
ONLY = {
    "postgresql": {
        "truncate": "TRUNCATE kernel_entry CASCADE",
        "upsert": "INSERT INTO kernel_entry SELECT * FROM kernel_entry WHERE id = 1 "
        "ON CONFLICT (id) DO UPDATE SET via = 'x'",
    },
    "sqlite": {
        "replace": "REPLACE INTO kernel_entry SELECT * FROM kernel_entry WHERE id = 1",
        "insert or replace": "INSERT OR REPLACE INTO kernel_entry SELECT * FROM kernel_entry WHERE id = 1",
        "update or replace": "UPDATE OR REPLACE kernel_entry SET id = 2 WHERE id = 1",
        "upsert": "INSERT INTO kernel_entry SELECT * FROM kernel_entry WHERE id = 1 "
        "ON CONFLICT (id) DO UPDATE SET via = 'x'",
    },
}


def rows() -> list[Any]:
    return list(Entry.objects.order_by("id").values_list())


@pytest.mark.parametrize(
    "change", [*CHANGES, "truncate", "replace", "insert or replace", "update or replace", "upsert"]
)
def test_no_entry_can_be_changed(town: Town, change: str) -> None:
    known = CHANGES | ONLY[connection.vendor]
    if change not in known:
        pytest.skip("not said on this database")
    matter = accept(town)
    take(town, matter, "sit", {"record": "x"})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
    before = rows()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        sql = known[change].replace("id = 1", f"id = {before[0][0]}")
        cursor.execute(sql.replace("id = 2", f"id = {before[1][0]}"))
    assert rows() == before


def test_an_entry_cannot_be_replaced_by_way_of_what_it_revokes(town: Town) -> None:
    matter = accept(town)
    take(town, matter, "sit", {"record": "x"})
    revocation = take(town, matter, "revoke", {"reason": "x"})
    before = rows()
    names = ", ".join(f'"{f.column}"' for f in Entry._meta.concrete_fields if f.column != "id")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        cursor.execute(f"{verb} INTO kernel_entry (id, {names}) SELECT 999, {names} FROM kernel_entry WHERE id = %s",
                       [revocation.pk])  # fmt: skip
    assert rows() == before


@pytest.mark.parametrize("table", ["kernel_matter", "kernel_person", "kernel_office"])
def test_what_entries_name_cannot_go(town: Town, table: str) -> None:
    accept(town)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        connection.check_constraints()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


SECRETS = ("赵甲乙", "钱丙丁", "990000198001010012", "13800000001", "0574-88880000", "飞虹路 1 号", "卫生间漏水浸泡",
           "赔偿三千元", "漏水属实", "双方陈述了经过")  # fmt: skip


def test_personal_answers_stand_nowhere_in_clear(apart: Apart) -> None:
    """Not in any file of the database, not even in pages given back."""
    if connection.vendor == "postgresql":
        apart.python("-c", "import django; django.setup(); from django.db import connection as c\n"
                     "with c.cursor() as cursor: cursor.execute('CHECKPOINT')")  # fmt: skip
        texts = [_dump(apart)]
    else:
        texts = [path.read_bytes() for path in apart.home.iterdir() if path.is_file()]
    assert any("飞虹人调字".encode() in text for text in texts), "the dump shows what is not hidden"
    for secret in SECRETS:
        for shape in (secret.encode(), secret.encode("unicode_escape"), secret.encode("utf-16-le")):
            assert not any(shape in text for text in texts), secret


def _dump(apart: Apart) -> bytes:
    script = (
        "import django; django.setup(); import sys; from django.db import connection as c\n"
        "with c.cursor() as cursor:\n"
        "    for table in c.introspection.table_names():\n"
        "        cursor.execute(f'SELECT * FROM \"{table}\"')\n"
        "        for row in cursor.fetchall(): print(row)\n"
    )
    return apart.python("-c", script).stdout.encode()


def test_an_entry_keeps_digests_of_personal_answers(town: Town) -> None:
    one = Entry.objects.get(matter=accept(town))
    other = Entry.objects.get(matter=accept(town))
    for name in ("summary", "parties"):
        assert one.answers[name].startswith("sha256:") and len(one.answers[name]) == 71
        assert one.answers[name] != other.answers[name]  # the same words, another salt
        opened = one.envelope.open()
        assert personal.digest(opened["salt"], opened["answers"][name]) == one.answers[name]
    assert one.envelope.open()["answers"]["parties"][0]["name"] == PARTIES[0]["name"]
    assert one.envelope.body != other.envelope.body
    assert answers()["summary"] not in one.envelope.body


def test_erasing_envelopes_keeps_the_proof(town: Town) -> None:
    settle(town, accept(town))
    assert Envelope.objects.update(body="") == 3
    assert proof.verify().ok
    assert Envelope.objects.first().open() == {}  # type: ignore[union-attr]


def test_places_and_seals_follow_one_another(town: Town) -> None:
    settle(town, accept(town))
    note("reveal", actor=town.head, answers={"reason": "核对"})
    prev, place = GENESIS, 0
    for entry in Entry.objects.order_by("id"):
        place += 1
        assert (entry.pk, entry.prev, entry.seal) == (place, prev, seal_of(prev, entry.content()))
        prev = entry.seal
    head = Counter.objects.get(key="ledger")
    assert (head.value, head.seal, head.is_signed()) == (place, prev, True)


def test_the_chain_is_held_only_inside_a_transaction() -> None:
    class Outside:
        in_atomic_block = False

    with pytest.MonkeyPatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(transaction, "get_connection", lambda alias: Outside())
        Chain()
