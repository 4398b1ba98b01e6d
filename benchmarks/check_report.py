"""How long the checker takes: a report of about 10,000 characters, warm, and hostile texts of the same length.

    PYTHONPATH=src python benchmarks/check_report.py [FILE]

Without FILE the report is put together from the test lines. Prints the median and the worst of 30 runs in
milliseconds of processor time, which a busy machine does not stretch.
"""

import statistics
import sys
import time
import tomllib
from pathlib import Path

from hefa.claims import check
from hefa.claims.extract import extract

LENGTH = 10_000
LINES = Path(__file__).resolve().parents[1] / "tests" / "claims" / "lines-true.toml"
HOSTILE = {
    "ideographs": "一" * LENGTH,
    "digits": "1" * LENGTH,
    "brackets": "（" * LENGTH,
    "one long list": "共9999件，其中" + "甲1件、" * (LENGTH // 4),
    "rates": "受理99件，" + "占1%，" * (LENGTH // 4),
    "table": "|1|2|\n" * (LENGTH // 6),
}


def report() -> str:
    text = (
        extract(sys.argv[1]).text
        if len(sys.argv) > 1
        else "\n".join(line["text"] for line in tomllib.loads(LINES.read_text("utf-8"))["line"])
    )
    return (text * (LENGTH // len(text) + 1))[:LENGTH]


def milliseconds(text: str, runs: int) -> list[float]:
    check(text)
    times = []
    for _ in range(runs):
        start = time.process_time()
        check(text)
        times.append((time.process_time() - start) * 1000)
    return times


def main() -> None:
    text = report()
    times = milliseconds(text, 30)
    claims = len(check(text).claims)
    print(
        f"report: {len(text)} characters, {claims} claims: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms"
    )
    for name, hostile in HOSTILE.items():
        print(f"{name}: {len(hostile)} characters: {min(milliseconds(hostile, 3)):.1f} ms")


if __name__ == "__main__":
    main()
