"""What must hold between several processes, run apart from the test process: `python -m tests.kernel.scenarios NAME`.

Works on the database that HEFA_DATA or HEFA_DATABASE_URL names, prepared by the scenario `prepare`; prints one JSON
document. Writers are forked, so that each has a connection of its own.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any


class Rolled(Exception):
    """Thrown after a number was given out, to take it back."""


def fork(*works: Callable[[], None]) -> list[int]:
    """Run each work in a process of its own, all at once. Returns their exit statuses (negative: killed by)."""
    from django.db import connections

    connections.close_all()
    children = []
    for work in works:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work()
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def known() -> Any:
    """The town as `prepare` left it."""
    from hefa.kernel.people import Actor, Office, Person
    from tests.kernel.town import Town

    offices = {office.code.removeprefix("T-"): office for office in Office.objects.all()}
    return Town(offices, {person.username: Actor.of(person) for person in Person.objects.all()})


def standing() -> dict[str, Any]:
    """What the record looks like, and what its proof says."""
    from hefa.kernel import proof
    from hefa.kernel.ledger import Entry
    from hefa.kernel.matter import Matter

    found = proof.verify()
    return {
        "numbers": sorted(Matter.objects.values_list("number", flat=True)),
        "places": list(Entry.objects.order_by("id").values_list("id", flat=True)),
        "turns": sorted(Matter.objects.values_list("turn", flat=True)),
        "faults": [list(fault) for fault in found.faults],
    }


def prepare() -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import transaction

    from tests.kernel import town

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        built = town.build()
    for n in range(4):
        matter = town.accept(built, day=date(2022, 3, 1 + n))
        if n:
            town.settle(built, matter, day=date(2022, 4, 1 + n))
    return standing()


def numbering() -> dict[str, Any]:
    """Four writers open 25 matters each in one series, and now and then lose one after it was numbered."""
    from django.db import transaction

    from tests.kernel import town

    def write(seed: int) -> None:
        built = known()
        for n in range(25):
            if (n + seed) % 4 == 0:
                try:
                    with transaction.atomic():
                        town.accept(built)
                        raise Rolled
                except Rolled:
                    pass
            town.accept(built)

    return {"exits": fork(*(lambda seed=seed: write(seed) for seed in range(4)))} | standing()


def racing() -> dict[str, Any]:
    """Four writers act on the same matter: steps that may both be taken, then steps of which only one may."""
    from hefa.kernel.answers import Refused
    from hefa.kernel.matter import Matter
    from tests.kernel import town

    both, one, seen = (town.accept(known()) for _ in range(3))

    def write(name: int) -> None:
        built = known()
        for n in range(6):
            town.take(built, both, "sit", {"record": f"第 {name}-{n} 次"})
        for work in (
            lambda: town.take(built, one, "terminate", {"ground": "hopeless"}),
            lambda: town.act(
                seen, "sit", actor=built.mediator, day=town.DAY, answers={"record": f"{name}"}, seen=seen.turn
            ),
        ):
            try:
                work()
            except Refused:
                continue

    exits = fork(*(lambda name=name: write(name) for name in range(4)))
    turns = [Matter.objects.get(pk=matter.pk).turn for matter in (both, one, seen)]
    return {"exits": exits, "of": turns} | standing()


def crossing() -> dict[str, Any]:
    """Imports, steps and openings that arise from a matter just being acted on, all at once: nobody waits in a ring."""
    from hefa.kernel.act import Play, play_many, rehearse
    from hefa.kernel.ledger import Chain, Counter, database
    from hefa.kernel.matter import find_kind
    from tests.kernel import town

    origin = town.accept(known())
    kind = find_kind(town.DISPUTE)

    def importing() -> None:
        built = known()
        play = Play(built.feihong, [("accept", town.DAY, town.answers())])
        for _ in range(8):
            play_many(kind, [rehearse(kind, play, built.head) for _ in range(3)])

    def acting() -> None:
        built = known()
        for n in range(20):
            town.take(built, origin, "sit", {"record": str(n)})

    def arising() -> None:
        built = known()
        for _ in range(20):
            town.accept(built, arises_from=origin.pk)

    def counting(before: str, late: bool) -> None:
        """A series whose key sorts before the head's: asked for with the head, or after it as imports do."""
        from django.db import transaction

        for _ in range(20):
            with transaction.atomic(using=database()):
                chain = Chain() if late else Chain(before)
                time.sleep(0.001)
                chain.next_number(before)
                chain.save()

    exits = fork(importing, acting, arising, lambda: counting("a/T/2023", False), lambda: counting("a/T/2023", True))
    return {"exits": exits, "counted": Counter.objects.get(key="a/T/2023").value} | standing()


