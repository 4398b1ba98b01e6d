"""The paper: one document model from which HTML, DOCX, PDF and plain text are all made.

A frozen paper is kept as JSON and hashed, so the JSON leaves out whatever has its default:
a field that the model gains later does not change the digest of a paper already issued.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

PaperKind = Literal["document", "letter", "report", "form"]
Align = Literal["left", "center", "right"]

_LINE_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")


def plain(text: str) -> str:
    """Text as it will be printed: line breaks as "\\n", tabs as spaces, characters without ink dropped.

    Pasted text carries control characters, zero-width marks and direction overrides; they cannot be printed,
    break DOCX, and would let two papers that look alike have different digests.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_LINE_BREAKS)
    return "".join(c for c in unified if c == "\n" or not _inkless(c))


def _inkless(character: str) -> bool:
    code = ord(character)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return noncharacter or unicodedata.category(character) in ("Cc", "Cf", "Cs")


@dataclass(frozen=True)
class Run:
    """A stretch of text. `figure` names the figure that the text was counted from."""

    text: str
    figure: str | None = None
    bold: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


Runs: TypeAlias = tuple[Run, ...]
Text: TypeAlias = str | Run | Iterable[str | Run]


def runs(text: Text) -> Runs:
    """What a caller writes (a string, a run, or a row of both) as a tuple of runs."""
    if isinstance(text, (str, Run)):
        text = (text,)
    return tuple(Run(part) if isinstance(part, str) else part for part in text)


def words(line: Runs) -> str:
    """The bare text of runs."""
    return "".join(run.text for run in line)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、黑体), 2 (（一）楷体), 3 or 4 (仿宋); the number is part of the text."""

    level: Literal[1, 2, 3, 4]
    runs: Runs

    def __init__(self, level: Literal[1, 2, 3, 4], text: Text) -> None:
        if level not in (1, 2, 3, 4):
            raise ValueError(f"标题只有一至四级，没有第{level}级")
        object.__setattr__(self, "level", level)
        object.__setattr__(self, "runs", runs(text))


@dataclass(frozen=True)
class Para:
    """A paragraph; `indent` moves its first line in by two characters."""

    runs: Runs
    indent: bool = True

    def __init__(self, text: Text, indent: bool = True) -> None:
        object.__setattr__(self, "runs", runs(text))
        object.__setattr__(self, "indent", indent)


@dataclass(frozen=True)
class Table:
    """A ruled table whose header row is repeated on each page.

    header: one text per column. rows: each as long as the header. align: one per column, default left.
    widths: relative weight of each column, default equal.
    """

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    align: tuple[Align, ...] = ()
    caption: str = ""
    widths: tuple[float, ...] = ()

    def __init__(
        self,
        header: Iterable[Text],
        rows: Iterable[Iterable[Text]],
        align: Iterable[Align] = (),
        caption: str = "",
        widths: Iterable[float] = (),
    ) -> None:
        object.__setattr__(self, "header", tuple(runs(cell) for cell in header))
        object.__setattr__(self, "rows", tuple(tuple(runs(cell) for cell in row) for row in rows))
        object.__setattr__(self, "align", tuple(align))
        object.__setattr__(self, "caption", plain(caption))
        object.__setattr__(self, "widths", tuple(float(width) for width in widths))
        self._check()

    def _check(self) -> None:
        columns = len(self.header)
        if not columns:
            raise ValueError("表格没有表头")
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                raise ValueError(f"表格第{number}行有{len(row)}格，表头有{columns}格")
        if self.align and (len(self.align) != columns or not set(self.align) <= set(get_args(Align))):
            raise ValueError(f"表格的对齐方式应当逐列写明{columns}个：left、center或者right")
        if self.widths and (len(self.widths) != columns or not all(0 < width < 1e6 for width in self.widths)):
            raise ValueError(f"表格的列宽应当逐列写明{columns}个大于零的数")


@dataclass(frozen=True)
class Field:
    """One ruled cell of a form: its label and what was entered. `lines`: height kept free, in lines."""

    label: str
    value: Runs = ()
    lines: int = 1

    def __init__(self, label: str, value: Text = (), lines: int = 1) -> None:
        if not 1 <= lines <= 20:
            raise ValueError(f"“{label}”一栏的高度应当在1至20行之间")
        object.__setattr__(self, "label", plain(label))
        object.__setattr__(self, "value", runs(value))
        object.__setattr__(self, "lines", lines)


@dataclass(frozen=True)
class Fields:
    """The ruled cells of a form, row by row; a row is one Field or pair, or several beside each other."""

    rows: tuple[tuple[Field, ...], ...]

    def __init__(self, rows: Iterable[Any]) -> None:
        object.__setattr__(self, "rows", tuple(_form_row(row) for row in rows))


def _form_row(row: Any) -> tuple[Field, ...]:
    """A Field, a (label, value) pair, or several of them, as a row."""
    if isinstance(row, Field):
        return (row,)
    cells = tuple(row)
    if len(cells) == 2 and isinstance(cells[0], str):
        return (Field(*cells),)
    if not cells:
        raise ValueError("登记表有一行没有栏目")
    return tuple(cell if isinstance(cell, Field) else Field(*cell) for cell in cells)


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, kept together on one page, in one or two columns."""

    lines: tuple[str, ...]
    columns: Literal[1, 2] = 1

    def __init__(self, lines: Iterable[str], columns: Literal[1, 2] = 1) -> None:
        object.__setattr__(self, "lines", tuple(plain(line) for line in lines))
        object.__setattr__(self, "columns", columns)


