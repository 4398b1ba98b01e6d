"""Similar cases: what is alike is shown with its reasons, and nothing of what the reader may not see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hefa.kernel.act import act
from hefa.kernel.matter import KINDS, Matter
from hefa.statutes.similar import Question, like

from .conftest import TODAY, Desk

PAGE = "/similar/"
HTMX = {"headers": {"HX-Request": "true"}}
LEAK = "楼上卫生间漏水引发的邻里纠纷"


def panel(desk: Desk, matter: Matter, role: str = "community_mediator") -> str:
    return desk.client(role).get(reverse("desk:similar_to", args=[matter.pk]), **HTMX).content.decode()


def asked(desk: Desk, words: str, role: str = "community_mediator", kind: str = "mediation.dispute") -> str:
    return desk.client(role).post(PAGE, {"q": words, "kind": kind}).content.decode()


def test_the_panel_says_why_how_it_ended_and_how_long_it_took(desk: Desk) -> None:
    earlier = desk.agreed(title=LEAK, day=TODAY - timedelta(days=9))
    desk.dispute(title="公司拖欠工资纠纷", type="其他劳动争议纠纷", day=TODAY - timedelta(days=9))
    page = panel(desk, desk.dispute(title="楼上漏水损害赔偿纠纷"))
    assert page.count("<li>") == 1 and f'href="/matter/{earlier.pk}/"' in page and earlier.number in page
    for told in ("已达成协议", "用了 9 天", "调解成功", "书面", "都写到：楼上、漏水", "同类型：邻里纠纷", "同一单位：飞虹社区",
                 "同一处：飞虹路", "协议内容不在这里显示"):  # fmt: skip
        assert told in page, told


def test_nothing_personal_stands_in_it(desk: Desk) -> None:
    desk.agreed(title=LEAK)
    later = desk.dispute(title=LEAK)
    for page in (panel(desk, later), asked(desk, "楼上漏水")):
        assert "<li>" in page
        for personal in ("褚小满", "卫大寒", "19900000001", "修复并赔偿三千元", "水管老化", "飞虹路12号"):
            assert personal not in page


@pytest.mark.parametrize("words", ["褚小满", "渗漏卫生间", "修复并赔偿三千元", "水管老化", "飞虹路12号", "十日内"])
def test_personal_words_find_nothing(desk: Desk, words: str) -> None:
    """Neither parties nor encrypted text can be felt for by asking."""
    desk.agreed(title="甲乙两家的事情")
    assert "没有找到相似的" in asked(desk, words) and "/matter/" not in asked(desk, words).partition("<main")[2]


def test_what_one_may_not_see_leaves_no_trace(desk: Desk) -> None:
    """The answer is the same to the byte with and without other communities' and confidential matters."""
    desk.agreed(title="楼上漏水泡坏地板纠纷")
    later = desk.dispute(title=LEAK)
    before, told = panel(desk, later), _rows(asked(desk, "楼上漏水"))
    for _ in range(3):
        desk.dispute("justice_clerk", office=desk.rainbow, title=LEAK)
        desk.dispute("justice_clerk", office=desk.street, title=LEAK)
        desk.dispute("committee_head", title=LEAK, sealed=True)
    assert panel(desk, later) == before and _rows(asked(desk, "楼上漏水")) == told
    assert panel(desk, later, "committee_head").count("<li>") == 3
    assert panel(desk, later, "justice_clerk").count("<li>") == 5
    assert "不公开案件" in panel(desk, later, "justice_head")


def _rows(page: str) -> str:
    return page.partition('<ol class="similar">')[2].partition("</ol>")[0]


def test_who_sees_no_such_kind_finds_no_page(desk: Desk) -> None:
    matter = desk.dispute()
    for role in ("sysadmin", "foi_officer"):
        assert desk.client(role).get(reverse("desk:similar_to", args=[matter.pk])).status_code == 404
        assert desk.client(role).get(PAGE).status_code == 404
        assert "/similar/" not in desk.client(role).get("/").content.decode()
    assert f"/matter/{matter.pk}/" not in asked(desk, "楼上漏水", "petition_officer")


