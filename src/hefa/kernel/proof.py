"""Proof of the ledger: what was altered, removed, inserted, reordered or cut, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction

from . import personal
from .answers import label_of, to_record
from .ledger import GENESIS, LEDGER, Counter, Entry, Envelope, database, head, now, seal_of
from .matter import HEADER_FIELDS, KINDS, PARTIES, Kind

ALTERED, REMOVED, INSERTED, REORDERED, CUT = "altered", "removed", "inserted", "reordered", "cut"
_PAIRS = 200  # above so many altered rows a swap is no longer worth telling from an edit


@dataclass(frozen=True)
class Fault:
    """One thing wrong. `entry` is the place in the ledger (of the last entry, for a matter's row)."""

    entry: int
    fault: str
    message: str


@dataclass
class Proof:
    """What a walk over the whole ledger found."""

    entries: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "entries": self.entries, "faults": [vars(fault) for fault in self.faults]}


def verify() -> Proof:
    """Walk the chain, the head, the anchors, and the fold of every matter against its row."""
    proof = Proof()
    with transaction.atomic(using=database()):
        counter = Counter.objects.filter(key=LEDGER).first() or Counter(key=LEDGER, seal=GENESIS)
        walk = _Walk(counter.value)
        for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
            proof.entries += 1
            walk.step(entry)
        proof.faults += walk.finish()
        proof.faults += _head_faults(counter, walk)
        proof.faults += _anchor_faults()
        broken = {fault.entry for fault in proof.faults}
        proof.faults += [fault for fault in _fold_faults() if fault.entry not in broken]
    return proof


class _Walk:
    """The chain in order of place. A row is sound when its own seal fits its own words and predecessor."""

    def __init__(self, head_value: int) -> None:
        self.head_value = head_value
        self.expected: str | None = GENESIS
        self.place = 0
        self.last_seal = GENESIS
        self.faults: list[Fault] = []
        self.seals: dict[str, int] = {}
        self.unsound: list[tuple[int, str, bytes, str]] = []
        self.misplaced: list[tuple[int, str, str]] = []

    def step(self, entry: Entry) -> None:
        if entry.pk > self.place + 1 and entry.pk <= self.head_value:
            self._gap(self.place + 1, entry.pk - 1)
        if entry.pk > self.head_value or entry.pk < 1:
            self.faults.append(Fault(entry.pk, INSERTED, f"第 {entry.pk} 笔在账尾之后，不是经办理写入的"))
            return
        self.place = entry.pk
        content = entry.content()
        sound = seal_of(entry.prev, content) == entry.seal
        if not sound:
            self.unsound.append((entry.pk, entry.prev, content, entry.seal))
        elif self.expected is not None and entry.prev != self.expected:
            self.misplaced.append((entry.pk, entry.prev, entry.seal))
        if entry.seal in self.seals:
            self.faults.append(Fault(entry.pk, INSERTED, f"第 {entry.pk} 笔是第 {self.seals[entry.seal]} 笔的复制"))
        else:
            self.seals[entry.seal] = entry.pk
        self.expected = self.last_seal = entry.seal

    def _gap(self, first: int, last: int) -> None:
        for place in range(first, min(last, first + _PAIRS) + 1):
            self.faults.append(Fault(place, REMOVED, f"第 {place} 笔被删除"))
        self.expected = None  # the follower's own predecessor is gone: it cannot be held against it

    def finish(self) -> list[Fault]:
        if self.place < self.head_value:
            lost = self.head_value - self.place
            self.faults.append(
                Fault(self.place + 1, CUT, f"账尾被截去 {lost} 笔（第 {self.place + 1} 至第 {self.head_value} 笔）")
            )
        told = {fault.entry for fault in self.faults}
        self.faults += [fault for fault in self._unsound_faults() if fault.entry not in told]
        told = {fault.entry for fault in self.faults}
        self.faults += [fault for fault in self._misplaced_faults(told) if fault.entry not in told]
        return sorted(self.faults, key=lambda fault: fault.entry)

    def _unsound_faults(self) -> Iterator[Fault]:
        few = self.unsound if len(self.unsound) <= _PAIRS else []
        for place, prev, content, _ in self.unsound:
            at = self.seals.get(seal_of(prev, content))
            other = at or next((p for p, other_prev, _, seal in few if seal_of(other_prev, content) == seal), None)
            if other is not None and other != place:
                yield Fault(place, REORDERED, f"第 {place} 笔的内容原在第 {other} 笔，次序被调换")
            else:
                yield Fault(place, ALTERED, f"第 {place} 笔的内容与封签不符，被改动过")

    def _misplaced_faults(self, told: set[int]) -> Iterator[Fault]:
        moved = {place for place, _, _ in self.misplaced}
        for place, prev, _ in self.misplaced:
            if place - 1 in told:
                continue  # its predecessor was altered: the break is told there
            origin = self.seals.get(prev)
            if prev == GENESIS:
                origin = 0
            if origin is None:
                yield Fault(place, REMOVED, f"第 {place} 笔之前有账目被删除")
            elif origin + 1 == place - 1 and place - 1 not in moved:
                yield Fault(place - 1, INSERTED, f"第 {place - 1} 笔是插入的，不在链上")
            else:
                yield Fault(place, REORDERED, f"第 {place} 笔的位置不对，原应在第 {origin} 笔之后")


def _head_faults(counter: Counter, walk: _Walk) -> Iterator[Fault]:
    if counter.value and not counter.is_signed():
        yield Fault(counter.value, ALTERED, "账头的签记不对：账头被改动，或站点密钥与写入时不同")
    elif walk.place == counter.value and walk.last_seal != counter.seal:
        yield Fault(counter.value, ALTERED, f"第 {counter.value} 笔的封签与账头不符")


