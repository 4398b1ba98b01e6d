"""Single cells: what is read out of them, for every way in which people and Excel write it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.exchange.cells import is_nothing, narrow, read, read_amount, read_day, split_like, text_of
from hefa.exchange.columns import Column, columns
from hefa.kernel.matter import find_kind

from .ledgers import ID_NO

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
WAYS = (
    "{:%Y-%m-%d}", "{:%Y/%m/%d}", "{:%Y.%m.%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}",
    "{:%Y%m%d}", " {:%Y-%m-%d} 10:30:00", "{:%Y-%m-%d}T00:00:00", "{0.year} 年 {0.month} 月 {0.day} 日",
    "{:%Y－%m－%d}", "{:%Y/%m/%d} 0:00",
)  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def column(key: str, kind: str = "mediation.dispute") -> Column:
    return next(one for one in columns(find_kind(kind)) if one.key == key)


@given(DAYS, st.sampled_from(WAYS), st.booleans())
def test_a_day_is_read_however_it_is_written(day: date, way: str, wide: bool) -> None:
    text = way.format(day)
    assert read_day(text.translate(FULL_WIDTH) if wide else text) == day


@given(DAYS)
def test_a_day_is_read_from_its_serial_number_in_both_systems(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read_day(float(serial)) == day
    assert read_day(serial - 1462, date1904=True) == day
    assert read_day(datetime(day.year, day.month, day.day, 13, 5)) == day


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_plain_refusal(text: str) -> None:
    try:
        assert isinstance(read_day(text), date)
    except ValueError as fault:
        assert "日期" in str(fault) or "应写成" in str(fault)


@given(st.one_of(st.floats(), st.integers(), st.booleans(), st.times(), st.timedeltas(), st.datetimes()))
def test_no_cell_of_excel_breaks_the_reading_of_a_day(raw: Any) -> None:
    try:
        assert 1949 <= read_day(raw).year <= 2100
    except ValueError as fault:
        assert str(fault)


@given(st.decimals(0, 10**7, places=2))
def test_an_amount_is_read_however_it_is_written(amount: Decimal) -> None:
    for text in (f"{amount:,}", f"￥{amount}", f"{amount} 元", f" {amount}　", f"{amount}".translate(FULL_WIDTH)):
        assert read_amount(text) == amount
    assert read_amount(f"{amount}万") == amount * 10_000
    assert read_amount(f"{amount}", factor=10_000) == amount * 10_000
    assert read_amount(f"{amount}元", factor=10_000) == amount


def test_a_number_of_excel_is_read_as_it_is_shown() -> None:
    assert read_amount(0.1) == Decimal("0.1")
    assert read_amount(1234.5) == Decimal("1234.5")
    assert read_amount(3e6) == 3_000_000


@pytest.mark.parametrize("raw", ["-1", "－1", -0.01, "1-2", "一千", "1,2,3元整", "NaN", "Infinity", "1e5000"])
def test_what_is_no_amount(raw: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_amount(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (13800138000.0, "13800138000"),
        (0.5, "0.5"),
        (True, "是"),
        (None, ""),
        ("\ufeff\u200b 甄\x00一_x0001_\u3000", "甄一"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("不换行\xa0空格", "不换行 空格"),
        ("😀 =cmd|' /C calc'!A0", "😀 =cmd|' /C calc'!A0"),
        (datetime(2023, 5, 6), "2023-05-06"),
        (datetime(2023, 5, 6, 9, 30), "2023-05-06 09:30"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_text_is_what_a_reader_sees(raw: Any, text: str) -> None:
    assert text_of(raw) == text


@given(st.text())
def test_text_has_nothing_invisible(text: str) -> None:
    shown = text_of(text)
    assert "\0" not in shown
    assert shown == shown.strip()
    assert text_of(shown) == shown
    assert not any("\ud800" <= sign <= "\udfff" for sign in shown)


def test_telephones_and_identity_numbers_as_people_type_them() -> None:
    phone, id_no = column("applicant:phone"), column("applicant:id_no")
    for raw in (
        19900000001.0,
        "199 0000 0001",
        "199-0000-0001",
        "+8619900000001",
        "１９９００００0001",
        "'19900000001",
    ):
        assert read(phone, raw) == ["19900000001"]
    assert read(phone, "(0574)88880000") == ["0574-88880000"]
    assert read(id_no, f" {ID_NO[:6]} {ID_NO[6:14]} {ID_NO[14:]}") == [ID_NO]
    assert read(id_no, f"{ID_NO}、无") == [ID_NO, ""]
    assert read(id_no, "99000019780101018x") == ["99000019780101018X"]


def test_names_lose_the_spaces_of_layouts_only() -> None:
    name = column("applicant:name")
    assert read(name, "甄　一；甄 二\n欧 阳 三") == ["甄一", "甄二", "欧阳三"]
    assert read(name, "John Zhen") == ["John Zhen"]


@pytest.mark.parametrize("text", ["是", "有", "√", "✓", "TRUE", "1", "Ｙ"])
def test_yes(text: str) -> None:
    assert read(column("is_typical"), text) is True


@pytest.mark.parametrize("text", ["否", "无", "×", "false", "0", "没有"])
def test_no(text: str) -> None:
    assert read(column("is_typical"), text) is False


def test_choices_by_label_or_code_in_any_width() -> None:
    type_ = column("type")
    assert read(type_, "邻里纠纷") == read(type_, " 邻里 纠纷") == read(type_, "01") == read(type_, "０１") == "01"


@pytest.mark.parametrize("mark", ["", "/", "—", "-", "无"])
def test_marks_for_nothing(mark: str) -> None:
    assert is_nothing(column("applicant:phone"), mark)
    assert is_nothing(column("accept:day"), mark)


def test_nothing_may_be_a_word_in_running_text() -> None:
    assert not is_nothing(column("terms"), "无")
    assert not is_nothing(column("is_typical"), "无")


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=6))
def test_notes_are_cut_up_as_they_were_joined(pieces: list[str]) -> None:
    for separator in ("\n", "；", "、"):
        assert split_like(separator.join(pieces), len(pieces)) == pieces
    assert split_like("\n".join(pieces), len(pieces) + 1) is None


@given(st.text())
def test_narrow_has_no_spaces_and_no_full_width_digits(text: str) -> None:
    assert not any(sign.isspace() or sign in "０１２３４５６７８９Ａ" for sign in narrow(text))


KEYS = ("accept:day", "sit:day", "type", "people", "amount", "is_typical", "applicant:id_no", "applicant:phone",
        "applicant:name", "office", "number", "terms", "satisfaction")  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
@given(raw=st.one_of(st.text(), st.floats(), st.booleans(), st.dates(), st.times(), st.timedeltas()))
def test_every_cell_gives_a_value_or_a_sentence(key: str, raw: Any) -> None:
    try:
        read(column(key), raw)
    except ValueError as fault:
        assert str(fault)
