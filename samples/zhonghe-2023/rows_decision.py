"""Collective decisions of a year: every large contract and every decision that was reviewed went through a meeting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from invent import Inventor, read_words

Row = dict[str, Any]

STREET = "中河街道"
SECRETARY, DIRECTOR = "杜元民", "周瑞飞"
# Whoever has no account here sits in the team all the same.
TEAM = (SECRETARY, DIRECTOR, "白国", "沈立群", "梁晓枫", "高雪松", "谢慧敏", "唐志勤", "俞海波")
OFFICE_TEAM = (DIRECTOR, "白国", "梁晓枫", "唐志勤", "俞海波")
PARTY, OFFICE = "党工委会议", "主任办公会议"
# From which amount a contract is decided together: `large_contract` of the kind's norms.
LARGE_CONTRACT = 1_000_000
PROCEDURES = ("公众参与", "专家论证", "风险评估", "公平竞争审查")

APPOINTMENTS = (
    ("机关中层干部任免", date(2023, 2, 6)), ("社区党组织书记任免", date(2023, 3, 20)),
    ("公共服务办公室负责人任免", date(2023, 4, 17)), ("综合行政执法队副队长任免", date(2023, 6, 5)),
    ("城兴社区居委会班子人选", date(2023, 7, 10)), ("派驻村社干部调整", date(2023, 8, 21)),
    ("机关第二支部书记任免", date(2023, 9, 18)), ("年度事业编制人员岗位调整", date(2023, 11, 20)),
)  # fmt: skip
HEARINGS = (
    ("2022年法治政府建设情况汇报", date(2023, 2, 13), "针对持证率偏低的问题，动员机关干部应考尽考，年度报告按时上报并公开。"),
    ("2023年上半年法治政府建设情况汇报", date(2023, 8, 7), "把矛盾纠纷化解和合法性审查作为重点，合同一律先审后签。"),
    ("2023年第四季度法治建设情况汇报", date(2023, 11, 27), "做好年度总结，对照考核指标补短板，提出2024年工作安排。"),
)  # fmt: skip
REASONS = {
    "公众参与": "属于机关内部事务或者合同签订，不直接涉及公众权益",
    "专家论证": "专业性、技术性不强，不需要专家论证",
    "风险评估": "不会对社会稳定、公共安全造成不利影响",
    "公平竞争审查": "不是涉及经营者经济活动的政策措施",
}
DISSENTS = ("预算偏高，建议重新询价", "建议缩短服务期，到期再评估", "建议先行试点", "测算依据不够充分")


def reviewed() -> list[Row]:
    """The rows of the review ledger, which name the numbers that items and documents rest on."""
    import generate  # it looks for this module in turn

    with patch.object(generate, "_more", list):
        return next(ledger.rows for ledger in generate.ledgers() if ledger.kind == "review.review")


def cleared_on(row: Row) -> date | None:
    """The day from which a review clears its item, or None: concluded, and its opinions answered."""
    conclusion = str(row.get("审查结论", "")).split("→")[-1]
    issued = row.get("反馈采纳情况日期") if conclusion == "修改后合法" else row.get("出具审查意见书日期")
    if conclusion not in ("合法", "修改后合法") or issued is None or "撤回送审日期" in row:
        return None
    days = [issued, *(row[key] for key in ("出具审查意见书日期", "反馈采纳情况日期") if key in row)]
    return max(date.fromisoformat(str(day).split("、")[-1].strip()) for day in days)


def submitted_on(row: Row) -> date:
    return min(day for key, day in row.items() if key.endswith("送审日期") and isinstance(day, date))


@dataclass
class Sitting:
    """A meeting as the items need to know it."""

    number: str
    day: date
    body: str
    present: list[str]
    chair: str
    row: Row = field(repr=False)
    outcomes: list[str] = field(default_factory=list)


class _Year:
    def __init__(self, rng: Random, year: int) -> None:
        self.rng, self.year = rng, year
        self.inventor = Inventor(rng.randrange(10**6), read_words())
        self.sittings = self._sittings()

    def _sittings(self) -> list[Sitting]:
        """A party meeting every other week, into the year after; the director's in between once a month."""
        days = [date(self.year, 1, 9) + timedelta(weeks=2 * n) for n in range(28)]
        party = [(self._moved(day), PARTY) for day in days]
        office = [(self._moved(date(self.year, month, 17)), OFFICE) for month in range(1, 13)]
        nth: Counter[tuple[str, int]] = Counter()
        used: Counter[int] = Counter()
        found = []
        for day, body in sorted([*party, *office]):
            convened = self.inventor.workday(day - timedelta(days=5), 0, 1)
            nth[body, day.year] += 1
            used[convened.year] += 1
            found.append(self._sitting(day, body, convened, nth[body, day.year], used[convened.year]))
        return found

    def _moved(self, day: date) -> date:
        return self.inventor.workday(day, 0, 0)

    def _sitting(self, day: date, body: str, convened: date, nth: int, n: int) -> Sitting:
        team, chair = (TEAM, SECRETARY) if body == PARTY else (OFFICE_TEAM, DIRECTOR)
        most = 2 if body == PARTY else 1
        away = self.rng.sample([name for name in team if name != chair], self.rng.choice([0, 0, 1, most]))
        present = [name for name in team if name not in away]
        number = f"中河决策会〔{convened.year}〕{n}号"
        written = self.inventor.workday(day, 1, 2)
        locked = self.inventor.workday(written, 0, 2)
        row: Row = {
            "编号": number, "单位": STREET, "召集会议日期": convened, "事由": f"{body[:3]}{day.year}年第{nth}次会议",
            "会议类型": body, "召集会议开会日期": day, "主持人": chair, "应到人员": "、".join(team),
            "开会地点": "街道三楼会议室", "开会日期": day, "到会人员": "、".join(present),
            "请假人员和事由": "、".join(f"{name}（公务外出）" for name in away), "拟写纪要日期": written,
            "签发并锁定纪要日期": locked, "印发日期": locked, "印发或者公布方式": "印发班子成员和有关科室",
            "归档日期": self.inventor.workday(locked, 1, 20),
        }  # fmt: skip
        return Sitting(number, day, body, present, chair, row)

    def next_sitting(self, ready: date, body: str) -> Sitting:
        ahead = [one for one in self.sittings if one.day > ready]
        return next((one for one in ahead if one.body == body), ahead[0])

    # --- items ---

    def of_review(self, review: Row, category: str, body: str) -> Row:
        """An item that rests on a review: prepared before the review was sent in, tabled after it was cleared."""
        sent, ready = submitted_on(review), cleared_on(review)
        assert ready is not None
        row = self._proposed(review["事由"], category, review["送审单位"], sent)
        if category == "大额资金使用":
            row["涉及金额（元）"] = review["合同金额（元）"]
        attached = self.inventor.workday(ready, 0, 1)
        row |= {"附合法性审查意见日期": attached, "合法性审查": review["编号"]}
        if source := review.get("来源事项"):
            row["来源事项"] = source
        held = self.next_sitting(attached, body)
        if self.rng.random() < 0.03:
            held = self._deferred(row, attached, held)
        return self._decided(row, attached, held)

    def _proposed(self, title: str, category: str, unit: str, sent: date) -> Row:
        """The procedures, or why they do not apply, up to the materials."""
        is_large = category in ("重大项目安排", "重大事项决策")
        proposed = self.inventor.workday(sent - timedelta(days=40 if is_large else 8), 0, 2)
        row: Row = {"单位": STREET, "提出议题日期": proposed, "事由": title, "议题类别": category, "提出单位": unit,
                    "议题内容": f"{title}，提请集体研究"}  # fmt: skip
        done = (
            {"公众参与", "专家论证", "风险评估"} if category == "重大项目安排" else {"公众参与"} if is_large else set()
        )
        if is_large:
            row |= {"公众参与日期": self.inventor.workday(proposed + timedelta(days=32), 0, 0), "公众参与征求意见起始日期": proposed.isoformat(),
                    "公众参与征求意见截止日期": (proposed + timedelta(days=31)).isoformat(),
                    "公众参与情况": "在街道网站和社区公开栏征求意见，意见逐条研究，合理的已经采纳。"}  # fmt: skip
        later = self.inventor.workday(row.get("公众参与日期", proposed), 1, 2)
        if "专家论证" in done:
            row |= {"专家论证日期": later, "论证专家或者机构": "甬江规划设计研究院", "专家论证意见": "方案可行，建议优化施工组织。",
                    "专家论证专家没有直接利害关系": "是", "风险评估日期": later, "风险评估单位": "明州社会风险评估中心",
                    "风险点": "施工扰民、停车位减少", "防范措施": "错时施工，设置临时停车点", "处置预案": "专人接访，当日回应",
                    "风险评估风险可控": "是"}  # fmt: skip
        waived = [name for name in PROCEDURES if name not in done]
        row |= {"说明某项程序不适用日期": "、".join([later.isoformat()] * len(waived)),
                "说明某项程序不适用程序": "\n".join(waived),
                "说明某项程序不适用理由": "\n".join(REASONS[name] for name in waived)}  # fmt: skip
        named = {"公众参与": "征求意见情况", "专家论证": "专家论证意见", "风险评估": "风险评估报告"}
        row["备齐材料日期"] = self.inventor.workday(later, 0, 1)
        row["会议材料"] = "、".join(["决策草案", "说明", *(named[name] for name in PROCEDURES if name in done)])
        return row

    def appointment(self, title: str, ready: date) -> Row:
        row = self._proposed(title, "重要干部任免", "组织人事办公室", ready)
        exempted = self.inventor.workday(ready, 0, 1)
        row |= {"免予合法性审查日期": exempted, "免予合法性审查理由": "按干部任免程序由组织人事审核"}
        row = self._decided(row, exempted, self.next_sitting(exempted, PARTY))
        row["交付执行理由"] = "属于内部人事管理，依法不公开"
        row.pop("公布决定日期", None)
        row.pop("公布方式", None)
        return row

    def hearing(self, title: str, ready: date, asked: str) -> Row:
        held = self.next_sitting(ready, PARTY)
        held.outcomes.append(f"听取{title}。{asked}")
        return {"单位": STREET, "安排听取汇报日期": self.inventor.workday(ready, 0, 0), "事由": title, "提出单位": "平安法治办公室",
                "提交会议日期": held.day, "提交的会议": held.number, "听取汇报日期": held.day, "决定内容": asked,
                "归档日期": self.inventor.workday(held.day, 5, 30)}  # fmt: skip

    def _deferred(self, row: Row, ready: date, held: Sitting) -> Sitting:
        """Put off once for more figures; the next meeting takes it up."""
        tabled = self._tabled_on(ready, held)
        row |= {
            "提交会议日期": tabled.isoformat(),
            "提交的会议": held.number,
            "暂缓日期": held.day,
            "暂缓理由": "补充测算依据以后再议",
        }
        held.outcomes.append(f"{row['事由']}：暂缓，补充测算依据以后再议。")
        return self.next_sitting(held.day, held.body)

    def _tabled_on(self, ready: date, held: Sitting) -> date:
        return max(ready, min(held.day, self.inventor.workday(held.day - timedelta(days=3), 0, 1)))

    def _decided(self, row: Row, ready: date, held: Sitting) -> Row:
        tabled = self._tabled_on(max(ready, held.day - timedelta(days=3)), held)
        if "提交会议日期" in row:
            row |= {
                "提交会议日期": f"{row['提交会议日期']}、{tabled}",
                "提交的会议": f"{row['提交的会议']}→{held.number}",
            }
        else:
            row |= {"提交会议日期": tabled, "提交的会议": held.number}
        speakers = [name for name in held.present if name != held.chair]
        if held.body == PARTY and self.rng.random() < 0.05:
            absent = speakers.pop()
            row |= {"回避日期": held.day, "回避人员": absent, "回避理由": "亲属在有关单位任职"}
        self._spoken(row, held, speakers)
        row |= {"通过日期": held.day, "决定内容": f"同意{row['事由']}，由{row['提出单位']}负责落实。"}
        held.outcomes.append(f"{row['事由']}：通过。")
        return self._carried_out(row, held)

    def _spoken(self, row: Row, held: Sitting, speakers: list[str]) -> None:
        """All but one or two agree; who does not says why."""
        doubtful = self.rng.choice(speakers) if self.rng.random() < 0.12 else ""
        stances = [self.rng.choice(["不同意", "弃权"]) if name == doubtful else "同意" for name in speakers]
        views = ["同意方案" if stance == "同意" else self.rng.choice(DISSENTS) for stance in stances]
        row |= {
            "委员表态日期": "、".join([held.day.isoformat()] * len(speakers)),
            "委员表态发言人": "\n".join(speakers), "委员表态意见": "\n".join(stances), "委员表态发言要点": "\n".join(views),
            "主持人末位表态日期": held.day, "主持人末位表态意见": "同意", "主持人末位表态发言要点": "综合各位意见，同意",
        }  # fmt: skip

    def _carried_out(self, row: Row, held: Sitting) -> Row:
        day = held.day
        if held.body == OFFICE:
            day = self.inventor.workday(day, 1, 3)
            row |= {"请示报告日期": day, "报告对象": "中河街道党工委"}
        day = self.inventor.workday(day, 1, 5)
        row |= {"公布决定日期": day, "公布方式": "街道网站", "交付执行日期": day, "执行单位": row["提出单位"]}
        if row["议题类别"] == "大额资金使用":
            row.pop("公布决定日期")
            row.pop("公布方式")
            row["交付执行理由"] = "合同签订事项，按政府采购规定另行公告"
        if held.day < date(self.year, 10, 1):
            row |= {"归档日期": self.inventor.workday(day, 40, 90), "执行结果": "已按决定落实"}
        return row


