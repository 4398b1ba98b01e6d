"""The empty DOCX that every paper starts from: faces, styles, grid, page and page numbers of GB/T 9704-2012."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from .layout import CELL_PT, LINE_PT, MARGINS_MM

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RED = "C8161D"
FACES = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "hei": "黑体", "kai": "楷体_GB2312", "song": "宋体"}
_INSTEAD = {
    "title": "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,Noto Serif CJK SC,宋体",
    "body": "FangSong_GB2312,仿宋,FangSong,华文仿宋,FandolFang,Noto Serif CJK SC",
    "hei": "SimHei,Noto Sans CJK SC",
    "kai": "KaiTi_GB2312,楷体,KaiTi,华文楷体,LXGW WenKai",
    "song": "SimSun,Noto Serif CJK SC",
}
_LATIN = "Times New Roman"
_DROPPED = ("stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings", "theme")
LINE = round(LINE_PT * 20)
CELL = round(CELL_PT * 20)


def fonts_xml(role: str, extra: str = "") -> str:
    """<w:rFonts> of a role. The hint makes Chinese quotation marks take the Chinese face."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" '
        f'w:eastAsia="{FACES[role]}"{extra}/>'
    )


def _style(style_id: str, name: str, ppr: str = "", rpr: str = "", default: bool = False) -> str:
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    marked = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"{marked}>'
        f'<w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>'
    )


def _sized(points: int) -> str:
    return f'<w:spacing w:val="0"/><w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'


def _indent() -> str:
    return f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CELL}"/>'


def _styles() -> str:
    # No automatic gap between Chinese and digits; every line exactly 29 pt; 28 characters of 16 pt on 156 mm
    # by narrowing each a quarter of a point (a character grid would spread the small print of tables too).
    normal = (
        f'<w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/>'
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/>'
    )
    heads = "".join(
        _style(f"Heading{level}", f"heading {level}",
               f'<w:keepNext/>{_indent()}<w:outlineLvl w:val="{level - 1}"/>', fonts_xml(role))
        for level, role in enumerate(("hei", "kai", "body", "body"), 1)
    )  # fmt: skip
    tight = '<w:spacing w:line="400" w:lineRule="exact"/><w:jc w:val="left"/>'
    return (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts_xml("body")}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + _style("Normal", "Normal", normal, '<w:spacing w:val="-5"/>', default=True)
        + _style("BodyText", "Body Text", _indent())
        + _style("Title", "Title", '<w:keepNext/><w:keepLines/><w:spacing w:line="640" w:lineRule="exact"/>'
                 '<w:jc w:val="center"/>', fonts_xml("title") + _sized(22))
        + heads
        + _style("Caption", "caption", '<w:keepNext/><w:spacing w:before="120" w:line="480" w:lineRule="exact"/>'
                 '<w:jc w:val="center"/>', fonts_xml("hei") + _sized(14))
        + _style("TableText", "Table Text", '<w:spacing w:before="30" w:after="30" w:line="340" w:lineRule="atLeast"/>'
                 '<w:jc w:val="left"/>', _sized(12))
        + _style("Small", "Small", '<w:spacing w:after="160" w:line="440" w:lineRule="exact"/><w:jc w:val="left"/>',
                 _sized(14))
        + _style("Header", "header", tight, _sized(14))
        + _style("Footer", "footer", tight, fonts_xml("song") + _sized(14))
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        "<w:tblPr><w:tblBorders>"
        + "".join(f'<w:{side} w:val="single" w:sz="5" w:space="0" w:color="000000"/>'
                  for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        + "</w:tblBorders></w:tblPr></w:style></w:styles>"
    )  # fmt: skip


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{_INSTEAD[role]}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"modern" if role == "hei" else "roman"}"/></w:font>'
        for role, name in FACES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {W}>{fonts}</w:fonts>'.encode()


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>hefa</Application></Properties>'
)


def page_number(side: str) -> Any:
    """A footer paragraph "— 1 —", one character in from the outer edge (7.5)."""
    runs = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    placed = f'<w:pStyle w:val="Footer"/><w:ind w:{side}="{CELL}"/><w:jc w:val="{side}"/>'
    return parse_xml(f"<w:p {W}><w:pPr>{placed}</w:pPr>{runs}</w:p>")


def _settings(opened: Any) -> None:
    opened.settings.odd_and_even_pages_header_footer = True
    section = opened.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, size in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance = Mm(20)
    # The dash stands 7 mm below the frame; a footer line is 20 pt high.
    section.footer_distance = Mm(MARGINS_MM["bottom"] - 7 - 5.3)
    properties = section._sectPr
    for grid in properties.xpath("w:docGrid"):
        properties.remove(grid)
    properties.append(parse_xml(f'<w:docGrid {W} w:type="lines" w:linePitch="{LINE}"/>'))


@cache
def empty_docx() -> bytes:
    """The base file, made once a process: python-docx's own with its unused parts dropped."""
    opened = Document()
    package = opened.part.package
    for owner in (package, opened.part):
        for key, relation in list(owner.rels.items()):
            if any(part in relation.reltype or part in relation.target_ref for part in _DROPPED):
                del owner.rels[key]
            elif "fontTable" in relation.reltype:
                relation.target_part._blob = _font_table()
            elif "extended-properties" in relation.reltype:
                relation.target_part._blob = _APP
    opened.part._styles_part._element = parse_xml(_styles())
    _settings(opened)
    for footer, side in ((opened.sections[0].footer, "right"), (opened.sections[0].even_page_footer, "left")):
        footer.is_linked_to_previous = False
        body = footer._element
        for paragraph in list(body):
            body.remove(paragraph)
        body.append(page_number(side))
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()
