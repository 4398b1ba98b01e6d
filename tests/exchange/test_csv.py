"""Ledgers kept as CSV, in the encodings and with the separators of the programs that write them."""

from __future__ import annotations

import csv
import io

import pytest

from hefa.kernel.matter import Matter
from hefa.kernel.people import Office

from .ledgers import DISPUTE, HEADERS, judged


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"),
                                                     ("utf-8", "\t"), ("gb18030", ";")])  # fmt: skip
def test_csv(town: dict[str, Office], encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["台账"], HEADERS, [DISPUTE[header] for header in HEADERS]])
    judged(out.getvalue().encode(encoding), name="飞虹.csv").write()
    matter = Matter.objects.get()
    assert matter.parties[0]["phone"] == "19900000001"


def test_csv_names_its_row(town: dict[str, Office]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, [(DISPUTE | {"纠纷类型": "吵架"})[header] for header in HEADERS]])
    (fault,) = judged(out.getvalue().encode(), name="飞虹.csv").faults
    assert (fault.sheet, fault.column, fault.row) == ("飞虹", "E", 2)


def test_control_signs_are_dropped(town: dict[str, Office]) -> None:
    table = [HEADERS, [DISPUTE[header] for header in HEADERS]]
    out = io.StringIO()
    csv.writer(out).writerows(table)
    data = out.getvalue().replace("渗水引发", "渗\0水\x07引\u200b发").encode()
    judged(data, name="台账.csv").write()
    assert Matter.objects.get().title == DISPUTE["事由"]
