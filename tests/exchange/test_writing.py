"""Ledgers that hefa writes: the blank one, the export, and the way back in."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from openpyxl.worksheet.worksheet import Worksheet

from hefa.exchange import writing
from hefa.exchange.columns import columns
from hefa.kernel.act import act, open_matter
from hefa.kernel.figure import Period, figures
from hefa.kernel.matter import KINDS, Matter, find_kind
from hefa.kernel.people import Actor, Office, Person, Post

from .ledgers import DISPUTE, ID_NO, bytes_of, file_with, judged

OPERATOR = Actor.operator()
DISPUTES = find_kind("mediation.dispute")


def opened(data: bytes, name: str | None = None) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[name] if name else book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def table(data: bytes) -> list[dict[str, Any]]:
    header, *rows = opened(data).values
    return [{str(name): value for name, value in zip(header, row, strict=True)} for row in rows]


@pytest.mark.parametrize("label", sorted(KINDS))
def test_blank_ledger_can_be_handed_in_as_it_is(town: dict[str, Office], label: str) -> None:
    drafted = judged(writing.template(KINDS[label]), kind=label)
    assert (drafted.rows, drafted.faults) == (0, [])
    assert drafted.warnings == ["台账里只有表头，没有内容"]
    assert {found["how"] for found in drafted.mapping.values()} == {"exact"}


def test_blank_ledger_has_lists_notes_and_an_example(town: dict[str, Office]) -> None:
    data = writing.template(DISPUTES)
    sheet = opened(data, "台账")
    assert sheet["A2"].value == "样例"
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    place = {column.header: n for n, column in enumerate(columns(DISPUTES), start=1)}
    types = rules[sheet.cell(2, place["纠纷类型"]).coordinate]
    assert types.startswith("'选项'!") and types.endswith("$18")
    assert rules[sheet.cell(2, place["典型案例"]).coordinate] == '"是,否"'
    assert sheet.cell(2, place["单位"]).coordinate in rules
    assert "必填" in sheet.cell(1, place["受理日期"]).comment.text
    assert sheet.cell(2, place["申请人证件号码"]).number_format == "@"
    assert opened(data, "填写说明")["A1"].value.startswith("“矛盾纠纷”台账：一行是一件事")


def test_a_row_filled_into_the_blank_ledger_comes_in(town: dict[str, Office]) -> None:
    sheet = opened(writing.template(DISPUTES), "台账")
    place = {column.header: n for n, column in enumerate(columns(DISPUTES), start=1)}
    for header, value in DISPUTE.items():
        sheet.cell(3, place[header], value)
    out = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(out)
    drafted = judged(out.getvalue())
    assert (drafted.created, drafted.faults) == (1, [])


def test_export_says_what_was_imported(town: dict[str, Office]) -> None:
    judged(file_with()).write()
    row = table(writing.export(DISPUTES, OPERATOR, reveal=True))[0]
    for header, value in DISPUTE.items():
        shown = value if not isinstance(value, date) else datetime(value.year, value.month, value.day)
        assert row[header] == shown, header


def test_export_masks_unless_revealed(town: dict[str, Office]) -> None:
    judged(file_with()).write()
    data = writing.export(DISPUTES, OPERATOR)
    row = table(data)[0]
    assert (row["申请人"], row["申请人电话"]) == ("甄*", "199****0001")
    assert row["申请人证件号码"] == "9900**********0012"
    assert row["协议内容"] == row["调解记录"].split("\n")[0] == "（内容已隐藏）"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (ID_NO, "19900000001", "甄一", "查看现场"):
        assert secret.encode() not in everything


def test_export_shows_only_what_the_actor_may_see(town: dict[str, Office]) -> None:
    judged(file_with(lambda sheet: sheet.__setitem__("B3", "彩虹社区居委会"))).write()
    person = Person.objects.create(username="feihong", name="甄员")
    Post.objects.create(person=person, office=town["feihong"], role="community_mediator", from_on=date(2020, 1, 1))
    rows = table(writing.export(DISPUTES, Actor.of(person), reveal=True))
    assert [row["单位"] for row in rows] == ["飞虹社区居委会"]
    chosen = Matter.objects.filter(office=town["caihong"])
    assert [row["单位"] for row in table(writing.export(DISPUTES, OPERATOR, chosen))] == ["彩虹社区居委会"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@x", '=HYPERLINK("http://x")', "http://x.example"])
def test_text_never_becomes_a_formula_or_a_link(town: dict[str, Office], text: str) -> None:
    people = [{"side": "applicant", "name": text}, {"side": "respondent", "name": "甄二"}]
    answers = {"title": text, "type": "01", "source": "application", "parties": people, "summary": text}
    open_matter(DISPUTES, actor=OPERATOR, office=town["feihong"], day=date(2023, 5, 6), answers=answers)
    data = writing.export(DISPUTES, OPERATOR, reveal=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet and b"<hyperlink" not in sheet
    assert table(data)[0]["事由"] == text


def test_what_was_taken_back_is_not_exported(town: dict[str, Office]) -> None:
    judged(file_with()).write()
    first, second = Matter.objects.order_by("id")
    act(first, "revoke", actor=OPERATOR, day=date.today(), answers={"reason": "录错"})
    for _ in range(5):
        act(second, "revoke", actor=OPERATOR, day=date.today(), answers={"reason": "录错"})
    rows = table(writing.export(DISPUTES, OPERATOR, reveal=True))
    assert [row["编号"] for row in rows] == [first.number]
    assert (rows[0]["确认履行日期"], rows[0]["达成书面协议日期"]) == (None, datetime(2023, 5, 9))


def test_corrected_values_are_exported(town: dict[str, Office]) -> None:
    judged(file_with(count=1)).write()
    matter = Matter.objects.get()
    act(matter, "amend", actor=OPERATOR, day=date.today(), answers={"amount": "3500", "reason": "抄错"})
    assert table(writing.export(DISPUTES, OPERATOR, reveal=True))[0]["涉及金额（元）"] == 3500


def test_round_trip_gives_the_same_figures_and_lives(town: dict[str, Office]) -> None:
    """Out with purpose stated, into an empty record: the same lives, the same figures."""
    with transaction.atomic():
        judged(file_with(count=5)).write()
        street, year = town["street"], Period.year(2023)
        first = {name: figure.result(year, street).value for name, figure in figures().items()}
        lives = _lives()
        data = writing.export(DISPUTES, OPERATOR, reveal=True)
        transaction.set_rollback(True)
    assert not Matter.objects.exists()
    drafted = judged(data)
    assert drafted.faults == []
    drafted.write()
    assert {name: figure.result(year, street).value for name, figure in figures().items()} == first
    assert _lives() == lives


def _lives() -> list[Any]:
    return [
        (m.number, m.office_id, m.parties, [(step, day) for step, day, *_ in m.trail], m.case.terms, m.case.amount)
        for m in Matter.objects.order_by("number")
    ]


def ledger_of(*rows: dict[str, Any]) -> bytes:
    """A ledger of these rows; its header has every column that any of them fills."""
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    headers = list(dict.fromkeys(header for row in rows for header in row))
    for row in [dict(zip(headers, headers, strict=True)), *rows]:
        sheet.append([row.get(header) for header in headers])
    return bytes_of(sheet)


def test_rows_that_name_one_another_come_in_together_and_go_out_and_in_again(town: dict[str, Office]) -> None:
    """A shortfall listed again the next year names last year's; both stand in one file, a third names the second."""
    rows = [
        {"编号": f"不足{year}", "单位": "中河街道", "列出不足日期": date(year + 1, 1, 9), "事由": "品牌", "年度": year,
         "不足": "亮点不多", "原因": "提炼不足", "定措施日期": date(year + 1, 1, 10), "措施": "提炼",
         **({"转入下年日期": date(year + 2, 1, 5), "转入下年理由": "周期较长"} if year < 2023 else {}),
         **({"来源事项": f"不足{year - 1}"} if year > 2021 else {})}
        for year in (2021, 2022, 2023)
    ]  # fmt: skip
    drafted = judged(ledger_of(*rows), kind="planning.shortfall")
    assert (drafted.created, drafted.faults) == (3, [])
    assert drafted.write().created == 3
    chain = dict(Matter.objects.filter(kind="planning.shortfall").values_list("number", "arises_from__number"))
    assert chain == {"不足2021": None, "不足2022": "不足2021", "不足2023": "不足2022"}
    again = judged(ledger_of(*rows), kind="planning.shortfall")
    assert (again.created, again.unchanged, again.faults) == (0, 3, [])


