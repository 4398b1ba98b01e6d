"""What holds between processes: numbers without gaps, no lost update, no ring of waiting, nothing half written."""

import pytest

from tests.kernel.conftest import Apart

pytestmark = pytest.mark.django_db  # run on PostgreSQL too, each time on a database apart


def test_numbers_and_places_have_no_gaps(apart: Apart) -> None:
    after = apart.play("numbering")
    assert after["exits"] == [0, 0, 0, 0]
    of_2023 = [number for number in after["numbers"] if "2023" in number]
    assert sorted(of_2023) == sorted(f"（2023）飞虹人调字第{n}号" for n in range(1, 101))
    assert after["places"] == list(range(1, len(after["places"]) + 1))
    assert after["faults"] == []


def test_no_update_is_lost(apart: Apart) -> None:
    after = apart.play("racing")
    assert after["exits"] == [0, 0, 0, 0]
    both, one, seen = after["of"]
    assert (both, one, seen) == (1 + 4 * 6, 2, 2)
    assert after["faults"] == []


def test_nobody_waits_in_a_ring(apart: Apart) -> None:
    after = apart.play("crossing")
    assert after["exits"] == [0, 0, 0, 0, 0]
    assert after["counted"] == 40
    assert [fault for fault in after["faults"] if "a/T" not in fault[2]] == []


def test_a_killed_writer_leaves_nothing_half_there(apart: Apart) -> None:
    after = apart.play("crashing")
    for name, n, status, untouched in after["left"]:
        assert status == -9, (name, n)
        assert untouched, f"killed after statement {n} of {name}: something stayed"
    assert {name for name, *_ in after["left"]} == {"open", "act"}
    assert after["faults"] == []


def test_proof_amid_writers(apart: Apart) -> None:
    after = apart.play("proving")
    assert after["exits"] == [0, 0, 0]
    assert after["faults"] == []


def test_a_budget_is_not_given_out_twice(apart: Apart) -> None:
    after = apart.play("sharing")
    assert after["exits"] == [0, 0, 0, 0, 0]
    assert after["approved"] == 2
    assert after["cap"] in (850, 1000)
    assert after["faults"] == []
