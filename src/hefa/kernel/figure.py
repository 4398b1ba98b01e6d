"""Figures: declared questions to the ledger. Each knows its value, its definition and the rows behind it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.db.models import Count as Tally
from django.db.models import Max, Min, Q, QuerySet, Sum

from . import clock
from .law import UnknownLaw
from .ledger import Entry
from .matter import KINDS, Kind
from .people import Level, Office
from .turn import trail

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both counted."""

    start: date
    end: date

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    def before(self) -> Period:
        """The same period of the year before (同期)."""
        return Period(_year_back(self.start), _year_back(self.end))

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


def _year_back(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True)
class Result:
    """A figure's answer. `value` None: the record has nothing to say (which is not zero).

    Shares and changes are in percent, rounded half up to two places; `text` is what a report prints.
    """

    name: str
    label: str
    definition: str
    unit: str
    value: int | Decimal | None
    text: str
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    period: Period
    rows: int
    digest: str

    def as_json(self) -> dict[str, Any]:
        """The answer for programs, in the order of the fields; numbers as numbers."""
        told = {name: float(value) if isinstance(value, Decimal) else value for name, value in vars(self).items()}
        return told | {"period": str(self.period)}


# What `rows()` yields, one dict a row, in ledger order.
ROW_FIELDS = ("id", "day", "step", "seal", "matter_id", "matter__number", "matter__title", "office__name")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A named question. `kind` is bound when the start-up checks read the declaration."""

    name: str
    label: str
    definition: str
    unit: str = "件"
    where: str = field(default="", init=False, compare=False, repr=False)
    kind: type[Kind] | None = field(default=None, init=False, compare=False, repr=False)

    percent: ClassVar[bool] = False

    def __post_init__(self) -> None:
        frame = sys._getframe(2)
        object.__setattr__(self, "where", f"{frame.f_code.co_filename}:{frame.f_lineno}")

    def uses(self) -> tuple[str, ...]:
        """Names of the figures that this one is made of."""
        return ()

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        """The entries that the figure counts, in ledger order."""
        raise NotImplementedError

    def result(self, period: Period, office: Office) -> Result:
        """The answer for a period and an office with all below it."""
        seals = list(self.entries(period, office).values_list("seal", flat=True))
        value = self.measure(period, office, len(seals))
        if value == 0 and not seals and not recorded(self.kind, period, office):
            value = None
        return self._result(value, period, len(seals), rows_digest(seals))

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        """The value, given how many rows there are."""
        return rows

    def rows(self, period: Period, office: Office) -> QuerySet[Entry, dict[str, Any]]:
        """The rows behind the value, as dicts of `ROW_FIELDS`; exactly as many as `result().rows`."""
        return self.entries(period, office).values(*ROW_FIELDS)

    def _result(
        self,
        value: int | Decimal | None,
        period: Period,
        rows: int,
        digest: str,
        numerator: int | Decimal | None = None,
        denominator: int | Decimal | None = None,
    ) -> Result:
        return Result(
            name=self.full_name,
            label=self.label,
            definition=self.definition,
            unit=self.unit,
            value=value,
            text=self.show(value),
            numerator=value if numerator is None else numerator,
            denominator=denominator,
            period=period,
            rows=rows,
            digest=digest,
        )

    def show(self, value: int | Decimal | None) -> str:
        if value is None:
            return ""
        if self.percent:
            return f"{value:.2f}%"
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    @property
    def full_name(self) -> str:
        """ "mediation.accepted": the folder of the kind and the figure."""
        assert self.kind is not None
        return f"{self.kind._meta.app_label}.{self.name}"


def rows_digest(seals: list[str]) -> str:
    """One digest of the rows behind a figure; their order does not matter."""
    return hashlib.sha256("\n".join(sorted(seals)).encode()).hexdigest()


def recorded(kind: type[Kind] | None, period: Period, office: Office) -> bool:
    """Whether the office has put anything of the kind on record by the period's end: only then is zero a figure."""
    assert kind is not None
    return Entry.objects.filter(
        kind=kind.label(), office__path__startswith=office.path, day__lte=period.end, turn__gt=0
    ).exists()


