"""What says the same moves nothing, whatever is open."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefa.kernel import dues
from hefa.kernel.clock import Event, due_only
from hefa.kernel.layers import current, folder, layers, reading
from hefa.kernel.limit import limit, limits
from hefa.kernel.matter import KINDS, Matter
from hefa.statutes.updates.candidate import read
from hefa.statutes.updates.moves import effects, moves

from .conftest import NOTICE_2027, file

LAW_FILES = sorted(
    path.stem for path in folder().glob("*.toml") if path.stem not in ("counting", "holidays", "repealed")
)
CLOCKS = [(label, deadline.name) for label, kind in KINDS.items() for deadline in kind.flow.deadlines]

LIMITS = [(id, name) for id in LAW_FILES for name in limits(id)]


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


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(LIMITS),
    st.dates(date(2010, 1, 1), date(2029, 12, 31)) | st.none(),
    st.integers(0, 60000) | st.none(),
)
def test_a_limit_is_changed_from_its_day_on_or_refused(
    tmp_path: Path, named: tuple[str, str], day: date | None, value: int | None
) -> None:
    """Any limit of the house, from any day (None: its own) and with any number (None: its own)."""
    id, name = named
    held = limits(id)[name][-1]
    began, number = day or held.in_force_from, str(held.value) if value is None else str(value)
    made = read(file(tmp_path, _with_limit(id, name, began, number)))
    same = Fraction(number) == held.value
    assert bool(made.faults) == (began < held.in_force_from or (began == held.in_force_from and not same))
    if made.faults:
        assert {"改写了" in fault.wrong for fault in made.faults} == {True}
        return
    place = Path(mkdtemp(dir=tmp_path))  # what a folder says is read once
    made.write(place)
    after = layers(folder(), (place,))
    told = [one for one in effects(made, current(), after) if one["kind"] == "limit"]
    assert [(one["old"], one["from"]) for one in told] == ([] if same else [(held.text, began.isoformat())])
    with reading((place,)):
        seen = [limit(id, name).on(on).value for on in (held.in_force_from, began, date(2030, 1, 1))]
    assert seen == [held.value if held.in_force_from < began else Fraction(number), Fraction(number), Fraction(number)]


def _with_limit(id: str, name: str, began: date, number: str) -> str:
    """The program's file of a law without its terms, and one limit of it from a day on, with a number."""
    text = (folder() / f"{id}.toml").read_text("utf-8")
    row = next(one for one in tomllib.loads(text)["limits"] if one["name"] == name)
    unit = f'unit = "{row["unit"]}"' if "unit" in row else ""
    head = re.sub(r"in_force_from = \S+", f"in_force_from = {began}", text[: text.index("[[")])
    return (
        f'{head}\n[[limits]]\nname = "{name}"\nlabel = "样本"\nvalue = "{number}"\narticle = {row["article"]}\n{unit}\n'
    )


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
