"""The matter: the header row of every kind, the parties in it, and the abstract model that a kind fills in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import orjson
from django.db import models

from .flow import Flow
from .likeness import Likeness
from .people import Actor, Office, Person, visible_to
from .personal import UNREADABLE, PersonalField, blind

if TYPE_CHECKING:
    from .figure import Figure

KINDS: dict[str, type[Kind]] = {}

# Header fields that a step may ask for beside the kind's own.
HEADER_FIELDS = ("title", "office", "handler", "partner", "arises_from", "sealed")
# What a step may ask that is neither: the people in the case.
PARTIES = "parties"
ADVISED = "advised"
# What any step may ask that stays on its entry.
NOTES: dict[str, models.Field[Any, Any]] = {
    "reason": models.CharField("理由", max_length=500),
    "extension_days": models.PositiveSmallIntegerField("延长天数"),
    # What a person was told before choosing: beside the choice, in its own entry (docs/adr/0015).
    ADVISED: models.CharField("系统建议", max_length=200),
}


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, actor: Actor) -> MatterQuerySet:
        """Only what the actor may see: one predicate, no loop."""
        return self.filter(visible_to(actor))


class Matter(models.Model):
    """One thing that an office must see through to the end.

    `turn` counts its entries (a form carries the turn it was drawn at, so that a stale form is refused);
    `trail` is the fold of its entries [step, day, actor, entry, granted days], which clocks and guards read
    without another query; `due_on` is the earliest running duty, `due_name` which one; `people` the parties,
    encrypted as one value; `source_key` the ledger row that it was imported from, so that the same file twice
    changes nothing.
    """

    kind = models.CharField("类别", max_length=60)
    number = models.CharField("编号", max_length=80)
    title = models.CharField("事由", max_length=200)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="单位", related_name="matters")
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="承办人", related_name="handled"
    )
    partner = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="协办单位", related_name="partnered"
    )
    state = models.CharField("状态", max_length=30)
    turn = models.PositiveIntegerField(default=0)
    trail = models.JSONField(default=list)
    opened_on = models.DateField("登记日期")
    closed_on = models.DateField("办结日期", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    due_name = models.CharField(max_length=60, blank=True)
    due_estimated = models.BooleanField(default=False)
    arises_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="来源事项", related_name="gives_rise_to"
    )
    sealed = models.BooleanField("不公开案件", default=False)
    people = PersonalField("当事人")
    source_key = models.CharField(max_length=160, null=True, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="matter_number_once"),
            models.UniqueConstraint(fields=["kind", "source_key"], name="matter_source_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "-opened_on", "-id"], name="matter_by_kind"),
            models.Index(fields=["office", "kind", "-opened_on", "-id"], name="matter_by_office"),
            models.Index(fields=["due_on"], condition=models.Q(due_on__isnull=False), name="matter_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def declared(self) -> type[Kind]:
        return KINDS[self.kind]

    @property
    def case(self) -> Kind:
        """The row of the kind's own fields."""
        return getattr(self, self.declared.accessor())

    @property
    def flow(self) -> Flow:
        return self.declared.flow

    @property
    def parties(self) -> list[dict[str, str]]:
        """The people in the case: [{side, name, id_no, phone, address}], in the order given."""
        return orjson.loads(self.people) if self.people and self.people != UNREADABLE else []

    @parties.setter
    def parties(self, parties: list[dict[str, str]]) -> None:
        self.people = orjson.dumps(parties).decode() if parties else ""


