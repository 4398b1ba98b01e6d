"""hefa due: a deadline, counted day by day with reasons."""

from __future__ import annotations

import argparse
from datetime import date

from ..cli import Fail
from .printing import day_of, print_json


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="期限，如 disclosure.answer；不写则用 --days 和 --unit")
    parser.add_argument("--from", dest="start", required=True, metavar="日期", help="起算之日，如 2026-02-10")
    parser.add_argument(
        "--event", action="append", default=[], metavar="步骤=日期",
        help="其间发生的步骤，可多次：--event consult=2026-02-20 --event extend=2026-03-01",
    )  # fmt: skip
    parser.add_argument("--days", type=int, metavar="N", help="几日（不指明期限时）")
    parser.add_argument("--unit", choices=("working", "calendar", "month", "year"), help="工作日、日历日、月、年")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.law import UnknownLaw

    start = day_of(args.start)
    if args.name and (args.days is not None or args.unit):
        raise Fail("已指明期限，天数由法条定，不能再写 --days 或 --unit")
    try:
        found = _named(args.name, start, args.event) if args.name else _bare(start, args)
    except UnknownLaw as fault:  # older than the law that is loaded
        raise Fail(str(fault)) from None
    except (OverflowError, ValueError):
        raise Fail("这个期限届满在公历 9999 年以后，算不出来") from None
    if args.json:
        print_json(found.to_json())
    else:
        for line in found.explain():
            print(line)
    return 0


def _bare(start: date, args: argparse.Namespace):  # type: ignore[no-untyped-def]
    from hefa.kernel import clock

    if args.days is None or not args.unit:
        raise Fail("请指明期限（如 disclosure.answer），或同时写 --days 和 --unit")
    if args.event:
        raise Fail("--event 要和期限一起用，如 due disclosure.answer --from … --event consult=…")
    most = {"month": 1200, "year": 100}.get(args.unit, 10_000)
    if not 0 < args.days <= most:
        raise Fail(f"--days 应在 1 到 {most} 之间")
    return clock.count(start, args.days, args.unit)


def _named(name: str, start: date, given: list[str]):  # type: ignore[no-untyped-def]
    from hefa.kernel import clock
    from hefa.kernel.matter import KINDS

    if unclear := [pair for pair in given if "=" not in pair]:
        raise Fail(f"“{unclear[0]}”看不懂：--event 应写成 步骤=日期，如 consult=2026-02-20")
    known = {}
    for label, kind in KINDS.items():
        for deadline in kind.flow.deadlines:
            known[f"{kind._meta.app_label}.{deadline.name}"] = known[f"{label}.{deadline.name}"] = (kind, deadline)
    if name not in known:
        shown = "、".join(key for key in known if key.count(".") == 1)
        raise Fail(f"没有名为“{name}”的期限。可用的有：{shown}")
    kind, deadline = known[name]
    events = [clock.Event(deadline.starts[0], start)]
    for pair in given:
        step, _, rest = pair.partition("=")
        day, _, days = rest.partition(":")
        if step not in deadline.events:
            labels = "、".join(f"{s}（{kind.flow.step(s).label}）" for s in dict.fromkeys(deadline.events))
            raise Fail(f"“{step}”不影响这个期限。有影响的步骤：{labels}")
        if days and not days.isdigit():
            raise Fail(f"“{pair}”看不懂：延长的天数应为整数，如 extend=2026-03-01:10")
        if (on := day_of(day)) < start:
            raise Fail(f"“{pair}”早于起算之日 {start}，请核对")
        events.append(clock.Event(step, on, int(days) if days else None))
    found = clock.run(deadline, sorted(events, key=lambda event: event.day))
    if found is None:
        raise Fail(f"期限“{deadline.label}”没有起算")
    return found
