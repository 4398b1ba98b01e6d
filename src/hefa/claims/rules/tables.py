"""Rules `sum`, `share`, `integer-base` in tables: total rows and columns, columns of shares and of changes."""

import re
from dataclasses import replace
from decimal import Decimal

from hefa.claims import ratio
from hefa.claims.claims import Claim
from hefa.claims.findings import ERROR, Finding, finding, said, show
from hefa.claims.reading import Reading
from hefa.claims.rules import disclosure
from hefa.claims.tables import NumberCell, NumberTable

_TOTAL = re.compile(r"^(?:.{0,6}?)(?:合计|总计|总数|共计|总量|全年|合\s*计|总\s*计)(?:（[^）]*）)?$")
_SUBTOTAL = re.compile(r"小计|其中")
_SHARE = re.compile(r"占比|比重|比例|百分比|占总")
_CHANGE = re.compile(r"同比|环比|增幅|降幅|增减(?:率|幅|%)|增长|变化率|±%|升降")
_SUMMED = re.compile(r"率|均|比|占|幅|%|序号|排名|得分|年份")
_NOW = re.compile(r"本年|本期|今年|本月|当年|当期")
_THEN = re.compile(r"上年|上期|去年|上月|同期")


def check(read: Reading) -> list[Finding]:
    found: list[Finding] = []
    loose = not read.document.tables
    for table in read.tables:
        special = disclosure.check(table)
        if special is not None:
            found += [] if loose else special
            continue
        found += _total_rows(table) + _total_rows(table.turned())
        found += _share_column(table) + _change_column(table)
    return found + (disclosure.check_text(read) if loose else []) + disclosure.check_prose(read)


def _head(row: tuple[NumberCell | None, ...]) -> str:
    return next((c.text for c in row if c is not None and c.text and c.number is None), "")


def _is_total(row: tuple[NumberCell | None, ...]) -> bool:
    return bool(_TOTAL.match(_head(row)))


def _header(table: NumberTable, column: int) -> str:
    """The words above a column, down to the first number."""
    words = []
    for row in table.rows:
        cell = row[column] if column < len(row) else None
        if cell is not None and cell.number is not None:
            break
        if cell is not None:
            words.append(cell.text)
    return "".join(words)


def _column(table: NumberTable, column: int, rows: list[int]) -> list[Claim] | None:
    """Numbers of a column; None when it is no column of counts."""
    found = []
    for r in rows:
        cell = table.rows[r][column] if column < len(table.rows[r]) else None
        if cell is None or not cell.text or cell.text in ("-", "—", "/", "\\", "－", "--", "无"):
            continue
        if cell.number is None or cell.number.unit in ("%", "‰"):
            return None
        found.append(cell.number)
    return found


def _total_rows(table: NumberTable) -> list[Finding]:
    """One total row at the end (or start) and at least two rows above (below) it."""
    totals = [r for r, row in enumerate(table.rows) if _is_total(row)]
    if len(totals) != 1 or any(_SUBTOTAL.search(_head(row)) for row in table.rows):
        return []
    at = totals[0]
    body = [r for r, row in enumerate(table.rows) if r != at and _head(row) and any(c and c.number for c in row)]
    if len(body) < 2 or not (at > max(body) or at < min(body)):
        return []
    right: list[int] = []
    wrong: list[tuple[Claim, list[Claim]]] = []
    for column in range(table.width):
        if _SUMMED.search(_header(table, column)):
            continue
        total, items = _column(table, column, [at]), _column(table, column, body)
        if not total or not items or len(items) < 2:
            continue
        low, high = sum((c.low for c in items), Decimal(0)), sum((c.high for c in items), Decimal(0))
        if low <= total[0].high and high >= total[0].low:
            right.append(column)
        else:
            wrong.append((total[0], items))
    if len(wrong) > 1 and len(right) < len(wrong):
        return []
    return [_mismatch(t, items) for t, items in wrong]


