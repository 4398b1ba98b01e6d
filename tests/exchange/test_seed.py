"""docs/seed.md, the report taken item by item: all 57 are there, and what it names exists and has rows in the sample year."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from hefa.kernel.figure import figures
from hefa.kernel.matter import KINDS

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line.split("|")[1:-1]
    for line in (ROOT / "docs" / "seed.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d", line)
]
# Kinds that have no ledger: an edition is made by the report itself.
MADE_HERE = {"report.edition"}


def named(cell: str) -> list[str]:
    return re.findall(r"`([a-z]+\.[a-z_]+)`", cell)


def test_every_item_is_there_once() -> None:
    numbers = [int(number) for row in ROWS for number in row[0].split(",")]
    assert sorted(numbers) == list(range(58))


def test_what_it_names_exists() -> None:
    assert [name for row in ROWS for name in named(row[2]) if name not in KINDS] == []
    assert [name for row in ROWS for name in named(row[3]) if name not in figures()] == []
    assert [row[0] for row in ROWS if not named(row[2]) or not row[3].strip()] == []


def test_every_kind_has_rows_in_the_sample_year() -> None:
    listed = tomllib.loads((ROOT / "samples" / "zhonghe-2023" / "ledgers.toml").read_text("utf-8"))["ledgers"]
    assert {name for row in ROWS for name in named(row[2])} - {one["kind"] for one in listed} == MADE_HERE
