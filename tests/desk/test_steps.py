"""Forms of steps: what they ask, what they say when something is wrong, what they do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hefa.desk import stepform
from hefa.kernel.act import act
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter
from hefa.kernel.people import Person, Post

from .conftest import TODAY, Desk

NEW = "/new/mediation.dispute/"
INTAKE = {
    "day": "",
    "title": "屋顶漏雨纠纷",
    "type": "01",
    "source": "application",
    "summary": "顶楼住户与物业争执",
    "party.side": ["applicant", "respondent"],
    "party.name": ["褚小满", "卫大寒"],
    "party.id_no": ["", ""],
    "party.phone": ["19900000001", ""],
    "party.address": ["", ""],
}


def _step(matter: Matter, name: str) -> str:
    return reverse("desk:step", args=[matter.pk, name])


@pytest.mark.parametrize("label", list(KINDS))
def test_every_step_of_every_kind_can_be_drawn(desk: Desk, one_of_each: dict[str, list[Matter]], label: str) -> None:
    from hefa.kernel.act import amendment

    kind = KINDS[label]
    actor = desk.actor("justice_head")
    for step in (*kind.flow.steps, amendment(kind)):
        form = stepform.draw(kind, step, actor, matter=None if step.opens else one_of_each[label][0])
        assert [one.name for one in (*form.asked, *form.offered)] == list(step.fields)
        assert all(one.label for one in form.asked)


def test_intake_opens_a_matter_and_says_what_comes_due(desk: Desk) -> None:
    client = desk.client("community_mediator")
    page = client.get(NEW).content.decode()
    assert page.count("必填") >= 6 and "《中华人民共和国人民调解法》" in page and "生成《" in page
    response = client.post(NEW, INTAKE, follow=True)
    matter = Matter.objects.get()
    assert response.redirect_chain == [(reverse("desk:matter", args=[matter.pk]), 302)]
    said = response.content.decode()
    assert "已办理：受理" in said and "下一期限：调解期限" in said
    assert matter.opened_on == TODAY and matter.office == desk.flying
    assert matter.handler_id == desk.people["community_mediator"].pk
    assert [party["name"] for party in matter.parties] == ["褚小满", "卫大寒"]


@pytest.mark.parametrize("written", ["2023-05-06", "2023.5.6", "2023年5月6日", "20230506"])
def test_days_are_read_as_people_write_them(desk: Desk, written: str) -> None:
    desk.client("community_mediator").post(NEW, INTAKE | {"day": written})
    assert Matter.objects.get().opened_on.isoformat() == "2023-05-06"


def test_a_refused_form_keeps_what_was_typed_and_says_where(desk: Desk) -> None:
    typed = INTAKE | {"title": "", "day": "5月40日", "amount": "很多", "party.phone": ["123", ""]}
    response = desk.client("community_mediator").post(NEW, typed)
    page = response.content.decode()
    assert response.status_code == 422 and Matter.objects.count() == 0
    assert "不是日期" in page
    typed["day"] = "2023.5.6"
    page = desk.client("community_mediator").post(NEW, typed).content.decode()
    assert "请填写“事由”" in page and "不是数" in page and "第 1 位当事人" in page
    assert 'value="很多"' in page and "顶楼住户与物业争执" in page and 'value="褚小满"' in page
    assert re.search(r'<a href="#f-title">', page)


def test_a_guard_speaks_for_the_whole_form(desk: Desk) -> None:
    one_side = INTAKE | {"party.name": ["褚小满", ""]}
    page = desk.client("community_mediator").post(NEW, one_side).content.decode()
    assert "纠纷要有双方当事人" in page


def test_adding_a_party_needs_no_script(desk: Desk) -> None:
    client = desk.client("community_mediator")
    page = client.post(NEW, INTAKE | {"add_party": "1"}).content.decode()
    drawn = page.split("<template", 1)[0].count('name="party.name"')
    assert drawn == 3 and Matter.objects.count() == 0 and 'value="褚小满"' in page


def test_other_opening_steps_are_offered(desk: Desk) -> None:
    client = desk.client("community_mediator")
    assert "?step=decline" in client.get(NEW).content.decode()
    client.post(f"{NEW}?step=decline", INTAKE | {"reason": "属于法院受理的案件"})
    assert Matter.objects.get().state == "declined"


def test_who_works_above_chooses_the_office(desk: Desk) -> None:
    client = desk.client("justice_clerk")
    assert "彩虹社区" in client.get(NEW).content.decode()
    client.post(NEW, INTAKE | {"at_office": str(desk.rainbow.pk)})
    assert Matter.objects.get().office == desk.rainbow
    refused = desk.client("community_mediator").post(NEW, INTAKE | {"at_office": str(desk.rainbow.pk)})
    assert refused.status_code == 422 and "您不能在所选的单位登记" in refused.content.decode()
    assert Matter.objects.count() == 1
    desk.client("community_mediator").post(NEW, INTAKE)
    assert Matter.objects.latest("pk").office == desk.flying


def test_a_step_is_taken_and_its_paper_issued(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    sat = client.post(_step(matter, "sit"), {"seen": "1", "day": "", "record": "各方到场"}, follow=True)
    assert "已办理：调解" in sat.content.decode()
    agreed = client.post(
        _step(matter, "agree"),
        {"seen": "2", "day": "", "facts": "水管老化", "terms": "赔偿三千元", "perform_by": TODAY.isoformat()},
        follow=True,
    )
    assert "人民调解协议书" in agreed.content.decode()
    assert Matter.objects.get().state == "agreed"


def test_a_refused_step_writes_nothing(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    response = client.post(_step(matter, "agree"), {"seen": "1", "facts": "甲", "terms": "乙", "perform_by": "0101"})
    assert response.status_code == 422 and "还没有调解记录" in response.content.decode()
    assert Entry.objects.count() == 1


def test_a_stale_form_is_refused(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    assert 'name="seen" value="1"' in client.get(_step(matter, "sit")).content.decode()
    act(matter, "sit", actor=desk.actor("community_mediator"), day=TODAY, answers={"record": "别人先记了"})
    response = client.post(_step(matter, "sit"), {"seen": "1", "record": "我也记"})
    assert response.status_code == 422 and "刚刚有人办理过" in response.content.decode()
    assert "我也记" in response.content.decode()


def test_the_side_sheet_is_the_same_form_without_the_frame(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    sheet = client.get(_step(matter, "sit"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in sheet and 'name="record"' in sheet
    done = client.post(_step(matter, "sit"), {"seen": "1", "record": "记"}, headers={"HX-Request": "true"})
    assert done.status_code == 204 and done["HX-Redirect"] == reverse("desk:matter", args=[matter.pk])


def test_a_step_that_is_not_open_says_why(desk: Desk) -> None:
    matter = desk.dispute()
    page = desk.client("community_mediator").get(_step(matter, "perform")).content.decode()
    assert "现在是“调解中”" in page and '<form class="step"' not in page
    assert desk.client("community_mediator").get(_step(matter, "accept")).status_code == 404
    assert desk.client("community_mediator").get(_step(matter, "nonsense")).status_code == 404


def test_pickers_offer_offices_and_colleagues(desk: Desk) -> None:
    matter = desk.dispute()
    page = desk.client("community_mediator").get(_step(matter, "escalate")).content.decode()
    assert "中河街道" in page and f'<option value="{desk.flying.pk}"' not in page
    stranger = Person.objects.create(username="stranger", name="外人乙")
    Post.objects.create(person=stranger, office=desk.rainbow, role="community_mediator", from_on=TODAY)
    page = desk.client("community_mediator").get(NEW).content.decode()
    assert desk.people["committee_head"].name in page and "外人乙" not in page


def test_a_source_is_given_by_its_number_and_only_if_seen(desk: Desk) -> None:
    ours, theirs = desk.dispute(), desk.dispute("mediator", desk.rainbow)
    client = desk.client("community_mediator")
    refused = client.post(NEW, INTAKE | {"arises_from": theirs.number})
    assert refused.status_code == 422 and "您无权查看" in refused.content.decode()
    client.post(NEW, INTAKE | {"arises_from": ours.number})
    assert Matter.objects.latest("pk").arises_from_id == ours.pk
    assert ours.number in client.get("/suggest/", {"arises_from": "漏水"}).content.decode()


def test_an_amendment_records_only_what_changed(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("committee_head")
    page = client.get(_step(matter, "amend")).content.decode()
    assert 'value="楼上漏水损害赔偿纠纷"' in page and "楼上卫生间渗漏" not in page
    body = {"seen": "1", "reason": "录入有误", "title": "楼上漏水纠纷", "type": "01", "source": "application"}
    client.post(_step(matter, "amend"), body)
    entry = Entry.objects.get(step="amend")
    assert entry.answers.keys() == {"reason", "title"}
    again = client.post(_step(matter, "amend"), body | {"seen": "2"})
    assert again.status_code == 422 and "没有改动任何内容" in again.content.decode()


def test_calling_up_what_is_to_be_amended_is_on_record(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("committee_head")
    page = client.post(_step(matter, "amend"), {"call_up": "1"}).content.decode()
    assert "楼上卫生间渗漏" in page and 'value="褚小满"' in page
    assert Entry.objects.get(step="reveal").answers["purpose"].startswith("更正")
    assert Matter.objects.get().turn == 1


def test_the_last_step_is_taken_back_with_a_reason(desk: Desk) -> None:
    matter, client = desk.agreed(), desk.client("community_mediator")
    assert "将撤回" in client.get(_step(matter, "revoke")).content.decode()
    assert client.post(_step(matter, "revoke"), {"seen": "3", "reason": ""}).status_code == 422
    client.post(_step(matter, "revoke"), {"seen": "3", "reason": "协议尚未签字"})
    assert Matter.objects.get().state == "mediating"


@pytest.mark.parametrize(
    ("name", "value", "said", "good"),
    [
        ("id_no", "990000199001010019", "校验位不对", False),
        ("phone", "19900000001", "号码格式正确", True),
        ("phone", "123", "电话应为", False),
        ("day", "2026.2.14", "2026年2月14日", True),
        ("amount", "1.2万", "12,000 元", True),
        ("amount", "很多", "不是数", False),
        ("happened_on", "2023年2月30日", "没有这一天", False),
        ("people", "2.5", "应为整数", False),
    ],
)
def test_values_are_checked_as_typed(desk: Desk, name: str, value: str, said: str, good: bool) -> None:
    client = desk.client("community_mediator")
    page = client.post(f"/check/mediation.dispute/{name}/", {name: value}).content.decode()
    assert said in page and ('class="good"' in page) == good


def test_what_people_type_never_becomes_markup(desk: Desk) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    matter = desk.dispute(title=evil[:60], parties=[
        {"side": "applicant", "name": evil[:40]}, {"side": "respondent", "name": "卫大寒"},
    ])  # fmt: skip
    client = desk.client("community_mediator")
    pages = ["/", "/list/mediation.dispute/", f"/matter/{matter.pk}/", _step(matter, "sit"), f"/find/?q={evil[:20]}",
             "/suggest/?q=script", f"/matter/{matter.pk}/why/", NEW]  # fmt: skip
    bodies = [client.get(page).content.decode() for page in pages]
    bodies.append(client.post(f"/matter/{matter.pk}/reveal/", {"purpose": evil}).content.decode())
    bodies.append(client.post(NEW, INTAKE | {"title": evil, "amount": evil}).content.decode())
    entry = Entry.objects.exclude(paper=None).first()
    assert entry is not None
    bodies.append(client.get(f"/paper/{entry.pk}.html").content.decode())
    for page, body in zip([*pages, "reveal", "refused", "paper"], bodies, strict=True):
        assert "<script>alert" not in body and "<img src=x" not in body, page
    assert "&lt;script&gt;" in bodies[1]


def test_yesterday_is_fine_and_tomorrow_is_not(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    response = client.post(_step(matter, "sit"), {"seen": "1", "day": tomorrow, "record": "记"})
    assert response.status_code == 422 and "还没有到" in response.content.decode()
