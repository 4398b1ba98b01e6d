"""The DOCX, opened again."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from hefa.press import Paper, Para, Run, Table, to_docx, to_text

from . import papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(paper: Paper):
    return Document(io.BytesIO(to_docx(paper)))


def all_text(element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@pytest.mark.parametrize("name", papers.ALL)
def test_every_word_of_the_paper_is_there_in_order(name: str) -> None:
    paper = papers.ALL[name]()
    text = "".join(all_text(opened(paper).element.body).split())
    wanted = "".join(to_text(paper).removeprefix("【样本】").split())
    if name == "intake":
        for row in paper.body[0].rows:
            for field in row:
                wanted = wanted.replace(f"{field.label}：", field.label)
    assert text == wanted


def test_page_and_line_pitch() -> None:
    document = opened(papers.reply())
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for size, mm in zip(sides, (37, 35, 28, 26), strict=True):
        assert size == pytest.approx(Mm(mm), abs=Pt(0.05))
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    spacing = document.styles["Normal"].element.find(f".//{W}spacing")
    assert spacing.get(f"{W}lineRule") == "exact"
    frame = (section.page_height - section.top_margin - section.bottom_margin) / Pt(1)
    assert int(frame // (int(spacing.get(f"{W}line")) / 20)) == 22


def test_faces_are_named_for_chinese_and_latin() -> None:
    document = opened(papers.annual_report())
    styles = document.styles

    def east(name: str) -> str:
        return styles[name].element.find(f".//{W}rFonts").get(qn("w:eastAsia"))

    default = styles.element.find(f"{W}docDefaults").find(f".//{W}rFonts")
    assert default.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (east("Title"), east("Heading 1"), east("Heading 2")) == ("方正小标宋简体", "黑体", "楷体_GB2312")
    table = zipfile.ZipFile(io.BytesIO(to_docx(papers.reply()))).read("word/fontTable.xml").decode()
    assert "仿宋_GB2312" in table and "FangSong" in table
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0].startswith("一、")


def test_no_gap_is_put_between_chinese_and_digits() -> None:
    normal = opened(papers.reply()).styles["Normal"].element
    assert {normal.find(f".//{W}{name}").get(qn("w:val")) for name in ("autoSpaceDE", "autoSpaceDN")} == {"0"}


def test_table_is_ruled_with_a_header_that_repeats() -> None:
    table = opened(papers.annual_report()).tables[0]
    assert table.style.name == "Table Grid"
    assert table.rows[0].cells[0].text == "社区"
    assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
    assert table.rows[1].cells[1].text == "72"
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), abs=Pt(2))


def test_form_has_its_cells_side_by_side() -> None:
    table = opened(papers.intake()).tables[0]
    rows = [list(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows]
    assert rows[1] == ["申请人", "张珺昇", "身份证号", "990000199001010018"]
    assert rows[3] == ["单位或住址", "某某街道某某社区幸福路12号3幢401室"]


def test_red_name_and_rule_of_a_document() -> None:
    document = opened(papers.notice())
    head = document.paragraphs[0]
    assert head.text.endswith("文件")
    assert str(head.runs[0].font.color.rgb) == "C8161D"
    assert document.paragraphs[1]._p.find(f".//{W}pBdr/{W}bottom").get(qn("w:color")) == "C8161D"


def test_page_numbers_by_side_and_none_on_the_first_page_of_a_letter() -> None:
    section = opened(papers.reply()).sections[0]
    assert "PAGE" in section.footer._element.xml and 'w:jc w:val="right"' in section.footer._element.xml
    assert 'w:jc w:val="left"' in section.even_page_footer._element.xml
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_footer._element.xml


def test_same_paper_same_bytes_dated_by_the_paper() -> None:
    first = to_docx(papers.reply())
    assert first == to_docx(papers.reply())
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {item.date_time for item in packed.infolist()} == {(2024, 3, 14, 0, 0, 0)}
    core = opened(papers.reply()).core_properties
    assert core.created.replace(tzinfo=None) == core.modified.replace(tzinfo=None) == datetime(2024, 3, 14)
    assert core.title == "政府信息公开申请答复书"


def test_user_text_stays_text() -> None:
    evil = "<script>&lt;w:p/>]]>“引”\x00\x0b\ufffe"
    paper = Paper(
        kind="letter", title=evil, signed_on=date(2024, 3, 14), office=evil, to=evil, doc_no=evil, note=evil,
        signed_by=evil, copy_to=evil, attachments=(evil,),
        body=(Para((Run(evil, figure=evil, bold=True),)), Table((evil,), [(evil,)])),
    )  # fmt: skip
    data = to_docx(paper)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name))
    assert all_text(Document(io.BytesIO(data)).element.body).count("<script>&lt;w:p/>]]>“引”") >= 10


def test_sample_is_marked_on_every_kind_of_page() -> None:
    section = opened(replace(papers.reply(), sample=True)).sections[0]
    headers = (section.header, section.even_page_header, section.first_page_header)
    assert ["样本" in all_text(header._element) for header in headers] == [True] * 3
