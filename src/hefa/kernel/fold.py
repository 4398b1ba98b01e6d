"""The fold: each matter's rows must be what its entries add up to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from django.db import models

from . import personal
from .answers import label_of, to_record
from .flow import AMEND
from .ledger import LEDGER, Counter
from .matter import KINDS, PARTIES, Kind, Matter
from .people import Office
from .turn import EXTENSION_DAYS, closing_day, set_due
from .walk import ALTERED, CUT, INSERTED, REMOVED, Fault

# In the order of `Told`. By matter, so that one pass sees each matter whole.
ENTRIES = (
    'SELECT e.matter_id, e.id, e.turn, e.kind, e.step, e."to", CAST(e.day AS text), e.office_id, e.actor_id, '
    "e.answers, e.paper, e.revokes_id, v.entry_id, v.body "
    "FROM kernel_entry e LEFT JOIN kernel_envelope v ON v.entry_id = e.id "
    "WHERE e.turn > 0 AND e.matter_id IS NOT NULL ORDER BY e.matter_id, e.turn, e.id"
)
_HEADER = ("office_id", "handler_id", "partner_id", "arises_from_id", "title", "sealed", "number", "state", "opened_on",
           "closed_on")  # fmt: skip
_DUE = ("due_on", "due_name", "due_estimated")
_LABELS = {"number": "编号", "state": "状态", "opened_on": "登记日期", "closed_on": "办结日期", "due_on": "办理期限"}


class Told(NamedTuple):
    """One entry of a matter, with its envelope's body (None: there is none; empty: erased)."""

    matter_id: int
    id: int
    turn: int
    kind: str
    step: str
    to: str
    day: str
    office_id: int
    actor_id: int | None
    answers: dict[str, Any]
    paper: dict[str, Any] | None
    revokes_id: int | None
    envelope: int | None
    body: str | None


@dataclass
class Known:
    """What the walk over the chain has found already: its consequences are not told twice."""

    last: int = 0
    places: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    opens: bool = True  # the site's secret fits

    @property
    def lost(self) -> bool:
        return bool(self.words & {REMOVED, CUT})


def read(rows: Iterable[tuple[Any, ...]]) -> Iterator[Told]:
    """Rows of `ENTRIES`, their JSON read."""
    for row in rows:
        yield Told._make((*row[:9], _facts(row[9]) or {}, _facts(row[10]), *row[11:]))


def _facts(text: str | None) -> dict[str, Any] | None:
    """What a JSON column holds. Words that no entry wrote are told by the chain."""
    try:
        found = orjson.loads(text or "null")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def faults(rows: Iterable[tuple[Any, ...]], known: Known) -> Iterator[Fault]:
    """Every matter against its entries, then the number series. `rows` are those of `ENTRIES`."""
    fold = _Fold(known)
    lives = groupby(read(rows), attrgetter("matter_id"))
    life = next(lives, None)
    for matter, case in _cases():
        while life is not None and life[0] < matter.pk:
            yield from fold.orphan(list(life[1]))
            life = next(lives, None)
        if life is not None and life[0] == matter.pk:
            yield from fold.matter(matter, case, list(life[1]))
            life = next(lives, None)
        else:
            yield from fold.stranger(matter)
    while life is not None:
        yield from fold.orphan(list(life[1]))
        life = next(lives, None)
    fold.look_at_series()
    yield from fold.ends()


def _cases() -> Iterator[tuple[Matter, dict[str, Any] | None]]:
    """Every matter's header with its kind's own values by field name; None when that row is missing."""
    rows: dict[str, Iterator[tuple[int, dict[str, Any]]]] = {}
    ahead: dict[str, tuple[int, dict[str, Any]] | None] = {}
    offices = Office.objects.in_bulk()
    for matter in Matter.objects.order_by("pk").iterator(chunk_size=1000):
        label = matter.kind
        if label in KINDS and label not in rows:
            rows[label] = _own(KINDS[label])
            ahead[label] = next(rows[label], None)
        while label in rows and (front := ahead[label]) is not None and front[0] < matter.pk:
            ahead[label] = next(rows[label], None)
        front = ahead.get(label)
        if matter.office_id in offices:
            matter.office = offices[matter.office_id]
        yield matter, front[1] if front is not None and front[0] == matter.pk else None


def _own(kind: type[Kind]) -> Iterator[tuple[int, dict[str, Any]]]:
    names = [one.name for one in _fields(kind)]
    columns = [one.attname for one in _fields(kind)]
    for pk, *values in kind._default_manager.order_by("pk").values_list("pk", *columns).iterator(chunk_size=1000):
        yield pk, dict(zip(names, values, strict=True))


@lru_cache(maxsize=64)
def _fields(kind: type[Kind]) -> tuple[models.Field[Any, Any], ...]:
    return tuple(one for one in kind._meta.concrete_fields if not one.primary_key)


