"""Lists: what a page, and a search for two characters, costs among very many disputes.

Run, from the checkout, after `./hefa test` has installed what tests need:

    .venv/bin/python benchmarks/lists.py                      1,000,000 disputes on SQLite
    .venv/bin/python benchmarks/lists.py postgresql 200000

Disputes are written straight into the tables, spread over the street's two communities and twenty years: only reading is
measured here. A page is the whole answer over HTTP as the community's mediator gets it, menu and all. Beside it the same
fifty rows as bare SQL, and the same template drawn anew from rows that are already there.
"""

from __future__ import annotations

import datetime as dt
import re
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from ground import database
from similar import titles

PAGES, ROUNDS = 2000, 30
# How often a word stands in the titles: one in forty, one in thirty, one in 7,000, never.
WORDS = ("漏水", "维修", "金云", "铁锅")
YEARS = 20


def fill(town: Any, count: int) -> None:
    """Copies of one dispute under made-up titles, without entries of their own."""
    from tests.kernel import town as making

    from hefa.kernel.matter import KINDS, Matter

    kind: Any = KINDS[making.DISPUTE]
    model = making.accept(town)
    offices, first = [town.feihong.pk, town.qianhe.pk], dt.date(2003, 1, 1)
    named = titles(count)
    for start in range(0, count, 20_000):
        matters = [
            Matter(
                kind=model.kind, number=f"b{n}", title=named[n], office_id=offices[n % 2], state="filed",
                trail=model.trail, opened_on=first + dt.timedelta(n * 365 * YEARS // count), people=model.people,
            )
            for n in range(start, min(start + 20_000, count))
        ]  # fmt: skip
        Matter.objects.bulk_create(matters, batch_size=2000)
        cases = [kind(matter=one, type=f"{n % 18:02}", place="飞虹社区12号") for n, one in enumerate(matters)]
        kind._default_manager.bulk_create(cases, batch_size=2000)


def timed(ask: Callable[[], Any]) -> list[float]:
    """Milliseconds of each round, the quickest first."""
    ask()
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        took.append((time.perf_counter() - start) * 1000)
    return sorted(took)


def told(name: str, took: list[float], more: str = "") -> None:
    print(f"  {name:34} median {statistics.median(took):7.1f} ms, p95 {took[len(took) * 95 // 100]:7.1f} ms{more}")


def keys(count: int) -> str:
    """The key of the page that has 1,999 before it, among the half of the matters that the mediator sees."""
    from hefa.kernel.matter import Matter

    day, pk = (
        Matter.objects.filter(office__short="飞虹").order_by("-opened_on", "-id").values_list("opened_on", "id")
    )[min(PAGES * 50, count // 3)]
    return f"{day}.{pk}"


def run(kind: str, count: int) -> None:
    with database(kind) as town:
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        from hefa.kernel.people import Person

        call_command("collectstatic", verbosity=0, interactive=False)
        start = time.perf_counter()
        fill(town, count)
        if kind == "postgresql":  # which does so by itself, but later; hefa never has SQLite do it
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        print(f"{count:,} disputes on {kind}, written in {time.perf_counter() - start:.0f} s")
        deep = keys(count)
        for role in ("mediator", "head"):
            client = Client(headers={"host": "localhost"})
            person = Person.objects.get(pk=town.actors[role].person_id)
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            print(role)
            for name, address in (
                ("first page", "/list/mediation.dispute/"),
                (f"page {PAGES:,}", f"/list/mediation.dispute/?after={deep}"),
                *((f"search {word}", f"/list/mediation.dispute/?q={word}") for word in WORDS),
            ):
                asked: list[str] = []

                def note(execute: Any, sql: str, *rest: Any, asked: list[str] = asked) -> Any:
                    asked.append(sql)
                    return execute(sql, *rest)

                with connection.execute_wrapper(note):
                    answer = client.get(address)
                assert answer.status_code == 200, answer
                rows = len(re.findall(r'class="row"', answer.content.decode()))
                took = timed(lambda address=address, client=client: client.get(address))  # type: ignore[misc]
                told(name, took, f", {len(asked)} queries, {rows} rows")
        bare(town.feihong.pk)


def bare(office: int) -> None:
    """Fifty rows by the index, as bare SQL, and a table of fifty rows drawn by the template engine."""
    from django.db import connection
    from django.template import engines

    sql = (
        "SELECT m.id, m.number, m.title, m.state, m.opened_on, m.due_on, d.type FROM kernel_matter m"
        " JOIN mediation_dispute d ON d.matter_id = m.id WHERE m.office_id = %s AND m.kind = 'mediation.dispute'"
        " ORDER BY m.opened_on DESC, m.id DESC LIMIT 51"
    )
    template = engines["django"].from_string(
        "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    )

    def ask() -> str:
        with connection.cursor() as cursor:
            cursor.execute(sql, [office])
            return template.render({"rows": cursor.fetchall()})

    print("bare")
    told("fifty rows, and drawn", timed(ask))


if __name__ == "__main__":
    run(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
