"""As people ask for an article: 民法典 683, 政府信息公开条例第三十三条第二款, 刑法 133-1."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from .numerals import key, label
from .references import Place, places
from .shelf import Shelf
from .status import Status
from .texts import Article, Instrument, Version, quoted

_ASKED = re.compile(r"^(?P<name>.+?)\s*(?P<place>第[^《》]*条.*|(?<=[^\d])\s\d.*|\d+(?:-\d+)?(?:条.*)?)?$")


class NotFound(LookupError):
    """Nothing stands under what was asked; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """An instrument as of a day, and the article asked for; `words` are those of the paragraph or item named."""

    instrument: Instrument
    version: Version
    status: Status
    article: Article | None
    place: Place | None
    words: str
    articles: tuple[Article, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "law": self.version.title, "rank": self.version.rank, "issuer": self.version.issuer,
            "promulgated": self.version.promulgated, "in_force": self.version.in_force, "until": self.version.until,
            "status": self.status.state, "since": self.status.since, "successor": self.status.successor,
            "source": self.version.source, "complete": self.version.complete,
            "article": self.article.number if self.article else "", "text": self.words,
            "articles": [] if self.article else [
                {"article": one.number, "heading": one.heading, "text": one.text} for one in self.articles
            ],
        }  # fmt: skip

    def lines(self) -> list[str]:
        """For a terminal: the title, its state on the day, then the words."""
        version, status = self.version, self.status
        since = f"，自{status.since}" if status.since else ""
        now = f"，现行规定见{status.successor}" if status.successor else ""
        head = [f"{quoted(version.title)}〔{version.rank}〕{status.word}{since}{now}"]
        head.append(f"{version.issuer} {version.promulgated or ''}公布　来源：{version.source}")
        if not version.complete:
            head.append(f"库中只有名称、日期和条数（{version.last} 条），没有条文。可用 ./hefa law add 收入全文。")
        if self.article is not None:
            return [*head, "", f"{label(self.article.number)}　{self.words}"]
        return [*head, *(f"\n{label(one.number)}　{one.text}" for one in self.articles)]


def look_up(shelf: Shelf, asked: str, on: dt.date) -> Found:
    """The wording of the day; when none holds, the nearest, with its state. Raises `NotFound`."""
    match = _ASKED.match(asked.strip())
    name, place = (match.group("name"), (match.group("place") or "").strip()) if match else (asked, "")
    if place and shelf.instrument(asked.strip()) is not None:  # a title may itself end in 第…条的解释
        name, place = asked.strip(), ""
    one = shelf.instrument(name)
    status = shelf.status(name, on)
    if one is None:
        if status.state == "repealed":
            now = f"，现行规定见{status.successor}" if status.successor else ""
            raise NotFound(f"库中没有“{name}”的文本。它自{status.since}起废止{now}。")
        raise NotFound(f"法规库里没有“{name}”。可用 ./hefa law list 查看，或用 ./hefa law add 收入。")
    version = shelf.worded(one, on)
    if not place:
        return Found(one, version, status, None, None, "", shelf.text(version))
    where = _place(place)
    if where is None:
        raise NotFound(f"看不懂“{place}”，请写成 683、第683条 或 第三十三条第二款。")
    return _found(shelf, one, version, status, where)


def _place(text: str) -> Place | None:
    named = key(text)
    if named:
        return Place(0, len(text), named)
    return next(iter(places(text)), None)


def _found(shelf: Shelf, one: Instrument, version: Version, status: Status, where: Place) -> Found:
    article = shelf.article(version, where.article)
    if article is None and not version.complete:
        now = f"，现行规定见{status.successor}" if status.successor else ""
        dead = f"它自{status.since}起废止{now}。" if status.state == "repealed" else ""
        raise NotFound(
            f"库中只有{quoted(version.title)}的名称、日期和条数，没有条文。{dead}可用 ./hefa law add 收入全文。"
        )
    if article is None:
        why = f"共{version.last}条" if version.last else "没有条文"
        raise NotFound(f"{quoted(version.title)}{why}，没有{label(where.article)}。")
    words: str | None = article.text
    if where.item:
        words = article.item(where.item, where.paragraph)
    elif where.paragraph:
        held = article.paragraphs[where.paragraph - 1 : where.paragraph]
        words = "\n".join((held[0].text, *held[0].items)) if held else None
    if words is None:
        raise NotFound(
            f"{quoted(version.title)}{label(where.article)}没有这一款或者这一项；它有{len(article.paragraphs)}款。"
        )
    return Found(one, version, status, article, where, words, ())
