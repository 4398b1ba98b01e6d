"""Making a data folder ready: tables, declarations proved, offices."""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from hefa.desk.catalogue import compile_catalogue
from hefa.kernel.people import Level, Office

from .cli import Fail
from .places import ROOT

SAMPLE = ROOT / "samples" / "zhonghe-2023"


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to what was asked for."""
    print(text, file=sys.stderr, flush=True)


def prepare(offices: Path | None = None) -> None:
    """Bring the data folder to this version of the program. Cheap when there is nothing to do."""
    faults = [fault for fault in run_checks() if fault.level >= ERROR]
    if faults:
        lines = "\n".join(f"  {fault.msg}" for fault in faults)
        raise Fail(f"声明有错，系统不能启动：\n{lines}", code=1)
    try:
        executor = MigrationExecutor(connection)
        _refuse_newer(executor)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say("正在建立数据表……")
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as fault:
        raise Fail(f"连不上数据库：{str(fault).strip()}。请检查 HEFA_DATABASE_URL 或数据目录。", code=1) from fault
    except DatabaseError as fault:
        raise Fail(f"数据库不能用：{str(fault).strip()}。数据目录里的文件可能已损坏，请从备份恢复。", code=1) from fault
    if not Office.objects.exists():
        load_offices(offices or SAMPLE / "offices.csv")


def assets() -> None:
    """Front-end files and the English catalogue, when they are newer than what is served."""
    compile_catalogue(settings.DATA / "locale")
    sources = [*(ROOT / "src" / "hefa").glob("*/static/**/*"), ROOT / "package-lock.json"]
    wanted = hashlib.sha256("".join(f"{p}{p.stat().st_mtime_ns}" for p in sorted(sources)).encode()).hexdigest()
    stamp = settings.DATA / "static.stamp"
    if not stamp.exists() or stamp.read_text() != wanted:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(wanted)


def _refuse_newer(executor: MigrationExecutor) -> None:
    """A database that a later version has written is left alone."""
    loader = executor.loader
    unknown = sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - set(loader.disk_migrations)
                     if app in loader.migrated_apps)  # fmt: skip
    if unknown:
        raise Fail(
            f"这个数据库是由更新的版本写的（{unknown[0]}），本版本不能打开。请换回那个版本，或者另用一个数据目录（--data）。",
            code=1,
        )


def load_offices(path: Path) -> int:
    """Read the office tree from a CSV (code,name,short,level,parent code), parents first. Returns how many."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError:
        raise Fail(f"没有单位表 {path}：请用 --offices 指定一个（列：code,name,short,level,parent）") from None
    known = {office.code: office for office in Office.objects.all()}
    for number, row in enumerate(rows, start=2):
        if row["code"] in known:
            continue
        if row["level"] not in Level.values or (row["parent"] and row["parent"] not in known):
            raise Fail(f"{path} 第 {number} 行：层级或上级单位不对（{row['name']}）")
        known[row["code"]] = Office.objects.create(
            code=row["code"], name=row["name"], short=row["short"], level=row["level"], parent=known.get(row["parent"])
        )
    return len(rows)


def find_office(name: str | None) -> Office:
    """The office of that name, short name or code; without a name the street. `Fail` lists what there is."""
    if not name:
        street = Office.objects.filter(level=Level.STREET).order_by("path").first()
        if street is None:
            raise Fail("还没有单位：请先运行 ./hefa up 或用 --offices 导入单位表")
        return street
    for field in ("name", "code", "short"):
        found = Office.objects.filter(**{field: name})[:2]
        if len(found) == 1:
            return found[0]
    near = Office.objects.filter(name__contains=name)
    if len(near) == 1:
        return near[0]
    some = "、".join(Office.objects.values_list("name", flat=True)[:12])
    raise Fail(f"没有名为“{name}”的单位。现有单位如：{some}……")
