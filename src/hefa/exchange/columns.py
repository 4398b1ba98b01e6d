"""The columns of a kind's ledger, derived from its declarations: nothing is written per kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from django.db import models

from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import PARTIES, Kind, Matter
from hefa.kernel.people import Office, Person
from hefa.kernel.personal import PersonalField

Role = Literal["number", "office", "day", "field", "note", "party"]
Shape = Literal["text", "name", "date", "amount", "integer", "bool", "choice", "id_no", "phone",
                "office", "person", "matter", "number"]  # fmt: skip
CHANGE = "→"
PARTY_PARTS = {"name": "", "id_no": "证件号码", "phone": "电话", "address": "住址"}
_EXPECTED: dict[Shape, str] = {
    "date": "日期，如 2023-05-06",
    "amount": "数，如 12000、12,000.50 或 1.2万",
    "integer": "整数",
    "bool": "是 或 否",
    "id_no": "18 位身份证号或统一社会信用代码，单元格设为文本",
    "phone": "11 位手机号，或带区号的座机号",
    "office": "单位的名称、简称或代码",
    "person": "工作人员的姓名",
    "matter": "另一件事的编号",
    "number": "原有的编号；没有就留空，由系统编号",
    "name": "姓名或单位名称",
}


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    role: number and office of the matter · day on which `step` happened (it happened when this is filled) ·
    field with a column of its own, given once · note, an answer that stays with its `step` · party, a part
    (`name`) of the people on one `side`. `repeats`: several values in one cell, as the step can be taken
    again. `steps` are the steps that take the answer. `changes`: several steps may ask for it, each time
    anew; then the cell may give one value for each, with `CHANGE` between.
    """

    key: str
    header: str
    role: Role
    shape: Shape
    step: str = ""
    name: str = ""
    side: str = ""
    steps: tuple[str, ...] = ()
    field: models.Field[Any, Any] | None = None
    repeats: bool = False
    changes: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The labels to choose from; empty when anything may be written."""
        if self.shape != "choice":
            return ()
        return tuple(str(label) for _, label in self.field.flatchoices)  # type: ignore[union-attr]

    @property
    def is_personal(self) -> bool:
        return self.role == "party" or isinstance(self.field, PersonalField)

    @property
    def expected(self) -> str:
        """What belongs into a cell, in words."""
        if self.shape == "choice":
            told = f"其中之一：{'、'.join(self.choices)}"
        elif self.shape == "text":
            limit = getattr(self.field, "max_length", None)
            told = f"文字，不超过 {limit} 字" if limit else "文字"
        else:
            told = _EXPECTED[self.shape]
        if self.role == "party":
            return f"{told}；多人用“、”隔开，各列次序一致"
        if self.repeats:
            return f"{told}；多次的用“、”隔开" if self.role == "day" else f"{told}；多次的分行写，与日期一一对应"
        return f"{told}；先后不同的用“{CHANGE}”隔开" if self.changes else told


@lru_cache(maxsize=64)
def columns(kind: type[Kind]) -> tuple[Column, ...]:
    """The columns of a kind's ledger, in the order in which its life goes. Headers and keys are unique."""
    derived = list(_derive(kind))
    taken = [column.header for column in derived if column.role not in ("field", "note")]
    found = []
    for column in derived:
        if column.role in ("field", "note"):
            if column.header in taken:  # the step that asks first tells it apart
                column = replace(column, header=kind.flow.step(column.steps[0]).label + column.header)
            taken.append(column.header)
        found.append(column)
    if doubled := [header for header, n in Counter(taken).items() if n > 1]:
        raise ValueError(f"{kind.label()}: several ledger columns are called {'、'.join(doubled)}")
    return tuple(found)


