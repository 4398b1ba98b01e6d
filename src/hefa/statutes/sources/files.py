"""Texts that an office keeps itself: a folder in LawRefBook's form, or one instrument as docx, txt, md or pdf."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hefa.claims.document import Unreadable
from hefa.claims.extract import extract

from ..texts import RANKS, Draft
from .wording import NotLaw, parse

SUFFIXES = (".md", ".txt", ".docx", ".pdf")
_FOLDERS = {rank: rank for rank in RANKS} | {"部门规章": "规章", "地方政府规章": "规章"}
_PLAIN = (".md", ".txt")


def read(path: Path) -> Iterator[tuple[Path, Draft | str]]:
    """Every instrument of a file or folder with its path; in place of one that cannot be read, the reason in Chinese."""
    if not path.exists():
        yield path, f"没有找到“{path}”，请检查路径。"
        return
    files = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    if not files:
        yield path, f"“{path}”里没有 {'、'.join(SUFFIXES)} 文件。"
    for file in files:
        try:
            yield file, _draft(file)
        except (NotLaw, Unreadable) as reason:
            yield file, str(reason)


def _draft(file: Path) -> Draft:
    """The folder's name tells the rank when it is one (司法解释/…): a text seldom says so itself."""
    document = extract(file).text if file.suffix.lower() not in _PLAIN else _text(file)
    draft = parse(document, file.name, f"本单位添加：{file.name}", _FOLDERS.get(file.parent.name, ""))
    if draft.rank == "行政法规" and draft.issuer.startswith("中共中央"):
        return parse(document, file.name, draft.source, "党内法规")
    return draft


def _text(file: Path) -> str:
    """Markdown is kept as written: its marks tell title and chapters, which a reader of reports would drop."""
    document = extract(file)  # for its limits and its messages
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return document.text
