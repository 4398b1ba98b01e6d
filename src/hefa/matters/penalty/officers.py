"""Who may enforce on a day: read from the register of enforcement staff, which another line of work keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

from hefa.kernel.matter import Matter
from hefa.kernel.people import Office, street_of
from hefa.kernel.turn import Turn, trail

from .rules import OFFICER_FIELDS, PENALTY

REGISTER = "enforcement.officer"
_RULE = PENALTY[42, 1].short
_GIVES = ("issue_card", "claim_card", "restore")
_TAKES = ("return_card", "lapse", "suspend", "leave")


def are_qualified(turn: Turn) -> str | None:
    """Each of the two named has a card in force on the day of the step."""
    return fault_of([str(turn.value(name) or "").strip() for name in OFFICER_FIELDS], turn.day, turn.matter.office)


def fault_of(named: list[str], day: date, office: Office) -> str | None:
    """Why one of these (name, card, name, card) may not enforce on that day, or None.

    An office that keeps no register here vouches for its officers itself.
    """
    register = Matter.objects.filter(kind=REGISTER, office__path__startswith=street_of(office).path)
    if not register.exclude(enforcement_officer__passed_on=None).exists():
        return None
    pairs = [(name, card) for name, card in zip(named[::2], named[1::2], strict=True) if name]
    found = register.filter(enforcement_officer__full_name__in=[name for name, _ in pairs])
    by_name: dict[str, list[Matter]] = {}
    for officer in found.select_related("enforcement_officer"):
        row: Any = officer.case
        by_name.setdefault(row.full_name, []).append(officer)
    return next((fault for name, card in pairs if (fault := _fault(by_name.get(name, []), name, card, day))), None)


def _fault(of_the_name: list[Matter], name: str, card: str, day: date) -> str | None:
    """Why none of those who bear the name may enforce, or None when one may."""
    faults = [_fault_of(officer, name, card, day) for officer in of_the_name]
    if not faults:
        return f"执法人员台账里没有“{name}”，没有执法资格的人员不能执法（{_RULE}），请核对姓名，或者先登记资格和执法证"
    return None if None in faults else faults[0]


def _fault_of(officer: Matter, name: str, card: str, day: date) -> str | None:
    changes = [past for past in trail(officer) if past.step in _GIVES + _TAKES]
    row: Any = officer.case
    until = row.qualified_until
    if until is not None and day > until:
        return f"“{name}”的执法资格有效期至 {until}，{day} 不能执法（{_RULE}），请换人，或者先延续资格"
    by_then = [past for past in changes if past.day <= day]
    if not by_then:
        return f"“{name}”在 {day} 还没有执法证，不能执法（{_RULE}）"
    last = by_then[-1]
    if last.step in _TAKES:
        done = officer.flow.step(last.step).label
        return f"“{name}”{last.day} 办了“{done}”，{day} 不能执法（{_RULE}），请换人"
    # The row tells the cards of today: only when nothing has changed since can they be held against the day.
    if last is changes[-1] and card not in (row.card_no, row.second_card_no):
        return f"“{name}”登记的执法证号是“{row.card_no}”，不是“{card}”，请核对"
    return None
