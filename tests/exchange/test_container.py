"""Files that are no ledgers: one plain sentence each, before any reader touches them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hefa.exchange import container, reading
from hefa.exchange.container import Unreadable, letter_of, open_container
from hefa.exchange.reading import open_book
from hefa.kernel.matter import find_kind

from .ledgers import bytes_of, file_with, sheet_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def remade(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A good ledger whose parts were changed (None drops a part)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file_with())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return out.getvalue()


def with_cell(name: str) -> bytes:
    sheet = sheet_of()
    sheet[name] = "远"
    return bytes_of(sheet)


SHEET = "xl/worksheets/sheet1.xml"
UNREADABLE = {
    "empty": (b"", "空文件"),
    "zeros": (b"\0" * 4096, "空文件"),
    "text called xlsx": ("编号,单位\n1,飞虹".encode(), "不是 Excel 文件"),
    "noise": (bytes(range(1, 256)) * 20, "不是 Excel 文件"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\1" * 100, "不是 Excel 文件"),
    "web page called xls": (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    "cut off": (file_with()[:3000], "损坏"),
    "password": (OLE + b"\1" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\1" * 600, "密码"),
    "word document of old": (OLE + b"\1" * 600 + "WordDocument".encode("utf-16-le") + b"\1" * 600, "不是 Excel 工作簿"),
    "macro of old": (OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le") + b"\1" * 600, "宏"),
    "broken workbook of old": (OLE + b"\1" * 600 + "Workbook".encode("utf-16-le") + b"\1" * 600, "损坏"),
    "word document": (zipped(word__document_dot_xml=b"<w/>"), "Word 文档"),
    "macro": (zipped(xl__workbook_dot_xml=b"<w/>", xl__vbaProject_dot_bin=b"\1"), "宏"),
    "binary workbook": (zipped(xl__workbook_dot_bin=b"\1"), "xlsb"),
    "archive": (zipped(readme_dot_txt=b"hello"), "压缩包"),
    "no relations": (remade(lambda name, body: None if name.endswith("workbook.xml.rels") else body), "损坏"),
    "broken sheet": (remade(lambda name, body: body[: len(body) // 2] if name == SHEET else body), "损坏"),
    "broken list of sheets": (remade(lambda name, body: b"<not" if name == "xl/workbook.xml" else body), "损坏"),
    "cell far to the right": (with_cell("XFD2"), "太大"),
    "cell far down": (with_cell("A1048576"), "太大"),
    "cell far both ways": (with_cell("ZZ199999"), "太大"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_is_told_in_one_sentence(name: str) -> None:
    data, word = UNREADABLE[name]
    with pytest.raises(Unreadable) as refused:
        open_book(data, "台账.xlsx").sheets(find_kind("mediation.dispute"))
    assert word in str(refused.value)
    assert str(refused.value).startswith("“台账.xlsx”")
    assert str(refused.value).endswith("。")
    assert "\n" not in str(refused.value)


def test_entities_that_multiply_are_refused() -> None:
    lol = '<!DOCTYPE w [<!ENTITY a "' + "a" * 100 + '">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ) + "]><workbook>&i;</workbook>"  # fmt: skip
    data = remade(lambda name, body: lol.encode() if name == "xl/workbook.xml" else body)
    with pytest.raises(Unreadable):
        open_container(data, "台账.xlsx")


def test_more_inside_than_was_declared() -> None:
    data = bytearray(file_with())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size
    lie = (1000).to_bytes(4, "little")
    data = data.replace(size.to_bytes(4, "little"), lie)
    with pytest.raises(Unreadable, match="损坏"):
        open_container(bytes(data), "台账.xlsx")


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 10_000)
    with pytest.raises(Unreadable, match="压缩炸弹"):
        open_container(zipped(xl__workbook_dot_xml=b" " * 10_001), "台账.xlsx")


def test_file_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_BYTES", 1000)
    with pytest.raises(Unreadable, match="上限"):
        open_container(file_with(), "台账.xlsx")


def test_more_rows_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_ROWS", 5)
    assert open_container(file_with(count=4), "台账.xlsx")
    with pytest.raises(Unreadable, match="第 6 行"):
        open_container(file_with(count=5), "台账.xlsx")


def test_format_far_away_does_no_harm() -> None:
    sheet = sheet_of()
    sheet["XFD1048576"].number_format = "0.00"
    assert len(open_book(bytes_of(sheet), "台账.xlsx").sheets(find_kind("mediation.dispute"))) == 1


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="没有这个文件"):
        open_book(tmp_path / "无.xlsx")
    with pytest.raises(Unreadable, match="文件夹"):
        open_book(tmp_path)


def test_locked_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<w/>")
    data = bytearray(out.getvalue())
    # General purpose bit 0 in both headers says that the part is encrypted.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="密码"):
        open_container(bytes(data), "台账.xlsx")


def ods(content: str) -> bytes:
    head = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        '<office:spreadsheet><table:table table:name="台账">'
    )
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", head + content + tail)
    return out.getvalue()


def ods_row(*texts: str, repeated: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f"<table:table-row{repeated}>{cells}</table:table-row>"


def test_open_document_is_read() -> None:
    data = ods(ods_row("编号", "单位", "设立日期", "主任") + ods_row("1", "飞虹", "2021-06-16", "甄一"))
    (sheet,) = open_book(data, "台账.ods").sheets(find_kind("mediation.committee"))
    assert [row.cells for row in sheet.rows()] == [["1", "飞虹", "2021-06-16", "甄一"]]


def test_open_document_that_repeats_itself_without_end() -> None:
    data = ods(ods_row("编号", "单位", repeated=' table:number-rows-repeated="1000000"'))
    with pytest.raises(Unreadable, match="重复"):
        open_container(data, "台账.ods")
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert open_container(ods(ods_row("编号", "单位") + blank), "台账.ods")


def test_letters_of_columns() -> None:
    assert [letter_of(n) for n in (1, 26, 27, 52, 702, 703)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


def test_name_of_a_part_that_is_not_utf8() -> None:
    data = bytearray(file_with())
    entry = data.index(b"PK\x01\x02")  # the archive's list: flags stand 8 bytes on, the name 46
    data[entry + 9] |= 0x08  # "the name is UTF-8"
    data[entry + 46] = 0xEA
    with pytest.raises(Unreadable, match="损坏"):
        open_container(bytes(data), "台账.xlsx")


def test_damaged_bytes_never_end_in_a_traceback() -> None:
    from random import Random

    rng, good = Random(5), file_with()
    for turn in range(300):
        data = bytearray(good)
        first = 0 if turn % 2 else len(good) - 1500  # every other time only the archive's list of parts, at its end
        for _ in range(rng.randint(1, 30)):
            data[rng.randrange(first, len(data))] = rng.randrange(256)
        try:
            for sheet in open_book(bytes(data), "台账.xlsx").sheets(find_kind("mediation.dispute")):
                list(sheet.rows())
        except Unreadable as refused:
            assert str(refused).endswith("。")


def test_example_of_the_blank_ledger_is_known_by_its_mark() -> None:
    ledger = sheet_of()
    ledger["A2"] = reading.EXAMPLE
    (sheet,) = open_book(bytes_of(ledger), "台账.xlsx").sheets(find_kind("mediation.dispute"))
    assert [row.number for row in sheet.rows()] == [3]
