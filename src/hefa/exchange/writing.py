"""Ledgers written: the blank one to fill in, matters as a ledger, the rows that an import left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, islice
from typing import Any, NamedTuple

import xlsxwriter
from django.db.models import QuerySet
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from hefa.kernel.answers import from_record
from hefa.kernel.flow import AMEND
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import HEADER_FIELDS, Kind, Matter
from hefa.kernel.people import Actor, Office, visible_to
from hefa.kernel.personal import PersonalField, mask

from .cells import text_of
from .columns import CHANGE, Column, columns, required
from .reading import EXAMPLE, NOTES_SHEET, OPTIONS_SHEET

PROBLEM = "问题"
_FONT = {"font_name": "等线", "font_size": 10}
_HEAD = {**_FONT, "bold": True, "bg_color": "#E8ECF1", "border": 1, "border_color": "#C5CCD6", "text_wrap": True,
         "valign": "vcenter"}  # fmt: skip
_NEEDED = {**_HEAD, "font_color": "#B42318"}
_DAY = {**_FONT, "num_format": "yyyy-mm-dd", "align": "left"}
_WIDTHS = {"date": 12, "amount": 12, "integer": 9, "bool": 7, "id_no": 21, "phone": 15, "text": 24, "matter": 24,
           "number": 26, "office": 18}  # fmt: skip
_FILLABLE = 2000  # rows of the blank ledger that carry drop-downs
_BATCH = 500
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
# Excel refuses longer cells.
_CELL = 32_767
_SAMPLES: dict[str, Any] = {"date": date(2023, 5, 6), "amount": 12000, "integer": 2, "bool": "否", "id_no": "990000199001010017",
                            "phone": "19900000000", "name": "张三", "office": "", "person": "", "matter": ""}  # fmt: skip


class Reject(NamedTuple):
    """A row that an import left out, as it stood in its sheet, and why."""

    sheet: str
    headers: list[str]
    cells: list[Any]
    problem: str


class _Styles(NamedTuple):
    plain: Format
    day: Format
    head: Format
    needed: Format
    as_text: Format


def _open(constant_memory: bool) -> tuple[Workbook, io.BytesIO, _Styles]:
    """A workbook in memory in which text stays text: nothing typed by people becomes a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": not constant_memory, "constant_memory": constant_memory, "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    add = book.add_format
    styles = _Styles(add(_FONT), add(_DAY), add(_HEAD), add(_NEEDED), add({**_FONT, "num_format": "@"}))
    return book, out, styles


def _put(sheet: Worksheet, row: int, place: int, value: Any, styles: _Styles) -> None:
    """One value into a cell by its type; text always as text."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, "是" if value else "否", styles.plain)
    elif isinstance(value, int | float | Decimal) and -(10**15) < value < 10**15:
        sheet.write_number(row, place, float(value), styles.plain)
    elif isinstance(value, datetime | date) and value.year >= 1900:
        sheet.write_datetime(row, place, value, styles.day)
    else:
        sheet.write_string(row, place, str(value)[:_CELL], styles.as_text)


def write_rejects(rejected: Iterable[Reject]) -> bytes:
    """A workbook of rows left out: the same sheets and columns, and one more that says what is wrong."""
    book, out, styles = _open(constant_memory=True)
    for name, rows in groupby(rejected, key=lambda one: one.sheet):
        sheet = book.add_worksheet(_NO_SHEET_NAME.sub("_", name)[:31])
        for number, one in enumerate(rows, start=1):
            if number == 1:
                for place, header in enumerate([*one.headers, PROBLEM]):
                    sheet.write_string(0, place, header, styles.head)
            for place, value in enumerate(one.cells):
                _put(sheet, number, place, value, styles)
            sheet.write_string(number, max(len(one.headers), len(one.cells)), one.problem, styles.needed)
    book.close()
    return out.getvalue()


def template(kind: type[Kind]) -> bytes:
    """The blank ledger of a kind: columns to fill (needed ones in red), drop-downs, a note at each, an example."""
    book, out, styles = _open(constant_memory=False)
    sheet = book.add_worksheet("台账")
    notes = book.add_worksheet(NOTES_SHEET)
    options = book.add_worksheet(OPTIONS_SHEET)
    options.hide()
    needed = {column.key for column in required(kind, frozenset(), has_office=False)}
    lists = _Lists(options)
    for place, column in enumerate(columns(kind)):
        must = column.key in needed
        sheet.write_string(0, place, column.header, styles.needed if must else styles.head)
        sheet.write_comment(0, place, ("必填。" if must else "") + column.expected[:200], {"x_scale": 1.6})
        style = None if column.shape in ("date", "amount", "integer") else styles.as_text
        sheet.set_column(place, place, _WIDTHS.get(column.shape, 14), style)
        _validate(sheet, place, column, lists)
        _put(sheet, 1, place, _example(kind, column, must), styles)
    sheet.freeze_panes(1, 1)
    _explain(notes, kind, needed, styles)
    book.close()
    return out.getvalue()


class _Lists:
    """Drop-down lists on a sheet of their own: Excel allows no more than 255 characters in the cell's rule itself."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.used = 0

    def add(self, labels: Sequence[str]) -> str:
        self.sheet.write_column(0, self.used, labels)
        letter = xlsxwriter.utility.xl_col_to_name(self.used, col_abs=True)
        self.used += 1
        return f"='{OPTIONS_SHEET}'!{letter}$1:{letter}${len(labels)}"


