"""The numbers that Word sets before a paragraph by itself: 第一条, 1.1, （二）."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
_LONGEST_CHAIN = 20  # styles that rest on each other


@dataclass(frozen=True)
class Level:
    """How one level counts (`fmt`), what stands around the number (`text`: 第%1条) and behind it."""

    fmt: str
    text: str
    start: int
    behind: str


class Numbering:
    """The lists of a document, counted on as its paragraphs are read in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        kinds = (
            {}
            if numbering is None
            else {a.get(f"{_W}abstractNumId"): _levels(a) for a in numbering.findall(f"{_W}abstractNum")}
        )
        self.lists: dict[str, tuple[str, dict[int, Level]]] = {}
        for num in () if numbering is None else numbering.findall(f"{_W}num"):
            kind = _val(num.find(f"{_W}abstractNumId"))
            self.lists[num.get(f"{_W}numId", "")] = (kind, _overridden(num, kinds.get(kind, {})))
        self.styles = {} if styles is None else {s.get(f"{_W}styleId"): s for s in styles.findall(f"{_W}style")}
        # Lists of one kind count on together; one whose start is set anew counts for itself.
        self.counts: dict[str, list[int]] = {}

    def begin(self) -> None:
        """Count from the start again."""
        self.counts.clear()

    def next(self, paragraph: Any) -> str:
        """The number of this paragraph with what stands behind it; empty when it has none."""
        if not self.lists:
            return ""
        list_id, depth = self._of(paragraph)
        kind, levels = self.lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(kind, [0] * _DEEPEST)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_DEEPEST - depth - 1)
        if level.fmt in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            said = levels.get(at)
            return _written(counts[at] or (said.start if said else 1), said.fmt if said else "decimal")

        text = re.sub(r"%([1-9])", number, level.text)
        return text + level.behind if text.strip() else ""

    def _of(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        list_id, depth = _place(properties.find(f"{_W}numPr"))
        style = _val(properties.find(f"{_W}pStyle"))
        for _ in range(_LONGEST_CHAIN):
            if list_id and depth is not None:
                break
            found = self.styles.get(style)
            if found is None:
                break
            own_id, own_depth = _place(found.find(f"{_W}pPr/{_W}numPr"))
            list_id, depth = list_id or own_id, depth if depth is not None else own_depth
            style = _val(found.find(f"{_W}basedOn"))
        return list_id, min(depth or 0, _DEEPEST - 1)


def _place(properties: Any) -> tuple[str, int | None]:
    if properties is None:
        return "", None
    depth = _val(properties.find(f"{_W}ilvl"))
    return _val(properties.find(f"{_W}numId")), int(depth) if depth.isdecimal() else None


def _val(node: Any) -> str:
    return "" if node is None else node.get(f"{_W}val", "")


def _levels(kind: Any) -> dict[int, Level]:
    return {
        int(one.get(f"{_W}ilvl")): _level(one)
        for one in kind.findall(f"{_W}lvl")
        if one.get(f"{_W}ilvl", "").isdecimal()
    }


def _level(one: Any) -> Level:
    start = _val(one.find(f"{_W}start"))
    behind = {"nothing": "", "space": " "}.get(_val(one.find(f"{_W}suff")), " ")
    return Level(
        _val(one.find(f"{_W}numFmt")) or "decimal",
        _val(one.find(f"{_W}lvlText")),
        int(start) if start.isdecimal() else 1,
        behind,
    )


def _overridden(num: Any, levels: dict[int, Level]) -> dict[int, Level]:
    made = dict(levels)
    for one in num.findall(f"{_W}lvlOverride"):
        if not (depth := one.get(f"{_W}ilvl", "")).isdecimal():
            continue
        if (own := one.find(f"{_W}lvl")) is not None:
            made[int(depth)] = _level(own)
        start = _val(one.find(f"{_W}startOverride"))
        if start.isdecimal() and int(depth) in made:
            made[int(depth)] = replace(made[int(depth)], start=int(start))
    return made


def _chinese(value: int, digits: str = "零一二三四五六七八九", places: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """12 → 十二, 105 → 一百零五. Word counts no further than some hundreds in practice."""
    if not 0 < value < 10000:
        return str(value)
    made, gap = "", False
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            made += ("零" if gap and made else "") + digits[digit] + places[place]
        gap = not digit
    return made[1:] if made.startswith("一十") else made


def _formal(value: int) -> str:
    return _chinese(value, "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
)


def _roman(value: int) -> str:
    made = ""
    for size, sign in _ROMAN:
        made, value = made + sign * (value // size), value % size
    return made


def _stems(value: int) -> str:
    return "甲乙丙丁戊己庚辛壬癸"[(value - 1) % 10]


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
                     "taiwaneseCounting", "taiwaneseCountingThousand"), _chinese),
    "chineseLegalSimplified": _formal, "ideographLegalTraditional": _formal,
    "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
    "upperLetter": _letters, "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": lambda n: _roman(n % 4000), "lowerRoman": lambda n: _roman(n % 4000).lower(),
    "ideographTraditional": _stems, "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
}  # fmt: skip


def _written(value: int, fmt: str) -> str:
    return _FORMATS.get(fmt, str)(value)
