"""今日要办."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .. import inbox, numbers, sight
from ..sight import actor_of


def home(request: HttpRequest) -> HttpResponse:
    """What must I do now: the inbox, and beside it targets and the year's figures."""
    actor, today = actor_of(request), date.today()
    if not sight.business_posts(actor):
        return (
            redirect("desk:people" if sight.has_role(actor, sight.SEES_PEOPLE) else "desk:health")
            if (sight.has_role(actor, sight.SEES_HEALTH))
            else render(request, "desk/no_post.html")
        )
    kinds = sight.seen_kinds(actor)
    year = numbers.told_year(actor) if sight.has_role(actor, sight.LEADERS) else today.year
    intake = [(kind, steps[0]) for kind in kinds if (steps := sight.openings(kind, actor))]
    context = {
        "mine": inbox.mine(actor, today),
        "fresh": inbox.fresh(actor, today),
        "others": inbox.others(actor, today),
        "intake": sorted(intake, key=lambda one: not one[0].primary),
        "targets": numbers.targets(actor),
        "key_figures": numbers.key_figures(actor, year) if sight.has_role(actor, sight.LEADERS) else [],
        "today": today,
        "year": year,
    }
    return render(request, "desk/home.html", context)
