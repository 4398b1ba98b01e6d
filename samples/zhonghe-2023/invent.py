"""Inventing: people who cannot exist, days that look like work, numbers as they stand on paper. All from one seed."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

HERE = Path(__file__).resolve().parent
T = TypeVar("T")

# GB 11643-1999. 990000 is no area code, so that no such number was ever given out.
_AREA = "990000"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Days on which offices are shut for long: hardly anything happens. Spring Festival, May Day, National Day.
_SHUT = tuple(
    (date.fromisoformat(first), date.fromisoformat(last))
    for first, last in (
        ("2022-01-31", "2022-02-06"), ("2022-04-30", "2022-05-04"), ("2022-10-01", "2022-10-07"),
        ("2023-01-21", "2023-01-27"), ("2023-04-29", "2023-05-03"), ("2023-09-29", "2023-10-06"),
        ("2024-02-10", "2024-02-17"),
    )
)  # fmt: skip
_WEEKDAYS = (10, 9, 9, 9, 8, 3, 1.5)


@dataclass(frozen=True)
class Office:
    code: str
    name: str
    short: str
    level: str


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    office: str
    role: str


def read_words() -> dict[str, Any]:
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


def read_offices() -> list[Office]:
    with (HERE / "offices.csv").open(encoding="utf-8", newline="") as lines:
        return [Office(row["code"], row["name"], row["short"], row["level"]) for row in csv.DictReader(lines)]


def read_people() -> list[Person]:
    with (HERE / "people.csv").open(encoding="utf-8", newline="") as lines:
        return [Person(row["username"], row["name"], row["office"], row["role"]) for row in csv.DictReader(lines)]


class Inventor:
    """One seeded source of everything that is made up."""

    def __init__(self, seed: int, words: dict[str, Any]) -> None:
        self.random = Random(seed)
        self.words = words
        self._phones = 0
        self._credentials = 0

    def pick(self, options: Sequence[T]) -> T:
        return options[self.random.randrange(len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        return self.random.choices(options, weights)[0]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def between(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def name(self) -> str:
        words = self.words
        return self.pick(words["surnames"]) + self.pick(words["given"]) + self.pick(words["given_last"])

    def id_no(self, oldest: int = 1942, youngest: int = 2001) -> str:
        """A number with a right check sign in an area that does not exist; never the same twice."""
        self._credentials += 1
        born = date(self.between(oldest, youngest), 1, 1) + timedelta(days=self.between(0, 364))
        body = f"{_AREA}{born:%Y%m%d}{self._credentials % 1000:03d}"
        return body + "10X98765432"[sum(w * int(c) for w, c in zip(_WEIGHTS, body, strict=True)) % 11]

    def phone(self) -> str:
        """A mobile number in a block that carriers have not opened."""
        self._phones += 1
        return f"1990000{(self._phones * 7919) % 10000:04d}"

    def company(self, trade: str) -> str:
        return f"宁波{self.pick(self.words['firms'])}{self.words['trades'][trade]}"

    def amount(self, low: int, high: int) -> int:
        """An amount in 元, small ones being the rule, rounded as people settle."""
        raw = low + (high - low) * self.random.random() ** 2.2
        step = 10 if raw < 1000 else 100 if raw < 20000 else 500
        return max(step, round(raw / step) * step)

    def day_in(self, first: date, last: date, months: Sequence[float] = (1,) * 12) -> date:
        """A day of the span, by the weight of its month and weekday."""
        span = (last - first).days
        heaviest = max(months)
        while True:
            day = first + timedelta(days=self.between(0, span))
            if self.chance(months[day.month - 1] / heaviest) and self.chance(_liveliness(day)):
                return day

    def after(self, day: date, low: int, high: int) -> date:
        """A lively day `low` to `high` days later; at the latest `high`."""
        for _ in range(8):
            found = day + timedelta(days=self.between(low, high))
            if self.chance(_liveliness(found)):
                return found
        return day + timedelta(days=high)

    def workday(self, day: date, low: int, high: int) -> date:
        """The same, Monday to Friday and no long holiday: what offices do among themselves."""
        found = self.after(day, low, high)
        while found.weekday() > 4 or _is_shut(found):
            found += timedelta(days=1)
        return found


def _is_shut(day: date) -> bool:
    return any(first <= day <= last for first, last in _SHUT)


def _liveliness(day: date) -> float:
    return _WEEKDAYS[day.weekday()] / _WEEKDAYS[0] * (0.08 if _is_shut(day) else 1)
