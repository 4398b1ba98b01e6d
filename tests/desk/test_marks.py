"""What a list says where no clock runs: budgets near their cap, checks with their defects. One query a page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor

from .conftest import Desk

DAY = date(2023, 5, 9)
OPERATOR = Actor.operator()


def _budget(desk: Desk, year: int, cap: int = 1000, approved: int = 0) -> Matter:
    def opened(kind: str, **answers: Any) -> Matter:
        on = DAY.replace(year=year)
        return open_matter(
            kind, actor=OPERATOR, office=desk.street, day=on, answers={"category": "公车运行费", **answers}
        )

    made = opened("spending.budget", year=year, cap=cap, basis="样")
    if approved:
        asked = opened("spending.expense", title="用车", happens_on=DAY.replace(year=year), planned=approved)
        act(asked, "approve", actor=OPERATOR, day=DAY.replace(year=year), answers={"approved": approved})
    return made


def _cells(client: Client, page: str) -> str:
    body = client.get(page).content.decode()
    return body[body.index("<tbody>") : body.index("</tbody>")]


def test_the_list_and_the_page_say_how_much_is_taken(desk: Desk) -> None:
    near, far = _budget(desk, 2022, approved=900), _budget(desk, 2023, approved=100)
    client = desk.client("accountant")
    rows = _cells(client, "/list/spending.budget/").split("</tr>")
    assert '<span class="word">在用</span><span class="count">10.0%</span>' in rows[0]
    assert 'data-status="due_soon"' in rows[1] and "临近上限" in rows[1] and "90.0%" in rows[1]
    assert "临近上限" in client.get(f"/matter/{near.pk}/").content.decode()
    assert "临近上限" not in client.get(f"/matter/{far.pk}/").content.decode()


@pytest.mark.parametrize(("page", "most"), [("/list/spending.budget/", 13), ("/", 12)])
def test_a_page_of_many_costs_as_one(desk: Desk, page: str, most: int) -> None:
    client = desk.client("accountant")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    _budget(desk, 2001, approved=10)
    few = queries()
    for year in range(2002, 2022):
        _budget(desk, year, approved=10)
    assert queries() == few <= most


def test_a_check_tells_its_defects_open_and_settled(desk: Desk) -> None:
    def opened(kind: str, step: str, **answers: Any) -> Matter:
        return open_matter(kind, actor=OPERATOR, office=desk.street, day=DAY, answers=answers, step=step)

    bought = opened("procurement.purchase", "plan", title="保洁", method="自行采购", ceiling=10, unit="城建办")
    code = "91990212MA0000101P"
    act(bought, "choose", actor=OPERATOR, day=DAY, answers={"supplier": "某公司", "uscc": code, "amount": 10})
    act(bought, "agree", actor=OPERATOR, day=DAY, answers={"contract_no": "1", "contract_amount": 10})
    round_ = opened("procurement.round", "start", first_year=2023, last_year=2023, points="程序")
    check = opened("procurement.selfcheck", "check", arises_from=bought.pk, round=round_.pk, record="核对")
    defects = [
        opened("procurement.defect", "find", arises_from=check.pk, type="验收缺失", problem=f"问题{n}")
        for n in range(3)
    ]
    act(defects[0], "dismiss", actor=OPERATOR, day=DAY, answers={"reason": "不成立"})
    act(defects[1], "propose", actor=OPERATOR, day=DAY, answers={"cause": "疏忽", "measures": "补办"})
    told = {"done": "已补", "evidence": "验收书", "evidence_on": DAY}
    act(defects[1], "report", actor=OPERATOR, day=DAY, answers=told)
    act(defects[1], "close", actor=OPERATOR, day=DAY, answers={"recheck_evidence": "核对", "recheck_on": DAY})
    cells = _cells(desk.client("auditor"), "/list/procurement.selfcheck/")
    assert '<span class="word">整改中</span><span class="count">销号 1/2</span>' in cells
    act(defects[2], "dismiss", actor=OPERATOR, day=DAY, answers={"reason": "不成立"})
    act(check, "close", actor=OPERATOR, day=DAY, answers={})
    cells = _cells(desk.client("auditor"), "/list/procurement.selfcheck/")
    assert '<span class="word">办结</span><span class="count">销号 1/1</span>' in cells
    assert "1 件" in _cells(desk.client("auditor"), "/list/procurement.round/")
