"""References in texts: found, resolved on the day, held against the law."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hefa.statutes.citations import Own, cite
from hefa.statutes.dates import own_date
from hefa.statutes.shelf import Shelf
from hefa.statutes.sources.files import read
from hefa.statutes.texts import Draft

TODAY = dt.date(2026, 9, 1)
CASES = tomllib.loads(Path(__file__).with_name("citations.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="session")
def full(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The package's texts and those of the shared folder."""
    shelf = Shelf.open(tmp_path_factory.mktemp("full"))
    drafts = [one for _, one in read(shared / "data" / "laws") if isinstance(one, Draft)]
    assert shelf.add(drafts, "added") == (30, 0) and shelf.add(drafts, "added") == (0, 30)
    return shelf


@pytest.mark.parametrize("case", [case for case in CASES if not case.get("shared")], ids=lambda case: case["text"][:30])
def test_what_is_said_of_a_text(shelf: Shelf, case: dict[str, Any]) -> None:
    _, findings = cite(case["text"], case["on"], shelf)
    assert [finding.rule for finding in findings] == case["rules"]
    assert all(case["text"][finding.start : finding.end] == finding.quote for finding in findings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_more_texts_on_the_shelf_change_no_verdict(full: Shelf, case: dict[str, Any]) -> None:
    _, findings = cite(case["text"], case["on"], full)
    assert [finding.rule for finding in findings] == case["rules"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《民法典》第三条、第五条至第七条", [("3", None, None), ("5", None, None), ("7", None, None)]),
        ("民法典第3、5条", [("3", None, None), ("5", None, None)]),
        ("《行政处罚法》第六十三条第一款第（一）项、第（二）项", [("63", 1, 1), ("63", 1, 2)]),
        ("《行政处罚法》第六十三条第一款、第二款", [("63", 1, None), ("63", 2, None)]),
        ("《刑法》第一百三十三条之一第一款第二项", [("133-1", 1, 2)]),
        ("《民法典》（2020年5月28日公布）第6条", [("6", None, None)]),
        ("《民法典》总则编第一百四十三条", [("143", None, None)]),
        ("该法第十条", []),
        ("依照民法典第7条，该法第8条、本办法第9条", [("7", None, None), ("8", None, None)]),
        ("《政府信息公开条例》（以下简称《条例》）第三条，《条例》第四条", [("3", None, None), ("4", None, None)]),
        ("根据《行政处罚法》《行政强制法》第三条", [("", None, None), ("3", None, None)]),
    ],
)
def test_places(shelf: Shelf, text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    citations, findings = cite(text, TODAY, shelf)
    assert [(one.article, one.paragraph, one.item) for one in citations] == expected
    assert findings == []
    for one in citations:
        assert text[one.start : one.end] == one.text


def test_the_successor_is_named(shelf: Shelf) -> None:
    _, (finding,) = cite("根据《合同法》第五十二条", TODAY, shelf)
    assert finding.severity == "block" and "第四百六十三条至第九百八十八条" in finding.suggest
    _, (moved,) = cite("根据《民事诉讼法》第一百九十四条申请司法确认", TODAY, shelf)
    assert moved.suggest == "第二百零五条"


def test_a_changed_quotation_shows_where_it_parts(shelf: Shelf) -> None:
    text = "《民法典》第六百八十三条规定：“机关法人不能为保证人，但是经国务院批准为使用外国政府贷款进行转贷的除外。”"
    _, (finding,) = cite(text, TODAY, shelf)
    assert (
        finding.rule == "C-04" and "【文中“能”，条文“得”】" in finding.message and "或者国际经济组织" in finding.message
    )


def test_words_of_another_article_are_sent_there(shelf: Shelf) -> None:
    text = "《民法典》第九条规定：“机关法人不得为保证人，但是经国务院批准为使用外国政府或者国际经济组织贷款进行转贷的除外。”"
    _, (finding,) = cite(text, TODAY, shelf)
    assert finding.rule == "C-04" and finding.suggest == "第六百八十三条"


def test_every_article_quoted_as_it_stands_is_sound(shelf: Shelf) -> None:
    """Each fourth article of five laws, quoted whole: no finding at all."""
    for name in ("民法典", "行政处罚法", "行政复议法", "个人信息保护法", "刑法"):
        version = shelf.find(name, TODAY)
        assert version is not None
        for article in shelf.text(version)[::4]:
            first = article.paragraphs[0].text
            if "”" not in first and "》" not in first:
                text = f"《{name}》第{article.number.split('-')[0]}条" if "-" not in article.number else ""
                assert not text or cite(f"{text}规定：“{first}”", TODAY, shelf)[1] == []


def test_own_documents_that_ended(shelf: Shelf) -> None:
    own = Own("某某街道网格管理办法", "某街规文〔2020〕1号", dt.date(2025, 1, 1), "某某街道网格工作办法")
    text = "按照《某某街道网格管理办法》办理。"
    _, (finding,) = cite(text, TODAY, shelf, [own])
    assert (finding.rule, finding.severity, finding.suggest) == ("C-06", "block", "《某某街道网格工作办法》")
    assert cite(text, dt.date(2024, 12, 31), shelf, [own])[1] == [] == cite(text, TODAY, shelf)[1]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("通知\n某某街道办事处\n2026年3月1日\n", dt.date(2026, 3, 1)),
        ("通知\n二〇二六年三月十五日", dt.date(2026, 3, 15)),
        ("自2026年3月1日起施行。", None),
        ("2026年13月1日", None),
    ],
)
def test_the_day_under_a_signature(text: str, day: dt.date | None) -> None:
    assert own_date(text) == day


def test_this_law_under_the_title_of_a_law_is_that_law(shelf: Shelf) -> None:
    """In the text of a law 本法 is that law, also where another one was named last."""
    text = (
        "中华人民共和国行政处罚法\n第八条　依照《中华人民共和国公务员法》处分。\n第六十二条　依照本法第四十四条告知；违反本法第八十八条的。\n"
        "中华人民共和国人民调解法\n第三条　依照本法第三十六条。"
    )
    citations, findings = cite(text, dt.date(2026, 9, 1), shelf)
    assert [(one.law[7:], one.article) for one in citations if one.text.startswith("本法")] == [
        ("行政处罚法", "44"), ("行政处罚法", "88"), ("人民调解法", "36"),
    ]  # fmt: skip
    assert [(one.rule, one.quote) for one in findings] == [("C-02", "本法第八十八条"), ("C-02", "本法第三十六条")]
