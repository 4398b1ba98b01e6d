"""The shelf as search sees it: passages with their index, made once, kept in the data folder and in this process.

The file holds texts and arrays for one day's law; it is made anew when the articles of the shelf change or its form does.
Making it takes about 8 s of processor time over 24,000 articles, reading it under a second; the process then holds 170 MB.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson

from hefa.statutes import store
from hefa.statutes.search import openings
from hefa.statutes.search.index import Index, Passage, build
from hefa.statutes.search.lexicon import said
from hefa.statutes.search.ranking import Ground, asked, scores
from hefa.statutes.shelf import Shelf
from hefa.statutes.texts import plain

FORM = "1"  # changes with what build() writes
REASONS = 6
ABSENT = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """`article`: number as on the shelf ("675", "133-1"). `score`: above 0, the greater the better, for one query only.

    `why`: the words that spoke for it: of the query, then, in 〔〕, of the law that the query's everyday words stand for.
    """

    law: str
    article: str
    text: str
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """Passages in the shelf's order, with their index."""

    passages: tuple[Passage, ...]
    index: Index
    ground: Ground

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Library:
        kept = tuple(passages)
        index = build(kept)
        return cls(kept, index, Ground.of(kept, index))

    def places(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of the best passages, best first; equal ones in the shelf's order."""
        if not self.passages or limit < 1:
            return []
        total = scores(query, self.index, self.ground)
        best = np.argsort(-total, kind="stable")[:limit]
        return [(int(place), float(total[place])) for place in best if total[place] > 0]

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The best articles for a question or a phrase, best first; none when no word of it occurs."""
        found = []
        for place, score in self.places(query, limit):
            one = self.passages[place]
            found.append(Hit(one.law, one.article, one.text, round(score, 4), self._why(query, one)))
        return found

    def absent(self, query: str) -> list[tuple[str, str]]:
        """Law (bare title) and article that answer the query and whose words are not on the shelf; the best first."""
        laws = {plain(law) for law, _ in self.ground.headings}
        return [(one.law, one.number) for one in openings.absent(query, laws)][:ABSENT]

    def _why(self, query: str, passage: Passage) -> tuple[str, ...]:
        where = f"{passage.law} {passage.heading} {passage.text}"
        own = sorted((t for t in asked(query) if len(t) > 1 and t in where), key=lambda t: (-self.index.most(t), t))
        implied = [f"〔{word}〕" for _, saying in said(query) for word in saying.means.split() if word in where]
        return (*_longest(own)[:REASONS], *dict.fromkeys(implied))[: REASONS * 2]


_open: dict[tuple[str, str], Library] = {}


def search(query: str, limit: int = 10, on: dt.date | None = None, shelf: Shelf | None = None) -> list[Hit]:
    """Articles in force on a day (default: today) that answer a plain question or hold a phrase, best first."""
    return open_library(on, shelf).search(query, limit)


def open_library(on: dt.date | None = None, shelf: Shelf | None = None, folder: Path | None = None) -> Library:
    """The library of the shelf on a day. `folder`: where the index is kept; default: the data folder's `search`."""
    entries = [one for one in (shelf or Shelf.open()).articles(on) if one.in_force]
    passages = [Passage(one.law, one.article, one.text, one.heading) for one in entries]
    folder = folder or store.default_folder() / "search"
    at = (mark(passages), str(folder))
    if at not in _open:
        _open.clear()  # one day's law at a time: an index is large
        _open[at] = _kept(folder / f"{at[0]}.npz", passages)
    return _open[at]


def mark(passages: Sequence[Passage]) -> str:
    """Same passages, same mark."""
    digest = hashlib.blake2b(FORM.encode(), digest_size=12)
    for one in passages:
        digest.update("\0".join((one.law, one.article, one.heading, one.text, "\n")).encode())
    return digest.hexdigest()


def _kept(path: Path, passages: Sequence[Passage]) -> Library:
    """Read the index from its file, or make it and write it; a folder that cannot be written costs only time."""
    kept = tuple(passages)
    try:
        index = _read(path, len(kept))
        return Library(kept, index, Ground.of(kept, index))
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
    ):  # not there, cut short, or of another form
        library = Library.of(kept)
    with suppress(OSError):
        _write(path, library.index)
    return library


def _read(path: Path, size: int) -> Index:
    with np.load(path, allow_pickle=False) as file:
        words = orjson.loads(file["terms"].tobytes())
        index = Index(
            dict(zip(words, range(len(words)), strict=True)), file["starts"], file["places"], file["adds"], size
        )
    if len(index.starts) != len(index.numbers) + 1 or index.starts[-1] != len(index.places) != len(index.adds):
        raise ValueError("cut short")
    return index


def _write(path: Path, index: Index) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in path.parent.glob("*.npz"):
        old.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        words = np.frombuffer(orjson.dumps(list(index.numbers)), np.uint8)
        np.savez(file, terms=words, starts=index.starts, places=index.places, adds=index.adds)
    os.replace(name, path)


def _longest(words: Sequence[str]) -> list[str]:
    return [word for word in words if not any(word != other and word in other for other in words)]
