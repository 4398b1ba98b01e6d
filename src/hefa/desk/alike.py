"""Earlier matters like one at hand, told to a reader: why each is alike, how it ended, how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Actor
from hefa.kernel.personal import PersonalField
from hefa.statutes.similar import Alike, Question, declared, like

from . import triage
from .sight import seen_kinds
from .values import Line, shown

LONGEST = 4000


@dataclass(frozen=True)
class Row:
    """`why`: reasons · `end`: how it ended; a line that is personal is hidden, one that needs its label is long ·
    `days`: from the first day to the step that met its first deadline, or to its end, or None while it goes on."""

    matter: Matter
    why: tuple[str, ...]
    state: str
    end: tuple[Line, ...]
    days: int | None

    @property
    def took(self) -> str:
        if self.days is None:
            return _("还没有办结")
        return _("用了 %(days)d 天") % {"days": self.days} if self.days else _("当天办成")


def kinds(actor: Actor) -> list[type[Kind]]:
    """The kinds in which the actor may look for similar matters."""
    return [kind for kind in seen_kinds(actor) if kind.alike is not None]


def of_matter(matter: Matter, actor: Actor) -> list[Row]:
    """What is like a matter; nothing for a kind that declares no likeness."""
    return [_row(one) for one in like(Question.of(matter), actor)] if matter.declared.alike else []


def of_words(kind: type[Kind], words: str, actor: Actor) -> list[Row]:
    """What is like a story as it is told; the words are compared and kept nowhere."""
    offer = triage.offer(kind, words)
    return [_row(one) for one in like(Question(kind, words[:LONGEST], offer.code if offer else ""), actor)]


def _row(one: Alike) -> Row:
    matter, told = one.matter, declared(type(one.case))
    end = []
    for name in told.ended:
        field, value = type(one.case).field_of(name), getattr(one.case, name)
        if value in (None, ""):
            continue
        label, hidden = _(str(field.verbose_name)), isinstance(field, PersonalField)
        end.append(Line(name, label, "" if hidden else shown(field, value), hidden, long=not field.choices))
    state = _(matter.flow.state_label(matter.state))
    return Row(matter, tuple(_why(one)), state, tuple(end), _days(matter))


def hidden(rows: list[Row]) -> list[str]:
    """Labels of what stands in the rows and is personal."""
    return list(dict.fromkeys(line.label for row in rows for line in row.end if line.hidden))


def _why(one: Alike) -> list[str]:
    """The reasons, the plainest first."""
    told = declared(type(one.case))
    found = [_("都写到：%(words)s") % {"words": _("、").join(one.words)}]
    if one.same_sort:
        field = type(one.case).field_of(told.sort)
        found.append(_("同类型：%(type)s") % {"type": shown(field, getattr(one.case, told.sort))})
    if one.place:
        found.append(_("同一处：%(place)s") % {"place": one.place.rstrip("*")})
    if one.same_office:
        found.append(_("同一单位：%(office)s") % {"office": one.matter.office.name})
    return found


def _days(matter: Matter) -> int | None:
    """Days to the step that met the first deadline: what people mean by how long it took; filing comes later."""
    stops = matter.flow.deadlines[0].stops if matter.flow.deadlines else ()
    met = [day for step, day, *_rest in matter.trail if step in stops]
    ended = date.fromisoformat(met[-1]) if met else matter.closed_on
    return (ended - matter.opened_on).days if ended else None
