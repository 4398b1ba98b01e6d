"""A row of a ledger as a life: which steps happened, in which order, with which answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import PARTIES, Kind
from hefa.kernel.people import Office

from .cells import is_nothing, read, split_like
from .columns import CHANGE, PARTY_PARTS, Column, columns, target_kind
from .lookup import Directory, Numbers

Faults = dict[str, str]  # column key → sentence
Steps = list[tuple[str, date, dict[str, Any]]]  # as `Play` has them
_MOST_STEPS = 200


@dataclass(frozen=True, eq=False)
class Happening:
    """A step taken on a day; `nth` among the days in the same cell. Each is itself alone."""

    step: Step
    day: date
    nth: int


class Lives:
    """Turns the values of a row into a play. One for a kind; keeps what the declarations say at hand."""

    def __init__(self, kind: type[Kind], directory: Directory) -> None:
        self.kind = kind
        self.directory = directory
        self.unknown: dict[str, Counter[str]] = {}  # header → why a person was left out, how often
        self.columns = {column.key: column for column in columns(kind)}
        self._single = {key: replace(column, repeats=False, changes=False) for key, column in self.columns.items()}
        self._rank = {step.name: n for n, step in enumerate(kind.flow.steps)}
        self._steps = {step.name: step for step in kind.flow.steps}

    def steps(self, values: Mapping[str, Any], office: Office, numbers: Numbers) -> tuple[Steps, Faults]:
        """The life in a row whose cells were read one by one; its steps, or the faults of the row as a whole."""
        faults: Faults = {}
        happened = self._happened(values, faults)
        if faults or not happened:
            return [], faults
        answers = self._answers(values, happened, office, numbers, faults)
        return [(one.step.name, one.day, given) for one, given in zip(happened, answers, strict=True)], faults

    def _happened(self, values: Mapping[str, Any], faults: Faults) -> list[Happening]:
        """The steps whose days are filled, in order of day; where days tie, in an order that the flow allows."""
        found = []
        for key, value in values.items():
            column = self.columns[key]
            if column.role == "day":
                days = value if column.repeats else [value]
                found += [Happening(self._steps[column.step], day, nth) for nth, day in enumerate(days)]
        found.sort(key=lambda one: (one.day, self._rank[one.step.name], one.nth))
        if len(found) > _MOST_STEPS:
            faults[f"{found[0].step.name}:day"] = f"这一行有 {len(found)} 个日期，最多 {_MOST_STEPS} 个"
            return []
        self._check_opening(found, faults)
        return [] if faults else in_order(self.kind.flow, found)

    def _check_opening(self, found: Sequence[Happening], faults: Faults) -> None:
        openings = [one for one in found if one.step.opens]
        labels = "”或“".join(f"{step.label}日期" for step in self.kind.flow.opening)
        if not openings:
            faults[f"{self.kind.flow.opening[0].name}:day"] = f"请填写“{labels}”"
        elif len(openings) > 1:
            faults[f"{openings[1].step.name}:day"] = f"“{labels}”只能填一个，这一行填了 {len(openings)} 个"
        elif found[0].day < openings[0].day:
            early, opening = found[0], openings[0]
            faults[f"{early.step.name}:day"] = (
                f"“{early.step.label}”的日期 {early.day} 早于“{opening.step.label}”的日期 {opening.day}，请核对"
            )

    def _answers(
        self,
        values: Mapping[str, Any],
        happened: Sequence[Happening],
        office: Office,
        numbers: Numbers,
        faults: Faults,
    ) -> list[dict[str, Any]]:
        """What each step was told: an answer goes to every step that asks for it, else to the first that offers it."""
        answers: list[dict[str, Any]] = [{} for _ in happened]
        parties: dict[str, list[dict[str, str]]] = {}
        for key, value in values.items():
            column = self.columns[key]
            if column.role not in ("field", "note", "party"):
                continue
            takers = self._takers(column, happened)
            if not takers:
                faults[key] = self._untaken(column)
                continue
            if column.role == "party":
                self._add_part(column, value, parties, faults)
                continue
            try:
                pieces = self._pieces(column, value, takers, office, numbers)
            except ValueError as fault:
                faults[key] = str(fault)
                continue
            for place, piece in zip(takers, pieces, strict=True):
                if piece != "":
                    answers[place][column.name] = piece
        people = [person for side in parties.values() for person in side]
        if people:
            for place in self._takers(self._party_column, happened):
                answers[place][PARTIES] = people
        return answers

    @property
    def _party_column(self) -> Column:
        return next(column for column in self.columns.values() if column.role == "party")

    def _takers(self, column: Column, happened: Sequence[Happening]) -> list[int]:
        """Places of the steps, in the order of their days, that take the answers of a column."""
        name = PARTIES if column.role == "party" else column.name
        taking = [place for place, one in enumerate(happened) if one.step.name in column.steps]
        if column.role == "note":
            return sorted(taking, key=lambda place: happened[place].nth)
        asking = [place for place in taking if name in happened[place].step.asks]
        return asking or taking[:1]

    def _untaken(self, column: Column) -> str:
        days = [f"{self._steps[step].label}日期" for step in column.steps]
        shown = "”或“".join(days[:3])
        return f"填了“{column.header}”，却没有填“{shown}”，不知道是哪一天的事"

    def _pieces(self, column: Column, value: Any, takers: Sequence[int], office: Office, numbers: Numbers) -> list[Any]:
        """One value for each taking step: the same for a field, a piece of the cell for a note."""
        pieces = None
        if column.repeats:
            pieces = split_like(value, len(takers))
            if pieces is None:
                day = self.columns[f"{column.step}:day"].header
                raise ValueError(f"“{day}”有 {len(takers)} 个日期，这里应写 {len(takers)} 段，每段一行")
        elif column.changes and isinstance(value, str) and CHANGE in value:
            pieces = [piece.strip() for piece in value.split(CHANGE)]
            if len(pieces) != len(takers) and column.shape != "text":
                raise ValueError(f"这里写了 {len(pieces)} 个，按日期应有 {len(takers)} 个，或者只写一个")
            pieces = pieces if len(pieces) == len(takers) else None
        if pieces is None:
            return [self._resolved(column, value, office, numbers)] * len(takers)
        return [self._resolved(column, self._read_piece(column, piece), office, numbers) for piece in pieces]

    def _read_piece(self, column: Column, piece: str) -> Any:
        if piece == "" or is_nothing(column, piece):
            return ""
        return read(self._single[column.key], piece)

    def _resolved(self, column: Column, value: Any, office: Office, numbers: Numbers) -> Any:
        if value == "":
            return value
        if column.shape == "office":
            return self.directory.office(value).pk
        if column.shape == "person":
            return self._person(column, value, office)
        if column.shape == "matter":
            return numbers.matter(value, target_kind(column))
        return value

    def _person(self, column: Column, name: str, office: Office) -> Any:
        """People come and go: who is not, or no longer, known here does not keep an old matter from coming in."""
        try:
            return self.directory.person(name, office)
        except ValueError as fault:
            self.unknown.setdefault(column.header, Counter())[str(fault)] += 1
            return ""

    def _add_part(
        self, column: Column, values: list[str], parties: dict[str, list[dict[str, str]]], faults: Faults
    ) -> None:
        """One part of the people on a side; the names come first and say how many there are."""
        label = self.kind.sides[column.side]
        if column.name == "name":
            if "" in values:
                faults[column.key] = f"第 {values.index('') + 1} 位{label}没有姓名"
            parties[column.side] = [
                {"side": column.side, "name": name, **dict.fromkeys(list(PARTY_PARTS)[1:], "")} for name in values
            ]
            return
        people = parties.get(column.side)
        if people is None:
            faults[column.key] = f"填了“{column.header}”，却没有填“{label}”"
            return
        if column.shape == "text":
            values = split_like(values[0], len(people)) or values
        if len(values) != len(people):
            faults[column.key] = (
                f"“{label}”有 {len(people)} 位，这里有 {len(values)} 个，请用“、”一一对应，没有的写“无”"
            )
            return
        for person, value in zip(people, values, strict=True):
            person[column.name] = value


def in_order(flow: Flow, happened: list[Happening]) -> list[Happening]:
    """The same happenings so that the flow allows each after the one before, days never going back.

    Only steps of one day change places. As it was when no order will do: then playing it names the step that cannot be.
    """
    found = _walk(flow, happened, "", set())
    return found if found is not None else happened


def _walk(
    flow: Flow, left: Sequence[Happening], state: str, dead: set[tuple[str, tuple[Happening, ...]]]
) -> list[Happening] | None:
    """An allowed order of what is left from a state on; `dead` remembers what was tried in vain."""
    if not left:
        return []
    here = (state, tuple(left))
    if here in dead:
        return None
    tried = set()
    for place, one in enumerate(left):
        if one.day != left[0].day:
            break
        if one.step.name in tried or not (state in one.step.at if state else one.step.opens):
            continue
        tried.add(one.step.name)
        found = _walk(flow, [*left[:place], *left[place + 1 :]], one.step.to or state, dead)
        if found is not None:
            return [one, *found]
    dead.add(here)
    return None


def as_text(value: Any) -> str:
    """A value as its digest knows it: the same for the same meaning, however the cell wrote it."""
    if isinstance(value, list):
        return "\n".join(map(as_text, value))
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
