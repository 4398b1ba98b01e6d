"""hefa verify: prove the whole ledger."""

from __future__ import annotations

import argparse

from .printing import print_json, table


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


_WORDS = {"altered": "改动", "removed": "删除", "inserted": "插入", "reordered": "调换", "cut": "截尾"}


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.proof import verify

    from ..setup import prepare

    prepare()
    proof = verify()
    if args.json:
        print_json(proof.as_json())
    elif proof.ok:
        print(f"账目完好：{proof.entries} 笔，封签相连，与账头、锚定和各事项现状一致。")
    else:
        print(f"账目有 {len(proof.faults)} 处不对（共 {proof.entries} 笔）：")
        table(("第几笔", "问题", "说明"), [(str(f.entry), _WORDS[f.fault], f.message) for f in proof.faults])
    return 0 if proof.ok else 1
