"""Ledgers of money out and back into an empty record: the same lives, supplements and variations included."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hefa.exchange import writing
from hefa.exchange.importing import draft
from hefa.kernel.act import act
from hefa.kernel.matter import Matter, find_kind

from .conftest import DAY, OPERATOR, Town

CODE = "91990212MA0000101P"


def _budget(town: Town) -> Matter:
    return town.open("spending.budget", town.street, category="car_running", year=2023, cap=5000, basis="样")


def _lives(town: Town, kind: str) -> None:
    if kind == "spending.budget":
        _play(_budget(town), ("adjust", {"cap": 4000, "basis": "样二", "reason": "压减"}))
    elif kind == "spending.expense":
        told = {"title": "用车", "category": "car_running", "happens_on": DAY, "planned": 500}
        _play(
            town.open(kind, town.street, **told), ("approve", {"approved": 400}),
            ("ask_more", {"more": 150, "reason": "换件"}), ("approve_more", {}), ("ask_more", {"more": 50, "reason": "工时"}),
            ("approve_more", {}), ("claim", {"happened_on": DAY, "actual": 590, "invoices": 1}),
            ("hand_back", {"reason": "缺票"}), ("claim", {"happened_on": DAY, "actual": 580, "invoices": 2}),
            ("book", {"voucher_no": "记-5-1"}),
        )  # fmt: skip
    elif kind == "works.project":
        _play(
            town.open(kind, town.street, title="坡道", budget=1500, funding="街道"), ("approve", {"basis": "纪要"}),
            ("tender", {"contractor": "某公司", "uscc": CODE, "award": 1000}),
            ("sign", {"contract_no": "1", "contract_sum": 1000}), ("vary", {"change": 60, "is_less": "是", "reason": "减"}),
            ("vary", {"change": 20, "reason": "增"}), ("ask_variation", {"change": 300, "reason": "大"}),
            ("approve_variation", {"basis": "纪要二"}), ("pay_progress", {"amount": 500}), ("pay_progress", {"amount": 100}),
            ("complete", {"accepted_by": "四方", "acceptance": "合格"}), ("settle", {"settlement": 1250}),
            ("audit", {"auditor": "某所", "audited": 1200}), ("pay", {"amount": 650}),
        )  # fmt: skip
    else:
        _play(
            town.open(kind, town.street, title="保洁", method="inquiry", ceiling=1000, unit="城建办"),
            ("question", {"questioner": "甲", "question": "问一"}), ("answer", {"answer": "答一"}),
            ("award", {"supplier": "某公司", "uscc": CODE, "amount": 900}), ("question", {"questioner": "乙", "question": "问二"}),
            ("answer", {"answer": "答二"}), ("sign", {"contract_no": "1", "contract_amount": 900}), ("file", {}),
            ("publish", {"published_in": "某网"}), ("supplement", {"extra": 40, "reason": "一"}),
            ("supplement", {"extra": 50, "reason": "二"}), ("accept", {"accepted_by": "两人", "acceptance": "合格"}), ("close", {}), apart=1,
        )  # fmt: skip


def _play(matter: Matter, *steps: tuple[str, dict[str, Any]], apart: int = 0) -> None:
    """One step after the other, `apart` days from each other."""
    for n, (step, answers) in enumerate(steps):
        act(matter, step, actor=OPERATOR, day=DAY + timedelta(days=n * apart), answers=answers)


def _told(kind: str) -> list[Any]:
    """What stands on record of the kind, but for places in the ledger and keys."""
    own = [field.attname for field in find_kind(kind)._meta.concrete_fields if not field.is_relation]
    rows = []
    for matter in Matter.objects.filter(kind=kind).order_by("number"):
        steps = [(step, day) for step, day, *_ in matter.trail]
        rows.append((matter.number, matter.title, matter.state, steps, [getattr(matter.case, name) for name in own]))
    return rows


@pytest.mark.parametrize("kind", ["spending.budget", "spending.expense", "procurement.purchase", "works.project"])
def test_out_and_back_into_an_empty_record(town: Town, tmp_path: Path, kind: str) -> None:
    with transaction.atomic():
        if kind == "spending.expense":
            _budget(town)
        _lives(town, kind)
        before = _told(kind)
        (tmp_path / "ledger.xlsx").write_bytes(writing.export(find_kind(kind), OPERATOR, reveal=True))
        transaction.set_rollback(True)
    assert _told(kind) == []
    if kind == "spending.expense":
        _budget(town)
    drawn = draft(find_kind(kind), tmp_path / "ledger.xlsx", OPERATOR)
    assert [str(fault) for fault in drawn.faults] == []
    drawn.write()
    assert _told(kind) == before and len(before) == 1
