"""Tables that people describe: from a form's recipe to a definition and back, through the one door, into a workbook."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hefa.kernel.act import act, open_matter
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor
from hefa.report.tables import recipe, shelf
from hefa.report.tables.excel import to_excel
from hefa.report.tables.filling import fill
from hefa.report.tables.lines import BadTable
from hefa.report.tables.reading import from_data
from hefa.report.tables.recipe import Axis, Measure, OwnLine, Recipe
from hefa.site.cli import Fail
from hefa.site.commands import table as command

from . import histories
from .test_tables import assert_cells_are_their_rows, built_in, failures, simple

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> histories.Town:
    return histories.Town()


RECIPES = [
    Recipe("甲", (Measure("mediation.accepted"),), Axis("office", levels=("community",), total=True), Axis("field:type", total=True)),
    Recipe("乙", (Measure("mediation.accepted", label="受理"), Measure("mediation.accepted", "people", "人数")),
           Axis("year", years=3), Axis("measures"), only={"source": ("court", "police")}, note="说明"),
    Recipe("丙", (Measure("mediation.agreed"),),
           Axis("lines", lines=(OwnLine("涉企", {"type": ("03", "04")}), OwnLine("其他")), total=True), Axis()),
    Recipe("丁", (Measure("mediation.agreed"),), Axis("field:is_typical"), Axis("lines", lines=(OwnLine("甲"),))),
]  # fmt: skip


@pytest.mark.parametrize("made", RECIPES, ids=lambda made: made.title)
def test_a_recipe_becomes_a_table_and_comes_back(town: histories.Town, made: Recipe) -> None:
    histories.play("mediation.dispute", histories.dispute, town, 6, 40)
    data = json.loads(json.dumps(recipe.as_data(made)))
    again = recipe.from_data(data)
    assert again is not None and recipe.as_data(again) == data
    filled = fill(from_data(data), town.street, Period.year(2022), sources=True)
    assert failures(filled) == []
    assert_cells_are_their_rows(filled, town.street, 2022)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Recipe("x", ()), "至少选一个指标"),
        (Recipe("x", (Measure("a"), Measure("b"))), "要有一处"),
        (Recipe("x", (Measure("a"),), Axis("measures"), Axis("measures")), "不能都按指标"),
        (Recipe("x", (Measure("a"),), Axis("year"), Axis("year")), "同一种方式"),
    ],
)
def test_a_recipe_that_does_not_go_together_is_refused(made: Recipe, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        recipe.as_data(made)


def test_what_no_form_could_have_made_has_no_recipe() -> None:
    assert recipe.from_data(simple(rows=[{"key": "a", "label": "甲", "sum": ["a"]}])) is None
    assert recipe.from_data({}) is None and recipe.from_data({"rows": 5}) is None


def kept(town: histories.Town, **changes: Any) -> Matter:
    answers = {"title": "涉企纠纷表", "definition": json.dumps(simple()), "recipient": "区司法局"} | changes
    return open_matter(
        "report.table", actor=Actor.operator(), office=town.street, day=date(2023, 6, 1), answers=answers
    )


def test_a_table_lives_through_the_one_door(town: histories.Town) -> None:
    clerk = Actor.operator()
    matter = kept(town)
    listed = shelf.find_table(matter.number, clerk)
    assert (listed.title, listed.recipient, listed.kinds) == ("涉企纠纷表", "区司法局", {"mediation.dispute"})
    other = json.dumps(simple(figure="mediation.agreed"))
    with pytest.raises(Refused, match="理由"):
        act(matter, "revise", actor=clerk, day=date(2023, 6, 2), answers={"definition": other})
    act(matter, "revise", actor=clerk, day=date(2023, 6, 2), answers={"definition": other, "reason": "上级改了"})
    assert shelf.find_table("涉企纠纷表", clerk).definition.figure == "mediation.agreed"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="没有名为“x”的指标"):
        act(matter, "amend", actor=clerk, day=date(2023, 6, 3),
            answers={"definition": json.dumps(simple(figure="x")), "reason": "误"})  # fmt: skip
    act(matter, "retire", actor=clerk, day=date(2023, 6, 4), answers={"reason": "不再报送"})
    with pytest.raises(LookupError, match="没有名为“涉企纠纷表”的报表"):
        shelf.find_table("涉企纠纷表", clerk)


@pytest.mark.parametrize("definition", ["", "不是 JSON", json.dumps(simple(figure="moon.phase")), "{}"])
def test_a_table_that_cannot_be_counted_is_not_kept(town: histories.Town, definition: str) -> None:
    with pytest.raises(Refused):
        kept(town, definition=definition)
    assert not Matter.objects.exists()


# Excel.


def test_the_workbook_has_the_table_and_the_source_of_each_cell(town: histories.Town) -> None:
    histories.play("disclosure.request", histories.request, town, 9, 40)
    filled = built_in("disclosure-3", town.street, 2022, sources=True)
    book = openpyxl.load_workbook(io.BytesIO(to_excel(filled, date(2023, 1, 3))))
    table, sources = book["报表"], book["来源"]
    assert table["A1"].value == filled.title and "中河街道" in table["A2"].value
    spans = {str(span) for span in table.merged_cells.ranges}
    assert "E3:I3" in spans and table["E3"].value == "法人或其他组织"
    header, *rows = sources.iter_rows(values_only=True)
    assert header[:5] == ("单元格", "行", "列", "数值", "来源")
    assert len(rows) == len(filled.rows) * len(filled.columns)
    printed = {(row.key, column.key): cell for row, cells in filled.lines() for column, cell in cells}
    for told, cell in zip(rows, printed.values(), strict=True):
        assert table[told[0]].value == (cell.value if cell.value is not None else cell.text)
        assert told[3] == cell.text and told[7] == cell.rows and (told[8] or "") == (cell.digest if cell.rows else "")
        assert "disclosure." in told[6] and told[4]
    assert any("✓ 相符：第一项与第二项之和" in str(row[0].value) for row in table.iter_rows())


def test_text_in_a_workbook_stays_text(town: histories.Town) -> None:
    evil = '=HYPERLINK("http://x","y")'
    table = simple(title=evil, note="@SUM(1)", rows=[{"key": "a", "label": evil, "group": ["+1"]}])
    book = openpyxl.load_workbook(io.BytesIO(to_excel(fill(from_data(table), town.street, Period.year(2023)))))
    for sheet in book:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert not any(cell.hyperlink for cell in row)
    assert book["报表"]["A1"].value == evil


# The command.


def hefa_table(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.options(parser)
    return command.run(parser.parse_args(list(words)))


def test_the_command_lists_prints_and_writes_tables(
    town: histories.Town, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    histories.play("mediation.dispute", histories.dispute, town, 8, 20)
    matter = kept(town)
    assert hefa_table("list", "--json") == 0
    names = {one["name"]: one["number"] for one in json.loads(capsysbinary.readouterr().out)}
    assert list(names) == [*shelf.BUILT_IN, shelf.TARGETS, f"own-{matter.pk}"]
    assert names[f"own-{matter.pk}"] == matter.number
    assert hefa_table("mediation", "2022", "--office", "C1", "--out", str(tmp_path / "a" / "表.xlsx"), "--json") == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["office"] == "第1社区居委会" and Path(told["file"]).read_bytes()[:2] == b"PK"
    (total,) = [row for row in told["rows"] if row["key"] == "total"]
    alone = built_in("mediation", town.communities[0], 2022, sources=True).cells["total", "accepted"]
    assert total["cells"]["accepted"] == {
        "value": alone.value, "text": alone.text, "rows": alone.rows, "source": alone.source, "digest": alone.digest,
    }  # fmt: skip
    assert all(one["holds"] for one in told["identities"])
    assert hefa_table(matter.number, "2022") == 0
    assert "涉企纠纷表  中河街道" in capsysbinary.readouterr().out.decode()


def test_a_table_that_does_not_add_up_is_an_exit_code(town: histories.Town, capsys: pytest.CaptureFixture[str]) -> None:
    histories.play("mediation.dispute", histories.dispute, town, 8, 20)
    wrong = {"label": "婚姻等于合计", "axis": "rows", "left": ["t.00"], "right": ["total"]}
    kept(town, title="不相等的表", definition=json.dumps(simple(identities=[wrong])))
    assert hefa_table("不相等的表", "2022") == 1
    assert "■ 不符：婚姻等于合计" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense", "2023"], "没有名为“nonsense”的报表"),
        (["mediation"], "要哪一年的"),
        (["mediation", "1"], "不是年度"),
        (["mediation", "2023", "--office", "月球"], "没有名为“月球”的单位"),
        (["mediation", "2023", "--out", "/proc/nothing/x.xlsx"], "写不进去"),
    ],
)
def test_the_command_says_what_is_wrong(town: histories.Town, words: list[str], said: str) -> None:
    with pytest.raises(Fail, match=said):
        hefa_table(*words)
