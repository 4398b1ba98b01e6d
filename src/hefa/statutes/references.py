"""References as they are written: a law's name with the 条款项 after it, lists, ranges and what 本法 or 该法 stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from .numerals import CHARS, read
from .texts import plain

_N = rf"[{CHARS}](?:\n?[{CHARS}]){{0,7}}"  # a line may end within a number
_JOIN = r"(?:、|，|,|和|与|及|以及|或者|或|至|到|—|–|-|~|～)"
_ARTICLE = re.compile(
    rf"第\s*({_N})((?:\s*、\s*第?{_N})*)(?:\s*(?:至|到|—|–|-|~|～)\s*第?({_N}))?\s*条(?:\s*之({_N})(?![条款项]))?"
)
_PARAGRAPH = re.compile(rf"第\s*({_N})((?:\s*、\s*第?{_N})*)(?:\s*[至到]\s*第?({_N}))?\s*款(?![项式待])")
_ITEM = re.compile(
    rf"第?\s*[（(]\s*({_N})\s*[）)]((?:\s*(?:、|和|及|至)?\s*第?[（(]\s*{_N}\s*[）)])*)\s*项(?!目)"
    rf"|第\s*({_N})((?:\s*、\s*第?{_N})*)(?:\s*[至到]\s*第?({_N}))?\s*项(?!目)"
)
_LEVELS = ((1, _ARTICLE), (2, _PARAGRAPH), (3, _ITEM))
_SEPARATOR = re.compile(rf"\s*{_JOIN}?\s*(?:的\s*)?")
_NUMBERS = re.compile(_N)
# What may stand between a name and its article.
_BETWEEN = re.compile(
    r"(?:\s|的|中|之|（[^（）]{0,60}(?:（[^（）]{0,40}）[^（）]{0,40})?）|\([^()]{0,60}\)|[\u4e00-\u9fff]{1,6}编|第[一二三四五六七八九十]{1,3}[编章节]|附则|总则|分则)*"
)
_TITLE = re.compile(r"《((?:[^《》\n]|\n(?=[^\n])|《[^《》]{1,60}》){2,120})》")
_ALIAS = re.compile(
    r"^\s*[（(](?:以?下\s*简?称|简称)(?:为)?[：:]?\s*[“\"‘「]?《?([^》”\"’」）)，。]{2,20})》?[”\"’」]?"
)
_REVISION = re.compile(
    r"^\s*[（(]\s*(\d{4})\s*年?\s*(?:\d{1,2}月\d{1,2}日)?\s*(?:第[一二三四五六七八九十]次)?(?:修正|修订|修改|版|公布|颁布)[^）)]{0,12}[）)]"
)
_SAME = re.compile(rf"(?:该|同|上述)(法典|法|条例)(?=第\s*{_N})|本(法典|法|条例)(?=第\s*{_N})")
# A bare name is a name only after such words: 公司法定代表人, 污水法 and 浙江省信访条例 hold other laws' names by chance.
_BEFORE = re.compile(
    r"(?:^|[\s，。；：、（(“\"《》！？\-—]|根据|依据|依照|按照|遵照|参照|违反|适用|遵守|执行|贯彻|符合|结合|落实|援引|引用|触犯|属于"
    r"|原|旧|新|现行|我国|国务院|中华人民共和国|修订后的|修改后的|修订的|依|按|据|和|及|与|或|以及|或者|的|由|对|为|是|即|中|将|在|以|于|到|等)$"
)
_AFTER = re.compile(rf"\s*(?:（[^）]{{0,30}}）)?\s*(?:的|中)?\s*第\s*{_N}[^条款。；\n]{{0,12}}条")
_LINE = re.compile(r"^[^\n。；，]{3,60}(?:法|法典|条例)[ \t]*$", re.M)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|违反|适用|遵守|符合)(?:[^，。；]{0,40}[》、和与及])?$")
_STOP = re.compile(r"(?:的?(?:有关|相关)?规定|等|、|，|。|；|和|及|与|》|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """条款项 of one reference: `article` as `numerals.key`, `paragraph` and `item` from 1, or None when not named."""

    start: int
    end: int
    article: str
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A law named in a text, and the places of it that the same words go on to name.

    `name`: as written, without 《》. `titled`: stood in 《》. `year`: of the revision named in brackets. `back`: the words
    本法, 该条例… pointed at it, so the name is the one they stand for.
    """

    start: int
    end: int
    name: str
    titled: bool
    places: tuple[Place, ...] = ()
    year: int | None = None
    back: bool = False

    @property
    def close(self) -> int:
        return self.places[-1].end if self.places else self.end


def mentions(text: str, names: dict[str, str]) -> list[Mention]:
    """All laws named in a text, in order. `names`: every known bare name → bare full title (`Shelf.names`)."""
    aliases: dict[str, str] = {}
    found: list[Mention] = []
    heads, headings = _heads(names), _headings(text, names)
    covered = 0
    for start, end, name, kind in _candidates(text, heads, names, aliases):
        if start < covered:
            continue
        if kind in ("back", "own"):
            resolved = (_under(headings, start, name) if kind == "own" else None) or _pointed(found, name)
            if resolved is None:
                continue
            name = resolved
        else:
            alias = _ALIAS.match(text[end : end + 60])
            if alias and kind == "title":
                aliases[plain(alias.group(1))] = name
                bare = plain(alias.group(1))
                heads.setdefault(bare[:2], []).append(bare)
            name = aliases.get(plain(name), name)
        revision = _REVISION.match(text[end : end + 40])
        places = tuple(_places(text, end, revision.end() if revision else 0))
        year = int(revision.group(1)) if revision else None
        found.append(Mention(start, end, name, kind == "title", places, year, kind in ("back", "own")))
        covered = found[-1].close
    return found


