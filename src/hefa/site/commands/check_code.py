"""hefa check-code: style, types, direction of imports, declarations, migrations."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ..places import ROOT


def options(parser: argparse.ArgumentParser) -> None:
    del parser


def run(args: argparse.Namespace) -> int:
    del args
    programs = Path(sys.executable).parent
    django = [sys.executable, "-m", "django"]
    steps = {
        "代码格式 ruff": [str(programs / "ruff"), "check", "."],
        "排版 ruff format": [str(programs / "ruff"), "format", "--check", "."],
        "类型 mypy": [str(programs / "mypy")],
        "依赖方向 import-linter": [str(programs / "lint-imports"), "--no-cache"],
        "声明 check": [*django, "check"],
        "迁移 makemigrations --check": [*django, "makemigrations", "--check", "--dry-run"],
        "生成的文档 docs --check": [sys.executable, "-m", "hefa", "docs", "--check"],
    }
    failed = []
    with tempfile.TemporaryDirectory() as data:
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "hefa.site.settings",
            "HEFA_DATA": data,
        }
        for name, command in steps.items():
            print(f"· {name}", flush=True)
            if subprocess.call(command, cwd=ROOT, env=env):
                failed.append(name)
    print("全部通过" if not failed else f"没有通过：{'、'.join(failed)}", flush=True)
    return 1 if failed else 0
