"""Tables: every cell is its rows, the printed identities hold on any history, and a slip is told in a sentence."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from contextlib import nullcontext
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from hefa.kernel.act import act, open_matter
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, figures, find_figure, rows_digest
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Office
from hefa.matters.disclosure.models import Request
from hefa.matters.disclosure.replies import REPLIES, ROWS
from hefa.report.tables import shelf
from hefa.report.tables.asking import Counted, entries_of
from hefa.report.tables.filling import Filled, fill
from hefa.report.tables.lines import BadTable
from hefa.report.tables.reading import from_data, from_json

from . import histories

pytestmark = pytest.mark.django_db
YEARS = (2021, 2022, 2023)
SEEDS = (1, 20260302)


@pytest.fixture
def town() -> histories.Town:
    return histories.Town()


def built_in(name: str, office: Office, year: int, sources: bool = False) -> Filled:
    return shelf.find_table(name, Actor.operator()).fill(office, Period.year(year), sources=sources)


def failures(filled: Filled) -> list[str]:
    return [f"{check.label} {case.at} {case.arithmetic}" for check in filled.checks for case in check.failed]


def number(filled: Filled, row: str, column: str) -> Any:
    return filled.cells[row, column].value


def assert_cells_are_their_rows(filled: Filled, office: Office, year: int) -> None:
    """Of every cell: its rows when opened are as many, and the very ones, that it counted."""
    for place, cell in filled.cells.items():
        entries = entries_of(cell.ask, Period.year(year), office) if cell.ask else None
        if entries is None or not isinstance(cell.ask, Counted):
            continue
        seals = list(entries.values_list("seal", flat=True))
        assert len(seals) == cell.rows, place
        assert rows_digest(seals) == cell.digest, place
        if not cell.ask.total_of:
            assert cell.value in (len(seals), None) and (cell.value is not None or not seals)


# The statutory tables on generated histories.


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mediation_table_adds_up_and_is_its_rows(town: histories.Town, seed: int) -> None:
    count = histories.play("mediation.dispute", histories.dispute, town, seed, 140)
    assert count > 70
    for year in YEARS:
        filled = built_in("mediation", town.street, year, sources=True)
        assert failures(filled) == []
        assert all(check.holds for check in filled.checks)
        for name in ("accepted", "agreed", "confirmed"):
            wanted = find_figure(f"mediation.{name}").result(Period.year(year), town.street)
            cell = filled.cells["total", name]
            assert (cell.value, cell.digest) == (wanted.value or 0, wanted.digest)
        for one in town.communities:
            wanted = find_figure("mediation.accepted").result(Period.year(year), one)
            assert number(filled, f"office.{one.code}", "accepted") == (wanted.value or 0)
    assert_cells_are_their_rows(filled, town.street, YEARS[-1])


def test_a_co_op_is_not_lost_between_the_rows(town: histories.Town) -> None:
    clerk = Actor.operator()
    answers = {"title": "纠纷", "type": "00", "source": "court", "summary": "经过", "parties": histories.PARTIES}
    open_matter("mediation.dispute", actor=clerk, office=town.grid, day=date(2023, 3, 1), answers=answers)
    filled = built_in("mediation", town.street, 2023)
    assert [row.label for row in filled.rows] == [
        "中河街道本级", "第1社区居委会", "第2社区居委会", "第3社区居委会", "合计",
    ]  # fmt: skip
    assert number(filled, "office.C1", "accepted") == 1 and number(filled, "office.C1", "level.other") == 1
    open_matter("mediation.dispute", actor=clerk, office=town.coop, day=date(2023, 3, 2), answers=answers)
    filled = built_in("mediation", town.street, 2023)
    assert [row.label for row in filled.rows][-2:] == ["其他下属单位", "合计"]
    assert number(filled, "office.rest", "handed.court") == 1 and failures(filled) == []
    alone = built_in("mediation", town.communities[0], 2023)
    assert [row.label for row in alone.rows] == ["第1社区居委会", "合计"] and number(alone, "total", "accepted") == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_disclosure_tables_add_up_and_are_their_rows(town: histories.Town, seed: int) -> None:
    count = histories.play("disclosure.request", histories.request, town, seed, 130)
    assert count > 90
    before = None
    for year in YEARS:
        three, four = (built_in(f"disclosure-{n}", town.street, year, sources=True) for n in (3, 4))
        assert failures(three) == failures(four) == []
        columns = [slot.key for slot in three.columns]
        for column in columns:
            assert number(three, "1", column) + number(three, "2", column) == (
                number(three, "3.7", column) + number(three, "4", column)
            )
            if before is not None:
                assert number(three, "2", column) == number(before, "4", column)
        before = three
    assert_cells_are_their_rows(three, town.street, YEARS[-1])
    assert_cells_are_their_rows(four, town.street, YEARS[-1])


def contested(year: int) -> dict[str, int]:
    """Table four as one would count it by hand, going through the histories of all requests."""
    counted: Counter[str] = Counter()
    for matter in Matter.objects.filter(kind="disclosure.request"):
        case: Any = matter.case
        group = open_as = ""
        reviewed = False
        for step, day, *_ in matter.trail:
            if int(day[:4]) > year:
                break
            if step == "reconsider":
                reviewed, group = True, "review"
            elif step == "sue":
                group = "after" if reviewed else "direct"
            if step in ("reconsider", "sue"):
                open_as = group
            elif step in ("conclude_reconsideration", "conclude_suit"):
                open_as = ""
                end = case.reconsideration if step == "conclude_reconsideration" else case.suit
                counted[f"{group}.{end}"] += int(day[:4]) == year
        counted[f"{open_as}.open"] += bool(open_as)
    return counted


@pytest.mark.parametrize("seed", SEEDS)
def test_suits_and_reviews_are_as_many_as_the_histories_say(town: histories.Town, seed: int) -> None:
    histories.play("disclosure.request", histories.request, town, seed, 200)
    seen = 0
    for year in YEARS:
        filled, by_hand = built_in("disclosure-4", town.street, year), contested(year)
        for group in ("review", "direct", "after"):
            for end in ("upheld", "corrected", "other", "open"):
                assert number(filled, "year", f"{group}.{end}") == by_hand[f"{group}.{end}"], (year, group, end)
                seen += by_hand[f"{group}.{end}"]
    assert seen > 60


def test_each_reply_is_counted_in_the_row_that_its_kind_says(town: histories.Town) -> None:
    definition = shelf._built_in("disclosure-3")
    rows = {row.key: row for row in definition.rows if not row.hidden}
    assert list(rows) == list(ROWS)
    said = {code: row.key for row in rows.values() for code in row.where.get("reply", ())}
    assert said == {code: reply.row for code, reply in REPLIES.items()}
    histories.play("disclosure.request", histories.request, town, 7, 60)
    filled = {year: built_in("disclosure-3", town.street, year) for year in YEARS}
    for case in Request.objects.select_related("matter").exclude(reply=""):
        if not case.row:
            continue
        closed = case.matter.entries.filter(step__in=("reply", "abandon", "lapse", "withdraw")).earliest("id").day
        column = case.column if case.column == "natural" else f"legal_person.{case.column}"
        assert number(filled[closed.year], case.row, column) >= 1


@pytest.mark.parametrize(("year", "asked"), [(2023, False), (2024, True)])
def test_suits_over_refusals_without_review_are_looked_for_since_2024(
    town: histories.Town, year: int, asked: bool
) -> None:
    life = [
        ("receive", date(year, 1, 5), {"title": "申请", "channel": "当面", "wanted": "材料", "applicant_type": "natural",
                                       "parties": [{"side": "applicant", "name": "丙某"}]}),
        ("draft", date(year, 1, 6), {"reply": "DENY_INTERNAL", "grounds": "内部"}),
        ("reply", date(year, 1, 7), {}), ("deliver", date(year, 1, 8), {"served_by": "邮寄"}),
    ]  # fmt: skip
    histories.play_many(Request, [histories._rehearsed(Request, town.street, life)])
    suit = {"actor": Actor.operator(), "day": date(year, 3, 1), "answers": {}}
    with pytest.raises(Refused) if asked else nullcontext():
        act(Matter.objects.get(), "sue", **suit)  # type: ignore[arg-type]
    filled = built_in("disclosure-4", town.street, year)
    assert failures(filled) == []
    assert any("先申请复议" in check.label for check in filled.checks) == asked


def test_the_target_table_says_what_is_missing(town: histories.Town) -> None:
    clerk, day = Actor.operator(), date(2023, 1, 10)
    answers = {"watches": "mediation.success_rate", "scheme": "考核", "year": 2023, "value": "60"}
    target = open_matter("planning.target", actor=clerk, office=town.street, day=day, answers=answers)
    for n in range(10):
        told = {"title": "纠纷", "type": "00", "source": "court", "summary": "经过", "parties": histories.PARTIES}
        one = open_matter("mediation.dispute", actor=clerk, office=town.street, day=day, answers=told)
        if n < 3:
            act(one, "agree_orally", actor=clerk, day=day + timedelta(days=n), answers={"terms": "付清"})
        else:
            act(one, "terminate", actor=clerk, day=day + timedelta(days=3), answers={"ground": "hopeless"})
    filled = built_in("targets", town.street, 2023)
    row = str(target.pk)
    assert [number(filled, row, name) for name in ("wanted", "now", "gap", "needed", "expected")] == [
        60, Decimal("30.00"), 30, 3, Decimal("30.00"),
    ]  # fmt: skip
    assert filled.cells[row, "gap"].text == "30个百分点" and filled.cells[row, "reaches"].text == "达不到"
    ask = filled.cells[row, "now"].ask
    assert ask and entries_of(ask, Period.year(2023), town.street).count() == 3  # type: ignore[union-attr]


# Any table.


def simple(**changes: Any) -> dict[str, Any]:
    table: dict[str, Any] = {
        "title": "一张表", "figure": "mediation.accepted",
        "rows": [{"key": "t", "each": "type"}, {"key": "total", "label": "合计"}],
        "columns": [{"key": "all", "label": "件数"}],
    }  # fmt: skip
    return table | copy.deepcopy(changes)


def test_a_description_of_any_shape_is_its_rows(town: histories.Town) -> None:
    histories.play("mediation.dispute", histories.dispute, town, 3, 90)
    chance = random.Random(5)
    counted = ["mediation.accepted", "mediation.agreed", "mediation.sittings", "mediation.pending"]
    wheres: list[dict[str, Any]] = [
        {}, {"type": ["00", "01", "02"]}, {"source__not": ["court"]}, {"people__gte": 5}, {"people__lt": 4},
        {"amount__gt": 100}, {"amount__not": 1200}, {"level": ["street", "coop"]}, {"opened": "period"},
        {"outcome": ""}, {"outcome__not": ""}, {"is_typical": False}, {"performance": "即时履行"},
    ]  # fmt: skip
    spreads: list[list[dict[str, Any]]] = [
        [{"key": "o", "each": "office", "levels": ["community"]}], [{"key": "y", "each": "year", "years": 3}],
        [{"key": "t", "each": "outcome"}], [{"key": "d", "each": "difficulty"}, {"key": "sum", "label": "和", "sum": ["d.*"]}],
    ]  # fmt: skip
    for _ in range(14):
        columns = [
            {"key": f"c{n}", "label": f"第{n}列", "figure": chance.choice(counted), "where": chance.choice(wheres)}
            for n in range(4)
        ]
        definition = from_data(simple(figure="", rows=chance.choice(spreads), columns=columns))
        office = chance.choice([town.street, town.communities[0]])
        year = chance.choice(YEARS)
        filled = fill(definition, office, Period.year(year), sources=True)
        assert_cells_are_their_rows(filled, office, year)
        grouped = fill(definition, office, Period.year(year))
        assert {place: cell.value for place, cell in grouped.cells.items()} == {
            place: cell.value for place, cell in filled.cells.items()
        }


def test_every_figure_stands_in_a_table_as_it_stands_alone(town: histories.Town) -> None:
    histories.play("mediation.dispute", histories.dispute, town, 11, 60)
    histories.play("disclosure.request", histories.request, town, 12, 40)
    names = list(figures())
    for begin in range(0, len(names), 100):
        columns = [{"key": name, "label": name, "figure": name} for name in names[begin : begin + 100]]
        table = simple(figure="", rows=[{"key": "all", "label": "全部"}], columns=columns)
        filled = fill(from_data(table), town.street, Period.year(2022), sources=True)
        for name in names[begin : begin + 100]:
            cell, alone = filled.cells["all", name], figures()[name].result(Period.year(2022), town.street)
            assert (cell.value, cell.text) == (alone.value, alone.text or "—"), name
            assert cell.digest == alone.digest, name


def test_a_table_asks_one_query_a_figure(town: histories.Town, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    histories.play("mediation.dispute", histories.dispute, town, 2, 20)
    with django_assert_max_num_queries(10):
        built_in("mediation", town.street, 2022)


def test_sums_shares_and_differences_of_totals(town: histories.Town) -> None:
    clerk, day = Actor.operator(), date(2023, 5, 1)
    told = {"title": "纠纷", "source": "court", "summary": "经过", "parties": histories.PARTIES}
    for kind, agreed in (("00", True), ("00", False), ("00", False), ("01", True)):
        one = open_matter("mediation.dispute", actor=clerk, office=town.street, day=day, answers=told | {"type": kind})
        if agreed:
            act(one, "agree_orally", actor=clerk, day=day, answers={"terms": "付清"})
    table = simple(
        figure="",
        rows=[
            {"key": "a", "label": "婚姻", "where": {"type": "00"}}, {"key": "b", "label": "邻里", "where": {"type": "01"}},
            {"key": "sum", "label": "合计", "sum": ["a", "b"]}, {"key": "diff", "label": "差", "sum": ["a", "-b"]},
            {"key": "part", "label": "占比", "share": ["a", "sum"]},
        ],
        columns=[
            {"key": "n", "label": "受理", "figure": "mediation.accepted"},
            {"key": "ok", "label": "成功", "figure": "mediation.agreed"},
            {"key": "rate", "label": "成功率", "share": ["ok", "n"]},
            {"key": "none", "label": "不适用", "blank": "没有这一项"},
        ],
    )  # fmt: skip
    filled = fill(from_data(table), town.street, Period.year(2023))
    shown = {row.key: [cell.text for _column, cell in cells] for row, cells in filled.lines()}
    assert shown == {
        "a": ["3", "1", "33.33%", "／"], "b": ["1", "1", "100.00%", "／"], "sum": ["4", "2", "50.00%", "／"],
        "diff": ["2", "0", "0.00%", "／"], "part": ["75.00%", "50.00%", "66.67%", "／"],
    }  # fmt: skip
    ask = filled.cells["sum", "ok"].ask
    assert ask and entries_of(ask, Period.year(2023), town.street).count() == 2  # type: ignore[union-attr]
    assert entries_of(filled.cells["diff", "n"].ask, Period.year(2023), town.street) is None  # type: ignore[arg-type]


def test_what_was_never_recorded_is_not_zero(town: histories.Town) -> None:
    filled = fill(from_data(simple()), town.street, Period.year(2023))
    assert number(filled, "total", "all") is None and filled.cells["total", "all"].text == "—"


def test_an_identity_that_fails_says_where_and_by_what(town: histories.Town) -> None:
    histories.play("mediation.dispute", histories.dispute, town, 4, 30)
    wrong = {"label": "婚姻等于合计", "axis": "rows", "left": ["t.00"], "right": ["total"]}
    filled = fill(from_data(simple(identities=[wrong])), town.street, Period.year(2022))
    (check,) = filled.checks
    n, total = number(filled, "t.00", "all"), number(filled, "total", "all")
    assert check.holds is False and not filled.is_sound
    assert check.failed[0].at == "件数" and check.failed[0].arithmetic == f"{n} ≠ {total}"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "请填写报表名称"),
        ({"title": 5}, "报表名称应是文字"),
        ({"title": "x" * 81}, "超过 80 个字"),
        ({"title": "a\x00b"}, "控制字符"),
        ({"colour": "red"}, "不认识的内容“colour”"),
        ({"rows": []}, "报表没有行"),
        ({"rows": "x"}, "行应是一个列表"),
        ({"rows": [5]}, "第 1 行应是一组"),
        ({"rows": [{"key": "a"}]}, "请填写第 1 行的名称"),
        ({"rows": [{"key": "a b", "label": "甲"}]}, "代号“a b”只能用"),
        ({"rows": [{"key": "a", "label": "甲"}, {"key": "a", "label": "乙"}]}, "第 2 行与前面的行同名"),
        ({"rows": [{"key": "a", "label": "甲", "sum": ["b"]}]}, "第 1 行提到没有的行或列“b”"),
        ({"rows": [{"key": "a", "label": "甲", "sum": ["a"]}]}, "绕成了圈"),
        ({"rows": [{"key": "a", "label": "甲", "sum": ["a"], "blank": "无"}]}, "只能选一种"),
        ({"rows": [{"key": "a", "label": "甲", "share": ["a"]}]}, "占比要写两项"),
        ({"rows": [{"key": "a", "each": "office"}]}, "哪些层级的单位"),
        ({"rows": [{"key": "a", "each": "office", "levels": ["moon"]}]}, "没有“moon”这一层单位"),
        ({"rows": [{"key": "a", "each": "year"}]}, "写明几年"),
        ({"rows": [{"key": "a", "each": "year", "years": 99}]}, "0 到 10 的整数"),
        ({"rows": [{"key": "a", "each": "mediator"}]}, "没有固定的选项"),
        ({"rows": [{"key": "a", "each": "nothing"}]}, "没有“nothing”这个字段"),
        ({"rows": [{"key": "a", "each": "type", "where": {"type": "00"}}]}, "就不能再用它作条件"),
        ({"figure": "", "rows": [{"key": "a", "label": "甲"}]}, "没有写数什么"),
        ({"figure": "moon.phase"}, "没有名为“moon.phase”的指标"),
        ({"where": {"nothing": 1}}, "没有“nothing”这个字段"),
        ({"where": {"type": "火星"}}, "不在可选范围内"),
        ({"where": {"summary": "漏水"}}, "个人信息"),
        ({"where": {"people__gte": "很多"}}, "不是数"),
        ({"where": {"type__gte": "00"}}, "不能比较大小"),
        ({"where": {"people__like": 5}}, "看不懂"),
        ({"where": {"people": None}}, "应是文字、数"),
        ({"where": {"opened": "always"}}, "只能是“period”"),
        ({"where": {"level": "moon"}}, "没有“moon”这一层单位"),
        ({"where": ["type"]}, "应是一组“字段：值”"),
        ({"total_of": "mediator"}, "不是数，不能合计"),
        ({"figure": "mediation.success_rate", "total_of": "people"}, "不是按件计数的"),
        ({"figure": "mediation.on_time", "where": {"type": "00"}}, "不能再加条件"),
        ({"figure": "counsel.communities_covered", "where": {"level": "community"},
          "rows": [{"key": "a", "label": "甲"}]}, "数的是单位"),
        ({"columns": [{"key": "b", "label": "乙", "figure": "mediation.agreed"}],
          "rows": [{"key": "a", "label": "甲", "figure": "mediation.agreed"}]}, "行和列都定了指标"),
        ({"identities": [{"label": "x", "axis": "moon", "left": [], "right": []}]}, "核对的是行"),
        ({"identities": [{"label": "x", "axis": "rows", "left": ["zz"], "right": []}]}, "没有的行或列“zz”"),
        ({"identities": [{"label": "x", "axis": "rows", "sign": "!", "left": [], "right": []}]}, "只能是相等"),
        ({"rows": [{"key": f"k{n}", "label": "行"} for n in range(121)]}, "超过 120 项"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_a_sentence(town: histories.Town, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadTable, match=said.replace("（", ".").replace("）", ".")):
        fill(from_json(json.dumps(simple(**changes))), town.street, Period.year(2023))


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '"x"', "[" * 100_000, "x" * 70_000])
def test_what_is_no_description_is_refused(text: str) -> None:
    with pytest.raises(BadTable):
        from_json(text)
