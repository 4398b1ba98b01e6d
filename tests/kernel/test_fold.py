"""Each matter against its entries: a header, a field, an envelope changed behind the ledger's back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from hefa.kernel import personal
from hefa.kernel.ledger import Entry, Envelope
from hefa.kernel.matter import Matter
from tests.kernel import damage
from tests.kernel.damage import found
from tests.kernel.town import Town

pytestmark = pytest.mark.django_db
YEAR = date(2023, 1, 1)
HEADER: dict[str, Any] = {
    "state": "filed", "number": "改过的编号", "office_id": "qianhe", "opened_on": "2022-01-01", "closed_on": "2022-01-01",
    "due_on": "2033-01-01", "title": "改过的事由", "handler_id": None, "trail": "[]", "people": "", "turn": 1,
    "kind": "mediation.mediator", "sealed": True,
}  # fmt: skip


@pytest.mark.parametrize("column", HEADER)
def test_an_edited_header(places: dict[str, int], town: Town, column: str) -> None:
    entry = Entry.objects.get(pk=places["settled"])
    value = town.qianhe.pk if column == "office_id" else HEADER[column]
    damage.run(f'UPDATE kernel_matter SET "{column}" = %s WHERE id = %s', value, entry.matter_id)
    told = found()
    last = Entry.objects.filter(matter=entry.matter_id).order_by("-id").first()
    assert last is not None
    if column == "turn":
        assert {word for _, word in told} == {"inserted"}
    else:
        assert set(told) == {(last.pk, "altered")}
    assert 1 <= len(told) <= 3


OWN: dict[str, Any] = {
    "amount": "1",
    "outcome": "terminated",
    "court": "某法院",
    "is_typical": True,
    "people": 9,
    "terms": "",
}


@pytest.mark.parametrize("column", [*OWN, "facts", "summary"])
def test_an_edited_field_of_the_kind(places: dict[str, int], column: str) -> None:
    entry = Entry.objects.get(pk=places["settled"])
    value = OWN.get(column, personal.encrypt("赔偿三万元") if column == "facts" else "a1:zzzz")
    damage.run(f'UPDATE mediation_dispute SET "{column}" = %s WHERE matter_id = %s', value, entry.matter_id)
    last = Entry.objects.filter(matter=entry.matter_id).order_by("-id").first()
    assert last is not None
    assert found() == [(last.pk, "altered")]


def test_rows_of_a_matter_gone(places: dict[str, int]) -> None:
    matter = Entry.objects.get(pk=places["settled"]).matter_id
    last = Entry.objects.filter(matter=matter).order_by("-id")[0].pk
    damage.run("DELETE FROM mediation_dispute WHERE matter_id = %s", matter)
    assert found() == [(last, "removed")]
    damage.run("DELETE FROM kernel_mention WHERE matter_id = %s", matter)
    damage.run("DELETE FROM kernel_matter WHERE id = %s", matter)
    assert found() == [(last, "removed")]


def test_a_matter_that_never_was_opened(places: dict[str, int], town: Town) -> None:
    matter = Matter(kind="mediation.dispute", number="伪造", title="伪造", office=town.feihong, opened_on=YEAR)
    matter.save()
    assert found() == [(0, "inserted")]


def test_an_edited_envelope(places: dict[str, int]) -> None:
    place = places["agreement"]
    body = Envelope.objects.get(pk=place).body
    other = Envelope.objects.get(pk=places["settled"]).body
    for wrong in ("a1:AAAA", "garbage", "鬼", body[:-8] + "AAAAAAAA", other, personal.encrypt("{}"),
                  personal.encrypt("[]")):  # fmt: skip
        damage.run("UPDATE kernel_envelope SET body = %s WHERE entry_id = %s", wrong, place)
        assert found() == [(place, "altered")], wrong
    damage.run("DELETE FROM kernel_envelope WHERE entry_id = %s", place)
    assert found() == [(place, "removed")]


def test_an_exchanged_paper(places: dict[str, int]) -> None:
    place = places["agreement"]
    content = Envelope.objects.get(pk=place).open()
    content["paper"]["title"] = "另一份文书"
    damage.run("UPDATE kernel_envelope SET body = %s WHERE entry_id = %s", personal.encrypt(json.dumps(content)), place)
    assert found() == [(place, "altered")]


def test_erasure_leaves_the_ledger_whole(places: dict[str, int]) -> None:
    damage.run("UPDATE kernel_envelope SET body = ''")
    assert found() == []
