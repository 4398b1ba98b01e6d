"""hefa up: from a clean clone to a served desk."""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from pathlib import Path

from ..places import DATA_VARIABLE

YEAR = 2023
# Whose passwords are made and shown once, so that a stranger can look at the desk as each of them.
SHOWN_ROLES = ("justice_head", "director", "mediator", "community_mediator", "case_officer", "reviewer", "foi_officer")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="工作台端口（默认 8000）")
    parser.add_argument("--host", default="127.0.0.1", help="地址（默认只在本机）")
    parser.add_argument("--no-serve", action="store_true", help="准备好就结束，不启动工作台")
    parser.add_argument("--no-sample", action="store_true", help="不导入样本年（正式使用）")
    parser.add_argument("--offices", type=Path, metavar="文件", help="本单位的单位表（CSV），正式使用时给")
    parser.add_argument("--fresh", action="store_true", help="从头来：原数据目录改名保留，不删除")


def run(args: argparse.Namespace) -> int:
    from .. import setup

    if args.fresh:
        _set_aside(args)
    setup.prepare(args.offices)
    setup.assets()
    lines = _administrator()
    if not args.no_sample:
        lines += _sample()
        lines += _report()
    _library()
    _tell(lines, args)
    if args.no_serve:
        return 0
    from .serve import serve

    return serve(args.host, args.port)


def _set_aside(args: argparse.Namespace) -> None:
    """Start anew by renaming the data folder, then run again: settings have already opened the old one."""
    import sys

    from django.conf import settings
    from django.db import connections

    from ..cli import Fail

    if os.environ.get("HEFA_DATABASE_URL"):
        raise Fail("--fresh 只用于 SQLite。PostgreSQL 请由管理员另建一个空库，再设 HEFA_DATABASE_URL。")
    connections.close_all()
    if not (settings.DATA / "hefa.sqlite3").exists():
        return
    kept = settings.DATA.with_name(f"{settings.DATA.name}.old-{datetime.now():%Y%m%d-%H%M%S}")
    settings.DATA.rename(kept)
    print(f"原数据目录已改名保留：{kept}", file=sys.stderr)
    again = [word for word in sys.argv[1:] if word != "--fresh"]
    os.environ[DATA_VARIABLE] = str(settings.DATA)
    os.execv(sys.executable, [sys.executable, "-P", "-m", "hefa", *again])


def _administrator() -> list[str]:
    from hefa.kernel.ledger import note
    from hefa.kernel.people import Actor, Person, Post

    from ..setup import find_office
    from .accounts import new_password

    if Person.objects.filter(is_superuser=True).exists():
        return []
    password = new_password()
    admin = Person.objects.create_superuser("admin", password=password, name="系统管理员")
    Post.objects.create(person=admin, office=find_office(None), role="sysadmin", from_on=date.today())
    note("appoint", actor=Actor.operator(), answers={"person": "admin", "role": "sysadmin"}, via="cli")
    return ["", "第一位系统管理员（密码只显示这一次，首次登录要绑定第二因子）：", f"  登录名 admin  密码 {password}"]


def _sample() -> list[str]:
    from ..sample import load

    return load(SHOWN_ROLES)


def _report() -> list[str]:
    from django.conf import settings

    from hefa.kernel.people import Actor
    from hefa.kernel.proof import anchor
    from hefa.report import edition, output

    from .report import draft_of

    folder = settings.DATA / "reports" / str(YEAR)
    standing = edition.latest(YEAR, _street())
    if standing is None or not (folder / "annual.txt").exists():
        draft = draft_of(YEAR, None, None)
        output.write(output.render(draft), folder)
        if standing is None:
            matter, _ = edition.freeze(draft, Actor.operator())
            anchor()
            return ["", f"{YEAR} 年度报告：{folder}（已冻结为 {matter.number}）"]
    return ["", f"{YEAR} 年度报告：{folder}（冻结版 {standing.matter.number if standing else ''}）"]


def _library() -> None:
    """Make the law library's search ready now, so that nobody's first question waits for it."""
    from hefa.statutes.search import search

    print("正在准备法规库检索（第一次约需半分钟）……", flush=True)
    search("调解", limit=1)


def _street():  # type: ignore[no-untyped-def]
    from ..setup import find_office

    return find_office(None)


def _tell(lines: list[str], args: argparse.Namespace) -> None:
    from django.conf import settings

    print(f"数据目录：{settings.DATA}")
    for line in lines:
        print(line)
    print("")
    if args.no_serve:
        print("已准备好。./hefa serve 启动工作台；./hefa --help 看全部命令。")
    else:
        print(f"工作台：http://{args.host}:{args.port}/   按 Ctrl+C 停止")
