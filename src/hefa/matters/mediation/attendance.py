"""Who is there: duty days and leave of mediators, as the ledger has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hefa.kernel import days
from hefa.kernel.flow import AMEND
from hefa.kernel.ledger import Entry

WEEK = "一二三四五六日"
EVERY_DAY, WORKDAYS = "每天", "工作日"
_PIECE = re.compile(rf"(?:周|星期)?([{WEEK}天])(?:(?:至|到|-|—|~)(?:周|星期)?([{WEEK}天]))?")
_STEPS = ("appoint", "roster", "take_leave", "return_early", AMEND)
ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Duty:
    """On which days somebody is on duty: weekdays (Monday 0), or the working days of the calendar."""

    text: str
    weekdays: frozenset[int] = frozenset(range(7))
    by_calendar: bool = False

    def covers(self, day: date) -> bool:
        return days.is_workday(day) if self.by_calendar else day.weekday() in self.weekdays


def read_duty(text: str) -> Duty:
    """Duty days from 每天, 工作日, 周一、周三 or 周一至周五. ValueError with a plain sentence otherwise."""
    bare = re.sub(r"\s", "", text)
    if bare in ("", EVERY_DAY):
        return Duty(EVERY_DAY)
    if bare == WORKDAYS:
        return Duty(WORKDAYS, by_calendar=True)
    found: set[int] = set()
    for piece in re.split(r"[、，,；;]", bare):
        told = _PIECE.fullmatch(piece)
        if told is None:
            raise ValueError(f"“{text}”看不出是哪几天，应写成“每天”“工作日”“周一、周三”或“周一至周五”")
        first, last = (WEEK.index("日" if sign == "天" else sign) for sign in (told[1], told[2] or told[1]))
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return Duty(text, frozenset(found))


@dataclass
class Attendance:
    """One mediator's duty days as last set by a day, and every leave [(first day away, last day away)]."""

    duty: Duty = Duty(EVERY_DAY)
    leaves: list[tuple[date, date]] = field(default_factory=list)

    def absence(self, day: date) -> str | None:
        """Why the mediator is not on duty on a day; None when they are."""
        for first, last in self.leaves:
            if first <= day <= last:
                return f"{days.in_words(first)}至{days.in_words(last)}请假"
        if not self.duty.covers(day):
            return f"{days.in_words(day)}不值班，值班日是{self.duty.text}"
        return None


def attendance(mediators: Iterable[int], day: date) -> dict[int, Attendance]:
    """The attendance of many mediators (ids of their register rows) for a day. One query.

    Leave counts whenever it was put on record; duty days from the day on which they were set.
    """
    found: dict[int, Attendance] = {pk: Attendance() for pk in mediators}
    taken_back = Entry.objects.filter(revokes__isnull=False).values("revokes")
    told = Entry.objects.filter(matter__in=found, step__in=_STEPS, revokes=None, turn__gt=0).exclude(id__in=taken_back)
    for matter, step, on, answers in told.order_by("id").values_list("matter_id", "step", "day", "answers"):
        _hear(found[matter], step, on, answers, day)
    return found


def _hear(one: Attendance, step: str, on: date, answers: dict[str, str], day: date) -> None:
    if answers.get("duty_days") and on <= day:
        one.duty = read_duty(answers["duty_days"])
    if step == "take_leave":
        one.leaves.append((date.fromisoformat(answers["away_from"]), date.fromisoformat(answers["away_until"])))
    elif step == "return_early":
        one.leaves = [(first, min(last, on - ONE_DAY) if first <= on else last) for first, last in one.leaves]
        one.leaves = [(first, last) for first, last in one.leaves if first <= last]
