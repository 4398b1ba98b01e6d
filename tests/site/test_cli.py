"""The command line as a program sees it: one JSON document on standard output, sentences on standard error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def hefa(data: Path, *words: str, **more: str) -> tuple[int, str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("HEFA_", "DJANGO_"))}
    env = {**ours, "PYTHONPATH": str(ROOT / "src"), **more}
    command = [sys.executable, "-m", "hefa", *words]
    if words and words[0] not in ("--help", "nonsense"):
        command += ["--data", str(data)]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def test_help_names_every_command(data: Path) -> None:
    from hefa.site.cli import COMMANDS

    code, out, _ = hefa(data, "--help")
    assert code == 0 and all(f"  {name} " in out for name in COMMANDS)


def test_an_unknown_command_says_what_there_is(data: Path) -> None:
    code, out, err = hefa(data, "nonsense")
    assert code == 2 and out == "" and "没有“nonsense”这条命令" in err and "figures" in err


def test_a_named_deadline_in_json(data: Path) -> None:
    code, out, _ = hefa(
        data, "due", "disclosure.answer", "--from", "2026-02-10", "--event", "consult=2026-02-24",
        "--event", "hear=2026-03-10", "--json",
    )  # fmt: skip
    told = json.loads(out)
    assert code == 0 and told["due"] == "2026-03-31" and told["estimated"] is False
    assert told["days"][0] == {"date": "2026-02-10", "counted": False, "why": "起算日不计入"}
    assert sum(day["counted"] for day in told["days"]) == 20 and any("第三十三条" in basis for basis in told["basis"])


@pytest.mark.parametrize(
    ("start", "days", "unit", "due"),
    [
        ("2024-01-25", 20, "working", "2024-02-27"),
        ("2025-09-25", 20, "working", "2025-10-29"),
        ("2026-09-01", 30, "calendar", "2026-10-08"),
        ("2026-01-31", 1, "month", "2026-02-28"),
    ],
)
def test_a_bare_count(data: Path, start: str, days: int, unit: str, due: str) -> None:
    code, out, _ = hefa(data, "due", "--days", str(days), "--unit", unit, "--from", start, "--json")
    assert code == 0 and json.loads(out)["due"] == due


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["due", "--from", "2024-01-25", "--json"], "--days"),
        (["due", "nothing.here", "--from", "2024-01-25", "--json"], "没有名为“nothing.here”的期限"),
        (["due", "disclosure.answer", "--from", "2023-02-30", "--json"], "没有这一天"),
        (["due", "disclosure.answer", "--from", "2024-1-2", "--event", "dance=2024-1-3", "--json"], "不影响这个期限"),
        (["figure", "nothing.here", "2023", "--json"], "没有名为“nothing.here”的指标"),
        (["figures", "23", "--json"], "不是年度"),
        (["figures", "2023", "--office", "不存在的街道", "--json"], "没有名为“不存在的街道”的单位"),
        (["report", "what", "--json"], "看不懂"),
    ],
)
def test_bad_words_get_a_sentence_and_a_document(data: Path, words: list[str], says: str) -> None:
    code, out, err = hefa(data, *words)
    assert code == 2 and says in err and "Traceback" not in err
    assert says in json.loads(out)["error"]


def test_an_empty_installation_answers(data: Path) -> None:
    code, out, _ = hefa(data, "figures", "2023", "--json")
    figures = json.loads(out)
    assert code == 0 and figures["mediation.accepted"]["value"] is None
    wanted = {"value", "text", "label", "definition", "numerator", "denominator", "period", "rows", "digest"}
    assert wanted <= figures["mediation.accepted"].keys()
    code, out, _ = hefa(data, "verify", "--json")
    assert code == 0 and json.loads(out) == {"ok": True, "entries": 0, "faults": []}
    code, out, _ = hefa(data, "report", "2023", "--json")
    told = json.loads(out)
    assert (code == 0 and told["figures"] == {}) or all(f["value"] is None for f in told["figures"].values())
    assert {Path(name).name for name in told["files"]} == {
        f"annual.{kind}" for kind in ["html", "docx", "pdf", "txt", "json"]
    }


def test_doctor_warns_of_the_calendar_and_the_anchor(data: Path) -> None:
    code, out, _ = hefa(data, "doctor", "--json")
    told = json.loads(out)
    assert code == 0 and told["ok"] and {"锚定", "账目"} <= {one["what"] for one in told["findings"]}


def test_a_damaged_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "hefa.sqlite3").write_bytes(b"this is no database" * 100)
    code, out, err = hefa(tmp_path, "figures", "2023")
    assert code == 1 and out == "" and "损坏" in err and "Traceback" not in err


def test_the_secret_is_the_owners_alone(data: Path) -> None:
    hefa(data, "verify")
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_serve_makes_ready_what_it_serves(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a folder that was never `up`: style sheets are there, and who cannot sign in yet is told what to do."""
    from django.conf import settings

    from hefa.site.cli import main
    from hefa.site.commands import serve

    monkeypatch.setattr(serve, "serve", lambda host, port: 0)
    (settings.DATA / "static.stamp").unlink(missing_ok=True)
    assert main(["serve"]) == 0
    assert (settings.STATIC_ROOT / "desk" / "frame.css").is_file()
    assert "还没有能登录的人" in capsys.readouterr().err


def test_a_declaration_that_cites_no_law_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the author of a new line of work sees first is a sentence with file and line, not a traceback."""
    import django

    from hefa.kernel.law import instrument
    from hefa.site.cli import main

    source = compile("term('checking')", "/x/hefa/matters/safety/models.py", "exec")
    monkeypatch.setattr(django, "setup", lambda: exec(source, {"term": instrument("internal").term}))
    assert main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert "/hefa/matters/safety/models.py:1" in said and "没有登记内部时限的期限“checking”" in said
