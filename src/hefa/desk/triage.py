"""Beside the narrative of an intake: what it is likely about, as an offer; the offer and the choice go on record."""

from __future__ import annotations

from dataclasses import dataclass

from hefa.kernel import ledger
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Actor
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


def record(matter: Matter, actor: Actor, answers: dict[str, object]) -> None:
    """Put on record what was suggested for a matter just opened and what the person chose.

    Only the two codes: the words that spoke for it are part of a person's story, which the ledger holds sealed.
    """
    told = matter.declared.alike
    made = offer(matter.declared, str(answers.get(told.story) or "")) if told is not None else None
    if told is not None and made is not None:
        facts = {"suggested": made.code, "chosen": str(answers.get(told.sort) or "")}
        ledger.note("triage", actor=actor, matter=matter, answers=facts)


def _code(kind: type[Kind], found: Suggestion) -> str:
    return INCIDENTS.get(found.subject, "") if kind.label().startswith("incident") else found.dispute_type
