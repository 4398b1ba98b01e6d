"""Ledgers for tests: one good dispute, as a row, a sheet and a file, and ways to bring it in."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from hefa.exchange.importing import Draft, draft
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import Actor

TODAY = date(2024, 3, 1)
# Area 990000 does not exist; the check sign is right.
ID_NO = "990000198001010012"
DISPUTE = {
    "编号": "（2023）飞虹人调字第1号",  # A
    "单位": "飞虹社区居委会",  # B
    "受理日期": date(2023, 5, 6),  # C
    "事由": "卫生间渗水引发的邻里纠纷",  # D
    "纠纷类型": "邻里纠纷",  # E
    "案件来源": "依申请",  # F
    "申请人": "甄一",  # G
    "申请人证件号码": ID_NO,  # H
    "申请人电话": "19900000001",  # I
    "被申请人": "甄二",  # J
    "纠纷简要情况": "楼上渗水，双方对赔偿意见不一。",  # K
    "涉及人数": 2,  # L
    "涉及金额（元）": 3000,  # M
    "典型案例": "否",  # N
    "调解日期": "2023-05-08、2023-05-09",  # O
    "调解记录": "查看现场。\n达成一致。",  # P
    "达成书面协议日期": date(2023, 5, 9),  # Q
    "主要事实和各方责任": "渗水属实。",  # R
    "协议内容": "赔偿三千元。",  # S
    "履行期限": date(2023, 6, 1),  # T
    "确认履行日期": date(2023, 5, 30),  # U
    "履行情况": "按期履行",  # V
    "承办人": None,  # W
    "来源事项": None,  # X
    "不予受理日期": None,  # Y
    "不予受理理由": None,  # Z
}
HEADERS = list(DISPUTE)


def sheet_of(count: int = 2, headers: Sequence[str] = HEADERS) -> Worksheet:
    """A sheet of good disputes: header in row 1, the disputes from row 2 on, each with a number of its own."""
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    sheet.title = "台账"
    sheet.append(list(headers))
    for n in range(1, count + 1):
        row = DISPUTE | {"编号": f"（2023）飞虹人调字第{n}号"}
        sheet.append([row.get(header) for header in headers])
    return sheet


def bytes_of(sheet: Worksheet) -> bytes:
    assert sheet.parent is not None
    out = io.BytesIO()
    sheet.parent.save(out)
    return out.getvalue()


def file_with(change: Callable[[Worksheet], object] | None = None, count: int = 2) -> bytes:
    """The bytes of a ledger of good disputes, after a change to its sheet."""
    sheet = sheet_of(count)
    if change is not None:
        change(sheet)
    return bytes_of(sheet)


def judged(data: bytes, kind: str = "mediation.dispute", name: str = "台账.xlsx", **options: Any) -> Draft:
    return draft(find_kind(kind), data, Actor.operator(), today=TODAY, name=name, **options)


def record() -> tuple[int, int]:
    """(matters, entries) on record."""
    return Matter.objects.count(), Entry.objects.count()
