"""The list of a kind: filters, two-character search, and pages by key, so that page 2,000 costs what page 1 does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from hefa.kernel.flow import VOID
from hefa.kernel.matter import Kind, Matter, Mention
from hefa.kernel.people import Actor, Office
from hefa.kernel.personal import blind

from . import lights
from .counting import capped
from .inbox import dressed
from .sight import reach

PAGE = 50
SHORTEST = 2
WEEK = timedelta(days=7)
# name → (column, descending)
ORDERS = {
    "newest": ("opened_on", True),
    "oldest": ("opened_on", False),
    "due": ("due_on", False),
    "due_last": ("due_on", True),
}
_COLUMNS = ("id", "number", "title", "office__short", "handler__name", "opened_on", *lights.COLUMNS)


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass
class Chip:
    """One filter: its options and the chosen one. `chosen` is the chosen option's label, "" when none."""

    name: str
    label: str
    options: list[Option]
    value: str = ""

    @property
    def chosen(self) -> str:
        return next((option.label for option in self.options if option.value == self.value), "")


@dataclass(frozen=True)
class Column:
    """`form` is how wide and on which side: "number", "date" or "" for words."""

    name: str
    label: str
    form: str = ""


@dataclass(frozen=True)
class Cell:
    """One value of an own column: on a narrow screen it stands alone, so it knows its column."""

    column: Column
    text: str


@dataclass
class Listing:
    """One page of a kind's list. `rows` are dicts with `light`, `state_label` and `cells` (own columns)."""

    kind: type[Kind]
    query: str
    order: str
    chips: list[Chip]
    columns: list[Column]
    rows: list[dict[str, Any]] = field(default_factory=list)
    total: str = ""
    newer: str = ""
    older: str = ""
    fault: str = ""
    asked: str = ""

    @property
    def has_handlers(self) -> bool:
        """Whether anyone on this page answers for a matter: registers have no handlers, and need no empty column."""
        return any(row["handler__name"] for row in self.rows)

    @property
    def filtered(self) -> bool:
        return bool(self.query or any(chip.value for chip in self.chips))


def search(text: str) -> Q:
    """Matters whose number or title holds the text, or in which exactly that name or number is a party's."""
    named = Mention.objects.filter(key=blind(text)).values("matter_id")
    return Q(number__icontains=text) | Q(title__icontains=text) | Q(pk__in=named)


def found(kind: type[Kind], actor: Actor, asked: QueryDict, today: date) -> tuple[QuerySet[Matter], list[Chip]]:
    """The matters that the filters of a request leave, unordered, and the filters as chips."""
    chips = _chips(kind, actor)
    matters = Matter.objects.visible_to(actor).filter(kind=kind.label())
    for chip in chips:
        value = asked.get(chip.name, "")
        if value in {option.value for option in chip.options}:
            chip.value = value
            matters = matters.filter(_meaning(kind, actor, chip.name, value, today))
    if len(text := asked.get("q", "").strip()) >= SHORTEST:
        matters = matters.filter(search(text))
    return matters, chips


def page(kind: type[Kind], actor: Actor, asked: QueryDict, today: date) -> Listing:
    """The page of a kind's list that a request asks for."""
    matters, chips = found(kind, actor, asked, today)
    order = asked.get("sort", "newest")
    order = order if order in ORDERS else "newest"
    listing = Listing(kind, asked.get("q", "").strip(), order, chips, _columns(kind))
    listing.asked = _without(asked, "after", "before")
    if 0 < len(listing.query) < SHORTEST:
        listing.fault = _("请至少输入两个字")
    if order.startswith("due"):
        matters = matters.filter(due_on__isnull=False)
    rows, listing.newer, listing.older = keyset(matters, ORDERS[order], asked, _names(kind))
    begins = not asked.get("after") and not asked.get("before")
    listing.total = str(len(rows)) if begins and not listing.older else capped(matters)
    shows = {name: _show(kind, name) for name in kind.lists}
    prefix = f"{kind.accessor()}__"
    marks = kind.marks([row["id"] for row in rows])
    for row in rows:
        row["cells"] = [Cell(column, shows[column.name](row[prefix + column.name])) for column in listing.columns]
        listing.rows.append(dressed(row, today))
        row["light"] = lights.marked(row["light"], marks.get(row["id"]))
    _drop_echoes(listing)
    return listing


def _drop_echoes(listing: Listing) -> None:
    """Leave out a column that says in every row what the title says: a register's title is the name in it."""
    echoed = [
        column
        for at, column in enumerate(listing.columns)
        if listing.rows and all(row["cells"][at].text == row["title"] for row in listing.rows)
    ]
    listing.columns = [column for column in listing.columns if column not in echoed]
    for row in listing.rows:
        row["cells"] = [cell for cell in row["cells"] if cell.column not in echoed]