def _validate(sheet: Worksheet, place: int, column: Column, lists: _Lists) -> None:
    source: Any = None
    if column.shape == "choice":
        source = lists.add(column.choices)
    elif column.shape == "bool":
        source = ["是", "否"]
    elif column.shape == "office" and not column.repeats:
        names = list(Office.objects.order_by("path").values_list("name", flat=True))
        source = lists.add(names) if names else None
    if source:
        rule = {"validate": "list", "source": source, "error_title": column.header, "error_message": "请从列表中选"}
        sheet.data_validation(1, place, _FILLABLE, place, rule)


def _example(kind: type[Kind], column: Column, must: bool) -> Any:
    if column.role == "number":
        return EXAMPLE
    opening = kind.flow.opening[0]
    if column.role == "day" and column.step == opening.name:
        return _SAMPLES["date"]
    if not must and not (column.role in ("field", "party") and opening.name in column.steps):
        return ""
    if column.role == "party" and column.side not in list(kind.sides)[:2]:
        return ""
    if column.shape == "choice":
        return column.choices[0]
    return _SAMPLES.get(column.shape, f"（{column.header}）")


def _explain(sheet: Worksheet, kind: type[Kind], needed: set[str], styles: _Styles) -> None:
    sheet.set_column(0, 0, 26, styles.plain)
    sheet.set_column(1, 1, 8, styles.plain)
    sheet.set_column(2, 2, 90, styles.plain)
    lines = [
        f"“{kind._meta.verbose_name}”台账：一行是一件事。哪一步的日期填了，就表示那一步在那一天办了；没有办的步骤留空。",
        f"第一行表头不要改。编号写着“{EXAMPLE}”的一行不会导入。没有用到的列可以删去，必填的（红字）要留着。",
    ]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, styles.plain)
    for place, header in enumerate(("列", "必填", "填什么")):
        sheet.write_string(len(lines) + 1, place, header, styles.head)
    for row, column in enumerate(columns(kind), start=len(lines) + 2):
        for place, text in enumerate((column.header, "是" if column.key in needed else "", column.expected)):
            sheet.write_string(row, place, text, styles.plain)


def export(kind: type[Kind], actor: Actor, matters: QuerySet[Matter] | None = None, *, reveal: bool = False) -> bytes:
    """The matters (default: all of the kind) that the actor may see, as a ledger that can be imported again.

    Personal columns are masked unless `reveal`: then the caller has put the purpose on record.
    """
    book, out, styles = _open(constant_memory=True)
    sheet = book.add_worksheet(str(kind._meta.verbose_name)[:31])
    for place, column in enumerate(columns(kind)):
        sheet.set_column(place, place, _WIDTHS.get(column.shape, 14))
        sheet.write_string(0, place, column.header, styles.head)
    sheet.freeze_panes(1, 1)
    for row, values in enumerate(_ledger_rows(kind, actor, matters, reveal), start=1):
        for place, column in enumerate(columns(kind)):
            _put(sheet, row, place, values.get(column.key), styles)
    book.close()
    return out.getvalue()


