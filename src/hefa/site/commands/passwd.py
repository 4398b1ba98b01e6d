"""hefa passwd: a new random password for somebody."""

from __future__ import annotations

import argparse

from .accounts import find_person, set_password
from .printing import print_json


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="登录名或姓名")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from ..setup import prepare

    prepare()
    person = find_person(args.name)
    password = set_password(person)
    if args.json:
        print_json({"username": person.username, "password": password})
    else:
        print(f"{person.name}（登录名 {person.username}）的新密码：{password}\n只显示这一次。")
    return 0
