"""The citations of a draft, C-01 to C-08, as the library tells them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..citations import Own, cite
from ..findings import Finding
from ..shelf import Shelf
from .draft import Draft


def cited(draft: Draft, own: Iterable[Own] = ()) -> list[Finding]:
    """What is wrong with the references of the text on its day; `own`: our register, for documents of ours that are dead."""
    _, findings = cite(draft.text, draft.on, shelf(), own)
    return findings


@cache
def shelf() -> Shelf:
    """The shelf of this installation, opened once: opening costs more than a check."""
    return Shelf.open()
