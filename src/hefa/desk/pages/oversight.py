"""The ledger for those who watch over it, and the state of the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa.kernel import days, ledger, proof
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter
from hefa.kernel.people import ROLES, visible_to

from .. import sight, story
from ..sight import actor_of

ENTRIES, ANCHORS = 50, 10
ANCHOR_DAYS = 2
LAST_PROOF = "desk:last-proof"


def ledger_page(request: HttpRequest) -> HttpResponse:
    """The latest entries, the last verification, the anchors."""
    actor = actor_of(request)
    sight.must_hold(actor, sight.SEES_LEDGER)
    found = Entry.objects.select_related("office", "matter").order_by("-id")
    before = request.GET.get("before", "")
    if before.isdigit():
        found = found.filter(id__lt=int(before))
    entries = list(found[: ENTRIES + 1])
    seen = set(
        Matter.objects.filter(visible_to(actor), pk__in={e.matter_id for e in entries}).values_list("pk", flat=True)
    )
    value, seal = ledger.head()
    context = {
        "rows": [_row(entry, entry.matter_id in seen) for entry in entries[:ENTRIES]],
        "older": entries[ENTRIES - 1].pk if len(entries) > ENTRIES else None,
        "head": value,
        "seal": seal,
        "proof": cache.get(LAST_PROOF),
        "anchors": anchors()[-ANCHORS:][::-1],
    }
    return render(request, "desk/ledger.html", context)


def _row(entry: Entry, is_seen: bool) -> dict[str, Any]:
    kind = KINDS.get(entry.kind)
    return {
        "entry": entry,
        "label": story.label_of_entry(entry),
        "kind_label": _(str(kind._meta.verbose_name)) if kind else "",
        "role": _(ROLES[entry.role].label) if entry.role in ROLES else "",
        "matter": entry.matter if is_seen else None,
    }


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole ledger; the walk itself goes on record."""
    actor = actor_of(request)
    sight.must_hold(actor, sight.SEES_LEDGER)
    found = proof.verify()
    ledger.note("verify", actor=actor, answers={"ok": found.ok, "entries": found.entries, "faults": len(found.faults)})
    cache.set(LAST_PROOF, {"at": datetime.now(UTC), "proof": found}, None)
    return redirect("desk:ledger")


def anchors() -> list[dict[str, Any]]:
    """The heads written outside, oldest first: {at, entries, seal}."""
    if not settings.HEFA_ANCHORS.exists():
        return []
    lines = [orjson.loads(line) for line in settings.HEFA_ANCHORS.read_bytes().splitlines() if line.strip()]
    return [line | {"at": datetime.fromisoformat(line["at"])} for line in lines]


@dataclass
class Finding:
    """One thing that was looked at. `advice`: what to do when it is not well."""

    label: str
    said: str
    ok: bool
    advice: str = ""


def health(request: HttpRequest) -> HttpResponse:
    """What an operator should know: holiday notices, pending migrations, the age of the last anchor."""
    sight.must_hold(actor_of(request), sight.SEES_HEALTH)
    findings = [_holidays(), _estimated(), _migrations(), _anchored(), _database()]
    return render(request, "desk/health.html", {"findings": findings})


def _holidays() -> Finding:
    dues = Matter.objects.filter(due_on__isnull=False).values_list("due_on", flat=True).order_by("-due_on")[:1]
    missing = days.missing_years(date.today(), [due for due in dues if due is not None])
    if not missing:
        upto = days.official_years()[-1]
        return Finding(_("放假安排"), _("已载入至 %(year)d 年") % {"year": upto}, True)
    years = "、".join(map(str, missing))
    advice = _("国务院办公厅的放假通知公布后，用 ./hefa law update 载入；在此之前期限按估算显示")
    return Finding(_("放假安排"), _("缺 %(years)s 年的放假通知") % {"years": years}, False, advice)


def _estimated() -> Finding:
    n = Matter.objects.filter(due_estimated=True).count()
    said = _("没有估算的期限") if not n else _("%(n)d 件事的期限是估算的") % {"n": n}
    return Finding(_("估算的期限"), said, n == 0, _("载入放假通知后会重新计算"))


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    said = _("数据库结构与程序一致") if not plan else _("有 %(n)d 项数据库变更没有执行") % {"n": len(plan)}
    return Finding(_("数据库结构"), said, not plan, _("请运行 ./hefa up"))


def _anchored() -> Finding:
    known = anchors()
    if not known:
        return Finding(_("账头锚定"), _("还没有锚定过"), False, _("请运行 ./hefa anchor，并把结果交给别人保存"))
    age = (datetime.now(UTC) - known[-1]["at"]).days
    said = _("最近一次在 %(n)d 天前，第 %(entries)d 笔") % {"n": age, "entries": known[-1]["entries"]}
    return Finding(_("账头锚定"), said, age <= ANCHOR_DAYS, _("请每天运行一次 ./hefa anchor，并把结果交给别人保存"))


def _database() -> Finding:
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    return Finding(_("数据库"), names.get(connection.vendor, connection.vendor), True)
