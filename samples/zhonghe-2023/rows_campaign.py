"""Campaigns to clear a list, and the households on it: one closed, one with some left. Everything here is invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_people, read_words

Row = dict[str, Any]

STREET, COURT = "中河街道", "鄞州区人民法院"
# What is left at the year's end, and on the lists of expropriations in all.
LEFT, EXPROPRIATED, STRUCK, PASSAGES = 7, 33, 2, 12
_OLD, _NEW, _PASSAGE = "中河清零〔2022〕1号", "中河清零〔2023〕1号", "中河清零〔2023〕2号"
_OLD_HOUSES = 9
_DIFFICULTIES = (
    "补偿诉求差距大",
    "家庭内部有纠纷",
    "未登记建筑认定",
    "产权不明确",
    "失联或者长期在外",
    "生活困难、无处安置",
)
_TALKS = (
    "说明补偿方案和评估方法，对方要求再考虑。",
    "就附属房面积重新测量，双方签字确认。",
    "邀请律师到场解答继承和分割问题，家庭成员基本同意。",
    "带看安置房源，对楼层提出要求。",
    "核对搬迁费和临时安置费，答应月底答复。",
)
_PLANS = ("领导包案，每周上门一次", "申请复核评估", "调解员参与家庭调解", "优先选择安置房源", "联系亲属共同做工作")
_CAMPAIGNS: tuple[Row, ...] = (
    {"编号": _OLD, "启动专项日期": date(2022, 3, 7), "事由": "西岸地块征迁清零", "清零领域": "国有土地上房屋征收",
     "清零目标": "地块内剩余住户全部签约腾空，净地交付。", "牵头部门": "城建办", "承办人": "严俊芳", "清零期限": date(2023, 6, 30),
     "签约期限": date(2022, 8, 31), "作出决定的机关或者征收部门": "鄞州区房屋征收部门", "清零办结日期": date(2023, 6, 27)},
    {"编号": _NEW, "启动专项日期": date(2023, 2, 20), "事由": "庙前地块征迁清零", "清零领域": "国有土地上房屋征收",
     "清零目标": "地块内住户全部签约腾空。", "牵头部门": "城建办", "承办人": "严俊芳", "清零期限": date(2024, 12, 20),
     "签约期限": date(2023, 5, 31), "作出决定的机关或者征收部门": "鄞州区房屋征收部门"},
    {"编号": _PASSAGE, "启动专项日期": date(2023, 4, 10), "事由": "占用消防通道清零", "清零领域": "其他专项",
     "清零目标": "排查出的占用点位全部清除。", "牵头部门": "平安办", "承办人": "罗启军", "清零期限": date(2023, 10, 31),
     "清零办结日期": date(2023, 10, 26)},
)  # fmt: skip


class _List:
    """The households of the campaigns, from one source of chance."""

    def __init__(self, rng: Random) -> None:
        self.inventor = Inventor(0, read_words())
        self.inventor.random = rng
        self.carriers = [one.name for one in read_people() if one.role == "case_officer"]
        self._made = {2022: 0, 2023: 0}

    def household(self, campaign: str, code: str, listed: date, place: str, difficulty: str) -> Row:
        self._made[listed.year] += 1
        inventor = self.inventor
        return {
            "编号": f"中河清零户〔{listed.year}〕{self._made[listed.year]}号", "单位": STREET, "列入清单日期": listed,
            "来源事项": campaign, "户号": code, "户主": inventor.name(), "户主电话": inventor.phone(),
            "房屋或者地块坐落": place, "主要难点": difficulty, "承办人": inventor.pick(self.carriers),
            "包案领导": inventor.pick(("分管领导", "街道主任", "书记")), "攻坚办法": inventor.pick(_PLANS),
        }  # fmt: skip

    def talked(self, row: Row, first: date, times: int) -> date:
        """Visits on the record; returns the last day."""
        days = [first]
        for _ in range(times - 1):
            days.append(self.inventor.workday(days[-1], 8, 20))
        told = [_TALKS[(n + times) % len(_TALKS)] for n in range(times)]
        row |= {"上门协商日期": "、".join(map(str, days)), "上门协商情况": "\n".join(told)}
        return days[-1]

    def signed(self, row: Row, day: date) -> date:
        inventor = self.inventor
        row |= {"签订协议日期": day, "补偿方式": inventor.pick(("货币补偿", "产权调换", "货币补偿和产权调换结合")),
                "搬迁期限": day + timedelta(days=30)}  # fmt: skip
        return inventor.workday(day, 5, 12)

    def cleared(self, row: Row, paid: date, day: date) -> None:
        row |= {"补偿到位日期": paid, "补偿到位方式": "补偿款转入本人账户", "腾空销号日期": day,
                "销号佐证": "验房单、钥匙交接单", "销号佐证形成日期": day - timedelta(days=1)}  # fmt: skip


def _old(made: _List) -> list[Row]:
    """The campaign of the year before: eight signed, one cleared by the court in the spring."""
    rows = []
    for n in range(_OLD_HOUSES):
        row = made.household(_OLD, f"X-{n + 1:02d}", date(2022, 3, 9), f"西岸弄{3 * n + 2}号", _DIFFICULTIES[n % 6])
        talked = made.talked(row, made.inventor.workday(date(2022, 3, 21), 0, 20), 2 + n % 3)
        if n < _OLD_HOUSES - 1:
            paid = made.signed(row, made.inventor.workday(talked, 5, 40))
            made.cleared(row, paid, made.inventor.workday(paid, 10, 22))
        else:
            row |= {
                "报请补偿决定日期": date(2022, 9, 2), "报请补偿决定理由": "四次协商，补偿诉求超出方案标准。",
                "登记补偿决定日期": date(2022, 9, 16), "补偿决定文号": "鄞政征补〔2022〕7号（样本）",
                "搬迁期限": date(2022, 10, 31), "送达补偿决定日期": date(2022, 9, 19), "补偿到位日期": date(2022, 10, 10),
                "补偿到位方式": "补偿款专户存储，周转用房落实", "登记催告日期": date(2023, 3, 22),
                "申请强制执行日期": date(2023, 4, 11), "协办单位": COURT, "裁定准予执行日期": date(2023, 5, 9),
                "裁定文号": "（2023）浙0212行审17号（样本）", "腾空销号日期": date(2023, 6, 20),
                "销号佐证": "法院执行笔录", "销号佐证形成日期": date(2023, 6, 19),
            }  # fmt: skip
        rows.append(row)
    return rows


def _new(made: _List) -> list[Row]:
    """The campaign of the year: most cleared, two struck off with evidence, some left in every stage."""
    rows = []
    houses = EXPROPRIATED - _OLD_HOUSES + STRUCK
    done = houses - LEFT - STRUCK
    for n in range(houses):
        row = made.household(_NEW, f"M-{n + 1:02d}", date(2023, 2, 22), f"庙前弄{2 * n + 1}号", _DIFFICULTIES[n % 6])
        talked = made.talked(row, made.inventor.workday(date(2023, 3, 1), 0, 25), 1 + n % 4)
        if n < done:
            paid = made.signed(row, made.inventor.workday(talked, 3, 60))
            made.cleared(row, paid, made.inventor.workday(paid, 10, 30))
        elif n < done + STRUCK:
            row |= {"移出清单日期": date(2023, 9, 12), "移出清单理由": "规划红线调整，不再征收",
                    "移出佐证": "规划调整批复（样本）", "移出佐证形成日期": date(2023, 9, 4)}  # fmt: skip
        else:
            _left(made, row, n - done - STRUCK)
        rows.append(row)
    return rows


def _left(made: _List, row: Row, n: int) -> None:
    """What the year's end finds: talks, an agreement, a decision on its way, served, contested."""
    if n in (2, 3):
        made.signed(row, date(2023, 12, 13 + n))
        return
    if n < 2:
        return
    row |= {"报请补偿决定日期": date(2023, 7, 10 + n), "报请补偿决定理由": "多次协商，补偿诉求超出方案标准。"}
    if n > 4:
        row |= {"登记补偿决定日期": date(2023, 8, 20 + n), "补偿决定文号": f"鄞政征补〔2023〕{n}号（样本）",
                "搬迁期限": date(2023, 10, 31), "送达补偿决定日期": date(2023, 9, n),
                "补偿到位日期": date(2023, 9, 20), "补偿到位方式": "补偿款专户存储，周转用房落实"}  # fmt: skip
    if n > 5:
        row |= {"登记复议或者起诉日期": date(2023, 10, 25), "救济途径": "行政诉讼"}


def _passages(made: _List) -> list[Row]:
    rows = []
    for n in range(PASSAGES):
        place = f"{made.inventor.pick(('飞虹', '彩虹', '东裕', '宋诏桥'))}社区{made.inventor.between(1, 30)}幢旁"
        row = made.household(_PASSAGE, f"T-{n + 1:02d}", date(2023, 4, 14), place, "其他")
        talked = made.talked(row, made.inventor.workday(date(2023, 4, 18), 0, 20), 1 + n % 2)
        day = made.inventor.workday(talked, 10, 100)
        row |= {"腾空销号日期": day, "销号佐证": "现场照片", "销号佐证形成日期": day}
        row["攻坚办法"] = "限期自行清除，逾期依法处理"
        rows.append(row)
    return rows


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows), in the order in which they are to be imported."""
    made = _List(rng)
    return {
        "专项清零台账.xlsx": ("campaign.campaign", [{"单位": STREET} | row for row in _CAMPAIGNS]),
        "清零对象台账.xlsx": ("campaign.household", [*_old(made), *_new(made), *_passages(made)]),
    }
