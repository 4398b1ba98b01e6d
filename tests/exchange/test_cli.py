"""`hefa import`: words for people, one JSON document for programs, an exit code for scripts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from hefa.exchange.cli import run_import
from hefa.kernel.people import Office

from .ledgers import file_with, record


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def bad(sheet: Any) -> None:
    sheet["E3"] = "邻居吵架"


def run(path: Path, kind: str = "mediation", **options: Any) -> tuple[int, dict[str, Any]]:
    out, err = io.StringIO(), io.StringIO()
    code = run_import(kind, path, as_json=True, out=out, err=err, **options)
    assert err.getvalue() == ""
    return code, json.loads(out.getvalue())


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(file_with(count=3))
    return path


def test_import_and_again(town: dict[str, Office], ledger: Path) -> None:
    code, told = run(ledger)
    assert (code, told["rows"], told["created"], told["unchanged"], told["rejected"]) == (0, 3, 3, 0, 0)
    assert (told["kind"], told["file"], told["faults"], told["rejects_file"]) == (
        "mediation.dispute",
        str(ledger),
        [],
        None,
    )
    assert told["mapping"]["受理日期"]["column"] == "受理日期"
    code, told = run(ledger)
    assert (code, told["created"], told["unchanged"]) == (0, 0, 3)


def test_dry_run_writes_nothing(town: dict[str, Office], ledger: Path) -> None:
    code, told = run(ledger, dry_run=True)
    assert (code, told["created"], told["would_create"]) == (0, 0, 3)
    assert record() == (0, 0)


def test_faults_are_exit_one_and_name_their_cell(town: dict[str, Office], ledger: Path) -> None:
    ledger.write_bytes(file_with(bad, count=3))
    code, told = run(ledger)
    assert (code, told["created"], told["rejected"]) == (1, 0, 1)
    (fault,) = told["faults"]
    assert set(fault) == {"sheet", "row", "column", "header", "value", "message", "expected"}
    assert (fault["sheet"], fault["row"], fault["column"], fault["value"]) == ("台账", 3, "E", "邻居吵架")
    assert record() == (0, 0)


def test_skip_bad_sets_rejects_aside_under_a_new_name_each_time(town: dict[str, Office], ledger: Path) -> None:
    ledger.write_bytes(file_with(bad, count=3))
    code, told = run(ledger, skip_bad=True)
    assert (code, told["created"], told["rejected"]) == (1, 2, 1)
    assert told["rejects_file"] == str(ledger.with_name("台账-未导入.xlsx"))
    assert Path(told["rejects_file"]).stat().st_size > 0
    code, told = run(ledger, skip_bad=True)
    assert (code, told["created"], told["unchanged"], told["rejected"]) == (1, 0, 2, 1)
    assert told["rejects_file"] == str(ledger.with_name("台账-未导入2.xlsx"))


@pytest.mark.parametrize(
    ("name", "content", "word"), [("台账.xlsx", b"", "空文件"), ("台账.doc", b"hello", "不是 Excel 文件")]
)
def test_unreadable_is_exit_two(town: dict[str, Office], tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, told = run(path)
    assert code == 2
    assert word in told["faults"][0]["message"]
    assert set(told) >= {"kind", "file", "rows", "created", "unchanged", "rejected", "faults", "warnings", "mapping",
                         "rejects_file"}  # fmt: skip


def test_unknown_file_kind_or_office_is_exit_two(town: dict[str, Office], ledger: Path) -> None:
    assert run(ledger.with_name("无.xlsx"))[0] == 2
    code, told = run(ledger, kind="火星")
    assert code == 2 and "没有名为“火星”的事项类别" in told["faults"][0]["message"]
    code, told = run(ledger, office="火星街道")
    assert code == 2 and "没有名为“火星街道”的单位" in told["faults"][0]["message"]


def test_words_for_people(town: dict[str, Office], ledger: Path) -> None:
    out = io.StringIO()
    assert run_import("矛盾纠纷", ledger, out=out, err=io.StringIO()) == 0
    assert out.getvalue() == "已导入 3 件，0 件早已在账上、没有变化。\n"
    ledger.write_bytes(file_with(bad, count=5))
    out = io.StringIO()
    assert run_import("矛盾纠纷", ledger, out=out, err=io.StringIO()) == 1
    assert "工作表“台账” E3（纠纷类型）：“邻居吵架”不在可选范围内" in out.getvalue()
    assert "没有写入任何内容" in out.getvalue()


def test_bar_is_shown_on_a_terminal_only(town: dict[str, Office], ledger: Path) -> None:
    terminal = Terminal()
    run_import("mediation", ledger, out=io.StringIO(), err=terminal)
    assert "核对 [" in terminal.getvalue()
    assert "写入 [" in terminal.getvalue()
    assert "3/3 行" in terminal.getvalue()


def test_office_for_rows_that_name_none(town: dict[str, Office], ledger: Path) -> None:
    ledger.write_bytes(file_with(lambda sheet: sheet.delete_cols(2)))
    assert run(ledger)[0] == 1
    assert run(ledger, office="飞虹社区")[0] == 0