@dataclass
class _Fold:
    """Findings that need more than one matter: where series stand, what must have been cut off."""

    known: Known
    cut: str | None = None
    gone: bool = False
    moved: list[tuple[int, int]] = field(default_factory=list)  # (place, place that the trail remembers)
    series: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def orphan(self, life: list[Told]) -> Iterator[Fault]:
        """Entries without their matter."""
        last = life[-1]
        if not self.known.places & {told.id for told in life}:
            yield Fault(last.id, REMOVED, f"第 {last.id} 笔所属的事项（内部号 {last.matter_id}）不见了")

    def stranger(self, matter: Matter) -> Iterator[Fault]:
        """A matter without entries."""
        if self.known.lost:
            return
        places = [past[3] for past in matter.trail]
        if places and min(places) > self.known.last:
            self.cut = self.cut or f"{matter.number} 没有一笔账"
        else:
            yield Fault(min(places, default=0), INSERTED, f"{matter.number} 没有一笔账，不是经办理登记的")

    def matter(self, matter: Matter, case: dict[str, Any] | None, life: list[Told]) -> Iterator[Fault]:
        """One matter against its entries."""
        self._count(life[0])
        last = life[-1].id
        if self.known.places & ({told.id for told in life} | {past[3] for past in matter.trail}):
            return
        if matter.kind != life[0].kind:
            yield Fault(last, ALTERED, f"{matter.number} 的“类别”与账目不符（账上是“{life[0].kind}”）")
        elif [told.turn for told in life] != list(range(1, matter.turn + 1)):
            yield from self._turns(matter, life)
        elif matter.kind in KINDS and case is None:
            yield Fault(last, REMOVED, f"{matter.number} 的{KINDS[matter.kind]._meta.verbose_name}内容不见了")
        elif case is not None:
            lived = _Life(matter, case, life, self.known)
            if moved := lived.moved():
                self.moved.append(min(moved))
            else:
                yield from lived.faults()

    def _turns(self, matter: Matter, life: list[Told]) -> Iterator[Fault]:
        """More or fewer entries than the matter had steps."""
        there = {told.turn for told in life}
        extra = [told.id for told in life if told.turn > matter.turn]
        said = f"{matter.number} 办过 {matter.turn} 步，账上有 {len(life)} 笔"
        if extra or len(there) < len(life):
            if INSERTED not in self.known.words:
                for place in extra or [life[-1].id]:
                    yield Fault(place, INSERTED, f"第 {place} 笔是插入的：{said}")
            return
        if self.known.lost or ALTERED in self.known.words:  # one that was altered may have been this matter's
            return
        places = {past[3] for past in matter.trail} - {told.id for told in life}
        if there == set(range(1, len(life) + 1)) and not any(place <= self.known.last for place in places):
            self.cut = self.cut or said
        else:
            self.gone = True
            yield Fault(min(places, default=life[-1].id), REMOVED, f"账目被删除：{said}")

    def ends(self) -> Iterator[Fault]:
        """What is told once for the whole ledger."""
        if self.cut is not None and not (self.known.lost or self.moved or self.gone):
            yield Fault(self.known.last + 1, CUT, f"账尾被截去：{self.cut}")
        if self.moved and not self.gone:
            place, written = min(self.moved)
            word, what = (REMOVED, "删除") if written > place else (INSERTED, "插入")
            yield Fault(place, word, f"第 {place} 笔之前有账目被{what}：各事项记着它原是第 {written} 笔")

    def _count(self, opening: Told) -> None:
        kind = KINDS.get(opening.kind)
        if kind is None or opening.turn != 1:
            return
        pattern = re.escape(kind.series.format(office="\0", year=opening.day[:4], n="\1"))
        found = re.fullmatch(pattern.replace("\0", ".+").replace("\1", r"(\d+)"), opening.answers.get("number") or "")
        if found:
            key = (opening.kind, opening.office_id, opening.day[:4])
            self.series[key] = max(self.series.get(key, 0), int(found.group(1)))

    def look_at_series(self) -> None:
        """A series that has counted further than the matters on record."""
        if self.known.lost or self.cut:
            return
        offices = dict(Office.objects.values_list("code", "pk"))
        for counter in Counter.objects.exclude(key=LEDGER).order_by("key"):
            kind, _, rest = counter.key.partition("/")
            code, _, year = rest.rpartition("/")
            if kind not in KINDS or code not in offices:
                continue
            stands = self.series.get((kind, offices[code], year), 0)
            if counter.value > stands:
                name = KINDS[kind]._meta.verbose_name
                self.cut = f"{year} 年{name}编号已排到第 {counter.value} 号，账上只到第 {stands} 号"
                return


