"""A database apart, with a small town in it, for a benchmark to write to."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def database(kind: str) -> Iterator[Any]:
    """Set Django up on an empty SQLite file or on a PostgreSQL server of its own; yield the tests' town.

    One kind of database a process. Both sides of a ratio run on it, so that its settings weigh on both.
    """
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with contextlib.ExitStack() as stack:
        os.environ["HEFA_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="hefa-benchmark-"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "hefa.site.settings"
        os.environ.pop("HEFA_DATABASE_URL", None)
        if kind == "postgresql":
            from tests import postgres

            os.environ["HEFA_DATABASE_URL"] = stack.enter_context(postgres.server())
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections
        from tests.kernel import town

        call_command("migrate", verbosity=0, interactive=False)
        yield town.build()
        connections.close_all()
