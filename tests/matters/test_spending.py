"""The three public expenses beyond their stories: the table rule as a property, what takes up a budget, old ledgers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.exchange.importing import draft
from hefa.kernel.act import Play, act, open_matter, play_many, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import Actor
from hefa.kernel.turn import Turn, blank
from hefa.matters.spending import rules
from hefa.matters.spending.models import Budget, Expense

from .conftest import DAY, OPERATOR, Town, fresh

CARS = {"category": "car_running"}


def budget(town: Town, cap: int = 1000, **told: Any) -> Matter:
    return town.open("spending.budget", town.street, **(CARS | {"year": 2023, "cap": cap, "basis": "样"} | told))


def asked(town: Town, planned: int, **told: Any) -> Matter:
    return town.open(
        "spending.expense", town.street, **(CARS | {"title": "用车", "happens_on": DAY, "planned": planned} | told)
    )


def take(matter: Matter, step: str, **answers: Any) -> Matter:
    act(matter, step, actor=OPERATOR, day=DAY, answers=answers)
    return fresh(matter)


def light(matter: Matter) -> tuple[str, str, str] | None:
    mark = Budget.marks([matter.pk]).get(matter.pk)
    return (mark.word, mark.count, mark.status) if mark else None


@given(guests=st.integers(1, 400), hosts=st.integers(0, 200))
def test_hosts_at_table(guests: int, hosts: int) -> None:
    """Up to three for up to ten guests; beyond, three guests for each host."""
    matter, case = blank(Expense, None, DAY)  # type: ignore[arg-type]
    step = Expense.flow.step("apply")
    turn = Turn(matter, case, step, {"category": "reception", "guests": guests, "hosts": hosts}, DAY, OPERATOR)
    allowed = hosts <= 3 if guests <= 10 else 3 * hosts <= guests
    fault = rules.hosts_are_few(turn)
    assert (fault is None) == allowed
    if fault:
        most = 3 if guests <= 10 else guests // 3
        assert f"陪餐最多 {most} 人" in fault


def test_approval_takes_up_the_budget_and_the_bill_sets_free_what_it_did_not_need(town: Town) -> None:
    held = budget(town)
    assert light(held) == ("在用", "0.0%", "open")
    one = asked(town, 900)
    assert light(held) == ("在用", "0.0%", "open")
    one = take(one, "approve", approved=900)
    assert light(held) == ("临近上限", "90.0%", "due_soon")
    two = asked(town, 200)
    with pytest.raises(Refused, match=r"还剩 100\.00元，不够 200\.00元"):
        take(two, "approve", approved=200)
    one = take(one, "claim", happened_on=DAY, actual=800, invoices=1)
    take(two, "approve", approved=200)
    assert light(held) == ("临近上限", "100.0%", "due_soon")
    take(fresh(two), "cancel", reason="不用了")
    assert light(held) == ("在用", "80.0%", "open")


def test_the_light_is_not_rounded_up(town: Town) -> None:
    held = budget(town, cap=100_000)
    take(asked(town, 89_999), "approve", approved=89_999)
    assert light(held) == ("在用", "89.9%", "open")


def test_a_reception_of_a_community_is_not_paid_by_the_street(town: Town) -> None:
    budget(town)
    with pytest.raises(Refused, match="“飞虹社区居委会”没有执行中的2023年公车运行费预算"):
        town.open("spending.expense", town.flying, **(CARS | {"title": "用车", "happens_on": DAY, "planned": 5}))


def test_an_old_ledger_over_its_cap_is_seen(town: Town) -> None:
    held = budget(town)
    kind = find_kind("spending.expense")
    told = CARS | {"title": "用车", "happens_on": DAY, "planned": 600}
    bill = {"happened_on": DAY, "actual": 600, "invoices": 1}
    steps = [("apply", DAY, told), ("approve", DAY, {"approved": 600}), ("claim", DAY, bill),
             ("book", DAY, {"voucher_no": "记-5-1"})]  # fmt: skip
    play_many(kind, [rehearse(kind, Play(town.street, steps), OPERATOR) for _ in range(2)])
    assert light(held) == ("超出预算", "120.0%", "overdue")
    year = Period.year(2023)
    figures = {name: find_figure(f"spending.{name}").result(year, town.street) for name in ("spent", "near_cap")}
    assert (figures["spent"].value, figures["near_cap"].value) == (1200, 1)
    assert find_figure("spending.share_of_cap").result(year, town.street).text == "120.00%"


def test_figures_are_the_sums_of_their_rows(town: Town) -> None:
    budget(town, 100_000)
    amounts = [120, 75, 990, 40]
    for n, amount in enumerate(amounts):
        one = take(
            take(asked(town, 1000), "approve", approved=1000), "claim", happened_on=DAY, actual=amount, invoices=1
        )
        if n < 3:
            take(one, "book", voucher_no=f"记-5-{n}")
    spent = find_figure("spending.spent").result(Period.year(2023), town.street)
    assert (spent.value, spent.rows) == (sum(amounts[:3]), 3)
    assert find_figure("spending.spent").result(Period.year(2024), town.street).value == 0
    assert find_figure("spending.approval_coverage").result(Period.year(2023), town.street).text == "100.00%"


def test_an_old_row_without_prior_approval_is_named(town: Town, tmp_path: Any) -> None:
    budget(town)
    sheet = tmp_path / "old.csv"
    sheet.write_text(
        "单位,事前申请日期,事由,费用类别,拟发生日期,申请数（元）,审批同意日期,批准数（元）,报销日期,实际发生日期,报销数（元）,票据张数\n"
        "中河街道,2023-05-08,用车,公车运行费,2023-05-09,100,2023-05-09,100,2023-05-10,2023-05-08,100,1\n"
        "中河街道,2023-05-08,用车,公车运行费,2023-05-09,100,2023-05-09,100,2023-05-10,2023-05-09,130,1\n",
        "utf-8",
    )
    drawn = draft(find_kind("spending.expense"), sheet, OPERATOR)
    told = [str(fault) for fault in drawn.faults]
    assert len(told) == 2
    assert "没有事前审批的支出不能报销" in told[0] and "请先“申请追加”" in told[1]


def test_nobody_sees_the_money_of_another_office(town: Town) -> None:
    """The one predicate: an accountant of a community sees nothing of the street's."""
    from hefa.kernel.people import Person, Post

    budget(town)
    person = Person.objects.create(username="kuaiji", name="会计甲")
    Post.objects.create(person=person, office=town.flying, role="accountant", from_on=date(2020, 1, 1))
    actor = Actor.of(person)
    assert not Matter.objects.visible_to(actor).exists()
    with pytest.raises(Refused, match="您现在的岗位不能办"):
        open_matter("spending.budget", actor=actor, office=town.street, day=DAY,
                    answers=CARS | {"year": 2024, "cap": 5, "basis": "样"})  # fmt: skip
