"""The form of a step, as a side sheet or a page of its own; taking the step; checks as one types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa.kernel import act as door
from hefa.kernel import ledger
from hefa.kernel.answers import Refused, clean, parse_amount, parse_date
from hefa.kernel.days import describe, in_words
from hefa.kernel.flow import AMEND, REVOKE, Step
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Kind, Matter
from hefa.kernel.people import Actor, Office
from hefa.kernel.personal import id_no_fault, phone_fault
from hefa.kernel.turn import foreseen, refusal

from .. import alike, listing, sight, stepform, story, triage
from ..sight import actor_of
from ..values import amount

SUGGESTED = 12
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
REVOKE_STEP = Step(name=REVOKE, label="撤回上一步", by=(), asks=("reason",))


def intake(request: HttpRequest, label: str) -> HttpResponse:
    """Open a matter of a kind, by one of its opening steps."""
    actor = actor_of(request)
    kind = sight.seen_kind(actor, label)
    openings = sight.openings(kind, actor)
    name = request.GET.get("step", "")
    step = next((step for step in openings if step.name == name), openings[0] if openings else None)
    if step is None:
        raise Http404
    offices = sight.opening_offices(step, actor)
    if not offices:
        raise Http404
    faults: dict[str, str] = {}
    office = next((one for one in offices if str(one.pk) == request.POST.get(stepform.OFFICE)), offices[0])
    if _is_sent(request):
        try:
            office = _chosen(offices, request.POST.get(stepform.OFFICE, ""))
            day, answers = stepform.read(kind, step, actor, request.POST)
            told = triage.advised(kind, answers)
            opened = door.open_matter(
                kind, actor=actor, office=office, day=day, answers=answers, step=step.name, advised=told
            )
        except Refused as refused:
            faults = dict(refused.faults)
        else:
            return _done(request, opened, step, opened.number)
    typed = request.POST if request.method == "POST" else None
    form = stepform.draw(kind, step, actor, typed=typed, faults=faults)
    form.offices = offices
    if typed is None:
        form.arise(request.GET.get("arises_from", ""))
    form.advise(None, office, actor, typed)
    context = {"form": form, "kind": kind, "step": step, "openings": openings, "action": request.get_full_path()}
    return _form_page(request, context, kind, step, faults)


def _chosen(offices: Sequence[Office], posted: str) -> Office:
    """The office to open a matter in: the first when none was asked for, never another than the one asked for."""
    if not posted:
        return offices[0]
    found = next((one for one in offices if str(one.pk) == posted), None)
    if found is None:
        raise Refused(_("您不能在所选的单位登记，请从列出的单位里选"))
    return found


def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step of a matter: a declared one, an amendment, or taking back the last."""
    actor = actor_of(request)
    matter = sight.find_matter(actor, pk)
    declared = _declared(matter, name)
    called_up = request.POST.get("call_up") == "1"
    faults: dict[str, str] = {}
    if called_up and name == AMEND:
        ledger.note("reveal", actor=actor, matter=matter, answers={"purpose": "更正：调出原内容"})
    elif _is_sent(request):
        try:
            entry = _take(request, matter, declared)
        except Refused as refused:
            faults = dict(refused.faults)
        else:
            return _done(request, sight.find_matter(actor, pk), declared, _what(entry))
    typed = request.POST if request.method == "POST" and not called_up else None
    form = stepform.draw(
        matter.declared, declared, actor, matter=matter, typed=typed, faults=faults, called_up=called_up
    )
    barred = _refusal(matter, declared, actor)
    if not faults and declared.name != REVOKE:
        barred = barred or foreseen(matter, declared, actor) or ""
    if not barred:
        form.advise(matter, matter.office, actor, typed)
    context = {
        "form": form,
        "kind": matter.declared,
        "step": declared,
        "matter": matter,
        "action": request.path,
        "refusal": barred,
        "last": _last(matter, actor) if name == REVOKE else None,
        "may_call_up": name == AMEND and not called_up and not faults,
    }
    return _form_page(request, context, matter.declared, declared, faults)


def _is_sent(request: HttpRequest) -> bool:
    """Whether the form is to be taken, not only drawn anew with a party more or the advice for what is typed."""
    return request.method == "POST" and not {stepform.ADD_PARTY, stepform.TRY} & request.POST.keys()


def _declared(matter: Matter, name: str) -> Step:
    if name == REVOKE:
        return REVOKE_STEP
    if name == AMEND:
        return door.amendment(matter.declared)
    found = next((step for step in matter.flow.steps if step.name == name and not step.opens), None)
    if found is None:
        raise Http404
    return found


