"""hefa people: who works here, in which posts."""

from __future__ import annotations

import argparse
from typing import Any

from .printing import print_json, table


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.people import ROLES, Post

    from ..setup import prepare

    prepare()
    posts = Post.objects.select_related("person", "office").order_by("office__path", "role", "person__username")
    rows: list[dict[str, Any]] = [
        {
            "username": post.person.username,
            "name": post.person.name,
            "role": post.role,
            "role_label": ROLES[post.role].label,
            "office": post.office.name,
            "from_on": str(post.from_on),
            "until_on": str(post.until_on) if post.until_on else None,
            "sample": post.person.is_sample,
        }
        for post in posts
    ]
    if args.json:
        print_json(rows)
    else:
        table(
            ("登录名", "姓名", "岗位", "单位"),
            [
                (r["username"], r["name"] + ("（样本）" if r["sample"] else ""), r["role_label"], r["office"])
                for r in rows
            ],
        )
    return 0
