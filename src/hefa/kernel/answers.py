"""Answers: what a person types for a step, read into values, refused in plain words, written for the record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from .matter import PARTIES, Kind
from .personal import PersonalField, id_no_fault, phone_fault

_DATE_SEPARATED = re.compile(r"(\d{4})[年./\-](\d{1,2})[月./\-](\d{1,2})日?")
_DATE_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DATE_SHORT = re.compile(r"(\d{2})(\d{2})")
# Neither JSON nor PostgreSQL keeps them all.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MOST_DIGITS = 15
_MOST_CHOICES = 20
# What PostgreSQL keeps; SQLite would take more.
_MOST_INTEGER = {"PositiveSmallIntegerField": 2**15 - 1, "SmallIntegerField": 2**15 - 1,
                 "BigIntegerField": 2**63 - 1, "PositiveBigIntegerField": 2**63 - 1}  # fmt: skip
_TRUE, _FALSE = {"是", "有", "true", "1", "y", "yes", "√", "on"}, {"否", "无", "false", "0", "n", "no", "×", ""}


class Refused(Exception):
    """A step that may not be taken. `faults` maps a field ("" = the step as a whole) to a plain sentence."""

    def __init__(self, faults: Mapping[str, str] | str) -> None:
        self.faults = {"": faults} if isinstance(faults, str) else dict(faults)
        super().__init__("；".join(self.faults.values()))


def parse_date(raw: Any, today: date | None = None) -> date:
    """A date from 2023-05-06, 2023.5.6, 2023年5月6日, 20230506 or 0506 (of today's year).

    ValueError with a plain sentence otherwise.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = re.sub(r"\s+", "", str(raw)).split("T")[0]
    found = _DATE_SEPARATED.fullmatch(text) or _DATE_PACKED.fullmatch(text)
    parts = [int(part) for part in found.groups()] if found else []
    if not parts and (short := _DATE_SHORT.fullmatch(text)):
        parts = [(today or date.today()).year, *(int(part) for part in short.groups())]
    if not parts:
        raise ValueError(f"“{raw}”不是日期，应写成 2023-05-06、2023.5.6 或 2023年5月6日")
    try:
        return date(*parts)
    except ValueError:
        raise ValueError(f"“{raw}”不是有效日期：没有这一天") from None


def parse_amount(raw: Any) -> Decimal:
    """An amount in 元 from 12,000、1.2万、￥300 or a number. ValueError with a plain sentence otherwise."""
    text = re.sub(r"[\s,，￥¥元]", "", str(raw))
    factor = Decimal(1)
    for unit, times in (("万", Decimal(10_000)), ("亿", Decimal(100_000_000))):
        if text.endswith(unit):
            text, factor = text[:-1], times
    try:
        amount = Decimal(text) * factor
    except ArithmeticError:
        raise ValueError(f"“{raw}”不是数，应写成 12000、12,000.50 或 1.2万") from None
    if not amount.is_finite():
        raise ValueError(f"“{raw}”不是数")
    if amount.adjusted() > _MOST_DIGITS:
        raise ValueError(f"“{str(raw)[:20]}……”太大，请核对")
    return amount


def _parse_choice(field: models.Field[Any, Any], raw: Any) -> Any:
    text = str(raw).strip()
    for value, label in field.flatchoices:  # type: ignore[attr-defined]
        if text in (str(value), str(label)):
            return value
    labels = [str(label) for _, label in field.flatchoices]  # type: ignore[attr-defined]
    known = "、".join(labels[:_MOST_CHOICES]) + (f"等 {len(labels)} 项" if len(labels) > _MOST_CHOICES else "")
    raise ValueError(f"“{text}”不在可选范围内，应为：{known}")


def _parse_bool(raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise ValueError(f"“{raw}”应填“是”或“否”")


def _parse_integer(field: models.Field[Any, Any], raw: Any) -> int:
    amount = parse_amount(raw)
    if amount != amount.to_integral_value():
        raise ValueError(f"“{raw}”应为整数")
    if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField) and amount < 0:
        raise ValueError(f"“{raw}”不能是负数")
    if abs(amount) > _MOST_INTEGER.get(field.get_internal_type(), 2**31 - 1):
        raise ValueError(f"“{raw}”太大，请核对")
    return int(amount)


def _parse_key(raw: Any) -> int:
    try:
        key = raw.pk if isinstance(raw, models.Model) else int(raw)
    except (ValueError, TypeError, OverflowError):
        key = 0
    if not 0 < key < 2**63:
        raise ValueError(f"“{raw}”不是可选的对象，请从列表中选择")
    return key


def _parse_text(raw: Any) -> str:
    text = str(raw).strip()
    if found := _UNPRINTABLE.search(text):
        raise ValueError(f"第 {found.start() + 1} 个字是不能保存的控制字符，请删去")
    return text


def clean(field: models.Field[Any, Any], raw: Any) -> Any:
    """The value of one answer. Shapes: text, date, Decimal (元), int, bool, choice value, related id.

    ValueError with a plain Chinese sentence when `raw` cannot be such a value.
    """
    value: Any
    if field.choices:
        return _parse_choice(field, raw)
    if isinstance(field, models.ForeignKey):
        return _parse_key(raw)
    if isinstance(field, models.DateField):
        value = parse_date(raw)
    elif isinstance(field, models.BooleanField):
        value = _parse_bool(raw)
    elif isinstance(field, models.DecimalField):
        value = parse_amount(raw).quantize(Decimal(1).scaleb(-field.decimal_places))
    elif isinstance(field, models.IntegerField):
        value = _parse_integer(field, raw)
    else:
        value = _parse_text(raw)
        if isinstance(field, PersonalField):
            _check_personal(field, value)
        elif field.max_length is not None and len(value) > field.max_length:
            raise ValueError(f"有 {len(value)} 字，太长了，最多 {field.max_length} 字")
    try:
        field.run_validators(value)
    except ValidationError as fault:
        raise ValueError("；".join(fault.messages)) from None
    return value


def _check_personal(field: PersonalField, value: str) -> None:
    fault = {"id_no": id_no_fault, "phone": phone_fault}.get(field.masks, lambda _: None)(value)
    if fault:
        raise ValueError(fault)


def clean_parties(kind: type[Kind], raw: Any) -> list[dict[str, str]]:
    """Parties as [{side, name, id_no, phone, address}]. ValueError names which party and what is wrong."""
    cleaned = []
    for n, party in enumerate(raw if isinstance(raw, list | tuple) else [raw], start=1):
        if not isinstance(party, Mapping):
            raise ValueError("当事人应逐位填写地位、姓名、证件号、电话和住址")
        row = {key: _parse_text(party.get(key) or "") for key in ("side", "name", "id_no", "phone", "address")}
        if not any(value for key, value in row.items() if key != "side"):
            continue
        who = f"第 {n} 位当事人"
        if row["side"] not in kind.sides:
            raise ValueError(f"{who}的地位应为：{'、'.join(kind.sides.values())}")
        if not row["name"]:
            raise ValueError(f"{who}没有姓名")
        id_fault = id_no_fault(row["id_no"]) if row["id_no"] else None
        phone = phone_fault(row["phone"]) if row["phone"] else None
        if fault := id_fault or phone:
            raise ValueError(f"{who}：{fault}")
        cleaned.append(row)
    return cleaned


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def clean_all(
    kind: type[Kind], asks: tuple[str, ...], offers: tuple[str, ...], raw: Mapping[str, Any]
) -> dict[str, Any]:
    """All answers of a step, cleaned. `Refused` with a sentence a field: missing, unknown or unreadable."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in raw:
        if name not in asks and name not in offers:
            faults[name] = f"这一步不填写“{label_of(kind, name)}”"
    for name in (*asks, *offers):
        given = raw.get(name)
        if isinstance(given, str):
            given = given.strip()
        if is_empty(given):
            if name in asks:
                faults[name] = f"请填写“{label_of(kind, name)}”"
            continue
        try:
            answers[name] = clean_parties(kind, given) if name == PARTIES else clean(kind.field_of(name), given)
        except (ValueError, TypeError) as fault:
            faults[name] = str(fault)
        else:
            if name == PARTIES and name in asks and not answers[name]:
                faults[name] = "请至少填写一位当事人"
    if faults:
        raise Refused(faults)
    return answers


def label_of(kind: type[Kind], name: str) -> str:
    """The Chinese label of an answer; an unknown name is shown as it came."""
    if name == PARTIES:
        return "当事人"
    try:
        return str(kind.field_of(name).verbose_name)
    except FieldDoesNotExist:
        return name


def to_record(value: Any) -> Any:
    """A cleaned value as the ledger's JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_record(kind: type[Kind], name: str, stored: Any) -> Any:
    """A value of the ledger back in its Python type."""
    field = kind.field_of(name)
    return stored if isinstance(field, models.ForeignKey) else field.to_python(stored)
