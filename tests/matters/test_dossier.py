"""Dossiers: every paper counted once, what a case does not call for left out of the base, filing with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.kernel.act import Play, act, play_many, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter, find_kind
from hefa.matters.mediation.dossier import PAPERS, Dossier, dossier_of, pages

from .conftest import DAY, OPERATOR, Town, fresh

PARTIES = [{"side": "applicant", "name": "王甲"}, {"side": "respondent", "name": "李乙"}]
AGREED = {"facts": "漏水", "terms": "赔 300 元", "perform_by": DAY + timedelta(days=9)}
YEAR = Period.year(2023)


def dispute(town: Town, *steps: tuple[str, dict[str, Any]], **told: Any) -> Matter:
    told = {"title": "漏水", "type": "01", "source": "application", "summary": "漏水", "parties": PARTIES} | told
    matter = town.open("mediation.dispute", town.flying, **told)
    for name, answers in steps:
        take(matter, name, **answers)
    return fresh(matter)


def take(matter: Matter, step: str, day: date = DAY, **answers: Any) -> Entry:
    return act(matter, step, actor=OPERATOR, day=day, answers=answers)


def written(town: Town, **told: Any) -> Matter:
    return dispute(town, ("sit", {"record": "x"}), ("agree", AGREED), **told)


def collate(matter: Matter, *papers: str, **told: Any) -> Dossier:
    take(matter, "collate", **{pages(paper): 1 for paper in papers}, **told)
    return dossier_of(fresh(matter))


def due(found: Dossier) -> list[str]:
    return [item.key for item in found.missing if item.points]


def test_papers_that_steps_issued_are_in_by_themselves(town: Town) -> None:
    found = dossier_of(written(town))
    assert {item.key for item in found.items if item.origin == "issued"} == {"intake", "record", "closing", "order"}
    assert (found.score, found.possible, found.earned) == (40, 100, 40)
    assert due(found) == ["cover", "index", "rights", "identity", "back", "signed"]


def test_the_order_is_the_printed_one_and_points_are_a_hundred(town: Town) -> None:
    found = dossier_of(written(town))
    assert [item.key for item in found.items] == [*(paper.key for paper in PAPERS), "signed", "order"]
    assert sum(item.points for item in found.items) == 100
    assert len({item.label for item in found.items}) == 17


@pytest.mark.parametrize("lacking", ["rights", "identity", "signed"])
def test_each_thing_that_is_missing_costs_ten(town: Town, lacking: str) -> None:
    matter = written(town)
    take(matter, "perform", performance="in_time")
    told = {"rights", "identity"} - {lacking}
    collate(matter, *told, **({"is_signed": "是"} if lacking != "signed" else {"is_signed": "否"}))
    take(matter, "file")
    found = dossier_of(fresh(matter))
    assert (found.score, due(found)) == (90, [lacking])


def test_what_is_said_later_goes_over_what_was_said_before(town: Town) -> None:
    matter = written(town)
    collate(matter, "rights", "identity", is_signed="是")
    assert due(collate(matter, pages_rights=0)) == ["cover", "rights"]
    found = collate(matter, pages_rights=3)
    assert next(item.pages for item in found.items if item.key == "rights") == 3
    assert due(found) == ["cover"]


def test_what_is_taken_back_counts_no_more(town: Town) -> None:
    matter = written(town)
    assert collate(matter, "rights").score == 70
    act(matter, "revoke", actor=OPERATOR, day=DAY, answers={"reason": "填错"})
    assert dossier_of(fresh(matter)).score == 40


def test_an_oral_agreement_needs_its_form_and_signatures(town: Town) -> None:
    matter = dispute(town, ("agree_orally", {"terms": "当场赔 50 元"}))
    found = dossier_of(matter)
    assert (found.possible, found.earned, found.score, due(found)) == (50, 40, 80, ["signed"])
    assert collate(matter, is_signed="是").score == 100
    take(matter, "perform", performance="at_once")
    take(matter, "file")


def test_a_termination_has_its_notice_in_place_of_the_agreement(town: Town) -> None:
    refused = dossier_of(dispute(town, ("terminate", {"ground": "refused"})))
    assert (refused.possible, "record" in due(refused)) == (90, False)
    closing = next(item for item in refused.items if item.key == "closing")
    assert (closing.label, closing.origin) == ("终止调解通知书", "issued")
    sat = dossier_of(dispute(town, ("sit", {"record": "x"}), ("terminate", {"ground": "hopeless"})))
    assert sat.possible == 100 and "closing" not in due(sat)


def test_a_letter_of_transfer_is_no_agreement(town: Town) -> None:
    police = town.street.__class__.objects.create(code="P", name="派出所", short="派出所", level="outside")
    matter = dispute(town, ("refer", {"partner": police.pk, "reason": "治安"}))
    assert next(item for item in dossier_of(matter).items if item.key == "closing").origin == "issued"
    take(matter, "take_back", reason="退回")
    take(matter, "withdraw", reason="和好")
    found = dossier_of(fresh(matter))
    closing = next(item for item in found.items if item.key == "closing")
    assert (closing.label, closing.origin) == ("撤回申请或者情况说明", "due")


def test_days_out_of_order_cost_and_are_named(town: Town) -> None:
    matter = written(town, happened_on=DAY - timedelta(days=3))
    assert dossier_of(matter).items[-1].is_in
    take(matter, "amend", day=DAY + timedelta(days=5), happened_on=DAY + timedelta(days=4), reason="笔误")
    order = dossier_of(fresh(matter)).items[-1]
    assert (order.origin, order.mend) == (
        "due", "受理日期 2023-05-09 早于发生日期 2023-05-13；登记错的，由有权更正的人更正"
    )  # fmt: skip


def test_papers_as_needed_are_asked_for_and_cost_nothing(town: Town) -> None:
    parties = [*PARTIES, {"side": "agent", "name": "赵丙"}]
    matter = written(town, parties=parties)
    take(matter, "perform", performance="in_time")
    found = dossier_of(fresh(matter))
    assert [item.key for item in found.missing if not item.points] == ["proxy", "proof"]


def test_filing_below_the_line_wants_a_reason_and_keeps_it(town: Town) -> None:
    matter = written(town)
    take(matter, "perform", performance="in_time")
    with pytest.raises(Refused, match="卷宗只有 50 分，不到 80 分"):
        take(matter, "file")
    entry = take(matter, "file", reason="当事人迁走，补不齐")
    assert entry.answers["reason"] == "当事人迁走，补不齐" and fresh(matter).state == "filed"
    assert dossier_of(fresh(matter)).score == 50  # a reason buys no points


def test_an_old_ledger_is_asked_nothing_and_has_only_what_was_said_of_it(town: Town) -> None:
    told = {"title": "旧案", "type": "01", "source": "application", "summary": "x", "parties": PARTIES}
    steps = [("accept", DAY, told), ("sit", DAY, {"record": "x"}), ("agree", DAY, AGREED),
             ("perform", DAY, {"performance": "in_time"}), ("file", DAY, {})]  # fmt: skip
    kind = find_kind("mediation.dispute")
    play_many(kind, [rehearse(kind, Play(town.flying, steps, source_key="k1"), OPERATOR)])
    found = dossier_of(Matter.objects.get(source_key="k1"))
    assert (found.score, [item.key for item in found.items if item.is_in]) == (10, ["order"])


def test_figures_are_their_rows_and_the_mean_is_of_them(town: Town) -> None:
    scores = []
    for told in (("rights", "identity"), ("rights",), ()):
        scores.append(collate(written(town), *told, is_signed="是" if told else "否").score)
    written(town)  # nobody put it together: no dossier yet
    assert scores == [90, 80, 60]

    def of(name: str) -> Any:
        result = find_figure(f"mediation.{name}").result(YEAR, town.street)
        assert find_figure(f"mediation.{name}").rows(YEAR, town.street).count() == result.rows
        return result

    assert (of("dossiers").value, of("dossier_score").text) == (3, "76.67")
    assert (of("dossiers_unsound").value, of("dossiers_poor").value) == (1, 0)
    assert find_figure("mediation.dossier_score").result(Period.year(2022), town.street).value is None


def test_scoring_asks_as_much_for_many_as_for_few(town: Town) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            find_figure("mediation.dossiers_unsound").result(YEAR, town.street)
        return len(captured)

    collate(written(town), "rights")
    few = asked()
    for _ in range(6):
        collate(written(town), "rights")
    assert asked() == few <= 6


def test_a_dispute_handled_here_from_the_first_day_lacks_only_what_people_bring(town: Town) -> None:
    matter = dispute(town, ("inform", {}), ("sit", {"record": "x"}), ("agree", AGREED))
    assert due(collate(matter, pages_intake=1)) == ["cover", "identity", "signed"]
