"""Limits of the law: exact numbers, each with its day, its article and whether it was verified."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.kernel import law, layers, limit

HEAD = """
id = "sample"
name = "《样本规定》"
short = "样本规定"
issuer = "某机关"
in_force_from = 2020-01-01
source = "测试"
verified = false
articles = [{ number = 3, gist = "人数" }]
"""
ROW = """
[[limits]]
name = "heads"
label = "人数上限"
value = {value}
article = [3]
"""


TODAY = date(2024, 4, 9)


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A law folder with one instrument, to be written by the test."""
    monkeypatch.setattr(layers, "folder", lambda: tmp_path)
    return tmp_path / "sample.toml"


def test_limits_of_the_house_are_exact_and_say_how_sure_they_are() -> None:
    share = limit.limit("reception", "hosts_share").on(date(2023, 5, 6))
    assert share.value == Fraction(1, 3) and share.text == "1/3" and not share.verified
    assert share.article is not None and share.article.short == "党政机关国内公务接待管理规定第十条"
    assert limit.limit("procurement", "supplements").on(date(2023, 5, 6)).verified


def test_sums_and_rates_have_their_unit_and_their_article() -> None:
    found = {name: rows[0] for name, rows in limit.limits("penalty").items()}
    assert (found["spot_natural"].decimal, found["spot_natural"].text) == (Decimal(200), "200元")
    assert (found["surcharge"].decimal, found["surcharge"].text) == (Decimal(3), "3%")
    assert found["surcharge"].citation == "《中华人民共和国行政处罚法》第七十二条第一款第（一）项"
    unsure = {name for name, one in found.items() if not one.verified}
    assert unsure == {"hearing_natural", "hearing_organisation"}
    assert all(found[name].remark for name in unsure)


def test_a_limit_holds_from_its_day_on() -> None:
    assert limit.limit("penalty", "spot_organisation").on(TODAY).value == 3000
    with pytest.raises(law.UnknownLaw, match="2020-01-01没有施行中的限额"):
        limit.limit("penalty", "spot_organisation").on(date(2020, 1, 1))


def test_the_number_is_that_of_the_day(sample: Path) -> None:
    later = ROW.format(value="5").replace("article", "in_force_from = 2023-07-01\narticle")
    sample.write_text(HEAD + ROW.format(value="3") + later, "utf-8")
    heads = limit.limit("sample", "heads")
    assert [heads.on(day).value for day in (date(2020, 1, 1), date(2023, 6, 30), date(2023, 7, 1))] == [3, 3, 5]
    with pytest.raises(law.UnknownLaw, match="2019-12-31没有施行中的限额“heads”"):
        heads.on(date(2019, 12, 31))


NO_NUMBER = ["", "三", "1/0", "0x3", "1/3 人", "-3", "1e3", "nan", "1_000", "３", " 3"]


