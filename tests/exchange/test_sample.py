"""The sample year: its generator gives the same cells each time, and its ledgers give the street's figures."""

from __future__ import annotations

import csv
import importlib
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from python_calamine import CalamineWorkbook

from hefa import press
from hefa.desk.story import chain
from hefa.exchange.importing import Draft, draft
from hefa.kernel.figure import Period, Result, find_figure
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import ROLES, Actor, Office, Person, Post
from hefa.kernel.proof import verify
from hefa.report.outline import compose
from hefa.report.tables import shelf
from hefa.site.setup import load_offices
from tests.conftest import settle_module

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "zhonghe-2023"
LEDGERS = tomllib.loads((SAMPLE / "ledgers.toml").read_text("utf-8"))["ledgers"]
OPERATOR = Actor.operator()


def cells(path: Path) -> list[list[Any]]:
    with CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_index(0).to_python()


def people() -> list[dict[str, str]]:
    with (SAMPLE / "people.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def figures_wanted() -> dict[str, Any]:
    sys.path.insert(0, str(SAMPLE))
    try:
        return importlib.import_module("generate").FIGURES
    finally:
        sys.path.remove(str(SAMPLE))


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Draft]]:
    """The whole sample on record for the tests of this module: file → what judging it found."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_offices(SAMPLE / "offices.csv")
        offices = {office.name: office for office in Office.objects.all()}
        for row in people():
            person, _ = Person.objects.get_or_create(username=row["username"], defaults={"name": row["name"]})
            Post.objects.create(person=person, office=offices[row["office"]], role=row["role"],
                                from_on=date.fromisoformat(row["from_on"]))  # fmt: skip
        found = {}
        for one in LEDGERS:
            found[one["file"]] = drafted = draft(find_kind(one["kind"]), SAMPLE / one["file"], OPERATOR)
            if drafted.ok:
                drafted.write()
        settle_module()
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def street(year: dict[str, Draft], db: None) -> Office:
    return Office.objects.get(name="中河街道")


def result(name: str, street: Office, of: int = 2023) -> Result:
    return find_figure(name).result(Period.year(of), street)


def test_generator_gives_the_committed_cells(tmp_path: Path) -> None:
    command = [sys.executable, SAMPLE / "generate.py", tmp_path]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert (tmp_path / "ledgers.toml").read_text("utf-8") == (SAMPLE / "ledgers.toml").read_text("utf-8")
    made = sorted(path.name for path in tmp_path.glob("*.xlsx"))
    assert made == sorted(path.name for path in SAMPLE.glob("*.xlsx")) == sorted(one["file"] for one in LEDGERS)
    for name in made:
        assert cells(tmp_path / name) == cells(SAMPLE / name), name


@pytest.mark.django_db
@pytest.mark.parametrize("one", LEDGERS, ids=lambda one: one["file"])
def test_every_row_imports(year: dict[str, Draft], one: dict[str, Any]) -> None:
    drafted = year[one["file"]]
    assert [str(fault) for fault in drafted.faults[:5]] == []
    assert (drafted.rows, drafted.created, drafted.unchanged) == (one["rows"], one["rows"], 0)
    assert drafted.warnings == []


@pytest.mark.django_db
def test_figures_of_the_street(street: Office, figures_wanted: dict[str, Any]) -> None:
    wanted = figures_wanted
    values = {
        "mediation.accepted": wanted["accepted"][2023],
        "mediation.completed_by_communities": wanted["completed_by_communities"][2023],
        "review.reviewed": wanted["reviewed"],
        "review.opinions": wanted["opinions"],
        "enforcement.staff": wanted["staff"],
        "enforcement.certified": wanted["certified"],
        "disclosure.requests": wanted["requests"],
        "mediation.full_time_mediators": wanted["full_time_mediators"],
        "mediation.committees": 19,
    }
    assert {name: result(name, street).value for name in values} == values
    before = {
        name: result(f"mediation.{name}", street, 2022).value for name in ("accepted", "completed_by_communities")
    }
    assert before == {name: wanted[name][2022] for name in before}
    texts = {
        "mediation.community_share": "41.73%",
        "mediation.community_change": "20.08%",
        "enforcement.certified_share": "30.43%",
        "planning.certified_share_target": "60%",
    }
    assert {name: result(name, street).text for name in texts} == texts


@pytest.mark.django_db
def test_what_the_register_of_documents_holds_is_what_the_disclosure_report_counts(street: Office) -> None:
    filled = shelf.find_table("disclosure-2", Actor.operator()).fill(street, Period.year(2023))
    assert {column: filled.cells["normative", column].value for column in ("issued", "abolished", "valid")} == {
        "issued": 3, "abolished": 0, "valid": 3,
    }  # fmt: skip


def test_money_of_the_sample(street: Office) -> None:
    """What the ledgers themselves add up to: caps kept, one of them nearly spent; every contract checked, all put right."""
    _, header, *rows = cells(SAMPLE / "三公经费支出台账-2023.xlsx")
    booked = [row[header.index("报销数（元）")] for row in rows if row[header.index("入账日期")]]
    values = {
        "spending.spent": sum(map(int, booked)),
        "spending.booked": len(booked),
        "spending.near_cap": 1,
        "procurement.checked": 40,
        "procurement.checked_of_last_year": 20,
        "procurement.checked_of_the_year_before": 20,
        "procurement.defects": 12,
        "procurement.defects_rectified": 12,
        "procurement.rounds_reviewed": 1,
    }
    assert {name: result(name, street).value for name in values} == values
    assert result("spending.approval_coverage", street).text == "100.00%"
    bought = [result("procurement.contract_amount", street, of).value for of in (2021, 2022)]
    assert result("procurement.checked_amount", street).value == sum(map(int, filter(None, bought)))


@pytest.mark.django_db
def test_lists_that_the_plans_name(street: Office) -> None:
    """Expropriations are not at zero at the year's end; the joint office sat half a year; every school is staffed."""
    values = {
        "campaign.remaining_expropriations": 7,
        "campaign.remaining": 7,
        "campaign.struck": 2,
        "campaign.closed_campaigns": 2,
        "jointoffice.sittings": 9,
        "jointoffice.settled": 11,
        "jointoffice.absences": 3,
        "partner.schools": 3,
        "partner.vice_principal_coverage": 100,
        "partner.experts": 14,
    }
    assert {name: result(name, street).value for name in values} == values


