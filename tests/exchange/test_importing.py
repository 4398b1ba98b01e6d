"""Ledgers as clerks keep them come in right; the same file twice changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from hefa.exchange.importing import draft
from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import Actor, Office, Person, Post
from hefa.kernel.proof import verify

from .ledgers import DISPUTE, HEADERS, ID_NO, TODAY, bytes_of, file_with, judged, record, sheet_of

Change = Callable[[Worksheet], object]


def bring_in(data: bytes, **options: Any) -> list[Matter]:
    """Import, and give back what is on record, in order."""
    drafted = judged(data, **options)
    assert drafted.faults == []
    drafted.write()
    return list(Matter.objects.order_by("id"))


def put(**cells: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return change


def test_a_life_comes_in_with_its_true_days(town: dict[str, Office]) -> None:
    matter, _ = bring_in(file_with())
    case = matter.case
    assert matter.number == DISPUTE["编号"]
    assert matter.office == town["feihong"]
    assert [(step, day) for step, day, *_ in matter.trail] == [
        ("accept", "2023-05-06"), ("sit", "2023-05-08"), ("sit", "2023-05-09"), ("agree", "2023-05-09"),
        ("perform", "2023-05-30"),
    ]  # fmt: skip
    assert (case.type, case.amount, case.performance, case.terms) == ("01", 3000, "in_time", "赔偿三千元。")
    assert [party["name"] for party in matter.parties] == ["甄一", "甄二"]
    assert matter.parties[0]["id_no"] == ID_NO
    sittings = Entry.objects.filter(matter=matter, step="sit").order_by("id")
    records = [entry.envelope.open()["answers"]["record"] for entry in sittings]
    assert records == ["查看现场。", "达成一致。"]
    assert {entry.via for entry in matter.entries.all()} == {"import"}
    assert verify().ok


def test_same_file_twice_changes_nothing(town: dict[str, Office]) -> None:
    bring_in(file_with())
    before, head = record(), Entry.objects.order_by("-id").values_list("seal").first()
    drafted = judged(file_with())
    assert (drafted.rows, drafted.created, drafted.unchanged, drafted.faults) == (2, 0, 2, [])
    assert drafted.write() == (0, 2, 0, None)
    assert record() == before
    assert Entry.objects.order_by("-id").values_list("seal").first() == head


def test_same_rows_without_numbers_twice(town: dict[str, Office]) -> None:
    data = file_with(put(A2=None, A3=None, D3="另一件事"))
    first = bring_in(data)
    assert [matter.number for matter in first] == ["（2023）飞虹人调字第1号", "（2023）飞虹人调字第2号"]
    drafted = judged(data)
    assert (drafted.created, drafted.unchanged) == (0, 2)


def test_same_file_after_more_was_added(town: dict[str, Office]) -> None:
    bring_in(file_with(count=2))
    drafted = judged(file_with(count=3))
    assert (drafted.created, drafted.unchanged) == (1, 2)
    drafted.write()
    assert Matter.objects.count() == 3


def test_imported_matter_goes_on_at_the_desk_and_the_file_still_changes_nothing(town: dict[str, Office]) -> None:
    matter, _ = bring_in(file_with())
    act(matter, "follow_up", actor=Actor.operator(), day=date(2023, 6, 5), answers={"situation": "满意。"})
    before = record()
    assert judged(file_with()).write() == (0, 2, 0, None)
    assert record() == before


def test_skip_bad_writes_the_rest_and_sets_the_bad_aside(town: dict[str, Office]) -> None:
    drafted = judged(file_with(put(E3="邻居吵架"), count=3))
    assert (drafted.rows, drafted.created, drafted.rejected) == (3, 2, 1)
    written = drafted.write(skip_bad=True)
    assert (written.created, written.unchanged, written.rejected) == (2, 0, 1)
    assert record()[0] == 2
    assert written.rejects is not None
    sheet = openpyxl.load_workbook(io.BytesIO(written.rejects)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0] == (*HEADERS, "问题")
    assert rows[1][4] == "邻居吵架"
    assert rows[1][2] == datetime(2023, 5, 6)
    assert str(rows[1][-1]).startswith("纠纷类型（E3）：“邻居吵架”不在可选范围")
    sheet["E2"] = "邻里纠纷"
    mended = judged(bytes_of(sheet))
    assert (mended.created, mended.faults, mended.warnings) == (1, [], [])
    mended.write()
    assert record()[0] == 3


def test_record_that_changes_between_judging_and_writing(town: dict[str, Office]) -> None:
    drafted, other = judged(file_with(count=3)), judged(file_with(put(D3="抢先登记的事由")))
    other.write()
    before = record()
    with pytest.raises(Refused, match="没有写入任何内容"):
        drafted.write()
    assert record() == before
    assert verify().ok


def test_columns_in_any_order_under_a_merged_title(town: dict[str, Office]) -> None:
    headers = [*reversed(HEADERS)]
    sheet = sheet_of(2, headers)
    sheet.insert_rows(1, 2)
    sheet["A1"] = "2023年矛盾纠纷台账"
    sheet.merge_cells("A1:J1")
    sheet["A2"] = "填报单位：飞虹社区"
    assert len(bring_in(bytes_of(sheet))) == 2


def test_blank_rows_totals_footers_and_serial_numbers(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_cols(1)
        sheet["A1"] = "序号"
        sheet.insert_rows(3, 2)
        for text in ("合计", "本页小计", "总计：6件", "合计1,476起", "填表人：甄一", "备注：以上数据截至年底"):
            sheet.append([text, None, None, 2])

    drafted = judged(file_with(change))
    assert (drafted.rows, drafted.created, drafted.faults, drafted.warnings) == (2, 2, [], [])


def test_header_printed_again_is_no_row(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(3)
        for place, header in enumerate(HEADERS, start=1):
            sheet.cell(3, place, header)

    drafted = judged(file_with(change))
    assert (drafted.rows, drafted.faults) == (2, [])


def test_header_of_two_storeys(town: dict[str, Office]) -> None:
    sheet = sheet_of()
    sheet.insert_rows(2)
    for place, header in enumerate(HEADERS, start=1):
        if header not in ("申请人", "申请人证件号码", "申请人电话"):
            sheet.merge_cells(start_row=1, end_row=2, start_column=place, end_column=place)
    sheet["G1"], sheet["H1"], sheet["I1"] = "申请人", None, None
    sheet["G2"], sheet["H2"], sheet["I2"] = "姓名", "证件号码", "电话"
    sheet.merge_cells("G1:I1")
    matter, _ = bring_in(bytes_of(sheet))
    assert matter.parties[0] | {"phone": ""} == {"side": "applicant", "name": "甄一", "id_no": ID_NO, "phone": "",
                                                 "address": ""}  # fmt: skip


def test_cells_merged_downwards_count_for_each_row(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B3"] = None
        sheet.merge_cells("B2:B3")

    assert {matter.office.short for matter in bring_in(file_with(change))} == {"飞虹"}


def test_sheets_of_months_and_sheets_that_are_none(town: dict[str, Office]) -> None:
    sheet = sheet_of(1)
    book = sheet.parent
    assert book is not None
    second = book.create_sheet("六月")
    second.append(HEADERS)
    second.append([(DISPUTE | {"编号": "（2023）飞虹人调字第9号"})[header] for header in HEADERS])
    book.create_sheet("说明")["A1"] = "本台账由社区填写"
    book.create_sheet("草稿").append(HEADERS)
    book["草稿"].sheet_state = "hidden"
    drafted = judged(bytes_of(sheet))
    assert (drafted.rows, drafted.created) == (2, 2)
    assert any("“说明”里没有找到表头" in warning for warning in drafted.warnings)
    assert any("“草稿”是隐藏的" in warning for warning in drafted.warnings)


def test_number_in_two_sheets(town: dict[str, Office]) -> None:
    sheet = sheet_of(1)
    assert sheet.parent is not None
    sheet.parent.copy_worksheet(sheet).title = "副本"
    (fault,) = judged(bytes_of(sheet)).faults
    assert (fault.sheet, fault.column, fault.row) == ("副本", "A", 2)
    assert "工作表“台账”第 2 行" in fault.message


def test_ledger_that_does_not_begin_in_the_corner(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)
        sheet["G6"] = "邻居吵架"

    (fault,) = judged(file_with(change)).faults
    assert (fault.column, fault.row) == ("G", 6)


def test_hidden_rows_come_in_and_are_told(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    drafted = judged(file_with(change))
    assert drafted.created == 2
    assert any("第 3 行是隐藏的" in warning for warning in drafted.warnings)


def test_amounts_days_and_names_as_people_write_them(town: dict[str, Office]) -> None:
    change = put(M2="1.2万", C2="2023年5月6日", G2="甄　一；甄 三", H2=f"{ID_NO}；无", I2=None, B2="飞 虹 社区", M3="￥12,000.50元",
                 C3="２０２３．５．６", N3="√", L3="3人", B3=330212005003)  # fmt: skip
    first, second = bring_in(file_with(change))
    assert (first.case.amount, second.case.amount) == (12_000, 12_000.5)
    assert [party["name"] for party in first.parties] == ["甄一", "甄三", "甄二"]
    assert [party["id_no"] for party in first.parties] == [ID_NO, "", ""]
    assert first.office == second.office == town["feihong"]
    assert (second.case.is_typical, second.case.people) == (True, 3)


def test_unit_in_the_header_multiplies_bare_numbers_only(town: dict[str, Office]) -> None:
    first, second = bring_in(file_with(put(M1="涉及金额（万元）", M2=1.5, M3="800元")))
    assert (first.case.amount, second.case.amount) == (15_000, 800)


def test_both_date_systems(town: dict[str, Office]) -> None:
    sheet = sheet_of(1)
    assert sheet.parent is not None
    sheet.parent.epoch = CALENDAR_MAC_1904
    sheet["T2"].number_format = "General"
    sheet["T2"] = 43_616  # 2023-06-01, counted from 1904
    sheet["T2"].number_format = "General"
    (matter,) = bring_in(bytes_of(sheet))
    assert matter.opened_on == date(2023, 5, 6)
    assert matter.case.perform_by == date(2023, 6, 1)


def test_days_as_bare_serial_numbers(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["T2"] = 45_078
        sheet["T2"].number_format = "General"

    assert bring_in(file_with(change))[0].case.perform_by == date(2023, 6, 1)


def test_formula_with_its_result(town: dict[str, Office]) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, HEADERS)
    for place, header in enumerate(HEADERS):
        value = DISPUTE[header]
        sheet.write(1, place, value.isoformat() if isinstance(value, date) else value)
    sheet.write_formula(1, HEADERS.index("涉及金额（元）"), "=1000*3", None, 3000)
    book.close()
    (matter,) = bring_in(out.getvalue())
    assert matter.case.amount == 3000


@pytest.mark.parametrize("text", ["😀🏠", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "<script>alert(1)</script>",
                                  "'; DROP TABLE kernel_entry; --", "{{ 7*7 }}", "甄\u202e一", "a\tb"])  # fmt: skip
def test_strange_text_stays_text(town: dict[str, Office], text: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D2"] = text
        sheet["D2"].data_type = "s"

    matter = bring_in(file_with(change))[0]
    assert matter.title == text.replace("\u202e", "")
    assert verify().ok


def test_office_of_the_import_serves_rows_that_name_none(town: dict[str, Office]) -> None:
    data = file_with(lambda sheet: sheet.delete_cols(2))
    assert judged(data).has_layout_faults
    assert {matter.office for matter in bring_in(data, office=town["caihong"])} == {town["caihong"]}


def test_mapping_by_hand(town: dict[str, Office]) -> None:
    data = file_with(put(C1="哪天来的", V1="怎么样了"))
    assert not judged(data).ok
    mapping = {"哪天来的": "受理日期", "怎么样了": "履行情况"}
    assert len(bring_in(data, mapping=mapping)) == 2


def test_person_known_by_name(town: dict[str, Office]) -> None:
    far, near = (Person.objects.create(username=name, name="甄员") for name in ("far", "near"))
    for person, office in ((far, town["caihong"]), (near, town["feihong"])):
        Post.objects.create(person=person, office=office, role="community_mediator", from_on=date(2020, 1, 1))
    matter, _ = bring_in(file_with(put(W2="甄 员")))
    assert matter.handler == near


def test_person_unknown_is_left_out_and_told(town: dict[str, Office]) -> None:
    drafted = judged(file_with(put(W2="甄未知", W3="甄未知")))
    assert drafted.ok
    assert drafted.warnings == [
        "“承办人”：没有名为“甄未知”的工作人员（2 处）。这些地方先不填，可以在登记人员以后到事项页面更正"
    ]


def test_matter_referred_to_by_number(town: dict[str, Office]) -> None:
    first, _ = bring_in(file_with())
    later = DISPUTE | {"编号": "（2023）飞虹人调字第8号", "来源事项": first.number}
    sheet = sheet_of(0)
    sheet.append([later[header] for header in HEADERS])
    assert bring_in(bytes_of(sheet))[-1].arises_from == first


def test_days_that_tie_are_put_in_an_order_that_can_be(town: dict[str, Office]) -> None:
    """Referred and given back on one day, with a sitting of the same day: only one order is possible."""
    sheet = sheet_of(0, [*HEADERS, "移送日期", "协办单位", "移送理由", "退回续调日期", "退回续调理由"])
    day = date(2023, 5, 8)
    row = DISPUTE | {"调解日期": "2023-05-08、2023-05-09"}
    sheet.append([*(row[header] for header in HEADERS), day, "中河派出所", "涉嫌违法", day, "不属其管辖"])
    (matter,) = bring_in(bytes_of(sheet))
    assert [step for step, *_ in matter.trail] == ["accept", "sit", "refer", "take_back", "sit", "agree", "perform"]


def test_escalation_moves_the_matter_to_the_street(town: dict[str, Office]) -> None:
    sheet = sheet_of(0, [*HEADERS, "报街道调委会日期", "报街道调委会单位", "报街道调委会理由"])
    sheet.append([*(DISPUTE[header] for header in HEADERS), date(2023, 5, 9), "中河街道", "疑难"])
    (matter,) = bring_in(bytes_of(sheet))
    assert matter.office == town["street"]
    entries = dict(Entry.objects.values_list("step", "office__short"))
    assert (entries["accept"], entries["agree"]) == ("飞虹", "中河")


def test_values_that_changed_from_step_to_step(town: dict[str, Office]) -> None:
    headers = ["编号", "单位", "设立日期", "主任", "委员人数", "女委员人数", "换届日期"]
    sheet = sheet_of(0, headers)
    sheet.append(
        ["飞虹调委会〔2018〕1号", "飞虹", date(2018, 6, 20), "甄一→甄二→甄三", "5→5→7", 2, "2021-06-16、2024-02-01"]
    )
    (matter,) = bring_in(bytes_of(sheet), kind="mediation.committee")
    said = [(entry.answers["chair"], entry.answers["members"]) for entry in matter.entries.order_by("id")]
    assert said == [("甄一", 5), ("甄二", 5), ("甄三", 7)]
    sheet["D2"], sheet["E2"], sheet["A2"] = "甄一→甄二→甄三", "5→7", "2"
    (fault,) = judged(bytes_of(sheet), kind="mediation.committee").faults
    assert (fault.column, fault.row) == ("E", 2)
    assert "应有 3 个" in fault.message


def test_no_query_in_a_loop(town: dict[str, Office], django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        judged(file_with(count=300))


def test_progress_is_told(town: dict[str, Office]) -> None:
    told: list[tuple[int, int]] = []
    kind = find_kind("mediation.dispute")
    data = file_with(count=450)
    drafted = draft(kind, data, Actor.operator(), today=TODAY, progress=lambda *at: told.append(at))
    assert told[-1] == (450, 450)
    told.clear()
    drafted.write(lambda *at: told.append(at))
    assert told[-1] == (450, 450)
    assert len(told) > 1


def test_file_with_a_header_only(town: dict[str, Office]) -> None:
    drafted = judged(file_with(count=0))
    assert drafted.warnings == ["台账里只有表头，没有内容"]
    assert drafted.write() == (0, 0, 0, None)
