"""Answers and columns as people read them: labels for choices, 是/否, dates, amounts, masks for personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from hefa.kernel.matter import ADVISED, HEADER_FIELDS, PARTIES, Kind, Matter
from hefa.kernel.people import Actor, Office, Person, visible_to
from hefa.kernel.personal import PersonalField, mask

# Answers read as values of a field: what was advised; what entries of before said of it in a note of their own.
SAID_AS = {ADVISED: "type", "suggested": "type", "chosen": "type"}


def shown(field: models.Field[Any, Any], value: Any) -> str:
    """One value in words; "" for nothing."""
    if value is None or value == "":
        return ""
    if field.choices:
        labels = {str(key): str(label) for key, label in field.flatchoices}  # type: ignore[attr-defined]
        return _(labels[str(value)]) if labels.get(str(value)) else str(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, models.DecimalField):
        return amount(Decimal(str(value)))
    return str(value)


def amount(value: Decimal) -> str:
    """12,000 or 12,000.50."""
    return f"{value:,.2f}".removesuffix(".00")


@dataclass(frozen=True)
class Line:
    """A label with its value. `hidden`: personal, and shown masked."""

    name: str
    label: str
    value: str
    hidden: bool = False
    long: bool = False


def own_lines(case: Kind, revealed: bool, actor: Actor) -> list[Line]:
    """The kind's own fields of a matter, the empty ones left out."""
    lines = []
    pointing = {field.name: getattr(case, field.attname) for field in type(case)._meta.concrete_fields}
    names = Names(type(case), [{name: value for name, value in pointing.items() if name != "matter"}], actor)
    for field in type(case)._meta.concrete_fields:
        value = getattr(case, field.attname)
        if field.name == "matter" or value is None or value == "":
            continue
        label = _(str(field.verbose_name))
        if isinstance(field, PersonalField):
            text = value if revealed else _(mask(field.masks, value))
            lines.append(Line(field.name, label, text, not revealed, long=field.masks == "text"))
        elif isinstance(field, models.ForeignKey):
            lines.append(Line(field.name, label, names.of(field.related_model, value)))  # type: ignore[arg-type]
        else:
            lines.append(Line(field.name, label, shown(field, value), long=isinstance(field, models.TextField)))
    return lines


class Names:
    """Names behind the ids that answers hold, fetched for many entries at once; of matters only those one may see."""

    def __init__(self, kind: type[Kind], many: list[Mapping[str, Any]], actor: Actor) -> None:
        wanted: dict[type[models.Model], set[int]] = {}
        for answers in many:
            for name, value in answers.items():
                model = related(kind, name)
                if model is not None and isinstance(value, int):
                    wanted.setdefault(model, set()).add(value)
        self.known: dict[tuple[type[models.Model], int], str] = {}
        for model, ids in wanted.items():
            label = {Office: "name", Person: "name", Matter: "number"}.get(model)
            rows = model._default_manager.filter(pk__in=ids)
            if model is Matter:
                rows = rows.filter(visible_to(actor))
            elif issubclass(model, Kind):
                rows = rows.filter(visible_to(actor, "matter__")).select_related("matter")
            pairs = rows.values_list("pk", label) if label else ((row.pk, str(row)) for row in rows)
            self.known.update({(model, pk): str(text) for pk, text in pairs})

    def of(self, model: type[models.Model], pk: Any) -> str:
        return self.known.get((model, pk)) or _("（您无权查看）")


def related(kind: type[Kind], name: str) -> type[models.Model] | None:
    """The model that an answer's id points into, or None."""
    try:
        field = kind.field_of(name)
    except FieldDoesNotExist:
        return None
    return field.related_model if isinstance(field, models.ForeignKey) else None  # type: ignore[return-value]


def answer_lines(
    kind: type[Kind], answers: Mapping[str, Any], names: Names, opened: Mapping[str, Any] | None
) -> list[Line]:
    """What was answered at a step, in labels. `opened`: the envelope's answers when personal data is revealed."""
    lines = []
    for name, stored in answers.items():
        if name in ("number", "title") or stored is None or stored == "":
            continue
        label = label_of(kind, name)
        if name in kind.personal():
            value = _parties(kind, opened[name]) if opened and name == PARTIES else (opened or {}).get(name, "")
            lines.append(Line(name, label, str(value) or _("（加密保存）"), hidden=not value, long=True))
        elif (model := related(kind, name)) is not None:
            lines.append(Line(name, label, names.of(model, stored)))
        else:
            lines.append(Line(name, label, _stored(kind, name, stored)))
    return lines


def _stored(kind: type[Kind], name: str, stored: Any) -> str:
    try:
        return shown(kind.field_of(SAID_AS.get(name, name)), stored)
    except FieldDoesNotExist:
        return str(stored)


def _parties(kind: type[Kind], rows: list[dict[str, str]]) -> str:
    return "；".join(f"{_(kind.sides.get(row['side'], row['side']))} {row['name']}" for row in rows or [])


def label_of(kind: type[Kind], name: str) -> str:
    """The label of an answer, in the reader's language."""
    if name == PARTIES:
        return _("当事人")
    try:
        return _(str(kind.field_of(name).verbose_name))
    except FieldDoesNotExist:
        return {"purpose": _("用途"), "suggested": _("建议类型"), "chosen": _("选定类型")}.get(name, name)


def masked_parties(matter: Matter, revealed: bool) -> list[dict[str, str]]:
    """The people in the case with their side's label; each value masked unless revealed."""
    sides = matter.declared.sides
    shown_rows = []
    for row in matter.parties:
        plain = {"side": _(sides.get(row["side"], row["side"]))}
        for name in ("name", "id_no", "phone", "address"):
            plain[name] = row[name] if revealed else mask(name, row[name])
        shown_rows.append(plain)
    return shown_rows


def current(matter: Matter, case: Kind, name: str) -> Any:
    """What the rows hold under an answer's name."""
    if name == PARTIES:
        return matter.parties
    holder = matter if name in HEADER_FIELDS else case
    return getattr(holder, type(case).field_of(name).attname)
