"""The checker: a report that somebody published, pasted or uploaded, shown with marks at what does not add up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hefa.claims.check import Result, check
from hefa.claims.document import Document, Unreadable
from hefa.claims.extract import extract_bytes
from hefa.claims.findings import ERROR, HINT, WARNING, Finding
from hefa.claims.match import AGREES, DIFFERS, UNRECORDED, RecordedFigure
from hefa.kernel.people import Actor, Office

from .. import numbers
from ..sight import actor_of, business_posts

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
LARGEST = 10 * 1024 * 1024  # bytes of an upload
LONGEST = 200_000  # characters of a text
CHECKS, WINDOW_SECONDS = 60, 600
SHAPES = {ERROR: "■", WARNING: "▲", HINT: "○"}
VERDICTS = {AGREES: "✓", DIFFERS: "■", UNRECORDED: "○"}
_WORST = (ERROR, WARNING, HINT)
_BEFORE = 18  # characters shown before a number, so that it is found again


@dataclass(frozen=True)
class Note:
    """A finding as the margin tells it. `n` is its number in the text; 0: it is about the whole."""

    n: int
    finding: Finding
    shape: str
    word: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is marked alike. `severity` of the worst finding on it; `ends`: notes that end here."""

    text: str
    is_claim: bool
    severity: str
    record: str
    ends: list[Note]


