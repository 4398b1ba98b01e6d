"""No text, however odd, ends in a traceback, and every hint points at what it quotes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefa.claims.document import Document
from hefa.statutes.drafts.lint import lint
from hefa.statutes.drafts.rule import KINDS

from .conftest import texts, whole

PIECES = [text for kind in KINDS for text in (*texts(kind), whole(kind))]
SIGNS = "甲乙方：，。；（）第一条罚款元年月日0123456789％%‰壹贰万亿圆整￥¥_【】×X\t\n 《》〔〕至自"
DAY = dt.date(2026, 11, 20)


def _is_well_placed(text: str, kind: str) -> None:
    for one in lint(Document(text), kind, DAY):
        assert 0 <= one.start < one.end <= len(text)
        assert one.quote == text[one.start : one.end]
        assert one.message and one.basis and ("{" in text or "{" not in one.message)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=120), st.text(alphabet=SIGNS, max_size=200)), st.sampled_from(sorted(KINDS)))
def test_any_text(text: str, kind: str) -> None:
    _is_well_placed(text, kind)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=4), st.data())
def test_pieces_of_drafts_cut_anywhere(pieces: list[str], data: st.DataObject) -> None:
    text = "\n".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    _is_well_placed(text[start : data.draw(st.integers(start, len(text)))], data.draw(st.sampled_from(sorted(KINDS))))


@pytest.mark.parametrize(
    "text", ["", " \n\n", "\x00", "第" * 5000, "甲方：" * 2000, "0" * 5000 + "元", "（" * 3000, "9" * 40 + "年9月9日"]
)
def test_hostile_text(text: str) -> None:
    for kind in KINDS:
        _is_well_placed(text, kind)


@pytest.mark.parametrize("month", ["0000年5月", "9999年12月", "2026年13月", "2026年0月", "0000年00月"])
def test_months_that_no_calendar_has(month: str) -> None:
    _is_well_placed(f"{month}立案，{month}作出处罚决定。", "enforcement")
    _is_well_placed(f"本规定自2025年1月1日起施行。（{month}印发）", "normative")
    _is_well_placed(f"本案违法行为发生于{month}，{month}发现。", "enforcement")
