"""A draft against all rules of its type and the citations in it: hints in the order of the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from hefa.claims.document import Document

from ..citations import Own
from ..findings import SEVERITIES, Finding
from .checks import CHECKS
from .cited import cited
from .draft import Draft, Span
from .pattern import UNDONE, Hit, matches
from .recognise import is_whole, written_on
from .resemblance import alike
from .rule import Rule, rules

_EXAMPLE = 80  # characters of an example that a hint shows
Check = Callable[[Draft, Rule], Iterable[Hit]]


def lint(document: Document | str, kind: str, on: dt.date | None = None, own: Iterable[Own] = ()) -> list[Finding]:
    """All hints on a text of that type (`rule.KINDS`).

    `on`: the day whose law is asked; without it the day that the text bears, else today. `own`: our register.
    """
    draft = draft_of(document, kind, on)
    if not draft.plain.strip():
        return []
    found = _once([*cited(draft, own)], [*told(draft)])
    found += guessed(draft, found)
    order = {severity: n for n, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda one: (one.start, one.end, order[one.severity], one.rule))


def _once(cited: list[Finding], told: list[Finding]) -> list[Finding]:
    """A dead law is told once: under the rule of the contract, in the words of the citation, which name the new article."""
    better = {one.start: one for one in cited if one.rule == "C-01"}
    twice = {one.start for one in told if one.rule == "GC-22"} & better.keys()
    kept = [
        replace(better[one.start], rule=one.rule) if one.rule == "GC-22" and one.start in twice else one for one in told
    ]
    return [*(one for one in cited if one.rule != "C-01" or one.start not in twice), *kept]


def draft_of(document: Document | str, kind: str, on: dt.date | None = None) -> Draft:
    whole = Document(document) if isinstance(document, str) else document
    bears = written_on(whole.text)
    return Draft(whole.text, kind, on or bears or dt.date.today(), bears, whole.tables)


def told(draft: Draft) -> Iterator[Finding]:
    """One hint a rule and sentence; none where a rule that says it better has marked the sentence."""
    whole = is_whole(draft)
    marked: dict[tuple[str, int], tuple[Rule, Hit]] = {}
    for rule in rules(draft.kind):
        if not rule.in_force(draft.on) or (rule.whole and not whole):
            continue
        for hit in matches(draft, rule) if rule.find or rule.together else CHECKS[rule.check or rule.id](draft, rule):
            sentence = draft.sentence(hit.start)
            if not UNDONE.search(draft.plain, *sentence):
                marked.setdefault((rule.id, sentence.start), (rule, hit))
    for (_, at), (rule, hit) in marked.items():
        if not any((better, at) in marked for better in rule.yields_to):
            yield _finding(draft, rule, hit)


_LIKE = (
    "{where}写“{quote}”，与一条有问题的写法相近：“{example}”。这是按范例推测的，请对照依据核对；确属合法的，不必理会。"
)


def guessed(draft: Draft, found: Iterable[Finding]) -> list[Finding]:
    """What no rule marked and is like clauses that break one: advice, with the example that it goes by."""
    guesses = []
    for one in alike(draft, (Span(hint.start, hint.end) for hint in found if not hint.rule.startswith("C-"))):
        rows = [rule for rule in rules(draft.kind) if rule.id == one.rule]
        # An example does not know days: what became a fault later is left to the rule's own row.
        if rows and not any(rule.since and draft.on < rule.since for rule in rows):
            message = _LIKE.replace("{example}", " ".join(one.example.split())[:_EXAMPLE])
            guesses.append(_finding(draft, rows[0], Hit(*one.span, message=message, severity="advise")))
    return guesses


def _finding(draft: Draft, rule: Rule, hit: Hit) -> Finding:
    size = len(draft.text)
    start = min(max(hit.start, 0), max(size - 1, 0))
    end = min(max(hit.end, start + 1), size)
    while start < end - 1 and draft.text[start] in "、，,；;：:。 ":
        start += 1  # a rule may have begun in what the sentence before left
    quote = draft.text[start:end]
    said = (
        (hit.message or rule.message)
        .replace("{where}", draft.place(start))
        .replace("{quote}", " ".join(quote.split())[:60])
    )
    return Finding(rule.id, hit.severity or rule.severity, start, end, quote, said,
                   hit.basis or rule.basis_on(draft.on), hit.suggest or rule.suggest)  # fmt: skip
