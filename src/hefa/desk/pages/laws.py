"""法规库: instruments to browse and search, one as of a day, what a wording changed, an article beside a citation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_noop

from hefa.claims import law_data
from hefa.kernel.answers import parse_date
from hefa.kernel.matter import KINDS
from hefa.kernel.people import visible_to
from hefa.statutes.changes import changes
from hefa.statutes.citations import cite
from hefa.statutes.lookup import NotFound, look_up
from hefa.statutes.numerals import label
from hefa.statutes.search import open_library
from hefa.statutes.shelf import Shelf
from hefa.statutes.store import FILE
from hefa.statutes.texts import RANKS, Article, plain

from ..sight import actor_of, business_posts, seen_kinds

FOUND = 20
OWN = "rules.normativedocument"
STATES = {
    "in_force": gettext_noop("现行有效"),
    "repealed": gettext_noop("已废止"),
    "superseded": gettext_noop("旧版本"),
    "not_yet": gettext_noop("尚未施行"),
    "unknown": gettext_noop("库中没有"),
}
RANK_WORDS = (
    gettext_noop("宪法"), gettext_noop("法律"), gettext_noop("行政法规"), gettext_noop("党内法规"),
    gettext_noop("司法解释"), gettext_noop("地方性法规"), gettext_noop("规章"), gettext_noop("规范性文件"),
)  # fmt: skip


@cache
def _opened(path_: str, changed: int, updates: tuple[Path, ...]) -> Shelf:
    return Shelf.open(Path(path_), updates)


def shelf() -> Shelf:
    """This installation's shelf, opened once and again when `law add` has changed its file."""
    folder = Path(settings.DATA)
    file = folder / FILE
    return _opened(str(folder), file.stat().st_mtime_ns if file.exists() else 0, law_data.updates())


@dataclass(frozen=True)
class Line:
    """A line of an article; `pieces` are (words, address of the article that they cite, or "")."""

    pieces: list[tuple[str, str]]
    is_item: bool


def _allowed(request: HttpRequest) -> None:
    if not business_posts(actor_of(request)):
        raise Http404


def _day(request: HttpRequest) -> dt.date:
    try:
        return parse_date(request.GET["on"])
    except (KeyError, ValueError):
        return dt.date.today()


def laws(request: HttpRequest) -> HttpResponse:
    """All instruments by rank, or what a question finds; our own normative documents stand with them."""
    _allowed(request)
    on, query = _day(request), request.GET.get("q", "").strip()[:200]
    books = shelf()
    named = [one for one in books.instruments() if query and (plain(query) in one.title or plain(query) in one.names)]
    library = open_library(on) if query else None
    hits, absent = (library.search(query, FOUND), library.absent(query)) if library else ([], [])
    groups = [(rank, [(one, STATES[books.status(one.title, on).state], books.find(one.title, on) or one.versions[-1])
               for one in books.instruments() if one.rank == rank]) for rank in RANKS]  # fmt: skip
    context = {
        "on": on, "q": query, "absent": [f"《{law}》{label(article)}" for law, article in absent],
        "hits": [(hit, label(hit.article), reverse("desk:law", args=[hit.law])) for hit in hits],
        "groups": [pair for pair in groups if pair[1]], "own": _own(request),
        "named": [(one, STATES[books.status(one.title, on).state]) for one in named[:FOUND]],
    }  # fmt: skip
    return render(request, "desk/laws.html", context)


def _own(request: HttpRequest) -> list[Any]:
    """Normative documents of our own register that the reader may see, those in force first."""
    actor = actor_of(request)
    kind: Any = KINDS.get(OWN)
    if kind is None or kind not in seen_kinds(actor):
        return []
    rows = kind._default_manager.filter(visible_to(actor, "matter__"), in_force_from__isnull=False).select_related(
        "matter"
    )
    return list(rows.order_by("-in_force_from")[:200])


def law(request: HttpRequest, title: str) -> HttpResponse:
    """An instrument as of a day, with its other wordings; with `?from=ID` what the wording shown changed in that one."""
    _allowed(request)
    on, books = _day(request), shelf()
    try:
        found = look_up(books, title, on)
    except NotFound:
        raise Http404 from None
    former = next((one for one in found.instrument.versions if str(one.id) == request.GET.get("from")), None)
    context: dict[str, Any] = {
        "on": on, "found": found, "state": STATES[found.status.state], "former": former,
        "others": [one for one in found.instrument.versions if one != found.version],
    }  # fmt: skip
    if former is not None:
        context["changes"] = [
            (one, label(one.old.number) if one.old else "", label(one.new.number) if one.new else "")
            for one in changes(books.text(former), books.text(found.version))
        ]
    else:
        context["articles"] = [(one, label(one.number), _lines(one, on)) for one in found.articles]
    return render(request, "desk/law.html", context)


def _lines(article: Article, on: dt.date) -> list[Line]:
    return [Line(_pieces(text, on), text.startswith(("（", "("))) for text in article.text.split("\n") if text]


def _pieces(text: str, on: dt.date) -> list[tuple[str, str]]:
    """The words of a line, those that cite another law's article with its address."""
    if "《" not in text:
        return [(text, "")]
    pieces, at = [], 0
    for one in cite(text, on, shelf())[0]:
        if not one.article or one.status == "unknown":
            continue
        asked = urlencode({"q": f"{one.law} {one.article}", "on": on.isoformat()})
        pieces += [(text[at : one.start], ""), (one.text, f"{reverse('desk:law_article')}?{asked}")]
        at = one.end
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]


def article(request: HttpRequest) -> HttpResponse:
    """The article that a citation names (`?q=民法典 683&on=…`), for the sheet beside it; says so when it is not there."""
    _allowed(request)
    on, asked = _day(request), request.GET.get("q", "").strip()[:200]
    try:
        found, fault = look_up(shelf(), asked, on), ""
    except NotFound as reason:
        found, fault = None, str(reason)
    context = {
        "found": found, "fault": fault, "on": on, "state": STATES[found.status.state] if found else "",
        "label": label(found.article.number) if found and found.article else "",
    }  # fmt: skip
    return render(request, "desk/parts/law_article.html", context)


addresses = [
    path("", laws, name="laws"),
    path("article/", article, name="law_article"),
    path("<str:title>/", law, name="law"),
]
