"""The ground all tests stand on. Its first part runs before Django reads its settings, so tests never meet real data.

HEFA_TEST_DATABASE   sqlite (default) or postgresql: the latter starts a server of its own and runs only the tests that
                     touch the database, leaving out those in a browser.
HEFA_REQUIRE_BROWSER 1: a program that tests need and this machine lacks is a failure, not a reason to skip.
"""

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest

from tests import postgres

DATABASE = os.environ.get("HEFA_TEST_DATABASE", "sqlite")
TOUCHES_DATABASE = {"db", "transactional_db", "live_server"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

_until_exit = contextlib.ExitStack()
atexit.register(_until_exit.close)


def _settle() -> None:
    """Point hefa at a data folder of this process and at the database asked for."""
    os.environ["HEFA_TEST"] = "1"
    os.environ["HEFA_DATA"] = _until_exit.enter_context(tempfile.TemporaryDirectory(prefix="hefa-test-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hefa.site.settings")
    if DATABASE == "sqlite":
        os.environ.pop("HEFA_DATABASE_URL", None)
    elif DATABASE != "postgresql":
        raise pytest.UsageError(f"HEFA_TEST_DATABASE 只能是 sqlite 或 postgresql，现在是 {DATABASE}")
    elif "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit the address of their controller's server
        os.environ["HEFA_DATABASE_URL"] = _until_exit.enter_context(postgres.server())


_settle()
if "pytest_django" in sys.modules:  # `pytest -p no:django` runs the pure tests alone
    django.setup()  # now, not later: conftests further down may import models


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if DATABASE == "sqlite":
        return
    chosen = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if "browser" in fixtures:
        return False
    return item.get_closest_marker("django_db") is not None or bool(fixtures & TOUCHES_DATABASE)


def settle_module() -> None:
    """What a module's transaction wrote, looked at once: PostgreSQL would look at all of it again after each test, and
    would plan every question without knowing how many rows there are."""
    from django.db import connection

    connection.check_constraints()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of background papers beside the checkout, where there is one."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("no folder `shared` beside the checkout")
    return folder


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """`program("pdftotext")`: the path of the first of the named programs that this machine has."""

    def find(*names: str) -> str:
        for name in names:
            if path := shutil.which(name):
                return path
        reason = f"this machine has none of: {', '.join(names)}"
        if os.environ.get("HEFA_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    return find


@pytest.fixture(scope="session")
def browser(program: Callable[..., str]) -> Iterator[object]:
    """A playwright `Browser` driving the machine's own Chromium."""
    path = program(*BROWSERS)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the ORM would refuse to work beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()
