"""The shelf: every instrument from every source, looked up by name as of a date.

shelf = Shelf.open()
version = shelf.find("民法典", on=date(2026, 3, 1))
shelf.article(version, "683").paragraphs[0].text
shelf.status("合同法", date(2026, 3, 1)).state        "repealed"
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from hefa.claims import law_data

from . import store
from .numerals import key
from .status import Status
from .texts import Article, Instrument, Version, plain, quoted

_SOURCES = Path(__file__).with_name("sources")
_YEAR = re.compile(
    r"（(?:(\d{4})年?)?(?:修正|修订|修改|公布|版|正|第[一二三四五六七八九十]次修[正订])*(?:本|版|文本)?）$"
)
_TRIAL = re.compile(r"（(?:试行|暂行|草案)[^）]*）$")
_ENDED = re.compile(r"[^。；\n]*同时废止")
_TITLE = re.compile(r"《((?:[^《》]|《[^》]*》)+)》")
_FROM = re.compile(r"自\s*(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|生效|实施)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the search reads it. `text`: paragraphs and items, one a line."""

    law: str
    article: str
    text: str
    in_force: bool
    heading: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """An instrument that another one put an end to. `since`: first day on which it no longer holds."""

    name: str
    since: dt.date
    successor: str
    source: str
    where: str = ""  # which part of the successor took its place
    verified: bool = True


class Shelf:
    """Instruments by every name; texts are read from the file when asked for and kept."""

    def __init__(self, db: sqlite3.Connection, updates: tuple[Path, ...] | None = None) -> None:
        self._db = db
        self._updates = law_data.updates() if updates is None else updates
        self._articles: dict[int, dict[str, Article]] = {}
        self._load()

    @classmethod
    def open(cls, folder: Path | None = None, updates: tuple[Path, ...] | None = None) -> Shelf:
        """The shelf of a data folder (default: this installation's). The first opening builds its file: about 2 s.

        `updates`: the updates of the law data that are read with it, instead of those in use.
        """
        return cls(store.open_store(folder or store.default_folder()), updates)

    # --- what is on it

    def _load(self) -> None:
        by_title: dict[str, list[tuple[Version, dt.date | None]]] = {}
        for version, died in store.versions(self._db):
            by_title.setdefault(plain(version.title), []).append((version, died))
        for version in _known(self._updates):
            _beside(by_title.setdefault(plain(version.title), []), version)
        also = {plain(name): tuple(others) for name, others in table("names.toml")["names"].items()}
        self._by_title = {title: _instrument(wordings, also.get(title, ())) for title, wordings in by_title.items()}
        self._by_name = {plain(name): title for title, others in also.items() for name in others}
        self._version_title = {v.id: v for i in self._by_title.values() for v in i.versions if v.complete}

    def add(self, drafts: list[Any], origin: str) -> tuple[int, int]:
        """Keep instruments (`texts.Draft`) on the shelf's file: (new, replaced)."""
        done = store.add(self._db, drafts, origin)
        self._articles.clear()
        for made in ("ended", "_names"):
            self.__dict__.pop(made, None)
        self._load()
        return done

    def instruments(self) -> tuple[Instrument, ...]:
        """All instruments: by rank, then by title."""
        return tuple(sorted(self._by_title.values(), key=lambda one: (_order(one.rank), one.title)))

    @cached_property
    def _names(self) -> dict[str, str]:
        found = {title: title for title in self._by_title} | self._by_name
        return {**{name: name for name in self.ended}, **found}

    def names(self) -> dict[str, str]:
        """Every name by which an instrument is known, living or dead, bare (`texts.plain`) → its bare full title."""
        return self._names

    @property
    def shortened(self) -> frozenset[str]:
        """The names of `names` that are none of an instrument's own titles: 处罚法, 居委会组织法."""
        return frozenset(self._by_name)

    # --- looking up

    def instrument(self, name: str) -> Instrument | None:
        """By full or short name, with or without 《》, 中华人民共和国 and a bracketed year of revision."""
        bare = plain(name)
        bare = self._by_name.get(bare, bare)
        found = self._by_title.get(bare)
        if found is None:
            cut = _YEAR.sub("", bare)
            found = self._by_title.get(self._by_name.get(cut, cut))
        return found

    def find(self, name: str, on: dt.date | None = None) -> Version | None:
        """The wording that holds on a day. Without a day: the one that holds today, else the newest."""
        one = self.instrument(name)
        if one is None:
            return None
        day = on or dt.date.today()
        holding = [version for version in one.versions if version.holds(day)]
        if holding:
            return holding[-1]
        return one.versions[-1] if on is None else None

    def worded(self, one: Instrument, on: dt.date) -> Version:
        """The wording of a day if its words are here, else the nearest whose words are; if there are none, any."""
        complete = [version for version in one.versions if version.complete] or list(one.versions)
        begun = [version for version in complete if version.in_force and version.in_force <= on]
        return next((version for version in complete if version.holds(on)), begun[-1] if begun else complete[0])

    def status(self, name: str, on: dt.date) -> Status:
        """Whether the instrument is in force on a day, from when, on what ground."""
        bare, one = plain(name), self.instrument(name)
        dead = self.ended.get(self._by_name.get(bare, bare))
        if dead is not None and on >= dead.since and not (one and any(_later(v, dead.since, on) for v in one.versions)):
            return Status("repealed", dead.since, dead.source, dead.successor, dead.verified)
        if one is None:
            return Status("in_force", None, dead.source, "", dead.verified) if dead else Status("unknown")
        return _status_of(one, on)

    @cached_property
    def ended(self) -> dict[str, Ended]:
        """Instruments known to be dead, by bare name: law/repealed.toml, then what articles on the shelf repeal."""
        found = {}
        for version_id, text in store.closing(self._db):
            version = self._version_title.get(version_id)
            for one in _ended(version, text) if version else ():
                if one.name not in self._by_title:
                    found[one.name] = one
        for name, law in law_data.repealed(self._updates).items():
            found[plain(name)] = Ended(
                plain(name), law.dead_on, law.replaced_by, law.source, law.where.get(name, ""), law.verified
            )
        return found

    @cached_property
    def moved(self) -> tuple[dict[str, Any], ...]:
        """Articles that a revision gave another number: `moved.toml`, then what updates tell."""
        return tuple(_rows("moved", self._updates))

    def article(self, version: Version, number: str) -> Article | None:
        """`number`: "33", "133-1", 三十三, 第一百三十三条之一."""
        wanted = key(number)
        return self._texts(version).get(wanted) if wanted else None

    def text(self, version: Version) -> tuple[Article, ...]:
        """All articles of a wording in order; empty when its words are not on the shelf."""
        return tuple(self._texts(version).values())

    def _texts(self, version: Version) -> dict[str, Article]:
        if not version.complete:
            return {}
        if version.id not in self._articles:
            self._articles[version.id] = {one.number: one for one in store.articles(self._db, version.id)}
        return self._articles[version.id]

    def articles(self, on: dt.date | None = None) -> Iterator[Entry]:
        """Every article of every instrument, of the wording that holds on the day, else of the newest wording."""
        day = on or dt.date.today()
        for one in self.instruments():
            version = self.worded(one, day)
            living = self.status(one.title, day).state == "in_force"
            for article in self.text(version):
                yield Entry(one.title, article.number, article.text, living, article.heading, one.rank)


