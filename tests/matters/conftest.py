"""A street with two communities and a grid, in which anybody may be sent anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Level, Office

DAY = date(2023, 5, 9)  # a Tuesday
OPERATOR = Actor.operator()


@dataclass
class Town:
    street: Office
    flying: Office
    lake: Office
    grid: Office

    def open(self, kind: str, office: Office, day: date = DAY, **answers: Any) -> Matter:
        return open_matter(kind, actor=OPERATOR, office=office, day=day, answers=answers)

    def mediator(self, name: str, office: Office, **told: Any) -> Matter:
        return self.open("mediation.mediator", office, date(2023, 1, 3), full_name=name, is_full_time="否", **told)

    def rule(self, target: Office, day: date = date(2023, 1, 3), **told: Any) -> Matter:
        return self.open("incident.rule", self.street, day, target=target.pk, **told)

    def incident(self, area: Office, type_: str = "noise", day: date = DAY, **told: Any) -> Matter:
        told = {"title": "噪声", "source": "resident", "place": "某处", "summary": "噪声"} | told
        matter = self.open("incident.incident", self.street, day, **told)
        act(matter, "triage", actor=OPERATOR, day=day,
            answers={"type": type_, "urgency": "ordinary", "area": area.pk})  # fmt: skip
        return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    district = Office.objects.create(code="D", name="鄞州区", short="鄞州", level=Level.DISTRICT)
    street = Office.objects.create(code="S", name="中河街道", short="中河", level=Level.STREET, parent=district)
    flying, lake = (
        Office.objects.create(code=name, name=f"{name}社区居委会", short=name, level=Level.COMMUNITY, parent=street)
        for name in ("飞虹", "东湖")
    )
    grid = Office.objects.create(code="G", name="飞虹一格", short="飞虹一格", level=Level.GRID, parent=flying)
    yield Town(street, flying, lake, grid)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)
