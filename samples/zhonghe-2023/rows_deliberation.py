"""What residents deliberated in the street's "HE大家说" in a year. Everything here is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from invent import read_offices

YEAR = 2023
TOPICS = 40
_PLACES = ("社区议事厅", "党群服务中心", "小区凉亭", "楼宇会客厅")
# (category, title, issue, voices, consensus, result, evidence)
_SCENES = (
    ("停车和交通", "非机动车停放和充电", "楼道停放电动自行车，充电棚不够。",
     ("多设充电棚", "电力容量可以满足两处", "楼道要先清理", "费用要公示"), "新建两处充电棚，楼道限期清理。",
     "充电棚已启用，楼道已清理。", "验收单、照片"),
    ("停车和交通", "夜间停车位共享", "夜间停车难，附近单位车位空置。",
     ("希望单位车位夜间开放", "要登记车牌", "早八点前驶离"), "与两家单位签订夜间共享协议，早八点前驶离。",
     "开放夜间车位六十个。", "共享协议"),
    ("加装电梯和老旧改造", "单元加装电梯费用分摊", "低楼层和高楼层住户对分摊有分歧。",
     ("低楼层不应分摊", "按楼层系数分摊", "可以协商补偿采光", "请法律顾问测算"), "按楼层系数分摊，低楼层给予补偿。",
     "电梯已开工。", "开工报告"),
    ("环境卫生", "垃圾分类点位调整", "两处点位靠近卧室窗户。",
     ("移到东门", "要有洗手池", "早晚有人督导"), "一处移到东门，增设洗手池。", "新点位启用。", "现场照片"),
    ("环境卫生", "宠物便溺管理", "绿地宠物便溺较多。",
     ("设宠物便箱", "签文明养犬公约", "加强劝导"), "设便箱四处，签订文明养犬公约。", "便箱已设，公约已签。", "公约签名页"),
    ("物业和业委会", "公共收益使用", "广告和停车收益怎么用、怎么公示。",
     ("先补维修资金", "按季公示", "请第三方核对"), "六成补充维修资金，按季度公示。", "首期公示完成。", "公示照片"),
    ("公共设施", "休闲长廊修缮", "长廊座椅破损，雨天漏水。",
     ("换防腐木", "加装照明"), "更换座椅，修补顶棚，加装照明。", "修缮完成。", "竣工验收单"),
    ("消防和安全", "消防通道划线", "通道被占，应急车辆进不来。",
     ("划禁停线", "物业要巡查", "临时装卸要有位置"), "划设禁停线和临时装卸位，物业每日巡查。", "划线完成。", "现场照片"),
    ("居民公约", "修订居民公约", "公约没有高空抛物、飞线充电的内容。",
     ("写进高空抛物", "写进飞线充电", "不设罚款"), "增补两条，不设罚款。", "修订公约已公布。", "公约文本"),
    ("其他", "社区食堂菜价和配送", "高龄老人希望送餐上门。",
     ("收一元配送费", "志愿者轮流送"), "志愿者送餐，配送费一元。", "送餐服务开通。", "服务登记表"),
)  # fmt: skip
_SPEAKERS = ("居民", "居民", "物业", "商户企业", "两代表一委员", "有关单位", "法律顾问")

Row = dict[str, Any]


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows), in the order in which they are to be imported."""
    communities = [office for office in read_offices() if office.level == "community"]
    rows, counted = [], Counter[str]()
    days = sorted(date(YEAR, 1, 9) + timedelta(days=rng.randint(0, 330)) for _ in range(TOPICS))
    for n, day in enumerate(days):
        office = communities[(n * 7) % len(communities)]
        counted[office.short] += 1
        number = f"{office.short}议事〔{YEAR}〕{counted[office.short]}号"
        rows.append({"编号": number, "单位": office.name} | _topic(rng, n, _later(day, 0)))
    return {f"议事协商台账-{YEAR}.xlsx": ("deliberation.topic", rows)}


def _later(day: date, days: int) -> date:
    """A day so many days later, moved on to Monday from a weekend."""
    found = day + timedelta(days=days)
    return found + timedelta(days=(7 - found.weekday()) % 7 if found.weekday() > 4 else 0)


def _topic(rng: Random, n: int, raised: date) -> Row:
    category, title, issue, voices, consensus, result, evidence = _SCENES[n % len(_SCENES)]
    row: Row = {"提出议题日期": raised, "事由": title, "议题类别": category, "议题内容": issue}
    if n % 17 == 16:
        row |= {"不列入议事日期": _later(raised, 3), "不列入议事理由": "属于行政机关职责，已转有关部门"}
        return row
    noticed = _later(raised, rng.randint(2, 5))
    meets = _later(noticed, rng.randint(5, 9))
    people = rng.randint(9, 34)
    row |= {
        "公告日期": noticed,
        "议事日期": meets,
        "议事地点": _PLACES[n % len(_PLACES)],
        "邀请参加人员": "居民代表、物业、业委会、有关单位",
        "记录意见日期": "、".join([str(meets)] * len(voices)),
        "记录意见发言人身份": "\n".join(_SPEAKERS[(n + k) % len(_SPEAKERS)] for k, _ in enumerate(voices)),
        "记录意见发言方式": "\n".join("会上" for _ in voices),
        "记录意见意见": "\n".join(voices),
        "参加人数": people,
    }
    if n % 11 == 10:
        return row | {"未达成共识日期": meets, "未达成共识理由": "分歧较大，请法律顾问测算方案后再议"}
    row |= {"达成共识日期": meets, "共识": consensus, "落实期限": _later(meets, rng.randint(45, 75))}
    executed = _later(meets, rng.randint(20, 58))
    if executed > date(YEAR, 12, 22):
        return row
    row |= {
        "落实日期": executed,
        "落实结果": result,
        "落实佐证": evidence,
        "佐证形成日期": executed - timedelta(days=1),
    }
    judged = _later(executed, rng.randint(7, 20))
    if judged > date(YEAR, 12, 29):
        return row
    asked = max(3, people - rng.randint(0, 6))
    return row | {"参与人评价日期": judged, "评价人数": asked, "满意人数": asked - rng.choice((0, 0, 0, 1, 1, 2))}