def _take(request: HttpRequest, matter: Matter, declared: Step) -> Entry:
    actor = actor_of(request)
    seen = request.POST.get(stepform.SEEN, "")
    if declared.name == REVOKE:
        day, answers = date.today(), {"reason": request.POST.get("reason", "")}
    else:
        day, answers = stepform.read(matter.declared, declared, actor, request.POST, matter)
    return door.act(
        matter, declared.name, actor=actor, day=day, answers=answers, seen=int(seen) if seen.isdigit() else None
    )


def _last(matter: Matter, actor: Actor) -> story.Moment | None:
    moments = story.timeline(matter, False, actor)
    return next((m for m in moments if m.entry.turn > 0 and not m.revoked and m.entry.revokes_id is None), None)


def _refusal(matter: Matter, declared: Step, actor: Actor) -> str:
    if declared.name == REVOKE:
        last = _last(matter, actor)
        return door.may_revoke(matter, last.entry if last else None, actor) or ""
    return refusal(matter, declared, actor) or ""


def _what(entry: Entry) -> str:
    return f"《{entry.paper['title']}》".replace("\n", "") if entry.paper else ""


def _form_page(
    request: HttpRequest, context: dict[str, Any], kind: type[Kind], declared: Step, faults: dict[str, str]
) -> HttpResponse:
    context |= {
        "paper_title": story.paper_title(kind, declared),
        "effects": story.effects(kind, declared),
        "revokes": declared.name == REVOKE,
    }
    in_sheet = bool(request.headers.get("HX-Request"))
    template = "desk/parts/stepform.html" if in_sheet else "desk/step.html"
    return render(request, template, context, status=422 if faults else 200)


def _done(request: HttpRequest, matter: Matter, declared: Step, what: str) -> HttpResponse:
    """Say what was done and what comes due, and go to the matter."""
    said = _("已办理：%(step)s") % {"step": _(declared.label)}
    dial = story.due_dial(matter, date.today()) if matter.due_on else None
    due = ""
    if dial is not None and dial.light.due_on is not None:
        due = _("下一期限：%(label)s %(day)s（%(count)s）") % {
            "label": dial.light.label,
            "day": dial.light.due_on.isoformat(),
            "count": dial.light.count,
        }
    messages.success(request, format_html("{} {}<br>{}", said, what, due) if due else f"{said} {what}")
    address = reverse("desk:matter", args=[matter.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@require_POST
def check(request: HttpRequest, label: str, name: str) -> HttpResponse:
    """What is wrong with one value as typed, or how it was understood. Posted, so that no log holds it."""
    kind = KINDS.get(label)
    raw = (request.POST.get("value") or request.POST.get(name) or request.POST.get(f"party.{name}") or "").strip()
    if kind is None or len(raw) > (triage.LONGEST if triage.tells(kind, name) else 200):
        raise Http404
    if triage.tells(kind, name):
        rows = alike.of_words(kind, raw, actor_of(request))
        told = {"offer": triage.offer(kind, raw), "rows": rows, "hidden": alike.hidden(rows)}
        return render(request, "desk/parts/offer.html", told)
    try:
        said, is_fault = (_understood(kind, name, raw), False) if raw else ("", False)
    except FieldDoesNotExist:
        raise Http404 from None
    except (ValueError, LookupError) as fault:
        said, is_fault = str(fault), True
    return render(request, "desk/parts/check.html", {"said": said, "is_fault": is_fault})


def _understood(kind: type[Kind], name: str, raw: str) -> str:
    if name in ("id_no", "phone"):
        fault = id_no_fault(raw) if name == "id_no" else phone_fault(raw)
        if fault:
            raise ValueError(fault)
        return _("号码格式正确")
    if name == stepform.DAY:
        return _day_in_words(parse_date(raw))
    model_field = kind.field_of(name)
    value = clean(model_field, raw)
    if isinstance(value, date):
        return _day_in_words(value)
    if model_field.get_internal_type() == "DecimalField":
        return _("%(n)s 元") % {"n": amount(parse_amount(raw))}
    return ""


def _day_in_words(day: date) -> str:
    why = describe(day).why
    weekday = _WEEKDAYS[day.weekday()]
    return "，".join([in_words(day), weekday, *([why] if why not in ("工作日", weekday) else [])])


def suggest(request: HttpRequest) -> HttpResponse:
    """Matters to arise from, for the picker: options by number or title."""
    text = (request.GET.get("q") or request.GET.get("arises_from") or "").strip()
    rows: list[dict[str, Any]] = []
    if len(text) >= listing.SHORTEST:
        seen = Matter.objects.visible_to(actor_of(request)).filter(kind__in=KINDS)
        found = seen.filter(listing.search(text)).order_by("-opened_on", "-id")
        rows = [dict(row) for row in found.values("number", "title")[:SUGGESTED]]
    return render(request, "desk/parts/suggest.html", {"rows": rows})
