"""The disclosure report's tables as published: HTML and DOCX with merged cells, plain text in two shapes."""

import io

from docx import Document as Word

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = (
    ("一、本年新收政府信息公开申请数量", None),
    ("二、上年结转政府信息公开申请数量", None),
    ("（一）予以公开", None),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", None),
    ("1.属于国家秘密", "（三）不予公开"),
    ("2.其他法律行政法规禁止公开", "（三）不予公开"),
    ("3.危及“三安全一稳定”", "（三）不予公开"),
    ("4.保护第三方合法权益", "（三）不予公开"),
    ("5.属于三类内部事务信息", "（三）不予公开"),
    ("6.属于四类过程性信息", "（三）不予公开"),
    ("7.属于行政执法案卷", "（三）不予公开"),
    ("8.属于行政查询事项", "（三）不予公开"),
    ("1.本机关不掌握相关政府信息", "（四）无法提供"),
    ("2.没有现成信息需要另行制作", "（四）无法提供"),
    ("3.补正后申请内容仍不明确", "（四）无法提供"),
    ("1.信访举报投诉类申请", "（五）不予处理"),
    ("2.重复申请", "（五）不予处理"),
    ("3.要求提供公开出版物", "（五）不予处理"),
    ("4.无正当理由大量反复申请", "（五）不予处理"),
    ("5.要求行政机关确认或重新出具已获取信息", "（五）不予处理"),
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "（六）其他处理"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理"),
    ("3.其他", "（六）其他处理"),
    ("（七）总计", None),
    ("四、结转下年度继续办理", None),
)
TOTAL, CARRIED = 23, 24


def true_values() -> list[list[int]]:
    """25 rows × 7 columns in which every identity holds: 16 + 1 = 15 + 2."""
    people = [14, 1, 6, 1, 0, 1, 0, 0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 13, 2]
    firms = [2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]
    return [[p, f, 0, 0, 0, 0, p + f] for p, f in zip(people, firms, strict=True)]


def as_html(values: list[list[int]]) -> str:
    head = (
        '<tr><td rowspan="3" colspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
        '<td colspan="7">申请人情况</td></tr>'
        '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>'
        "<tr>" + "".join(f"<td>{c}</td>" for c in COLUMNS[1:6]) + "</tr>"
    )
    body, last = "", None
    for i, ((label, group), row) in enumerate(zip(ROWS, values, strict=True)):
        cells = "".join(f"<td>{v}</td>" for v in row)
        if i in (0, 1, CARRIED):
            body += f'<tr><td colspan="3">{label}</td>{cells}</tr>'
            continue
        start = '<td rowspan="22">三、本年度办理结果</td>' if i == 2 else ""
        if group is None:
            body += f'<tr>{start}<td colspan="2">{label}</td>{cells}</tr>'
        else:
            span = sum(g == group for _, g in ROWS)
            first = f'<td rowspan="{span}">{group}</td>' if group != last else ""
            body += f"<tr>{start}{first}<td>{label}</td>{cells}</tr>"
        last = group
    title = "<h1>某街道2023年政府信息公开工作年度报告</h1><h3>三、收到和处理政府信息公开申请情况</h3>"
    return f"<html><head><meta charset='utf-8'></head><body>{title}<table>{head}{body}</table></body></html>"


def as_docx(values: list[list[int]]) -> bytes:
    word = Word()
    word.add_paragraph("某街道2023年政府信息公开工作年度报告")
    table = word.add_table(rows=3 + len(ROWS), cols=10)
    table.cell(0, 0).merge(
        table.cell(2, 2)
    ).text = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    table.cell(0, 3).merge(table.cell(0, 9)).text = "申请人情况"
    table.cell(1, 3).merge(table.cell(2, 3)).text = "自然人"
    table.cell(1, 4).merge(table.cell(1, 8)).text = "法人或其他组织"
    table.cell(1, 9).merge(table.cell(2, 9)).text = "总计"
    for c, name in enumerate(COLUMNS[1:6]):
        table.cell(2, 4 + c).text = name
    table.cell(5, 0).merge(table.cell(3 + TOTAL, 0)).text = "三、本年度办理结果"
    first_of: dict[str, int] = {}
    for i, (label, group) in enumerate(ROWS):
        r = 3 + i
        if i in (0, 1, CARRIED):
            table.cell(r, 0).merge(table.cell(r, 2)).text = label
        elif group is None:
            table.cell(r, 1).merge(table.cell(r, 2)).text = label
        else:
            first_of.setdefault(group, r)
            table.cell(r, 2).text = label
        for c, value in enumerate(values[i]):
            table.cell(r, 3 + c).text = str(value)
    for group, r in first_of.items():
        span = sum(g == group for _, g in ROWS)
        table.cell(r, 1).merge(table.cell(r + span - 1, 1)).text = group
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def as_turned_html(values: list[list[int]]) -> str:
    """The other way round: applicants as rows, results as columns."""
    labels = [label if group is None else f"{group}{label}" for label, group in ROWS]
    head = "<tr><td>申请人情况</td>" + "".join(f"<td>{x}</td>" for x in labels) + "</tr>"
    body = "".join(
        f"<tr><td>{name}</td>" + "".join(f"<td>{row[c]}</td>" for row in values) + "</tr>"
        for c, name in enumerate(COLUMNS)
    )
    return f"<html><body><table>{head}{body}</table></body></html>"


def as_text(values: list[list[int]], between: str = " ") -> str:
    """Rows as lines, numbers after the label; with between = newline one cell a line, as copied from a page."""
    lines = ["某街道2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", between.join(COLUMNS)]
    last = None
    for (label, group), row in zip(ROWS, values, strict=True):
        if group and group != last:
            lines.append(group)
        last = group
        lines.append(between.join([label, *map(str, row)]))
    return "\n".join(lines)
