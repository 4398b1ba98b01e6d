"""What an intake offers beside the narrative, and what it puts on record."""

from __future__ import annotations

import pytest

from hefa.kernel import proof
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


@pytest.mark.parametrize("chosen", ["01", "16"])
def test_offer_and_choice_stand_in_one_entry(desk: Desk, chosen: str) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"type": chosen, "summary": "楼上漏水，邻居不肯修"})
    entry = Entry.objects.get()
    assert (entry.step, entry.turn) == ("accept", 1)
    assert (entry.answers["advised"], entry.answers["type"]) == ("01", chosen)
    page = desk.client("community_mediator").get(f"/matter/{entry.matter_id}/").content.decode()
    assert "系统建议" in page and "邻里纠纷" in page
    assert proof.verify().ok


def test_the_offer_is_no_answer_of_the_form(desk: Desk) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"summary": "楼上漏水，邻居不肯修", "advised": "17"})
    assert Entry.objects.get().answers["advised"] == "01"


def test_a_refused_opening_leaves_no_offer(desk: Desk) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"title": "", "summary": "楼上漏水，邻居不肯修"})
    assert not Entry.objects.exists() and not Matter.objects.exists()


def test_what_was_advised_goes_with_the_step_that_is_taken_back(desk: Desk) -> None:
    client = desk.client("community_mediator")
    client.post(NEW, INTAKE | {"summary": "楼上漏水，邻居不肯修"})
    matter = Matter.objects.get()
    client.post(f"/matter/{matter.pk}/step/revoke/", {"reason": "登记错了"})
    assert Matter.objects.get().state == "void" and proof.verify().ok


def test_nothing_is_recorded_where_nothing_was_offered(desk: Desk) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"summary": "嗯"})
    assert "advised" not in Entry.objects.get().answers
