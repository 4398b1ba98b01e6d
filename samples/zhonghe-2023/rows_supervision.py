"""Inspections, the three-year round of internal audit, and the findings of both. Everything here is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Office, read_offices

# What the record must say of 2023: inspections by deputies, their findings closed, and the units audited.
FIGURES = {"inspections": 5, "inspection_findings_closed": 9, "audited_coops": 2, "audited_communities": 8}
YEAR = 2023
STREET = "中河街道"
DEPUTIES = "人大代表专项督查"
AUDITOR = "潘宏宁"
_COOPS = ("里段", "蔡家漕")
_COMMUNITIES = ("东裕", "飞虹", "宋诏桥", "彩虹", "桑菊", "东湖", "金馨", "春城")

Row = dict[str, Any]
Ledgers = dict[str, tuple[str, list[Row]]]

# (day, type, subject, title, who, places, what was seen, conclusion, closed on)
_INSPECTIONS = (
    ("2022-05-18", DEPUTIES, "民生实事", "老旧小区改造专项督查", "代表李某、代表周某", "桂苑小区、文昌苑",
     "查看施工现场，听取居民代表意见。", "进度符合计划，施工围挡和夜间噪声要管住。", "2022-08-10"),
    ("2022-10-19", DEPUTIES, "环境整治", "背街小巷环境专项督查", "代表王某、代表沈某", "六条背街小巷",
     "沿线步行查看，随机访问商户。", "保洁到位，占道堆放要常抓。", "2022-12-20"),
    ("2023-02-22", DEPUTIES, "民生实事", "民生实事项目开工情况专项督查", "代表李某、代表周某、代表徐某",
     "养老服务中心、儿童公园", "实地查看两个项目，核对计划节点。", "开工及时，公示和无障碍设计要补上。", "2023-05-15"),
    ("2023-04-19", DEPUTIES, "重大活动保障", "“迎亚运”场馆周边环境专项督查", "代表王某、代表沈某、代表高某",
     "场馆周边、公交站点", "分两组查看十八个点位。", "总体整洁，围挡和标识要统一。", "2023-07-10"),
    ("2023-06-14", DEPUTIES, "环境整治", "两路两侧环境整治专项督查", "代表周某、代表何某",
     "天童南路、嵩江路", "沿两条道路步行查看，召集沿线社区座谈。", "面貌改观，夜间管控要常态化。", "2023-09-11"),
    ("2023-08-23", DEPUTIES, "民生实事", "居家养老和食堂运营专项督查", "代表徐某、代表陈某、代表高某",
     "四个社区食堂", "查看后厨、台账和老人就餐情况。", "运营平稳，食材台账要规范。", "2023-11-13"),
    ("2023-11-08", DEPUTIES, "环境整治", "住宅小区消防通道专项督查", "代表何某、代表陈某",
     "六个住宅小区", "随机抽查通道、充电和楼道。", "通道占用反复，要联合整治。", ""),
    ("2023-03-06", "自查自纠", "政府购买服务", "2021–2022年政府购买服务自查自纠", "财政、纪检、审计人员",
     "", "逐项核对两个年度购买服务清单、合同和付款凭证。", "程序总体规范，到期续签和验收资料有缺漏。", "2023-06-26"),
    ("2023-05-17", "联合审查", "政府购买服务", "政府购买服务联合审查", "区纪委、财政、审计联合审查组",
     "", "抽查十二个项目的采购、履约和付款。", "自查发现的问题整改到位，绩效评价要加强。", "2023-08-28"),
    ("2023-12-06", "街道督查", "法治建设", "年度法治建设任务督查", "督察专员、司法所人员",
     "各社区", "查阅台账、抽查案卷。", "任务基本完成，案卷制作质量不齐。", ""),
)  # fmt: skip

# (number of the inspection above, unit, severity, problem, cause, measures, result, evidence, day asked for or "")
_FOUND = (
    (0, "飞虹", "一般", "施工围挡没有公示投诉电话", "交底遗漏", "补设公示牌", "已补设", "公示牌照片", ""),
    (0, "彩虹", "一般", "夜间施工噪声扰民", "错峰安排不当", "调整工序，夜间停工", "已按新工序施工", "施工日志", ""),
    (1, "东裕", "一般", "店铺外占道堆放纸箱", "商户贪图方便", "签订门前责任书，每日巡查", "已清理", "责任书、照片", ""),
    (2, STREET, "一般", "养老服务中心项目没有现场公示", "施工单位疏忽", "补设公示牌并公布进度", "已公示", "公示牌照片", ""),
    (2, "东湖", "较重", "儿童公园入口没有无障碍坡道", "设计遗漏", "变更设计，增设坡道", "坡道已完工", "竣工验收单", ""),
    (3, "锦寓", "一般", "公交站点旁围挡破损", "大风损坏", "更换围挡", "已更换", "照片三张", "2023-05-08"),
    (3, STREET, "一般", "场馆周边引导标识不统一", "多家单位各自设置", "统一样式重新设置", "已更换二十六块", "验收清单", ""),
    (4, STREET, "较重", "天童南路夜间跨门经营", "晚间巡查不够", "增加两次晚间巡查，划定外摆区", "已规范", "连续三晚照片", ""),
    (4, "飞虹", "一般", "嵩江路绿化带内堆放建筑垃圾", "清运合同断档", "当日清运，设临时堆放点", "已清运补种", "清运单据", "2023-06-30"),
    (5, "宋诏桥", "较重", "社区食堂食材进货没有票据", "供货商更换后没有索票", "定点采购，逐笔索票", "票据齐全", "进货台账", ""),
    (5, "剑桥", "一般", "食堂留样时间不足", "不熟悉规定", "组织培训，配齐留样冰箱", "已按规定留样", "留样记录", ""),
    (5, "春城", "一般", "送餐登记不完整", "人手不足", "改用统一表格", "登记完整", "登记表", ""),
    (6, "凤凰", "重大", "消防通道被固定车位占用", "停车位不足", "取消车位，联合整治", "", "", ""),
    (6, "兴裕", "较重", "楼道内电动自行车充电", "充电棚不够", "新建充电棚两处", "", "", ""),
    (7, STREET, "较重", "保洁服务到期后没有重新采购", "没有到期提醒", "建立合同到期提醒", "已重新采购", "成交通知书", ""),
    (7, STREET, "一般", "两个项目缺少履约验收单", "验收走过场", "补做验收，统一验收单样式", "已补齐", "验收单", ""),
    (7, STREET, "一般", "一笔付款早于验收", "急于结账", "修订付款审批流程", "流程已修订", "审批流程文件", ""),
    (8, STREET, "一般", "绩效评价没有量化指标", "没有统一格式", "制定评价指标表", "指标表已启用", "评价指标表", ""),
    (9, "城兴", "一般", "调解案卷缺少回访记录", "归档前没有核对", "逐卷核对补齐", "", "", ""),
)  # fmt: skip
# Of the findings above: found to be unsettled at the year's end, and how far they came.
_LEFT = {12: "overdue", 13: "rectified", 18: "found"}
_FAILED_ONCE = 7

_AUDIT_FOUND = (
    ("coop", "厂房出租没有公开招租", "较重", "不熟悉公开招租程序", "到期后进平台招租", "已进平台招租", "成交确认书"),
    ("coop", "现金结算超过限额", "一般", "习惯现金支付", "一律转账", "已改为转账", "银行回单"),
    ("coop", "股金分红决议签名不全", "一般", "会议组织不严", "补开会议", "决议已补签", "会议记录"),
    ("community", "固定资产没有盘点", "一般", "人员变动", "年内盘点建卡", "已盘点建卡", "盘点表"),
    ("community", "专项经费混入日常开支", "较重", "科目设置不清", "单独核算", "已调账", "记账凭证"),
    ("community", "报销附件不齐", "一般", "审核不严", "一事一单", "附件已补齐", "凭证抽查表"),
    ("community", "公益性收入没有及时入账", "较重", "多头收款", "统一收款账户", "已全部入账", "银行对账单"),
)  # fmt: skip


def ledgers(rng: Random) -> Ledgers:
    """File name → (kind, rows), in the order in which they are to be imported."""
    inspections = [_inspection(rng, n, one) for n, one in enumerate(_INSPECTIONS)]
    _number(inspections, "中河督查〔{year}〕{n}号", "立项日期")
    audits = _audits(rng)
    findings = [_finding(rng, n, one, inspections) for n, one in enumerate(_FOUND)] + _audit_findings(rng, audits)
    offices = _offices()
    for row in findings:
        row["单位"] = offices[row["单位"]].name
    short = {office.name: office.short for office in offices.values()}
    findings.sort(key=lambda row: row.get("登记督查问题日期") or row["登记审计问题日期"])
    counted: Counter[tuple[str, int]] = Counter()
    for row in findings:
        day = row.get("登记督查问题日期") or row["登记审计问题日期"]
        counted[key] = n = counted[key := (short[row["单位"]], day.year)] + 1
        row["编号"] = f"{key[0]}整改〔{day.year}〕{n}号"
    _check(inspections, findings, audits)
    return {
        "督查台账.xlsx": ("supervision.inspection", inspections),
        "内部审计台账.xlsx": ("supervision.audit", audits),
        "督查审计问题台账.xlsx": ("supervision.finding", findings),
    }


def _check(inspections: list[Row], findings: list[Row], audits: list[Row]) -> None:
    by_deputies = {row["编号"] for row in inspections if row["督查类型"] == DEPUTIES}
    of_year = [row for row in inspections if row["督查类型"] == DEPUTIES and row["实地督查日期"].year == YEAR]
    closed = [row for row in findings if row["来源事项"] in by_deputies and row.get("复查通过销号日期")]
    closed = [row for row in closed if row["复查通过销号日期"].year == YEAR]
    assert len(of_year) == FIGURES["inspections"], len(of_year)
    assert len(closed) == FIGURES["inspection_findings_closed"], len(closed)
    audited = Counter(row["单位"].endswith("合作社") for row in audits if row["出具审计报告日期"].year == YEAR)
    assert (audited[True], audited[False]) == (FIGURES["audited_coops"], FIGURES["audited_communities"]), audited


def _offices() -> dict[str, Office]:
    levels = ("street", "community", "coop")
    return {STREET if one.level == "street" else one.short: one for one in read_offices() if one.level in levels}


def _later(day: date, days: int) -> date:
    """A day so many days later, moved on to Monday from a weekend."""
    found = day + timedelta(days=days)
    return found + timedelta(days=(7 - found.weekday()) % 7 if found.weekday() > 4 else 0)


def _number(rows: list[Row], series: str, column: str) -> None:
    counted: Counter[int] = Counter()
    for row in sorted(rows, key=lambda row: row[column]):
        year = row[column].year
        counted[year] += 1
        row["编号"] = series.format(year=year, n=counted[year])


def _inspection(rng: Random, n: int, told: tuple[str, ...]) -> Row:
    on, type_, subject, title, who, places, record, conclusion, closed = told
    day = date.fromisoformat(on)
    row: Row = {
        "单位": STREET,
        "立项日期": _later(day, -rng.randint(8, 14)),
        "事由": title,
        "督查类型": type_,
        "督查领域": subject,
        "督查人员": who,
        "拟督查日期": day,
        "督查点位": places,
        "实地督查日期": day,
        "督查情况": record,
        "出具督查报告日期": _later(day, rng.randint(6, 12)),
        "督查结论": conclusion,
    }
    return row | ({"办结日期": date.fromisoformat(closed)} if closed else {})


def _finding(rng: Random, n: int, told: tuple[Any, ...], inspections: list[Row]) -> Row:
    place, unit, severity, problem, cause, measures, done, evidence, asked = told
    source = inspections[place]
    found = _later(source["实地督查日期"], rng.randint(0, 1))
    row: Row = {
        "单位": unit,
        "登记督查问题日期": found,
        "来源事项": source["编号"],
        "问题": problem,
        "严重程度": severity,
        "要求完成日期": date.fromisoformat(asked) if asked else None,
    }
    if _LEFT.get(n) == "found":
        return row
    row |= {"提出整改措施日期": _later(found, rng.randint(2, 5)), "原因分析": cause, "整改措施": measures}
    if _LEFT.get(n) == "overdue":
        return row
    reported = _later(found, rng.randint(12, 24))
    again = n == _FAILED_ONCE
    row |= {
        "报整改完成日期": reported,
        "整改结果": done or "充电棚已启用",
        "整改佐证": evidence or "验收单",
        "佐证形成日期": reported - timedelta(days=1),
    }
    if _LEFT.get(n) == "rectified":
        return row
    return row | _rechecked(reported, _later(reported, rng.randint(3, 8)), again)


def _rechecked(reported: date, checked: date, again: bool) -> Row:
    """How the re-check went: passed, or failed once and passed after a second report."""
    row: Row = {"复查佐证": "现场照片", "复查佐证形成日期": checked}
    if not again:
        return row | {"复查通过销号日期": checked}
    second = _later(checked, 20)
    return row | {
        "复查未通过日期": checked,
        "复查未通过理由": "晚间仍有两家跨门经营",
        "报整改完成日期": f"{reported}、{second}",
        "佐证形成日期": f"{reported - timedelta(days=1)}→{second - timedelta(days=2)}",
        "复查佐证": "现场照片→连续三晚现场照片",
        "复查佐证形成日期": f"{checked}→{second + timedelta(days=3)}",
        "复查通过销号日期": _later(second, 3),
    }


def _audits(rng: Random) -> list[Row]:
    """Each of the subordinate units once in three years: this year's named ones, the others in the two before."""
    offices = [one for one in _offices().values() if one.level != "street"]
    this_year = [one for one in offices if one.short in (*_COOPS, *_COMMUNITIES)]
    others = [one for one in offices if one not in this_year]
    half = (len(others) + 1) // 2
    rng.shuffle(others)
    rows = []
    for year, units in ((YEAR - 2, others[:half]), (YEAR - 1, others[half:]), (YEAR, this_year)):
        for n, unit in enumerate(units):
            row = _audit(rng, unit, date(year, 3 + n * 8 // len(units), 1))
            rows.append({"编号": f"{unit.short}内审〔{row['列入审计计划日期'].year}〕1号"} | row)
    return rows


def _audit(rng: Random, unit: Office, month: date) -> Row:
    planned = _later(month, rng.randint(0, 9))
    started = _later(planned, rng.randint(3, 9))
    draft = _later(started, rng.randint(12, 20))
    comments = _later(draft, rng.randint(3, 8))
    report = _later(comments, rng.randint(4, 9))
    rectified = _later(report, rng.randint(35, 54))
    is_coop = unit.level == "coop"
    has_findings = rng.random() < 0.5 or unit.short in _COOPS
    return {
        "单位": unit.name,
        "列入审计计划日期": planned,
        "审计类型": "财务收支审计",
        "审计起始年度": month.year - 2,
        "审计截止年度": month.year - 1,
        "审计内容": "财务收支、资产出租和收益分配" if is_coop else "经费收支、资产管理和服务采购",
        "审计人员": f"{AUDITOR}、某会计师事务所",
        "进点审计日期": started,
        "送征求意见稿日期": draft,
        "征求意见稿要点": "发现的问题见附件。" if has_findings else "没有发现需要整改的问题。",
        "收到单位意见日期": comments,
        "被审计单位意见": "无意见",
        "出具审计报告日期": report,
        "审计结论": "会计核算基本规范，个别环节需要整改。" if has_findings else "会计核算规范。",
        "问题金额（元）": rng.randrange(8, 160) * 500 if has_findings and is_coop else None,
        "收到整改报告日期": rectified if has_findings else None,
        "整改情况": "已逐条整改到位。" if has_findings else None,
        "公布结果日期": rectified if has_findings else _later(report, 5),
        "公布方式": "本社公开栏" if is_coop else "居务公开栏",
        "办结日期": _later(rectified, 6) if has_findings else _later(report, 8),
    }


def _audit_findings(rng: Random, audits: list[Row]) -> list[Row]:
    short = {one.name: one.short for one in _offices().values()}
    rows = []
    for audit in audits:
        if not audit["收到整改报告日期"]:
            continue
        level = "coop" if audit["单位"].endswith("合作社") else "community"
        for told in rng.sample([one for one in _AUDIT_FOUND if one[0] == level], rng.randint(1, 2)):
            _, problem, severity, cause, measures, done, evidence = told
            done_on = audit["收到整改报告日期"]
            rows.append(
                {
                    "单位": short[audit["单位"]],
                    "登记审计问题日期": audit["出具审计报告日期"],
                    "来源事项": audit["编号"],
                    "问题": problem,
                    "严重程度": severity,
                    "提出整改措施日期": _later(audit["出具审计报告日期"], rng.randint(5, 10)),
                    "原因分析": cause,
                    "整改措施": measures,
                    "报整改完成日期": done_on,
                    "整改结果": done,
                    "整改佐证": evidence,
                    "佐证形成日期": done_on - timedelta(days=rng.randint(1, 6)),
                    "复查通过销号日期": _later(done_on, 4),
                    "复查佐证": "原始凭证核对记录",
                    "复查佐证形成日期": _later(done_on, 3),
                }
            )
    return rows
