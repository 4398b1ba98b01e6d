"""What real Word files hold and python-docx has no word for: lists, tracked changes, text boxes, notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LIST = "90"
_BOX_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def table(made: docx.document.Document, rows: Sequence[Sequence[str]], merged: Iterable[Sequence[int]] = ()) -> None:
    """A table; `merged`: (row, column) from and to, the words stay in the first."""
    grid = made.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    grid.style = "Table Grid"
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            grid.cell(i, j).text = text
    for a, b, c, d in merged:
        text = grid.cell(a, b).text
        grid.cell(a, b).merge(grid.cell(c, d)).text = text


def numbering(made: docx.document.Document, *levels: tuple[str, str]) -> None:
    """A list of that many levels, each (how it counts, what stands around the number)."""
    lists = made.part.numbering_part.element
    said = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (fmt, text) in enumerate(levels)
    )
    lists.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{_LIST}">{said}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {W} w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST}"/></w:num>'))


def numbered(made: docx.document.Document, text: str, level: int = 0) -> Paragraph:
    paragraph = made.add_paragraph(text)
    place = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{_LIST}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(place))
    return paragraph


def changed(paragraph: Paragraph, old: str, new: str) -> None:
    """A tracked change that nobody has accepted yet."""
    who = 'w:author="张三" w:date="2026-04-01T00:00:00Z"'
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="902" {who}><w:r><w:delText>{old}</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="901" {who}><w:r><w:t>{new}</w:t></w:r></w:ins>'))


def box(paragraph: Paragraph, text: str) -> None:
    """A text box, with the twin that Word keeps for older programs."""
    held = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{held}</wps:txbx><wps:bodyPr/></wps:wsp>'
    )
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="2000000" cy="500000"/><wp:docPr id="77" name="box"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:shape style="width:100pt;height:40pt"><v:textbox>{held}</v:textbox></v:shape></w:pict>'
    both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    paragraph._p.append(parse_xml(f"<w:r {W} {_BOX_SPACES}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"))


def noted(paragraph: Paragraph) -> None:
    """A reference to the footnote that `saved` writes."""
    paragraph.add_run()._r.append(parse_xml(f'<w:footnoteReference {W} w:id="2"/>'))


def saved(made: docx.document.Document, note: str = "") -> bytes:
    out = io.BytesIO()
    made.save(out)
    if not note:
        return out.getvalue()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    added = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdNote" Type="{link}" Target="footnotes.xml"/></Relationships>',
        ),
    }
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace(*added[name]) if name in added else old.read(name))
        line = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        said = f'<w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
        new.writestr("word/footnotes.xml", f"<w:footnotes {W}>{line}{said}</w:footnotes>")
    return again.getvalue()
