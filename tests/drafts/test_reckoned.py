"""Sums that a sentence gives whole, in digits or numerals."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.statutes.drafts.lint import draft_of, told

DAY = dt.date(2026, 11, 20)


def rules_of(text: str) -> set[str]:
    return {one.rule for one in told(draft_of(text, "contract", DAY))}


@given(fee=st.integers(100, 90_000), months=st.integers(2, 60), off=st.integers(-3, 3))
def test_months_times_a_monthly_fee(fee: int, months: int, off: int) -> None:
    text = f"保洁费每月{fee}元，服务期{months}个月，合计{fee * months + off}元。"
    assert ("GC-03" in rules_of(text)) == (off != 0)


@given(parts=st.lists(st.integers(100, 900_000), min_size=2, max_size=5), off=st.integers(-5, 5))
def test_parts_and_their_sum(parts: list[int], off: int) -> None:
    names = ("设备款", "安装费", "培训费", "监测费", "维护费")
    said = "、".join(f"{name}{part}元" for name, part in zip(names, parts, strict=False))
    assert ("GC-03" in rules_of(f"{said}，合同总价{sum(parts) + off}元。")) == (off != 0)


@given(price=st.integers(1, 500), share=st.integers(1, 99))
def test_a_share_of_the_price(price: int, share: int) -> None:
    right, wrong = price * share / 100, price * share / 100 + 0.5
    assert "GC-03" not in rules_of(f"总价{price}万元，首付{share}%即{right:g}万元。")
    assert "GC-03" in rules_of(f"总价{price}万元，首付{share}%即{wrong:g}万元。")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("共三期，每期两万元，总价五万元。", True),
        ("共三期，每期两万元，总价六万元。", False),
        ("单价三百元、共十台，总计三千五百元。", True),
        ("单价每平方米46元，面积1200平方米，金额55200元。", False),
        ("保洁费每月32000元，服务期12个月，优惠后合计374000元。", False),
        ("首付8万元、尾款2万元，合计11万元。", False),  # a payment is no part of the price by itself
    ],
)
def test_sums_in_numerals_and_what_is_left_alone(text: str, wrong: bool) -> None:
    assert ("GC-03" in rules_of(text)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("定金为总价的三分之一。", True),
        ("定金为总价的五分之一。", False),
        ("定金为总价的六分之一。", False),
        ("一半货款作为定金，违约不退。", True),
        ("货款六十万元，定金十五万元。", True),
        ("货款六十万元，定金十二万元。", False),
        ("总价三十万，定金十万。", True),
        ("定金不超过总价的五分之一。", False),
    ],
)
def test_earnest_money_in_fractions_and_numerals(text: str, wrong: bool) -> None:
    assert ("GC-05" in rules_of(text)) == wrong
