"""Headers as ledgers have them."""

from __future__ import annotations

import pytest

from hefa.exchange.matching import Match, match
from hefa.kernel.matter import find_kind

DISPUTE = find_kind("mediation.dispute")


def only(header: str) -> Match:
    return match(DISPUTE, [header]).matches[0]


@pytest.mark.parametrize(
    ("header", "wanted", "how"),
    [
        ("受理日期", "受理日期", "exact"),
        (" 受 理 日 期 ", "受理日期", "exact"),
        ("* 受理日期", "受理日期", "exact"),
        ("受理日期（必填）", "受理日期", "exact"),
        ("受理\n日期", "受理日期", "exact"),
        ("涉及金额(元)", "涉及金额（元）", "exact"),
        ("满意度", "满意度（1–5）", "exact"),
        ("受理时间", "受理日期", "alias"),
        ("案号", "编号", "alias"),
        ("申请人姓名", "申请人", "alias"),
        ("申请人身份证号", "申请人证件号码", "alias"),
        ("被申请人联系电话", "被申请人电话", "alias"),
        ("纠纷类别", "纠纷类型", "alias"),
        ("达成书面协议时间", "达成书面协议日期", "alias"),
        ("主要事实和各方责任认定", "主要事实和各方责任", "similar"),
    ],
)
def test_header_finds_its_column(header: str, wanted: str, how: str) -> None:
    found = only(header)
    assert found.column is not None
    assert (found.column.header, found.how) == (wanted, how)


def test_a_guess_is_told() -> None:
    said = match(DISPUTE, ["主要事实和各方责任认定"]).warnings("台账")
    assert said == ["工作表“台账”的“主要事实和各方责任认定”按“主要事实和各方责任”读入，如果不对请改表头"]


@pytest.mark.parametrize("header", ["被申请人电活", "调解记要", "收理日期"])
def test_what_is_only_alike_is_suggested_and_not_used(header: str) -> None:
    found = only(header)
    assert found.column is None
    assert found.suggestions
    assert "是不是" in match(DISPUTE, [header]).warnings("台账")[0]


def test_applicant_is_never_taken_for_respondent() -> None:
    for headers in (["申请人电话"], ["被申请人电话"], ["申请人", "被申请人"]):
        found = match(DISPUTE, headers)
        assert [one.column.header for one in found.matches if one.column] == headers


def test_unknown_columns_are_told_and_serial_numbers_are_not() -> None:
    assert match(DISPUTE, ["序号"]).warnings("台账") == []
    assert "没有对应的列" in match(DISPUTE, ["领导批示"]).warnings("台账")[0]


def test_exact_name_wins_over_another() -> None:
    found = match(DISPUTE, ["受理时间", "受理日期"])
    assert [one.column.header if one.column else None for one in found.matches] == [None, "受理日期"]
    assert not found.clashes


def test_two_of_one_name_clash() -> None:
    assert match(DISPUTE, ["受理日期", "受理 日期"]).clashes == {1: "受理日期"}


def test_mapping_given_by_hand() -> None:
    found = match(DISPUTE, ["哪天来的", "事由"], {"哪天来的": "受理日期", "事由": ""})
    assert found.matches[0].column is not None
    assert found.matches[0].column.header == "受理日期"
    assert found.matches[1].column is None
    assert found.warnings("台账") == []


def test_unit_in_the_header_is_minded_and_told() -> None:
    assert only("涉及金额（万元）").factor == 10_000
    assert "乘以 10000" in match(DISPUTE, ["涉及金额（万元）"]).warnings("台账")[0]
    assert only("涉及金额（元）").factor == 1
