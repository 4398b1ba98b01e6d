"""hefa anchor: write the ledger's head outside the database."""

from __future__ import annotations

import argparse

from .printing import print_json


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from django.conf import settings

    from hefa.kernel.proof import anchor

    from ..setup import prepare

    prepare()
    line = anchor()
    if args.json:
        print_json(line)
    else:
        print(f"账头：第 {line['entries']} 笔，封签 {line['seal']}")
        print(f"已记入 {settings.HEFA_ANCHORS}。请把这一行另存到别处（如发给区司法局），以后可据此发现截尾。")
    return 0
