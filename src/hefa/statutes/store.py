"""The shelf's file: one SQLite database in the data folder with every source's instruments, mended and cut into articles.

The package's part is made anew when the package or our corrections change; what `law add` brought stays.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from .numerals import order
from .sources import package
from .texts import Article, Draft, Version

FILE, FORMAT = "laws.sqlite3", "1"
_PACKAGE = "package"
_SCHEMA = """
create table if not exists meta (key text primary key, value text not null);
create table if not exists versions (
    id integer primary key, origin text not null, title text not null, rank text not null, issuer text not null,
    promulgated text, in_force text, repealed text, last integer not null, first integer not null, source text not null
);
create table if not exists articles (
    version integer not null references versions(id), position integer not null, number text not null,
    heading text not null, text text not null, primary key (version, position)
) without rowid;
"""


def default_folder() -> Path:
    """The data folder of this installation: HEFA_DATA, else var/ in the checkout (as hefa.site.places)."""
    return Path(os.environ.get("HEFA_DATA") or Path(__file__).resolve().parents[3] / "var").expanduser().resolve()


def open_store(folder: Path | None) -> sqlite3.Connection:
    """The shelf's database, filled from the package when it is not; in memory when the folder cannot be written."""
    try:
        db = _connect(folder / FILE) if folder is not None else _connect(None)
        _fill(db)
    except sqlite3.OperationalError:
        db = _connect(None)
        _fill(db)
    except sqlite3.DatabaseError:  # a damaged file: its texts come back from their sources
        assert folder is not None
        (folder / FILE).replace(folder / f"{FILE}.damaged")
        db = _connect(folder / FILE)
        _fill(db)
    return db


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    db = sqlite3.connect(path or ":memory:", timeout=60, isolation_level=None, check_same_thread=False)
    db.executescript(_SCHEMA)
    return db


def _fill(db: sqlite3.Connection) -> None:
    wanted = f"{FORMAT}:{package.mark()}"
    if _mark(db) == wanted:
        return
    db.execute("begin immediate")
    try:
        if _mark(db) != wanted:
            _drop(db, db.execute("select id from versions where origin = ?", (_PACKAGE,)).fetchall())
            for draft in package.drafts():
                _put(db, draft, _PACKAGE)
            db.execute("insert or replace into meta values ('package', ?)", (wanted,))
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise


def _mark(db: sqlite3.Connection) -> str | None:
    row = db.execute("select value from meta where key = 'package'").fetchone()
    return row[0] if row else None


def _drop(db: sqlite3.Connection, ids: list[tuple[int]]) -> None:
    db.executemany("delete from articles where version = ?", ids)
    db.executemany("delete from versions where id = ?", ids)


def _put(db: sqlite3.Connection, draft: Draft, origin: str) -> None:
    row = db.execute(
        "insert into versions (origin, title, rank, issuer, promulgated, in_force, repealed, last, first, source)"
        " values (?,?,?,?,?,?,?,?,?,?)",
        (
            origin, draft.title, draft.rank, draft.issuer, _text(draft.promulgated), _text(draft.in_force),
            _text(draft.repealed), _last(draft), int(draft.new), "；".join((draft.source, *draft.notes)),
        ),
    )  # fmt: skip
    db.executemany(
        "insert into articles values (?,?,?,?,?)",
        ((row.lastrowid, at, one.number, one.heading, one.text) for at, one in enumerate(draft.articles)),
    )


def _last(draft: Draft) -> int:
    """Highest article number; 0 when the text may be cut short, so that nobody is told that an article is not there."""
    if draft.last < 0:
        return 0
    return draft.last or max((order(article.number)[0] for article in draft.articles), default=0)


def add(db: sqlite3.Connection, drafts: Iterable[Draft], origin: str) -> tuple[int, int]:
    """Put instruments on the shelf: (new, replaced). The same title and day of promulgation replaces what was there."""
    new = replaced = 0
    db.execute("begin immediate")
    try:
        for draft in drafts:
            found = db.execute(
                "select id from versions where origin != ? and title = ? and promulgated is ?",
                (_PACKAGE, draft.title, _text(draft.promulgated)),
            ).fetchall()
            _drop(db, found)
            _put(db, draft, origin)
            new, replaced = (new, replaced + 1) if found else (new + 1, replaced)
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise
    return new, replaced


def versions(db: sqlite3.Connection) -> list[tuple[Version, dt.date | None]]:
    """Every wording with the day on which its source says that the instrument died; `until` is the shelf's to fill."""
    rows = db.execute(
        "select id, title, rank, issuer, promulgated, in_force, repealed, last, first, source from versions order by id"
    )
    return [
        (
            Version(
                id_, title, rank, issuer, _date(promulgated), _date(in_force), None, last, True, source, bool(first)
            ),
            _date(repealed),
        )
        for id_, title, rank, issuer, promulgated, in_force, repealed, last, first, source in rows
    ]


def articles(db: sqlite3.Connection, version: int) -> list[Article]:
    rows = db.execute("select number, text, heading from articles where version = ? order by position", (version,))
    return [Article(*row) for row in rows]


def closing(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """(version, text) of the articles that put an end to other instruments."""
    return db.execute("select version, text from articles where text like '%同时废止%'").fetchall()


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
