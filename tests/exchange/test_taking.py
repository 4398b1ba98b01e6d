"""`hefa export` and `hefa import all`: out in clear and on record, and in again to the same ledgers and figures."""

from __future__ import annotations

import csv
import json
import stat
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from python_calamine import CalamineWorkbook

from hefa.exchange import taking
from hefa.exchange.importing import draft
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, figures
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter
from hefa.kernel.people import Actor, Office, Person, Post
from hefa.site.cli import main
from hefa.site.setup import load_offices

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "zhonghe-2023"
# Ledgers whose rows, or whose rules, look at one another.
USED = ("counsel.", "decision.", "review.", "planning.", "petition.", "supervision.", "rules.", "education.campaign",
        "deliberation.", "incident.", "procurement.", "works.")  # fmt: skip
# A reception of theirs comes from a dispute of this ledger, which comes from a deliberation.
ALSO = "矛盾纠纷台账-2024.xlsx"
OPERATOR = Actor.operator()
ALL = [kind for kind in KINDS.values() if kind._meta.app_label != "report"]


def cells(path: Path) -> list[Any]:
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [header, *sorted(rows, key=lambda row: str(row[0]))]


@pytest.fixture
def street(db: None) -> Office:
    load_offices(SAMPLE / "offices.csv")
    offices = {office.name: office for office in Office.objects.all()}
    with (SAMPLE / "people.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            person, _ = Person.objects.get_or_create(username=row["username"], defaults={"name": row["name"]})
            Post.objects.create(
                person=person,
                office=offices[row["office"]],
                role=row["role"],
                from_on=date.fromisoformat(row["from_on"]),
            )
    return offices["中河街道"]


@pytest.fixture
def taken(street: Office, tmp_path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A folder with what was on record, which is empty again; and the figures that it gave."""
    with transaction.atomic():
        for one in tomllib.loads((SAMPLE / "ledgers.toml").read_text("utf-8"))["ledgers"]:
            if one["kind"].startswith(USED) or one["file"] == ALSO:
                draft(KINDS[one["kind"]], SAMPLE / one["file"], OPERATOR).write()
        told = {name: figure.result(Period.year(2023), street).text for name, figure in figures().items()}
        taking.take_out(ALL, tmp_path / "out", OPERATOR, "搬家")
        entry = Entry.objects.get(step="export")
        assert entry.answers["reason"] == "搬家" and entry.answers["kinds"]["review.opinion"] == 789
        transaction.set_rollback(True)
    assert not Matter.objects.exists()
    yield tmp_path / "out", told


def test_out_and_in_and_out_are_the_same_cells_and_figures(
    street: Office, taken: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, told = taken
    assert main(["import", "all", str(folder)]) == 0
    assert {name: figure.result(Period.year(2023), street).text for name, figure in figures().items()} == told
    again = taking.take_out(ALL, tmp_path / "again", OPERATOR, "核对")
    assert sum(len(part.rows) for part in again.parts) == Matter.objects.count() > 1500
    for part in again.parts:
        assert cells(folder / part.file) == cells(tmp_path / "again" / part.file), part.file


def test_a_fault_in_one_ledger_and_nothing_of_any_is_written(
    taken: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = taken
    path = folder / "决策会议台账.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["B2"] = "没有这个单位"
    book.save(path)
    assert main(["import", "all", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "没有名为“没有这个单位”的单位" in said and "一件也没有写入" in said
    assert not Matter.objects.exists()


def test_a_dry_run_writes_nothing_and_speaks_json(
    taken: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "all", str(taken[0]), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["kind"] for one in told} >= {"counsel.consultation", "decision.item"}
    assert not any(one["faults"] for one in told)
    assert not Matter.objects.exists()


def test_files_are_the_owners_alone(taken: tuple[Path, dict[str, Any]]) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in taken[0].iterdir()}
    assert modes == {0o600} and stat.S_IMODE(taken[0].stat().st_mode) == 0o700


def test_only_into_an_empty_folder_and_only_with_a_purpose(
    street: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "别的.txt").write_text("别的")
    for words, sentence in (
        ([str(tmp_path), "--reason", "备份"], "不是空目录"),
        ([str(tmp_path / "new")], "缺少：--reason"),
        ([str(tmp_path / "new"), "--reason", " "], "写明导出的目的"),
    ):
        assert main(["export", "all", *words]) == 2
        assert sentence in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["别的.txt"]
    assert not Entry.objects.filter(step="export").exists()
    assert main(["export", "report.edition", str(tmp_path / "new"), "--reason", "备份"]) == 2
    assert "由系统生成" in capsys.readouterr().err


def test_a_folder_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有完成"):
        taking.contents(tmp_path)
    (tmp_path / taking.CONTENTS).write_text('[[ledgers]]\nfile = "../外.xlsx"\nkind = "review.review"\n', "utf-8")
    with pytest.raises(Refused, match=r"缺少 外\.xlsx"):
        taking.contents(tmp_path)
    (tmp_path / taking.CONTENTS).write_text("[[ledgers", "utf-8")
    with pytest.raises(Refused, match="读不懂"):
        taking.contents(tmp_path)


def test_kinds_that_name_one_another_go_in_turns() -> None:
    """Items name reviews and reviews items: what names nothing that is missing goes first."""
    item, review = KINDS["decision.item"], KINDS["review.review"]
    named = {review: {1: frozenset(), 4: frozenset({2})}, item: {2: frozenset({1}), 3: frozenset({4})}}
    parts = [(part.kind, part.file, part.rows) for part in taking._parts(named)]
    assert parts == [
        (review, "合法性审查台账.xlsx", [1]),
        (item, "决策议题台账.xlsx", [2]),
        (review, "合法性审查台账-2.xlsx", [4]),
        (item, "决策议题台账-2.xlsx", [3]),
    ]
    ring = {review: {1: frozenset({2})}, item: {2: frozenset({1})}}
    assert sorted(pk for part in taking._parts(ring) for pk in part.rows) == [1, 2]
