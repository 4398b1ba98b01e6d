"""What people type becomes a value, or a plain sentence; what is recorded comes back as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.kernel.answers import Refused, clean, clean_all, from_record, label_of, parse_amount, parse_date, to_record
from hefa.kernel.matter import find_kind

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
KIND = find_kind("mediation.dispute")


@given(days)
def test_a_date_in_every_spelling(day: date) -> None:
    spellings = [
        day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}", f" {day.year}/{day.month}/{day.day} ", f"{day.year} 年 {day.month} 月 {day.day} 日",
        datetime(day.year, day.month, day.day, 8, 30), day, f"{day.isoformat()}T08:30:00",
    ]  # fmt: skip
    assert {parse_date(one) for one in spellings} == {day}
    assert parse_date(f"{day:%m%d}", today=day) == day


@pytest.mark.parametrize(
    "raw", ["", "2023-02-30", "2023-13-01", "23.5.6", "五月六日", "2023", "45000", "0230", "1332", None]
)
def test_what_is_no_date_is_said_plainly(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"日期|没有这一天"):
        parse_date(raw)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        assert isinstance(parse_date(text), date)
    except ValueError as fault:
        assert "日期" in str(fault)


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_an_amount_in_every_spelling(amount: Decimal) -> None:
    assert parse_amount(f"{amount:f}") == parse_amount(f"￥{amount:,f}元") == parse_amount(f" {amount:f} ") == amount
    assert parse_amount(f"{amount:f}万") == amount * 10_000
    assert parse_amount(amount) == amount


@pytest.mark.parametrize("raw", ["", "很多", "1.2.3", "万", "NaN", "inf", "1e99", "1e999999999", "--5", "0x10"])
def test_what_is_no_amount_is_said_plainly(raw: str) -> None:
    with pytest.raises(ValueError, match=r"不是数|太大"):
        parse_amount(raw)


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_sentence(text: str) -> None:
    try:
        assert parse_amount(text).is_finite()
    except ValueError as fault:
        assert "不是数" in str(fault) or "太大" in str(fault)


FIELDS: dict[str, tuple[models.Field[Any, Any], Any, Any]] = {
    "integer": (models.PositiveIntegerField(), "1,200", 1200),
    "amount": (models.DecimalField(max_digits=16, decimal_places=2), "1.235", Decimal("1.24")),
    "yes": (models.BooleanField(), " 是 ", True),
    "no": (models.BooleanField(), False, False),
    "choice by label": (models.CharField(choices=[("a", "甲"), ("b", "乙")]), "乙", "b"),
    "choice by value": (models.CharField(choices=[("a", "甲"), ("b", "乙")]), "b", "b"),
    "text": (models.CharField(max_length=5), "  一二三 ", "一二三"),
}
WRONG: dict[str, tuple[models.Field[Any, Any], Any]] = {
    "negative": (models.PositiveIntegerField(), "-1"),
    "fraction": (models.PositiveIntegerField(), "1.5"),
    "huge": (models.IntegerField(), "1e999999999"),
    "too many digits": (models.DecimalField(max_digits=6, decimal_places=2), "123456"),
    "neither": (models.BooleanField(), "也许"),
    "no choice": (models.CharField(choices=[("a", "甲")]), "丙"),
    "too long": (models.CharField(max_length=2), "一二三"),
    "control": (models.CharField(max_length=9), "一\x00二"),
    "surrogate": (models.TextField(), "一\ud800"),
    "date": (models.DateField(), "明天"),
}


@pytest.mark.parametrize("case", FIELDS)
def test_clean(case: str) -> None:
    field, raw, value = FIELDS[case]
    assert clean(field, raw) == value


@pytest.mark.parametrize("case", WRONG)
def test_clean_says_what_is_wrong(case: str) -> None:
    field, raw = WRONG[case]
    with pytest.raises(ValueError) as caught:
        clean(field, raw)
    assert any("一" <= sign <= "鿿" for sign in str(caught.value))


@settings(max_examples=400)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.one_of(
                st.none(), st.text(max_size=9), st.integers(), st.floats(), st.booleans(), st.lists(st.text())
            )
            for name in (
                "title",
                "type",
                "amount",
                "people",
                "happened_on",
                "is_typical",
                "parties",
                "summary",
                "handler",
            )
        },
    )
)
def test_any_raw_answers_are_taken_or_refused_in_words(raw: dict[str, Any]) -> None:
    accept = KIND.flow.step("accept")
    try:
        taken = clean_all(KIND, accept.asks, accept.offers, raw)
    except Refused as refused:
        assert set(refused.faults) <= {*raw, *accept.asks}
        assert all(any("一" <= sign <= "鿿" for sign in said) for said in refused.faults.values())
    else:
        orjson.dumps({name: to_record(value) for name, value in taken.items()})


own = {
    "amount": st.decimals(min_value=0, max_value=10**9, places=2), "happened_on": days, "people": st.integers(0, 10**6),
    "is_typical": st.booleans(), "title": st.text(max_size=50), "type": st.sampled_from(["00", "01", "17"]),
    "handler": st.integers(1, 10**6), "perform_by": st.one_of(st.none(), days),
}  # fmt: skip


@given(st.sampled_from(sorted(own)).flatmap(lambda name: st.tuples(st.just(name), own[name])))
def test_a_record_comes_back_as_it_was(pair: tuple[str, Any]) -> None:
    name, value = pair
    recorded = orjson.loads(orjson.dumps(to_record(value)))
    assert from_record(KIND, name, recorded) == value


def test_labels() -> None:
    assert [label_of(KIND, name) for name in ("parties", "amount", "title", "record", "reason", "nothing")] == [
        "当事人", "涉及金额（元）", "事由", "调解记录", "理由", "nothing",
    ]  # fmt: skip


def test_a_late_date_is_not_guessed() -> None:
    assert parse_date("0229", today=date(2024, 5, 1)) == date(2024, 2, 29)
    with pytest.raises(ValueError):
        parse_date("0229", today=date(2023, 5, 1) + timedelta(0))
