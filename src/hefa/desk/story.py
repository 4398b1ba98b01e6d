"""A matter told to a reader: its timeline, its clocks, the chain it stands in, and what may lawfully come next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hefa.kernel import clock, paper
from hefa.kernel.act import amendment, may_revoke
from hefa.kernel.flow import AMEND, REVOKE, Deadline, Flow, Step
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Kind, Matter
from hefa.kernel.people import ROLES, Actor
from hefa.kernel.turn import foreseen, refusal

from . import lights
from .lights import Light
from .values import Line, Names, answer_lines

CHAIN_UP, CHAIN_DOWN = 12, 40
# Words for entries that are no declared step.
ENTRY_LABELS = {
    AMEND: "更正",
    REVOKE: "撤回上一步",
    "reveal": "查看个人信息",
    "export": "导出台账",
    "verify": "核验账本",
    "triage": "类型建议与选择",
    "person_added": "添加人员",
    "post_given": "任职",
    "post_ended": "离任",
    "password_reset": "重设密码",
    "account_opened": "启用账号",
    "account_closed": "停用账号",
    "law_taken": "载入法律数据",
    "law_taken_back": "撤回法律数据",
    "dues_renewed": "按现行法律数据重算期限",
}


@dataclass
class Moment:
    """One entry of the timeline."""

    entry: Entry
    label: str
    role: str
    basis: str
    lines: list[Line]
    office: str
    revoked: bool = False
    is_note: bool = False


def timeline(matter: Matter, revealed: bool, actor: Actor) -> list[Moment]:
    """Every entry of the matter, newest first."""
    kind = matter.declared
    found = Entry.objects.filter(matter=matter).select_related("office", "revokes", "revoked")
    entries = list(found.select_related("envelope") if revealed else found)
    names = Names(kind, [entry.answers for entry in entries], actor)
    return [_moment(kind, entry, names, revealed) for entry in reversed(entries)]


def _moment(kind: type[Kind], entry: Entry, names: Names, revealed: bool) -> Moment:
    step = _declared(kind, entry.step)
    opened: Mapping[str, Any] | None = None
    if revealed and hasattr(entry, "envelope"):
        opened = entry.envelope.open().get("answers")
    return Moment(
        entry=entry,
        label=_(step.label) if step else step_label(entry.step),
        role=_(ROLES[entry.role].label) if entry.role in ROLES else entry.role,
        basis=str(step.basis) if step and step.basis else "",
        lines=answer_lines(kind, entry.answers, names, opened),
        office=entry.office.name if entry.office else "",
        revoked=hasattr(entry, "revoked"),
        is_note=entry.turn == 0,
    )


def _declared(kind: type[Kind], name: str) -> Step | None:
    return next((step for step in kind.flow.steps if step.name == name), None)


def step_label(name: str) -> str:
    """The words for an entry that is no declared step."""
    return _(ENTRY_LABELS[name]) if name in ENTRY_LABELS else name


def label_of_entry(entry: Entry) -> str:
    """The words for any entry's step, whatever its kind."""
    step = _declared(KINDS[entry.kind], entry.step) if entry.kind in KINDS else None
    return _(step.label) if step else step_label(entry.step)


@dataclass
class Move:
    """A step as a button: open when `reason` is empty."""

    step: Step
    reason: str = ""
    primary: bool = False


@dataclass
class Moves:
    """What may lawfully come next. `amend` and `revoke` are "" when open, else the reason why not."""

    open: list[Move] = field(default_factory=list)
    closed: list[Move] = field(default_factory=list)
    amend: str = ""
    revoke: str = ""


def moves(matter: Matter, actor: Actor, last: Entry | None) -> Moves:
    """Every step of the flow, open or with the reason why not; the likeliest of those that move the matter is primary."""
    found = Moves()
    for step in matter.flow.steps:
        if step.opens:
            continue
        reason = refusal(matter, step, actor) or foreseen(matter, step, actor)
        (found.closed if reason else found.open).append(Move(step, reason or ""))
    # What this state offers to others says more than what other states offer.
    found.closed.sort(key=lambda move: matter.state not in move.step.at)
    moving = [move for move in found.open if _moves_on(matter.flow, move.step)]
    if moving and matter.state not in matter.flow.ends:
        _likeliest(matter, moving).primary = True
    found.amend = refusal(matter, amendment(matter.declared), actor) or ""
    found.revoke = may_revoke(matter, last, actor) or ""
    return found


