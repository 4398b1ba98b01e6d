"""What says the same moves nothing, whatever is open."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefa.kernel import dues
from hefa.kernel.clock import Event, due_only
from hefa.kernel.layers import current, folder, layers, reading
from hefa.kernel.matter import KINDS, Matter
from hefa.statutes.updates.candidate import read
from hefa.statutes.updates.moves import effects, moves

from .conftest import NOTICE_2027, file

LAW_FILES = sorted(
    path.stem for path in folder().glob("*.toml") if path.stem not in ("counting", "holidays", "repealed")
)
CLOCKS = [(label, deadline.name) for label, kind in KINDS.items() for deadline in kind.flow.deadlines]


def open_matter_of(label: str, clock: str, day: date) -> Matter:
    """A matter, in memory, whose clock started on a day."""
    deadline = KINDS[label].flow.deadline(clock)
    trail = [[deadline.starts[0], day.isoformat(), None, 1, None]]
    return Matter(pk=1, kind=label, number="1", state=next(iter(KINDS[label].flow.states)), trail=trail)


@pytest.mark.parametrize("name", LAW_FILES)
def test_the_programs_own_files_are_nothing_new(name: str) -> None:
    made = read(folder() / f"{name}.toml")
    assert made.faults == [] and effects(made, current(), layers(folder(), (folder(),))) == []


def test_the_programs_own_published_years_are_nothing_new(tmp_path: Path) -> None:
    text = (folder() / "holidays.toml").read_text("utf-8")
    official = text[text.index("[2025]") : text.index("[2027]")]
    made = read(file(tmp_path, official))
    place = tmp_path / "update"
    place.mkdir()
    made.write(place)
    assert made.faults == [] and effects(made, current(), layers(folder(), (place,))) == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CLOCKS), st.dates(date(2019, 1, 1), date(2029, 12, 31)))
def test_an_update_that_changes_nothing_moves_nothing(clock: tuple[str, str], day: date) -> None:
    """The program's folder laid over itself: every clock of every flow, from any day."""
    matter = open_matter_of(*clock, day)
    found = moves([matter], current(), layers(folder(), (folder(),)))
    assert found.moved == [] == found.certain


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(CLOCKS), st.dates(date(2026, 6, 1), date(2027, 12, 31)))
def test_a_clock_moves_exactly_when_its_day_differs(tmp_path: Path, clock: tuple[str, str], day: date) -> None:
    """The report is held against the two readings one by one, and nothing before 2027 is touched."""
    place = tmp_path / "update"
    place.mkdir(exist_ok=True)
    made = read(file(tmp_path, NOTICE_2027))
    made.write(place)
    label, name = clock
    matter, deadline = open_matter_of(label, name, day), KINDS[label].flow.deadline(name)
    found = moves([matter], current(), layers(folder(), (place,)))
    heard = (Event(deadline.starts[0], day),)
    try:
        one = due_only(deadline, heard)
        with reading((place,)):
            other = due_only(deadline, heard)
    except LookupError:
        return
    told = next((row for row in found.moved if row["clock"] == name), None)
    assert (told is not None) == (one[0] != other[0])
    if told is not None and one[0] and other[0]:
        assert told["to"] == other[0].isoformat() and told["why"] and max(one[0], other[0]) >= date(2027, 1, 1)
        assert abs(other[0] - one[0]) < timedelta(days=40)


def test_a_matter_is_left_as_it_was() -> None:
    matter = open_matter_of("disclosure.request", "answer", date(2026, 12, 20))
    assert not dues.is_fresh(matter) and matter.due_on is None
