"""Rows judged: each is new, already on record, or faulty, with every fault at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import orjson

from hefa.kernel import personal
from hefa.kernel.act import Play, Played, PlayRefused, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.matter import PARTIES, Kind, Matter
from hefa.kernel.people import Actor, Office

from .cells import is_nothing, read, text_of
from .columns import CHANGE, Column, columns, target_kind
from .lives import Lives, as_text
from .lookup import Directory, Numbers
from .matching import Matching
from .reading import Row, Sheet

_BATCH = 400
_SHOWN = 80  # characters of a bad cell that a fault repeats


class CellFault(NamedTuple):
    """One thing wrong: where (row as Excel numbers it, column letter), what stands there, what belongs there.

    `expected` is empty when no other cell would mend it: the step itself was refused.
    """

    sheet: str
    row: int
    column: str
    header: str
    value: str
    message: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.column}{self.row}" if self.column else f"第 {self.row} 行"
        said = f"工作表“{self.sheet}” {place}（{self.header}）：{self.message}"
        return f"{said}。应填：{self.expected}" if self.expected else said


@dataclass
class Layout:
    """A sheet whose header was matched: where each column of the kind stands."""

    sheet: Sheet
    matching: Matching
    plan: list[tuple[Column, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        placed = [(match.column, place, match.factor) for place, match in enumerate(self.matching.matches)]
        self.plan = [(column, place, factor) for column, place, factor in placed if column is not None]
        self._places = {column.key: place for column, place, _ in self.plan}

    def in_order(self, order: dict[str, int]) -> None:
        """Read the cells in the order of the kind's columns, whatever the sheet's."""
        self.plan.sort(key=lambda one: order[one[0].key])

    def fault(self, row: Row, column: Column, message: str) -> CellFault:
        """A fault at a column's cell, which may be missing from the sheet."""
        place = self._places.get(column.key)
        cell = row.cells[place] if place is not None and place < len(row.cells) else ""
        return CellFault(
            self.sheet.name,
            row.number,
            self.sheet.letter(place) if place is not None else "",
            self.sheet.headers[place] if place is not None else column.header,
            text_of(cell)[:_SHOWN],
            message,
            column.expected,
        )


@dataclass
class Verdict:
    """What is to become of a row: `played` when it is new, `faults` when it is bad, `waits` when it is new and names
    another new row of its own file, none of them when it is on record."""

    layout: Layout
    row: Row
    faults: list[CellFault] = field(default_factory=list)
    played: Played | None = None
    waits: bool = False


class _Known(NamedTuple):
    key: str | None
    digest: str


