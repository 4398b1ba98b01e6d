"""The command: exit codes, one object or a list, refusals that say why."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from hefa.claims import RecordedFigure
from hefa.claims.cli import run

TRUE = "全年受理纠纷1476起，其中社区完成616件，占总数的41.73%。"
FALSE = TRUE.replace("41.73", "41.37")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    made = {}
    for name, text in (("true", TRUE), ("false", FALSE), ("empty", "")):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, "utf-8")
        made[name] = str(path)
    return made


@pytest.mark.parametrize(
    ("names", "code"),
    [(["true"], 0), (["false"], 1), (["empty"], 2), (["true", "false"], 1), (["false", "empty", "true"], 2)],
)
def test_exit_code(files: dict[str, str], names: list[str], code: int) -> None:
    assert run([files[n] for n in names], out=io.StringIO()) == code


def test_json_of_one_and_of_several(files: dict[str, str]) -> None:
    out = io.StringIO()
    run([files["false"]], json=True, out=out)
    report = json.loads(out.getvalue())
    assert [c["value"] for c in report["claims"]] == [1476, 616, 41.37]
    assert set(report["claims"][0]) == {"id", "text", "value", "unit", "start", "end"}
    found = report["findings"][0]
    assert set(report) == {"claims", "findings", "record"}
    assert set(found) == {"rule", "severity", "claims", "text", "arithmetic", "message"}
    assert found["rule"] == "share" and found["arithmetic"] == "616÷1476=41.73%，文中41.37%"
    assert report["record"] == []
    out = io.StringIO()
    run([files["false"], files["empty"], files["true"]], json=True, out=out)
    reports = json.loads(out.getvalue())
    assert [len(r["findings"]) for r in reports] == [1, 0, 0]
    assert reports[1]["file"] == files["empty"]
    assert reports[1]["unreadable"].endswith("。")


def test_plain_output_names_line_and_arithmetic(files: dict[str, str]) -> None:
    out = io.StringIO()
    run([files["false"]], out=out)
    assert "第1行" in out.getvalue() and "616÷1476=41.73%" in out.getvalue()


def test_record(files: dict[str, str]) -> None:
    figures = [
        RecordedFigure("accepted", "受理纠纷", Decimal(1475), "起"),
        RecordedFigure("done", "社区完成", Decimal(616), "件"),
    ]
    out = io.StringIO()
    assert run([files["true"]], json=True, match=lambda r: r.against(figures), out=out) == 1
    report = json.loads(out.getvalue())
    verdicts = {r["claim"]: (r["figure"], r["verdict"], r["recorded"]) for r in report["record"]}
    assert verdicts == {
        "c1": ("accepted", "differs", 1475),
        "c2": ("done", "agrees", 616),
        "c3": (None, "unrecorded", None),
    }
    assert [f["rule"] for f in report["findings"]] == ["record"]
