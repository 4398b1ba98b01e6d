"""Rules that are data alone: a pattern, and what takes the point away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ..findings import Severity
from .draft import Draft
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a rule marks. Empty fields take the rule's own words."""

    start: int
    end: int
    message: str = ""
    suggest: str = ""
    severity: Severity | None = None
    basis: str = ""


def matches(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """One hit a sentence at most: a sentence that offends twice is mended once."""
    if rule.needs and not rule.needs.search(draft.plain):
        return
    if rule.without and rule.without.search(draft.body):
        return
    seen: set[int] = set()
    for start, end in chain(_places(draft, rule), _meetings(draft, rule)):
        while start < end and draft.plain[start].isspace():
            start += 1
        sentence = draft.sentence(start)
        if sentence.start in seen or start == end or _is_excused(draft, rule, start, sentence.start, sentence.end):
            continue
        seen.add(sentence.start)
        yield Hit(start, end)
        if rule.once:
            return


def _places(draft: Draft, rule: Rule) -> Iterator[tuple[int, int]]:
    for expression in rule.find:
        for match in expression.finditer(draft.plain):
            yield match.span()


def _meetings(draft: Draft, rule: Rule) -> Iterator[tuple[int, int]]:
    """Sentences in which all patterns of a set meet, in whatever order they are said."""
    for patterns in rule.together:
        for sentence in draft.sentences:
            met = [expression.search(draft.plain, *sentence) for expression in patterns]
            spans = [match.span() for match in met if match]
            if len(spans) == len(patterns):
                yield min(start for start, _ in spans), max(end for _, end in spans)


def _is_excused(draft: Draft, rule: Rule, at: int, start: int, end: int) -> bool:
    if (rule.unless and rule.unless.search(draft.plain, start, end)) or is_listed_wrong(draft, at):
        return True
    if _FORBIDS.search(draft.plain, start, at):
        return True
    if not rule.article_unless:
        return False
    article = draft.article(at)
    return rule.article_unless.search(draft.plain, article.start, article.end) is not None


# 不得锁车、不得在业主群公布…: what stands right behind is forbidden, not set. A rule against a ban marks the 不得 itself.
_FORBIDS = re.compile(
    r"(?:不得|不能|不准|不许|严禁|禁止|无权|不存在|不具有|(?<!不得)(?<!无)不(?:予|再)?(?:承诺|设置?)?)(?:在[^。；，,;\n]{1,8}|将|向[^。；，,;\n]{1,8})?$"
)
# “乱扔罚50元”的条款予以删除: what the sentence speaks of is struck out or put right.
UNDONE = re.compile(
    r"(?:条款|做法|说法|规矩|提法|字样|两个字|旧俗|老话|栏目|第[一二三四五六七八九十百\d]{1,4}条|[”\"])[^。；;\n]{0,20}"
    r"(?:予以|已经?|一律|全部|就此|早就?|应当|应予|应)?(?:删除|删去|删掉|撤下|撤掉|撤销|停用|停止使用|不予认可|不再(?:执行|适用|使用|沿用)|作废|过时)"
)
_ITEM = re.compile(r"[ \t]*(?:[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、)])")
_LONGEST_LIST, _LOOKED_BACK = 60, 6000  # lines and characters looked back for the sentence that a list hangs on
_LEAD = re.compile(r"不得|禁止|严禁|不准|下列(?:行为|情形|情况)|以下(?:行为|情形|情况)")


def is_listed_wrong(draft: Draft, at: int) -> bool:
    """An item of a list that says what is forbidden, or when something follows: it sets nothing itself."""
    text = draft.plain
    end = text.find("\n", at)
    lines = [
        line
        for line in text[max(0, at - _LOOKED_BACK) : end if end >= 0 else len(text)].split("\n")[-_LONGEST_LIST:]
        if line.strip()
    ]
    if not lines or not _ITEM.match(lines[-1]):
        return False
    lead = next((line.rstrip() for line in reversed(lines) if not _ITEM.match(line)), "")
    return lead.endswith(":") and _LEAD.search(lead) is not None
