"""Disputes of one year as the two levels keep them: one row a dispute, each a life that the flow allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from invent import Inventor, Office, Person

Row = dict[str, Any]

MONTHS = (0.75, 0.6, 1.1, 1.0, 1.05, 1.1, 1.2, 1.15, 1.0, 0.95, 1.1, 1.0)
# Types by level: (share among the communities' disputes, share among the street's).
SHARES = {
    "邻里纠纷": (28, 7), "物业纠纷": (21, 9), "其他消费纠纷": (6, 20), "损害赔偿纠纷": (8, 11), "婚姻家庭纠纷": (15, 4),
    "其他劳动争议纠纷": (2, 14), "道路交通事故纠纷": (4, 11), "合同纠纷": (4, 9), "电子商务纠纷": (1.5, 4),
    "房屋宅基地纠纷": (4, 2), "拖欠农民工工资纠纷": (0.4, 3), "生产经营纠纷": (1, 2.4), "医疗纠纷": (0.2, 1.3),
    "环境污染纠纷": (1.5, 0.8), "征地拆迁纠纷": (0.5, 0.6), "旅游纠纷": (0.3, 0.6), "山林土地纠纷": (0.1, 0),
    "其他纠纷": (2.5, 1.3),
}  # fmt: skip
SOURCES = {
    "community": (("依申请", 46), ("主动调解", 44), ("公安机关委托移送", 6), ("信访部门委托移送", 4)),
    "street": (("公安机关委托移送", 33), ("依申请", 27), ("法院委托移送", 15), ("其他部门委托移送", 9),
               ("信访部门委托移送", 8), ("主动调解", 7), ("检察院委托移送", 1)),
}  # fmt: skip
DIFFICULTIES = {"community": (48, 45, 7), "street": (30, 54, 16)}

COLUMNS = (
    "编号", "单位", "受理日期", "事由", "纠纷类型", "案件来源", "难易程度", "申请人", "申请人证件号码", "申请人电话",
    "被申请人", "被申请人证件号码", "被申请人电话", "第三人", "代理人", "纠纷简要情况", "发生地点", "发生日期", "涉及人数", "涉及金额（元）",
    "调解员", "典型案例", "不公开案件", "调解日期", "调解记录", "调解地点", "调解参加人", "延长调解期限日期",
    "延长调解期限理由", "报街道调委会日期", "报街道调委会单位", "报街道调委会理由", "交社区调委会日期",
    "交社区调委会单位", "交社区调委会理由", "达成书面协议日期", "主要事实和各方责任", "协议内容", "履行期限",
    "达成口头协议日期", "终止调解日期", "终止事由", "终止调解理由", "当事人撤回日期", "当事人撤回理由", "移送日期",
    "协办单位", "移送理由", "退回续调日期", "退回续调理由", "申请司法确认日期", "受理法院", "法院确认有效日期",
    "法院驳回日期", "法院驳回理由", "确认履行日期", "履行情况", "反悔或不履行日期", "反悔或不履行理由", "回访日期",
    "回访情况", "满意度（1–5）", "归档日期",
)  # fmt: skip

DECLINED_COLUMNS = (
    "编号", "单位", "不予受理日期", "事由", "纠纷类型", "案件来源", "申请人", "申请人证件号码", "申请人电话", "被申请人",
    "被申请人证件号码", "被申请人电话", "纠纷简要情况", "不予受理理由",
)  # fmt: skip


@dataclass(frozen=True)
class Quota:
    """How many disputes of each fate a year has. `late`: accepted in its last weeks, agreed in the next year."""

    accepted: int
    community_agreed: int
    community_late: int
    community_failed: int
    community_pending: int
    escalated: int
    delegated: int
    street_late: int
    street_failed: int
    street_pending: int

    @property
    def street_agreed(self) -> int:
        others = (self.community_agreed, self.community_late, self.community_failed, self.community_pending,
                  self.escalated, self.delegated, self.street_late, self.street_failed,
                  self.street_pending)  # fmt: skip
        return self.accepted - sum(others)


@dataclass
class Making:
    """What all rows of a year are made with."""

    inventor: Inventor
    year: int
    street: Office
    communities: list[Office]
    people: list[Person]
    court: str
    police: str
    sizes: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.sizes = [0.6 + 0.9 * self.inventor.random.random() for _ in self.communities]

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    def mediator_of(self, office: Office) -> str:
        roles = ("mediator",) if office.level == "street" else ("community_mediator", "committee_head")
        return self.inventor.pick([one.name for one in self.people if one.office == office.name and one.role in roles])

    def community(self) -> Office:
        return self.inventor.weighted(self.communities, self.sizes)


def rows_of(making: Making, quota: Quota, typical: list[Row]) -> list[Row]:
    """All rows of the year, numbered by office in the order of their days. `typical` stand for as many of the street."""
    plan: list[tuple[int, Callable[[Making], Row]]] = [
        (quota.community_agreed, lambda m: agreed(m, m.community())),
        (quota.community_late, lambda m: agreed_late(m, m.community())),
        (quota.community_failed, lambda m: failed(m, m.community())),
        (quota.community_pending, lambda m: pending(m, m.community())),
        (quota.escalated, escalated),
        (quota.delegated, delegated),
        (quota.street_agreed - len(typical), lambda m: agreed(m, m.street)),
        (quota.street_late, lambda m: agreed_late(m, m.street)),
        (quota.street_failed, lambda m: failed(m, m.street)),
        (quota.street_pending, lambda m: pending(m, m.street)),
    ]
    rows = [*typical, *(make(making) for count, make in plan for _ in range(count))]
    rows.sort(key=lambda row: (row["受理日期"], row["单位"], row["事由"]))
    shorts = {office.name: office.short for office in (making.street, *making.communities)}
    used: dict[str, int] = {}
    for row in rows:
        n = used[row["单位"]] = used.get(row["单位"], 0) + 1
        row["编号"] = f"（{making.year}）{shorts[row['单位']]}人调字第{n}号"
    return rows


def agreed(making: Making, office: Office) -> Row:
    """A dispute that ends in agreement within its year."""
    while True:
        row = accept(making, office)
        sat = sit(making, row, row["受理日期"], settled=True)
        if sat[-1] <= making.last:
            settle(making, row, sat[-1])
            return row


def agreed_late(making: Making, office: Office) -> Row:
    """A dispute of the year's last weeks that ends in agreement in the next year."""
    inventor = making.inventor
    row = accept(making, office, making.last - timedelta(days=16), making.last - timedelta(days=2))
    row["难易程度"] = "一般"
    met, on = inventor.after(row["受理日期"], 0, 2), inventor.after(making.last, 3, 12)
    words = inventor.words["sittings"]
    row |= {"调解日期": days([met, on]), "调解记录": f"{inventor.pick(words['first'])}\n{inventor.pick(words['agreed'])}",
            "调解地点": "\n".join(inventor.pick(words["places"]) for _ in range(2))}  # fmt: skip
    settle(making, row, on)
    return row


