"""Damaged ledgers: each fault is named at its cell, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from hefa.exchange.judging import CellFault
from hefa.kernel.act import open_matter
from hefa.kernel.answers import Refused
from hefa.kernel.people import Actor, Office

from .ledgers import DISPUTE, HEADERS, ID_NO, bytes_of, file_with, judged, record, sheet_of

Change = Callable[[Worksheet], object]


@dataclass(frozen=True)
class Damage:
    """What is done to the ledger, where the fault must be told (cell or row), and a word that it must say."""

    name: str
    change: Change
    at: str
    says: str


def put(**cells: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return change


def drop(header: str) -> Change:
    return lambda sheet: sheet.delete_cols(HEADERS.index(header) + 1)


def rename(header: str, to: str) -> Change:
    return lambda sheet: sheet.cell(1, HEADERS.index(header) + 1, to)


CELLS = [
    Damage("no such day", put(C3="2023-02-30"), "C3", "没有这一天"),
    Damage("no such month", put(T3="2023-13-01"), "T3", "没有这一天"),
    Damage("day to come", put(C3=date(2024, 3, 2)), "C3", "还没有到"),
    Damage("one of several days to come", put(O3="2023-05-08、2099-05-09"), "O3", "还没有到"),
    Damage("day in words", put(C3="去年春天"), "C3", "不是日期"),
    Damage("day without year", put(C3="5月6日"), "C3", "没有写年份"),
    Damage("day of four digits", put(C3="0506"), "C3", "没有写年份"),
    Damage("day with a short year", put(C3="23.5.6"), "C3", "只写了两位"),
    Damage("month only", put(C3="2023年5月"), "C3", "没有写到日"),
    Damage("year of the wrong century", put(C3="0203-05-06"), "C3", "年份不合理"),
    Damage("time for a day", put(C3=time(9, 30)), "C3", "不是日期"),
    Damage("truth value for a day", put(C3=True), "C3", "不是日期"),
    Damage("small number for a day", put(C3=5), "C3", "不是日期"),
    Damage("one bad day of several", put(O3="2023-05-08、2023-05-99"), "O3", "没有这一天"),
    Damage("agreement before acceptance", put(Q3=date(2023, 5, 1)), "Q3", "早于"),
    Damage("sitting after the agreement", put(O3="2023-05-08、2023-05-20"), "O3", "调解中"),
    Damage("agreement without a sitting", put(O3=None, P3=None), "Q3", "还没有调解记录"),
    Damage("accepted and declined", put(Y3=date(2023, 5, 6), Z3="已起诉"), "Y3", "只能填一个"),
    Damage("terms without their day", put(Q3=None, R3=None, T3=None, U3=None, V3=None), "S3", "却没有填"),
    Damage("agreement without its facts", put(R3=None), "R3", "请填写"),
    Damage("performed, but how", put(V3=None), "V3", "请填写"),
    Damage("two days, one record", put(P3="达成一致。"), "P3", "2 段"),
    Damage("no acceptance day", put(C3=None), "C3", "请填写"),
    Damage("no title", put(D3=None), "D3", "请填写"),
    Damage("title of blanks", put(D3=" 　\u200b"), "D3", "请填写"),
    Damage("title too long", put(D3="渗水" * 150), "D3", "太长"),
    Damage("no other side", put(J3=None), "C3", "双方"),
    Damage("nobody at all", put(G3=None, H3=None, I3=None, J3=None), "G3", "请填写"),
    Damage("number of nobody", put(G3=None, I3=None), "H3", "却没有填"),
    Damage("two names, one number", put(G3="甄一、甄三", I3=None), "H3", "2 位"),
    Damage("a name left out", put(G3="甄一、", H3=None, I3=None), "G3", "没有姓名"),
    Damage("identity number too short", put(H3=ID_NO[:17]), "H3", "17 位"),
    Damage("identity number miscopied", put(H3=ID_NO[:17] + "1"), "H3", "校验位"),
    Damage("identity number of an impossible birthday", put(H3="99000019801301001X"), "H3", "不是有效日期"),
    Damage("identity number kept as a number", put(H3=int(ID_NO)), "H3", "存成了数字"),
    Damage("telephone too short", put(I3="199000000"), "I3", "电话"),
    Damage("telephone that lost its zero", put(I3=57488880000), "I3", "电话"),
    Damage("second telephone wrong", put(G3="甄一、甄三", H3=None, I3="19900000001、199000"), "I3", "第 2 个"),
    Damage("negative amount", put(M3=-5), "M3", "负数"),
    Damage("amount in words", put(M3="约五千"), "M3", "不是数"),
    Damage("infinite amount", put(M3="Infinity"), "M3", "不是数"),
    Damage("more people than there are", put(L3=10**10), "L3", "太大"),
    Damage("happened in time to come", put(AA1="发生日期", AA3=date(2098, 6, 1)), "AA3", "晚于"),
    Damage("happened after it was accepted", put(AA1="发生日期", AA3=date(2023, 5, 7)), "AA3", "晚于“受理”的日期"),
    Damage("part of a person", put(L3=2.5), "L3", "整数"),
    Damage("number in words", put(L3="三人左右"), "L3", "不是数"),
    Damage("neither yes nor no", put(N3="可能"), "N3", "“是”或“否”"),
    Damage("unknown office", put(B3="火星社区"), "B3", "没有名为"),
    Damage("office misspelt", put(B3="飞红社区居委会"), "B3", "是不是“飞虹社区居委会”"),
    Damage("office of two meanings", put(B3="东格"), "B3", "东一网格、西一网格"),
    Damage("no office", put(B3=None), "B3", "请填写"),
    Damage("unknown type", put(E3="邻居吵架"), "E3", "不在可选范围"),
    Damage("type nearly right", put(E3="邻里纠份"), "E3", "是不是“邻里纠纷”"),
    Damage("choice of another column", put(V3="书面"), "V3", "不在可选范围"),
    Damage("formula never calculated", put(C3="=TODAY()-400"), "C3", "公式"),
    Damage("number twice", put(A3=DISPUTE["编号"]), "A3", "与第 2 行相同"),
    Damage("unknown matter referred to", put(X3="（2021）飞虹人调字第9号"), "X3", "没有编号为"),
    Damage("header of a needed column gone", drop("事由"), "1", "缺少“事由”"),
    Damage("header of the office gone", drop("单位"), "1", "缺少“单位”"),
    Damage("header misspelt beyond use", rename("纠纷类型", "类别划分"), "1", "缺少“纠纷类型”"),
    Damage("one column twice", rename("协议内容", "事由"), "S1", "同一列"),
]


@pytest.mark.parametrize("damage", CELLS, ids=lambda damage: damage.name)
def test_fault_stands_at_its_cell_and_nothing_is_written(town: dict[str, Office], damage: Damage) -> None:
    drafted = judged(file_with(damage.change))
    told = [(f"{fault.column}{fault.row}", fault.message) for fault in drafted.faults]
    assert [at for at, _ in told] == [damage.at], told
    assert damage.says in told[0][1]
    assert drafted.faults[0].sheet == "台账"
    with pytest.raises(Refused):
        drafted.write()
    assert record() == (0, 0)


def test_error_cell_is_named(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["M3"] = "#REF!"
        sheet["M3"].data_type = "e"

    (fault,) = judged(file_with(change)).faults
    assert (fault.column, fault.row) == ("M", 3)
    assert "#REF!" in fault.message


def test_fault_repeats_what_stands_in_the_cell_and_what_belongs_there(town: dict[str, Office]) -> None:
    (fault,) = judged(file_with(put(E3="邻居吵架"))).faults
    assert fault.value == "邻居吵架"
    assert fault.header == "纠纷类型"
    assert "邻里纠纷、房屋宅基地纠纷" in fault.expected
    assert str(fault).startswith("工作表“台账” E3（纠纷类型）：")
    assert str(fault).endswith(f"应填：{fault.expected}")


def test_a_refused_step_does_not_ask_for_another_date(town: dict[str, Office]) -> None:
    """What is wrong with a step as a whole is not how its date is written."""
    fault = CellFault("台账", 3, "S", "提交会议日期", "2023-01-30", "没有合法性审查意见，不能提交会议", "")
    assert str(fault).endswith("（提交会议日期）：没有合法性审查意见，不能提交会议")
    (told,) = judged(file_with(put(O3=None, P3=None))).faults
    assert told.message and told.expected == "" and "应填" not in str(told)


def test_every_bad_cell_is_told_not_only_the_first(town: dict[str, Office]) -> None:
    faults = judged(file_with(put(C2="某日", H2="1", M3="很多", B3="火星"))).faults
    assert [f"{fault.column}{fault.row}" for fault in faults] == ["C2", "H2", "B3", "M3"]


def test_header_of_the_opening_day_gone(town: dict[str, Office]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_cols(25, 2)
        sheet.delete_cols(3)

    (fault,) = judged(file_with(change)).faults
    assert (fault.column, fault.row, fault.header) == ("", 1, "受理日期")
    assert "缺少“受理日期”这一列" in fault.message


def test_two_rows_without_numbers_that_say_the_same(town: dict[str, Office]) -> None:
    (fault,) = judged(file_with(put(A2=None, A3=None))).faults
    assert fault.row == 3
    assert "与第 2 行完全相同" in fault.message


def test_sheet_of_another_kind(town: dict[str, Office]) -> None:
    drafted = judged(file_with(), kind="enforcement.officer")
    assert drafted.has_layout_faults
    assert drafted.faults


def test_sheet_without_any_header(town: dict[str, Office]) -> None:
    drafted = judged(file_with(lambda sheet: sheet.delete_rows(1)))
    assert "没有找到“矛盾纠纷”台账的表头" in drafted.faults[0].message
    with pytest.raises(Refused):
        drafted.write(skip_bad=True)
    assert record() == (0, 0)


def test_number_on_record_with_other_content_asks_for_a_correction(town: dict[str, Office]) -> None:
    judged(file_with()).write()
    before = record()
    drafted = judged(file_with(put(D3="改了的事由")))
    (fault,) = drafted.faults
    assert (fault.column, fault.row) == ("A", 3)
    assert "更正" in fault.message
    assert record() == before


def test_number_of_a_matter_that_was_never_imported(town: dict[str, Office]) -> None:
    people = [{"side": "applicant", "name": "甄一"}, {"side": "respondent", "name": "甄二"}]
    answers = {"title": "渗水", "type": "01", "source": "application", "parties": people, "summary": "渗水"}
    matter = open_matter("mediation.dispute", actor=Actor.operator(), office=town["feihong"], day=date(2023, 5, 6),
                         answers=answers)  # fmt: skip
    (fault,) = judged(file_with(put(A3=matter.number, A2=None))).faults
    assert (fault.column, fault.row) == ("A", 3)
    assert "不是由台账导入的" in fault.message


def test_index_number_that_may_stand_once_only(town: dict[str, Office]) -> None:
    headers = ["编号", "单位", "形成信息日期", "事由", "组配分类", "主题分类", "体裁分类", "索引号", "公开审查日期",
               "公开审查审查意见", "发布日期"]  # fmt: skip
    sheet = sheet_of(0, headers)
    for n in (1, 2):
        sheet.append([f"中河主动公开〔2023〕{n}号", "中河街道", date(2023, 3, 1), f"公告{n}", "政府建设", "政务公开", "公告",
                      "79954841-2/2023-5", date(2023, 3, 2), "可以公开", date(2023, 3, 3)])  # fmt: skip
    (fault,) = judged(bytes_of(sheet), kind="disclosure.publication").faults
    assert (fault.column, fault.row) == ("H", 3)
    assert "与第 2 行相同" in fault.message


def test_someone_without_the_right_is_told_at_the_office(town: dict[str, Office]) -> None:
    from hefa.exchange.importing import draft
    from hefa.kernel.matter import find_kind

    nobody = Actor(None, "甄无", ())
    drafted = draft(find_kind("mediation.dispute"), file_with(), nobody, name="台账.xlsx")
    assert {(fault.column, fault.row) for fault in drafted.faults} == {("B", 2), ("B", 3)}
    assert "权限" in drafted.faults[0].message