class _Life:
    """One matter's entries, folded."""

    def __init__(self, matter: Matter, case: Mapping[str, Any], life: list[Told], known: Known) -> None:
        self.matter, self.case, self.life, self.known = matter, case, life, known
        self.kind = KINDS[matter.kind]
        revoked = {told.revokes_id for told in life}
        self.in_force = [told for told in life if told.id not in revoked and told.revokes_id is None]
        # What is void keeps the answers with which it was opened.
        self.lived = self.in_force or life[:1]
        self.facts = {name: (value, told) for told in self.lived for name, value in told.answers.items()}
        self.opened: dict[int, dict[str, Any]] = {}

    def moved(self) -> list[tuple[int, int]]:
        """(place, place remembered) of its entries, when its trail differs in nothing but places."""
        there, said = self.matter.trail, self._trail()
        if len(there) != len(said) or any([*a[:3], a[4]] != [*b[:3], b[4]] for a, b in zip(there, said, strict=True)):
            return []
        return [(now[3], then[3]) for then, now in zip(there, said, strict=True) if then[3] != now[3]]

    def faults(self) -> Iterator[Fault]:
        if self.known.opens:
            yield from self._envelopes()
        last = self.life[-1]
        for label in dict.fromkeys((*self._header(), *self._own())):
            yield Fault(last.id, ALTERED, f"{self.matter.number} 的“{label}”与账目不符，被改动过")

    def _header(self) -> Iterator[str]:
        matter, opening = self.matter, self.life[0]
        expected: dict[str, Any] = {
            "office_id": opening.office_id, "handler_id": None, "partner_id": None, "arises_from_id": None,
            "title": "", "sealed": False, "number": "",
        }  # fmt: skip
        for name, (value, _) in self.facts.items():
            if f"{name}_id" in expected:
                expected[f"{name}_id"] = value
            elif name in expected:
                expected[name] = value
        expected["state"] = self.life[-1].to
        expected["opened_on"] = date.fromisoformat(opening.day)
        lived = [(told.to, date.fromisoformat(told.day)) for told in self.in_force]
        expected["closed_on"] = closing_day(self.kind.flow, lived)
        for attname in _HEADER:
            if getattr(matter, attname) != expected[attname]:
                name = attname.removesuffix("_id")
                yield _LABELS.get(name) or label_of(self.kind, name)
        if matter.trail != self._trail():
            yield "办理经过"
        elif matter.state == expected["state"]:
            yield from self._due()

    def _trail(self) -> list[list[Any]]:
        return [
            [told.step, told.day, told.actor_id, told.id, told.answers.get(EXTENSION_DAYS)]
            for told in self.lived
            if told.step != AMEND
        ]

    def _due(self) -> Iterator[str]:
        """An estimated day may have been overtaken by the notice of its year."""
        was = [getattr(self.matter, name) for name in _DUE]
        set_due(self.matter)
        if was != [getattr(self.matter, name) for name in _DUE] and not was[2]:
            yield _LABELS["due_on"]

    def _own(self) -> Iterator[str]:
        """The answers in the kind's own columns, and the parties."""
        hidden = self.kind.personal()
        for one in _fields(self.kind):
            value = self.case[one.name]
            if one.name in hidden:
                if not self._is_said(one.name, value):
                    yield str(one.verbose_name)
                continue
            said = self.facts[one.name][0] if one.name in self.facts else to_record(one.get_default())
            if to_record(value) != said and (said is None or one.to_python(said) != value):
                yield str(one.verbose_name)
        people = self.matter.people
        if not self._is_said(PARTIES, self.matter.parties if people != personal.UNREADABLE else people):
            yield label_of(self.kind, PARTIES)

    def _is_said(self, name: str, value: Any) -> bool:
        """Whether a personal value is the one under its digest. An erased envelope cannot tell."""
        if not self.known.opens:
            return True
        if name not in self.facts:
            return not value
        digest, told = self.facts[name]
        salt = self.opened.get(told.id, {}).get("salt")
        return salt is None or personal.digest(salt, value) == digest

    def _envelopes(self) -> Iterator[Fault]:
        for told in self.life:
            hidden = told.answers.keys() & self.kind.personal()
            if not hidden and told.paper is None:
                continue
            if told.envelope is None:
                yield Fault(told.id, REMOVED, f"第 {told.id} 笔的封存内容（个人信息和文书）不见了")
            elif told.body:
                self.opened[told.id] = opened(told.body)
                if not _fits(told, hidden, self.opened[told.id]):
                    self.opened[told.id] = {}
                    yield Fault(told.id, ALTERED, f"第 {told.id} 笔的封存内容与账目不符，被改动过")


def opened(body: str) -> dict[str, Any]:
    """The envelope's content; empty when it cannot be read."""
    try:
        content = orjson.loads(personal.decrypt(body))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _fits(told: Told, hidden: Iterable[str], content: Mapping[str, Any]) -> bool:
    answers, salt = content.get("answers", {}), content.get("salt", "")
    if any(name not in answers or personal.digest(salt, answers[name]) != told.answers[name] for name in hidden):
        return False
    if told.paper is None:
        return True
    paper = orjson.dumps(content.get("paper"), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(paper).hexdigest() == told.paper.get("digest")
