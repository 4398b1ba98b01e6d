"""The dispatch table and the bench on a record: rules brought in by Excel, tried on the past, asked under a lock."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.exchange.glance import glance
from hefa.exchange.importing import draft
from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter, find_kind
from hefa.matters.incident.dispatch import Rule
from hefa.matters.incident.rehearsal import effect, past, rehearse
from hefa.matters.incident.table import Line, best, decided

from .conftest import DAY, OPERATOR, Town, fresh


def sheet(*rows: dict[str, Any]) -> BytesIO:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    headers = list(dict.fromkeys(key for row in rows for key in row))
    page.append(headers)
    for row in rows:
        page.append([row.get(header) for header in headers])
    written = BytesIO()
    book.save(written)
    written.seek(0)
    return written


# --- the table -------------------------------------------------------------------------------------------------------


def test_lines_read_as_the_slow_way_reads_them(town: Town) -> None:
    """Against the definition, spelled out: type before none, then grid, community, street."""
    paths = {"": "", "street": town.street.path, "flying": town.flying.path, "grid": town.grid.path}
    lines = [
        Line(f"{name}/{type_}", path, type_, n)
        for n, (name, path, type_) in enumerate(
            [(name, path, type_) for name, path in paths.items() for type_ in ("", "noise")], start=1
        )
    ]
    for drop in range(len(lines) + 1):
        left = lines[drop:]
        for area in (town.grid.path, town.flying.path, town.lake.path):
            for type_ in ("noise", "wages"):
                fitting = [line for line in left if area.startswith(line.area) and line.type in ("", type_)]
                named = [line for line in fitting if line.type] or fitting
                longest = max((len(line.area) for line in named), default=0)
                wanted = [line.number for line in named if len(line.area) == longest]
                assert [line.number for line in best(left, area, type_)] == wanted


def test_equal_rules_brought_in_together_stop_the_dispatch_and_say_so(town: Town) -> None:
    row = {"单位": "中河街道", "设定日期": date(2023, 1, 3), "适用的社区或网格": "飞虹"}
    found = draft(find_kind("incident.rule"), sheet(row | {"承办单位": "飞虹"}, row | {"承办单位": "东湖"}), OPERATOR)
    assert found.ok
    found.write()
    matter = town.incident(town.flying)
    with pytest.raises(Refused, match=r"有 2 条同样的规则，去向不同：.*→飞虹社区居委会、.*→东湖社区居委会"):
        act(matter, "dispatch", actor=OPERATOR, day=DAY, answers={})
    assert "去向不同，派单时定不了" in rehearse(Rule.lines(DAY, town.street), [], DAY).faults[0]


def test_equal_rules_that_agree_send(town: Town) -> None:
    lines = [Line("1", "", "", 7), Line("2", "", "", 7), Line("3", "", "wages", 8)]
    assert decided(lines, "1.", "noise") == lines[1]
    assert decided(lines, "1.", "wages") == lines[2]


def test_a_rule_to_an_office_that_does_not_exist_names_the_cell(town: Town) -> None:
    row = {"单位": "中河街道", "设定日期": date(2023, 1, 3), "适用的社区或网格": "飞虹", "承办单位": "飞红社区居委会"}
    found = draft(find_kind("incident.rule"), sheet(row), OPERATOR)
    assert [(fault.row, fault.header, fault.message) for fault in found.faults] == [
        (2, "承办单位", "没有名为“飞红社区居委会”的单位，是不是“飞虹社区居委会”？")
    ]


def test_an_ended_rule_sends_nothing_from_that_day_on(town: Town) -> None:
    rule = town.rule(town.flying)
    act(rule, "end", actor=OPERATOR, day=DAY, answers={"reason": "停用"})
    assert [line.number for line in Rule.lines(date(2023, 5, 8), town.street)] == [rule.number]
    assert Rule.lines(DAY, town.street) == []
    with pytest.raises(Refused, match="派单规则里没有“飞虹社区居委会 × 噪声扰民”"):
        act(town.incident(town.flying), "dispatch", actor=OPERATOR, day=DAY, answers={})


def test_a_changed_rule_taken_back_sends_as_before(town: Town) -> None:
    rule = town.rule(town.flying)
    act(rule, "change", actor=OPERATOR, day=DAY, answers={"target": town.lake.pk, "reason": "改"})
    assert [line.target for line in Rule.lines(DAY, town.street)] == [town.lake.pk]
    act(rule, "revoke", actor=OPERATOR, day=DAY, answers={"reason": "写错"})
    assert [line.target for line in Rule.lines(DAY, town.street)] == [town.flying.pk]


# --- facts that change -----------------------------------------------------------------------------------------------


def test_two_triggers_of_one_fact_leave_one_entry(town: Town) -> None:
    town.rule(town.flying, area=town.flying.pk)
    town.rule(town.lake, area=town.lake.pk)
    matter = town.incident(town.flying)
    act(matter, "dispatch", actor=OPERATOR, day=DAY, answers={})
    seen_by_both = fresh(matter)
    answers = {"area": town.lake.pk, "reason": "在东湖"}
    act(seen_by_both, "redispatch", actor=OPERATOR, day=DAY, answers=answers)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="都没有变化"):
        act(seen_by_both, "redispatch", actor=OPERATOR, day=DAY, answers=answers)
    assert Entry.objects.count() == before
    assert matter.entries.filter(step="redispatch").count() == 1
    entry = matter.entries.get(step="redispatch")
    assert entry.answers["office"] == town.lake.pk and entry.answers["reason"] == "在东湖"
    assert fresh(matter).office_id == town.lake.pk


def test_what_was_dispatched_by_hand_stays_while_the_table_says_the_same(town: Town) -> None:
    town.rule(town.flying, area=town.flying.pk)
    town.rule(town.street, type="wages")
    matter = town.incident(town.flying)
    act(matter, "dispatch_by_hand", actor=OPERATOR, day=DAY, answers={"office": town.lake.pk, "reason": "就近"})
    with pytest.raises(Refused, match="的去向没有变，不因此改派"):
        act(matter, "redispatch", actor=OPERATOR, day=DAY, answers={"type": "family", "reason": "核实"})
    act(matter, "restate", actor=OPERATOR, day=DAY, answers={"type": "family", "reason": "核实"})
    assert fresh(matter).office_id == town.lake.pk
    act(matter, "redispatch", actor=OPERATOR, day=DAY, answers={"type": "wages", "reason": "核实"})
    assert fresh(matter).office_id == town.street.pk


def test_accuracy_counts_what_was_neither_refused_nor_sent_anew(town: Town) -> None:
    town.rule(town.flying, area=town.flying.pk)
    town.rule(town.lake, area=town.lake.pk)
    smooth, moved, refused = (town.incident(town.flying) for _ in range(3))
    for one in (smooth, moved, refused):
        act(one, "dispatch", actor=OPERATOR, day=DAY, answers={})
    act(moved, "redispatch", actor=OPERATOR, day=DAY, answers={"area": town.lake.pk, "reason": "在东湖"})
    law = "《中华人民共和国城市居民委员会组织法》第六条"
    act(refused, "refuse", actor=OPERATOR, day=DAY, answers={"cause": "area", "legal_basis": law, "reason": "不在"})
    act(smooth, "accept", actor=OPERATOR, day=DAY, answers={})
    act(moved, "accept", actor=OPERATOR, day=DAY, answers={})
    year = Period.year(2023)
    assert find_figure("incident.dispatch_accuracy").result(year, town.street).text == "33.33%"
    assert find_figure("incident.refusal_rate_area").result(year, town.street).text == "33.33%"
    assert find_figure("incident.reroutings").result(year, town.street).value == 1


# --- tried on the past -----------------------------------------------------------------------------------------------


def played(town: Town, n: int) -> list[Matter]:
    """Incidents sent by hand to the lake, whatever their place: every second one refused and sent to flying."""
    law = "《中华人民共和国城市居民委员会组织法》第六条"
    made = []
    for turn in range(n):
        matter = town.incident(town.flying if turn % 3 else town.lake, "noise" if turn % 2 else "wages")
        act(matter, "dispatch_by_hand", actor=OPERATOR, day=DAY, answers={"office": town.lake.pk, "reason": "先去"})
        if turn % 2:
            act(
                matter, "refuse", actor=OPERATOR, day=DAY, answers={"cause": "area", "legal_basis": law, "reason": "不"}
            )
            answers = {"office": town.flying.pk, "reason": "改"}
            act(matter, "dispatch_again", actor=OPERATOR, day=DAY, answers=answers)
        made.append(matter)
    return made


def test_a_table_tried_on_the_past_counts_what_a_slow_reading_counts(town: Town) -> None:
    played(town, 9)
    lines = [Line("甲", town.flying.path, "", town.flying.pk), Line("乙", "", "wages", town.street.pk)]
    made = rehearse(lines, past(town.street), DAY)
    wages = [n for n in range(9) if n % 2 == 0]
    here = [n for n in range(9) if n % 2 and n % 3]
    nowhere = [n for n in range(9) if n % 2 and n % 3 == 0]
    told = made.as_json()
    assert told["incidents"] == 9 and told["undecided"] == len(nowhere)
    assert told["changed"] == len(wages) + len(here) + len(nowhere)
    assert told["spared_refusals"] == len(here)
    assert {(m["to"], m["incidents"]) for m in told["moves"]} == {
        ("中河街道", len(wages)), ("飞虹社区居委会", len(here)), ("（规则定不了）", len(nowhere)),
    }  # fmt: skip
    assert len(past(town.street, last=4)) == 4


def test_trying_asks_as_much_for_many_as_for_few(town: Town) -> None:
    counts = []
    for n in (2, 8):
        played(town, n)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            rehearse(Rule.lines(DAY, town.street), past(town.street), DAY)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_a_rule_is_saved_with_what_trying_it_said(town: Town) -> None:
    played(town, 4)
    rule = town.rule(town.flying, DAY, area=town.flying.pk)
    said = rule.entries.get().answers["effect"]
    assert said.startswith("最近 4 件按它重算，2 件改变去向：（规则定不了）→飞虹社区居委会 2 件")
    line = Line("乙", "", "", town.lake.pk)
    assert effect([line], [line], past(town.street), DAY) == "最近 4 件按它重算，去向都不变"


def test_a_file_is_read_as_a_table_though_the_record_has_the_same(town: Town) -> None:
    rule = town.rule(town.flying, area=town.flying.pk)
    row = {
        "编号": rule.number,
        "单位": "中河街道",
        "设定日期": date(2023, 1, 3),
        "适用的社区或网格": "飞虹",
        "承办单位": "飞虹→东湖",
    }
    rows, faults = glance(
        find_kind("incident.rule"),
        sheet(row | {"调整承办单位日期": date(2023, 2, 1), "调整承办单位理由": "人手"}),
        OPERATOR,
    )
    assert faults == []
    assert rows[0]["target"] == town.lake.pk and rows[0]["area"] == town.flying.pk
    _, faults = glance(
        find_kind("incident.rule"), sheet(row | {"承办单位": "无此处", "适用的事件类型": "地震"}), OPERATOR
    )
    assert [fault.header for fault in faults] == ["适用的事件类型", "承办单位"]


def test_the_command_reads_a_file_and_writes_nothing(town: Town, tmp_path: Path, capsysbinary: Any) -> None:
    import orjson

    from hefa.site.cli import main

    played(town, 5)
    path = tmp_path / "规则.xlsx"
    row = {"单位": "中河街道", "设定日期": date(2023, 1, 3), "适用的社区或网格": "飞虹", "承办单位": "飞虹"}
    path.write_bytes(sheet(row, row | {"适用的事件类型": "劳资纠纷", "承办单位": "东湖"}).getvalue())
    before = Entry.objects.count()
    assert main(["dispatch", "simulate", "--rules", str(path), "--json", "--day", "2023-06-01"]) == 0
    told = orjson.loads(capsysbinary.readouterr().out)
    assert (told["table"], told["rules"], told["incidents"]) == ("file", 2, 5)
    assert told["undecided"] == 2 and len(told["rows"]) == 5
    path.write_bytes(sheet(row | {"承办单位": "无此单位"}).getvalue())
    assert main(["dispatch", "simulate", "--rules", str(path), "--json"]) == 1
    assert "没有名为“无此单位”的单位" in orjson.loads(capsysbinary.readouterr().out)["error"]
    assert main(["dispatch", "who", "--office", "飞虹", "--json"]) == 0
    assert "名册是空的" in orjson.loads(capsysbinary.readouterr().out)["says"]
    assert Entry.objects.count() == before
