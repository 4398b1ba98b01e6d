"""The dispatch table as lines, and the one way of reading them: the same for today's case and for a rehearsal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A rule as read. `area`: path of the office where it holds ("" the whole street); `type` "" for all types."""

    number: str
    area: str
    type: str
    target: int
    title: str = ""

    def fits(self, area: str, type: str) -> bool:
        return area.startswith(self.area) and self.type in ("", type)

    @property
    def rank(self) -> tuple[bool, int]:
        """The more it names the surer: a type before none, then the nearest place."""
        return bool(self.type), len(self.area)


def best(lines: Iterable[Line], area: str, type: str) -> list[Line]:
    """The lines that decide a case: none, one, or several that say the same of place and type."""
    fitting = [line for line in lines if line.fits(area, type)]
    top = max((line.rank for line in fitting), default=None)
    return [line for line in fitting if line.rank == top]


def decided(lines: Iterable[Line], area: str, type: str) -> Line | None:
    """The line that sends a case; None when none does, or when equal lines name different offices."""
    found = best(lines, area, type)
    return found[-1] if len({line.target for line in found}) == 1 else None


def twins(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that say the same of place and type, in groups."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.area, line.type), []).append(line)
    return [group for group in groups.values() if len(group) > 1]
