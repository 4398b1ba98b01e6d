"""The forms in which law data come, key by key: what each must hold, and in words what to do when it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hefa.kernel.layers import HOLIDAYS, REPEALED

MOVED, KNOWN, INSTRUMENT = "moved", "known", "instrument"
NAMES = {
    HOLIDAYS: "放假安排",
    REPEALED: "废止",
    MOVED: "条文序号变动",
    KNOWN: "法规名称、日期和条数",
    INSTRUMENT: "法规",
}
Type = type | tuple[type, ...]
_TYPE_WORDS: dict[Type, str] = {
    str: "加引号的文字",
    int: "整数",
    bool: "true 或 false",
    list: "方括号里的一列",
    dict: "一张表",
    dt.date: "日期，如 2027-01-01，不加引号",
    (int, dict): "项数，或者 { 款 = 项数 }",
    (int, str): '整数，小数和分数加引号，如 3、"0.5"、"1/3"',
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of a file: `line` from 1, 0 when it concerns the whole file."""

    file: str
    line: int
    place: str
    wrong: str
    todo: str

    def __str__(self) -> str:
        where = f"{self.file}第{self.line}行" if self.line else self.file
        return "：".join(filter(None, (where, self.place, self.wrong))) + f"。{self.todo}。"


@dataclass(frozen=True, slots=True)
class Form:
    """The keys of a table; `inner`: the form of the tables in a list of that key."""

    required: Mapping[str, Type]
    optional: Mapping[str, Type] = field(default_factory=dict)
    inner: Mapping[str, Form] = field(default_factory=dict)


_TEXT = dict.fromkeys(("id", "name", "short", "issuer", "source"), str)
_PLACED: dict[str, Type] = {"article": list, "verified": bool, "remark": str}
_DATED: dict[str, Type] = {**_PLACED, "in_force_from": dt.date, "in_force_to": dt.date}
FORMS: dict[str, Form] = {
    HOLIDAYS: Form(
        {"status": str, "source": str, "off": list, "work": list},
        inner={"off": Form({"from": dt.date, "to": dt.date, "name": str})},
    ),
    REPEALED: Form(
        {"names": list, "dead_on": dt.date, "replaced_by": str, "source": str, "verified": bool}, {"where": dict}
    ),
    MOVED: Form({"law": str, "in_force": dt.date, "old": str, "new": str, "topic": str, "about": str}),
    KNOWN: Form(
        {"title": str, "rank": str, "issuer": str, "in_force": dt.date, "last": int, "first": bool, "read": bool},
        {"promulgated": dt.date, "source": str},
    ),
    INSTRUMENT: Form(
        {**_TEXT, "in_force_from": dt.date, "verified": bool},
        {"in_force_to": dt.date, "remark": str, "articles": list, "terms": list, "dates": list, "limits": list},
        {
            "articles": Form({"number": int, "gist": str}, {"paragraphs": int, "items": (int, dict)}),
            "terms": Form({"name": str, "label": str, "days": int, "unit": str}, _DATED),
            "limits": Form({"name": str, "label": str, "value": (int, str)}, {"unit": str, **_DATED}),
            "dates": Form({"name": str, "label": str, "month": int, "day": int}, _PLACED),
        },
    ),
}


def kind_of(data: Mapping[str, Any]) -> str:
    """Which form a file has, by what stands in it; "" when none."""
    if "id" in data or "in_force_from" in data:
        return INSTRUMENT
    for name in (REPEALED, MOVED, KNOWN):
        if name in data:
            return name
    return HOLIDAYS if data and all(key.isdigit() for key in data) else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, which knows at which line a key stands."""

    name: str
    text: str

    def line(self, *path: str | int) -> int:
        """Line of the innermost part of a path that can be found: ("terms", 1, "days") → that key of the second row."""
        lines = [line.split("#")[0] for line in self.text.split("\n")]
        at, end = 0, len(lines)
        for step, after in zip(path, (*path[1:], None), strict=True):
            opens = [n for n in range(at, end) if _opens(lines[n], str(step))] if isinstance(step, str) else []
            if not opens:
                continue
            at = opens[min(after, len(opens) - 1) if isinstance(after, int) and "[[" in lines[opens[0]] else 0]
            if lines[at].lstrip().startswith("["):
                end = next((n for n in range(at + 1, end) if lines[n].startswith("[")), end)
            elif isinstance(after, int):
                at, end = _row(lines, at, end, after)
        return at + 1


def _opens(line: str, key: str) -> bool:
    bare = line.replace(" ", "").replace('"', "")
    return bare.startswith((f"{key}=", f"[{key}]", f"[[{key}]]")) or f"{{{key}=" in bare or f",{key}=" in bare


def _row(lines: list[str], at: int, end: int, number: int) -> tuple[int, int]:
    """The line of the number-th { … } after a key; braces inside one are its own."""
    depth = seen = 0
    for n in range(at, end):
        for sign in lines[n]:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if sign == "{" and depth == 1:
                seen += 1
            if seen > number:
                return n, n + 1
    return at, end


def shape(source: Source, data: Mapping[str, Any], form: Form, *path: str | int) -> Iterator[Fault]:
    """Keys that are missing, unknown or of another type than the form wants, at any depth."""
    place = _place(path)
    for key, value in data.items():
        wanted = form.required.get(key) or form.optional.get(key)
        if wanted is None:
            known = "、".join((*form.required, *form.optional))
            yield Fault(source.name, source.line(*path, key), place, f"不认识“{key}”", f"可以写的有：{known}")
        elif not is_a(value, wanted):
            todo = f"请写成{_TYPE_WORDS[wanted]}"
            yield Fault(source.name, source.line(*path, key), place, f"“{key}”的值“{value}”不对", todo)
        elif wanted is str and key != "remark" and not value.strip() and key != "replaced_by":
            yield Fault(source.name, source.line(*path, key), place, f"“{key}”是空的", "请填上")
        elif key in form.inner:
            yield from rows(source, value, form.inner[key], *path, key)
    for key, wanted in form.required.items():
        if key not in data:
            todo = f"请补上，写成{_TYPE_WORDS[wanted]}"
            yield Fault(source.name, source.line(*path), place, f"缺少“{key}”", todo)


def rows(source: Source, given: Any, form: Form, *path: str | int) -> Iterator[Fault]:
    """The tables of a list."""
    if not isinstance(given, list):
        yield Fault(source.name, source.line(*path), _place(path), "这里要写几张表", "请照 law/ 里同类文件的样子写")
        return
    for n, row in enumerate(given):
        if isinstance(row, dict):
            yield from shape(source, row, form, *path, n)
        else:
            wrong = f"“{row}”不是一张表"
            yield Fault(source.name, source.line(*path, n), _place((*path, n)), wrong, "请写成 { 键 = 值 }")


def is_a(value: Any, wanted: Type) -> bool:
    """TOML's true is no number, and its times are no days."""
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, wanted) and not isinstance(value, dt.datetime)


def _place(path: tuple[str | int, ...]) -> str:
    return " ".join(f"第{step + 1}项" if isinstance(step, int) else str(step) for step in path)
