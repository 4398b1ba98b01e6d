"""The checks that need more than a pattern, by the rule that they serve."""

from . import (
    amounts,
    blanks,
    decision,
    enforcement,
    guarantee,
    normative,
    pact,
    parties,
    penalty_days,
    products,
    reckoned,
    remedies,
    terms,
)
from .registry import CHECKS

__all__ = [
    "CHECKS",
    "amounts",
    "blanks",
    "decision",
    "enforcement",
    "guarantee",
    "normative",
    "pact",
    "parties",
    "penalty_days",
    "products",
    "reckoned",
    "remedies",
    "terms",
]
