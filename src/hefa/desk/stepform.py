"""The form of a step, derived from the declaration: it asks what the step asks, and only that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from hefa.kernel.advice import Advice
from hefa.kernel.answers import Refused, clean, clean_all, parse_date
from hefa.kernel.flow import AMEND, Step
from hefa.kernel.matter import PARTIES, Kind, Matter
from hefa.kernel.people import Actor, Level, Office, Person
from hefa.kernel.personal import PersonalField, mask
from hefa.kernel.turn import Turn, blank

from . import triage
from .sight import reach
from .values import current, label_of

DAY, SEEN, ADD_PARTY, OFFICE, TRY = "day", "seen", "add_party", "at_office", "try"
PARTY_KEYS = ("side", "name", "id_no", "phone", "address")
FEW, SHORT = 5, 100
# Which live check a widget asks for.
CHECKED = frozenset({"date", "amount", "integer", "id_no", "phone"})


@dataclass
class Option:
    value: str
    label: str
    group: str = ""


@dataclass
class Input:
    """One field as drawn. `widget`: text, area, date, amount, integer, id_no, phone, radio, select, matter, parties."""

    name: str
    label: str
    widget: str
    required: bool
    value: str = ""
    help: str = ""
    fault: str = ""
    options: list[Option] = field(default_factory=list)
    parties: list[dict[str, str]] = field(default_factory=list)
    sides: list[Option] = field(default_factory=list)
    longest: int | None = None
    placeholder: str = ""
    tells: bool = False  # the story of the matter: what it is likely about is offered below it

    @property
    def is_checked(self) -> bool:
        return self.widget in CHECKED


@dataclass
class StepForm:
    """A step's form with what was typed and what is wrong with it."""

    kind: type[Kind]
    step: Step
    day: str
    seen: str
    asked: list[Input]
    offered: list[Input]
    fault: str = ""
    day_fault: str = ""
    offices: list[Office] = field(default_factory=list)
    office: str = ""
    advice: Advice | None = None

    def advise(self, matter: Matter | None, office: Office, actor: Actor, typed: QueryDict | None) -> None:
        """Put in what the step proposes for what is typed so far, and choose it where nothing was chosen yet."""
        if self.step.advice is None:
            return
        turn = self._turn(matter, office, actor, typed)
        self.advice = self.step.advice(turn)
        answer = self.advice.answer if self.advice else ""
        chosen = next((one for one in (*self.asked, *self.offered) if one.name == answer), None)
        if self.advice is None or chosen is None:
            return
        if chosen.widget == "matter":  # nobody knows numbers by heart: those who may be chosen are listed
            chosen.widget, chosen.help = "select", ""
            chosen.options = [Option(one.value, one.label) for one in self.advice.open_choices]
        listed = {option.value for option in chosen.options}
        missing = [Option(one.value, one.label) for one in self.advice.open_choices if one.value not in listed]
        chosen.options = [*missing, *chosen.options]
        if typed is None:
            chosen.value = self.advice.proposed or chosen.value

    def arise(self, number: str) -> None:
        """Fill in the matter that this one arises from, as the page that led here says."""
        for one in (*self.asked, *self.offered):
            if one.name == "arises_from":
                one.value = number[:SHORT]

    def _turn(self, matter: Matter | None, office: Office, actor: Actor, typed: QueryDict | None) -> Turn:
        day, answers = date.today(), {}
        if typed is not None:
            try:
                day, raw = read(self.kind, self.step, actor, typed, matter)
                filled = {name: value for name, value in raw.items() if value not in ("", None, [])}
                answers = clean_all(self.kind, tuple(filled), (), filled)
            except Refused:
                answers = {}  # the faults are shown; the advice does without
        held = (matter, matter.case) if matter is not None else blank(self.kind, office, day)
        return Turn(*held, self.step, answers, day, actor)

    @property
    def open_offered(self) -> bool:
        """Whether the optional part must stand open: something in it is wrong or was typed."""
        return not self.asked or any(one.fault or one.value or one.parties for one in self.offered)

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """(anchor, label, sentence) of every fault, for the summary on top."""
        marked = [(one.name, one.label, one.fault) for one in (*self.asked, *self.offered) if one.fault]
        if self.day_fault:
            marked.append((DAY, _("日期"), self.day_fault))
        return marked