def _mismatch(total: Claim, items: list[Claim]) -> Finding:
    value = sum((c.value for c in items), Decimal(0))
    sums = "+".join(show(c.value) for c in items[:12]) + ("+…" if len(items) > 12 else "")
    return finding(
        "sum",
        ERROR,
        [total, *items],
        f"{sums}={show(value)}，表中{show(total.value)}，差{show(abs(total.value - value))}",
        f"表中各项相加为{show(value)}，合计写的是{said(total)}；请核对各项与合计。",
    )


def _numbers(table: NumberTable, column: int) -> dict[int, Claim]:
    cells = ((r, row[column]) for r, row in enumerate(table.rows) if column < len(row))
    return {r: cell.number for r, cell in cells if cell is not None and cell.number is not None}


def _share_column(table: NumberTable) -> list[Finding]:
    """A column 占比 beside a column of counts with a total row (or with counts whose sum is the base)."""
    found: list[Finding] = []
    for column in range(1, table.width):
        if not _SHARE.search(_header(table, column)) or _CHANGE.search(_header(table, column)):
            continue
        counts, shares = _numbers(table, column - 1), _numbers(table, column)
        if not counts or any(c.unit in ("%", "‰") for c in counts.values()):
            continue
        total = next((c for r, c in counts.items() if _is_total(table.rows[r])), None)
        rows = [r for r in shares if r in counts and not _is_total(table.rows[r])]
        if total is None or len(rows) < 2:
            continue
        named = [_as_percent(shares[r]) for r in rows]
        bad = [(r, s) for r, s in zip(rows, named, strict=True) if ratio.fits(s, counts[r], total) != "exact"]
        if len(bad) * 2 > len(rows):
            continue
        for r, share in bad:
            exact = ratio.worked(counts[r].value, total.value, share)
            cut = ratio.fits(share, counts[r], total) == "truncated"
            found.append(
                finding(
                    "truncated" if cut else "share",
                    "hint" if cut else ERROR,
                    [counts[r], total, shares[r]],
                    f"{show(counts[r].value)}÷{show(total.value)}={exact}%，表中{show(share.value)}%",
                    f"{_head(table.rows[r])}的占比应为{exact}%。",
                )
            )
    return found


def _as_percent(claim: Claim) -> Claim:
    if claim.unit == "%":
        return claim
    return replace(claim, unit="%", low=claim.value - claim.step / 2, high=claim.value + claim.step / 2)


def _change_column(table: NumberTable) -> list[Finding]:
    """Columns 本年, 上年 and 同比: each row's change against its own two values."""
    heads = [_header(table, c) for c in range(table.width)]
    change = [c for c, h in enumerate(heads) if _CHANGE.search(h) and not (_NOW.search(h) or re.search("数$|件$", h))]
    now = [c for c, h in enumerate(heads) if _NOW.search(h) and c not in change]
    then = [c for c, h in enumerate(heads) if _THEN.search(h) and c not in change]
    if len(change) != 1 or len(now) != 1 or len(then) != 1:
        return []
    current, earlier, rates = (_numbers(table, c[0]) for c in (now, then, change))
    rows = [r for r in rates if r in current and r in earlier and earlier[r].value]
    bad = []
    for r in rows:
        rate = _as_percent(rates[r])
        exact = (current[r].value - earlier[r].value) * 100 / earlier[r].value
        if abs(exact - rate.value) > rate.step / 2 and abs(abs(exact) - rate.value) > rate.step / 2:
            bad.append((r, exact, rate))
    if (len(bad) * 2 > len(rows) and len(rows) > 1) or (
        len(rows)
        and "%" not in heads[change[0]] + said(rates[rows[0]])
        and not re.search("率|幅|同比|环比", heads[change[0]])
    ):
        return []
    return [
        finding(
            "integer-base",
            ERROR,
            [current[r], earlier[r], rates[r]],
            f"({show(current[r].value)}-{show(earlier[r].value)})÷{show(earlier[r].value)}={exact:.2f}%，表中{said(rates[r])}",
            f"{_head(table.rows[r])}的变化应为{exact:.2f}%。",
        )
        for r, exact, rate in bad
    ]