def crashing() -> dict[str, Any]:
    """SIGKILL before the n-th statement of an opening and of a step, for every n: all or nothing."""
    from django.db import connection

    from tests.kernel import town

    left = []
    matter = town.Matter.objects.order_by("pk").first()
    works: dict[str, Callable[[Any], Any]] = {
        "open": lambda built: town.accept(built),
        "act": lambda built: town.take(built, matter, "terminate", {"ground": "hopeless", "reason": "谈不拢"}),
    }
    for name, work in works.items():
        before = town.everything()
        for n in range(1, 20):
            reached = fork(lambda work=work, n=n: _killed(work, n))
            if reached == [0]:
                break
            left.append([name, n, reached[0], town.everything() == before])
    connection.close()
    return {"left": left} | standing()


def _killed(work: Callable[[Any], Any], at: int) -> None:
    """Take a step, and die right after statement `at` of it."""
    from django.db import connection

    built, done = known(), 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal done
        result = execute(sql, params, many, context)
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(count):
        work(built)


def proving() -> dict[str, Any]:
    """Verification while others write sees one state, and keeps nobody from writing."""
    from hefa.kernel import proof
    from tests.kernel import town

    def write() -> None:
        built = known()
        for _ in range(15):
            town.settle(built, town.accept(built))

    def verify() -> None:
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            found = proof.verify()
            assert found.ok, found.faults

    return {"exits": fork(write, write, verify)} | standing()


def sharing() -> dict[str, Any]:
    """Four leaders at once approve what a budget has room for only twice, while a fifth cuts it as far as it goes."""
    from hefa.kernel.act import act, open_matter
    from hefa.kernel.answers import Refused
    from hefa.kernel.matter import Matter
    from hefa.kernel.people import Actor, Office

    street, day, operator = Office.objects.filter(level="street").first(), date(2023, 3, 6), Actor.operator()
    told = {"category": "car_running", "year": 2023, "cap": 1000, "basis": "样"}
    budget = open_matter("spending.budget", actor=operator, office=street, day=day, answers=told)
    asked = {"title": "用车", "category": "car_running", "happens_on": day, "planned": 400}
    expenses = [
        open_matter("spending.expense", actor=operator, office=street, day=day, answers=asked) for _ in range(4)
    ]

    def take(matter: Matter, step: str, answers: dict[str, Any]) -> None:
        with suppress(Refused):
            act(matter, step, actor=operator, day=day, answers=answers)

    exits = fork(
        *(lambda one=one: take(one, "approve", {"approved": 400}) for one in expenses),
        lambda: take(budget, "adjust", {"cap": 850, "basis": "样", "reason": "压减"}),
    )
    approved = Matter.objects.filter(kind="spending.expense", state="approved").count()
    cap = int(Matter.objects.get(pk=budget.pk).case.cap)  # type: ignore[attr-defined]
    return {"exits": exits, "approved": approved, "cap": cap} | standing()


SCENARIOS = {work.__name__: work for work in (prepare, numbering, racing, crossing, crashing, proving, sharing)}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(SCENARIOS[sys.argv[1]](), ensure_ascii=False))
