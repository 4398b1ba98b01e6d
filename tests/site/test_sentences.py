"""Whatever is wrong with a command, its folder or its database is told in one Chinese sentence, never a traceback."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from hefa.site.cli import main

from .test_cli import hefa

SQLITE = "数据目录由 --data"


def told(result: tuple[int, str, str], says: str) -> None:
    code, out, err = result
    assert code in (1, 2) and says in err and "Traceback" not in err, err
    assert says in json.loads(out)["error"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["figures", "abc"], "“year”应为整数，现在是“abc”"),
        (["figures"], "缺少：year"),
        (["figures", "2023", "--offices", "x"], "不认识：--offices x"),
        (["figures", "2023", "--office"], "“--office”后面缺少内容"),
        (["due", "--unit", "fortnight", "--days", "3", "--from", "2023-01-01"], "“--unit”不能是“fortnight”"),
    ],
)
def test_words_that_argparse_refuses(capsys: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    assert main([*words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert says in err and says in json.loads(out)["error"]
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--days", "9999", "--unit", "year", "--from", "2023-02-03"], "1 到 100 之间"),
        (["--days", "100", "--unit", "year", "--from", "9950-02-03"], "9999 年以后"),
        (["disclosure.answer", "--from", "1999-01-05"], "1999"),
        (["disclosure.answer", "--from", "2026-02-10", "--event", "consult"], "步骤=日期"),
        (["disclosure.answer", "--from", "2026-02-10", "--event", "consult=2020-01-01"], "早于起算之日"),
    ],
)
def test_terms_that_cannot_be_counted(tmp_path: Path, words: list[str], says: str) -> None:
    told(hefa(tmp_path, "due", *words, "--json"), says)


def test_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told(hefa(tmp_path / "file", "figures", "2023", "--json"), SQLITE)
    told(hefa(tmp_path / "file" / "below", "figures", "2023", "--json"), SQLITE)


def test_report_to_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told(hefa(tmp_path / "data", "report", "2023", "--out", str(tmp_path / "file"), "--json"), "同名的文件")


@pytest.mark.parametrize(
    ("url", "says"),
    [("mysql://x/y", "postgresql://"), ("postgresql://h:port/x", "端口"), ("postgresql://a@127.0.0.1:1/x", "连不上")],
)
def test_address_of_a_database_that_is_none(tmp_path: Path, url: str, says: str) -> None:
    told(hefa(tmp_path, "figures", "2023", "--json", HEFA_DATABASE_URL=url), says)


def test_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    assert hefa(tmp_path, "verify", "--json")[0] == 0
    with sqlite3.connect(tmp_path / "hefa.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_later', '2030-01-01')"
        )
    told(hefa(tmp_path, "figures", "2023", "--json"), "更新的版本")


def test_port_that_cannot_be(tmp_path: Path) -> None:
    code, _, err = hefa(tmp_path, "serve", "--port", "99999999")
    assert code == 2 and "端口" in err and "Traceback" not in err
