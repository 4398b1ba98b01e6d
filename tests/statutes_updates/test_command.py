"""The command `law update`, as an operator runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import NOTICE_2027, REPEAL, file

ROOT = Path(__file__).resolve().parents[2]


def hefa(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HEFA_DATA": str(data)}
    env.pop("HEFA_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-P", "-m", "hefa", *words], capture_output=True, text=True, env=env, cwd=data
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_asked_taken_listed_counted_by_and_taken_back(home: Path) -> None:
    path = file(home, NOTICE_2027)
    asked = hefa(home, "law", "update", str(path))
    assert asked.returncode == 0, asked.stderr
    assert "什么也没有改" in asked.stdout and "2027 年放假安排由估算改为公布" in asked.stdout
    assert "Holidays of 2027" in asked.stdout
    before = hefa(home, "due", "disclosure.answer", "--from", "2026-12-10").stdout
    taken = json.loads(hefa(home, "law", "update", str(path), "--apply", "--json").stdout)
    assert taken["taken"].startswith("0001-") and len(taken["digest"]) == 64
    after = hefa(home, "due", "disclosure.answer", "--from", "2026-12-10").stdout
    assert "估算" in before and "估算" not in after and "元旦放假" in after
    listed = json.loads(hefa(home, "law", "update", "--json").stdout)
    assert [one["id"] for one in listed["updates"]] == [taken["taken"]]
    assert hefa(home, "verify").returncode == 0
    again = hefa(home, "law", "update", str(path), "--apply")
    assert again.returncode == 0 and "完全相同" in again.stdout
    back = hefa(home, "law", "update", "--take-back", "0001")
    assert "什么也没有改" in back.stdout
    assert "已撤回" in hefa(home, "law", "update", "--take-back", "0001", "--apply").stdout
    assert hefa(home, "due", "disclosure.answer", "--from", "2026-12-10").stdout == before
    assert hefa(home, "docs", "--check").returncode == 0


def test_faults_are_told_and_nothing_is_taken(home: Path) -> None:
    path = file(home, NOTICE_2027.replace("official", "estimated") + REPEAL, "坏.toml")
    done = hefa(home, "law", "update", str(path), "--apply", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1 and told["taken"] is None and told["faults"][0]["file"] == "坏.toml"
    words = hefa(home, "law", "update", str(path), "--apply")
    assert "什么也没有载入" in words.stdout and "坏.toml" in words.stdout and "Traceback" not in words.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("没有.toml",), "没有找到"),
        (("--take-back", "0009", "--apply"), "没有编号为"),
        (("x.toml", "--take-back", "0001"), "分两次办"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(home: Path, words: tuple[str, ...], said: str) -> None:
    done = hefa(home, "law", "update", *words)
    assert done.returncode in (1, 2) and said in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_an_altered_file_stops_the_commands_until_it_is_taken_back(home: Path) -> None:
    taken = json.loads(hefa(home, "law", "update", str(file(home, NOTICE_2027)), "--apply", "--json").stdout)["taken"]
    path = home / "law" / taken / "holidays.toml"
    path.write_text(path.read_text("utf-8") + "# \n", "utf-8")
    stopped = hefa(home, "due", "disclosure.answer", "--from", "2026-12-10")
    assert stopped.returncode == 1 and "被改动过" in stopped.stderr and "--take-back" in stopped.stderr
    assert "被改动过" in hefa(home, "law", "update").stdout
    assert hefa(home, "law", "update", "--take-back", taken, "--apply").returncode == 0
    assert hefa(home, "due", "disclosure.answer", "--from", "2026-12-10").returncode == 0
