"""hefa import: a ledger in Excel onto the record."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from ..cli import Fail


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help="类别，如 mediation、review.opinion 或 矛盾纠纷")
    parser.add_argument("file", help="台账文件（.xlsx、.xls、.ods 或 .csv）")
    parser.add_argument("--office", help="没有“单位”列时，全部记在这个单位")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    parser.add_argument("--skip-bad", action="store_true", help="写入对的行，错的行另存一个文件")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def _refuse_made_here(name: str) -> None:
    """Editions and tables are made by this system: a ledger cannot bring them."""
    from hefa.kernel.matter import find_kind

    with suppress(LookupError):
        kind = find_kind(name)
        if kind._meta.app_label == "report":
            raise Fail(f"“{kind._meta.verbose_name}”由系统生成，不能从台账导入")


def run(args: argparse.Namespace) -> int:
    from hefa.exchange.cli import run_import

    from ..setup import prepare

    prepare()
    _refuse_made_here(args.kind)
    return run_import(
        args.kind,
        args.file,
        dry_run=args.dry_run,
        skip_bad=args.skip_bad,
        office=args.office,
        as_json=args.json,
        out=sys.stdout,
        err=sys.stderr,
    )
