"""Finished Chinese sentences spoken in English.

The kernel and the lines of work say what they have to say in plain Chinese sentences: refusals, faults of cells,
explanations of clocks. They know nothing of languages. A face that is read in English speaks such a sentence by
pattern: `locale/en/sentences*.toml` holds each sentence with holes, and its English.

In a Chinese pattern a hole is `{}` (any text), `{?}` (any text or none), `{n}` (a number), `{ns}` (numbers joined
with 、), `{year}` (four digits), `{name}` (text without any sign), `{math}` (a reckoning), `{way}` (up or down),
`{numeral}` (a number in Chinese) or `{date}` (one day, or from a day to a day). In its English `{0}` is what stood in the first hole, spoken in turn;
`{0 row|rows}` is a number with the noun that fits it, `{0=is|are}` the fitting word alone; `{归档}` is that label's
own English.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils import translation

from . import citations

SENTENCES = Path(__file__).parent.parent / "locale" / "en"
SPOKEN = ("said", "composed", "hints", "terms", "limits", "holidays", "papers", "forms")
LONGEST = 4000
# How often one pattern may be tried on one sentence: what people wrote stands in the holes, so it must end soon.
TRIES = 200
LONGEST_LABEL, MOST_PIECES = 40, 8
# A pattern with less fixed text than this proves little by itself.
PLAIN = 4

_CHINESE = re.compile(r"[㐀-鿿]")
_HOLE = re.compile(r"\{(\?|n|ns|year|date|math|way|name|numeral|)\}")
_PLACE = re.compile(r"\{(\d+)(?:([ =])([^|{}]*)\|([^{}]*))?\}")
_LABEL = re.compile(r"\{([^{}]*[㐀-鿿][^{}]*)\}")
_TYPES = {
    "n": re.compile(r"-?\d[\d,]*(?:\.\d+)?%?"),
    "ns": re.compile(r"\d+(?:、\d+)*"),
    "year": re.compile(r"\d{4}"),
    "math": re.compile(r"[-+\d.,%÷=()|/× ]*\d[-+\d.,%÷=()|/× ]*"),
    "name": re.compile(r"[^，。；：、“”（）\s]{1,30}"),
    "numeral": re.compile(citations.NUMERAL),
    "way": re.compile("增长|下降|增加|减少|持平，变化为|增|减"),
    "date": re.compile(rf"{citations.DAY}(?:至{citations.DAY})?|\d{{4}}-\d\d-\d\d"),
}
_PAIRS = ("“”", "（）", "《》")
_JOINED = re.compile(r"”(?:或者|或)“")
_SIGNED = re.compile(r"(·|＝ | [+÷−] )")
_log = logging.getLogger(__name__)
_unknown: set[str] = set()


@dataclass(frozen=True)
class Pattern:
    """A sentence with holes. `literals` has one part more than `holes`; `weight` is how much of it is fixed text."""

    chinese: str
    english: str
    literals: tuple[str, ...]
    holes: tuple[str, ...]

    @classmethod
    def of(cls, chinese: str, english: str) -> Pattern:
        parts = _HOLE.split(chinese)
        return cls(chinese, english, tuple(parts[::2]), tuple(parts[1::2]))

    @property
    def weight(self) -> tuple[int, int, int]:
        """The more of it is fixed text, then the less its holes take, the surer."""
        narrow = sum(kind in _TYPES and kind != "n" for kind in self.holes)
        return sum(map(len, self.literals)), sum(map(bool, self.holes)), narrow

    @property
    def is_telling(self) -> bool:
        """Whether its fixed text, and holes that take not just anything, tell the sentence from other text."""
        return self.weight[0] + 2 * sum(kind in _TYPES for kind in self.holes) >= PLAIN

    @property
    def anchor(self) -> str:
        """The longest fixed part, by whose beginning the pattern is found."""
        return max(self.literals, key=len)

    def fit(self, text: str) -> list[str] | None:
        """What stands in the holes, or None when the sentence is not of this pattern."""
        first, last = self.literals[0], self.literals[-1]
        if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
            return None
        if not self.holes:
            return [] if text == first else None
        return self._fill(text, 0, len(first), [TRIES])

    def _fill(self, text: str, nth: int, at: int, tries: list[int]) -> list[str] | None:
        follow = self.literals[nth + 1]
        is_last = nth == len(self.holes) - 1
        for end in [len(text) - len(follow)] if is_last else self._ends(text, nth, at):
            tries[0] -= 1
            if tries[0] < 0:
                return None
            if end < at or not text.startswith(follow, end) or not _suits(self.holes[nth], text[at:end]):
                continue
            rest = [] if is_last else self._fill(text, nth + 1, end + len(follow), tries)
            if rest is not None:
                return [text[at:end], *rest]
        return None

    def _ends(self, text: str, nth: int, at: int) -> Iterator[int]:
        """Where the hole may end, nearest first."""
        kind, follow, following = self.holes[nth], self.literals[nth + 1], self.holes[nth + 1]
        if kind in _TYPES and not follow:
            found = _TYPES[kind].match(text, at)
            yield from [found.end()] if found else []
        elif follow:
            yield from _places(text, follow, at)
        elif following in _TYPES:
            yield from (place for place in range(at, len(text)) if _TYPES[following].match(text, place))
        else:
            after = self.literals[nth + 2]
            yield from _places(text, after, at) if after else [len(text)]


def _places(text: str, part: str, at: int) -> Iterator[int]:
    while (at := text.find(part, at)) >= 0:
        yield at
        at += 1


def _suits(kind: str, value: str) -> bool:
    if kind in _TYPES:
        return _TYPES[kind].fullmatch(value) is not None
    if not value and kind != "?":
        return False
    return all(value.count(pair[0]) == value.count(pair[1]) for pair in _PAIRS)


def sections() -> dict[str, dict[str, str]]:
    """Every table of every file of sentences, by name, in one."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(SENTENCES.glob("sentences*.toml")):
        for name, rows in tomllib.loads(path.read_text("utf-8")).items():
            found.setdefault(name, {}).update(rows)
    return found


