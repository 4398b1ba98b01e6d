"""Tables for the upper level: the list, a table filled for a year, the rows behind a cell, Excel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.figure import ROW_FIELDS, Period, find_figure
from hefa.kernel.ledger import head
from hefa.kernel.matter import KINDS
from hefa.kernel.people import Actor, Office, visible_to
from hefa.kernel.turn import refusal
from hefa.report.models import Table
from hefa.report.tables.asking import Counted, Whole, entries_of
from hefa.report.tables.excel import to_excel
from hefa.report.tables.filling import Cell, Filled
from hefa.report.tables.heading import Head, depth_of, heads
from hefa.report.tables.lines import BadTable
from hefa.report.tables.shelf import OWN, TARGETS, Listed, tables

from .. import listing, numbers, story
from ..sight import actor_of
from . import table_form
from .figures import ROWS, Asked, asked
from .imports import EXCEL
from .matters import as_file


@dataclass(frozen=True)
class Shown:
    """A printed cell; `href` leads to its rows or parts, empty when there are none."""

    cell: Cell
    column: str
    href: str

    @property
    def is_text(self) -> bool:
        return isinstance(self.cell.value, str)


@dataclass
class Sheet:
    """A filled table as the page draws it. `upper`: headings of rows that begin before a row, outermost first."""

    filled: Filled
    columns: list[list[Head]]
    body: list[tuple[list[Head], str, int, list[Shown]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.filled.columns) + 1

    @property
    def deep(self) -> int:
        return len(self.columns)


def sheet_of(filled: Filled, address: str = "", query: str = "") -> Sheet:
    """What the page draws. Without an address cells lead nowhere (a preview)."""
    rows = heads(filled.rows)
    sheet = Sheet(filled, heads(filled.columns))
    for n, (row, cells) in enumerate(filled.lines()):
        upper = [head for level in rows for head in level if head.start == n and head.slot is None]
        shown = []
        for column, cell in cells:
            place = urlencode({"row": row.key, "column": column.key})
            leads = address and (cell.rows or (row.key, column.key) in filled.parts) and cell.ask is not None
            shown.append(Shown(cell, column.label, f"{address}?{query}&{place}" if leads else ""))
        sheet.body.append((upper, row.label, len(row.group), shown))
    assert sheet.deep == depth_of(filled.columns)
    return sheet


def find(actor: Actor, name: str) -> Listed:
    """The table of that name; 404 for one that the actor may not see, as for one that is not there."""
    for one in tables(actor):
        if one.name == name:
            return one
    raise Http404


def table_list(request: HttpRequest) -> HttpResponse:
    """Every table that the reader may ask for."""
    actor = actor_of(request)
    if not numbers.asked_offices(actor):
        raise Http404
    rows = [(one, _kind_names(one)) for one in tables(actor)]
    return render(request, "desk/tables.html", {"rows": rows, "may_make": bool(table_form.homes(actor))})


def _kind_names(one: Listed) -> list[str]:
    return [str(KINDS[label]._meta.verbose_name) for label in KINDS if label in one.kinds]


def filled(listed: Listed, scope: Asked, actor: Actor) -> Filled:
    """The table for a year and office; counted once for each head of the ledger. `BadTable` when it cannot be."""
    made = hashlib.sha256(repr(listed.definition).encode()).hexdigest()[:16]
    # Which targets are listed depends on who asks, and their forecast on the day; counts are of the office.
    whose = f"{actor.person_id}:{table_form.today()}" if listed.name == TARGETS else ""
    key = f"table:{listed.name}:{made}:{whose}:{scope.year}:{scope.office.pk}:{head()[1]}"
    found: Filled | None = cache.get(key)
    if found is None:
        found = listed.fill(scope.office, Period.year(scope.year), actor=actor)
        cache.set(key, found, numbers.KEPT_SECONDS)
    return found


def table(request: HttpRequest, name: str) -> HttpResponse:
    """A table for a year and office, every number leading to its rows; under it, what must add up and whether it does."""
    actor = actor_of(request)
    listed, scope = find(actor, name), asked(request, actor)
    context: dict[str, Any] = {"listed": listed, "scope": scope, "kinds": _kind_names(listed), **_moves(listed, actor)}
    try:
        found = filled(listed, scope, actor)
    except BadTable as fault:
        return render(request, "desk/tables_view.html", context | {"fault": str(fault)}, status=422)
    query = urlencode({"year": scope.year, "office": scope.office.pk})
    context |= {"sheet": sheet_of(found, _cell_address(name), query), "scope_query": query}
    return render(request, "desk/tables_view.html", context)


def _moves(listed: Listed, actor: Actor) -> dict[str, bool]:
    matter = listed.matter
    return {
        f"may_{name}": matter is not None and refusal(matter, Table.flow.step(name), actor) is None
        for name in ("revise", "retire")
    }


def table_file(request: HttpRequest, name: str) -> HttpResponse:
    """The table as Excel, each cell with its source."""
    actor = actor_of(request)
    listed, scope = find(actor, name), asked(request, actor)
    try:
        found = listed.fill(scope.office, Period.year(scope.year), actor=actor, sources=True)
    except BadTable:
        raise Http404 from None
    response = HttpResponse(to_excel(found), content_type=EXCEL)
    return as_file(response, f"{found.title} {scope.office.short} {scope.year}.xlsx")


def table_cell(request: HttpRequest, name: str) -> HttpResponse:
    """One number of a table: what it is, what it is made of, and its rows."""
    actor = actor_of(request)
    listed, scope = find(actor, name), asked(request, actor)
    try:
        found = filled(listed, scope, actor)
    except BadTable:
        raise Http404 from None
    place = (request.GET.get("row", ""), request.GET.get("column", ""))
    cell = found.cells.get(place)
    if cell is None or cell.ask is None:
        raise Http404
    rows, newer, older, hidden = _rows(cell, scope, actor, request)
    row, column = _label(found, "rows", place[0]), _label(found, "columns", place[1])
    context = {
        "listed": listed, "scope": scope, "cell": cell, "row": row, "column": column,
        "definition": _definition(cell), "parts": list(_parts(found, place, scope, name)), "rows": rows,
        "newer": newer, "older": older, "hidden": hidden,
        "scope_query": urlencode({"year": scope.year, "office": scope.office.pk}),
    }  # fmt: skip
    return render(request, "desk/tables_cell.html", context)


def _label(found: Filled, axis: str, key: str) -> str:
    slots = found.rows if axis == "rows" else found.columns
    named = next((slot for slot in slots if slot.key == key), None)
    return "·".join([*named.group, named.label]) if named else found.labels[axis, key]


def _definition(cell: Cell) -> str:
    return find_figure(cell.ask.figure).definition if isinstance(cell.ask, Counted | Whole) else ""


def _parts(found: Filled, place: tuple[str, str], scope: Asked, name: str) -> Iterator[tuple[str, Cell, str]]:
    """(label, cell, address) of each cell that one is made of."""
    for row, column in found.parts.get(place, ()):
        axis, key = ("rows", row) if row != place[0] else ("columns", column)
        asked_for = {"year": scope.year, "office": scope.office.pk, "row": row, "column": column}
        yield _label(found, axis, key), found.cells[row, column], f"{_cell_address(name)}?{urlencode(asked_for)}"


def _cell_address(name: str) -> str:
    return reverse("desk:table_cell", args=[name])


def _rows(cell: Cell, scope: Asked, actor: Actor, request: HttpRequest) -> tuple[list[dict[str, Any]], str, str, int]:
    """(rows that the reader may open, key before, key after, how many more there are that the reader may not)."""
    assert cell.ask is not None
    entries = entries_of(cell.ask, Period.year(scope.year), scope.office)
    if entries is None:
        return [], "", "", 0
    seen = entries.filter(visible_to(actor, "matter__"))
    rows, newer, older = listing.keyset(seen, ("day", False), request.GET, (*ROW_FIELDS, "kind"), ROWS)
    for row in rows:
        steps = {step.name: step.label for step in KINDS[row["kind"]].flow.steps}
        row["step_label"] = _(steps[row["step"]]) if row["step"] in steps else story.step_label(row["step"])
    return rows, newer, older, entries.order_by().count() - seen.order_by().count()


def table_new(request: HttpRequest) -> HttpResponse:
    """Describe a table: what to count, spread by what; preview; keep."""
    actor = actor_of(request)
    offices = table_form.homes(actor)
    if not offices:
        raise Http404
    return _maker(request, actor, offices[0], None)


def table_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change a table of one's own."""
    actor = actor_of(request)
    listed = find(actor, name)
    if listed.matter is None or not _moves(listed, actor)["may_revise"]:
        raise Http404
    return _maker(request, actor, listed.matter.office, listed)