class Judge:
    """Judges the rows of a kind's ledger. One per pass over the file: it remembers the rows that it has seen."""

    def __init__(
        self, kind: type[Kind], actor: Actor, office: Office | None, today: date, directory: Directory
    ) -> None:
        self.kind, self.actor, self.office, self.today = kind, actor, office, today
        self.directory = directory
        self.lives = Lives(kind, directory)
        self.columns = {column.key: column for column in columns(kind)}
        self.order = {key: n for n, key in enumerate(self.columns)}
        self._seen: dict[str, tuple[str, int]] = {}
        self._coming: set[str] = set()  # numbers of the new rows so far
        self._single = [
            c for c in self.columns.values() if c.role == "field" and c.field is not None and c.field.unique
        ]

    def judge(self, layout: Layout, rows: Iterable[Row]) -> Iterator[Verdict]:
        """A verdict for each row of a sheet, in order; a handful of queries a batch."""
        layout.in_order(self.order)
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            read_rows = [self.read(layout, row) for row in batch]
            numbers = Numbers(self._referred(read_rows), self.actor)
            drafts = [self._identify(verdict, values) for verdict, values in read_rows]
            known = self.known(key for key, _ in drafts)
            held = self._held([values for _, values in read_rows])
            for (verdict, values), (key, digest) in zip(read_rows, drafts, strict=True):
                if not verdict.faults:
                    self._decide(verdict, values, key, digest, known, held, numbers)
                verdict.faults.sort(key=lambda fault: (len(fault.column), fault.column))
                yield verdict

    def warnings(self) -> list[str]:
        """What was left out without being a fault: people whom the record does not know."""
        said = []
        for header, why in self.lives.unknown.items():
            some = "；".join(f"{fault}（{rows} 处）" for fault, rows in why.most_common(5))
            more = f"；还有 {len(why) - 5} 人" if len(why) > 5 else ""
            said.append(f"“{header}”：{some}{more}。这些地方先不填，可以在登记人员以后到事项页面更正")
        return said

    def read(self, layout: Layout, row: Row) -> tuple[Verdict, dict[str, Any]]:
        """The cells of a row as values by column key, and the faults of single cells."""
        verdict = Verdict(layout, row)
        values: dict[str, Any] = {}
        unseen = layout.sheet.unseen
        for column, place, factor in layout.plan:
            raw = row.cells[place] if place < len(row.cells) else ""
            if raw == "" or raw is None:
                if unseen and (mark := unseen.get((row.number, layout.sheet.letter(place)))) is not None:
                    verdict.faults.append(layout.fault(row, column, _unseen(mark)))
                continue
            if isinstance(raw, str) and is_nothing(column, text_of(raw)):
                continue
            try:
                value = read(column, raw, date1904=layout.sheet.date1904, factor=factor)
                if column.role == "day":
                    self._check_past(value)
                values[column.key] = value
            except ValueError as fault:
                verdict.faults.append(layout.fault(row, column, str(fault)))
        self._settle_office(verdict, values)
        return verdict, values

    def _check_past(self, value: date | list[date]) -> None:
        for day in value if isinstance(value, list) else (value,):
            if day > self.today:
                raise ValueError(f"{day} 还没有到，不能先登记")

    def _settle_office(self, verdict: Verdict, values: dict[str, Any]) -> None:
        column = self.columns["office"]
        try:
            if "office" in values:
                values["office"] = self.directory.office(values["office"])
            elif self.office is not None:
                values["office"] = self.office
            elif not any(fault.header == column.header for fault in verdict.faults):
                raise ValueError("请填写单位")
        except ValueError as fault:
            verdict.faults.append(verdict.layout.fault(verdict.row, column, str(fault)))

    def _referred(self, read_rows: list[tuple[Verdict, dict[str, Any]]]) -> set[str]:
        keys = [key for key, column in self.columns.items() if column.shape == "matter"]
        return {one.strip() for _, values in read_rows for key in keys for one in values.get(key, "").split(CHANGE)}

    def _identify(self, verdict: Verdict, values: dict[str, Any]) -> tuple[str, str]:
        """(the row's key, the digest of its content): the number when there is one, else the content itself."""
        if verdict.faults:
            return "", ""
        office = values["office"]
        told = {key: as_text(value) for key, value in values.items() if key != "office"}
        said = orjson.dumps([office.code, told], option=orjson.OPT_SORT_KEYS)
        digest = personal.mark(f"import:{said.decode()}")
        number = values.get("number")
        return (f"no:{number}" if number else f"row:{digest}"), digest

    def known(self, wanted: Iterable[str]) -> dict[str, _Known]:
        """What the record holds under these keys, or under these numbers though it was never imported."""
        keys = {key for key in wanted if key}
        numbers = {key[3:] for key in keys if key.startswith("no:")}
        held = Matter.objects.filter(kind=self.kind.label())
        found: dict[str, _Known] = {}
        # Two queries, as no index serves an OR of the two.
        for asked in (held.filter(source_key__in=keys), held.filter(number__in=numbers)) if keys else ():
            for number, key, digest in asked.values_list("number", "source_key", "source_digest"):
                found[f"no:{number}"] = found[key or ""] = _Known(key, digest)
        return found

    def _decide(
        self, verdict: Verdict, values: dict[str, Any], key: str, digest: str, known: dict[str, _Known],
        held: set[tuple[str, Any]], numbers: Numbers,
    ) -> None:  # fmt: skip
        if fault := self._clash(key, digest, known, verdict):
            column = self.columns["number" if key.startswith("no:") else f"{self.kind.flow.opening[0].name}:day"]
            verdict.faults.append(verdict.layout.fault(verdict.row, column, fault))
            return
        if key in known:
            return
        for column in self._single:
            if fault := self._twin(column, values.get(column.key), held, verdict):
                verdict.faults.append(verdict.layout.fault(verdict.row, column, fault))
                return
        steps, faults = self.lives.steps(values, values["office"], numbers)
        misread = bool(faults)
        verdict.waits = misread and all(self._is_coming(self.columns[at], values) for at in faults)
        if verdict.waits:
            faults = {}
        elif not faults:
            play = Play(values["office"], steps, values.get("number", ""), key, digest)
            verdict.played, faults = self._rehearsed(play)
        if not faults:
            self._coming.add(values.get("number", ""))
        for at, said in faults.items():
            told = verdict.layout.fault(verdict.row, self.columns[at], said)
            is_step = not misread and at.endswith(":day")
            verdict.faults.append(told._replace(expected="") if is_step else told)

    def _is_coming(self, column: Column, values: dict[str, Any]) -> bool:
        """Whether a reference is to a row further up in this file, which is on record once that row is written."""
        if column.shape != "matter" or target_kind(column) not in ("", self.kind.label()):
            return False
        named = {one.strip() for one in values[column.key].split(CHANGE)} - {""}
        return bool(named & self._coming)

    def _held(self, many: list[dict[str, Any]]) -> set[tuple[str, Any]]:
        """Which values of columns that allow each value once are on record already."""
        found = set()
        for column in self._single:
            given = {values[column.key] for values in many if column.key in values}
            held = self.kind._default_manager.filter(**{f"{column.name}__in": given})
            found |= {(column.key, value) for value in held.values_list(column.name, flat=True)} if given else set()
        return found

    def _twin(self, column: Column, value: Any, held: set[tuple[str, Any]], verdict: Verdict) -> str | None:
        if value is None:
            return None
        if (column.key, value) in held:
            return f"“{column.header}”在账上已经用过"
        first = self._first(f"{column.key}:{value}", verdict)
        return f"“{column.header}”与{first}相同" if first else None

    def _first(self, key: str, verdict: Verdict) -> str | None:
        """Where a key was seen before in this file, or None."""
        name, row = verdict.layout.sheet.name, verdict.row.number
        first = self._seen.setdefault(key, (name, row))
        if first == (name, row):
            return None
        return f"第 {first[1]} 行" if first[0] == name else f"工作表“{first[0]}”第 {first[1]} 行"

    def _clash(self, key: str, digest: str, known: dict[str, _Known], verdict: Verdict) -> str | None:
        if first := self._first(key, verdict):
            numbered = key.startswith("no:")
            return f"编号与{first}相同" if numbered else f"与{first}完全相同；确实是两件事的，请给它们编号"
        on_record = known.get(key)
        if on_record is None or on_record == _Known(key, digest):
            return None
        if on_record.key == key:
            return "这个编号已经导入过，内容不一样。要改已在账上的事，请到该事项的页面办理“更正”"
        return "这个编号的事已经在账上（不是由台账导入的）。要改它，请到该事项的页面办理“更正”"

    def _rehearsed(self, play: Play) -> tuple[Played | None, dict[str, str]]:
        try:
            return rehearse(self.kind, play, self.actor), {}
        except PlayRefused as refused:
            return None, {self._column_of(refused.step, name): said for name, said in refused.faults.items()}
        except Refused as refused:
            return None, {"office": str(refused)}

    def _column_of(self, step: str, name: str) -> str:
        """The column in which an answer of a step stands; the step's day for the step as a whole."""
        if name == PARTIES:
            return next(key for key, column in self.columns.items() if column.role == "party")
        for key in (name, f"{step}:{name}"):
            if key in self.columns and name:
                return key
        return f"{step}:day"


def _unseen(mark: str) -> str:
    if mark:
        return f"单元格是错误值 {mark}，请改成正确的内容"
    return "单元格是公式，还没有计算结果：请在 Excel 里打开、保存一次，或者粘贴为数值"
