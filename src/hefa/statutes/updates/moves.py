"""What an update moves: clocks of open matters from one day to another, and days that were estimated becoming certain."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hefa.kernel import clock, days, dues, law, limit
from hefa.kernel.clock import Clock
from hefa.kernel.flow import Deadline
from hefa.kernel.law import Term, UnknownLaw
from hefa.kernel.layers import HOLIDAYS, REPEALED, Layers, in_force, reading
from hefa.kernel.limit import Limit
from hefa.kernel.matter import Matter
from hefa.kernel.turn import events

from .candidate import Candidate
from .forms import INSTRUMENT, KNOWN, MOVED


@dataclass(frozen=True)
class Moves:
    """`moved`: clocks with another day; `certain`: clocks whose day stands and is now sure; `stale`: headers that were
    not what the law in force made of them before, and are put right on the way."""

    moved: list[dict[str, Any]] = field(default_factory=list)
    certain: list[dict[str, Any]] = field(default_factory=list)
    stale: int = 0


def effects(made: Candidate, before: Layers, after: Layers) -> list[dict[str, Any]]:
    """What the law data say otherwise than before; empty when they say the same."""
    found: list[dict[str, Any]] = []
    for part in made.parts:
        tell = {HOLIDAYS: _years, REPEALED: _deaths, INSTRUMENT: _instrument, MOVED: _listed, KNOWN: _listed}
        found += tell[part.kind](part.data, part.kind, before, after)
    return found


def _years(data: Any, kind: str, before: Layers, after: Layers) -> Iterator[dict[str, Any]]:
    changed = days.differing(before, after)
    with reading(before.updates):
        official = days.official_years()
    for year in sorted(map(int, data)):
        other = [[day.isoformat(), one.workday, one.why] for day, one in changed.items() if day.year == year]
        if other or year not in official:
            yield {"kind": "holidays", "year": year, "was_official": year in official, "days": other,
                   "source": data[str(year)]["source"]}  # fmt: skip


def _deaths(data: Any, kind: str, before: Layers, after: Layers) -> Iterator[dict[str, Any]]:
    from hefa.claims.law_data import repealed

    known = repealed(before.updates)
    for group in data["repealed"]:
        if names := [name for name in group["names"] if name not in known]:
            yield {"kind": "repeal", "names": names, "from": group["dead_on"].isoformat(),
                   "successor": group["replaced_by"], "verified": group["verified"]}  # fmt: skip


def _listed(data: Any, kind: str, before: Layers, after: Layers) -> Iterator[dict[str, Any]]:
    for row in data[kind]:
        yield {"kind": kind, "law": row.get("law") or row["title"], "from": row["in_force"].isoformat(),
               "old": row.get("old", ""), "new": row.get("new") or str(row["last"])}  # fmt: skip


def _instrument(data: Any, kind: str, before: Layers, after: Layers) -> Iterator[dict[str, Any]]:
    id, began = data["id"], data["in_force_from"]
    with reading(before.updates):
        try:
            held = law.instrument(id)
            old = _rows(held)
        except UnknownLaw:
            yield {"kind": "new", "law": data["name"], "from": began.isoformat()}
            return
    newest = [held, *(newer for newer, _ in law.over(before, held) if newer)][-1]
    if began > newest.in_force_from:
        yield {"kind": "version", "id": id, "law": data["name"], "was": newest.name, "from": began.isoformat()}
    if (end := data.get("in_force_to")) and end != newest.in_force_to:
        yield {"kind": "end", "law": data["name"], "to": end.isoformat()}
    with reading(after.updates):
        new = _rows(held)
    for key, kind in (("terms", "term"), ("limits", "limit")):
        for row in data.get(key, ()):
            day = row.get("in_force_from", began)
            was, now = (in_force(rows[key].get(row["name"], ()), day) for rows in (old, new))
            if now is not None and (was is None or (was.text, was.citation) != (now.text, now.citation)):
                yield {"kind": kind, "law": held.name, "label": now.label, "from": day.isoformat(),
                       "old": was.text if was else "", "new": now.text, "basis": now.citation}  # fmt: skip


def _rows(of: law.Instrument) -> dict[str, Mapping[str, Sequence[Term | Limit]]]:
    return {"terms": law.rows(of), "limits": limit.limits(of.id)}


def moves(matters: Sequence[Matter], before: Layers, after: Layers) -> Moves:
    """Every clock of these matters under both readings; the matters are left as they were."""
    with reading(before.updates):
        old = [dues.running(matter) for matter in matters]
        stale = sum(not dues.is_fresh(matter) for matter in matters)
    with reading(after.updates):
        new = [dues.running(matter) for matter in matters]
    found = Moves(stale=stale)
    changed = days.differing(before, after)
    for matter, was, now in zip(matters, old, new, strict=True):
        for deadline in matter.flow.deadlines:
            one, other = was.get(deadline.name), now.get(deadline.name)
            if one == other:
                continue
            told: dict[str, Any] = {
                "matter": matter.pk, "number": matter.number, "kind": matter.kind, "clock": deadline.name,
                "from": _day(one), "to": _day(other), "was_estimated": bool(one and one.estimated),
                "estimated": bool(other and other.estimated),
            }  # fmt: skip
            if told["from"] == told["to"] and one and other:
                found.certain.append(told)
            else:
                told["why"] = list(_why(deadline, matter, before, after, changed))
                found.moved.append(told)
    return found


def _day(due: dues.Due | None) -> str | None:
    return due.on.isoformat() if due and due.on else None


def _why(
    deadline: Deadline, matter: Matter, before: Layers, after: Layers, changed: dict[dt.date, days.DayKind]
) -> Iterator[dict[str, Any]]:
    one, other = (_clock(deadline, matter, chosen) for chosen in (before, after))
    if other is None:
        yield {"kind": "none"}
        return
    yield from (
        {"kind": "term", "label": now.label, "old": was.text if was else "", "new": now.text, "basis": now.citation}
        for was, now in zip([*(one.terms if one else ()), None, None], other.terms, strict=False)
        if was is None or was.text != now.text
    )
    if one is not None and one.due_on and other.due_on:
        ordered, last = list(changed), max(one.due_on, other.due_on)
        within = ordered[bisect_right(ordered, other.started_on) : bisect_right(ordered, last)]
        counts = any(term.unit == "working" for term in other.terms)
        # A term of calendar days moves only by the rest days at its end.
        within = within if counts else [day for day in within if min(one.due_on, other.due_on) <= day]
        if within:
            yield {"kind": "days", "days": [[d.isoformat(), changed[d].workday, changed[d].why] for d in within]}


def _clock(deadline: Deadline, matter: Matter, chosen: Layers) -> Clock | None:
    with reading(chosen.updates):
        try:
            return clock.run(deadline, events(matter))
        except UnknownLaw:
            return None
