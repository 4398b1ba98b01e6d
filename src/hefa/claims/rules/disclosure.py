"""The tables of the disclosure report (国办公开办函〔2021〕30号): identities of applications and of remedies.

By row: total = natural persons + the five kinds of organisations. By column: new + carried in = all results + carried
on; (七) = (一) to (六); a group's row, where it has one, = its own sub-rows. A turned table is turned back.
"""

import re
from decimal import Decimal

from hefa.claims.claims import Claim
from hefa.claims.findings import ERROR, Finding, finding, show
from hefa.claims.reading import Reading
from hefa.claims.tables import NumberTable

RULE = "sum"
_ROWS = (
    ("new", re.compile(r"本年新收|新收政府信息公开申请")),
    ("carried_in", re.compile(r"上年结转")),
    ("carried_out", re.compile(r"结转下年|结转下一年")),
    ("total", re.compile(r"（七）总计|^总计$|（六）总计|[七六]、?总计")),
    ("granted", re.compile(r"（一）予以公开")),
    ("partial", re.compile(r"（二）部分公开")),
    ("third", re.compile(r"（三）不予公开$")),
    ("fourth", re.compile(r"（四）无法提供$")),
    ("fifth", re.compile(r"（五）不予处理$")),
    ("sixth", re.compile(r"（六）其他处理$")),
    (
        "third.",
        re.compile(
            r"国家秘密|其他法律行政法规禁止|三安全一稳定|第三方合法权益|三类内部事务|四类过程性|行政执法案卷|行政查询事项"
        ),
    ),
    ("fourth.", re.compile(r"不掌握相关政府信息|没有现成信息|申请内容仍不明确|补正后")),
    ("fifth.", re.compile(r"信访举报投诉|重复申请|公开出版物|大量反复申请|确认或重新出具")),
    ("sixth.", re.compile(r"逾期不补正|逾期未按收费|缴纳费用|^3[.、．]?其他|3[.、．]其他$|其他处理")),
)
_COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_LABELS = {"new": "本年新收", "carried_in": "上年结转", "carried_out": "结转下年度", "total": "（七）总计"}
_REMEDY = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_SEVEN = re.compile(r"(?<![\d.])\d{1,7}(?:(?:\s*[|│]\s*|\s+)\d{1,7}(?![\d.])){6}(?![\d.])")


def check(table: NumberTable) -> list[Finding] | None:
    """Findings of a disclosure table; None when the table is none."""
    text = "".join(c.text for row in table.rows for c in row if c is not None)
    if "自然人" in text and ("新收" in text or "上年结转" in text):
        upright = table if _columns(table) else table.turned()
        columns = _columns(upright)
        return _identities(_read_rows(upright, columns)) if columns else []
    if "尚未审结" in text and "总计" in text:
        return _remedies(table) or _remedies(table.turned())
    return None


def _columns(table: NumberTable) -> list[int]:
    """The seven columns of numbers, found by 自然人 and, in the row below or the same, 总计."""
    for row in table.rows:
        first = next((i for i, c in enumerate(row) if c is not None and c.text == "自然人"), None)
        if first is not None:
            last = next(
                (
                    i
                    for r in table.rows
                    for i, c in enumerate(r)
                    if c is not None and c.text in ("总计", "合计") and i > first
                ),
                None,
            )
            if last is not None and last > first:
                return list(range(first, last + 1))
    return []


def _role(labels: list[str]) -> str:
    """The row's part, by its rightmost label that is known."""
    for label in reversed(labels):
        for name, pattern in _ROWS:
            if pattern.search(label):
                return name
    return ""


def _read_rows(table: NumberTable, columns: list[int]) -> list[tuple[str, str, list[Claim | None]]]:
    rows: list[tuple[str, str, list[Claim | None]]] = []
    for row in table.rows:
        labels = [c.text for c in row[: columns[0]] if c is not None and c.number is None and c.text]
        values = [row[c].number if c < len(row) and row[c] is not None else None for c in columns]  # type: ignore[union-attr]
        role = _role(labels)
        if role and any(v is not None for v in values):
            rows.append((role, labels[-1], values))
    return rows


def _identities(rows: list[tuple[str, str, list[Claim | None]]]) -> list[Finding]:
    found = []
    for _, label, values in rows:
        found += _row_total(label, values)
    width = max((len(v) for _, _, v in rows), default=0)
    for column in range(width):
        found += _column_identities(rows, column)
    return found


def _row_total(label: str, values: list[Claim | None]) -> list[Finding]:
    total, items = values[-1], [v for v in values[:-1] if v is not None]
    if total is None or not items:
        return []
    value = sum((v.value for v in items), Decimal(0))
    if value == total.value:
        return []
    return [
        finding(
            RULE,
            ERROR,
            [*items, total],
            f"{'+'.join(show(v.value) for v in items)}={show(value)}，表中总计{show(total.value)}",
            f"“{label}”一行：自然人与法人各列之和为{show(value)}，总计写的是{show(total.value)}。",
        )
    ]