def _ledger_rows(
    kind: type[Kind], actor: Actor, matters: QuerySet[Matter] | None, reveal: bool
) -> Iterator[Mapping[str, Any]]:
    found = kind._default_manager.filter(visible_to(actor, "matter__")).exclude(matter__trail=[])
    if matters is not None:
        found = found.filter(matter__in=matters.values("pk"))
    related = [f"matter__{name}" for name in ("office", "handler", "partner", "arises_from")]
    related += [c.name for c in columns(kind) if c.role == "field" and c.shape == "matter" and c.name != "arises_from"]
    offices = dict(Office.objects.values_list("pk", "name"))
    cases = iter(found.select_related(*related).order_by("matter_id").iterator(chunk_size=_BATCH))
    while batch := list(islice(cases, _BATCH)):
        lives: dict[int, list[Entry]] = {}
        in_force = Entry.objects.steps().filter(matter__in=[case.pk for case in batch], revoked=None)
        for entry in in_force.exclude(step=AMEND).select_related("envelope").order_by("id"):
            lives.setdefault(entry.matter_id, []).append(entry)  # type: ignore[arg-type]
        for case in batch:
            if case.pk in lives and case.matter.state in kind.flow.states:
                yield _Told(kind, case, lives[case.pk], offices, reveal).values()


class _Told:
    """One matter as a row of its ledger."""

    def __init__(
        self, kind: type[Kind], case: Kind, entries: list[Entry], offices: dict[int, str], reveal: bool
    ) -> None:
        self.kind, self.case, self.matter, self.reveal = kind, case, case.matter, reveal
        self.entries, self.offices = entries, offices
        self.taken = {entry.step for entry in entries}

    def values(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for column in columns(self.kind):
            if not column.steps or self.taken & set(column.steps):
                told[column.key] = getattr(self, f"_{column.role}")(column)
        return told

    def _number(self, column: Column) -> str:
        return self.matter.number

    def _office(self, column: Column) -> str:
        return self.offices[self.entries[0].office_id]  # type: ignore[index]

    def _day(self, column: Column) -> Any:
        days = [entry.day for entry in self.entries if entry.step == column.step]
        return days[0] if len(days) == 1 else "、".join(day.isoformat() for day in days)

    def _field(self, column: Column) -> Any:
        holder = self.matter if column.name in HEADER_FIELDS else self.case
        now = self._shown(column, getattr(holder, column.name))
        if column.shape in ("office", "person", "matter"):
            return now
        asking = [e for e in self.entries if column.name in self.kind.flow.step(e.step).asks]
        if now == "" and asking:  # answered, then cleared by a later step: the row tells what was answered
            now = self._answer(column, asking[-1])
        if not column.changes:
            return now
        said = [self._answer(column, entry) for entry in asking[:-1]]
        return CHANGE.join(map(text_of, [*said, now])) if any(one != now for one in said) else now

    def _note(self, column: Column) -> Any:
        said = []
        for entry in self.entries:
            if entry.step != column.step:
                continue
            said.append(self._answer(column, entry))
        if len(said) == 1:
            return said[0]
        if not any(said):
            return ""
        return "\n".join(" ".join(str(one).split("\n")) if one else "/" for one in said)

    def _answer(self, column: Column, entry: Entry) -> Any:
        """What was answered at a step, as a cell shows it."""
        value = entry.answers.get(column.name)
        if value is None:
            return ""
        if column.name in self.kind.personal():
            envelope = getattr(entry, "envelope", None)
            kept = envelope.open().get("answers", {}).get(column.name, "") if envelope is not None else ""
            return self._shown(column, kept)
        if column.shape == "office":
            return self.offices[value]
        return self._shown(column, from_record(self.kind, column.name, value))

    def _party(self, column: Column) -> str:
        people = [party for party in self.matter.parties if party["side"] == column.side]
        values = [party[column.name] for party in people]
        if not any(values):
            return ""
        if not self.reveal:
            values = [mask(column.name, value) for value in values]
        return ("\n" if column.shape == "text" else "、").join(value or "/" for value in values)

    def _shown(self, column: Column, value: Any) -> Any:
        if value is None or value == "":
            return ""
        if isinstance(value, Matter | Kind):
            return (value if isinstance(value, Matter) else value.matter).number
        if isinstance(column.field, PersonalField) and not self.reveal:
            return mask(column.field.masks, value)
        if column.shape == "choice":
            return dict(column.field.flatchoices).get(value, value)  # type: ignore[union-attr]
        return value if isinstance(value, bool | int | Decimal | date) else str(value)