@pytest.mark.parametrize("value", [*(f'"{one}"' for one in NO_NUMBER), "true", "0.5", "-3"])
def test_a_value_that_is_no_number_is_named(sample: Path, value: str) -> None:
    sample.write_text(HEAD + ROW.format(value=value), "utf-8")
    with pytest.raises(law.BadLaw, match=r"sample.toml 限额“heads”：键“value”"):
        limit.limits("sample")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ROW.format(value="3") + 'unit = "人"\n', "键“unit”只能是 yuan、percent，现为“人”"),
        (ROW.format(value="3") + 'unit = ""\n', "键“unit”"),
        (ROW.format(value='"1/3"') + 'unit = "yuan"\n', "键“value”应为数，"),
        (ROW.format(value="3") + 'colour = "红"\n', "不认识的键“colour”"),
        (ROW.format(value="3").replace("[3]", "[5100]"), "第5100条"),
        (ROW.format(value="3").replace("[3]", "[]"), "键“article”"),
        (ROW.format(value="3").replace("value", "number"), "不认识的键“number”"),
        (ROW.format(value="3").replace("value = 3", ""), "缺少键“value”"),
        (ROW.format(value="3") * 2, "自2020-01-01起施行的有两行"),
        (ROW.format(value="3") + '[[terms]]\nname = "heads"\nlabel = "期"\ndays = 3\nunit = "working"\n', "与一个期限同名"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_with_its_file(sample: Path, row: str, says: str) -> None:
    sample.write_text(HEAD + row, "utf-8")
    with pytest.raises(law.BadLaw, match=r"sample.toml 限额“heads”") as told:
        limit.limits("sample")
    assert says in str(told.value)


def test_a_limit_that_is_not_there_is_refused(sample: Path) -> None:
    sample.write_text(HEAD + ROW.format(value="3"), "utf-8")
    with pytest.raises(law.UnknownLaw, match="没有登记限额“wine”"):
        limit.limit("sample", "wine")


def test_every_limit_of_the_house_can_be_read() -> None:
    assert {one.id for one in law.instruments() if limit.limits(one.id)} == {"penalty", "procurement", "reception"}


def test_a_share_is_not_taken_for_money() -> None:
    with pytest.raises(ValueError, match="has no unit"):
        _ = limit.limit("reception", "hosts_share").on(TODAY).decimal


@given(st.decimals(0, 10**12 - 1, places=6), st.sampled_from([*limit.UNITS, ""]))
def test_a_number_is_what_is_written(written: Decimal, unit: str) -> None:
    """No digit is lost between the file, the value, its decimal and its words."""
    value = limit.number(f"{written:f}", unit)
    assert value == written
    row = limit.Limit(Fraction(value), unit, "", None, law.instrument("penalty"), True, TODAY)
    assert not unit or row.decimal == written == Decimal(row.text.removesuffix(limit.UNITS[unit]))


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(
    st.dictionaries(DAYS, st.integers(1, 9), min_size=1),
    st.lists(st.tuples(st.dictionaries(DAYS, st.integers(1, 9)), st.none() | DAYS), max_size=3),
    DAYS,
)
def test_what_lies_over_the_rows_decides_from_its_days_on(
    own: dict[date, int], over: list[tuple[dict[date, int], date | None]], day: date
) -> None:
    """Held against a plain reading, day by day: the newest row that began by then, unless an end above it came first."""
    of = law.instrument("penalty")

    def rows(given: dict[date, int]) -> dict[str, list[limit.Limit]]:
        return {"x": [limit.Limit(Fraction(n), "", "", None, of, True, began) for began, n in given.items()]}

    found = layers.in_force(layers.stacked(rows(own), [(rows(one), last) for one, last in over])["x"], day)
    held: dict[date, tuple[int, date]] = {began: (n, date.max) for began, n in own.items()}
    for one, last in over:
        held = {b: (n, min(to, last) if last and b <= last else to) for b, (n, to) in held.items()}
        held |= {began: (n, date.max) for began, n in one.items()}
    holding = [began for began, (_n, to) in held.items() if began <= day <= to]
    assert (found.value if found else None) == (held[max(holding)][0] if holding else None)


def test_an_update_lays_newer_rows_over_the_program_and_ends_with_the_instrument(sample: Path) -> None:
    sample.write_text(HEAD + ROW.format(value="3"), "utf-8")
    first, second, third = (sample.parent / name for name in ("one", "two", "three"))
    for place in (first, second, third):
        place.mkdir()
    newer = HEAD.replace("2020-01-01", "2024-05-01")
    (first / "sample.toml").write_text(newer + ROW.format(value="5"), "utf-8")
    (second / "sample.toml").write_text(newer + "in_force_to = 2025-12-31\n", "utf-8")
    (third / "repealed.toml").write_text(
        '[[repealed]]\nnames = ["样本规定"]\ndead_on = 2025-06-01\nreplaced_by = ""\nsource = "x"\nverified = true\n'
    )
    heads, change = limit.limit("sample", "heads"), date(2024, 5, 1)
    with layers.reading((first,)):
        assert [heads.on(day).value for day in (change - timedelta(1), change)] == [3, 5]
    assert heads.on(change).value == 3
    for updates, last in (((first, second), date(2025, 12, 31)), ((first, third), date(2025, 5, 31))):
        with layers.reading(updates):
            assert heads.on(last).value == 5
            with pytest.raises(law.UnknownLaw):
                heads.on(last + timedelta(1))
