"""What every page of the desk knows: who is here, where they may go, how they like to read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from hefa.kernel.matter import Kind
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
        "folders": _folders(kinds, request.path),
        "is_business": bool(sight.business_posts(actor)),
        "sees_similar": any(kind.alike for kind in kinds),
        "sees_figures": bool(asked and kinds),
        "sees_reports": bool(kinds) and any(office.level in numbers.REPORTING for office in asked),
        "sees_ledger": sight.has_role(actor, sight.SEES_LEDGER),
        "sees_people": sight.has_role(actor, sight.SEES_PEOPLE),
        "sees_health": sight.has_role(actor, sight.SEES_HEALTH),
    }


@dataclass(frozen=True)
class Place:
    """A line of the menu."""

    name: str
    url: str
    here: bool


@dataclass(frozen=True)
class Folder:
    """A line of work in the menu: its first kind, and the others behind a mark that opens them."""

    head: Place
    others: list[Place]

    @property
    def is_open(self) -> bool:
        return self.head.here or any(place.here for place in self.others)


# Up to this many kinds, all of them fit on a screen and nothing is folded away.
FITS = 16


def _folders(kinds: list[type[Kind]], path: str) -> list[Folder]:
    found = []
    for _, group in groupby(kinds, key=lambda kind: kind._meta.app_label):
        # What a line of work is named for stands before its registers.
        places = [_place(kind, path) for kind in sorted(group, key=lambda kind: not kind.primary)]
        found += [Folder(places[0], places[1:])] if len(kinds) > FITS else [Folder(place, []) for place in places]
    return found


def _place(kind: type[Kind], path: str) -> Place:
    url = reverse("desk:list", args=[kind.label()])
    return Place(name=gettext(str(kind._meta.verbose_name)), url=url, here=path == url)


def _post(actor: Any) -> dict[str, str] | None:
    """The first post, as the header shows it."""
    if not actor.posts:
        return None
    return {"office": actor.posts[0].office_name, "role": ROLES[actor.posts[0].role].label}