def draw(
    kind: type[Kind],
    step: Step,
    actor: Actor,
    *,
    matter: Matter | None = None,
    typed: QueryDict | None = None,
    faults: Mapping[str, str] | None = None,
    called_up: bool = False,
) -> StepForm:
    """The form of a step: empty, or as typed with its faults. `called_up`: show an amendment what it amends."""
    faults = faults or {}
    drawer = _Drawer(kind, actor, matter, typed, step.name == AMEND, called_up)
    form = StepForm(
        kind=kind,
        step=step,
        day=typed.get(DAY, "") if typed else date.today().isoformat(),
        seen=typed.get(SEEN, "") if typed else str(matter.turn if matter else ""),
        asked=[drawer.input(name, True) for name in step.asks],
        offered=[drawer.input(name, False) for name in step.offers],
        fault=faults.get("", ""),
        day_fault=faults.get(DAY, ""),
        office=typed.get(OFFICE, "") if typed else "",
    )
    known = {one.name: one for one in (*form.asked, *form.offered)}
    for name, sentence in faults.items():
        if name in known:
            known[name].fault = sentence
        elif name not in ("", DAY):
            form.fault = f"{form.fault}；{sentence}".strip("；")
    return form


class _Drawer:
    def __init__(
        self,
        kind: type[Kind],
        actor: Actor,
        matter: Matter | None,
        typed: QueryDict | None,
        amends: bool,
        called_up: bool,
    ) -> None:
        self.kind, self.actor, self.matter, self.typed = kind, actor, matter, typed
        self.amends, self.called_up = amends, called_up
        self.case = matter.case if matter else None

    def input(self, name: str, required: bool) -> Input:
        drawn = Input(name, label_of(self.kind, name), "text", required)
        if name == PARTIES:
            self._parties(drawn)
            return drawn
        model_field = self.kind.field_of(name)
        drawn.help = _(str(model_field.help_text)) if model_field.help_text else ""
        self._widget(drawn, model_field)
        drawn.tells = self.matter is None and triage.tells(self.kind, name)
        drawn.value = self.typed.get(name, "") if self.typed is not None else self._held(drawn, model_field)
        return drawn

    def _widget(self, drawn: Input, model_field: models.Field[Any, Any]) -> None:
        if isinstance(model_field, models.ForeignKey):
            self._related(drawn, model_field)
        elif model_field.choices:
            flat = model_field.flatchoices  # type: ignore[attr-defined]
            drawn.options = [Option(str(value), _(str(label))) for value, label in flat if value != ""]
            drawn.widget = "radio" if len(drawn.options) <= FEW else "select"
        elif isinstance(model_field, models.BooleanField):
            drawn.widget, drawn.options = "radio", [Option("是", _("是")), Option("否", _("否"))]
        elif isinstance(model_field, models.DateField):
            drawn.widget, drawn.placeholder = "date", _("如 2023.5.6 或 0506")
        elif isinstance(model_field, models.DecimalField):
            drawn.widget = "amount"
        elif isinstance(model_field, models.IntegerField):
            drawn.widget = "integer"
        elif isinstance(model_field, PersonalField):
            drawn.widget = model_field.masks if model_field.masks in CHECKED else "area"
            if model_field.masks in ("name", "address"):
                drawn.widget = "text"
        elif isinstance(model_field, models.TextField) or (model_field.max_length or 0) > SHORT:
            drawn.widget = "area" if drawn.name != "title" else "text"
        drawn.longest = None if isinstance(model_field, models.ForeignKey) else model_field.max_length

    def _related(self, drawn: Input, model_field: models.Field[Any, Any]) -> None:
        model = model_field.related_model
        if model is Office:
            drawn.widget, drawn.options = "select", office_options(self.matter)
        elif model is Person:
            drawn.widget, drawn.options = "select", person_options(self.actor, self.matter)
        else:
            drawn.widget = "matter"
            drawn.help = _("输入编号或事由中的两个字，从列出的事项里选")

    def _held(self, drawn: Input, model_field: models.Field[Any, Any]) -> str:
        """What the rows hold already: nothing is typed twice, but personal data is not shown unasked."""
        if self.matter is None or self.case is None or drawn.name == "office" or not self.kind.keeps(drawn.name):
            if self.matter is None and drawn.name == "handler":
                return str(self.actor.person_id or "")
            return "" if self.matter is not None else _default(model_field)
        held = current(self.matter, self.case, drawn.name)
        if held is None or held == "":
            return ""
        if isinstance(model_field, PersonalField):
            if self.amends and self.called_up:
                return str(held)
            drawn.placeholder = _(mask(model_field.masks, held)) if self.amends else ""
            return ""
        if drawn.widget == "matter":
            seen = Matter.objects.visible_to(self.actor).filter(pk=held)
            return seen.values_list("number", flat=True).first() or ""
        if isinstance(held, bool):
            return "是" if held else "否"
        return held.isoformat() if isinstance(held, date) else str(held)

    def _parties(self, drawn: Input) -> None:
        drawn.widget = "parties"
        drawn.sides = [Option(name, _(label)) for name, label in self.kind.sides.items()]
        if self.typed is not None:
            drawn.parties = typed_parties(self.typed)
            if ADD_PARTY in self.typed:
                drawn.parties.append(dict.fromkeys(PARTY_KEYS, ""))
        elif self.matter is not None and self.called_up:
            drawn.parties = self.matter.parties
        elif self.matter is None or drawn.required:
            drawn.parties = [dict.fromkeys(PARTY_KEYS, "") | {"side": side.value} for side in drawn.sides[:2]]
        if self.amends and not self.called_up and self.matter is not None:
            names = "、".join(mask("name", party["name"]) for party in self.matter.parties)
            drawn.help = _("现有：%(names)s。填写后整体替换；不改就不要添加。") % {"names": names}