def failed(making: Making, office: Office) -> Row:
    """A dispute that is broken off, withdrawn, referred, or referred and given back."""
    inventor = making.inventor
    row = accept(making, office, None, making.last - timedelta(days=25))
    opened = row["受理日期"]
    reasons = inventor.words["reasons"]
    fate = inventor.weighted(("终止调解", "当事人撤回", "移送", "退回续调"), (58, 27, 11, 4))
    if fate == "当事人撤回":
        ended = inventor.after(opened, 1, 12)
        row |= {"当事人撤回日期": ended, "当事人撤回理由": inventor.pick(reasons["withdraw"])}
    elif fate == "移送":
        body = making.court if inventor.chance(0.3) else making.police
        ended = inventor.after(opened, 1, 9)
        row |= {"移送日期": ended, "协办单位": body, "移送理由": reasons["refer"][2 if body == making.court else 0]}
    else:
        started = opened
        if fate == "退回续调":
            row |= {"移送日期": inventor.after(opened, 1, 3), "协办单位": making.police,
                    "移送理由": reasons["refer"][1], "退回续调理由": reasons["take_back"][0]}  # fmt: skip
            started = row["退回续调日期"] = row["移送日期"] + timedelta(days=inventor.between(2, 5))
        ended = sit(making, row, started, settled=False)[-1]
        grounds = ("一方当事人明确拒绝调解", "调委会认为无法达成协议", "发生其他情形致调解无法进行")
        ground = inventor.weighted(grounds, (45, 45, 10))
        row |= {"终止调解日期": ended, "终止事由": ground, "终止调解理由": inventor.pick(reasons["terminate"])}
    if inventor.chance(0.85):
        row["归档日期"] = inventor.workday(ended, 3, 40)
    return row


def pending(making: Making, office: Office) -> Row:
    """A dispute still in mediation when the ledger was closed."""
    row = accept(making, office, making.last - timedelta(days=45), making.last - timedelta(days=3))
    opened = row["受理日期"]
    if making.inventor.chance(0.7):
        met = making.inventor.after(opened, 1, 3)
        row |= {"调解日期": met, "调解记录": making.inventor.words["sittings"]["first"][0], "调解地点": "社区调解室"}
    return row