def anchor() -> dict[str, Any]:
    """Write today's head to the anchor file in the data folder (give copies to somebody else) and return it."""
    value, seal = head()
    line = {"at": now().isoformat(timespec="seconds"), "entries": value, "seal": seal}
    line["mark"] = personal.mark(f"{value}:{seal}")
    with settings.HEFA_ANCHORS.open("ab") as out:
        out.write(orjson.dumps(line) + b"\n")
    return line


def _anchor_faults() -> Iterator[Fault]:
    """Each head that was written outside must still stand at its place."""
    if not settings.HEFA_ANCHORS.exists():
        return
    anchors = [orjson.loads(line) for line in settings.HEFA_ANCHORS.read_bytes().splitlines() if line.strip()]
    places = {line["entries"] for line in anchors if line["entries"]}
    seals = dict(Entry.objects.filter(id__in=places).values_list("id", "seal"))
    for line in anchors:
        place = line["entries"]
        if place and place not in seals:
            yield Fault(place, CUT, f"{line['at']} 锚定时账目有 {place} 笔，现在第 {place} 笔不在了")
        elif place and seals[place] != line["seal"]:
            yield Fault(place, ALTERED, f"第 {place} 笔与 {line['at']} 的锚定不符")


def _fold_faults() -> Iterator[Fault]:
    """Each matter's row must be what its entries add up to."""
    for label, kind in KINDS.items():
        yield from _kind_fold_faults(label, kind)


def _kind_fold_faults(label: str, kind: type[Kind]) -> Iterator[Fault]:
    rows = kind._default_manager.select_related("matter").order_by("matter_id")
    folds = _folds(label)
    fold = next(folds, None)
    for case in rows.iterator(chunk_size=1000):
        while fold is not None and fold.matter_id < case.pk:
            yield Fault(fold.last, CUT, f"第 {fold.last} 笔所属的事项（内部号 {fold.matter_id}）不见了")
            fold = next(folds, None)
        if fold is None or fold.matter_id != case.pk:
            yield Fault(0, CUT, f"{case.matter.number} 没有一笔账：账目被截去，或事项不是经办理登记的")
            continue
        yield from fold.faults(case)
        fold = next(folds, None)
    while fold is not None:
        yield Fault(fold.last, CUT, f"第 {fold.last} 笔所属的事项（内部号 {fold.matter_id}）不见了")
        fold = next(folds, None)


@dataclass
class _Fold:
    """What the entries of one matter add up to."""

    matter_id: int
    turn: int = 0
    last: int = 0
    state: str = ""
    opened_on: Any = None
    facts: dict[str, Any] = field(default_factory=dict)
    salts: dict[str, tuple[str, int]] = field(default_factory=dict)

    def faults(self, case: Kind) -> Iterator[Fault]:
        matter, kind = case.matter, type(case)
        if matter.turn != self.turn:
            gone = CUT if matter.turn > self.turn else INSERTED
            yield Fault(self.last, gone, f"{matter.number} 应有 {matter.turn} 笔账，账上有 {self.turn} 笔")
            return
        if matter.state != self.state:
            yield Fault(self.last, ALTERED, f"{matter.number} 的状态与账目不符（账上是“{self.state}”）")
        if self.opened_on and matter.opened_on != self.opened_on:
            yield Fault(self.last, ALTERED, f"{matter.number} 的登记日期与账目不符（账上是 {self.opened_on}）")
        for name, value in self.facts.items():
            now_is = self._now(case, name)
            if now_is is not _SKIP and now_is != value:
                what = "编号" if name == "number" else label_of(kind, name)
                yield Fault(self.last, ALTERED, f"{matter.number} 的“{what}”与账目不符")

    def _now(self, case: Kind, name: str) -> Any:
        matter, kind = case.matter, type(case)
        if name == "number":
            return matter.number
        if name == PARTIES:
            value: Any = matter.parties
        elif not kind.keeps(name):
            return _SKIP
        else:
            value = to_record(getattr(matter if name in HEADER_FIELDS else case, kind.field_of(name).attname))
        if name in kind.personal():
            salt = self.salts.get(name)
            return personal.digest(salt, value) if salt else _SKIP
        return value


_SKIP = object()


def _folds(label: str) -> Iterator[_Fold]:
    entries = Entry.objects.filter(kind=label, turn__gt=0).order_by("matter_id", "id")
    revoked = set(Entry.objects.filter(kind=label, revokes__isnull=False).values_list("revokes_id", flat=True))
    fold: _Fold | None = None
    for entry in entries.select_related("envelope").iterator(chunk_size=2000):
        if fold is None or fold.matter_id != entry.matter_id:
            if fold is not None:
                yield fold
            fold = _Fold(entry.matter_id or 0)
        _fold_in(fold, entry, entry.pk in revoked)
    if fold is not None:
        yield fold


def _fold_in(fold: _Fold, entry: Entry, is_revoked: bool) -> None:
    fold.turn += 1
    fold.last = entry.pk
    if is_revoked:
        return
    if entry.revokes_id:
        fold.state = entry.to
        return
    fold.state = entry.to
    fold.opened_on = fold.opened_on or entry.day
    fold.facts |= entry.answers
    kind = KINDS[entry.kind]
    if not entry.answers.keys() & kind.personal():
        return
    try:
        envelope: Envelope | None = entry.envelope
    except Envelope.DoesNotExist:
        envelope = None
    opened = envelope.open() if envelope else {}
    for name in entry.answers.keys() & kind.personal():
        fold.salts[name] = opened.get("salt", "")
