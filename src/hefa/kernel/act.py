"""The one door: every change to a matter is a step taken here, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import IntegrityError, connections, transaction

from . import paper, rows
from .answers import Refused, clean_all, from_record
from .flow import AMEND, REVOKE, VOID, Step
from .ledger import Chain, Entry, database
from .matter import HEADER_FIELDS, PARTIES, Kind, Matter, Mention, find_kind
from .people import Actor, Office, visible_to
from .turn import Taken, Turn, blank, closing_day, entry_of, role_in, set_due, take

_LIFE = ("state", "turn", "trail", "closed_on", "due_on", "due_name", "due_estimated")
_BATCH = 400


@dataclass(frozen=True)
class Play:
    """A whole past life to be put on record: steps with their true days, in order.

    `number` is what stands on the old paper (empty: counted here); `source_key` names the ledger row.
    """

    office: Office
    steps: Sequence[tuple[str, date, Mapping[str, Any]]]
    number: str = ""
    source_key: str | None = None
    source_digest: str = ""


class PlayRefused(Refused):
    """A refusal in a play; `step` is the name of the step that could not be taken."""

    def __init__(self, step: str, refused: Refused) -> None:
        super().__init__(refused.faults)
        self.step = step


@dataclass
class Played:
    """A play rehearsed in memory. `office` is where it began, which numbers it."""

    matter: Matter
    case: Kind
    taken: list[Taken]
    office: Office


@contextmanager
def _whole() -> Iterator[None]:
    """One transaction. What a form chose and the database does not have is a refusal, found at the latest on commit."""
    try:
        with transaction.atomic(using=database()):
            yield
    except IntegrityError as fault:
        raise Refused("填写的单位、人员或来源事项不存在，请重新选择；没有写入任何内容") from fault


def open_matter(
    kind: type[Kind] | str,
    *,
    actor: Actor,
    office: Office,
    day: date,
    answers: Mapping[str, Any],
    step: str | None = None,
    via: str = "desk",
    advised: str = "",
) -> Matter:
    """Open a matter by its opening step; numbered, sealed and committed, or `Refused` and nothing written.

    `advised`: what the actor was told to choose, kept in the entry beside what was chosen.
    """
    declared = find_kind(kind) if isinstance(kind, str) else kind
    opening = next((one for one in declared.flow.opening if step in (None, one.name)), None)
    if opening is None:
        raise Refused(f"“{step}”不是“{declared._meta.verbose_name}”的登记步骤")
    matter, case = blank(declared, office, day)
    role = role_in(matter, opening, actor)
    cleaned = clean_all(declared, opening.asks, opening.offers, answers)
    turn = Turn(matter, case, opening, cleaned, day, actor, advised)
    taken = take(turn, role, via)
    with _whole():
        chain = Chain(series_key(declared, office, day))
        matter.number = _number(chain, declared, matter, office)
        paper.issue(turn, taken)
        _insert(chain, declared, [Played(matter, case, [taken], office)])
        chain.save()
    return matter


def act(
    matter: Matter,
    step: str,
    *,
    actor: Actor,
    day: date,
    answers: Mapping[str, Any],
    seen: int | None = None,
    via: str = "desk",
) -> Entry:
    """Take a step of a matter that the actor may see. `seen` is the turn at which the form was drawn.

    One transaction; `Refused` (role, state, form, order of days, guard, stale form) writes nothing.
    """
    with _whole():
        fresh, case = _locked(matter, actor)
        if seen is not None and seen != fresh.turn:
            raise Refused("这件事刚刚有人办理过，您看到的内容已经过时。请刷新页面，确认后再办。")
        if step == REVOKE:
            taken = _revocation(fresh, case, actor, str(answers.get("reason") or "").strip(), via)
        else:
            declared = step_of(fresh, step)
            role = role_in(fresh, declared, actor)
            cleaned = clean_all(type(case), declared.asks, declared.offers, answers)
            turn = Turn(fresh, case, declared, cleaned, day, actor)
            taken = take(turn, role, via)
            paper.issue(turn, taken)
        chain = Chain()
        _update(chain, fresh, case, taken)
        chain.save()
    return taken.entry


def step_of(matter: Matter, name: str) -> Step:
    """A declared step of the matter's flow, or the amendment of what it already holds."""
    if name == AMEND:
        return amendment(matter.declared)
    try:
        return matter.flow.step(name)
    except KeyError:
        raise Refused(f"“{matter.declared._meta.verbose_name}”没有“{name}”这一步") from None


