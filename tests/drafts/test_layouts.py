"""A contract as it is really laid out: parties, price list, amounts and signatures in tables."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest

from hefa.claims.extract import extract_bytes
from hefa.statutes.drafts.lint import lint

PARTIES = [("甲方（采购人）", "宁波市鄞州区中河街道办事处"), ("乙方（供应商）", "宁波某某餐饮管理有限公司"),
           ("统一社会信用代码", "91350100M000100Y43"), ("签订日期", "2026年4月8日")]  # fmt: skip
PRICES = [["序号", "项目", "数量", "单价（元）", "小计（元）"], ["1", "人工补贴（月）", "24", "8000", "192000"],
          ["2", "老年餐补贴（份）", "10000", "3.5", "35000"], ["3", "设备维护", "1", "5000", "5000"],
          ["合计", "", "", "", "232000"]]  # fmt: skip
SEALS = [("甲方（盖章）：", "乙方（盖章）："), ("法定代表人或授权代表：", "法定代表人或授权代表："), ("地址：", "地址："),
         ("开户行：", "开户行：宁波银行鄞州支行"), ("日期：    年   月   日", "日期：    年   月   日")]  # fmt: skip
BODY = """四、付款方式
甲方按季度支付，每季度考核合格并收到发票后20个工作日内支付。
五、违约责任
任何一方违约的，应当向对方支付合同总价5%的违约金。
六、争议解决
协商不成的，向甲方所在地人民法院起诉。"""


def layout() -> docx.document.Document:
    made = docx.Document()
    made.add_paragraph("合同编号：ZH-2026-001")
    made.add_heading("中河街道社区食堂运营服务合同", 0)
    _table(made, PARTIES)
    for line in ("根据《中华人民共和国民法典》等法律规定，经竞争性磋商，甲乙双方达成如下协议：", "一、服务内容及标准",
                 "乙方负责飞虹社区食堂的运营，场地面积320平方米，服务标准按照采购文件执行。", "二、服务期限",
                 "服务期限为二年，自2026年5月1日起至2028年4月30日止。", "三、合同金额"):  # fmt: skip
        made.add_paragraph(line)
    prices = _table(made, PRICES)
    prices.cell(4, 0).merge(prices.cell(4, 3))
    _table(made, [("大写", "贰拾叁万贰仟元整", "小写", "￥232,000.00元")])
    for line in BODY.split("\n"):
        made.add_paragraph(line)
    _table(made, SEALS)
    return made


def _table(made: docx.document.Document, rows: list) -> docx.table.Table:  # type: ignore[type-arg]
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    return table


def told(right: str = "", wrong: str = "") -> set[tuple[str, str]]:
    made = layout()
    changed = 0
    for paragraph in _paragraphs(made):
        for run in paragraph.runs:
            if right and right in run.text:
                run.text, changed = run.text.replace(right, wrong), changed + 1
    assert changed or not right
    out = io.BytesIO()
    made.save(out)
    return {(one.rule, one.quote) for one in lint(extract_bytes(out.getvalue(), "a.docx"), "contract")}


def _paragraphs(made: docx.document.Document) -> Iterator[docx.text.paragraph.Paragraph]:
    yield from made.paragraphs
    for table in made.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def test_a_right_contract_is_left_alone() -> None:
    assert told() == set()


@pytest.mark.parametrize(
    ("right", "wrong", "hint"),
    [
        ("35000", "36000", ("GC-03", "36000")),
        ("232000", "242000", ("GC-03", "242000")),
        ("贰拾叁万贰仟", "贰拾叁万", ("GC-03", "贰拾叁万元整\t小写\t￥232,000.00元")),
        ("20个工作日", "60个工作日", ("GC-18", "60个工作日内支付")),
        ("Y43", "Y44", ("GC-01", "91350100M000100Y44")),
        ("宁波市鄞州区中河街道办事处", "中河街道民政科", ("GC-01", "中河街道民政科")),
        ("甲方（盖章）：", "甲方（盖章）：鄞州区某某局", ("GC-01", "鄞州区某某局")),
        ("2028年4月30日", "2028年2月30日", ("GC-16", "2028年2月30日")),
        ("开户行：宁波银行鄞州支行", "户名：张某", ("GC-21", "张某")),
        ("标准按照采购文件执行", "标准另行协商确定", ("GC-16", "服务标准另行协商确定")),
        ("向甲方所在地人民法院起诉", "提交仲裁", ("GC-10", "提交仲裁")),
    ],
)
def test_a_fault_is_told_where_it_stands(right: str, wrong: str, hint: tuple[str, str]) -> None:
    assert hint in told(right, wrong)


def told_of_table(rows: list[tuple[str, ...]], merged: tuple[int, int] | None = None) -> list[tuple[str, str]]:
    made = docx.Document()
    made.add_paragraph("价款如下：")
    table = _table(made, rows)
    if merged:
        table.cell(merged[0], 0).merge(table.cell(merged[0], merged[1]))
    kept = io.BytesIO()
    made.save(kept)
    found = lint(extract_bytes(kept.getvalue(), "合同.docx"), "contract")
    return [(one.rule, one.quote) for one in found if one.rule == "GC-03"]


@pytest.mark.parametrize(("words", "told_of"), [("壹拾贰万肆仟元整", True), ("壹拾贰万肆仟伍佰元整", False)])
def test_the_sum_in_words_in_a_merged_row_of_its_own(words: str, told_of: bool) -> None:
    rows = [("名称", "数量", "单价（元）", "小计（元）"), ("电脑", "20", "4,500.00", "90,000.00"),
            ("桌椅", "50", "690.00", "34,500.00"), ("合计", "", "", "124,500.00"),
            (f"合计金额（大写）：人民币{words}", "", "", "")]  # fmt: skip
    assert bool(told_of_table(rows, merged=(4, 3))) is told_of


@pytest.mark.parametrize(("total", "told_of"), [("125,000元", True), ("122,000元", False)])
def test_names_and_sums_without_headings(total: str, told_of: bool) -> None:
    assert bool(told_of_table([("第一年", "60,000元"), ("第二年", "62,000元"), ("合计", total)])) is told_of
