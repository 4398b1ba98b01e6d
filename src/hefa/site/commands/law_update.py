"""hefa law update: the year's law data taken in by the operator, asked first what it moves."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
from pathlib import Path
from typing import Any

from ..cli import Fail
from .printing import print_json, table

_MOST = 200  # rows of a part that the terminal shows


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", metavar="文件", help="法律数据的 TOML 文件或者目录；不写则列出现在载入的")
    parser.add_argument(
        "--apply", action="store_true", help="载入（不写则只试算，什么也不改）；不写文件时，按现行数据重算在办期限"
    )
    parser.add_argument("--take-back", metavar="编号", help="撤回一次更新，同样先试算")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.people import Actor

    from ..places import data_dir
    from ..setup import prepare

    if args.path and args.take_back:
        raise Fail("载入和撤回请分两次办：要么写文件，要么写 --take-back 编号")
    prepare()
    actor = Actor.operator(f"命令行操作员（{_login()}）")
    if args.take_back:
        return _take_back(args, data_dir(), actor)
    if args.path:
        return _take_in(args, data_dir(), actor)
    return _renew(args, actor) if args.apply else _tell_state(args, data_dir())


def _login() -> str:
    try:
        return getpass.getuser()[:40]
    except (KeyError, OSError):
        return "未知"


def _take_in(args: argparse.Namespace, data: Path, actor: Any) -> int:
    from hefa.desk.drafting import kept
    from hefa.statutes.updates import candidate
    from hefa.statutes.updates.taking import Faulty, NothingNew, rehearse, take_in

    made = candidate.read(Path(args.path))
    taken = None
    try:
        if args.apply and not made.faults:
            taken, report = take_in(made, data, actor, kept())
        else:
            report = rehearse(made, data, kept())
    except NothingNew as reason:
        return _said(args, {"taken": None, "effects": []}, f"{reason}。")
    except Faulty:
        report = {}
    if made.faults:
        return _faulty(args, made.faults)
    if not report["effects"]:
        return _said(args, {"taken": None, "effects": []}, "这份法律数据与现行的完全相同，没有需要载入的内容。")
    done = f"已载入，编号 {taken.id}。撤回：./hefa law update --take-back {taken.id} --apply" if taken else ""
    return _tell(args, report, taken, done or "以上是试算，什么也没有改。加 --apply 载入。")


def _take_back(args: argparse.Namespace, data: Path, actor: Any) -> int:
    from hefa.statutes.updates.taking import NotTaken, take_back

    try:
        one, report = take_back(args.take_back, data, actor if args.apply else None)
    except NotTaken as reason:
        raise Fail(f"{reason}。", code=1) from None
    done = f"已撤回 {one.id}。" if args.apply else "以上是试算，什么也没有改。加 --apply 撤回。"
    return _tell(args, report, one if args.apply else None, done)


def _faulty(args: argparse.Namespace, faults: list[Any]) -> int:
    if args.json:
        told = [{"file": f.file, "line": f.line, "place": f.place, "wrong": f.wrong, "todo": f.todo} for f in faults]
        print_json({"taken": None, "faults": told})
    else:
        print(f"有 {len(faults)} 处不对，什么也没有载入：")
        for fault in faults:
            print(f"  {fault}")
    return 1


def _said(args: argparse.Namespace, document: dict[str, Any], sentence: str) -> int:
    print_json(document) if args.json else print(sentence)
    return 0


def _tell(args: argparse.Namespace, report: dict[str, Any], taken: Any, last: str) -> int:
    from django.utils import translation

    from hefa.desk.catalogue import compile_catalogue

    from ..places import data_dir

    if args.json:
        print_json({"taken": taken.id if taken else None, "digest": taken.digest if taken else None, **report})
        return 0
    compile_catalogue(data_dir() / "locale")
    for language in ("zh-hans", "en"):
        with translation.override(language):
            _report(report)
    print(last)
    return 0


def _report(report: dict[str, Any]) -> None:
    from hefa.desk.law_telling import sections, summary

    print(f"\n{summary(report)}")
    for part in sections(report):
        print(f"\n{part.title}（{part.count}）")
        table(part.columns, [cells for _, cells in part.rows[:_MOST]])
        if len(part.rows) > _MOST:
            print(f"… +{len(part.rows) - _MOST}（--json）")
    print()


def _renew(args: argparse.Namespace, actor: Any) -> int:
    from hefa.statutes.updates.taking import renew

    changed = renew(actor)
    said = (
        f"按现行法律数据重算了 {changed} 件事的期限。"
        if changed
        else "在办事项的期限都是按现行法律数据算的，没有要改的。"
    )
    return _said(args, {"renewed": changed}, said)


def _tell_state(args: argparse.Namespace, data: Path) -> int:
    from hefa.statutes.updates.state import state
    from hefa.statutes.updates.taking import stale

    now, old = state(data, dt.date.today()), stale()
    if args.json:
        print_json(now.as_json() | {"stale": old})
        return 0
    print(f"放假安排：{now.first_year}–{now.last_year} 年已公布；法规 {now.instruments} 部")
    if now.missing:
        print(f"注意：{'、'.join(map(str, now.missing))} 年的放假通知还没有载入，跨入该年的期限是估算的")
    rows = [(one.id, f"{one.at:%Y-%m-%d %H:%M}", one.by, "、".join(one.files), "已撤回" if one.back else "现行")
            for one in now.updates]  # fmt: skip
    if rows:
        table(("编号", "时间", "谁", "文件", "状态"), rows)
    else:
        print("还没有载入过法律更新：./hefa law update 文件.toml")
    if old:
        print(f"注意：{old} 件事的期限不是按现行法律数据算的（程序升级带来了新数据），重算用 ./hefa law update --apply")
    for id, name in now.damaged:
        print(f"注意：法律更新 {id} 的文件 {name} 不见了或者被改动过，请撤回后重新载入")
    for id in now.unnoted:
        print(f"注意：法律更新 {id} 没有入账，请撤回后重新载入")
    return 0
