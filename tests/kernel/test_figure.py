"""Figures: the value, the rows behind it, and what they do at the edges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from hefa.kernel.act import Play, play_many, rehearse
from hefa.kernel.figure import (
    Change,
    Count,
    Figure,
    Latest,
    OnTime,
    Period,
    Share,
    Stock,
    Times,
    Total,
    by_office,
    figures,
    find_figure,
    rows_digest,
)
from hefa.kernel.matter import find_kind
from hefa.kernel.timing import Lapse
from tests.kernel.town import DAY, DISPUTE, Town, accept, settle, take

pytestmark = pytest.mark.django_db
YEAR, BEFORE = Period.year(2023), Period.year(2022)
MADE: dict[str, Any] = {"label": "试", "definition": "试", "unit": "件"}


def value(name: str, office: Any, period: Period = YEAR) -> Any:
    return find_figure(f"mediation.{name}").result(period, office).value


def bound(figure: Figure) -> Figure:
    object.__setattr__(figure, "kind", find_kind(DISPUTE))
    return figure


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Figures declared for one test, beside the real ones."""
    kind = find_kind(DISPUTE)

    def declare(*made: Figure) -> None:
        monkeypatch.setattr(kind, "figures", (*kind.figures, *map(bound, made)))

    return declare


def test_rows_are_as_many_as_the_figure_says(town: Town) -> None:
    for n in range(3):
        settle(town, accept(town), day=DAY + timedelta(days=n))
    accept(town, who="neighbour", office="qianhe")
    for figure in figures().values():
        result = figure.result(YEAR, town.street)
        rows = list(figure.rows(YEAR, town.street))
        assert len(rows) == result.rows
        assert rows_digest([row["seal"] for row in rows]) == result.digest
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        if isinstance(figure, Count) and not isinstance(figure, Total | Lapse):  # those say a sum, or days
            assert result.value in (len(rows), None)


def test_each_matter_once_and_each_time(town: Town) -> None:
    matter = accept(town)
    for _ in range(3):
        take(town, matter, "sit", {"record": "x"})
    times = find_figure("mediation.sittings")
    once = bound(Count(name="n", steps=("sit",), **MADE))
    assert (times.result(YEAR, town.street).value, once.result(YEAR, town.street).value) == (3, 1)
    assert isinstance(times, Times)
    assert once.rows(YEAR, town.street)[0]["id"] == times.rows(YEAR, town.street)[0]["id"]


def test_the_period_counts_both_its_ends(town: Town) -> None:
    for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)):
        accept(town, day=day)
    assert [value("accepted", town.street, Period.year(year)) for year in (2022, 2023, 2024)] == [1, 2, 1]
    assert Period(date(2024, 2, 1), date(2024, 2, 29)).before() == Period(date(2023, 2, 1), date(2023, 2, 28))


def test_zero_is_not_the_same_as_nothing_recorded(town: Town) -> None:
    assert value("accepted", town.street) is None
    assert find_figure("mediation.accepted").result(YEAR, town.street).text == ""
    accept(town, day=date(2022, 5, 1))
    assert value("accepted", town.street) == 0
    assert value("accepted", town.street, Period.year(2021)) is None
    assert value("accepted", town.qianhe) is None
    assert find_figure("mediation.accepted").result(YEAR, town.street).text == "0"
    assert value("community_share", town.street) is None


def test_an_office_with_all_below_it(town: Town) -> None:
    accept(town)
    accept(town, who="neighbour", office="qianhe")
    accept(town, who="street_mediator", office="street")
    offices = ("district", "street", "feihong", "qianhe", "elsewhere")
    assert [value("accepted", town.offices[name]) for name in offices] == [3, 3, 1, 1, None]
    accepted = find_figure("mediation.accepted")
    assert by_office(accepted, YEAR, town.street) == {"飞虹社区": 1, "钱河社区": 1, "中河街道": 1}


def test_an_escalation_is_not_counted_twice(town: Town) -> None:
    matter = accept(town)
    take(town, matter, "escalate", {"office": town.street.pk, "reason": "疑难"})
    settle(town, matter, who="street_mediator")
    assert (value("accepted", town.street), value("accepted", town.feihong)) == (1, 1)
    assert value("agreed", town.street) == 1
    assert value("completed_by_communities", town.street) == 0
    assert value("agreed", town.feihong) == 0


def test_what_was_taken_back_does_not_count(town: Town) -> None:
    matter = accept(town, amount="500")
    settle(town, matter)
    before = {name: find_figure(name).result(YEAR, town.street) for name in figures() if name.startswith("mediation.")}
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert (value("agreed", town.street), value("pending", town.street), value("amount", town.street)) == (0, 1, 0)
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert value("sittings", town.street) == 0
    take(town, matter, "revoke", {"reason": "x"}, who="chair")
    assert (value("accepted", town.street), value("pending", town.street)) == (0, 0)
    assert before["mediation.accepted"].value == 1


def test_stock_stands_at_the_end_of_the_period(town: Town) -> None:
    matter = accept(town, day=date(2022, 6, 1))
    take(town, matter, "terminate", {"ground": "hopeless"}, day=date(2023, 2, 1))
    take(town, matter, "amend", {"reason": "x", "amount": "1"}, who="chair", day=date(2023, 3, 1))
    ended = bound(Stock(name="n", states=("terminated",), **MADE))
    assert [value("pending", town.street, Period.year(year)) for year in (2021, 2022, 2023)] == [None, 1, 0]
    assert [ended.result(Period.year(year), town.street).value for year in (2022, 2023)] == [0, 1]


