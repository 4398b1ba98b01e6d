"""`{{ sentence|speak }}`: what the kernel or a line of work said, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from .. import speech

register = template.Library()


@register.filter
def speak(text: object) -> str:
    """The sentence in the reader's language. What a view has dressed as markup is left alone."""
    if text is None:
        return ""
    return text if isinstance(text, SafeString) else speech.speak(str(text))


@register.filter
def speak_name(text: object) -> str:
    """A heading or name in the reader's language, where it has one."""
    return "" if text is None else speech.speak_name(str(text))