def _body(review: Row) -> str:
    """Smaller contracts are decided by the director's meeting, the rest by the party committee."""
    return OFFICE if review.get("合同金额（元）", 0) < 1_300_000 and "合同送审日期" in review else PARTY


def _category(review: Row) -> str | None:
    if "重大决策送审日期" in review:
        return "重大项目安排" if any(word in review["事由"] for word in ("建设", "改造", "整治")) else "重大事项决策"
    if "规范性文件送审日期" in review:
        return "重大事项决策"
    if review.get("合同金额（元）", 0) >= LARGE_CONTRACT:
        return "大额资金使用"
    return None


def _numbered(rows: list[Row], pattern: str) -> list[Row]:
    """In the order of the days on which they began, counted anew each year."""

    def begun(row: Row) -> date:
        return row.get("提出议题日期") or row["安排听取汇报日期"]

    used: Counter[int] = Counter()
    for row in sorted(rows, key=begun):
        year = begun(row).year
        used[year] += 1
        row["编号"] = pattern.format(year=year, n=used[year])
    return sorted(rows, key=begun)


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header): the meetings, then the items that they decided."""
    made = _Year(rng, year)
    items = [made.hearing(*told) for told in HEARINGS] + [made.appointment(*told) for told in APPOINTMENTS]
    for review in reviewed():
        category, ready = _category(review), cleared_on(review)
        if category and ready and date(year, 1, 3) <= ready < made.sittings[-1].day - timedelta(days=7):
            items.append(made.of_review(review, category, _body(review)))
    for held in made.sittings:
        lines = [f"{n}. {outcome}" for n, outcome in enumerate(held.outcomes, 1)] or [
            "会议学习上级文件，研究近期工作。"
        ]
        held.row["拟写纪要纪要正文"] = "\n".join(lines)
    return {
        f"决策会议台账-{year}.xlsx": ("decision.meeting", [held.row for held in made.sittings]),
        f"三重一大议题台账-{year}.xlsx": ("decision.item", _numbered(items, "中河议题〔{year}〕{n}号")),
    }
