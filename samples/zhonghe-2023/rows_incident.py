"""Incidents of a year that the police, the hotline, the grid and residents brought, and the table that sent them out."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, Office, read_offices, read_words

Row = dict[str, Any]

STREET, COMPETENT = "中河街道", "鄞州区司法局"
_MONTHS = (0.9, 0.7, 1.0, 1.0, 1.1, 1.1, 1.2, 1.2, 1.0, 1.0, 1.0, 0.9)
# How many incidents of each fate a year has.
FATES = {"finished": 142, "mediated": 46, "refused": 24, "final": 4, "referred": 9, "handed_back": 8, "withdrawn": 6,
         "reopened": 5, "pending": 6}  # fmt: skip
SOURCES = (("110 非警务警情", 46), ("12345 热线", 24), ("网格上报", 20), ("居民反映", 10))
# Types that go to one desk of the street whatever the community.
TO_STREET = ("市容环境", "停车秩序", "劳资纠纷")

# type: (share, title, what happened, what was done)
SCENES = {
    "噪声扰民": (20, "夜间噪声扰民", "居民反映楼上深夜拖动家具、播放音乐。", "上门劝导，约定二十二时后保持安静。"),
    "邻里纠纷": (18, "邻里因公共部位争执", "两户因楼道堆物发生口角，没有肢体冲突。", "现场劝开，堆物当日清理。"),
    "家庭纠纷": (9, "家庭成员争吵", "夫妻因家庭琐事争吵，民警到场后情绪平复。", "社区妇联干部上门，双方冷静。"),
    "消费纠纷": (14, "预付卡退费争议", "消费者与店铺因退费发生争执。", "经协商退还剩余款项。"),
    "劳资纠纷": (6, "讨要劳务报酬", "几名务工人员到工地讨要报酬。", "约谈用工单位，款项按约结清。"),
    "物业管理": (11, "电梯停用和漏水", "居民反映电梯停用，物业没有及时维修。", "督促物业当日修复。"),
    "停车秩序": (8, "消防通道停车", "车辆占用消防通道，车主联系不上。", "联系车主驶离，施划禁停标线。"),
    "市容环境": (6, "沿街乱堆乱放", "店铺占道堆放货物，行人通行不便。", "责令清理，恢复通行。"),
    "公共设施": (3, "井盖破损", "人行道井盖破损，有绊倒风险。", "设置围挡，权属单位当日更换。"),
    "犬只管理": (3, "犬只扰民", "遛犬不牵绳，居民担心伤人。", "劝导犬主牵绳，登记犬证。"),
    "群众求助": (2, "老人走失求助", "老人走失，家属求助。", "网格员协同寻找，已送回家中。"),
}  # fmt: skip
REFUSALS = (
    ("市容环境", "不属本单位职责", "《浙江省综合行政执法条例》第九条", "占道堆放由综合行政执法队处理", True),
    ("消费纠纷", "不属本单位职责", "《中华人民共和国消费者权益保护法》第三十二条", "涉嫌违法经营，应当由市场监管部门处理", True),
    ("劳资纠纷", "不属本单位职责", "《劳动保障监察条例》第三条", "涉嫌拖欠工资，由劳动保障监察处理", True),
    ("噪声扰民", "不在本单位辖区", "《中华人民共和国城市居民委员会组织法》第六条", "事发地在相邻社区范围内", False),
    ("物业管理", "事件类型判断错误", "《物业管理条例》第三十一条", "实为房屋质量保修问题，不是物业服务争议", True),
    ("邻里纠纷", "已进入诉讼、仲裁等程序", "《人民调解工作若干规定》第二十二条", "双方已经起诉，人民法院已经受理", True),
)  # fmt: skip


class _Year:
    def __init__(self, rng: Random, year: int) -> None:
        self.inventor = Inventor(0, read_words())
        self.inventor.random = rng
        self.year = year
        self.communities = [office for office in read_offices() if office.level == "community"]
        self.serial = 0

    def workday(self, day: date, low: int, high: int) -> date:
        return self.inventor.workday(day, low, high)


def _rules(made: _Year) -> list[Row]:
    """One rule a community for whatever has no desk of its own, one a type for what has."""
    first = date(made.year, 1, 3)
    rows: list[Row] = [
        {"单位": STREET, "设定日期": first, "承办单位": one.name, "适用的社区或网格": one.name} for one in made.communities
    ]  # fmt: skip
    rows += [{"单位": STREET, "设定日期": first, "承办单位": STREET, "适用的事件类型": type_} for type_ in TO_STREET]
    for n, row in enumerate(rows, start=1):
        row["编号"] = f"中河派规〔{made.year}〕{n}号"
    return rows


def _incidents(made: _Year) -> list[Row]:
    rows = []
    for fate, count in FATES.items():
        rows += [_incident(made, fate, n) for n in range(count)]
    rows.sort(key=_came_on)
    used: dict[str, int] = {}
    for row in rows:
        used[row["单位"]] = n = used.get(row["单位"], 0) + 1
        short = row["单位"].removesuffix("街道").removesuffix("社区居委会")
        row["编号"] = f"{short}协〔{made.year}〕{n}号"
    return rows


def _came_on(row: Row) -> date:
    return row.get("接收日期") or row["网格上报日期"]


def _incident(made: _Year, fate: str, n: int) -> Row:
    inventor = made.inventor
    refusal = REFUSALS[n % len(REFUSALS)] if fate in ("refused", "final") else None
    type_ = refusal[0] if refusal else inventor.weighted(list(SCENES), [one[0] for one in SCENES.values()])
    if fate == "mediated":
        type_ = inventor.pick(("噪声扰民", "邻里纠纷", "消费纠纷", "家庭纠纷"))
    community = inventor.pick(made.communities)
    row = _arrived(made, fate, type_, community)
    came = _came_on(row)
    if fate == "withdrawn":
        return row | {"撤销日期": came, "撤销理由": "与同日登记的事项重复。"}
    if fate == "handed_back":
        return row | {"退回公安日期": came, "退回公安理由": "当事人持械威胁，有现实危险，属治安案件。"}
    triaged = came
    row |= {"研判日期": triaged, "事件类型": type_, "事发社区或网格": community.name}
    row["涉及矛盾纠纷"] = "是" if type_.endswith("纠纷") else "否"
    sent = made.workday(came, 0, 1)
    if refusal is None and (type_ not in TO_STREET or inventor.chance(0.8)):
        row["按规则派单日期"] = sent
    else:
        row |= {"人工派单日期": sent, "人工派单单位": community.name, "人工派单理由": "先由社区到场了解"}
    if fate == "pending":
        return row
    taken = _refused(made, row, refusal, sent, community, is_final=fate == "final") if refusal else sent
    return _handled(made, row, fate, type_, taken)


def _arrived(made: _Year, fate: str, type_: str, community: Office) -> Row:
    inventor = made.inventor
    _, title, told, _ = SCENES[type_]
    span = ((12, 29), (12, 30)) if fate == "pending" else ((1, 4), (12, 5))
    day = made.workday(inventor.day_in(date(made.year, *span[0]), date(made.year, *span[1]), _MONTHS), 0, 0)
    day = min(day, date(made.year, 12, 29))
    source = inventor.weighted(*zip(*SOURCES, strict=True))
    if fate == "handed_back":
        source = SOURCES[0][0]
    site = inventor.pick(made.inventor.words["sites"])
    row: Row = {
        "单位": STREET, "事由": f"{site}{title}", "事发地点": f"{community.short}社区{site}{inventor.between(1, 30)}幢",
        "事件情况": told, "报告人": inventor.name(), "报告人电话": inventor.phone(),
        "缓急": inventor.weighted(("一般", "紧急"), (88, 12)),
    }  # fmt: skip
    if source == "网格上报":
        return row | {"单位": community.name, "网格上报日期": day}
    row |= {"接收日期": day, "事件来源": source}
    if source != "居民反映":
        made.serial += 1
        sign = "J" if source.startswith("110") else "H"
        row["来源工单号"] = f"{sign}{day:%Y%m%d}-{made.serial:04d}"
    return row


def _refused(made: _Year, row: Row, refusal: tuple[Any, ...], sent: date, community: Office, is_final: bool) -> date:
    """Sent back with its reason; sent on to somebody else, or to the same office by the leader's word."""
    _, cause, basis, why, goes_to_street = refusal
    refused = made.workday(sent, 0, 1)
    row |= {"缓急": "一般", "拒收日期": refused, "拒收原因": cause, "拒收的法律依据": basis, "拒收理由": why}
    again = made.workday(refused, 0, 1)
    if is_final:
        reason = "拒收理由不成立，由社区先行处置，条线配合"
        row |= {"指定承办日期": again, "指定承办单位": community.name, "指定承办理由": reason}
        return again
    others = [one for one in made.communities if one.name != community.name]
    target = STREET if goes_to_street else made.inventor.pick(others).name
    row |= {"改派日期": again, "改派单位": target, "改派理由": "按拒收说明改派"}
    return again


