"""Rule C-07: a document of lower rank relied on for what the law above it sets otherwise, or set above the law itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hefa.kernel.law import Term, UnknownLaw, instrument

from .checks import sentence
from .findings import Finding
from .numerals import CHARS, NUMBER, read
from .shelf import Shelf, table
from .texts import RANKS, plain

if TYPE_CHECKING:
    from .citations import Resolved

_GROUND = re.compile(
    r"(?:根据|依据|依照|按照|执行|适用|遵照|按)[^，。；《]{0,12}(?:《[^》]{2,60}》[^，。；《]{0,24}(?:、|和|及|以及))*$"
)
_OWN_WORDS = re.compile(r"^(?:[^，。；]{0,16})(?:规定|要求|明确|确定)")
_LOCAL = re.compile(
    r"(?:办法|规定|细则|通知|意见|制度|方案|规程|规则|流程|指南|公约|章程|守则|规范)(?:（[^）]{1,12}）)?$"
)
_NATIONAL = re.compile(r"^(?:最高人民|国务院|全国|中共中央|中国共产党|国家)")
_UNIT_WORDS = {"个工作日": "working", "工作日": "working", "日": "calendar", "天": "calendar", "个月": "month"}
# Not the day of a date: 5月1日公布.
_TIME = re.compile(rf"(?<![年月{CHARS}])({NUMBER})\s*(个工作日|工作日|日|天|个月)")
_CLAUSE = re.compile(r"[，；：\n]")
# The sentence speaks of the conflict itself, or hands on to the law.
_TOLD = re.compile(r"不一致|抵触|冲突|不符|违反|应予修改|应当修改|修改为|予以纠正|废止|缩短为|延长|上位法")
_SUPERIOR = (
    r"(?:上位法|法律、?(?:行政)?法规|法律规定|国家(?:有关|相关|现行)?(?:法律、?法规|法律|法规|规定|政策)|上级(?:有关|相关)?(?:文件|规定|政策)"
    r"|省、?市(?:有关|相关)?规定|《[^》]{1,40}(?:法|法典|条例)》(?:及[^，。；]{0,14})?)"
)
_SELF = (
    r"(?:以)?(?:本|我)(?:街道|社区|单位|局|镇|村|小区)?(?:的)?"
    r"(?:村规民约|规民约|居民公约|办法|规定|细则|制度|公约|方案|通知|规则|意见|章程|实施意见)"
)
_ABOVE = re.compile(
    rf"(?:与{_SUPERIOR}(?:的?(?:规定|要求|条款))?(?:有?(?:不一致|不同|抵触|相抵触|冲突|不符|相冲突|出入))(?:的|时|之处|的地方)?|"
    rf"{_SUPERIOR}(?:的?规定)?与(?:本[\u4e00-\u9fff]{{1,6}})(?:不一致|抵触|相抵触|冲突|相冲突|不符)(?:的|时)?)"
    rf"，?\s*(?:一律|均|仍|优先|应当|都)?(?:以|按|按照|适用|执行|优先适用|依照)\s*{_SELF}(?:的规定)?(?:为准|执行|办理|处理|规定)?"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    term: str
    topic: re.Pattern[str]
    near: re.Pattern[str]
    most: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(row["term"], re.compile(row["topic"]), re.compile(row["near"]), row["most"])
        for row in table("higher.toml")["higher"]
    )


def above_the_law(text: str) -> Iterator[Finding]:
    """与上位法不一致的，以本办法为准: the wrong way round."""
    for found in _ABOVE.finditer(text):
        message = "把本文件放在了上位法之上：下位文件与法律、法规不一致的，适用法律、法规。"
        suggest = "本文件与法律、法规、规章不一致的，以法律、法规、规章的规定为准"
        basis = "《中华人民共和国立法法》关于效力等级的规定"
        yield Finding("C-07", "major", found.start(), found.end(), found.group(), message, basis, suggest)


def of_times(text: str, on: dt.date, shelf: Shelf, resolved: Resolved) -> Iterator[Finding]:
    """A time taken from a document of lower rank where the law above sets another."""
    mention = resolved.mention
    if not mention.titled or not _is_lower(resolved):
        return
    before, after = sentence(text, mention.start, mention.close)
    if _TOLD.search(before + after) or not (_GROUND.search(before) or _OWN_WORDS.search(after)):
        return
    said = before + mention.name + after
    for time in _TIME.finditer(after):
        start = mention.close + time.start()
        led, follows = after[: time.start()][-12:], after[time.end() :][:14]
        around = _CLAUSE.split(led)[-1] + time.group() + _CLAUSE.split(follows)[0]
        rule = next((one for one in _rules() if one.topic.search(said) and one.near.search(around)), None)
        term = _term(rule.term, on) if rule else None
        length = read(time.group(1))
        if rule is None or term is None or length is None or _UNIT_WORDS[time.group(2)] != term.unit:
            continue
        of = shelf.instrument(term.instrument.name) if term.instrument else None
        if not _ranks_below(resolved, of.rank if of else "行政法规", shelf):
            continue
        if (length > term.days) if rule.most else (length < term.days):
            yield _finding(text, start, start + len(time.group()), mention.name, term, rule)
            return


def _finding(text: str, start: int, end: int, name: str, term: Term, rule: _Rule) -> Finding:
    how = "不得长于" if rule.most else "不得短于"
    message = (
        f"《{plain(name)}》所定的{text[start:end]}与上位法不一致：{term.citation}规定“{term.label}”{how}{term.text}。"
    )
    return Finding("C-07", "major", start, end, text[start:end], message, term.citation, term.text)


def _term(name: str, on: dt.date) -> Term | None:
    """The term of a day, if the law data are sure of it."""
    id, _, term = name.partition(".")
    try:
        found = instrument(id).term(term).on(on)
    except UnknownLaw:
        return None
    return found if found.verified and found.article is not None else None


def _is_lower(resolved: Resolved) -> bool:
    """Of a rank below the laws, or a title as only such documents have it."""
    if resolved.version is not None:
        return RANKS.index(resolved.version.rank) >= RANKS.index("地方性法规")  # type: ignore[arg-type]
    bare = plain(resolved.mention.name)
    return bool(_LOCAL.search(bare)) and not _NATIONAL.search(bare)


def _ranks_below(resolved: Resolved, rank: str, shelf: Shelf) -> bool:
    own = resolved.version.rank if resolved.version is not None else "规范性文件"
    return RANKS.index(own) > RANKS.index(rank)  # type: ignore[arg-type]