def escalated(making: Making) -> Row:
    """A community's dispute taken up by the street, where it is settled."""
    inventor = making.inventor
    row = accept(making, making.community(), None, making.last - timedelta(days=45))
    row["难易程度"] = "疑难复杂"
    tried = inventor.after(row["受理日期"], 1, 5)
    up = inventor.workday(tried, 1, 4)
    row |= {"报街道调委会日期": up, "报街道调委会单位": making.street.name,
            "报街道调委会理由": inventor.pick(inventor.words["reasons"]["escalate"])}  # fmt: skip
    row["调解员"] = making.mediator_of(making.street)
    sat = sit(making, row, up, settled=True, before=[tried])
    settle(making, row, sat[-1], written=True)
    return row


def delegated(making: Making) -> Row:
    """A dispute that came to the street and was settled in the community where it arose."""
    inventor = making.inventor
    row = accept(making, making.street, None, making.last - timedelta(days=40), types=0)
    community = making.community()
    down = inventor.workday(row["受理日期"], 1, 3)
    row |= {"难易程度": "一般", "交社区调委会日期": down, "交社区调委会单位": community.name,
            "交社区调委会理由": inventor.pick(inventor.words["reasons"]["delegate"])}  # fmt: skip
    row["调解员"] = making.mediator_of(community)
    settle(making, row, sit(making, row, down, settled=True)[-1])
    return row


def accept(
    making: Making, office: Office, first: date | None = None, last: date | None = None, types: int | None = None
) -> Row:
    """The opening part of a row: what the dispute is, who is in it, when and how it came in."""
    inventor, level = making.inventor, office.level
    column = types if types is not None else (0 if level == "community" else 1)
    type_ = inventor.weighted(list(SHARES), [share[column] for share in SHARES.values()])
    scenes = [scene for scene in inventor.words["scene"] if scene["type"] == type_]
    scene = inventor.weighted(scenes, [one["weight"] for one in scenes])
    opened = inventor.day_in(first or making.first, last or making.last, MONTHS)
    names, shares = zip(*SOURCES[level], strict=True)
    row: Row = {
        "单位": office.name,
        "受理日期": opened,
        "事由": filled(inventor, scene["title"]),
        "纠纷类型": type_,
        "案件来源": inventor.weighted(names, shares),
        "难易程度": inventor.weighted(("简单", "一般", "疑难复杂"), DIFFICULTIES[level]),
        "纠纷简要情况": scene["summary"],
        "发生地点": f"{office.short}社区{inventor.pick(inventor.words['sites'])}"
        if level == "community"
        else "中河街道辖区",
        "发生日期": opened - timedelta(days=int(90 * inventor.random.random() ** 3)),
        "调解员": making.mediator_of(office),
        "_scene": scene,
    }
    if scene.get("sealed"):
        row["不公开案件"] = "是"
    return row | parties(inventor, scene)


def parties(inventor: Inventor, scene: dict[str, Any]) -> Row:
    """Who asks and who answers: mostly one against one, or against a business; now and then several ask together."""
    many = inventor.between(*scene["crowd"]) if "crowd" in scene else 1
    named = min(many, 3) if many > 1 else (2 if inventor.chance(0.08) else 1)
    people = [(inventor.name(), inventor.id_no(), inventor.phone()) for _ in range(named)]
    row: Row = {
        "申请人": "、".join(name for name, _, _ in people),
        "申请人证件号码": "、".join(id_no for _, id_no, _ in people),
        "申请人电话": "、".join(phone for _, _, phone in people),
        "涉及人数": max(many, named) + 1,
    }
    if trade := scene.get("other"):
        row |= {"被申请人": inventor.company(trade), "被申请人电话": inventor.phone()}
    else:
        row |= {"被申请人": inventor.name(), "被申请人证件号码": inventor.id_no(), "被申请人电话": inventor.phone()}
    return row


def sit(making: Making, row: Row, start: date, settled: bool, before: list[date] | None = None) -> list[date]:
    """The sittings: one or two for the simple, up to six for the hard; an extension when the month runs out."""
    inventor, words = making.inventor, making.inventor.words["sittings"]
    hard = {"简单": 0, "一般": 1, "疑难复杂": 2}[row["难易程度"]]
    count = inventor.between(*((1, 1), (1, 2), (2, 6))[hard])
    spread = ((0, 5), (2, 17), (12, 52))[hard]
    end = inventor.after(start, *spread)
    inner = sorted(inventor.after(start, 0, max((end - start).days - 1, 0)) for _ in range(count - 1))
    sat = [*(before or []), *(min(day, end) for day in inner), end]
    said = [inventor.pick(words["first"]), *(inventor.pick(words["middle"]) for _ in sat[2:])][: len(sat) - 1]
    said.append(inventor.pick(words["agreed" if settled else "failed"]))
    row["调解日期"], row["调解记录"] = days(sat), "\n".join(said)
    row["调解地点"] = "\n".join(inventor.pick(words["places"]) for _ in sat)
    if hard == 2:
        row["调解参加人"] = "\n".join(inventor.pick(words["others"]) for _ in sat)
    opened = row["受理日期"]
    if (end - opened).days > 28 and inventor.chance(0.9):
        row["延长调解期限日期"] = opened + timedelta(days=inventor.between(24, 27))
        row["延长调解期限理由"] = inventor.pick(inventor.words["reasons"]["extend"])
    return sat


