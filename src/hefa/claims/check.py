"""`check(text)`: all rules over one document; findings in the order of the text."""

from dataclasses import dataclass, replace
from typing import Any

from hefa.claims.claims import Claim
from hefa.claims.document import Document
from hefa.claims.findings import Finding
from hefa.claims.match import RecordedFigure, RecordVerdict, match, record_findings
from hefa.claims.reading import Reading, reading
from hefa.claims.rules import changes, differences, laws, parts, rates, shares, sums, terms, totals, values, years
from hefa.claims.rules import tables as table_rules

# More numbers than this in one sentence is a table that lost its lines: no rule can tell which belong together.
CROWDED = 80


@dataclass(frozen=True)
class Result:
    """What was found in one text; `record` is filled by `against` when there is a record to compare with."""

    text: str
    year: int | None
    kind: str | None
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    record: tuple[RecordVerdict, ...] = ()

    def against(self, figures: list[RecordedFigure]) -> "Result":
        """The same result with every claim held against the figures of the record; differences become findings."""
        verdicts = match(self, figures)
        found = record_findings(self, verdicts)
        return replace(self, record=tuple(verdicts), findings=_ordered([*self.findings, *found]))

    def to_json(self) -> dict[str, Any]:
        claims = [
            {"id": c.id, "text": c.text, "value": _number(c.value), "unit": c.unit, "start": c.start, "end": c.end}
            for c in self.claims
        ]
        findings = [
            {
                "rule": f.rule,
                "severity": f.severity,
                "claims": [c.id for c in f.claims],
                "text": self.text[f.start : f.end],
                "arithmetic": f.arithmetic,
                "message": f.message,
            }
            for f in self.findings
        ]
        record = [
            {
                "claim": r.claim.id,
                "figure": r.figure.name if r.figure else None,
                "verdict": r.verdict,
                "recorded": _number(r.figure.value) if r.figure else None,
            }
            for r in self.record
        ]
        return {"claims": claims, "findings": findings, "record": record}


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.start, f.end, f.rule)))


def check(text: str | Document, kind: str | None = None) -> Result:
    """Read a report and test its numbers.

    `text`: extracted text, or a `Document` with tables (see `extract`). `kind`: `rule-of-law` or `disclosure` when the
    caller knows; else the title decides. Offsets in the result are characters of that text.
    """
    document = Document(text) if isinstance(text, str) else text
    read = reading(document, kind)
    findings = [
        *_prose(read),
        *table_rules.check(read),
        *values.check(read),
        *years.check(read),
        *parts.check(read),
        *laws.check(read),
    ]
    known = {c.id for c in read.claims}
    loose = {c.id: c for f in findings for c in f.claims if c.id not in known}
    claims = sorted([*read.claims, *loose.values()], key=lambda c: c.start)
    return Result(document.text, read.year, read.kind, tuple(claims), _ordered(_distinct(findings)))


def _prose(read: Reading) -> list[Finding]:
    everywhere = [c for s in read.sentences for c in s.counts]
    found: list[Finding] = []
    paragraph: list[Claim] = []
    line = -1
    for sentence in read.sentences:
        if sentence.paragraph != line:
            paragraph, line = [], sentence.paragraph
        if 0 < len(sentence.claims) <= CROWDED:
            found += sums.check(sentence) or totals.check(sentence)
            found += shares.check(sentence, paragraph, everywhere)
            found += rates.check(sentence, paragraph, everywhere)
            found += changes.check(sentence)
            found += terms.check(sentence)
            found += differences.check(sentence)
            paragraph = paragraph + sentence.counts
    return found


def _distinct(findings: list[Finding]) -> list[Finding]:
    """One finding per rule and set of numbers."""
    seen: dict[tuple[object, ...], Finding] = {}
    for f in findings:
        seen.setdefault((f.rule, frozenset(c.id for c in f.claims), f.start if not f.claims else 0), f)
    return list(seen.values())
