"""What a narrative is about: a suggestion with its reasons, never a decision.

from hefa.statutes.triage import suggest
suggest("楼上空调滴水，说了几次不改").dispute_type        "01"
"""

from __future__ import annotations

from hefa.statutes.triage.suggestion import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
