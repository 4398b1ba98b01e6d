"""Whether an instrument is in force on a day, and on what ground we say so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["in_force", "repealed", "superseded", "not_yet", "unknown"]
WORDS: dict[State, str] = {
    "in_force": "现行有效",
    "repealed": "已废止",
    "superseded": "旧版本",
    "not_yet": "尚未施行",
    "unknown": "库中没有",
}


@dataclass(frozen=True, slots=True)
class Status:
    """`since`: the day from which the state holds (repealed: first day dead; not_yet: first day in force).

    `successor`: the instrument that took its place, with 《》, "" when unknown; `verified`: the source was read.
    """

    state: State
    since: dt.date | None = None
    source: str = ""
    successor: str = ""
    verified: bool = True

    @property
    def word(self) -> str:
        return WORDS[self.state]
