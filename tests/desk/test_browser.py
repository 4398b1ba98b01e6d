"""A mediator's morning in a real browser: intake, a sitting, an agreement in the side sheet, the figure. And a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from hefa.desk import account
from hefa.kernel.matter import Matter

from .conftest import Desk

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SMALLEST = 40  # px: what a thumb can hit, less the rounding of a line


class Triggers:
    """The ledger's triggers, which would not let a test's tables be emptied: dropped after a test, then put back."""

    _FIND = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self.known = dict(cursor.execute(self._FIND).fetchall())

    def drop(self) -> None:
        with connection.cursor() as cursor:
            for name in self.known:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def restore(self) -> None:
        with connection.cursor() as cursor:
            there = dict(cursor.execute(self._FIND).fetchall())
            for name, sql in self.known.items():
                if name not in there:
                    cursor.execute(sql)


@pytest.fixture(scope="module")
def triggers(django_db_setup: None, django_db_blocker: Any) -> Iterator[Triggers]:
    with django_db_blocker.unblock():
        found = Triggers()
        yield found
        found.restore()


@pytest.fixture
def live_desk(triggers: Triggers, transactional_db: None, live_server: LiveServer, desk: Desk) -> Iterator[Desk]:
    """The town, committed, so that the server's own threads see it; the tables are emptied afterwards."""
    triggers.restore()
    yield desk
    triggers.drop()


class Visit:
    """One person in one window; what the console complains of is kept."""

    def __init__(self, browser: Any, server: LiveServer, desk: Desk, role: str, size: dict[str, int]) -> None:
        context = browser.new_context(viewport=size, has_touch=size is PHONE, is_mobile=size is PHONE)
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.server = server.url
        self.go(f"/enter/{account.enter_token(desk.people[role])}/")
        self.page.click("main button.primary")
        self.page.wait_for_url(f"{self.server}/")

    def go(self, path: str) -> None:
        self.page.goto(self.server + path)

    def overflow(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.fixture
def visit(browser: Any, live_server: LiveServer, live_desk: Desk) -> Iterator[Any]:
    if finders.find("vendor/htmx/htmx.min.js") is None:
        pytest.skip("the front-end files are not installed")
    visits: list[Visit] = []

    def begin(role: str, size: dict[str, int] = WIDE) -> Visit:
        visits.append(Visit(browser, live_server, live_desk, role, size))
        return visits[-1]

    yield begin
    for one in visits:
        one.page.context.close()
        assert one.complaints == []


def _fill_intake(page: Any) -> None:
    page.fill("#f-title", "楼上漏水损害赔偿纠纷")
    page.select_option("#f-type", label="邻里纠纷")
    page.select_option("#f-source", label="依申请")
    page.fill("[name='party.name'] >> nth=0", "褚小满")
    page.fill("[name='party.name'] >> nth=1", "卫大寒")
    page.fill("#f-summary", "楼上卫生间渗漏，双方争执")


def test_from_intake_to_the_figure(visit: Any) -> None:
    one = visit("community_mediator")
    page = one.page
    page.click(".intake a")
    _fill_intake(page)
    page.fill("[name='party.phone'] >> nth=0", "123")
    page.press("[name='party.phone'] >> nth=0", "Tab")
    page.wait_for_selector(".party .bad")
    page.fill("[name='party.phone'] >> nth=0", "19900000001")
    page.press("[name='party.phone'] >> nth=0", "Tab")
    page.wait_for_selector(".party .good")
    page.click("[data-add-party]")
    expect(page.locator(".party")).to_have_count(3)
    page.click(".party >> nth=2 >> [data-remove-party]")
    page.click("form.step button.primary")
    page.wait_for_selector(".said.success")
    expect(page.locator(".said.success")).to_contain_text("下一期限：调解期限")

    page.click("a[href$='/step/sit/']")
    page.fill("#sheet #f-record", "各方到场陈述")
    page.click("#sheet .submit .primary")
    page.wait_for_selector(".said.success:has-text('已办理：调解')")

    _agree(page)
    assert Matter.objects.get().state == "agreed"

    one.go("/figures/mediation.agreed/")
    expect(page.locator(".sum")).to_have_text(re.compile(r"^\s*1"))
    page.click("#rows a.row")
    expect(page.locator("h1")).to_contain_text("楼上漏水")
    # A refused form answers 422, which the console reports; nothing else may be there.
    one.complaints[:] = [text for text in one.complaints if "422" not in text]


def _agree(page: Any) -> None:
    """The agreement's form, first with a day that does not exist."""
    page.click("a[href$='/step/agree/']")
    page.fill("#sheet #f-facts", "水管老化")
    page.fill("#sheet #f-perform_by", "2月30日")
    page.click("#sheet .submit .primary")
    page.wait_for_selector("#sheet .said.error")
    assert page.input_value("#sheet #f-facts") == "水管老化"
    page.wait_for_function("document.activeElement.matches('[data-focus]')")
    page.fill("#sheet #f-terms", "十日内修复")
    page.fill("#sheet #f-perform_by", "2030.1.5")
    page.click("#sheet .submit .primary")
    page.wait_for_selector(".said.success:has-text('达成书面协议')")


def test_why_and_escape(visit: Any, live_desk: Desk) -> None:
    live_desk.dispute()
    page = visit("community_mediator").page
    page.click(".ask")
    page.wait_for_selector("#why[open] .reasons")
    assert "起算" in page.inner_text("#why")
    page.keyboard.press("Escape")
    expect(page.locator("#why[open]")).to_have_count(0)


def test_a_draft_outlives_the_page(visit: Any) -> None:
    one = visit("community_mediator")
    one.go("/new/mediation.dispute/")
    _fill_intake(one.page)
    one.go("/")
    one.go("/new/mediation.dispute/")
    assert one.page.input_value("#f-title") == "楼上漏水损害赔偿纠纷"
    assert one.page.input_value("[name='party.name'] >> nth=1") == "卫大寒"
    assert "已恢复" in one.page.inner_text(".draft")
    one.page.click("form.step button.primary")
    one.page.wait_for_selector(".said.success")
    one.go("/new/mediation.dispute/")
    assert one.page.input_value("#f-title") == ""


def test_filters_swap_the_table_and_keep_the_address(visit: Any, live_desk: Desk) -> None:
    live_desk.dispute()
    one = visit("community_mediator")
    one.go("/list/mediation.dispute/")
    one.page.select_option("select[name=due]", "closed")
    one.page.wait_for_selector("#listing .empty")
    assert "due=closed" in one.page.url
    one.page.select_option("select[name=due]", "open")
    one.page.wait_for_selector("#listing a.row")
    one.page.click("#listing tbody tr td >> nth=2", force=True)  # the row's link lies over its cells
    one.page.wait_for_url(re.compile(r"/matter/\d+/$"))


def test_the_keyboard_is_enough(visit: Any, live_desk: Desk) -> None:
    live_desk.dispute()
    one = visit("community_mediator")
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.className") == "skip"
    one.page.focus(".rows a.row")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".moves .primary")
    one.page.focus(".moves .primary")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("#sheet[open] form.step")
    assert one.page.evaluate("document.getElementById('sheet').contains(document.activeElement)")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#sheet[open]")).to_have_count(0)


