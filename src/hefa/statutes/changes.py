"""What one wording of an instrument changed in another: articles that moved, new ones, struck ones, changed words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from .texts import Article

SAME_ARTICLE = 0.6  # share of common pairs of characters from which two articles are wordings of one


@dataclass(frozen=True, slots=True)
class Change:
    """`old` is None for a new article, `new` for a struck one. `pieces`: (kind, words), kind in same|old|new."""

    old: Article | None
    new: Article | None
    pieces: tuple[tuple[str, str], ...]


def changes(old: tuple[Article, ...], new: tuple[Article, ...]) -> list[Change]:
    """In the order of the new wording, struck articles where they stood; articles with the same words are left out."""
    kept = {article.text: article for article in old}
    left = [article for article in old if article.text not in {each.text for each in new}]
    found: list[tuple[float, Change]] = []
    for at, article in enumerate(new):
        if article.text in kept:
            continue
        former = _nearest(article, left)
        if former is not None:
            left.remove(former)
        found.append((at, Change(former, article, _pieces(former.text if former else "", article.text))))
    place = {article.number: at for at, article in enumerate(new)}
    for article in left:
        found.append((place.get(article.number, len(new)) - 0.5, Change(article, None, (("old", article.text),))))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _nearest(article: Article, others: list[Article]) -> Article | None:
    mine = _pairs(article.text)
    best, alike = None, SAME_ARTICLE
    for other in others:
        theirs = _pairs(other.text)
        share = 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
        if share > alike:
            best, alike = other, share
    return best


def _pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", old[a:b]))
            continue
        pieces += [(side, words) for side, words in (("old", old[a:b]), ("new", new[c:d])) if words]
    return tuple(pieces)
