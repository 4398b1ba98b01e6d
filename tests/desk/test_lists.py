"""Lists: what a page costs, that pages joined are the whole, and what searching finds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hefa.desk import listing
from hefa.kernel.matter import KINDS, Matter, Mention
from hefa.kernel.people import ROLES

from .conftest import TODAY, Desk

LIST = "/list/mediation.dispute/"


def _many(desk: Desk, count: int) -> None:
    """Rows alone: as many disputes as a list must bear, several on each day, some due."""
    kind = KINDS["mediation.dispute"]
    start = Matter.objects.count()
    for n in range(start, start + count):
        accepted = TODAY - timedelta(days=n // 3)
        matter = Matter.objects.create(
            kind=kind.label(), number=f"第{n}号", title=f"纠纷之{n}", office=desk.flying, state="mediating",
            handler=desk.people["community_mediator"], opened_on=accepted, turn=1,
            trail=[["accept", accepted.isoformat(), None, n + 1, None]],
            due_on=accepted + timedelta(days=30) if n % 2 else None, due_name="mediate" if n % 2 else "",
        )  # fmt: skip
        kind._default_manager.create(matter=matter, type="01", mediator="某人")


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page).status_code == 200
    return len(caught)


@pytest.mark.parametrize("page", [LIST, f"{LIST}?q=纠纷&state=mediating&due=week&sort=due", "/", "/find/?q=纠纷"])
def test_a_page_costs_the_same_however_many_rows(desk: Desk, page: str) -> None:
    client = desk.client("community_mediator")
    _many(desk, 60)
    few = _queries(client, page)
    _many(desk, 90)
    assert _queries(client, page) == few <= 12


@pytest.mark.parametrize("order", list(listing.ORDERS))
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_joined_are_the_whole_list_both_ways(desk: Desk, order: str, size: int) -> None:
    _many(desk, 60)
    column, descending = listing.ORDERS[order]
    found = Matter.objects.filter(**{f"{column}__isnull": False})
    sign = "-" if descending else ""
    whole = list(found.order_by(f"{sign}{column}", f"{sign}id").values_list("pk", flat=True))
    forth: list[int] = []
    asked, keys = "", []
    while True:
        rows, newer, older = listing.keyset(found, (column, descending), QueryDict(asked), ("id", column), size)
        assert bool(newer) == bool(forth)
        forth += [row["id"] for row in rows]
        keys.append(newer)
        if not older:
            break
        asked = f"after={older}"
    assert forth == whole
    back: list[int] = [row["id"] for row in rows]
    while newer:
        rows, newer, older = listing.keyset(
            found, (column, descending), QueryDict(f"before={newer}"), ("id", column), size
        )
        assert older
        back = [row["id"] for row in rows] + back
    assert back == whole


def test_a_key_that_cannot_be_read_is_the_first_page(desk: Desk) -> None:
    _many(desk, 3)
    client = desk.client("community_mediator")
    for key in ("x", "2023-99-99.1", "1.", "'; drop table kernel_matter; --.1"):
        assert "纠纷之0" in client.get(LIST, {"after": key}).content.decode()


def test_counts_stop_at_a_thousand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hefa.desk.counting.CAP", 5)
    _many(desk, listing.PAGE + 1)
    assert "共 5+ 件" in desk.client("community_mediator").get(LIST).content.decode()


def test_what_fits_a_page_is_not_counted_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hefa.desk.listing.capped", lambda found: pytest.fail("counted"))
    _many(desk, 3)
    assert "共 3 件" in desk.client("community_mediator").get(LIST).content.decode()


def test_two_characters_find_number_title_and_whole_names(desk: Desk) -> None:
    leak = desk.dispute(title="楼上漏水纠纷")
    noise = desk.dispute(title="空调噪声纠纷", parties=[
        {"side": "applicant", "name": "蒋立夏", "phone": "19900000002"}, {"side": "respondent", "name": "沈秋分"},
    ])  # fmt: skip
    client = desk.client("community_mediator")

    def found(text: str) -> set[int]:
        page = client.get(LIST, {"q": text}).content.decode()
        return {matter.pk for matter in (leak, noise) if f'href="/matter/{matter.pk}/"' in page}

    assert found("漏水") == {leak.pk}
    assert found("蒋立夏") == {noise.pk}
    assert found("19900000002") == {noise.pk}
    assert found("蒋立") == set()
    assert found(noise.number[-3:]) == {noise.pk}
    assert "请至少输入两个字" in client.get(LIST, {"q": "漏"}).content.decode()
    assert Mention.objects.filter(key__contains="蒋").count() == 0


def test_an_exact_number_opens_the_matter(desk: Desk) -> None:
    matter = desk.dispute()
    response = desk.client("community_mediator").get("/find/", {"q": matter.number})
    assert response["Location"] == reverse("desk:matter", args=[matter.pk])


def test_filters_leave_what_they_name(desk: Desk) -> None:
    overdue = desk.dispute(day=TODAY - timedelta(days=50))
    running = desk.dispute(day=TODAY - timedelta(days=2))
    done = desk.agreed(type="物业纠纷")
    client = desk.client("community_mediator")

    def left(query: str) -> set[int]:
        page = client.get(f"{LIST}?{query}").content.decode()
        return {m.pk for m in (overdue, running, done) if f'href="/matter/{m.pk}/"' in page}

    assert left("due=overdue") == {overdue.pk}
    assert left("state=agreed") == {done.pk}
    assert left("type=16") == {done.pk}
    assert left("mine=1") == {overdue.pk, running.pk, done.pk}
    assert left(f"year={TODAY.year - 30}") == {overdue.pk, running.pk, done.pk}  # no such option: no filter
    assert left("state=nonsense") == {overdue.pk, running.pk, done.pk}


def test_htmx_gets_the_table_alone(desk: Desk) -> None:
    page = desk.client("community_mediator").get(LIST, headers={"HX-Request": "true", "HX-Target": "listing"})
    assert b"<html" not in page.content


def test_an_empty_list_says_how_to_begin(desk: Desk) -> None:
    page = desk.client("community_mediator").get(LIST).content.decode()
    assert "还没有" in page and "登记第一件" in page
    assert "登记第一件" not in desk.client("archivist").get(LIST).content.decode()
    assert ROLES["archivist"].all_kinds


def test_a_register_shows_neither_an_echo_of_its_title_nor_an_empty_column(desk: Desk) -> None:
    kind = KINDS["mediation.mediator"]
    for n, name in enumerate(("样某甲", "样某乙")):
        matter = Matter.objects.create(
            kind=kind.label(), number=f"第{n}号", title=name, office=desk.flying, state="serving", opened_on=TODAY,
            turn=1, trail=[["appoint", TODAY.isoformat(), None, n + 1, None]],
        )  # fmt: skip
        kind._default_manager.create(matter=matter, full_name=name, patch="飞虹社区")
    page = desk.client("justice_head").get("/list/mediation.mediator/").content.decode()
    assert ">姓名</th>" not in page and ">承办人</th>" not in page
    Matter.objects.filter(title="样某乙").update(title="样某乙（兼）", handler=desk.people["justice_head"])
    page = desk.client("justice_head").get("/list/mediation.mediator/").content.decode()
    assert ">姓名</th>" in page and ">承办人</th>" in page


def test_the_menu_folds_registers_away_only_when_all_would_not_fit(desk: Desk) -> None:
    head = desk.client("justice_head").get("/list/mediation.mediator/").content.decode()
    assert head.count("<details open>") == 2, "the folder of this page, in the side menu and in the small one"
    assert "“矛盾纠纷”一线的其他事项" in head
    mediator = desk.client("community_mediator").get("/").content.decode()
    assert "一线的其他事项" not in mediator
