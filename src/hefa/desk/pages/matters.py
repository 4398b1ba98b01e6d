"""One matter: where it stands, what may lawfully come next, and how it came here."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa import press
from hefa.kernel import ledger, paper
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor
from hefa.matters.mediation.dossier import COLLATE, Dossier, dossier_of
from hefa.matters.mediation.models import Dispute, TypicalCase

from .. import lights, sight, story, values
from ..sight import actor_of
from .patches import sees_patches

# A paper stands alone, brings its own style and runs nothing.
_PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'"
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PURPOSE_SHORTEST = 2
DISPUTE = Dispute.label()
COLLATED = frozenset(Dispute.flow.step(COLLATE).at)
# From these one asks who is responsible for which community.
ABOUT_MEDIATORS = frozenset({DISPUTE, "mediation.mediator", "mediation.pairing"})


def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a matter."""
    return _page(request, sight.find_matter(actor_of(request), pk))


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show personal data for this one page view, once a purpose is given; the look itself goes on record."""
    actor = actor_of(request)
    found = sight.find_matter(actor, pk)
    purpose = request.POST.get("purpose", "").strip()[:200]
    if len(purpose) < PURPOSE_SHORTEST:
        messages.error(request, _("请写明查看个人信息的用途，例如“核对身份”"))
        return _page(request, found, status=422)
    ledger.note("reveal", actor=actor, matter=found, answers={"purpose": purpose})
    messages.info(request, _("已显示个人信息，仅限本页本次；这次查看已记入账本。"))
    return _page(request, found, revealed=True)


def _page(request: HttpRequest, found: Matter, *, revealed: bool = False, status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), date.today()
    moments = story.timeline(found, revealed, actor)
    last = next((moment.entry for moment in moments if _counts(moment)), None)
    up, down = story.chain(found, actor)
    context: dict[str, Any] = {
        "matter": found,
        "kind": found.declared,
        "state_label": found.flow.state_label(found.state),
        "light": lights.marked(
            lights.of_row(lights.row_of(found), today), found.declared.marks([found.pk]).get(found.pk)
        ),
        "moves": story.moves(found, actor, last),
        "timeline": moments,
        "papers": [moment for moment in moments if moment.entry.paper and not moment.revoked],
        "lines": values.own_lines(found.case, revealed, actor),
        "parties": values.masked_parties(found, revealed),
        "has_hidden": _has_personal(found),
        "revealed": revealed,
        "chain_up": up,
        "chain_down": down,
        "dials": story.dials(found, today),
        "dossier": _dossier(found),
        "tells": _may_tell(found, actor),
        "patches": found.kind in ABOUT_MEDIATORS and sees_patches(actor),
        "today": today,
    }
    return render(request, "desk/matter.html", context, status=status)


def _dossier(found: Matter) -> Dossier | None:
    """The dossier of a dispute that was taken on and has come to its end."""
    return dossier_of(found) if found.kind == DISPUTE and found.state in COLLATED else None


def _may_tell(found: Matter, actor: Actor) -> bool:
    """Whether a public text of this dispute can be drafted from here."""
    is_typical = found.kind == DISPUTE and getattr(found.case, "is_typical", False) and not found.sealed
    return is_typical and bool(sight.openings(TypicalCase, actor))


def _counts(moment: story.Moment) -> bool:
    """Whether an entry is a step in force, which taking back the last step would take back."""
    return moment.entry.turn > 0 and not moment.revoked and moment.entry.revokes_id is None


def _has_personal(found: Matter) -> bool:
    own = (name for name in type(found.case).personal() if name != "parties")
    return bool(found.people) or any(getattr(found.case, name, "") for name in own)


def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the due day is the day it is: the clock's own explanation."""
    found = sight.find_matter(actor_of(request), pk)
    dial = story.due_dial(found, date.today())
    return render(request, "desk/parts/why.html", {"matter": found, "dial": dial})


def entry_paper(request: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """A paper that an entry issued: html to read and print, pdf and docx to file. Papers name people: it is noted."""
    actor = actor_of(request)
    if shape not in ("html", *_TYPES):
        raise Http404
    entry = _seen_entry(actor, pk)
    issued = paper.issued(entry.envelope.open())
    ledger.note("reveal", actor=actor, matter=entry.matter, answers={"purpose": _opened(entry, shape)})
    if shape == "html":
        response = HttpResponse(press.page_html(issued))
        response.headers["Content-Security-Policy"] = _PAPER_POLICY
        return response
    body = press.to_pdf(issued) if shape == "pdf" else press.to_docx(issued)
    response = HttpResponse(body, content_type=_TYPES[shape])
    number = entry.matter.number if entry.matter else str(entry.pk)
    filename = f"{number} {issued.title}.{shape}".replace("\n", "")
    return as_file(response, filename, inline=shape == "pdf")


def paper_style(request: HttpRequest) -> HttpResponse:
    """The press's stylesheet, for papers shown within a page."""
    return HttpResponse(press.stylesheet(), content_type="text/css; charset=utf-8")


def _opened(entry: Entry, shape: str) -> str:
    return f"打开文书《{(entry.paper or {}).get('title', '')}》（{shape.upper()}）"


def _seen_entry(actor: Actor, pk: int) -> Entry:
    entry = Entry.objects.select_related("matter", "envelope").filter(pk=pk, paper__isnull=False).first()
    if entry is None or entry.matter_id is None:
        raise Http404
    sight.find_matter(actor, entry.matter_id)
    if not hasattr(entry, "envelope") or not entry.envelope.body:
        raise Http404
    return entry


def as_file(response: HttpResponse, filename: str, *, inline: bool = False) -> HttpResponse:
    """Name the file that a response carries; Chinese names the way browsers read them."""
    place = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(filename)}"
    return response
