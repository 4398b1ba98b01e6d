"""Which addresses a figure may point to."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_href(href: str | None) -> str | None:
    """The address if it is relative or http(s), else None: a paper never carries a script address."""
    if not href or any(ord(character) < 33 for character in href):
        return None
    try:
        return href if urlsplit(href).scheme in ("", "http", "https") else None
    except ValueError:
        return None
