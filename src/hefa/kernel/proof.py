"""Proof of the ledger: what was altered, removed, inserted, reordered or cut, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import orjson
from django.conf import settings
from django.db import connections, transaction

from . import fold, personal
from .ledger import LEDGER, Counter, Entry, Envelope, database, head, is_sqlite, now
from .walk import ALTERED, CUT, GENESIS, INSERTED, REMOVED, REORDERED, Fault, Head, Walk

__all__ = ["ALTERED", "CUT", "INSERTED", "REMOVED", "REORDERED", "Fault", "Proof", "anchor", "verify"]

_MOST = 200  # faults told one by one
_CHUNK = 2000
_CHAIN = (
    'SELECT id, prev, seal, matter_id, turn, kind, office_id, step, "to", {day}, {at}, actor_id, actor_name, role, '
    "via, answers, paper, revokes_id FROM kernel_entry ORDER BY id"
)


@dataclass
class Proof:
    """What a walk over the whole ledger found."""

    entries: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "entries": self.entries, "faults": [fault._asdict() for fault in self.faults]}


def verify() -> Proof:
    """Walk the chain, the head, the anchors, and the fold of every matter against its rows.

    Reads one state of the database, whatever is written meanwhile, and holds nobody up.
    """
    with _snapshot():
        walk = Walk()
        walk.feed(_chain())
        end, of_head, opens = _head(Counter.objects.filter(key=LEDGER).first(), walk.last)
        faults = walk.faults(end, _locate, _written_at)
        told = frozenset(fault.entry for fault in faults)
        known = fold.Known(walk.last, told, frozenset(fault.fault for fault in faults), opens)
        faults += [fault for fault in of_head if fault.entry not in told]
        if not walk.renumbered:  # else no record can be held against the places that it names
            faults += [fault for fault in _anchor_faults(walk.last, opens) if fault.entry not in told]
            faults += fold.faults(_stream(fold.ENTRIES), known)
    return Proof(walk.entries, _at_most(faults))


def _at_most(faults: list[Fault]) -> list[Fault]:
    rest = faults[_MOST:]
    if len(rest) < 2:
        return faults
    return [*faults[:_MOST], rest[0]._replace(message=f"{rest[0].message}；另有 {len(rest) - 1} 处问题，未逐一列出")]


@contextmanager
def _snapshot() -> Iterator[None]:
    connection = connections[database()]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":  # not `atomic`, which would take the write lock
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=database()), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _stream(sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows as the driver gives them: models would cost more than the hashing."""
    with connections[database()].chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _chain() -> Iterator[tuple[int, str, bytes, str]]:
    # SQLite keeps both as text, which Django would parse.
    names = ("CAST(day AS text)", "CAST(at AS text)") if is_sqlite() else ("day", "at")
    for row in _stream(_CHAIN.format(day=names[0], at=names[1])):
        yield row[0], str(row[1]), content(row[3:]), str(row[2])


def content(row: tuple[Any, ...]) -> bytes:
    """The bytes of `Entry.content`, from a row's columns as stored. Empty when no entry could have stored them."""
    matter, turn, kind, office, step, to, day, at, actor, name, role, via, answers, paper, revokes = row
    try:
        day = day if isinstance(day, str) else day.isoformat()
        at = f"{at.replace(' ', 'T')}+00:00" if isinstance(at, str) else at.astimezone(UTC).isoformat()
        answers, paper = orjson.loads(answers), orjson.loads(paper) if paper else None
        words = [matter, turn, kind, office, step, to, day, at, actor, name, role, via, answers, paper, revokes]
        return orjson.dumps(words, option=orjson.OPT_SORT_KEYS)
    except (ValueError, TypeError, AttributeError):
        return b""


