"""The three public expenses of a year: budgets, the car's months, receptions with letters. Everything here is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

from invent import Inventor, read_words

Row = dict[str, Any]

STREET = "中河街道"
OFFICERS = {"党政综合办公室": "邱伟", "城建办公室": "严俊芳", "经济发展办公室": "郭立辉", "平安法治办公室": "罗启军",
            "社会事务办公室": "贺志强"}  # fmt: skip
ACCOUNTANT, CANTEEN = "施敏", "机关食堂"
CARS, RECEPTION = "公车运行费", "公务接待费"
# What the year began with, what was made of it in June, and the paper that said so.
CAPS = {CARS: (90_000, 90_000), RECEPTION: (30_000, 24_000)}
BASIS, CUT = "鄞财预〔{year}〕1号（样本）", "鄞财预〔{year}〕36号（样本）"

# (month, what, least, most) beside the petrol of every month; the insurance and the big service come once.
_CARS = (
    (1, "公务用车保险", 11_800, 12_600), (3, "公务用车保养", 2_600, 3_400), (4, "公务用车年检", 900, 1_300),
    (6, "公务用车维修（更换空调压缩机）", 4_800, 5_600), (7, "公务用车保养", 2_700, 3_500), (9, "公务用车更换轮胎", 4_200, 4_800),
    (10, "公务用车保养", 2_600, 3_400), (12, "公务用车维修（更换刹车片）", 2_400, 3_000),
)  # fmt: skip
_VISITORS = (
    ("省司法厅", "调研基层法治建设"), ("市司法局", "督导合法性审查全覆盖"), ("市信访局", "检查信访积案化解"),
    ("区审计局", "内部审计工作指导"), ("台州市某街道", "学习矛盾调解圈做法"), ("绍兴市某区司法局", "考察法律服务站"),
    ("湖州市某街道", "学习非警务协同机制"), ("市城管局", "检查亚运环境保障"), ("区人大常委会", "视察民生实事项目"),
    ("嘉兴市某街道", "考察基层公权力三清单"), ("市民政局", "调研社区议事协商"), ("对口支援县某镇", "对接协作项目"),
    ("金华市某区政法委", "考察综合行政执法改革"), ("市审计局", "延伸审计现场工作"), ("温州市某街道", "学习普法品牌"),
)  # fmt: skip
_SURNAMES = "张王李陈林吴周徐"
_POSTS = ("副局长", "处长", "科长", "副主任", "科员", "干部")


class _Year:
    def __init__(self, rng: Random, year: int) -> None:
        self.rng, self.year = rng, year
        self.inventor = Inventor(rng.randrange(10**6), read_words())

    def budgets(self) -> list[Row]:
        rows = []
        for n, (category, (cap, later)) in enumerate(CAPS.items(), start=1):
            row: Row = {
                "编号": f"中河三公预算〔{self.year}〕{n}号", "单位": STREET, "编列预算日期": date(self.year, 1, 5),
                "费用类别": category, "年度": self.year, "预算数（元）": cap, "承办人": ACCOUNTANT,
                "依据文号": BASIS.format(year=self.year),
            }  # fmt: skip
            if later != cap:
                row |= {"预算数（元）": f"{cap}→{later}", "调整预算日期": date(self.year, 6, 19),
                        "依据文号": f"{BASIS}→{CUT}".format(year=self.year), "调整预算理由": "压减一般性支出"}  # fmt: skip
            rows.append(row)
        return rows

    def expenses(self) -> list[Row]:
        rows = [self._petrol(month) for month in range(1, 13)]
        rows += [self._car(*told) for told in _CARS]
        rows += [self._reception(month, n) for n, month in enumerate([1, 2, *range(2, 13), *range(3, 13), 12])]
        rows.sort(key=lambda row: (row["事前申请日期"], row["事由"]))
        receptions = [row for row in rows if row["费用类别"] == RECEPTION]
        self._refused(receptions[4])
        self._cancelled(receptions[9])
        self._exceeded(receptions[14])
        self._handed_back(receptions[18])
        booked = Counter(row["入账日期"].month for row in rows if "入账日期" in row)
        assert len(booked) >= 11
        for n, row in enumerate(rows, start=1):
            row["编号"] = f"中河三公支出〔{row['事前申请日期'].year}〕{n}号"
        self._check(rows)
        return rows

    def _petrol(self, month: int) -> Row:
        first = date(self.year, month, 6 if month in (1, 5, 10) else 2)
        asked = self.inventor.workday(first, 3 if month == 10 else 0, 3)
        return self._row(
            f"公务用车{month}月加油和停车", CARS, asked, asked, self.rng.randrange(400, 470) * 10, "党政综合办公室"
        )

    def _car(self, month: int, title: str, low: int, high: int) -> Row:
        asked = self.inventor.workday(date(self.year, month, 9), 0, 4)
        return self._row(title, CARS, asked, asked, self.rng.randrange(low, high, 10), "党政综合办公室")

    def _reception(self, month: int, n: int) -> Row:
        unit, purpose = _VISITORS[n % len(_VISITORS)]
        asked = self.inventor.workday(date(self.year, month, 9), 0, 14)
        guests = self.rng.choice([3, 4, 5, 6, 6, 7, 8, 8, 9, 10, 12, 14, 15])
        hosts = min(3, max(1, guests // 3)) if guests <= 10 else guests // 3
        held = self.inventor.workday(asked, 2, 5)
        office = self.inventor.pick(tuple(OFFICERS))
        planned = (guests + hosts) * self.rng.choice([50, 60, 60, 70])
        row = self._row(f"接待{unit}{purpose}", RECEPTION, asked, held, planned, office)
        return row | {"公函、批件文号": f"{unit}函〔{self.year}〕{self.rng.randrange(3, 90)}号（样本）", "来访单位": unit,
                      "接待对象人数": guests, "陪餐人数": hosts, "场所": CANTEEN,
                      "接待对象名单": "\n".join(self._guest(unit) for _ in range(guests))}  # fmt: skip

    def _guest(self, unit: str) -> str:
        return f"{unit} {self.rng.choice(_SURNAMES)}某 {self.rng.choice(_POSTS)}"

    def _row(self, title: str, category: str, asked: date, held: date, planned: int, office: str) -> Row:
        """From the request to the book: approved before it came about, claimed within days, booked by the accountant."""
        approved = min(held, self.inventor.workday(asked, 0, 1))
        claimed = self.inventor.workday(held, 2, 8)
        actual = planned - self.rng.randrange(0, max(20, planned // 12), 5 if planned < 3000 else 10)
        return {
            "单位": STREET, "事前申请日期": asked, "事由": title, "费用类别": category, "拟发生日期": held,
            "申请数（元）": planned, "承办人": OFFICERS[office], "审批同意日期": approved, "批准数（元）": planned,
            "报销日期": claimed, "实际发生日期": held, "报销数（元）": actual, "票据张数": self.rng.randint(1, 3),
            "入账日期": self.inventor.workday(claimed, 1, 5),
            "记账凭证号": f"记-{claimed.month}-{self.rng.randrange(10, 99)}",
        }  # fmt: skip

    # --- the ones that went another way ---

    def _stop(self, row: Row, *names: str) -> None:
        for name in ("报销日期", "实际发生日期", "报销数（元）", "票据张数", "场所", "接待对象名单", "入账日期", "记账凭证号",
                     *names):  # fmt: skip
            row.pop(name, None)

    def _refused(self, row: Row) -> None:
        day = row["审批同意日期"]
        self._stop(row, "审批同意日期", "批准数（元）")
        row |= {"不同意日期": day, "不同意理由": "同城公务活动，不安排接待"}

    def _cancelled(self, row: Row) -> None:
        self._stop(row)
        row |= {"取消日期": row["拟发生日期"], "取消理由": "对方改期，没有来访"}

    def _exceeded(self, row: Row) -> None:
        """Two more came: the rest was asked for and approved before it was claimed."""
        row |= {"申请追加日期": row["拟发生日期"], "追加数（元）": 120, "申请追加理由": "来访增加两人",
                "同意追加日期": row["拟发生日期"], "报销数（元）": row["申请数（元）"] + 105}  # fmt: skip

    def _handed_back(self, row: Row) -> None:
        first = row["报销日期"]
        back = self.inventor.workday(first, 1, 2)
        again = self.inventor.workday(back, 1, 3)
        row |= {"退回报销日期": back, "退回报销理由": "发票抬头不对，请换开", "报销日期": f"{first}、{again}",
                "入账日期": self.inventor.workday(again, 1, 3)}  # fmt: skip

    def _check(self, rows: list[Row]) -> None:
        """No category passes its cap, and that of the cars comes near it."""
        for category, (_, cap) in CAPS.items():
            spent = sum(row["报销数（元）"] for row in rows if row["费用类别"] == category and "入账日期" in row)
            assert spent <= cap, (category, spent)
            assert category != CARS or spent >= 0.9 * cap, (category, spent)
        assert all(row["审批同意日期"] <= row["拟发生日期"] for row in rows if "审批同意日期" in row)


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng, year)
    return {
        f"三公经费预算台账-{year}.xlsx": ("spending.budget", made.budgets()),
        f"三公经费支出台账-{year}.xlsx": ("spending.expense", made.expenses()),
    }
