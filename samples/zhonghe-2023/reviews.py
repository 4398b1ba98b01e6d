"""Legality reviews concluded in a year, those that ended otherwise, and the opinions raised on them one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from disputes import Making, Row

CATEGORIES = {"contract": "合同送审", "document": "规范性文件送审", "decision": "重大决策送审",
              "enforcement": "行政执法决定送审", "other": "其他文件送审"}  # fmt: skip
COLUMNS = (
    "编号", "单位", "合同送审日期", "规范性文件送审日期", "重大决策送审日期", "行政执法决定送审日期", "其他文件送审日期",
    "事由", "送审单位", "承办人", "送审材料", "合同相对方", "合同金额（元）", "涉及经营者经济活动", "缓急", "退回补正日期",
    "退回补正理由", "补正后再送日期", "受理日期", "不予受理日期", "不予受理理由", "委托法律顾问日期", "协办单位",
    "委托审查范围", "法律顾问出具意见日期", "法律顾问意见", "法律顾问出具意见声明无利害关系",
    "拟写审查意见日期", "审查情况", "拟定结论", "审查依据", "出具审查意见书日期", "审查结论", "送请复审日期",
    "送请复审理由", "反馈采纳情况日期", "撤回送审日期", "撤回送审理由", "归档日期", "来源事项",
)  # fmt: skip
OPINION_COLUMNS = (
    "编号", "单位", "提出意见日期", "来源事项", "性质", "针对的条款", "问题", "依据", "修改建议", "提出人", "采纳日期",
    "部分采纳日期", "不采纳日期", "采纳说明",
)  # fmt: skip
NO_INTEREST = "法律顾问出具意见声明无利害关系"
# Sent in at the end of the year before; still open; declined; withdrawn.
_LATE, _OPEN, _DECLINED, _WITHDRAWN = 6, 4, 3, 4
_MONTHS = (0.9, 0.6, 1.1, 1.0, 1.0, 1.1, 0.9, 0.8, 1.1, 0.9, 1.2, 1.4)


@dataclass
class Reviewed:
    """A row of the ledger with what its opinions need to know."""

    row: Row
    category: str
    raised: tuple[date, date] | None = None  # first and last day on which opinions came
    answered: date | None = None
    severities: list[str] = field(default_factory=list)


class Desk:
    """The one entrance and one exit: makes the year's reviews, then their opinions."""

    def __init__(self, making: Making, firm: str, words: dict[str, Any]) -> None:
        self.making, self.inventor, self.firm, self.words = making, making.inventor, firm, words
        self.year, self.street = making.year, making.street.name
        self.officers = [one.name for one in making.people if one.role == "case_officer"]
        self.reviewers = [one.name for one in making.people if one.role == "reviewer"]
        self.counsel = [one.name for one in making.people if one.role == "counsel"]

    def reviews(self, concluded: int) -> list[Reviewed]:
        """`concluded` with an opinion paper in the year, and some that were declined, withdrawn or still open."""
        weights = [self.words[name]["weight"] for name in CATEGORIES]
        made = []
        for n in range(concluded):
            category = self.inventor.weighted(list(CATEGORIES), weights)
            late = n < _LATE  # sent in at the end of the year before
            made.append(self._concluded(category, late))
        for ending, count in ((self._declined, _DECLINED), (self._withdrawn, _WITHDRAWN), (self._open, _OPEN)):
            made += [ending() for _ in range(count)]
        made.sort(key=lambda one: _sent(one.row))
        used: dict[int, int] = {}
        for one in made:
            year = _sent(one.row).year
            n = used[year] = used.get(year, 60 if year < self.year else 0) + 1
            one.row["编号"] = f"中河法审〔{year}〕{n}号"
        return made

    def _submitted(self, category: str, first: date, last: date) -> Reviewed:
        inventor, words = self.inventor, self.words[category]
        sent = inventor.workday(inventor.day_in(first, last, _MONTHS), 0, 0)
        row: Row = {
            "单位": self.street,
            f"{CATEGORIES[category]}日期": sent,
            "事由": inventor.pick(words["titles"]).format(place=inventor.pick(self.words["places"])),
            "送审单位": inventor.pick(self.words["senders"]),
            "承办人": inventor.pick(self.officers),
            "送审材料": words["materials"],
            "缓急": "紧急" if inventor.chance(0.12) else "一般",
        }
        if category == "contract":
            row["合同相对方"] = inventor.company(inventor.pick(words["trades"]))
            row["合同金额（元）"] = inventor.amount(*words["money"])
        if category == "document":
            row["涉及经营者经济活动"] = "是"
        return Reviewed(row, category)

    def _accepted(self, one: Reviewed) -> date:
        """The formal check, with one return for completion now and then; the day of acceptance."""
        inventor, row = self.inventor, one.row
        day = inventor.workday(_sent(row), 0, 1)
        if inventor.chance(0.09):
            row["送审材料"] = f"{self.words[one.category]['incomplete']}→{row['送审材料']}"
            row |= {"退回补正日期": day, "退回补正理由": inventor.pick(self.words["returns"])}
            row["补正后再送日期"] = inventor.workday(day, 1, 4)
            day = inventor.workday(row["补正后再送日期"], 0, 1)
        row["受理日期"] = day
        return day

    def _concluded(self, category: str, late: bool) -> Reviewed:
        making, inventor = self.making, self.inventor
        first = date(self.year - 1, 12, 22) if late else making.first
        last = date(self.year - 1, 12, 28) if late else making.last - timedelta(days=1)
        floor = making.first + timedelta(days=2)
        while True:
            one = self._submitted(category, first, last)
            accepted = self._accepted(one)
            drafted = self._advised(one, max(accepted, floor) if late else accepted)
            issued = inventor.workday(drafted, 0, 1 if category in ("contract", "enforcement", "other") else 3)
            if issued.year == self.year:
                break
        self._conclude(one, max(accepted, floor), drafted, issued)
        return one

    def _advised(self, one: Reviewed, accepted: date) -> date:
        """Counsel is asked for what is large or a decision; the day on which the review is drafted."""
        inventor, row = self.inventor, one.row
        slow = one.category in ("document", "decision")
        drafted = inventor.workday(accepted, *((4, 10) if slow else (1, 3)))
        if one.category == "decision" or inventor.chance(0.45):
            asked = inventor.workday(accepted, 0, 1)
            heard = inventor.workday(asked, 1, 4 if slow else 2)
            row |= {
                "委托法律顾问日期": asked,
                "协办单位": self.firm,
                "委托审查范围": inventor.pick(self.words["scopes"]),
            }
            row |= {
                "法律顾问出具意见日期": heard,
                "法律顾问意见": inventor.pick(self.words["advice"]),
                NO_INTEREST: "是",
            }
            drafted = max(drafted, heard)
        row |= {"拟写审查意见日期": drafted, "审查情况": inventor.pick(self.words["findings"]),
                "审查依据": inventor.pick(self.words["grounds"])}  # fmt: skip
        return drafted

    def _conclude(self, one: Reviewed, accepted: date, drafted: date, issued: date) -> None:
        inventor, row = self.inventor, one.row
        count = inventor.weighted((0, 1, 2, 3, 4, 5, 6, 7), (8, 13, 22, 22, 16, 10, 6, 3))
        one.severities = [inventor.weighted(("应当修改", "建议修改", "提示"), (34, 50, 16)) for _ in range(count)]
        one.raised = (min(accepted, drafted), drafted)
        changed = any(severity != "提示" for severity in one.severities)
        conclusion = "修改后合法" if changed else "合法"
        row |= {"出具审查意见书日期": issued, "拟定结论": conclusion, "审查结论": conclusion}
        if one.category == "decision" and changed and inventor.chance(0.3) and issued < date(self.year, 12, 1):
            self._again(one, issued)
        elif one.severities:
            one.answered = inventor.workday(issued, 1, 6)
            row["反馈采纳情况日期"] = one.answered
        done = one.answered or issued
        if "送请复审日期" not in row or "反馈采纳情况日期" in row:
            row["归档日期"] = inventor.workday(max(done, row.get("反馈采纳情况日期", done)), 1, 15)

    def _again(self, one: Reviewed, issued: date) -> None:
        """A procedure had to be made up for: the opinions are answered, the text comes back, and passes."""
        inventor, row = self.inventor, one.row
        one.answered = inventor.workday(issued, 1, 5)
        back = inventor.workday(one.answered, 3, 8)
        drafted = inventor.workday(back, 1, 3)
        final = inventor.workday(drafted, 0, 1)
        row |= {
            "送请复审日期": back,
            "送请复审理由": inventor.pick(self.words["re_reviews"]),
            "送审材料": f"{row['送审材料']}→{self.words['decision']['materials']}、补充的程序材料",
            "拟写审查意见日期": f"{row['拟写审查意见日期']}、{drafted}",
            "审查情况": f"{row['审查情况']}→程序已经补齐，没有新的问题。",
            "出具审查意见书日期": f"{issued}、{final}",
            "拟定结论": "应当补充程序后再审→合法",
            "审查结论": "应当补充程序后再审→合法",
            "反馈采纳情况日期": inventor.workday(final, 1, 3),
        }

    def _declined(self) -> Reviewed:
        one = self._submitted("other", self.making.first, self.making.last - timedelta(days=10))
        day = self.inventor.workday(_sent(one.row), 0, 1)
        one.row |= {"不予受理日期": day, "不予受理理由": self.inventor.pick(self.words["declines"])}
        one.row["归档日期"] = self.inventor.workday(day, 1, 6)
        return one

    def _withdrawn(self) -> Reviewed:
        one = self._submitted("contract", self.making.first, self.making.last - timedelta(days=20))
        day = self.inventor.workday(self._accepted(one), 1, 3)
        one.row |= {"撤回送审日期": day, "撤回送审理由": self.inventor.pick(self.words["withdrawals"])}
        one.row["归档日期"] = self.inventor.workday(day, 1, 6)
        return one

    def _open(self) -> Reviewed:
        one = self._submitted("contract", self.making.last - timedelta(days=4), self.making.last - timedelta(days=2))
        self._accepted(one)
        return one

    def opinions(self, reviews: list[Reviewed], total: int) -> list[Row]:
        """Exactly `total` opinions, each answered when its review says so."""
        some = [one for one in reviews if one.severities and one.raised]
        while (spare := sum(len(one.severities) for one in some) - total) != 0:
            one = self.inventor.pick(some)
            if spare < 0:
                one.severities.append("提示")
            elif len(one.severities) > 1:
                # The one that its conclusion rests on stays.
                one.severities.sort(key=lambda severity: severity == "提示")
                one.severities.pop()
        rows = [self._opinion(one, severity) for one in some for severity in one.severities]
        rows.sort(key=lambda row: (row["提出意见日期"], row["来源事项"]))
        for n, row in enumerate(rows, start=1):
            row["编号"] = f"中河法意〔{self.year}〕{n}号"
        return rows

    def _opinion(self, one: Reviewed, severity: str) -> Row:
        inventor = self.inventor
        row = self._raised(one, severity)
        if one.answered is None:
            return row
        answer = inventor.weighted(("采纳", "部分采纳", "不采纳"), (1, 0, 0) if severity == "应当修改" else (83, 10, 7))
        row[f"{answer}日期"] = one.answered
        if answer == "采纳":
            row["采纳说明"] = "已按意见修改。" if inventor.chance(0.6) else None
        else:
            row["采纳说明"] = (
                "已调整主要内容，其余按实际情况保留。" if answer == "部分采纳" else "因采购文件已经公布，保留原约定。"
            )
        return row

    def _raised(self, one: Reviewed, severity: str) -> Row:
        inventor = self.inventor
        assert one.raised is not None
        first, last = one.raised
        text = inventor.pick([text for text in self.words["opinion"] if one.category in text["on"]])
        by = self.counsel if "委托法律顾问日期" in one.row and inventor.chance(0.6) else self.reviewers
        return {
            "单位": self.street,
            "提出意见日期": first + timedelta(days=inventor.between(0, (last - first).days)),
            "来源事项": one.row["编号"],
            "性质": severity,
            "针对的条款": text["clause"],
            "问题": text["problem"],
            "依据": text["basis"],
            "修改建议": text["suggestion"],
            "提出人": inventor.pick(by),
        }


def _sent(row: Row) -> date:
    return next(row[f"{label}日期"] for label in CATEGORIES.values() if f"{label}日期" in row)
