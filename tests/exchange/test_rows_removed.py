"""A ledger with rows taken out gives the figures of what is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from hefa.exchange.importing import draft
from hefa.kernel.figure import Period, Result, find_figure
from hefa.kernel.matter import find_kind
from hefa.kernel.people import Actor, Office
from hefa.site.setup import load_offices

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "zhonghe-2023"


def cells(path: Path) -> list[list[Any]]:
    with CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_index(0).to_python()


def result(name: str, street: Office) -> Result:
    return find_figure(name).result(Period.year(2023), street)


@pytest.mark.django_db
def test_ten_rows_removed_are_ten_disputes_fewer(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE / "矛盾纠纷台账-2023.xlsx")
    sheet = book.active
    assert sheet is not None
    sheet.delete_rows(200, 10)
    book.save(tmp_path / "copy.xlsx")
    load_offices(SAMPLE / "offices.csv")
    drafted = draft(find_kind("mediation"), tmp_path / "copy.xlsx", Actor.operator())
    assert drafted.faults == []
    drafted.write()
    _, header, *rows = cells(tmp_path / "copy.xlsx")
    place = {name: n for n, name in enumerate(header)}
    done = 0
    for row in rows:
        agreed = row[place["达成书面协议日期"]] or row[place["达成口头协议日期"]]
        moved = row[place["报街道调委会日期"]] or row[place["交社区调委会日期"]]
        at_community = (
            "社区" in (row[place["交社区调委会单位"]] or row[place["单位"]]) and not row[place["报街道调委会日期"]]
        )
        done += bool(agreed and agreed.year == 2023 and at_community)
        assert not (moved and not agreed)
    street = Office.objects.get(name="中河街道")
    assert result("mediation.accepted", street).value == len(rows) == 1466
    assert result("mediation.completed_by_communities", street).value == done
    assert result("mediation.community_share", street).text == f"{done * 100 / 1466:.2f}%"
