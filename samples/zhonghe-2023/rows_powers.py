"""The three lists of a street, the guides to what it handles itself, the window's register and its 5S checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_words

Row = dict[str, Any]

STREET = "中河街道"
# What the record must say of the end of the year: items that the street handles itself.
DIRECT = 78
PUBLISHED, GUIDED = date(2021, 12, 20), date(2022, 2, 21)
HANDLED, UNLISTED, NEVER_USED, LATE = 260, 4, 5, 6
WINDOWS = ("社会保障窗口", "民政救助窗口", "综合服务窗口")
# What residents and firms can have done at the street, by the office that does it.
SERVICES: dict[str, tuple[str, ...]] = {
    "公共服务办公室": (
        "高龄津贴申请", "老年优待证办理", "居家养老服务补贴申请", "养老机构入住评估申请", "困难老年人补贴申请", "最低生活保障申请",
        "最低生活保障边缘家庭认定申请", "特困人员供养申请", "临时救助申请", "医疗救助申请", "慈善帮扶申请", "残疾人证申请受理",
        "困难残疾人生活补贴申请", "重度残疾人护理补贴申请", "残疾人辅助器具申请", "残疾人无障碍改造申请", "孤儿基本生活费申请",
        "困境儿童生活补贴申请", "生育登记", "再生育情况说明受理", "计划生育家庭奖励扶助申请", "计划生育家庭特别扶助申请",
        "母子健康手册发放", "流动人口婚育信息登记", "殡葬惠民补贴申请", "公共租赁住房申请受理", "住房租赁补贴申请",
    ),
    "社会事务办公室": (
        "就业失业登记", "就业困难人员认定", "灵活就业社会保险补贴申请", "公益性岗位申请", "创业担保贷款申请受理", "一次性创业补贴申请",
        "高校毕业生就业补贴申请", "职业技能培训报名", "城乡居民养老保险参保登记", "城乡居民养老保险待遇申领", "城乡居民养老保险注销登记",
        "城乡居民医疗保险参保登记", "医疗保险异地就医备案", "零星医药费报销受理", "社会保障卡申领受理", "退休人员社会化管理接收",
        "企业退休人员生存认证", "退役军人信息采集", "优抚对象补助申请", "义务兵家庭优待金申请", "光荣牌悬挂申请",
        "户籍地义务教育入学证明受理", "幼儿园招生登记", "社区社会组织备案", "志愿者注册登记",
    ),
    "城建办公室": (
        "业主大会筹备组成立申请", "业主委员会备案", "业主委员会换届申请", "既有住宅加装电梯申请受理", "房屋安全隐患报告受理",
        "老旧小区改造意见申请", "装饰装修登记", "物业专项维修资金使用受理", "犬只免疫点登记", "小型工程开工登记", "临时宣传品张贴登记",
        "节水型小区申报", "绿化移植意见受理",
    ),
    "平安法治办公室": (
        "人民调解申请", "法律援助申请受理", "公共法律服务咨询预约", "政府信息公开申请受理", "信访事项登记", "安置帮教对象报到登记",
        "居住证申领受理", "出租房屋登记", "消防安全隐患举报受理",
    ),
    "党政综合办公室": ("党员组织关系转接", "流动党员登记", "青年志愿服务登记", "妇女维权求助登记"),
}  # fmt: skip
# In the list until some day of the year, then taken off it.
REMOVED = (("老年公交卡年审", "公共服务办公室", date(2023, 5, 15), "改为全市通办，不再由街道受理"),
           ("独生子女证明出具", "公共服务办公室", date(2023, 9, 4), "列入不再由基层出具的证明"))  # fmt: skip
POWERS = (
    "违法建设制止和报告", "占用公共通道行为劝阻处置", "生活垃圾分类监督检查", "市容环境卫生责任区管理", "户外广告设置巡查", "消防安全检查",
    "安全生产监督检查", "防汛防台应急转移", "突发事件先期处置", "居务公开监督", "居民公约备案审查", "集体资产监督管理", "社区居委会换届指导",
    "物业管理活动监督", "网格事件交办督办",
)  # fmt: skip
FIELDS = ("安全生产", "消防安全", "食品安全", "生态环境", "城市管理", "物业管理", "防汛防台")
TASKS = ("日常巡查", "隐患排查", "宣传教育", "信息报送", "应急处置配合", "整改督促", "台账管理")
AREAS = ("窗口服务", "工程项目", "资金使用", "物资采购", "资产出租", "干部人事", "执法检查")
FORBIDDEN = ("违反程序办理", "收受服务对象财物", "为亲属谋取利益", "擅自增设条件")
ADJUSTED = 6
_MONTHS = (1.2, 0.8, 1.2, 1.0, 0.9, 1.0, 1.0, 1.0, 1.2, 0.8, 1.0, 1.0)


class _Year:
    def __init__(self, rng: Random, year: int) -> None:
        self.rng, self.year = rng, year
        self.inventor = Inventor(rng.randrange(10**6), read_words())
        self.first, self.last = date(year, 1, 3), date(year, 12, 29)

    def _row(self, n: int, title: str, catalogue: str, code: str, owner: str) -> Row:
        return {"编号": f"中河清单〔{PUBLISHED.year}〕{n}号", "单位": STREET, "列入清单日期": PUBLISHED, "事由": title, "清单": catalogue,
                "事项编码": code, "设定依据": "区级权力责任清单及有关法律、法规、规章", "责任科室": owner}  # fmt: skip

    def items(self) -> tuple[list[Row], list[Row]]:
        """All items of the three lists, and those that the street handles itself at the end of the year."""
        direct = [(title, owner) for owner, titles in SERVICES.items() for title in titles]
        assert len(direct) == DIRECT and len({title for title, _ in direct}) == DIRECT
        direct += [(title, owner) for title, owner, _, _ in REMOVED]
        rows = [
            self._row(n, title, "权力清单", f"ZHQ-{n:03d}", owner)
            | {
                "运行流程": "申请、受理、审核、办结、送达",
                "廉政风险点": "优亲厚友、拖延办理",
                "防控措施": "双人审核、办理结果公开",
                "街道直接办理": "是",
            }
            for n, (title, owner) in enumerate(direct, 1)
        ]
        for row, (_, _, day, reason) in zip(rows[DIRECT:], REMOVED, strict=True):
            row |= {"取消日期": day, "取消理由": reason}
        for row in self.rng.sample(rows[:DIRECT], ADJUSTED):
            row |= {
                "调整日期": self.inventor.day_in(self.first, self.last),
                "调整理由": "上级调整清单，更新责任科室和流程",
            }
        kept = rows[:DIRECT]
        for title in POWERS:
            n = len(rows) + 1
            more = {
                "运行流程": "检查、告知、处置、归档",
                "廉政风险点": "选择性执法",
                "防控措施": "双人检查、全过程记录",
                "街道直接办理": "否",
            }
            rows.append(self._row(n, title, "权力清单", f"ZHQ-{n:03d}", "综合行政执法队") | more)
        for prefix, catalogue, titles in (
            ("ZHZ", "责任清单", [f"{field}{task}" for field in FIELDS for task in TASKS]),
            ("ZHF", "负面清单", [f"{area}中{act}" for area in AREAS for act in FORBIDDEN]),
        ):
            for n, title in enumerate(titles, 1):
                rows.append(self._row(len(rows) + 1, title, catalogue, f"{prefix}-{n:03d}", "党政综合办公室"))
        return rows, kept

    def guides(self, direct: Sequence[Row]) -> tuple[list[Row], dict[str, int]]:
        """A guide for every item handled here, and how many working days each promises."""
        rows, promised = [], {}
        for n, item in enumerate(direct, 1):
            legal = self.rng.choice([5, 10, 15, 20])
            days = promised[item["事项编码"]] = self.rng.choice([0, 1, 3, legal // 2])
            rows.append({
                "编号": f"中河指南〔{GUIDED.year}〕{n}号", "单位": STREET, "编写指南日期": GUIDED, "清单事项": item["编号"],
                "受理条件": "符合规定条件的本街道居民或者单位", "申请材料": "身份证件、申请表；系统能核验的不再提交", "承诺时限（工作日）": str(days),
                "收费标准": "不收费", "办理窗口": self.rng.choice(WINDOWS), "法定时限（工作日）": legal,
                "办理时间": "工作日上午8:30至11:30，下午2:00至5:30", "公布日期": GUIDED + timedelta(days=7),
            })  # fmt: skip
        return rows, promised

    def handlings(self, direct: Sequence[Row], promised: dict[str, int]) -> list[Row]:
        """The window's register: a few items nobody asked for, a few requests on no list, a few done late."""
        used = self.rng.sample(list(direct), DIRECT - NEVER_USED)
        asked = [row["事项编码"] for row in used]
        asked += [self.rng.choice(asked) for _ in range(HANDLED - len(asked) - UNLISTED)]
        asked += [f"ZHX-{n:03d}" for n in range(1, UNLISTED + 1)]
        days = sorted(self.inventor.workday(self.inventor.day_in(self.first, self.last, _MONTHS), 0, 0) for _ in asked)
        self.rng.shuffle(asked)
        late = set(self.rng.sample([n for n, code in enumerate(asked) if code in promised], LATE))
        return [
            self._handling(n, code, day, promised, n in late)
            for n, (code, day) in enumerate(zip(asked, days, strict=True))
        ]

    def _handling(self, n: int, code: str, day: date, promised: dict[str, int], is_late: bool) -> Row:
        row: Row = {"编号": f"中河办件〔{self.year}〕{n + 1}号", "单位": STREET, "收件日期": day, "事项编码": code,
                    "申请人": self.inventor.name(), "申请人电话": self.inventor.phone(), "承办人": "向丽君"}  # fmt: skip
        if code not in promised:
            return row | {"不予办理日期": day, "不予办理理由": "不属于街道办理的事项，已告知去哪里办"}
        most = promised[code]
        done = (
            self.inventor.workday(day, 12 + 2 * most, 16 + 2 * most)
            if is_late
            else self.inventor.workday(day, 0, most and 1)
        )
        return row | {"办结日期": done, "办理结果": "已办结，结果已告知申请人"}

    def checks(self) -> list[Row]:
        """Each window every month; what was found is put right within days."""
        rows = []
        for month in range(1, 13):
            for window in WINDOWS:
                day = self.inventor.workday(date(self.year, month, 6), 0, 16)
                rows.append(self._check(window, day))
        rows.sort(key=lambda row: row["检查日期"])
        for n, row in enumerate(rows, 1):
            row["编号"] = f"中河5S〔{self.year}〕{n}号"
        return rows

    def _check(self, window: str, day: date) -> Row:
        lost = [self.rng.choice([0, 0, 0, 0, 1, 2, 3]) for _ in range(5)]
        scored = zip(("整理", "整顿", "清扫", "清洁", "素养"), lost, strict=True)
        row: Row = {"单位": STREET, "检查日期": day, "窗口": window} | {
            f"{name}得分": 20 - less for name, less in scored
        }
        if not any(lost):
            return row | {"办结日期": day}
        assigned = self.inventor.workday(day, 0, 1)
        mended = self.inventor.workday(assigned, 1, 4)
        problem = self.rng.choice(
            ["台面堆放杂物", "资料没有定位", "叫号屏积灰", "岗位牌没有摆放", "便民物品补充不及时"]
        )
        return row | {"发现的问题": problem, "照片": f"5S-{day:%m%d}-1", "交办整改日期": assigned, "承办人": "向丽君",
                      "报送整改情况日期": mended, "整改情况": "已当场整理并责任到人", "整改佐证": f"5S-{mended:%m%d}-2",
                      "复查通过日期": self.inventor.workday(mended, 0, 2)}  # fmt: skip


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng, year)
    items, direct = made.items()
    guides, promised = made.guides(direct)
    return {
        "三清单台账.xlsx": ("powers.poweritem", items),
        "办事指南台账.xlsx": ("powers.serviceguide", guides),
        f"窗口办件登记簿-{year}.xlsx": ("powers.handling", made.handlings(direct, promised)),
        f"窗口5S检查表-{year}.xlsx": ("powers.windowcheck", made.checks()),
    }
