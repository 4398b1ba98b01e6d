"""Conditions on what is counted: read against a kind's own fields, asked of the database, told in words."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from hefa.kernel.answers import clean
from hefa.kernel.figure import Period
from hefa.kernel.matter import Kind
from hefa.kernel.people import Level
from hefa.kernel.personal import PersonalField

from .lines import BadTable

# Two conditions that no field of a kind holds: the level of the office that acted; opened within the table's period.
LEVEL, OPENED = "level", "opened"
IN_PERIOD = "period"
_ORDERS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "gte": (operator.ge, "不少于"), "lte": (operator.le, "不多于"), "gt": (operator.gt, "多于"), "lt": (operator.lt, "少于"),
}  # fmt: skip
_IN, _NOT = "in", "not"


@dataclass(frozen=True)
class Condition:
    """One test of one field. `path` is where the field stands, seen from an entry of the ledger."""

    path: str
    label: str
    test: str
    values: tuple[Any, ...]
    shown: tuple[str, ...]

    def holds(self, value: Any, period: Period) -> bool:
        """Whether a value meets it, exactly as the database would say."""
        if self.test == OPENED:
            return value is not None and period.start <= value <= period.end
        if self.test == _IN:
            return value in self.values
        if self.test == _NOT:
            return value not in self.values
        return value is not None and _ORDERS[self.test][0](value, self.values[0])

    def asked(self, period: Period) -> Q:
        """The same as a condition over entries."""
        if self.test == OPENED:
            return Q(**{f"{self.path}__range": (period.start, period.end)})
        if self.test == _IN:
            return Q(**{f"{self.path}__in": self.values})
        if self.test == _NOT:
            return ~Q(**{f"{self.path}__in": self.values})
        return Q(**{f"{self.path}__{self.test}": self.values[0]})

    @property
    def told(self) -> str:
        """ "纠纷类型为邻里纠纷"."""
        if self.test == OPENED:
            return "本期内登记"
        words = {_IN: "为", _NOT: "不为"}.get(self.test) or _ORDERS[self.test][1]
        return f"{self.label}{words}{'、'.join(self.shown)}"


def read(kind: type[Kind], where: Mapping[str, Any], place: str) -> tuple[Condition, ...]:
    """The conditions as data ({field: value}, {field: [values]}, {field__gte: value}, {field__not: value}).

    `BadTable` names the place and what is wrong.
    """
    return tuple(_read(kind, name, raw, place) for name, raw in where.items())


def _read(kind: type[Kind], name: str, raw: Any, place: str) -> Condition:
    many = list(raw) if isinstance(raw, list | tuple) else [raw]
    if name == OPENED:
        if many != [IN_PERIOD]:
            raise BadTable(f"{place}：条件“{OPENED}”只能是“{IN_PERIOD}”（本期内登记）")
        return Condition("matter__opened_on", "登记日期", OPENED, (), ())
    if name == LEVEL:
        levels = {str(level): str(level.label) for level in Level}
        if strange := [str(one) for one in many if one not in levels]:
            raise BadTable(f"{place}：没有“{strange[0]}”这一层单位，可用的有：{'、'.join(levels)}")
        return Condition("office__level", "办理单位", _IN, tuple(many), tuple(levels[one] for one in many))
    field_name, _, test = name.partition("__")
    field = field_of(kind, field_name, place)
    if test not in ("", _NOT, *_ORDERS):
        raise BadTable(f"{place}：条件“{name}”看不懂，字段名后面只能接 __not、__gte、__lte、__gt、__lt")
    if test in _ORDERS and (len(many) > 1 or not is_ordered(field)):
        raise BadTable(f"{place}：“{field.verbose_name}”不能比较大小")
    values = tuple(_value(field, one, place) for one in many)
    shown = tuple(shown_value(field, value) for value in values)
    path = f"matter__{kind.accessor()}__{field.attname}"
    return Condition(path, str(field.verbose_name), test or _IN, values, shown)


def field_of(kind: type[Kind], name: str, place: str) -> models.Field[Any, Any]:
    """A field of the kind that a table may ask about; `BadTable` when there is none such."""
    try:
        found = kind._meta.get_field(name)
    except FieldDoesNotExist:
        found = None
    if not isinstance(found, models.Field) or name == "matter":
        known = "、".join(f"{field.verbose_name}（{field.name}）" for field in askable(kind))
        raise BadTable(f"{place}：“{kind._meta.verbose_name}”没有“{name}”这个字段，可用的有：{known}")
    if isinstance(found, PersonalField | models.ForeignKey):
        raise BadTable(f"{place}：“{found.verbose_name}”不能作统计条件（个人信息或者关联的事项）")
    return found


def askable(kind: type[Kind]) -> list[models.Field[Any, Any]]:
    """The fields of a kind that conditions may name."""
    return [
        field
        for field in kind._meta.concrete_fields
        if field.name != "matter" and not isinstance(field, PersonalField | models.ForeignKey)
    ]


def choices_of(field: models.Field[Any, Any]) -> list[tuple[Any, str]]:
    """The values by which a table may spread over a field, with their labels; none when it has no fixed values."""
    if field.choices:
        return [(value, str(label)) for value, label in field.flatchoices if value not in ("", None)]  # type: ignore[attr-defined]
    return [(True, "是"), (False, "否")] if isinstance(field, models.BooleanField) else []


def is_ordered(field: models.Field[Any, Any]) -> bool:
    return is_number(field) or isinstance(field, models.DateField)


def is_number(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.IntegerField | models.DecimalField) and not field.choices


def shown_value(field: models.Field[Any, Any], value: Any) -> str:
    if value == "":
        return "空白"
    return dict(choices_of(field)).get(value) or str(value)


def _value(field: models.Field[Any, Any], raw: Any, place: str) -> Any:
    if raw == "" and isinstance(field, models.CharField | models.TextField):
        return ""
    try:
        return clean(field, raw)
    except (ValueError, TypeError) as fault:
        raise BadTable(f"{place}：“{field.verbose_name}”{fault}") from None
