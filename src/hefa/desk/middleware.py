"""What every request to the desk gets: a signed-in actor, a second factor where one is due, the security headers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from hefa.kernel.people import Actor, Person
from hefa.statutes.updates.place import refresh_or_tell

from .account import owes_second_factor
from .lights import clock_of
from .sight import DeskRequest

# The last two are the residents' face, which reads nothing but what is made public.
_RESIDENTS = ("/points/", "/cases/")
_OPEN = ("/accounts/login/", "/enter/", "/static/", "/language/", "/preferences/", "/accounts/inactive/", *_RESIDENTS)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
_HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class DeskMiddleware:
    """Closed unless opened: whoever is not signed in reaches the sign-in page and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: DeskRequest) -> HttpResponse:
        if refresh_or_tell(settings.DATA):
            clock_of.cache_clear()
        request.csp_nonce = secrets.token_urlsafe(12)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            # Chinese first: a browser's own language is no choice of its user's.
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        response = self._turned_away(request) or self.get_response(request)
        return self._armoured(request, response)

    def _turned_away(self, request: DeskRequest) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, Person) or not user.is_active:
            request.actor = Actor(None, "", ())
            if request.path.startswith((*_OPEN, "/accounts/2fa/authenticate/")):
                return None
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})
            return HttpResponseRedirect(f"{reverse('account_login')}?next={quote(request.get_full_path())}")
        request.actor = Actor.of(user)
        if owes_second_factor(user, request.actor) and not request.path.startswith((*_OPEN, "/accounts/")):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None

    def _armoured(self, request: DeskRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=request.csp_nonce))
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
