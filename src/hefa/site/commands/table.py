"""hefa table: a statutory table, or one of your own, for a year; as text, Excel or JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli import Fail
from .printing import period_of, print_json, table

if TYPE_CHECKING:
    from hefa.report.tables.filling import Filled

LIST = "list"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="报表，如 mediation、disclosure-3，或自制报表的编号、名称；list 列出全部")
    parser.add_argument("year", type=int, nargs="?", help="年度，如 2023")
    parser.add_argument("--office", help="单位（默认本街道，含下属）")
    parser.add_argument("--out", metavar="文件.xlsx", help="写成 Excel：第二页是每一格的来源")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.people import Actor
    from hefa.report.tables.lines import BadTable
    from hefa.report.tables.shelf import find_table

    from ..setup import find_office, prepare

    prepare()
    actor = Actor.operator()
    if args.name == LIST:
        return _list(args.json)
    if args.year is None:
        raise Fail(f"要哪一年的？例如：hefa table {args.name} 2023")
    try:
        listed = find_table(args.name, actor)
        filled = listed.fill(find_office(args.office), period_of(args.year), sources=bool(args.out or args.json))
    except (LookupError, BadTable) as fault:
        raise Fail(str(fault)) from None
    written = _write(filled, Path(args.out)) if args.out else None
    if args.json:
        print_json({"name": listed.name, **filled.as_json(), "file": str(written) if written else None})
    else:
        _show(filled)
        if written:
            print(f"已写入 {written}")
    return 0 if filled.is_sound else 1


def _list(as_json: bool) -> int:
    from hefa.kernel.people import Actor
    from hefa.report.tables.shelf import tables

    known = tables(Actor.operator())
    if as_json:
        print_json([{"name": one.name, "title": one.title, "number": _number(one.matter)} for one in known])
        return 0
    table(("名称", "编号", "报表"), [(one.name, _number(one.matter), one.title) for one in known])
    return 0


def _number(matter: object) -> str:
    return getattr(matter, "number", "")


def _write(filled: Filled, path: Path) -> Path:
    from hefa.report.tables.excel import to_excel

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_excel(filled))
    except OSError as fault:
        raise Fail(f"“{path}”写不进去：{fault.strerror}。请换一个位置。") from None
    return path


def _show(filled: Filled) -> None:
    """A printed table has more columns than a terminal: each row is told column by column."""
    print(f"{filled.title}  {filled.office}  {filled.period.start} 至 {filled.period.end}")
    for row, cells in filled.lines():
        print(f"\n{'·'.join([*row.group, row.label])}")
        for column, cell in cells:
            print(f"  {'·'.join([*column.group, column.label])}：{cell.text}")
    print()
    for check in filled.checks:
        mark = {True: "✓ 相符", False: "■ 不符", None: "○ 没有记录可核对"}[check.holds]
        print(f"{mark}：{check.label}")
        for case in check.failed:
            print(f"    {case.at}：{case.arithmetic}")
