"""What a number does in its sentence: a count, a share, a named rate, a change, a target, an average."""

import re
from typing import TYPE_CHECKING

from hefa.claims import lexis
from hefa.claims.numerals import Numeral

if TYPE_CHECKING:
    from hefa.claims.claims import Claim

UP = "增长|增加|上升|提升|提高|攀升|上涨|扩大|增幅|涨幅|升幅|增速|净增|增"
DOWN = "下降|减少|降低|回落|下滑|压降|压减|缩短|压缩|精简|降幅|减幅|跌幅|负增长|缩减|下跌|降|减"
_TO = r"(?:了|约|近|率|幅度|幅|为|是|超过|超|高达|达到|达|：|均|均为|均达|的|各|分别)*$"
_CHANGE = re.compile(rf"(?:{UP}|{DOWN}){_TO}|(?:同比|环比)(?:\+|-|为|约)?$")
_LEVEL = re.compile(rf"(?:{UP}|{DOWN}|升|压)(?:到|至|为|达到)了?(?:约|近)?$")
_COMPARE = re.compile(r"同比|环比|较|比|相比|上年|去年|上月|上期|同期")
_MORE = re.compile(r"(?:多|少|增|减)$")
_NAMED = re.compile(
    r"[^，。；：（）、\d]{1,16}?(?:率|度|占比|比例|比重)(?:为|是|约|达到|达|高达|超过|超|保持在|保持|稳定在|均为|均达|均|提升至|提升到|提高到"
    r"|提高至|上升到|上升至|升至|增至|下降至|下降到|降至|降到|降低至|实现|维持在|分别|分别为|分别达|分别达到|：|仍|已|已达|在|近|由|从|上年|去年|的|只有|仅|仅为)*$"
)
_SHARE = re.compile(r"占(?!道|地|用|领|据(?!了?总|全))|比重|比例|占比")
_TARGET = re.compile(
    r"要求|目标|力争|确保|争取|争创|不低于|不少于|不超过|不高于|不得|应达|须达|需达|标准(?!化)|计划|(?<![模虚草])拟|预计|预期|考核|任务数|指标|限额|上限|控制在|超过法定|规定"
)
_OF_PLAN = re.compile(r"(?:占|完成|为)[^，。；]{0,10}(?:计划|目标|任务|预算|指标)[^，。；]{0,14}的$")
# 「完成预算71795万元的92.9%」: the base stands in the words, with its number.
_OF_BASE = re.compile(r"(?:完成|为|达到?|相当于)[^，。；\d]{0,14}\d[\d.]*[^，。；\d]{0,6}的$")
# Of a count only the words right before it make it a target: 「标准化司法所3个」 is none.
_TARGET_COUNT = re.compile(
    r"(?:力争|争取|争创|确保|计划(?!生育)|(?<![模虚草])拟|预计|目标|不低于|不少于|不超过|不高于|上限|限额|应达|须达|需达|要求)[^，。；]{0,14}$"
)
_AVERAGE = re.compile(
    r"平均|人均|日均|月均|户均|年均|周均|均(?:为|达|约)?$|每(?:[个名家月周日天年季人件场期户位次]|社区|村)"
)
_BEFORE = re.compile(
    r"(?:上年度?|去年|上一年度?|前年|上月|上个月|同期)(?:度|同期|全年|末|底)*(?:的|为|是|共|仅|有|共有|，)*$|(?:由|从(?![宽严轻重快速业事此而属]))(?:[^，。；到至]{0,14})$"
)

_BEFORE_BRACKET = re.compile(r"(?:上年|去年|上月|同期|上一年)[^，。；（]{0,6}（$")


def role_of(numeral: Numeral, lead: str, clause: str, gap: str, previous: "Claim | None") -> str:
    """One of count, delta, previous, average, target, share, named, change, level, loose, points, multiple."""
    if numeral.unit in ("百分点", "个百分点"):
        return "points"
    if numeral.unit in ("倍", "番"):
        return "multiple"
    chained = gap in ("、", "和", "及", "与") and previous is not None and previous.is_rate
    if numeral.unit in ("%", "‰", "成"):
        return previous.role if chained and previous else _rate_role(lead, clause)
    if _TARGET_COUNT.search(re.sub(r"〈[^〉]*〉", "", lead)) and not re.search(r"按照|根据|符合", clause):
        return "target"
    return _count_role(lead, clause, gap, previous)


def _rate_role(lead: str, clause: str) -> str:
    if _LEVEL.search(lead):
        return "target" if _TARGET.search(clause) else "level"
    if _CHANGE.search(lead):
        return "change"
    if _OF_BASE.search(clause) or _OF_PLAN.search(clause):
        return "share"
    if _TARGET.search(clause):
        return "target"
    if _SHARE.search(lead) or (_SHARE.search(clause) and not _NAMED.search(lead)):
        return "share"
    if _NAMED.search(lead):
        return "named"
    return "bare" if not lead else "loose"


def _count_role(lead: str, clause: str, gap: str, previous: "Claim | None") -> str:
    if _BEFORE.search(lead) or (not lead and _BEFORE_BRACKET.search(gap)):
        return "previous"
    if _AVERAGE.search(lead):
        return "average"
    if _LEVEL.search(lead):
        return "count"
    compared = _COMPARE.search(clause) or _COMPARE.search(gap)
    if previous is not None and _LEVEL.search(previous.lead) and re.fullmatch(rf"(?:{UP}|{DOWN})了?", lead):
        return "delta"
    if compared and (_CHANGE.search(lead) or _MORE.search(lead)) and not lead.endswith("新增"):
        return "delta"
    return "count"


def of_plan(clause: str) -> bool:
    """「为预算的74.1%」, 「完成年度任务的95%」: the base is a plan, and nothing else in the sentence."""
    return bool(_OF_PLAN.search(clause))


def falls(lead: str) -> bool:
    """Whether a change is said to go down: the last word of direction before the number decides."""
    ups = [m.end() for m in re.finditer(UP, lead)]
    downs = [m.end() for m in re.finditer(DOWN, lead)]
    return bool(downs) and (not ups or downs[-1] >= ups[-1])


def widened(words: str, than: str) -> bool:
    """「占全区的5%」 of a street's count: the base lies in a wider area that the base's own words do not name."""
    for area in (
        "全区",
        "全市",
        "全省",
        "全国",
        "全县",
        "辖区",
        "常住",
        "户籍",
        "编制",
        "在编",
        "人口",
        "同类",
        "同期",
    ):
        if area in words and area not in than:
            return True
    return False


def same_kind(a: "Claim", b: "Claim") -> bool:
    """Whether two counts may be added or divided: one family of measure words, or one unsaid."""
    return not a.unit or not b.unit or a.unit == b.unit or lexis.family(a.unit) == lexis.family(b.unit)
