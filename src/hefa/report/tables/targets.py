"""目标表: the targets of a year with what has come of them and where they will end. A row is a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hefa.kernel.figure import CENT, Figure, Period, Result, find_figure
from hefa.kernel.flow import VOID
from hefa.kernel.people import Actor, Office
from hefa.kernel.people import visible_to as seen_by
from hefa.matters.planning.forecast import Forecast
from hefa.matters.planning.models import Target
from hefa.matters.planning.outlook import outlook

from .asking import Whole
from .filling import NOTHING, Cell, Filled
from .slots import Place, Slot

TITLE = "目标完成情况表"
KIND = Target.label()
_COLUMNS = (
    ("scheme", "考核方案"), ("figure", "所盯指标"), ("wanted", "目标值"), ("now", "现值"), ("gap", "还差"),
    ("needed", "还需（个）"), ("expected", "预计年末"), ("reaches", "能否达到"), ("state", "状态"),
)  # fmt: skip


@dataclass(frozen=True)
class _Standing:
    """A target beside its figure and its forecast."""

    target: Target
    figure: Figure
    result: Result
    forecast: Forecast | None

    @property
    def wanted(self) -> Decimal:
        return self.target.value or Decimal(0)

    @property
    def at_most(self) -> bool:
        return self.target.direction == "at_most"

    @property
    def gap(self) -> Decimal | None:
        """How far the figure is from where the target wants it; not above zero: it is there."""
        if self.result.value is None:
            return None
        now = Decimal(self.result.value)
        return now - self.wanted if self.at_most else self.wanted - now

    @property
    def needed(self) -> int | None:
        """How many more (or fewer) must be counted for a share to reach its target: 60% of 69 takes 42, not 41.4."""
        result = self.result
        if not self.figure.percent or result.numerator is None or not result.denominator:
            return None
        base, counted = Decimal(result.denominator), Decimal(result.numerator)
        limit = self.wanted * base / 100
        if self.at_most:
            return max(0, int(counted - limit.to_integral_value("ROUND_FLOOR")))
        return max(0, int(limit.to_integral_value(ROUND_CEILING) - counted))

    @property
    def reaches(self) -> str:
        if self.forecast is None:
            return NOTHING
        day = self.forecast.reaches_on(Fraction(self.wanted), at_most=self.at_most)
        if not self.forecast.reaches(Fraction(self.wanted), at_most=self.at_most):
            return "达不到"
        return "已达到" if day == self.forecast.last.day else f"{day} 前后达到" if day else "能达到"


def fill(office: Office, period: Period, *, today: date | None = None, actor: Actor | None = None) -> Filled:
    """The targets of the period's year in the office and below it; with `actor`, those that the actor may see."""
    found = Target.objects.filter(year=period.end.year, matter__office__path__startswith=office.path)
    if actor is not None:
        found = found.filter(seen_by(actor, "matter__"))
    found = found.exclude(matter__state__in=("withdrawn", VOID)).exclude(watches="")
    targets = found.select_related("matter__office").order_by("matter_id")
    standings = [_standing(target, period, today or date.today()) for target in targets]
    rows = tuple(Slot(str(one.target.pk), one.target.matter.title) for one in standings)
    cells = {(row.key, name): cell for row, one in zip(rows, standings, strict=True) for name, cell in _cells(one)}
    return Filled(
        title=TITLE, office=office.name, period=period, rows=rows,
        columns=tuple(Slot(name, label) for name, label in _COLUMNS), cells=cells, corner="目标",
        note="现值和预计由系统按指标计算：预计 ＝ 现值 ＋ 年初以来的进度 × 剩余天数 ＋ 已安排工作预计带来的变化。",
        labels={("rows", row.key): row.label for row in rows} | {("columns", name): label for name, label in _COLUMNS},
    )  # fmt: skip


def _standing(target: Target, period: Period, today: date) -> _Standing:
    figure = find_figure(target.watches)
    until = max(period.start, min(today, period.end))
    result = figure.result(Period(period.start, until), target.matter.office)
    return _Standing(target, figure, result, outlook(target, today))


def _cells(one: _Standing) -> Sequence[tuple[str, Cell]]:
    target, figure, result, office = one.target, one.figure, one.result, one.target.matter.office
    unit = "个百分点" if figure.percent else figure.unit
    told = f"{figure.definition}；{office.name}，{result.period.start} 至 {result.period.end}"
    if result.denominator is not None:
        told = f"{result.numerator} ÷ {result.denominator}；{told}"
    ask = Whole(figure.full_name, place=Place(office.name, office.path)) if result.value is not None else None
    gap = "" if one.gap is None else "已达到" if one.gap <= 0 else f"{_plain(one.gap)}{unit}"
    forecast = one.forecast
    expected = None if forecast is None else _rounded(forecast.value)
    return (
        ("scheme", Cell(target.scheme, target.scheme)),
        ("figure", Cell(figure.label, figure.label)),
        ("wanted", _number(target.value, f"{'不高于' if one.at_most else '不低于'} {_shown(figure, target.value)}", "")),
        ("now", Cell(result.value, result.text or NOTHING, ask, figure.percent, result.rows, result.digest, told)),
        ("gap", _number(one.gap, gap or NOTHING, f"目标值与现值之差（{unit}）")),
        ("needed", _number(one.needed, NOTHING if one.needed is None else str(one.needed),
                           "" if one.needed is None else f"{result.denominator} 的目标比例取整，减去已有的 {result.numerator}")),
        ("expected", _number(expected, NOTHING if expected is None else _shown(figure, expected), _reckoning(one))),
        ("reaches", Cell(one.reaches, one.reaches, source=_reckoning(one))),
        ("state", Cell(state := target.matter.flow.state_label(target.matter.state), state)),
    )  # fmt: skip


def _number(value: int | Decimal | None, text: str, source: str) -> Cell:
    return Cell(value, text, source=source)


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(CENT, ROUND_HALF_UP)


def _shown(figure: Figure, value: Decimal | None) -> str:
    if value is None:
        return NOTHING
    return f"{_plain(value)}{'%' if figure.percent else figure.unit}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _reckoning(one: _Standing) -> str:
    """The forecast in one line: where it stands, at what pace, with what planned."""
    forecast = one.forecast
    if forecast is None:
        return "还没有记录，无从预计"
    parts = [f"{forecast.last.day} 为 {_shown(one.figure, _rounded(forecast.last.value))}"]
    parts.append(f"按年初以来的进度到年末变化 {_rounded(forecast.by_pace)}")
    if forecast.changes:
        parts.append(f"{len(forecast.changes)} 项已安排的工作预计变化 {_rounded(forecast.by_plan)}")
    return "；".join(parts)
