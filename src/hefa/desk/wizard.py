"""An import between its steps: the uploaded file in the data folder, what is known of it beside it, the work.

States: judging → judged → writing → written, or failed. Small files are worked through at once; large ones in a
thread, whose progress is on disk, so that any process can tell it. A thread that dies leaves nothing half written:
an import is one transaction.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

import orjson
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from hefa.exchange.cells import MASKED, text_of
from hefa.exchange.container import Unreadable
from hefa.exchange.importing import Draft, draft
from hefa.kernel.answers import Refused
from hefa.kernel.matter import find_kind
from hefa.kernel.people import Actor, Office, Person

KINDS_OF_FILE = (".xlsx", ".xls", ".ods", ".csv")
LARGEST = 20 * 1024 * 1024
AT_ONCE = 256 * 1024
KEPT_SECONDS = 24 * 3600
STALE_SECONDS = 120
FAULTS, ROWS, BEFORE = 500, 60, 3
JUDGING, JUDGED, WRITING, WRITTEN, FAILED = "judging", "judged", "writing", "written", "failed"


@dataclass
class Job:
    """One import by one person. `done` and `total` count rows; the rest is what judging or writing found."""

    token: str
    kind: str
    person: int
    name: str
    office: int | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    state: str = JUDGING
    touched: float = 0.0
    done: int = 0
    total: int = 0
    message: str = ""
    rows: int = 0
    created: int = 0
    unchanged: int = 0
    rejected: int = 0
    fault_count: int = 0
    bad_layout: bool = False
    faults: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    matched: dict[str, dict[str, Any]] = field(default_factory=dict)
    sheets: list[dict[str, Any]] = field(default_factory=list)

    @property
    def source(self) -> Path:
        return folder() / f"{self.token}.file"

    @property
    def rejects(self) -> Path:
        return folder() / f"{self.token}.rejects.xlsx"

    @property
    def is_working(self) -> bool:
        return self.state in (JUDGING, WRITING)

    @property
    def is_masked(self) -> bool:
        """Whether the file is an export of our own, with what is personal left out."""
        return any(MASKED in fault["message"] for fault in self.faults)

    def save(self) -> None:
        """Keep the job, whole or not at all."""
        self.touched = time.time()
        part = folder() / f"{self.token}.part"
        write_private(part, orjson.dumps(asdict(self)))
        part.replace(folder() / f"{self.token}.json")


def folder() -> Path:
    """Where uploads lie; only the owner of the process can look in."""
    place = Path(settings.DATA) / "uploads"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def write_private(path: Path, body: bytes) -> None:
    """Write a file that nobody else on the machine can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(body)


def start(kind: str, person: Person, name: str, body: bytes, office: int | None) -> Job:
    """Keep an uploaded file and begin to judge it."""
    _sweep()
    job = Job(secrets.token_urlsafe(16), kind, person.pk, name, office)
    write_private(job.source, body)
    job.save()
    judge_again(job, person)
    return job


def find(token: str, person_id: int | None) -> Job | None:
    """The job of that token, if it is the person's own. One whose worker died is told as failed."""
    path = folder() / f"{token}.json"
    if not token.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        return None
    job = Job(**orjson.loads(path.read_bytes()))
    if job.person != person_id:
        return None
    if job.is_working and time.time() - job.touched > STALE_SECONDS:
        job.state, job.message = FAILED, _("处理中断了，没有写入任何内容。请重新上传。")
    return job


def judge_again(job: Job, person: Person) -> None:
    """Judge every cell, with the mapping as it now is."""
    job.state, job.done, job.total = JUDGING, 0, 0
    job.save()
    _run(job, lambda: _judge(job, person))


def write(job: Job, person: Person, skip_bad: bool) -> None:
    """Put the good rows on record."""
    job.state, job.done, job.total = WRITING, 0, job.created
    job.save()
    _run(job, lambda: _write(job, person, skip_bad))


def _run(job: Job, work: Callable[[], None]) -> None:
    if job.source.stat().st_size <= AT_ONCE:
        _guarded(job, work)
    else:
        Thread(target=_alone, args=(job, work), daemon=True).start()


def _alone(job: Job, work: Callable[[], None]) -> None:
    try:
        _guarded(job, work)
    finally:
        connection.close()


def _guarded(job: Job, work: Callable[[], None]) -> None:
    try:
        work()
    except (Unreadable, Refused) as fault:
        job.state, job.message = FAILED, str(fault)
    except Exception:
        job.state, job.message = FAILED, _("处理时出错，没有写入任何内容。请把文件交给系统管理员查看。")
        raise
    finally:
        job.save()


def _draft(job: Job, person: Person) -> Draft:
    office = Office.objects.filter(pk=job.office).first() if job.office else None
    body = job.source.read_bytes()
    kind = find_kind(job.kind)
    return draft(kind, body, Actor.of(person), office, job.mapping, name=job.name, progress=_progress(job))


def _progress(job: Job) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        job.done, job.total = done, total
        if time.time() - job.touched > 0.5:
            job.save()

    return tell


def _judge(job: Job, person: Person) -> None:
    drafted = _draft(job, person)
    job.rows, job.created, job.unchanged = drafted.rows, drafted.created, drafted.unchanged
    job.rejected, job.fault_count = drafted.rejected, len(drafted.faults)
    job.bad_layout = drafted.has_layout_faults
    job.faults = [fault._asdict() for fault in drafted.faults[:FAULTS]]
    job.warnings = drafted.warnings
    job.matched = {header: dict(found) for header, found in drafted.mapping.items()}
    job.sheets = _sheets(drafted)
    job.state = JUDGED


def _sheets(drafted: Draft) -> list[dict[str, Any]]:
    """Each sheet as it stands, as far as it is worth showing: the first rows, and every row with a fault."""
    said: dict[str, dict[int, dict[str, str]]] = {}
    for fault in drafted.faults:
        said.setdefault(fault.sheet, {}).setdefault(fault.row, {})[fault.column] = fault.message
    shown = []
    for layout in drafted.layouts:
        sheet, bad = layout.sheet, said.get(layout.sheet.name, {})
        wanted = (row for n, row in enumerate(sheet.rows()) if row.number in bad or n < BEFORE)
        letters = [sheet.letter(place) for place in range(len(sheet.headers))]
        rows = []
        for row in islice(wanted, ROWS):
            faults = bad.get(row.number, {})
            texts = [text_of(cell) for cell in row.cells[: len(letters)]]
            cells = [{"text": t, "fault": faults.get(at, "")} for t, at in zip(texts, letters, strict=False)]
            rows.append({"number": row.number, "cells": cells, "fault": faults.get("", "")})
        shown.append({"name": sheet.name, "letters": letters, "headers": sheet.headers, "rows": rows})
    return shown


def _write(job: Job, person: Person, skip_bad: bool) -> None:
    drafted = _draft(job, person)
    job.done, job.total = 0, drafted.created
    written = drafted.write(_progress(job), skip_bad=skip_bad)
    job.created, job.unchanged, job.rejected = written.created, written.unchanged, written.rejected
    if written.rejects:
        write_private(job.rejects, written.rejects)
    job.source.unlink(missing_ok=True)
    job.sheets, job.faults = [], []
    job.state = WRITTEN


def _sweep() -> None:
    """Uploads do not stay: they hold personal data in clear."""
    oldest = time.time() - KEPT_SECONDS
    for path in folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
