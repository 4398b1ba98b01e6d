"""hefa export: ledgers out in clear, to be kept or to be brought into another installation."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..cli import Fail
from .printing import print_json, table

ALL = "all"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help="类别，如 mediation、review.opinion 或 矛盾纠纷；all 是全部")
    parser.add_argument("folder", type=Path, help="写到哪个目录（要是空的，或者还没有）")
    parser.add_argument("--reason", required=True, help="导出的目的：会记在账上。台账里的个人信息是原样的，不打星号")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.exchange.taking import take_out, told
    from hefa.kernel.answers import Refused
    from hefa.kernel.matter import KINDS, find_kind
    from hefa.kernel.people import Actor

    from ..setup import prepare

    prepare()
    if not args.reason.strip():
        raise Fail("请用 --reason 写明导出的目的：台账里有个人信息，谁、为什么取走要记在账上")
    try:
        chosen = list(KINDS.values()) if args.kind == ALL else [find_kind(args.kind)]
        # Editions and tables are made by this system from what the others say: no ledger brings them.
        kinds = [kind for kind in chosen if kind._meta.app_label != "report"]
        if not kinds:
            raise Fail(f"“{chosen[0]._meta.verbose_name}”由系统生成，不作为台账导出")
        taken = take_out(kinds, args.folder, Actor.operator(), args.reason.strip())
    except (LookupError, Refused) as fault:
        raise Fail(str(fault)) from None
    if args.json:
        print_json(told(taken))
        return 0
    lines = [(part.file, str(part.kind._meta.verbose_name), str(len(part.rows))) for part in taken.parts]
    table(("文件", "类别", "件数"), lines)
    print(f"\n已导出到 {args.folder}，目的已记在账上。里面的个人信息没有打星号，请妥善保管，用完删除。")
    print(
        f"导入另一套系统：先 ./hefa up --no-sample --offices {args.folder}/offices.csv，再 ./hefa import all {args.folder}"
    )
    print("人员和岗位、作废的事项、办理过程中的更正和撤回记录、年报版本不在台账里：整套搬家请备份数据目录。")
    if taken.dangling:
        print(f"提示：{'、'.join(taken.dangling)} 写着已作废的事项，再导入前请清空那一格。")
    return 0
