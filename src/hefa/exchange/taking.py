"""Whole ledgers out, and in again: files in an order in which no row names what has not come in yet."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hefa.kernel import ledger
from hefa.kernel.answers import Refused
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Actor, Office

from .columns import columns
from .writing import export

CONTENTS = "ledgers.toml"
OFFICES = "offices.csv"
_ROWS = 20_000  # rows a file: what Excel opens without a wait, and what SQLite takes as one list
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Part:
    """One file: some of the matters of a kind."""

    kind: type[Kind]
    file: str
    rows: list[int]


@dataclass
class Taken:
    """What was taken out. `dangling`: numbers of matters that name one which was voided, and so is in no file."""

    parts: list[Part]
    dangling: list[str]


def take_out(kinds: Sequence[type[Kind]], folder: Path, actor: Actor, reason: str) -> Taken:
    """Write the ledgers of the kinds in clear into an empty folder; who took what out and why is put on record first.

    The list of contents is written last: a folder without one is not whole. `Refused` when the folder is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"“{folder}”不是空目录，没有导出任何内容。请换一个目录，或者先把里面的文件移走")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    named = {kind: _named_by(kind) for kind in kinds}
    taken = Taken(list(_parts(named)), _dangling(named))
    rows = {kind.label(): len(matters) for kind, matters in named.items() if matters}
    ledger.note("export", actor=actor, answers={"kinds": rows, "reason": reason}, via="cli")
    for part in taken.parts:
        _write(folder / part.file, export(part.kind, actor, Matter.objects.filter(pk__in=part.rows), reveal=True))
    _write(folder / OFFICES, _offices())
    _write(folder / CONTENTS, _contents(taken.parts))
    return taken


def contents(folder: Path) -> list[tuple[str, Path]]:
    """(kind, file) of a folder that was taken out, in the order in which to bring them in. `Refused` when it is none."""
    try:
        told = tomllib.loads((folder / CONTENTS).read_text("utf-8"))["ledgers"]
        found = [(str(one["kind"]), folder / Path(one["file"]).name) for one in told]
    except FileNotFoundError:
        raise Refused(f"“{folder}”里没有 {CONTENTS}：不是 ./hefa export 导出的目录，或者导出没有完成") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as fault:
        raise Refused(f"“{folder / CONTENTS}”读不懂：{fault}。请重新导出") from None
    if missing := [path.name for _kind, path in found if not path.is_file()]:
        raise Refused(f"“{folder}”里缺少 {'、'.join(missing)}，没有写入任何内容")
    return found


def _named_by(kind: type[Kind]) -> dict[int, frozenset[int]]:
    """{matter: the matters that its row names}, of those that a ledger tells of, oldest first."""
    paths = [
        "matter__arises_from_id" if column.name == "arises_from" else f"{column.name}_id"
        for column in columns(kind)
        if column.role == "field" and column.shape == "matter"
    ]
    told = kind._default_manager.filter(matter__state__in=kind.flow.states).exclude(matter__trail=[])
    rows = told.order_by("pk").values_list("pk", *paths)
    return {pk: frozenset(one for one in named if one) for pk, *named in rows.iterator()}


def _parts(named: dict[type[Kind], dict[int, frozenset[int]]]) -> Iterator[Part]:
    """Kind by kind, those first whose first matter came first; where kinds name one another, of each what can go first.

    A rule may look at another kind that no row names (an adviser engaged, before a question is passed on): what came
    onto the record first is there for what came later.
    """
    filled = sorted((kind for kind, rows in named.items() if rows), key=lambda kind: min(named[kind]))
    waiting = {kind: dict(named[kind]) for kind in filled}
    missing = {pk for rows in waiting.values() for pk in rows}
    files: dict[type[Kind], int] = {}
    while waiting:
        ready = {kind: _ready(rows, missing) for kind, rows in waiting.items()}
        whole = next((kind for kind, rows in ready.items() if len(rows) == len(waiting[kind])), None)
        # Rows that name one another in a ring are told as they are: the one who brings them in is told which cell it is.
        kind = whole or max(ready, key=lambda one: len(ready[one]))
        rows = ready[kind] or list(waiting[kind])
        for at in range(0, len(rows), _ROWS):
            files[kind] = n = files.get(kind, 0) + 1
            name = f"{kind._meta.verbose_name}台账{'' if n == 1 else f'-{n}'}.xlsx"
            yield Part(kind, name, rows[at : at + _ROWS])
        missing.difference_update(rows)
        for pk in rows:
            del waiting[kind][pk]
        waiting = {kind: rows for kind, rows in waiting.items() if rows}


def _ready(rows: dict[int, frozenset[int]], missing: set[int]) -> list[int]:
    """Those that name nothing which has yet to come, but what comes in the same file."""
    ready = set(rows)
    while late := {pk for pk in ready if any(one in missing and one not in ready for one in rows[pk])}:
        ready -= late
    return [pk for pk in rows if pk in ready]


def _dangling(named: dict[type[Kind], dict[int, frozenset[int]]]) -> list[str]:
    by_pk = {one: pk for rows in named.values() for pk, ones in rows.items() for one in ones}
    voided = Matter.objects.filter(pk__in=by_pk, kind__in=[kind.label() for kind in named])
    gone = [pk for pk, state in voided.values_list("pk", "state") if not any(pk in rows for rows in named.values())]
    return sorted(Matter.objects.filter(pk__in=[by_pk[pk] for pk in gone]).values_list("number", flat=True))


def _offices() -> bytes:
    out = io.StringIO()
    told = csv.writer(out)
    told.writerow(("code", "name", "short", "level", "parent"))
    fields = ("code", "name", "short", "level", "parent__code")
    told.writerows([value or "" for value in row] for row in Office.objects.order_by("path").values_list(*fields))
    return ("\ufeff" + out.getvalue()).encode()


def _contents(parts: Iterable[Part]) -> bytes:
    lines = ["# 由 ./hefa export 写成：各台账，按导入的先后。导入：./hefa import all 本目录"]
    for part in parts:
        lines += [
            "",
            "[[ledgers]]",
            f'file = "{part.file}"',
            f'kind = "{part.kind.label()}"',
            f"rows = {len(part.rows)}",
        ]
    return ("\n".join(lines) + "\n").encode()


def _write(path: Path, body: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
        file.write(body)


def told(taken: Taken) -> dict[str, Any]:
    """What was taken out, for programs."""
    files = [{"file": part.file, "kind": part.kind.label(), "rows": len(part.rows)} for part in taken.parts]
    return {"files": files, "rows": sum(len(part.rows) for part in taken.parts), "dangling": taken.dangling}