def _maker(request: HttpRequest, actor: Actor, home: Office, listed: Listed | None) -> HttpResponse:
    form = table_form.TableForm(actor, home, listed)
    form.read(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("do") == "save" and (matter := form.save()) is not None:
        messages.success(request, _("已保存：%(number)s。每个数字都可以点开看背后的行。") % {"number": matter.number})
        address = reverse("desk:table", args=[f"{OWN}{matter.pk}"])
        return redirect(f"{address}?{urlencode({'year': form.year, 'office': form.home.pk})}")
    context = {"form": form, "listed": listed, "preview": sheet_of(form.preview) if form.preview else None}
    return render(request, "desk/tables_make.html", context, status=422 if form.is_refused else 200)


@require_POST
def table_retire(request: HttpRequest, name: str) -> HttpResponse:
    """Take a table of one's own out of use."""
    actor = actor_of(request)
    listed = find(actor, name)
    if listed.matter is None:
        raise Http404
    try:
        answers = {"reason": request.POST.get("reason", "")}
        act(listed.matter, "retire", actor=actor, day=table_form.today(), answers=answers)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:table", name)
    messages.success(request, _("已停用“%(title)s”。原来的定义留在账上。") % {"title": listed.title})
    return redirect("desk:tables")


addresses = [
    path("", table_list, name="tables"),
    path("new/", table_new, name="table_new"),
    path("<str:name>/", table, name="table"),
    path("<str:name>/cell/", table_cell, name="table_cell"),
    path("<str:name>/export.xlsx", table_file, name="table_file"),
    path("<str:name>/edit/", table_edit, name="table_edit"),
    path("<str:name>/retire/", table_retire, name="table_retire"),
]
