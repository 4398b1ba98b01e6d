"""hefa docs: rewrite the pages that are made from the declarations."""

from __future__ import annotations

import argparse


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="只检查是否过时，不写")


def run(args: argparse.Namespace) -> int:
    from .. import handbook

    if args.check:
        old = handbook.stale()
        for path in old:
            print(f"过时：{path.name}。请运行 ./hefa docs")
        return 1 if old else 0
    for path in handbook.write():
        print(f"已重写 {path}")
    return 0
