"""The residents' page on a telephone: where one stands, the map, fingers, no inline anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.desk.conftest import Desk
from tests.desk.test_browser import PHONE, live_desk, triggers  # noqa: F401
from tests.desk.test_doors import _Page as Blocked

from .test_points import HERE, THERE, committee, service_point, town  # noqa: F401

FINGER = 48  # px


@pytest.fixture
def phone(browser: Any, live_server: LiveServer, live_desk: Desk) -> Iterator[Any]:  # noqa: F811
    if finders.find("vendor/leaflet/leaflet.js") is None:
        pytest.skip("the front-end files are not installed")
    committee(live_desk, live_desk.flying, HERE)
    committee(live_desk, live_desk.rainbow, THERE)
    service_point(live_desk)
    at = {"longitude": 121.588, "latitude": 29.859}
    context = browser.new_context(viewport=PHONE, geolocation=at, permissions=["geolocation"])
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(f"{live_server.url}/points/")
    yield page
    context.close()
    assert complaints == []


def test_where_one_stands_orders_the_list_and_stands_in_no_address(phone: Any) -> None:
    assert phone.locator(".places h2").first.text_content() == "东门小站"
    phone.click("#here button")
    phone.wait_for_selector(".away b")
    assert phone.locator(".places h2").all_text_contents() == ["彩虹调解委员会", "飞虹调解委员会", "东门小站"]
    assert phone.url.endswith("/points/")
    phone.click(".map summary")
    phone.wait_for_selector("#map[data-ready]")
    assert phone.locator(".pin:not(.me)").all_text_contents() == ["1", "2"] and phone.locator(".pin.me").count() == 1
    sizes = (
        "e => [...document.querySelectorAll('main button, header button, select, summary')].filter(e => e.offsetParent)"
    )
    assert phone.evaluate(f"({sizes}.map(e => e.getBoundingClientRect().height))()") == pytest.approx(
        [FINGER] * 6, abs=0.5
    )
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_page_needs_no_looser_policy(town: Desk) -> None:  # noqa: F811
    response = Client().post("/points/", {"lon": HERE[0], "lat": HERE[1]})
    parser = Blocked()
    parser.feed(response.content.decode())
    assert parser.blocked == []
    assert "unsafe" not in response["Content-Security-Policy"] and response["Cache-Control"] == "no-store"
