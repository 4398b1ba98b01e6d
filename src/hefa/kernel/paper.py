"""Declared papers: a text file beside the kind becomes the document that a step issues.

A paper file has a head of `key: value` lines, a line `---`, and body lines:

    # 一、…            heading (## second level)
    | 标签 | 值 |       a ruled row of a form: label, value, label, value …
    @ 签名：            a line to sign on
    [if X] …           the line only when X holds       [for X] … the line once for each `item` of X
    anything else      a paragraph; an empty line is left empty

Each piece is filled in by itself, so what people typed can never become markup.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.template import Context, Engine, Library, Template, TemplateSyntaxError

from hefa import press

if TYPE_CHECKING:
    from .matter import Kind
    from .turn import Taken, Turn

register = Library()
_HEAD_KEYS = frozenset({"kind", "title", "office", "doc_no", "to", "signed_by", "copy_to", "note"})
_CONDITION = re.compile(r"\[(if|for) ([\w.]+)\]\s*(.*)")


@register.filter
def cn_date(day: date | None) -> str:
    """2024年3月14日."""
    return press.chinese_date(day) if day else ""


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(autoescape=False, builtins=[__name__], string_if_invalid="〔缺〕")


@dataclass(frozen=True)
class Line:
    """One body line: what it becomes, on what condition, from which pieces of text."""

    shape: str
    pieces: tuple[Template, ...]
    condition: tuple[str, str] | None


@dataclass(frozen=True)
class Form:
    """A paper file, parsed."""

    head: dict[str, Template]
    lines: tuple[Line, ...]


def path_of(kind: type[Kind], name: str) -> Path:
    return Path(inspect.getfile(kind)).parent / "papers" / f"{name}.txt"


def fault(kind: type[Kind], name: str) -> str | None:
    """What is wrong with the declared paper, or None."""
    try:
        read(kind, name)
    except FileNotFoundError:
        return f"没有文件 {path_of(kind, name)}"
    except (ValueError, TemplateSyntaxError) as error:
        return f"{path_of(kind, name)}：{error}"
    return None


@lru_cache(maxsize=256)
def read(kind: type[Kind], name: str) -> Form:
    """The parsed paper. FileNotFoundError, ValueError or TemplateSyntaxError when it cannot be read."""
    head_text, sep, body = path_of(kind, name).read_text("utf-8").partition("\n---\n")
    if not sep:
        raise ValueError("文书文件要有一行 --- 把抬头与正文分开")
    head = {}
    for line in filter(None, head_text.splitlines()):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in _HEAD_KEYS:
            raise ValueError(f"文书抬头看不懂：{line}")
        head[key.strip()] = _engine().from_string(value.strip())
    if "title" not in head:
        raise ValueError("文书没有标题（title）")
    return Form(head, tuple(_line(line) for line in body.rstrip("\n").split("\n")))


def _line(text: str) -> Line:
    condition = None
    if found := _CONDITION.fullmatch(text):
        condition, text = (found.group(1), found.group(2)), found.group(3)
    shape, pieces = "para", [text]
    if not text.strip():
        shape, pieces = "blank", []
    elif text.startswith("#"):
        shape, pieces = f"heading{len(text) - len(text.lstrip('#'))}", [text.lstrip("#").strip()]
    elif text.startswith("@"):
        shape, pieces = "sign", [text[1:].strip()]
    elif text.startswith("|"):
        shape, pieces = "row", [cell.strip() for cell in text.strip()[1:].removesuffix("|").split(" | ")]
        if len(pieces) % 2:
            raise ValueError(f"表格行要成对写标签和值：{text}")
    return Line(shape, tuple(_engine().from_string(piece) for piece in pieces), condition)


def compose(turn: Turn) -> press.Paper:
    """The paper that a step issues, filled in from the case as it stands after the step."""
    assert turn.step.paper is not None
    form = read(type(turn.case), turn.step.paper)
    context = Context(
        {
            "matter": turn.matter,
            "case": turn.case,
            "answers": turn.answers,
            "step": turn.step,
            "day": turn.day,
            "office": turn.matter.office,
            "parties": turn.matter.parties,
            **turn.case.paper_facts(turn),
        },
        autoescape=False,  # a paper is not HTML: what people typed is printed as it is
    )
    head = {key: template.render(context).strip() for key, template in form.head.items()}
    rest: dict[str, Any] = {"kind": "letter", **head}
    return press.Paper(
        signed_on=turn.day,
        body=tuple(_blocks(form.lines, context)),
        **rest,
    )


def _blocks(lines: tuple[Line, ...], context: Context) -> Iterator[press.Block]:
    """Body lines as blocks; form rows and signatures that follow one another are kept together."""
    rows: list[list[tuple[str, str]]] = []
    signs: list[str] = []
    for shape, texts in _filled(lines, context):
        if rows and shape != "row":
            yield press.Fields(rows)
            rows = []
        if signs and shape != "sign":
            yield press.Signatures(signs)
            signs = []
        if shape == "row":
            rows.append(list(zip(texts[::2], texts[1::2], strict=True)))
        elif shape == "sign":
            signs.append(texts[0])
        elif shape == "blank":
            yield press.Blank()
        elif shape == "para":
            yield press.Para(texts[0])
        else:
            level: Any = int(shape[-1])
            yield press.Heading(level, texts[0])
    if rows:
        yield press.Fields(rows)
    if signs:
        yield press.Signatures(signs)


def _filled(lines: tuple[Line, ...], context: Context) -> Iterator[tuple[str, list[str]]]:
    for line in lines:
        if line.condition is None:
            yield line.shape, [piece.render(context) for piece in line.pieces]
            continue
        word, name = line.condition
        found = _lookup(context, name)
        for item in (found or ()) if word == "for" else ([found] if found else ()):
            with context.push(item=item):
                yield line.shape, [piece.render(context) for piece in line.pieces]


def _lookup(context: Context, dotted: str) -> Any:
    found: Any = context
    for n, part in enumerate(dotted.split(".")):
        found = found.get(part) if n == 0 or isinstance(found, dict) else getattr(found, part, None)
        if found is None:
            return None
    return found


def issue(turn: Turn, taken: Taken) -> None:
    """Put the step's paper into what it leaves: the text in the envelope, its digest in the ledger."""
    if turn.step.paper is None:
        return
    composed = compose(turn)
    taken.paper = orjson.loads(press.to_json(composed))
    taken.entry.paper = {"name": turn.step.paper, "title": composed.title, "digest": press.digest(composed)}


def issued(body: dict[str, Any]) -> press.Paper:
    """The paper of an opened envelope."""
    return press.from_json(orjson.dumps(body["paper"]))
