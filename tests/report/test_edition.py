"""Frozen editions never change; what the record says differently is told row by row."""

from datetime import date
from pathlib import Path

import pytest

from hefa.kernel.act import act
from hefa.kernel.matter import Matter
from hefa.report import edition, output
from hefa.report.outline import Draft, compose
from tests.report.conftest import Town
from tests.report.test_outline import OUTLINE


@pytest.fixture(autouse=True)
def editions(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.HEFA_EDITIONS = tmp_path / "editions"
    return settings.HEFA_EDITIONS


def draft(town: Town) -> Draft:
    return compose(2023, town.street, OUTLINE, date(2024, 1, 10))


def freeze(town: Town) -> Path:
    return edition.freeze(draft(town), town.clerk)[1]


def test_a_frozen_edition_agrees_with_an_unchanged_record(year: Town) -> None:
    freeze(year)
    (check,) = edition.verify()
    assert check.ok and check.year == 2023


def test_all_files_of_a_report_are_kept(year: Town) -> None:
    folder = freeze(year)
    assert {path.name for path in folder.iterdir()} == {*output.NAMES, edition.RECORD}


def test_a_revoked_row_is_named_with_its_reason(year: Town) -> None:
    freeze(year)
    last = Matter.objects.filter(kind="mediation.dispute", state="mediating").get()
    act(last, "revoke", actor=year.clerk, day=date.today(), answers={"reason": "重复登记"})
    (check,) = edition.verify()
    assert check.intact and not check.ok
    accepted = next(d for d in check.differences if d.figure == "mediation.accepted")
    assert (accepted.frozen, accepted.now) == ("5", "4")
    assert len(accepted.reasons) == 1 and last.number in accepted.reasons[0] and "重复登记" in accepted.reasons[0]


def test_a_late_row_is_named(year: Town) -> None:
    freeze(year)
    late = year.dispute(year.rainbow, date(2023, 12, 30))
    (check,) = edition.verify()
    accepted = next(d for d in check.differences if d.figure == "mediation.accepted")
    assert accepted.now == "6" and late.number in accepted.reasons[0] and "补录" in accepted.reasons[0]
    share = next(d for d in check.differences if d.figure == "mediation.community_share")
    assert (share.frozen, share.now) == ("60.00%", "50.00%") and "分母" in share.reasons[0]


@pytest.mark.parametrize("name", ["annual.txt", edition.RECORD])
def test_a_file_that_was_touched_is_told(year: Town, name: str) -> None:
    folder = freeze(year)
    (folder / name).write_bytes((folder / name).read_bytes().replace(b"5", b"6"))
    (check,) = edition.verify()
    assert not check.intact and name in check.faults[0]


def test_freezing_the_same_again_is_recognised(year: Town) -> None:
    freeze(year)
    standing = edition.latest(2023, year.street)
    assert standing is not None and edition.unchanged(draft(year), standing)
    year.dispute(year.rainbow, date(2023, 12, 30))
    assert not edition.unchanged(draft(year), standing)


def test_the_page_opens_every_number_on_its_rows(year: Town) -> None:
    from lxml import html

    page = html.fromstring(output.render(draft(year))["annual.html"])
    links = page.xpath("//a[@class='figure']")
    assert len(links) == 4
    for link in links:
        (card,) = page.xpath(f"//article[@id='{link.get('href')[1:]}']")
        name = link.get("data-figure")
        rows = card.xpath(".//tbody/tr")
        assert len(rows) == {"mediation.accepted": 5}.get(name, 3)
    assert not page.xpath("//script")