def table(name: str) -> dict[str, Any]:
    """One of the data files beside the sources."""
    with (_SOURCES / name).open("rb") as file:
        return tomllib.load(file)


def _rows(name: str, updates: tuple[Path, ...]) -> list[dict[str, Any]]:
    """The rows of `name`.toml beside the sources and in the updates, in order."""
    places = [_SOURCES, *(place for place in updates if (place / f"{name}.toml").is_file())]
    return [row for place in places for row in tomllib.loads((place / f"{name}.toml").read_text("utf-8"))[name]]


def _known(updates: tuple[Path, ...]) -> list[Version]:
    return [
        Version(
            -at, given["title"], given["rank"], given["issuer"], given.get("promulgated"), given["in_force"], None,
            given["last"], False, given.get("source", "条数与日期见 known.toml") + ("" if given["read"] else "（待核实）"),
            given["first"], given["read"],
        )
        for at, given in enumerate(_rows("known", updates), 1)
    ]  # fmt: skip


def _beside(wordings: list[tuple[Version, dt.date | None]], known: Version) -> None:
    """A wording of which only facts are known, unless its words are there. Nothing follows the death of the instrument.

    A text that does not say from when it holds was taken to hold from its promulgation: then the known day is the better.
    """
    for at, (held, died) in enumerate(wordings):
        if known.promulgated == held.promulgated is not None:
            if held.in_force == held.promulgated < (known.in_force or dt.date.min):
                wordings[at] = (replace(held, in_force=known.in_force), died)
            return
        if known.in_force == held.in_force:
            return
    wordings.append((known, None))


def _instrument(wordings: list[tuple[Version, dt.date | None]], names: tuple[str, ...]) -> Instrument:
    """Puts the wordings in order of time: each holds until the next begins, the last until the instrument dies."""
    ordered = sorted(wordings, key=lambda pair: pair[0].in_force or pair[0].promulgated or dt.date.min)
    after = [version.in_force for version, _ in ordered[1:]] + [None]
    placed = [
        replace(
            version, until=min((day for day in (following, died) if day), default=None), new=version.new and at == 0
        )
        for at, ((version, died), following) in enumerate(zip(ordered, after, strict=True))
    ]
    last = placed[-1]
    return Instrument(last.title, last.rank, last.issuer, tuple(placed), names)


def _status_of(one: Instrument, on: dt.date) -> Status:
    first, last = one.versions[0], one.versions[-1]
    for version in reversed(one.versions):
        if version.holds(on):
            return Status("in_force", version.in_force, version.source)
    if last.until is not None and last.until <= on:
        return Status("repealed", last.until, last.source, verified=False)
    if first.new:
        return Status("not_yet", first.in_force, first.source)
    return Status("in_force", None, "当时的文本不在库中")


def _later(version: Version, day: dt.date, on: dt.date) -> bool:
    """A wording that began after the day on which the name died: the name lives again."""
    return version.in_force is not None and day <= version.in_force and version.holds(on)


def _ended(version: Version, text: str) -> Iterator[Ended]:
    given = _FROM.search(text)
    since = dt.date(*map(int, given.groups())) if given else version.in_force
    if since is None:
        return
    for sentence in _ENDED.finditer(text):
        for title in _TITLE.findall(sentence.group()):
            yield Ended(plain(title), since, f"{quoted(plain(version.title))}", f"{quoted(version.title)}施行条款")


def _order(rank: str) -> int:
    from .texts import RANKS

    return RANKS.index(rank) if rank in RANKS else len(RANKS)  # type: ignore[arg-type]
