"""Communities on their way to a title of the rule of law, and those that hold one. Everything here is invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import read_offices

# The communities that the record must show under way at the end of 2023.
IN_PROGRESS = ("城兴", "天城", "金馨", "桑菊")
PROVINCIAL = "桑菊"  # also on its way to a provincial title
LAW_TITLE, DEMOCRATIC, PROVINCIAL_TITLE = "市级法治社区", "市级民主法治社区", "省级民主法治社区"
RECEIVER = "鄞州区司法局"
_HELD = ("东裕", "飞虹", "宋诏桥", "彩虹", "凤凰", "东湖", "兴裕", "剑桥", "春城", "锦寓", "桑菊", "城兴")
_AWARDED = {"东城": 2023, "金城": 2023}
_CRITERIA = (
    "党组织领导下的自治机制健全",
    "法律顾问按月到社区服务",
    "人民调解委员会规范化运行",
    "议事协商常态开展",
    "居务公开及时完整",
)
_DOCUMENTS = ("工作制度汇编", "法律顾问服务记录", "调解案卷抽查表", "议事协商纪要", "居务公开照片")

Row = dict[str, Any]


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows), in the order in which they are to be imported."""
    names = {office.short: office.name for office in read_offices() if office.level == "community"}
    rows = [_awarded(rng, names[short], short, 2019 + n % 4) for n, short in enumerate(_HELD)]
    rows += [_awarded(rng, names[short], short, year) for short, year in _AWARDED.items()]
    rows += [_underway(rng, names[short], short, LAW_TITLE, n) for n, short in enumerate(IN_PROGRESS)]
    rows.append(_underway(rng, names[PROVINCIAL], PROVINCIAL, PROVINCIAL_TITLE, 0, n=2))
    rows.append(_failed(rng, names["东庭"], "东庭"))
    return {"法治创建台账.xlsx": ("accreditation.project", rows)}


def _later(day: date, days: int) -> date:
    """A day so many days later, moved on to Monday from a weekend."""
    found = day + timedelta(days=days)
    return found + timedelta(days=(7 - found.weekday()) % 7 if found.weekday() > 4 else 0)


def _started(rng: Random, unit: str, short: str, title: str, year: int, n: int = 1) -> Row:
    started = _later(date(year, 2, 20), rng.randint(0, 20))
    return {
        "编号": f"{short}创建〔{year}〕{n}号",
        "单位": unit,
        "启动创建日期": started,
        "创建称号": title,
        "创建标准": "\n".join(_CRITERIA),
        "拟申报日期": date(year, 9, 29),
    }


def _gathered(rng: Random, row: Row, criteria: int) -> date:
    """Put the evidence for the first so many criteria into the row; the day of the last."""
    day, on = row["启动创建日期"], []
    for _ in range(criteria):
        day = _later(day, rng.randint(8, 22))
        on.append(day)
    row["收集佐证日期"] = "、".join(map(str, on))
    row["收集佐证第几条标准"] = "\n".join(str(n) for n in range(1, criteria + 1))
    row["收集佐证材料名称"] = "\n".join(_DOCUMENTS[:criteria])
    return day


def _applied(rng: Random, row: Row) -> date:
    """Take the row as far as its application; the day of that."""
    assessed = _later(_gathered(rng, row, len(_CRITERIA)), rng.randint(5, 12))
    applied = _later(assessed, rng.randint(4, 10))
    row |= {"自评日期": assessed, "自评得分": rng.randint(88, 97), "申报日期": applied, "协办单位": RECEIVER}
    return applied


def _reviewed(rng: Random, row: Row, score: int) -> date:
    reviewed = _later(_applied(rng, row), rng.randint(20, 35))
    row |= {"考评日期": reviewed, "考评组": "市、区联合考评组", "考评得分": score}
    return reviewed


def _awarded(rng: Random, unit: str, short: str, year: int) -> Row:
    row = _started(rng, unit, short, DEMOCRATIC, year)
    awarded = _later(_reviewed(rng, row, rng.randint(90, 97)), rng.randint(14, 28))
    recheck = date(awarded.year + 5, 12, 31)
    row |= {
        "命名日期": awarded,
        "命名文号": f"甬普法办〔{awarded.year}〕{rng.randint(3, 19)}号",
        "下次复核日期": recheck,
    }
    return row


def _underway(rng: Random, unit: str, short: str, title: str, how_far: int, n: int = 1) -> Row:
    row = _started(rng, unit, short, title, 2023, n)
    if how_far < 2:
        _gathered(rng, row, 3 + how_far)
    else:
        _applied(rng, row)
    return row


def _failed(rng: Random, unit: str, short: str) -> Row:
    row = _started(rng, unit, short, DEMOCRATIC, 2022)
    failed = _later(_reviewed(rng, row, 71), 15)
    row |= {"未获命名日期": failed, "未获命名理由": "议事协商记录不完整，下一年度再申报"}
    return row
