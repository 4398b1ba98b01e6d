"""Traffic lights: a clock's standing as shape, word and count, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from hefa.kernel import clock
from hefa.kernel.flow import VOID
from hefa.kernel.law import UnknownLaw
from hefa.kernel.matter import KINDS, Mark

from .speech import speak

SHAPES = {
    "running": "●",
    "due_soon": "▲",
    "overdue": "■",
    "lapsed": "■",
    "paused": "‖",
    "met": "✓",
    "met_late": "✓",
    "open": "○",
    "void": "×",
}
# What a light is computed from, for `.values()`.
COLUMNS = ("kind", "state", "trail", "due_on", "due_name", "due_estimated", "closed_on")


@dataclass(frozen=True)
class Light:
    """`count` is what remains or is exceeded, in the clock's own unit; `due_on` may be None."""

    status: str
    word: str
    count: str = ""
    due_on: date | None = None
    label: str = ""
    estimated: bool = False

    @property
    def shape(self) -> str:
        return SHAPES[self.status]


def _words() -> dict[str, str]:
    return {
        "running": _("正常"),
        "due_soon": _("临期"),
        "overdue": _("超期"),
        "lapsed": _("已失权"),
        "paused": _("中止"),
        "met": _("办结"),
        "met_late": _("逾期办结"),
        "open": _("在办"),
        "void": _("作废"),
    }


def events_of(trail: Sequence[Sequence[Any]]) -> tuple[clock.Event, ...]:
    """A matter's trail, as stored, the way clocks hear it."""
    return tuple(clock.Event(step, date.fromisoformat(day), days) for step, day, _actor, _entry, days in trail)


@lru_cache(maxsize=4096)
def clock_of(kind: str, deadline: str, heard: tuple[clock.Event, ...]) -> clock.Clock | None:
    """The clock of a deadline over these steps. It holds until the law that is read is another (see the middleware)."""
    try:
        return clock.run(KINDS[kind].flow.deadline(deadline), heard)
    except UnknownLaw:  # older than the law that is loaded: no term to hold it to
        return None


def of_clock(run: clock.Clock, today: date) -> Light:
    """The light of one clock."""
    status = run.status(today)
    left = run.remaining(today)
    count = ""
    if left is not None:
        working = run.term.unit == "working"
        if left < 0:
            count = (_("%(n)d 个工作日") if working else _("%(n)d 日")) % {"n": -left}
        elif left == 0 and status != "paused":
            count = _("今日届满")
        else:
            count = (_("剩 %(n)d 个工作日") if working else _("剩 %(n)d 日")) % {"n": left}
    label = _(run.deadline.label) if run.deadline else ""
    return Light(status, _words()[status], count, run.due_on, label, run.estimated)


def of_row(row: Mapping[str, Any], today: date) -> Light:
    """The light of a matter, from a dict with at least `COLUMNS`."""
    words = _words()
    if row["state"] == VOID:
        return Light("void", words["void"])
    heard = events_of(row["trail"])
    if row["due_on"] is not None:
        run = clock_of(row["kind"], row["due_name"], heard)
        if run is not None:
            return of_clock(run, today)
    if row["closed_on"] is not None:
        return Light("met", words["met"])
    for deadline in KINDS[row["kind"]].flow.deadlines:
        if deadline.duty and deadline.pauses:
            run = clock_of(row["kind"], deadline.name, heard)
            if run is not None and run.status(today) == "paused":
                return of_clock(run, today)
    return Light("open", words["open"])


def marked(light: Light, mark: Mark | None) -> Light:
    """The light with what the kind itself says of the matter, where no clock says anything."""
    if mark is None or light.status not in ("open", "met") or light.due_on is not None:
        return light
    if light.status == "met":
        return replace(light, count=speak(mark.count))
    return Light(mark.status, speak(mark.word), speak(mark.count))


def row_of(matter: Any) -> dict[str, Any]:
    """A matter's columns as `of_row` wants them."""
    return {name: getattr(matter, name) for name in COLUMNS}
