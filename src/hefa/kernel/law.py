"""The law as dated data: instruments, articles, terms. Reads the law's files once; pure otherwise.

    FOI = instrument("foi")
    FOI[33]                    第三十三条
    FOI[33, 2]                 第三十三条第二款
    FOI.item(36, 4)            第三十六条第（四）项
    FOI.term("answer").on(day) the term in force on that day

A citation of what the file does not declare raises `UnknownLaw`; a file that says something
unreadable raises `BadLaw`, naming file and key. Articles are those of the program's file, which the
code cites; terms are dated rows, to which an installation's updates add newer ones (docs/adr/0017).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from . import layers
from .layers import COUNTING, REPEALED, take
from .layers import HOLIDAYS as HOLIDAYS
from .layers import BadLaw as BadLaw
from .layers import folder as folder
from .layers import read as read

Unit = Literal["working", "calendar", "month", "year"]
UNITS: tuple[str, ...] = get_args(Unit)

# Files of the folder with a shape of their own; every other one is an instrument. The last two are updates' alone.
NOT_INSTRUMENTS = frozenset({HOLIDAYS, COUNTING, REPEALED, "moved", "known"})

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_UNIT_WORDS = {"working": "个工作日", "calendar": "日", "month": "个月", "year": "年"}


class UnknownLaw(LookupError):
    """The law data do not hold what was cited. The message is a plain Chinese sentence."""


def numeral(n: int) -> str:
    """Chinese numeral as article numbers are written, 1 to 9999: 12 → 十二, 1260 → 一千二百六十."""
    if not 1 <= n <= 9999:
        raise ValueError(f"条款序号须在 1 至 9999 之间：{n}")
    out, gap = "", False
    for value, place in _PLACES:
        digit, n = divmod(n, value)
        if digit:
            out += ("零" if gap else "") + ("" if place == "十" and digit == 1 and not out else _DIGITS[digit]) + place
            gap = False
        else:
            gap = bool(out)
    return out


def quantity(n: int, unit: str) -> str:
    """A length of time in words: 20个工作日, 60日, 1个月, 5年."""
    return f"{n}{_UNIT_WORDS[unit]}"


@dataclass(frozen=True)
class Provision:
    """What a file declares of one article: how many paragraphs, items by paragraph, and the gist."""

    number: int
    gist: str
    paragraphs: int = 1
    items: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Article:
    """A place in an instrument. `paragraph` is 款, `item` is 项; None where the citation stops above it."""

    instrument: Instrument
    number: int
    paragraph: int | None = None
    item: int | None = None

    @property
    def place(self) -> str:
        """第三十三条第二款, without the instrument."""
        text = f"第{numeral(self.number)}条"
        if self.paragraph is not None:
            text += f"第{numeral(self.paragraph)}款"
        if self.item is not None:
            text += f"第（{numeral(self.item)}）项"
        return text

    @property
    def short(self) -> str:
        return f"{self.instrument.short}{self.place}"

    @property
    def gist(self) -> str:
        return self.instrument.provisions[self.number].gist

    def __str__(self) -> str:
        return f"{self.instrument.name}{self.place}"


@dataclass(frozen=True)
class Term:
    """A length of time that an article sets, from `in_force_from` on. `days` counts in `unit`."""

    days: int
    unit: Unit
    article: Article | None
    label: str
    verified: bool
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    instrument: Instrument | None = None
    remark: str = ""

    @property
    def text(self) -> str:
        return quantity(self.days, self.unit)

    @property
    def citation(self) -> str:
        """The article in full; for a time limit that only the platform sets, the instrument's name."""
        if self.article is not None:
            return str(self.article)
        return self.instrument.name if self.instrument else ""


@dataclass(frozen=True)
class TermRef:
    """A named term whose length depends on the day it is read."""

    instrument: Instrument
    name: str

    def on(self, day: dt.date) -> Term:
        """The term in force on `day`; UnknownLaw when none is."""
        if found := layers.in_force(rows(self.instrument)[self.name], day):
            return found
        where = f"law/{self.instrument.id}.toml"
        raise UnknownLaw(f"{self.instrument.name}在{day.isoformat()}没有施行中的期限“{self.name}”，请在 {where} 补充")

    def basis(self, day: dt.date) -> Article | None:
        """The article that the term rests on that day; None for a platform-internal limit."""
        return self.on(day).article


@dataclass(frozen=True)
class YearlyDate:
    """A day of every year by which something is due, such as a report by 31 January.

    `day` past the month's end means the month's last day. It is a date and not a period, so it does
    not roll over rest days: the day itself is the last safe one.
    """

    label: str
    month: int
    day: int
    article: Article | None
    verified: bool
    remark: str = ""

    def in_year(self, year: int) -> dt.date:
        return dt.date(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]))


