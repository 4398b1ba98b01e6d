"""法律数据: which law data are in force here, from where, when they run out, and what the updates moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hefa.kernel.law import instruments
from hefa.kernel.layers import current
from hefa.kernel.matter import Matter
from hefa.statutes.updates.place import Update
from hefa.statutes.updates.state import state

from .. import sight
from ..law_telling import sections, summary
from ..sight import actor_of

SHOWN = 200


def law_data(request: HttpRequest) -> HttpResponse:
    """The years, the instruments that updates changed, the updates; `?show=ID`: what that one moved."""
    actor = actor_of(request)
    sight.must_hold(actor, sight.SEES_HEALTH)
    now = state(settings.DATA, date.today())
    shown = next((one for one in now.updates if one.id == request.GET.get("show")), None)
    changed = {path.stem for place in current().updates for path in place.glob("*.toml")}
    context: dict[str, Any] = {
        "now": now, "next_year": date.today().year + 1, "shown": shown,
        "updates": [(one, summary(report) if (report := one.report()) else "") for one in now.updates],
        "instruments": [one.name for one in instruments() if one.id in changed],
    }  # fmt: skip
    if shown is not None:
        context["parts"] = _parts(request, shown)
    return render(request, "desk/law_data.html", context)


def _parts(request: HttpRequest, shown: Update) -> list[Any]:
    """The report, without the matters that the reader may not see: they are only counted."""
    report = shown.report()
    if not report:
        return []
    named = {one["matter"] for name in ("moved", "certain", "texts") for one in report[name]} - {None}
    seen = set(Matter.objects.visible_to(actor_of(request)).filter(pk__in=named).values_list("pk", flat=True))
    return [
        (
            one,
            [(matter, list(zip(one.columns, cells, strict=True))) for matter, cells in one.rows[:SHOWN]],
            one.count - len(one.rows[:SHOWN]) - one.hidden,
        )
        for one in sections(report, seen)
    ]