class Book:
    """The patterns, found by the first two characters of their longest fixed part."""

    def __init__(self, rows: dict[str, str]) -> None:
        self.whole = {chinese: english for chinese, english in rows.items() if not _HOLE.search(chinese)}
        self.by_anchor: dict[str, list[Pattern]] = {}
        for chinese, english in rows.items():
            if chinese not in self.whole:
                pattern = Pattern.of(chinese, english)
                self.by_anchor.setdefault(pattern.anchor[:2], []).append(pattern)

    def candidates(self, text: str) -> list[Pattern]:
        """Every pattern that may fit, the one with the most fixed text first."""
        keys = {text[at : at + 2] for at in range(len(text))} | set(text)
        found = [pattern for key in keys if key in self.by_anchor for pattern in self.by_anchor[key]]
        return sorted(
            (pattern for pattern in found if pattern.anchor in text), key=lambda pattern: pattern.weight, reverse=True
        )

    def find(self, text: str, *, is_single: bool) -> tuple[Pattern, list[str]] | None:
        """The pattern that the sentence is of, with what stands in its holes. `is_single`: no hole may hold more
        than one sentence, as the last hole of an open pattern would."""
        for pattern in self.candidates(text):
            held = pattern.fit(text)
            if held is None or (is_single and any(len(_sentences(value)) > 1 for value in held)):
                continue
            if pattern.is_telling or (
                all(len(_split(value, "，")) == 1 for value in held) and _are_known(pattern, held)
            ):
                return pattern, held
        return None


def _are_known(pattern: Pattern, held: list[str]) -> bool:
    """Whether what stands in the holes has English itself: a title may well end like a pattern of few letters."""
    return all(
        kind in _TYPES or _say(value, is_part=True) is not None for kind, value in zip(pattern.holes, held, strict=True)
    )


@cache
def book() -> Book:
    """The book of sentences, read once."""
    tables = sections()
    return Book({chinese: english for name in SPOKEN for chinese, english in tables.get(name, {}).items()})


def speak(text: str, language: str | None = None) -> str:
    """A finished sentence in the reader's language. What nobody has translated stays Chinese, and is logged once."""
    language = language or translation.get_language() or ""
    if not language.startswith("en") or not _CHINESE.search(text):
        return text
    said = _spoken(text, language)
    if said is None:
        _miss(text)
        return text
    return said


def speak_name(text: str) -> str:
    """A label, heading or name that may as well be somebody's own word: in English if it has any, and no complaint."""
    language = translation.get_language() or ""
    if not language.startswith("en") or not _CHINESE.search(text):
        return text
    if (said := _spoken(text, language)) is not None:
        return said
    clauses = [_spoken(part, language) or part for part in _split(text, "，")]
    return ", ".join(clauses) if len(clauses) > 1 and not _CHINESE.search(clauses[-1]) else text


def _miss(text: str) -> None:
    """Tell the log what has no English: without what is quoted or counted in it, for that may be about people."""
    shape = re.sub(r"“[^”]*”", "“…”", re.sub(r"\d+", "#", text))[:200]
    if shape not in _unknown:
        _unknown.add(shape)
        _log.warning("no English for: %s", shape)


@lru_cache(maxsize=8192)
def _spoken(text: str, language: str) -> str | None:
    with translation.override(language):
        try:
            return _say(text)
        except RecursionError:  # what people wrote stands in the holes, and may nest without end
            return None