def _default(model_field: models.Field[Any, Any]) -> str:
    default = model_field.get_default() if model_field.has_default() else ""
    if isinstance(default, bool):
        return "是" if default else ""
    return "" if default is None else str(default)


def office_options(matter: Matter | None) -> list[Option]:
    """Every other office, by level: where work is handed to is no secret."""
    rows = Office.objects.exclude(level=Level.GRID).order_by("path").values_list("pk", "name", "level")
    levels = {level.value: _(str(level.label)) for level in Level}
    own = matter.office_id if matter else None
    offices = [Option(str(pk), name, levels[level]) for pk, name, level in rows if pk != own]
    order = list(levels.values())
    return sorted(offices, key=lambda option: order.index(option.group))


def person_options(actor: Actor, matter: Matter | None) -> list[Option]:
    """Who holds a post where the actor works, or in the matter's office."""
    offices = list(reach(actor).values_list("pk", flat=True)) + ([matter.office_id] if matter else [])
    held = models.Q(posts__until_on=None) | models.Q(posts__until_on__gte=date.today())
    people = Person.objects.filter(held, is_active=True, posts__office_id__in=offices).distinct().order_by("name", "pk")
    return [Option(str(pk), name) for pk, name in people.values_list("pk", "name")]


def typed_parties(typed: QueryDict) -> list[dict[str, str]]:
    """Party rows as typed: parallel lists party.side, party.name …"""
    columns = [typed.getlist(f"party.{key}") for key in PARTY_KEYS]
    return [dict(zip(PARTY_KEYS, row, strict=True)) for row in zip(*columns, strict=False)]


def read(
    kind: type[Kind], step: Step, actor: Actor, typed: QueryDict, matter: Matter | None = None
) -> tuple[date, dict[str, Any]]:
    """(day, answers) of a posted form, for the door to clean. `Refused` when day or source cannot be read."""
    faults: dict[str, str] = {}
    answers: dict[str, Any] = {}
    day = date.today()
    try:
        day = parse_date(typed.get(DAY) or day)
    except ValueError as fault:
        faults[DAY] = str(fault)
    for name in step.fields:
        if name == PARTIES:
            rows = typed_parties(typed)
            answers[name] = [row for row in rows if any(row[key].strip() for key in PARTY_KEYS[1:])]
            continue
        value: Any = typed.get(name, "").strip()
        if value and kind.field_of(name).related_model is Matter:
            value = Matter.objects.visible_to(actor).filter(number=value).values_list("pk", flat=True).first()
            if value is None:
                faults[name] = _("没有编号为“%(number)s”的事项，或者您无权查看") % {
                    "number": typed.get(name, "").strip()
                }
        elif value and kind.field_of(name).related_model is not None and not value.isdigit():
            faults[name] = _("请从列出的选项里选")
        answers[name] = value
    if faults:
        raise Refused(faults)
    if step.name == AMEND and matter is not None:
        answers = changed(matter, answers)
    return day, answers


def changed(matter: Matter, answers: dict[str, Any]) -> dict[str, Any]:
    """Of an amendment's answers only those that differ from what is held: the record shows what was corrected."""
    kind, case = matter.declared, matter.case
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        if value in ("", None, []):
            continue
        if name == PARTIES:
            if value != matter.parties:
                kept[name] = value
            continue
        if kind.keeps(name):
            try:
                if clean(kind.field_of(name), value) == current(matter, case, name):
                    continue
            except (ValueError, TypeError):
                pass  # the door says what is wrong with it
        kept[name] = value
    if set(kept) <= {"reason"} and "reason" in kept:
        raise Refused(_("没有改动任何内容。请改正要更正的地方，再写理由。"))
    return kept
