"""The command line: one parser, one module a command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module

from .places import DATA_VARIABLE

# Command → (what its module is called, one line of help). Modules are imported only when asked for.
COMMANDS = {
    "up": ("up", "准备好一切：建库、管理员、样本年、冻结年报，然后启动工作台"),
    "import": ("importing", "导入 Excel 台账：import 类别 文件.xlsx [--dry-run]"),
    "figures": ("figures", "一年的全部指标：figures 2023 [--office 单位]"),
    "figure": ("figure", "一个指标和它背后的行：figure mediation.accepted 2023 --rows"),
    "report": ("report", "生成年度报告：report 2023 [--freeze]；核对已冻结的版本：report verify"),
    "verify": ("verify", "核验整本账：改动、删除、插入、调换、截尾，逐笔指出"),
    "anchor": ("anchor", "把账头写到锚定文件，交给别人保存一份"),
    "due": ("due", "算一个期限并逐日说明：due disclosure.answer --from 2026-02-10"),
    "check": ("check", "核对任何一份公开报告里的数字：check 文件…"),
    "people": ("people", "列出人员和岗位"),
    "passwd": ("passwd", "给一个人设一个新的随机密码"),
    "login": ("login", "给一个人签发一次性登录链接（10 分钟内有效）"),
    "doctor": ("doctor", "检查这套系统：数据库、日历、账目、锚定、备份"),
    "serve": ("serve", "只启动工作台"),
    "test": ("test", "运行测试（SQLite 一遍，PostgreSQL 一遍）"),
    "check-code": ("check_code", "检查代码：格式、类型、依赖方向、声明、迁移"),
}
_NO_DJANGO = {"test", "check-code"}


class Fail(Exception):
    """Something that the user can mend; printed as one sentence. `code` is the exit status."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


def parser() -> argparse.ArgumentParser:
    """The whole parser. Each command's own options are added by its module when it is chosen."""
    top = argparse.ArgumentParser(
        prog="hefa",
        description="hefa 合法：一个街道的法治工作，一次登记，按期办理，年报自账上来。"
        "  One street's rule-of-law work in one place.",
        epilog="每条命令都可加 --data 目录（默认 var/，或环境变量 HEFA_DATA）；"
        "设 HEFA_DATABASE_URL=postgresql://… 用 PostgreSQL。例：./hefa up 之后浏览器打开所示网址。",
    )
    commands = top.add_subparsers(dest="command", metavar="命令", title="命令 commands")
    for name, (_, line) in COMMANDS.items():
        commands.add_parser(name, help=line, description=line, add_help=False)
    return top


def main(argv: list[str]) -> int:
    """Run one command; returns its exit status."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        parser().print_help()
        return 0
    name, *rest = argv
    if name not in COMMANDS:
        print(f"没有“{name}”这条命令。可用的有：{'、'.join(COMMANDS)}。运行 ./hefa --help 看说明。", file=sys.stderr)
        return 2
    if name == "test":
        return import_module(".commands.test", __package__).run(rest)
    own = argparse.ArgumentParser(prog=f"hefa {name}", description=COMMANDS[name][1])
    own.add_argument("--data", metavar="目录", help="数据目录（默认 var/，或 HEFA_DATA）")
    module = import_module(f".commands.{COMMANDS[name][0]}", __package__)
    module.options(own)
    args = own.parse_args(rest)
    if args.data:
        os.environ[DATA_VARIABLE] = args.data
    return _guarded(module.run, args, name)


def _guarded(run: Callable[[argparse.Namespace], int | None], args: argparse.Namespace, name: str) -> int:
    try:
        if name not in _NO_DJANGO:
            _start_django()
        return run(args) or 0
    except Fail as fault:
        print(str(fault), file=sys.stderr)
        return fault.code
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("已中断，没有写入半截数据。", file=sys.stderr)
        return 130


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hefa.site.settings")
    try:
        import django

        django.setup()
    except PermissionError as fault:
        raise Fail(f"数据目录不能读写：{fault.filename}。请换一个目录（--data）或改它的权限。") from fault
