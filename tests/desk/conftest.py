"""A street with two communities, one person in each role, and disputes to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import models
from django.test import Client

from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import HEADER_FIELDS, KINDS, Kind, Matter
from hefa.kernel.people import ADMIN_ROLES, ROLES, Actor, Level, Office, Person, Post

TODAY = date.today()
WORKING_ROLES = [name for name in ROLES if name != "operator"]


@dataclass
class Desk:
    """The town as the tests know it. `people` by role; those of community roles work in `flying`."""

    street: Office
    flying: Office
    rainbow: Office
    outside: Office
    people: dict[str, Person] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser signed in as the person of that role."""
        client = Client()
        client.force_login(self.people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def actor(self, role: str) -> Actor:
        return Actor.of(self.people[role])

    def dispute(self, role: str = "community_mediator", office: Office | None = None, **changes: Any) -> Matter:
        day = changes.pop("day", TODAY - timedelta(days=5))
        answers = {
            "title": "楼上漏水损害赔偿纠纷",
            "type": "邻里纠纷",
            "source": "依申请",
            "summary": "楼上卫生间渗漏",
            "place": "飞虹路12号",
            "parties": [
                {"side": "applicant", "name": "褚小满", "phone": "19900000001", "id_no": "990000199001010018"},
                {"side": "respondent", "name": "卫大寒"},
            ],
        }
        if "id_no" not in changes:
            answers["parties"][0].pop("id_no")  # type: ignore[attr-defined, index]
        return open_matter(
            "mediation.dispute",
            actor=self.actor(role),
            office=office or self.flying,
            day=day,
            answers=answers | changes,
        )

    def agreed(self, **changes: Any) -> Matter:
        matter = self.dispute(**changes)
        actor = self.actor("community_mediator")
        act(matter, "sit", actor=actor, day=matter.opened_on, answers={"record": "各方到场陈述"})
        answers = {"facts": "水管老化", "terms": "十日内修复并赔偿三千元", "perform_by": TODAY.isoformat()}
        act(matter, "agree", actor=actor, day=TODAY, answers=answers)
        return Matter.objects.get(pk=matter.pk)


# What cannot be without the matter that it comes from.
ORIGINS = {"review.opinion": "review.review"}


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    """No test meets the uploads, editions, anchors or kept answers of another."""
    settings.DATA = tmp_path
    settings.HEFA_ANCHORS = tmp_path / "anchors.jsonl"
    settings.HEFA_EDITIONS = tmp_path / "editions"
    cache.clear()


@pytest.fixture
def desk(db: None) -> Desk:
    street = Office.objects.create(code="330212005", name="中河街道", short="中河", level=Level.STREET)
    made = [
        Office.objects.create(code=f"33021200500{n}", name=f"{name}社区", short=name, level=level, parent=street)
        for n, (name, level) in enumerate((("飞虹", Level.COMMUNITY), ("彩虹", Level.COMMUNITY)), start=1)
    ]
    outside = Office.objects.create(code="OUT1", name="某律师事务所", short="某律所", level=Level.OUTSIDE)
    desk = Desk(street, made[0], made[1], outside)
    for role in WORKING_ROLES:
        person = Person.objects.create(username=role, name=f"{ROLES[role].label[:3]}甲")
        office = {"office": desk.flying, "entrusted": desk.outside}.get(ROLES[role].scope, street)
        Post.objects.create(person=person, office=office, role=role, from_on=date(2020, 1, 1))
        if role in ADMIN_ROLES:
            Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
        desk.people[role] = person
    return desk


def _told(kind: type[Kind]) -> dict[str, Any]:
    """A value for every own field that the kind's opening asks for or sets: no row comes into being without them."""
    step = kind.flow.opening[0]
    filled: dict[str, Any] = {}
    if not callable(step.sets):
        filled |= {name: value for name, value in step.sets.items() if kind.keeps(name) and name not in HEADER_FIELDS}
    for name in step.asks:
        if not kind.keeps(name) or name in HEADER_FIELDS:
            continue
        column = kind.field_of(name)
        if chosen := [value for value, _ in column.flatchoices if value not in ("", None)]:
            filled[name] = chosen[0]
        elif isinstance(column, models.DateField):
            filled[name] = TODAY
        elif isinstance(column, models.BooleanField):
            filled[name] = False
        elif isinstance(column, (models.IntegerField, models.DecimalField)):
            filled[name] = TODAY.year if name == "year" else 1
        elif isinstance(column, (models.CharField, models.TextField)):
            filled[name] = "样本"
    return filled


@pytest.fixture
def one_of_each(desk: Desk) -> dict[str, list[Matter]]:
    """Of every kind a matter in each office, as rows alone: what may be seen does not depend on how they came."""
    made: dict[str, list[Matter]] = {}
    for label, kind in KINDS.items():
        state = next(iter(kind.flow.states))
        for n, office in enumerate((desk.street, desk.flying, desk.rainbow)):
            matter = Matter.objects.create(
                kind=label, number=f"{label}-{n}", title=f"{label}在{office.short}", office=office, state=state,
                opened_on=TODAY, turn=1, sealed=n == 2,
            )  # fmt: skip
            kind._default_manager.create(matter=matter, **_told(kind))
            made.setdefault(label, []).append(matter)
    for label, source in ORIGINS.items():
        for matter, origin in zip(made[label], made[source], strict=True):
            Matter.objects.filter(pk=matter.pk).update(arises_from=origin)
    return made
