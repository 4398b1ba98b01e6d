"""hefa lint: a draft against the rules of its type, before it is issued or signed."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from ..cli import Fail


def options(parser: argparse.ArgumentParser) -> None:
    from hefa.statutes.drafts.rule import KINDS

    kinds = "、".join(f"{id} {label}" for id, label in KINDS.items())
    parser.add_argument("files", nargs="+", metavar="文件", help="文稿（docx、pdf、txt、md、html）")
    parser.add_argument("--as", dest="kind", choices=list(KINDS), help=f"文稿的类型：{kinds}；不写则从标题和内容认")
    parser.add_argument("--on", type=_day, metavar="日期", help="以哪一天的法律为准（默认文稿的成文日期，没有则今天）")
    parser.add_argument("--comments", metavar="docx", help="把提示写成 Word 批注，另存为这个文件（只用于一个文件）")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档（多个文件为一个列表）")


def run(args: argparse.Namespace) -> int:
    from hefa.statutes.drafts.report import run as lint_files

    if args.comments and len(args.files) > 1:
        raise Fail("--comments 一次只用于一个文件")
    return lint_files(args.files, args.kind, args.on, args.json, sys.stdout, args.comments)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”不对，请写成 2026-11-20") from None
