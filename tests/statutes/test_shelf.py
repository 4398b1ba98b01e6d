"""The shelf over the law texts of the installed package."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hefa.statutes import store
from hefa.statutes.lookup import look_up
from hefa.statutes.shelf import Shelf, table
from hefa.statutes.sources.files import read
from hefa.statutes.texts import Article, Draft, plain

TODAY = dt.date(2026, 9, 1)
# Highest article numbers, counted by hand in two collections of law texts that are not this package.
LAST = {
    "民法典": 1260, "民诉法": 306, "行诉法": 103, "行政复议法": 90, "行政处罚法": 86, "行政许可法": 83, "行政强制法": 71,
    "人民调解法": 35, "仲裁法": 96, "立法法": 120, "地方组织法": 90, "居委法": 50, "村委法": 50, "农村集体经济组织法": 67,
    "法治宣传教育法": 65, "治安管理处罚法": 144, "个保法": 74, "网安法": 81, "数安法": 55, "保密法": 65, "档案法": 53,
    "审计法": 60, "法律援助法": 71, "反垄断法": 70, "政府采购法": 88, "招标投标法": 68, "劳动合同法": 98, "消法": 63,
    "土地管理法": 87, "公务员法": 113, "电子签名法": 36, "城乡规划法": 70, "民营经济促进法": 78, "生态环境法典": 1242,
    "国家赔偿法": 42, "预算法": 101, "公司法": 266, "律师法": 60, "政府信息公开条例": 56, "信访工作条例": 50,
    "重大行政决策条例": 44, "公平竞争审查条例": 27, "优化营商环境条例": 72, "档案法实施条例": 52, "物业管理条例": 67,
    "征收与补偿条例": 35, "农民工工资支付条例": 64, "招标投标法实施条例": 84, "政府采购法实施条例": 79,
    "法规规章备案审查条例": 26,
}  # fmt: skip


@pytest.mark.parametrize(("name", "last"), LAST.items())
def test_last_article(shelf: Shelf, name: str, last: int) -> None:
    version = shelf.find(name, TODAY)
    assert version is not None and version.last == last
    if version.complete:
        assert {int(article.number) for article in shelf.text(version) if "-" not in article.number} == set(
            range(1, last + 1)
        )


@pytest.mark.parametrize(
    "name", ["民法典", "《民法典》", "中华人民共和国民法典", "《中华人民共和国民法典》", " 民 法典 "]
)
def test_a_name_is_known_however_it_is_written(shelf: Shelf, name: str) -> None:
    version = shelf.find(name, TODAY)
    assert version is not None and version.title == "中华人民共和国民法典"


def test_articles_paragraphs_and_items(shelf: Shelf) -> None:
    code = shelf.find("民法典", TODAY)
    assert code is not None
    guarantee = shelf.article(code, "第六百八十三条")
    assert guarantee is not None and len(guarantee.paragraphs) == 2
    assert guarantee.paragraphs[0].text.startswith("机关法人不得为保证人")
    criminal = shelf.find("刑法", TODAY)
    assert criminal is not None
    driving = shelf.article(criminal, "第一百三十三条之一")
    assert driving is not None and driving.number == "133-1"
    assert driving.item(2) == "醉酒驾驶机动车的；" and driving.item(2, 1) == driving.item(2)
    assert driving.item(5) is None and driving.item(1, 2) is None and driving.item(1, 9) is None


def test_the_next_part_does_not_hang_on_an_article(shelf: Shelf) -> None:
    code = shelf.find("民法典", TODAY)
    assert code is not None
    for number in ("204", "239", "462", "594", "1258"):
        article = shelf.article(code, number)
        assert article is not None and article.text.endswith("。")


@pytest.mark.parametrize(
    ("name", "on", "state"),
    [
        ("合同法", "2020-12-31", "in_force"), ("合同法", "2021-01-01", "repealed"),
        ("民法典", "2020-12-31", "not_yet"), ("民法典", "2021-01-01", "in_force"),
        ("环境保护法", "2026-08-14", "in_force"), ("环境保护法", "2026-08-15", "repealed"),
        ("生态环境法典", "2026-08-14", "not_yet"), ("进出口关税条例", "2024-12-01", "repealed"),
        ("商标法", "2026-09-01", "in_force"), ("医疗保障法", "2026-09-01", "not_yet"),
        ("行政处罚法", "2020-01-01", "in_force"), ("农村土地承包法", "2026-09-01", "in_force"),
        ("某某市停车条例", "2026-09-01", "unknown"),
    ],
)  # fmt: skip
def test_status_is_by_date(shelf: Shelf, name: str, on: str, state: str) -> None:
    assert shelf.status(name, dt.date.fromisoformat(on)).state == state


def test_a_wording_holds_until_the_next_begins(shelf: Shelf) -> None:
    old, new = shelf.find("仲裁法", dt.date(2026, 2, 28)), shelf.find("仲裁法", dt.date(2026, 3, 1))
    assert old is not None and new is not None
    assert (old.last, old.until, new.last) == (80, dt.date(2026, 3, 1), 96)
    assert shelf.find("行政许可法", dt.date(2018, 1, 1)) is None


@pytest.mark.parametrize(
    ("name", "on", "last"),
    [
        ("治安管理处罚法", "2025-12-31", 119), ("治安管理处罚法", "2026-01-01", 144), ("居委法", "2025-12-31", 23),
        ("居委法", "2026-01-01", 50), ("民诉法", "2023-12-31", 291), ("民诉法", "2024-01-01", 306),
        ("政府信息公开条例", "2019-05-14", 38), ("政府信息公开条例", "2019-05-15", 56), ("行政复议法", "2023-12-31", 43),
        ("保障中小企业款项支付条例", "2025-05-31", 29), ("保障中小企业款项支付条例", "2025-06-01", 37),
    ],
)  # fmt: skip
def test_counts_of_older_wordings_are_dated(shelf: Shelf, name: str, on: str, last: int) -> None:
    version = shelf.find(name, dt.date.fromisoformat(on))
    assert version is not None and version.last == last
    assert version.read == (name != "政府信息公开条例" or last == 56)


def test_the_words_shown_are_the_nearest_that_are_here(shelf: Shelf) -> None:
    found = look_up(shelf, "治安管理处罚法 9", dt.date(2023, 6, 1))
    assert found.version.complete and found.version.last == 144 and found.words
    entries = {entry.law for entry in shelf.articles(dt.date(2023, 6, 1))}
    assert "中华人民共和国治安管理处罚法" in entries


def test_what_is_known_without_texts_is_what_the_texts_say(shared: Path) -> None:
    """Each entry of known.toml whose text lies in the shared collection, against that text."""
    given = [one for one in table("known.toml")["known"] if one["read"]]
    checked = 0
    for _, draft in read(shared / "data" / "laws"):
        assert isinstance(draft, Draft)
        for one in given:
            if plain(one["title"]) == plain(draft.title) and one.get("promulgated") == draft.promulgated:
                checked += 1
                assert one["last"] == max(int(article.number.split("-")[0]) for article in draft.articles), one
                assert one["in_force"] == draft.in_force or draft.in_force in (None, draft.promulgated), one
    assert checked >= 24


def test_the_file_of_the_shelf_is_made_once_and_again_when_damaged(tmp_path: Path) -> None:
    count = len(Shelf.open(tmp_path).instruments())
    path = tmp_path / store.FILE
    written = path.stat().st_mtime_ns
    assert len(Shelf.open(tmp_path).instruments()) == count and path.stat().st_mtime_ns == written
    path.write_bytes(b"no database" * 1000)
    assert len(Shelf.open(tmp_path).instruments()) == count


def test_search_reads_every_article(shelf: Shelf) -> None:
    entries = list(shelf.articles(TODAY))
    assert len(entries) > 24_000
    assert any(entry.law == "中华人民共和国民法典" and entry.article == "683" and entry.in_force for entry in entries)


def test_every_title_of_the_shelf_opens_its_instrument(shelf: Shelf) -> None:
    """Also one that ends like an article: …《刑法》第三十条的解释."""
    for one in shelf.instruments():
        assert look_up(shelf, one.title, dt.date(2026, 9, 1)).instrument.title == one.title


def test_a_text_without_its_first_day_holds_from_the_known_one(tmp_path: Path) -> None:
    shelf = Shelf.open(tmp_path)
    made = dt.date(2024, 11, 10)
    words = (Article("1", "为统一全国年节及纪念日的假期，制定本办法。"),)
    shelf.add([Draft("全国年节及纪念日放假办法", "行政法规", "国务院", made, made, words, "本单位添加")], "office")
    version = shelf.find("全国年节及纪念日放假办法", dt.date(2026, 1, 1))
    assert version is not None and version.complete and version.in_force == dt.date(2025, 1, 1)
