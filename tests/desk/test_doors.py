"""Getting in, and what every answer carries: headers, second factor, one-time links, language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from django.core import signing
from django.test import Client
from django.urls import reverse

from hefa.desk import account
from hefa.kernel.matter import Matter
from hefa.kernel.people import ADMIN_ROLES, Person

from .conftest import WORKING_ROLES, Desk

PASSWORD = "Wenming-2026-tiaojie"


class _Page(HTMLParser):
    """Collects what a strict policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given:
            self.blocked.append("inline script")
        if tag == "style" and "nonce" not in given:
            self.blocked.append("inline style")
        self.blocked += [name for name, value in attrs if name.startswith("on") or name == "style"]
        self.blocked += [f"{name}={value}" for name, value in attrs if (value or "").startswith("javascript:")]
        self.blocked += [
            value or "" for name, value in attrs if name in ("src", "href") and (value or "")[:4] == "http"
        ]


def _pages(desk: Desk, matter: Matter) -> list[tuple[str, str]]:
    return [
        ("justice_head", page)
        for page in (
            "/", "/list/mediation.dispute/", f"/matter/{matter.pk}/", f"/matter/{matter.pk}/step/sit/",
            f"/matter/{matter.pk}/step/amend/", "/new/mediation.dispute/", "/figures/",
            "/figures/mediation.accepted/", "/reports/", "/ledger/", "/health/", "/import/mediation.dispute/",
            "/find/?q=漏水", "/accounts/password/change/", "/accounts/2fa/",
        )
    ] + [("sysadmin", "/people/"), ("sysadmin", f"/people/{desk.people['mediator'].pk}/")]  # fmt: skip


def test_no_page_needs_a_looser_policy(desk: Desk) -> None:
    matter = desk.agreed()
    clients = {role: desk.client(role) for role in ("justice_head", "sysadmin")}
    for role, page in _pages(desk, matter):
        response = clients[role].get(page)
        assert response.status_code == 200, page
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "default-src 'none'" in policy
        parser = _Page()
        parser.feed(response.content.decode())
        assert parser.blocked == [], page
        assert response["X-Frame-Options"] == "DENY" and response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "same-origin"


def test_pages_are_whole(desk: Desk) -> None:
    """Each page has one h1, labels every field it asks, and gives no id twice."""
    matter = desk.dispute()
    clients = {role: desk.client(role) for role in ("justice_head", "sysadmin")}
    for role, page in _pages(desk, matter):
        body = clients[role].get(page).content.decode()
        assert body.count("<h1") == 1, page
        visible = re.sub(r"<template.*?</template>", "", body, flags=re.DOTALL)
        ids = re.findall(r'\bid="([^"]+)"', visible)
        assert len(ids) == len(set(ids)), (page, {one for one in ids if ids.count(one) > 1})
        assert '<html lang="zh-hans"' in body and 'name="viewport"' in body


def test_a_stranger_reaches_the_sign_in_page_and_nothing_else(desk: Desk) -> None:
    matter, client = desk.dispute(), Client()
    for page in ("/", f"/matter/{matter.pk}/", "/figures/", "/ledger/", "/check/mediation.dispute/day/"):
        response = client.get(page)
        assert response.status_code == 302 and response["Location"].startswith("/accounts/login/?next="), page
    quiet = client.get("/", headers={"HX-Request": "true"})
    assert quiet.status_code == 401 and quiet["HX-Redirect"] == "/accounts/login/"
    assert "登录名" in client.get("/accounts/login/").content.decode()


def _sign_in(client: Client, username: str, password: str) -> int:
    return client.post("/accounts/login/", {"login": username, "password": password}).status_code


def test_signing_in_with_a_password(desk: Desk) -> None:
    person = desk.people["mediator"]
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    assert _sign_in(client, "mediator", "wrong") == 200
    assert _sign_in(client, "mediator", PASSWORD) == 302
    assert client.get("/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302


def test_guessing_is_slowed_down(desk: Desk) -> None:
    person = desk.people["mediator"]
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    for _ in range(6):
        _sign_in(client, "mediator", "wrong")
    client.post("/accounts/login/", {"login": "mediator", "password": PASSWORD})
    assert client.get("/").status_code == 302


def test_nobody_signs_up(db: None) -> None:
    body = {"username": "intruder", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post("/accounts/signup/", body)["Location"].startswith("/accounts/login/")
    assert Person.objects.count() == 0


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_administrators_first_enrol_a_second_factor(desk: Desk, role: str) -> None:
    Authenticator.objects.filter(user=desk.people[role]).delete()
    for page in ("/", "/people/", "/health/", "/ledger/"):
        assert desk.client(role).get(page)["Location"] == reverse("mfa_activate_totp")
    assert desk.client("mediator").get("/").status_code == 200


def test_the_enrolment_page_shows_a_code_to_scan(desk: Desk) -> None:
    person = desk.people["sysadmin"]
    person.set_password(PASSWORD)
    person.save()
    Authenticator.objects.filter(user=person).delete()
    client = Client()
    _sign_in(client, "sysadmin", PASSWORD)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "data:image/svg+xml" in page and "启用两步验证" in page


def test_a_one_time_link_signs_in_once(desk: Desk) -> None:
    link = f"/enter/{account.enter_token(desk.people['mediator'])}/"
    client = Client()
    assert desk.people["mediator"].name in client.get(link).content.decode() and client.get("/").status_code == 302
    assert client.post(link)["Location"] == "/"
    assert client.get("/").status_code == 200
    again = Client().post(link)
    assert again.status_code == 410 and "已经用过" in again.content.decode()


def test_links_that_are_old_forged_or_for_a_closed_account_do_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = desk.people["mediator"]
    good = account.enter_token(person)
    assert Client().post(f"/enter/{good[:-2]}xx/").status_code == 410
    assert Client().post(f"/enter/{signing.TimestampSigner(salt='other').sign(f'{person.pk}:0')}/").status_code == 410
    monkeypatch.setattr(account, "VALID_SECONDS", -1)
    assert Client().post(f"/enter/{good}/").status_code == 410
    monkeypatch.undo()
    person.is_active = False
    person.save()
    assert Client().post(f"/enter/{good}/").status_code == 410


def test_a_browser_of_another_language_still_begins_in_chinese(desk: Desk) -> None:
    page = Client().get("/accounts/login/", headers={"Accept-Language": "en-US,en"}).content.decode()
    assert "登录名" in page and '<html lang="zh-hans"' in page


def test_reading_preferences_are_kept(desk: Desk) -> None:
    client = desk.client("mediator")
    response = client.post("/preferences/", {"size": "large", "theme": "dark", "next": "//evil.example/"})
    assert response["Location"] == "/"
    assert 'data-theme="dark" data-size="large"' in client.get("/").content.decode()
    client.post("/preferences/", {"size": "huge", "next": "/figures/"})
    assert 'data-size="large"' in client.get("/").content.decode()


def test_what_is_not_there_is_said_in_plain_words(desk: Desk) -> None:
    response = desk.client("mediator").get("/matter/999999/")
    assert response.status_code == 404 and "没有这一页" in response.content.decode()


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_the_menu_offers_no_door_that_is_shut(desk: Desk, role: str) -> None:
    client = desk.client(role)
    menu = client.get("/", follow=True).content.decode().split("<main")[0]
    for address in sorted(
        set(re.findall(r'href="(/(?:list|figures|reports|tables|check|ledger|people|health)/[^"?#]*)"', menu))
    ):
        assert client.get(address).status_code == 200, address
