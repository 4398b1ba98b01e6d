"""What the command `lint` prints: JSON, or a list for reading; exit 0 clean, 1 findings, 2 unreadable."""

from __future__ import annotations

import datetime as dt
import json as json_format
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from hefa.claims.document import Unreadable
from hefa.claims.extract import extract

from ..findings import Finding
from ..own import register
from .lint import draft_of, lint
from .recognise import kind_of
from .rule import KINDS

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
SEVERITY_WORDS = {"block": "必须改", "major": "应当改", "minor": "建议改", "advise": "提示"}


def run(
    files: list[str], kind: str | None, on: dt.date | None, json: bool, out: TextIO, comments: str | None = None
) -> int:
    """Check files in their order. The worst file gives the code.

    JSON: an object for one file, a list in the order of the files for several. An unreadable file's object says
    `unreadable`; a file whose type was not given says under `as` what it was taken for.
    """
    code = CLEAN
    reports: list[dict[str, Any]] = []
    own = register()
    for name in files:
        try:
            document = extract(name)
        except Unreadable as reason:
            code = UNREADABLE
            reports.append({"file": name, "unreadable": str(reason), "findings": []})
            if not json:
                print(f"{name}\n  读不出来：{reason}", file=out)
            continue
        taken = kind or kind_of(document.text)
        draft = draft_of(document, taken, on)
        found = lint(document, taken, on, own)
        code = max(code, FINDINGS if found else CLEAN)
        if comments and (fault := _write_comments(name, found, comments)):
            code = UNREADABLE
            print(f"{name}\n  批注没有写成：{fault}", file=sys.stderr)
        reports.append(
            {"file": name, "as": taken, "on": draft.on.isoformat(), "findings": [asdict(one) for one in found]}
        )
        if not json:
            _print(name, taken, kind is None, draft.on, document.text, found, out)
    if json:
        json_format.dump(reports[0] if len(files) == 1 else reports, out, ensure_ascii=False, indent=2)
        print(file=out)
    return code


def _write_comments(name: str, found: list[Finding], to: str) -> str:
    """Why the comments could not be written; "" when they are."""
    from .comments import commented

    try:
        Path(to).write_bytes(commented(Path(name).read_bytes(), Path(name).name, found))
    except Unreadable as reason:
        return str(reason)
    except OSError:
        return f"写不进“{to}”，请检查目录在不在、有没有写的权限。"
    return ""


def _print(name: str, kind: str, recognised: bool, on: dt.date, text: str, found: list[Finding], out: TextIO) -> None:
    said = f"按{KINDS[kind]}检查" + ("（从标题和内容认出，可用 --as 指定）" if recognised else "")
    print(f"{name}：{said}，法律以{on}为准，{len(found)}处提示", file=out)
    for one in found:
        line = text.count("\n", 0, one.start) + 1
        print(f"  第{line}行〔{SEVERITY_WORDS[one.severity]} {one.rule}〕{' '.join(one.quote.split())[:80]}", file=out)
        print(f"    {one.message}", file=out)
        print(f"    依据：{one.basis}", file=out)
        if one.suggest:
            print(f"    建议：{one.suggest}", file=out)
    if found:
        print("  以上是提示，由审查人判断。", file=out)
