"""Registers and short ledgers: mediators, committees, enforcement staff, disclosure, the target."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from disputes import Making, Row
from invent import Person
from places import INVENTED, places

MEDIATOR_COLUMNS = ("编号", "单位", "聘任日期", "姓名", "专职", "公布电话", "包片范围", "优秀（星级）调解员", "报区司法局备案日期",
                    "评为优秀日期", "评为优秀理由", "擅长的纠纷类型", "工作单位", "值班日", "请假日期", "请假起", "请假止",
                    "请假理由")  # fmt: skip
COMMITTEE_COLUMNS = ("编号", "单位", "设立日期", "主任", "委员人数", "女委员人数", "换届日期", "报区司法局备案日期",
                     "规范化评分日期", "规范化评分（百分制）", "标定位置日期", "经度", "纬度", "调解室地点", "开放时间",
                     "服务电话")  # fmt: skip
OFFICER_COLUMNS = ("编号", "单位", "登记在册日期", "姓名", "岗位", "编制", "所在科室", "报名考试日期", "考试日期",
                   "考试成绩", "考试合格日期", "考试不合格日期", "发执法证日期", "申领执法证日期", "申领执法证理由",
                   "执法证号", "发证日期", "发第二证件日期", "第二证件号", "下沉日期", "下沉方式",
                   "暂停执法日期", "暂停执法理由", "离开日期", "离开理由")  # fmt: skip
REQUEST_COLUMNS = ("编号", "单位", "收到申请日期", "事由", "申请渠道", "申请人类别", "申请人", "申请人证件号码",
                   "申请人电话", "申请人住址", "所需政府信息", "提供形式", "送达方式", "承办人", "告知补正日期",
                   "告知补正需要补正的事项", "补正期限", "收到补正日期", "延长答复期限日期", "延长答复期限理由",
                   "拟写答复日期", "答复结果", "提供的信息", "获取的方式、途径和时间", "理由", "检索情况",
                   "负责公开的机关", "该机关联系方式", "签发答复日期", "送达答复日期", "答复送达方式", "归档日期")  # fmt: skip
PUBLICATION_COLUMNS = ("编号", "单位", "形成信息日期", "事由", "组配分类", "主题分类", "体裁分类", "内容概述", "文号",
                       "索引号", "公开审查日期", "公开审查审查意见", "发布日期", "发布时刻")  # fmt: skip
TARGET_COLUMNS = ("编号", "单位", "设定目标日期", "所盯指标", "考核方案", "年度", "目标值", "方向", "确认未达成日期",
                  "确认未达成理由")  # fmt: skip

# What the full-time mediators are good at, in turn; those of communities take whatever comes.
_SKILLS = (
    "婚姻家庭纠纷、邻里纠纷、损害赔偿纠纷", "其他劳动争议纠纷、拖欠农民工工资纠纷、合同纠纷", "物业纠纷、邻里纠纷、房屋宅基地纠纷",
    "其他消费纠纷、电子商务纠纷、合同纠纷", "道路交通事故纠纷、医疗纠纷、损害赔偿纠纷",
)  # fmt: skip
_ON_LEAVE = 7  # every seventh mediator of a community was away for a week of the year
_ELECTED = ("2018-06-20", "2021-06-16", "2024-06-19")
_EXAMS = ("2021-06-19", "2022-06-18", "2023-06-17")
_ORGANISATION = "79954841-2"  # under which the street publishes
# Titles of what a street publishes: (title, 组配分类, 主题分类, 体裁分类).
_PUBLISHED = (
    ("{year}年度政府信息公开工作年度报告", "公开指南和年度报告", "政务公开", "报告"),
    ("{year}年部门预算", "财政信息", "财政、金融、审计", "报告"),
    ("{year}年部门决算", "财政信息", "财政、金融、审计", "报告"),
    ("{year}年防汛防台应急预案", "应急管理", "民政、救灾", "通知"),
    ("{year}年平安建设工作要点", "规划计划", "公安、安全、司法", "通知"),
    ("{year}年重点工程建设计划", "规划计划", "城乡建设、环境保护", "通知"),
    ("{year}年第{n}季度政府购买服务项目公示", "财政信息", "财政、金融、审计", "公告"),
    ("{year}年第{n}季度低保边缘家庭公示", "民生服务", "民政、救灾", "公告"),
    ("{year}年第{n}季度行政处罚信息公示", "行政执法", "公安、安全、司法", "公告"),
    ("{year}年第{n}批老旧小区改造公示", "民生服务", "城乡建设、环境保护", "公告"),
    ("{year}年编外人员招聘公告（第{n}号）", "人事信息", "劳动、人事", "公告"),
    ("{year}年第{n}期文化活动安排", "民生服务", "文化、体育", "通知"),
)  # fmt: skip


def mediators(making: Making, full_time: int) -> list[Row]:
    """The full-time mediators of the street, each with communities paired to them, and the communities' own."""
    inventor, street = making.inventor, making.street.name
    at_street = [one for one in making.people if one.role == "mediator"][:full_time]
    shorts = [office.short for office in making.communities]
    rows = []
    for n, one in enumerate(at_street):
        row = _mediator(making, one, "是", date(2018 + n // 2, 4 + n, 2))
        row["包片范围"] = "、".join(shorts[n :: len(at_street)])
        row |= {"擅长的纠纷类型": _SKILLS[n % len(_SKILLS)], "值班日": "工作日"}
        if n < 2:
            row |= {"评为优秀日期": date(2022, 12, 20), "评为优秀理由": "年度优秀人民调解员"}
        rows.append(row)
    for one in making.people:
        if one.role in ("community_mediator", "committee_head") and one.office != street:
            row = _mediator(making, one, "否", date(2021, 7, inventor.between(5, 23)))
            row |= {"包片范围": one.office.removesuffix("居委会"), "工作单位": one.office, "值班日": "每天"}
            rows.append(row | _away(making.year, len(rows)))
    short = {office.name: office.short for office in (making.street, *making.communities)}
    return _numbered(
        rows, lambda row, n: f"{short[row['单位']]}调解员〔{row['聘任日期'].year}〕{n}号", "单位", "聘任日期"
    )


def _away(year: int, n: int) -> Row:
    if n % _ON_LEAVE:
        return {}
    told = date(year, 1 + n % 12, 3 + n % 20)
    return {
        "请假日期": told,
        "请假起": told + timedelta(days=2),
        "请假止": told + timedelta(days=8),
        "请假理由": "年休假",
    }


def _mediator(making: Making, one: Person, full_time: str, appointed: date) -> Row:
    making.inventor._phones += 1
    return {
        "单位": one.office,
        "聘任日期": appointed,
        "姓名": one.name,
        "专职": full_time,
        "公布电话": f"0574-0000{1000 + making.inventor._phones:04d}",
        "报区司法局备案日期": making.inventor.workday(appointed, 5, 20),
    }


def committees(making: Making) -> list[Row]:
    """One committee in each community, and the street's; elected anew every three years, scored every autumn."""
    inventor = making.inventor
    rows = []
    points = places()
    first, *again = (date.fromisoformat(day) for day in _ELECTED)
    for office in (making.street, *making.communities):
        members = 9 if office.level == "street" else inventor.pick((5, 5, 7))
        chair = next(one.name for one in making.people if one.office == office.name
                     and one.role in ("committee_head", "justice_head"))  # fmt: skip
        days = [day + timedelta(days=inventor.between(0, 9)) for day in (first, *again)]
        filed = [inventor.workday(day, 6, 25) for day in days]
        scored = [date(year, 11, inventor.between(6, 24)) for year in (making.year - 1, making.year)]
        score = inventor.between(82, 95)
        rows.append(
            {
                "编号": f"{office.short}调委会〔{first.year}〕1号",
                "单位": office.name,
                "设立日期": days[0],
                "主任": chair,
                "委员人数": members,
                "女委员人数": inventor.between(1, members // 2),
                "换届日期": "、".join(map(str, days[1:])),
                "报区司法局备案日期": "、".join(map(str, filed)),
                "规范化评分日期": "、".join(map(str, scored)),
                "规范化评分（百分制）": f"{score}→{min(score + inventor.between(0, 4), 98)}",
                "标定位置日期": date(making.year, 1, 3),
                "经度": points[office.name][0],
                "纬度": points[office.name][1],
                "调解室地点": f"{office.name}调解室（{INVENTED}）",
                "开放时间": "工作日 8:30–17:00，周六 9:00–11:30"
                if office.level == "community"
                else "工作日 8:30–17:00",
                "服务电话": f"0574-0000{2000 + len(rows):04d}",
            }
        )
    return rows


_UNITS = (
    "党政综合办公室",
    "城建办公室",
    "经济发展办公室",
    "平安法治办公室",
    "社会事务办公室",
    "综合行政执法队",
    "公共服务办公室",
)


def officers(making: Making, staff: int, certified: int) -> list[Row]:
    """Everybody on the roll: `staff` established posts of whom `certified` are qualified, auxiliaries, leavers."""
    inventor, street = making.inventor, making.street.name
    known = [
        one.name
        for one in making.people
        if one.office == street and one.role not in ("counsel", "mediator", "accountant")
    ]
    rows: list[Row] = []
    for n in range(staff + 3):
        enforcing = n % 5 == 0
        row: Row = {
            "单位": street,
            "登记在册日期": date(2019, 1, 10) + timedelta(days=inventor.between(0, 1200)),
            "姓名": known[n] if n < len(known) else inventor.name(),
            "岗位": "执法岗位" if enforcing else "非执法岗位",
            "编制": "编制内",
            "所在科室": "综合行政执法队" if enforcing else inventor.pick(_UNITS),
        }
        if n >= staff:
            row |= {
                "离开日期": date(making.year, 3 + n - staff, 15),
                "离开理由": inventor.pick(("退休", "调往区级部门", "辞职")),
            }
        elif n < certified:
            _qualify(making, row, n, enforcing)
        elif n < certified + 9:
            _fail(row, late=n % 2 == 0)
        rows.append(row)
    for _ in range(11):
        entered = date(2020, 3, 2) + timedelta(days=inventor.between(0, 1100))
        rows.append({"单位": street, "登记在册日期": entered, "姓名": inventor.name(), "岗位": "执法岗位", "编制": "辅助人员",
                     "所在科室": "综合行政执法队"})  # fmt: skip
    return _numbered(
        rows, lambda row, n: f"中河执法〔{row['登记在册日期'].year}〕{n}号", "登记在册日期", "登记在册日期"
    )


def _qualify(making: Making, row: Row, n: int, enforcing: bool) -> None:
    """Passed, a few at the second try; those who enforce get the card, some of the others claim one."""
    held = [date.fromisoformat(day) for day in _EXAMS if day > str(row["登记在册日期"] + timedelta(days=60))]
    exam = held[0] if n % 3 else held[-1]
    row["报名考试日期"] = signed = exam - timedelta(days=40)
    row |= {"考试日期": exam, "考试成绩": making.inventor.between(62, 93), "考试合格日期": exam + timedelta(days=20)}
    if n % 7 == 3 and exam > (first := held[0]):
        row["报名考试日期"] = f"{first - timedelta(days=40)}、{signed}"
        row |= {"考试不合格日期": first + timedelta(days=20), "考试日期": f"{first}→{exam}"}
    if enforcing or n % 4 == 1:
        issued = exam + timedelta(days=75)
        row |= {"发执法证日期" if enforcing else "申领执法证日期": issued, "执法证号": f"浙BS{n + 101:05d}（样本）",
                "发证日期": issued}  # fmt: skip
        if not enforcing:
            row["申领执法证理由"] = "参加综合行政执法工作"
        elif n % 10 == 0:
            row |= {"发第二证件日期": issued + timedelta(days=30), "第二证件号": f"样本{n + 201:04d}"}
            row |= {"下沉日期": issued + timedelta(days=45), "下沉方式": "随叫随驻" if n % 3 else "常驻"}


def _fail(row: Row, late: bool) -> None:
    held = [date.fromisoformat(day) for day in _EXAMS if day > str(row["登记在册日期"] + timedelta(days=60))]
    exam = held[-1 if late else 0]
    row |= {"报名考试日期": exam - timedelta(days=40), "考试日期": exam, "考试不合格日期": exam + timedelta(days=20)}


def requests(making: Making, count: int) -> list[Row]:
    """Requests for information: one answered at once, one after completion, one for another body; then these again."""
    inventor = making.inventor
    officer = next(one.name for one in making.people if one.role == "foi_officer")
    plots: tuple[dict[str, Any], ...] = (
        {"事由": "申请公开老旧小区改造项目实施方案", "申请渠道": "网络", "所需政府信息": "某小区改造项目的实施方案和工期安排",
         "答复结果": "予以公开", "提供的信息": "改造项目实施方案一份", "获取的方式、途径和时间": "按申请人要求的方式提供纸质件"},
        {"事由": "申请公开街道购买服务合同", "申请渠道": "邮寄", "所需政府信息": "街道保洁服务采购合同文本",
         "告知补正需要补正的事项": "请写明合同的年度和项目名称", "答复结果": "予以公开", "提供的信息": "保洁服务采购合同复印件",
         "获取的方式、途径和时间": "邮寄复印件"},
        {"事由": "申请公开不动产登记资料", "申请渠道": "当面", "所需政府信息": "某处房屋的不动产登记资料",
         "答复结果": "不属于本机关公开", "理由": "不动产登记资料由不动产登记机构负责",
         "负责公开的机关": "鄞州区不动产登记机构", "该机关联系方式": "到该机构服务窗口办理"},
    )  # fmt: skip
    rows = []
    for n in range(count):
        received = inventor.workday(date(making.year, 2 + 4 * (n % 3), 7), 0, 20)
        row: Row = {
            "编号": f"中河公开〔{making.year}〕{n + 1}号",
            "单位": making.street.name,
            "收到申请日期": received,
            "申请人类别": "自然人",
            "申请人": inventor.name(),
            "申请人证件号码": inventor.id_no(),
            "申请人电话": inventor.phone(),
            "申请人住址": f"中河街道{inventor.pick(inventor.words['sites'])}",
            "提供形式": "纸质",
            "送达方式": "邮寄",
            "承办人": officer,
            **plots[n % len(plots)],
        }
        rows.append(_answered(making, row, received))
    return rows


def _answered(making: Making, row: Row, received: date) -> Row:
    inventor, start = making.inventor, received
    if "告知补正需要补正的事项" in row:
        told = inventor.workday(received, 2, 4)
        start = inventor.workday(told, 5, 9)
        row |= {"告知补正日期": told, "补正期限": told + timedelta(days=15), "收到补正日期": start}
        row["所需政府信息"] = f"{row['所需政府信息']}→{row['所需政府信息']}（{making.year}年度）"
    drafted = inventor.workday(start, 6, 12)
    issued = inventor.workday(drafted, 1, 3)
    sent = inventor.workday(issued, 1, 3)
    return row | {"拟写答复日期": drafted, "签发答复日期": issued, "送达答复日期": sent, "答复送达方式": "邮寄",
                  "归档日期": inventor.workday(sent, 5, 15)}  # fmt: skip


def publications(making: Making) -> list[Row]:
    """What the street published unasked in the year, with the metadata of its catalogue."""
    inventor = making.inventor
    rows = []
    for title, assembly, subject, genre in _PUBLISHED:
        for n in range(1, 5) if "{n}" in title else (1,):
            month = 3 * n - 2 if "{n}" in title else inventor.between(1, 11)
            made = inventor.workday(date(making.year, month, 8), 0, 16)
            looked = inventor.workday(made, 1, 5)
            rows.append(
                {
                    "单位": making.street.name,
                    "形成信息日期": made,
                    "事由": f"{making.street.name}{title.format(year=making.year, n=n)}",
                    "组配分类": assembly,
                    "主题分类": subject,
                    "体裁分类": genre,
                    "内容概述": title.format(year=making.year, n=n),
                    "公开审查日期": looked,
                    "公开审查审查意见": "不涉密，不含个人信息，可以公开",
                    "发布日期": inventor.workday(looked, 0, 6),
                    "发布时刻": f"{inventor.between(9, 16):02d}:{inventor.between(0, 59):02d}",
                }
            )
    rows.sort(key=lambda row: (row["形成信息日期"], row["事由"]))
    for n, row in enumerate(rows, start=1):
        row["编号"] = f"中河主动公开〔{making.year}〕{n}号"
        row["索引号"] = f"{_ORGANISATION}/{making.year}-{110000 + 37 * n}"
    return rows


def target(making: Making, percent: int) -> list[Row]:
    """The share of certified staff that the year's assessment asks for, found missed when the year was over."""
    return [
        {
            "编号": f"中河目标〔{making.year}〕1号",
            "单位": making.street.name,
            "设定目标日期": date(making.year, 3, 1),
            "所盯指标": "enforcement.certified_share",
            "考核方案": f"{making.year}年法治宁波建设及“大综合一体化”改革考核",
            "年度": making.year,
            "目标值": percent,
            "方向": "不低于",
            "确认未达成日期": date(making.year + 1, 1, 10),
            "确认未达成理由": "机关干部报考的积极性不高；下一年动员应考尽考，组织考前培训。",
        }
    ]


def _numbered(rows: list[Row], number: Any, group: str, by: str) -> list[Row]:
    """Rows in the order of their days, numbered within a group (an office, or the year of a day)."""
    rows.sort(key=lambda row: (row[by], row["姓名"]))
    used: dict[Any, int] = {}
    for row in rows:
        key = (row[group] if isinstance(row[group], str) else row[group].year, row[by].year)
        n = used[key] = used.get(key, 0) + 1
        row["编号"] = number(row, n)
    return rows
