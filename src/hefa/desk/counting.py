"""Counts that stay cheap: past a thousand the exact number is asked for, not given."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

CAP = 1000


def capped(found: QuerySet[Any, Any]) -> str:
    """ "0" … "1000", or "1000+"; the database stops counting there."""
    n = found.order_by()[: CAP + 1].count()
    return f"{CAP}+" if n > CAP else str(n)
