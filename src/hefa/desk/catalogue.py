"""The English catalogue: what has to be in it, and its compilation where the program runs.

A message's id is its Chinese text, so a label that nobody has translated yet still reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.db import models

from hefa.kernel.figure import figures
from hefa.kernel.matter import KINDS, NOTES, PARTIES, Kind
from hefa.kernel.people import ROLES, Level
from hefa.kernel.personal import mask

from .story import ENTRY_LABELS

HERE = Path(__file__).parent
SOURCE = HERE.parent / "locale"
FACES = (HERE, HERE.parent / "public")  # what people read: one catalogue for both
_TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CALL = re.compile(r"""\b(?:_|gettext|gettext_lazy)\(\s*((?:"[^"]*"\s*)+)\)""")
_STRING = re.compile(r'"([^"]*)"')
_CHINESE = re.compile(r"[一-鿿]")


def compile_catalogue(target: Path) -> list[Path]:
    """Compile every .po of the source into `target`/<language>/LC_MESSAGES/django.mo. Cheap when nothing changed."""
    written = []
    for source in sorted(SOURCE.glob("*/LC_MESSAGES/django.po")):
        made = target / source.relative_to(SOURCE).with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            made.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as text, made.with_suffix(".part").open("wb") as out:
                write_mo(out, read_po(text))
            made.with_suffix(".part").replace(made)
        written.append(made)
    return written


def page_messages() -> set[str]:
    """Every message of the templates and modules of the desk and of the residents' pages."""
    found: set[str] = set()
    for path in sorted(path for face in FACES for path in (face / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        found |= {a or b for a, b in _TRANSLATE.findall(text)}
        found |= {_VARIABLE.sub(r"%(\1)s", body) for body in _BLOCK.findall(text)}
    for path in sorted(path for face in FACES for path in face.rglob("*.py")):
        for call in _CALL.findall(path.read_text("utf-8")):
            found.add("".join(_STRING.findall(call)))
    return {message for message in found if _CHINESE.search(message)} | _tables()


def _tables() -> set[str]:
    """Messages that modules keep in tables."""
    return {*ENTRY_LABELS.values(), mask("text", "-")}


def declared_labels() -> set[str]:
    """Every label that kinds, steps, fields, choices, states, deadlines, figures, roles and levels declare."""
    found = {role.label for role in ROLES.values()} | {str(level.label) for level in Level} | {"已作废"}
    for kind in KINDS.values():
        found |= set(_labels_of(kind))
    for figure in figures().values():
        found |= {figure.label, figure.unit}
    for note in NOTES.values():
        found |= set(_labels_of_field(note))
    return {message for message in found if _CHINESE.search(message)}


def declared_prose() -> set[str]:
    """What steps, fields and figures say at length: helps and definitions, close to the words of the law."""
    found = {figure.definition for figure in figures().values()}
    for kind in KINDS.values():
        found |= {step.help for step in kind.flow.steps}
        found |= {str(own.help_text) for own in kind._meta.concrete_fields}
    return {message for message in found if _CHINESE.search(message)}


def _labels_of(kind: type[Kind]) -> Iterator[str]:
    yield str(kind._meta.verbose_name)
    yield from kind.flow.states.values()
    yield from kind.sides.values()
    for step in kind.flow.steps:
        yield step.label
        for name in step.fields:
            if name != PARTIES:
                yield from _labels_of_field(kind.field_of(name))
    for deadline in kind.flow.deadlines:
        yield deadline.label
    for own in kind._meta.concrete_fields:
        if own.name != "matter":
            yield from _labels_of_field(own)


def _labels_of_field(field: models.Field[Any, Any]) -> Iterator[str]:
    yield str(field.verbose_name)
    if field.choices:
        yield from (str(label) for _value, label in field.flatchoices)  # type: ignore[attr-defined]
