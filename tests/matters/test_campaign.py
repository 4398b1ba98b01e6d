"""Campaign lists: the figures hold together whatever happens to the households, and nothing is closed with some left."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.kernel import paper, proof
from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter
from hefa.matters.campaign.codes import OPEN

from .conftest import OPERATOR, Town, fresh

START = date(2023, 1, 9)
HOUSEHOLD = "campaign.household"


def launch(town: Town, subject: str = "other", **told: Any) -> Matter:
    told = {"title": "背街小巷清零", "goal": "清零", "owner": "城建办", "due_by": "2023-12-29"} | told
    return town.open("campaign.campaign", town.street, START, subject=subject, **told)


def put_on(town: Town, campaign: Matter, code: str, day: date = START) -> Matter:
    owner = [{"side": "owner", "name": "陈甲", "phone": "13800000001"}]
    return town.open(HOUSEHOLD, town.street, day, arises_from=campaign.pk, code=code, parties=owner,
                     premises="某弄1号", difficulty="other")  # fmt: skip


def take(matter: Matter, step: str, day: date, **answers: Any) -> Matter:
    act(fresh(matter), step, actor=OPERATOR, day=day, answers=answers)
    return fresh(matter)


def figures(town: Town, year: int = 2023) -> dict[str, Any]:
    names = ("on_list", "remaining", "cleared_so_far", "cleared_share", "listed", "cleared", "struck")
    return {name: find_figure(f"campaign.{name}").result(Period.year(year), town.street).value for name in names}


def clear(matter: Matter, day: date) -> Matter:
    return take(matter, "clear", day, evidence="照片", evidence_on=day.isoformat())


def strike(matter: Matter, day: date) -> Matter:
    return take(matter, "strike", day, reason="规划调整", strike_evidence="批复", strike_on=day.isoformat())


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_and_what_is_cleared_make_the_list(town: Town, seed: int) -> None:
    chance, campaign = Random(seed), launch(town)
    found = [put_on(town, campaign, str(n)) for n in range(8)]
    day = START
    for _ in range(24):
        day += timedelta(days=1)
        one = fresh(chance.choice(found))
        if one.state in OPEN:
            chance.choice((clear, strike))(one, day)
        else:
            take(one, "restore", day, reason="回流")
        now = [fresh(one).state for one in found]
        told = figures(town)
        assert told["remaining"] + told["cleared_so_far"] == told["on_list"] == len(found) - now.count("struck")
        assert told["remaining"] == sum(state in OPEN for state in now)
    assert proof.verify().ok


def test_a_campaign_is_not_closed_while_one_is_left(town: Town) -> None:
    campaign = launch(town)
    first, second = put_on(town, campaign, "1"), put_on(town, campaign, "2")
    clear(first, START)
    with pytest.raises(Refused, match="还有 1 件没有销号"):
        take(campaign, "close", START)
    strike(second, START)
    assert take(campaign, "close", START).case.left == 0  # type: ignore[attr-defined]


def test_what_stood_on_the_list_on_a_day_is_still_known_later(town: Town) -> None:
    campaign = launch(town)
    one = put_on(town, campaign, "1")
    clear(one, date(2024, 2, 1))
    assert figures(town, 2023)["remaining"] == 1 and figures(town, 2023)["cleared_share"] == 0
    assert figures(town, 2024)["remaining"] == 0 and figures(town, 2024)["cleared_share"] == 100


def test_neither_name_nor_address_stands_in_the_open(town: Town) -> None:
    one = put_on(town, launch(town), "1")
    take(one, "talk", START, talked_of="户主陈甲要求先看房")
    told = str(list(Entry.objects.values_list("answers", flat=True))) + one.title
    assert not any(word in told for word in ("陈甲", "某弄", "13800000001", "先看房"))
    with connection.cursor() as cursor:
        cursor.execute("select premises from campaign_household")
        assert "某弄" not in cursor.fetchone()[0]


def test_a_rehearsed_step_asks_the_campaign_once(town: Town) -> None:
    """Guards, the title and the paper all want the campaign; one look is enough."""
    campaign = launch(town, "state_land", sign_until="2023-01-31")
    one = put_on(town, campaign, "1")
    take(one, "talk", START, talked_of="协商")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        take(one, "request", date(2023, 2, 1), reason="诉求差距大")
    looks = [query["sql"] for query in asked if "campaign_campaign" in query["sql"] and "SELECT" in query["sql"]]
    assert len(looks) == 1


def test_the_letter_names_the_law_of_the_land_in_question(town: Town) -> None:
    grounds = {"state_land": "国有土地上房屋征收与补偿条例", "collective_land": "土地管理法实施条例"}
    for n, (subject, law) in enumerate(grounds.items()):
        one = put_on(town, launch(town, subject, sign_until="2023-01-31"), f"L{n}")
        take(one, "talk", START, talked_of="协商")
        take(one, "request", date(2023, 2, 1), reason="诉求差距大")
        entry = Entry.objects.filter(matter=one, step="request").get()
        body = str(paper.issued(entry.envelope.open()).body)
        assert law in body and "陈甲" in body


def test_every_open_state_is_one_of_the_flow() -> None:
    flow = KINDS[HOUSEHOLD].flow
    assert set(OPEN) == set(flow.states) - set(flow.ends)


def test_a_correction_goes_by_the_same_rules_as_the_step(town: Town) -> None:
    campaign, other = launch(town), launch(town)
    one = strike(put_on(town, campaign, "1"), date(2023, 3, 1))
    for answers, refused in (
        ({"strike_on": "2022-12-01"}, "早于专项启动的日期"),
        ({"arises_from": other.pk}, "所属专项和户号不能更正"),
        ({"code": "2"}, "所属专项和户号不能更正"),
    ):
        with pytest.raises(Refused, match=refused):
            take(one, "amend", date(2023, 3, 2), reason="写错了", **answers)
    take(one, "amend", date(2023, 3, 2), reason="写错了", strike_on="2023-02-01")
