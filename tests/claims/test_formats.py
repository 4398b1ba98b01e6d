"""Files of other sorts, broken ones and hostile ones: one plain sentence that says what to do, and bounded memory."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile

import pytest
from pypdf import PdfWriter

from hefa.claims import extract as extracting
from hefa.claims.document import Unreadable
from hefa.claims.extract import extract_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000


def packed(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def word(body: str, head: str = "") -> bytes:
    return packed(word__document_xml=f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>')


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(pages: int, password: str = "") -> bytes:
    made, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(200, 200)
    if password:
        made.encrypt(password)
    made.write(out)
    return out.getvalue()


def lying() -> bytes:
    """An archive whose part unpacks to 300 MB and says that it is of 1,000 bytes."""
    data = bytearray(packed(word__document_xml=b"a" * (300 * 1024 * 1024)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 9}">' for i in range(9))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("旧版.doc", OLD, "另存为docx"),
        ("金山.wps", OLD, "另存为docx"),
        ("改名.docx", OLD, "另存为docx"),
        ("加密.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
        ("版式.ofd", packed(OFD_xml="<x/>"), "另存为PDF"),
        ("表格.xls", OLD, "复制到docx"),
        ("表格.xlsx", packed(xl__workbook_xml="<x/>"), "复制到docx"),
        ("演示.pptx", packed(ppt__presentation_xml="<x/>"), "复制到docx"),
        ("包.zip", packed(a="x"), "解压后"),
        ("包.rar", b"Rar!\x1a\x07\x00" + b"x" * 50, "解压后"),
        ("文.rtf", rb"{\rtf1\ansi \'ba\'cf}", "另存为docx"),
        ("照片.jpg", b"\xff\xd8\xff\xe0" + b"x" * 50, "文字识别"),
        ("扫描.pdf", pdf(2), "文字识别"),
        ("密码.pdf", pdf(1, "secret"), "去掉密码"),
        ("万页.pdf", pdf(501), "拆分"),
        ("百万字.txt", ("甲方应当支付。\n" * 130_000).encode(), "拆分"),
        ("断.docx", word(paragraph("a"))[:200], "已损坏"),
        ("断的xml.docx", packed(word__document_xml=f"<w:document {W}><w:body><w:p>"), "已损坏"),
        ("套得深.docx", word("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000), "已损坏"),
        ("十亿笑.docx", word(paragraph("&j;"), f'<!DOCTYPE l [<!ENTITY a "lol">{LAUGHS}]>'), "引用外部内容"),
        ("乱码.docx", os.urandom(500), "已损坏"),
        ("乱码.pdf", b"%PDF-1.7\n" + os.urandom(500), "已损坏"),
        ("空.docx", b"", "空的"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        extract_bytes(data, name)
    assert said in str(refused.value) and len(str(refused.value)) < 80


@pytest.mark.parametrize("lies", [False, True])
def test_an_archive_that_unpacks_to_too_much_does_not_fill_the_memory(lies: bool) -> None:
    data = lying() if lies else packed(word__document_xml=b"a" * (300 * 1024 * 1024))
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            extract_bytes(data, "炸弹.docx")
        assert tracemalloc.get_traced_memory()[1] < 128 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_table_of_merged_cells_cannot_grow_without_end() -> None:
    row = "<tr>" + "<td colspan=60 rowspan=200>a</td>" * 100 + "</tr>"
    with pytest.raises(Unreadable):
        extract_bytes(f"<table>{row * 300}</table>".encode(), "a.html")
    span = '<w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr><w:p/></w:tc>'
    table = extract_bytes(word(f"<w:tbl><w:tr>{span}</w:tr></w:tbl>{paragraph('甲')}"), "a.docx").tables[0]
    assert table.cells[0].columns == 63


def test_what_is_harmless_is_read_all_the_same() -> None:
    deep = "<w:sdt><w:sdtContent>" * 60 + paragraph("甲方") + "</w:sdtContent></w:sdt>" * 60
    assert extract_bytes(word(deep), "a.docx").text == "甲方\n"
    assert extract_bytes(word(paragraph("甲方")), "改了扩展名.pdf").text == "甲方\n"
    assert extract_bytes("<html><p>甲方</p></html>".encode(), "网页.docx").text.strip() == "甲方"


def test_what_no_word_document_of_good_faith_holds_is_not_opened() -> None:
    outside = word(paragraph("甲方&e;"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    body = f"<w:document {W}><w:body>{paragraph('甲方')}</w:body></w:document>"
    macros = packed(word__document_xml=body, **{"word__vbaProject.bin": OLD})
    with pytest.raises(Unreadable, match="引用外部内容的声明"):
        extract_bytes(outside, "a.docx")
    for name in ("宏.docm", "改了扩展名.docx"):
        with pytest.raises(Unreadable, match="带有宏"):
            extract_bytes(macros, name)


def test_a_device_without_end_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "LARGEST", 1000)
    with pytest.raises(Unreadable, match="超过50兆"):
        extracting.extract("/dev/zero")
