"""Taking law data in, and taking an update back: asked first what it moves, then all of it or nothing.

made = candidate.read(path)
report = rehearse(made, data)                 nothing is written
update, report = take_in(made, data, actor)   the files, the dues and the ledger's note, together
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from hefa.kernel import dues, ledger
from hefa.kernel.layers import Layers, current, layers, reading
from hefa.kernel.people import Actor

from ..shelf import Shelf
from . import cites, place
from .candidate import Candidate, last_word
from .cites import Text
from .moves import effects, moves
from .place import Update

TAKEN, TAKEN_BACK, RENEWED = "law_taken", "law_taken_back", "dues_renewed"
Report = dict[str, Any]


class NothingNew(Exception):
    """The law data in force say the same already; the message is one Chinese sentence."""


class Faulty(Exception):
    """The files cannot be taken as they are; its argument is the list of faults."""


class NotTaken(LookupError):
    """There is no such update; the message is one Chinese sentence."""


def rehearse(made: Candidate, data: Path, drafts: Iterable[Text] = ()) -> Report:
    """What an update would move. Faults that only the whole shows are added to the candidate's; then the report is empty."""
    if made.faults:
        return {}
    with place.staged(made, data) as folder:
        return _report(made, folder, data, drafts)


def take_in(made: Candidate, data: Path, actor: Actor, drafts: Iterable[Text] = ()) -> tuple[Update, Report]:
    """Lay an update over the law: its files, the dues of open matters and a note in the ledger, or nothing of it.

    `NothingNew` when it says what holds already, `Faulty` when it cannot be taken.
    """
    if made.faults:
        raise Faulty(made.faults)
    with place.staged(made, data) as folder, _whole():
        dues.hold()
        place.refresh(data)  # another process may have taken something in since this one began
        report = _report(made, folder, data, drafts)
        if made.faults:
            raise Faulty(made.faults)
        if not report["effects"]:
            raise NothingNew("这份法律数据与现行的完全相同，没有需要载入的内容")
        id = place.next_id(data, made.digest)
        (folder / place.ABOUT).write_bytes(place.about(made, actor.name, ledger.now()))
        (folder / place.REPORT).write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
        with place.renamed(folder, data / place.FOLDER / id):
            taken = next(one for one in place.updates(data) if one.id == id)
            _renew(tuple(one.place for one in place.updates(data)))
            ledger.note(TAKEN, actor=actor, answers=_noted(taken, report), via="cli")
    place.refresh(data)
    return taken, report


def take_back(id: str, data: Path, actor: Actor | None, drafts: Iterable[Text] = ()) -> tuple[Update, Report]:
    """Undo an update: what it moved goes back. Without an actor only the report. `NotTaken`: it does not hold."""
    held = place.updates(data)
    place.refresh_or_tell(data)
    one = next((each for each in held if each.id == id or each.id.split("-")[0] == id), None)
    if one is None:
        listed = "、".join(each.id for each in held) or "没有"
        raise NotTaken(f"没有编号为“{id}”的法律更新可以撤回。现在载入的有：{listed}")
    rest = tuple(each.place for each in held if each is not one)
    with _whole():
        dues.hold()
        before, after = current(), layers(current().program, rest)
        found = moves(dues.open_matters(), before, after)
        report = {"effects": [{"kind": "back", "id": one.id}], "moved": found.moved, "certain": found.certain,
                  "stale": found.stale, "texts": [], "unserved": []}  # fmt: skip
        if actor is None:
            return one, report
        with place.renamed(one.place, one.place.with_name(f"{one.place.name}{place.BACK}")):
            _renew(rest)
            ledger.note(TAKEN_BACK, actor=actor, answers=_noted(one, report), via="cli")
    place.refresh(data)
    return one, report


def stale() -> int:
    """How many open matters have a header that the law in force would write otherwise: after a release with new law data."""
    return sum(not dues.is_fresh(matter) for matter in dues.open_matters())


def renew(actor: Actor) -> int:
    """Put those headers right, with a note in the ledger; returns how many."""
    with _whole():
        dues.hold()
        changed = dues.renew(dues.open_matters())
        if changed:
            ledger.note(RENEWED, actor=actor, answers={"changed": changed}, via="cli")
    return changed


def _whole() -> Any:
    return transaction.atomic(using=ledger.database())


def _renew(updates: tuple[Path, ...]) -> None:
    """The dues of open matters by the law as it is from now on."""
    with reading(updates):
        dues.renew(dues.open_matters())


def _report(made: Candidate, folder: Path, data: Path, drafts: Iterable[Text]) -> Report:
    made.faults += last_word(folder, made)
    if made.faults:
        return {}
    before = current()
    after = layers(before.program, (*before.updates, folder))
    told = effects(made, before, after)
    report: Report = {"effects": told, "moved": [], "certain": [], "stale": 0, "texts": [], "unserved": []}
    if told:
        found = moves(dues.open_matters(), before, after)
        report |= {"moved": found.moved, "certain": found.certain, "stale": found.stale}
        report |= _law_texts(made, before, after, data, drafts)
    return report


def _law_texts(made: Candidate, before: Layers, after: Layers, data: Path, drafts: Iterable[Text]) -> Report:
    old = Shelf.open(data, before.updates)
    about = cites.touched(made, old)
    if not about.days:
        return {}
    texts = [*cites.written(), *drafts, *cites.papers()]
    found = [*cites.found_in(texts, about, old, Shelf.open(data, after.updates)), *cites.bases(made, about)]
    return {"texts": found, "unserved": cites.unserved(before, after, about)}


def _noted(one: Update, report: Report) -> dict[str, Any]:
    counts = {name: len(report[name]) for name in ("moved", "certain", "texts")}
    return {"update": one.id, "digest": one.digest, "files": one.files} | counts
