"""How long a draft takes against all rules of its type, warm: 10,000 characters of natural clauses, the five types.

    .venv/bin/python benchmarks/lint.py            the median and the slowest of 20 runs a type, in milliseconds
    .venv/bin/python benchmarks/lint.py --size N   another length

The text is the whole document of the type from tests/drafts/whole followed by the type's examples, good and bad, over and over.
Both are told: all rules with the citations, and the rules alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

TESTS = Path(__file__).resolve().parents[1] / "tests" / "drafts"
RUNS = 20
DAY = dt.date(2026, 11, 20)


def text_of(kind: str, size: int) -> str:
    from hefa.statutes.drafts.resemblance import taught

    pieces = [(TESTS / "whole" / f"{kind}.txt").read_text("utf-8")]
    pieces += [one.text for one in taught(kind)]
    once = "\n".join(pieces) + "\n"
    return (once * (size // len(once) + 1))[:size]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(median, slowest) of the runs, in milliseconds, after two to warm up."""
    took = []
    for n in range(RUNS + 2):
        start = time.perf_counter()
        work()
        if n >= 2:
            took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), max(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    size = parser.parse_args().size
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hefa.site.settings")
    import django

    django.setup()
    from hefa.statutes.drafts.lint import draft_of, lint, told
    from hefa.statutes.drafts.rule import KINDS

    for kind in KINDS:
        text = text_of(kind, size)
        found = len(lint(text, kind, DAY))
        median, slowest = timed(lambda text=text, kind=kind: lint(text, kind, DAY))
        alone, _ = timed(lambda text=text, kind=kind: list(told(draft_of(text, kind, DAY))))
        print(
            f"{kind:<12}{len(text):>7} characters {found:>5} hints   all {median:6.1f} ms (slowest {slowest:6.1f})   rules alone {alone:6.1f} ms"
        )


if __name__ == "__main__":
    main()
