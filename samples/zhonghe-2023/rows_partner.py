"""Partners of the street, vice principals of its schools, the pool of experts. People and agreements are invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import rows_education
from invent import Inventor, read_words
from rows_education import SCHOOLS

Row = dict[str, Any]

STREET, YEAR = "中河街道", 2023
# What the record must say at the year's end.
EXPERTS = {"律师": 4, "人大代表": 3, "法律明白人": 5, "退休政法干部": 2}
_MINORS = "经学校逐人取得监护人书面同意"
_NOTHING = "不收集可以识别个人的信息"
# (name, type, what is done together, registered, signed)
_PARTNERS = (
    *((school, "学校", "法治课程、普法活动、法治副校长", "2022-02-16", "2022-03-01") for school in SCHOOLS),
    ("共青团鄞州区委员会", "部门群团", "普法活动、权益保护", "2022-04-12", "2022-04-25"),
    ("鄞州区民政局", "部门群团", "权益保护、阵地联动", "2022-04-12", "2022-05-10"),
    ("鄞州区教育局", "部门群团", "法治课程、法治副校长", "2022-02-16", "2022-02-28"),
    ("鄞州区妇女联合会", "部门群团", "权益保护、普法活动", "2022-04-13", "2022-04-28"),
    ("宁波某商业管理公司（样本）", "企业", "阵地联动、普法活动、资金联筹", "2022-06-08", "2022-06-20"),
    ("宁波某物业服务公司（样本）", "企业", "阵地联动、普法活动", "2022-09-06", "2022-09-19"),
    ("宁波某网络科技公司（样本）", "企业", "普法活动、资金联筹", "2023-03-07", "2023-03-20"),
    ("中河某公益服务中心（样本）", "社会组织", "权益保护、普法活动", "2023-05-09", "2023-05-23"),
)
_SENT = (
    ("公安机关", "中河派出所民警"),
    ("司法行政部门", "街道司法所工作人员"),
    ("人民检察院", "区人民检察院检察官助理"),
)
_LESSONS = ("宪法是什么", "未成年人保护法里的我", "网络欺凌怎么办", "远离校园暴力")
_STRENGTHS = {
    "律师": "合同和劳动用工",
    "人大代表": "民生实事监督",
    "法律明白人": "邻里调解",
    "退休政法干部": "婚姻家庭",
}


def _partners(inventor: Inventor) -> list[Row]:
    rows: list[Row] = []
    for name, type_, together, registered, signed in _PARTNERS:
        first = date.fromisoformat(signed)
        row: Row = {
            "单位": STREET, "登记伙伴日期": date.fromisoformat(registered), "伙伴名称": name, "伙伴类型": type_,
            "合作内容": together, "联系人": inventor.name(), "联系电话": inventor.phone(), "签订共建协议日期": first,
            "协议到期日期": date(first.year + 3, first.month, first.day) - timedelta(days=1),
            "协议编号": f"共建（样本）{first.year}-{len(rows) + 1}",
        }  # fmt: skip
        row |= _with_school(inventor, len(rows), first) if type_ == "学校" else _with_others(inventor, first)
        rows.append(row)
    rows.sort(key=lambda row: row["登记伙伴日期"])
    made = {2022: 0, 2023: 0}
    for row in rows:
        year = row["登记伙伴日期"].year
        made[year] += 1
        row["编号"] = f"中河伙伴〔{year}〕{made[year]}号"
    return rows


def _with_school(inventor: Inventor, n: int, signed: date) -> Row:
    """A statement before the agreement, joint lessons, and for one school a contest whose list of names was deleted."""
    before = signed - timedelta(days=5)
    lessons = [inventor.workday(date(YEAR, month, 10), 0, 9) for month in (3, 5, 9, 11)]
    deeds = [f"法治课堂：{_LESSONS[(n + k) % 4]}" for k in range(4)]
    people = [str(inventor.between(36, 180)) for _ in lessons]
    row: Row = {
        "登记涉未成年人信息日期": before,
        "处理目的": "法治课堂和普法活动，不留学生名单",
        "监护人同意方式": _NOTHING,
    }
    if n == 0:
        day = inventor.workday(lessons[1], 12, 15)
        row = {
            "登记涉未成年人信息日期": before, "处理目的": "小小宣讲员评选", "监护人同意方式": _MINORS,
            "涉及的未成年人信息": "姓名、班级", "保存到": day + timedelta(days=40),
            "删除未成年人信息日期": day + timedelta(days=32), "删除未成年人信息删除佐证": "名单已销毁、电子档已删除",
        }  # fmt: skip
        lessons.insert(2, day)
        deeds.insert(2, "小小宣讲员评选")
        people.insert(2, "12")
        row["记录合作含未成年人个人信息"] = "\n".join(("否", "否", "是", "否", "否"))
    return row | {"记录合作日期": "、".join(map(str, lessons)), "记录合作合作情况": "\n".join(deeds),
                  "记录合作参加人数": "\n".join(people)}  # fmt: skip


def _with_others(inventor: Inventor, signed: date) -> Row:
    first = max(signed, date(YEAR, 1, 10))
    days = [inventor.workday(first, 20, 60), inventor.workday(first, 120, 200)]
    return {"记录合作日期": "、".join(map(str, days)), "记录合作合作情况": "联合普法活动\n会商阵地和经费安排",
            "记录合作参加人数": f"{inventor.between(30, 90)}\n{inventor.between(4, 9)}"}  # fmt: skip


def _principals(inventor: Inventor, partners: list[Row]) -> list[Row]:
    schools = {row["伙伴名称"]: row["编号"] for row in partners}
    rows: list[Row] = []
    for n, (school, (sender, work)) in enumerate(zip(SCHOOLS, _SENT, strict=True)):
        appointed = date(2022, 9, 1)
        taught = [inventor.workday(date(YEAR, month, 4), 0, 14) for month in (3, 9, 11)]
        rows.append({
            "编号": f"中河副校长〔2022〕{n + 1}号", "单位": STREET, "推荐日期": date(2022, 6, 20 + n), "来源事项": schools[school],
            "姓名": inventor.name(), "推荐委派机关": sender, "工作单位和职务": work, "登记聘任日期": appointed,
            "聘期届满日期": date(2025, 8, 31), "聘书编号": f"聘（样本）2022-{n + 1}",
            "培训日期": date(2022, 8, 22), "培训内容": "任前培训：未成年人保护和课堂教学", "培训学时": "8",
            "授课日期": "、".join(map(str, taught)), "授课主题": "\n".join(_LESSONS[(n + k) % 4] for k in range(3)),
            "授课节数": "\n".join(str(inventor.between(1, 3)) for _ in taught),
        })  # fmt: skip
    return rows


def _experts(inventor: Inventor) -> list[Row]:
    """Named ones of every calling; the law-literate among them are rows of their own register."""
    _, literate = rows_education.ledgers(Random(f"{YEAR}rows_education"))["法律明白人台账.xlsx"]
    fit = [row for row in literate if row["发证日期"] < date(YEAR, 4, 1) and "退出日期" not in row]
    rows: list[Row] = []
    for calling, count in EXPERTS.items():
        for k in range(count):
            invited = inventor.workday(date(YEAR, 4, 3), 0, 40)
            served = [inventor.workday(date(YEAR, month, 6), 0, 18) for month in (6, 10)]
            row: Row = {
                "单位": STREET, "聘请日期": invited, "姓名": inventor.name(), "身份": calling, "专长": _STRENGTHS[calling],
                "聘期届满日期": date(2025, 3, 31), "联系电话": inventor.phone(), "培训日期": date(YEAR, 5, 24),
                "培训内容": "宣讲技巧和年度普法重点", "培训学时": "3.5", "服务日期": "、".join(map(str, served)),
                "服务情况": "进社区宣讲\n参与疑难纠纷会商", "服务时长": f"{inventor.between(1, 3)}\n{inventor.between(1, 4)}",
            }  # fmt: skip
            if calling == "法律明白人":
                row |= {"姓名": fit[k]["姓名"], "来源事项": fit[k]["编号"], "专长": fit[k]["特长"]}
            rows.append(row)
    rows.sort(key=lambda row: (row["聘请日期"], row["姓名"]))
    for n, row in enumerate(rows, start=1):
        row["编号"] = f"中河智库〔{YEAR}〕{n}号"
    return rows


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows), in the order in which they are to be imported."""
    inventor = Inventor(0, read_words())
    inventor.random = rng
    partners = _partners(inventor)
    return {
        "共建伙伴台账.xlsx": ("partner.partner", partners),
        "法治副校长台账.xlsx": ("partner.viceprincipal", _principals(inventor, partners)),
        "普法智库台账.xlsx": ("partner.expert", _experts(inventor)),
    }
