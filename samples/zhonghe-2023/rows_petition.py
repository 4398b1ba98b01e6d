"""Petitions and leaders' receptions of a year: invented people, lawful days, no backlog left at the end."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_people, read_words

Row = dict[str, Any]

STREET, UPPER, DISTRICT_JUSTICE = "中河街道", "鄞州区信访局", "鄞州区司法局"
COMMUNITIES = (
    "飞虹社区", "宋诏桥社区", "彩虹社区", "城兴社区", "天城社区", "金馨社区", "桑菊社区", "东湖社区", "汪董社区",
)  # fmt: skip
ROOM = "街道信访接待室"
_MONTHS = (0.8, 0.7, 1.1, 1.0, 1.0, 1.1, 1.0, 0.9, 1.0, 0.9, 1.1, 0.9)

# How many petitions of each fate a year has; at its end none is late and none is listed.
FATES = {
    "opinion": 33, "settled": 11, "redirected": 9, "duty": 8, "suggestion": 10, "referred": 3, "directed": 4,
    "withdrawn": 3, "returned": 2, "pending": 4,
}  # fmt: skip
EXTENDED, REVIEWED, RECHECKED, BACKLOG_RESOLVED, JOINT, URGENT = 5, 4, 1, 5, 4, 2
RECEPTIONS, UNPLANNED, IDLE, CANCELLED, DOWNWARD, HANDED_OVER = 63, 19, 7, 2, 9, 14

# (title, what is asked, what was found, what was decided, on which basis, how the opinion concludes)
APPEALS = (
    ("加装电梯底层住户补偿", "要求协调底层住户采光补偿", "三幢二单元加装电梯经三分之二以上业主同意，底层采光略有减少，现行规定没有统一补偿标准",
     "由社区组织业主协商补偿，规划、住建部门到场解释", "《中华人民共和国民法典》第二百七十八条", "解释说明"),
    ("安置房交付面积差", "要求按协议补足面积差价", "实测面积比协议少二点六平方米，测绘报告属实", "督促实施单位按协议约定结清差价",
     "安置协议第七条", "予以支持"),
    ("物业公共收益公示", "要求公示近三年公共收益", "物业企业只公示了一年的公共收益", "督促物业企业补充公示并由业主委员会核对",
     "《物业管理条例》第五十四条", "予以支持"),
    ("临时救助金额", "要求提高临时救助标准", "信访人已按规定享受临时救助，金额符合现行标准", "现行标准以内不能再提高，另行对接慈善帮扶",
     "临时救助的有关规定", "解释说明"),
    ("沿街店面油烟扰民", "要求餐饮店停业", "餐饮店证照齐全，油烟净化设备已清洗，检测达标", "达标经营不能要求停业，纳入日常巡查",
     "检测报告", "不予支持"),
    ("小区道路改造绿化占用", "要求恢复原有绿化", "改造方案经业主大会表决并公示，补种面积大于占用面积", "按改造方案完成补种，不再恢复原状",
     "业主大会决议", "不予支持"),
    ("老旧小区漏水维修", "要求使用维修资金彻底维修屋面", "屋面防水老化，多户漏水属实", "协助业主申请使用维修资金，六月底前完工",
     "《物业管理条例》第五十三条", "予以支持"),
    ("停车位月租涨价", "要求恢复原来的价格", "涨价经业主委员会同意并公示三十日", "价格由业主与物业企业协商确定，建议召开协商会",
     "物业服务合同", "解释说明"),
    ("征收补偿重复计算", "要求按现住人口补偿", "补偿协议已履行完毕，人口认定符合当时政策", "协议已经履行，不支持重新计算",
     "征收补偿协议", "不予支持"),
    ("公交站点撤销", "要求恢复站点", "站点因道路施工临时撤销，施工期到年底", "施工完成后恢复，期间增设临时停靠点",
     "施工期间交通组织方案", "予以支持"),
    ("居家养老服务补贴", "要求补发三个月补贴", "系统录入有误，三个月没有发放", "核实后于次月补发",
     "居家养老服务补贴的有关规定", "予以支持"),
    ("健身广场夜间噪声", "要求取消广场舞", "活动时间多在二十一时前，偶有超时", "约定活动时间和音量，由社区劝导",
     "噪声污染防治的有关规定", "解释说明"),
)  # fmt: skip
SETTLEMENTS = (
    ("健身房闭店退卡", "要求退还预付款", "经营者分三期退还剩余会费，逾期按约定计付利息"),
    ("装修公司停工", "要求退还工程款", "装修公司退还未施工部分工程款，业主另行委托施工"),
    ("施工振动致墙面开裂", "要求赔偿维修费", "施工单位在三十日内修复，双方再无其他争议"),
    ("培训机构转让后不予续课", "要求继续上课", "由受让机构接续剩余课时，不愿接续的按课时退费"),
    ("幼儿园退费", "要求退还当学期费用", "按实际在园天数结算，余款十日内退还"),
)
REDIRECTIONS = (
    ("拖欠工资", "要求单位支付工资", "仲裁", "劳动人事争议仲裁机构", "双方存在劳动争议，应当先申请仲裁"),
    ("邻里相邻权争议", "要求拆除邻居围栏", "诉讼、复议等法律程序", "人民法院", "属于民事争议，已经起诉"),
    ("不服交通处罚", "要求撤销罚单", "行政复议、裁决、确认、许可、处罚等行政程序", "行政复议机关", "对行政处罚不服，应当申请行政复议"),
    ("组织处理异议", "要求复查党纪处分", "党员申诉、申请复审", "有管理权限的党组织", "属于党员对处分的申诉"),
)  # fmt: skip
DUTIES = (
    ("查处违规占用楼道", "要求依法清理", "已责令限期清理，回头看没有反复", "已依法履行"),
    ("查处沿街违规设置广告", "要求依法拆除", "当事人已自行拆除，综合执法队复核无反复", "已依法履行"),
    ("查处夜间占道经营", "要求依法取缔", "已联合执法劝离，责令改正并纳入重点巡查", "已依法履行"),
    ("要求认定邻居阳台为违法建筑", "要求立案查处", "阳台随房屋竣工时已封闭，经规划部门确认不属违法建设", "不予履行"),
)
SUGGESTIONS = (
    ("增设非机动车停车点", "建议在地铁口增设非机动车停车点", "先在东侧试设二十个停车位，运行三个月后再扩大", "部分采纳"),
    ("社区食堂开放晚餐", "建议社区食堂增加晚餐供应", "自下月起工作日开放晚餐", "采纳"),
    ("河岸步道加装照明", "建议河岸步道加装路灯", "已列入下一年度微改造项目", "采纳"),
    ("小区内设置宠物便袋箱", "建议各小区设置宠物便袋箱", "首批在六个小区设置", "采纳"),
    ("取消早市", "建议取消早市", "早市方便周边居民，暂不取消，加强保洁", "未采纳"),
)  # fmt: skip


class _Year:
    """Rows of one year from one source of chance."""

    def __init__(self, rng: Random, year: int) -> None:
        self.inventor = Inventor(0, read_words())
        self.inventor.random = rng
        self.year = year
        people = read_people()
        self.officers = [one.name for one in people if one.role == "case_officer"]
        self.leaders = [one.name for one in people if one.role in ("party_secretary", "director", "deputy")]

    def day(self, first: tuple[int, int] = (1, 1), last: tuple[int, int] = (12, 10)) -> date:
        inventor = self.inventor
        return inventor.workday(inventor.day_in(date(self.year, *first), date(self.year, *last), _MONTHS), 0, 0)

    def later(self, day: date, low: int, high: int) -> date:
        return self.inventor.workday(day, low, high)

    def home(self) -> str:
        inventor = self.inventor
        return f"{inventor.pick(COMMUNITIES)}{inventor.between(1, 40)}幢{inventor.between(1, 18)}0{inventor.between(1, 6)}室"


# Receptions.


def _receptions(made: _Year, count: int) -> list[Row]:
    inventor = made.inventor
    rows = []
    for n in range(count + IDLE + CANCELLED):
        day, leader = made.day(last=(12, 28)), made.leaders[n % len(made.leaders)]
        is_downward = n < DOWNWARD
        row: Row = {"单位": STREET, "接访领导": leader, "下访": "是" if is_downward else "否"}
        row["接访地点"] = f"{inventor.pick(COMMUNITIES)}居委会" if is_downward else ROOM
        if n < UNPLANNED:
            row["随访接待日期"] = day
        else:
            row |= {"排班日期": day - timedelta(days=inventor.between(7, 25)), "排定日期": day}
        if n >= count + IDLE:
            row |= {"取消日期": day - timedelta(days=2), "取消理由": "领导参加区里会议，另行安排"}
        elif n >= count:
            row["无人来访日期"] = day
        else:
            if n >= UNPLANNED:
                row["接访日期"] = day
            row |= _visit(made, day, is_handed_over=UNPLANNED <= n < UNPLANNED + HANDED_OVER)
        rows.append(row)
    rows.sort(key=_reception_day)
    return _numbered(rows, "中河接访", _reception_day)


def _reception_day(row: Row) -> date:
    return row.get("随访接待日期") or row["排班日期"]


def _visit(made: _Year, day: date, is_handed_over: bool) -> Row:
    inventor = made.inventor
    title, asked, found, *_ = inventor.pick(APPEALS)
    row: Row = {
        "事由": title, "反映事项": f"来访人反映：{asked}。", "来访人": inventor.name(), "来访人电话": inventor.phone(),
        "来访人住址": made.home(), "来访人数": inventor.weighted((1, 2, 3, 4), (70, 20, 6, 4)),
    }  # fmt: skip
    if is_handed_over:
        row |= {"转信访事项办理日期": made.later(day, 0, 1), "答复意见": "登记为信访事项，按程序办理。"}
    else:
        row |= {"当面答复日期": day, "答复意见": f"当面说明：{found}。"}
    return row


# Petitions.


def _petitions(made: _Year, receptions: list[Row]) -> list[Row]:
    rows = []
    for fate, count in FATES.items():
        rows += [_MAKERS[fate](made, n) for n in range(count)]
    _from_receptions(rows, [row for row in receptions if "转信访事项办理日期" in row])
    rows.sort(key=_petition_day)
    return _numbered(rows, "中河访", _petition_day)


def _petition_day(row: Row) -> date:
    return next(row[f"{step}日期"] for step in ("登记", "接收转送", "接收交办") if f"{step}日期" in row)


def _opened(made: _Year, n: int, category: str, title: str, asked: str, day: date) -> Row:
    """A petition as it came in: most come in directly, some were sent down."""
    inventor = made.inventor
    way = inventor.weighted(("登记", "接收转送", "接收交办"), (74, 20, 6)) if category == "申诉求决" else "登记"
    is_anonymous = category == "检举控告" and inventor.chance(0.3)
    row: Row = {
        "单位": STREET, f"{way}日期": day, "事由": title, "事项类别": category, "投诉请求": f"{asked}。",
        "信访形式": inventor.weighted(("来访", "来信", "网络", "来电"), (34, 18, 36, 12)),
        "信访人": "匿名" if is_anonymous else inventor.name(),
    }  # fmt: skip
    if not is_anonymous:
        row |= {"信访人证件号码": inventor.id_no(), "信访人电话": inventor.phone(), "信访人住址": made.home()}
    if way != "登记":
        row |= {"转送交办机关": UPPER, "转送交办文号": f"鄞信〔{made.year}〕{100 + n * 7}号"}
    if way == "接收交办":
        row["要求反馈日期"] = day + timedelta(days=60)
    return row


def _informed(made: _Year, row: Row, day: date) -> date:
    told = made.later(day, 0, 8)
    row["告知接收情况日期"] = told
    if told == day:
        row["告知接收情况当场告知"] = "是"
    return told


def _accepted(made: _Year, n: int, subjects: tuple[Any, ...], last: tuple[int, int] = (10, 10)) -> tuple[Row, date]:
    day = made.day(last=last)
    title, asked = subjects[n % len(subjects)][:2]
    row = _opened(made, n, "申诉求决", title, asked, day)
    taken = made.later(_informed(made, row, day), 0, 5)
    row |= {"受理日期": taken, "承办人": made.inventor.pick(made.officers)}
    heard = made.later(taken, 1, 12)
    row |= {
        "听取陈述和调查核实日期": heard,
        "听取陈述和调查核实调查记录": "听取信访人陈述，查阅材料，到现场核实。",
    }
    return row, heard


def _opinion(made: _Year, n: int) -> Row:
    row, heard = _accepted(made, n, APPEALS)
    _, asked, found, decided, basis, outcome = APPEALS[n % len(APPEALS)]
    drafted = made.later(heard, 3, 18)
    if n < EXTENDED:
        extended = made.later(heard, 10, 20)
        row |= {"延长办理期限日期": extended, "延长办理期限理由": "涉及多个单位，需要进一步核实"}
        row["延长办理期限延长天数"] = 30
        drafted = made.later(extended, 15, 30)
    issued = made.later(drafted, 0, 3)
    served = made.later(issued, 0, 4)
    row |= {
        "事实和理由": f"信访人提出：{asked}。经查：{found}。", "处理意见": f"{decided}。", "法律法规依据": f"{basis}。",
        "意见结论": outcome, "拟写处理意见日期": drafted, "出具处理意见书日期": issued, "送达日期": served,
        "送达方式": made.inventor.weighted(("当面送达", "邮寄送达", "网上送达"), (55, 30, 15)),
    }  # fmt: skip
    if EXTENDED <= n < EXTENDED + BACKLOG_RESOLVED:
        _backlog(made, row, row["受理日期"], served)
    if EXTENDED + BACKLOG_RESOLVED <= n < EXTENDED + BACKLOG_RESOLVED + REVIEWED:
        last = _reviewed(made, row, served, is_rechecked=n < EXTENDED + BACKLOG_RESOLVED + RECHECKED)
    else:
        last = served
    if outcome == "予以支持":
        last = made.later(last, 5, 15)
        row |= {"督促执行日期": last, "督促执行办理情况": "责任单位已按处理意见办理完毕。"}
    if "终结日期" not in row and made.inventor.chance(0.7):
        last = max(last, row.get("积案化解日期", last))
        row["满意度评价日期"] = made.later(last, 1, 8)
        row["满意度（1–5）"] = made.inventor.weighted((5, 4, 3, 2), (46, 36, 12, 6))
    return row


def _reviewed(made: _Year, row: Row, served: date, is_rechecked: bool) -> date:
    asked = made.later(served, 8, 25)
    told = made.later(asked, 15, 26)
    row |= {"信访人请求复查日期": asked, "收到复查意见日期": told, "复查结果": "维持"}
    if not is_rechecked:
        return told
    again = made.later(told, 5, 20)
    last = made.later(again, 15, 26)
    row |= {"信访人请求复核日期": again, "收到复核意见日期": last, "复核结果": "维持"}
    row["终结日期"] = made.later(last, 1, 3)
    return last


def _backlog(made: _Year, row: Row, taken: date, served: date) -> None:
    """Listed while it was handled, resolved after the answer."""
    row |= {
        "列入积案日期": made.later(taken, 0, 1), "积案来由": made.inventor.pick(("上级交办的积案", "重复信访", "长期未化解")),
        "包案领导": made.inventor.pick(made.leaders), "积案化解日期": made.later(served, 2, 20),
        "积案化解办理情况": "包案领导约访，责任单位落实措施，信访人表示认可。",
    }  # fmt: skip


def _settled(made: _Year, n: int) -> Row:
    row, heard = _accepted(made, n, SETTLEMENTS, last=(11, 10))
    mediated = made.later(heard, 1, 8)
    settled = made.later(mediated, 1, 12)
    row |= {
        "争议对方": made.inventor.company("shop"), "组织调解日期": mediated, "组织调解调解记录": "各方到场，协商退还数额和时间。",
        "组织调解各方同意": "是", "达成调解和解日期": settled, "达成调解和解各方同意": "是", "协议类型": "调解协议书",
        "协议内容": f"{SETTLEMENTS[n % len(SETTLEMENTS)][2]}。", "满意度评价日期": made.later(settled, 2, 10),
        "满意度（1–5）": made.inventor.weighted((5, 4), (70, 30)),
    }  # fmt: skip
    if n < JOINT:
        spokesmen = [made.inventor.name() for _ in range(3 + n % 3)]
        row |= {"信访形式": "来访", "涉及人数": 12 + 9 * n, "代表人": "、".join(spokesmen)}
    if n < URGENT:
        row |= {
            "重大紧急": "是", "报告重大紧急事项日期": _petition_day(row),
            "报告重大紧急事项理由": "多名消费者聚集，情绪激动。",
            "报告重大紧急事项已采取的措施": "派员到场疏导，约谈经营者，告知市场监管部门。",
        }  # fmt: skip
    return row


def _redirected(made: _Year, n: int) -> Row:
    title, asked, route, competent, why = REDIRECTIONS[n % len(REDIRECTIONS)]
    day = made.day()
    row = _opened(made, n, "申诉求决", title, asked, day)
    return row | {
        "导入其他程序日期": made.later(day, 1, 9), "办理途径": route, "有权处理的机关": competent,
        "导入其他程序理由": why,
    }  # fmt: skip


def _duty(made: _Year, n: int) -> Row:
    title, asked, done, result = DUTIES[n % len(DUTIES)]
    day = made.day(last=(11, 20))
    row = _opened(made, n, "申诉求决", title, asked, day)
    begun = _informed(made, row, day)
    return row | {
        "依法履职办理日期": begun, "承办人": made.inventor.pick(made.officers),
        "答复履职申请日期": made.later(begun, 8, 30), "履职结果": result, "处理意见": f"{done}。",
        "法律法规依据": "街道综合行政执法事项清单。",
    }  # fmt: skip


def _suggestion(made: _Year, n: int) -> Row:
    title, asked, reply, adoption = SUGGESTIONS[n % len(SUGGESTIONS)]
    day = made.day()
    row = _opened(made, n, "建议意见", title, asked, day)
    return row | {"回复建议日期": made.later(day, 3, 12), "处理意见": f"{reply}。", "采纳情况": adoption}


def _referred(made: _Year, n: int) -> Row:
    day = made.day()
    row = _opened(made, n, "检举控告", "反映法律服务人员违规收费", "要求查处", day)
    return row | {
        "被检举控告人": made.inventor.name(), "转送有权机关日期": made.later(day, 1, 6), "协办单位": DISTRICT_JUSTICE,
    }  # fmt: skip


def _directed(made: _Year, n: int) -> Row:
    day = made.day()
    row = _opened(made, n, "建议意见", "地铁线路和站点", "建议增设站点", day)
    return row | {
        "告知向有权机关提出日期": made.later(day, 1, 6), "有权处理的机关": "市轨道交通主管部门",
        "告知向有权机关提出理由": "轨道交通规划不属于街道职权。",
    }  # fmt: skip


def _withdrawn(made: _Year, n: int) -> Row:
    title, asked = APPEALS[n][:2]
    day = made.day()
    row = _opened(made, n, "申诉求决", title, asked, day)
    told = _informed(made, row, day)
    return row | {"信访人撤回日期": made.later(told, 1, 6), "信访人撤回理由": "问题已经解决，信访人自愿撤回。"}


def _returned(made: _Year, n: int) -> Row:
    day = made.day()
    row = _opened(made, n, "建议意见", "高架道路隔音屏", "要求加装隔音屏", day)
    row["接收转送日期"] = row.pop("登记日期")
    objected = made.later(day, 1, 3)
    return row | {
        "事项类别": "申诉求决", "转送交办机关": UPPER, "转送交办文号": f"鄞信〔{made.year}〕{20 + n}号",
        "提出异议日期": objected, "提出异议理由": "高架道路由市交通部门养护，隔音屏建设不属于街道职权。",
        "交还材料日期": made.later(objected, 2, 6),
    }  # fmt: skip


def _pending(made: _Year, n: int) -> Row:
    """Came in at the end of the year; the answer is not due before the next."""
    title, asked = APPEALS[(n + 5) % len(APPEALS)][:2]
    day = made.day((12, 8), (12, 22))
    row = _opened(made, n, "申诉求决", title, asked, day)
    row.pop("要求反馈日期", None)
    told = made.later(day, 0, 4)
    return row | {"告知接收情况日期": told, "受理日期": told, "承办人": made.inventor.pick(made.officers)}


_MAKERS = {
    "opinion": _opinion, "settled": _settled, "redirected": _redirected, "duty": _duty, "suggestion": _suggestion,
    "referred": _referred, "directed": _directed, "withdrawn": _withdrawn, "returned": _returned, "pending": _pending,
}  # fmt: skip


def _from_receptions(rows: list[Row], handed: list[Row]) -> None:
    """Each reception that was handed over gives rise to a petition registered after it."""
    for reception in handed:
        day = reception["转信访事项办理日期"]
        free = [row for row in rows if "来源事项" not in row and row.get("登记日期", date.min) >= day]
        free = [row for row in free if row["信访形式"] == "来访" and row["事项类别"] == "申诉求决"]
        free = [row for row in free if "代表人" not in row]
        if free:
            row = min(free, key=_petition_day)
            row |= {"来源事项": reception["编号"], "信访人": reception["来访人"]}


def _numbered(rows: list[Row], series: str, day_of: Any) -> list[Row]:
    used: dict[int, int] = {}
    for row in rows:
        year = day_of(row).year
        used[year] = used.get(year, 0) + 1
        row["编号"] = f"{series}〔{year}〕{used[year]}号"
    return rows


def ledgers(rng: Random, year: int = 2023, receptions: int = RECEPTIONS) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng, year)
    received = _receptions(made, receptions)
    return {
        f"领导接访登记簿-{year}.xlsx": ("petition.reception", received),
        f"信访事项台账-{year}.xlsx": ("petition.petition", _petitions(made, received)),
    }
