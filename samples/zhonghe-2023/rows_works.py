"""Capital works of two years: small projects of a street, varied, settled and audited. Everything here is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

from invent import Inventor, read_words
from rows_procurement import credit_code

Row = dict[str, Any]

STREET, OFFICER, AUDITING = "中河街道", "严俊芳", "甬诚工程造价咨询公司（样本）"
# (day of the proposal, what, budget, weeks of building, share of the contract that was varied)
_PROJECTS = (
    ("2022-02-21", "桂苑小区雨污分流改造", 1_860_000, 18, (0.04,)), ("2022-04-11", "社区文化家园装修", 640_000, 10, ()),
    ("2022-06-13", "背街小巷路面修复", 920_000, 9, (0.03, 0.02)), ("2022-09-05", "社区服务中心无障碍改造", 480_000, 8, (-0.04,)),
    ("2023-02-13", "公益法律服务站装修", 260_000, 6, ()), ("2023-03-06", "儿童公园坡道和护栏改造", 380_000, 7, (0.05, 0.11)),
    ("2023-04-17", "两路两侧立面整治", 2_350_000, 16, (0.06,)), ("2023-06-12", "消防通道和电动车充电棚", 720_000, 9, ()),
    ("2023-09-11", "养老服务中心二期", 1_480_000, 30, (0.03,)),
)  # fmt: skip
_FIRMS = ("四明春建设有限公司", "宏泰隆建筑工程有限公司", "鼎立诚市政工程有限公司", "东钱海建设有限公司")
_LAST = date(2023, 12, 31)


class _Years:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.inventor = Inventor(rng.randrange(10**6), read_words())

    def projects(self) -> list[Row]:
        rows = [self._until(self._project(n, *told)) for n, told in enumerate(_PROJECTS)]
        used: Counter[int] = Counter()
        for row in rows:
            year = row["申报立项日期"].year
            used[year] += 1
            row["编号"] = f"中河基建〔{year}〕{used[year]}号"
        return rows

    def _project(self, n: int, on: str, title: str, budget: int, weeks: int, shares: tuple[float, ...]) -> Row:
        proposed = date.fromisoformat(on)
        approved = self._later(proposed, 5, 12)
        tendered = self._later(approved, 18, 30)
        signed = self._later(tendered, 6, 18)
        price = round(budget * self.rng.uniform(0.82, 0.86) / 1000) * 1000
        firm = n % len(_FIRMS)
        row: Row = {
            "单位": STREET, "申报立项日期": proposed, "事由": title, "投资（元）": budget, "资金来源": "街道年度预算",
            "承办人": OFFICER, "批准立项日期": approved, "批准依据": f"党工委会议纪要〔{approved.year}〕{n + 4}号（样本）",
            "发出中标、成交通知书日期": tendered, "施工单位": _FIRMS[firm], "统一社会信用代码": credit_code(901 + firm),
            "中标价（元）": price, "签订施工合同日期": signed, "合同编号": f"ZH-J-{signed.year}-{n + 1:02d}", "合同价（元）": price,
        }  # fmt: skip
        changes = [round(price * share / 100) * 100 for share in shares]
        varied = self._vary(row, signed, price, changes)
        done = self._later(varied, weeks * 5, weeks * 7)
        return row | self._settled(done, price, price + sum(changes))

    def _vary(self, row: Row, signed: date, price: int, changes: list[int]) -> date:
        """Small ones on site; where they pass a tenth of the contract in all, asked for and approved."""
        day, total = signed, 0
        small: list[date] = []
        for change in changes:
            day, total = self._later(day, 14, 24), total + change
            if abs(total) > price / 10:
                row |= {"重大变更报批日期": day, "重大变更报批理由": "管线迁改，工程量增加"}
                day = self._later(day, 4, 7)
                row |= {"同意变更日期": day, "批准依据": f"{row['批准依据']}→党工委会议纪要〔{day.year}〕31号（样本）"}
            else:
                small.append(day)
        if changes:
            row["本次变更（元）"] = "→".join(str(abs(change)) for change in changes)
        if any(change < 0 for change in changes):
            row["签证变更减少工程量"] = "是"
        if small:
            row |= {
                "签证变更日期": "、".join(map(str, small)),
                "签证变更理由": "\n".join(["现场工程量调整"] * len(small)),
            }
        return day

    def _settled(self, done: date, price: int, varied: int) -> Row:
        agreed = self._later(done, 20, 40)
        audited = self._later(agreed, 12, 20)
        settlement = round(varied * self.rng.uniform(0.985, 1) / 100) * 100
        progress = round(price * 0.7 / 100) * 100
        return {
            "支付进度款日期": self._later(done, 3, 10), "支付进度款支付金额（元）": progress, "竣工验收日期": done,
            "验收单位和人员": "建设、设计、监理、施工四方", "竣工验收结论": "符合设计和验收规范，质量合格。", "双方确认结算日期": agreed,
            "结算金额（元）": settlement, "结算审核日期": audited, "结算审核单位": AUDITING,
            "审核金额（元）": settlement - self.rng.randrange(0, 9_000, 100), "支付尾款日期": self._later(audited, 3, 7),
            "支付尾款支付金额（元）": settlement - progress,
        }  # fmt: skip

    def _until(self, row: Row) -> Row:
        """As the register stood at the year's end: of what came later nothing."""
        answers = {"支付进度款日期": ("支付进度款支付金额（元）",), "竣工验收日期": ("验收单位和人员", "竣工验收结论"),
                   "双方确认结算日期": ("结算金额（元）",), "结算审核日期": ("结算审核单位", "审核金额（元）"),
                   "支付尾款日期": ("支付尾款支付金额（元）",)}  # fmt: skip
        for day, told in answers.items():
            if row[day] > _LAST:
                for name in (day, *told):
                    del row[name]
        return row

    def _later(self, day: date, low: int, high: int) -> date:
        return self.inventor.workday(day, low, high)


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    return {"基建项目台账.xlsx": ("works.project", _Years(rng).projects())}
