"""The HTML and the plain text."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from hefa.press import Paper, Para, Run, Table, page_html, to_html, to_text

from . import papers


class Strict(HTMLParser):
    """Every element closed in turn, no script, no handler attribute."""

    VOID = frozenset({"br", "hr", "col", "meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(text: str) -> Strict:
    parser = Strict()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize("name", papers.ALL)
def test_well_formed_and_without_script(name: str) -> None:
    seen = parsed(page_html(papers.ALL[name](), link="/figures/{}".format)).seen
    assert not {"script", "iframe", "link", "img"} & {tag for tag, _ in seen}
    assert not [key for _, attrs in seen for key in attrs if key.startswith("on")]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_escaped(text: str) -> None:
    evil = text + "<script>alert('1')</script>&\"'"
    paper = Paper(
        kind="letter", title=evil, office=evil, to=evil, doc_no=evil, note=evil, signed_by=evil, copy_to=evil,
        printed_by=evil, attachments=(evil,), signed_on=date(2024, 3, 14),
        body=(Para((Run(evil, figure=evil),)), Table((evil,), [(evil,)], caption=evil)),
    )  # fmt: skip
    page = page_html(paper, link=lambda figure: f"/f?q={figure}")
    assert "<script" not in page
    parsed(page)


def test_figure_links_to_its_rows() -> None:
    paper = papers.annual_report()
    root = html.fromstring(to_html(paper, link=lambda figure: f"/figures/{figure}?a=1&b=2"))
    first = root.xpath("//a[@class='figure']")[0]
    assert (first.get("href"), first.get("data-figure"), first.text) == (
        "/figures/mediation.accepted?a=1&b=2", "mediation.accepted", "1476",
    )  # fmt: skip
    assert not html.fromstring(to_html(paper)).xpath("//a")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " javascript:alert(1)", "java\nscript:1", "data:text/html,x", "", "//[x"]
)
def test_unsafe_address_is_left_out(href: str) -> None:
    page = to_html(
        Paper(kind="report", title="题", body=(Para((Run("3", figure="f"),)),), signed_on=date(2024, 1, 1)),
        lambda _: href,
    )
    assert "<a " not in page and ">3<" in page


def test_headings_are_headings_and_title_is_h1() -> None:
    root = html.fromstring(to_html(papers.annual_report()))
    assert len(root.xpath("//h1")) == 1
    assert root.xpath("//h2")[0].text_content().startswith("一、")
    assert root.xpath("//h3")[0].text_content().startswith("（一）")
    assert root.xpath("//time/@datetime") == ["2024-01-08"]


def test_form_pairs_label_with_value() -> None:
    root = html.fromstring(to_html(papers.intake()))
    pairs = [(dt.text_content(), dt.getnext().text_content()) for dt in root.xpath("//dl/dt")]
    assert ("申请人", "张珺昇") in pairs and ("性别", "女") in pairs


def test_plain_text_of_a_letter() -> None:
    lines = to_text(papers.reply()).splitlines()
    assert lines[:4] == [papers.OFFICE, "某街公开〔2024〕7号", "政府信息公开申请答复书", "李喆："]
    assert lines[-5:] == [
        "附件：1. 某某街道2023年度老旧小区改造项目施工合同", "2. 区分处理后的验收材料", papers.OFFICE, "2024年3月14日",
        "（联系人：王堃，联系电话：0574-00000000）",
    ]  # fmt: skip


def test_sample_is_said_in_html_and_text() -> None:
    paper = replace(papers.reply(), sample=True)
    assert "样本" in to_html(paper) and to_text(paper).startswith("【样本】\n")
    assert "样本" not in to_html(papers.reply())


@pytest.mark.parametrize("name", papers.ALL)
def test_fragment_holds_under_a_strict_content_policy(name: str) -> None:
    seen = parsed(to_html(papers.ALL[name]())).seen
    assert not [tag for tag, attrs in seen if tag == "style" or "style" in attrs]
