"""A turn: one step decided in memory, before anything is written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import DecimalField

from . import clock, personal
from .answers import Refused, label_of, to_record
from .flow import AMEND, VOID, Deadline, Flow, Step
from .law import UnknownLaw
from .ledger import Entry, Envelope, now
from .matter import ADVISED, HEADER_FIELDS, PARTIES, Kind, Matter
from .people import ROLES, Actor, Office

EXTENSION_DAYS = "extension_days"
IMPORT = "import"


class Past(NamedTuple):
    """One entry of a matter's trail."""

    step: str
    day: date
    actor_id: int | None
    entry_id: int
    days: int | None


@dataclass
class Turn:
    """A step about to be taken, as guards, `sets` and papers see it. `answers` are cleaned; `advised` as told before."""

    matter: Matter
    case: Kind
    step: Step
    answers: dict[str, Any]
    day: date
    actor: Actor
    advised: str = ""

    def past(self, *steps: str) -> list[Past]:
        """The earlier entries of these steps, oldest first."""
        return [past for past in trail(self.matter) if past.step in steps]

    def value(self, name: str) -> Any:
        """An answer of this step, else what the row holds."""
        if name in self.answers:
            return self.answers[name]
        holder = self.matter if name in HEADER_FIELDS else self.case
        return getattr(holder, self.case.field_of(name).attname)


@dataclass
class Taken:
    """What a step leaves, before it has a place in the ledger."""

    salt: str
    entry: Entry = field(init=False)
    sealed: dict[str, Any] = field(default_factory=dict)
    paper: dict[str, Any] | None = None
    header: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    parties: list[dict[str, str]] = field(default_factory=list)

    def envelope(self) -> Envelope | None:
        if not self.sealed and self.paper is None:
            return None
        return Envelope.of(self.entry, self.salt, self.sealed, self.paper)


def trail(matter: Matter) -> list[Past]:
    """The matter's entries in force, oldest first, without a query."""
    return [Past(step, date.fromisoformat(day), actor, entry, days) for step, day, actor, entry, days in matter.trail]


def events(matter: Matter) -> list[clock.Event]:
    """The trail as clocks hear it."""
    return [clock.Event(past.step, past.day, past.days) for past in trail(matter)]


def blank(kind: type[Kind], office: Office, day: date) -> tuple[Matter, Kind]:
    """A matter not yet written, with its kind's row."""
    matter = Matter(kind=kind.label(), office=office, opened_on=day, state="")
    return matter, kind(matter=matter)


class TooEarly(Exception):
    """What nobody has filled in yet was asked for."""


class Ahead(Turn):
    """A turn before its form: what happened so far is there, answers and day are not (`TooEarly`)."""

    def __init__(self, matter: Matter, step: Step, actor: Actor) -> None:
        self.matter, self.step, self.actor = matter, step, actor
        self.case = matter.case

    def __getattr__(self, name: str) -> Any:
        raise TooEarly(name)


def refusal(matter: Matter, step: Step, actor: Actor) -> str | None:
    """Why the actor may not take this step now (state, role, separation), or None."""
    return _out_of_state(matter, step) or _not_yours(matter, step, actor) or _separation(matter, step, actor)


def foreseen(matter: Matter, step: Step, actor: Actor) -> str | None:
    """What a guard will say whatever is answered, or None: a form that can only be refused need not be filled in.

    Guards build on those before them, so the first that cannot be asked yet ends the asking.
    """
    if not step.guards:
        return None
    ahead = Ahead(matter, step, actor)
    try:
        return next((fault for guard in step.guards if (fault := guard(ahead))), None)
    except (TooEarly, ObjectDoesNotExist, UnknownLaw):
        return None


def role_in(matter: Matter, step: Step, actor: Actor) -> str:
    """The role in which the actor takes the step; `Refused` when none allows it."""
    role = actor.role_for(step.by, matter.office.path, matter)
    if role is None:
        raise Refused(_not_yours(matter, step, actor) or "")
    return role


def take(turn: Turn, role: str, via: str, today: date | None = None) -> Taken:
    """Decide a step: state, order of days, separation, guards; then apply its facts to the rows in memory."""
    matter, step = turn.matter, turn.step
    if fault := _out_of_state(matter, step):
        raise Refused(fault)
    _check_day(turn, today or date.today())
    # An import tells what others did long ago; its one actor did none of it.
    if via != IMPORT and (fault := _separation(matter, step, turn.actor)):
        raise Refused(fault)
    _check_past(turn)
    if fault := _guarded(turn):
        raise Refused(fault)
    return _apply(turn, role, via)


def _guarded(turn: Turn) -> str | None:
    try:
        return next((fault for guard in turn.step.guards if (fault := guard(turn))), None)
    except ObjectDoesNotExist:
        return "填写的单位、人员或事项不存在，请重新选择"
    except UnknownLaw:  # older than the law that is loaded, or ended by an update
        return f"“{turn.step.label}”要按法律规定的数核对，{turn.day} 没有施行中的规定，请管理员核对法律数据"


def _out_of_state(matter: Matter, step: Step) -> str | None:
    if matter.state == VOID:
        return "这件事已作废，不能再办"
    if step.opens:
        return f"“{step.label}”只用于新登记" if matter.state else None
    if matter.state in step.at:
        return None
    wanted = "、".join(matter.flow.state_label(state) for state in step.at)
    return f"现在是“{matter.flow.state_label(matter.state)}”，要在“{wanted}”时才能{step.label}"


