"""Clocks: what must hold of any of them, whatever steps are taken when."""

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from hefa.kernel import clock, days
from hefa.kernel.clock import Event
from hefa.kernel.flow import Deadline
from hefa.kernel.law import instrument

SHAPE = {
    "starts": ("receive",),
    "stops": ("answer",),
    "pauses": ("consult",),
    "resumes": ("hear",),
    "restarts": ("correct",),
    "extended_by": ("extend",),
}


def deadline(id, within, extension=None):
    law = instrument(id)
    longer = law.term(extension) if extension else None
    return Deadline(name="d", label="答复期限", within=law.term(within), extension=longer, **SHAPE)


ANSWER, HANDLE = deadline("foi", "answer", "extension"), deadline("petition", "handle", "extension")
# A month extended by a month is no law's; the arithmetic must hold all the same.
MONTHLY = deadline("ningbo_mediation", "mediation", "mediation")
ALL = (ANSWER, HANDLE, MONTHLY, deadline("ningbo_mediation", "mediation"), deadline("litigation", "sue"))

some_day = st.dates(dt.date(2022, 5, 1), dt.date(2029, 12, 31))
# Steps follow each other closely, so that most of them fall inside the term.
some_steps = st.lists(
    st.tuples(
        st.sampled_from(["consult", "hear", "consult", "hear", "extend", "extend", "correct", "receive", "answer"]),
        st.integers(0, 16),
        st.none() | st.integers(0, 40),
    ),
    max_size=8,
)


def taken_from(start, raw):
    taken = [Event("receive", start)]
    for step, gap, granted in raw:
        taken.append(Event(step, taken[-1].day + dt.timedelta(days=gap), granted))
    return taken


@given(st.sampled_from(ALL), some_day, some_steps)
def test_the_fast_path_equals_the_full_one(which, start, raw):
    taken = taken_from(start, raw)
    full = clock.run(which, taken)
    assert clock.due_only(which, taken) == (full.due_on, full.estimated, full.met_on is None)


@given(some_day, some_steps)
def test_notes_are_consecutive_and_count_to_the_term(start, raw):
    result = clock.run(ANSWER, taken_from(start, raw))
    dates = [note.date for note in result.days]
    assert dates == [result.started_on + dt.timedelta(days=n) for n in range(len(dates))]
    counted = [note for note in result.days if note.counted]
    assert all(note.why for note in result.days) and all(days.is_workday(note.date) for note in counted)
    if result.due_on is None:
        assert len(counted) < result.total
    else:
        assert dates[-1] == result.due_on == counted[-1].date
        assert len(counted) == result.total <= 20 + 20 * len(result.extensions)


@given(some_day, st.integers(1, 120), st.sampled_from(["working", "calendar", "month"]))
def test_the_due_day_is_worked_and_late_enough(start, n, unit):
    n = n if unit != "month" else n % 24 + 1
    result = clock.count(start, n, unit)
    assert days.is_workday(result.due_on)
    assert result.due_on >= start + dt.timedelta(days=n)
    if unit == "working":
        assert days.working_between(start, result.due_on) == n


@given(some_day, st.integers(1, 60), st.sampled_from(["working", "calendar", "month"]), st.integers(0, 40))
def test_later_starts_and_longer_terms_never_end_earlier(start, n, unit, more):
    n = n if unit != "month" else n % 12 + 1
    first = clock.count(start, n, unit).due_on
    assert clock.count(start + dt.timedelta(days=more), n, unit).due_on >= first
    assert clock.count(start, n + 1, unit).due_on >= first


@given(some_day, st.integers(0, 40), st.integers(1, 60))
def test_a_pause_moves_the_end_by_the_working_days_it_covers(start, after, length):
    plain = clock.run(ANSWER, [Event("receive", start)]).due_on
    since = start + dt.timedelta(days=after)
    assume(since < plain)
    until = since + dt.timedelta(days=length)
    paused = clock.run(ANSWER, [Event("receive", start), Event("consult", since), Event("hear", until)]).due_on
    left = days.working_between(since, plain)
    assert paused == days.add_working(until, left)
    assert days.working_between(plain, paused) == days.working_between(since, until)


@given(some_day, st.integers(0, 60), st.integers(1, 60))
def test_a_pause_moves_calendar_days_by_its_length_before_rolling(start, after, length):
    since = start + dt.timedelta(days=after)
    assume(after < 60)
    taken = [Event("receive", start), Event("consult", since), Event("hear", since + dt.timedelta(days=length))]
    assert clock.run(HANDLE, taken).due_on == days.next_workday(start + dt.timedelta(days=60 + length))
