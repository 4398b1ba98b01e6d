"""Which function serves which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule

Check = Callable[[Draft, Rule], Iterable[Hit]]
CHECKS: dict[str, Check] = {}


def serves(*ids: str) -> Callable[[Check], Check]:
    """Marks the check of these rules."""

    def keep(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(ids, check))
        return check

    return keep