@dataclass(frozen=True)
class Blank:
    """One empty line."""


Block: TypeAlias = Heading | Para | Table | Fields | Signatures | Blank
_BLOCKS: dict[str, type[Any]] = {
    "heading": Heading, "para": Para, "table": Table, "fields": Fields, "signatures": Signatures, "blank": Blank,
}  # fmt: skip
_NAMES = {cls: name for name, cls in _BLOCKS.items()}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper as issued.

    kind: document (文件格式, red head), letter (信函格式), report, form. office: 发文机关标志 as printed in red, or
    None; only a document or a letter has one. to: 主送机关. attachments: names under 附件. signed_by: 署名; empty
    means no signature block. signed_on: 成文日期, also the fixed date of the files made. copy_to: 抄送.
    printed_by: 印发机关. note: 附注. sample: marked 样本 on every page.
    """

    kind: PaperKind
    title: str
    body: tuple[Block, ...]
    signed_on: date
    office: str | None = None
    doc_no: str = ""
    to: str = ""
    attachments: tuple[str, ...] = ()
    signed_by: str = ""
    copy_to: str = ""
    printed_by: str = ""
    note: str = ""
    sample: bool = field(default=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(PaperKind):
            raise ValueError(f"没有“{self.kind}”这种文书格式，只有：{'、'.join(get_args(PaperKind))}")
        for name in ("title", "doc_no", "to", "signed_by", "copy_to", "printed_by", "note"):
            object.__setattr__(self, name, plain(getattr(self, name)).strip())
        object.__setattr__(self, "office", plain(self.office).strip() or None if self.office else None)
        object.__setattr__(self, "attachments", tuple(plain(name).strip() for name in self.attachments))
        object.__setattr__(self, "body", tuple(self.body))
        if self.office and self.kind not in ("document", "letter"):
            raise ValueError("只有文件格式（document）和信函格式（letter）印发文机关标志，报告和表单没有")
        if not self.title:
            raise ValueError("文书没有标题")


def chinese_date(day: date) -> str:
    """2024年3月14日: arabic digits without padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _encode(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    name = _NAMES.get(type(value))
    plain_fields = {
        item.name: _encode(getattr(value, item.name))
        for item in dataclasses.fields(value)
        if item.default is dataclasses.MISSING or getattr(value, item.name) != item.default
    }
    return {"block": name, **plain_fields} if name else plain_fields


def to_json(paper: Paper) -> str:
    """Canonical JSON: keys sorted, no spaces, defaults left out, characters as they are."""
    return json.dumps(_encode(paper), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(paper: Paper) -> str:
    """SHA-256 (hex) of the canonical JSON in UTF-8."""
    return hashlib.sha256(to_json(paper).encode()).hexdigest()


def _line(value: Any) -> Runs:
    return tuple(Run(**run) for run in value)


def _decode_block(value: Mapping[str, Any]) -> Block:
    data = dict(value)
    kind = data.pop("block")
    if kind in ("heading", "para"):
        data["text"] = _line(data.pop("runs"))
    elif kind == "table":
        data["header"] = [_line(cell) for cell in data["header"]]
        data["rows"] = [[_line(cell) for cell in row] for row in data["rows"]]
    elif kind == "fields":
        data["rows"] = [
            [Field(**(cell | {"value": _line(cell.get("value", ()))})) for cell in row] for row in data["rows"]
        ]
    block: Block = _BLOCKS[kind](**data)
    return block


def from_json(text: str | bytes) -> Paper:
    """The paper of `to_json`. Raises ValueError, in Chinese, if the JSON is not a paper."""
    try:
        data = json.loads(text)
        data["signed_on"] = date.fromisoformat(data["signed_on"])
        data["body"] = tuple(_decode_block(block) for block in data["body"])
        return Paper(**data)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"这段数据不是一份文书：{error}") from error
