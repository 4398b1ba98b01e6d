"""Half a year of the joint office: what was brought to the table, who came, what each answered. All of it is invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_words

Row = dict[str, Any]

STREET, ROOM = "中河街道", "街道二楼会议室"
# Sittings of the half year, and the items heard at them that were settled.
SITTINGS, SETTLED = 9, 11
_POLICE, _MARKET, _TEAM, _PLAN, _HOUSES = "派出所", "市场监管所", "综合行政执法队", "自然资源规划所", "住建部门"
_FIRE, _AIR, _HEALTH, _JUSTICE, _SECTION = "消防救援站", "生态环境所", "卫生健康部门", "司法所", "街道科室"

# (title, kind, content, why one cannot, departments, day submitted, day of the sitting, what was agreed, result or "")
_ITEMS: tuple[tuple[str, str, str, str, tuple[str, ...], str, str, str, str], ...] = (
    ("沿街烧烤店油烟和占道", "执法与监管衔接", "排烟、占道、消防通道三方面同时存在。", "三项分属三个部门，单独处理后反复。",
     (_AIR, _TEAM, _FIRE), "2023-07-03", "2023-07-11", "油烟由生态环境所监测，占道由执法队管，通道由消防查。", "三方面整改到位。"),
    ("棋牌室夜间噪声", "群众反复反映", "居民楼底层棋牌室深夜营业。", "证照、噪声、治安分属三家。",
     (_POLICE, _MARKET), "2023-07-04", "2023-07-11", "联合上门，约定营业时间。", "已签承诺，夜间没有再反映。"),
    ("老旧小区充电棚选址", "安全隐患", "充电棚位置居民意见不一。", "选址要消防、规划、社区同意。",
     (_FIRE, _PLAN, _SECTION), "2023-07-17", "2023-07-25", "定在东侧空地，消防先行验收。", "充电棚启用。"),
    ("商户共用排污管外溢", "群众反复反映", "雨天污水外溢。", "管网归属不清。",
     (_HOUSES, _AIR), "2023-08-01", "2023-08-08", "先疏通，再查权属。", "管网权属查清，已疏通。"),
    ("培训机构停业退费", "执法与监管衔接", "机构停业，退费诉求集中。", "监管、合同纠纷、治安交叉。",
     (_MARKET, _POLICE, _JUSTICE), "2023-08-02", "2023-08-08", "市场监管登记，司法所组织调解。", "分期退费协议已签。"),
    ("早市撤点后车辆乱停", "执法与监管衔接", "撤点后周边道路乱停。", "路内路外管理主体不同。",
     (_POLICE, _TEAM), "2023-08-16", "2023-08-22", "路内由派出所，路外由执法队。", "划线完成，秩序恢复。"),
    ("出租厂房电气线路", "安全隐患", "承租户私拉线路。", "消防、监管、房东责任不清。",
     (_FIRE, _MARKET, _SECTION), "2023-09-05", "2023-09-12", "限期改线，逐户复查。", "改线完成并复查。"),
    ("口腔诊所医废存放", "执法与监管衔接", "医废暂存点靠近楼道。", "卫健和生态环境都有职责。",
     (_HEALTH, _AIR), "2023-09-06", "2023-09-12", "重新设点，按日清运。", "暂存点已移位。"),
    ("地铁口共享单车堆放", "群众反复反映", "早晚高峰堵塞出入口。", "企业、执法、交管要同时到场。",
     (_TEAM, _POLICE), "2023-09-19", "2023-09-26", "划定停放区，企业派驻值守。", "停放区启用。"),
    ("加装电梯管线迁移", "项目推进", "燃气、电力管线要先迁。", "迁移顺序要部门一起定。",
     (_HOUSES, _PLAN, _SECTION), "2023-10-17", "2023-10-24", "先电后气，街道科室协调。", "管线迁移完成。"),
    ("废品收购点消防和无照", "安全隐患", "居民区内收购点堆放可燃物。", "取缔和清理要同步。",
     (_MARKET, _FIRE, _TEAM), "2023-11-07", "2023-11-14", "限期搬离，逾期联合清理。", "已搬离。"),
    ("沿河步道违章搭建认定", "历史遗留问题", "搭建年代久远，性质不清。", "认定要规划，执行要执法队。",
     (_PLAN, _TEAM, _JUSTICE), "2023-11-21", "2023-11-28", "规划所先出认定意见。", ""),
    ("临街店铺招牌安全", "安全隐患", "台风后招牌松动。", "权属和拆除责任不清。",
     (_TEAM, _HOUSES), "2023-11-22", "2023-11-28", "逐块排查，限期加固。", ""),
)  # fmt: skip
_ABSENT = {2: _PLAN, 6: _SECTION, 10: _TEAM}
_CHASED, _RETURNED = 4, 7
_SENT_BACK: Row = {
    "提交集中办公日期": date(2023, 10, 9), "事由": "市政道路大修排期", "事项类型": "项目推进", "事项内容": "主干道路面破损。",
    "单个部门办不了的原因": "涉及交管和住建。", "请到的部门": "派出所、住建部门", "退回日期": date(2023, 10, 11),
    "退回理由": "属于区级市政养护计划，由街道报区住建部门，不需要集中办公",
}  # fmt: skip


def _items(inventor: Inventor) -> tuple[list[Row], list[Row]]:
    """(items, answers), numbered in the order of their days."""
    items: list[Row] = []
    answers: list[Row] = []
    for n, (title, kind, content, why, departments, brought, sat, agreed, result) in enumerate(_ITEMS):
        came = [one for one in departments if one != _ABSENT.get(n)]
        row: Row = {
            "单位": STREET, "提交集中办公日期": date.fromisoformat(brought), "事由": title, "事项类型": kind,
            "事项内容": content, "单个部门办不了的原因": why, "请到的部门": "、".join(departments),
            "排期日期": date.fromisoformat(brought) + timedelta(days=1), "排期集中办公日期": date.fromisoformat(sat),
            "集中办公地点": ROOM, "集中办公日期": date.fromisoformat(sat), "到场部门": "、".join(came), "议定事项": agreed,
        }  # fmt: skip
        given = [_answer(inventor, n, k, one, row, bool(result)) for k, one in enumerate(departments)]
        if result:
            last = max(one["核实日期"] for one in given)
            row |= {"办结日期": inventor.workday(last, 1, 4), "办理结果": result}
        items.append(row)
        answers += given
    items = sorted([*items, {"单位": STREET} | _SENT_BACK], key=lambda one: one["提交集中办公日期"])
    numbers = {row["事由"]: f"中河集办〔2023〕{n}号" for n, row in enumerate(items, start=1)}
    for row in items:
        row["编号"] = numbers[row["事由"]]
    for n, answer in enumerate(answers, start=1):
        answer |= {"编号": f"中河集办答复〔2023〕{n}号", "来源事项": numbers[answer["来源事项"]]}
    return items, answers


def _answer(inventor: Inventor, n: int, k: int, department: str, item: Row, is_settled: bool) -> Row:
    """One department's row: promised a day, kept it; one was chased, one answer was returned."""
    sat = item["集中办公日期"]
    row: Row = {
        "单位": STREET, "交部门日期": sat, "来源事项": item["事由"], "部门": department, "交办内容": item["议定事项"],
        "部门责任人": inventor.name(),
    }  # fmt: skip
    promised = inventor.workday(sat, 6, 16)
    row |= {"承诺日期": sat, "承诺答复日期": promised}
    if not is_settled:
        return row if k else row | {"承诺日期": None, "承诺答复日期": None, "部门责任人": None}
    answered = max(sat + timedelta(days=3), inventor.workday(promised - timedelta(days=4), 0, 1))
    answered = min(answered, promised)
    if (n, k) == (_CHASED, 1):
        late = inventor.workday(promised, 2, 3)
        anew = inventor.workday(late, 1, 1)
        again = inventor.workday(anew, 6, 8)
        row |= {"承诺日期": f"{sat}、{anew}", "承诺答复日期": f"{promised}→{again}", "催办日期": late,
                "催办理由": "承诺的日期过了，没有答复"}  # fmt: skip
        answered = again
    row |= {"答复日期": answered, "答复内容": "已按议定事项办理。", "核实日期": inventor.workday(answered, 1, 3)}
    if (n, k) == (_RETURNED, 0):
        second = inventor.workday(row["核实日期"], 1, 1)
        row |= {"答复日期": f"{answered}、{second}", "退回重办日期": row["核实日期"], "退回重办理由": "没有附清运单据",
                "答复内容": "已重新设点。→已重新设点，附清运单据。", "核实日期": inventor.workday(second, 1, 3)}  # fmt: skip
    return row


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows), in the order in which they are to be imported."""
    inventor = Inventor(0, read_words())
    inventor.random = rng
    items, answers = _items(inventor)
    return {
        "集中办公事项台账-2023.xlsx": ("jointoffice.item", items),
        "部门答复台账-2023.xlsx": ("jointoffice.reply", answers),
    }
