"""Twelve Word files as offices make them: each with the hints that it must give, and no other."""

from __future__ import annotations

import docx

from .word_parts import box, changed, noted, numbered, numbering, saved, table

Want = list[tuple[str, str]]
HEAD = [("甲方（采购人）", "宁波市鄞州区中河街道办事处"), ("乙方（供应商）", "宁波某某物业服务有限公司"),
        ("统一社会信用代码", "91350100M000100Y43"), ("签订日期", "2026年4月8日")]  # fmt: skip
SIGN = [("甲方（盖章）：宁波市鄞州区中河街道办事处", "乙方（盖章）：宁波某某物业服务有限公司"),
        ("法定代表人或授权代表：", "法定代表人或授权代表："), ("日期：    年   月   日", "日期：    年   月   日")]  # fmt: skip
PENALTY, COURT = "任何一方违约的，应当向对方支付合同总价5%的违约金。", "协商不成的，向甲方所在地人民法院起诉。"
TAIL = ("第五条 违约责任", PENALTY, "第六条 争议解决", COURT)
GREEN = ("第一条 服务内容", "乙方负责绿地养护，面积5000平方米，标准按照养护规范。", "第二条 期限",
         "自2026年5月1日起至2027年4月30日止。", "第三条 价款", "合同总价为人民币拾万元整（¥100,000.00）。")  # fmt: skip


def opened(title: str, *lines: str, head: list[tuple[str, str]] | None = None) -> docx.document.Document:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "合同编号：ZH-2026-018"
    made.sections[0].footer.paragraphs[0].text = "第 1 页"
    made.add_heading(title, 0)
    table(made, head if head is not None else HEAD)
    for line in lines:
        made.add_paragraph(line)
    return made


def closed(made: docx.document.Document, *want: tuple[str, str], note: str = "") -> tuple[str, bytes, Want]:
    for line in TAIL:
        made.add_paragraph(line)
    table(made, SIGN)
    return "contract", saved(made, note), list(want)


def wrong_sum() -> tuple[str, bytes, Want]:
    made = opened(
        "保洁服务合同", "第一条 服务内容", "乙方负责辖区道路保洁，面积12000平方米，质量标准见附件一。", *GREEN[2:5]
    )
    rows = [["项目", "数量", "单价（元）", "金额（元）"], ["道路保洁", "12", "20000", "240000"],
            ["河道保洁", "12", "8000", "96000"], ["合计", "", "", "346000"]]  # fmt: skip
    table(made, rows, [(3, 0, 3, 2)])
    made.add_paragraph("合同总价为人民币叁拾叁万陆仟元整（¥336,000.00）。")
    made.add_paragraph("第四条 付款：每季度考核合格后20日内支付。")
    return closed(made, ("GC-03", "346000"))


def numbered_by_word() -> tuple[str, bytes, Want]:
    made = opened("办公设备采购合同")
    numbering(made, ("chineseCountingThousand", "第%1条"))
    for name, line in (("标的和数量", "乙方向甲方供应台式电脑10台，规格见附件。"), ("价款", "合同总价为人民币伍万元整（¥50,000.00）。"),
                       ("付款", "验收合格后120日内甲方支付全部价款。"), ("交付", "乙方于2026年5月30日前送货到甲方办公地点，质量按国家标准。"),
                       ("争议解决", "争议提交仲裁。"), ("违约责任", PENALTY)):  # fmt: skip
        numbered(made, name)
        made.add_paragraph(line)
    return "contract", saved(made), [("GC-18", "120日内甲方支付"), ("GC-10", "提交仲裁")]


def tracked(old: str, new: str, *want: tuple[str, str]) -> tuple[str, bytes, Want]:
    made = opened("绿化养护合同", *GREEN, "第四条 付款")
    paragraph = made.add_paragraph("验收合格后")
    changed(paragraph, old, new)
    paragraph.add_run("日内支付全部价款。")
    return closed(made, *want)


def table_in_table() -> tuple[str, bytes, Want]:
    made = docx.Document()
    made.add_heading("设备采购合同", 0)
    parties = "甲方：宁波市鄞州区中河街道办事处\n乙方：宁波某某物业服务有限公司"
    rows = (("合同双方", parties), ("第一条 标的", "乙方供应下列设备，质量符合国家标准，2026年5月30日前送至甲方地址："),
            ("第二条 价款", "合同总价为人民币陆万伍仟元整（小写：56,000元）。"), ("第三条 付款", "验收合格后30日内付清。"),
            ("第四条 违约和争议", PENALTY + COURT))  # fmt: skip
    table(made, rows)
    inner = made.tables[0].cell(1, 1).add_table(rows=3, cols=4)
    for i, row in enumerate(
        (["名称", "数量", "单价（元）", "金额（元）"], ["打印机", "2", "3000", "6000"], ["电脑", "10", "5000", "51000"])
    ):
        for j, text in enumerate(row):
            inner.cell(i, j).text = text
    return "contract", saved(made), [("GC-03", "51000"), ("GC-03", "陆万伍仟元整（小写：56,000元")]


def in_a_box() -> tuple[str, bytes, Want]:
    made = opened(
        "合作协议", "第一条 合作内容", "双方合作举办文化活动12场，质量标准见方案，地点为辖区广场。", *GREEN[2:]
    )
    box(made.add_paragraph("第四条 其他约定见方框。"), "甲方街道办事处为乙方的银行贷款提供连带责任保证。")
    return closed(made, ("GC-02", "街道办事处为乙方的银行贷款提供连带责任保证"))