def amendment(kind: type[Kind]) -> Step:
    """The step that corrects answers: it offers whatever the kind's steps put in a column, and wants a reason."""
    names = dict.fromkeys(
        name
        for step in kind.flow.steps
        for name in step.fields
        if name == PARTIES or (kind.keeps(name) and name != "office")
    )
    return Step(
        name=AMEND,
        label="更正",
        by=kind.flow.corrected_by,
        at=tuple(kind.flow.states),
        asks=("reason",),
        offers=tuple(names),
        guards=kind.amend_guards,
        help="改正登记错误。原来的内容、更正的内容和理由都留在账上。",
    )


def may_revoke(matter: Matter, last: Entry | None, actor: Actor) -> str | None:
    """Why the actor may not take back the last step, or None: its taker the same day, or who corrects the kind."""
    if matter.state == VOID or last is None:
        return "没有可以撤回的办理步骤"
    own = actor.person_id is not None and last.actor_id == actor.person_id
    if own and last.at.astimezone().date() == date.today():
        return None
    if actor.role_for(matter.flow.corrected_by, matter.office.path):
        return None
    return "只有当天的经办人，或有权更正的人，才能撤回上一步"


def rehearse(kind: type[Kind], play: Play, actor: Actor, via: str = "import") -> Played:
    """Live a play through in memory. `PlayRefused` names the step and its faults; nothing is written."""
    matter, case = blank(kind, play.office, play.steps[0][1])
    matter.number, matter.source_key, matter.source_digest = play.number, play.source_key, play.source_digest
    role = import_role(kind, play.office, actor)
    taken = []
    for name, day, raw in play.steps:
        try:
            step = step_of(matter, name)
            answers = clean_all(kind, step.asks, step.offers, raw)
            taken.append(take(Turn(matter, case, step, answers, day, actor), role, via))
        except Refused as refused:
            raise PlayRefused(name, refused) from None
    return Played(matter, case, taken, play.office)


def import_role(kind: type[Kind], office: Office, actor: Actor) -> str:
    """The role in which the actor may bring past matters of a kind into an office; `Refused` when none."""
    takers = {role for step in kind.flow.steps if step.opens for role in step.by}
    role = actor.role_for({*kind.flow.corrected_by, *takers}, office.path)
    if role is None:
        raise Refused(f"您没有为“{office.name}”导入“{kind._meta.verbose_name}”的权限")
    return role


