"""Patches and pairings: what the register says, each reader's share of it, no counting of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.desk import numbers, sight
from hefa.kernel.act import open_matter
from hefa.kernel.figure import Period
from hefa.kernel.matter import Matter
from hefa.matters.mediation.workload import loads

from .conftest import TODAY, WORKING_ROLES, Desk

DAY = date(2023, 3, 1)
NEEDED = {"mediation.mediator", "mediation.pairing", "mediation.dispute"}


def mediator(desk: Desk, name: str, office: Any = None, **more: Any) -> Matter:
    answers = {"full_name": name, "is_full_time": True, "patch": f"{name}的片"} | more
    actor = desk.actor("justice_head")
    return open_matter("mediation.mediator", actor=actor, office=office or desk.street, day=DAY, answers=answers)


def pair(desk: Desk, one: Matter, community: Any) -> Matter:
    actor = desk.actor("justice_head")
    return open_matter("mediation.pairing", actor=actor, office=community, day=DAY, answers={"mediator": one.pk})


@pytest.fixture
def two(desk: Desk) -> Desk:
    pair(desk, mediator(desk, "沈立冬"), desk.flying)
    mediator(desk, "韩白露", desk.rainbow, is_full_time=False)
    committee = {"chair": "褚小满", "members": 5, "women": 2}
    actor = desk.actor("justice_head")
    open_matter("mediation.committee", actor=actor, office=desk.flying, day=DAY, answers=committee)
    return desk


def test_the_page_says_what_the_register_says(two: Desk) -> None:
    dispute = two.dispute(mediator="沈立冬")
    page = two.client("justice_head").get("/circle/patches/").content.decode()
    row = page.split("沈立冬</a>")[1].split("</tr>")[0]
    assert "沈立冬的片" in row and "飞虹社区" in row and "2023-03-01 起" in row and dispute.number in row
    assert "飞虹调解委员会" in row and "没有专职调解员结对的社区：彩虹社区" in page
    (told, other) = loads(Period(TODAY.replace(month=1, day=1), TODAY), two.street)
    assert (told.name, told.in_hand, told.paired, told.paired_on) == ("沈立冬", 1, ("飞虹社区",), (DAY,))
    assert f'data-label="在手">{told.in_hand}</td>' in row and other.name == "韩白露" and "韩白露的片" in page
    assert (
        page.count("<h1") == 1
        and 'href="/circle/patches/"' in two.client("justice_head").get("/circle/").content.decode()
    )


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_it_is_there_for_those_who_may_see_the_register_and_ask_its_figures(two: Desk, role: str) -> None:
    actor = two.actor(role)
    may = {kind.label() for kind in sight.seen_kinds(actor)} >= NEEDED and bool(numbers.asked_offices(actor))
    assert two.client(role).get("/circle/patches/").status_code == (200 if may else 404)


def test_nobody_sees_more_of_it_than_of_the_lists(two: Desk) -> None:
    """Of another community neither people nor cases; a sealed case is in nobody's list but theirs who open sealed ones."""
    dispute = two.dispute(mediator="沈立冬")
    other = two.dispute("justice_head", office=two.rainbow, mediator="韩白露")
    page = two.client("committee_head").get(f"/circle/patches/?office={two.rainbow.pk}").content.decode()
    assert "韩白露" not in page and other.number not in page
    Matter.objects.filter(pk=dispute.pk).update(sealed=True)
    assert dispute.number in two.client("justice_head").get("/circle/patches/").content.decode()
    assert dispute.number not in two.client("director").get("/circle/patches/").content.decode()


def test_more_mediators_ask_the_database_no_more(two: Desk) -> None:
    client = two.client("justice_head")

    def asked() -> int:
        client.get("/circle/patches/")
        with CaptureQueriesContext(connection) as counted:
            client.get("/circle/patches/")
        return len(counted)

    before = asked()
    for n in "一二三":
        pair(two, mediator(two, f"卫春{n}"), two.rainbow)
        two.dispute(mediator=f"卫春{n}")
    assert asked() == before <= 20
