"""The ledger's page, people and their posts, the health page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from hefa.kernel import proof
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Actor, Person, Post

from .conftest import TODAY, Desk


def test_the_ledger_shows_the_latest_entries_and_verifies(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.agreed()
    client = desk.client("auditadmin")
    page = client.get("/ledger/").content.decode()
    assert "达成书面协议" in page and Entry.objects.last().seal[:8] in page  # type: ignore[union-attr]
    assert 'href="/matter/' not in page  # an audit administrator sees no business data
    before = Entry.objects.count()
    assert f"{before} 笔账完好" in client.post("/ledger/verify/", follow=True).content.decode()
    assert Entry.objects.get(step="verify").answers == {"ok": True, "entries": before, "faults": 0}
    broken = proof.Proof(3, [proof.Fault(2, "altered", "第 2 笔的内容与封签不符，被改动过")])
    monkeypatch.setattr(proof, "verify", lambda: broken)
    page = client.post("/ledger/verify/", follow=True).content.decode()
    assert "发现 1 处问题" in page and "第 2 笔的内容与封签不符" in page


def test_the_ledger_is_paged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hefa.desk.pages.oversight.ENTRIES", 2)
    desk.agreed()
    client = desk.client("justice_head")
    older = re.search(r'href="\?before=(\d+)"', client.get("/ledger/").content.decode())
    assert older is not None and older.group(1) == "2"
    assert "受理" in client.get("/ledger/?before=2").content.decode()


def _added(client: Client, desk: Desk) -> str:
    body = {"name": "新来的", "username": "xinlai", "office": desk.flying.pk, "role": "community_mediator",
            "from_on": "2023.5.6"}  # fmt: skip
    return client.post("/people/", body, follow=True).content.decode()


def test_a_person_is_added_with_a_post_and_a_password_shown_once(desk: Desk) -> None:
    client = desk.client("sysadmin")
    page = _added(client, desk)
    person = Person.objects.get(username="xinlai")
    password = re.search(r"临时密码 (\S+?)（", page).group(1)  # type: ignore[union-attr]
    assert person.check_password(password) and len(password) >= 16
    assert person.posts.get().from_on == date(2023, 5, 6)
    assert password not in client.get(f"/people/{person.pk}/").content.decode()
    assert set(Entry.objects.values_list("step", flat=True)) == {"person_added", "post_given"}
    assert all(password not in str(entry.answers) for entry in Entry.objects.all())


def test_faults_of_the_form_are_told_at_the_field(desk: Desk) -> None:
    client = desk.client("sysadmin")
    _added(client, desk)
    response = client.post("/people/", {"name": "", "username": "xinlai", "role": "nonsense", "from_on": "x"})
    page = response.content.decode()
    assert response.status_code == 422 and "已经有人用了" in page and "不是日期" in page and "请选择单位" in page


def test_a_post_that_ends_takes_its_rights_at_once(desk: Desk) -> None:
    matter, client = desk.dispute(), desk.client("sysadmin")
    post = desk.people["community_mediator"].posts.get()
    assert desk.client("community_mediator").get(f"/matter/{matter.pk}/").status_code == 200
    client.post(f"/posts/{post.pk}/end/")
    assert Post.objects.get(pk=post.pk).until_on < TODAY
    assert Actor.of(desk.people["community_mediator"]).posts == ()
    assert desk.client("community_mediator").get(f"/matter/{matter.pk}/").status_code == 404
    assert Entry.objects.get(step="post_ended").answers["role"] == "community_mediator"


def test_a_password_is_reset_and_an_account_closed(desk: Desk) -> None:
    client, person = desk.client("sysadmin"), desk.people["mediator"]
    page = client.post(f"/people/{person.pk}/password/", follow=True).content.decode()
    password = re.search(r"临时密码 (\S+?)（", page).group(1)  # type: ignore[union-attr]
    assert Person.objects.get(pk=person.pk).check_password(password)
    theirs = desk.client("mediator")
    client.post(f"/people/{person.pk}/active/", {"active": "0"})
    assert theirs.get("/").status_code == 302
    own = desk.people["sysadmin"]
    assert client.post(f"/people/{own.pk}/active/", {"active": "0"}).status_code == 404


def test_only_the_system_administrator_changes_people(desk: Desk) -> None:
    person, post = desk.people["mediator"], desk.people["mediator"].posts.get()
    for role in ("secadmin", "auditadmin", "justice_head", "mediator"):
        client = desk.client(role)
        for page in (f"/people/{person.pk}/password/", f"/people/{person.pk}/active/", f"/posts/{post.pk}/end/"):
            assert client.post(page).status_code == 404, (role, page)


def test_the_health_page_warns_of_a_missing_notice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("sysadmin")
    assert "数据库结构与程序一致" in client.get("/health/").content.decode()
    monkeypatch.setattr("hefa.kernel.days.missing_years", lambda *_: (2031,))
    page = client.get("/health/").content.decode()
    assert "缺 2031 年的放假通知" in page and "▲" in page