def play_many(
    kind: type[Kind],
    plays: Iterable[Played],
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write rehearsed plays: all of them in one transaction, or none. Returns how many matters."""
    done = 0
    source: Iterator[Played] = iter(plays)
    with _whole():
        chain = Chain()
        while batch := list(islice(source, _BATCH)):
            _insert(chain, kind, batch)
            done += len(batch)
            if progress:
                progress(done)
        chain.save()
        if done >= _BATCH:
            _count_again(kind)
    return done


def _count_again(kind: type[Kind]) -> None:
    """Let PostgreSQL look at what it plans by: by itself it does so a minute later, and a figure of a ledger that is fresh
    from an import would take seconds until then. SQLite plans without."""
    with connections[database()].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            tables = (model._meta.db_table for model in (Entry, Matter, Mention, kind))
            cursor.execute(f"ANALYZE {', '.join(map(cursor.db.ops.quote_name, tables))}")


def series_key(kind: type[Kind], office: Office, day: date) -> str:
    """The counter of a kind's numbers in one office and year."""
    return f"{kind.label()}/{office.code}/{day.year}"


def _number(chain: Chain, kind: type[Kind], matter: Matter, office: Office) -> str:
    day = matter.opened_on
    series = series_key(kind, office, day)
    if not matter.number:
        return kind.series.format(office=office.short, year=day.year, n=chain.next_number(series))
    pattern = re.escape(kind.series.format(office=office.short, year=day.year, n="\0")).replace("\0", r"(\d+)")
    if found := re.fullmatch(pattern, matter.number):
        chain.reserve(series, int(found.group(1)))
    return matter.number


def _insert(chain: Chain, kind: type[Kind], batch: list[Played]) -> None:
    """Write new matters with their rows, parties, entries and envelopes: one statement a table."""
    place = chain.head.value
    for played in batch:
        played.matter.number = _number(chain, kind, played.matter, played.office)
        played.taken[0].entry.answers["number"] = played.matter.number
        # The trail wants each entry's place, known before it is written because the head is locked.
        for past in played.matter.trail:
            place += 1
            past[3] = place
        set_due(played.matter)
    try:
        Matter.objects.bulk_create([played.matter for played in batch])
    except IntegrityError as fault:
        raise Refused(_clash(batch)) from fault
    for played in batch:
        played.case.matter_id = played.matter.pk
    rows.insert([played.case for played in batch], database())
    _write(chain, [(played.matter, taken) for played in batch for taken in played.taken])


def _clash(batch: list[Played]) -> str:
    numbers = "、".join(played.matter.number for played in batch[:3])
    return f"编号已经用过，全部未写入（{numbers}{'……' if len(batch) > 3 else ''}）"


def _update(chain: Chain, matter: Matter, case: Kind, taken: Taken) -> None:
    if matter.trail and not matter.trail[-1][3]:
        matter.trail[-1][3] = chain.head.value + 1
    set_due(matter)
    rows.update(matter, {*_LIFE, *taken.header}, database())
    if taken.own:
        rows.update(case, taken.own, database())
    _write(chain, [(matter, taken)])


def _write(chain: Chain, many: list[tuple[Matter, Taken]]) -> None:
    mentions = []
    for matter, taken in many:
        taken.entry.matter_id = matter.pk
        chain.add(taken.entry)
        for mention in Mention.of(taken.parties):
            mention.matter_id = matter.pk
            mentions.append(mention)
    alias = database()
    rows.insert(mentions, alias)
    rows.insert([taken.entry for _, taken in many], alias)
    rows.insert([envelope for _, taken in many if (envelope := taken.envelope())], alias)


def _locked(matter: Matter, actor: Actor) -> tuple[Matter, Kind]:
    """The matter and its kind's row, locked; `Refused` when there is none that the actor may see. One query."""
    kind = matter.declared
    seen = kind._default_manager.filter(visible_to(actor, "matter__"), pk=matter.pk)
    # No key changes: a matter that arises from this one may be written at the same time.
    case = next(iter(seen.select_related("matter__office").select_for_update(of=("self", "matter"), no_key=True)), None)
    if case is None:
        raise Refused("没有这件事，或者您无权办理")
    return case.matter, case


def _revocation(matter: Matter, case: Kind, actor: Actor, reason: str, via: str) -> Taken:
    """Take back the last step: the rows return to what the earlier entries say."""
    kind = type(case)
    in_force = Entry.objects.steps().filter(matter=matter, revoked=None)
    entries = list(in_force.select_related("envelope").order_by("id"))
    last = entries[-1] if entries else None
    if fault := may_revoke(matter, last, actor):
        raise Refused(fault)
    if not reason:
        raise Refused({"reason": "请写明撤回的理由"})
    assert last is not None
    taken = Taken("")
    earlier = entries[:-1]
    for name in last.answers if earlier else ():
        _restore(matter, case, name, earlier, taken)
    matter.state = earlier[-1].to if earlier else VOID
    matter.closed_on = closing_day(matter.flow, [(entry.to, entry.day) for entry in earlier])
    if last.step != AMEND and earlier:
        matter.trail = matter.trail[:-1]
    matter.turn += 1
    role = actor.role_for(kind.flow.corrected_by, matter.office.path) or last.role
    taken.entry = entry_of(matter, REVOKE, date.today(), actor, role=role, via=via, answers={"reason": reason})
    taken.entry.revokes = last
    return taken


def _restore(matter: Matter, case: Kind, name: str, earlier: list[Entry], taken: Taken) -> None:
    kind = type(case)
    if name != PARTIES and (not kind.keeps(name) or name == "number"):
        return
    said = next((entry for entry in reversed(earlier) if name in entry.answers), None)
    value: Any = earlier[0].office_id if name == "office" else None  # where it was opened
    if said is not None:
        sealed = said.envelope.open().get("answers", {}) if name in kind.personal() else None
        value = said.answers[name] if sealed is None else sealed.get(name, "")  # "": erased since
    if name == PARTIES:
        matter.parties = value or []
        taken.header.add("people")
        return
    field = kind.field_of(name)
    in_header = name in HEADER_FIELDS
    setattr(
        matter if in_header else case,
        field.attname,
        field.get_default() if said is None and value is None else from_record(kind, name, value),
    )
    (taken.header if in_header else taken.own).add(field.attname)
