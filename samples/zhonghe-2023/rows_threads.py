"""Threads that run through several lines of work into January 2024: each matter names the one that it arises from.

A hotline call of the last working day becomes a dispute, and the dispute a visit on the leader's day; an inspection's
finding becomes an item of the next year's plan.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import rows_incident
import rows_supervision

Row = dict[str, Any]

STREET, SEED = "中河街道", 2023


def _incident() -> Row:
    """A hotline call about noise that its community had been sent and not yet dealt with at the year's end."""
    made = rows_incident.ledgers(Random(f"{SEED}rows_incident"))["非警务协同事项台账-2023.xlsx"][1]
    waiting = [row for row in made if "签收日期" not in row and row.get("事件类型") == "噪声扰民"]
    return next(row for row in waiting if row.get("按规则派单日期", date.min).year == SEED + 1)


def _finding() -> Row:
    made = rows_supervision.ledgers(Random(f"{SEED}rows_supervision"))["督查审计问题台账.xlsx"][1]
    return next(row for row in made if "调解案卷" in row["问题"])


def _dispute(incident: Row) -> Row:
    community = incident["事发社区或网格"]
    short = community.removesuffix("社区居委会")
    return {
        "编号": f"（2024）{short}人调字第1号", "单位": community, "受理日期": date(2024, 1, 3),
        "事由": f"{incident['事由']}引起的邻里纠纷", "纠纷类型": "邻里纠纷", "案件来源": "其他部门委托移送",
        "难易程度": "一般", "申请人": "祝青禾", "申请人电话": "19900009801", "被申请人": "盛远舟",
        "被申请人电话": "19900009802", "纠纷简要情况": "楼上住户深夜拖动家具、播放音乐，楼下老人睡眠受影响，多次沟通没有结果。",
        "发生地点": incident["事发地点"], "发生日期": date(2023, 12, 29), "涉及人数": 4, "来源事项": incident["编号"],
        "调解日期": "2024-01-05、2024-01-09", "调解记录": "上门查看，听取双方陈述。\n双方约定夜间安静时段，楼上铺设地垫。",
        "调解地点": "当事人家中\n社区调解室", "达成书面协议日期": date(2024, 1, 9),
        "主要事实和各方责任": "夜间噪声属实，楼上住户同意改正。",
        "协议内容": "楼上住户二十二时至次日六时保持安静，七日内铺设地垫。", "履行期限": date(2024, 1, 16),
    }  # fmt: skip


def _visit(dispute: Row) -> Row:
    return {
        "编号": "中河接访〔2024〕1号", "单位": STREET, "随访接待日期": date(2024, 1, 12), "接访领导": "周瑞飞",
        "事由": "夜间噪声调解协议的履行", "接访地点": "街道信访接待室", "下访": "否", "来访人": dispute["申请人"],
        "来访人电话": dispute["申请人电话"], "来访人数": 1, "来源事项": dispute["编号"],
        "反映事项": "来访人反映：调解协议约定的地垫还没有铺，希望督促履行。", "当面答复日期": date(2024, 1, 12),
        "答复意见": "协议约定一月十六日前铺设，尚未到期；由社区调委会到期上门查看，没有履行的再约双方。",
    }  # fmt: skip


def _item(finding: Row) -> Row:
    return {
        "编号": "中河安排〔2024〕9号", "单位": STREET, "列入安排日期": date(2024, 1, 15), "年度": 2024,
        "事由": "调解案卷规范化制作", "安排内容": "逐卷整理评分，不满八十分的补齐；每季度抽查社区调解案卷。",
        "责任部门": "司法所", "完成期限": date(2024, 9, 30), "来源事项": finding["编号"],
    }  # fmt: skip


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows), in the order in which they name one another. Nothing here is left to chance."""
    dispute = _dispute(_incident())
    return {
        "矛盾纠纷台账-2024.xlsx": ("mediation.dispute", [dispute]),
        "领导接访登记簿-2024.xlsx": ("petition.reception", [_visit(dispute)]),
        "工作安排台账-2024.xlsx": ("planning.planitem", [_item(_finding())]),
    }
