"""Asking: which earlier matters of a kind are like this one, and why. Four queries, six when the ledger has grown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import Any

from hefa.kernel.flow import VOID
from hefa.kernel.ledger import LEDGER, Counter, Entry
from hefa.kernel.likeness import Likeness
from hefa.kernel.matter import HEADER_FIELDS, Kind, Matter
from hefa.kernel.people import Actor, visible_to
from hefa.kernel.personal import mask
from hefa.kernel.walk import GENESIS

from .index import Index, asked, shared, telling

SHORTLIST = 200  # weighed by their words alone; type, place and office choose among them
LEAST = 0.1  # part of the shorter of the two that must be shared
NEAR = 0.35  # share of the best score below which a matter is not alike any more
SORT, PLACE, OFFICE = 0.3, 0.15, 0.1  # lifts for the same type, the same place, the same office
ENDED = 0.05  # lift for a matter that has ended: it can be learnt from
IN_PLACE = 0.3  # worth of a word that only names where it happened


@dataclass(frozen=True)
class Question:
    """What is asked for.

    words: of a matter, or as typed · sort: code of its type · place: as the screen masks it · office: id · before: only
    matters opened by that day · itself: not this one · where: its place in full, to tell words of a place from others.
    """

    kind: type[Kind]
    words: str
    sort: str = ""
    place: str = ""
    office: int | None = None
    before: dt.date | None = None
    itself: int | None = None
    where: str = ""

    @classmethod
    def of(cls, matter: Matter) -> Question:
        """What is alike to a matter. LookupError when its kind declares no likeness."""
        kind, case = matter.declared, matter.case
        alike = declared(kind)
        where = str(getattr(case, alike.place)) if alike.place else ""
        words = " ".join(str(getattr(matter if name in HEADER_FIELDS else case, name)) for name in alike.words)
        sort = str(getattr(case, alike.sort))
        return cls(kind, words, sort, _area(where), matter.office_id, matter.opened_on, matter.pk, where)

    def worth(self) -> dict[str, float]:
        """Its terms; one that stands in the place says where it was and little of what it was."""
        found = asked(self.words)
        return {term: much * IN_PLACE if term in self.where else much for term, much in found.items()}


def _area(place: str) -> str:
    """A place as the screen masks it; "" when that says no more than the street, where everything happens."""
    masked = mask("address", place)
    return "" if place.startswith(masked.removesuffix("***") + "道") else masked


@dataclass(frozen=True)
class Alike:
    """An earlier matter with its kind's row, and why it is alike: words of both, the same type, office, place.

    `place`: as the screen masks it; "" when it is another one or unknown.
    """

    matter: Matter
    case: Kind
    words: tuple[str, ...]
    same_sort: bool
    same_office: bool
    place: str


def declared(kind: type[Kind]) -> Likeness:
    """By what matters of the kind are alike."""
    if kind.alike is None:
        raise LookupError(f"{kind.label()} declares no likeness")
    return kind.alike


def like(question: Question, actor: Actor, most: int = 5) -> list[Alike]:
    """The matters most like what is asked for, best first, of those that the actor may see; none when none is alike."""
    worth = question.worth()
    if not worth:
        return []
    seen = Matter.objects.visible_to(actor).filter(kind=question.kind.label()).exclude(state=VOID)
    if question.before is not None:
        seen = seen.filter(opened_on__lte=question.before)
    if question.itself is not None:
        seen = seen.exclude(pk=question.itself)
    short = _words(question.kind).best(worth, seen.values_list("pk", flat=True), SHORTLIST)
    found = _ranked(question, {matter: score for matter, score, share in short if share >= LEAST}, most)
    rows: Any = question.kind._default_manager
    kept = rows.filter(visible_to(actor, "matter__"), pk__in=[one.pk for one in found]).select_related("matter__office")
    cases = {case.pk: case for case in kept}
    return [
        Alike(cases[one.pk].matter, cases[one.pk], one.words, one.same_sort, one.same_office, one.place)
        for one in found
        if one.pk in cases
    ]


@dataclass(frozen=True)
class _Weighed:
    pk: int
    order: tuple[float, int, int]
    words: tuple[str, ...]
    same_sort: bool
    same_office: bool
    place: str


def _ranked(question: Question, scores: dict[int, float], most: int) -> list[_Weighed]:
    """The best of the shortlist, with what its columns say for it, without what is far behind the best."""
    told = declared(question.kind)
    rows: Any = question.kind._default_manager
    columns = ["pk", "matter__state", "matter__opened_on", "matter__office_id", told.sort, told.place or told.sort]
    found = []
    for pk, state, opened_on, office, sort, place, *words in rows.filter(pk__in=scores).values_list(
        *columns, *_columns(told.words)
    ):
        same_sort = bool(question.sort) and sort == question.sort
        same_place = bool(question.place) and _area(place) == question.place
        same_office = office == question.office
        ended = state in question.kind.flow.ends
        score = scores[pk] * (1 + SORT * same_sort + PLACE * same_place + OFFICE * same_office + ENDED * ended)
        order = (-score, -opened_on.toordinal(), -pk)
        place_told = question.place if same_place else ""
        found.append((_Weighed(pk, order, (), same_sort, same_office, place_told), " ".join(words)))
    return _with_words(question, sorted(found, key=lambda one: one[0].order), most)


def _with_words(question: Question, ranked: list[tuple[_Weighed, str]], most: int) -> list[_Weighed]:
    """The first that share whole words with the question, with these; cutting words costs more than weighing them."""
    whole = telling(question.words)
    kept: list[_Weighed] = []
    for one, text in ranked:
        if len(kept) == most or (kept and one.order[0] > NEAR * kept[0].order[0]):
            break
        if words := shared(whole, text):
            kept.append(replace(one, words=words))
    return kept


# The words of each kind, in this process. Nothing of it is written: titles may name people, and the matters
# themselves are the only place where they stand.


class _Words:
    """The index of one kind, brought up to the ledger's head before it is asked."""

    def __init__(self, kind: type[Kind]) -> None:
        self.kind = kind
        self._lock = Lock()
        self._anew()

    def _anew(self) -> None:
        self._index, self._head, self._seal = Index(), 0, GENESIS

    def best(self, worth: dict[str, float], among: Any, most: int) -> list[tuple[int, float, float]]:
        with self._lock:
            self._catch_up()
            return self._index.best(worth, among, most)

    def _catch_up(self) -> None:
        """Read what the entries since the last look have changed; all of it when the ledger is another one."""
        head = Counter.objects.filter(key=LEDGER).values_list("value", "seal").first() or (0, GENESIS)
        if head == (self._head, self._seal):
            return
        rows: Any = self.kind._default_manager
        if self._head and not Entry.objects.filter(pk=self._head, seal=self._seal).exists():
            self._anew()
        if self._head:
            told = Entry.objects.filter(pk__gt=self._head, turn__gt=0, kind=self.kind.label())
            rows = rows.filter(pk__in=told.values("matter"))
        for pk, *words in rows.values_list("pk", *_columns(declared(self.kind).words)):
            self._index.put(pk, " ".join(words))
        self._head, self._seal = head


def _columns(words: Sequence[str]) -> list[str]:
    return [f"matter__{name}" if name in HEADER_FIELDS else name for name in words]


@cache
def _words(kind: type[Kind]) -> _Words:
    return _Words(kind)
