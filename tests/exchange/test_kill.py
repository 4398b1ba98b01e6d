"""`kill -9` in the middle of an import: afterwards nothing is half there, and the import can be run again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import DATABASE

from .ledgers import bytes_of, sheet_of

ROOT = Path(__file__).resolve().parents[2]
ROWS = 2000
HEADERS = ["编号", "单位", "受理日期", "事由", "纠纷类型", "案件来源", "申请人", "被申请人", "纠纷简要情况",
           "当事人撤回日期", "当事人撤回理由", "归档日期"]  # fmt: skip

PROGRAM = """
import json, sys, time
import django
django.setup()
from django.core.management import call_command
from hefa.exchange.importing import draft
from hefa.kernel.ledger import Counter, Entry
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import Actor, Office
from hefa.kernel.proof import verify

def ready():
    call_command("migrate", verbosity=0)
    Office.objects.get_or_create(code="1", defaults=dict(name="飞虹社区居委会", short="飞虹", level="community"))

def tell(done, total):
    print(done, flush=True)
    if done >= int(sys.argv[3]):
        time.sleep(600)  # inside the transaction, waiting for the end

def load():
    ready()
    draft(find_kind("mediation.dispute"), sys.argv[2], Actor.operator()).write(tell)

def look():
    ready()
    proof = verify()
    state = dict(matters=Matter.objects.count(), entries=Entry.objects.count(), ok=proof.ok, walked=proof.entries,
                 counters=Counter.objects.filter(value__gt=0).count())
    print(json.dumps(state))

{"load": load, "look": look}[sys.argv[1]]()
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a data folder of its own: SQLite in it, or a new database on the test server."""
    env = {**os.environ, "HEFA_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT / "src"), "HEFA_TEST": "1"}
    if DATABASE == "sqlite":
        env.pop("HEFA_DATABASE_URL", None)
        yield env
        return
    url, name = os.environ["HEFA_DATABASE_URL"], f"killed_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield env | {"HEFA_DATABASE_URL": url.replace("/hefa?", f"/{name}?")}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    sheet = sheet_of(0, HEADERS)
    for n in range(1, ROWS + 1):
        sheet.append([f"（2023）飞虹人调字第{n}号", "飞虹", "2023-05-06", "渗水", "邻里纠纷", "依申请", "甄一", "甄二", "渗水",
                      "2023-05-08", "和解", "2023-06-01"])  # fmt: skip
    path = tmp_path / "台账.xlsx"
    path.write_bytes(bytes_of(sheet))
    return path


def start(place: dict[str, str], *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), *map(str, words)]
    return subprocess.Popen(command, env=place, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def look(place: dict[str, str]) -> dict[str, object]:
    out, _ = start(place, "look").communicate(timeout=120)
    return json.loads(out)


NOTHING = {"matters": 0, "entries": 0, "ok": True, "walked": 0, "counters": 0}
ALL = {"matters": ROWS, "entries": 3 * ROWS, "ok": True, "walked": 3 * ROWS, "counters": 2}


@pytest.mark.django_db
@pytest.mark.parametrize("at", [800, ROWS], ids=["in the middle", "just before the commit"])
def test_killed_import_leaves_nothing_and_can_be_run_again(place: dict[str, str], ledger: Path, at: int) -> None:
    process = start(place, "load", ledger, at)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= at:
            break
    assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert look(place) == NOTHING
    if at == ROWS:
        again = start(place, "load", ledger, ROWS + 1)
        again.communicate(timeout=300)
        assert again.returncode == 0
        assert look(place) == ALL
