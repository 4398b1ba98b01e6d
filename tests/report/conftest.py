"""A street with two communities and a few disputes of two years."""

from dataclasses import dataclass
from datetime import date

import pytest

from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Level, Office

PARTIES = [{"side": "applicant", "name": "甲某"}, {"side": "respondent", "name": "乙某"}]


@dataclass
class Town:
    street: Office
    flying: Office
    rainbow: Office
    clerk: Actor

    def dispute(self, office: Office, day: date, agreed_on: date | None = None) -> Matter:
        matter = open_matter(
            "mediation.dispute",
            actor=self.clerk,
            office=office,
            day=day,
            answers={
                "title": "漏水损害赔偿纠纷",
                "type": "邻里纠纷",
                "source": "依申请",
                "summary": "楼上漏水",
                "parties": PARTIES,
            },
        )
        if agreed_on:
            act(matter, "agree_orally", actor=self.clerk, day=agreed_on, answers={"terms": "当场修好"})
        return matter


@pytest.fixture
def town(db: None) -> Town:
    street = Office.objects.create(code="330212005", name="中河街道", short="中河", level=Level.STREET)
    flying = Office.objects.create(
        code="330212005003", name="飞虹社区居委会", short="飞虹", level=Level.COMMUNITY, parent=street
    )
    rainbow = Office.objects.create(
        code="330212005005", name="彩虹社区居委会", short="彩虹", level=Level.COMMUNITY, parent=street
    )
    return Town(street, flying, rainbow, Actor.operator("测试"))


@pytest.fixture
def year(town: Town) -> Town:
    """2022: 2 agreed by communities. 2023: 5 accepted, 3 agreed by communities, 1 by the street."""
    for n in (1, 2):
        town.dispute(town.flying, date(2022, 3, n), date(2022, 3, 9))
    for n in (1, 2, 3):
        town.dispute(town.rainbow, date(2023, 5, n), date(2023, 5, 9))
    town.dispute(town.street, date(2023, 6, 1), date(2023, 6, 5))
    town.dispute(town.flying, date(2023, 7, 1))
    return town
