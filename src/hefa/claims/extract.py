"""A file by anyone → a `Document`: plain text in reading order and the tables in it, cell by cell with offsets."""

import io
import logging
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree, html

from hefa.claims.document import Cell, Document, Table, Unreadable
from hefa.claims.formats import unfit
from hefa.claims.radicals import characters
from hefa.claims.word import Grid, W, Word, parser, unpacked

LARGEST = 50 * 1024 * 1024
LONGEST = 1_000_000  # characters of a text
_LARGEST_XML = 32 * 1024 * 1024
_MOST_PAGES = 500
_HEAD = 4096  # where a declaration of entities would stand; Word never writes one
_MOST_PLACES = 1_000_000  # of a table, the merged ones counted singly
_SKIPPED = {"script", "style", "noscript", "template", "head", "select", "option", "button", "svg", "iframe"}
_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "table",
    "ul",
    "ol",
    "dd",
    "dt",
    "title",
    "header",
    "footer",
    "blockquote",
    "pre",
    "center",
    "form",
    "hr",
}
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml)", re.I)
_ENDS = "。！？：；”）"
_NEW_LINE = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|第[一二三四五六七八九十]+[章节条部])"
)
_PAGE_NUMBER = re.compile(r"^\s*[-—–]*\s*(?:第\s*)?\d{1,4}\s*(?:页|/\s*\d{1,4})?\s*[-—–]*\s*$")


class Writer:
    """Collects text and remembers where each cell of each table begins and ends in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.tables: list[Table] = []

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.write("\n")

    def table(self, rows: list[list[tuple[str, int, int]]]) -> None:
        """`rows`: cells as (text, columns, rows spanned) in reading order; empty text at rows=0 continues a merge."""
        self.line()
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(rows):
            column = 0
            for i, (text, columns, down) in enumerate(row):
                while (r, column) in taken:
                    column += 1
                words = re.sub(r"\s+", " ", text).strip()
                if i:
                    self.write("\t")
                start = self.length
                self.write(words)
                cells.append(Cell(words, r, column, start, self.length, down, columns))
                if len(taken) > _MOST_PLACES:
                    raise Unreadable("文件里有一张表格太大，请拆分后再检查。")
                taken.update((r + y, column + x) for y in range(down) for x in range(columns))
                column += columns
            self.line()
            if row and not self.pieces[-1].endswith("\n"):
                self.write("\n")
        if cells:
            self.tables.append(Table(tuple(cells)))

    def document(self) -> Document:
        return Document("".join(self.pieces), tuple(self.tables))


def extract(path: str | Path) -> Document:
    """Read a file by its content and suffix (txt, md, html, docx, pdf); raises `Unreadable` with a Chinese sentence."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise Unreadable(f"文件“{file.name}”超过50兆，请拆分后再检查。")
        with file.open("rb") as opened:  # a device or a pipe does not say how much it holds
            data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise Unreadable(f"文件“{file.name}”超过50兆，请拆分后再检查。")
    except FileNotFoundError:
        raise Unreadable(f"没有找到文件“{file}”，请检查路径。") from None
    except OSError:
        raise Unreadable(f"文件“{file.name}”打不开，请检查它是不是文件、有没有读取权限。") from None
    return extract_bytes(data, file.name)


def extract_bytes(data: bytes, name: str) -> Document:
    """The same for an upload; `name` gives the suffix and is used in messages."""
    if not data.strip():
        raise Unreadable(f"文件“{name}”是空的。")
    document = _reader(data, name)(data, name)
    if not document.text.strip():
        raise Unreadable(f"文件“{name}”里没有可读的文字；如果是扫描件，请先做文字识别。")
    if len(document.text) > LONGEST:
        raise Unreadable(f"文件“{name}”超过{LONGEST // 10000}万字，请拆分后再检查。")
    return document


def _reader(data: bytes, name: str) -> Callable[[bytes, str], Document]:
    suffix = Path(name).suffix.lower()
    if data[:5] == b"%PDF-":
        return read_pdf
    if suffix in (".pdf", ".docx") and _MARKUP.match(data[:200]):
        return read_html  # saved from a browser under another name
    if (reason := unfit(data, name)) is not None:
        raise Unreadable(reason)
    if data[:4] == b"PK\x03\x04" or suffix == ".docx":
        return read_docx
    if suffix == ".pdf":
        return read_pdf
    if suffix in (".html", ".htm", ".mhtml") or _MARKUP.match(data[:200]):
        return read_html
    return read_text