@pytest.mark.django_db
def test_ledger_of_the_sample_is_whole(street: Office) -> None:
    assert verify().ok


@pytest.mark.django_db
def test_disputes_are_lifelike(street: Office) -> None:
    disputes = Matter.objects.filter(kind="mediation.dispute", opened_on__year=2023)
    types = Counter(disputes.values_list("mediation_dispute__type", flat=True))
    share = {type_: count / disputes.count() for type_, count in types.items()}
    assert share["01"] > 0.1 and share["16"] > 0.08 and share["13"] > 0.08
    assert types["06"] < 5
    assert len(types) >= 17
    months = Counter(day.month for day in disputes.values_list("opened_on", flat=True))
    assert min(months, key=lambda month: months[month]) in (1, 2)
    weekdays = Counter(day.weekday() for day in disputes.values_list("opened_on", flat=True))
    assert weekdays[6] < weekdays[0] / 2
    typical = disputes.filter(mediation_dispute__is_typical=True)
    assert sorted(typical.values_list("mediation_dispute__type", flat=True)) == ["05", "13", "14"]
    assert disputes.filter(state="mediating").exists()
    assert disputes.filter(sealed=True).exists()
    assert {"declined", "terminated", "withdrawn", "referred", "filed"} <= set(disputes.values_list("state", flat=True))


@pytest.mark.django_db
def test_people_of_the_sample(street: Office) -> None:
    rows = people()
    assert {row["is_sample"] for row in rows} == {"1"}
    assert {row["role"] for row in rows} <= set(ROLES)
    roles = Counter(row["role"] for row in rows)
    assert roles["mediator"] == 5
    assert roles["committee_head"] == roles["community_mediator"] == 18
    assert Office.objects.filter(level="community", parent=street).count() == 18
    assert Office.objects.filter(level="coop", parent=street).count() == 13
    assert {"里段股份经济合作社", "蔡家漕股份经济合作社"} <= set(Office.objects.values_list("name", flat=True))


def test_nobody_in_the_sample_can_exist() -> None:
    for one in LEDGERS:
        _, header, *rows = cells(SAMPLE / one["file"])
        for place, name in enumerate(header):
            texts = [part for row in rows for part in str(row[place]).split("、") if part]
            if name.endswith("证件号码"):
                assert all(text.startswith("990000") for text in texts), one["file"]
            if name.endswith("电话") and one["kind"].startswith(("mediation.", "disclosure.")):
                assert all(text.startswith(("1990000", "0574-0000")) for text in texts), one["file"]


THREADS = (
    (("incident.incident", "mediation.dispute", "petition.reception"), "中河接访〔2024〕1号"),
    (("supervision.inspection", "supervision.finding", "planning.planitem"), "中河安排〔2024〕9号"),
    (("mediation.dispute", "mediation.typicalcase"), "中河典型案例〔2023〕3号"),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("kinds", "last"), THREADS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_thread_is_told_whole_on_every_page_of_it(street: Office, kinds: tuple[str, ...], last: str) -> None:
    thread: list[Matter] = []
    matter: Matter | None = Matter.objects.get(kind=kinds[-1], number=last)
    while matter is not None:
        thread.insert(0, matter)
        matter = matter.arises_from
    assert tuple(one.kind for one in thread) == kinds
    for place, one in enumerate(thread):
        up, down = chain(one, OPERATOR)
        assert [link.matter for link in up] == thread[:place]
        below = [(link.matter, link.depth) for link in down]
        for depth, later in enumerate(thread[place + 1 :], start=1):
            assert (later, depth) in below
    assert [one.opened_on for one in thread] == sorted(one.opened_on for one in thread)


@pytest.mark.django_db
def test_the_year_tells_its_typical_cases(street: Office) -> None:
    text = (SAMPLE / "report.md").read_text("utf-8")
    told = press.to_text(compose(2023, street, text).paper)
    assert "消费群体纠纷、餐馆玻璃爆裂伤人的赔偿纠纷、持续十余年的医疗损害纠纷等一批难案得到妥善处理。" in told
    assert "全年专题听取法治政府建设情况汇报3次" in told
    assert (result("mediation.dossiers", street).value, result("mediation.long_running", street).value) == (240, 1)
