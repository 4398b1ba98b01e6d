"""Service points near me: public facts alone, from a community or a place, along roads or estimated and called so."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hefa.circle import pace
from hefa.circle.ground import metres
from hefa.circle.keeping import ground
from hefa.circle.reach import reach
from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter
from tests.desk.conftest import Desk

DAY = date(2023, 3, 1)
HERE, THERE = ("121.570000", "29.850000"), ("121.590000", "29.860000")
PHONE = "19900000099"


def committee(desk: Desk, office: Any, at: tuple[str, str] | None, hours: str = "周一至周五 9:00—17:00") -> Matter:
    actor = desk.actor("justice_head")
    answers = {"chair": "褚小满", "members": 5, "women": 2}
    matter = open_matter("mediation.committee", actor=actor, office=office, day=DAY, answers=answers)
    if at:
        told = {"lon": at[0], "lat": at[1], "place": f"{office.short}路1号", "hours": hours}
        act(matter, "locate", actor=actor, day=DAY, answers=told)
    return matter


def service_point(desk: Desk, title: str = "东门小站", **more: Any) -> Matter:
    answers = {
        "title": title,
        "type": "station",
        "place": "东门广场",
        "hours": "周六",
        "phone": PHONE,
        "gives_advice": True,
    }
    return open_matter(
        "counsel.servicepoint", actor=desk.actor("justice_head"), office=desk.street, day=DAY, answers=answers | more
    )  # fmt: skip


@pytest.fixture
def town(desk: Desk) -> Desk:
    committee(desk, desk.flying, HERE)
    committee(desk, desk.rainbow, THERE)
    service_point(desk)
    return desk


def names(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def test_anybody_reads_it_in_chinese_and_only_this_page_may_ask_where_one_is(town: Desk) -> None:
    response = Client().get("/points/")
    page = response.content.decode()
    assert response.status_code == 200 and '<html lang="zh-hans"' in page and page.count("<h1") == 1
    assert "geolocation=(self)" in response["Permissions-Policy"]
    assert names(page) == ["东门小站", "飞虹调解委员会", "彩虹调解委员会"]
    assert "周一至周五 9:00—17:00" in page and "飞虹路1号" in page and "法律咨询" in page and "步行 " not in page
    assert f'href="tel:{PHONE}"' in page and page.count("tel:") == 1
    assert "geolocation=()" in town.client("mediator").get("/circle/")["Permissions-Policy"]
    assert "geolocation=()" in Client().get("/accounts/login/")["Permissions-Policy"]
    for shut in ("/", "/circle/", "/circle/map.json", "/points"):
        assert Client().get(shut).status_code in (301, 302), shut


def test_nobody_is_named(town: Desk) -> None:
    actor = town.actor("justice_head")
    register = {"full_name": "沈立冬", "is_full_time": True, "phone": "19900000088", "patch": "飞虹一二网格"}
    mediator = open_matter("mediation.mediator", actor=actor, office=town.flying, day=DAY, answers=register)
    dispute = town.dispute(mediator="沈立冬")
    secret, closed = service_point(town, "涉密联络点"), service_point(town, "旧站")
    Matter.objects.filter(pk=secret.pk).update(sealed=True)
    act(closed, "close", actor=actor, day=DAY, answers={"reason": "撤并"})
    kept_back = [
        "褚小满", "卫大寒", "沈立冬", "飞虹一二网格", "19900000001", "19900000088", "楼上漏水", "涉密联络点", "旧站",
        mediator.number, dispute.number, *(one.name for one in town.people.values()),
    ]  # fmt: skip
    for page in (
        Client().get("/points/"),
        Client().get(f"/points/?community={town.flying.pk}"),
        Client().post("/points/", {"lon": HERE[0], "lat": HERE[1]}),
        town.client("justice_head").get("/points/"),
    ):
        body = page.content.decode()
        assert "飞虹调解委员会" in body and [one for one in kept_back if one in body] == []


def test_a_community_is_a_place_to_start_from(town: Desk) -> None:
    page = Client().get(f"/points/?community={town.rainbow.pk}").content.decode()
    assert names(page) == ["彩虹调解委员会", "飞虹调解委员会", "东门小站"]
    assert "步行 1 分钟" in page and "位置未标定" in page and "虚构的样本" in page
    assert f'value="{town.rainbow.pk}" selected' in page
    for strange in ("x", "999999", "-1", "٣", "1" * 400):
        assert "步行 " not in Client().get("/points/", {"community": strange}).content.decode()


def test_walks_are_those_of_the_network(town: Desk, settings: Any) -> None:
    lon, lat = 121.575, 29.852
    page = Client().post("/points/", {"lon": f"{lon}", "lat": f"{lat}"}).content.decode()
    own = ground(settings.DATA).network
    nodes, away = own.nearest([lon, float(HERE[0])], [lat, float(HERE[1])])
    walked = float(reach(own, [int(nodes[0])], 1e5).away[nodes[1]]) + float(away.sum())
    minutes = -(-walked // (pace.usual_speed() * 60))
    row = page.split("飞虹调解委员会</h2>")[1].split("</li>")[0]
    assert f"步行 {minutes:.0f} 分钟" in row and "估算" not in row
    assert walked > float(metres(lon, lat, float(HERE[0]), float(HERE[1])))


def test_off_the_network_it_is_an_estimate_and_says_so(town: Desk) -> None:
    lon, lat = 121.62, 29.90
    page = Client().post("/points/", {"lon": f"{lon}", "lat": f"{lat}"}).content.decode()
    away = float(metres(lon, lat, float(THERE[0]), float(THERE[1]))) * 1.3
    row = page.split("彩虹调解委员会</h2>")[1].split("</li>")[0]
    assert "估算" in row and f"{round(away, -1):.0f} 米" in row and "不是沿路量的" in page


@pytest.mark.parametrize(
    "told", [{}, {"lon": "x", "lat": "1"}, {"lon": "29.8", "lat": "121.5"}, {"lon": "nan", "lat": "nan"}]
)
def test_a_place_that_is_none_is_refused_in_a_sentence(town: Desk, told: dict[str, str]) -> None:
    response = Client().post("/points/", told)
    assert response.status_code == 422 and "请改选社区" in response.content.decode()


def test_the_roads_of_the_map_are_those_in_use(town: Desk, settings: Any) -> None:
    lines = Client().get("/points/roads.json").json()
    assert len(lines) > 1000 and all(len(line) >= 2 for line in lines)


def test_one_question_for_each_register_however_many_points(town: Desk) -> None:
    client = Client()

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.post("/points/", {"lon": HERE[0], "lat": HERE[1]})
        return len(counted)

    before = asked()
    for n in range(4):
        service_point(town, f"{n}号站", lon=f"121.5{n + 6}5000", lat="29.845000")
    assert asked() == before == 2


def test_without_points_it_says_so(desk: Desk) -> None:
    assert "还没有登记的服务点" in Client().get("/points/").content.decode()
