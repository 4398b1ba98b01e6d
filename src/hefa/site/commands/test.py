"""hefa test: the suite on SQLite, then what touches the database again on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys

from ..places import ROOT


def run(rest: list[str]) -> int:
    """With arguments they go to pytest, on SQLite alone; without, both databases."""
    command = [sys.executable, "-m", "pytest", *rest]
    code = subprocess.call(command, cwd=ROOT)
    if code or rest:
        return code
    print("再在 PostgreSQL 上跑一遍碰数据库的测试……", flush=True)
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "HEFA_TEST_DATABASE": "postgresql"})
