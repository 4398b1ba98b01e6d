"""The command `law`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAFT = "关于规范停车管理的通知\n根据《中华人民共和国物权法》第七十条和《民法典》第二百七十一条，制定本通知。\n某某街道办事处\n{day}\n"


def hefa(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HEFA_DATA": str(data)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-P", "-m", "hefa", *words], capture_output=True, text=True, env=env, cwd=data
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def test_cite_judges_by_the_day_of_the_document(data: Path) -> None:
    (data / "今.txt").write_text(DRAFT.format(day="2026年3月1日"), "utf-8")
    (data / "昔.txt").write_text(DRAFT.format(day="2019年3月1日").replace("和《民法典》第二百七十一条", ""), "utf-8")
    dead = hefa(data, "law", "cite", "今.txt", "--json")
    told = json.loads(dead.stdout)
    assert dead.returncode == 1 and [one["rule"] for one in told["findings"]] == ["C-01"]
    assert {(one["law"], one["article"], one["status"]) for one in told["citations"]} == {
        ("中华人民共和国物权法", "70", "repealed"),
        ("中华人民共和国民法典", "271", "in_force"),
    }
    alive = hefa(data, "law", "cite", "昔.txt", "--json")
    assert alive.returncode == 0 and json.loads(alive.stdout)["findings"] == []
    again = hefa(data, "law", "cite", "昔.txt", "--on", "2026-03-01", "--json")
    assert again.returncode == 1


def test_a_file_that_cannot_be_read(data: Path) -> None:
    (data / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    done = hefa(data, "law", "cite", "坏.docx", "没有.txt", "--json")
    assert done.returncode == 2 and all(one["unreadable"] for one in json.loads(done.stdout))
    assert "Traceback" not in done.stderr


def test_add_list_and_show(data: Path) -> None:
    (data / "办法.txt").write_text(
        "某某市河道保洁办法\n（2023年5月4日某某市人民政府令第12号公布）\n第一条 为了清洁，制定本办法。\n第二条 本办法自2023年7月1日起施行。",
        "utf-8",
    )
    added = hefa(data, "law", "add", "办法.txt", "--json")
    assert added.returncode == 0 and json.loads(added.stdout)["added"] == 1
    (row,) = json.loads(hefa(data, "law", "list", "河道保洁", "--on", "2024-01-01", "--json").stdout)
    assert (row["status"], row["in_force"], row["rank"]) == ("in_force", "2023-07-01", "规章")
    shown = json.loads(hefa(data, "law", "show", "某某市河道保洁办法", "2", "--json").stdout)
    assert shown["text"].startswith("本办法自2023年7月1日起施行")
    early = hefa(data, "law", "show", "民法典", "683", "--on", "2020-06-01")
    assert early.returncode == 0 and "尚未施行" in early.stdout and "机关法人不得为保证人" in early.stdout
    refused = hefa(data, "law", "add", "没有")
    assert refused.returncode == 2 and "没有找到" in refused.stderr


@pytest.mark.parametrize(
    "words", [("show", "某某法", "3"), ("show", "民法典", "一二三四五"), ("cite", "今.txt", "--on", "昨天")]
)
def test_what_is_wrong_is_said_in_one_sentence(data: Path, words: tuple[str, ...]) -> None:
    done = hefa(data, "law", *words, "--json")
    assert done.returncode in (1, 2) and "error" in json.loads(done.stdout) and "Traceback" not in done.stderr
