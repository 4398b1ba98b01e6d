"""What kind of file was handed in, and whether it may be opened at all: looked at before any reader touches it."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Literal, NamedTuple
from xml.etree import ElementTree

Format = Literal["xlsx", "xls", "ods", "csv"]

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_UNPACKED = 1024 * MEGABYTE
MAX_PARTS = 2000
MAX_ROWS = 200_000
# A reader lays a sheet out as a full rectangle, so one stray cell far away costs as much as a full sheet.
MAX_AREA = 30_000_000
_CHUNK = 4 * MEGABYTE

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_CELL = rb'<c r="([A-Z]+)(\d+)"'
# Widths by what is cheap to look for: cells with content beyond column CZ, beyond ZZ.
_NEAR, _WIDE, _WIDEST = 104, 702, 16384
_BEYOND_NEAR = re.compile(rb'<c r="[D-Z][A-Z]\d+"[^>]*[^/>]>(?!</c>)')
_BEYOND_WIDE = re.compile(rb'<c r="[A-Z]{3}\d+"[^>]*[^/>]>(?!</c>)')
_LAST_CELL = re.compile(_CELL)
_ERROR = re.compile(_CELL + rb'[^>]*\bt="e"[^>]*>.*?<v>([^<]*)</v>', re.DOTALL)
_UNCALCULATED = re.compile(_CELL + rb"[^>]*[^/>]?><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>", re.DOTALL)
_HIDDEN = re.compile(rb'<row r="(\d+)"[^>]*\bhidden="(?:1|true)"')
_REPEATED_CELL = re.compile(rb'number-columns-repeated="(\d{4,})"[^>]*office:value-type')
_VALUE_REPEATED = re.compile(rb'office:value-type[^>]*number-columns-repeated="(\d{4,})"')
_REPEATED_ROW = re.compile(
    rb'number-rows-repeated="(\d{4,})"[^>]*>(?:(?!</table:table-row>).)*?office:value-type', re.DOTALL
)


class Unreadable(Exception):
    """The file cannot be read as a ledger; the text is one plain Chinese sentence."""


class Blemish(NamedTuple):
    """A cell whose value a reader cannot see: a formula never calculated, or an Excel error."""

    row: int
    letter: str
    text: str


@dataclass
class Marks:
    """What only the raw parts of a sheet tell."""

    blemishes: list[Blemish] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


@dataclass
class Container:
    """A file that may be opened. `marks` by sheet name; `date1904`: its bare serial numbers count from 1904."""

    format: Format
    data: bytes
    marks: dict[str, Marks] = field(default_factory=dict)
    date1904: bool = False


def open_container(data: bytes, name: str) -> Container:
    """Recognise a file by its content; `Unreadable` says in one sentence why it will not do."""
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable(f"“{name}”是空文件，没有可以导入的内容。")
    if len(data) > MAX_BYTES:
        size, most = len(data) // MEGABYTE, MAX_BYTES // MEGABYTE
        raise Unreadable(f"“{name}”有 {size} MB，超过了 {most} MB 的上限，请拆成几个文件分别导入。")
    if data.startswith(_ZIP):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _compound(data, name)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml")):
        raise Unreadable(f"“{name}”其实是网页或 XML 表格，请在 Excel 里打开，另存为 .xlsx 后再导入。")
    if name.lower().endswith((".csv", ".txt")):
        return Container("csv", data)
    raise Unreadable(f"“{name}”不是 Excel 文件（.xlsx、.xls、.ods）或 CSV 文件，请另存为 .xlsx 后再导入。")


def _compound(data: bytes, name: str) -> Container:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(f"“{name}”设有打开密码，请先在 Excel 里取消密码，再导入。")
    if not any(stream in data for stream in _XLS_STREAMS):
        raise Unreadable(f"“{name}”不是 Excel 工作簿（可能是 Word 或其他文件），请检查是否选错了文件。")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Unreadable(_MACRO.format(name))
    return Container("xls", data)


_XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_MACRO = "“{}”带有宏，为安全起见不能导入，请另存为不带宏的 .xlsx 后再导入。"


def _zipped(data: bytes, name: str) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, name)
            parts = {info.filename for info in archive.infolist()}
            if any(part.endswith("vbaProject.bin") for part in parts):
                raise Unreadable(_MACRO.format(name))
            if any(part.endswith(("encryption.xml", "EncryptedPackage")) for part in parts):
                raise Unreadable(f"“{name}”设有打开密码，请先取消密码，再导入。")
            if "xl/workbook.xml" in parts:
                return _workbook(archive, data, name)
            if "content.xml" in parts:
                return _open_document(archive, data, name)
            if "xl/workbook.bin" in parts:
                raise Unreadable(f"“{name}”是 .xlsb 格式，请在 Excel 里另存为 .xlsx 后再导入。")
            if "word/document.xml" in parts:
                raise Unreadable(f"“{name}”是 Word 文档，不是 Excel 台账，请检查是否选错了文件。")
    except _DAMAGE as fault:
        raise Unreadable(_BROKEN.format(name)) from fault
    except RuntimeError as fault:  # zipfile: the part is encrypted
        raise Unreadable(f"“{name}”设有压缩密码，请先取消密码，再导入。") from fault
    raise Unreadable(f"“{name}”是压缩包，不是 Excel 文件，请先解压，再导入其中的台账。")


# What the standard reader lets out of a damaged archive: a name that is not UTF-8, an offset before the file's start,
# a field cut short, a method that nobody knows.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ElementTree.ParseError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    OverflowError,
    NotImplementedError,
)
_BROKEN = "“{}”已经损坏，或者没有传完整，请在 Excel 里重新打开并另存为 .xlsx 后再导入。"


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise Unreadable(f"“{name}”解压后过大，可能是压缩炸弹，不能导入。请把内容复制到新的工作簿再试。")


def _workbook(archive: zipfile.ZipFile, data: bytes, name: str) -> Container:
    """Walk every sheet once: its declared size proves true, its extent stays bounded, unseen cells are noted."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    properties = book.find(f"{_SHEETS}workbookPr")
    container = Container("xlsx", data)
    container.date1904 = properties is not None and properties.get("date1904") in ("1", "true")
    targets = _targets(archive)
    for sheet in book.iter(f"{_SHEETS}sheet"):
        part = targets.get(sheet.get(_RELATION, ""), "")
        if part in archive.namelist() and "/worksheets/" in part:
            with archive.open(part) as stream:
                container.marks[sheet.get("name", "")] = _walk(stream, name, sheet.get("name", ""))
    return container


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    found = {}
    for relation in relations:
        target = relation.get("Target", "")
        found[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _walk(stream: IO[bytes], name: str, sheet: str) -> Marks:
    marks = Marks()
    width, last = _NEAR, 0
    for chunk in _rows(stream):
        if _BEYOND_WIDE.search(chunk):
            width = _WIDEST
        elif width == _NEAR and _BEYOND_NEAR.search(chunk):
            width = _WIDE
        end = max(chunk.rfind(b"</v></c>"), chunk.rfind(b"</is></c>"))
        if end >= 0 and (cell := _LAST_CELL.match(chunk, chunk.rfind(b"<c ", 0, end))):
            last = int(cell.group(2))
        if width == _WIDEST or last > MAX_ROWS or width * last > MAX_AREA:
            raise Unreadable(
                f"“{name}”的工作表“{sheet}”太大：内容一直到第 {last} 行{'，并且很宽' if width > _NEAR else ''}。"
                f"最多 {MAX_ROWS} 行，请删去多余的行列，或者拆成几个文件。"
            )
        if b'hidden="' in chunk:
            marks.hidden_rows += [int(found.group(1)) for found in _HIDDEN.finditer(chunk)]
        if b't="e"' in chunk:
            marks.blemishes += [_blemish(found, found.group(3).decode()) for found in _ERROR.finditer(chunk)]
        if b"<f" in chunk:
            marks.blemishes += [_blemish(found, "") for found in _UNCALCULATED.finditer(chunk)]
    return marks


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    """The sheet in chunks that end between rows."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        rest += chunk
        if (cut := rest.rfind(b"</row>")) >= 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _blemish(found: re.Match[bytes], text: str) -> Blemish:
    return Blemish(int(found.group(2)), found.group(1).decode(), text)


def _open_document(archive: zipfile.ZipFile, data: bytes, name: str) -> Container:
    if b"opendocument.spreadsheet" not in archive.read("mimetype"):
        raise Unreadable(f"“{name}”不是表格文件，请检查是否选错了文件。")
    content = archive.read("content.xml")
    if _REPEATED_CELL.search(content) or _VALUE_REPEATED.search(content) or _REPEATED_ROW.search(content):
        raise Unreadable(f"“{name}”里有内容被重复上千遍的行或列，请删去多余的行列后再导入。")
    return Container("ods", data)


def letter_of(number: int) -> str:
    """The letters of a column: 1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
