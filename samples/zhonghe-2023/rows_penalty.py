"""Penalty cases of a year: fines and warnings on the spot, and the ordinary procedure to its various ends.

Parties are invented. Provisions are cited by article where the text was read; where it was not, only by title.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_words

Row = dict[str, Any]

YEAR = 2023
STREET = "中河街道"
ORGAN = "街道办事处"
# Two of the register of enforcement staff, with their cards.
LEAD = ("白云英", "浙BS00118（样本）")
SECONDS = (("龚庆斌", "浙BS00111（样本）"), ("郭立辉", "浙BS00114（样本）"))
LAWYER, LEADERS = "雷若民", "周瑞飞、白国、杜元民"
# What the year must come to.
FIGURES = {"on_the_spot": 36, "warnings": 9, "docketed": 26, "decided": 19, "spared": 3, "hearings": 1}

AIR, WASTE = "《中华人民共和国大气污染防治法》", "《中华人民共和国固体废物污染环境防治法》"
ROAD, NOISE = "《中华人民共和国道路交通安全法》", "《中华人民共和国噪声污染防治法》"
LOOKS = "《浙江省城市市容和环境卫生管理条例》的有关规定"
SORTING = "《宁波市生活垃圾分类管理条例》的有关规定"

# On the spot: (share, title, item, code, kind of party, what was seen, provision, ground, fines; none: a warning)
SPOT = (
    (13, "人行道违法停放机动车", "对人行道违法停放机动车的处罚", "样本-01", "公民", "在人行道停放小型汽车，驾驶人到场后驶离。",
     f"{ROAD}第五十六条第一款", f"{ROAD}第九十三条第二款", (100, 150)),
    (7, "超出门窗外墙摆卖", "对店外经营的处罚", "样本-02", "个体工商户", "超出门窗、外墙摆放货物经营。", LOOKS, LOOKS, (50, 100, 200)),
    (7, "随意倾倒生活垃圾", "对随意倾倒生活垃圾的处罚", "样本-03", "公民", "在非投放点倾倒生活垃圾。",
     f"{WASTE}第四十九条第二款", f"{WASTE}第一百一十一条第一款第（一）项、第二款", (100, 150, 200)),
    (6, "未按规定分类投放生活垃圾", "对未分类投放生活垃圾的处罚", "样本-04", "公民", "厨余垃圾混入其他垃圾投放。", SORTING, SORTING, ()),
    (3, "商铺乱贴乱挂", "对在外墙乱贴乱挂的处罚", "样本-05", "法人或者其他组织", "在临街外墙悬挂宣传品，当场拆除。", LOOKS, LOOKS, ()),
)  # fmt: skip

# The ordinary procedure: (share, title, item, code, party, seen, evidence, provision, ground, reasons, fines)
ORDINARY = (
    (6, "{site}餐饮店排放油烟超标", "对餐饮服务业经营者超标排放油烟的处罚", "样本-11", "个体工商户",
     "未正常使用油烟净化设施，经检测油烟排放超过标准。", "现场检查笔录、检测报告、询问笔录", f"{AIR}第八十一条第一款",
     f"{AIR}第一百一十八条第一款", "初次查处，积极配合整改，按较低幅度处罚", (5000, 6000, 8000)),
    (4, "{site}装修噪声拒不改正", "对社会生活噪声污染的处罚", "样本-12", "公民",
     "在限定时间以外进行室内装修，说服教育、责令改正后仍不改正。", "现场笔录、责令改正通知书、询问笔录",
     f"{NOISE}第六十五条第二款", f"{NOISE}第八十二条第（三）项", "拒不改正，影响范围小，按一般幅度处罚", (200, 300, 500)),
    (5, "{site}夜市露天烧烤", "对露天烧烤的处罚", "样本-13", "个体工商户", "在禁止的区域内露天烧烤食品。",
     "现场照片、询问笔录", f"{AIR}第八十一条第三款", f"{AIR}第一百一十八条第三款", "涉及烤炉一台，及时清理，按较低幅度处罚",
     (500, 800, 1000)),
    (6, "{site}偷倒装修垃圾", "对随意倾倒生活垃圾的处罚", "样本-03", "公民", "夜间向绿化带倾倒垃圾，监控拍下。",
     "监控录像、询问笔录、现场照片", f"{WASTE}第四十九条第二款", f"{WASTE}第一百一十一条第一款第（一）项、第二款",
     "数量较少，已自行清运，按一般幅度处罚", (300, 400, 500)),
    (5, "{site}店外占道堆放", "对店外经营的处罚", "样本-02", "个体工商户", "占用人行道堆放货物，责令改正后复查没有改正。",
     "两次检查照片、询问笔录", LOOKS, LOOKS, "经责令改正仍不改正，按一般幅度处罚", (300, 500, 800)),
)  # fmt: skip
# How many ordinary cases came to which end, in order of their days.
FATES = ("paid",) * 10 + ("late", "late", "pleaded", "pleaded", "heard", "published", "published", "deferred", "unpaid",
         "spared", "spared", "spared", "dismissed", "transferred", "pending", "pending", "declined")  # fmt: skip
# Incidents that turned out to be violations: numbers of the year's ledger of incidents, with the day of handling.
FROM_INCIDENTS = {
    "中河协〔2023〕36号": date(2023, 3, 27), "中河协〔2023〕57号": date(2023, 4, 25),
    "中河协〔2023〕108号": date(2023, 7, 10), "中河协〔2023〕146号": date(2023, 9, 7),
}  # fmt: skip


class _Year:
    def __init__(self, rng: Random) -> None:
        self.inventor = Inventor(0, read_words())
        self.inventor.random = rng

    def later(self, day: date, low: int, high: int) -> date:
        return self.inventor.workday(day, low, high)

    def day(self, first: tuple[int, int], last: tuple[int, int]) -> date:
        found = self.inventor.day_in(date(YEAR, *first), date(YEAR, *last))
        return self.inventor.workday(found, 0, 0)

    def site(self) -> str:
        return self.inventor.pick(self.inventor.words["sites"])

    def shop(self) -> str:
        return self.inventor.pick(self.inventor.words["shops"])


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng)
    rows = [_spot(made, told) for told in SPOT for _ in range(told[0])]
    scenes = [told for told in ORDINARY for _ in range(told[0] + 1)][: len(FATES)]
    rng.shuffle(scenes)
    sources = list(FROM_INCIDENTS)
    # The hearing is about the kitchen that was found twice.
    scenes = [ORDINARY[0] if fate == "heard" else told for fate, told in zip(FATES, scenes, strict=True)]
    rows += [_ordinary(made, fate, told, sources) for fate, told in zip(FATES, scenes, strict=True)]
    rows.sort(key=_came_on)
    for n, row in enumerate(rows, start=1):
        row["编号"] = f"中河罚〔{YEAR}〕{n}号"
    _check(rows)
    return {f"行政处罚案件台账-{YEAR}.xlsx": ("penalty.case", rows)}


def _came_on(row: Row) -> date:
    return next(row[f"{step}日期"] for step in ("登记线索", "当场罚款", "当场警告") if f"{step}日期" in row)


def _check(rows: list[Row]) -> None:
    found = {
        "on_the_spot": sum("当场罚款日期" in row or "当场警告日期" in row for row in rows),
        "warnings": sum("当场警告日期" in row for row in rows),
        "docketed": sum("立案日期" in row for row in rows),
        "decided": sum("作出处罚决定（有罚款）日期" in row for row in rows),
        "spared": sum("决定不予处罚日期" in row for row in rows),
        "hearings": sum("举行听证日期" in row for row in rows),
    }
    assert found == FIGURES, found


def _party(made: _Year, type_: str) -> Row:
    inventor = made.inventor
    home = f"{made.site()}{inventor.between(1, 30)}幢"
    if type_ == "公民":
        return {
            "当事人": inventor.name(),
            "当事人证件号码": inventor.id_no(),
            "当事人电话": inventor.phone(),
            "当事人住址": home,
        }
    if type_ == "个体工商户":
        owner = inventor.name()
        return {"当事人": f"{made.site()}{owner[0]}记{made.shop()}（经营者{owner}）", "当事人电话": inventor.phone(),
                "当事人住址": f"{made.site()}沿街{inventor.between(1, 60)}号"}  # fmt: skip
    return {"当事人": inventor.company("shop"), "当事人电话": inventor.phone(), "当事人住址": f"{made.site()}沿街"}


def _officers(made: _Year) -> Row:
    second = made.inventor.pick(SECONDS)
    return {"承办人": LEAD[0], "主办执法人员": LEAD[0], "主办执法证号": LEAD[1],
            "协办执法人员": second[0], "协办执法证号": second[1]}  # fmt: skip


def _spot(made: _Year, told: tuple[Any, ...]) -> Row:
    _, title, item, code, type_, seen, provision, ground, fines = told
    inventor = made.inventor
    day = made.day((1, 5), (12, 15))
    site, step = made.site(), "当场罚款" if fines else "当场警告"
    row: Row = {
        "单位": STREET, f"{step}日期": day, "事由": f"{site}{title}", "案件来源": "日常巡查", "执法事项": item,
        "事项清单编码": code, "作出决定的机关": ORGAN, "当事人类别": type_, "违法行为日期": day, "违法地点": f"{site}沿线",
        "违法事实": seen, "证据": "现场照片", "违反的规定": provision, "处罚依据": ground, "责令改正的要求": "当场改正",
        f"{step}已出示执法证件": "是", f"{step}已当场告知并听取陈述申辩": "是", **_party(made, type_), **_officers(made),
    }  # fmt: skip
    row["当场处罚报备案日期"] = filed = made.later(day, 1, 2)
    closing = filed
    if fines:
        row["罚款（元）"] = inventor.pick(fines)
        if row["罚款（元）"] <= 100 and inventor.chance(0.3):
            row |= {"当场收缴罚款日期": day, "当场收缴罚款票据号": f"样本票{inventor.between(1000, 9999)}",
                    "交缴当场收缴的罚款日期": filed, "履行完毕日期": filed}  # fmt: skip
        else:
            paid = made.later(filed, 1, 8)
            row |= {"缴纳罚款日期": paid, "缴纳罚款本次缴款（元）": row["罚款（元）"], "履行完毕日期": paid}
            closing = paid
    closed = made.later(closing, 1, 6)
    return row | {"结案日期": closed, "结案情况": "当场处罚，已履行。" if fines else "当场警告，已改正。",
                  "归档日期": closed}  # fmt: skip


def _ordinary(made: _Year, fate: str, told: tuple[Any, ...], sources: list[str]) -> Row:
    _, title, item, code, type_, seen, evidence, provision, ground, reasons, fines = told
    inventor = made.inventor
    span = ((11, 20), (12, 8)) if fate == "pending" else ((1, 9), (6, 30)) if fate in ("unpaid", "heard") else (
        (1, 9), (9, 20))  # fmt: skip
    day = made.day(*span)
    source = inventor.weighted(("日常巡查", "热线工单", "投诉举报", "网格上报"), (40, 28, 20, 12))
    row: Row = {
        "单位": STREET, "登记线索日期": day, "事由": title.format(site=made.site()), "案件来源": source, "执法事项": item,
        "违法行为日期": day - timedelta(days=inventor.between(0, 3)), "违法地点": f"{made.site()}沿街", "违法事实": seen,
        "当事人类别": type_, "承办人": LEAD[0], **_party(made, type_),
    }  # fmt: skip
    if code == "样本-02" and sources:
        number = sources.pop(0)
        row |= {"登记线索日期": (day := FROM_INCIDENTS[number]), "违法行为日期": day, "来源事项": number}
        row["案件来源"] = "网格上报"
    if fate == "declined":
        return row | {"不予立案日期": made.later(day, 1, 3), "不予立案理由": "现场核查时已自行改正，不符合立案标准"}
    docketed = made.later(day, 1, 3)
    row |= {
        "立案日期": docketed,
        "事项清单编码": code,
        "作出决定的机关": ORGAN,
        "指派执法人员日期": docketed,
        **_officers(made),
    }
    taken = made.later(docketed, 1, 6)
    row |= {"调查取证日期": taken, "调查取证调查笔录要点": "现场检查并询问当事人，当事人对事实没有异议。",
            "调查取证已出示执法证件": "是"}  # fmt: skip
    if fate == "pending":
        return row
    if fate == "dismissed":
        last = made.later(taken, 5, 9)
        row |= {"撤销立案日期": last, "撤销立案理由": "当事人已经注销，没有承继其权利义务的人。"}
        return row | {"结案日期": made.later(last, 2, 5), "结案情况": "撤销立案。"}
    if fate == "transferred":
        return row | {"移送日期": made.later(taken, 4, 8), "受移送机关": "鄞州区市场监督管理局",
                      "移送理由": "当事人涉嫌无照经营，由市场监督管理部门管辖。"}  # fmt: skip
    return _concluded(made, row, fate, made.later(taken, 5, 14), evidence, provision, ground, reasons, fines)


def _concluded(
    made: _Year, row: Row, fate: str, day: date, evidence: str, provision: str, ground: str, reasons: str,
    fines: tuple[int, ...],
) -> Row:  # fmt: skip
    row |= {"证据": evidence}
    if fate == "spared":
        decided = made.later(day, 2, 6)
        served = made.later(decided, 0, 4)
        row |= {"调查终结（不予处罚等）日期": day, "处理建议": "不予行政处罚", "决定不予处罚日期": decided,
                "决定不予处罚理由": "当事人初次违法，当场改正，没有造成后果。",
                "不予处罚的情形": "初次违法且危害后果轻微并及时改正", "决定不予处罚教育情况": "发放告知书，当面教育",
                "送达（不需缴款的）日期": served, "送达方式": "直接送达",
                "送达（不需缴款的）签收人": row["当事人"][:3]}  # fmt: skip
        closed = made.later(served, 2, 6)
        return row | {"结案日期": closed, "结案情况": "不予处罚，已教育。", "归档日期": made.later(closed, 3, 9)}
    proposed = 20000 if fate == "heard" else made.inventor.pick(fines)
    row |= {"调查终结（拟处罚）日期": day, "情节复杂或者重大违法": "否", "违反的规定": provision, "处罚依据": ground, "裁量理由": reasons,
            "拟作的处罚种类": "罚款", "拟罚款（元）": proposed}  # fmt: skip
    if fate == "heard":
        row |= {
            "情节复杂或者重大违法": "是",
            "事由": "东方明苑餐饮店多次排放油烟超标",
            "违法事实": "一年内两次经检测油烟排放超过标准。",
            "裁量理由": "一年内第二次查处，按较高幅度处罚",
        }
    return _heard(made, row, fate, made.later(day, 1, 4), proposed)


def _heard(made: _Year, row: Row, fate: str, told: date, proposed: int) -> Row:
    """Told, heard, reviewed and decided. The right to a hearing is told from 5000 元 on."""
    is_large = proposed >= 5000
    row["告知处罚和听证权利日期" if is_large else "告知拟处罚日期"] = told
    fine = proposed
    if fate == "heard":
        asked = made.later(told, 2, 3)
        called = made.later(asked, 1, 2)
        held = made.later(called, 13, 16)
        reviewed = made.later(held, 2, 4)
        row |= {"要求听证日期": asked, "通知听证日期": called, "听证日期": held, "听证地点": "街道一楼会议室", "听证主持人": "吴春雯",
                "举行听证日期": held, "举行听证听证笔录要点": "双方举证、质证，当事人请求从轻。", "法制审核日期": reviewed,
                "法制审核结论": "审核通过", "法制审核审核意见": "程序合法，事实清楚，裁量适当。",
                "法制审核审核人员资格": "不是初次从事法制审核", "集体讨论日期": reviewed, "集体讨论参加人员": LEADERS,
                "集体讨论讨论记录": "采纳听证意见，适当从轻。"}  # fmt: skip
        fine, ready = 15000, reviewed
    elif fate == "pleaded":
        ready = made.later(told, 2, 4)
        row |= {"陈述申辩日期": ready, "陈述申辩当事人的陈述申辩": "已经改正，请求从轻处罚。", "复核陈述申辩日期": ready,
                "复核陈述申辩复核结论": "部分成立，部分采纳", "复核陈述申辩复核情况": "改正情况属实，酌情从轻。"}  # fmt: skip
        fine = max(proposed * 4 // 5, 1)
        if is_large:
            ready = told + timedelta(days=16)
    elif made.inventor.chance(0.4):
        ready = made.later(told, 1, 2)
        row |= {"放弃陈述申辩和听证日期": ready, "放弃陈述申辩和听证放弃的凭据": "当事人签名的声明"}
    else:
        ready = told + timedelta(days=16)
    decided = made.later(ready, 1, 4)
    row |= {
        "作出处罚决定（有罚款）日期": decided,
        "处罚种类": "罚款",
        "罚款（元）": fine,
        "责令改正的要求": "立即改正违法行为",
    }
    return _carried_out(made, row, fate, decided, fine)


def _carried_out(made: _Year, row: Row, fate: str, decided: date, fine: int) -> Row:
    inventor = made.inventor
    served = made.later(decided, 0, 4)
    row |= {"送达处罚决定日期": served, "送达方式": inventor.weighted(("直接送达", "宣告后当场交付", "留置送达"), (70, 20, 10)),
            "送达处罚决定签收人": row["当事人"][:3]}  # fmt: skip
    if fate == "published":
        row |= {"公开处罚决定日期": made.later(served, 1, 5), "公开渠道": "浙江政务服务网行政处罚结果公开栏目"}
    if fate == "unpaid":
        return row | {"催告日期": made.later(served, 30, 40)}
    if fate == "deferred":
        last = served + timedelta(days=60)
        row |= {"批准延期分期缴纳日期": made.later(served, 4, 8), "缴款期限": last, "批准延期分期缴纳理由": "经营困难，申请分期",
                "批准延期分期缴纳分期或者协议内容": "分两期缴清"}  # fmt: skip
        paid = made.later(served, 40, 52)
    elif fate == "late":
        paid, late = served + timedelta(days=25), 10
        row["催告日期"] = paid - timedelta(days=5)
    else:
        paid = made.later(served, 2, 11)
    owed = fine + fine * 3 * late // 100 if fate == "late" else fine
    row |= {"缴纳罚款日期": paid, "缴纳罚款本次缴款（元）": owed, "履行完毕日期": paid}
    closed = made.later(paid, 2, 8)
    return row | {"结案日期": closed, "结案情况": "罚款缴清，违法行为已改正。", "归档日期": made.later(closed, 4, 12)}
