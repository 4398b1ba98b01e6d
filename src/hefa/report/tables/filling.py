"""A table filled from the record for one office and year: cells that know their rows, identities that were tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hefa.kernel.figure import CENT, Period, find_figure, rows_digest
from hefa.kernel.people import Office

from .asking import Added, Ask, Blank, Counted, Parted, Questions, Whole, counted_in, shifted
from .lines import EQUAL, Definition, Identity, Terms, matching
from .slots import Layout, Slot, lay_out
from .tally import Answer, Number, Tally

NOTHING, NEVER = "—", "／"  # nothing on record; nothing can be on record


@dataclass(frozen=True)
class Cell:
    """value: int, Decimal (percent: of a hundred, two places), text, or None · rows: how many are behind it."""

    value: Number | str | None
    text: str
    ask: Ask | None = None
    percent: bool = False
    rows: int = 0
    digest: str = ""
    source: str = ""


@dataclass(frozen=True)
class Case:
    """One trial of an identity: in the line `at`, the left side came to one number, the right to another."""

    at: str
    left: Number
    right: Number
    arithmetic: str


@dataclass(frozen=True)
class Check:
    """An identity tried. `holds` None: nothing on record to try it on. `failed`: where it does not hold."""

    label: str
    holds: bool | None
    tried: int
    failed: tuple[Case, ...]


@dataclass
class Filled:
    """A table as it stands. `cells` by (row key, column key), also of lines that are not printed.

    parts: of a cell that is made of others, which · labels: of every line by "row" or "column" and its key.
    """

    title: str
    office: str
    period: Period
    rows: tuple[Slot, ...]
    columns: tuple[Slot, ...]
    cells: dict[tuple[str, str], Cell]
    corner: str = ""
    note: str = ""
    checks: tuple[Check, ...] = ()
    parts: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return all(check.holds is not False for check in self.checks)

    def lines(self) -> Iterator[tuple[Slot, list[tuple[Slot, Cell]]]]:
        """The printed rows, each with its cells."""
        for row in self.rows:
            yield row, [(column, self.cells[row.key, column.key]) for column in self.columns]

    def as_json(self) -> dict[str, Any]:
        """For programs: cells by row and column key, numbers as numbers."""
        return {
            "title": self.title,
            "office": self.office,
            "period": str(self.period),
            "columns": [_told(slot) for slot in self.columns],
            "rows": [
                _told(row) | {"cells": {column.key: _plain(cell) for column, cell in cells}}
                for row, cells in self.lines()
            ],
            "identities": [
                {
                    "label": check.label,
                    "holds": check.holds,
                    "tried": check.tried,
                    "failed": [{"at": case.at, "arithmetic": case.arithmetic} for case in check.failed],
                }
                for check in self.checks
            ],
        }


def fill(definition: Definition, office: Office, period: Period, *, sources: bool = False) -> Filled:
    """Count every cell. With `sources` each cell also has the digest of its rows. `BadTable` when it cannot be."""
    layout = lay_out(definition, office, period.end.year)
    questions = Questions(definition, layout)
    asks = questions.all()
    tally = Tally(period, office, (one for ask in asks.values() for one in counted_in(ask)), sources)
    teller = _Teller(period, office, tally)
    cells = {place: teller.cell(ask) for place, ask in asks.items()}
    return Filled(
        title=definition.title,
        office=office.name,
        period=period,
        rows=_printed(layout.rows, layout.columns, cells, is_row=True),
        columns=_printed(layout.columns, layout.rows, cells, is_row=False),
        cells=cells,
        corner=definition.corner,
        note=definition.note,
        checks=tuple(_check(identity, layout, cells) for identity in _asked(definition, office, period)),
        parts=questions.parts(),
        labels={(axis, slot.key): slot.label for axis in ("rows", "columns") for slot in layout.axis(axis)},
    )


def _printed(
    slots: tuple[Slot, ...], across: tuple[Slot, ...], cells: dict[tuple[str, str], Cell], *, is_row: bool
) -> tuple[Slot, ...]:
    def has_something(slot: Slot) -> bool:
        places = [(slot.key, other.key) if is_row else (other.key, slot.key) for other in across]
        return any(cells[place].rows for place in places)

    return tuple(slot for slot in slots if not slot.hidden and (not slot.spare or has_something(slot)))


@dataclass
class _Teller:
    """Questions into cells."""

    period: Period
    office: Office
    tally: Tally

    def cell(self, ask: Ask) -> Cell:
        if isinstance(ask, Blank):
            return Cell(None, NEVER, ask, source=ask.why)
        answer, percent = self.answer(ask), self.is_percent(ask)
        digest = rows_digest(answer.seals) if self.tally.seals else ""
        return Cell(answer.value, _text(answer.value, percent), ask, percent, answer.rows, digest, self.told(ask))

    def answer(self, ask: Ask) -> Answer:
        if isinstance(ask, Counted | Whole):
            return self.tally.answer(ask)
        if isinstance(ask, Parted):
            top, base = self.answer(ask.top), self.answer(ask.base)
            return Answer(_ratio(top.value, base.value, ask.growth), top.rows, top.seals)
        assert isinstance(ask, Added)
        terms = [(sign, self.answer(term)) for sign, term in ask.terms]
        value = sum((sign * answer.value for sign, answer in terms if answer.value is not None), start=0)
        rows, seals = sum(one.rows for _sign, one in terms), [seal for _sign, one in terms for seal in one.seals]
        return Answer(None if any(one.value is None for _sign, one in terms) else value, rows, seals)

    def is_percent(self, ask: Ask) -> bool:
        return isinstance(ask, Parted) or (isinstance(ask, Whole) and find_figure(ask.figure).unit == "%")

    def told(self, ask: Ask) -> str:
        """Where a number comes from, in one line."""
        if isinstance(ask, Blank):
            return ask.why
        if isinstance(ask, Added | Parted):
            return f"＝ {ask.told}"
        figure = find_figure(ask.figure)
        assert figure.kind is not None
        parts = [f"{figure.kind._meta.verbose_name}·{figure.label}（{figure.full_name}）"]
        if isinstance(ask, Counted):
            parts += [test.told for test in ask.where]
            if ask.total_of:
                parts.append(f"“{figure.kind._meta.get_field(ask.total_of).verbose_name}”之和")  # type: ignore[union-attr]
        parts.append(ask.place.label if ask.place else f"{self.office.name}及下属")
        then = shifted(self.period, ask.back)
        return "，".join([*parts, f"{then.start} 至 {then.end}"])


def _ratio(top: Number | None, base: Number | None, growth: bool) -> Decimal | None:
    if top is None or not base:
        return None
    counted = Decimal(top) - Decimal(base) if growth else Decimal(top)
    return (counted * 100 / Decimal(base)).quantize(CENT, ROUND_HALF_UP)


def _text(value: Number | None, percent: bool) -> str:
    if value is None:
        return NOTHING
    if percent:
        return f"{value:.2f}%"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


# Identities.


def _asked(definition: Definition, office: Office, period: Period) -> Iterator[Identity]:
    for identity in definition.identities:
        if (not identity.levels or office.level in identity.levels) and period.end.year >= identity.from_year:
            yield identity


def _check(identity: Identity, layout: Layout, cells: dict[tuple[str, str], Cell]) -> Check:
    is_rows = identity.axis == "rows"
    slots = layout.axis(identity.axis)
    across = layout.axis("columns" if is_rows else "rows")
    keys = [slot.key for slot in slots]
    wanted = {key for term in identity.at for key in matching(term, [slot.key for slot in across])}
    tried, failed = 0, []
    for line in across:
        if identity.at and line.key not in wanted:
            continue
        column = {key: cells[(key, line.key) if is_rows else (line.key, key)] for key in keys}
        one, other = (_side(terms, keys, column) for terms in (identity.left, identity.right))
        if one is None or other is None:
            continue
        tried += 1
        (left, shown_left), (right, shown_right) = one, other
        if not (left == right if identity.sign == EQUAL else left <= right):
            sign = "≠" if identity.sign == EQUAL else "＞"
            failed.append(Case(line.label, left, right, f"{shown_left} {sign} {shown_right}"))
    return Check(identity.label, (not failed) if tried else None, tried, tuple(failed))


def _side(terms: Terms, keys: list[str], cells: dict[str, Cell]) -> tuple[Number, str] | None:
    """(what the terms come to, the sum as it is written); None when a term has no number."""
    total: Number = 0
    shown = ""
    many = [(sign, key) for sign, term in terms for key in matching(term, keys)]
    for sign, key in many:
        cell = cells[key]
        if not isinstance(cell.value, int | Decimal) or cell.percent:
            return None
        total += sign * cell.value
        shown += f"{'−' if sign < 0 else '+'}{cell.text}"
    shown = shown.removeprefix("+")
    return total, f"{shown}={_text(total, False)}" if len(many) > 1 else shown or "0"


def _told(slot: Slot) -> dict[str, Any]:
    return {"key": slot.key, "label": slot.label, "group": list(slot.group)}


def _plain(cell: Cell) -> dict[str, Any]:
    value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
    told = {"value": value, "text": cell.text, "rows": cell.rows, "source": cell.source}
    return told | ({"digest": cell.digest} if cell.digest else {})
