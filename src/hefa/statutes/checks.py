"""Rules C-01, C-02, C-03, C-05, C-06 and C-08: is the law alive, is there such an article, is its title right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hefa.kernel.law import numeral

from . import declared
from .findings import Finding, Severity
from .numerals import label, order
from .references import Mention, Place
from .shelf import Shelf
from .texts import STATE_NAME, Article, Version, plain, quoted

if TYPE_CHECKING:
    from .citations import Own, Resolved

_OLD_BEFORE = re.compile(
    r"(?:原|旧|(?:已|被)[^，。；《]{0,6}(?:废止|失效)的?|当时[^，。；《]{0,8}|修[订改正]前的?|此前[^，。；《]{0,6}|曾[^，。；《]{0,8}|废止|停止执行|清理"
    r"|(?:不得|不应|不能|不宜|不要|不)(?:再|继续)?(?:引用|援引|适用|依据|沿用)|(?:删除|删去|更正|改正)[^，。；《]{0,8})$"
)
_OLD_SENTENCE = re.compile(
    r"废止|失效|不再适用|停止执行|停止施行|取代|替代|代替|取而代之|(?:施行|实施|有效|适用)(?:期间|以?前|之前)|历史沿革|时间效力"
)
_ACTED = re.compile(r"签订|签署|订立|作出|制定|发布|印发|成立|登记|判决|裁定|办理|缔结|结婚|发生|生效")
_YEAR = re.compile(r"(\d{4})年")
_COMING = re.compile(
    r"起施行|即将|将于|拟|草案|学习|宣传|宣讲|培训|贯彻|解读|施行后|施行前|实施后|实施前|颁布|公布|出台|通过"
)
_PART = re.compile(r"（(?:[一二三四五六七八九十]{1,3}|试行)）$")
_TYPES = re.compile(r"(法|条例)$")
_NATIONAL = re.compile(r"中华人民共和国[\u4e00-\u9fff、]{2,30}(?:法|法典|条例)")
_NOT_YET = re.compile(r"草案|征求意见稿|送审稿|立法规划|立法计划|建议制定|拟制定|起草")


def bare(name: str) -> str:
    """A title as the list of dead instruments has it: without （二） or （试行） of an interpretation."""
    return _PART.sub("", plain(name))


def sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of the sentence before and behind a place."""
    left = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    right = min((at for at in (text.find(mark, end) for mark in "。；\n") if at >= 0), default=len(text))
    return text[left:start], text[end:right]


def of_law(text: str, on: dt.date, shelf: Shelf, resolved: Resolved, own: Own | None) -> Iterator[Finding]:
    """What is wrong with the law itself on that day: dead, not yet born, an older wording, a wrong title."""
    mention, state = resolved.mention, resolved.status.state
    if own is not None and own.until is not None and own.until <= on:
        yield _own(text, mention, own)
    elif state == "repealed" and not _historical(text, mention, resolved.status.since):
        yield _dead(text, shelf, resolved)
    elif state == "not_yet" and _as_basis(text, mention):
        yield _unborn(text, resolved)
    elif state == "unknown" and mention.titled:
        yield from _title(text, mention, shelf)
    elif state == "in_force" and mention.year and (coming := _coming(mention, on, shelf)) and _as_basis(text, mention):
        yield _unborn(text, resolved, coming)
    elif state == "in_force" and mention.year and resolved.version is not None:
        yield from _older(text, resolved, resolved.version)
    elif mention.titled and mention.name.startswith(STATE_NAME):
        yield from _shortened(text, mention, shelf)


def _at(
    rule: str, severity: Severity, text: str, start: int, end: int, message: str, basis: str, suggest: str
) -> Finding:
    return Finding(rule, severity, start, end, text[start:end], message, basis, suggest)