def in_force(kind: type[Kind], office: Office | None) -> QuerySet[Entry]:
    """The entries of a kind that nobody took back, in an office and all below it (None: everywhere)."""
    where = {"office__path__startswith": office.path} if office else {}
    # A list made once: as a join, planners search it anew for every row.
    taken_back = Entry.objects.filter(revokes__isnull=False).values("revokes")
    return Entry.objects.steps().filter(kind=kind.label(), **where).exclude(id__in=taken_back)


def one_a_matter(entries: QuerySet[Entry], pick: type[Min] | type[Max]) -> QuerySet[Entry, Any]:
    """The first (Min) or last (Max) of the entries of each matter, as ids. Grouped once: a query a row would not end."""
    return entries.order_by().values("matter").annotate(one=pick("id")).values("one")


def standing(kind: type[Kind], office: Office, period: Period) -> QuerySet[Entry]:
    """The newest entry of each matter at the period's end, where that was taken in the office or below it.

    Newest first, office second: what was handed on is no longer the first office's.
    """
    newest = one_a_matter(in_force(kind, None).filter(day__lte=period.end), Max)
    return in_force(kind, office).filter(id__in=newest)


Condition = Mapping[str, Any] | Callable[[Period], Mapping[str, Any]]


def of_case(kind: type[Kind], condition: Condition, period: Period) -> Q:
    """A condition on the kind's own fields (or, with `matter__`, the header's) as one over entries."""
    wanted = condition(period) if callable(condition) else condition
    prefix = f"matter__{kind.accessor()}__"
    return Q(**{name if name.startswith("matter__") else prefix + name: value for name, value in wanted.items()})


@dataclass(frozen=True, kw_only=True)
class Count(Figure):
    """How many matters took one of `steps` in the period (each matter once, at its first)."""

    steps: tuple[str, ...]
    level: Level | None = None
    having: Condition = field(default_factory=dict)

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        found = in_force(self.kind, office).filter(
            of_case(self.kind, self.having, period), step__in=self.steps, day__range=(period.start, period.end)
        )
        if self.level:
            found = found.filter(office__level=self.level)
        if self._repeats():
            found = found.filter(id__in=one_a_matter(found, Min))
        return found.order_by("id")

    def _repeats(self) -> bool:
        """Whether a matter can take the steps more than once (an opening step alone cannot)."""
        assert self.kind is not None
        return len(self.steps) > 1 or not all(self.kind.flow.step(step).opens for step in self.steps)


