"""Who sits, who has spoken, how the votes stand: pure reading of what meetings and items hold as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models

from .norms import MAJORITY, QUORUM


class Stance(models.TextChoices):
    FOR = "for", "同意"
    AGAINST = "against", "不同意"
    ABSTAIN = "abstain", "弃权"


_POSITION = re.compile(r"(\d+)\. ([^：]+)：(不同意|同意|弃权)(.*)")


class Position(NamedTuple):
    """One member's position: the place in the order of speaking, name, stance (its value), what was said."""

    place: int
    name: str
    stance: str
    view: str


def names_of(text: str) -> list[str]:
    """The names of a list as people type it, each once, in order."""
    return list(dict.fromkeys(name for name in re.split(r"[、，,；;\s]+", text) if name))


def positions_of(text: str) -> list[Position]:
    """The positions that an item holds, one a line, in the order in which they were spoken."""
    by_label = {str(stance.label): stance.value for stance in Stance}
    found = (_POSITION.fullmatch(line) for line in text.splitlines())
    return [Position(int(m[1]), m[2], by_label[m[3]], m[4].lstrip("。")) for m in found if m]


def with_position(text: str, name: str, stance: str, view: str) -> str:
    """The text with one more position at its end."""
    said = f"。{' '.join(view.split())}" if view else ""
    line = f"{len(positions_of(text)) + 1}. {name}：{Stance(stance).label}{said}"
    return f"{text}\n{line}".strip()


def tally(text: str) -> Counter[str]:
    """How many spoke for, against, or abstained."""
    return Counter(position.stance for position in positions_of(text))


def is_quorate(present: Iterable[str], members: Iterable[str]) -> bool:
    return len(list(present)) >= QUORUM * len(list(members))


def is_carried(in_favour: int, members: int) -> bool:
    return in_favour > MAJORITY * members