def day(value: dt.date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def _historical(text: str, mention: Mention, since: dt.date | None) -> bool:
    """原《合同法》, 《合同法》已废止, 双方于2018年依据《合同法》订立: spoken of the past, not relied on today."""
    before, after = sentence(text, mention.start, mention.close)
    if _OLD_BEFORE.search(before[-20:].rstrip("《")) or _OLD_SENTENCE.search(after):
        return True
    years = [int(year) for year in _YEAR.findall(before)]
    return bool(since and years and max(years) < since.year and _ACTED.search(before + after))


def _as_basis(text: str, mention: Mention) -> bool:
    before, after = sentence(text, mention.start, mention.close)
    if mention.places:
        return not re.search(r"起施行|即将|将于|拟|草案", before + after)
    grounded = re.search(r"(?:根据|依据|依照|按照|违反|适用)[^，。；]{0,60}$", before)
    return bool(grounded) and not _COMING.search(before + after)


def _dead(text: str, shelf: Shelf, resolved: Resolved) -> Finding:
    mention, status = resolved.mention, resolved.status
    name = bare(mention.name)
    ended = shelf.ended.get(name)
    where = ended.where if ended else ""
    now = f"，现行规定见{status.successor}{where}" if status.successor else ""
    doubt = "" if status.verified else "（废止日期待核实）"
    message = f"《{name}》自{day(status.since)}起废止{doubt}{now}。如指当时有效的规定，请写明“原”。"
    severity: Severity = "block" if status.verified else "major"
    return _at(
        "C-01", severity, text, mention.start, mention.close, message, status.source, f"{status.successor}{where}"
    )


def _coming(mention: Mention, on: dt.date, shelf: Shelf) -> Version | None:
    """The wording of the year that the text names, when it is made and does not hold yet."""
    one = shelf.instrument(mention.name)
    return next(
        (
            version
            for version in (one.versions if one else ())
            if version.promulgated and version.promulgated.year == mention.year
            if version.in_force and version.in_force > on
        ),
        None,
    )


def _unborn(text: str, resolved: Resolved, coming: Version | None = None) -> Finding:
    mention = resolved.mention
    since, source = (coming.in_force, coming.source) if coming else (resolved.status.since, resolved.status.source)
    name = quoted(plain(resolved.title))
    message = (
        f"{name}（{mention.year}年文本）自{day(since)}起施行，此时尚未施行，不能作为依据。"
        if coming
        else f"{name}自{day(since)}起施行，此时尚未施行，不能作为依据。"
    )
    return _at("C-01", "block", text, mention.start, mention.close, message, source, "")


def _own(text: str, mention: Mention, own: Own) -> Finding:
    now = f"，现行文件为《{own.successor}》" if own.successor else ""
    message = f"本单位文件《{own.title}》（{own.number}）自{day(own.until)}起失效{now}。"
    suggest = f"《{own.successor}》" if own.successor else ""
    return _at("C-06", "block", text, mention.start, mention.close, message, "本单位规范性文件库", suggest)


def _older(text: str, resolved: Resolved, version: Version) -> Iterator[Finding]:
    mention, made = resolved.mention, version.promulgated
    if (
        mention.year is None
        or made is None
        or mention.year >= made.year
        or _historical(text, mention, version.in_force)
    ):
        return
    message = f"所引为{mention.year}年文本，现行文本{day(made)}公布，自{day(version.in_force)}起施行，条文序号和内容可能已变。"
    yield _at("C-08", "major", text, mention.start, mention.close, message, version.source, f"{quoted(version.title)}")


def _title(text: str, mention: Mention, shelf: Shelf) -> Iterator[Finding]:
    """A title that is one character away from a known one, or has the wrong word for its kind (政府信息公开法)."""
    written = plain(mention.name)
    # 《中华人民共和国行政处法》 says that it is a law; a few characters alone may be anything.
    if not (2 if mention.name.startswith(STATE_NAME) else 5) <= len(written) <= 40:
        return
    ends = (written[:2], written[-2:])
    titles = set(shelf.names().values())
    near = {
        title
        for title in titles
        if len(written) > 3 and (title[:2] == ends[0] or title[-2:] == ends[1]) and _one_off(written, title)
    }
    stem = _TYPES.sub("", written)
    if written.endswith("法") and len(stem) > 3 and f"{stem}条例" in shelf.names():
        near = {f"{stem}条例"}
    if len(near) == 1:
        right = near.pop()
        message = f"没有查到《{written}》，是否为《{right}》？"
        yield _at("C-05", "minor", text, mention.start, mention.end, message, "法规库标题", f"《{right}》")
    elif not near and _NATIONAL.fullmatch(mention.name.replace("\n", "")):
        carries_out = written.removesuffix("实施条例") in shelf.names()  # of a law that is here: most likely real
        if not carries_out and not _NOT_YET.search("".join(sentence(text, mention.start, mention.close))):
            message = f"库中没有《{written}》：可能是名称写错，也可能是库里没有收。请核对名称。"
            yield _at("C-05", "advise", text, mention.start, mention.end, message, "法规库标题", "")


def _shortened(text: str, mention: Mention, shelf: Shelf) -> Iterator[Finding]:
    """《中华人民共和国治安处罚法》, 《中华人民共和国信访工作条例》: who writes 中华人民共和国 writes the whole name; this is none."""
    one = shelf.instrument(mention.name)
    if one is None:
        return
    too_much = STATE_NAME not in one.title and one.rank in ("行政法规", "党内法规")
    if too_much or plain(mention.name) in shelf.shortened:
        message = f"全称是{quoted(one.title)}，没有“{mention.name}”这个名称。"
        yield _at("C-05", "minor", text, mention.start, mention.end, message, "法规库标题", quoted(one.title))


def _one_off(a: str, b: str) -> bool:
    """Two titles of the same first or last half that differ in one character (written wrong, left out, too many)."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    head = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[head + (len(a) >= len(b)) :] == b[head + (len(b) >= len(a)) :]


def of_places(text: str, shelf: Shelf, resolved: Resolved) -> Iterator[Finding]:
    """C-02, C-03 and moved articles (C-08) of a law that is in force and known in its wording of the day."""
    version = resolved.version
    assert version is not None
    for place in resolved.mention.places:
        start = resolved.mention.start if place is resolved.mention.places[0] else place.start
        number, added = order(place.article)
        if version.last and number > version.last:
            doubt = "" if version.read else "（条数待核实）"
            severity: Severity = "block" if version.read else "major"
            title, lacks = quoted(plain(version.title)), label(place.article)
            message = f"{title}共{version.last}条{doubt}，没有{lacks}。"
            if version.until is not None:
                message = f"{title}当时共{version.last}条{doubt}，没有{lacks}。"
            yield _at("C-02", severity, text, start, place.end, message, version.source, "")
            continue
        article = shelf.article(version, place.article)
        if article is None:
            if missing := declared.missing(version, place):
                message = f"{quoted(plain(version.title))}{label(place.article)}{missing}。"
                yield _at("C-03", "major", text, start, place.end, message, version.source, "")
            if added and version.complete:
                message = f"{quoted(plain(version.title))}没有{label(place.article)}。"
                yield _at("C-02", "block", text, start, place.end, message, version.source, "")
            continue
        missing = _missing(place, article)
        if missing:
            message = f"{quoted(plain(version.title))}{label(place.article)}{missing}。"
            yield _at("C-03", "major", text, start, place.end, message, version.source, "")
            continue
        if not resolved.mention.year:
            yield from _moved(text, start, place, version, shelf)


def _missing(place: Place, article: Article) -> str:
    """In words, what of the place the article does not have; "" when all is there."""
    if "缺失" in article.text[:6]:
        return ""
    paragraphs = article.paragraphs
    if place.paragraph and place.paragraph > len(paragraphs):
        return f"只有{_count(len(paragraphs))}款，没有第{numeral(place.paragraph)}款"
    if not place.item or re.search(rf"[（(](?:{numeral(place.item)}|{place.item})[）)]", article.text):
        if place.item and place.paragraph:
            return _missing_item(place.item, place.paragraph, article)
        return ""
    most = max(len(paragraph.items) for paragraph in paragraphs)
    return f"只有{_count(most)}项，没有第（{numeral(place.item)}）项" if most else "不分项"


def _count(number: int) -> str:
    return "两" if number == 2 else numeral(number)


def _missing_item(item: int, paragraph: int, article: Article) -> str:
    held = article.paragraphs[paragraph - 1]
    if len(held.items) >= item or re.search(rf"[（(]{numeral(item)}[）)]", held.text):
        return ""
    other = next((at for at, one in enumerate(article.paragraphs, 1) if len(one.items) >= item), 0)
    hint = f"，第（{numeral(item)}）项在第{numeral(other)}款" if other else ""
    return f"第{numeral(paragraph)}款没有第（{numeral(item)}）项{hint}"


def _moved(text: str, start: int, place: Place, version: Version, shelf: Shelf) -> Iterator[Finding]:
    """The number is that of an older wording, which the words around it show: 民诉法第一百九十四条 of 司法确认."""
    before, after = sentence(text, start, place.end)
    around = before[-60:] + after[:80]
    for given in shelf.moved:
        if given["law"] != version.title or given["old"] != place.article or version.in_force != given["in_force"]:
            continue
        if re.search(given["topic"], around) and not _OLD_BEFORE.search(before[-20:]):
            message = f"{given['about']}在现行{quoted(plain(version.title))}为{label(given['new'])}，{label(place.article)}是修改前的序号。"
            yield _at("C-08", "major", text, start, place.end, message, version.source, label(given["new"]))
