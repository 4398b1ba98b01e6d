"""Public texts name nobody: values however they are written, values that were corrected away, numbers of anybody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefa.kernel.act import act
from hefa.kernel.matter import Matter
from hefa.matters.mediation.anonymity import places

from .conftest import DAY, OPERATOR, Town, fresh

PARTY = {"side": "applicant", "name": "陶嘉怡", "id_no": "990000198001010012", "phone": "13800138000",
         "address": "飞虹社区嵩江路6弄3幢501室"}  # fmt: skip
PARTIES = [PARTY, {"side": "respondent", "name": "恒聚商贸", "phone": "0574-87654321"}]
CLEAN = "某门店突然歇业，二百余名消费者推选代表，经调解分两批退费。"


@pytest.fixture
def dispute(town: Town) -> Matter:
    told: dict[str, Any] = {"title": "退费", "type": "13", "source": "application", "summary": "退费"}
    return town.open("mediation.dispute", town.flying, parties=PARTIES, **told)


@pytest.mark.parametrize(
    "words",
    [
        "陶嘉怡", "陶 嘉 怡", "陶·嘉怡", "陶\n嘉怡", "恒聚商贸", "13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００",
        "990000198001010012", "990000 19800101 0012", "0574-87654321", "0574 87654321", "飞虹社区嵩江路6弄3幢501室",
        "嵩江路６弄３幢５０１室", "6弄3幢501室",
    ],
)  # fmt: skip
def test_a_value_is_found_however_it_is_written(dispute: Matter, words: str) -> None:
    found = places(f"{CLEAN}\n申请人{words}到场。", dispute)
    assert found and found[0].line == 2
    assert not any(value in str(found[0]) for value in ("陶嘉怡", "13800138000", "990000198001010012", "501"))


@pytest.mark.parametrize(
    "words", [CLEAN, "", "陶某", "嘉怡", "飞虹社区", "三千元", "2023年5月9日至6月13日", "12345 热线"]
)
def test_what_names_nobody_passes(dispute: Matter, words: str) -> None:
    assert places(words, dispute) == []


def test_numbers_of_anybody_are_found(dispute: Matter) -> None:
    assert [place.side for place in places("证人电话13912345678，身份证号990000199001010018", dispute)] == ["某人"] * 2


def test_a_name_that_was_corrected_is_still_found(dispute: Matter) -> None:
    parties = [PARTY | {"name": "陶佳怡"}, PARTIES[1]]
    act(dispute, "amend", actor=OPERATOR, day=DAY, answers={"parties": parties, "reason": "写错了"})
    assert [str(place) for place in places("消费者陶嘉怡。", fresh(dispute))] == [
        "第 1 行第 4 字起是当事人的更正以前登记的姓名或者号码（陶**）"
    ]
    assert places("消费者陶佳怡。", fresh(dispute))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.text(max_size=30), after=st.text(max_size=30), fill=st.sampled_from(["", " ", "　", "-", "\n"]))
def test_nothing_around_a_name_hides_it(dispute: Matter, before: str, after: str, fill: str) -> None:
    text = before + fill.join("陶嘉怡") + after
    found = places(text, dispute)
    assert any(place.side == "申请人" for place in found)
    lines = text.split("\n")
    assert all(1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) for place in found)
