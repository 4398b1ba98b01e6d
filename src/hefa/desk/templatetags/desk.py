"""What the desk's templates say often: a label in the reader's language, a light, an address with one thing changed."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hefa.kernel.matter import Kind
from hefa.kernel.people import ROLES

from ..lights import Light

register = template.Library()


@register.filter
def t(label: object) -> str:
    """A declared label in the reader's language."""
    text = str(label)
    return gettext(text) if text else ""


@register.filter
def kind_name(kind: type[Kind]) -> str:
    """A kind's name: templates cannot reach `_meta`."""
    return gettext(str(kind._meta.verbose_name))


@register.filter
def role_label(role: str) -> str:
    return gettext(ROLES[role].label) if role in ROLES else role


@register.simple_tag
def light(found: Light) -> SafeString:
    """Shape, word and count: ▲ 临期 剩 2 日."""
    count = format_html('<span class="count">{}</span>', found.count) if found.count else ""
    return format_html(
        '<span class="light" data-status="{}"><span class="shape" aria-hidden="true">{}</span>'
        '<span class="word">{}</span>{}</span>',
        found.status,
        found.shape,
        found.word,
        count,
    )


@register.simple_tag(takes_context=True)
def asked(context: dict[str, Any], **changes: object) -> str:
    """The query of this page with some parts changed; an empty part is dropped."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"