def decode(data: bytes, name: str) -> str:
    """UTF-8 or GB 18030 (also UTF-16 with its mark)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
        if b"\x00" in data[:4096]:
            raise Unreadable(f"文件“{name}”不是文本文件；可以检查txt、md、html、docx、pdf。")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"文件“{name}”的文字编码认不出来，请另存为UTF-8编码。")


def read_text(data: bytes, name: str) -> Document:
    return Document(decode(data, name).replace("\r\n", "\n").replace("\r", "\n"))


def read_html(data: bytes, name: str) -> Document:
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048], re.I)
    try:
        text = data.decode(declared.group(1).decode()) if declared else decode(data, name)
    except (UnicodeDecodeError, LookupError):
        text = decode(data, name)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(text.replace("\x00", " "))
    except (etree.LxmlError, ValueError, AssertionError):
        raise Unreadable(f"文件“{name}”不是完整的网页，读不出内容。") from None
    writer = Writer()
    _walk(root, writer)
    return writer.document()


def _walk(node: etree._Element, writer: Writer) -> None:
    """Depth first without recursion: published pages nest hundreds deep."""
    stack: list[tuple[etree._Element, bool]] = [(node, False)]
    while stack:
        element, done = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if done:
            if tag in _BLOCKS:
                writer.line()
            _put(writer, element.tail)
            continue
        if tag in _SKIPPED or not tag:
            _put(writer, element.tail)
            continue
        if tag == "table" and _is_data(element):
            writer.table(_html_rows(element))
            _put(writer, element.tail)
            continue
        if tag in _BLOCKS:
            writer.line()
        _put(writer, element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _put(writer: Writer, text: str | None) -> None:
    if text and text.strip():
        writer.write(re.sub(r"\s+", " ", text))
    elif text and writer.pieces and not writer.pieces[-1][-1:].isspace():
        writer.write(" ")


def _is_data(table: etree._Element) -> bool:
    """A table of data: not one that wraps paragraphs or further tables for layout."""
    if table.find(".//table") is not None:
        return False
    rows = table.findall(".//tr")
    longest = max((len("".join(c.itertext())) for c in table.iter("td", "th")), default=0)
    return len(rows) >= 1 and longest <= 300 and any(len(r.findall("td") + r.findall("th")) >= 2 for r in rows)


def _html_rows(table: etree._Element) -> list[list[tuple[str, int, int]]]:
    rows = []
    trs = list(table.iter("tr"))
    for r, tr in enumerate(trs):
        row = []
        for cell in tr:
            if cell.tag in ("td", "th"):
                text = "".join(t for t in cell.itertext())
                row.append((text, _span(cell, "colspan", 60), min(_span(cell, "rowspan", 200), len(trs) - r)))
        rows.append(row)
    return rows


def _span(cell: etree._Element, name: str, most: int) -> int:
    value = re.match(r"\s*(\d{1,4})", cell.get(name) or "")
    return min(max(int(value.group(1)), 1), most) if value else 1


def read_docx(data: bytes, name: str) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = next((n for n in archive.namelist() if n.lower() == "word/document.xml"), None)
            if part is None:
                raise Unreadable(f"文件“{name}”不是Word文档（docx）；可以检查txt、md、html、docx、pdf。")
            if any(n.endswith("vbaProject.bin") for n in archive.namelist()):
                raise Unreadable(f"文件“{name}”带有宏，为安全起见不打开，请另存为不带宏的docx后再检查。")
            xml = unpacked(archive, part, _LARGEST_XML)
            if xml is None:
                raise Unreadable(f"文件“{name}”解开后太大，请拆分后再检查。")
            if b"<!DOCTYPE" in xml[:_HEAD]:
                raise Unreadable(f"文件“{name}”夹带了引用外部内容的声明，不是正常的Word文档，为安全起见不打开。")
        root = etree.fromstring(xml, parser())
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        etree.LxmlError,
        KeyError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ):
        raise Unreadable(f"文件“{name}”已损坏或加了密，Word文档读不出内容。") from None
    writer = Writer()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = Word(body if (body := root.find(f"{W}body")) is not None else root, archive)
    for block in found.blocks():
        if isinstance(block, Grid):
            writer.table([[(cell.text, cell.columns, cell.rows) for cell in row] for row in block.rows])
        else:
            writer.write("".join(piece.text for piece in block.pieces))
            writer.write("\n")
    return writer.document()


def read_pdf(data: bytes, name: str) -> Document:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # What pypdf has to say of a damaged file is said in the sentence below.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"文件“{name}”加了密码，请去掉密码后再检查。")
        if len(reader.pages) > _MOST_PAGES:
            raise Unreadable(f"文件“{name}”有{len(reader.pages)}页，超过{_MOST_PAGES}页，请拆分后再检查。")
        pages = [characters(page.extract_text() or "") for page in reader.pages]
    except Unreadable:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        RecursionError,
        OverflowError,
        AssertionError,
        NotImplementedError,
        ImportError,
        ArithmeticError,
        RuntimeError,
    ):
        raise Unreadable(f"文件“{name}”已损坏或加了密，PDF读不出内容。") from None
    return Document(_unwrapped("\n".join(pages)))


def _unwrapped(text: str) -> str:
    """PDF lines end where the page does; join what is one paragraph, drop page numbers."""
    out: list[str] = []
    lines = [line.rstrip() for line in text.split("\n") if line.strip() and not _PAGE_NUMBER.match(line)]
    usual = sorted(len(line) for line in lines)[len(lines) * 3 // 4] if lines else 0
    for line in lines:
        full = bool(out) and len(out[-1].rsplit("\n", 1)[-1]) >= usual * 0.8
        table = len(re.findall(r"(?<!\S)\d[\d,.]*%?(?!\S)", line)) >= 3
        if out and full and not table and out[-1][-1] not in _ENDS and not _NEW_LINE.match(line):
            out[-1] += line.strip() if not out[-1].endswith("\n") else line
        else:
            out.append(line)
    return "\n".join(out)
