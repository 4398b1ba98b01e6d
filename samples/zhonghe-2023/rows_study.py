"""A year of studying law in a street: sessions with their lists, the leaders' reports, the duties of the principals."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from invent import Inventor, read_words

Row = dict[str, Any]

STREET = "中河街道"
TEAM = (
    ("杜元民", "党工委书记"), ("周瑞飞", "办事处主任"), ("白国", "党工委委员、办事处副主任"), ("沈立群", "党工委副书记"),
    ("梁晓枫", "办事处副主任"), ("高雪松", "纪工委书记"), ("谢慧敏", "党工委委员"), ("唐志勤", "办事处副主任"), ("俞海波", "人武部部长"),
)  # fmt: skip
# What the record says of the year: sessions held, by form.
SESSIONS = {"党工委理论学习中心组学习": 10, "支部学习": 20, "专题讲座": 6}
CANCELLED = 2
BRANCHES = ("机关第一支部", "机关第二支部", "机关第三支部", "综合执法支部", "退休干部支部")
TOPICS = (
    "宪法", "民法典", "行政处罚法", "行政复议法", "信访工作条例", "重大行政决策程序暂行条例", "优化营商环境条例", "政府信息公开条例",
    "人民调解法", "安全生产法", "个人信息保护法", "浙江省综合行政执法条例", "保密法", "公务员法", "反有组织犯罪法",
)  # fmt: skip
LECTURERS = ("杨景律师", "冯国怡", "区委党校教师", "区司法局干部", "法院员额法官")
ACTS = (
    ("亲自部署", "部署年度法治政府建设工作", "主持专题会议，印发年度任务清单", "会议纪要、任务清单"),
    ("亲自过问", "过问合法性审查和行政执法中的问题", "听取司法所汇报四次，提出整改要求", "汇报材料"),
    ("亲自协调", "协调疑难矛盾纠纷", "牵头协调商场闭店群体纠纷，落实退费", "协调会记录、协议书"),
    ("亲自督办", "督办信访积案和审计问题整改", "到现场督办，问题全部销号", "督办单、销号表"),
    ("亲自带头", "带头学法、讲法治课", "带头参加中心组学法，讲专题法治课一次", "学法记录、课件"),
)  # fmt: skip


class _Year:
    def __init__(self, rng: Random, year: int) -> None:
        self.rng, self.year = rng, year
        self.inventor = Inventor(rng.randrange(10**6), read_words())
        self.members = {branch: [self.inventor.name() for _ in range(rng.randrange(9, 18))] for branch in BRANCHES}

    def sessions(self) -> list[Row]:
        rows = [self._session(form, n, total) for form, total in SESSIONS.items() for n in range(total)]
        rows += [self._cancelled() for _ in range(CANCELLED)]
        rows.sort(key=lambda row: row["安排学法日期"])
        for n, row in enumerate(rows, 1):
            row["编号"] = f"中河学法〔{self.year}〕{n}号"
        return rows

    def _planned(self, form: str, n: int, day: date) -> Row:
        topics = self.rng.sample(TOPICS, self.rng.choice([1, 1, 2]))
        branch = BRANCHES[n % len(BRANCHES)]
        who = {"支部学习": self.members[branch], "党工委理论学习中心组学习": [name for name, _ in TEAM]}.get(form)
        expected = who or [*(name for name, _ in TEAM), *(name for names in self.members.values() for name in names)]
        audience = {"支部学习": branch, "党工委理论学习中心组学习": "党工委理论学习中心组"}.get(form, "机关全体干部")
        return {
            "单位": STREET, "安排学法日期": self.inventor.workday(day - timedelta(days=9), 0, 2), "事由": f"{topics[0]}专题学习",
            "学习形式": form, "学习的法律法规": "、".join(topics), "学习单位": audience, "拟学习日期": day,
            "应到人员": "、".join(dict.fromkeys(expected)), "主讲人": self.rng.choice(LECTURERS) if form != "支部学习" else "支部书记",
        }  # fmt: skip

    def _session(self, form: str, n: int, total: int) -> Row:
        first = date(self.year, 1, 12) + timedelta(days=round(n * 344 / total))
        day = self.inventor.workday(min(first, date(self.year, 12, 20)), 0, 6)
        row = self._planned(form, n, day)
        present = [name for name in row["应到人员"].split("、") if self.rng.random() < 0.93]
        return row | {"登记学习日期": day, "实到人员": "、".join(present), "学时": self.rng.choice(["1", "1.5", "2"]),
                      "学习情况": f"学习{row['学习的法律法规']}，结合本街道案例讨论。"}  # fmt: skip

    def _cancelled(self) -> Row:
        day = self.inventor.workday(date(self.year, self.rng.randrange(2, 11), 8), 0, 12)
        row = self._planned("专题讲座", 0, day)
        return row | {
            "取消日期": self.inventor.workday(row["安排学法日期"], 1, 3),
            "取消理由": "讲师时间冲突，并入下一次讲座",
        }

    def reports(self, sessions: list[Row]) -> list[Row]:
        """Every leader reports in December and is judged in January."""
        evidence = "、".join(
            row["编号"] for row in sessions if row["学习形式"] == "党工委理论学习中心组学习" and "登记学习日期" in row
        )
        rows = []
        for n, (name, post) in enumerate(TEAM, 1):
            told = self.inventor.workday(date(self.year, 12, 4), 0, 12)
            judged = self.inventor.workday(date(self.year + 1, 1, 8), 0, 8)
            score = self.rng.randrange(84, 97)
            rows.append({
                "编号": f"中河述法〔{self.year}〕{n}号", "单位": STREET, "布置述法日期": date(self.year, 11, 20), "述法人": name,
                "职务": post, "年度": self.year, "提交述法报告日期": told, "学法用法情况": "全年参加中心组学法，撰写心得，带头用法。",
                "依法决策情况": "分管事项先审后议，没有未经合法性审查上会的。", "依法履职情况": "按权责清单履职，分管领域没有败诉案件。",
                "推进法治建设情况": "推动分管科室落实普法责任，化解矛盾纠纷。", "问题和打算": "执法持证率还不高，明年组织应考尽考。",
                "佐证": evidence, "评议日期": judged, "评分": score, "等次": "优秀" if score >= 90 else "良好",
                "评议意见": "述法内容具体，问题找得准。", "归档日期": self.inventor.workday(judged, 3, 15),
            })  # fmt: skip
        return rows

    def duties(self) -> list[Row]:
        rows = []
        for name, post in TEAM:
            principal = post in ("党工委书记", "办事处主任")
            member = ("一岗双责", "抓好分管领域依法行政和普法", "分管领域法治建设任务全部完成", "工作台账、照片")
            for act, content, result, evidence in ACTS if principal else (member,):
                done = self.inventor.workday(date(self.year, self.rng.randrange(3, 12), 10), 0, 12)
                rows.append({
                    "编号": f"中河法治职责〔{self.year}〕{len(rows) + 1}号", "单位": STREET,
                    "列出职责日期": date(self.year, 1, 16), "负责人": name, "身份": post if principal else "班子成员", "职责": act,
                    "年度": self.year, "工作内容": content, "登记履行日期": done, "履行情况": result, "佐证": evidence,
                    "核实日期": self.inventor.workday(done, 1, 10),
                })  # fmt: skip
        return rows


def ledgers(rng: Random, year: int = 2023) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows by column header), in the order in which they are to be imported."""
    made = _Year(rng, year)
    sessions = made.sessions()
    return {
        f"学法台账-{year}.xlsx": ("study.session", sessions),
        f"述法台账-{year}.xlsx": ("study.dutyreport", made.reports(sessions)),
        f"第一责任人职责台账-{year}.xlsx": ("study.duty", made.duties()),
    }
