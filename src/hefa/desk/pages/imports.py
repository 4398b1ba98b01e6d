"""The import wizard: file → columns → faults cell by cell → written; and ledgers out again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa.exchange import writing
from hefa.exchange.columns import columns
from hefa.kernel import ledger
from hefa.kernel.matter import Kind
from hefa.kernel.people import Actor, Person

from .. import listing, sight, wizard
from ..sight import actor_of
from .matters import as_file

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOADS, WINDOW_SECONDS = 20, 600


def may_import(kind: type[Kind], actor: Actor) -> bool:
    """Whether some post allows to bring past matters of the kind in; each row is asked again for its office."""
    if kind.label() in sight.MADE_ELSEWHERE:
        return False
    return bool(sight.openings(kind, actor)) or sight.has_role(actor, frozenset(kind.flow.corrected_by))


def _importable(request: HttpRequest, label: str) -> type[Kind]:
    actor = actor_of(request)
    kind = sight.seen_kind(actor, label)
    if not may_import(kind, actor):
        raise Http404
    return kind


def upload(request: HttpRequest, label: str) -> HttpResponse:
    """First step: choose the file."""
    kind = _importable(request, label)
    offices = list(sight.reach(actor_of(request)))
    fault = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        fault = _fault_of(request, given)
        if given is not None and not fault:
            office = next((one.pk for one in offices if str(one.pk) == request.POST.get("office")), None)
            assert isinstance(request.user, Person)
            job = wizard.start(kind.label(), request.user, (given.name or "")[:120], given.read(), office)
            return redirect("desk:import_job", job.token)
    context = {"kind": kind, "offices": offices, "fault": fault, "at": 1, "largest": wizard.LARGEST // 1024 // 1024}
    return render(request, "desk/import.html", context, status=422 if fault else 200)


def _fault_of(request: HttpRequest, given: Any) -> str:
    if given is None:
        return _("请先选一个文件")
    if not given.name.lower().endswith(wizard.KINDS_OF_FILE):
        return _("“%(name)s”不是 Excel 文件（.xlsx、.xls、.ods）或 CSV 文件") % {"name": given.name}
    if given.size > wizard.LARGEST:
        return _("文件超过 %(n)d MB，请拆成几个分别导入") % {"n": wizard.LARGEST // 1024 // 1024}
    key = f"uploads:{actor_of(request).person_id}"
    cache.add(key, 0, WINDOW_SECONDS)
    if cache.incr(key) > UPLOADS:
        return _("上传得太频繁，请十分钟后再试")
    return ""


def _job(request: HttpRequest, token: str) -> wizard.Job:
    job = wizard.find(token, actor_of(request).person_id)
    if job is None:
        raise Http404
    _importable(request, job.kind)
    return job


def import_job(request: HttpRequest, token: str) -> HttpResponse:
    """The step at which an import stands. While it works, the page asks again by itself."""
    job = _job(request, token)
    kind = sight.seen_kind(actor_of(request), job.kind)
    at = {wizard.JUDGING: 2, wizard.JUDGED: 3, wizard.WRITING: 4, wizard.WRITTEN: 5, wizard.FAILED: 3}[job.state]
    context = {"job": job, "kind": kind, "at": at, "columns": columns(kind), "headers": _headers(job)}
    polled = request.headers.get("HX-Target") == "job"
    return render(request, "desk/parts/import_job.html" if polled else "desk/import_job.html", context)


def _headers(job: wizard.Job) -> list[dict[str, Any]]:
    return [{"header": header, **found} for header, found in job.matched.items()]


@require_POST
def map_columns(request: HttpRequest, token: str) -> HttpResponse:
    """Second step: say by hand what a column is; everything is judged anew."""
    job = _job(request, token)
    known = {column.header for column in columns(sight.seen_kind(actor_of(request), job.kind))}
    for n, (header, found) in enumerate(job.matched.items()):
        chosen = request.POST.get(f"column.{n}", "")
        if chosen != (found["column"] or "") and (not chosen or chosen in known):
            job.mapping[header] = chosen
    assert isinstance(request.user, Person)
    if job.source.is_file() and not job.is_working:
        wizard.judge_again(job, request.user)
    return redirect("desk:import_job", token)


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Third step: write what is right."""
    job = _job(request, token)
    assert isinstance(request.user, Person)
    if job.state == wizard.JUDGED and not job.bad_layout:
        wizard.write(job, request.user, skip_bad=request.POST.get("skip_bad") == "1")
    return redirect("desk:import_job", token)


def rejects(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """The rows that were left out, with what is wrong, to mend and import again."""
    job = _job(request, token)
    if not job.rejects.is_file():
        raise Http404
    response = HttpResponse(job.rejects.read_bytes(), content_type=EXCEL)
    return as_file(response, f"{job.name.rpartition('.')[0]}-未导入.xlsx")


def template(request: HttpRequest, label: str) -> HttpResponse:
    """The blank ledger of a kind."""
    kind = _importable(request, label)
    response = HttpResponse(writing.template(kind), content_type=EXCEL)
    return as_file(response, f"{kind._meta.verbose_name}台账（空白）.xlsx")


def export(request: HttpRequest, label: str) -> HttpResponse:
    """What the list shows, as a ledger; personal data stays masked, and who took it is on record."""
    actor = actor_of(request)
    kind = sight.seen_kind(actor, label)
    matters, _chips = listing.found(kind, actor, request.GET, date.today())
    body = writing.export(kind, actor, matters)
    ledger.note("export", actor=actor, answers={"kind": kind.label(), "filters": request.GET.urlencode()})
    response = HttpResponse(body, content_type=EXCEL)
    return as_file(response, f"{kind._meta.verbose_name}台账 {date.today().isoformat()}.xlsx")