def _handled(made: _Year, row: Row, fate: str, type_: str, sent: date) -> Row:
    inventor = made.inventor
    done = SCENES[type_][3]
    taken = made.workday(sent, 0, 1)
    visited = made.workday(taken, 0, 2)
    row |= {"签收日期": taken, "网格跟进日期": visited, "网格跟进跟进记录": "网格员到场了解情况，安抚双方情绪。"}
    if fate == "mediated":
        moved = made.workday(visited, 0, 1)
        last = made.workday(moved, 2, 15)
        row |= {"移交调解日期": moved, "移交调解理由": "双方愿意调解", "调解结束日期": last}
        row["处置结果"] = f"经调解达成协议。{done}"
    elif fate == "referred":
        last = made.workday(visited, 0, 3)
        row |= {"移送有权机关日期": last, "协办单位": COMPETENT, "移送有权机关理由": "涉及法律服务机构，应当依法查处"}
    else:
        last = made.workday(visited, 0, 4)
        how = inventor.weighted(("现场处置", "经查不实"), (94, 6))
        row |= {"处置完毕日期": last, "处置方式": how, "处置结果": done}
    return _ended(made, row, fate, last)


def _ended(made: _Year, row: Row, fate: str, last: date) -> Row:
    closed = made.workday(last, 0, 1)
    awaited = "来源工单号" in row
    if awaited:
        row |= {"反馈来源单位日期": closed, "反馈来源单位反馈内容": "已处置完毕，报告人知晓。"}
        closed = made.workday(closed, 0, 1)
    row["满意度（1–5）"] = made.inventor.weighted((5, 4, 3, 2), (52, 34, 10, 4))
    if fate != "reopened":
        return row | {"办结日期": closed}
    again = made.workday(closed, 3, 12)
    finished = made.workday(again, 1, 5)
    days = {
        "网格跟进日期": [row["网格跟进日期"], again],
        "处置完毕日期": [last, finished],
        "办结日期": [closed, finished + timedelta(days=2)],
        "重新办理日期": [again],
    }
    row |= {name: "、".join(day.isoformat() for day in many) for name, many in days.items()}
    row["网格跟进跟进记录"] = f"{row['网格跟进跟进记录']}\n再次到场，核实问题反复的原因。"
    if awaited:
        told = [row["反馈来源单位日期"], finished + timedelta(days=1)]
        row["反馈来源单位日期"] = "、".join(day.isoformat() for day in told)
        row["反馈来源单位反馈内容"] = "已处置完毕，报告人知晓。\n已重新处置，问题没有再出现。"
    return row | {"重新办理理由": "报告人反映问题又出现"}


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng, year)
    return {
        f"派单规则-{year}.xlsx": ("incident.rule", _rules(made)),
        f"非警务协同事项台账-{year}.xlsx": ("incident.incident", _incidents(made)),
    }