def in_a_note() -> tuple[str, bytes, Want]:
    made = opened("咨询服务合同", "第一条 服务内容", "乙方提供咨询服务12次，标准见附件，地点为甲方会议室。", *GREEN[2:])
    paragraph = made.add_paragraph("第四条 付款按季度进行")
    noted(paragraph)
    paragraph.add_run("。")
    return closed(made, ("GC-18", "财政资金到位后再行支付"), note="财政资金到位后再行支付乙方服务费。")


def notice() -> tuple[str, bytes, Want]:
    made = docx.Document()
    numbering(made, ("japaneseCounting", "%1、"))
    made.add_heading("中河街道办事处关于加强沿街店铺管理的通告", 0)
    made.add_paragraph("为加强沿街店铺管理，现通告如下：")
    numbered(made, "各店铺应当落实门前三包责任。")
    numbered(made, "违反规定的，按下表处理：")
    table(made, [["行为", "处理"], ["出店经营", "处200元罚款"], ["乱堆物料", "批评教育"]])
    numbered(made, "本通告自2026年6月1日起施行，有效期至2031年5月31日，由中河街道办事处负责解释。")
    for line in ("宁波市鄞州区中河街道办事处", "2026年4月20日"):
        made.add_paragraph(line)
    return "normative", saved(made), [("ND-02", "处200元罚款")]


def wrong_tax() -> tuple[str, bytes, Want]:
    care = "乙方维护甲方信息系统1套，标准见附件。乙方应当保密，知识产权归甲方，合同终止后移交全部数据。"
    made = opened("信息系统维护合同", "第一条 维护内容", care, *GREEN[2:5])
    rows = [["类别", "项目", "金额（元）"], ["维护", "人工", "60000"], ["", "备件", "20000"], ["合计", "", "80000"]]
    table(made, rows, [(1, 0, 2, 0), (3, 0, 3, 1)])
    made.add_paragraph("不含税价80,000元，税率6%，税额5,800元，价税合计85,800元。")
    made.add_paragraph("第四条 付款：验收合格后20日内支付。")
    return closed(made, ("GC-03", "税额5,800元"))


def wrong_party() -> tuple[str, bytes, Want]:
    head = [*HEAD[:2], (HEAD[2][0], "91350100M000100Y44"), HEAD[3]]
    made = opened(
        "餐饮服务合同",
        "第一条 服务内容",
        "乙方提供老年餐，每日200份，标准见附件，地点为飞虹社区食堂。",
        *GREEN[2:],
        head=head,
    )
    made.add_paragraph("第四条 付款：每月结算，双方确认结算金额后20日内支付。")
    table(made, [("开户行：宁波银行", "户名：李某某")])
    return closed(made, ("GC-01", "91350100M000100Y44"), ("GC-21", "李某某"))


def two_levels() -> tuple[str, bytes, Want]:
    made = docx.Document()
    numbering(made, ("chineseCountingThousand", "第%1条"), ("chineseCountingThousand", "（%2）"))
    made.add_heading("场地租赁合同", 0)
    made.add_paragraph("甲方（出租方）：宁波市鄞州区中河街道办事处")
    made.add_paragraph("乙方（承租方）：宁波某某餐饮有限公司")
    numbered(made, "租赁物")
    numbered(made, "位于中河路1号的房屋，面积300平方米，用途为餐饮。", 1)
    numbered(made, "租期和租金")
    paragraph = numbered(made, "", 1)
    paragraph.add_run("租赁期限")
    paragraph.add_run("二十五").bold = True
    paragraph.add_run("年，自2026年6月1日起。")
    numbered(made, "年租金人民币拾万元整（¥100,000.00），按季支付。", 1)
    for name, line in (("违约责任", "任何一方违约的，支付年租金5%的违约金。"), ("争议解决", COURT)):
        numbered(made, name)
        numbered(made, line, 1)
    return "contract", saved(made), [("GC-06", "租赁期限二十五年")]


def clean() -> tuple[str, bytes, Want]:
    made = opened("物业服务合同")
    numbering(made, ("chineseCountingThousand", "第%1条"))
    numbered(made, "服务内容")
    made.add_paragraph("乙方负责办公楼物业服务，面积3000平方米，标准见附件，地点为甲方办公楼。")
    numbered(made, "期限")
    made.add_paragraph(GREEN[3])
    numbered(made, "价款")
    rows = [
        ["项目", "数量", "单价（元）", "金额（元）"],
        ["保安", "12", "10000", "120000"],
        ["保洁", "12", "5000", "60000"],
        ["合计", "", "", "180000"],
    ]
    table(made, rows, [(3, 0, 3, 2)])
    made.add_paragraph("合同总价为人民币壹拾捌万元整（¥180,000.00）。每月考核合格后15日内支付。")
    numbered(made, "违约责任")
    paragraph = made.add_paragraph("任何一方违约的，按合同总价的")
    changed(paragraph, "300%", "5%")
    paragraph.add_run("支付违约金。")
    numbered(made, "争议解决")
    box(made.add_paragraph(COURT), "本合同一式四份。")
    table(made, SIGN)
    return "contract", saved(made), []


SAMPLES = {
    "wrong sum": wrong_sum, "numbered by Word": numbered_by_word, "in a note": in_a_note, "in a box": in_a_box,
    "inserted": lambda: tracked("30", "180", ("GC-18", "180日内支付")), "deleted": lambda: tracked("180", "30"),
    "table in table": table_in_table, "notice": notice, "wrong tax": wrong_tax, "wrong party": wrong_party,
    "two levels": two_levels, "clean": clean,
}  # fmt: skip
