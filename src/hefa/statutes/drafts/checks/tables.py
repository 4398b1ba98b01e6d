"""Price lists in tables: quantity × unit price, and the rows against their total (GC-03)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hefa.claims.document import Cell, Table

from ..draft import Draft
from ..money import capitals, money, shown
from ..pattern import Hit
from ..words import plain

_SUM_ROW = re.compile(r"^\s*(?:合\s*计|总\s*计|总\s*价|合计金额|总金额|小\s*计|共\s*计|价税合计|含税(?:合计|总[价计]))")
_NAME_HEAD = re.compile(r"(?:项目|名称|类别|科目|分项|内容|序号)\s*$")
_AMOUNT_HEAD = re.compile(r"(?:金额|合价|总价|小计|合计|价款|价格|费用|款项)(?!大写)")
_PRICE_HEAD, _COUNT_HEAD = re.compile(r"单价"), re.compile(r"数量|面积|人数|台数|件数")
_NUMBER = re.compile(r"^\D{0,8}?[¥￥]?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万元|元|亿元)?\s*[^\d]{0,6}$")
_HEAD_ROWS = 3
_CENT = Decimal("0.01")


def table_sums(draft: Draft) -> Iterator[Hit]:
    for table in draft.tables:
        grid = table.grid()
        head = _head(grid)
        if head is None or head[0] == len(grid) - 1:
            yield from _plain_list(grid)
            continue
        row, columns = head
        yield from _products(grid[row + 1 :], columns)
        yield from _totals(grid[row + 1 :], columns)


_STATED = re.compile(
    r"合同(?:暂估|暂定|含税)?(?:总价款?|总金额|总额|金额|价款)[^。;\n]{0,22}?[¥￥]?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万元|元)"
)
_NEAR = Decimal("0.3")


def stated_total(draft: Draft) -> Iterator[Hit]:
    """The price that the text states against the only total of its tables; a total of a month or a part is far from it."""
    totals = {written for table in draft.tables for written in _grand_totals(table.grid())}
    if len(totals) != 1:
        return
    (total,) = totals
    cells = [(one.start, one.end) for table in draft.tables for row in table.grid() for one in row if one is not None]
    for match in _STATED.finditer(draft.plain):
        value = money(match[1], match[2])
        inside = any(start <= match.start() < end for start, end in cells)
        if value is None or inside or value == total or abs(value - total) > total * _NEAR:
            continue
        said = f"{{where}}写的总价是{shown(value)}元，表中合计是{shown(total)}元。请核对，改为一致。"
        yield Hit(*match.span(), message=said)


def _grand_totals(grid: list[list[Cell | None]]) -> Iterator[Decimal]:
    if _head(grid) is None:
        return
    for row in grid:
        if _is_sum(row) and not re.search("小|不含税", next((one.text for one in row if one), "")):
            values = [value for c in range(len(row)) if (value := _value(row, c)) is not None]
            if values:
                yield values[-1]


def _head(grid: list[list[Cell | None]]) -> tuple[int, dict[str, int]] | None:
    """The row of headings and the columns of amount, price and count."""
    for r, row in enumerate(grid[:_HEAD_ROWS]):
        columns: dict[str, int] = {}
        for c, cell in enumerate(row):
            if cell is None:
                continue
            for name, head in (("price", _PRICE_HEAD), ("count", _COUNT_HEAD), ("amount", _AMOUNT_HEAD)):
                if head.search(cell.text) and name not in columns and not _NAME_HEAD.search(cell.text):
                    columns[name] = c
                    break
        if (
            "amount" in columns
            and len([one for one in row if one]) >= 2
            and not any(_value(row, c) for c in columns.values())
        ):
            return r, columns
    return None


def _value(row: list[Cell | None], column: int) -> Decimal | None:
    cell = row[column] if column < len(row) else None
    match = _NUMBER.match(plain(cell.text)) if cell else None
    return money(match[1], match[2] or "") if match else None


def _products(rows: list[list[Cell | None]], columns: dict[str, int]) -> Iterator[Hit]:
    if not {"price", "count"} <= columns.keys():
        return
    for row in rows:
        price, count, amount = (_value(row, columns[name]) for name in ("price", "count", "amount"))
        cell = row[columns["amount"]] if columns["amount"] < len(row) else None
        if None in (price, count, amount) or cell is None or _is_sum(row):
            continue
        assert price is not None and count is not None and amount is not None
        if abs(price * count - amount) > Decimal("0.01") * max(count, Decimal(1)) and not _other_unit(
            price * count, amount
        ):
            said = f"{{where}}的表中，数量{count.normalize():f}×单价{shown(price)}元应为{shown(price * count)}元，写的是{shown(amount)}元。请核对。"
            yield Hit(cell.start, cell.end, message=said)


def _other_unit(made: Decimal, written: Decimal) -> bool:
    """The column of sums is in 万元 and that of prices in 元."""
    return written != 0 and abs(made / written - 10**4) < 50


def _totals(rows: list[list[Cell | None]], columns: dict[str, int]) -> Iterator[Hit]:
    """Each 小计 row against the rows since the last one or all rows so far, each 合计 row against all rows."""
    found, group, count, column = Decimal(0), Decimal(0), 0, columns["amount"]
    for at, row in enumerate(rows):
        if not _is_sum(row):
            value = _value(row, column)
            found, group, count = found + (value or 0), group + (value or 0), count + (value is not None)
            continue
        cell = next((one for one in reversed(row) if one is not None and _NUMBER.match(plain(one.text))), None)
        written = _value([cell], 0) if cell else None
        partial = re.search("小", next((one.text for one in row if one), "")) is not None
        agrees = written is not None and min(abs(written - one) for one in (found, group if partial else found)) < _CENT
        yield from _capitals(row, written)
        if cell is not None and written is not None and count >= 2 and not agrees:
            yield Hit(
                cell.start,
                cell.end,
                message=f"{{where}}的表中，各行相加为{shown(found)}元，合计写的是{shown(written)}元。请核对。",
            )
        group = Decimal(0)
        if not partial and not re.search("不含税", next((one.text for one in row if one), "")):
            for below in rows[at + 1 : at + 3]:  # the sum in words, in a row of its own
                yield from _capitals(below, written)
            return


def _plain_list(grid: list[list[Cell | None]]) -> Iterator[Hit]:
    """Two columns without headings, a name and a sum in 元 a row, the last row their total."""
    rows = [[one for one in row if one is not None] for row in grid]
    if len(rows) < 3 or any(len(row) != 2 or not re.search("元|[¥￥]", row[1].text) for row in rows):
        return
    *parts, total = [_value([row[1]], 0) for row in rows]
    if total is None or None in parts or not _SUM_ROW.match(rows[-1][0].text):
        return
    found, last = sum((one for one in parts if one is not None), Decimal(0)), rows[-1][1]
    if abs(found - total) >= _CENT and not any(_SUM_ROW.match(row[0].text) for row in rows[:-1]):
        said = f"{{where}}的表中，各行相加为{shown(found)}元，合计写的是{shown(total)}元。请核对。"
        yield Hit(last.start, last.end, message=said)


def _capitals(row: list[Cell | None], written: Decimal | None) -> Iterator[Hit]:
    """The sum in words in a row of totals against its digits."""
    for cell in {id(one): one for one in row if one is not None}.values():
        for words in capitals(plain(cell.text)):
            if written is not None and abs(words.value - written) >= _CENT and not re.search(r"\d", cell.text):
                said = f"{{where}}的表中，大写（{shown(words.value)}元）与小写（{shown(written)}元）不一致。请核对，改为一致。"
                yield Hit(cell.start, cell.end, message=said)


def _is_sum(row: list[Cell | None]) -> bool:
    return any(one is not None and _SUM_ROW.match(one.text) for one in row[:2])


__all__ = ["Table", "stated_total", "table_sums"]
