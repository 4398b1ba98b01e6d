"""Limits of the law: exact numbers, each with its day, its article and whether it was verified."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from hefa.kernel import law, limit

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
value = "{value}"
article = [3]
"""


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A law folder with one instrument, to be written by the test."""
    monkeypatch.setattr(law, "folder", lambda: tmp_path)
    monkeypatch.setattr(limit, "folder", lambda: tmp_path)
    return tmp_path / "sample.toml"


def test_limits_of_the_house_are_exact_and_say_how_sure_they_are() -> None:
    share = limit.limit("reception", "hosts_share").on(date(2023, 5, 6))
    assert share.value == Fraction(1, 3) and not share.verified
    assert share.article is not None and share.article.short == "党政机关国内公务接待管理规定第十条"
    assert limit.limit("procurement", "supplements").on(date(2023, 5, 6)).verified


def test_the_number_is_that_of_the_day(sample: Path) -> None:
    later = ROW.format(value="5").replace("article", "in_force_from = 2023-07-01\narticle")
    sample.write_text(HEAD + ROW.format(value="3") + later, "utf-8")
    heads = limit.limit("sample", "heads")
    assert [heads.on(day).value for day in (date(2020, 1, 1), date(2023, 6, 30), date(2023, 7, 1))] == [3, 3, 5]
    with pytest.raises(law.UnknownLaw, match="2019-12-31没有施行中的限额“heads”"):
        heads.on(date(2019, 12, 31))


@pytest.mark.parametrize("value", ["", "三", "1/0", "0x3", "1/3 人"])
def test_a_value_that_is_no_number_is_named(sample: Path, value: str) -> None:
    sample.write_text(HEAD + ROW.format(value=value), "utf-8")
    with pytest.raises(law.BadLaw, match=r"sample.toml 限额“heads”：键“value”"):
        limit.limits("sample")


def test_an_unknown_key_is_refused(sample: Path) -> None:
    sample.write_text(HEAD + ROW.format(value="3") + 'unit = "人"\n', "utf-8")
    with pytest.raises(law.BadLaw, match="不认识的键“unit”"):
        limit.limits("sample")


def test_a_limit_that_is_not_there_is_refused(sample: Path) -> None:
    sample.write_text(HEAD + ROW.format(value="3"), "utf-8")
    with pytest.raises(law.UnknownLaw, match="没有登记限额“wine”"):
        limit.limit("sample", "wine")


def test_every_limit_of_the_house_can_be_read() -> None:
    assert {one.id for one in law.instruments() if limit.limits(one.id)} >= {"reception", "procurement"}
