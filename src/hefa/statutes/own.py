"""Our own register's normative documents, as citations are held against them (rule C-06)."""

from __future__ import annotations

import datetime as dt

from django.db import DatabaseError

from hefa.matters.rules.document import NormativeDocument

from .citations import Own

ENDED = ("abolished", "expired")


def register() -> list[Own]:
    """Every document that was once published; none when the database has not been made yet.

    `until`: the day after 有效期至, or the day on which its abolition or expiry was put on record, whichever is earlier.
    Titles, numbers and days of published documents are public, so nothing here depends on who asks.
    """
    rows = NormativeDocument.objects.exclude(in_force_from=None).values_list(
        "matter__title", "doc_no", "in_force_to", "matter__state", "matter__closed_on"
    )
    try:
        return [Own(title, number, _until(valid, state, closed)) for title, number, valid, state, closed in rows]
    except DatabaseError:
        return []


def _until(valid: dt.date | None, state: str, closed: dt.date | None) -> dt.date | None:
    days = [valid + dt.timedelta(days=1)] if valid else []
    if state in ENDED and closed:
        days.append(closed)
    return min(days, default=None)
