"""Purchases of services of two years, checked one by one in the third; what was found and put right. All invented."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_words

Row = dict[str, Any]

STREET = "中河街道"
YEAR = 2023
ACCOUNTANT, AUDITOR = "施敏", "潘宏宁"
OFFICERS = {"党政综合办公室": "邱伟", "城建办公室": "严俊芳", "经济发展办公室": "郭立辉", "平安法治办公室": "罗启军",
            "社会事务办公室": "贺志强"}  # fmt: skip
MEDIA = "浙江政府采购网"
OWN = "自行采购"
ROUND = f"中河采购自查轮次〔{YEAR}〕1号"

# (what, office, method, about how much), bought in each year; the first six again in the year of the check.
_SERVICES = (
    ("机关保洁服务", "党政综合办公室", "竞争性磋商", 620_000), ("背街小巷保洁服务", "城建办公室", "公开招标", 3_860_000),
    ("绿化养护服务", "城建办公室", "公开招标", 2_450_000), ("社区安保服务", "平安法治办公室", "竞争性磋商", 980_000),
    ("居家养老服务", "社会事务办公室", "竞争性磋商", 1_360_000), ("垃圾分类督导服务", "城建办公室", "竞争性磋商", 1_120_000),
    ("法律顾问服务", "平安法治办公室", OWN, 180_000), ("社区矫正社会工作服务", "平安法治办公室", "竞争性谈判", 460_000),
    ("食堂外包服务", "党政综合办公室", "竞争性磋商", 720_000), ("网格通信服务", "平安法治办公室", "单一来源", 540_000),
    ("档案整理服务", "党政综合办公室", OWN, 96_000), ("印刷服务", "党政综合办公室", "框架协议", 130_000),
    ("安全生产第三方检查服务", "经济发展办公室", "竞争性磋商", 680_000), ("经济普查辅助服务", "经济发展办公室", OWN, 88_000),
    ("工程造价咨询服务", "城建办公室", "框架协议", 260_000), ("文化活动策划服务", "社会事务办公室", OWN, 120_000),
    ("青少年活动承办服务", "社会事务办公室", OWN, 75_000), ("信息系统运维服务", "党政综合办公室", "询价", 210_000),
    ("房屋安全鉴定服务", "城建办公室", "竞争性谈判", 430_000), ("普法宣传服务", "平安法治办公室", OWN, 98_000),
)  # fmt: skip
_FIRMS = ("安澜", "瑞丰", "恒聚", "开元达", "众信", "博远", "天港", "明州宝", "益民通", "嘉禾兴", "鼎立诚", "宏泰隆")
_TRADES = {"保洁": "环境服务有限公司", "绿化": "园林有限公司", "安保": "保安服务有限公司", "养老": "养老服务中心", "法律": "律师事务所",
           "社会工作": "社会工作服务中心", "食堂": "餐饮管理有限公司", "信息": "信息技术有限公司", "通信": "通信有限公司",
           "造价": "工程咨询有限公司", "鉴定": "检测有限公司", "印刷": "印务有限公司"}  # fmt: skip

# (year, place among the services, type, problem, cause, measures, result, evidence); {days} is filled in.
_DEFECTS = (
    (2021, 0, "到期没有重新采购", "上一期合同到期后没有重新采购，顺延两个月", "没有到期提醒", "建立合同到期提醒，提前三个月启动采购",
     "提醒台账已启用", "到期提醒台账"),
    (2021, 3, "逾期签订合同", "成交通知书发出以后{days}日才签订合同", "会签环节过多", "简化会签，专人跟踪签约期限", "会签流程已修订",
     "修订后的会签单"),
    (2021, 7, "合同没有备案", "合同副本没有报备案", "经办人更换，交接遗漏", "补报备案，列入交接清单", "已补报备案", "备案回执"),
    (2021, 8, "合同没有公告", "合同签订以后没有公告", "误以为代理机构会公告", "补发公告，明确由采购科室公告", "已补发公告", "公告网页截图"),
    (2021, 18, "验收缺失", "服务期满没有验收书", "以发票代替验收", "补做验收，统一验收书样式", "已补齐验收书", "履约验收书"),
    (2022, 4, "逾期签订合同", "成交通知书发出以后{days}日才签订合同", "法人变更，盖章延误", "签约前核对供应商印章和授权",
     "已列入签约核对单", "签约核对单"),
    (2022, 5, "合同没有备案", "合同副本没有报备案", "新任经办人不熟悉规定", "补报备案，组织采购业务培训", "已补报备案", "备案回执、培训签到表"),
    (2022, 9, "合同没有公告", "合同签订以后没有公告", "单一来源项目误认为不用公告", "补发公告", "已补发公告", "公告网页截图"),
    (2022, 12, "验收缺失", "服务期满没有验收书", "验收走过场", "邀请企业代表参加，补做验收", "已补齐验收书", "履约验收书"),
    (2022, 2, "付款早于验收", "第四季度服务费在验收之前支付", "急于年底结账", "修订付款审批流程，验收单作为付款附件", "流程已修订",
     "付款审批流程文件"),
    (2022, 15, "采购档案不全", "自行采购没有询价记录", "小额采购不重视留痕", "补充询价记录，使用统一询价表", "询价表已启用", "询价记录三份"),
    (2022, 10, "其他", "绩效评价没有量化指标", "没有统一格式", "制定评价指标表", "评价指标表已启用", "评价指标表"),
)  # fmt: skip
_REVIEWED, _FAILED_ONCE = 11, 4  # found only by the joint review; passed at the second re-check
_DISMISSED = (
    2022,
    16,
    "拆分采购",
    "两次活动承办服务可能属于拆分采购",
    "两次活动内容、时间不同，分别立项，不属于拆分采购",
)
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(n: int) -> str:
    """A code with a right check sign, of an area (99) that does not exist."""
    body = f"91990212MA{n:07d}"
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _SIGNS[-total % 31]


class _Years:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.inventor = Inventor(rng.randrange(10**6), read_words())
        self.rows: dict[tuple[int, int], Row] = {}
        self._codes: dict[str, str] = {}

    def purchases(self) -> list[Row]:
        for year in (YEAR - 2, YEAR - 1, YEAR):
            for place, told in enumerate(_SERVICES[: 6 if year == YEAR else None]):
                self.rows[year, place] = self._purchase(year, place, *told)
        self._question(self.rows[YEAR, 3])
        rows = sorted(self.rows.values(), key=lambda row: (row["采购立项日期"], row["事由"]))
        used: Counter[int] = Counter()
        for row in rows:
            year = row["采购立项日期"].year
            used[year] += 1
            row["编号"] = f"中河采购〔{year}〕{used[year]}号"
        return rows

    def _purchase(self, year: int, place: int, what: str, office: str, method: str, about: int) -> Row:
        planned = self._workday(date(year, 1 + place % 8, 8), 0, 12)
        ceiling = round(about * (0.94 + 0.06 * (year - 2020)) / 1000) * 1000
        amount = ceiling - self.rng.randrange(0, ceiling // 20, 100)
        wrong = {told[2] for told in _DEFECTS if told[:2] == (year, place)}
        row: Row = {
            "单位": STREET, "采购立项日期": planned, "事由": f"{year}年{what}", "采购方式": method, "采购预算（元）": ceiling,
            "采购科室": office, "承办人": OFFICERS[office], "供应商": (supplier := self._supplier(what, place, year)),
            "统一社会信用代码": self._code(supplier), "成交金额（元）": amount, "合同价（元）": amount,
        }  # fmt: skip
        chosen = self._workday(planned, 3, 8) if method == OWN else self._workday(planned, 22, 34)
        late = self._workday(chosen, 38, 46) if "逾期签订合同" in wrong else None
        signed = late or self._workday(chosen, 3, 6 if method == OWN else 22)
        row |= {
            "合同编号": f"ZH-{year}-{place + 1:02d}",
            "服务截止日期": signed + timedelta(days=364 if about > 100_000 else 180),
        }
        if method == OWN:
            return row | {"确定供应商日期": chosen, "签订自行采购合同日期": signed} | self._accepted(row, wrong, signed)
        row |= {"发出中标、成交通知书日期": chosen, "签订政府采购合同日期": signed}
        row["合同副本备案日期"] = self._workday(signed, 2, 7)
        row |= {"公告合同日期": self._workday(signed, 0, 1), "公告媒体": MEDIA}
        if "合同没有备案" in wrong:
            row["合同副本备案日期"] = self._workday(date(YEAR, 3, 27), 0, 4)
        if "合同没有公告" in wrong:
            row["公告合同日期"] = self._workday(date(YEAR, 3, 27), 0, 4)
        return row | self._accepted(row, wrong, signed)

    def _accepted(self, row: Row, wrong: set[str], signed: date) -> Row:
        accepted = self._workday(row["服务截止日期"], 3, 15)
        if "验收缺失" in wrong:
            accepted = self._workday(date(YEAR, 4, 3), 0, 5)
        if accepted > date(YEAR, 12, 31):
            return {}
        closed = max(accepted, row.get("合同副本备案日期", signed), row.get("公告合同日期", signed))
        return {
            "履约验收日期": accepted, "验收人员": f"{row['采购科室']}两人、服务对象代表一人",
            "验收结论": "服务内容、数量和质量符合合同约定。", "办结日期": self._workday(closed, 2, 12),
        }  # fmt: skip

    def _question(self, row: Row) -> None:
        asked = self._workday(row["发出中标、成交通知书日期"], 2, 3)
        row |= {
            "收到供应商质疑日期": asked, "收到供应商质疑质疑供应商": "宁波某保安服务有限公司（样本）",
            "收到供应商质疑质疑事项": "认为人员配置的评分没有依据", "答复质疑日期": self._workday(asked, 2, 5),
            "答复质疑答复内容": "磋商文件第三章已列明评分标准，经复核评分无误。",
        }  # fmt: skip

    def _supplier(self, what: str, place: int, year: int) -> str:
        """Most suppliers stay for the next year."""
        firm = _FIRMS[(place + (year - YEAR if place % 4 == 0 else 0)) % len(_FIRMS)]
        trade = next((name for word, name in _TRADES.items() if word in what), "服务有限公司")
        return f"{firm}{trade}"

    def _code(self, supplier: str) -> str:
        return self._codes.setdefault(supplier, credit_code(len(self._codes) + 101))

    def _workday(self, day: date, low: int, high: int) -> date:
        return self.inventor.workday(day, low, high)

    # --- the round ---

    def round(self) -> Row:
        return {
            "编号": ROUND, "单位": STREET, "部署自查自纠日期": date(YEAR, 2, 20), "起始年度": YEAR - 2, "截止年度": YEAR - 1,
            "自查要点": "采购程序、合同签订、备案公告、履约验收、资金支付、采购档案", "承办人": ACCOUNTANT,
            "汇总自查情况日期": date(YEAR, 4, 24),
            "自查情况": "两个年度的购买服务合同逐件自查，程序总体规范，签约、备案、公告和验收环节有缺漏，已经逐条整改。",
            "联合审查日期": date(YEAR, 5, 17), "联合审查单位": "区纪委、区财政局、区审计局",
            "联合审查意见": "自查发现的问题整改到位，绩效评价要加强。", "办结日期": date(YEAR, 6, 26),
        }  # fmt: skip

    def checks(self) -> list[Row]:
        """Every contract of the two years, a few a day in March."""
        wrong = {told[:2] for n, told in enumerate(_DEFECTS) if n != _REVIEWED}
        checked = [(key, row) for key, row in self.rows.items() if key[0] < YEAR]
        rows = []
        for n, (key, purchase) in enumerate(checked, start=1):
            day = self._workday(date(YEAR, 3, 6) + timedelta(days=n // 3), 0, 0)
            row: Row = {"编号": f"中河采购自查〔{YEAR}〕{n}号", "单位": STREET, "来源事项": purchase["编号"], "自查轮次": ROUND,
                        "核查情况": "核对采购文件、合同、付款凭证和验收资料。", "承办人": ACCOUNTANT}  # fmt: skip
            row |= {"自查有问题日期": day, "办结日期": date(YEAR, 6, 20)} if key in wrong else {"自查无问题日期": day}
            self.rows[key]["自查"] = row
            rows.append(row)
        return rows

    def defects(self) -> list[Row]:
        rows = [self._defect(n, told) for n, told in enumerate(_DEFECTS)]
        year, place, type_, problem, why = _DISMISSED
        found = self._found(year, place, type_, problem)
        rows.append(found | {"认定不成立日期": self._workday(found["登记采购问题日期"], 2, 4), "认定不成立理由": why})
        rows.sort(key=lambda row: (row["登记采购问题日期"], row["来源事项"]))
        for n, row in enumerate(rows, start=1):
            row["编号"] = f"中河采购整改〔{YEAR}〕{n}号"
        return rows

    def _found(self, year: int, place: int, type_: str, problem: str) -> Row:
        purchase = self.rows[year, place]
        check = purchase["自查"]
        day = check.get("自查有问题日期") or check["自查无问题日期"]
        return {
            "单位": STREET, "登记采购问题日期": day, "来源事项": check["编号"], "问题类型": type_, "问题": problem,
            "涉及金额（元）": purchase["合同价（元）"], "责任部门": purchase["采购科室"], "承办人": purchase["承办人"],
        }  # fmt: skip

    def _defect(self, n: int, told: tuple[Any, ...]) -> Row:
        year, place, type_, problem, cause, measures, done, evidence = told
        purchase = self.rows[year, place]
        if "{days}" in problem:
            days = (purchase["签订政府采购合同日期"] - purchase["发出中标、成交通知书日期"]).days
            assert days > 30
            problem = problem.format(days=days)
        row = self._found(year, place, type_, problem)
        if n == _REVIEWED:
            row["登记采购问题日期"] = date(YEAR, 5, 17)
        found = row["登记采购问题日期"]
        proposed = self._workday(found, 2, 4)
        # What was made good has its own day: no evidence is older than the thing itself.
        made = max(purchase.get(name, found) for name in ("合同副本备案日期", "公告合同日期", "履约验收日期"))
        reported = self._workday(max(made if made <= found + timedelta(days=29) else found, proposed), 1, 5)
        row |= {"提出整改措施日期": proposed, "原因分析": cause, "整改措施": measures, "报整改完成日期": reported,
                "整改结果": done, "整改佐证": evidence, "佐证形成日期": reported - timedelta(days=1)}  # fmt: skip
        checked = self._workday(reported, 2, 6)
        if n != _FAILED_ONCE:
            return row | {"复查通过销号日期": checked, "复查佐证": "原始资料核对记录", "复查佐证形成日期": checked}
        second = self._workday(checked, 5, 9)
        passed = self._workday(second, 2, 4)
        return row | {
            "复查未通过日期": checked, "复查未通过理由": "验收书缺少供应商代表签名", "报整改完成日期": f"{reported}、{second}",
            "佐证形成日期": f"{reported - timedelta(days=1)}→{second - timedelta(days=1)}", "复查通过销号日期": passed,
            "复查佐证": "原始资料核对记录", "复查佐证形成日期": f"{checked}→{passed}",
        }  # fmt: skip


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Years(rng)
    purchases, checks = made.purchases(), made.checks()
    defects = made.defects()
    for row in purchases:
        row.pop("自查", None)
    return {
        "政府购买服务台账.xlsx": ("procurement.purchase", purchases),
        f"政府购买服务自查轮次-{YEAR}.xlsx": ("procurement.round", [made.round()]),
        f"采购自查台账-{YEAR}.xlsx": ("procurement.selfcheck", checks),
        f"采购问题整改台账-{YEAR}.xlsx": ("procurement.defect", defects),
    }