def places(text: str) -> tuple[Place, ...]:
    """The 条款项 that a text begins with."""
    return tuple(_places(text, 0, 0))


def _heads(names: dict[str, str]) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        heads.setdefault(name[:2], []).append(name)
    return heads


def _candidates(
    text: str, heads: dict[str, list[str]], names: dict[str, str], aliases: dict[str, str]
) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, name, kind) in order of place; titles in 《》 hide the bare names inside them."""
    at, titles = 0, {match.start(): match for match in _TITLE.finditer(text)}
    while at < len(text):
        if (title := titles.get(at)) is not None:
            yield title.start(), title.end(), title.group(1), "title"
            at = title.end()
            continue
        step = 1
        if text[at] in "该同上本" and (back := _SAME.match(text, at)):
            word = back.group(1) or back.group(2)
            yield back.start(), back.end(), word, "own" if text[at] == "本" else "back"
            step = back.end() - at
        elif text[at : at + 2] in heads and (name := _bare(text, at, heads[text[at : at + 2]], aliases)):
            yield at, at + len(name), name, "bare"
            step = len(name)
        elif text.startswith("中华人民共和国", at):
            name = _bare(text, at + 7, heads.get(text[at + 7 : at + 9], []), aliases)
            if name:
                yield at, at + 7 + len(name), name, "bare"
                step = 7 + len(name)
        at += step


def _bare(text: str, at: int, names: list[str], aliases: dict[str, str]) -> str:
    """The longest known name that stands at a place as a name, "" when none does."""
    for name in names:
        if not text.startswith(name, at) or not _BEFORE.search(text[max(0, at - 8) : at]):
            continue
        end = at + len(name)
        cited = _AFTER.match(text, end)
        if cited or (
            len(name) > 2
            and name not in aliases
            and _BASIS.search(text[max(0, at - 50) : at])
            and _STOP.match(text, end)
        ):
            return name
    return ""


def _headings(text: str, names: dict[str, str]) -> list[tuple[int, str]]:
    """Lines that are nothing but a law's title: what stands below is that law, or a part of it."""
    lines = ((match.start(), match.group().strip()) for match in _LINE.finditer(text))
    return [(at, line) for at, line in lines if plain(line) in names]


def _under(headings: list[tuple[int, str]], at: int, word: str) -> str | None:
    """What 本法 means in the text of a law: that law, whatever others it names."""
    above = next((line for start, line in reversed(headings) if start < at), "")
    return above if plain(above).endswith(word) or (word == "法" and plain(above).endswith("法典")) else None


def _pointed(found: list[Mention], word: str) -> str | None:
    """The last law named whose title ends in the word that points back; nothing when the last law is of another kind."""
    for mention in reversed(found[-3:]):
        ending = plain(mention.name)
        if ending.endswith(word) or (word == "法" and ending.endswith("法典")):
            return mention.name
    return None


def _places(text: str, at: int, skip: int) -> Iterator[Place]:
    """The 条款项 that follow a name, through lists and ranges, up to the first words that are none."""
    tokens = _tokens(text, at + skip)
    article, paragraph, start = "", None, -1
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.level == 1:
            article, paragraph = token.keys[-1], None
        elif token.level == 2:
            paragraph = int(token.keys[-1])
        start = token.start if start < 0 else start
        refined = after is not None and after.level > token.level
        for number in token.keys[: -1 if refined else None]:
            yield Place(
                start,
                token.end,
                number if token.level == 1 else article,
                int(number) if token.level == 2 else paragraph if token.level == 3 else None,
                int(number) if token.level == 3 else None,
            )
        start = start if refined else -1


@dataclass(frozen=True, slots=True)
class _Token:
    level: int  # 1 条, 2 款, 3 项
    start: int
    end: int
    keys: list[str]


def _tokens(text: str, at: int) -> list[_Token]:
    between = _BETWEEN.match(text, at)
    at = between.end() if between else at
    found: list[_Token] = []
    while True:
        tried = ((level, pattern.match(text, at)) for level, pattern in _LEVELS if level == 1 or found)
        level, match = next(((level, match) for level, match in tried if match), (0, None))
        keys = _keys(match, level) if match else []
        if match is None or not keys:
            return found
        found.append(_Token(level, match.start(), match.end(), keys))
        gap = _SEPARATOR.match(text, match.end())
        at = gap.end() if gap else match.end()


def _keys(match: re.Match[str], level: int) -> list[str]:
    groups = match.groups()[:3] if level < 3 else match.groups()
    numbers = [read(word) for group in groups if group for word in _NUMBERS.findall(group)]
    keys = [str(number) for number in numbers if number]
    added = read(match.group(4)) if level == 1 and match.group(4) else None
    return [*keys[:-1], f"{keys[-1]}-{added}"] if keys and added else keys
