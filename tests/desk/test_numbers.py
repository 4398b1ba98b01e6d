"""Figures and the report: every number leads to its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from hefa.desk import numbers
from hefa.desk.pages import reports
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor

from .conftest import TODAY, Desk

YEAR = TODAY.year


def _number(page: str) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r'class="sum num">(.*?)</p>', page, re.DOTALL).group(1)).strip()  # type: ignore[union-attr]


def test_a_figure_shows_its_number_and_exactly_its_rows(desk: Desk) -> None:
    for _ in range(3):
        desk.dispute(day=TODAY)
    page = desk.client("justice_head").get(f"/figures/mediation.accepted/?year={YEAR}").content.decode()
    assert _number(page).startswith("3")
    assert len(re.findall(r'<a class="row" href="/matter/', page)) == 3
    assert "飞虹社区" in page and find_figure("mediation.accepted").definition in page


def test_rows_are_paged_and_joined_are_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hefa.desk.pages.figures.ROWS", 2)
    made = {desk.dispute(day=TODAY).pk for _ in range(5)}
    client, address, met = desk.client("justice_head"), f"/figures/mediation.accepted/?year={YEAR}", []
    while address:
        page = client.get(address).content.decode()
        met += re.findall(r'<a class="row" href="/matter/(\d+)/', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/figures/mediation.accepted/" + older.group(1).replace("&amp;", "&") if older else ""
    assert sorted(map(int, met)) == sorted(made)


def test_a_derived_figure_leads_to_its_parts(desk: Desk) -> None:
    desk.agreed(day=TODAY)
    page = desk.client("justice_head").get(f"/figures/mediation.community_share/?year={YEAR}").content.decode()
    assert _number(page) == "100.00%" and "/figures/mediation.completed_by_communities/" in page


def test_a_part_of_a_line_that_one_may_not_see_is_told_without_a_link(desk: Desk) -> None:
    desk.dispute(day=TODAY)
    address = f"/figures/mediation.load/?year={YEAR}"
    part = "/figures/mediation.mediators/"
    assert part in desk.client("justice_head").get(address).content.decode()
    page = desk.client("community_mediator").get(address).content.decode()
    assert "由这些算出" in page and part not in page


def test_a_share_with_nothing_on_record_shows_a_dash_over_its_base(desk: Desk) -> None:
    page = desk.client("justice_head").get(f"/figures/counsel.coverage/?year={YEAR}").content.decode()
    assert "分子" in page and "None" not in page


def test_rows_that_one_may_not_see_are_counted_not_shown(desk: Desk) -> None:
    desk.dispute("justice_head", desk.street, sealed="是", title="不公开的", day=TODAY)
    desk.dispute(day=TODAY)
    page = desk.client("justice_clerk").get(f"/figures/mediation.accepted/?year={YEAR}").content.decode()
    assert _number(page).startswith("2") and "不公开的" not in page and "其中 1 行" in page


def test_a_community_asks_for_itself_alone(desk: Desk) -> None:
    client = desk.client("community_mediator")
    assert client.get(f"/figures/?office={desk.street.pk}").status_code == 404
    assert client.get("/figures/").status_code == 200
    assert client.get("/figures/review.reviewed/").status_code == 404
    assert client.get("/figures/nonsense/").status_code == 404
    assert desk.client("sysadmin").get("/figures/").status_code == 404


def test_answers_are_kept_until_the_ledger_moves(desk: Desk, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    figure = find_figure("mediation.accepted")
    desk.dispute(day=TODAY)
    assert numbers.result(figure, YEAR, desk.street).value == 1
    with django_assert_num_queries(1):
        numbers.result(figure, YEAR, desk.street)
    desk.dispute(day=TODAY)
    assert numbers.result(figure, YEAR, desk.street).value == 2
    cache.clear()
    assert numbers.result(figure, YEAR, desk.street) == figure.result(Period.year(YEAR), desk.street)


@pytest.fixture
def outline(tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    settings.HEFA_OUTLINES = [tmp_path]
    text = (
        "# {{ year }}年度报告\n\n## 一、调解\n\n受理{{ mediation.accepted }}起，<b>加粗</b>。"
        "审查{{ review.reviewed }}件。\n"
    )
    (tmp_path / "report.md").write_text(text, "utf-8")
    return tmp_path


def test_the_report_links_every_number_and_lists_what_it_leaves_out(desk: Desk, outline: Path) -> None:
    desk.dispute(day=TODAY)
    page = desk.client("justice_head").get(f"/reports/{YEAR}/").content.decode()
    link = f"/figures/mediation.accepted/?year={YEAR}&amp;office={desk.street.pk}"
    assert f'<a class="figure" href="{link}" data-figure="mediation.accepted">1</a>' in page
    assert "审查〔review.reviewed〕件。" in page and "没有写入的句子" in page
    assert "&lt;b&gt;加粗&lt;/b&gt;" in page and "<b>加粗</b>" not in page


def test_the_report_has_no_link_to_a_figure_that_its_reader_may_not_open(desk: Desk, outline: Path) -> None:
    desk.dispute(day=TODAY)
    client = desk.client("petition_officer")
    page = client.get(f"/reports/{YEAR}/").content.decode()
    assert 'data-figure="mediation.accepted">1<' in page and "<dd>1</dd>" in page
    links = set(re.findall(r'href="(/figures/[^"]*)"', page))
    assert [link for link in links if client.get(link.replace("&amp;", "&")).status_code != 200] == []


@pytest.mark.parametrize(
    ("name", "start"), [("annual.docx", b"PK"), ("annual.pdf", b"%PDF"), ("annual.txt", b""), ("annual.json", b"{")]
)
def test_the_report_is_a_file_too(desk: Desk, outline: Path, name: str, start: bytes) -> None:
    desk.dispute(day=TODAY)
    response = desk.client("justice_head").get(f"/reports/{YEAR}/{name}")
    assert response.status_code == 200 and response.content.startswith(start)


def test_freezing_is_for_its_roles_and_once_for_the_same_words(desk: Desk, outline: Path) -> None:
    desk.dispute(day=TODAY)
    address = reverse("desk:freeze", args=[YEAR])
    assert desk.client("mediator").post(address).status_code == 404
    assert desk.client("justice_head").get(address).status_code == 405
    desk.client("justice_head").post(address)
    desk.client("justice_head").post(address)
    edition = Matter.objects.get(kind="report.edition")
    assert edition.state == "frozen"
    assert edition.number in desk.client("director").get("/reports/").content.decode()
    assert Entry.objects.filter(kind="report.edition").count() == 1


def test_without_an_outline_the_page_says_what_to_do(desk: Desk, tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.HEFA_OUTLINES = [tmp_path]
    page = desk.client("justice_head").get(f"/reports/{YEAR}/").content.decode()
    assert "没有报告提纲" in page
    assert desk.client("justice_head").get(f"/reports/{YEAR}/annual.pdf").status_code == 404


def test_styles_of_a_fragment_become_rules() -> None:
    body, rules = reports.unstyled('<col style="width:30%"><col style="width:70%"><p style="width:30%">x</p>')
    assert "style=" not in body and body.count('data-s="s0"') == 2
    assert rules == '[data-s="s0"]{width:30%}[data-s="s1"]{width:70%}'


def test_a_year_without_records_gives_way_to_the_last_one_with_some(desk: Desk) -> None:
    client = desk.client("party_secretary")
    assert numbers.told_year(desk.actor("party_secretary")) == YEAR
    desk.dispute(day=TODAY.replace(year=YEAR - 2, day=1))
    page = client.get("/").content.decode()
    assert f"{YEAR} 年这些数还都是零" in page and f"?year={YEAR - 2}" in page and "年至今" not in page
    assert numbers.told_year(desk.actor("party_secretary")) == YEAR - 2
    assert f"<option selected>{YEAR - 2}</option>" in client.get("/figures/").content.decode()
    desk.dispute(day=TODAY)
    assert f"{YEAR} 年至今" in client.get("/").content.decode()


def test_a_matter_that_ran_over_does_not_make_the_year_to_look_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = desk.actor("party_secretary")
    for back in (3, 2):
        desk.dispute(day=TODAY.replace(year=YEAR - back, day=1))
    told = {YEAR - 2: [1, 0, 0], YEAR - 3: [2, 5, 0]}

    def keys(actor: Actor, year: int) -> list[numbers.Key]:
        count = next(figure for figure in numbers.figures().values() if type(figure) is numbers.Count)
        empty = count.result(Period.year(YEAR), desk.street)
        return [numbers.Key(count, replace(empty, value=value), empty) for value in told.get(year, [0, 0, 0])]

    monkeypatch.setattr(numbers, "key_figures", keys)
    assert numbers.told_year(actor) == YEAR - 3
    told[YEAR] = [0, 1, 0]
    assert numbers.told_year(actor) == YEAR, "the year that runs is looked at as soon as it begins"
