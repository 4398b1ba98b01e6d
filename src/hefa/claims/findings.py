"""A finding, and the one-line arithmetic that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hefa.claims.claims import Claim, Sentence

ERROR, WARNING, HINT = "error", "warning", "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """`start`/`end` are characters of the extracted text; `message` is for people, `arithmetic` one line."""

    rule: str
    severity: str
    claims: tuple[Claim, ...]
    start: int
    end: int
    arithmetic: str
    message: str


def finding(rule: str, severity: str, claims: list[Claim], arithmetic: str, message: str) -> Finding:
    """A finding about numbers: its place is the stretch from the first to the last of them."""
    unique = tuple({c.id: c for c in claims}.values())
    start, end = min(c.start for c in unique), max(c.end for c in unique)
    return Finding(rule, severity, unique, start, end, arithmetic, message)


def show(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    if value == value.to_integral_value():
        return str(int(value))
    return format(value.normalize(), "f")


def sum_of(claims: Iterable[Claim]) -> Decimal:
    return sum((c.value for c in claims), Decimal(0))


def addition(claims: Iterable[Claim]) -> str:
    """The left side of an addition: 110+280."""
    return "+".join(show(c.value) for c in claims)


def said(claim: Claim) -> str:
    """The number as printed, without the unit when the unit says nothing here."""
    return claim.text.strip()


def short(sentence: Sentence, claim: Claim) -> str:
    """A few words by which a reader finds the number again."""
    words = claim.subject.strip("其中，、：；（）的为是")[-14:]
    return f"“{words}{said(claim)}”" if words and words not in said(claim) else f"“{said(claim)}”"
