"""A definition from data (a TOML file, the JSON of a form): every slip is refused with the place and what to do."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from hefa.kernel.people import Level

from .lines import AT_MOST, EQUAL, OFFICE, YEAR, BadTable, Definition, Identity, Line, Terms

LONGEST = 60_000  # characters of a definition
MOST_LINES, MOST_YEARS, MOST_GROUPS = 120, 10, 3
_LABEL, _NOTE = 80, 400
_KEY = re.compile(r"[\w.\-]{1,60}\Z")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_AXES = {"rows": "行", "columns": "列"}


def from_json(text: str) -> Definition:
    """The definition that a form or a program wrote. `BadTable` says what is wrong."""
    if len(text) > LONGEST:
        raise BadTable(f"报表定义超过 {LONGEST} 个字，请分成几张表")
    try:
        return from_data(json.loads(text))
    except (json.JSONDecodeError, RecursionError):
        raise BadTable("报表定义不是 JSON 文本，请在“报表”页面上编制，不要手写") from None


def from_file(path: Path) -> Definition:
    """A built-in table."""
    return from_data(tomllib.loads(path.read_text("utf-8")))


def from_data(data: Any) -> Definition:
    """A definition from nested dicts and lists, in the shapes of `lines`."""
    known = _known(data, Definition, "报表定义")
    rows, columns = (_lines(known.pop(axis, ()), axis) for axis in _AXES)
    identities = _list(known.pop("identities", ()), "核对关系")
    read = Definition(
        title=_text(known.pop("title", ""), "报表名称", needed=True),
        note=_text(known.pop("note", ""), "说明", _NOTE),
        corner=_text(known.pop("corner", ""), "左上角"),
        figure=_text(known.pop("figure", ""), "指标"),
        total_of=_text(known.pop("total_of", ""), "合计字段"),
        where=_where(known.pop("where", {}), "报表定义"),
        rows=rows,
        columns=columns,
        identities=tuple(_identity(one, n) for n, one in enumerate(identities, start=1)),
    )
    for identity in read.identities:
        _terms_exist(read, identity)
    return read


def _known(data: Any, shape: type, where: str) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise BadTable(f"{where}应是一组“名称：内容”")
    names = {one.name for one in fields(shape)}
    if strange := [str(name) for name in data if name not in names]:
        raise BadTable(f"{where}里有不认识的内容“{strange[0][:_LABEL]}”")
    return dict(data)


def _list(data: Any, what: str) -> list[Any]:
    if not isinstance(data, list | tuple):
        raise BadTable(f"{what}应是一个列表")
    if len(data) > MOST_LINES:
        raise BadTable(f"{what}超过 {MOST_LINES} 项，请分成几张表")
    return list(data)


def _text(raw: Any, what: str, longest: int = _LABEL, *, needed: bool = False) -> str:
    if not isinstance(raw, str):
        raise BadTable(f"{what}应是文字")
    text = raw.strip()
    if needed and not text:
        raise BadTable(f"请填写{what}")
    if len(text) > longest:
        raise BadTable(f"{what}超过 {longest} 个字，请写短一些")
    if _UNPRINTABLE.search(text):
        raise BadTable(f"{what}里有不能保存的控制字符，请删去")
    return text


def _whole(raw: Any, what: str, most: int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= most:
        raise BadTable(f"{what}应是 0 到 {most} 的整数")
    return raw


def _texts(raw: Any, what: str, most: int = MOST_LINES) -> tuple[str, ...]:
    many = tuple(_text(one, what, needed=True) for one in _list(raw, what))
    if len(many) > most:
        raise BadTable(f"{what}最多 {most} 项")
    return many


def _levels(raw: Any, where: str) -> tuple[str, ...]:
    levels = _texts(raw, f"{where}的单位层级")
    if strange := [level for level in levels if level not in Level.values]:
        raise BadTable(f"{where}：没有“{strange[0]}”这一层单位，可用的有：{'、'.join(Level.values)}")
    return levels


def _where(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadTable(f"{place}的条件应是一组“字段：值”")
    for name, value in raw.items():
        many = value if isinstance(value, list | tuple) else (value,)
        if not many or not all(isinstance(one, str | int | float) for one in many):
            raise BadTable(f"{place}：条件“{name}”的值应是文字、数或是、否，或者它们的列表")
    return {str(name): value for name, value in raw.items()}


def _lines(raw: Any, axis: str) -> tuple[Line, ...]:
    word = _AXES[axis]
    many = _list(raw, word)
    if not many:
        raise BadTable(f"报表没有{word}，请至少写一{word}")
    lines = tuple(_line(one, f"第 {n} {word}") for n, one in enumerate(many, start=1))
    keys = [line.key for line in lines]
    for n, key in enumerate(keys, start=1):
        if key in keys[: n - 1]:
            raise BadTable(f"第 {n} {word}与前面的{word}同名（{key}）")
    for n, line in enumerate(lines, start=1):
        for _sign, term in (*line.sum, *((1, key) for key in line.share)):
            _exists(term, keys, f"第 {n} {word}")
    return lines


def _line(raw: Any, place: str) -> Line:
    known = _known(raw, Line, place)
    key = _text(known.get("key", ""), f"{place}的代号", needed=True)
    if not _KEY.match(key):
        raise BadTable(f"{place}的代号“{key}”只能用字母、数字、点和横线")
    label = _text(known.get("label", ""), f"{place}的名称")
    place = f"{place}“{label}”" if label else place
    each = _text(known.get("each", ""), f"{place}的铺开方式")
    if not each and not label:
        raise BadTable(f"请填写{place}的名称")
    line = Line(
        key=key, label=label, each=each,
        group=_texts(known.get("group", ()), f"{place}的上级名称", MOST_GROUPS),
        figure=_text(known.get("figure", ""), f"{place}的指标"),
        where=_where(known.get("where", {}), place),
        total_of=_text(known.get("total_of", ""), f"{place}的合计字段"),
        back=_whole(known.get("back", 0), f"{place}往前的年数", MOST_YEARS),
        levels=_levels(known.get("levels", ()), place),
        years=_whole(known.get("years", 0), f"{place}的年数", MOST_YEARS),
        sum=_terms(known.get("sum", ()), place),
        share=_texts(known.get("share", ()), f"{place}的占比"),
        blank=_text(known.get("blank", ""), f"{place}空着的原因", _NOTE),
        hidden=_flag(known.get("hidden", False), place),
    )  # fmt: skip
    _is_one_thing(line, place)
    return line


def _flag(raw: Any, place: str) -> bool:
    if not isinstance(raw, bool):
        raise BadTable(f"{place}：“不印出”应是 true 或 false")
    return raw


def _is_one_thing(line: Line, place: str) -> None:
    counts = bool(line.figure or line.where or line.total_of or line.back)
    made = [bool(line.each), bool(line.sum), bool(line.share), bool(line.blank)]
    if sum(made) > 1 or (counts and any(made[1:])):
        raise BadTable(f"{place}：铺开、合计、占比、空着只能选一种；合计和占比由别的行列算出，自己不再计数")
    if line.each == OFFICE and not line.levels:
        raise BadTable(f"{place}：按单位铺开要写明哪些层级的单位")
    if line.each == YEAR and not line.years:
        raise BadTable(f"{place}：按年份铺开要写明几年")
    if line.share and len(line.share) != 2:
        raise BadTable(f"{place}：占比要写两项，先分子、后分母")


def _terms(raw: Any, place: str) -> Terms:
    terms = []
    for text in _texts(raw, f"{place}的合计"):
        sign, key = (-1, text[1:]) if text.startswith("-") else (1, text)
        terms.append((sign, key))
    return tuple(terms)


def _identity(raw: Any, n: int) -> Identity:
    place = f"第 {n} 条核对关系"
    known = _known(raw, Identity, place)
    axis, sign = known.get("axis", ""), known.get("sign", EQUAL)
    if axis not in _AXES:
        raise BadTable(f"{place}要写明核对的是行（rows）还是列（columns）")
    if sign not in (EQUAL, AT_MOST):
        raise BadTable(f"{place}只能是相等（=）或者不多于（<=）")
    return Identity(
        label=_text(known.get("label", ""), f"{place}的名称", _NOTE, needed=True),
        axis=axis,
        sign=sign,
        left=_terms(known.get("left", ()), place),
        right=_terms(known.get("right", ()), place),
        at=_texts(known.get("at", ()), place),
        levels=_levels(known.get("levels", ()), place),
        from_year=_whole(known.get("from_year", 0), f"{place}的起始年份", 2200),
    )


def _terms_exist(read: Definition, identity: Identity) -> None:
    across = "columns" if identity.axis == "rows" else "rows"
    place = f"核对关系“{identity.label}”"
    for _sign, key in (*identity.left, *identity.right):
        _exists(key, [line.key for line in read.axis(identity.axis)], place)
    for key in identity.at:
        _exists(key, [line.key for line in read.axis(across)], place)


def _exists(term: str, keys: Iterable[str], place: str) -> None:
    """A term names a line, lines that begin so (`type.*`), or one that a line spreads into (`type.00`)."""
    stem = term.rstrip("*").rstrip(".")
    if not any(key == stem or key.startswith(f"{stem}.") or stem.startswith(f"{key}.") for key in keys):
        raise BadTable(f"{place}提到没有的行或列“{term}”")
