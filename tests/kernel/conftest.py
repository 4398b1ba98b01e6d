"""Ground for the kernel's database tests: a town built once a module, rolled back with it."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.kernel.town import Town, build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ground(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Town]:
    """The town, in a transaction of the module. What a test of the module adds is rolled back after the test."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def town(ground: Town, db: None) -> Town:
    return ground


@pytest.fixture(scope="module")
def history(ground: Town) -> dict[str, int]:
    """A life of some thirty entries: {what happened: its place}."""
    from hefa.kernel import proof
    from hefa.kernel.ledger import Entry, note
    from tests.kernel import town

    places: dict[str, int] = {}
    opened = [town.accept(ground, amount="500", mediator="赵调解") for _ in range(6)]
    one, two, three, four, five, six = opened
    places["opening"] = Entry.objects.get(matter=three).pk
    places["agreement"] = town.settle(ground, one).pk
    town.settle(ground, two)
    places["note"] = note("reveal", actor=ground.head, matter=two, answers={"reason": "核对"}).pk
    places["amendment"] = town.take(ground, two, "amend", {"reason": "笔误", "amount": "800"}, who="chair").pk
    town.take(ground, three, "escalate", {"office": ground.street.pk, "reason": "疑难"})
    town.take(ground, four, "sit", {"record": "第一次"})
    town.take(ground, four, "terminate", {"ground": "hopeless"})
    places["revocation"] = town.take(ground, four, "revoke", {"reason": "误办"}, who="chair").pk
    town.take(ground, five, "revoke", {"reason": "重复登记"}, who="chair")
    places["settled"] = town.settle(ground, six).pk
    town.take(ground, six, "perform", {"performance": "in_time"})
    for n in range(8):
        town.take(ground, four, "sit", {"record": f"又一次 {n}"})
    last = town.accept(ground, title="最后一件")
    places["tail_opening"] = Entry.objects.get(matter=last).pk
    places["tail"] = town.take(ground, last, "sit", {"record": "末次"}).pk
    assert proof.verify().faults == []
    return places


@pytest.fixture
def places(history: dict[str, int], town: Town) -> Iterator[dict[str, int]]:
    """The history with its triggers off; what a test does to it is undone before constraints are looked at."""
    from django.db import transaction

    from tests.kernel import damage

    with transaction.atomic():
        damage.unlock()
        yield history
        transaction.set_rollback(True)


class Apart:
    """A database of its own beside the one of the tests, for what has to be committed for real."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self.environment = {**os.environ, "HEFA_DATA": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        if url:
            self.environment["HEFA_DATABASE_URL"] = url

    def python(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `python WORDS` on this database."""
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def play(self, scenario: str) -> dict[str, Any]:
        """The outcome of a scenario of `tests/kernel/scenarios.py`."""
        return json.loads(self.python("-m", "tests.kernel.scenarios", scenario).stdout)


def _server() -> str:
    """The address of the tests' PostgreSQL server, empty on SQLite."""
    return os.environ.get("HEFA_DATABASE_URL", "")


@pytest.fixture(scope="session")
def first_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    """The prepared database that each test gets a copy of."""
    url = _server()
    home = tmp_path_factory.mktemp("apart")
    with _database(url) as address:
        apart = Apart(home, address)
        apart.play("prepare")
        yield apart


@pytest.fixture
def apart(first_apart: Apart, tmp_path: Path) -> Iterator[Apart]:
    home = tmp_path / "data"
    shutil.copytree(first_apart.home, home)
    with _database(_server(), first_apart.environment.get("HEFA_DATABASE_URL", "")) as address:
        yield Apart(home, address)


@contextlib.contextmanager
def _database(url: str, template: str = "") -> Iterator[str]:
    """A new database on the server: its address. On SQLite nothing, for the folder is the database."""
    if not url:
        yield ""
        return
    import psycopg

    parts = urlsplit(url)
    name = f"apart_{secrets.token_hex(4)}"
    source = f" TEMPLATE {urlsplit(template).path.strip('/')}" if template else ""
    server = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{source}")
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
