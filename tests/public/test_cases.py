"""Typical cases on the residents' page: what was approved and published, until it is taken down or the case is sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor
from tests.desk.conftest import Desk

DAY = date(2023, 6, 1)
OPERATOR = Actor.operator()


def take(matter: Matter, step: str, **answers: Any) -> None:
    act(matter, step, actor=OPERATOR, day=DAY, answers=answers)


def told(
    desk: Desk, heading: str = "门店歇业", text: str = "某门店歇业，\n分两批退费。", until: str = "publish"
) -> Matter:
    parties = [{"side": "applicant", "name": "陶嘉怡"}, {"side": "respondent", "name": "恒聚商贸"}]
    dispute = open_matter("mediation.dispute", actor=OPERATOR, office=desk.flying, day=DAY, answers={
        "title": "陶嘉怡退费", "type": "13", "source": "application", "summary": "退费", "parties": parties,
    })  # fmt: skip
    take(dispute, "agree_orally", terms="退费")
    take(dispute, "feature")
    case = open_matter("mediation.typicalcase", actor=OPERATOR, office=desk.flying, day=DAY,
                       answers={"heading": heading, "text": text, "arises_from": dispute.pk})  # fmt: skip
    for step in ("approve", "publish")[: ("draft", "approve", "publish").index(until)]:
        take(case, step)
    return case


def page() -> str:
    return Client().get("/cases/").content.decode()


def test_anybody_reads_what_was_published_and_nothing_of_the_case(desk: Desk) -> None:
    assert "还没有公布的典型案例" in page()
    told(desk)
    shown = page()
    assert "门店歇业" in shown and "分两批退费" in shown and "飞虹社区" in shown and "2023-06-01" in shown
    assert not any(word in shown for word in ("陶嘉怡", "恒聚商贸", "人调字", "典型案例〔"))


@pytest.mark.parametrize("until", ["draft", "approve"])
def test_what_was_not_published_is_not_there(desk: Desk, until: str) -> None:
    told(desk, until=until)
    assert "门店歇业" not in page()


def test_taken_down_or_sealed_is_gone_at_once(desk: Desk) -> None:
    first, second, _ = (told(desk, f"案例{n}号") for n in "甲乙丙")
    take(first, "take_down", reason="当事人异议")
    assert second.arises_from is not None
    act(second.arises_from, "amend", actor=OPERATOR, day=DAY, answers={"sealed": "是", "reason": "当事人要求"})
    shown = page()
    assert "案例甲号" not in shown and "案例乙号" not in shown and "案例丙号" in shown


def test_words_are_shown_as_text(desk: Desk) -> None:
    told(desk, "<b>标题</b>", "<script>alert(1)</script>某门店歇业。")
    shown = page()
    assert "<script>alert" not in shown and "<b>标题" not in shown and "&lt;script&gt;" in shown


def test_the_newest_come_first_a_page_at_a_time_in_two_questions(desk: Desk) -> None:
    for n in range(22):
        told(desk, f"案例{n:02d}号")
    with CaptureQueriesContext(connection) as captured:
        first = page()
    assert len(captured) == 2
    assert first.index("案例21号") < first.index("案例02号") and "案例01号" not in first
    assert "案例00号" in Client().get("/cases/?page=2").content.decode()
    assert "案例00号" in Client().get("/cases/?page=99").content.decode()
    assert Client().get("/cases/?page=x").status_code == 200
    assert Client().post("/cases/").status_code == 405


def test_the_drafter_does_not_approve(desk: Desk) -> None:
    parties = [{"side": "applicant", "name": "陶嘉怡"}, {"side": "respondent", "name": "恒聚商贸"}]
    dispute = open_matter("mediation.dispute", actor=OPERATOR, office=desk.flying, day=DAY, answers={
        "title": "退费", "type": "13", "source": "application", "summary": "退费", "parties": parties,
    })  # fmt: skip
    take(dispute, "agree_orally", terms="退费")
    take(dispute, "feature")
    client = desk.client("committee_head")
    client.post("/new/mediation.typicalcase/", {
        "day": DAY.isoformat(), "heading": "门店歇业", "text": "某门店歇业。", "arises_from": dispute.number,
    })  # fmt: skip
    case = Matter.objects.get(kind="mediation.typicalcase")
    answer = client.post(f"/matter/{case.pk}/step/approve/", {"day": DAY.isoformat()}).content.decode()
    assert "岗位分离" in answer and Matter.objects.get(pk=case.pk).state == "drafted"
    desk.client("justice_head").post(f"/matter/{case.pk}/step/approve/", {"day": DAY.isoformat()})
    assert Matter.objects.get(pk=case.pk).state == "approved"
