"""What sort of text a draft is, which day it bears, and whether it is a whole document or a clause of one."""

from __future__ import annotations

import datetime as dt
import re

from ..dates import own_date
from .draft import Draft
from .words import ANY_DAY, DAY, day_of, plain

# Of each type the words of a title, then what stands in the body; the first type that fits best wins.
_TITLES = {
    "enforcement": r"(?:行政)?(?:处罚|强制)[^\n]{0,8}(?:决定书|告知书|决定)",
    "pact": r"村规民约|居民公约|村民公约|居规民约|社区公约|小区公约|居民自治公约|自治章程|自治公约",
    "contract": r"(?:合同|协议)(?:书)?(?:[(（].{0,12}[)）])?$|(?:合同|协议)书",
    "decision": r"会议纪要|会议记录|决策(?:草案|方案|事项|记录)|重大(?:行政)?决策|决策说明|提请.{0,20}审议",
    "normative": r"(?:办法|规定|细则|规则|实施意见|意见|通知|通告|公告|方案|措施|决定|制度)(?:[(（].{0,16}[)）])?$",
}
_BODIES = {
    "enforcement": r"行政处罚决定|当事人[:：]|陈述[、和]?申辩|缴纳罚款",
    "contract": r"[甲乙]\s*方|违约金|本合同|本协议",
    "pact": r"本公约|村规民约|居民会议|村民会议|本村规",
    "decision": r"应到(?:会)?\s*\S{1,3}\s*人|会议(?:认为|决定|议定|听取)|表决|集体讨论|决策",
    "normative": r"本(?:办法|规定|细则|通知|意见)|施行|街道办事处",
}
_STRONG = 3


def kind_of(text: str) -> str:
    """The type that title and body speak for most; a normative document when nothing speaks."""
    words = plain(text)
    head = [line.strip() for line in words.split("\n") if line.strip()][:6]
    scores = {}
    for kind, body in _BODIES.items():
        title = any(re.search(_TITLES[kind], line) for line in head if len(line) <= 60)
        scores[kind] = _STRONG * title + min(len(re.findall(body, words)), 6) / 2
    return max(scores, key=lambda kind: scores[kind]) if max(scores.values()) else "normative"


_DATED = "日期|签订|成文|印发|发布|时间|落款"


def written_on(text: str) -> dt.date | None:
    """成文日期: the day that stands alone near the end, else one in the head (签订日期, 成文日期, 发布日期)."""
    if day := own_date(text):
        return day
    for line in [line.strip() for line in plain(text).split("\n") if line.strip()][:10]:
        match = re.search(rf"(?:{_DATED})[^\d。]{{0,10}}({ANY_DAY})|({ANY_DAY})[^\d。,]{{0,6}}(?:{_DATED})", line)
        named = DAY.search(match.group()) if match else None
        if named and (day := day_of(named)):
            return day
    signed = re.search(rf"(?:签订|签署|签约|成文|作出决定)(?:日期|时间|日)\s*[:：]?\s*({DAY.pattern})", plain(text))
    found = DAY.search(signed.group()) if signed else None
    return day_of(found) if found else None


def is_whole(draft: Draft) -> bool:
    """A whole document: it has a title and several articles. A single clause is asked only about what it says."""
    text = draft.plain
    if len(text.strip()) < 120:
        return False
    title = any(re.search(_TITLES[draft.kind], draft.of(span).strip()) for span in draft.lines[:6])
    if draft.kind == "contract":
        return draft.clauses >= 4 and len(re.findall(r"甲\s*方", text)) >= 2 and len(re.findall(r"乙\s*方", text)) >= 2
    if draft.kind == "enforcement":
        return title and len(text) >= 200 and re.search(r"当事人|被处罚人", text) is not None
    if draft.kind == "decision":
        return title and len(text) >= 200
    return title and draft.clauses >= 3
