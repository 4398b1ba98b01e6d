"""Every kind of damage is named: the word, the place, and little else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hefa.kernel import personal, proof
from hefa.kernel.ledger import Counter, Entry, Envelope
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor
from tests.kernel import damage, town
from tests.kernel.damage import found

pytestmark = pytest.mark.django_db
YEAR = date(2023, 1, 1)


def test_an_untouched_ledger_is_whole(places: dict[str, int]) -> None:
    proven = proof.verify()
    assert (proven.ok, proven.entries) == (True, damage.last())


VALUES: dict[str, Any] = {
    "matter_id": None, "turn": 9, "kind": "mediation.mediator", "office_id": 1, "step": "decline", "to": "filed",
    "day": "2019-01-01", "at": "2019-01-01 00:00:00+00:00", "actor_id": None, "actor_name": "别人", "role": "head",
    "via": "api", "answers": '{"a": 1}', "paper": '{"a": 1}', "revokes_id": 1, "prev": "a" * 64, "seal": "b" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", damage.OTHERS)
@pytest.mark.parametrize("which", ["first", "agreement", "amendment", "revocation", "tail"])
def test_one_edited_column(places: dict[str, int], which: str, column: str) -> None:
    place = ({"first": 1} | places)[which]
    value = VALUES[column]
    if column == "matter_id":
        value = Matter.objects.exclude(entries=place).values_list("pk", flat=True)[0]
    damage.edit(place, column, value)
    assert found() == [(place, "altered")]


def test_words_that_are_no_json_or_no_date(places: dict[str, int]) -> None:
    if damage.connection.vendor == "postgresql":
        pytest.skip("PostgreSQL does not take them")
    damage.run("PRAGMA ignore_check_constraints = ON")
    damage.edit(5, "answers", "not json")
    damage.edit(6, "answers", "[1]")
    damage.edit(7, "day", "sometime")
    damage.edit(8, "at", "then")
    damage.run("PRAGMA ignore_check_constraints = OFF")
    assert found() == [(place, "altered") for place in (5, 6, 7, 8)]


@pytest.mark.parametrize("gone", [(1,), (2,), (9,), (9, 10, 11), (5, 9, 20)])
def test_deleted(places: dict[str, int], gone: tuple[int, ...]) -> None:
    damage.delete(*gone)
    assert found() == [(place, "removed") for place in gone]


@pytest.mark.parametrize("which", ["amendment", "revocation", "note", "agreement"])
def test_deleted_whatever_it_was(places: dict[str, int], which: str) -> None:
    damage.delete(places[which])
    assert found() == [(places[which], "removed")]


@pytest.mark.parametrize("gone", [1, 2, 9])
@pytest.mark.parametrize("head", [False, True])
def test_deleted_and_renumbered(places: dict[str, int], gone: int, head: bool) -> None:
    damage.delete(gone)
    damage.shift(gone + 1, -1)
    if head:
        damage.set_head(damage.last())
        assert (gone, "removed") in found()
        assert len(found()) == 2  # and the head's row
    else:
        assert found() == [(gone, "removed")]


def test_a_forgotten_matter(places: dict[str, int]) -> None:
    matter = Matter.objects.order_by("pk")[1]
    gone = list(Entry.objects.filter(matter=matter).order_by("id").values_list("id", flat=True))
    damage.forget(matter.pk)
    damage.delete(*gone)
    assert found() == [(place, "removed") for place in gone]


@pytest.mark.parametrize("count", [1, 2, 7, 25])
def test_cut(places: dict[str, int], count: int) -> None:
    end = damage.last()
    damage.delete(*range(end - count + 1, end + 1))
    assert found() == [(end - count + 1, "cut")]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_cut_with_the_head_set_back(places: dict[str, int], count: int) -> None:
    end = damage.last()
    damage.delete(*range(end - count + 1, end + 1))
    damage.set_head(end - count)
    assert found() == [(end - count, "altered"), (end - count + 1, "cut")]


@pytest.mark.parametrize("head", [False, True])
def test_cut_with_the_matters_of_the_tail(places: dict[str, int], head: bool) -> None:
    first = places["tail_opening"]
    damage.forget(*Entry.objects.filter(pk=first).values_list("matter_id", flat=True))
    damage.delete(*range(first, damage.last() + 1))
    if head:
        damage.set_head(first - 1)
    assert found() == ([(first - 1, "altered")] if head else []) + [(first, "cut")]


def test_cut_under_an_old_signed_head(places: dict[str, int]) -> None:
    """A head that was once true is put back with its mark: the matters still know of what came after."""
    first = places["tail_opening"]
    counter = Counter.objects.get(key="ledger")
    counter.value, counter.seal = first - 1, Entry.objects.get(pk=first - 1).seal
    counter.sign()
    damage.run("UPDATE kernel_counter SET value = %s, seal = %s, mark = %s WHERE key = 'ledger'", counter.value,
               counter.seal, counter.mark)  # fmt: skip
    tail = Entry.objects.get(pk=first).matter_id
    damage.delete(*range(first, damage.last() + 1))
    assert found() == [(first, "cut")]
    assert tail is not None
    damage.run("UPDATE kernel_envelope SET body = '' WHERE entry_id >= %s", first)
    damage.forget(tail)
    assert found() == [(first, "cut")]  # now only the number series tells


def test_everything_gone(places: dict[str, int]) -> None:
    damage.run("DELETE FROM kernel_entry")
    assert found() == [(1, "cut")]
    damage.run("UPDATE kernel_counter SET value = 0, seal = %s, mark = '' WHERE key = 'ledger'", "0" * 64)
    assert found() == [(1, "cut")]


@pytest.mark.parametrize("source", [1, 9, "last"])
@pytest.mark.parametrize("beyond", [1, 50])
def test_a_copy_at_the_end(places: dict[str, int], source: int | str, beyond: int) -> None:
    end = damage.last()
    damage.copy(end if source == "last" else int(source), end + beyond)
    assert found() == [(end + beyond, "inserted")]


@pytest.mark.parametrize("head", [False, True])
def test_a_forged_entry_at_the_end(places: dict[str, int], head: bool) -> None:
    end = damage.last()
    damage.copy(9, end + 1)
    damage.edit(end + 1, "actor_name", "冒名")
    damage.reseal(end + 1)
    if head:
        damage.set_head(end + 1)
    assert found() == [(end + 1, "inserted")]


def test_a_forged_entry_with_head_mark_and_matter(places: dict[str, int]) -> None:
    """Whoever rewrites head, mark and matter still cannot sign."""
    end = damage.last()
    damage.copy(end, end + 1)
    damage.edit(end + 1, "turn", 3)
    damage.reseal(end + 1)
    damage.set_head(end + 1)
    damage.run("UPDATE kernel_counter SET mark = %s WHERE key = 'ledger'", "c" * 64)
    assert found() == [(end + 1, "altered"), (end + 1, "inserted")]
    matter = Entry.objects.get(pk=end).matter
    assert matter is not None
    trail = [*matter.trail, [*matter.trail[-1][:3], end + 1, None]]
    damage.run("UPDATE kernel_matter SET turn = 3, trail = %s WHERE id = %s", json.dumps(trail), matter.pk)
    copied = personal.encrypt(Envelope.objects.get(pk=end).open() and json.dumps(Envelope.objects.get(pk=end).open()))
    damage.run("INSERT INTO kernel_envelope (entry_id, body) VALUES (%s, %s)", end + 1, copied)
    assert found() == [(end + 1, "altered")]


@pytest.mark.parametrize("place", [1, 2, 9, "last"])
@pytest.mark.parametrize("how", ["copy", "right", "unsound"])
def test_inserted_with_the_rest_moved_on(places: dict[str, int], place: int | str, how: str) -> None:
    at = damage.last() if place == "last" else int(place)
    damage.shift(at, 1)
    damage.copy(13, at)
    if how != "copy":
        damage.edit(at, "actor_name", "冒名")
    if how == "right":
        damage.reseal(at)
    assert found() == [(at, "inserted")]


FAR = [(9, 10), (1, 2), (9, 11), (4, 20), (1, "last"), (12, "last"), ("before last", "last")]


@pytest.mark.parametrize("what", ["ids", "all", "contents", "seals"])
@pytest.mark.parametrize("pair", FAR)
def test_swapped(places: dict[str, int], pair: tuple[Any, Any], what: str) -> None:
    names = {"last": damage.last(), "before last": damage.last() - 1}
    one, other = (names.get(place, place) for place in pair)
    contents = tuple(column for column in damage.OTHERS if column not in ("prev", "seal"))
    if what == "ids":
        damage.swap_ids(one, other)
    else:
        damage.swap(one, other, {"all": damage.OTHERS, "contents": contents, "seals": ("seal",)}[what])
    assert found() == [(one, "reordered"), (other, "reordered")]


@pytest.mark.parametrize("place", [1, 9, "last"])
def test_replaced_by_a_copy_of_another(places: dict[str, int], place: int | str) -> None:
    at = damage.last() if place == "last" else int(place)
    damage.delete(at)
    damage.copy(4, at)
    assert found() == [(at, "altered")]


def test_moved_with_the_rest_closed_up(places: dict[str, int]) -> None:
    damage.move(9, -9)
    damage.run("UPDATE kernel_entry SET id = -id WHERE id BETWEEN 10 AND 25")
    damage.run("UPDATE kernel_entry SET id = -id - 1 WHERE id <= -10")
    damage.move(-9, 25)
    assert found() == [(25, "reordered")]


def test_resealed(places: dict[str, int]) -> None:
    """An edit with a new seal of its own, then the same carried on to the end of the ledger."""
    damage.edit(9, "actor_name", "别人")
    damage.reseal(9)
    assert found() == [(9, "altered")]
    for place in range(10, damage.last() + 1):
        damage.reseal(place)
    assert found() == [(damage.last(), "altered")]


@pytest.mark.parametrize("which", ["opening", "amendment", "agreement", "note"])
@pytest.mark.parametrize("signed", [True, False])
def test_removed_and_the_rest_sealed_anew(places: dict[str, int], which: str, signed: bool) -> None:
    """Everything after it renumbered and sealed anew: the chain is whole, but the matters remember their places."""
    gone = places[which]
    damage.delete(gone)
    damage.shift(gone + 1, -1)
    damage.run("DELETE FROM kernel_envelope WHERE entry_id = %s", gone)
    for table, column in (("kernel_envelope", "entry_id"), ("kernel_entry", "revokes_id")):
        damage.run(f"UPDATE {table} SET {column} = -{column} WHERE {column} > %s", gone)
        damage.run(f"UPDATE {table} SET {column} = -{column} - 1 WHERE {column} < 0")
    for place in range(gone, damage.last() + 1):
        damage.reseal(place)
    damage.set_head(damage.last())
    if signed:
        counter = Counter.objects.get(key="ledger")
        counter.sign()
        damage.run("UPDATE kernel_counter SET mark = %s WHERE key = 'ledger'", counter.mark)
    told = [fault for fault in found() if fault != (damage.last(), "altered")]
    assert [word for _, word in told] in (["removed"], ["removed", "removed"])
    assert gone in [place for place, _ in told] or (gone + 1 in [place for place, _ in told])


def test_several_at_once(places: dict[str, int]) -> None:
    end = damage.last()
    damage.edit(4, "via", "api")
    damage.delete(17)
    damage.swap_ids(9, 22)
    damage.copy(3, end + 1)
    assert found() == [(4, "altered"), (9, "reordered"), (17, "removed"), (22, "reordered"), (end + 1, "inserted")]


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("value", [-1, 5, None])
def test_the_head_rewritten(places: dict[str, int], value: int | None, mark: bool) -> None:
    end = damage.last()
    head = end if value is None else end + value
    damage.run("UPDATE kernel_counter SET value = %s WHERE key = 'ledger'", head)
    if mark:
        damage.run("UPDATE kernel_counter SET mark = %s WHERE key = 'ledger'", "d" * 64)
    assert found() == ([(head, "altered")] if mark or value is not None else [])


def test_the_head_gone_or_its_seal_other(places: dict[str, int]) -> None:
    damage.run("UPDATE kernel_counter SET seal = %s WHERE key = 'ledger'", "e" * 64)
    assert found() == [(damage.last(), "altered")]
    damage.run("DELETE FROM kernel_counter WHERE key = 'ledger'")
    assert found() == [(damage.last(), "altered")]


def test_another_secret_is_one_fault(places: dict[str, int], settings: Any) -> None:
    settings.HEFA_SECRET = "another"
    personal._key.cache_clear()
    personal._cipher.cache_clear()
    try:
        assert found() == [(damage.last(), "altered")]
        assert "密钥" in proof.verify().faults[0].message
    finally:
        settings.HEFA_SECRET = "back"
        personal._key.cache_clear()
        personal._cipher.cache_clear()


def test_an_old_database_under_newer_anchors(places: dict[str, int], settings: Any, tmp_path: Path) -> None:
    settings.HEFA_ANCHORS = tmp_path / "anchors.jsonl"
    end = damage.last()
    with transaction.atomic():
        town_ = town.Town({}, {"mediator": Actor.operator()})
        matter = Entry.objects.get(pk=places["tail"]).matter
        assert matter is not None
        for n in range(3):
            town.take(town_, matter, "sit", {"record": str(n)})
            proof.anchor()
        assert found() == []
        transaction.set_rollback(True)
    assert found() == [(end + 1, "cut")]


def test_anchors_hold_what_was_rewritten(places: dict[str, int], settings: Any, tmp_path: Path) -> None:
    """The whole ledger sealed anew and signed with the site's own key: only what stands outside tells."""
    settings.HEFA_ANCHORS = tmp_path / "anchors.jsonl"
    proof.anchor()
    assert found() == []
    damage.edit(9, "actor_name", "别人")
    for place in range(9, damage.last() + 1):
        damage.reseal(place)
    counter = Counter.objects.get(key="ledger")
    counter.seal = Entry.objects.get(pk=damage.last()).seal
    counter.sign()
    damage.run("UPDATE kernel_counter SET seal = %s, mark = %s WHERE key = 'ledger'", counter.seal, counter.mark)
    assert found() == [(damage.last(), "altered")]
    assert "锚定" in proof.verify().faults[0].message


def test_a_damaged_anchor_file(places: dict[str, int], settings: Any, tmp_path: Path) -> None:
    settings.HEFA_ANCHORS = tmp_path / "anchors.jsonl"
    line = proof.anchor()
    forged = json.dumps(line | {"entries": 3})
    settings.HEFA_ANCHORS.write_text(f"{json.dumps(line)}\nnot json\n[]\n{forged}\n")
    assert found() == [(0, "altered"), (0, "altered"), (3, "altered")]


def test_many_faults_are_summed_up(places: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_MOST", 5)
    damage.run("UPDATE kernel_entry SET via = 'x'")
    proven = proof.verify()
    assert len(proven.faults) == 6
    assert f"另有 {damage.last() - 6} 处" in proven.faults[-1].message


def test_the_bytes_are_those_that_were_sealed(places: dict[str, int]) -> None:
    read = {place: content for place, _, content, _ in proof._chain()}
    assert read == {entry.pk: entry.content() for entry in Entry.objects.all()}
