"""The chain alone, without a database: whatever is done to it is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.kernel.walk import GENESIS, Fault, Head, Row, Walk, seal_of

SIZE = 24


def chain(size: int = SIZE) -> list[Row]:
    rows: list[Row] = []
    for place in range(1, size + 1):
        prev, content = rows[-1].seal if rows else GENESIS, f"words {place}".encode()
        rows.append(Row(place, prev, content, seal_of(prev, content)))
    return rows


def look(rows: list[Row], head: Head | None) -> list[Fault]:
    walk = Walk()
    walk.feed(sorted(rows))

    def locate(seals: set[str]) -> dict[str, list[int]]:
        return {seal: [row.place for row in sorted(rows) if row.seal == seal] for seal in seals}

    assert walk.entries == len(rows)
    return walk.faults(head, locate, lambda place: None)


def head_of(rows: list[Row]) -> Head:
    return Head(rows[-1].place, rows[-1].seal) if rows else Head(0, GENESIS)


@given(st.integers(0, 60))
def test_what_was_written_is_whole(size: int) -> None:
    assert look(chain(size), head_of(chain(size))) == []


def test_an_edit_found_in_parts_of_a_stream() -> None:
    """Rows may be fed in any portions."""
    rows = chain()
    walk = Walk()
    for row in rows:
        walk.feed([row])
    assert walk.faults(head_of(rows), lambda seals: {}, lambda place: None) == []


place = st.integers(1, SIZE)
text = st.text("0123456789abcdef", min_size=64, max_size=64)


def _edited(rows: list[Row], at: int, words: bytes, anew: bool) -> list[Row]:
    row = rows[at - 1]
    seal = seal_of(row.prev, words) if anew else row.seal
    return [*rows[: at - 1], row._replace(content=words, seal=seal), *rows[at:]]


def _swapped(rows: list[Row], one: int, other: int) -> list[Row]:
    a, b = rows[one - 1], rows[other - 1]
    return [row for row in rows if row not in (a, b)] + [a._replace(place=other), b._replace(place=one)]


def _inserted(rows: list[Row], at: int, prev: str, seal: str | None) -> list[Row]:
    moved = [row._replace(place=row.place + (row.place >= at)) for row in rows]
    return [*moved, Row(at, prev, b"forged", seal or seal_of(prev, b"forged"))]


def words(faults: list[Fault]) -> list[tuple[int, str]]:
    return [(fault.entry, fault.fault) for fault in faults]


@given(place, st.booleans())
def test_an_edit_is_one_fault(at: int, anew: bool) -> None:
    assert words(look(_edited(chain(), at, b"other", anew), head_of(chain()))) == [(at, "altered")]


@given(place, text, text)
def test_a_row_replaced_altogether(at: int, prev: str, seal: str) -> None:
    for forged in (seal, seal_of(prev, b"forged")):
        rows = [row if row.place != at else Row(at, prev, b"forged", forged) for row in chain()]
        assert words(look(rows, head_of(chain()))) == [(at, "altered")]


@given(st.sets(place, min_size=1, max_size=SIZE - 1))
def test_deletions_are_named_one_by_one(gone: set[int]) -> None:
    rows = [row for row in chain() if row.place not in gone]
    tail = rows[-1].place if rows else 0
    expected = [(at, "removed") for at in sorted(gone) if at < tail]
    if tail < SIZE:
        expected.append((tail + 1, "cut"))
    assert words(look(rows, head_of(chain()))) == expected


@given(st.integers(1, SIZE - 1))
def test_a_deletion_closed_up(gone: int) -> None:
    rows = [row._replace(place=row.place - (row.place > gone)) for row in chain() if row.place != gone]
    assert words(look(rows, head_of(chain()))) == [(gone, "removed")]


@given(place, place)
def test_a_swap_names_both(one: int, other: int) -> None:
    if one == other:
        return
    expected = sorted([(one, "reordered"), (other, "reordered")])
    assert words(look(_swapped(chain(), one, other), head_of(chain()))) == expected


@given(st.integers(1, SIZE + 1), text, st.integers(0, 4))
def test_an_insertion_is_named(at: int, other: str, how: int) -> None:
    before = chain()[at - 2].seal if at > 1 else GENESIS
    prev, seal = [(before, None), (other, None), (before, other), (other, other), (GENESIS, None)][how]
    assert words(look(_inserted(chain(), at, prev, seal), head_of(chain()))) == [(at, "inserted")]


@given(place, st.integers(1, SIZE + 1))
def test_a_copy_is_named(source: int, at: int) -> None:
    row = chain()[source - 1]
    moved = [one._replace(place=one.place + (one.place >= at)) for one in chain()]
    told = words(look([*moved, row._replace(place=at)], head_of(chain())))
    twins = {one.place for one in moved if one.seal == row.seal} | {at}
    assert len(told) == 1 and told[0][1] == "inserted" and told[0][0] in twins


@given(st.permutations(range(1, SIZE + 1)))
def test_any_other_order_is_found(order: list[int]) -> None:
    rows = [row._replace(place=at) for row, at in zip(chain(), order, strict=True)]
    told = words(look(rows, head_of(chain())))
    assert bool(told) == (order != sorted(order))
    assert all(word in ("reordered", "inserted", "altered") for _, word in told)


damages = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), place, st.booleans()),
        st.tuples(st.just("delete"), place),
        st.tuples(st.just("swap"), place, place),
        st.tuples(st.just("insert"), place, text),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=300)
@given(damages)
def test_no_mixture_of_damage_goes_unseen(mixture: list[tuple[object, ...]]) -> None:
    rows = chain()
    for kind, at, *rest in mixture:
        assert isinstance(at, int)
        found = {row.place: row for row in rows}
        if kind == "edit" and at in found:
            row = found[at]
            seal = seal_of(row.prev, b"other") if rest[0] else row.seal
            rows = [one if one is not row else row._replace(content=b"other", seal=seal) for one in rows]
        elif kind == "delete":
            rows = [row for row in rows if row.place != at]
        elif kind == "swap" and {at, rest[0]} <= found.keys() and at != rest[0]:
            a, b = found[at], found[rest[0]]  # type: ignore[index]
            rows = [row for row in rows if row not in (a, b)]
            rows += [a._replace(place=b.place), b._replace(place=a.place)]
        elif kind == "insert":
            rows = _inserted(rows, at, str(rest[0]), None)
    told = look(rows, head_of(chain()))
    assert bool(told) == (sorted(rows) != chain())


@pytest.mark.parametrize("rows", [[], chain(3)])
def test_nothing_signed_says_nothing_of_the_end(rows: list[Row]) -> None:
    assert look(rows, None) == []
