"""What citations and drafts are told: one shape for every rule, so that a page, a command and a comment agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "major", "minor", "advise"]
SEVERITIES: tuple[Severity, ...] = ("block", "major", "minor", "advise")  # gravest first


@dataclass(frozen=True, slots=True)
class Finding:
    """A hint at a place of a text.

    `rule`: id of domain rules (C-02, GC-05…). `start`/`end`: character offsets in the text, end exclusive, and `quote`
    is what stands there. `message`: what is wrong, one Chinese sentence. `basis`: the article or source it rests on.
    `suggest`: words to put in place, or "" when there are none.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    quote: str
    message: str
    basis: str = ""
    suggest: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference found in a text.

    `law`: full title on the shelf, else the name as written. `article`: number as on the shelf ("33", "133-1"), "" when
    only the law is named; `paragraph` and `item` from 1, None when the text names none. `status`: see
    `hefa.statutes.status.State`.
    """

    text: str
    start: int
    end: int
    law: str
    article: str
    status: str
    paragraph: int | None = None
    item: int | None = None
