"""The command line: one parser, one module a command."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from .places import DATA_VARIABLE

# Command → (module, what it does, the same in English). Modules are imported only when asked for.
COMMANDS = {
    "up": ("up", "备好一切并启动工作台：建库、管理员、样本年、冻结年报", "set everything up and serve the desk"),
    "serve": ("serve", "只启动工作台", "serve the desk, nothing else"),
    "import": ("importing", "导入台账：import mediation 台账.xlsx [--dry-run]", "bring in an Excel or CSV ledger"),
    "export": (
        "exporting",
        "导出台账（不打星号，记在账上）：export all 目录 --reason 目的",
        "ledgers out in clear, on record; import all brings them in",
    ),
    "figures": ("figures", "一年的全部指标：figures 2023 [--office 单位]", "all figures of a year"),
    "figure": ("figure", "一个指标和背后的行：figure mediation.accepted 2023 --rows", "one figure and its rows"),
    "report": (
        "report",
        "生成年报：report 2023 [--freeze]；核对：report verify",
        "the yearly report; verify frozen editions",
    ),
    "table": ("table", "上级报表：table mediation 2023 --out 表.xlsx；table list", "statutory tables and your own"),
    "check": ("check", "核对任何一份公开报告里的数字：check 文件…", "check the numbers of any published report"),
    "law": (
        "law",
        "法规库：law search 问题、law show 民法典 683；每年更新：law update 放假通知.toml",
        "the law library; the yearly update of the law data",
    ),
    "similar": (
        "similar",
        "相似案件：similar 编号或话 --as 登录名",
        "earlier matters like one, as a person may see them",
    ),
    "lint": ("lint", "检查文稿的合法性：lint 文件… --as contract", "check a draft before it is issued or signed"),
    "verify": ("verify", "核验账本：改动、删除、插入、调换、截尾逐笔指出", "prove that the ledger is untouched"),
    "anchor": ("anchor", "把账头写到账外，交给别人留底", "write the ledger's head outside the database"),
    "dispatch": (
        "dispatch",
        "派单：试算规则 dispatch simulate；该派谁 dispatch who --office 社区",
        "try a dispatch table on past incidents; who should go",
    ),
    "circle": (
        "circle",
        "十五分钟调解圈：circle --roads 路网 --points 点.csv [--add 3] [--map 图.html]",
        "who can walk to a mediator in time; where the next point helps most",
    ),
    "due": ("due", "算一个期限，逐日说明：due disclosure.answer --from 2026-02-10", "a deadline, day by day"),
    "people": ("people", "人员和岗位", "people and their posts"),
    "passwd": ("passwd", "给一个人设新的随机密码", "a new random password for somebody"),
    "login": ("login", "签发一次性登录链接（10 分钟）", "a one-time sign-in link"),
    "doctor": ("doctor", "检查这套系统：日历、账目、锚定、法律数据", "examine this installation"),
    "docs": ("docs", "重写 docs/ 下由声明生成的页面", "rewrite the generated pages of docs/"),
    "makemigrations": ("makemigrations", "为新的或改动的业务线写迁移", "write migrations of new or changed kinds"),
    "test": ("test", "运行测试（SQLite 和 PostgreSQL）", "run the tests on both databases"),
    "check-code": ("check_code", "检查代码：格式、类型、依赖方向、声明、迁移", "style, types, imports, declarations"),
}
_HEAD = """hefa 合法：一个街道的法治工作，一次登记，按期办理，年报自账上来
One street's rule-of-law work in one place: every case under its clock, every figure from its rows

用法 Usage:  ./hefa 命令 COMMAND [选项 OPTIONS]      ./hefa 命令 --help 看一条命令的选项
"""
_FOOT = """
每条命令都可加 --data 目录（默认 var/，或环境变量 HEFA_DATA）；带 --json 的命令在标准输出只写一个 JSON 文档。
默认用 SQLite；设 HEFA_DATABASE_URL=postgresql://用户:密码@主机/库 用 PostgreSQL。
Every command takes --data DIR (default var/, or HEFA_DATA). SQLite unless HEFA_DATABASE_URL says PostgreSQL.

从这里开始 Start here:  ./hefa up      然后打开它打印的网址 then open the address it prints"""
_NO_DJANGO = {"test", "check-code"}


class Fail(Exception):
    """Something that the user can mend; printed as one sentence. `code` is the exit status."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