class Mention(models.Model):
    """Where a person or organisation is named: a keyed index, so that a name finds its cases and tells nothing.

    Old spellings stay after a correction: who looks for them should find the case.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="mentions")
    key = models.CharField(max_length=24, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "提及"

    def __str__(self) -> str:
        return self.key

    @classmethod
    def of(cls, parties: list[dict[str, str]]) -> list[Mention]:
        """Unsaved mentions of every name and number, without their matter."""
        values = {party[name] for party in parties for name in ("name", "id_no", "phone") if party[name]}
        return [cls(key=blind(value)) for value in sorted(values)]


@dataclass(frozen=True)
class Mark:
    """What a list says of a matter on which no clock runs: how far it has come, and whether that presses.

    `status`: open · due_soon (near what it may not pass) · overdue (past it).
    """

    word: str
    count: str = ""
    status: Literal["open", "due_soon", "overdue"] = "open"


class Kind(models.Model):
    """A line of work's own fields beside the matter's header, and its declarations.

    flow: the life · figures: the questions that it answers · series: the pattern of its numbers, with
    {office} (short name), {year} and {n}, counted gapless per office and year · lists: up to three own
    columns of the list · sides: the places that parties take · seen_by: roles that see it without taking
    a step · amend_guards: what a correction may not break either · past: dates of
    what has happened, none after the day of its step · notes: answers that stay on the entry
    (a sitting's record) and have no column · alike: by what earlier matters are found that are like one ·
    primary: what a bare folder name means on the command line.
    """

    flow: ClassVar[Flow]
    figures: ClassVar[tuple[Figure, ...]] = ()
    series: ClassVar[str]
    lists: ClassVar[tuple[str, ...]] = ()
    sides: ClassVar[dict[str, str]] = {}
    seen_by: ClassVar[tuple[str, ...]] = ()
    notes: ClassVar[dict[str, models.Field[Any, Any]]] = {}
    amend_guards: ClassVar[tuple[Any, ...]] = ()
    past: ClassVar[tuple[str, ...]] = ()
    alike: ClassVar[Likeness | None] = None
    primary: ClassVar[bool] = False
    # A template that is handed the class would make a row of it to read its name.
    do_not_call_in_templates: ClassVar[bool] = True

    matter = models.OneToOneField(
        Matter, models.PROTECT, primary_key=True, related_name="%(app_label)s_%(class)s", verbose_name="事项"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.matter)

    @classmethod
    def label(cls) -> str:
        """ "mediation.dispute": the kind's name everywhere."""
        return cls._meta.label_lower

    @classmethod
    def accessor(cls) -> str:
        """The attribute of Matter that leads to the kind's row."""
        return cls._meta.label_lower.replace(".", "_")

    @classmethod
    def personal(cls) -> frozenset[str]:
        """Names of the answers that may not stand in the ledger in clear."""
        return _personal_of(cls)

    @classmethod
    def field_of(cls, name: str) -> models.Field[Any, Any]:
        """The field that an answer of this name fills: the header's, the kind's own, or a note on the entry.

        FieldDoesNotExist when the kind knows no such answer.
        """
        if (note := cls.notes.get(name) or NOTES.get(name)) is not None:
            return note
        return (Matter if name in HEADER_FIELDS else cls)._meta.get_field(name)  # type: ignore[return-value]

    @classmethod
    def keeps(cls, name: str) -> bool:
        """Whether an answer of this name has a column (False: it stays on its entry)."""
        return name not in cls.notes and name not in NOTES and name != PARTIES

    @classmethod
    def marks(cls, ids: Collection[int]) -> Mapping[int, Mark]:
        """What its list says of these matters where no clock runs. As many queries for a page as for one."""
        return {}

    @classmethod
    def paper_facts(cls, turn: Any) -> dict[str, Any]:
        """What its papers may name beside the case, the answers and the parties."""
        return {}


_PERSONAL: dict[type[Kind], frozenset[str]] = {}


def _personal_of(kind: type[Kind]) -> frozenset[str]:
    if kind not in _PERSONAL:
        names = {field.name for field in kind._meta.get_fields() if isinstance(field, PersonalField)}
        names |= {name for name, note in kind.notes.items() if isinstance(note, PersonalField)}
        _PERSONAL[kind] = frozenset(names | {PARTIES})
    return _PERSONAL[kind]


def register_kinds() -> None:
    """Collect every concrete Kind of the installed apps, in the order of INSTALLED_APPS."""
    from django.apps import apps

    KINDS.clear()
    for model in apps.get_models():
        if issubclass(model, Kind):
            KINDS[model.label()] = model


def find_kind(name: str) -> type[Kind]:
    """The kind by label ("mediation.dispute"), model ("dispute"), folder ("mediation") or Chinese name.

    LookupError with a plain sentence when nothing or more than one thing is meant.
    """
    wanted = name.strip().lower()
    if wanted in KINDS:
        return KINDS[wanted]
    by_folder = [kind for kind in KINDS.values() if kind._meta.app_label == wanted]
    primary = [kind for kind in by_folder if kind.primary] or by_folder
    by_name = [k for k in KINDS.values() if wanted in (k._meta.model_name, str(k._meta.verbose_name))]
    found = (primary if len(primary) == 1 else []) or by_name
    if len(found) != 1:
        known = "、".join(f"{label}（{kind._meta.verbose_name}）" for label, kind in KINDS.items())
        raise LookupError(f"没有名为“{name}”的事项类别。可用的有：{known}")
    return found[0]
