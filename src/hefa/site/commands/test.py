"""hefa test: the suite on SQLite, then what touches the database again on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys

from ..places import ROOT

_OURS = {"DJANGO_SETTINGS_MODULE", "HEFA_DATA", "HEFA_DATABASE_URL", "HEFA_SECRET"}


def run(rest: list[str]) -> int:
    """With arguments they go to pytest, on SQLite alone; without, both databases, on as many cores as there are."""
    # Stealing keeps a module's tests together as long as it can: what a module builds for itself is built once.
    everything = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *(rest or everything)]
    # Whatever this shell says of a real installation, the tests make their own.
    env = {name: value for name, value in os.environ.items() if name not in _OURS}
    code = subprocess.call(command, cwd=ROOT, env=env)
    if code or rest:
        return code
    print("再在 PostgreSQL 上跑一遍碰数据库的测试……", flush=True)
    return subprocess.call(command, cwd=ROOT, env=env | {"HEFA_TEST_DATABASE": "postgresql"})
