"""The bench on a record: leave, duty, conflict and nearness as the ledger has them, and response times."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.people import Person, Post
from hefa.matters.incident.rehearsal import rehearse
from hefa.matters.incident.table import Line
from hefa.matters.mediation.bench import Case, bench

from .conftest import DAY, OPERATOR, Town, fresh


def test_the_bench_asks_as_much_for_many_as_for_few(town: Town) -> None:
    counts = []
    parties = [{"side": "applicant", "name": "林甲", "address": ""}]
    for n in range(2):
        for k in range(6):
            one = town.mediator(f"秦{n}{k}", town.flying if k % 2 else town.lake)
            leave = {"away_from": "2023-06-01", "away_until": "2023-06-02"}
            act(one, "take_leave", actor=OPERATOR, day=DAY, answers=leave)
        town.open("mediation.dispute", town.flying, title="漏水", type="01", source="application", summary="漏水",
                  mediator=f"秦{n}0", parties=[{"side": "applicant", "name": "林甲"}, {"side": "respondent", "name": "方乙"}])  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            ranked = bench(Case(town.flying, DAY, "邻里纠纷", parties, {"applicant": "申请人"}))
        counts.append(len(asked))
    assert len(ranked) == 12
    assert counts[0] == counts[1] <= 8
    barred = {one.candidate.name: one.candidate.conflicts for one in ranked if one.candidate.conflicts}
    assert barred == {name: ("办过申请人的另一件纠纷",) for name in ("秦00", "秦10")}


def test_leave_amended_or_taken_back_is_no_leave(town: Town) -> None:
    one = town.mediator("秦某", town.flying)
    act(one, "take_leave", actor=OPERATOR, day=DAY, answers={"away_from": DAY, "away_until": DAY})
    assert bench(Case(town.flying, DAY))[0].candidate.absence
    act(fresh(one), "revoke", actor=OPERATOR, day=DAY, answers={"reason": "不请了"})
    assert bench(Case(town.flying, DAY))[0].candidate.absence is None


def test_a_correction_cannot_put_on_record_what_the_bench_cannot_read(town: Town) -> None:
    one = town.mediator("秦某", town.flying)
    for wrong in ({"duty_days": "逢集"}, {"specialities": "星际"}):
        with pytest.raises(Refused):
            act(one, "amend", actor=OPERATOR, day=DAY, answers=wrong | {"reason": "更正"})
    answers = {"duty_days": "周三", "specialities": "邻里", "reason": "更正"}
    act(one, "amend", actor=OPERATOR, day=DAY, answers=answers)
    found = bench(Case(town.flying, DAY, "邻里纠纷"))[0].candidate
    assert found.kinds == ("邻里纠纷",)
    assert found.absence == "2023年5月9日不值班，值班日是周三"


def test_who_left_is_not_on_the_bench_and_who_was_there_then_is(town: Town) -> None:
    one = town.mediator("秦某", town.flying)
    act(one, "leave", actor=OPERATOR, day=DAY, answers={"reason": "辞职"})
    assert bench(Case(town.flying, DAY)) == []
    assert [one.candidate.name for one in bench(Case(town.flying, date(2023, 5, 8)))] == ["秦某"]


def test_a_grid_stands_where_its_community_stands(town: Town) -> None:
    committee = town.open("mediation.committee", town.flying, date(2023, 1, 3), chair="戴某", members=5, women=2)
    act(committee, "locate", actor=OPERATOR, day=DAY, answers={"lon": "121.57", "lat": "29.85"})
    town.mediator("秦某", town.flying)
    found = bench(Case(town.grid, DAY))[0].candidate
    assert (found.here, found.metres) == ("本社区", 0)


def test_the_choice_and_the_proposal_are_both_on_record(town: Town) -> None:
    near, far = town.mediator("秦某", town.flying), town.mediator("毛某", town.lake)
    parties = [{"side": "applicant", "name": "林甲"}, {"side": "respondent", "name": "方乙"}]
    dispute = town.open("mediation.dispute", town.flying, title="漏水", type="01", source="application",
                        summary="漏水", parties=parties)  # fmt: skip
    with pytest.raises(Refused, match="推荐的是秦某，改派毛某要写明理由"):
        act(dispute, "assign", actor=OPERATOR, day=DAY, answers={"assignee": far.pk})
    entry = act(dispute, "assign", actor=OPERATOR, day=DAY, answers={"assignee": far.pk, "reason": "秦某手上有急事"})
    assert entry.answers["proposed"] == "秦某（飞虹社区居委会）"
    assert entry.answers["mediator"] == "毛某" and entry.answers["assignee"] == far.pk
    assert entry.answers["weighed"].startswith("sha256:")  # the reasons tell of the parties
    assert "秦某（飞虹社区居委会）：在岗" in entry.envelope.open()["answers"]["weighed"]
    assert near.pk != far.pk


def test_an_office_whose_people_are_away_is_not_sent_to_by_rule(town: Town) -> None:
    town.rule(town.flying, area=town.flying.pk)
    away = town.mediator("秦某", town.flying)
    town.mediator("毛某", town.lake)
    act(away, "take_leave", actor=OPERATOR, day=DAY, answers={"away_from": DAY, "away_until": DAY})
    with pytest.raises(
        Refused, match=r"飞虹社区居委会，但那里没有人在岗（秦某不能办：.*请假）。就近可派东湖社区居委会"
    ):
        act(town.incident(town.flying), "dispatch", actor=OPERATOR, day=DAY, answers={})
    # What is no dispute needs no mediator.
    matter = town.incident(town.flying, "facility")
    act(matter, "dispatch", actor=OPERATOR, day=DAY, answers={})
    assert fresh(matter).office_id == town.flying.pk


def test_a_target_without_people_is_told_of(town: Town) -> None:
    person = Person.objects.create(username="w", name="吴某")
    Post.objects.create(person=person, office=town.lake, role="community_mediator", from_on=date(2020, 1, 1))
    lines = [Line("甲", "", "", town.flying.pk), Line("乙", "", "wages", town.lake.pk)]
    assert rehearse(lines, [], DAY).faults == ["承办单位“飞虹社区居委会”没有一位在任的工作人员，派过去没有人签收"]


def test_response_time_counts_the_first_sitting_only(town: Town) -> None:
    parties = [{"side": "applicant", "name": "林甲"}, {"side": "respondent", "name": "方乙"}]
    for first, again in ((2, 9), (4, 5), (12, 20)):
        one = town.open("mediation.dispute", town.flying, date(2023, 5, 1), title="漏水", type="01",
                        source="application", summary="漏水", parties=parties)  # fmt: skip
        for day in (first, again):
            act(one, "sit", actor=OPERATOR, day=date(2023, 5, day), answers={"record": "到场"})
    result = find_figure("mediation.first_sitting").result(Period.year(2023), town.street)
    assert (result.value, result.rows, result.unit) == (3, 3, "天")
    mean = find_figure("mediation.first_sitting_mean").result(Period.year(2023), town.street)
    assert mean.text == "5"  # 1, 3 and 11 days
    late = Period(date(2023, 5, 9), date(2023, 12, 31))
    assert find_figure("mediation.first_sitting").result(late, town.street).value == 11
    rows = find_figure("mediation.first_sitting").rows(Period.year(2023), town.street)
    assert len(rows) == 3
