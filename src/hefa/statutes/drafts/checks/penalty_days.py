"""The days of a penalty: the time bar of an act (EN-03) and the term for the decision (EN-07)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from ..words import ANY_DAY, DAY, MONTH, MONTH_ALONE, NUMBER, count, day_of, month_of
from .registry import serves

ACT = re.compile(
    r"违法(?:行为)?|占道|擅自|未经|倾倒|堆放|搭建|经营|破坏|施工|发生|实施|使用|丢弃|遗撒|泄漏|饲养|张贴|涂写|损坏|焚烧|排放"
)


def time_bar(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """An act found out after the time bar, when one sentence or two give both days."""
    most = rule.limit("years", draft.on)
    if draft.has(r"连续状态|继续状态|持续至|至今|一直|生命健康|金融安全"):
        return
    yield from _barred_by_month(draft, most)
    found = re.search(
        rf"({ANY_DAY})[^。;\n\d]{{0,24}}(?:发现|查获|立案|接到(?:群众)?(?:举报|投诉)|巡查|检查)",
        draft.plain,
    )
    for match in DAY.finditer(draft.plain):
        tail = re.split("[,;。\n]", draft.plain[match.end() : match.end() + 24])[0]
        before = draft.plain[max(0, match.start() - 14) : match.start()]
        if (
            found is None
            or match.start() == found.start()
            or not re.search(r"违法行为(?:发生|实施|终了|结束)?于?|于|在", before + tail)
            or not ACT.search(tail + before)
            or re.search("发现|查获|立案|举报|巡查|检查|告知|作出|送达|施行|公布", tail)
        ):
            continue
        first, last = day_of(match), day_of(seen) if (seen := DAY.search(found.group())) else None
        if first and last and (last - first).days > most * 366:
            yield Hit(
                *match.span(),
                message=f"{{where}}的违法行为在{first}，{last}才发现，超过{most}年不再给予行政处罚（涉及公民生命健康安全、金融安全且有危害后果的为五年；连续、继续的从终了之日起算）。请核对。",
            )
            return


_ENDED = "自行拆除|自行清理|终了|结束|停止|恢复原状|倾倒|砍伐|焚烧|丢弃|偷倒"
# An act by its name, or one that was over at once: what somebody built goes on until it is gone.
_BY_MONTH = re.compile(
    rf"(?:违法行为[^。;,\n\d]{{0,10}}{MONTH_ALONE}[^。;\n]{{0,16}}?"
    rf"|(?:当事人|你(?:单位)?|该(?:店|户|公司|单位))[^。;,\n\d]{{0,6}}{MONTH_ALONE}[^。;\n\d]{{0,20}}?(?:{_ENDED})[^。;\n\d]{{0,16}}?)"
    rf"{MONTH}[^。;,\n]{{0,12}}?(?:发现|查获|立案)"
)


def _barred_by_month(draft: Draft, most: int) -> Iterator[Hit]:
    """The same where only months are told; the month itself is given to the office."""
    for match in _BY_MONTH.finditer(draft.plain):
        year, month, later, seen = (int(one) for one in match.groups() if one)
        if (later * 12 + seen) - (year * 12 + month) > most * 12:
            yield Hit(
                *match.span(),
                message=f"{{where}}的违法行为在{year}年{month}月，{later}年{seen}月才发现，超过{most}年不再给予行政处罚（涉及公民生命健康安全、金融安全且有危害后果的为五年；连续、继续的从终了之日起算）。请核对。",
            )


_FILED = re.compile(rf"({ANY_DAY})[^。;\n\d]{{0,24}}立案|立案(?:日期|时间)?(?:为|于|[:])?\s*({ANY_DAY})")
_MADE = re.compile(
    rf"({ANY_DAY})[^。;,\n\d]{{0,16}}(?:作出|制作|下达)[^。;,\n]{{0,10}}(?:处罚)?决定|决定(?:书)?(?:日期|作出日期)\s*[:]?\s*({ANY_DAY})"
)

# The month alone is given to the office: filed on its last day, decided on its first.
_FILED_IN = re.compile(rf"{MONTH_ALONE}[^。;,\n\d]{{0,6}}立案")
_MADE_IN = re.compile(rf"{MONTH_ALONE}(?:[上中下]旬|底|初)?[^。;,\n\d]{{0,6}}(?:作出|制作|下达)[^。;,\n]{{0,10}}决定")


_LENGTHENED = re.compile(
    r"(?<!未办理)(?<!未经批准)(?<!没有)(?<!未)(?<!无)(?:延长(?:办案|办理|处理)?期限|经批准延长|批准延长|延期)|中止|检测|鉴定|公告期间|不计入"
)
_WITHIN = re.compile(rf"立案(?:之日)?起\s*({NUMBER})\s*(日|天|个月)(?:之?内)[^。;,\n]{{0,10}}作出[^。;,\n]{{0,8}}决定")


@serves("EN-07")
def ninety_days(draft: Draft, rule: Rule) -> Iterator[Hit]:
    most = rule.limit("days", draft.on)
    for match in _WITHIN.finditer(draft.plain):
        number = (count(match[1]) or 0) * (30 if match[2] == "个月" else 1)
        if number > most:
            yield Hit(
                *match.span(),
                message=f"{{where}}写“{{quote}}”。应当自立案之日起{most}日内作出处罚决定，法律、法规、规章另有规定的除外；请改。",
            )
    filed, made = _FILED.search(draft.plain), _MADE.search(draft.plain)
    if filed:
        first = _first_day(filed.group())
    else:
        filed = _FILED_IN.search(draft.plain)
        month = month_of(filed)
        first = month and (month + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
    last = _first_day(made.group()) if made else month_of(_MADE_IN.search(draft.plain)) or draft.written_on
    if filed is None or first is None or last is None:
        return
    if (last - first).days > most and not _LENGTHENED.search(draft.plain):
        yield Hit(
            *filed.span(),
            message=f"{{where}}：{first}立案，{last}作出决定，已{(last - first).days}日，超过{most}日，没有写延长或者扣除的理由。",
        )
    elif last < first:
        yield Hit(*filed.span(), message=f"{{where}}：决定日期{last}早于立案日期{first}。请核对。")


def _first_day(text: str) -> dt.date | None:
    found = DAY.search(text)
    return day_of(found) if found else None
