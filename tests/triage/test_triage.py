"""Suggestions: what they name, why, and that the codes are those of the statistics."""

import importlib.util
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.matters.mediation.models import DisputeType
from hefa.statutes.search import Library, Passage
from hefa.statutes.triage import suggest
from hefa.statutes.triage.suggestion import lines, subjects

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("narrative", "type_"),
    [
        ("楼上空调外机滴水，楼下住户说了几次都不改，双方吵起来", DisputeType.NEIGHBOUR),
        ("夫妻两人闹离婚，为孩子抚养权争执不下", DisputeType.MARRIAGE_FAMILY),
        ("小区物业公司涨停车费，业委会不同意，业主拒交物业费", DisputeType.PROPERTY),
        ("电动车与轿车追尾，交警出了事故认定，修车费谈不拢", DisputeType.TRAFFIC),
        ("包工头欠工地二十名农民工工资", DisputeType.MIGRANT_WAGES),
        ("员工被辞退，单位不给经济补偿", DisputeType.LABOUR),
        ("手术后感染，家属认为医院误诊", DisputeType.MEDICAL),
        ("跟团出游，旅行社擅自减少景点", DisputeType.TOURISM),
        ("拆迁补偿款分配，兄弟俩对安置房有争议", DisputeType.EXPROPRIATION),
        ("养殖场排污，污染了河水", DisputeType.ENVIRONMENT),
        ("网购的手机发货错误，卖家拒绝退款", DisputeType.E_COMMERCE),
        ("健身房办卡后关门，会员卡余额不退", DisputeType.CONSUMER),
    ],
)
def test_types(narrative: str, type_: DisputeType) -> None:
    found = suggest(narrative)
    assert found.dispute_type == type_
    assert found.why and all(all(part in narrative for part in word.split()) for word in found.why)


def test_the_narrative_may_ask_for_another_line() -> None:
    assert suggest("楼上滴水，请调解").line == "mediation"
    assert suggest("不服行政处罚决定书，想申请行政复议").line == "review"
    assert suggest("想申请公开政府信息里的征收方案").line == "disclosure"
    assert suggest("没钱请律师，想申请法律援助，单位拖欠工资").line == "aid"


def test_nothing_said_nothing_suggested() -> None:
    assert suggest("").dispute_type == "" == suggest("……").line
    assert suggest("嗯").why == ()


def test_a_word_inside_a_longer_one_does_not_count_twice() -> None:
    labour = next(one for one in subjects() if one.name == "labour")
    assert "工资" not in labour.heard("拖欠工资") and "拖欠工资" in labour.heard("拖欠工资")


def test_statutes_come_from_the_library() -> None:
    library = Library.of([Passage("民法典", "288", "不动产的相邻权利人应当正确处理相邻关系。", "第七章 相邻关系")])
    assert suggest("邻居漏水", library).statutes[0].article == "288"
    assert suggest("邻居漏水").statutes == ()


def test_codes_are_those_of_the_statistics() -> None:
    assert {one.given["type"] for one in subjects()} == set(DisputeType.values)
    known = {one.name for one in lines()}
    assert {one.given["line"] for one in subjects()} <= known
    assert all(1 <= weight <= 4 for one in (*subjects(), *lines()) for _, weight in one.words)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_narrative_fails(narrative: str) -> None:
    assert suggest(narrative) == suggest(narrative)


def test_floor_on_lawbench(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("triage", ROOT / "benchmarks" / "triage.py")
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    bench.DATA = shared / "data" / "lawbench"
    assert bench.accuracy(bench.pairs()) >= 0.51


def test_a_word_that_runs_over_two_is_not_heard() -> None:
    assert suggest("老家拆迁，这块地种了三十年，现在拆迁归国家吗").subject == "expropriation"


def test_what_people_tell_a_mediator() -> None:
    """Measured: 92 of 95 (one belongs to no row, two may be read either way)."""
    told = tomllib.loads(Path(__file__).with_name("narratives.toml").read_text("utf-8"))["told"]
    missed = [one["narrative"] for one in told if suggest(one["narrative"]).dispute_type != one["type"]]
    assert len(told) == 95 and len(missed) <= 4, missed
