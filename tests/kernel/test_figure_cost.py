"""What figures cost: the index that knows kind, step and day is used, and a derived figure asks no more than its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.kernel.figure import Derived, Period, figures, find_figure
from hefa.kernel.ledger import Entry
from tests.kernel.town import Town, accept, settle

pytestmark = pytest.mark.django_db
YEAR = Period.year(2023)
WHOLE_LEDGER = ("(revokes_id=?)", "SCAN kernel_entry")


def plans(work: Callable[[], Any]) -> list[str]:
    """How SQLite goes about the queries of some work, but for the look from an entry to the one that takes it back."""
    with CaptureQueriesContext(connection) as asked:
        work()
    lines: list[str] = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            lines += [line[3] for line in cursor.fetchall() if "LEFT-JOIN" not in line[3]]
    return lines


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the trap is SQLite's")
@pytest.mark.parametrize("name", figures())
def test_no_figure_reads_the_whole_ledger(name: str, town: Town) -> None:
    lines = plans(lambda: find_figure(name).result(YEAR, town.street))
    assert not [line for line in lines if any(sign in line for sign in WHOLE_LEDGER)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the trap is SQLite's")
def test_steps_of_one_matter_are_found_by_the_matter(town: Town) -> None:
    matter = accept(town)
    lines = plans(lambda: list(Entry.objects.steps().filter(matter=matter, revoked=None).order_by("id")))
    assert any("entry_by_matter" in line for line in lines), lines


@pytest.mark.parametrize("name", [name for name, figure in figures().items() if isinstance(figure, Derived)])
def test_a_derived_figure_asks_what_its_parts_ask(name: str, town: Town, django_assert_max_num_queries: Any) -> None:
    settle(town, accept(town))
    figure = find_figure(name)
    with django_assert_max_num_queries(6):  # two parts of at most three: rows, a sum, and whether zero is a figure
        found = figure.result(YEAR, town.street)
    assert isinstance(figure, Derived)
    assert found.rows == figure.rows(YEAR, town.street).count()
    assert found.digest == find_figure(figure.of).result(YEAR, town.street).digest