@dataclass(frozen=True, eq=False)
class Instrument:
    """One law, regulation or rule. One object an id, so identity is equality.

    `name` is the full title as printed (with 《》), `short` the title without 中华人民共和国 and 《》.
    `terms` holds, per name, the dated rows of its own file, newest first (`rows` those of all); `dates` the
    yearly dates by name; `limits` the rows as they are written, which `hefa.kernel.limit` reads.
    """

    id: str
    name: str
    short: str
    issuer: str
    in_force_from: dt.date
    in_force_to: dt.date | None
    source: str
    verified: bool
    remark: str
    provisions: Mapping[int, Provision]
    terms: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    dates: Mapping[str, YearlyDate] = field(default_factory=dict)
    limits: Sequence[Mapping[str, Any]] = ()

    def __getitem__(self, key: int | tuple[int, int]) -> Article:
        number, paragraph = key if isinstance(key, tuple) else (key, None)
        self._provision(number, paragraph)
        return Article(self, number, paragraph)

    def item(self, number: int, item: int, paragraph: int | None = None) -> Article:
        """第…条（第…款）第（…）项. Of an article with several paragraphs the paragraph must be named."""
        provision = self._provision(number, paragraph)
        if paragraph is None and provision.paragraphs > 1:
            raise UnknownLaw(f"{self.name}第{numeral(number)}条有{provision.paragraphs}款，引用其中的项须写明第几款")
        held = provision.items.get(paragraph or 1, 0)
        if not 1 <= item <= held:
            place = Article(self, number, paragraph).place
            raise UnknownLaw(f"{self.name}{place}在 law/{self.id}.toml 中登记有{held}项，没有第{item}项")
        return Article(self, number, paragraph, item)

    def term(self, name: str) -> TermRef:
        if name not in rows(self):
            raise UnknownLaw(f"law/{self.id}.toml 没有登记{self.name}的期限“{name}”")
        return TermRef(self, name)

    def date(self, name: str) -> YearlyDate:
        if name not in self.dates:
            raise UnknownLaw(f"law/{self.id}.toml 没有登记{self.name}的日期“{name}”")
        return self.dates[name]

    def _provision(self, number: int, paragraph: int | None) -> Provision:
        provision = self.provisions.get(number)
        if provision is None:
            raise UnknownLaw(f"law/{self.id}.toml 没有登记{self.name}第{number}条，不能引用")
        if paragraph is None:
            return provision
        if provision.paragraphs == 1:
            raise UnknownLaw(f"law/{self.id}.toml 登记{self.name}第{numeral(number)}条只有一款，引用时不写第几款")
        if not 1 <= paragraph <= provision.paragraphs:
            raise UnknownLaw(f"{self.name}第{numeral(number)}条登记有{provision.paragraphs}款，没有第{paragraph}款")
        return provision

    def __repr__(self) -> str:
        return f"<Instrument {self.id}>"


def instrument(id: str, place: Path | None = None) -> Instrument:
    """The instrument of law/<id>.toml, the same object every time; else that of the newest update that brings it.

    `place`: what the file of that folder alone says.
    """
    chosen = layers.current()
    updates = () if place or (chosen.program / f"{id}.toml").is_file() else chosen.holding(id)
    return _instrument(place or (chosen.program, *updates)[-1], id)


def instruments() -> tuple[Instrument, ...]:
    """All instruments by id; reading them proves every file."""
    chosen = layers.current()
    names = {path.stem for place in (chosen.program, *chosen.updates) for path in place.glob("*.toml")}
    return tuple(instrument(name) for name in sorted(names - NOT_INSTRUMENTS))


def rows(of: Instrument) -> Mapping[str, Sequence[Term]]:
    """Its terms by name, newest row first, with those that updates add; no row outlives the instrument."""
    chosen = layers.current()
    return _rows(chosen, of) if chosen.updates else of.terms


@cache
def _rows(chosen: layers.Layers, of: Instrument) -> Mapping[str, Sequence[Term]]:
    return layers.stacked(of.terms, ((newer.terms if newer else {}, last) for newer, last in over(chosen, of)))


def over(chosen: layers.Layers, of: Instrument) -> Iterator[tuple[Instrument | None, dt.date | None]]:
    """What updates lay over an instrument, oldest first: its newer file, and the last day of what held before."""
    for place in chosen.updates:
        if (place / f"{of.id}.toml").is_file():
            newer = _instrument(place, of.id)
            yield newer, newer.in_force_to
        if (place / f"{REPEALED}.toml").is_file() and of.short in layers.deaths(place):
            yield None, layers.deaths(place)[of.short] - dt.timedelta(days=1)


