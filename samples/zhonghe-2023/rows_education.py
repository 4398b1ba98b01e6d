"""Legal education of a year: three brands, activities, short films, and the law-literate people of the communities."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_offices, read_people, read_words

Row = dict[str, Any]

STREET = "中河街道"
SUPPLY, JOURNEY, TOGETHER = "“HE”法补给站", "“HE”法童行", "“HE”法在一起"
BUSINESS, YOUTH, RESIDENTS = "商事主体", "青少年", "其他居民"
SCHOOLS = ("堇山小学", "宋诏桥小学", "鄞州实验中学")
LAW_LITERATE_EACH = 3  # in every community, one more in every third

_BRANDS = (
    (SUPPLY, BUSINESS, "钱湖商圈、嘉鄞大厦、楼宇社区", "在商圈和楼宇设点，为商户和企业提供合同、用工、消费维权方面的法律知识。", "法治随手可取"),
    (JOURNEY, YOUTH, "、".join(SCHOOLS), "与学校联名推出宪法、未成年人保护、交通安全等法治课程和短视频。", "与法同行，伴我成长"),
    (TOGETHER, RESIDENTS, "各社区、共建单位", "面向居民开展全覆盖的普法宣传，结合节点进小区、进广场、进网格。", "法在身边"),
)  # fmt: skip
# The three that the year's report tells of, then the rest: title, line, type, place, allies, office short or "", day, people
_TOLD = (
    ("万象汇法治夜市", BUSINESS, "法治夜市", "宁波万象汇外广场", "钱湖商圈商户", "2023-06-16", 320),
    ("法治网格驿站设立仪式", RESIDENTS, "网格驿站", "飞虹社区第一网格", "律师、网格员", "2023-09-07", 75),
    ("嘉鄞大厦法治宣传", BUSINESS, "楼宇宣传", "嘉鄞大厦大厅", "楼宇企业", "2023-05-18", 110),
)  # fmt: skip
_IN_SCHOOLS = (
    "法治第一课",
    "未成年人保护法主题班会",
    "防欺凌班队课",
    "交通安全法治课",
    "宪法晨读",
    "禁毒主题班队课",
    "网络安全法治课",
)
_FOR_TRADE = (
    ("企业用工法律风险论坛", "企业论坛"), ("合同管理讲堂", "法治讲座"), ("沿街商户走访普法", "走访商户"),
    ("预付式消费合规宣讲", "企业论坛"), ("楼宇午间普法课", "楼宇宣传"), ("民营企业法律服务日", "企业论坛"),
)  # fmt: skip
_AT_HOME = (
    ("民法典宣传月广场活动", "广场活动", 5), ("防范养老诈骗讲座", "法治讲座", 4), ("宪法宣传周广场活动", "广场活动", 12),
    ("国家安全教育日宣传", "广场活动", 4), ("物业管理法律讲座", "法治讲座", 9), ("反家庭暴力宣传", "广场活动", 11),
    ("旁听模拟庭审", "旁听模拟庭审", 10), ("禁毒宣传进小区", "广场活动", 6), ("个人信息保护讲座", "法治讲座", 8),
)  # fmt: skip
PER_SCHOOL, FOR_TRADE, IN_COMMUNITIES, CANCELLED = 4, 13, 32, 2
_SUMMARIES = {
    YOUTH: ("讲解法律常识，分组情景表演，学生提问踊跃。", "以案说法，播放普法短视频，完成课堂问答。"),
    BUSINESS: ("律师讲解典型案例，现场答疑，发放合同示范文本。", "围绕用工、合同、消费纠纷答疑，收集法律需求。"),
    RESIDENTS: ("发放宣传手册，律师现场解答，开展有奖问答。", "以案说法，互动答题，邀请法律明白人分享经验。"),
}
_VIDEOS = (
    ("“HE”法童行、典亮未来", YOUTH, "民法典如何保护未成年人：压岁钱归谁、打赏能不能退。", "2023-05-26", 96),
    ("法治第一课", YOUTH, "开学第一天，从校规说到法律，规则保护每一个人。", "2023-09-01", 120),
    ("宪法是什么", YOUTH, "宪法是国家的根本法，规定公民的基本权利和义务。", "2023-12-01", 90),
    ("楼道不是储藏室", RESIDENTS, "楼道堆物占用共用部位，影响消防安全，物业和邻居可以要求清理。", "2023-03-24", 75),
    ("租房押金那些事", RESIDENTS, "签合同、交接清单、退租结算三步走，押金不扯皮。", "2023-04-21", 88),
    ("预付卡要看清什么", RESIDENTS, "看主体、看条款、留凭证，关店以后怎么主张权利。", "2023-06-15", 82),
    ("一分钟看懂劳动合同", BUSINESS, "一个月内签书面合同，试用期、工资、社会保险写清楚。", "2023-07-20", 70),
    ("合同签字之前", BUSINESS, "核实主体、盖章要全、约定违约责任，三点防风险。", "2023-10-25", 78),
)  # fmt: skip
_REMARKS = ("法条引用准确，同意。", "口语化表述已核对，同意。", "人物已作处理，不涉及个人信息，同意。")
_STRENGTHS = ("邻里调解", "物业纠纷", "婚姻家庭", "老年人权益", "消费维权", "楼组宣传")
_LESSONS = ("民法典相邻关系", "人民调解技巧", "居民公约与议事", "老年人权益保障")
_DEEDS = ("协助调解邻里纠纷", "楼组普法宣传", "引导居民申请人民调解", "参与普法活动志愿服务")


class _Year:
    """Rows of one year from one source of chance."""

    def __init__(self, rng: Random, year: int) -> None:
        self.inventor = Inventor(0, read_words())
        self.inventor.random = rng
        self.year = year
        self.short = {office.name: office.short for office in read_offices()}
        self.communities = [office for office in read_offices() if office.level == "community"]
        taken = [one.name for one in read_people() if one.role == "counsel"]
        self.speakers = (*taken, "街道司法所工作人员", "社区法律顾问", "法治副校长", "人大代表")


# Brands and activities.


def _campaigns(made: _Year) -> list[Row]:
    rows = []
    for n, (title, line, allies, aim, slogan) in enumerate(_BRANDS, start=1):
        rows.append(
            {
                "编号": f"中河普法品牌〔2022〕{n}号", "单位": STREET, "创建品牌日期": date(2022, 3 + n, 12), "事由": title,
                "受众": line, "品牌内容": aim, "宣传口号": slogan, "合作单位": allies,
                "年度回顾日期": date(made.year, 12, 27),
                "年度回顾成效和不足": "活动覆盖面扩大；有代表性的特色和亮点还不多，影响力有待加强。",
            }
        )  # fmt: skip
    return rows


def _activities(made: _Year) -> list[Row]:
    inventor, year, rows = made.inventor, made.year, []
    for title, line, kind, place, allies, day, people in _TOLD:
        rows.append(_activity(made, title, line, kind, place, date.fromisoformat(day), people, allies=allies))
    for n, school in enumerate(SCHOOLS):
        for k in range(PER_SCHOOL):
            day = _school_day(made, (3, 4, 5, 6, 9, 10, 11, 12)[(n + k * 2) % 8])
            title = f"{school}{_IN_SCHOOLS[(n * 3 + k) % len(_IN_SCHOOLS)]}"
            rows.append(
                _activity(made, title, YOUTH, "学校班队课", school, day, inventor.between(36, 48), allies=school)
            )
    for n in range(FOR_TRADE):
        title, kind = _FOR_TRADE[n % len(_FOR_TRADE)]
        day = inventor.workday(inventor.day_in(date(year, 2, 8), date(year, 12, 8)), 0, 0)
        place = inventor.pick(("嘉鄞大厦报告厅", "和邦大厦会议室", "楼宇社区服务中心", "钱湖商圈"))
        rows.append(
            _activity(made, f"{title}（第{n // 6 + 1}期）", BUSINESS, kind, place, day, inventor.between(18, 70))
        )
    for n in range(IN_COMMUNITIES + CANCELLED):
        title, kind, month = _AT_HOME[n % len(_AT_HOME)]
        office = made.communities[n % len(made.communities)]
        day = inventor.day_in(date(year, month, 1), date(year, month, 28))
        people = inventor.between(30, 160) if kind == "广场活动" else inventor.between(20, 55)
        place = f"{office.short}社区{'广场' if kind == '广场活动' else '活动室'}"
        full = f"{office.short}社区{title}"
        row = _activity(made, full, RESIDENTS, kind, place, day, people, office=office.name)
        if n >= IN_COMMUNITIES:
            _call_off(row, day)
        rows.append(row)
    return _numbered(made, rows, "普法", lambda row: row["计划活动日期"])


def _school_day(made: _Year, month: int) -> date:
    return made.inventor.workday(date(made.year, month, made.inventor.between(2, 22)), 0, 0)


def _activity(
    made: _Year, title: str, line: str, kind: str, place: str, day: date, people: int, *, allies: str = "",
    office: str = STREET,
) -> Row:  # fmt: skip
    inventor = made.inventor
    row: Row = {
        "单位": office, "计划活动日期": inventor.workday(day - timedelta(days=inventor.between(12, 24)), 0, 3), "事由": title,
        "受众": line, "活动类型": kind, "活动日期": day, "活动地点": place, "合作单位": allies,
        "主讲人": inventor.pick(made.speakers), "举办日期": day, "到场人数": people,
        "活动情况": inventor.pick(_SUMMARIES[line]),
    }  # fmt: skip
    if office == STREET:  # a community's staff does not see the street's brands
        row["来源事项"] = f"中河普法品牌〔2022〕{[brand[1] for brand in _BRANDS].index(line) + 1}号"
    if kind in ("企业论坛", "法治讲座") and people > 24:
        _sign_ups(made, row, day, people)
    if inventor.chance(0.6):
        returned = min(people, inventor.between(12, 40))
        row |= {"评价日期": inventor.workday(day, 0, 5), "收回评价表": returned}
        row["评价满意"] = returned - inventor.weighted((0, 1, 2, 3), (8, 4, 2, 1))
    return row


def _sign_ups(made: _Year, row: Row, day: date, people: int) -> None:
    """Bookings in three lots, a few called off; the doors count those who came in two lots."""
    opened = row["计划活动日期"] + timedelta(days=1)
    until = day - timedelta(days=2)
    third = people // 3
    days = sorted(opened + timedelta(days=made.inventor.between(0, (until - opened).days)) for _ in range(3))
    row |= {"开放报名日期": opened, "名额": people + 20, "报名截止日期": until, "报名日期": "、".join(map(str, days)),
            "报名人数": f"{third}\n{third}\n{third + 4}", "取消报名日期": until, "取消报名人数": "2",
            "签到日期": f"{day}、{day}", "签到人数": f"{third}\n{third}"}  # fmt: skip


def _call_off(row: Row, day: date) -> None:
    for column in (
        "举办日期",
        "到场人数",
        "活动情况",
        "评价日期",
        "收回评价表",
        "评价满意",
        "签到日期",
        "签到人数",
        "主讲人",
    ):
        row.pop(column, None)
    row |= {"取消活动日期": day - timedelta(days=1), "取消活动理由": "天气原因"}


# Films.


def _videos(made: _Year) -> list[Row]:
    rows = []
    for n, (title, line, script, day, seconds) in enumerate(_VIDEOS):
        published = date.fromisoformat(day)
        row: Row = {
            "单位": STREET, "事由": title, "受众": line, "脚本": script, "发布日期": published, "时长（秒）": seconds,
            "发布平台": "街道微信视频号", "来源事项": f"中河普法品牌〔2022〕{[one[1] for one in _BRANDS].index(line) + 1}号",
        }  # fmt: skip
        first, second = published - timedelta(days=9), published - timedelta(days=6)
        row |= {"编写脚本日期": published - timedelta(days=17), "初审日期": first, "复审日期": second,
                "终审日期": published - timedelta(days=3)}  # fmt: skip
        row |= {f"{step}审查意见": _REMARKS[k] for k, step in enumerate(("初审", "复审", "终审"))}
        if n in (2, 5):
            early = published - timedelta(days=14)
            row |= {"初审日期": f"{early}、{first}", "初审审查意见": f"{_REMARKS[0]}\n{_REMARKS[1]}",
                    "退回修改日期": early + timedelta(days=1), "退回修改理由": "画面出现学生姓名，案例表述要更准确",
                    "修改脚本日期": early + timedelta(days=3)}  # fmt: skip
        counted = min(published + timedelta(days=30), date(made.year, 12, 28))
        plays = made.inventor.between(900, 5200)
        row |= {
            "登记播放量日期": f"{counted}、{made.year}-12-29",
            "播放量": f"{plays}→{plays + made.inventor.between(0, 1600)}",
        }
        rows.append(row)
    waiting = {"单位": STREET, "编写脚本日期": date(made.year, 12, 18), "事由": "行政复议怎么申请", "受众": RESIDENTS,
               "脚本": "什么情况可以申请、向谁申请、多长时间内申请。", "初审日期": date(made.year, 12, 21),
               "初审审查意见": _REMARKS[0]}  # fmt: skip
    return _numbered(made, [*rows, waiting], "普法视频", lambda row: row["编写脚本日期"])


# Law-literate people.


def _people(made: _Year) -> list[Row]:
    inventor, rows = made.inventor, []
    for n, office in enumerate(made.communities):
        for k in range(LAW_LITERATE_EACH + (n % 3 == 0)):
            nominated = inventor.workday(date(made.year - (k > 0), 3, 6), 0, 60)
            trained = [inventor.workday(nominated, 10, 25), inventor.workday(nominated, 40, 70)]
            served = sorted(
                inventor.day_in(date(made.year, 8, 1), date(made.year, 12, 20)) for _ in range(1 + (n + k) % 3)
            )
            row: Row = {
                "单位": office.name, "推荐日期": nominated, "姓名": inventor.name(), "特长": inventor.pick(_STRENGTHS),
                "联系电话": inventor.phone(), "培训日期": "、".join(map(str, trained)),
                "培训内容": "\n".join(inventor.pick(_LESSONS) for _ in trained), "培训学时": "4\n3",
                "发证日期": inventor.workday(trained[-1], 5, 15), "证书编号": f"样本明白人{nominated.year}{n:02d}{k}",
                "服务日期": "、".join(map(str, served)),
                "服务情况": "\n".join(inventor.pick(_DEEDS) for _ in served),
                "服务时长": "\n".join(str(inventor.between(1, 4)) for _ in served),
            }  # fmt: skip
            if (n, k) == (4, 1):
                row |= {"退出日期": date(made.year, 12, 26), "退出理由": "迁往外地居住"}
            rows.append(row)
    return _numbered(made, rows, "明白人", lambda row: row["推荐日期"])


def _numbered(made: _Year, rows: list[Row], series: str, day_of: Any) -> list[Row]:
    """In the order of their days, numbered by office and year."""
    used: dict[tuple[str, int], int] = {}
    rows.sort(key=lambda row: (day_of(row), row["单位"]))
    for row in rows:
        key = (made.short[row["单位"]], day_of(row).year)
        used[key] = used.get(key, 0) + 1
        row["编号"] = f"{key[0]}{series}〔{key[1]}〕{used[key]}号"
    return rows


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng, year)
    return {
        "普法品牌台账.xlsx": ("education.campaign", _campaigns(made)),
        f"普法活动台账-{year}.xlsx": ("education.activity", _activities(made)),
        f"普法短视频台账-{year}.xlsx": ("education.video", _videos(made)),
        "法律明白人台账.xlsx": ("education.lawliterateperson", _people(made)),
    }
