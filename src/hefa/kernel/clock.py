"""Deadlines as a pure fold: steps taken in, due day and the reason for every day out.

`run` gives the whole explanation, `due_only` the bare answer for bulk work, `count` a term without a matter.
The day that starts a clock does not count. Days after a pause, up to and including the day of its end, do not
count either. A term that ends on a rest day ends on the first working day after it. Terms are read on the day
their clock starts, extensions on the day they are granted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args

from . import law
from .days import ONE_DAY, add_months, add_working, describe, in_words, is_workday, spans_estimated, working_between
from .flow import Deadline
from .law import Term, Unit, quantity

Status = Literal["running", "due_soon", "overdue", "lapsed", "paused", "met", "met_late"]
_LABELS = ("正常", "临期", "超期", "已失权", "中止", "按期办结", "逾期办结")
STATUS_LABELS: dict[str, str] = dict(zip(get_args(Status), _LABELS, strict=True))
# A clock is near its end from the last quarter of its term, or the last three days.
SOON_PART, SOON_DAYS = 4, 3


class Event(NamedTuple):
    """A step taken on a day. `days`: the length granted, where the step extends and its answers say so."""

    step: str
    day: dt.date
    days: int | None = None


class DayNote(NamedTuple):
    """One day of a clock: whether it counted towards the term, and why."""

    date: dt.date
    counted: bool
    why: str


class Extension(NamedTuple):
    """An extension that took effect. `term` is None where no article sets a length."""

    day: dt.date
    text: str
    term: Term | None


class Leg(NamedTuple):
    """A stretch of the term, in working days or in calendar days."""

    length: int
    working: bool


@dataclass(slots=True)
class _Run:
    """One running of a clock, from its start (or restart) on. Pauses are (day of pause, day of resumption)."""

    started_on: dt.date
    term: Term
    legs: list[Leg]
    months: int = 0  # the whole term in months; 0 when it is not whole months
    pauses: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    paused_since: dt.date | None = None
    met_on: dt.date | None = None
    extensions: list[Extension] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def is_paused(self, day: dt.date) -> bool:
        return any(since < day <= until for since, until in self.pauses) if self.pauses else False


@dataclass(frozen=True)
class Clock:
    """A deadline as it stands. `due_on` is None while the clock is paused and nothing has resumed it.

    `days` runs from the start day to the due day (to the day of the pause while paused); `basis` are citations;
    `remarks` are sentences about a restart, and about steps that came too late to have effect.
    """

    deadline: Deadline | None
    started_on: dt.date
    due_on: dt.date | None
    met_on: dt.date | None
    paused_since: dt.date | None
    estimated: bool
    terms: tuple[Term, ...]
    total: int
    days: tuple[DayNote, ...]
    basis: tuple[str, ...]
    pauses: tuple[tuple[dt.date, dt.date], ...] = ()
    extensions: tuple[Extension, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def term(self) -> Term:
        return self.terms[0]

    @property
    def extended(self) -> bool:
        return bool(self.extensions)

    @property
    def label(self) -> str:
        return self.deadline.label if self.deadline else self.term.label

    def status(self, today: dt.date) -> Status:
        if self.met_on is not None:
            return "met" if self.due_on is None or self.met_on <= self.due_on else "met_late"
        if self.due_on is None:
            return "paused"
        if today > self.due_on:
            return "overdue" if self.deadline is None or self.deadline.duty else "lapsed"
        left = self.remaining(today) or 0
        return "due_soon" if left * SOON_PART <= self.total or left <= SOON_DAYS else "running"

    def remaining(self, today: dt.date) -> int | None:
        """Days left after `today`, working days for a term of working days; negative when past; None once met.

        While paused: what will still have to be counted after resumption.
        """
        if self.met_on is not None:
            return None
        if self.due_on is None:
            return self.total - sum(note.counted for note in self.days)
        if self.term.unit != "working":
            return (self.due_on - today).days
        if today > self.due_on:
            return -working_between(self.due_on, today)
        return sum(note.counted for note in self.days if note.date > today)

    def explain(self) -> list[str]:
        """The reason for the date, as plain lines to read to a person."""
        term, of = self.term, self.term.instrument
        lines = [f"{self.label}：{_based(term.text, term)}"]
        lines.append(f"{in_words(self.started_on)}起算，当日不计入（{law.counting('start', of)}）")
        if term.unit == "working":
            lines += _rests(self.days[1:])
        for since, until in self.pauses:
            lines.append(f"{in_words(since)}中止，{in_words(until)}恢复，其间{(until - since).days}日不计入")
        lines += [_based(f"{in_words(day)}延长{text}", extra) for day, text, extra in self.extensions]
        lines += self.remarks
        nominal = max((note.date for note in self.days if note.counted), default=self.started_on)
        if self.due_on is None:
            lines.append(f"自{in_words(self.paused_since or nominal)}起中止，尚未恢复，届满日待恢复后确定")
        else:
            if nominal != self.due_on:
                rule = law.counting("roll", of)
                lines.append(f"期限最后一日{in_words(nominal)}是休息日，顺延至{in_words(self.due_on)}（{rule}）")
            lines.append(f"届满日：{in_words(self.due_on)}")
        if self.met_on is not None:
            late = self.due_on is not None and self.met_on > self.due_on
            lines.append(f"{in_words(self.met_on)}办结，{'已逾期' if late else '未逾期'}")
        if self.estimated:
            lines.append("期限经过的年份尚无放假安排数据，届满日为估算，待放假通知载入后重算")
        return lines + [_doubt(term) for term in dict.fromkeys(self.terms) if not term.verified]

    def to_json(self) -> dict[str, Any]:
        return {
            "due": self.due_on.isoformat() if self.due_on else None,
            "estimated": self.estimated,
            "days": [{"date": day.isoformat(), "counted": counted, "why": why} for day, counted, why in self.days],
            "basis": list(self.basis),
        }


def run(deadline: Deadline, events: Sequence[Event], today: dt.date | None = None) -> Clock | None:
    """The clock of `deadline` over these steps, or None when nothing has started it.

    Steps are taken by day, those of one day in the order given. With `today`, later steps are left out.
    """
    if today is not None:
        events = [event for event in events if event.day <= today]
    state = _fold(deadline, events)
    return None if state is None else _clock(deadline, state)


def due_only(deadline: Deadline, events: Sequence[Event]) -> tuple[dt.date | None, bool, bool]:
    """`(due_on, estimated, running)` as `run` would give them, without notes. `running`: started and not met."""
    state = _fold(deadline, events)
    if state is None:
        return None, False, False
    if state.paused_since is not None:
        return None, False, state.met_on is None
    nominal, due = _due(state)
    return due, _is_estimated(state, nominal, due), state.met_on is None


def count(start: dt.date, n: int, unit: Unit) -> Clock:
    """A bare term from a day, by the same rules: `count(date(2026, 2, 10), 20, "working")`."""
    if n < 1:
        raise ValueError(f"期限须为正整数：{n}")
    if unit not in law.UNITS:
        raise ValueError(f"期限单位只能是 {'、'.join(law.UNITS)}，现为“{unit}”")
    term = Term(days=n, unit=unit, article=None, label="期限", verified=True, in_force_from=start)
    return _clock(None, _begin(term, start))


def _fold(deadline: Deadline, events: Sequence[Event]) -> _Run | None:
    state: _Run | None = None
    for event in sorted(events, key=attrgetter("day")):
        step, day = event.step, event.day
        if state is None or state.met_on is not None:
            if step in deadline.starts:
                state = _begin(deadline.within.on(day), day)
        elif step in deadline.stops:
            state.met_on = day
        elif step in deadline.restarts:
            state = _begin(deadline.within.on(day), day)
            state.remarks.append(f"{in_words(day)}重新起算，此前经过的日数不计")
        elif step in deadline.extended_by:
            _extend(deadline, state, event)
        elif step in deadline.pauses:
            if state.paused_since is None and day < _due(state)[1]:
                state.paused_since = day
            elif state.paused_since is None:
                state.remarks.append(f"{in_words(day)}的中止不早于届满日，不起作用")
        elif step in deadline.resumes and state.paused_since is not None:
            if day > state.paused_since:
                state.pauses.append((state.paused_since, day))
            state.paused_since = None
    return state


def _begin(term: Term, day: dt.date) -> _Run:
    if term.unit in ("month", "year"):
        months = _months(term)
        return _Run(day, term, [Leg((add_months(day, months) - day).days, False)], months)
    return _Run(day, term, [Leg(term.days, term.unit == "working")])


def _extend(deadline: Deadline, state: _Run, event: Event) -> None:
    """Adds what is granted. After the due day nothing is left to extend."""
    if state.paused_since is None and event.day > _due(state)[1]:
        state.remarks.append(f"{in_words(event.day)}的延长在期满之后，不起作用")
        return
    term = deadline.extension.on(event.day) if deadline.extension else None
    unit = (term or state.term).unit
    months = 0
    if term is not None and unit in ("month", "year"):
        most = _month_days(state, _months(term))
        if event.days is None or event.days >= most:
            months = state.months and state.months + _months(term)
    else:
        most = term.days if term else event.days or 0
    leg = Leg(most if event.days is None else min(event.days, most), unit == "working")
    if leg.length > 0:
        whole = term is not None and leg.length == most
        text = term.text if term and whole else quantity(leg.length, "working" if leg.working else "calendar")
        state.legs.append(leg)
        state.months = months
        state.extensions.append(Extension(event.day, text, term))


def _month_days(state: _Run, months: int) -> int:
    """How many days so many more months are, from the start if it is all months: 31 January + 1 + 1 is 31 March."""
    if state.months:
        return (add_months(state.started_on, state.months + months) - add_months(state.started_on, state.months)).days
    nominal = _due(state)[0]
    return (add_months(nominal, months) - nominal).days


def _months(term: Term) -> int:
    return term.days * (12 if term.unit == "year" else 1)


def _due(state: _Run) -> tuple[dt.date, dt.date]:
    """The last day of the term and the day it rolls to, by arithmetic over the closed pauses."""
    day = state.started_on
    for left, working in state.legs:
        for since, until in state.pauses:
            if until <= day:
                continue
            free = working_between(day, since) if working else (since - day).days
            if free >= left:
                break
            left -= free
            day = until
        day = add_working(day, left) if working else day + dt.timedelta(days=left)
    due = day
    while not is_workday(due) or state.is_paused(due):
        due += ONE_DAY
    return day, due


def _is_estimated(state: _Run, nominal: dt.date, due: dt.date) -> bool:
    """Working days depend on every year they run through; calendar days only on how the last one rolls."""
    if any(leg.working for leg in state.legs):
        return spans_estimated(min(state.started_on + ONE_DAY, due), due)
    return spans_estimated(nominal, due)


def _walk(state: _Run) -> list[DayNote]:
    """Every day from the start: to the end of the term, or to the day of the open pause."""
    day, last = state.started_on, state.paused_since
    notes = [DayNote(day, False, "起算日不计入")]
    number, before = 0, state.legs[0].working
    for left, working in state.legs:
        if working != before:
            number, before = 0, working
        while left and (last is None or day < last):
            day += ONE_DAY
            kind = describe(day)
            if state.is_paused(day):
                notes.append(DayNote(day, False, "中止期间不计入"))
            elif working and not kind.workday:
                notes.append(DayNote(day, False, kind.why))
            else:
                number += 1
                left -= 1
                made_up = f"，{kind.why}" if working and kind.why != "工作日" else ""
                notes.append(DayNote(day, True, f"第{number}{'个工作' if working else ''}日{made_up}"))
    return notes


def _roll(state: _Run, notes: list[DayNote]) -> bool:
    """Carries the last day over rest days and pauses, with a note for each; whether it had to."""
    day, counted, why = notes[-1]
    kind = describe(day)
    if kind.workday:
        return False
    notes[-1] = DayNote(day, counted, f"{why}，期限最后一日，{kind.why}")
    while True:
        day += ONE_DAY
        kind = describe(day)
        if state.is_paused(day):
            notes.append(DayNote(day, False, "中止期间，顺延"))
        elif kind.workday:
            notes.append(DayNote(day, False, "顺延至休息日后的第一个工作日，届满"))
            return True
        else:
            notes.append(DayNote(day, False, f"{kind.why}，顺延"))


def _clock(deadline: Deadline | None, state: _Run) -> Clock:
    notes = _walk(state)
    due, estimated, rolled = None, False, False
    if state.paused_since is None:
        nominal = notes[-1].date
        rolled = _roll(state, notes)
        due = notes[-1].date
        estimated = _is_estimated(state, nominal, due)
    terms = (state.term, *(extension.term for extension in state.extensions if extension.term is not None))
    return Clock(
        deadline=deadline,
        started_on=state.started_on,
        due_on=due,
        met_on=state.met_on,
        paused_since=state.paused_since,
        estimated=estimated,
        terms=terms,
        total=sum(leg.length for leg in state.legs),
        days=tuple(notes),
        basis=_basis(terms, rolled),
        pauses=tuple(state.pauses),
        extensions=tuple(state.extensions),
        remarks=tuple(state.remarks),
    )


def _basis(terms: Sequence[Term], rolled: bool) -> tuple[str, ...]:
    """The articles of the terms, then those of the counting rules that were used; each once."""
    of = terms[0].instrument
    rules = ["start"]
    if any(term.unit in ("month", "year") for term in terms):
        rules.append("month")
    if rolled:
        rules.append("roll")
    cited = [term.citation for term in terms] + [str(law.counting(rule, of)) for rule in rules]
    return tuple(dict.fromkeys(text for text in cited if text))


def _based(text: str, term: Term | None) -> str:
    return f"{text}，依据{term.citation}" if term and term.citation else text


def _doubt(term: Term) -> str:
    doubt = "的依据尚未核实" if term.article else "不是法律规定的期限"
    return f"“{term.label}”{doubt}" + (f"：{term.remark}" if term.remark else "")


def _rests(notes: Sequence[DayNote]) -> list[str]:
    """What the calendar did to a term of working days: holidays by stretch, make-up days, weekends in one line."""
    lines = []
    for why, group in groupby(notes, key=attrgetter("why")):
        days = [note.date for note in group]
        span = in_words(days[0]) + (f"至{in_words(days[-1])}" if len(days) > 1 else "")
        if why.endswith("放假"):
            lines.append(f"{span}{why}，不计入")
        elif "调休" in why:
            lines.append(f"{span}{why.partition('，')[2]}，计入")
    weekends = sum(note.why in ("周六", "周日") for note in notes)
    return [*lines, f"周六、周日共{weekends}日，不计入"] if weekends else lines
