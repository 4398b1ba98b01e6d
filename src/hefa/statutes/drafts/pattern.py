"""Rules that are data alone: a pattern, and what takes the point away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    if rule.without and rule.without.search(draft.plain):
        return
    seen: set[int] = set()
    for expression in rule.find:
        for match in expression.finditer(draft.plain):
            start, end = match.span()
            while start < end and draft.plain[start].isspace():
                start += 1
            sentence = draft.sentence(start)
            if sentence.start in seen or start == end or _is_excused(draft, rule, start, sentence.start, sentence.end):
                continue
            seen.add(sentence.start)
            yield Hit(start, end)
            if rule.once:
                return


def _is_excused(draft: Draft, rule: Rule, at: int, start: int, end: int) -> bool:
    if rule.unless and rule.unless.search(draft.plain, start, end):
        return True
    if not rule.article_unless:
        return False
    article = draft.article(at)
    return rule.article_unless.search(draft.plain, article.start, article.end) is not None
