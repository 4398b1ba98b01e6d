"""What a table that people describe must be before it is taken: readable, countable, about what they may see."""

from __future__ import annotations

from hefa.kernel.matter import Matter
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


def title_is_new(turn: Turn) -> str | None:
    """A table is asked for by its title, too: two in use cannot share one."""
    title = turn.value("title")
    if title in shelf.built_in_titles():
        return f"“{title}”是系统自带报表的名称，请换一个名称"
    others = Matter.objects.filter(kind=shelf.OWN_KIND, state="in_use", title=title).exclude(pk=turn.matter.pk)
    taken = others.filter(office=turn.matter.office).first()
    return f"“{title}”已有同名的报表（{taken.number}），请换一个名称" if taken else None