def _derive(kind: type[Kind]) -> Iterator[Column]:
    yield Column("number", "编号", "number", "number")
    yield Column("office", "单位", "office", "office")
    seen: set[str] = set()
    again = repeatable(kind.flow)
    for step in kind.flow.steps:
        yield Column(f"{step.name}:day", f"{step.label}日期", "day", "date", step.name, repeats=step.name in again)
        for name in step.fields:
            if name == PARTIES:
                if PARTIES not in seen:
                    yield from _party_columns(kind)
            elif not kind.keeps(name) or name == "office":
                yield _note(kind, step, name, step.name in again)
            elif name not in seen:
                yield _field(kind, name, again)
            seen.add(name)


def _takers(kind: type[Kind], name: str) -> tuple[str, ...]:
    return tuple(step.name for step in kind.flow.steps if name in step.fields)


def _field(kind: type[Kind], name: str, again: frozenset[str]) -> Column:
    field = kind.field_of(name)
    asking = [step.name for step in kind.flow.steps if name in step.asks]
    return Column(
        name, str(field.verbose_name), "field", _shape(field), name=name, steps=_takers(kind, name), field=field,
        changes=len(asking) > 1 or bool(again & set(asking)),
    )  # fmt: skip


def _note(kind: type[Kind], step: Step, name: str, repeats: bool) -> Column:
    field = kind.field_of(name)
    label = str(field.verbose_name)
    header = label if label.startswith(step.label) else step.label + label
    return Column(
        f"{step.name}:{name}", header, "note", _shape(field), step.name, name, steps=(step.name,), field=field,
        repeats=repeats,
    )  # fmt: skip


def _party_columns(kind: type[Kind]) -> Iterator[Column]:
    steps = _takers(kind, PARTIES)
    shapes: dict[str, Shape] = {"name": "name", "id_no": "id_no", "phone": "phone", "address": "text"}
    for side, label in kind.sides.items():
        for part, suffix in PARTY_PARTS.items():
            yield Column(f"{side}:{part}", label + suffix, "party", shapes[part], name=part, side=side, steps=steps)


def _shape(field: models.Field[Any, Any]) -> Shape:
    if field.choices:
        return "choice"
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        if related in (Office, Person):
            return "office" if related is Office else "person"
        return "matter"
    if isinstance(field, PersonalField) and field.masks in ("name", "id_no", "phone"):
        return field.masks  # type: ignore[return-value]
    for type_, shape in _SHAPES.items():
        if isinstance(field, type_):
            return shape
    return "text"


_SHAPES: dict[type[models.Field[Any, Any]], Shape] = {
    models.DateField: "date",
    models.BooleanField: "bool",
    models.DecimalField: "amount",
    models.IntegerField: "integer",
}


def repeatable(flow: Flow) -> frozenset[str]:
    """Names of the steps that a matter can take more than once."""
    moves: dict[str, set[str]] = {state: set() for state in flow.states}
    for step in flow.steps:
        for state in step.at:
            moves[state].add(step.to or state)
    found = set()
    for step in flow.steps:
        reached = {step.to} if step.to else set(step.at)
        edge = set(reached)
        while edge := {after for state in edge for after in moves[state]} - reached:
            reached |= edge
        if reached & set(step.at):
            found.add(step.name)
    return frozenset(found)


def target_kind(column: Column) -> str:
    """The kind whose numbers a `matter` column holds; empty when any kind's will do."""
    related = column.field.related_model if column.field is not None else Matter
    return "" if related is Matter else related.label()  # type: ignore[union-attr]


def required(kind: type[Kind], openings: frozenset[str], has_office: bool) -> tuple[Column, ...]:
    """The columns that a ledger cannot do without, given which opening steps it tells of."""
    steps = [step for step in kind.flow.opening if not openings or step.name in openings]
    always = set.intersection(*(set(step.asks) for step in steps))
    first = steps[0].name
    first_party = f"{next(iter(kind.sides), '')}:name"

    def is_needed(column: Column) -> bool:
        if column.role == "office":
            return not has_office
        if column.role == "day":
            return not openings and column.step == first
        if column.role == "field":
            return column.name in always
        if column.role == "note":
            return len(steps) == 1 and column.step == first and column.name in always
        return column.key == first_party and PARTIES in always

    return tuple(column for column in columns(kind) if is_needed(column))
