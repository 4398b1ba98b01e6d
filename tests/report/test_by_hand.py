"""The statistics of mediation against twenty disputes written by hand and counted apart: from the file, without the kernel.

Among them: agreed a year after acceptance, handed up and down between the levels, given back by the police, broken and
confirmed in the next year, turned away.
"""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from hefa.exchange.importing import draft
from hefa.kernel.figure import Period
from hefa.kernel.matter import find_kind
from hefa.kernel.people import Actor, Office
from hefa.report.tables import shelf
from hefa.site.setup import SAMPLE, load_offices

FILE = Path(__file__).with_name("disputes-by-hand.csv")
STREET, WHOLE = "中河街道", "合计"
TYPES = (
    "婚姻家庭", "邻里", "房屋宅基地", "合同", "生产经营", "损害赔偿", "山林土地", "征地拆迁", "环境污染", "拖欠农民工工资",
    "其他劳动争议", "旅游", "电子商务", "其他消费", "医疗", "道路交通事故", "物业", "其他",
)  # fmt: skip
HANDED = {"court": "法院委托移送", "procuratorate": "检察院委托移送", "police": "公安机关委托移送", "petition": "信访部门委托移送",
          "other": "其他部门委托移送"}  # fmt: skip
Row = dict[str, str]


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def settled_by(row: Row) -> str:
    return row["报街道调委会单位"] or row["交社区调委会单位"] or row["单位"]


def counted(where: str, year: str = "2023") -> dict[str, Any]:
    """Every cell of one line, by the words of the table's note."""

    def here(office: str) -> bool:
        return where in (WHOLE, office)

    accepted = [row for row in rows() if row["受理日期"].startswith(year) and here(row["单位"])]
    days = [(row, row["达成书面协议日期"] or row["达成口头协议日期"]) for row in rows()]
    agreed = [row for row, day in days if day.startswith(year) and here(settled_by(row))]
    confirmed = [row for row in rows() if row["法院确认有效日期"].startswith(year) and here(settled_by(row))]

    def of(column: str, *values: str) -> int:
        return sum(row[column] in values for row in accepted)

    rate = Decimal(100 * len(agreed)) / len(accepted) if accepted else None
    return {
        "accepted": len(accepted), "people": sum(int(row["涉及人数"]) for row in accepted), "agreed": len(agreed),
        "rate": rate.quantize(Decimal("0.01"), ROUND_HALF_UP) if rate is not None else None,
        "complex": of("难易程度", "疑难复杂"), "amount": sum(Decimal(row["涉及金额（元）"] or 0) for row in accepted),
        "level.community": sum(row["单位"].endswith("居委会") for row in accepted), "level.street": of("单位", STREET),
        "level.other": 0, "source.proactive": of("案件来源", "主动调解"), "source.application": of("案件来源", "依申请"),
        "source.handed": of("案件来源", *HANDED.values()),
        **{f"handed.{key}": of("案件来源", label) for key, label in HANDED.items()},
        **{f"type.{n:02d}": of("纠纷类型", f"{label}纠纷") for n, label in enumerate(TYPES)},
        "form.oral": sum(bool(row["达成口头协议日期"]) for row in agreed),
        "form.written": sum(bool(row["达成书面协议日期"]) for row in agreed),
        "performed": sum(row["履行情况"] in ("即时履行", "按期履行", "逾期履行") for row in agreed),
        "performed.partly": sum(row["履行情况"] == "部分履行" for row in agreed), "confirmed": len(confirmed),
    }  # fmt: skip


@pytest.mark.django_db
def test_every_cell_is_what_a_hand_counts() -> None:
    load_offices(SAMPLE / "offices.csv")
    drafted = draft(find_kind("mediation.dispute"), FILE, Actor.operator())
    assert [str(fault) for fault in drafted.faults] == []
    drafted.write()
    street = Office.objects.get(name=STREET)
    filled = shelf.find_table("mediation", Actor.operator()).fill(street, Period.year(2023))
    assert filled.is_sound
    printed, different = 0, []
    for row, cells in filled.lines():
        wanted = counted(STREET if row.key == "office.own" else row.label)
        assert [column.key for column, _ in cells] == list(wanted)
        for column, cell in cells:
            printed += 1
            if cell.value != wanted[column.key]:
                different.append((row.label, column.label, cell.value, wanted[column.key]))
    assert (printed, different) == (800, [])
    assert counted(WHOLE)["accepted"] == 16 and counted(WHOLE)["agreed"] == 11
