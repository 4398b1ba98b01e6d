"""The PDF: text, page and grid as GB/T 9704-2012 has them, and nothing printed that a font cannot print."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from hefa.press import (
    Field,
    Fields,
    MissingGlyphs,
    Paper,
    Para,
    Run,
    Signatures,
    Table,
    families,
    fonts,
    missing_glyphs,
    to_pdf,
    to_text,
)
from hefa.press.pdf import TypesettingError

from . import papers

MM = 72 / 25.4
DAY = date(2024, 3, 14)


def read(paper: Paper, **options) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(paper, **options)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shown(reader: PdfReader) -> str:
    """All text in reading order, without page numbers, watermark and white space."""
    return squeezed("".join(re.sub(r"— \d+ —\s*$", "", page.extract_text()) for page in reader.pages)).replace(
        "样本", ""
    )


def glyphs(page) -> list[tuple[float, float, str, float]]:
    """(x, y, text, size) of each piece of text, in points from the lower left corner."""
    found: list[tuple[float, float, str, float]] = []

    def visit(text, matrix, text_matrix, font, size) -> None:
        if text.strip():
            x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
            found.append((x, y, text.strip(), size))

    page.extract_text(visitor_text=visit)
    return found


def letter(*body, **changes) -> Paper:
    return Paper(**({"kind": "letter", "title": "函", "body": body, "signed_on": DAY} | changes))


@pytest.mark.parametrize("name", papers.ALL)
def test_text_of_the_pdf_is_the_text_of_the_paper(name: str) -> None:
    paper = papers.ALL[name]()
    wanted = squeezed(to_text(paper)).removeprefix("【样本】")
    if name == "intake":  # the colon after a label stands for the ruled line between two cells
        for row in paper.body[0].rows:
            for field in row:
                wanted = wanted.replace(f"{field.label}：", field.label)
    assert shown(read(paper)) == wanted


@settings(max_examples=40, deadline=None)
@given(st.text("abc#$*_[]{}()<>@&\\/\"'`~=-+.:;!?%^|0123甲乙丙〔〕—“”", min_size=1, max_size=40))
def test_user_text_is_never_markup(text: str) -> None:
    paper = letter(Para(text, indent=False), title="函")
    assert shown(read(paper)) == "函" + squeezed(text)


def test_markup_in_every_field_stays_literal() -> None:
    evil = '#eval("1")<script>$x$*b*_i_&amp;'
    paper = letter(
        Para(evil), Table((evil,), [(evil,)], caption=evil), Fields([(evil[:10], evil)]), Signatures([evil]),
        title=evil, to=evil, office=evil, doc_no=evil, signed_by=evil, note=evil, copy_to=evil, attachments=(evil,),
    )  # fmt: skip
    assert shown(read(paper)).count("#eval") >= 11


def test_page_is_a4_with_the_margins_of_the_standard() -> None:
    page = read(letter(Para("国" * 2000, indent=False))).pages[1]
    assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.1)
    body = [piece for piece in glyphs(page) if "国" in piece[2]]
    assert min(x for x, *_ in body) == pytest.approx(28 * MM, abs=0.5)
    # A 16 pt character reaches 14.1 pt above its base line and 1.9 pt below it.
    assert 37 * MM - 1 <= 297 * MM - max(y for _, y, *_ in body) - 14.1 <= 37 * MM + 8
    assert 35 * MM - 1 <= min(y for _, y, *_ in body) - 1.9 <= 35 * MM + 8


def test_full_page_holds_22_lines_of_28_characters() -> None:
    reader = read(letter(Para("国" * (28 * 60), indent=False)))
    page = reader.pages[1]
    text = [line for line in page.extract_text().splitlines() if "国" in line]
    assert [len(line.strip()) for line in text] == [28] * 22
    baselines = sorted({round(y, 1) for _, y, piece, _ in glyphs(page) if "国" in piece}, reverse=True)
    assert len(baselines) == 22
    gaps = [upper - lower for upper, lower in pairwise(baselines)]
    assert gaps == pytest.approx([29.0] * 21, abs=0.11)


def test_first_line_of_a_paragraph_holds_26_characters_and_the_rest_28() -> None:
    lines = [line.strip() for line in read(letter(Para("国" * 80))).pages[0].extract_text().splitlines()]
    assert [len(line) for line in lines if line.startswith("国")] == [26, 28, 26]


def test_rare_characters_do_not_move_the_lines() -> None:
    plain = read(letter(*[Para("国" * 26)] * 3)).pages[0]
    rare = read(letter(*[Para("喆堃珺昇镕𬭎☑" + "国" * 19)] * 3)).pages[0]
    lines = [sorted({round(y, 1) for _, y, text, _ in glyphs(page) if "国" in text}) for page in (plain, rare)]
    assert lines[0] == lines[1]


def test_page_numbers_stand_outside_odd_right_even_left() -> None:
    reader = read(letter(Para("国" * 1500), kind="report"))
    numbers = []
    for page in reader.pages:
        x, y, *_ = next(piece for piece in glyphs(page) if "—" in piece[2])
        numbers.append(x)
        assert 297 * MM - 225 * MM - 37 * MM - y == pytest.approx(7 * MM + 5, abs=6)
    assert len(numbers) == 3
    assert numbers[0] > 150 * MM and numbers[1] < 50 * MM and numbers[2] > 150 * MM
    assert "— 2 —" in reader.pages[1].extract_text()


def test_first_page_of_a_letter_with_a_red_name_has_no_number() -> None:
    reader = read(papers.reply())
    assert "— 1 —" not in reader.pages[0].extract_text()
    assert "— 2 —" in reader.pages[1].extract_text()


def test_brackets_and_date_are_those_of_the_standard() -> None:
    text = read(papers.reply()).pages
    joined = "".join(page.extract_text() for page in text)
    assert "〔2024〕7号" in joined
    assert "2024年3月14日" in joined
    assert "2024年03月" not in joined


@pytest.mark.parametrize("lines", range(2, 24))
def test_signature_never_stands_on_a_page_without_text(lines: int) -> None:
    paper = letter(
        Para("国" * 26), Para("民" * (26 + 28 * (lines - 1))), signed_by="某某街道办事处", attachments=("清单", "名册")
    )
    reader = read(paper)
    page = next(page for page in reader.pages if "某某街道办事处" in page.extract_text())
    assert "民" in page.extract_text()
    assert "附件" in page.extract_text()


def test_signing_lines_stand_with_the_text_above_them() -> None:
    for filled in range(10, 23):
        reader = read(
            letter(Para("国" * 28 * filled), Para("民" * 100), Signatures(["申请人：", "被申请人："], columns=2))
        )
        page = next(page for page in reader.pages if "被申请人" in page.extract_text())
        assert "民" in page.extract_text()


def test_no_text_runs_out_of_the_frame() -> None:
    long = "1234567890" * 12
    paper = letter(
        Para(long),
        Table(("一", "二", "三"), [(long, "甲", "乙" * 60)]),
        Fields([(("号码", long), ("住址", "丙" * 80))]),
    )
    for page in read(paper).pages:
        for x, _, text, size in glyphs(page):
            digits = sum(c.isascii() for c in text)
            assert x >= 28 * MM - 1
            assert x + (len(text) - digits) * size + digits * size * 0.5 <= 184 * MM + size, text


def test_long_number_stays_in_its_cell() -> None:
    number = "1234567890" * 3
    table = Table(("一", "二", "三"), [(number, "甲", "乙" * 20)], widths=(1, 1, 3))
    form = Fields([(("号码", number), ("住址", "丙"))])
    (page,) = read(letter(table, form)).pages
    pieces = [(x + len(text) * size * 0.5, size) for x, _, text, size in glyphs(page) if text.isdigit()]
    assert len(pieces) > 3
    for right, size in pieces:
        assert right <= (28 + 156 / 5) * MM if size == 14 else right <= (28 + 156 / 2) * MM


def test_cell_grows_past_the_height_kept_free() -> None:
    form = Fields([Field("经过", "甲" * 300, lines=2), Field("要求", "乙", lines=4), ("备注", "丙")])
    (page,) = read(letter(form, kind="form")).pages
    height = {mark: [y for _, y, text, _ in glyphs(page) if mark in text] for mark in "甲乙丙"}
    assert min(height["甲"]) - max(height["乙"]) >= 20
    assert min(height["乙"]) - max(height["丙"]) >= 4 * 20


def test_title_breaks_before_guanyu_and_never_inside_a_word() -> None:
    text = read(papers.annual_report()).pages[0].extract_text().splitlines()
    assert text[0].strip().endswith("街道办事处") and text[1].strip().startswith("关于2023年度")


def test_same_paper_same_bytes() -> None:
    assert to_pdf(papers.annual_report()) == to_pdf(papers.annual_report())


def test_pdf_is_archival_and_dated_by_the_paper() -> None:
    reader = read(papers.reply())
    assert reader.xmp_metadata is not None
    assert b"<pdfaid:part>2</pdfaid:part>" in reader.xmp_metadata.stream.get_data()
    assert reader.metadata.creation_date.date() == DAY
    assert reader.metadata.title == "政府信息公开申请答复书"


def test_every_font_is_embedded_and_none_is_a_stand_in() -> None:
    names = set()
    for page in read(papers.agreement()).pages:
        names |= {
            str(font.get_object()["/BaseFont"]).split("+")[-1].lower() for font in page["/Resources"]["/Font"].values()
        }
    chosen = {family.replace(" ", "").lower() for chain in families().values() for family in chain}
    stand_ins = {name for name in names if not any(name.replace("-", "").startswith(family) for family in chosen)}
    assert not stand_ins


def test_figures_become_links_only_where_an_address_is_given() -> None:
    paper = letter(Para(("受理", Run("1476", figure="mediation.accepted"), "件", Run("2", figure="bad"))))
    assert "/Annots" not in read(paper).pages[0]
    address = {"mediation.accepted": "https://example.org/f?a=1", "bad": "javascript:alert(1)"}
    links = read(paper, link=address.get).pages[0]["/Annots"]
    assert [str(link.get_object()["/A"]["/URI"]) for link in links] == ["https://example.org/f?a=1"]


def test_character_without_glyph_is_refused_by_name() -> None:
    nowhere = "\ue123"
    with pytest.raises(MissingGlyphs, match="U\\+E123") as refusal:
        to_pdf(letter(Para(f"申请人王{nowhere}")))
    assert refusal.value.characters == {nowhere}
    assert "印不出这些字" in str(refusal.value)


@pytest.mark.parametrize("place", ["title", "to", "note", "signed_by", "doc_no"])
def test_gate_looks_at_every_part(place: str) -> None:
    with pytest.raises(MissingGlyphs):
        to_pdf(letter(Para("文"), **{place: "某\ue123"}))


def test_names_seen_in_china_can_be_printed() -> None:
    assert missing_glyphs("李喆 王堃 朱镕 张珺 日昇 婳 𬭎 䶮 ☑☐□〔〕—“”…·①％‰㎡×\n") == set()
    text = read(letter(Para("李喆王堃朱镕珺昇婳𬭎䶮☑"))).pages[0].extract_text()
    assert "李喆王堃朱镕珺昇婳𬭎䶮☑" in squeezed(text)


def test_unknown_family_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    known = fonts.typefaces()
    faces = dict(known.faces) | {"body": fonts.Face(("No Such Family",))}
    monkeypatch.setattr(fonts, "typefaces", lambda: replace(known, faces=faces))
    with pytest.raises(TypesettingError, match="no such family"):
        to_pdf(letter(Para("文")))


def test_fonts_of_the_site_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(str(next(fonts._wheel_folder().glob("*Serif*.otf"))))
    few = Subsetter(Options(name_IDs=["*"]))
    few.populate(text="某街道办事处申请")  # a whole Chinese font takes half a minute to write
    few.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "FangSong_GB2312"
    font["CFF "].cff.fontNames[0] = "FangSongGB2312"
    font.save(str(tmp_path / "fang.otf"))
    monkeypatch.setenv("HEFA_FONTS", str(tmp_path))
    assert families()["body"][0] == "FangSong_GB2312"
    assert "申请" in read(letter(Para("申请"))).pages[0].extract_text()


def test_missing_site_folder_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEFA_FONTS", str(tmp_path / "none"))
    with pytest.raises(fonts.FontsMissing, match="文件夹不存在"):
        to_pdf(papers.reply())


def test_tall_field_breaks_over_pages_without_loss() -> None:
    story = "".join(f"第{n}句。" for n in range(400))
    paper = letter(Fields((("日期", "2024年3月14日"), Field("经过", story, lines=6))), kind="form", title="表")
    reader = read(paper)
    assert len(reader.pages) > 1
    assert story in shown(reader)
