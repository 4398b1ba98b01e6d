"""The page of the law data: what holds, when it runs out, and what an update moved, to those who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hefa.claims import law_data
from hefa.desk import drafting
from hefa.kernel import layers
from hefa.kernel.matter import Matter
from hefa.statutes.updates import place
from hefa.statutes.updates.candidate import read
from hefa.statutes.updates.taking import rehearse, take_in
from tests.statutes_updates.conftest import NOTICE_2027, OPERATOR, REPEAL, SHORTER, SURCHARGE, file, request

from .conftest import Desk


@pytest.fixture
def taken(desk: Desk, tmp_path: Path, settings: Any) -> Iterator[Matter]:
    """A request that the invented notice of 2027 moves, and the notice taken in."""
    place.refresh(settings.DATA)
    matter = request(desk.street)
    take_in(read(file(tmp_path, NOTICE_2027)), settings.DATA, OPERATOR)
    yield Matter.objects.get(pk=matter.pk)
    layers.use(())
    law_data.use(())


def test_only_operators_and_the_justice_head_have_the_page(desk: Desk) -> None:
    found = {role for role in ("sysadmin", "justice_head", "reviewer", "mediator", "director")
             if desk.client(role).get("/law-data/").status_code == 200}  # fmt: skip
    assert found == {"sysadmin", "justice_head"}


def test_next_years_notice_is_missed_from_november(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Day(date):
        @classmethod
        def today(cls) -> date:
            return cls(2026, 11, 1)

    monkeypatch.setattr("hefa.desk.pages.law_data.date", Day)
    page = desk.client("justice_head").get("/law-data/").content.decode()
    assert "2027 年的放假通知还没有载入" in page and "还没有载入过更新" in page
    monkeypatch.setattr(Day, "today", classmethod(lambda cls: cls(2026, 10, 31)))
    assert "还没有载入：" not in desk.client("justice_head").get("/law-data/").content.decode()


def test_a_report_shows_matters_only_to_those_who_see_them(desk: Desk, taken: Matter, settings: Any) -> None:
    (update,) = place.updates(settings.DATA)
    head = desk.client("justice_head").get(f"/law-data/?show={update.id}").content.decode()
    admin = desk.client("sysadmin").get(f"/law-data/?show={update.id}").content.decode()
    sees = Matter.objects.visible_to(desk.actor("justice_head")).filter(pk=taken.pk).exists()
    assert (taken.number in head) == sees and f'href="/matter/{taken.pk}/"' not in admin
    assert taken.number not in admin and "另有 1 行属于您看不到的事项" in admin
    assert "由估算改为公布" in admin and update.id in admin and "来自更新" in admin


def test_a_running_desk_reads_what_was_taken_in(desk: Desk, taken: Matter, settings: Any) -> None:
    client = desk.client("foi_officer")
    page = client.get(f"/matter/{taken.pk}/why/").content.decode()
    assert "2027年1月4日元旦放假" in page or "元旦放假" in page
    (update,) = place.updates(settings.DATA)
    update.place.rename(update.place.with_name(update.place.name + place.BACK))
    assert "估算" in client.get(f"/matter/{taken.pk}/why/").content.decode()


def test_the_page_asks_the_same_few_questions_however_many_moved(
    desk: Desk, taken: Matter, django_assert_max_num_queries: Any, settings: Any
) -> None:
    client = desk.client("justice_head")
    with django_assert_max_num_queries(12):
        client.get(f"/law-data/?show={place.updates(settings.DATA)[0].id}")


def test_uploaded_drafts_are_held_against_a_repeal(desk: Desk, tmp_path: Path, settings: Any) -> None:
    place.refresh(settings.DATA)
    text = "关于调解工作的通知\n根据《中华人民共和国人民调解法》第八条，设立调委会。\n"
    person = desk.people["reviewer"].pk
    drafting.start(person, "通知.txt", text.encode(), "normative", None, None)
    report = rehearse(read(file(tmp_path, REPEAL)), settings.DATA, drafting.kept())
    (row,) = [one for one in report["texts"] if one["what"] == "draft"]
    assert (row["name"], row["line"], row["cited"]) == ("通知.txt", 2, "《中华人民共和国人民调解法》第八条")


def test_the_instruments_that_an_update_changed_are_named(
    desk: Desk, taken: Matter, tmp_path: Path, settings: Any
) -> None:
    update, _ = take_in(read(file(tmp_path, SHORTER)), settings.DATA, OPERATOR)
    page = desk.client("justice_head").get(f"/law-data/?show={update.id}").content.decode()
    assert "《中华人民共和国政府信息公开条例》" in page and "由20个工作日改为15个工作日" in page


def test_a_limit_that_changed_is_told_in_both_languages(
    desk: Desk, taken: Matter, tmp_path: Path, settings: Any
) -> None:
    update, _ = take_in(read(file(tmp_path, SURCHARGE)), settings.DATA, OPERATOR)
    client = desk.client("justice_head")
    page = client.get(f"/law-data/?show={update.id}").content.decode()
    assert "《中华人民共和国行政处罚法》“逾期缴纳罚款每日加处的比率”由3%改为0.5%" in page and "2026-11-20" in page
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(f"/law-data/?show={update.id}").content.decode()
    assert "Daily surcharge on a fine paid late" in page and "3%" in page and "加处" not in page
