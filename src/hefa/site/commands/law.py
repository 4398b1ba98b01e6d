"""hefa law: the law library."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..cli import Fail
from . import law_update
from .printing import day_of, print_json, table


def options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|show|search|cite|update")
    add = actions.add_parser("add", help="把法规文本收进法规库：文件或者目录（md、txt、docx、pdf）")
    add.add_argument("paths", nargs="+", metavar="路径")
    listing = actions.add_parser("list", help="列出法规：list [名称中的字]")
    listing.add_argument("name", nargs="?", default="", metavar="名称")
    show = actions.add_parser("show", help="看一部法或者一条：show 民法典 683；show 政府信息公开条例第三十三条第二款")
    show.add_argument("name", metavar="名称")
    show.add_argument("article", nargs="?", default="", metavar="条")
    search = actions.add_parser("search", help="用平常的话找条文：search 同事借钱不还怎么办")
    search.add_argument("query", metavar="问题")
    search.add_argument("--limit", type=int, default=10, metavar="条数")
    cite = actions.add_parser("cite", help="核对一份文件引用的法条：cite 文件 --on 日期")
    cite.add_argument("files", nargs="+", metavar="文件")
    update = actions.add_parser(
        "update", help="载入放假通知、期限变动、废止：update 文件或目录，先试算，加 --apply 才载入"
    )
    law_update.options(update)
    for each in (listing, show, search, cite):
        each.add_argument("--on", metavar="日期", help="按这一天的效力看（默认：文件自己的日期，否则今天）")
    for each in (add, listing, show, search, cite, update):
        each.add_argument("--json", action="store_true", help="输出一个 JSON 文档")
        each.add_argument("--data", metavar="目录", default=argparse.SUPPRESS, help="数据目录")


def run(args: argparse.Namespace) -> int:
    return {"add": _add, "list": _list, "show": _show, "search": _search, "cite": _cite,
            "update": law_update.run}[args.action](args)  # fmt: skip


def _shelf() -> Any:
    from hefa.statutes.shelf import Shelf

    from ..places import data_dir

    return Shelf.open(data_dir())


def _day(args: argparse.Namespace) -> dt.date:
    return day_of(args.on) if args.on else dt.date.today()


def _add(args: argparse.Namespace) -> int:
    from hefa.statutes.sources.files import read
    from hefa.statutes.texts import Draft, quoted

    drafts: list[Draft] = []
    refused: list[tuple[str, str]] = []
    for name in args.paths:
        for path, one in read(Path(name)):
            if isinstance(one, str):
                refused.append((str(path), one))
            else:
                drafts.append(one)
    new, replaced = _shelf().add(drafts, "added") if drafts else (0, 0)
    if args.json:
        print_json(
            {
                "added": new,
                "replaced": replaced,
                "instruments": [{"law": d.title, "articles": len(d.articles), "in_force": d.in_force} for d in drafts],
                "refused": [{"file": file, "reason": reason} for file, reason in refused],
            }
        )
    else:
        for draft in drafts:
            print(
                f"{quoted(draft.title)}〔{draft.rank}〕{len(draft.articles)} 条，{draft.in_force or '施行日期不详'}起施行"
            )
        print(f"新收 {new} 部，更新 {replaced} 部，没有收下 {len(refused)} 个文件。")
        for _, reason in refused:
            print(f"  {reason}", file=sys.stderr)
    return 2 if refused and not drafts else 1 if refused else 0


def _list(args: argparse.Namespace) -> int:
    shelf, on = _shelf(), _day(args)
    rows = []
    for one in shelf.instruments():
        if args.name and args.name not in one.title and args.name not in one.names:
            continue
        status, version = shelf.status(one.title, on), shelf.find(one.title, on) or one.versions[-1]
        rows.append(
            {
                "law": one.title, "rank": one.rank, "issuer": one.issuer, "promulgated": version.promulgated,
                "in_force": version.in_force, "articles": version.last, "status": status.state,
                "versions": len(one.versions), "complete": version.complete,
            }
        )  # fmt: skip
    if args.json:
        print_json(rows)
        return 0
    from hefa.statutes.status import WORDS

    table(
        ("效力", "位阶", "条数", "施行", "名称"),
        [(WORDS[r["status"]], r["rank"], str(r["articles"]), str(r["in_force"] or ""), r["law"]) for r in rows],
    )
    print(f"共 {len(rows)} 部。")
    return 0


def _show(args: argparse.Namespace) -> int:
    from hefa.statutes.lookup import NotFound, look_up

    try:
        found = look_up(_shelf(), f"{args.name} {args.article}".strip(), _day(args))
    except NotFound as reason:
        raise Fail(str(reason), code=1) from None
    if args.json:
        print_json(found.to_json())
    else:
        print("\n".join(found.lines()))
    return 0


def _search(args: argparse.Namespace) -> int:
    from hefa.statutes.numerals import label
    from hefa.statutes.search import open_library
    from hefa.statutes.texts import quoted

    if not args.query.strip():
        raise Fail("请写要找的问题或者词，如 ./hefa law search 同事借钱不还怎么办")
    library = open_library(day_of(args.on) if args.on else None)
    hits = library.search(args.query, args.limit)
    if args.json:
        print_json([{"law": h.law, "article": h.article, "text": h.text, "score": round(h.score, 4)} for h in hits])
        return 0
    for law, article in library.absent(args.query):
        print(f"多半要看《{law}》{label(article)}，库里没有它的条文。可用 ./hefa law add 收入全文。", file=sys.stderr)
    for hit in hits:
        text = hit.text.replace("\n", " ")
        print(f"{quoted(hit.law)}{label(hit.article)}\t{hit.score:.2f}\n  {text[:110]}{'…' if len(text) > 110 else ''}")
    if not hits:
        print("没有找到。请换个说法，或者少写几个词。")
    return 0


def _cite(args: argparse.Namespace) -> int:
    shelf, reports, code = _shelf(), [], 0
    on = day_of(args.on) if args.on else None
    for name in args.files:
        report = _cited(shelf, name, on)
        reports.append(report)
        code = max(code, 2 if "unreadable" in report else 1 if report["findings"] else 0)
        if not args.json:
            _tell(name, report)
    if args.json:
        for report in reports:
            report.pop("line", None)
        print_json(reports[0] if len(reports) == 1 else reports)
    return code


def _cited(shelf: Any, name: str, on: dt.date | None) -> dict[str, Any]:
    from hefa.claims.document import Unreadable
    from hefa.claims.extract import extract
    from hefa.statutes.citations import cite
    from hefa.statutes.dates import own_date
    from hefa.statutes.own import register

    try:
        text = extract(name).text
    except Unreadable as reason:
        return {"file": name, "unreadable": str(reason), "citations": [], "findings": []}
    day = on or own_date(text) or dt.date.today()
    citations, findings = cite(text, day, shelf, register())
    return {
        "file": name, "on": day, "citations": [asdict(one) for one in citations],
        "findings": [asdict(one) for one in findings], "line": [text.count("\n", 0, f.start) + 1 for f in findings],
    }  # fmt: skip


def _tell(name: str, report: dict[str, Any]) -> None:
    if "unreadable" in report:
        print(f"{name}\n  读不出来：{report['unreadable']}")
        return
    print(f"{name}：按 {report['on']} 的效力，引用 {len(report['citations'])} 处，问题 {len(report['findings'])} 处")
    for line, found in zip(report["line"], report["findings"], strict=True):
        print(f"  第{line}行〔{found['rule']}〕{' '.join(found['quote'].split())[:80]}\n    {found['message']}")
        if found["suggest"]:
            print(f"    建议：{found['suggest']}")
