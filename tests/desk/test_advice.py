"""What a step proposes, in its form: whom to send and why, and a rule tried before it is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from hefa.kernel.act import act, open_matter
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor

from .conftest import TODAY, Desk

OPERATOR = Actor.operator()


def opened(kind: str, office: Any, **answers: Any) -> Matter:
    return open_matter(kind, actor=OPERATOR, office=office, day=TODAY, answers=answers)


@pytest.fixture
def dispute(desk: Desk) -> Matter:
    for name, office in (("秦某", desk.flying), ("林丙", desk.flying), ("毛某", desk.rainbow)):
        opened("mediation.mediator", office, full_name=name, is_full_time="否")
    away = Matter.objects.get(kind="mediation.mediator", title="秦某")
    act(away, "take_leave", actor=OPERATOR, day=TODAY, answers={"away_from": TODAY, "away_until": TODAY})
    parties = [{"side": "applicant", "name": "林甲"}, {"side": "respondent", "name": "方乙"}]
    return opened("mediation.dispute", desk.flying, title="漏水", type="01", source="application", summary="漏水",
                  parties=parties)  # fmt: skip


def test_the_form_says_why_each_was_chosen_or_passed_over(desk: Desk, dispute: Matter) -> None:
    page = desk.client("justice_head").get(f"/matter/{dispute.pk}/step/assign/").content.decode()
    assert "“飞虹社区”没有能办的人" in page
    assert "请假" in page and "与申请人同姓，可能是亲属" in page
    number = Matter.objects.get(kind="mediation.mediator", title="毛某").number
    assert f'<option value="{number}" selected>毛某' in page
    away = Matter.objects.get(kind="mediation.mediator", title="秦某").number
    assert f'<option value="{away}"' not in page
    assert "林甲" not in page


def test_the_reasons_are_spoken_in_english(desk: Desk, dispute: Matter) -> None:
    client = desk.client("justice_head")
    client.post("/language/setlang/", {"language": "en"})
    try:
        page = client.get(f"/matter/{dispute.pk}/step/assign/").content.decode()
    finally:
        translation.activate("zh-hans")
    assert "perhaps a relative" in page and "可能是亲属" not in page
    assert "Nobody at “飞虹社区” can take it" in page


def test_what_the_form_offers_is_taken_by_the_door(desk: Desk, dispute: Matter) -> None:
    client = desk.client("justice_head")
    number = Matter.objects.get(kind="mediation.mediator", title="毛某").number
    answer = client.post(f"/matter/{dispute.pk}/step/assign/", {"assignee": number, "day": TODAY.isoformat()})
    assert answer.status_code == 302
    assert Matter.objects.get(pk=dispute.pk).case.mediator == "毛某"  # type: ignore[attr-defined]


def test_trying_a_rule_draws_the_form_anew_and_writes_nothing(desk: Desk) -> None:
    incident = opened("incident.incident", desk.street, title="噪声", source="resident", place="某处", summary="噪声")
    answers = {"type": "noise", "urgency": "ordinary", "area": desk.flying.pk}
    act(incident, "triage", actor=OPERATOR, day=TODAY, answers=answers)
    sent = {"office": desk.rainbow.pk, "reason": "先去"}
    act(incident, "dispatch_by_hand", actor=OPERATOR, day=TODAY, answers=sent)
    client, before = desk.client("deputy"), Entry.objects.count()
    assert "填好以后先“试算”" in client.get("/new/incident.rule/").content.decode()
    typed = {"target": str(desk.flying.pk), "area": str(desk.flying.pk), "day": TODAY.isoformat()}
    page = client.post("/new/incident.rule/", typed | {"try": "1"})
    assert page.status_code == 200
    assert "最近 1 件按它重算，1 件改变去向" in page.content.decode()
    assert f'<option value="{desk.flying.pk}" selected>' in page.content.decode()
    assert Entry.objects.count() == before
    client.post("/new/incident.rule/", typed)
    rule = Matter.objects.get(kind="incident.rule")
    assert rule.entries.get().answers["effect"].startswith("最近 1 件按它重算，1 件改变去向")


def test_trying_with_nothing_readable_says_no_more_than_before(desk: Desk) -> None:
    page = desk.client("deputy").post("/new/incident.rule/", {"target": "x", "day": "不是日期", "try": "1"})
    assert page.status_code == 200
    assert "填好以后先“试算”" in page.content.decode()