def test_total(town: Town) -> None:
    for amount in ("0.1", "0.2", "1.2万"):
        matter = accept(town, amount=amount)
        take(town, matter, "agree_orally", {"terms": "x"})
    take(town, accept(town), "agree_orally", {"terms": "x"})
    result = find_figure("mediation.amount").result(YEAR, town.street)
    assert (result.value, result.text, result.rows) == (Decimal("12000.30"), "12000.3", 4)


def test_shares_are_rounded_half_up(town: Town, extra: Any) -> None:
    extra(
        Count(name="top", steps=("accept",), having={"is_typical": True}, **MADE),
        Share(name="share", of="mediation.top", among="mediation.accepted", **MADE),
    )
    for n in range(16):
        accept(town, is_typical="是" if n < 1 else "否")
    share = find_figure("mediation.share").result(YEAR, town.street)
    assert (share.value, share.text) == (Decimal("6.25"), "6.25%")
    assert (share.numerator, share.denominator, share.rows) == (1, 16, 1)
    for _ in range(16):
        accept(town)
    assert find_figure("mediation.share").result(YEAR, town.street).value == Decimal("3.13")  # 3.125
    for _ in range(7):
        accept(town, is_typical="是")
    assert find_figure("mediation.share").result(YEAR, town.street).text == "20.51%"


def test_change_and_its_missing_base(town: Town) -> None:
    settle(town, accept(town))
    change = find_figure("mediation.community_change")
    assert isinstance(change, Change)
    assert (change.result(YEAR, town.street).value, change.result(YEAR, town.street).text) == (None, "")
    for _ in range(3):
        settle(town, accept(town, day=date(2022, 5, 1)), day=date(2022, 5, 2))
    fallen = change.result(YEAR, town.street)
    assert (fallen.value, fallen.text, fallen.numerator, fallen.denominator) == (Decimal("-66.67"), "-66.67%", 1, 3)
    for _ in range(2):
        settle(town, accept(town))
    assert change.result(YEAR, town.street).text == "0.00%"


def test_on_time_counts_against_the_clock(town: Town) -> None:
    on_time = find_figure("mediation.on_time")
    assert isinstance(on_time, OnTime)
    due = accept(town).due_on
    assert due is not None
    for day in (due, due + timedelta(days=1), due):
        take(town, accept(town), "terminate", {"ground": "hopeless"}, day=day)
    result = on_time.result(YEAR, town.street)
    assert (result.text, result.numerator, result.denominator, result.rows) == ("66.67%", 2, 3, 3)


def test_on_time_older_than_the_law(town: Town) -> None:
    old = date(2001, 5, 6)
    take(town, accept(town, day=old), "terminate", {"ground": "hopeless"}, day=old)
    result = find_figure("mediation.on_time").result(Period.year(2001), town.street)
    assert (result.value, result.denominator) == (None, None)


def test_latest(town: Town) -> None:
    newest = bound(Latest(name="n", states=("mediating",), field_name="amount", **MADE))
    assert newest.result(YEAR, town.street).value is None
    accept(town, amount="5")
    last = accept(town, amount="7")
    assert (newest.result(YEAR, town.street).value, newest.result(YEAR, town.street).rows) == (7, 1)
    take(town, last, "terminate", {"ground": "hopeless"})
    assert newest.result(YEAR, town.street).value == 5
    assert newest.result(BEFORE, town.street).value is None


def test_the_digest_tells_of_any_other_row(town: Town) -> None:
    accepted = find_figure("mediation.accepted")
    accept(town)
    first = accepted.result(YEAR, town.street).digest
    assert accepted.result(YEAR, town.street).digest == first
    accept(town)
    second = accepted.result(YEAR, town.street).digest
    assert len({first, second, rows_digest([])}) == 3
    assert rows_digest(["a", "b"]) == rows_digest(["b", "a"]) != rows_digest(["ab"])


def test_as_json_has_what_was_promised(town: Town) -> None:
    settle(town, accept(town))
    told = find_figure("mediation.community_share").result(YEAR, town.street).as_json()
    assert set(told) == {
        "name", "value", "text", "unit", "label", "definition", "numerator", "denominator", "period", "rows", "digest",
    }  # fmt: skip
    assert (told["value"], told["text"], told["period"]) == (100.0, "100.00%", "2023-01-01/2023-12-31")


def test_imports_count_on_their_true_days(town: Town) -> None:
    kind = find_kind(DISPUTE)
    from tests.kernel.town import answers

    plays = [rehearse(kind, Play(town.feihong, [("accept", date(2021, m, 1), answers())]), town.head) for m in (1, 6)]
    play_many(kind, plays)
    assert value("accepted", town.street, Period.year(2021)) == 2
    assert value("accepted", town.street, Period(date(2021, 2, 1), date(2021, 12, 31))) == 1


def test_a_name_that_is_none(town: Town) -> None:
    with pytest.raises(LookupError, match="没有名为"):
        find_figure("mediation.nothing")
