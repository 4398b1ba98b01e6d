"""Freezing a report, and finding out later which rows have moved it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from hefa.kernel.act import open_matter
from hefa.kernel.figure import Period, Result, find_figure
from hefa.kernel.ledger import Entry, head
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Office

from . import output
from .models import Edition
from .outline import Draft

RECORD = "edition.json"
_SHOWN = 50


@dataclass(frozen=True)
class Difference:
    """One figure that a recomputation gives otherwise, and the rows that moved it."""

    figure: str
    label: str
    frozen: str
    now: str
    reasons: list[str]


@dataclass
class Check:
    """What verifying one edition found."""

    number: str
    year: int
    office: str
    frozen_on: date
    intact: bool
    faults: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.intact and not self.differences

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "year": self.year,
            "office": self.office,
            "frozen_on": self.frozen_on.isoformat(),
            "ok": self.ok,
            "intact": self.intact,
            "faults": self.faults,
            "differences": [vars(difference) for difference in self.differences],
        }


def freeze(draft: Draft, actor: Actor, via: str = "cli") -> tuple[Matter, Path]:
    """Freeze a report: its files, its figures with the entries behind them, the ledger's head. Never changed after."""
    rows = output.rows_of(draft)
    files = output.render(draft, rows)
    value, seal = head()
    record = {
        **output.as_json(draft),
        "head": value,
        "head_seal": seal,
        "rows": {name: [row["id"] for row in found] for name, found in rows.items()},
        "files": {name: hashlib.sha256(body).hexdigest() for name, body in files.items()},
    }
    body = orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(body).hexdigest()
    folder = folder_of(digest)
    # The files lie there before the entry that speaks of them; without the entry they are no edition.
    output.write({**files, RECORD: body}, folder)
    matter = open_matter(
        Edition,
        actor=actor,
        office=draft.office,
        day=date.today(),
        via=via,
        answers={
            "title": draft.paper.title,
            "year": draft.year,
            "digest": digest,
            "head": value,
            "head_seal": seal,
            "text_digest": record["files"]["annual.txt"],
        },
    )
    return matter, folder


def folder_of(digest: str) -> Path:
    """Where an edition's files lie in the data folder."""
    return Path(settings.HEFA_EDITIONS) / digest[:16]


def latest(year: int, office: Office) -> Edition | None:
    """The newest edition of a year that was not withdrawn."""
    found = Edition.objects.filter(year=year, matter__office=office).exclude(matter__state__in=("withdrawn", "void"))
    return found.select_related("matter__office").order_by("-matter_id").first()


def unchanged(draft: Draft, edition: Edition) -> bool:
    """Whether a frozen edition already says exactly this, on exactly these rows."""
    record = _record(edition)
    if record is None:
        return False
    return {**output.as_json(draft)} == {key: record[key] for key in output.as_json(draft)}


def verify() -> list[Check]:
    """Every edition against its own seal and against the record as it is now."""
    editions = Edition.objects.exclude(matter__state="void").select_related("matter__office").order_by("matter_id")
    return [_check(edition) for edition in editions]


def _record(edition: Edition) -> dict[str, Any] | None:
    try:
        body = (folder_of(edition.digest) / RECORD).read_bytes()
    except FileNotFoundError:
        return None
    return orjson.loads(body) if hashlib.sha256(body).hexdigest() == edition.digest else None


def _check(edition: Edition) -> Check:
    matter = edition.matter
    check = Check(matter.number, edition.year or 0, matter.office.name, matter.opened_on, intact=True)
    record = _record(edition)
    if record is None:
        check.intact = False
        check.faults.append(f"冻结的文件 {RECORD} 不见了或被改动，与账上的摘要不符")
        return check
    for name, digest in record["files"].items():
        path = folder_of(edition.digest) / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            check.intact = False
            check.faults.append(f"冻结的文件 {name} 不见了或被改动")
    seal = Entry.objects.filter(pk=record["head"]).values_list("seal", flat=True).first()
    if record["head"] and seal != record["head_seal"]:
        check.intact = False
        check.faults.append(f"账目第 {record['head']} 笔与冻结时的账头不符：请运行 ./hefa verify")
    period = Period.year(check.year)
    for name, was in record["figures"].items():
        if was["value"] is not None:
            difference = _difference(name, was, record, period, matter.office)
            check.differences += [difference] if difference else []
    return check


def _difference(
    name: str, was: dict[str, Any], record: dict[str, Any], period: Period, office: Office
) -> Difference | None:
    try:
        figure = find_figure(name)
    except LookupError:
        return Difference(name, was["label"], was["text"], "", ["这个指标的声明已不在了"])
    now: Result = figure.result(period, office)
    if now.as_json()["value"] == was["value"] and now.digest == was["digest"]:
        return None
    before = set(record["rows"].get(name, ()))
    after = {row["id"]: row for row in figure.rows(period, office)}
    reasons = [*_gone(sorted(before - after.keys())), *_come([after[i] for i in sorted(after.keys() - before)], record)]
    if not reasons and now.denominator is not None and float(now.denominator) != was["denominator"]:
        reasons.append(f"分母（基数）由 {was['denominator']:g} 变为 {now.denominator}")
    if now.definition != was["definition"]:
        reasons.append("统计口径的文字已改动")
    return Difference(name, was["label"], was["text"], now.text, reasons or ["行没有变，行上的数值更正过"])


def _gone(ids: list[int]) -> list[str]:
    """Why rows of the frozen edition no longer count."""
    reasons = []
    taken_back = {
        entry.revokes_id: entry for entry in Entry.objects.filter(revokes_id__in=ids[:_SHOWN]).select_related("matter")
    }
    there = {entry.pk: entry for entry in Entry.objects.filter(pk__in=ids[:_SHOWN]).select_related("matter")}
    for place in ids[:_SHOWN]:
        if entry := taken_back.get(place):
            why = entry.answers.get("reason", "")
            number = entry.matter.number if entry.matter else ""
            reasons.append(f"少一行：{number}（第 {place} 笔）于 {entry.day} 由{entry.actor_name}撤回，理由：{why}")
        elif place in there:
            matter = there[place].matter
            reasons.append(f"少一行：{matter.number if matter else ''}（第 {place} 笔）更正后不再符合口径")
        else:
            reasons.append(f"少一行：第 {place} 笔从账上消失，请运行 ./hefa verify")
    return reasons + _more(len(ids), "少")


def _come(rows: list[dict[str, Any]], record: dict[str, Any]) -> list[str]:
    """Where rows that the frozen edition did not have come from."""
    places = [row["id"] for row in rows[:_SHOWN]]
    entries = Entry.objects.in_bulk(places)
    reasons = []
    for row in rows[:_SHOWN]:
        entry = entries[row["id"]]
        how = "冻结之后补录" if entry.pk > record["head"] else "更正后符合口径"
        wrote = entry.at.astimezone().date()
        reasons.append(
            f"多一行：{row['matter__number']}（第 {entry.pk} 笔，{row['day']}）{how}，{wrote} 由{entry.actor_name}记入"
        )
    return reasons + _more(len(rows), "多")


def _more(total: int, word: str) -> list[str]:
    return [f"……另有 {total - _SHOWN} 行{word}出"] if total > _SHOWN else []
