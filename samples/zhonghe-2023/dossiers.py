"""What was in the dossiers of a year when they were put together: written into the rows of the dispute ledger.

From a source of chance of its own, so that the rest of the ledger keeps its cells. 飞虹 does it by the book; the street
puts a share of its own together, and a few communities some.
"""

from __future__ import annotations

from random import Random
from typing import Any

Row = dict[str, Any]

PAPERS = ("卷宗封面", "卷内目录", "申请书或者受理登记表", "权利义务告知书", "身份证明", "授权委托书", "调查记录", "证据材料",
          "调解记录", "结案文书", "履行凭证", "回访记录", "司法确认材料", "情况说明", "封底")  # fmt: skip
COLUMNS = ("整理卷宗日期", *(f"整理卷宗{name}（页）" for name in PAPERS), "整理卷宗签名盖章齐全", "保管期限")
# Which share of its filed dossiers an office has put together, and how often a paper is not in.
_CARE = {
    "飞虹社区居委会": (1.0, 0.015),
    "中河街道": (0.3, 0.05),
    "城兴社区居委会": (0.5, 0.16),
    "凤凰社区居委会": (0.4, 0.1),
}
_USUAL = {"申请书或者受理登记表": (1, 2), "权利义务告知书": (1, 1), "身份证明": (1, 3), "调解记录": (2, 6), "结案文书": (2, 4),
          "卷宗封面": (1, 1), "卷内目录": (1, 1), "封底": (1, 1)}  # fmt: skip


def put_together(rows: list[Row], rng: Random) -> None:
    """Add to the rows what “整理卷宗” said of them, on the day on which they were filed."""
    for row in rows:
        share, careless = _CARE.get(row["单位"], (0, 0))
        if "归档日期" in row and row.get("典型案例") == "是":
            share, careless = 1, 0
        if "归档日期" not in row or rng.random() >= share or "报街道调委会日期" in row or "交社区调委会日期" in row:
            continue
        row["整理卷宗日期"] = row["归档日期"]
        for name, pages in _papers(row).items():
            if rng.random() >= careless:
                row[f"整理卷宗{name}（页）"] = rng.randint(*pages)
        row["整理卷宗签名盖章齐全"] = "否" if rng.random() < careless else "是"


def _papers(row: Row) -> dict[str, tuple[int, int]]:
    """Which papers the case calls for, with how many pages they may have."""
    if "达成口头协议日期" in row:
        return {"结案文书": (1, 2)}
    found = dict(_USUAL)
    if "调解日期" not in row:
        found.pop("调解记录")
    if "代理人" in row:
        found["授权委托书"] = (1, 1)
    for column, name in (("确认履行日期", "履行凭证"), ("回访日期", "回访记录"), ("法院确认有效日期", "司法确认材料")):
        if column in row:
            found[name] = (1, 2)
    if row.get("难易程度") == "疑难复杂":
        found |= {"调查记录": (1, 4), "证据材料": (2, 20)}
    return found