def _moves_on(flow: Flow, step: Step) -> bool:
    """Whether the step leads to another state, issues a paper or meets a duty; what only marks a matter urges nobody."""
    return step.to is not None or step.paper is not None or any(step.name in each.stops for each in flow.deadlines)


def _likeliest(matter: Matter, open_moves: list[Move]) -> Move:
    """The first step not yet taken in this state; else the first that ends the running duty; else the first."""
    since = _since_state(matter)
    first = open_moves[0]
    if first.step.name not in since:
        return first
    stops = matter.flow.deadline(matter.due_name).stops if matter.due_name else ()
    return next((move for move in open_moves if move.step.to and move.step.name in stops), first)


def _since_state(matter: Matter) -> set[str]:
    """Names of the steps taken since the matter came into its state."""
    taken: set[str] = set()
    for name, *_rest in reversed(matter.trail):
        step = _declared(matter.declared, name)
        if step is not None and step.to is not None:
            break
        taken.add(name)
    return taken


@dataclass
class Dial:
    """A clock for reading: its light, its explanation line by line, its days."""

    deadline: Deadline
    light: Light
    run: clock.Clock
    lines: list[str]


def dials(matter: Matter, today: date) -> list[Dial]:
    """The matter's clocks that have started, running ones first."""
    heard = lights.events_of(matter.trail)
    found = []
    for deadline in matter.flow.deadlines:
        run = lights.clock_of(matter.kind, deadline.name, heard)
        if run is not None:
            found.append(Dial(deadline, lights.of_clock(run, today), run, run.explain()))
    return sorted(found, key=lambda dial: dial.run.met_on is not None)


def due_dial(matter: Matter, today: date) -> Dial | None:
    """The clock that the matter's light shows: the pressing one, else a paused one, else the last that was met."""
    found = dials(matter, today)
    for wanted in (matter.due_name, *(dial.deadline.name for dial in found if dial.light.status == "paused")):
        if dial := next((dial for dial in found if dial.deadline.name == wanted), None):
            return dial
    return found[-1] if found else None


@dataclass
class Link:
    """A matter in the chain. `matter` None: it exists, and the reader may not see it."""

    matter: Matter | None
    depth: int = 0
    kind_label: str = ""
    state_label: str = ""


def _link(matter: Matter, depth: int) -> Link:
    kind = matter.declared
    return Link(matter, depth, _(str(kind._meta.verbose_name)), _(kind.flow.state_label(matter.state)))


def chain(matter: Matter, actor: Actor) -> tuple[list[Link], list[Link]]:
    """(what it arises from, farthest first; what arose from it, with depth)."""
    seen = Matter.objects.visible_to(actor).filter(kind__in=KINDS)
    up: list[Link] = []
    parent_id, met = matter.arises_from_id, {matter.pk}
    while parent_id and parent_id not in met and len(up) < CHAIN_UP:
        met.add(parent_id)
        parent = seen.filter(pk=parent_id).first()
        up.append(_link(parent, 0) if parent else Link(None))
        parent_id = parent.arises_from_id if parent else None
    down: list[Link] = []
    level, depth = [matter.pk], 1
    while level and len(down) < CHAIN_DOWN:
        children = list(seen.filter(arises_from_id__in=level).exclude(pk__in=met).order_by("id")[:CHAIN_DOWN])
        down += [_link(child, depth) for child in children]
        level = [child.pk for child in children]
        met.update(level)
        depth += 1
    return up[::-1], down


def paper_title(kind: type[Kind], step: Step) -> str:
    """The title of the paper that a step will issue, or "" when it issues none or names it from the case."""
    if step.paper is None:
        return ""
    title = paper.read(kind, step.paper).head["title"].source if step.paper else ""
    return "" if "{" in title else title


def effects(kind: type[Kind], step: Step) -> list[str]:
    """What taking a step will do to the state and the clocks, in sentences."""
    said = []
    if step.to:
        said.append(_("状态变为“%(state)s”") % {"state": _(kind.flow.state_label(step.to))})
    for deadline in kind.flow.deadlines:
        label = {"label": _(deadline.label)}
        if step.name in deadline.stops:
            said.append(_("“%(label)s”的期限停止计算") % label)
        if step.name in deadline.starts or step.name in deadline.restarts:
            said.append(_("“%(label)s”的期限从这一天起算") % label)
        if step.name in deadline.pauses:
            said.append(_("“%(label)s”的期限中止") % label)
        if step.name in deadline.resumes:
            said.append(_("“%(label)s”的期限恢复计算") % label)
        if step.name in deadline.extended_by:
            said.append(_("“%(label)s”的期限延长") % label)
    return said
