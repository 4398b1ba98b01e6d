"""hefa check: the numbers of any published report."""

from __future__ import annotations

import argparse
import sys


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="文件", help="已公布的报告（txt、md、html、docx、pdf）")
    parser.add_argument("--year", type=int, help="同时与本账这一年的指标核对")
    parser.add_argument("--office", help="核对哪个单位的指标（默认本街道）")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档（多个文件为一个列表）")


def run(args: argparse.Namespace) -> int:
    from hefa.claims.cli import run as check_files

    match = _matcher(args.year, args.office) if args.year or args.office else None
    return check_files(args.files, json=args.json, match=match, out=sys.stdout)


def _matcher(year: int | None, office_name: str | None):  # type: ignore[no-untyped-def]
    from hefa.report.recorded import matcher

    from ..cli import Fail
    from ..setup import find_office, prepare
    from .printing import period_of

    if year is None:
        raise Fail("与本账核对要指明年度，如 --year 2023")
    prepare()
    return matcher(period_of(year), find_office(office_name))
