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
