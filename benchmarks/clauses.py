"""How many faults of drafts the checker hears in wording that its rules were not written from.

    .venv/bin/python benchmarks/clauses.py                     both halves, by type
    .venv/bin/python benchmarks/clauses.py misses pact         what of the odd half was missed or marked in vain
    .venv/bin/python benchmarks/clauses.py folds               the second look alone, on examples that it was not shown

`clauses/TYPE.jsonl`: 120 clauses of each type, half of them clean, written by somebody who saw neither rules nor code.
`rule` is the main fault only (null: clean), and nobody has read the labels a second time. Rules are mended by clauses with
odd numbers; those with even numbers were for measuring. Both halves have since been read for mending, and the odd half is
among the examples that the second look learns from: what they show now is that nothing told before has been lost, not how
much is heard in wording that nobody foresaw.
An alarm is any finding on a clean clause but one about
a citation; `graver` are those that are more than advice.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from hefa.statutes.drafts import resemblance
from hefa.statutes.drafts.lint import lint
from hefa.statutes.drafts.rule import KINDS
from hefa.statutes.findings import Finding

CLAUSES = Path(__file__).with_name("clauses")
DAY = dt.date(2026, 11, 20)
HALVES = {"odd": 1, "even": 0}


def heard(kind: str, half: str) -> list[tuple[dict[str, Any], list[Finding]]]:
    """Every clause of a half with what the checker finds in it."""
    lines = (CLAUSES / f"{kind}.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if int(row["id"][1:]) % 2 == HALVES[half]]
    return [(row, lint(row["text"], kind, DAY)) for row in rows]


def in_vain(found: list[Finding], also_advice: bool = True) -> bool:
    return any((also_advice or one.severity != "advise") and not one.rule.startswith("C-") for one in found)


def totals(half: str) -> None:
    for kind in KINDS:
        rows = heard(kind, half)
        faulty, clean = ([(row, found) for row, found in rows if bool(row["rule"]) == wrong] for wrong in (True, False))
        right = sum(any(one.rule == row["rule"] for one in found) for row, found in faulty)
        some = sum(bool(found) for _, found in faulty)
        alarms, graver = (sum(in_vain(found, advice) for _, found in clean) for advice in (True, False))
        print(
            f"{half:5} {kind:12} right rule {right:3} of {len(faulty)}, any rule {some:3};"
            f" alarms {alarms:2} (graver {graver:2}) of {len(clean)} clean"
        )


def misses(kind: str) -> None:
    for row, found in heard(kind, "odd"):
        rules = sorted({one.rule for one in found})
        if row["rule"] and row["rule"] not in rules:
            print(f"missed {row['id']} {row['rule']} (found {rules or 'nothing'}): {row['text']}")
        elif not row["rule"] and in_vain(found):
            print(f"in vain {row['id']} {rules}: {row['text']}")


def folds(kind: str, parts: int = 5) -> None:
    """Learn from four fifths of the examples, ask about the last, in turn."""
    taught = list(resemblance.taught(kind))
    tally: Counter[str] = Counter()
    for part in range(parts):
        model = resemblance.learn([one for at, one in enumerate(taught) if at % parts != part])
        for one in taught[part::parts]:
            told = resemblance.judged(model, kind, one.text)
            fault = one.rule != resemblance.LAWFUL
            tally[f"{fault} asked"] += 1
            tally[f"{fault} told"] += bool(told)
            tally["right"] += fault and one.rule in {rule for rule, _, _ in told}
    print(
        f"second look {kind:12} right rule {tally['right']:4} of {tally['True asked']:4}, any rule {tally['True told']:4};"
        f" alarms {tally['False told']:3} of {tally['False asked']:4} clean"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["misses"]:
        misses(sys.argv[2])
    elif sys.argv[1:2] == ["folds"]:
        for each in KINDS:
            folds(each)
    else:
        for each in HALVES:
            totals(each)
