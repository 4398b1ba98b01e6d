"""`{{ sentence|speak }}`: what the kernel or a line of work said, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from ..speech import speak as spoken

register = template.Library()


@register.filter
def speak(text: object) -> str:
    """The sentence in the reader's language. What a view has dressed as markup is left alone."""
    if text is None:
        return ""
    return text if isinstance(text, SafeString) else spoken(str(text))
