"""What an intake offers beside the narrative, and what it puts on record."""

from __future__ import annotations

import pytest

from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter

from .conftest import Desk
from .test_steps import INTAKE, NEW

CHECK = "/check/mediation.dispute/summary/"


def test_the_offer_says_what_and_why(desk: Desk) -> None:
    client = desk.client("community_mediator")
    page = client.get(NEW).content.decode()
    assert f'hx-post="{CHECK}"' in page
    said = client.post(CHECK, {"value": "楼上漏水，邻居不肯修"}).content.decode()
    assert "建议类型：邻里纠纷" in said and "楼上" in said and "由您选定" in said
    assert client.post(CHECK, {"value": "嗯"}).content.decode().strip() == ""
    assert client.post(CHECK, {"value": ""}).content.decode().strip() == ""


def test_a_long_narrative_is_read_too(desk: Desk) -> None:
    said = desk.client("community_mediator").post(CHECK, {"value": "，前情。" * 500 + "夫妻离婚"})
    assert "婚姻家庭纠纷" in said.content.decode()


def test_words_of_the_person_are_shown_as_text(desk: Desk) -> None:
    said = desk.client("community_mediator").post(CHECK, {"value": "<b>楼上</b>漏水"}).content.decode()
    assert "<b>" not in said


@pytest.mark.parametrize(("chosen", "follows"), [("01", True), ("16", False)])
def test_offer_and_choice_go_on_record(desk: Desk, chosen: str, follows: bool) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"type": chosen, "summary": "楼上漏水，邻居不肯修"})
    entry = Entry.objects.get(step="triage")
    assert entry.matter == Matter.objects.get() and entry.turn == 0
    assert entry.answers == {"suggested": "01", "chosen": chosen}
    assert (entry.answers["suggested"] == entry.answers["chosen"]) is follows
    page = desk.client("community_mediator").get(f"/matter/{entry.matter_id}/").content.decode()
    assert "类型建议与选择" in page and "建议类型" in page and "邻里纠纷" in page


def test_nothing_is_recorded_where_nothing_was_offered(desk: Desk) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"summary": "嗯"})
    assert Matter.objects.count() == 1 and not Entry.objects.filter(step="triage").exists()