def _say(text: str, is_part: bool = False) -> str | None:
    """The sentence in English, or None when nothing of it is known. `is_part`: it stood in a hole."""
    if not _CHINESE.search(text):
        return text
    if len(text) > LONGEST:
        return None
    if (known := _label(text)) is not None or (known := citations.english(text, _instruments())) is not None:
        return known
    if found := book().find(text, is_single=True):
        return _filled(*found)
    if (known := _pieces(text, is_whole=True)) is not None:
        return known
    if found := book().find(text, is_single=False):
        return _filled(*found)
    return _pieces(text) or _signed(text) or (_list(text) if is_part else None) or _compound(text)


def _label(text: str) -> str | None:
    """A whole sentence, a declared label or a message of the desk."""
    if text in book().whole:
        return _with_labels(book().whole[text])
    known = translation.gettext(text)
    return known if known != text else None


def _compound(text: str) -> str | None:
    """Two labels written as one word, as headers of ledgers are: 退回理由."""
    for at in range(min(len(text), LONGEST_LABEL) - 2, 1, -1):
        head, tail = _label(text[:at]), _label(text[at:])
        if head is not None and tail is not None:
            return f"{head}: {tail}"
    return None


def _part(text: str) -> str:
    said = _say(text, is_part=True)
    return text if said is None else said


def _held(kind: str, value: str) -> str:
    if kind == "ns":
        return value.replace("、", ", ")
    return str(citations.number(value)) if kind == "numeral" else _part(value)


def _with_labels(english: str) -> str:
    return _LABEL.sub(lambda found: translation.gettext(found.group(1)), english)


def _filled(pattern: Pattern, held: list[str]) -> str:
    spoken = [_held(kind, value) for kind, value in zip(pattern.holes, held, strict=True)]

    def put(found: re.Match[str]) -> str:
        value = spoken[int(found.group(1))]
        if found.group(2) is None:
            return value
        word = found.group(3 if value == "1" else 4)
        return word if found.group(2) == "=" else f"{value} {word}"

    return _PLACE.sub(put, _with_labels(pattern.english)).strip()


def _pieces(text: str, *, is_whole: bool = False) -> str | None:
    """Sentences that were joined: each for itself, as far as they are known; with `is_whole` all or none."""
    for sign, joint in (("\n", "\n"), ("；", "; "), ("。", ". ")):
        if len(parts := _split(text, sign)) > 1:
            said = [_say(part, is_part=True) or (_label(part + sign) if sign == "。" else None) for part in parts]
            if all(said) or (any(said) and not is_whole):
                spoken = [one or part for part, one in zip(parts, said, strict=True)]
                return joint.join(one.removesuffix(".") if sign == "。" else one for one in spoken).strip() + (
                    "." if sign == "。" and text.endswith("。") else ""
                )
    return None if is_whole else _clauses(text)


def _clauses(text: str) -> str | None:
    """What stands about a colon, or between commas, where the head or all of it is known."""
    head, colon, rest = _at_colon(text)
    if colon and text.count(colon) <= MOST_PIECES and (said_head := _say(head)) is not None:
        return f"{said_head}: {_part(rest)}"
    if len(clauses := _split(text, "，")) > 1:
        said = [_say(part) for part in clauses]
        if all(one is not None for one in said):
            return ", ".join(map(str, said))
    return None


def _sentences(text: str) -> list[str]:
    return [part for line in _split(text, "\n") for part in _split(line, "；")]


def _split(text: str, sign: str) -> list[str]:
    """The parts between the signs that stand outside quotation marks and brackets."""
    if sign not in text:
        return [text]
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        if letter in "“（《":
            depth += 1
        elif letter in "”）》":
            depth -= 1
        elif letter == sign and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    return [part for part in (*parts, text[start:]) if part]


def _at_colon(text: str) -> tuple[str, str, str]:
    parts = _split(text, "：")
    return (parts[0], "：", text[len(parts[0]) + 1 :]) if len(parts) > 1 else (text, "", "")


def _list(text: str) -> str | None:
    """Things that were listed: 甲、乙, or 甲”或“乙 where a quoted hole holds several."""
    if len(several := _JOINED.split(text)) > 1:
        return "” or “".join(map(_part, several))
    if len(several := _split(text, "、")) > 1 and len(_split(text, "，")) == 1:
        return ", ".join(map(_part, _items(several)))
    return None


def _signed(text: str) -> str | None:
    """Labels within labels, 甲·乙, and reckonings of labels, ＝ 甲 ÷ 乙; where every one is known."""
    several = _SIGNED.split(text)
    if len(several) == 1 or any(_CHINESE.search(part) and _say(part) is None for part in several):
        return None
    return "".join(map(_part, several)).replace("·", " · ").replace("＝", "=")


def _items(pieces: list[str]) -> list[str]:
    """The things of a list: a label may itself hold the sign that separates them."""
    found, at = [], 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + MOST_PIECES), at, -1)
        end = next((end for end in ends if _label("、".join(pieces[at:end])) is not None), at + 1)
        found.append("、".join(pieces[at:end]))
        at = end
    return found


@cache
def _instruments() -> dict[str, str]:
    return sections().get("instruments", {})
