"""hefa figure: one figure and the rows behind it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..cli import Fail
from .printing import period_of, print_json, table

if TYPE_CHECKING:
    from hefa.kernel.figure import Result


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="指标，如 mediation.accepted")
    parser.add_argument("year", type=int, help="年度，如 2023")
    parser.add_argument("--office", help="单位（默认本街道，含下属）")
    parser.add_argument("--rows", action="store_true", help="列出背后的每一行")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.figure import by_office, find_figure

    from ..setup import find_office, prepare

    prepare()
    try:
        figure = find_figure(args.name)
    except LookupError as fault:
        raise Fail(str(fault)) from None
    office, period = find_office(args.office), period_of(args.year)
    result = figure.result(period, office)
    rows = [_plain(row) for row in figure.rows(period, office)] if args.rows else []
    if args.json:
        document = result.as_json() | {"office": office.name, "count": result.rows}
        print_json(document | ({"rows": rows} if args.rows else {}))
        return 0
    print(f"{result.label}（{result.name}）  {office.name} {args.year} 年：{result.text or '无记录'}{_unit(result)}")
    print(f"口径：{result.definition}")
    if result.denominator is not None:
        print(f"分子 {result.numerator}，分母（基数）{result.denominator}")
    print("分布：" + "、".join(f"{name} {n}" for name, n in by_office(figure, period, office).items()))
    if args.rows:
        table(
            ("账目", "日期", "编号", "单位", "事由"),
            [(str(row["entry"]), row["day"], row["number"], row["office"], row["title"]) for row in rows],
        )
    print(f"共 {result.rows} 行，摘要 {result.digest[:16]}")
    return 0


def _unit(result: Result) -> str:
    return "" if result.unit == "%" else result.unit


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "entry": row["id"],
        "day": str(row["day"]),
        "step": row["step"],
        "matter": row["matter_id"],
        "number": row["matter__number"],
        "title": row["matter__title"],
        "office": row["office__name"],
        "seal": row["seal"],
    }
