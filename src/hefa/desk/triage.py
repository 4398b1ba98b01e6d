"""Beside the narrative of an intake: what it is likely about, as an offer; the offer and the choice go on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hefa.kernel.matter import Kind
from hefa.statutes.triage import Suggestion, suggest

LONGEST = 4000
# The kinds whose types the words of subjects.toml speak of.
TRIAGED = frozenset({"mediation.dispute", "incident.incident"})
# Types of incidents are fewer and cut otherwise than types of disputes.
INCIDENTS = {
    "marriage": "family", "neighbour": "neighbour", "property": "property", "consumer": "consumer",
    "ecommerce": "consumer", "tourism": "consumer", "labour": "wages", "migrant": "wages",
    "environment": "streetscape",
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """`code`, `label`: the choice of the field that is suggested, in Chinese; `why`: words of the narrative."""

    code: str
    label: str
    line: str
    why: tuple[str, ...]


def tells(kind: type[Kind], name: str) -> bool:
    """Whether the field is the one that tells the story."""
    return kind.alike is not None and kind.alike.story == name


def offer(kind: type[Kind], narrative: str) -> Offer | None:
    """What the narrative is likely about, in the kind's own types; None when nothing speaks for any of them."""
    if kind.alike is None or kind.label() not in TRIAGED:
        return None
    found = suggest(narrative[:LONGEST])
    code = _code(kind, found)
    if not code:
        return None
    labels = {str(value): str(label) for value, label in kind.field_of(kind.alike.sort).flatchoices}  # type: ignore[attr-defined]
    return Offer(code, labels[code], found.line_label, found.why)


def advised(kind: type[Kind], answers: Mapping[str, object]) -> str:
    """The code that is suggested for a matter about to be opened, or "": the choice stands beside it in the entry.

    Only the code: the words that spoke for it are part of a person's story, which the ledger holds sealed.
    """
    told = kind.alike
    made = offer(kind, str(answers.get(told.story) or "")) if told is not None else None
    return made.code if made else ""


def _code(kind: type[Kind], found: Suggestion) -> str:
    return INCIDENTS.get(found.subject, "") if kind.label().startswith("incident") else found.dispute_type
