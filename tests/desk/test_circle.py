"""The page of the circle: who sees it, what it says, what it asks of the database, a point dragged in a browser."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.desk import sight
from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter

from .conftest import WORKING_ROLES, Desk
from .test_browser import live_desk, triggers, visit  # noqa: F401

DAY = date(2023, 3, 1)
HERE, THERE = ("121.570000", "29.850000"), ("121.590000", "29.860000")


def committee(desk: Desk, office: Any, place: tuple[str, str]) -> Matter:
    actor = desk.actor("justice_head")
    answers = {"chair": "褚小满", "members": 5, "women": 2}
    matter = open_matter("mediation.committee", actor=actor, office=office, day=DAY, answers=answers)
    act(matter, "locate", actor=actor, day=DAY, answers={"lon": place[0], "lat": place[1]})
    return matter


@pytest.fixture
def two(desk: Desk) -> tuple[Matter, Matter]:
    return committee(desk, desk.flying, HERE), committee(desk, desk.rainbow, THERE)


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_the_page_is_there_for_those_who_work_with_matters(desk: Desk, two: tuple[Matter, Matter], role: str) -> None:
    wanted = 200 if sight.business_posts(desk.actor(role)) else 404
    client = desk.client(role)
    for page in ("/circle/", "/circle/map.json"):
        assert client.get(page).status_code == wanted, page
    assert client.post("/circle/try/", "{}", content_type="application/json").status_code == wanted


def test_the_page_says_the_same_as_the_map(desk: Desk, two: tuple[Matter, Matter]) -> None:
    client = desk.client("mediator")
    page = client.get("/circle/?minutes=15&add=2").content.decode()
    assert "飞虹调解委员会" in page and "彩虹调解委员会" in page and "虚构的样本" in page
    drawn = client.get("/circle/map.json?minutes=15&add=2").json()
    assert [one["name"] for one in drawn["points"]] == ["飞虹调解委员会", "彩虹调解委员会"]
    for point in drawn["points"]:
        assert f'<td class="n">{point["covered"]}</td>' in page and point["area"]
    covered = 1184 - len(drawn["out"])
    assert f"{covered} / 1184" in page and "roads" not in drawn
    assert len(drawn["added"]) == 2 and all(str(one["node"]) in page for one in drawn["added"])
    shorter = client.get("/circle/map.json?minutes=10").json()
    assert len(shorter["out"]) > len(drawn["out"]) and shorter["added"] == []


def test_a_point_moved_or_closed_changes_the_answer_and_nothing_else(desk: Desk, two: tuple[Matter, Matter]) -> None:
    client = desk.client("mediator")
    before = client.get("/circle/map.json").json()
    keys = [str(one.pk) for one in two]

    def told(**asked: Any) -> dict[str, Any]:
        return client.post("/circle/try/?minutes=15", json.dumps(asked), content_type="application/json").json()

    closed = told(closed=keys[:1])
    assert closed["difference"]["lost"] > 0 and closed["difference"]["gained"] == 0
    assert len(closed["out"]) == len(before["out"]) + closed["difference"]["lost"]
    moved = told(moves={keys[0]: [121.56, 29.84]})
    assert [("area" in one, one["key"]) for one in moved["points"]] == [(True, keys[0]), (False, keys[1])]
    assert moved["difference"]["gained"] > 0 and "走得到的居民人数从" in moved["said"]
    assert "谁也走不到" in told(closed=keys)["said"]
    assert client.get("/circle/map.json").json() == before
    page = client.get(f"/circle/?close={keys[0]}").content.decode()
    assert "撤掉以后" in page and f"变为 {closed['difference']['covered']}" in page


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("nonsense", "问得不完整"),
        ('{"moves": {"0": [121.5, 29.8]}}', "已经有变动"),
        ('{"moves": {"0": [29.8, 121.5]}}', "填反"),
        ('{"moves": {"0": ["a", 1]}}', "问得不完整"),
        ("[1]", "问得不完整"),
    ],
)
def test_a_bad_question_is_answered_in_a_sentence(
    desk: Desk, two: tuple[Matter, Matter], body: str, sentence: str
) -> None:
    response = desk.client("mediator").post("/circle/try/", body, content_type="application/json")
    assert response.status_code == 422 and sentence in response.json()["fault"]


def test_a_record_without_places_and_one_of_another_town_are_told(desk: Desk) -> None:
    client = desk.client("justice_head")
    assert "还没有标定位置" in client.get("/circle/").content.decode()
    committee(desk, desk.flying, ("117.000000", "36.600000"))
    page = client.get("/circle/").content.decode()
    assert "“飞虹调解委员会”不在这个路网的范围里" in page
    assert client.get("/circle/map.json").status_code == 422


def test_more_points_ask_the_database_no_more(desk: Desk, two: tuple[Matter, Matter]) -> None:
    client = desk.client("mediator")

    def asked() -> int:
        client.get("/circle/")
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get("/circle/")
        return len(counted)

    before = asked()
    for n in range(3):
        committee(desk, desk.flying, (f"121.5{n + 6}5000", "29.845000"))
    assert asked() == before <= 12


def test_dragging_a_point_says_what_would_change(visit: Any, desk: Desk) -> None:  # noqa: F811
    if finders.find("vendor/leaflet/leaflet.js") is None:
        pytest.skip("the front-end files are not installed")
    from playwright.sync_api import expect

    committee(desk, desk.flying, HERE)
    one = visit("mediator")
    page = one.page
    one.go("/circle/")
    page.wait_for_selector("#circle-map[data-ready]")
    assert page.locator("#circle-back").is_hidden()
    place = page.locator(".circle-point").bounding_box()
    page.mouse.move(place["x"] + 9, place["y"] + 9)
    page.mouse.down()
    page.mouse.move(place["x"] + 120, place["y"] + 90, steps=5)
    page.mouse.up()
    said = page.locator("#circle-said")
    expect(said).to_have_text(re.compile("变为"))
    assert page.locator(".circle-point.moved").count() == 1
    page.click("#circle-back")
    expect(said).to_have_text(re.compile(r"从 ([\d.]+) 变为 \1$"))
    page.focus(".circle-point")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".circle-point.moved")
    assert one.overflow() <= 0
