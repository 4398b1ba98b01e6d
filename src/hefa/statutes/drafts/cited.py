"""The citations of a draft, C-01 to C-08, as the library tells them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hefa.claims import law_data

from ..citations import Own, cite
from ..findings import Finding
from ..shelf import Shelf
from .draft import Draft


def cited(draft: Draft, own: Iterable[Own] = ()) -> list[Finding]:
    """What is wrong with the references of the text on its day; `own`: our register, for documents of ours that are dead."""
    _, findings = cite(draft.text, draft.on, shelf(), own)
    return findings


def shelf() -> Shelf:
    """The shelf of this installation, opened once for the law data in use: opening costs more than a check."""
    return _opened(law_data.updates())


@cache
def _opened(updates: tuple[Path, ...]) -> Shelf:
    return Shelf.open(updates=updates)