def settle(making: Making, row: Row, on: date, written: bool | None = None) -> None:
    """The agreement of a day, and what came of it: confirmation, performance or breach, follow-up, filing."""
    inventor, scene = making.inventor, row["_scene"]
    amount = inventor.amount(*scene["money"]) if scene["money"] else None
    if amount:
        row["涉及金额（元）"] = amount
    if written is None:
        written = row["难易程度"] == "疑难复杂" or inventor.chance(0.7 if (amount or 0) > 3000 else 0.3)
    terms = scene["terms"].format(amount=amount)
    if not written:
        row |= {"达成口头协议日期": on, "协议内容": terms, "履行情况": "即时履行"}
        done = on
    else:
        until = on + timedelta(days=inventor.pick((7, 10, 15, 30, 60)))
        row |= {"达成书面协议日期": on, "主要事实和各方责任": scene["facts"], "协议内容": terms, "履行期限": until}
        done = _kept(making, row, on, until, amount or 0)
    _after(making, row, done)


def _kept(making: Making, row: Row, on: date, until: date, amount: int) -> date | None:
    """Judicial confirmation for the larger ones; then the agreement is kept, kept late, or not. None: not yet due."""
    inventor, reasons = making.inventor, making.inventor.words["reasons"]
    start = on
    if amount > 10000 and inventor.chance(0.45):
        asked = inventor.workday(on, 2, 15)
        start = inventor.workday(asked, 5, 20)
        row |= {"申请司法确认日期": asked, "受理法院": making.court}
        if inventor.chance(0.95):
            row["法院确认有效日期"] = start
        else:
            row |= {"法院驳回日期": start, "法院驳回理由": inventor.pick(reasons["reject"])}
    if inventor.chance(0.025):
        broken = max(start, until) + timedelta(days=inventor.between(3, 20))
        row |= {"反悔或不履行日期": broken, "反悔或不履行理由": inventor.pick(reasons["breach"])}
        return broken
    if inventor.chance(0.02):
        return None
    how = inventor.weighted(("按期履行", "即时履行", "逾期履行", "部分履行"), (74, 14, 9, 3))
    row["履行情况"] = how
    if how == "即时履行":
        return start
    return max(start, until) + timedelta(days=inventor.between(1, 15) if how == "逾期履行" else -inventor.between(0, 4))


def _after(making: Making, row: Row, done: date | None) -> None:
    inventor = making.inventor
    if done is None:
        return
    if "反悔或不履行日期" not in row:
        earlier = (row.get(name, done) for name in ("达成书面协议日期", "法院确认有效日期", "法院驳回日期"))
        done = row["确认履行日期"] = max(done, *earlier)
    visited = done
    if inventor.chance(0.8):
        visited = inventor.workday(done, 4, 26)
        row |= {"回访日期": visited, "回访情况": inventor.pick(inventor.words["reasons"]["follow_up"])}
        row["满意度（1–5）"] = inventor.weighted((5, 4, 3, 2), (62, 30, 7, 1))
    if inventor.chance(0.99):
        row["归档日期"] = inventor.workday(visited, 1, 20)


def declined(making: Making, count: int) -> list[Row]:
    """Requests for mediation that were turned away, in a book of their own."""
    inventor = making.inventor
    rows = []
    for _ in range(count):
        row = accept(making, making.street if inventor.chance(0.6) else making.community())
        row["不予受理日期"] = row.pop("受理日期")
        row["不予受理理由"] = inventor.pick(inventor.words["reasons"]["decline"])
        rows.append(row)
    rows.sort(key=lambda row: row["不予受理日期"])
    for n, row in enumerate(rows, start=1):
        row["编号"] = f"（{making.year}）中河不予受理第{n}号"
    return rows


def filled(inventor: Inventor, title: str) -> str:
    words = inventor.words
    site, shop, firm = (inventor.pick(words[name]) for name in ("sites", "shops", "firms"))
    return title.format(site=site, n=inventor.between(1, 28), shop=shop, firm=firm)


def days(several: list[date]) -> date | str:
    """The days of one cell: a date, or several as text."""
    return several[0] if len(several) == 1 else "、".join(day.isoformat() for day in several)
