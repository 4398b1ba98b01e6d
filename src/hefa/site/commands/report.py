"""hefa report: the year's report from the record; its frozen editions verified."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ..cli import Fail
from .printing import period_of, print_json


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="年度|verify", help="年度（如 2023），或 verify 核对所有冻结版本")
    parser.add_argument("--office", help="单位（默认本街道）")
    parser.add_argument("--out", metavar="目录", help="输出到哪里（默认 数据目录/reports/年度）")
    parser.add_argument("--outline", metavar="文件", help="报告提纲（默认 数据目录/outlines/，其次样本提纲）")
    parser.add_argument("--signed-on", metavar="日期", help="成文日期（默认今天）")
    parser.add_argument("--freeze", action="store_true", help="冻结为一个版本，以后不再改动")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from ..setup import prepare

    prepare()
    return _verify(args) if args.what == "verify" else _make(args)


def draft_of(year: int, office_name: str | None, outline: str | None, signed_on: str | None = None):  # type: ignore[no-untyped-def]
    """Compose the report of a year; `Fail` in a sentence when the outline cannot be used."""
    from django.conf import settings

    from hefa.kernel.answers import parse_date
    from hefa.report.outline import BadOutline, compose, find_outline

    from ..setup import find_office

    office = find_office(office_name)
    try:
        path = find_outline(year, outline, settings.HEFA_OUTLINES)
        day = parse_date(signed_on) if signed_on else date.today()
        return compose(year, office, path.read_text("utf-8"), day)
    except (BadOutline, FileNotFoundError, ValueError) as fault:
        raise Fail(str(fault)) from None


def _make(args: argparse.Namespace) -> int:
    from django.conf import settings

    from hefa.report import output

    if not args.what.isdigit():
        raise Fail(f"“{args.what}”看不懂：写年度（如 report 2023），或 report verify")
    year = int(args.what)
    period_of(year)
    draft = draft_of(year, args.office, args.outline, args.signed_on)
    folder = Path(args.out) if args.out else settings.DATA / "reports" / str(year)
    files = output.write(output.render(draft), folder)
    frozen = _freeze(draft) if args.freeze else None
    if args.json:
        print_json(output.as_json(draft) | {"files": [str(path) for path in files], "edition": frozen})
        return 0
    print(f"《{draft.paper.title}》已生成：")
    for path in files:
        print(f"  {path}")
    if draft.left_out:
        print(f"有 {len(draft.left_out)} 句因指标尚无记录没有写入：")
        for left in draft.left_out:
            print(f"  · {left.sentence}\n    {left.why}")
    if frozen:
        print(f"已冻结：{frozen}")
    return 0


def _freeze(draft) -> str:  # type: ignore[no-untyped-def]
    from hefa.kernel.people import Actor
    from hefa.kernel.proof import anchor
    from hefa.report import edition

    standing = edition.latest(draft.year, draft.office)
    if standing is not None and edition.unchanged(draft, standing):
        return f"{standing.matter.number}（与已冻结的版本相同，没有另存）"
    matter, folder = edition.freeze(draft, Actor.operator())
    anchor()
    return f"{matter.number}，存于 {folder}"


def _verify(args: argparse.Namespace) -> int:
    from hefa.report.edition import verify

    checks = verify()
    if args.json:
        print_json({"ok": all(check.ok for check in checks), "editions": [check.as_json() for check in checks]})
        return 0 if all(check.ok for check in checks) else 1
    if not checks:
        print("还没有冻结的报告版本。用 ./hefa report 2023 --freeze 冻结一个。")
    for check in checks:
        print(
            f"{check.number}（{check.office} {check.year} 年，{check.frozen_on} 冻结）：{'一致' if check.ok else '有出入'}"
        )
        for fault in check.faults:
            print(f"  ■ {fault}")
        for difference in check.differences:
            print(f"  ▲ {difference.label}（{difference.figure}）：冻结时 {difference.frozen}，现在 {difference.now}")
            for reason in difference.reasons:
                print(f"      {reason}")
    return 0 if all(check.ok for check in checks) else 1
