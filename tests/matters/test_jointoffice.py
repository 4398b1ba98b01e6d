"""The joint office: the clock runs out on the day that the department promised, and absences are counted by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hefa.kernel import days, proof
from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.matter import Matter

from .conftest import OPERATOR, Town, fresh

SAT = date(2023, 9, 12)


def take(matter: Matter, step: str, day: date, **answers: Any) -> Matter:
    act(fresh(matter), step, actor=OPERATOR, day=day, answers=answers)
    return fresh(matter)


def sit(town: Town, attended: str = "派出所、消防救援站", title: str = "通道", day: date = SAT) -> Matter:
    item = town.open("jointoffice.item", town.street, day, title=title, about="safety", content="占用", why="交叉",
                     asked="派出所、消防救援站、市场监管所")  # fmt: skip
    take(item, "schedule", day, sits_on=day.isoformat(), place="会议室")
    return take(item, "sit", day, attended=attended, conclusion="分头办")


def ask(town: Town, item: Matter, department: str = "police") -> Matter:
    return town.open("jointoffice.reply", town.street, SAT, arises_from=item.pk, department=department, task="核查")


def promise(reply: Matter, on: date, day: date = SAT) -> Matter:
    return take(reply, "promise", day, promised_on=on.isoformat(), person="某人")


def value(town: Town, name: str) -> Any:
    return find_figure(f"jointoffice.{name}").result(Period.year(2023), town.street).value


# Across the National Day holiday and its make-up days: whatever the calendar does, the promise is the promise.
PROMISES = [SAT + timedelta(days=n) for n in range(2, 61) if days.is_workday(SAT + timedelta(days=n))]


def test_the_clock_runs_out_on_the_promised_day(town: Town) -> None:
    item = sit(town)
    reply = ask(town, item)
    assert reply.due_on == date(2023, 9, 13)
    for on in PROMISES:  # each puts it off once more
        held = promise(reply, on)
        assert (held.due_on, held.due_name) == (on, "promised"), on
    assert proof.verify().ok


@pytest.mark.parametrize("on", [PROMISES[0], PROMISES[12], PROMISES[-1]])
def test_kept_on_the_day_is_in_time_and_a_day_later_is_not(town: Town, on: date) -> None:
    kept, late = ask(town, sit(town)), ask(town, sit(town, title="另一件"))
    for reply, day in ((kept, on), (late, on + timedelta(days=1))):
        promise(reply, on)
        take(reply, "answer", day, answer="已办", person="某人")
    assert value(town, "answered_on_time") == 50


def test_after_the_day_nobody_promises_his_way_out(town: Town) -> None:
    reply = promise(ask(town, sit(town)), date(2023, 9, 20))
    with pytest.raises(Refused, match="请先由集中办公室“催办”"):
        promise(reply, date(2023, 9, 28), date(2023, 9, 21))
    take(reply, "chase", date(2023, 9, 21), reason="过期")
    assert promise(reply, date(2023, 9, 28), date(2023, 9, 21)).due_on == date(2023, 9, 28)
    assert value(town, "chases") == 1


def test_who_stayed_away_is_counted_and_shown(town: Town) -> None:
    first = sit(town)
    assert first.case.absent == "市场监管所"  # type: ignore[attr-defined]
    sit(town, "派出所、市场监管所、消防救援站", "齐了")
    sit(town, "市场监管所、派出所", "又一件", SAT + timedelta(days=1))
    assert (value(town, "absences"), value(town, "sittings"), value(town, "items_sat")) == (2, 2, 3)
    rows = find_figure("jointoffice.absences").rows(Period.year(2023), town.street)
    assert [row["matter__title"] for row in rows] == ["通道", "又一件"]


def test_an_item_waits_for_everyone_who_was_asked(town: Town) -> None:
    item = sit(town)
    for department in ("police", "fire"):
        reply = ask(town, item, department)
        take(reply, "answer", SAT, answer="已办", person="某人")
        take(reply, "confirm", SAT)
    with pytest.raises(Refused, match="市场监管所还没有核实过的答复"):
        take(item, "settle", SAT, result="办结")
    last = ask(town, item, "market")
    take(last, "release", SAT, reason="无关")
    assert take(item, "settle", SAT, result="办结").state == "settled"


def test_a_correction_does_not_leave_the_clock_or_the_absences_behind(town: Town) -> None:
    item = sit(town)
    reply = promise(ask(town, item), date(2023, 9, 20))
    for matter, answers in ((reply, {"promised_on": "2023-12-29"}), (item, {"attended": "派出所"})):
        with pytest.raises(Refused, match="不在这里更正"):
            take(matter, "amend", SAT, reason="写错了", **answers)
    take(reply, "amend", SAT, reason="写错了", person="另一人")
    assert fresh(reply).due_on == date(2023, 9, 20)
