"""A ledger read but not judged against the record: what its rows say, for trying a table before it is brought in."""

from __future__ import annotations

from datetime import date
from typing import Any

from hefa.kernel.act import import_role
from hefa.kernel.answers import Refused
from hefa.kernel.matter import Kind
from hefa.kernel.people import Actor, Office

from .columns import CHANGE
from .importing import draft
from .judging import CellFault, Judge, Layout
from .lookup import Directory
from .reading import Source


def glance(
    kind: type[Kind], source: Source, actor: Actor, office: Office | None = None
) -> tuple[list[dict[str, Any]], list[CellFault]]:
    """(rows, faults): each row as {column key: value}, offices as ids, of a changed cell the last value.

    The office of the row itself is an `Office`; days are dates. `Unreadable` when it is no ledger file at all. A number
    that is on record already, or a rule that the record has too, is no fault here; what cannot be read is.
    """
    drawn = draft(kind, source, actor, office)
    if drawn.has_layout_faults:
        return [], drawn.faults
    judge = Judge(kind, actor, office, date.today(), Directory())
    rows: list[dict[str, Any]] = []
    faults: list[CellFault] = []
    for layout in drawn.layouts:
        layout.in_order(judge.order)
        for row in layout.sheet.rows():
            verdict, values = judge.read(layout, row)
            told = _resolved(judge, layout, verdict.faults, row, values)
            _check_right(kind, actor, layout, verdict.faults, row, values)
            faults += verdict.faults
            if not verdict.faults:
                rows.append(told)
    return rows, faults


def _resolved(
    judge: Judge, layout: Layout, faults: list[CellFault], row: Any, values: dict[str, Any]
) -> dict[str, Any]:
    told = dict(values)
    for key, value in values.items():
        column = judge.columns[key]
        last = value.split(CHANGE)[-1].strip() if column.changes and isinstance(value, str) else value
        try:
            told[key] = judge.directory.office(last).pk if column.shape == "office" and key != "office" else last
        except ValueError as fault:
            faults.append(layout.fault(row, column, str(fault)))
    return told


def _check_right(
    kind: type[Kind], actor: Actor, layout: Layout, faults: list[CellFault], row: Any, values: dict[str, Any]
) -> None:
    try:
        if "office" in values:
            import_role(kind, values["office"], actor)
    except Refused as refused:
        faults.append(layout.fault(row, layout.plan[0][0], str(refused)))