# What argparse says, as a pattern, and the same in Chinese.
_SAID = (
    (r"argument ([^:]+): invalid int value: '(.*)'", r"“\1”应为整数，现在是“\2”"),
    (r"argument ([^:]+): invalid choice: '(.*)' \(choose from (.*)\)", r"“\1”不能是“\2”，可以是：\3"),
    (r"argument ([^:]+): expected .*", r"“\1”后面缺少内容"),
    (r"argument ([^:]+): not allowed with argument (.*)", r"“\1”不能和“\2”一起用"),
    (r"argument ([^:]+): invalid .* value: '(.*)'", r"“\1”看不懂“\2”"),
    (r"argument ([^:]+): ignored explicit argument '(.*)'", r"“\1”后面不写内容，现在是“\2”"),
    (r"the following arguments are required: (.*)", r"缺少：\1"),
    (r"one of the arguments (.*) is required", r"要写其中一个：\1"),
    (r"unrecognized arguments: (.*)", r"不认识：\1"),
    (r"ambiguous option: (\S+) could match (.*)", r"“\1”可以指 \2，请写全"),
)


class Parser(argparse.ArgumentParser):
    """Says in one Chinese sentence what is wrong with the words of a command."""

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _SAID:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = found.expand(chinese)
                break
        raise Fail(f"命令写得不对：{message}。运行 ./{self.prog} --help 看说明")


def usage() -> str:
    """The page that a stranger reads first."""
    lines = [f"  {name:<15}{zh}\n                 {en}" for name, (_, zh, en) in COMMANDS.items()]
    return "\n".join([_HEAD, *lines, _FOOT])


def main(argv: list[str]) -> int:
    """Run one command; returns its exit status."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    name, *rest = argv
    if name not in COMMANDS:
        print(f"没有“{name}”这条命令。可用的有：{'、'.join(COMMANDS)}。运行 ./hefa --help 看说明。", file=sys.stderr)
        return 2
    if name == "test":
        return import_module(".commands.test", __package__).run(rest)
    own = Parser(prog=f"hefa {name}", description=COMMANDS[name][1])
    own.add_argument("--data", metavar="目录", help="数据目录（默认 var/，或 HEFA_DATA）")
    module = import_module(f".commands.{COMMANDS[name][0]}", __package__)
    module.options(own)
    try:
        args = own.parse_args(rest)
    except Fail as fault:
        return _say(fault, "--json" in rest)
    if args.data:
        os.environ[DATA_VARIABLE] = args.data
    return _guarded(module.run, args, name)


def _guarded(run: Callable[[argparse.Namespace], int | None], args: argparse.Namespace, name: str) -> int:
    try:
        if name not in _NO_DJANGO:
            _start_django()
            _read_updates(name)
        return run(args) or 0
    except Fail as fault:
        return _say(fault, getattr(args, "json", False))
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as stop:  # the settings have no other way to say what is wrong with them
        if not isinstance(stop.code, str):
            raise
        return _say(Fail(stop.code, code=1), getattr(args, "json", False))
    except OSError as fault:
        return _say(Fail(_refused_by_system(fault)), getattr(args, "json", False))
    except KeyboardInterrupt:
        print("已中断，没有写入半截数据。", file=sys.stderr)
        return 130


def _read_updates(name: str) -> None:
    """The installation's updates of the law data. `law` itself must run on damaged ones: it takes them back."""
    from hefa.kernel.layers import BadLaw
    from hefa.statutes.updates.place import refresh

    from .places import data_dir

    try:
        refresh(data_dir())
    except BadLaw as fault:
        if name != "law":
            raise Fail(f"{fault}。撤回用 ./hefa law update --take-back 编号 --apply", code=1) from fault
        print(f"注意：{fault}", file=sys.stderr)


def _say(fault: Fail, as_json: bool) -> int:
    """The sentence on standard error; for a program that asked for JSON, a document that says the same."""
    print(str(fault), file=sys.stderr)
    if as_json:
        print(json.dumps({"error": str(fault)}, ensure_ascii=False))
    return fault.code


_REASONS = {
    errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "所在的磁盘只能读", errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段是文件，不是目录", errno.EEXIST: "那里已有同名的文件", errno.EISDIR: "那是目录，不是文件",
    errno.ENOENT: "没有这个路径", errno.ENAMETOOLONG: "名字太长",
}  # fmt: skip


def _refused_by_system(fault: OSError) -> str:
    reason = _REASONS.get(fault.errno or 0, fault.strerror or str(fault))
    return f"“{fault.filename}”不能读写：{reason}。请换一个路径，或者改好以后再试。" if fault.filename else reason


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hefa.site.settings")
    from hefa.kernel.law import BadLaw, UnknownLaw

    try:
        import django

        django.setup()
    except OSError as fault:
        raise Fail(f"数据目录用不了。{_refused_by_system(fault)}数据目录由 --data 或 HEFA_DATA 指定。") from fault
    except (BadLaw, UnknownLaw) as fault:
        raise Fail(f"声明有错，系统不能启动：\n  {_declared_at(fault)}{fault}", code=1) from fault


def _declared_at(fault: Exception) -> str:
    """Where a line of work cites what the law data do not hold."""
    frames = [one for one in traceback.extract_tb(fault.__traceback__) if "/hefa/matters/" in one.filename]
    return f"{frames[-1].filename}:{frames[-1].lineno}：" if frames else ""
