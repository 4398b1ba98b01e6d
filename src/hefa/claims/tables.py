"""Tables as rows of labels and numbers: those of the file, and those that plain text or Markdown only hints at."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hefa.claims.claims import Claim
from hefa.claims.document import Cell, Document, Table
from hefa.claims.plain import Plain

_NUMBER = re.compile(
    r"^[-+－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?\s*(?P<unit>%|％|‰|万元|亿元|元|件|个|人|起|次|条|项|份|人次|家)?$"
)
_FULL = str.maketrans("０１２３４５６７８９．％，－", "0123456789.%,-")
_FIELD = re.compile(r"[^\t|│┃]*")
_BRACKETS = str.maketrans("()", "（）")
_LINE = re.compile(r"[^\n]+")
_GAPPED = re.compile(r"\S+(?: \S+)*?(?=[ \u3000]{2,}|$)")
_RULED = re.compile(r"^[\s|:：+─━—-]+$")


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell of a table: its text without blanks, and its number when it is one."""

    text: str
    number: Claim | None
    cell: Cell


@dataclass(frozen=True)
class NumberTable:
    """`rows[r][c]` is None where a merged cell or nothing stands."""

    rows: tuple[tuple[NumberCell | None, ...], ...]
    number: int

    def claims(self) -> list[Claim]:
        return [c.number for row in self.rows for c in row if c is not None and c.number is not None]

    def turned(self) -> "NumberTable":
        return NumberTable(tuple(zip(*self.rows, strict=True)) if self.rows else (), self.number)

    @property
    def width(self) -> int:
        return max((len(r) for r in self.rows), default=0)


def read_tables(document: Document, page: Plain) -> tuple[tuple[NumberTable, ...], list[tuple[int, int]]]:
    """(number tables, their spans in the normalised text); a table without any number is left to the prose reader."""
    tables = list(document.tables) or text_tables(document.text)
    result, spans = [], []
    for number, table in enumerate(tables):
        made = _number_table(table, number, page, document.text)
        if made.claims() and made.width >= 2:
            result.append(made)
            spans.append((page.place(min(c.start for c in table.cells)), page.place(max(c.end for c in table.cells))))
    return tuple(result), spans


def _number_table(table: Table, number: int, page: Plain, source: str) -> NumberTable:
    rows = []
    for r, row in enumerate(table.grid()):
        label = next(
            (
                c.text
                for c in row
                if c is not None and not _NUMBER.match(c.text.strip().translate(_FULL)) and c.text.strip()
            ),
            "",
        )
        rows.append(tuple(None if cell is None else _number_cell(cell, number, r, label, page, source) for cell in row))
    return NumberTable(tuple(rows), number)


def _number_cell(cell: Cell, table: int, row: int, label: str, page: Plain, source: str) -> NumberCell:
    text = re.sub(r"\s+", "", cell.text).translate(_BRACKETS)
    stripped = text.translate(_FULL)
    match = _NUMBER.match(stripped)
    if not match:
        return NumberCell(text, None, cell)
    unit = (match.group("unit") or "").replace("％", "%")
    bare = stripped[: match.start("unit")] if match.group("unit") else stripped
    try:
        value = Decimal(bare.replace(",", "").replace("，", "").replace("．", "."))
    except InvalidOperation:
        return NumberCell(text, None, cell)
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    half = step / 2 if step < 1 or unit in ("%", "‰") else Decimal(0)
    scale = {"万元": Decimal(10**4), "亿元": Decimal(10**8)}.get(unit, Decimal(1))
    start = cell.start + max(source[cell.start : cell.end].find(cell.text.strip()[:1]), 0)
    end = start + len(cell.text.strip())
    at = page.place(start)
    claim = Claim(
        id=f"t{table + 1}r{row + 1}c{cell.column + 1}",
        text=source[start:end],
        value=value * scale,
        unit="元" if scale != 1 else unit,
        low=(value - half) * scale,
        high=(value + half) * scale,
        step=step * scale,
        approx="",
        start=start,
        end=end,
        at=at,
        to=page.place(end),
        role="cell",
        lead=label,
        clause=label,
        subject=re.sub(r"\s+", "", label),
    )
    return NumberCell(text, claim, cell)


def text_tables(text: str) -> list[Table]:
    """Tables of Markdown pipes, tabs or aligned columns: two or more lines on end with the same shape."""
    tables: list[Table] = []
    block: list[list[tuple[str, int, int]]] = []
    for line in _LINE.finditer(text):
        fields = _fields(line.group(), line.start())
        if _RULED.match(line.group()) and block:
            continue
        if len(fields) >= 2 and (not block or abs(len(fields) - len(block[-1])) <= 1):
            block.append(fields)
            continue
        _close(block, tables)
        block = [fields] if len(fields) >= 2 else []
    _close(block, tables)
    return tables


def _fields(line: str, at: int) -> list[tuple[str, int, int]]:
    if any(mark in line for mark in "|\t│┃"):
        bare = line.strip().strip("|│┃")
        shift = line.find(bare) if bare else 0
        parts = [(m.group(), m.start() + shift) for m in _FIELD.finditer(bare)]
        found = [(t, a) for i, (t, a) in enumerate(parts) if t or i == 0 or parts[i - 1][1] + len(parts[i - 1][0]) < a]
    elif "  " in line.strip() or "\u3000" in line.strip():
        found = [(m.group(), m.start()) for m in _GAPPED.finditer(line)]
    else:
        return []
    if any(len(t.strip()) > 40 for t, _ in found) or re.search("[。；]", line):
        return []
    return [(t.strip(), at + a + len(t) - len(t.lstrip()), at + a + len(t.rstrip())) for t, a in found]


def _close(block: list[list[tuple[str, int, int]]], tables: list[Table]) -> None:
    width = max((len(r) for r in block), default=0)
    numbers = sum(bool(_NUMBER.match(t.translate(_FULL))) for row in block for t, _, _ in row)
    if len(block) >= 2 and width >= 2 and numbers >= 2:
        cells = []
        for r, row in enumerate(block):
            shift = width - len(row) if r and _NUMBER.match(row[-1][0].translate(_FULL)) else 0
            for c, (words, start, end) in enumerate(row):
                cells.append(Cell(words, r, c if c == 0 else c + shift, start, end))
        tables.append(Table(tuple(cells)))
