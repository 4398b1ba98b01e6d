"""What a table that people describe must be before it is taken: readable, countable, about what they may see."""

from __future__ import annotations

from hefa.kernel.people import Office
from hefa.kernel.turn import Turn

from . import reading, shelf
from .asking import Questions
from .lines import BadTable, Definition
from .slots import lay_out


def prove(definition: Definition, office: Office, year: int) -> None:
    """`BadTable` when some cell of the definition cannot be counted."""
    Questions(definition, lay_out(definition, office, year)).all()


def is_countable(turn: Turn) -> str | None:
    try:
        definition = reading.from_json(turn.value("definition"))
        prove(definition, turn.matter.office, turn.day.year)
    except BadTable as fault:
        return str(fault)
    if not shelf.may_see(turn.actor, shelf.kinds_of(definition)):
        return "报表里有您无权查看的事项的指标，请去掉后再办"
    return None
