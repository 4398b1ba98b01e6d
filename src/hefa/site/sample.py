"""The sample year: invented people and ledgers, loaded through the same doors as real ones."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hefa.exchange.importing import draft
from hefa.kernel.ledger import note
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import ROLES, Actor, Office, Person, Post

from .cli import Fail
from .commands.accounts import new_password
from .setup import SAMPLE, say

_IMPORTER = "样本导入"


def load(shown_roles: tuple[str, ...]) -> list[str]:
    """Load people and ledgers unless they are loaded already. Returns lines to show: who can sign in how."""
    ledgers = tomllib.loads((SAMPLE / "ledgers.toml").read_text("utf-8"))["ledgers"]
    stamp = settings.DATA / f"sample{settings.HEFA_LEDGER_MARK}.stamp"
    wanted = _digest([SAMPLE / "people.csv", *(SAMPLE / one["file"] for one in ledgers)])
    if stamp.exists() and stamp.read_text() == wanted and Matter.objects.exists():
        return []
    lines = _people(shown_roles)
    actor = Actor.operator(_IMPORTER)
    for one in ledgers:
        _ledger(one["kind"], SAMPLE / one["file"], actor)
    stamp.write_text(wanted)
    return lines


def _digest(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _ledger(kind_name: str, path: Path, actor: Actor) -> None:
    kind = find_kind(kind_name)
    drawn = draft(kind, path, actor)
    if drawn.faults:
        first = drawn.faults[0]
        raise Fail(f"样本台账 {path.name} 有 {len(drawn.faults)} 处错误，如第 {first.row} 行：{first.message}")
    written = drawn.write()
    say(f"  {path.name}：新增 {written.created} 件，已有 {written.unchanged} 件")


@transaction.atomic
def _people(shown_roles: tuple[str, ...]) -> list[str]:
    """Make the sample people and their posts; a password for the first of each shown role."""
    offices = {office.name: office for office in Office.objects.all()}
    shown: dict[str, tuple[str, str, str]] = {}
    with (SAMPLE / "people.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            person, made = Person.objects.get_or_create(
                username=row["username"], defaults={"name": row["name"], "is_sample": True}
            )
            office, role = offices[row["office"]], row["role"]
            _, posted = Post.objects.get_or_create(
                person=person, office=office, role=role, defaults={"from_on": date.fromisoformat(row["from_on"])}
            )
            if posted:
                answers = {"person": person.username, "role": role, "office": office.name}
                note("appoint", actor=Actor.operator(_IMPORTER), answers=answers, via="cli")
            if made and role in shown_roles and role not in shown:
                password = new_password()
                person.set_password(password)
                person.save(update_fields=["password"])
                shown[role] = (person.username, password, f"{ROLES[role].label} {person.name} · {office.name}")
            elif made:
                person.set_unusable_password()
                person.save(update_fields=["password"])
    if not shown:
        return []
    told = [f"  {username:<18}{password}  {who}" for username, password, who in shown.values()]
    return ["", "样本人员（虚构；密码只显示这一次，其他人用 ./hefa passwd 登录名）：", *told]
