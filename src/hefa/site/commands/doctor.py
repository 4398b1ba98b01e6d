"""hefa doctor: whether this installation is well."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, datetime

from .printing import print_json

GOOD, WARN, BAD = "good", "warn", "bad"
_SIGNS = {GOOD: "● 正常", WARN: "▲ 注意", BAD: "■ 有错"}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from ..setup import prepare

    prepare()
    findings = [{"state": state, "what": what, "message": message} for state, what, message in examine()]
    worst = any(finding["state"] == BAD for finding in findings)
    if args.json:
        print_json({"ok": not worst, "findings": findings})
    else:
        for finding in findings:
            print(f"{_SIGNS[finding['state']]}  {finding['what']}：{finding['message']}")
    return 1 if worst else 0


def examine() -> Iterator[tuple[str, str, str]]:
    """(state, what, message) of every check."""
    yield from _calendar()
    yield from _ledger()
    yield from _anchors()
    yield from _law()


def _calendar() -> Iterator[tuple[str, str, str]]:
    from hefa.kernel import days
    from hefa.kernel.matter import Matter

    today = date.today()
    missing = days.missing_years(today)
    estimated = Matter.objects.filter(due_estimated=True, due_on__isnull=False).count()
    if missing:
        years = "、".join(str(year) for year in missing)
        yield (
            WARN,
            "放假安排",
            f"{years} 年的放假通知还没有载入，跨入该年的期限是估算的；公布后用 ./hefa law update 载入",
        )
    else:
        yield GOOD, "放假安排", f"已载入 {min(days.official_years())}–{max(days.official_years())} 年"
    if estimated:
        yield WARN, "估算的期限", f"有 {estimated} 件在办事项的期限落在未公布放假安排的年份"


def _ledger() -> Iterator[tuple[str, str, str]]:
    from hefa.kernel.ledger import Counter, head

    value, _ = head()
    row = Counter.objects.filter(key="ledger").first()
    if row is not None and row.value and not row.is_signed():
        yield BAD, "账头", "签记不对：账头被改动，或站点密钥（secret.key）与写入时不同"
    else:
        yield GOOD, "账目", f"{value} 笔；完整核验请运行 ./hefa verify"


def _anchors() -> Iterator[tuple[str, str, str]]:
    import orjson
    from django.conf import settings

    if not settings.HEFA_ANCHORS.exists():
        yield WARN, "锚定", "还没有锚定过账头：请运行 ./hefa anchor，并把结果存到别处"
        return
    last = orjson.loads(settings.HEFA_ANCHORS.read_bytes().splitlines()[-1])
    age = (datetime.now().astimezone() - datetime.fromisoformat(last["at"])).days
    state = WARN if age > 1 else GOOD
    yield state, "锚定", f"最近一次在 {age} 天前，第 {last['entries']} 笔"


def _law() -> Iterator[tuple[str, str, str]]:
    from hefa.kernel.law import instruments
    from hefa.statutes.updates.state import state

    from ..places import data_dir

    now = state(data_dir(), date.today())
    for id, name in now.damaged:
        yield BAD, "法律更新", f"{id} 的文件 {name} 不见了或者被改动过：请撤回后重新载入"
    for id in now.unnoted:
        yield BAD, "法律更新", f"{id} 没有入账：请撤回（./hefa law update --take-back {id} --apply）后重新载入"
    held = sum(not one.back for one in now.updates)
    yield GOOD, "法律更新", f"载入 {held} 次" if held else "还没有载入过"

    doubtful = [one.short for one in instruments() if not one.verified]
    yield GOOD, "法律数据", f"{len(instruments())} 部，其中 {len(doubtful)} 部未核实（{'、'.join(doubtful[:6])}等）"
