"""What of the office's own writing rests on law that is dead or renumbered once an update holds.

Held against both readings of the law on the day from which it changes, so that only what the update itself brings is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models

from hefa.kernel import law
from hefa.kernel.flow import VOID, Step
from hefa.kernel.layers import REPEALED, Layers
from hefa.kernel.matter import KINDS, Kind
from hefa.kernel.paper import path_of
from hefa.kernel.personal import PersonalField

from ..citations import Finding, cite
from ..shelf import Shelf
from ..texts import plain
from .candidate import Candidate
from .forms import INSTRUMENT, KNOWN, MOVED

# Kind → what its texts are, in the report: those under review, and those that stand in the registers.
WRITTEN = {
    "review.review": "review",
    "review.opinion": "review",
    "rules.normativedocument": "document",
    "rules.internalrule": "rule",
}
RULES = ("C-01", "C-02", "C-08")


@dataclass(frozen=True, slots=True)
class Text:
    """Something written. `what`: review, draft, document, rule or paper; `matter`: the matter that it belongs to."""

    what: str
    name: str
    place: str
    text: str
    matter: int | None = None


@dataclass(frozen=True)
class Touched:
    """The laws of an update by bare name → the day from which they are otherwise, and the names they go by in texts."""

    days: dict[str, dt.date]
    names: frozenset[str]


def touched(made: Candidate, shelf: Shelf) -> Touched:
    """Which laws an update ends, renumbers or writes anew."""
    found: dict[str, dt.date] = {}
    for part in made.parts:
        if part.kind == REPEALED:
            found |= {plain(name): row["dead_on"] for row in part.data[REPEALED] for name in row["names"]}
        elif part.kind in (MOVED, KNOWN):
            found |= {plain(row.get("law") or row["title"]): row["in_force"] for row in part.data[part.kind]}
        elif part.kind == INSTRUMENT:
            found[plain(part.data["name"])] = part.data["in_force_from"]
    full = shelf.names()
    return Touched(found, frozenset(found) | {name for name, title in full.items() if title in found})


def found_in(texts: Iterable[Text], about: Touched, before: Shelf, after: Shelf) -> Iterator[dict[str, Any]]:
    """Citations that the update makes wrong, text by text."""
    for one in texts:
        if not any(name in one.text for name in about.names):
            continue
        told: set[tuple[int, int, str]] = set()
        for day in sorted(set(about.days.values())):
            was = {(each.rule, each.start) for each in cite(one.text, day, before)[1]}
            for each in cite(one.text, day, after)[1]:
                key = (each.start, each.end, each.rule)
                if each.rule in RULES and (each.rule, each.start) not in was and key not in told:
                    told.add(key)
                    yield _told(one, each, day)


def _told(one: Text, found: Finding, day: dt.date) -> dict[str, Any]:
    line = one.text.count("\n", 0, found.start) + 1
    return {
        "what": one.what, "name": one.name, "matter": one.matter, "place": one.place, "line": line,
        "cited": " ".join(found.quote.split())[:80], "rule": found.rule, "from": day.isoformat(),
        "successor": found.suggest, "said": found.message,
    }  # fmt: skip


def written() -> Iterator[Text]:
    """The texts of open reviews and of the registers: a query a kind. Nothing personal is read."""
    for label, what in WRITTEN.items():
        kind = KINDS[label]
        own = [one for one in kind._meta.concrete_fields if _is_text(one)]
        alive = kind._default_manager.exclude(matter__state__in=(*kind.flow.ends, VOID)).order_by("pk")
        names = [one.name for one in own]
        for pk, number, title, *values in alive.values_list("pk", "matter__number", "matter__title", *names):
            yield Text(what, number, "事由", title, pk)
            for one, value in zip(own, values, strict=True):
                if value:
                    yield Text(what, number, str(one.verbose_name), value, pk)


def _is_text(one: models.Field[Any, Any]) -> bool:
    return (
        isinstance(one, models.CharField | models.TextField) and not isinstance(one, PersonalField) and not one.choices
    )


def papers() -> Iterator[Text]:
    """The templates of papers as they lie beside the kinds."""
    for folder in dict.fromkeys(path_of(kind, "x").parent for kind in KINDS.values()):
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
            yield Text("paper", f"{folder.parent.name}/papers/{path.name}", "", _template(path))


@cache
def _template(path: Path) -> str:
    return path.read_text("utf-8")


def bases(made: Candidate, about: Touched) -> Iterator[dict[str, Any]]:
    """Steps that rest on an article which is dead or has another number by then: the program must be brought up to it."""
    moved = {
        (plain(row["law"]), row["old"]): row for part in made.parts if part.kind == MOVED for row in part.data[MOVED]
    }
    dead = {
        name: group
        for part in made.parts
        if part.kind == REPEALED
        for group in part.data[REPEALED]
        for name in group["names"]
    }
    newer = {part.data["id"]: part.data for part in made.parts if part.kind == INSTRUMENT}
    for kind in KINDS.values():
        for step in kind.flow.steps:
            if step.basis is None:
                continue
            of, number = step.basis.instrument, step.basis.number
            row = moved.get((of.short, str(number)))
            if of.short in dead:
                successor = dead[of.short]["replaced_by"]
                yield _basis(kind, step, "C-01", dead[of.short]["dead_on"], successor)
            elif row is not None:
                yield _basis(kind, step, "C-08", row["in_force"], f"第{law.numeral(int(row['new'].split('-')[0]))}条")
            elif (version := newer.get(of.id)) and version["in_force_from"] > of.in_force_from:
                yield from _renumbered(kind, step, version)


def _renumbered(kind: type[Kind], step: Step, version: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """By the gist of the articles in the new version's file: the same gist elsewhere has moved, another gist is a doubt."""
    assert step.basis is not None
    declared = {row["number"]: row["gist"] for row in version.get("articles", ())}
    gist, number = step.basis.gist, step.basis.number
    if declared.get(number) == gist:
        return
    elsewhere = [other for other, said in declared.items() if said == gist]
    if not elsewhere and number not in declared:  # a file of a term or two, not of the whole instrument
        return
    to = f"{version['name']}第{law.numeral(elsewhere[0])}条" if len(elsewhere) == 1 else ""
    yield _basis(kind, step, "C-08" if to else "", version["in_force_from"], to)


def _basis(kind: type[Kind], step: Step, rule: str, day: dt.date, successor: str) -> dict[str, Any]:
    return {
        "what": "basis", "name": kind.label(), "matter": None, "place": step.name, "line": 0, "cited": str(step.basis),
        "rule": rule, "from": day.isoformat(), "successor": successor, "said": "",
    }  # fmt: skip


def unserved(before: Layers, after: Layers, about: Touched) -> list[dict[str, Any]]:
    """Clocks that a day of the update leaves without a term: what starts then has no due day."""
    from hefa.kernel.layers import reading

    found = []
    for kind in KINDS.values():
        for deadline in kind.flow.deadlines:
            for day in sorted(set(about.days.values())):
                with reading(before.updates):
                    had = _has(deadline.within, day)
                with reading(after.updates):
                    has = _has(deadline.within, day)
                if had and not has:
                    found.append({"kind": kind.label(), "clock": deadline.name, "from": day.isoformat()})
    return found


def _has(ref: law.TermRef, day: dt.date) -> bool:
    try:
        ref.on(day)
    except law.UnknownLaw:
        return False
    return True
