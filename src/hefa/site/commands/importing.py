"""hefa import: a ledger in Excel onto the record, or a whole folder of them that `hefa export` wrote."""

from __future__ import annotations

import argparse
import io
import sys
from contextlib import suppress
from pathlib import Path

from ..cli import Fail

ALL = "all"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help="类别，如 mediation、review.opinion 或 矛盾纠纷；all 是一整套")
    parser.add_argument("file", help="台账文件（.xlsx、.xls、.ods 或 .csv）；all 时是 ./hefa export 写的目录")
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
    if args.kind == ALL:
        return _whole(args)
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


def _whole(args: argparse.Namespace) -> int:
    """All ledgers of a folder in one transaction: a fault in one, and nothing of any is written."""
    from django.db import transaction

    from hefa.exchange.taking import contents
    from hefa.kernel.answers import Refused

    if args.skip_bad or args.office:
        raise Fail("导入一整套时不用 --skip-bad 和 --office：要么全部写入，要么一件不写")
    try:
        files = contents(Path(args.file))
    except Refused as fault:
        raise Fail(str(fault)) from None
    with transaction.atomic():
        taken, faulty = _in_turns(files, args.json)
        transaction.set_rollback(bool(faulty) or args.dry_run)
    if args.json:
        print(f"[{','.join([*taken.values(), *faulty.values()])}]")
        return 1 if faulty else 0
    for path, said in (*taken.items(), *faulty.items()):
        print(f"{path.name}：{said}", end="")
    if faulty:
        print(f"{'、'.join(path.name for path in faulty)} 有错，这一套台账一件也没有写入。")
    elif args.dry_run:
        print("都核对通过。没有写入（只核对）。")
    return 1 if faulty else 0


def _in_turns(files: list[tuple[str, Path]], as_json: bool) -> tuple[dict[Path, str], dict[Path, str]]:
    """What was said of the files that came in, and of those that did not.

    A rule of one ledger may rest on another that comes later: what failed is tried again as long as anything came in.
    """
    from hefa.exchange.cli import run_import

    taken: dict[Path, str] = {}
    faulty: dict[Path, str] = {}
    waiting = files
    while waiting:
        faulty.clear()
        for kind, path in waiting:
            _refuse_made_here(kind)
            out = io.StringIO()
            failed = run_import(kind, path, as_json=as_json, out=out, err=sys.stderr)
            (faulty if failed else taken)[path] = out.getvalue()
        if len(faulty) == len(waiting):
            break
        waiting = [(kind, path) for kind, path in waiting if path in faulty]
    return taken, faulty
