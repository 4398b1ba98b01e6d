"""A check of a draft between its steps: the file in the data folder for a day, and what the reviewer made of each hint.

Hints are the machine's, decisions the reviewer's: until somebody accepts, edits or dismisses one, nothing is on record.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import orjson
from django.utils.translation import gettext as _

from hefa.claims.document import Document, Unreadable
from hefa.claims.extract import extract_bytes
from hefa.statutes.drafts.lint import draft_of, lint
from hefa.statutes.drafts.recognise import kind_of
from hefa.statutes.findings import Finding
from hefa.statutes.own import register
from hefa.statutes.updates.cites import Text

from .speech import speak, speak_name
from .wizard import KEPT_SECONDS, folder, write_private

ACCEPTED, DISMISSED = "accepted", "dismissed"
# How a hint's gravity stands in an opinion of the review.
OPINION_SEVERITY = {"block": "must", "major": "must", "minor": "should", "advise": "note"}
SHAPES = {"block": "■", "major": "▲", "minor": "△", "advise": "○"}
# How much of the draft a message quotes, and what stands for it while the message is put into English.
QUOTED, _PLACE = 60, "◇"
MARKS = {"block": "error", "major": "warning", "minor": "hint", "advise": "hint"}


# Where a quotation parts from its article (`statutes.quotes.shown`).
_DIFFERENCE = re.compile("【文中“(?P<draft>[^”]*)”，条文“(?P<article>[^”]*)”】")


def _differing(found: re.Match[str]) -> str:
    return _("【文中“%(draft)s”，条文“%(article)s”】") % found.groupdict()


@dataclass
class DraftCheck:
    """One check by one person. `review`: the review that it belongs to. `decided`: by hint, what was made of it."""

    token: str
    person: int
    name: str
    kind: str
    on: str = ""
    review: int | None = None
    decided: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        return folder() / f"{self.token}.draft"

    def save(self) -> None:
        part = folder() / f"{self.token}.draft.part"
        write_private(part, orjson.dumps(asdict(self)))
        part.replace(folder() / f"{self.token}.draft.json")


@dataclass(frozen=True)
class Hint:
    """A finding as the margin tells it, with its number and what the reviewer made of it."""

    n: int
    key: str
    finding: Finding
    decided: dict[str, str]

    @property
    def shape(self) -> str:
        return SHAPES[self.finding.severity]

    @property
    def mark(self) -> str:
        return MARKS[self.finding.severity]

    @property
    def did(self) -> str:
        return self.decided.get("did", "")

    def told(self) -> str:
        """What is wrong, in the reader's language; words of the draft stay as they are, and a reviewer's too."""
        quoted = " ".join(self.finding.quote.split())[:QUOTED] or _PLACE
        said = speak(self.edited().message.replace(f"“{quoted}”", f"“{_PLACE}”")).replace(_PLACE, quoted)
        return _DIFFERENCE.sub(_differing, said)

    @property
    def clause(self) -> str:
        """The Chinese words to put in, for a reader who is told in English what they say; else ""."""
        suggest = self.edited().suggest
        return suggest if speak_name(suggest) != suggest else ""

    def edited(self) -> Finding:
        """The finding in the reviewer's words."""
        said, own = self.decided, self.finding
        return replace(
            own,
            message=said.get("message", own.message),
            basis=said.get("basis", own.basis),
            suggest=said.get("suggest", own.suggest),
        )


@dataclass(frozen=True)
class Piece:
    text: str
    mark: str
    ends: list[Hint]


@dataclass(frozen=True)
class Para:
    """A line of the draft and the hints that belong beside it."""

    pieces: list[Piece]
    hints: list[Hint]


def start(person: int, name: str, body: bytes, kind: str, on: date | None, review: int | None) -> DraftCheck:
    """Keep the draft for a day. Raises `Unreadable` when it cannot be read."""
    text = extract_bytes(body, name).text
    _sweep()
    one = DraftCheck(
        secrets.token_urlsafe(16), person, name, kind or kind_of(text), on.isoformat() if on else "", review
    )
    write_private(one.source, body)
    one.save()
    return one


def find(token: str, person: int | None) -> DraftCheck | None:
    """The person's own check of that token, while it is kept."""
    path = folder() / f"{token}.draft.json"
    if not token.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        return None
    one = DraftCheck(**orjson.loads(path.read_bytes()))
    return one if one.person == person and one.source.is_file() else None


def kept() -> Iterator[Text]:
    """The texts of all drafts that are kept, for whoever asks what a change of the law does to them."""
    for path in sorted(folder().glob("*.draft.json")):
        one = DraftCheck(**orjson.loads(path.read_bytes()))
        with suppress(Unreadable, OSError):
            yield Text("draft", one.name, "", extract_bytes(one.source.read_bytes(), one.name).text, one.review)


def hints(one: DraftCheck) -> tuple[str, date, list[Hint]]:
    """(the text, the day whose law was asked, the hints in order)."""
    document = _read(one.source, one.name)
    on = date.fromisoformat(one.on) if one.on else None
    found = lint(document, one.kind, on, register())
    made = [
        Hint(n, key_of(finding), finding, one.decided.get(key_of(finding), {})) for n, finding in enumerate(found, 1)
    ]
    return document.text, draft_of(document, one.kind, on).on, made


@lru_cache(maxsize=4)
def _read(source: Path, name: str) -> Document:
    """A draft is read once, not at every decision on it: a PDF of a hundred pages takes seconds."""
    return extract_bytes(source.read_bytes(), name)


def key_of(finding: Finding) -> str:
    """A hint's own mark, the same whenever the same text is checked."""
    return sha256(f"{finding.rule}|{finding.start}|{finding.quote}".encode()).hexdigest()[:16]


def label_of(finding: Finding) -> str:
    """A hint as a step's answer says it, by which a later check of the same words knows it again."""
    return f"〔{finding.rule}〕“{' '.join(finding.quote.split())[:60]}”"


def paras(text: str, found: list[Hint]) -> Iterator[Para]:
    """The text line by line, cut where a mark begins or ends."""
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        here = [one for one in found if one.finding.start < end + 1 and one.finding.end > begin]
        cuts = {at for one in here for at in (one.finding.start, one.finding.end) if begin < at < end}
        pieces = []
        for low, high in pairwise(sorted({begin, end, *cuts})):
            over = [one for one in here if one.finding.start <= low and high <= one.finding.end]
            ends = [one for one in here if low < min(one.finding.end, end) <= high and one.finding.start >= begin]
            pieces.append(Piece(text[low:high], over[0].mark if over else "", ends))
        first = [one for one in here if one.finding.start >= begin]
        if line.strip() or first:
            yield Para(pieces, first)
        begin = end + 1


def _sweep() -> None:
    """Drafts do not stay: they are not yet public."""
    oldest = time.time() - KEPT_SECONDS
    for path in folder().glob("*.draft*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
