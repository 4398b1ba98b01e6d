"""Where tables stand: the built-in ones, and those that people described themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hefa.kernel.figure import Period
from hefa.kernel.matter import Matter
from hefa.kernel.people import ROLES, Actor, Office, kinds_of_role

from . import filling, reading, slots
from .filling import Filled
from .lines import BadTable, Definition

FOLDER = Path(__file__).with_name("built_in")
TARGETS = "targets"
# In the order in which they are offered.
BUILT_IN = ("mediation", "dossiers", "disclosure-2", "disclosure-3", "disclosure-4")
OWN = "own-"
OWN_KIND = "report.table"


@dataclass(frozen=True)
class Listed:
    """A table that can be asked for by name. `matter`: of one that people described; `recipient`: for whom it is."""

    name: str
    title: str
    definition: Definition | None
    matter: Matter | None = None
    recipient: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that it asks about."""
        if self.definition is None:
            from .targets import KIND

            return frozenset({KIND})
        return kinds_of(self.definition)

    def fill(self, office: Office, period: Period, *, actor: Actor | None = None, sources: bool = False) -> Filled:
        """The table for an office and period; `BadTable` when a figure or field that it names is no longer there."""
        if self.definition is not None:
            return filling.fill(self.definition, office, period, sources=sources)
        from . import targets

        return targets.fill(office, period, actor=actor)


def kinds_of(definition: Definition) -> frozenset[str]:
    """The kinds that a definition's figures ask about."""
    kinds = [slots.figure_named(name, "报表").kind for name in slots.figures_of(definition)]
    return frozenset(kind.label() for kind in kinds if kind is not None)


def may_see(actor: Actor, kinds: Iterable[str]) -> bool:
    """Whether the actor's posts show every one of the kinds."""
    seen: set[str] = set()
    for post in actor.posts:
        role = ROLES[post.role]
        if role.scope == "none":
            continue
        if role.all_kinds:
            return True
        seen.update(kinds_of_role(post.role))
    return seen.issuperset(kinds)


def tables(actor: Actor) -> list[Listed]:
    """Every table that the actor may ask for: built-in, then own in the order of their making."""
    from .targets import TITLE

    known = [Listed(name, _built_in(name).title, _built_in(name)) for name in BUILT_IN]
    known.append(Listed(TARGETS, TITLE, None))
    for matter in Matter.objects.visible_to(actor).filter(kind=OWN_KIND, state="in_use").order_by("id"):
        if (one := own(matter)) is not None:
            known.append(one)
    return [one for one in known if may_see(actor, one.kinds)]


def own(matter: Matter) -> Listed | None:
    """The table that a matter describes; None when what it asks about is no longer declared."""
    case: Any = matter.case
    try:
        definition = replace(reading.from_json(case.definition), title=matter.title)
        listed = Listed(f"{OWN}{matter.pk}", matter.title, definition, matter, case.recipient)
        assert listed.kinds
    except BadTable:
        return None
    return listed


def find_table(name: str, actor: Actor) -> Listed:
    """The table of that name, number or title. LookupError with a plain sentence when the actor has none such."""
    known = tables(actor)
    for one in known:
        if name in (one.name, one.title, one.matter.number if one.matter else ""):
            return one
    listed = "、".join(f"{one.name}（{one.title}）" for one in known)
    raise LookupError(f"没有名为“{name}”的报表。可用的有：{listed}")


def built_in_titles() -> set[str]:
    """What the tables that come with the system are called."""
    from .targets import TITLE

    return {TITLE, *(_built_in(name).title for name in BUILT_IN)}


@cache
def _built_in(name: str) -> Definition:
    return reading.from_file(FOLDER / f"{name}.toml")
