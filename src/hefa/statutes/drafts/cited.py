"""The citations of a draft, C-01 to C-08, as the library tells them."""

from __future__ import annotations

from ..findings import Finding
from .draft import Draft


def cited(draft: Draft) -> list[Finding]:
    return []