def keyset(
    found: QuerySet[Any, Any], order: tuple[str, bool], asked: QueryDict, names: tuple[str, ...], size: int = PAGE
) -> tuple[list[dict[str, Any]], str, str]:
    """(rows, key of the page before, key of the page after) by (column, id); "" where there is no such page.

    `asked` holds `after=KEY`, `before=KEY` or neither; a key that cannot be read is the first page.
    """
    column, descending = order
    after, before = _key(asked.get("after", "")), _key(asked.get("before", ""))
    backwards = before is not None
    downward = descending != backwards
    if (key := before or after) is not None:
        found = found.filter(_beyond(column, key, downward))
    sign = "-" if downward else ""
    rows = list(found.order_by(f"{sign}{column}", f"{sign}id").values(*names)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    ends = [f"{row[column]}.{row['id']}" for row in (rows[0], rows[-1])] if rows else ["", ""]
    has_newer = more if backwards else after is not None
    has_older = True if backwards else more
    return rows, ends[0] if has_newer else "", ends[1] if has_older else ""


def _key(text: str) -> tuple[date | int, int] | None:
    head, _dot, tail = text.rpartition(".")
    try:
        return (int(head) if head.isdigit() else date.fromisoformat(head)), int(tail)
    except ValueError:
        return None


def _beyond(column: str, key: tuple[date | int, int], downward: bool) -> Q:
    side = "lt" if downward else "gt"
    # The first half bounds the index, the second breaks the tie.
    return Q(**{f"{column}__{side}e": key[0]}) & (Q(**{f"{column}__{side}": key[0]}) | Q(**{f"id__{side}": key[1]}))


def _names(kind: type[Kind]) -> tuple[str, ...]:
    return (*_COLUMNS, *(f"{kind.accessor()}__{name}" for name in kind.lists))


FORMS = {
    **dict.fromkeys(("IntegerField", "DecimalField", "PositiveIntegerField", "PositiveSmallIntegerField"), "number"),
    "DateField": "date",
}


def _columns(kind: type[Kind]) -> list[Column]:
    fields = [kind.field_of(name) for name in kind.lists]
    return [
        Column(field.name, str(field.verbose_name), "" if field.choices else FORMS.get(field.get_internal_type(), ""))
        for field in fields
    ]


def _show(kind: type[Kind], name: str) -> Callable[[Any], str]:
    from .values import shown

    model_field = kind.field_of(name)
    return lambda value: shown(model_field, value)


def _chips(kind: type[Kind], actor: Actor) -> list[Chip]:
    states = [Option(state, _(label)) for state, label in kind.flow.states.items()]
    offices = [Option(str(pk), short) for pk, short in reach(actor).values_list("pk", "short")]
    first = Matter.objects.filter(kind=kind.label()).aggregate(first=Min("opened_on"))["first"]
    this_year = date.today().year
    years = range(this_year, (first.year if first else this_year) - 1, -1)
    dues = (("overdue", _("超期")), ("week", _("七日内到期")), ("open", _("未办结")), ("closed", _("已办结")))
    chips = [
        Chip("state", _("状态"), [*states, Option(VOID, _("已作废"))]),
        Chip("due", _("期限"), [Option(*due) for due in dues]),
        Chip("year", _("年份"), [Option(str(year), str(year)) for year in years]),
        Chip("mine", _("承办"), [Option("1", _("我承办的"))]),
    ]
    if len(offices) > 1:
        chips.insert(2, Chip("office", _("单位"), offices))
    for name in kind.lists:
        model_field = kind.field_of(name)
        if model_field.choices:
            options = [Option(str(value), _(str(label))) for value, label in model_field.flatchoices if value != ""]  # type: ignore[attr-defined]
            chips.append(Chip(name, _(str(model_field.verbose_name)), options))
    return chips


def _meaning(kind: type[Kind], actor: Actor, name: str, value: str, today: date) -> Q:
    if name == "due":
        return {
            "overdue": Q(due_on__lt=today),
            "week": Q(due_on__range=(today, today + WEEK)),
            "open": Q(closed_on=None) & ~Q(state=VOID),
            "closed": Q(closed_on__isnull=False),
        }[value]
    if name == "year":
        return Q(opened_on__range=(date(int(value), 1, 1), date(int(value), 12, 31)))
    if name == "mine":
        return Q(handler_id=actor.person_id)
    if name == "office":
        path = Office.objects.filter(pk=value).values_list("path", flat=True).first()
        return Q(office__path__startswith=path or "-")
    return Q(state=value) if name == "state" else Q(**{f"{kind.accessor()}__{name}": value})


def _without(asked: QueryDict, *names: str) -> str:
    kept = asked.copy()
    for name in names:
        kept.pop(name, None)
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return kept.urlencode()
