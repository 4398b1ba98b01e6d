"""Typical cases as the public reads them: what was approved and published, and nothing of the case that it tells of."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.db.models import OuterRef, QuerySet, Subquery

from hefa.kernel.flow import VOID
from hefa.kernel.ledger import Entry
from hefa.matters.mediation.publicity import TypicalCase

PUBLISHED = "published"


class Case(TypedDict):
    """One case as it is shown."""

    pk: int
    matter__title: str
    text: str
    matter__office__name: str
    day: date


def published() -> QuerySet[TypicalCase, Any]:
    """Rows of `Case`, the newest first. A dispute sealed since then takes its text with it."""
    newest = Entry.objects.filter(matter=OuterRef("pk"), step="publish").order_by("-id").values("day")[:1]
    found = TypicalCase.objects.filter(
        matter__state=PUBLISHED, matter__sealed=False, matter__arises_from__sealed=False
    ).exclude(matter__arises_from__state=VOID)
    shown = found.annotate(day=Subquery(newest)).order_by("-day", "-pk")
    return shown.values("pk", "matter__title", "text", "matter__office__name", "day")
