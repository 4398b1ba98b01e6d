"""hefa figures: all figures of a year."""

from __future__ import annotations

import argparse

from .printing import period_of, print_json, table


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, help="年度，如 2023")
    parser.add_argument("--office", help="单位（默认本街道，含下属）")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.figure import figures

    from ..setup import find_office, prepare

    prepare()
    office, period = find_office(args.office), period_of(args.year)
    results = [figure.result(period, office) for figure in figures().values()]
    if args.json:
        print_json({result.name: result.as_json() for result in results})
        return 0
    print(f"{office.name} {args.year} 年")
    table(
        ("指标", "名称", "值", "行数", "口径"),
        [(r.name, r.label, r.text or "（无记录）", str(r.rows), r.definition) for r in results],
    )
    return 0
