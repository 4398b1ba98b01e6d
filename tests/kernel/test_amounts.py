"""Numbers of the law that are no length of time."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from hefa.kernel import amounts, law
from hefa.kernel.amounts import amount
from hefa.kernel.law import BadLaw, UnknownLaw

TODAY = dt.date(2024, 4, 9)


def test_every_amount_is_read_with_its_article_and_says_whether_it_is_verified() -> None:
    found = {one.name: one for one in amounts.amounts()}
    assert found["spot_natural"].value == Decimal(200)
    assert found["spot_natural"].text == "200元"
    assert found["surcharge"].text == "3%"
    assert found["surcharge"].article.short == "行政处罚法第七十二条第一款第（一）项"
    unsure = {name for name, one in found.items() if not one.verified}
    assert unsure == {"hearing_natural", "hearing_organisation"}
    assert all(found[name].remark for name in unsure)


def test_an_amount_holds_from_its_day_on() -> None:
    assert amount("penalty", "spot_organisation").on(TODAY).value == 3000
    with pytest.raises(UnknownLaw, match="2020-01-01"):
        amount("penalty", "spot_organisation").on(dt.date(2020, 1, 1))
    with pytest.raises(UnknownLaw, match="没有登记“nothing”"):
        amount("penalty", "nothing")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('unit = "ounce"\nvalue = 1\narticle = [51]', "unit"),
        ('unit = "yuan"\nvalue = "much"\narticle = [51]', "不是数"),
        ('unit = "yuan"\nvalue = 1\narticle = [5100]', "第5100条"),
        ('unit = "yuan"\narticle = [51]', "缺少键“value”"),
    ],
)
def test_a_wrong_row_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, says: str) -> None:
    (tmp_path / "amounts").mkdir()
    head = '[[amounts]]\nname = "a"\nlabel = "b"\ninstrument = "penalty"\n'
    (tmp_path / "amounts" / "odd.toml").write_text(head + row, "utf-8")
    (tmp_path / "penalty.toml").write_text((law.folder() / "penalty.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(law, "folder", lambda: tmp_path)
    with pytest.raises(BadLaw, match=r"amounts/odd\.toml") as told:
        amount("odd", "a")
    assert says in str(told.value)
