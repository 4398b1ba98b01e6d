"""hefa login: a one-time sign-in link."""

from __future__ import annotations

import argparse

from .accounts import find_person
from .printing import print_json


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="登录名或姓名")
    parser.add_argument("--port", type=int, default=8000, help="工作台的端口（默认 8000）")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.desk.account import enter_token

    from ..setup import prepare

    prepare()
    person = find_person(args.name)
    url = f"http://localhost:{args.port}/enter/{enter_token(person)}/"
    if args.json:
        print_json({"username": person.username, "url": url})
    else:
        print(f"{person.name} 的一次性登录链接（10 分钟内有效，只能用一次）：\n{url}")
    return 0
