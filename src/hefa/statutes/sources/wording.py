"""The text of one instrument, as people keep it, cut into title, dates and articles. Nothing here knows of files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from ..numerals import NUMBER, key
from ..texts import Article, Draft, plain

_ARTICLE = re.compile(rf"^\**(第\s*{NUMBER}\s*条(?:\s*之{NUMBER})?)\**[\s\u3000：:]*(.*)$")
_HEADING = re.compile(
    r"^(?:#{2,6}\s*(.+)|(第[一二三四五六七八九十百]+(?:分?编|章|节)[\s\u3000]*[^，。；]{0,30}|附\s*则))$"
)
_ANNEX = re.compile(r"^#*\s*附(?:件|表|录)\s*[一二三四五六七八九十\d]*(?:[:：\s]|$)")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_STARTS = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起?\s*(?:施行|生效|实施)")
_AT_ONCE = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|生效|实施)")
_NAMED_DAY = re.compile(r"[（(](\d{4})-(\d{2})-(\d{2})[)）]")
_ISSUERS = re.compile(
    r"(最高人民法院、最高人民检察院|最高人民法院|最高人民检察院|中共中央、国务院|中共中央办公厅、国务院办公厅|国务院|"
    r"[\u4e00-\u9fff]{2,8}(?:省|市|自治区|县|区)(?:第[一二三四五六七八九十]+届)?(?:人民代表大会常务委员会|人民代表大会|人民政府)|"
    r"[\u4e00-\u9fff]{2,20}街道办事处)"
)
_SESSION = re.compile(r"第[一二三四五六七八九十]+届")


class NotLaw(Exception):
    """A text in which no instrument can be read; the message is one Chinese sentence for people."""


def parse(text: str, name: str, source: str, rank: str = "") -> Draft:
    """An instrument from its text. `name`: of the file, for messages, and for the day of promulgation in its brackets.

    LawRefBook's form: `# title`, lines of history, `<!-- INFO END -->`, `## chapters`, articles. Plain texts: the title
    on the first line, history in brackets. Raises `NotLaw`.
    """
    lines = [line.strip().strip("\ufeff") for line in text.replace("\r", "\n").split("\n")]
    at = next((i for i, line in enumerate(lines) if line), None)
    if at is None:
        raise NotLaw(f"“{name}”是空的。")
    first = next((i for i, line in enumerate(lines) if _ARTICLE.match(line)), None)
    if first is None:
        raise NotLaw(f"“{name}”里没有找到“第一条”这样的条文，不能入库。请确认是一部法规的全文。")
    end = next((i for i, line in enumerate(lines) if "INFO END" in line), first)
    head = [line for line in lines[at:end] if line and not line.startswith("<!--")]
    title = _title(head, name)
    history = "\n".join(head[1:])
    articles = _articles(lines[at + 1 :])
    promulgated = _promulgated(name, history)
    in_force = _in_force(history, articles, promulgated)
    return Draft(
        title=title,
        rank=rank or _rank(title, history, name),
        issuer=_issuer(title, history),
        promulgated=promulgated,
        in_force=in_force,
        articles=articles,
        source=source,
        new=not re.search(r"修[订正]|修改", history),
        last=0 if re.search(r"施行|生效|废止|解释", history + articles[-1].text) else -1,
    )


def _title(head: list[str], name: str) -> str:
    title = head[0].lstrip("# ").strip() if head else ""
    if not 4 <= len(title) <= 100 or title.endswith("。"):
        raise NotLaw(f"“{name}”的第一行不是法规名称，不能入库。请把名称放在第一行。")
    return re.sub(r"\s+", "", title)


def _articles(lines: Iterable[str]) -> tuple[Article, ...]:
    """Up to an annex. A number that goes back (an annexed form, a second instrument) ends the text too."""
    found: dict[str, Article] = {}
    number, heading, body = "", "", [""]
    started = False

    def close() -> None:
        if number:
            found[number] = Article(number, "\n".join(filter(None, body)), heading_of)

    heading_of = ""
    for line in lines:
        match = _ARTICLE.match(line)
        if match and (named := key(re.sub(r"\s", "", match.group(1)))):
            if named in found or named == number:
                break
            close()
            number, body, heading_of, started = named, [match.group(2).strip()], heading, True
        elif started and _ANNEX.match(line):
            break
        elif header := _HEADING.match(line):
            heading = (header.group(1) or header.group(2)).replace("\u3000", " ").strip()
        elif started and line and not line.startswith("<!--"):
            body.append(line)
    close()
    return tuple(found.values())


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _promulgated(name: str, history: str) -> dt.date | None:
    named = _NAMED_DAY.search(name)
    if named:
        return _day(*named.groups())
    days = [
        day
        for line in re.split(r"\n|，(?=\d{4}年)", history)
        for match in _DATE.finditer(line)
        if not re.match(r"起?\s*施行", line[match.end() :].strip()) and (day := _day(*match.groups()))
    ]
    return max(days) if days else None


def _in_force(history: str, articles: tuple[Article, ...], promulgated: dt.date | None) -> dt.date | None:
    """The day named in the history, else in the closing article; an amendment holds from its promulgation."""
    closing = "\n".join(article.text for article in articles[-2:])
    for text in (history, closing):
        days = [day for match in _STARTS.finditer(text) if (day := _day(*match.groups()))]
        if days:
            return max(days[-1], promulgated) if promulgated else days[-1]
    return promulgated if promulgated or not _AT_ONCE.search(closing) else None


def _rank(title: str, history: str, name: str) -> str:
    if "最高人民法院" in title or "最高人民检察院" in title:
        return "司法解释"
    if "中共中央" in history:
        return "党内法规"
    if "国务院" in title or "国务院" in history:
        return "行政法规"
    local = re.match(r"[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|县|区)", plain(title))
    if "人民代表大会" in history or (local and title.endswith("条例")):
        return "地方性法规"
    if re.search(r"令", history):
        return "规章"
    return "法律" if title.endswith(("法", "法典")) else "规范性文件"


def _issuer(title: str, history: str) -> str:
    found = _ISSUERS.findall(_DATE.sub(" ", history)) or _ISSUERS.findall(title)
    return _SESSION.sub("", found[-1]) if found else ""
