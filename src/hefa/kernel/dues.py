"""The dues of open matters by the law that is read: what they are, and the header's projection of them made anew.

No step is taken and no entry touched: what a matter's clocks say follows from its entries and the law, and the header
only remembers it. The proof of the ledger folds the same way, so that law data and dues must change together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from . import clock, rows
from .flow import VOID
from .law import UnknownLaw
from .ledger import Chain, database
from .matter import KINDS, Matter
from .turn import events, set_due

HEADER = ("due_on", "due_name", "due_estimated")


class Due(NamedTuple):
    """A clock that runs: `on` is None while it is paused."""

    on: date | None
    estimated: bool


def open_matters() -> list[Matter]:
    """Every matter with a clock that may still run, with what its clocks are read from: one query."""
    alive = Matter.objects.exclude(state=VOID).filter(Q(closed_on=None) | Q(due_on__isnull=False), kind__in=KINDS)
    return list(alive.only("kind", "number", "office_id", "state", "trail", "closed_on", *HEADER).order_by("pk"))


def running(matter: Matter) -> dict[str, Due]:
    """By deadline, when each clock that has started and is not met falls due; also those of the parties' rights."""
    heard, found = events(matter), {}
    for deadline in matter.flow.deadlines:
        try:
            due_on, estimated, runs = clock.due_only(deadline, heard)
        except UnknownLaw:
            continue
        if runs:
            found[deadline.name] = Due(due_on, estimated)
    return found


def is_fresh(matter: Matter) -> bool:
    """Whether its header says what the law that is read makes of its entries; the matter is left as it was."""
    before = [getattr(matter, name) for name in HEADER]
    set_due(matter)
    fresh = before == [getattr(matter, name) for name in HEADER]
    for name, value in zip(HEADER, before, strict=True):
        setattr(matter, name, value)
    return fresh


def renew(matters: Sequence[Matter]) -> int:
    """Write what the law that is read makes of their headers; returns how many were changed.

    Inside a transaction: the ledger's head is held, so that no step is written in between.
    """
    if not transaction.get_connection(database()).in_atomic_block:
        raise RuntimeError("dues are renewed inside a transaction")
    changed = []
    for matter in matters:
        before = [getattr(matter, name) for name in HEADER]
        set_due(matter)
        if before != [getattr(matter, name) for name in HEADER]:
            changed.append(matter)
    rows.update_many(changed, HEADER, database())
    return len(changed)


def hold() -> None:
    """Hold the ledger's head to the end of the transaction: every step waits."""
    Chain()