def _head(counter: Counter | None, last: int) -> tuple[Head | None, list[Fault], bool]:
    """The signed end of the ledger, what is wrong with the head's row, and whether the site's secret fits."""
    if counter is None:
        return None, [Fault(last, ALTERED, "账头不见了")], True
    if not (counter.value or counter.mark):
        zeroed = last or counter.seal != GENESIS
        return (None, [Fault(last, ALTERED, "账头被清零")], True) if zeroed else (Head(0, GENESIS), [], True)
    if counter.is_signed():
        return Head(counter.value, counter.seal), [], True
    for place, seal in _stream("SELECT id, seal FROM kernel_entry ORDER BY id DESC"):
        if personal.mark(f"{place}:{seal}") == counter.mark:
            said = f"账头被改动：写着第 {counter.value} 笔，签记是第 {place} 笔的"
            return Head(place, seal), [Fault(counter.value, ALTERED, said)], True
    if not _opens():
        said = "站点密钥与写入时不同：账头的签记和加密内容都无法核对"
        return Head(counter.value, counter.seal), [Fault(counter.value, ALTERED, said)], False
    return None, [Fault(counter.value, ALTERED, "账头的签记不对：账头被改动，或账尾被动过")], True


def _opens() -> bool:
    """Whether the site's secret opens any of the first envelopes."""
    bodies = Envelope.objects.exclude(body="").order_by("pk").values_list("body", flat=True)[:20]
    found = [bool(fold.opened(body)) for body in bodies]
    return any(found) or not found


def _locate(seals: set[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for some in batched(sorted(seals)):
        for seal, place in Entry.objects.filter(seal__in=some).order_by("id").values_list("seal", "id"):
            found.setdefault(seal, []).append(place)
    return found


def batched(many: list[str], size: int = 500) -> Iterator[list[str]]:
    return (many[n : n + size] for n in range(0, len(many), size))


def _written_at(place: int) -> int | None:
    """The place that its matter's trail remembers for the entry now at `place`, or for one soon after."""
    near = Entry.objects.filter(id__gte=place, turn__gt=0).order_by("id").select_related("matter")[:20]
    for entry in near:
        for step, day, actor_id, written, _ in entry.matter.trail if entry.matter else ():
            if (step, day, actor_id) == (entry.step, entry.day.isoformat(), entry.actor_id):
                return place + written - entry.pk
    return None


def anchor() -> dict[str, Any]:
    """Write today's head to the anchor file in the data folder (give copies to somebody else) and return it."""
    value, seal = head()
    line = {"at": now().isoformat(timespec="seconds"), "entries": value, "seal": seal}
    line["mark"] = personal.mark(f"{value}:{seal}")
    with settings.HEFA_ANCHORS.open("ab") as out:
        out.write(orjson.dumps(line) + b"\n")
    return line


def _anchor_faults(last: int, opens: bool) -> Iterator[Fault]:
    """Each head that was written outside must still stand at its place."""
    if not settings.HEFA_ANCHORS.exists():
        return
    lines = []
    for n, text in enumerate(settings.HEFA_ANCHORS.read_bytes().splitlines(), start=1):
        try:
            line = orjson.loads(text)
            at, place, seal = str(line["at"]), int(line["entries"]), str(line["seal"])
            if opens and line["mark"] != personal.mark(f"{place}:{seal}"):
                yield Fault(place, ALTERED, f"锚定文件第 {n} 行被改动：签记不对")
            elif place:
                lines.append((place, seal, at))
        except (ValueError, KeyError, TypeError):
            yield Fault(0, ALTERED, f"锚定文件第 {n} 行读不懂，被改动过")
    gone = max((line for line in lines if line[0] > last), default=None)
    if gone:
        yield Fault(last + 1, CUT, f"{gone[2]} 锚定时账目有 {gone[0]} 笔，现在只有 {last} 笔：账尾被截去")
    found = _locate({seal for _, seal, _ in lines})
    for place, seal, at in sorted(lines):
        if place <= last and seal not in found:
            yield Fault(place, ALTERED, f"第 {place} 笔或它之前的账目与 {at} 的锚定不符，被改写过")
            return
