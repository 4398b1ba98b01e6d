"""The command line's face of the exchange: one ledger file in, in words or as one JSON document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any

import orjson

from hefa.kernel.answers import Refused
from hefa.kernel.matter import find_kind
from hefa.kernel.people import Actor, Office

from .container import Unreadable
from .importing import Draft, Progress, Written, draft
from .lookup import Directory

OK, FAULTY, UNREADABLE = 0, 1, 2
_SHOWN = 40  # faults told in words; the JSON has all
_BAR = 30


def run_import(
    kind_name: str,
    path: str | Path,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    office: str | None = None,
    as_json: bool = False,
    out: IO[str] | None = None,
    err: IO[str] | None = None,
) -> int:
    """Import a ledger file. Exit code: 0 all right, 1 faults (nothing written, or the rejects set aside with
    `skip_bad`), 2 the file, kind or office cannot be made out. With `as_json`, `out` gets one JSON document only."""
    out, err = out or sys.stdout, err or sys.stderr
    told = _Told(str(path), as_json, out)
    try:
        kind = find_kind(kind_name)
        told.kind = kind.label()
        default = _office(office)
        drafted = draft(kind, Path(path), Actor.operator(), default, progress=_bar(err, "核对"))
    except (Unreadable, LookupError) as fault:
        return told.unreadable(str(fault))
    written: Written | None = None
    rejects_file = None
    if not dry_run and (drafted.ok or (skip_bad and not drafted.has_layout_faults)):
        try:
            written = drafted.write(_bar(err, "写入"), skip_bad=skip_bad)
        except Refused as fault:
            return told.unreadable(str(fault), code=FAULTY)
        if written.rejects:
            rejects_file = _set_aside(Path(path), written.rejects)
    return told.result(drafted, written, rejects_file, dry_run)


def _office(name: str | None) -> Office | None:
    if not name:
        return None
    try:
        return Directory().office(name)
    except ValueError as fault:
        raise LookupError(str(fault)) from None


def _set_aside(path: Path, content: bytes) -> str:
    """Write the rejects beside the ledger, under a name not yet taken."""
    n = 1
    while True:
        target = path.with_name(f"{path.stem}-未导入{'' if n == 1 else n}.xlsx")
        try:
            with target.open("xb") as file:
                file.write(content)
        except FileExistsError:
            n += 1
        else:
            return str(target)


def _bar(err: IO[str], label: str) -> Progress | None:
    """A progress bar on a terminal; nothing where nobody looks."""
    if not err.isatty():
        return None

    def show(done: int, total: int) -> None:
        full = round(_BAR * done / total) if total else _BAR
        end = "\n" if done >= total else ""
        err.write(f"\r{label} [{'█' * full}{'·' * (_BAR - full)}] {done}/{total} 行{end}")
        err.flush()

    return show


class _Told:
    """What the command says when it is done."""

    def __init__(self, file: str, as_json: bool, out: IO[str]) -> None:
        self.file, self.as_json, self.out = file, as_json, out
        self.kind = ""

    def unreadable(self, sentence: str, code: int = UNREADABLE) -> int:
        fault = {"sheet": "", "row": 0, "column": "", "header": "", "value": "", "message": sentence, "expected": ""}
        self._say({"rows": 0, "created": 0, "unchanged": 0, "rejected": 0, "faults": [fault]}, sentence)
        return code

    def result(self, drafted: Draft, written: Written | None, rejects_file: str | None, dry_run: bool) -> int:
        faults = [fault._asdict() for fault in drafted.faults]
        told = {
            "rows": drafted.rows,
            "created": written.created if written else 0,
            "unchanged": drafted.unchanged,
            "rejected": drafted.rejected,
            "faults": faults,
            "warnings": drafted.warnings,
            "mapping": drafted.mapping,
            "rejects_file": rejects_file,
        }
        if dry_run:
            told["would_create"] = drafted.created
        self._say(told, "\n".join(_sentences(drafted, written, rejects_file, dry_run)))
        return FAULTY if faults else OK

    def _say(self, told: dict[str, Any], sentences: str) -> None:
        if not self.as_json:
            self.out.write(sentences + "\n")
            return
        document = {"kind": self.kind, "file": self.file, "warnings": [], "mapping": {}, "rejects_file": None, **told}
        self.out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n")


def _sentences(drafted: Draft, written: Written | None, rejects_file: str | None, dry_run: bool) -> list[str]:
    said = [f"提示：{warning}" for warning in drafted.warnings]
    said += [str(fault) for fault in drafted.faults[:_SHOWN]]
    if len(drafted.faults) > _SHOWN:
        said.append(f"……还有 {len(drafted.faults) - _SHOWN} 处，加 --json 可以看到全部")
    if written is not None:
        said.append(f"已导入 {written.created} 件，{written.unchanged} 件早已在账上、没有变化。")
    elif drafted.ok:
        said.append(f"核对通过：{drafted.created} 件可以导入，{drafted.unchanged} 件早已在账上。没有写入（只核对）。")
    else:
        hint = "" if drafted.has_layout_faults else "改好后再导入；或者加 --skip-bad，只导入没有错误的行。"
        said.append(f"有 {len(drafted.faults)} 处错误，{'只核对，' if dry_run else ''}没有写入任何内容。{hint}")
    if rejects_file:
        said.append(f"{drafted.rejected} 行没有导入，连同原因存在：{rejects_file}")
    return said
