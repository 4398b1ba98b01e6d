"""A dispatch table tried on past incidents: where each would have gone, beside where it went. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef

from hefa.kernel.flow import VOID
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Office, Post

from .codes import IncidentType
from .counting import DISPATCHES
from .table import Line, best, twins

LAST = 200
_TYPES = dict(IncidentType.choices)


@dataclass(frozen=True)
class Sent:
    """An incident as it went. went: office first sent to · ended: office that has it now · area: path of its place."""

    number: str
    day: date
    area: str
    area_name: str
    type: str
    went: int
    ended: int
    refusals: int


@dataclass(frozen=True)
class Try:
    """One incident under the table. `would` None: no rule decides, or equal rules disagree (`lines` has them)."""

    sent: Sent
    lines: list[Line]

    @property
    def would(self) -> int | None:
        targets = {line.target for line in self.lines}
        return self.lines[-1].target if len(targets) == 1 else None

    @property
    def changes(self) -> bool:
        return self.would != self.sent.went

    @property
    def is_spared(self) -> bool:
        """Refused in its day; under this table it would have gone straight to the office that has it now."""
        return bool(self.sent.refusals) and self.would == self.sent.ended != self.sent.went

    @property
    def is_led_astray(self) -> bool:
        """Taken at once in its day; under this table it would have gone to another office."""
        return not self.sent.refusals and self.would not in (None, self.sent.ended)


@dataclass
class Rehearsal:
    """What a table would have done to past incidents; `faults` are sentences on the table itself."""

    lines: list[Line]
    tries: list[Try]
    names: dict[int, str]
    faults: list[str] = field(default_factory=list)

    @property
    def changed(self) -> list[Try]:
        return [one for one in self.tries if one.changes]

    def moves(self) -> Counter[tuple[str, str]]:
        """{(office that it went to, office that it would go to): how many}, changes only."""
        return Counter((self.name(one.sent.went), self.name(one.would)) for one in self.changed)

    def name(self, office: int | None) -> str:
        return self.names.get(office, "？") if office else "（规则定不了）"

    def as_json(self) -> dict[str, Any]:
        """The rehearsal for programs: counts, moves between offices, faults of the table, a row an incident."""
        return {
            "rules": len(self.lines),
            "incidents": len(self.tries),
            "changed": len(self.changed),
            "unchanged": len(self.tries) - len(self.changed),
            "undecided": sum(one.would is None for one in self.tries),
            "spared_refusals": sum(one.is_spared for one in self.tries),
            "led_astray": sum(one.is_led_astray for one in self.tries),
            "moves": [{"from": a, "to": b, "incidents": n} for (a, b), n in self.moves().most_common()],
            "faults": self.faults,
            "rows": [self._row(one) for one in self.tries],
        }

    def _row(self, one: Try) -> dict[str, Any]:
        return {
            "number": one.sent.number,
            "day": one.sent.day.isoformat(),
            "area": one.sent.area_name,
            "type": _TYPES.get(one.sent.type, one.sent.type),
            "went": self.name(one.sent.went),
            "ended": self.name(one.sent.ended),
            "refusals": one.sent.refusals,
            "would": self.name(one.would) if one.would else None,
            "rules": [line.number for line in one.lines],
            "changed": one.changes,
        }


def past(street: Office, last: int = LAST) -> list[Sent]:
    """The last incidents of a street that were sent anywhere, newest first. Two queries, however many."""
    incidents: Any = apps.get_model("incident", "Incident")
    found = incidents.objects.filter(matter__office__path__startswith=street.path, area__isnull=False).exclude(type="")
    sent = Entry.objects.filter(matter=OuterRef("pk"), step__in=DISPATCHES, turn__gt=0)
    found = found.exclude(matter__state=VOID).filter(Exists(sent))
    rows = list(found.select_related("matter", "area").order_by("-matter__opened_on", "-matter_id")[:last])
    first = _first_sent([row.pk for row in rows])
    return [
        Sent(row.matter.number, row.matter.opened_on, row.area.path, row.area.name, row.type, first[row.pk],
             row.matter.office_id, row.refusals)
        for row in rows if row.pk in first
    ]  # fmt: skip


def _first_sent(matters: list[int]) -> dict[int, int]:
    """{incident: office that it was sent to first}."""
    taken_back = Entry.objects.filter(revokes__isnull=False).values("revokes")
    told = Entry.objects.filter(matter__in=matters, step__in=DISPATCHES, turn__gt=0).exclude(id__in=taken_back)
    first: dict[int, int] = {}
    for matter, office in told.order_by("id").values_list("matter_id", "answers__office"):
        first.setdefault(matter, int(office))
    return first


def rehearse(lines: Sequence[Line], sent: Iterable[Sent], day: date) -> Rehearsal:
    """Send past incidents by a table. Offices are named with one query, their people asked with another."""
    tries = [Try(one, best(lines, one.area, one.type)) for one in sent]
    wanted = {line.target for line in lines} | {pk for one in tries for pk in (one.sent.went, one.sent.ended)}
    names = dict(Office.objects.filter(pk__in=wanted).values_list("pk", "name"))
    made = Rehearsal(list(lines), tries, names)
    made.faults = _faults(made, day)
    return made


def _faults(made: Rehearsal, day: date) -> list[str]:
    found = []
    for group in twins(made.lines):
        said = "、".join(f"{line.number}→{made.name(line.target)}" for line in group)
        if len({line.target for line in group}) > 1:
            found.append(f"有 {len(group)} 条规则的地点和类型相同，去向不同，派单时定不了（{said}）")
        else:
            found.append(f"有 {len(group)} 条规则的地点、类型和去向都相同，只需要留一条（{said}）")
    targets = {line.target for line in made.lines}
    from_on = Post.objects.filter(office__in=targets, from_on__lte=day, person__is_active=True)
    manned = set(from_on.exclude(until_on__lt=day).values_list("office_id", flat=True))
    for pk in sorted(targets - manned):
        found.append(f"承办单位“{made.name(pk)}”没有一位在任的工作人员，派过去没有人签收")
    return found


def effect(before: Sequence[Line], after: Sequence[Line], sent: Sequence[Sent], day: date) -> str:
    """What a change of the table would have done to past incidents, in a sentence or two."""
    if not sent:
        return "还没有派过的事项，没有可以试算的"
    old, new = rehearse(before, sent, day), rehearse(after, sent, day)
    names = old.names | new.names | {0: "（规则定不了）"}
    pairs = zip(old.tries, new.tries, strict=True)
    moved = Counter((a.would or 0, b.would or 0) for a, b in pairs if a.would != b.would)
    if not moved:
        return f"最近 {len(sent)} 件按它重算，去向都不变"
    told = "；".join(f"{names.get(a)}→{names.get(b)} {n} 件" for (a, b), n in moved.most_common(5))
    said = f"最近 {len(sent)} 件按它重算，{sum(moved.values())} 件改变去向：{told}"
    spared = sum(one.is_spared for one in new.tries) - sum(one.is_spared for one in old.tries)
    if spared == 0:
        return said
    return f"{said}。拒收会少 {spared} 件" if spared > 0 else f"{said}。拒收会多 {-spared} 件"
