"""Every reference of a text, resolved on the text's day, and what is wrong with it.

    citations, findings = cite(text, on=date(2026, 3, 1), shelf=Shelf.open())

A law that is not on the shelf is `unknown` and no finding: a hint that is not sure is not given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from . import checks, higher, quotes
from .findings import Citation, Finding
from .references import Mention, mentions
from .shelf import Shelf
from .status import Status
from .texts import Version, plain


@dataclass(frozen=True, slots=True)
class Own:
    """A document of our own register: `until` is the first day on which it no longer holds; None while it stands."""

    title: str
    number: str  # 文号
    until: dt.date | None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with the law it means: `version` is the wording of the day, None when its words are not known."""

    mention: Mention
    title: str
    status: Status
    version: Version | None


def cite(text: str, on: dt.date, shelf: Shelf, register: Iterable[Own] = ()) -> tuple[list[Citation], list[Finding]]:
    """References in order of place, findings in order of place. `register`: our own documents, for rule C-06."""
    citations: list[Citation] = []
    findings: list[Finding] = []
    own = {plain(one.title): one for one in register}
    for mention in mentions(text, shelf.names()):
        resolved = _resolve(mention, on, shelf, own)
        citations += _citations(text, resolved)
        findings += checks.of_law(text, on, shelf, resolved, own.get(plain(mention.name)))
        findings += higher.of_times(text, on, shelf, resolved)
        if resolved.status.state == "in_force" and resolved.version is not None:
            findings += checks.of_places(text, shelf, resolved)
            findings += quotes.of_places(text, shelf, resolved)
    findings += higher.above_the_law(text)
    return citations, sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule))


def _resolve(mention: Mention, on: dt.date, shelf: Shelf, own: dict[str, Own]) -> Resolved:
    one = shelf.instrument(mention.name)
    dead = checks.bare(mention.name)
    status = shelf.status(mention.name if one else dead, on)
    if one is None and status.state == "unknown" and (ours := own.get(plain(mention.name))):
        ended = ours.until is not None and ours.until <= on
        status = Status(
            "repealed" if ended else "in_force", ours.until if ended else None, "本单位文件库", ours.successor
        )
    title = one.title if one else mention.name
    return Resolved(mention, title, status, shelf.find(mention.name, on) if one else None)


def _citations(text: str, resolved: Resolved) -> list[Citation]:
    """One a place; the first takes in the law's name, the others are their own words."""
    mention, law, state = resolved.mention, resolved.title, resolved.status.state
    if not mention.places:
        return [Citation(text[mention.start : mention.end], mention.start, mention.end, law, "", state)]
    found = []
    for at, place in enumerate(mention.places):
        start = place.start if at else mention.start
        words = text[start : place.end]
        found.append(Citation(words, start, place.end, law, place.article, state, place.paragraph, place.item))
    return found
