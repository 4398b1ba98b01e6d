"""Dossiers and public texts through the forms: wrong values, wrong people, what is sent twice."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hefa.kernel.act import act
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor

from .conftest import TODAY, Desk

OPERATOR = Actor.operator()
DAY = {"day": TODAY.isoformat()}


@pytest.fixture
def settled(desk: Desk) -> Matter:
    matter = desk.dispute()
    act(matter, "agree_orally", actor=OPERATOR, day=TODAY, answers={"terms": "当场赔偿"})
    act(matter, "feature", actor=OPERATOR, day=TODAY, answers={})
    return Matter.objects.get(pk=matter.pk)


def draft(desk: Desk, role: str, dispute: Matter, **told: Any) -> str:
    given = DAY | {"heading": "邻里漏水", "text": "楼上漏水，双方和解。", "arises_from": dispute.number} | told
    return desk.client(role).post("/new/mediation.typicalcase/", given, follow=True).content.decode()


def cases() -> int:
    return Matter.objects.filter(kind="mediation.typicalcase").count()


@pytest.mark.parametrize(
    ("value", "said"), [("-1", "不能是负数"), ("99999", "太大"), ("两页", "不是数"), ("1.5", "应为整数")]
)
def test_pages_that_cannot_be_are_refused(desk: Desk, settled: Matter, value: str, said: str) -> None:
    entries = Entry.objects.count()
    answer = desk.client("community_mediator").post(
        f"/matter/{settled.pk}/step/collate/", DAY | {"pages_rights": value}
    )
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Entry.objects.count() == entries


def test_a_stale_form_does_not_put_a_dossier_together_twice(desk: Desk, settled: Matter) -> None:
    client, given = desk.client("community_mediator"), DAY | {"is_signed": "是", "seen": str(settled.turn)}
    client.post(f"/matter/{settled.pk}/step/collate/", given)
    answer = client.post(f"/matter/{settled.pk}/step/collate/", given).content.decode()
    assert "已经过时" in answer and Entry.objects.filter(step="collate").count() == 1


def test_a_text_that_names_a_party_says_where_and_shows_only_the_mask(desk: Desk, settled: Matter) -> None:
    page = draft(desk, "community_mediator", settled, text="楼上漏水，\n褚小满与邻居和解。")
    assert "第 2 行第 1 字起是申请人的姓名或者名称（褚**）" in page and cases() == 0


def test_a_text_too_long_is_refused(desk: Desk, settled: Matter) -> None:
    assert "公开稿不超过 4000 字" in draft(desk, "community_mediator", settled, text="和" * 4001) and cases() == 0


def test_nobody_tells_of_a_dispute_that_they_may_not_see(desk: Desk, settled: Matter) -> None:
    act(settled, "amend", actor=OPERATOR, day=TODAY, answers={"sealed": "是", "reason": "当事人要求"})
    other = draft(desk, "mediator", settled)
    assert cases() == 0 and "楼上卫生间渗漏" not in other
    own = draft(desk, "community_mediator", settled)
    assert cases() == 0 and "当事人要求不公开的案件，不能公开" in own


def test_a_second_text_of_the_same_case_is_refused(desk: Desk, settled: Matter) -> None:
    draft(desk, "community_mediator", settled)
    assert cases() == 1
    assert "这件纠纷已经有公开稿" in draft(desk, "community_mediator", settled) and cases() == 1


def test_publishing_twice_leaves_one_entry(desk: Desk, settled: Matter) -> None:
    draft(desk, "community_mediator", settled)
    case = Matter.objects.get(kind="mediation.typicalcase")
    client = desk.client("justice_head")
    for step in ("publish", "approve", "publish", "publish"):
        client.post(f"/matter/{case.pk}/step/{step}/", DAY)
    steps = list(Entry.objects.filter(matter=case).order_by("id").values_list("step", flat=True))
    assert steps == ["draft", "approve", "publish"]


def test_a_name_that_came_in_after_approval_stops_the_publishing(desk: Desk, settled: Matter) -> None:
    draft(desk, "community_mediator", settled, text="楼上漏水，热心邻居从中劝和。")
    case = Matter.objects.get(kind="mediation.typicalcase")
    act(case, "approve", actor=OPERATOR, day=TODAY, answers={})
    parties = [*settled.parties, {"side": "third", "name": "热心邻居"}]
    act(settled, "amend", actor=OPERATOR, day=TODAY, answers={"parties": parties, "reason": "补登"})
    page = desk.client("justice_head").post(f"/matter/{case.pk}/step/publish/", DAY).content.decode()
    assert "是第三人的姓名或者名称" in page and Matter.objects.get(pk=case.pk).state == "approved"


def test_the_page_of_a_typical_case_leads_to_its_text_with_the_number_filled_in(desk: Desk, settled: Matter) -> None:
    client = desk.client("community_mediator")
    page = client.get(f"/matter/{settled.pk}/").content.decode()
    (address,) = re.findall(r'href="(/new/mediation\.typicalcase/\?arises_from=[^"]+)"', page)
    assert f'value="{settled.number}"' in client.get(address).content.decode()
    other = desk.dispute()
    assert "/new/mediation.typicalcase/?arises_from" not in client.get(f"/matter/{other.pk}/").content.decode()