def test_only_earlier_matters_and_never_itself(desk: Desk) -> None:
    old = desk.dispute(title=LEAK, day=TODAY - timedelta(days=30))
    new = desk.dispute(title=LEAK, day=TODAY - timedelta(days=1))
    assert "没有找到相似的" in panel(desk, old)
    assert f"/matter/{old.pk}/" in panel(desk, new) and f"/matter/{new.pk}/" not in panel(desk, new)


def test_a_corrected_title_is_found_by_its_new_words(desk: Desk) -> None:
    matter = desk.dispute(title="树木遮挡采光纠纷")
    assert f"/matter/{matter.pk}/" in asked(desk, "树木遮挡采光")
    act(
        matter,
        "amend",
        actor=desk.actor("committee_head"),
        day=TODAY,
        answers={"title": "空调外机噪声纠纷", "reason": "写错"},
    )
    assert f"/matter/{matter.pk}/" not in asked(desk, "树木遮挡采光")
    assert f"/matter/{matter.pk}/" in asked(desk, "空调声音大")


def test_a_voided_matter_is_gone(desk: Desk) -> None:
    matter = desk.dispute(title="树木遮挡采光纠纷")
    assert f"/matter/{matter.pk}/" in asked(desk, "树木遮挡采光")
    act(matter, "revoke", actor=desk.actor("committee_head"), day=TODAY, answers={"reason": "登记错了"})
    assert f"/matter/{matter.pk}/" not in asked(desk, "树木遮挡采光")


def test_what_is_far_behind_is_not_alike(desk: Desk) -> None:
    for title in ("楼上卫生间漏水泡坏吊顶纠纷", "清河湾楼上装修纠纷", "清河湾宠物咬伤纠纷"):
        desk.dispute(title=title)
    page = asked(desk, "楼上卫生间漏水，吊顶泡坏了")
    assert page.count("<li><p") == 1
    assert "没有找到相似的" in asked(desk, "今天天气不错")


def test_the_intake_shows_them_beside_the_suggestion(desk: Desk) -> None:
    earlier = desk.dispute(title=LEAK)
    client = desk.client("community_mediator")
    said = client.post("/check/mediation.dispute/summary/", {"value": "楼上漏水，邻居不肯修"}).content.decode()
    assert "建议类型：邻里纠纷" in said and "相似的旧案" in said and f"/matter/{earlier.pk}/" in said
    assert "相似的旧案" not in client.post("/check/mediation.dispute/summary/", {"value": "嗯"}).content.decode()
    page = desk.client("petition_officer").get("/new/petition.petition/").content.decode()
    assert 'hx-post="/check/petition.petition/request/"' in page


def test_words_are_posted_and_shown_as_text(desk: Desk) -> None:
    page = asked(desk, "<b>楼上</b>漏水")
    assert "<b>楼上" not in page and "&lt;b&gt;楼上" in page
    assert (
        desk.client("community_mediator").get(PAGE + "?q=楼上漏水").content.decode().count("楼上漏水") == 1
    )  # the example


def test_as_many_queries_for_ten_as_for_two(desk: Desk) -> None:
    matter, actor = desk.dispute(title=LEAK), desk.actor("community_mediator")
    assert like(Question.of(matter), actor) == []
    counts = []
    for more in (2, 8):
        for _ in range(more):
            desk.dispute(title=LEAK)
        for _ in ("after the ledger has grown", "and while it stands"):
            question = Question.of(matter)
            with CaptureQueriesContext(connection) as caught:
                assert like(question, actor)
            counts.append(len(caught))
    assert counts == [6, 4, 6, 4]


def test_every_kind_that_declares_likeness_answers(desk: Desk) -> None:
    declaring = [kind for kind in KINDS.values() if kind.alike is not None]
    assert {kind.label() for kind in declaring} == {
        "mediation.dispute", "petition.petition", "incident.incident", "counsel.consultation",
    }  # fmt: skip
    for kind in declaring:
        assert "没有找到相似的" in asked(desk, "路灯不亮", "justice_head", kind.label())