def _column_identities(rows: list[tuple[str, str, list[Claim | None]]], column: int) -> list[Finding]:
    by: dict[str, list[Claim]] = {}
    for role, _, values in rows:
        if column < len(values) and values[column] is not None:
            by.setdefault(role, []).append(values[column])  # type: ignore[arg-type]
    name = _COLUMNS[column] if column < len(_COLUMNS) else f"第{column + 1}列"
    found = []
    if all(k in by for k in ("new", "total")) and ("carried_in" in by or "carried_out" in by):
        ins = [*by["new"][:1], *by.get("carried_in", [])[:1]]
        outs = [*by["total"][-1:], *by.get("carried_out", [])[:1]]
        found += _equal(name, "新收加上年结转", ins, "办理结果总计加结转下年度", outs)
    groups: list[Claim] = []
    whole = "total" in by
    for group, label in (("third", "三"), ("fourth", "四"), ("fifth", "五"), ("sixth", "六")):
        subs = by.get(f"{group}.", [])
        if group in by and subs:
            found += _equal(name, f"（{label}）各项", subs, "该类合计", by[group][:1])
        groups += by[group][:1] if group in by else subs
    results = [*by.get("granted", [])[:1], *by.get("partial", [])[:1], *groups]
    if whole and len(results) >= 6:
        found += _equal(name, "（一）至（六）各项", results, "（七）总计", by["total"][-1:])
    return found


def _equal(column: str, left_name: str, left: list[Claim], right_name: str, right: list[Claim]) -> list[Finding]:
    a, b = sum((c.value for c in left), Decimal(0)), sum((c.value for c in right), Decimal(0))
    if a == b:
        return []
    nonzero = [c for c in left if c.value] or left[:1]
    return [
        finding(
            RULE,
            ERROR,
            [*nonzero, *right],
            f"{'+'.join(show(c.value) for c in nonzero)}={show(a)}，{'+'.join(show(c.value) for c in right)}={show(b)}",
            f"“{column}”一列：{left_name}为{show(a)}，{right_name}为{show(b)}，两者应当相等。",
        )
    ]


def _remedies(table: NumberTable) -> list[Finding]:
    """Fives of numbers under 结果维持 … 总计: the first four add up to the fifth."""
    starts = sorted({i for row in table.rows for i, c in enumerate(row) if c is not None and c.text == "结果维持"})
    found = []
    for row in table.rows:
        for start in starts:
            five = [row[i].number if i < len(row) and row[i] is not None else None for i in range(start, start + 5)]  # type: ignore[union-attr]
            if all(v is not None for v in five):
                found += _row_total("行政复议、行政诉讼", five)
    return found


def check_text(read: Reading) -> list[Finding]:
    """The same tables as loose lines (copied from a web page): each label followed by its seven numbers."""
    text = read.document.text
    anchor = text.find("本年新收")
    if anchor < 0 or "自然人" not in text or "结转下年" not in text:
        return []
    return _identities(_flat_rows(text, anchor))


_RECEIVED = re.compile(r"(?:收到|新收|受理)[^，。；]{0,16}申请[^，。；]{0,4}$")


def check_prose(read: Reading) -> list[Finding]:
    """The applications that the prose says were received against the total of the table's first rows."""
    rows = [r for t in read.tables for r in (_rows_of(t) or [])] or _flat_rows(read.document.text, 0)
    totals = {role: values[-1] for role, _, values in rows if values and values[-1] is not None}
    new = totals.get("new")
    if new is None:
        return []
    carried = totals.get("carried_in")
    right = {new.value, new.value + (carried.value if carried else 0)}
    for sentence in read.sentences:
        for claim in sentence.counts:
            if (
                claim.is_whole
                and _RECEIVED.search(claim.lead)
                and claim.value not in right
                and not re.search("自然人|法人|信函|网络|当面|在线|其中", claim.clause)
            ):
                return [
                    finding(
                        "two-values",
                        "warning",
                        [claim, new],
                        f"文中{show(claim.value)}，表中{show(new.value)}",
                        f"文中收到申请{claim.text}，表中“本年新收”总计{show(new.value)}，两处应当一致。",
                    )
                ]
    return []


def _rows_of(table: NumberTable) -> list[tuple[str, str, list[Claim | None]]] | None:
    for turned in (table, table.turned()):
        columns = _columns(turned)
        if columns:
            return _read_rows(turned, columns)
    return None


def _flat_rows(text: str, start: int) -> list[tuple[str, str, list[Claim | None]]]:
    rows: list[tuple[str, str, list[Claim | None]]] = []
    at = start
    for match in _SEVEN.finditer(text, start):
        label = re.sub(r"[\s|│]+", "", text[at : match.start()])[-60:].translate(str.maketrans("()", "（）"))
        at = match.end()
        role = _role(_split_labels(label))
        values: list[Claim | None] = [
            _flat_claim(text, m.start() + match.start(), m.group()) for m in re.finditer(r"\d+", match.group())
        ]
        if role:
            rows.append((role, label[-20:], values))
        if role == "carried_out":
            break
    return rows


def _split_labels(label: str) -> list[str]:
    """「（三）不予公开1.属于国家秘密」 → the group and its first sub-row."""
    return [p for p in re.split(r"(?=（[一二三四五六七]）)|(?<![\d（])(?=\d[.、．])", label) if p]


def _flat_claim(text: str, start: int, digits: str) -> Claim:
    value = Decimal(digits)
    return Claim(
        id=f"f{start}",
        text=digits,
        value=value,
        unit="",
        low=value,
        high=value,
        step=Decimal(1),
        approx="",
        start=start,
        end=start + len(digits),
        at=start,
        to=start + len(digits),
        role="cell",
    )
