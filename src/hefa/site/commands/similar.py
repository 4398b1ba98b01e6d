"""hefa similar: earlier matters like one, or like what is told, as one person may see them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..cli import Fail
from .printing import print_json

if TYPE_CHECKING:
    from hefa.desk.alike import Row
    from hefa.kernel.people import Actor


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("asked", metavar="编号或话", help="一件事的编号，或者用平常的话说是什么事")
    parser.add_argument("--as", dest="who", metavar="登录名", help="按谁的权限看（默认：命令行操作员，看得到全部）")
    parser.add_argument("--kind", default="mediation", metavar="类别", help="用话找时在哪一类里找（默认 mediation）")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from ..setup import prepare

    prepare()
    rows = _rows(args.asked.strip(), args.kind, _actor(args.who))
    if args.json:
        print_json([_as_json(row) for row in rows])
        return 0
    for row in rows:
        print(f"{row.matter.number} {row.matter.title}")
        print("  " + " · ".join([row.state, row.took, *_end(row)]))
        print("  " + " · ".join(row.why))
    if not rows:
        print("在看得到的旧案里，没有找到相似的。请换个说法，或者多写几个词。")
    return 0


def _actor(who: str | None) -> Actor:
    from hefa.kernel.people import Actor

    from .accounts import find_person

    return Actor.of(find_person(who)) if who else Actor.operator()


def _rows(asked: str, kind_name: str, actor: Actor) -> list[Row]:
    from hefa.desk import alike
    from hefa.kernel.matter import Matter, find_kind

    if not asked:
        raise Fail("请写一件事的编号，或者用平常的话说是什么事，如 ./hefa similar 楼上漏水")
    matter = Matter.objects.visible_to(actor).filter(number=asked).order_by("id").first()
    try:
        kind = matter.declared if matter else find_kind(kind_name)
    except LookupError as fault:
        raise Fail(str(fault)) from None
    if kind.alike is None:
        raise Fail(f"“{kind._meta.verbose_name}”没有声明按什么比较，不能找相似的")
    return alike.of_matter(matter, actor) if matter else alike.of_words(kind, asked, actor)


def _as_json(row: Row) -> dict[str, Any]:
    return {
        "number": row.matter.number, "title": row.matter.title, "office": row.matter.office.name,
        "opened_on": row.matter.opened_on, "state": row.matter.state, "days": row.days,
        "end": {line.label: line.value for line in row.end if not line.hidden},
        "hidden": [line.label for line in row.end if line.hidden], "why": list(row.why),
    }  # fmt: skip


def _end(row: Row) -> list[str]:
    return [f"{line.label}：{line.value}" if line.long else line.value for line in row.end if not line.hidden]
