"""Advisers of a year with their visits, consultations, service points, and mediators paired with communities."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from disputes import Making
from invent import Inventor, Office, read_offices, read_people, read_words
from places import beside
from registers import mediators

Row = dict[str, Any]

STREET, FIRM = "中河街道", "浙江明衡律师事务所（样本）"
CONSULTATIONS, POINT_SERVICES, FULL_TIME_MEDIATORS = 186, 16, 5
_LAWYERS = ("杨景", "于佳洁", "沈律平", "徐衡", "柳文正", "骆思远")

_DUTIES = {
    "street": ("合法性审查、重大决策咨询、参与调解", "街道公共法律服务站", "每周二、周四 9:00–11:30", 60000),
    "community": ("坐班解答咨询、参与调解、审查社区合同、法治讲座", "社区公共法律服务点", "每周三 14:00–16:30", 6000),
    "coop": ("审查合同、列席社员代表会议、解答咨询", "合作社办公室", "每月最后一个周五 14:00–16:00", 8000),
}  # fmt: skip
_SITUATIONS = {
    "street": "按要求参与合法性审查和矛盾化解，没有发生因意见失误造成的损失。",
    "community": "每周坐班，解答居民咨询，参与调解邻里、物业纠纷，开展法治讲座。",
    "coop": "审查厂房租赁合同，列席社员代表会议，就分红和租金问题提出意见。",
}
_COMMENTS = ("服务主动，居民反映好", "坐班准时，意见到位", "坐班较规范，讲座偏少", "参与调解积极，台账要补齐")
# (way, hours low, hours high, people, contents) by level
_VISITS = {
    "community": (
        ("坐班值班", 2, 3, 6, ("解答继承、赡养问题", "解答物业费和公共收益问题", "解答劳动报酬问题", "解答房屋租赁问题",
                               "指导居民起草自书遗嘱")),
        ("参与调解", 1, 3, 4, ("参与漏水纠纷调解", "参与预付卡纠纷调解", "参与楼道堆物纠纷调解", "参与装修噪声纠纷调解")),
        ("法治讲座", 1, 2, 45, ("民法典讲座", "防范养老诈骗讲座", "物业管理法律讲座")),
        ("列席会议", 1, 2, 0, ("列席居民代表会议，就居民公约修改提出意见", "列席业主大会筹备会")),
        ("审查合同文件", 1, 2, 0, ("审查社区用房租赁合同", "审查社区活动外包合同")),
    ),
    "coop": (
        ("审查合同文件", 1, 4, 0, ("审查厂房租赁合同", "审查物业委托合同", "审查店面续租合同")),
        ("列席会议", 1, 3, 0, ("列席社员代表会议", "列席分红方案讨论会")),
        ("坐班值班", 2, 3, 3, ("解答社员资格和分红问题", "解答租金拖欠问题")),
    ),
}  # fmt: skip
# area, question, answer
_QUESTIONS = (
    ("婚姻家庭", "父亲去世没有留遗嘱，房子怎么继承？",
     "没有遗嘱的按法定继承，第一顺序为配偶、子女、父母，可以先协商，协商不成可以申请调解或者起诉。"),
    ("婚姻家庭", "自己写的遗嘱怎样才有效？", "要由本人亲笔书写，签名，并注明年、月、日。"),
    ("婚姻家庭", "兄弟不肯出老人的护理费怎么办？", "成年子女都有赡养义务，可以先请社区调解，调解不成由老人起诉。"),
    ("劳动用工", "公司拖欠两个月工资怎么办？", "可以向劳动保障监察机构投诉，也可以申请劳动仲裁，注意保存考勤和工资记录。"),
    ("劳动用工", "入职半年没有签书面合同，能要求什么？", "超过一个月没有签订的，可以要求支付二倍工资，申请仲裁有时效，尽早提出。"),
    ("合同债务", "借钱给朋友没有借条，只有转账记录，能要回来吗？", "转账记录可以作为证据，再收集聊天和催要的记录，注意诉讼时效。"),
    ("合同债务", "退租时房东不退押金怎么办？", "按合同约定结清费用、交还房屋的，可以要求退还押金；先协商，再申请调解。"),
    ("房产物业", "楼上漏水，邻居不认账怎么办？", "先固定照片和检测材料，可以申请社区调解，调解不成再起诉。"),
    ("房产物业", "物业的公共收益能不能公开？", "公共收益属于业主共有，业主可以要求物业服务人公布收支情况。"),
    ("人身损害", "骑电动车被撞伤，对方只肯赔医药费。", "误工费、护理费、交通费等合理费用也可以主张，保存病历、票据和误工证明。"),
    ("消费维权", "健身房关门，卡里的钱怎么退？", "可以要求退还余额，保存合同和付款记录，先向消费者组织投诉或者申请调解。"),
    ("消费维权", "网上买的东西能不能退？", "一般自收到商品之日起七日内可以无理由退货，定作的、鲜活易腐的等除外。"),
    ("企业经营", "店面转让合同要注意什么？", "核实房东是否同意转租、欠费和证照情况，约定清楚交接清单和违约责任。"),
    ("企业经营", "客户一直不付货款怎么办？", "先对账确认欠款金额，书面催告，约定还款计划，必要时起诉并申请保全。"),
    ("行政管理", "对罚款决定不服怎么办？", "按处罚决定书写明的途径，在规定期限内申请行政复议或者起诉。"),
    ("其他", "去公证处要带什么材料？", "带身份证明和与公证事项有关的材料，具体清单可以先电话问公证处。"),
)  # fmt: skip
_FOLLOW_UPS = (("材料不齐怎么办？", "可以先登记，调解时再补，关键证据尽量保存原件。"),
               ("要花多少钱、多长时间？", "人民调解不收费；诉讼费用和期限以法院告知为准。"))  # fmt: skip
_REFERRALS = (("人民调解", "双方已有争议，建议申请人民调解。"), ("法律援助", "符合经济困难条件，建议申请法律援助。"),
              ("诉讼、仲裁", "协商不成，建议申请劳动仲裁或者起诉。"), ("信访", "属于历史遗留问题，建议按信访程序反映。"))  # fmt: skip
# title, type, place, hours, lines (education, advice, mediation), opened
_POINTS = (
    ("钱湖商圈移动“法治小据点”", "移动法治小据点", "钱湖商圈中心广场", "每周五 16:00–20:00", "是是否", "2023-03-10"),
    ("和邦大厦“公益法律服务站”", "公益法律服务站", "和邦大厦一楼大厅", "工作日 9:00–11:30", "是是是", "2022-06-15"),
    ("嘉鄞大厦“楼宇法管家”", "楼宇法管家", "嘉鄞大厦三楼党群服务中心", "每周二、周四 14:00–17:00", "是是否", "2023-05-18"),
)  # fmt: skip
_SERVED = {
    "普法宣传": ("发放普法手册，解答扫码提问", "开展以案说法微讲座", "宣讲劳动合同注意事项"),
    "法律咨询": ("解答租赁、劳动用工问题", "解答合同和货款问题", "解答预付卡、消费维权问题"),
    "人民调解": ("调解商户之间的转租纠纷", "调解员工与企业的工资纠纷"),
}


class _Year:
    """Rows of one year from one source of chance."""

    def __init__(self, rng: Random, year: int) -> None:
        self.inventor = Inventor(0, read_words())
        self.inventor.random = rng
        self.year = year
        self.offices = {office.name: office for office in read_offices()}
        self.street = self.offices[STREET]
        served = [one for one in self.offices.values() if one.level in ("community", "coop")]
        self.served = served
        self.communities = [one for one in served if one.level == "community"]

    def day(self, first: tuple[int, int] = (1, 4), last: tuple[int, int] = (12, 22)) -> date:
        inventor = self.inventor
        return inventor.workday(inventor.day_in(date(self.year, *first), date(self.year, *last)), 0, 0)


# Engagements and visits.


def _engagements(made: _Year) -> dict[str, Row]:
    """One a unit, signed the year before and renewed for another; by office name."""
    inventor, rows = made.inventor, {}
    for n, office in enumerate((made.street, *made.served)):
        scope, place, hours, fee = _DUTIES[office.level]
        signed = inventor.workday(date(made.year - 1, 3, 14), 0, 20)
        reported = inventor.workday(date(made.year, 2, 20), 0, 8)
        row: Row = {
            "编号": f"{office.short}法顾〔{signed.year}〕1号", "单位": office.name, "聘任日期": signed, "协办单位": FIRM,
            "顾问律师": _LAWYERS[n % len(_LAWYERS)], "服务内容": scope, "聘任声明无利益冲突": "是", "顾问费（元/年）": fee,
            "公布服务信息日期": inventor.workday(signed, 1, 9), "坐班时间": hours, "坐班地点": place,
            "公布电话": f"0574-0000{3000 + n:04d}", "报送服务情况日期": reported,
            "报送服务情况服务情况": _SITUATIONS[office.level], "履职评价日期": inventor.workday(reported, 1, 6),
            "履职评分（百分制）": inventor.between(80, 98), "履职评价评价意见": inventor.pick(_COMMENTS),
        }  # fmt: skip
        row["续聘日期"] = signed.replace(year=made.year)
        row["续聘声明无利益冲突"] = "是"
        if n in (4, 17):
            row |= {
                "更换律师日期": date(made.year, 9, 1),
                "更换律师声明无利益冲突": "是",
                "更换律师理由": "律师事务所调整人员",
            }
            row["顾问律师"] += f"→{_LAWYERS[(n + 1) % len(_LAWYERS)]}"
        if n in (9, 25):
            row["申报利益冲突并回避日期"] = date(made.year, 6, 8)
            row["申报利益冲突并回避利益冲突情况"] = "曾代理相对方的其他案件，就这一份租赁合同回避。"
        rows[office.name] = row
    return rows


def _visits(made: _Year, engagements: dict[str, Row]) -> list[Row]:
    inventor, rows = made.inventor, []
    for office in made.served:
        often = inventor.between(7, 10) if office.level == "community" else inventor.between(2, 4)
        ways = _VISITS[office.level]
        for n in range(often):
            way, low, high, people, contents = ways[0] if n % 2 == 0 else inventor.pick(ways)
            day = made.day()
            hours = inventor.between(low * 2, high * 2) / 2
            row: Row = {
                "单位": office.name, "登记服务日期": day, "来源事项": engagements[office.name]["编号"], "服务方式": way,
                "服务时长（小时）": str(hours), "办理事项": inventor.pick(contents),
            }  # fmt: skip
            if people:
                row["接待人数"] = inventor.between(max(1, people // 3), people)
            rows.append(row)
    for n, row in enumerate(rows):
        day = inventor.workday(row["登记服务日期"], 1, 6)
        if n % 61 == 30:
            row |= {"不予认定日期": day, "不予认定理由": "当天律师没有到场，核实后不予认定"}
            continue
        if n % 47 == 20:
            again = inventor.workday(day, 1, 3)
            row |= {"退回日期": day, "退回理由": "时长与签到记录不符，请更正", "更正后再报日期": again}
            row["服务时长（小时）"] = f"8→{row['服务时长（小时）']}"
            day = inventor.workday(again, 1, 3)
        row["确认日期"] = day
    return _numbered(made, rows, "顾问服务", lambda row: row["登记服务日期"])


# Consultations.


def _consultations(made: _Year, count: int) -> list[Row]:
    inventor = made.inventor
    rows = [_consultation(made, n, inventor.pick(_QUESTIONS)) for n in range(count)]
    return _numbered(made, rows, "法询", _asked_on)


def _consultation(made: _Year, n: int, asked: tuple[str, str, str]) -> Row:
    """Three in four are answered on the spot; of the rest a few come late, two are open when the year ends."""
    inventor = made.inventor
    office = made.street if n % 6 == 0 else inventor.pick(made.communities)
    area, question, answer = asked
    row: Row = {"单位": office.name, "咨询类别": area, "咨询问题": question}
    if inventor.chance(0.7):
        row |= {"咨询人": inventor.name(), "咨询人电话": inventor.phone()}
    if n < 2:
        return row | {"咨询渠道": "网上", "收到咨询日期": date(made.year, 12, 27 + n)}
    if n % 4:
        row |= {"当场答复日期": made.day(), "咨询渠道": inventor.pick(("来访", "来访", "电话", "法律服务点", "上门"))}
        row["答复内容"] = answer
        answered = row["当场答复日期"]
    else:
        answered = _later_answer(made, n, row, answer)
    if answered is not None and n % 13 == 5:
        way, reason = inventor.pick(_REFERRALS)
        row |= {"转介日期": inventor.workday(answered, 0, 3), "转介去向": way, "转介理由": reason}
    elif answered is not None and inventor.chance(0.55):
        rating = inventor.weighted((5, 4, 3, 2), (12, 6, 1, 0.4))
        row |= {"评价日期": inventor.workday(answered, 0, 4), "满意度（1–5）": rating}
    return row


def _later_answer(made: _Year, n: int, row: Row, answer: str) -> date | None:
    inventor, day = made.inventor, made.day(last=(12, 12))
    row |= {"收到咨询日期": day, "咨询渠道": inventor.pick(("网上", "电话", "来访"))}
    if n == 8:
        row |= {"咨询人撤回日期": inventor.workday(day, 1, 2), "咨询人撤回理由": "已自行解决"}
        return None
    if n % 8 == 0:
        row |= {"交法律顾问日期": day, "协办单位": FIRM}
    late = n in (52, 116)
    first = inventor.workday(day, 10, 13) if late else inventor.workday(day, 1, 4)
    row |= {"答复日期": first, "答复内容": answer}
    if n % 24 == 0:
        more, reply = inventor.pick(_FOLLOW_UPS)
        again = inventor.workday(first, 1, 4)
        last = inventor.workday(again, 1, 4)
        row |= {"追问日期": again, "答复日期": f"{first}、{last}"}
        row["咨询问题"] += f"→{more}"
        row["答复内容"] += f"→{reply}"
        return last
    return first


def _asked_on(row: Row) -> date:
    return row.get("收到咨询日期") or row["当场答复日期"]


# Service points.


def _points(made: _Year, services: int) -> list[Row]:
    rows = []
    for n, (title, kind, place, hours, lines, opened) in enumerate(_POINTS):
        day = date.fromisoformat(opened)
        row: Row = {
            "单位": STREET, "设立日期": day, "事由": title, "服务点类型": kind, "设置地点": place, "开放时间": hours,
            "服务电话": f"0574-0000{3100 + n:04d}",
        }  # fmt: skip
        lon, lat = beside(STREET, title)
        row |= {"标定位置日期": day, "经度": lon, "纬度": lat}  # invented, like the rest
        row |= dict(zip(("提供普法宣传", "提供法律咨询", "提供人民调解"), lines, strict=True))
        given = [line for line, has in zip(_SERVED, lines, strict=True) if has == "是"]
        _roster(made, row, max(day, date(made.year, 1, 3)))
        _services(made, row, given, max(day, date(made.year, 1, 3)), services)
        rows.append(row)
    return _numbered(made, rows, "法服点", lambda row: row["设立日期"])


def _roster(made: _Year, row: Row, day: date) -> None:
    """A roster for each quarter that is left of the year."""
    ends = [date(made.year, month, last) for month, last in ((3, 31), (6, 30), (9, 30), (12, 31))]
    days, untils = [], []
    for end in ends:
        if end >= day:
            days.append(day)
            untils.append(end)
            day = end + timedelta(days=1)
    duty = [f"第{n}班 {_LAWYERS[n % len(_LAWYERS)]}、{_LAWYERS[(n + 2) % len(_LAWYERS)]}" for n in range(len(days))]
    row |= {"排班日期": "、".join(map(str, days)), "排班值班安排": "\n".join(duty)}
    row["值班表排到"] = "→".join(map(str, untils))


def _services(made: _Year, row: Row, given: list[str], first: date, count: int) -> None:
    inventor = made.inventor
    days = sorted(made.day((first.month, first.day), (12, 20)) for _ in range(count))
    lines = [inventor.pick(given) for _ in days]
    row |= {
        "服务登记日期": "、".join(map(str, days)),
        "服务登记服务类别": "\n".join(lines),
        "服务登记服务人数": "\n".join(str(inventor.between(3, 24)) for _ in days),
        "服务登记服务情况": "\n".join(inventor.pick(_SERVED[line]) for line in lines),
    }


# Pairings.


def _pairings(made: _Year, full_time: int) -> list[Row]:
    """Every community with the full-time mediator whose patch it is; two changed hands in summer."""
    making = Making(Inventor(0, read_words()), made.year, made.street, made.communities, read_people(), "", "")
    known = [row for row in mediators(making, full_time) if row["专职"] == "是"]
    by_short = {office.short: office.name for office in made.communities}
    rows: list[Row] = []
    for n, mediator in enumerate(known):
        for short in mediator["包片范围"].split("、"):
            row = {"单位": by_short[short], "结对日期": made.inventor.workday(date(made.year, 2, 6), 0, 12),
                   "结对调解员": mediator["编号"], "结对内容": "每月到社区一次，指导疑难纠纷和案卷制作"}  # fmt: skip
            if len(rows) in (3, 11):
                row["结对调解员"] += f"→{known[(n + 1) % len(known)]['编号']}"
                row |= {"更换调解员日期": date(made.year, 7, 10), "更换调解员理由": "包片调整"}
            rows.append(row)
    return _numbered(made, rows, "结对", lambda row: row["结对日期"])


def _numbered(made: _Year, rows: list[Row], series: str, day_of: Any) -> list[Row]:
    """In the order of their days, numbered by office and year."""
    used: dict[tuple[str, int], int] = {}
    rows.sort(key=lambda row: (day_of(row), row["单位"]))
    for row in rows:
        office: Office = made.offices[row["单位"]]
        key = (office.short, day_of(row).year)
        used[key] = used.get(key, 0) + 1
        row["编号"] = f"{office.short}{series}〔{key[1]}〕{used[key]}号"
    return rows


def ledgers(rng: Random, year: int = 2023, full_time: int = FULL_TIME_MEDIATORS) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported.

    The pairings name mediators by number: they come after the ledger of mediators.
    """
    made = _Year(rng, year)
    engagements = _engagements(made)
    return {
        "结对共建台账.xlsx": ("mediation.pairing", _pairings(made, full_time)),
        "法律顾问聘任台账.xlsx": ("counsel.engagement", list(engagements.values())),
        f"法律顾问服务台账-{year}.xlsx": ("counsel.visit", _visits(made, engagements)),
        "法律服务点台账.xlsx": ("counsel.servicepoint", _points(made, POINT_SERVICES)),
        f"法律咨询台账-{year}.xlsx": ("counsel.consultation", _consultations(made, CONSULTATIONS)),
    }