@cache
def _instrument(place: Path, id: str) -> Instrument:
    if id in NOT_INSTRUMENTS or not (place / f"{id}.toml").is_file():
        raise UnknownLaw(f"法律数据中没有 law/{id}.toml")
    file = f"{id}.toml"
    text = dict.fromkeys(("id", "name", "short", "issuer", "source"), str)
    optional = {"in_force_to": dt.date, "remark": str, "articles": list, "terms": list, "dates": list, "limits": list}
    data = take(read(place, id), file, {**text, "in_force_from": dt.date, "verified": bool}, optional)
    if data["id"] != id:
        raise BadLaw(f"{file}：键“id”应与文件名一致，现为“{data['id']}”")
    provisions: dict[int, Provision] = {}
    for row in data.pop("articles", ()):
        provision = _provision_of(row, file)
        if provision.number in provisions:
            raise BadLaw(f"{file}：第{provision.number}条登记了两次")
        provisions[provision.number] = provision
    terms, dates = data.pop("terms", ()), data.pop("dates", ())
    made = Instrument(**{"in_force_to": None, "remark": "", **data}, provisions=provisions)
    # Terms and dates cite articles of the finished instrument, so they come second.
    object.__setattr__(made, "terms", _terms_of(made, terms, file))
    object.__setattr__(made, "dates", _dates_of(made, dates, file))
    return made


def _provision_of(row: Mapping[str, Any], file: str) -> Provision:
    where = f"{file} 第{row.get('number', '？')}条"
    data = take(row, where, {"number": int, "gist": str}, {"paragraphs": int, "items": (int, dict)})
    items = data.get("items", {})
    if isinstance(items, int):
        items = {1: items}
    paragraphs = data.get("paragraphs", 1)
    try:
        by_paragraph = {int(key): int(value) for key, value in items.items()}
    except ValueError as error:
        raise BadLaw(f"{where}：键“items”应写作 项数 或 {{ 款 = 项数 }}") from error
    if paragraphs < 1 or any(not 1 <= key <= paragraphs for key in by_paragraph):
        raise BadLaw(f"{where}：键“items”指到了没有的款")
    return Provision(data["number"], data["gist"], paragraphs, by_paragraph)


def _terms_of(made: Instrument, rows: Sequence[Mapping[str, Any]], file: str) -> dict[str, tuple[Term, ...]]:
    by_name: dict[str, list[Term]] = {}
    for row in rows:
        where = f"{file} 期限“{row.get('name', '？')}”"
        data = take(
            row,
            where,
            {"name": str, "label": str, "days": int, "unit": str},
            {"article": list, "in_force_from": dt.date, "in_force_to": dt.date, "verified": bool, "remark": str},
        )
        if data["unit"] not in UNITS:
            raise BadLaw(f"{where}：键“unit”只能是 {'、'.join(UNITS)}，现为“{data['unit']}”")
        if data["days"] < 1:
            raise BadLaw(f"{where}：键“days”须为正整数")
        own = {"verified": made.verified, "in_force_from": made.in_force_from, "in_force_to": made.in_force_to, **data}
        own["article"] = cited(made, data["article"], where) if "article" in data else None
        by_name.setdefault(own.pop("name"), []).append(Term(**own, instrument=made))
    return {name: layers.in_order(terms, f"{file} 期限“{name}”") for name, terms in by_name.items()}


def _dates_of(made: Instrument, rows: Sequence[Mapping[str, Any]], file: str) -> dict[str, YearlyDate]:
    by_name: dict[str, YearlyDate] = {}
    for row in rows:
        where = f"{file} 日期“{row.get('name', '？')}”"
        required = {"name": str, "label": str, "month": int, "day": int}
        data = take(row, where, required, {"article": list, "verified": bool, "remark": str})
        if row["name"] in by_name or not (1 <= data["month"] <= 12 and 1 <= data["day"] <= 31):
            raise BadLaw(f"{where}：重复登记，或者键“month”“day”不是一个日期")
        own = {"verified": made.verified, **data}
        own["article"] = cited(made, data["article"], where) if "article" in data else None
        del own["name"]
        by_name[row["name"]] = YearlyDate(**own)
    return by_name


def cited(made: Instrument, place: Sequence[int], where: str) -> Article:
    """`[33]`, `[33, 2]` or `[36, 0, 4]` (article, paragraph, item; paragraph 0 = not named) as an Article."""
    try:
        number, paragraph, item = (*place, 0, 0, 0)[:3]
        if item:
            return made.item(number, item, paragraph or None)
        return made[number, paragraph] if paragraph else made[number]
    except UnknownLaw as error:
        raise BadLaw(f"{where}：键“article”：{error}") from error


def counting(rule: str, of: Instrument | None = None) -> Article:
    """The article that a counting rule (start, roll, month) rests on for terms of that instrument."""
    rules = _counting(folder())
    return rules.get((rule, of.id if of else ""), rules[rule, ""])


@cache
def _counting(place: Path) -> dict[tuple[str, str], Article]:
    file = f"{COUNTING}.toml"
    rules: dict[tuple[str, str], Article] = {}
    for row in read(place, COUNTING).get("rules", ()):
        where = f"{file} 规则“{row.get('rule', '？')}”"
        data = take(row, where, {"rule": str, "instrument": str, "article": list}, {"applies_to": list, "remark": str})
        article = cited(_instrument(place, data["instrument"]), data["article"], where)
        for id in data.get("applies_to", [""]):
            rules[data["rule"], id] = article
    return rules
