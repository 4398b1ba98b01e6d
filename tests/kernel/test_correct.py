"""A correction is a step of its own: amendments change answers and nothing else, revocations restore what was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hefa.kernel import act as door
from hefa.kernel import proof
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.ledger import Entry, Envelope
from hefa.kernel.matter import Matter
from tests.kernel import town as here
from tests.kernel.town import DAY, Town, accept, refused, settle, take

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)
AGREED = {"facts": "漏水属实", "terms": "赔偿三千元", "perform_by": "2023-12-01"}


def test_an_amendment_changes_answers_and_nothing_else(town: Town) -> None:
    matter = accept(town, amount="500")
    take(town, matter, "terminate", {"ground": "hopeless"}, day=NEXT)
    before = Matter.objects.get(pk=matter.pk)
    parties = [here.PARTIES[0], {"side": "respondent", "name": "钱丙丁", "phone": "13900000002"}]
    given = {"reason": "笔误", "amount": "800", "summary": "更正后的情况", "parties": parties, "title": "更正的事由"}
    entry = take(town, matter, "amend", given, day=NEXT + timedelta(days=30), who="chair")
    after = Matter.objects.get(pk=matter.pk)
    assert (after.case.amount, after.case.summary, after.title) == (800, "更正后的情况", "更正的事由")
    assert after.parties[1]["phone"] == "13900000002"
    unmoved = ("state", "closed_on", "trail", "due_on", "number", "office_id", "handler_id")
    assert [getattr(after, name) for name in unmoved] == [getattr(before, name) for name in unmoved]
    assert (entry.step, entry.to, entry.answers["reason"]) == ("amend", "terminated", "笔误")
    assert Entry.objects.get(matter=matter, turn=1).answers["amount"] == "500.00"
    assert proof.verify().ok


def test_closing_day_is_the_day_of_the_end(town: Town) -> None:
    matter = accept(town)
    settle(town, matter, day=DAY)
    take(town, matter, "perform", {"performance": "in_time"}, day=NEXT)
    take(town, matter, "file", {"reason": "x"}, day=NEXT + timedelta(days=9))
    assert Matter.objects.get(pk=matter.pk).closed_on == NEXT
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert Matter.objects.get(pk=matter.pk).closed_on == NEXT
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert Matter.objects.get(pk=matter.pk).closed_on is None


def same(matter: Matter, before: Matter) -> None:
    """All that the step had changed is as it was, but for the turn."""
    after = Matter.objects.get(pk=matter.pk)
    for row, was in ((after, before), (after.case, before.case)):
        for field in row._meta.concrete_fields:
            if field.attname != "turn":
                assert getattr(row, field.attname) == getattr(was, field.attname), field.attname


def stored(matter: Matter) -> Matter:
    found = Matter.objects.get(pk=matter.pk)
    assert found.case is not None
    return found


@pytest.mark.parametrize(
    ("step", "given", "who"),
    [
        ("sit", {"record": "x", "mediator": "孙"}, "mediator"),
        ("extend", {"reason": "双方要求"}, "mediator"),
        ("escalate", {"office": "street", "reason": "疑难"}, "mediator"),
        ("terminate", {"ground": "hopeless"}, "mediator"),
        ("refer", {"partner": "firm", "reason": "移送"}, "mediator"),
        (
            "amend",
            {"reason": "x", "amount": "9", "summary": "别的", "parties": here.PARTIES[1:], "sealed": "是"},
            "chair",
        ),
    ],
)
def test_a_revocation_restores_what_was(town: Town, step: str, given: dict[str, Any], who: str) -> None:
    matter = accept(town, amount="500")
    before = stored(matter)
    taken = take(town, matter, step, {key: getattr(town, str(value), value).pk if key in ("office", "partner") else value
                                      for key, value in given.items()}, who=who)  # fmt: skip
    entry = take(town, matter, "revoke", {"reason": "误办"}, who="head")
    assert (entry.step, entry.revokes_id, entry.to, entry.day) == ("revoke", taken.pk, "mediating", date.today())
    same(matter, before)
    assert proof.verify().ok


def test_revoking_step_by_step(town: Town) -> None:
    matter = accept(town)
    first = stored(matter)
    take(town, matter, "sit", {"record": "x"})
    second = stored(matter)
    take(town, matter, "agree", AGREED)
    take(town, matter, "revoke", {"reason": "一"}, who="chair")
    same(matter, second)
    take(town, matter, "revoke", {"reason": "二"}, who="chair")
    same(matter, first)
    take(town, matter, "sit", {"record": "再来"})
    take(town, matter, "agree", AGREED)
    assert stored(matter).state == "agreed"
    assert proof.verify().ok


def test_a_revoked_value_goes_back_to_the_amended_one(town: Town) -> None:
    matter = accept(town, amount="100", mediator="甲")
    take(town, matter, "amend", {"reason": "x", "amount": "200"}, who="chair")
    take(town, matter, "sit", {"record": "x", "mediator": "乙"})
    take(town, matter, "agree", AGREED | {"amount": "300", "mediator": "丙"})
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert (stored(matter).case.amount, stored(matter).case.mediator) == (200, "乙")
    assert stored(matter).case.terms == ""


def test_revoking_after_the_envelope_was_erased(town: Town) -> None:
    matter = accept(town)
    take(town, matter, "amend", {"reason": "x", "summary": "别的"}, who="chair")
    Envelope.objects.filter(entry__matter=matter, entry__turn=1).update(body="")
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert stored(matter).case.summary == ""
    assert proof.verify().ok


def test_revoking_the_opening_makes_it_void(town: Town) -> None:
    matter = accept(town)
    other = accept(town)
    accepted, pending = find_figure("mediation.accepted"), find_figure("mediation.pending")
    year = Period.year(2023)
    assert accepted.result(year, town.street).value == 2
    entry = take(town, matter, "revoke", {"reason": "重复登记"})
    after = stored(matter)
    assert (entry.to, after.state, after.closed_on, after.due_on) == ("void", "void", None, None)
    assert accepted.result(year, town.street).value == pending.result(year, town.street).value == 1
    for step, given in (
        ("sit", {"record": "x"}),
        ("amend", {"reason": "x", "amount": "1"}),
        ("revoke", {"reason": "x"}),
    ):
        refused(lambda step=step, given=given: take(town, matter, step, given, who="chair"))
    assert accept(town).number == "（2023）飞虹人调字第3号"
    assert other.number == "（2023）飞虹人调字第2号"
    assert proof.verify().ok


def test_who_may_revoke(town: Town) -> None:
    matter = accept(town)
    take(town, matter, "sit", {"record": "x"})
    last = Entry.objects.get(matter=matter, turn=2)
    fresh = stored(matter)
    assert door.may_revoke(fresh, last, town.mediator) is None
    assert door.may_revoke(fresh, last, town.chair) is None
    assert door.may_revoke(fresh, last, town.head) is None
    assert door.may_revoke(fresh, last, town.clerk)
    assert door.may_revoke(fresh, last, town.auditor)
    last.at -= timedelta(days=2)
    assert door.may_revoke(fresh, last, town.mediator)
    assert door.may_revoke(fresh, last, town.chair) is None
