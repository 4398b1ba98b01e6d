"""Whether a text names the parties of a dispute: their names, numbers and addresses, also as they were before a correction.

Values are compared in clear, inside the transaction that would keep the text; what is no longer on the record in clear is
found by the keyed index of mentions. What a refusal says of a value is its mask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hefa.kernel.matter import Matter, Mention
from hefa.kernel.personal import blind, mask

_KINDS = ("name", "id_no", "phone", "address")
_AREA = re.compile(r".*?(?:社区|小区|村|路|街|弄)")
_UP_TO_NUMBER = re.compile(r"[^\d]*")
_NUMBERS = ((re.compile(r"\d{17}[\dX]"), "id_no"), (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "phone"))
_SHORTEST, _SHORTEST_TAIL, _LONGEST = 2, 4, 24
_FILLING = re.compile(r"[\s\-－—·•.，,]")


@dataclass(frozen=True)
class Place:
    """Where a text says what it must not: line and column from 1, whose it is, and what, masked."""

    line: int
    column: int
    side: str
    what: str

    def __str__(self) -> str:
        return f"第 {self.line} 行第 {self.column} 字起是{self.side}的{self.what}"


@dataclass(frozen=True)
class _Squeezed:
    """A text without spaces and hyphens, full-width signs narrowed, and where each sign stood."""

    signs: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Squeezed:
        kept = [(sign, n) for n, raw in enumerate(text) for sign in unicodedata.normalize("NFKC", raw).upper()
                if not _FILLING.match(sign)]  # fmt: skip
        return cls("".join(sign for sign, _ in kept), tuple(n for _, n in kept))


def places(text: str, dispute: Matter) -> list[Place]:
    """Every place of the text that names a party of the dispute, first to last."""
    squeezed = _Squeezed.of(text)
    found = {**_numbers(squeezed), **_mentions(squeezed, dispute), **_parties(squeezed, dispute)}
    return [_place(text, squeezed.at[start], *found[start]) for start in sorted(found)]


def _place(text: str, at: int, side: str, what: str) -> Place:
    before = text[:at]
    return Place(before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1, side, what)


def _parties(squeezed: _Squeezed, dispute: Matter) -> dict[int, tuple[str, str]]:
    sides = dispute.declared.sides
    found = {}
    for party in dispute.parties:
        for name, value in _values(party):
            signs = _Squeezed.of(value).signs
            for start in _starts(squeezed.signs, signs) if len(signs) >= _SHORTEST else ():
                found[start] = (sides.get(party["side"], "当事人"), _told(name, value))
    return found


def _values(party: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in _KINDS:
        if value := party.get(name, ""):
            yield name, value
    address = party.get("address", "")
    for tail in (_AREA.sub("", address, count=1), _UP_TO_NUMBER.sub("", address, count=1)):
        if len(tail) >= _SHORTEST_TAIL:
            yield "address", tail


def _starts(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _mentions(squeezed: _Squeezed, dispute: Matter) -> dict[int, tuple[str, str]]:
    """Spellings that a correction has replaced: only their keys are kept, so every piece of the text is tried."""
    now = {blind(value) for party in dispute.parties for value in party.values() if value}
    keys = set(Mention.objects.filter(matter=dispute).values_list("key", flat=True)) - now
    if not keys:
        return {}
    signs, found = squeezed.signs, {}
    for start in range(len(signs)):
        for length in range(_SHORTEST, min(_LONGEST, len(signs) - start) + 1):
            if blind(signs[start : start + length]) in keys:
                found[start] = ("当事人", _former(signs[start : start + length]))
    return found


def _told(name: str, value: str) -> str:
    masked = mask(name, value)
    if name == "name":
        return f"姓名或者名称（{masked}）"
    if name == "id_no":
        return f"证件号码（{masked}）"
    return f"电话（{masked}）" if name == "phone" else f"住址（{masked}）"


def _former(value: str) -> str:
    return f"更正以前登记的姓名或者号码（{mask('name', value)}）"


def _numbers(squeezed: _Squeezed) -> dict[int, tuple[str, str]]:
    """Numbers of anybody: a public text needs none."""
    return {
        hit.start(): ("某人", _told(name, hit.group()))
        for pattern, name in _NUMBERS
        for hit in pattern.finditer(squeezed.signs)
    }
