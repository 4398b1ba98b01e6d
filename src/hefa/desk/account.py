"""Signing in: staff accounts are made by the office, not by visitors; one-time links by whoever has the machine."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hefa.kernel.people import ADMIN_ROLES, Actor, Person

SALT = "hefa.enter"
VALID_SECONDS = 600


class StaffAdapter(DefaultAccountAdapter):
    """allauth as this desk uses it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who must enrol a second factor can do nothing else before: the sign-in just made is proof enough."""
        person = self.request.user
        if app == "allauth.mfa" and isinstance(person, Person) and owes_second_factor(person, Actor.of(person)):
            return False
        return bool(super().is_reauthentication_required(app=app))


def owes_second_factor(person: Person, actor: Actor) -> bool:
    """Whoever can change accounts or rights must hold more than a password. One query, for them alone."""
    if not (person.is_superuser or actor.roles & ADMIN_ROLES):
        return False
    return not is_mfa_enabled(person)


def enter_token(person: Person) -> str:
    """A sign-in link's token: good for ten minutes, and once, because signing in changes `last_login`."""
    return signing.TimestampSigner(salt=SALT).sign(f"{person.pk}:{_last_login(person)}")


def _last_login(person: Person) -> str:
    return repr(person.last_login.timestamp()) if person.last_login else "0"


@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link. A GET only asks: a link preview must not use it up."""
    person = _person_of(token)
    if person is None:
        fault = _("这个登录链接已经用过或已失效（十分钟内有效）。请重新签发。")
        return render(request, "desk/enter.html", {"fault": fault}, status=410)
    if request.method != "POST":
        return render(request, "desk/enter.html", {"person": person})
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("desk:home")


def _person_of(token: str) -> Person | None:
    try:
        pk, stamp = signing.TimestampSigner(salt=SALT).unsign(token, max_age=VALID_SECONDS).split(":", 1)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return person if person is not None and stamp == _last_login(person) else None
