"""The command `check`: files in, a readable list or JSON out; exit 0 clean, 1 findings, 2 unreadable."""

import json as json_format
import sys
from collections.abc import Callable
from typing import Any, TextIO

from hefa.claims.check import Result, check
from hefa.claims.document import Unreadable
from hefa.claims.extract import extract

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
_SEVERITY = {"error": "错误", "warning": "存疑", "hint": "提示"}
_VERDICT = {"agrees": "一致", "differs": "不一致", "unrecorded": "台账没有"}


def run(
    files: list[str], json: bool = False, match: Callable[[Result], Result] | None = None, out: TextIO | None = None
) -> int:
    """Check files in their order.

    `match` holds a result against the record (`lambda r: r.against(figures)`). JSON: an object for one file, a list in
    the order of the files for several; an unreadable file's object also says `file` and `unreadable`, its lists are
    empty. The worst file gives the code.
    """
    out = out or sys.stdout
    code = CLEAN
    reports: list[dict[str, Any]] = []
    for name in files:
        try:
            document = extract(name)
        except Unreadable as reason:
            code = UNREADABLE
            reports.append({"file": name, "unreadable": str(reason), "claims": [], "findings": [], "record": []})
            if not json:
                print(f"{name}\n  读不出来：{reason}", file=out)
            continue
        result = check(document)
        result = match(result) if match else result
        code = max(code, FINDINGS if result.findings else CLEAN)
        reports.append(result.to_json())
        if not json:
            _print(name, result, out)
    if json:
        payload: Any = reports[0] if len(files) == 1 else reports
        json_format.dump(payload, out, ensure_ascii=False, indent=2)
        print(file=out)
    return code


def _print(name: str, result: Result, out: TextIO) -> None:
    print(f"{name}：{len(result.claims)}个数字，{len(result.findings)}处问题", file=out)
    for found in result.findings:
        line = result.text.count("\n", 0, found.start) + 1
        place = " ".join(result.text[found.start : found.end].split())
        print(f"  第{line}行〔{_SEVERITY[found.severity]} {found.rule}〕{place[:80]}", file=out)
        print(f"    {found.message}", file=out)
        print(f"    {found.arithmetic}", file=out)
    if result.record:
        print("  与台账比对：", file=out)
        for verdict in result.record:
            if verdict.figure is not None:
                print(
                    f"    {verdict.claim.text}：{_VERDICT[verdict.verdict]}（{verdict.figure.label}"
                    f" {verdict.figure.value}{verdict.figure.unit}）",
                    file=out,
                )
        missing = sum(v.figure is None for v in result.record)
        print(f"    另有{missing}个数字台账没有。", file=out)