def _not_yours(matter: Matter, step: Step, actor: Actor) -> str | None:
    if actor.role_for(step.by, matter.office.path, matter):
        return None
    return f"“{step.label}”由{'、'.join(ROLES[role].label for role in step.by)}办理，您现在的岗位不能办"


def _separation(matter: Matter, step: Step, actor: Actor) -> str | None:
    for past in trail(matter) if step.other_than else ():
        if past.step in step.other_than and actor.person_id is not None and past.actor_id == actor.person_id:
            return f"“{matter.flow.step(past.step).label}”是您办的，“{step.label}”要由另一个人办（岗位分离）"
    return None


def _check_day(turn: Turn, today: date) -> None:
    if turn.day > today:
        raise Refused({"day": f"日期 {turn.day} 还没有到，不能先登记"})
    if turn.matter.trail and turn.day < (last := trail(turn.matter)[-1].day):
        raise Refused({"day": f"“{turn.step.label}”的日期 {turn.day} 早于上一步的日期 {last}，请核对"})


def _check_past(turn: Turn) -> None:
    kind = type(turn.case)
    late = {name: day for name in kind.past if (day := turn.answers.get(name)) and day > turn.day}
    if late:
        label = turn.step.label
        raise Refused({
            name: f"“{label_of(kind, name)}”{day} 晚于“{label}”的日期 {turn.day}，请核对" for name, day in late.items()
        })  # fmt: skip


def _apply(turn: Turn, role: str, via: str) -> Taken:
    matter, step = turn.matter, turn.step
    office_id = matter.office_id  # the office that acts, not the one that a referral hands the matter to
    facts: dict[str, Any] = dict(turn.answers)
    facts |= step.sets(turn) if callable(step.sets) else step.sets
    if turn.advised:
        facts[ADVISED] = turn.advised
    if step.opens:
        facts.setdefault("title", str(type(turn.case)._meta.verbose_name))
        facts.setdefault("handler", turn.actor.person_id)
    taken = Taken(secrets.token_hex(16))
    answers = _fill(turn, facts, taken)
    matter.state = step.to or matter.state
    if matter.state not in matter.flow.ends:
        matter.closed_on = None
    elif matter.closed_on is None:  # filing or amending what is closed does not move the day
        matter.closed_on = turn.day
    matter.turn += 1
    days = facts.get(EXTENSION_DAYS)
    if step.name != AMEND:
        matter.trail = [*matter.trail, [step.name, turn.day.isoformat(), turn.actor.person_id, 0, days]]
    taken.entry = entry_of(matter, step.name, turn.day, turn.actor, role=role, via=via, answers=answers)
    taken.entry.office_id = office_id
    return taken


def _fill(turn: Turn, facts: Mapping[str, Any], taken: Taken) -> dict[str, Any]:
    """Write the facts onto the rows; return them as the ledger keeps them."""
    matter, case, kind = turn.matter, turn.case, type(turn.case)
    answers: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Decimal) and isinstance(column := kind.field_of(name), DecimalField):
            # As the column will give it back: what `sets` derives has as many places as its sum happened to have.
            value = value.quantize(Decimal(1).scaleb(-column.decimal_places))
        recorded = to_record(value)
        if name in kind.personal():
            taken.sealed[name] = recorded
            recorded = personal.digest(taken.salt, recorded)
        answers[name] = recorded
        if name == PARTIES:
            matter.parties = value
            taken.parties = value
            taken.header.add("people")
        elif kind.keeps(name):
            attname = kind.field_of(name).attname
            in_header = name in HEADER_FIELDS
            setattr(matter if in_header else case, attname, value)
            (taken.header if in_header else taken.own).add(attname)
    return answers


def closing_day(flow: Flow, lived: Iterable[tuple[str, date]]) -> date | None:
    """The day on which a life [(state entered, day)] came to its end and stayed there, or None."""
    closed: date | None = None
    for state, day in lived:
        closed = (closed or day) if state in flow.ends else None
    return closed


def entry_of(
    matter: Matter, step: str, day: date, actor: Actor, *, role: str, via: str, answers: dict[str, Any]
) -> Entry:
    """An entry of the matter as it now stands, without a place in the ledger."""
    return Entry(
        matter_id=matter.pk,
        turn=matter.turn,
        kind=matter.kind,
        office_id=matter.office_id,
        step=step,
        to=matter.state,
        day=day,
        at=now(),
        actor_id=actor.person_id,
        actor_name=actor.name,
        role=role,
        via=via,
        answers=answers,
    )


def clocks(matter: Matter) -> list[tuple[Deadline, clock.Clock]]:
    """Every clock that has started, with its deadline. One that is older than the loaded law is left out."""
    heard, found = events(matter), []
    for deadline in matter.flow.deadlines:
        try:
            run = clock.run(deadline, heard)
        except UnknownLaw:
            continue
        if run is not None:
            found.append((deadline, run))
    return found


def set_due(matter: Matter) -> None:
    """Project the earliest running duty onto the header."""
    matter.due_on, matter.due_name, matter.due_estimated = None, "", False
    heard = events(matter) if matter.state != VOID else []
    for deadline in matter.flow.deadlines if heard else ():
        if not deadline.duty:
            continue
        try:
            due_on, estimated, running = clock.due_only(deadline, heard)
        except UnknownLaw:  # older than the law that is loaded: no term to hold it to
            continue
        if running and due_on and (matter.due_on is None or due_on < matter.due_on):
            matter.due_on, matter.due_name, matter.due_estimated = due_on, deadline.name, estimated
