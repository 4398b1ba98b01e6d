"""Internal rules and normative documents: what the street adopted or revised in a year, and what it had before."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_words
from rows_decision import cleared_on, reviewed

Row = dict[str, Any]

STREET = "中河街道"
# What the record must say of the year: rules adopted or revised in it.
ADOPTED = 3
ADOPTIONS = (
    ("中河街道三资管理办法", "资金资产资源", "经济发展办公室", "资金、资产、资源的登记、出租、处置和监督，定期公开。", date(2023, 3, 14)),
    ("中河街道小额工程项目管理规定", "采购和基建项目", "城建办公室", "限额以下工程的立项、比选、变更、验收和结算。", date(2023, 6, 20)),
)  # fmt: skip
REVISION = (
    "中河街道公务接待和公务用车管理制度",
    "三公经费和财务",
    "党政综合办公室",
    date(2020, 5, 12),
    date(2022, 5, 10),
    date(2023, 9, 12),
)
EARLIER = (
    ("中河街道议事决策规则", "议事决策", "党政综合办公室", date(2021, 9, 14)),
    ("中河街道政府采购内部控制制度", "采购和基建项目", "经济发展办公室", date(2022, 4, 19)),
    ("中河街道印章和公文管理制度", "公文、档案和信息", "党政综合办公室", date(2022, 3, 8)),
    ("中河街道机关考勤和请休假制度", "人事和考勤", "组织人事办公室", date(2022, 7, 12)),
    ("中河街道合同管理办法", "采购和基建项目", "平安法治办公室", date(2022, 11, 15)),
)  # fmt: skip
ABOLISHED = ("中河街道集体资产出租暂行规定", "资金资产资源", "经济发展办公室", date(2021, 6, 8), date(2023, 4, 1))
# The documents of the year, by the title under which each was reviewed: (words in the title, title as issued, on trial).
DOCUMENTS = (
    ("居家养老", "中河街道居家养老服务补贴实施细则", False),
    ("垃圾分类", "中河街道垃圾分类奖补办法（试行）", True),
    ("见义勇为", "中河街道见义勇为奖励办法", False),
    ("文化活动", "中河街道文化活动补助办法（试行）", True),
    ("小微企业", "中河街道小微企业纾困补助办法（试行）", True),
)  # fmt: skip
ISSUED = 3


class _Year:
    def __init__(self, rng: Random, year: int) -> None:
        self.rng, self.year = rng, year
        self.inventor = Inventor(rng.randrange(10**6), read_words())
        self.doc_no = 30

    def rules(self) -> list[Row]:
        rows = [self._adopted(title, area, owner, content, day) for title, area, owner, content, day in ADOPTIONS]
        rows.append(self._revised(*REVISION))
        rows += [
            self._adopted(title, area, owner, f"{title}的适用范围、职责分工、程序和监督。", day)
            for title, area, owner, day in EARLIER
        ]
        title, area, owner, day, ended = ABOLISHED
        row = self._adopted(title, area, owner, "集体资产出租的程序和底价。", day)
        rows.append(row | {"废止日期": ended, "失效日期": ended, "废止理由": "由《中河街道三资管理办法》代替",
                           "审议通过的会议": f"{row['审议通过的会议']}→党工委2023年第6次会议"})  # fmt: skip
        assert sum(_touched(row, self.year) for row in rows) == ADOPTED
        return rows

    def _adopted(self, title: str, area: str, owner: str, content: str, day: date) -> Row:
        begins = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return {"单位": STREET, "制定日期": day, "事由": title, "制度类别": area, "责任科室": owner, "主要内容": content,
                "审议通过的会议": f"党工委{day.year}年第{day.timetuple().tm_yday // 14 + 1}次会议", "施行日期": begins,
                "文号": self._next_no(day)}  # fmt: skip

    def _next_no(self, day: date) -> str:
        self.doc_no += self.rng.randrange(1, 6)
        return f"中河街〔{day.year}〕{self.doc_no}号"

    def _revised(self, title: str, area: str, owner: str, first: date, judged: date, again: date) -> Row:
        row = self._adopted(title, area, owner, "公务接待标准、审批和用车登记。", first)
        begins = date(again.year, again.month + 1, 1)
        return row | {
            "主要内容": f"{row['主要内容']}→公务接待标准、审批、公示和用车调度，增加平台叫车条款。",
            "审议通过的会议": f"{row['审议通过的会议']}→党工委{again.year}年第18次会议",
            "施行日期": f"{row['施行日期']}→{begins}",
            "评估日期": judged, "评估情况": "总体适用，用车管理需要细化", "评估结论": "应当修订",
            "修订日期": again, "修订理由": "上级规定调整，细化用车调度",
        }  # fmt: skip

    def documents(self) -> list[Row]:
        found = []
        for words, title, is_trial in DOCUMENTS:
            review = next((row for row in reviewed() if _is_of(row, words, self.year)), None)
            if review is not None and len(found) < ISSUED:
                found.append(self._document(review, title, is_trial))
        return found

    def _document(self, review: Row, title: str, is_trial: bool) -> Row:
        """Drafted and laid open before its review, decided and issued after it."""
        sent, ready = review["规范性文件送审日期"], cleared_on(review)
        assert ready is not None
        opened = self.inventor.workday(sent - timedelta(days=38), 0, 1)
        until = opened + timedelta(days=31)
        gathered = self.inventor.workday(until + timedelta(days=1), 0, 1)
        attached = self.inventor.workday(ready, 0, 1)
        decided = self.inventor.workday(attached, 5, 12)
        numbered = self.inventor.workday(decided, 1, 3)
        begins = numbered + timedelta(days=31)
        filed = self.inventor.workday(numbered, 4, 9)
        return {
            "单位": STREET, "起草日期": self.inventor.workday(opened - timedelta(days=9), 0, 3), "事由": title,
            "制定机关": "中河街道办事处", "起草单位": review["送审单位"], "主要内容": f"{title}的对象、标准、程序和监督。",
            "暂行或者试行": "是" if is_trial else "否", "涉及经营者经济活动": "是", "公开征求意见日期": opened, "征求意见截止日期": until,
            "汇总意见日期": gathered, "意见和采纳情况": f"收到意见{self.rng.randrange(3, 15)}条，合理的已经采纳，没有采纳的说明了理由。",
            "公平竞争审查日期": gathered, "公平竞争审查结论": "没有限制市场准入、妨碍公平竞争的内容。", "附合法性审查意见日期": attached,
            "合法性审查": review["编号"], "集体审议通过日期": decided, "审议通过的会议": f"党工委会议（{decided.month}月{decided.day}日）",
            "统一登记编号日期": numbered, "文号": self._next_no(numbered), "统一印发公布日期": numbered, "公布载体": "街道网站、政府公报栏",
            "解释机关": "中河街道办事处", "施行日期": begins, "有效期至": date(begins.year + (2 if is_trial else 5), begins.month, begins.day),
            "报送备案日期": filed, "备案机关": "鄞州区司法局",
        }  # fmt: skip


def _is_of(review: Row, words: str, year: int) -> bool:
    """A review of that document, early enough for the document to be issued in the year."""
    ready = cleared_on(review) if "规范性文件送审日期" in review else None
    return ready is not None and words in review["事由"] and date(year, 1, 3) <= ready <= date(year, 11, 20)


def _touched(row: Row, year: int) -> bool:
    return any(isinstance(row.get(key), date) and row[key].year == year for key in ("制定日期", "修订日期"))


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header)."""
    made = _Year(rng, year)
    return {
        "内部管理制度台账.xlsx": ("rules.internalrule", made.rules()),
        f"规范性文件台账-{year}.xlsx": ("rules.normativedocument", made.documents()),
    }
