"""The page of a matter, its papers, its chain, and the look at personal data that leaves an entry."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hefa.desk import inbox, lights, story
from hefa.kernel.act import act
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter

from .conftest import TODAY, Desk


def _page(desk: Desk, matter: Matter, role: str = "community_mediator") -> str:
    return desk.client(role).get(reverse("desk:matter", args=[matter.pk])).content.decode()


def test_personal_data_is_masked_until_a_purpose_is_given(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    page = _page(desk, matter)
    assert "褚**" in page and "199****0001" in page and "飞虹路***" in page
    for secret in ("褚小满", "19900000001", "楼上卫生间渗漏", "飞虹路12号"):
        assert secret not in page
    reveal = reverse("desk:reveal", args=[matter.pk])
    refused = client.post(reveal, {"purpose": " "})
    assert refused.status_code == 422 and "请写明" in refused.content.decode()
    assert "褚小满" not in refused.content.decode() and not Entry.objects.filter(step="reveal").exists()
    shown = client.post(reveal, {"purpose": "核对身份"}).content.decode()
    for secret in ("褚小满", "19900000001", "楼上卫生间渗漏", "飞虹路12号"):
        assert secret in shown
    entry = Entry.objects.get(step="reveal")
    assert (entry.matter_id, entry.answers, entry.actor_id) == (
        matter.pk, {"purpose": "核对身份"}, desk.people["community_mediator"].pk,
    )  # fmt: skip
    assert "褚小满" not in _page(desk, matter) and "核对身份" in _page(desk, matter)
    assert client.get(reveal).status_code == 405


@pytest.mark.parametrize(("shape", "start"), [("html", b"<!doctype html>"), ("pdf", b"%PDF"), ("docx", b"PK")])
def test_papers_open_in_three_shapes_and_opening_is_noted(desk: Desk, shape: str, start: bytes) -> None:
    entry = desk.agreed().entries.get(step="agree")
    response = desk.client("community_mediator").get(reverse("desk:paper", args=[entry.pk, shape]))
    assert response.status_code == 200 and response.content.startswith(start)
    assert "script-src" not in response["Content-Security-Policy"] or "'self'" in response["Content-Security-Policy"]
    noted = Entry.objects.get(step="reveal")
    assert "人民调解协议书" in noted.answers["purpose"]


def test_the_timeline_tells_who_when_what_and_by_which_article(desk: Desk) -> None:
    page = _page(desk, desk.agreed())
    for word in ("达成书面协议", "《中华人民共和国人民调解法》第二十九条", "社区调解员", "飞虹社区", "第 3 笔"):
        assert word in page, word
    assert Entry.objects.last().seal[:8] in page  # type: ignore[union-attr]


def test_a_revoked_step_stays_in_the_timeline(desk: Desk) -> None:
    matter = desk.agreed()
    act(matter, "revoke", actor=desk.actor("community_mediator"), day=TODAY, answers={"reason": "尚未签字"})
    page = _page(desk, matter)
    assert 'class="revoked"' in page and "已撤回" in page and "尚未签字" in page


def test_the_next_lawful_step_is_the_primary_button(desk: Desk) -> None:
    matter = desk.dispute()

    def primary() -> list[str]:
        return re.findall(r'class="button primary" href="[^"]+/step/(\w+)/"', _page(desk, matter))

    assert primary() == ["sit"]
    act(matter, "sit", actor=desk.actor("community_mediator"), day=TODAY, answers={"record": "记"})
    assert primary() == ["agree"]


def test_steps_that_are_not_open_stand_with_their_reason(desk: Desk) -> None:
    page = _page(desk, desk.dispute())
    assert re.search(r"现在是“调解中”，要在“[^”]*已达成协议[^”]*”时才能确认履行", page)
    assert "“更正”由" in page


def test_every_date_answers_why(desk: Desk) -> None:
    matter = desk.dispute()
    assert reverse("desk:why", args=[matter.pk]) in _page(desk, matter)
    why = desk.client("community_mediator").get(reverse("desk:why", args=[matter.pk])).content.decode()
    assert "起算，当日不计入" in why and "届满日" in why and "第1日" in why


def test_the_chain_goes_up_and_down_and_hides_what_is_not_seen(desk: Desk) -> None:
    theirs = desk.dispute("mediator", desk.rainbow, title="彩虹来的")
    middle = desk.dispute("mediator", desk.flying, arises_from=theirs.pk, title="中间的")
    last = desk.dispute(arises_from=middle.pk, title="后来的")
    page = _page(desk, middle)
    assert "来源事项（您无权查看）" in page and theirs.number not in page and last.number in page
    assert theirs.number in _page(desk, middle, "justice_head")
    up, down = story.chain(theirs, desk.actor("justice_head"))
    assert up == [] and [(link.matter.pk, link.depth) for link in down if link.matter] == [
        (middle.pk, 1), (last.pk, 2),
    ]  # fmt: skip


def test_a_matter_costs_a_fixed_number_of_queries(desk: Desk, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    matter = desk.dispute()
    for n in range(20):
        act(matter, "sit", actor=desk.actor("community_mediator"), day=TODAY, answers={"record": f"第{n}次"})
    client = desk.client("community_mediator")
    with django_assert_max_num_queries(14):
        client.get(reverse("desk:matter", args=[matter.pk]))


def test_home_parts_mine_from_fresh_and_from_what_waits_for_others(desk: Desk) -> None:
    mine = desk.dispute(day=TODAY - timedelta(days=40))
    handed = desk.dispute(title="报上来的")
    act(handed, "escalate", actor=desk.actor("community_mediator"), day=TODAY,
        answers={"office": str(desk.street.pk), "reason": "疑难"})  # fmt: skip
    page = desk.client("community_mediator").get("/").content.decode()
    assert "■" in page and "超期" in page and mine.title in page
    street = desk.actor("mediator")
    assert handed.pk in {row["id"] for row in inbox.fresh(street, TODAY).rows}
    leader = desk.actor("party_secretary")
    assert inbox.mine(leader, TODAY).rows == []
    assert {row["id"] for row in inbox.others(leader, TODAY).rows} == {mine.pk, handed.pk}
    page = desk.client("party_secretary").get("/").content.decode()
    assert "没有等您办的限期事项" in page and "年至今" in page


@pytest.mark.parametrize(
    ("ago", "status", "shape", "word"),
    [(0, "running", "●", "正常"), (28, "due_soon", "▲", "临期"), (45, "overdue", "■", "超期")],
)
def test_lights_are_readable_without_colour(desk: Desk, ago: int, status: str, shape: str, word: str) -> None:
    found = lights.of_row(lights.row_of(desk.dispute(day=TODAY - timedelta(days=ago))), TODAY)
    assert (found.status, found.shape, found.word) == (status, shape, word) and found.count


def test_lights_of_what_no_longer_runs(desk: Desk) -> None:
    kind = KINDS["mediation.dispute"]
    row = {"kind": kind.label(), "state": "filed", "trail": [], "due_on": None, "due_name": "", "closed_on": TODAY}
    assert lights.of_row(row, TODAY).shape == "✓"
    assert lights.of_row(row | {"state": "void"}, TODAY).word == "作废"
    assert lights.of_row(row | {"state": "agreed", "closed_on": None}, TODAY).word == "在办"


def test_a_paused_clock_says_so(desk: Desk) -> None:
    trail = [["receive", "2026-03-02", None, 1, None], ["consult", "2026-03-10", None, 2, None]]
    row = {"kind": "disclosure.request", "state": "consulting", "trail": trail, "due_on": None, "due_name": "",
           "closed_on": None}  # fmt: skip
    found = lights.of_row(row, TODAY)
    assert (found.shape, found.word) == ("‖", "中止") and "工作日" in found.count


def test_a_dossier_says_what_is_missing_what_it_costs_and_how_to_mend_it(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    assert "卷内清单" not in client.get(f"/matter/{matter.pk}/").content.decode()
    actor = desk.actor("community_mediator")
    act(matter, "agree_orally", actor=actor, day=TODAY, answers={"terms": "当场赔偿"})
    page = client.get(f"/matter/{matter.pk}/").content.decode()
    assert "80 分" in page and "签名盖章齐全</b>" in page and "−10" in page and "补齐签名、盖章或者指印" in page
    client.post(f"/matter/{matter.pk}/step/collate/", {"day": TODAY.isoformat(), "is_signed": "是"})
    page = client.get(f"/matter/{matter.pk}/").content.decode()
    assert "100 分" in page and "应有的材料都齐了" in page and "卷内目录" in page


def test_the_form_that_files_says_the_score_first(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("community_mediator")
    actor = desk.actor("community_mediator")
    act(matter, "terminate", actor=actor, day=TODAY, answers={"ground": "refused"})
    form = client.get(f"/matter/{matter.pk}/step/file/").content.decode()
    assert "办完这一步，卷宗为 44 分" in form and "缺：卷内目录、" in form
    refused = client.post(f"/matter/{matter.pk}/step/file/", {"day": TODAY.isoformat()}).content.decode()
    assert "卷宗只有 44 分，不到 80 分" in refused


def test_pages_about_mediators_lead_to_their_patches(desk: Desk) -> None:
    matter = desk.dispute()
    assert "/circle/patches/" in desk.client("justice_head").get(f"/matter/{matter.pk}/").content.decode()


def test_a_step_that_only_marks_a_matter_is_not_urged(desk: Desk) -> None:
    matter = desk.dispute(day=TODAY)
    act(matter, "agree_orally", actor=desk.actor("community_mediator"), day=TODAY, answers={"terms": "当场道歉"})
    open_moves = story.moves(Matter.objects.get(pk=matter.pk), desk.actor("justice_head"), None).open
    assert [move.primary for move in open_moves if move.step.name == "feature"] == [False]
    mine = story.moves(Matter.objects.get(pk=matter.pk), desk.actor("community_mediator"), None).open
    assert sum(move.primary for move in mine) == 1