def test_a_row_that_names_a_faulty_row_of_its_file_is_faulty(town: dict[str, Office]) -> None:
    row = {
        "单位": "中河街道",
        "列出不足日期": date(2022, 1, 9),
        "事由": "品牌",
        "年度": 2021,
        "不足": "少",
        "原因": "少",
    }
    first = {**row, "编号": "一", "年度": "前年"}
    drafted = judged(ledger_of(first, {**row, "编号": "二", "来源事项": "一"}), kind="planning.shortfall")
    assert [fault.header for fault in drafted.faults] == ["年度", "来源事项"]
    assert drafted.created == 0


def test_an_answer_that_a_later_step_cleared_is_in_the_export(town: dict[str, Office]) -> None:
    """A revision clears the conclusion of the review before it; the row still says what the review came to."""
    rules = find_kind("rules.internalrule")
    row = {
        "编号": "制度1", "单位": "中河街道", "制定日期": date(2020, 5, 12), "事由": "用车管理", "制度类别": "三公经费和财务",
        "责任科室": "综合办", "主要内容": "登记→登记和审批", "审议通过的会议": "第10次会议→第18次会议", "施行日期": "2020-06-01→2023-10-01",
        "修订日期": date(2023, 9, 12), "修订理由": "细化", "评估日期": date(2022, 5, 10), "评估情况": "适用", "评估结论": "应当修订",
    }  # fmt: skip
    drafted = judged(ledger_of(row), kind="rules.internalrule")
    assert drafted.faults == []
    drafted.write()
    told = table(writing.export(rules, OPERATOR, reveal=True))[0]
    assert told["评估结论"] == "应当修订"
    assert told["主要内容"] == "登记→登记和审批"
