"""今日要办: what runs under a clock and waits for me, what came in, what waits for others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter
from hefa.kernel.people import Actor

from . import lights
from .counting import capped
from .sight import actable

SHOWN = 12
FRESH_DAYS = 14
_COLUMNS = ("id", "number", "title", "office__short", "handler__name", "opened_on", *lights.COLUMNS)


@dataclass
class Section:
    """Rows to show, each with its `light` and `state_label`; `total` is a capped count like "1000+"."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    total: str = "0"


def dressed(row: dict[str, Any], today: date) -> dict[str, Any]:
    """A row of `.values()` with what the templates show of it."""
    kind = KINDS[row["kind"]]
    row["light"] = lights.of_row(row, today)
    row["kind_label"] = kind._meta.verbose_name
    if row["due_on"]:
        row["due_text"] = row["due_on"].strftime("%m-%d" if row["due_on"].year == today.year else "%Y-%m-%d")
    row["state_label"] = kind.flow.state_label(row["state"])
    return row


def _section(found: QuerySet[Matter], today: date) -> Section:
    rows = [dressed(row, today) for row in found.values(*_COLUMNS)[:SHOWN]]
    return Section(rows, str(len(rows)) if len(rows) < SHOWN else capped(found))


def due(actor: Actor) -> QuerySet[Matter]:
    """Matters with a running duty that the actor may see, the most pressing first."""
    return Matter.objects.visible_to(actor).filter(due_on__isnull=False, kind__in=KINDS).order_by("due_on", "id")


def mine(actor: Actor, today: date) -> Section:
    return _section(due(actor).filter(actable(actor)), today)


def others(actor: Actor, today: date) -> Section:
    return _section(due(actor).exclude(actable(actor)), today)


def fresh(actor: Actor, today: date) -> Section:
    """Opened by, or handed over by, somebody else in the last days, and mine to act on now."""
    arriving = Q(pk__in=[])
    for label, kind in KINDS.items():
        steps = [step.name for step in kind.flow.steps if step.opens or {"office", "partner"} & set(step.fields)]
        arriving |= Q(kind=label, step__in=steps)
    came = Entry.objects.filter(arriving, day__gte=today - timedelta(days=FRESH_DAYS), turn__gt=0)
    came = came.exclude(actor_id=actor.person_id)
    found = Matter.objects.visible_to(actor).filter(actable(actor), pk__in=came.values("matter_id"), closed_on=None)
    return _section(found.order_by("-id"), today)