@pytest.mark.parametrize("size", ["normal", "large"])
def test_a_phone_needs_no_sideways_scroll_and_no_small_targets(visit: Any, live_desk: Desk, size: str) -> None:
    matter = live_desk.agreed()
    one = visit("justice_head", PHONE)
    one.page.context.add_cookies([{"name": "size", "value": size, "url": one.server}])
    for path in ("/", "/list/mediation.dispute/", f"/matter/{matter.pk}/", f"/matter/{matter.pk}/step/perform/",
                 "/new/mediation.dispute/", "/figures/", "/figures/mediation.accepted/", "/reports/", "/ledger/",
                 "/health/", "/import/mediation.dispute/"):  # fmt: skip
        one.go(path)
        assert one.overflow() <= 0, path
        small = one.page.evaluate(
            """(least) => [...document.querySelectorAll('main button, main .button, main select, main summary')]
            .filter((one) => { const box = one.getBoundingClientRect(); return box.height && box.height < least; })
            .map((one) => one.outerHTML.slice(0, 80))""",
            SMALLEST,
        )
        assert small == [], path


def test_on_a_phone_a_step_is_a_page(visit: Any, live_desk: Desk) -> None:
    matter = live_desk.dispute()
    one = visit("community_mediator", PHONE)
    one.go(f"/matter/{matter.pk}/")
    one.page.click("a[href$='/step/sit/']")
    one.page.wait_for_url("**/step/sit/")
    one.page.fill("#f-record", "到场")
    one.page.click(".submit .primary")
    one.page.wait_for_selector(".said.success")


def test_without_script_everything_still_works(browser: Any, live_server: LiveServer, live_desk: Desk) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/enter/{account.enter_token(live_desk.people['community_mediator'])}/")
    page.click("main button.primary")
    page.click(".intake a")
    page.click("[data-add-party]")
    expect(page.locator(".party")).to_have_count(3)
    _fill_intake(page)
    page.click("form.step button.primary")
    page.click(".ask")
    expect(page.locator("#clocks details[open] .reasons")).to_have_count(1)
    page.click("a[href$='/step/sit/']")
    page.fill("#f-record", "到场")
    page.click(".submit .primary")
    expect(page.locator(".said")).to_contain_text("已办理")
    context.close()
