"""Which of the year's reviews read the contracts that were then bought and built by: a review names its purchase or project.

Each contract takes the latest review of a contract that was concluded in the weeks before it was signed; a large one, which a
meeting has to decide, early enough for the meeting. One that finds none was signed unreviewed, which the desk then lists.
"""

from __future__ import annotations

from datetime import date, timedelta

from disputes import Row
from reviews import Reviewed

_WINDOW, _FOR_A_MEETING, _LARGE = timedelta(days=30), timedelta(days=16), 1_000_000
_SIGNED = {"签订政府采购合同日期": "合同", "签订自行采购合同日期": "合同", "签订施工合同日期": "施工合同"}
_REVIEWED_BY, _CONCLUDED = "来源事项", "出具审查意见书日期"


def link(reviews: list[Reviewed], contracts: list[Row], year: int) -> None:
    """Names the contract in each review that reads it: title, other party, amount, unit and source."""
    free = [one.row for one in reviews if one.category == "contract" and isinstance(one.row.get(_CONCLUDED), date)]
    for contract in contracts:
        column = next((name for name in _SIGNED if name in contract), "")
        if not column or contract[column].year != year:
            continue
        signed = contract[column]
        ready = signed - (_FOR_A_MEETING if contract["合同价（元）"] >= _LARGE else timedelta())
        fitting = [row for row in free if ready - _WINDOW <= row[_CONCLUDED] <= ready]
        if not fitting:
            continue
        row = max(fitting, key=lambda one: one[_CONCLUDED])
        free.remove(row)
        row |= {
            "事由": contract["事由"] + _SIGNED[column],
            "合同相对方": contract.get("供应商") or contract["施工单位"],
            "合同金额（元）": contract["合同价（元）"],
            "送审单位": contract.get("采购科室", "城建办公室"),
            "承办人": contract["承办人"],
            _REVIEWED_BY: contract["编号"],
        }