@dataclass(frozen=True, kw_only=True)
class Times(Count):
    """How many times one of `steps` was taken in the period."""

    def _repeats(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Total(Count):
    """The sum of one numeric field over the matters that took one of `steps` in the period."""

    field_name: str

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        assert self.kind is not None
        path = f"matter__{self.kind.accessor()}__{self.field_name}"
        return self.entries(period, office).order_by().aggregate(total=Sum(path))["total"] or 0


@dataclass(frozen=True, kw_only=True)
class Stock(Figure):
    """How many matters stand in one of `states` at the period's end."""

    states: tuple[str, ...]
    having: Condition = field(default_factory=dict)

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        condition = of_case(self.kind, self.having, period)
        return standing(self.kind, office, period).filter(condition, to__in=self.states).order_by("id")


@dataclass(frozen=True, kw_only=True)
class Latest(Figure):
    """A number that the newest matter of a condition states (a target, a norm), as of the period."""

    field_name: str
    states: tuple[str, ...]
    having: Condition = field(default_factory=dict)
    is_percent: bool = False

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        assert self.kind is not None
        condition = of_case(self.kind, self.having, period)
        found = standing(self.kind, office, period).filter(condition, to__in=self.states)
        return found.filter(id__in=list(found.order_by("-id").values_list("id", flat=True)[:1]))

    def measure(self, period: Period, office: Office, rows: int) -> int | Decimal | None:
        assert self.kind is not None
        path = f"matter__{self.kind.accessor()}__{self.field_name}"
        return self.entries(period, office).values_list(path, flat=True).first()

    def show(self, value: int | Decimal | None) -> str:
        return super().show(value) + ("%" if self.is_percent and value is not None else "")


@dataclass(frozen=True, kw_only=True)
class Derived(Figure):
    """A figure made of two others; its rows are those of the first."""

    unit: str = "%"
    of: str
    percent: ClassVar[bool] = True

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        return find_figure(self.of).entries(period, office)

    def pair(self, period: Period, office: Office) -> tuple[Result, Result]:
        """(the counted, the base)."""
        raise NotImplementedError

    def ratio(self, counted: Decimal, base: Decimal) -> Decimal:
        return counted * 100 / base

    def result(self, period: Period, office: Office) -> Result:
        top, base = self.pair(period, office)
        value = None
        if top.value is not None and base.value:
            value = self.ratio(Decimal(top.value), Decimal(base.value)).quantize(CENT, ROUND_HALF_UP)
        return self._result(value, period, top.rows, top.digest, top.value, base.value)


@dataclass(frozen=True, kw_only=True)
class Share(Derived):
    """`of` as a percentage of `among`."""

    among: str

    def uses(self) -> tuple[str, ...]:
        return (self.of, self.among)

    def pair(self, period: Period, office: Office) -> tuple[Result, Result]:
        return find_figure(self.of).result(period, office), find_figure(self.among).result(period, office)


@dataclass(frozen=True, kw_only=True)
class Change(Derived):
    """The growth of `of` on the same period of the year before (同比), in percent; negative is a fall."""

    def uses(self) -> tuple[str, ...]:
        return (self.of,)

    def pair(self, period: Period, office: Office) -> tuple[Result, Result]:
        figure = find_figure(self.of)
        return figure.result(period, office), figure.result(period.before(), office)

    def ratio(self, counted: Decimal, base: Decimal) -> Decimal:
        return (counted - base) * 100 / base


@dataclass(frozen=True, kw_only=True)
class OnTime(Figure):
    """The share of a duty's clocks met in the period that were met in time. Its rows are the steps that met one."""

    unit: str = "%"
    deadline: str
    percent: ClassVar[bool] = True

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        return Entry.objects.filter(id__in=self._met(period, office)).order_by("id")

    def result(self, period: Period, office: Office) -> Result:
        met = self._met(period, office)
        digest = rows_digest(list(Entry.objects.filter(id__in=met).values_list("seal", flat=True)))
        kept = sum(met.values())
        value = (Decimal(kept) * 100 / len(met)).quantize(CENT, ROUND_HALF_UP) if met else None
        return self._result(value, period, len(met), digest, kept if met else None, len(met) or None)

    def _met(self, period: Period, office: Office) -> dict[int, bool]:
        """{entry: in time} of the steps that met the clock; a stop after it was met already is none of them."""
        assert self.kind is not None
        deadline = self.kind.flow.deadline(self.deadline)
        stops = in_force(self.kind, office).filter(step__in=deadline.stops, day__range=(period.start, period.end))
        met: dict[int, bool] = {}
        lean = stops.select_related("matter").only("day", "turn", "matter__kind", "matter__trail")
        for entry in lean:
            assert entry.matter is not None
            heard = [clock.Event(p.step, p.day, p.days) for p in trail(entry.matter) if p.entry_id <= entry.pk]
            try:
                before, run = clock.run(deadline, heard[:-1]), clock.run(deadline, heard)
            except UnknownLaw:  # older than the law that is loaded: no term to hold it to
                continue
            if run is not None and run.met_on is not None and (before is None or before.met_on is None):
                met[entry.pk] = run.due_on is None or run.met_on <= run.due_on  # answered while paused is in time
        return met


def figures() -> dict[str, Figure]:
    """Every declared figure by full name, in the order of declaration."""
    return {figure.full_name: figure for kind in KINDS.values() for figure in kind.figures}


def bind_figures() -> None:
    """Tell each declared figure which kind it asks about."""
    for kind in KINDS.values():
        for figure in kind.figures:
            object.__setattr__(figure, "kind", kind)


def find_figure(name: str) -> Figure:
    """The figure of that full name. LookupError with a plain sentence when there is none."""
    try:
        return figures()[name]
    except KeyError:
        raise LookupError(f"没有名为“{name}”的指标。可用的有：{'、'.join(figures())}") from None


def by_office(figure: Figure, period: Period, office: Office) -> dict[str, int]:
    """How the rows of a figure spread over the offices that acted: {office name: rows}."""
    spread = figure.entries(period, office).order_by().values_list("office__name").annotate(n=Tally("id"))
    return dict(spread.order_by("-n", "office__name"))
