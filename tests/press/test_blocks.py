"""The model: what goes through JSON comes back, and its digest changes only with what is printed."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.press import Field, Heading, Paper, Para, Run, Table, digest, from_json, to_json

from . import papers
from .strategies import any_paper


@settings(max_examples=150, deadline=None)
@given(any_paper(st.text(max_size=12)))
def test_json_round_trip(original: Paper) -> None:
    text = to_json(original)
    again = from_json(text)
    assert again == original
    assert to_json(again) == text
    assert digest(again) == digest(original)


@pytest.mark.parametrize("name", papers.ALL)
def test_sample_papers_round_trip(name: str) -> None:
    original = papers.ALL[name]()
    assert from_json(to_json(original)) == original


def test_digest_is_that_of_the_canonical_json_and_sees_one_digit() -> None:
    one = Paper(kind="letter", title="函", body=(Para("共3件"),), signed_on=date(2024, 3, 14))
    assert to_json(one) == (
        '{"body":[{"block":"para","runs":[{"text":"共3件"}]}],"kind":"letter","signed_on":"2024-03-14","title":"函"}'
    )
    two = Paper(kind="letter", title="函", body=(Para("共4件"),), signed_on=date(2024, 3, 14))
    assert digest(one) != digest(two)


def test_text_without_ink_is_dropped_and_breaks_are_unified() -> None:
    assert Run("甲\u200b乙\u202e丙\x00\ufeff\uffff丁").text == "甲乙丙丁"
    assert Run("一\r\n二\x0b三\u2028四\t五").text == "一\n二\n三\n四 五"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Table(("a", "b"), [("1",)]), "表格第1行有1格，表头有2格"),
        (lambda: Table((), []), "表格没有表头"),
        (lambda: Table(("a",), [], align=("middle",)), "对齐方式"),
        (lambda: Table(("a",), [], widths=(0,)), "列宽"),
        (lambda: Heading(5, "x"), "没有第5级"),
        (lambda: Field("栏", "", lines=0), "“栏”一栏的高度"),
        (lambda: Paper(kind="form", title="x", office="某", body=(), signed_on=date(2024, 1, 1)), "只有文件格式"),
        (lambda: Paper(kind="memo", title="x", body=(), signed_on=date(2024, 1, 1)), "没有“memo”这种文书格式"),
        (lambda: Paper(kind="letter", title="\u200b ", body=(), signed_on=date(2024, 1, 1)), "文书没有标题"),
    ],
)
def test_a_wrong_paper_is_refused_in_words(make, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        make()


def test_json_that_is_no_paper_is_refused_in_words() -> None:
    good = json.loads(to_json(papers.reply()))
    for broken in (
        "[]",
        "null",
        "{}",
        "x",
        json.dumps(good | {"colour": "red"}),
        json.dumps(good | {"body": [{"block": "b"}]}),
    ):
        with pytest.raises(ValueError, match="这段数据不是一份文书"):
            from_json(broken)
