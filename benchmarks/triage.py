"""How often triage names the class of a consultation: LawBench 2-4, 20 classes.

    .venv/bin/python benchmarks/triage.py            accuracy, and what is taken for what
    .venv/bin/python benchmarks/triage.py --halves   even and odd items apart

The classes of 2-4 are not ours: MAPPED says which of our subjects counts as which class. Two of our subjects share a
class where theirs is wider; 综合咨询 ("general") has no subject and counts as named when nothing speaks for any subject.
Items are used for measuring only. Their labels are those of a website's sections and are often wrong on reading.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from hefa.statutes.triage import suggest

DATA = Path(os.environ.get("HEFA_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "data" / "lawbench"
GENERAL = "综合咨询"
MAPPED = {
    "marriage": "婚姻家庭", "neighbour": "侵权", "housing": "房产纠纷", "contract": "合同纠纷", "debt": "债权债务",
    "guarantee": "抵押担保", "business": "公司法", "body": "人身损害", "rights": "侵权", "land": "拆迁安置",
    "expropriation": "拆迁安置", "environment": "侵权", "migrant": "劳动纠纷", "labour": "劳动纠纷",
    "tourism": "消费权益", "ecommerce": "消费权益", "consumer": "消费权益", "medical": "医疗纠纷",
    "traffic": "交通事故", "property": "房产纠纷", "construction": "建设工程", "intellectual": "知识产权",
    "criminal": "刑事辩护", "administrative": "行政诉讼", "foreign": "涉外法律", "maritime": "海事海商", "": GENERAL,
}  # fmt: skip


def pairs() -> list[tuple[str, str]]:
    """(class of the set, class that triage's subject counts as), one an item."""
    items = json.loads((DATA / "2-4.json").read_bytes())
    return [(item["answer"], MAPPED[suggest(item["question"]).subject]) for item in items]


def accuracy(found: Sequence[tuple[str, str]]) -> float:
    return sum(right == said for right, said in found) / len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--halves", action="store_true")
    halves = parser.parse_args().halves
    found = pairs()
    print(f"2-4: n={len(found)}  accuracy {accuracy(found):.3f}")
    if halves:
        print(f"     even {accuracy(found[::2]):.3f}  odd {accuracy(found[1::2]):.3f}")
    confused = Counter(found)
    for right in dict.fromkeys(right for right, _ in found):
        said = [(count, said) for (one, said), count in confused.items() if one == right]
        named = " ".join(f"{said} {count}" for count, said in sorted(said, reverse=True))
        print(f"  {right:8} {confused[right, right]:3}/{sum(count for count, _ in said)}   {named}")


if __name__ == "__main__":
    main()