@dataclass
class Para:
    """A line of the text with the notes that belong beside it."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """A number of the text beside the figure of the record."""

    text: str
    label: str
    recorded: str
    verdict: str
    shape: str
    word: str
    href: str


@dataclass
class Marked:
    """A checked text as the page draws it."""

    result: Result
    general: list[Note]
    paras: list[Para]
    verdicts: list[Verdict]
    unrecorded: int

    @property
    def tallies(self) -> list[tuple[str, str, str, int]]:
        """(severity, shape, word, how many) for each severity that occurs."""
        found = [one.severity for one in self.result.findings]
        return [(one, SHAPES[one], words()[one], found.count(one)) for one in _WORST if one in found]

    @property
    def agreed(self) -> int:
        return sum(one.verdict == AGREES for one in self.verdicts)

    @property
    def differing(self) -> int:
        return sum(one.verdict == DIFFERS for one in self.verdicts)


def words() -> dict[str, str]:
    return {ERROR: _("错误"), WARNING: _("存疑"), HINT: _("提示")}


def checker(request: HttpRequest) -> HttpResponse:
    """The page: what can be checked; or the checked text. Nothing of it is kept."""
    actor = actor_of(request)
    if not business_posts(actor):
        raise Http404
    offices, years = numbers.asked_offices(actor), numbers.years(actor)
    context: dict[str, Any] = {"offices": offices, "years": years, "largest": LARGEST // 1024 // 1024,
                               "accept": ",".join(SUFFIXES)}  # fmt: skip
    if request.method != "POST":
        return render(request, "desk/check.html", context)
    try:
        document, name = _given(request, actor)
        scope = _scope(request, offices, years)
        result = check(document)
    except Unreadable as fault:
        context |= {"fault": str(fault), "typed": request.POST.get("text", "")[:LONGEST]}
        return render(request, "desk/check.html", context, status=422)
    if scope:
        result = result.against(recorded(actor, *scope))
    context |= {"name": name, "scope": scope, "marked": marked(result, scope), "typed": request.POST.get("text", "")}
    return render(request, "desk/check.html", context)


def _given(request: HttpRequest, actor: Actor) -> tuple[Document, str]:
    """(what is to be checked, the file's name). `Unreadable` says what is wrong with it."""
    key = f"checks:{actor.person_id}"
    cache.add(key, 0, WINDOW_SECONDS)
    if cache.incr(key) > CHECKS:
        raise Unreadable(_("核对得太频繁，请十分钟后再试"))
    file, text = request.FILES.get("file"), request.POST.get("text", "")
    document, name = (_uploaded(file), (file.name or "")[:120]) if file else (Document(text.replace("\r\n", "\n")), "")
    if not document.text.strip():
        raise Unreadable(_("请粘贴报告的文字，或者选一个文件"))
    if len(document.text) > LONGEST:
        raise Unreadable(_("文字超过 %(n)d 个字，请分几次核对") % {"n": LONGEST})
    return document, name


def _uploaded(file: UploadedFile) -> Document:
    name = file.name or ""
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise Unreadable(_("“%(name)s”不是能核对的文件，可以核对 txt、md、html、docx、pdf") % {"name": name[:60]})
    if (file.size or 0) > LARGEST:
        raise Unreadable(_("文件超过 %(n)d MB，请拆成几个分别核对") % {"n": LARGEST // 1024 // 1024})
    return extract_bytes(file.read(), name[:120])


def _scope(request: HttpRequest, offices: list[Office], years: list[int]) -> tuple[int, Office] | None:
    """The year and office to hold the text against; 404 for one that the reader may not ask."""
    year, chosen = request.POST.get("year", ""), request.POST.get("office", "")
    if not year or not offices:
        return None
    office = next((one for one in offices if str(one.pk) == chosen), None if chosen else offices[0])
    if office is None or year not in map(str, years):
        raise Http404
    return int(year), office


def recorded(actor: Actor, year: int, office: Office) -> list[RecordedFigure]:
    """The figures that the reader may see and the record answers."""
    found = []
    for figure in numbers.seen_figures(actor).values():
        told = numbers.result(figure, year, office)
        if told.value is None:
            continue
        top, base = (None if one is None else Decimal(one) for one in (told.numerator, told.denominator))
        value = Decimal(told.value)
        found.append(RecordedFigure(told.name, told.label, value, told.unit, top, base, period=str(year)))
    return found


def marked(result: Result, scope: tuple[int, Office] | None) -> Marked:
    """The text cut where a mark begins or ends, line by line, with the findings beside their lines."""
    notes = list(_notes(result))
    return Marked(
        result,
        [note for note in notes if not note.n],
        list(_paras(result, [note for note in notes if note.n])),
        list(_verdicts(result, scope)) if scope else [],
        sum(one.verdict == UNRECORDED for one in result.record),
    )


def _notes(result: Result) -> Iterator[Note]:
    n = 0
    for finding in result.findings:
        has_place = finding.end > finding.start
        n += has_place
        severity = finding.severity
        yield Note(n if has_place else 0, finding, SHAPES[severity], words()[severity])


def _spans(finding: Finding) -> list[tuple[int, int]]:
    """Where a finding stands, in order: at its numbers, else at its words."""
    return sorted((one.start, one.end) for one in finding.claims) or [(finding.start, finding.end)]


def _paras(result: Result, notes: list[Note]) -> Iterator[Para]:
    spans = [(*span, note) for note in notes for span in _spans(note.finding)]
    record = {one.claim.id: one.verdict for one in result.record}
    cuts = sorted({at for start, end, _note in spans for at in (start, end)}
                  | {at for claim in result.claims for at in (claim.start, claim.end)})  # fmt: skip
    starts = [claim.start for claim in result.claims]
    begin = 0
    for line in result.text.split("\n"):
        end, para = begin + len(line), Para()
        here = [one for one in spans if one[0] < end and one[1] > begin]
        claims = result.claims[bisect_left(starts, begin) : bisect_left(starts, end)]
        edges = [begin, *cuts[bisect_right(cuts, begin) : bisect_left(cuts, end)], end]
        for start, stop in pairwise(edges):
            covering = {note.finding.severity for low, high, note in here if low <= start and stop <= high}
            claim = next((one for one in claims if one.start <= start and stop <= one.end), None)
            # A mark that runs on over the line's end closes with the line.
            upto = stop if stop < end else end + 1
            ends = [note for note in notes if start < _spans(note.finding)[-1][1] <= upto]
            para.notes += ends
            severity = next((one for one in _WORST if one in covering), "")
            verdict = record.get(claim.id, "") if claim else ""
            para.pieces.append(Piece(result.text[start:stop], claim is not None, severity, verdict, ends))
        begin = end + 1
        if line.strip() or para.notes:
            yield para


def _verdicts(result: Result, scope: tuple[int, Office]) -> Iterator[Verdict]:
    said = {AGREES: _("一致"), DIFFERS: _("不一致")}
    year, office = scope
    for one in result.record:
        if one.figure is None:
            continue
        start = max(result.text.rfind("\n", 0, one.claim.start) + 1, one.claim.start - _BEFORE)
        shown = f"{one.figure.value:f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
        href = f"{reverse('desk:figure', args=[one.figure.name])}?year={year}&office={office.pk}"
        yield Verdict(
            result.text[start : one.claim.end], one.figure.label, f"{shown}{one.figure.unit}", one.verdict,
            VERDICTS[one.verdict], said[one.verdict], href,
        )  # fmt: skip
