"""Disclosure tables in every layout, and tables with totals, shares and changes."""

import pytest

from hefa.claims import Result, check
from hefa.claims.extract import extract_bytes
from tests.claims import forms


def _html(values: list[list[int]]) -> Result:
    return check(extract_bytes(forms.as_html(values).encode(), "a.html"))


LAYOUTS = {
    "html": _html,
    "docx": lambda v: check(extract_bytes(forms.as_docx(v), "a.docx")),
    "turned": lambda v: check(extract_bytes(forms.as_turned_html(v).encode(), "a.html")),
    "text": lambda v: check(forms.as_text(v)),
    "lines": lambda v: check(forms.as_text(v, "\n")),
    "tabs": lambda v: check(forms.as_text(v, "\t")),
    "markdown": lambda v: check(forms.as_text(v, " | ")),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_true_disclosure_table_is_silent(layout: str) -> None:
    assert LAYOUTS[layout](forms.true_values()).findings == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("row", "column"),
    [
        (0, 0),
        (0, 6),
        (1, 0),
        (2, 0),
        (5, 6),
        (12, 1),
        (forms.TOTAL, 0),
        (forms.TOTAL, 6),
        (forms.CARRIED, 0),
        (22, 6),
        (14, 3),
    ],
)
def test_one_wrong_cell_is_named(layout: str, row: int, column: int) -> None:
    values = forms.true_values()
    values[row][column] += 1
    found = LAYOUTS[layout](values).findings
    assert found and all(f.rule == "sum" for f in found)


def test_prose_and_table_must_agree() -> None:
    said = "全年共收到政府信息公开申请{}件，均已按期答复。"
    for layout in (forms.as_html, forms.as_text):
        page = layout(forms.true_values())
        at = page.index("三、收到和处理")
        read = (lambda t: check(extract_bytes(t.encode(), "a.html"))) if layout is forms.as_html else check
        for number, rules in ((16, []), (17, []), (18, ["two-values"])):
            text = (
                page[:at]
                + ("<p>" if "<" in page else "")
                + said.format(number)
                + ("</p>" if "<" in page else "\n")
                + page[at:]
            )
            assert [f.rule for f in read(text).findings] == rules


def test_findings_point_at_the_cells() -> None:
    values = forms.true_values()
    values[forms.CARRIED][6] = 7
    result = _html(values)
    assert any(result.text[c.start : c.end] == "7" for f in result.findings for c in f.claims)
    ids = {c["id"] for c in result.to_json()["claims"]}
    assert all(set(f["claims"]) <= ids for f in result.to_json()["findings"])


def _remedies(row: list[int]) -> str:
    five = "".join(f"<td>{x}</td>" for x in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    cells = "".join(f"<td>{v}</td>" for v in row)
    return (
        f'<table><tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr><tr><td colspan="5"></td>'
        f'<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr><tr>{five * 3}</tr><tr>{cells}</tr></table>'
    )


def test_remedies() -> None:
    right = [1, 0, 1, 0, 2, 0, 0, 0, 0, 0, 2, 1, 0, 0, 3]
    assert not check(extract_bytes(_remedies(right).encode(), "a.html")).findings
    for at in (0, 4, 9, 13, 14):
        wrong = list(right)
        wrong[at] += 1
        assert len(check(extract_bytes(_remedies(wrong).encode(), "a.html")).findings) == 1


PLAIN = """| 类别 | 件数 | 占比 |
|---|---|---|
| 婚姻家庭 | 312 | 30.5% |
| 邻里 | 405 | 39.6% |
| 其他 | 307 | 30.0% |
| 合计 | 1024 | 100% |
"""


def test_total_row_and_share_column() -> None:
    assert not check(PLAIN).findings
    assert next(f.rule for f in check(PLAIN.replace("| 1024", "| 1042")).findings) == "sum"
    assert [f.rule for f in check(PLAIN.replace("39.6%", "36.9%")).findings] == ["share"]


def test_change_column() -> None:
    text = "类别\t本年\t上年\t同比\n受理\t616\t513\t20.08%\n办结\t600\t500\t20.00%\n结案\t590\t495\t19.19%\n"
    assert not check(text).findings
    assert [f.rule for f in check(text.replace("20.08%", "28.08%")).findings] == ["integer-base"]


def test_table_without_total_row_is_left_alone() -> None:
    text = "社区\t户数\t人口\n甲\t1200\t3500\n乙\t980\t2900\n丙\t1500\t4100\n"
    result = check(text)
    assert not result.findings
    assert len(result.claims) == 6


def test_subtotals_are_not_added_twice() -> None:
    text = "项目\t件数\n甲\t10\n其中：甲一\t4\n乙\t20\n合计\t30\n"
    assert not check(text).findings
