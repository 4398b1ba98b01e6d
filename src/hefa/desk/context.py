"""What every page of the desk knows: who is here, where they may go, how they like to read."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest

from hefa.kernel.people import ROLES

from . import numbers, sight

THEMES = ("auto", "light", "dark")
SIZES = ("normal", "large")


def desk(request: HttpRequest) -> dict[str, Any]:
    theme, size = request.COOKIES.get("theme", "auto"), request.COOKIES.get("size", "normal")
    known: dict[str, Any] = {
        "theme": theme if theme in THEMES else "auto",
        "size": size if size in SIZES else "normal",
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
    actor = getattr(request, "actor", None)
    if actor is None or actor.person_id is None:
        return known
    kinds = sight.seen_kinds(actor)
    asked = numbers.asked_offices(actor)
    return known | {
        "actor": actor,
        "post": _post(actor),
        "folders": [list(group) for _, group in groupby(kinds, key=lambda kind: kind._meta.app_label)],
        "is_business": bool(sight.business_posts(actor)),
        "sees_similar": any(kind.alike for kind in kinds),
        "sees_figures": bool(asked),
        "sees_reports": any(office.level in numbers.REPORTING for office in asked),
        "sees_ledger": sight.has_role(actor, sight.SEES_LEDGER),
        "sees_people": sight.has_role(actor, sight.SEES_PEOPLE),
        "sees_health": sight.has_role(actor, sight.SEES_HEALTH),
    }


def _post(actor: Any) -> dict[str, str] | None:
    """The first post, as the header shows it."""
    if not actor.posts:
        return None
    return {"office": actor.posts[0].office_name, "role": ROLES[actor.posts[0].role].label}
