"""What the register of mediators depends on: duty days that can be read, leave that makes sense, known kinds."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hefa.kernel.turn import Turn

from .attendance import attendance, read_duty
from .kinds import DisputeType

_STEMS = {label.removesuffix("纠纷"): label for label in map(str, DisputeType.labels)}


def duty_is_readable(turn: Turn) -> str | None:
    try:
        read_duty(turn.answers.get("duty_days", ""))
    except ValueError as fault:
        return str(fault)
    return None


def leave_makes_sense(turn: Turn) -> str | None:
    first, last = turn.answers["away_from"], turn.answers["away_until"]
    if last < first:
        return f"请假止 {last} 早于请假起 {first}，请核对"
    if turn.matter.pk is None:  # an old ledger's leave is what it was
        return None
    for since, until in attendance([turn.matter.pk], turn.day)[turn.matter.pk].leaves:
        if first <= until and since <= last:
            return f"与已登记的请假（{since} 至 {until}）重叠，请先销假或者改日期"
    return None


def is_away(turn: Turn) -> str | None:
    leaves = attendance([turn.matter.pk], turn.day)[turn.matter.pk].leaves if turn.matter.pk else [(turn.day, date.max)]
    return None if any(last >= turn.day for _, last in leaves) else f"{turn.day} 以后没有登记过请假，不用销假"


def kinds_are_known(turn: Turn) -> str | None:
    unknown = [one for one in _pieces(turn.answers.get("specialities", "")) if _known(one) is None]
    if not unknown:
        return None
    return f"不认识的纠纷类型：{'、'.join(unknown)}。应为：{'、'.join(map(str, DisputeType.labels))}"


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[、，,；;\s]+", text) if piece]


def _known(piece: str) -> str | None:
    """The label of a kind of dispute from its label or the label without 纠纷."""
    return _STEMS.get(piece.removesuffix("纠纷"))


def registered(turn: Turn) -> dict[str, Any]:
    """A person's register row is titled by the name; kinds are kept by their full labels."""
    facts: dict[str, Any] = {}
    if "full_name" in turn.answers:
        facts["title"] = turn.answers["full_name"]
    if "specialities" in turn.answers:
        facts["specialities"] = "、".join(kinds_in(turn.answers["specialities"]))
    return facts


def kinds_in(text: str) -> tuple[str, ...]:
    """The kinds of dispute that a text names, by their full labels, each once."""
    return tuple(dict.fromkeys(label for piece in _pieces(text) if (label := _known(piece))))
