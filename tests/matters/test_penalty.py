"""What the stories of penalty cases cannot tell: the surcharge, sums in words, corrections, who sees what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa import press
from hefa.desk.speech import speak
from hefa.kernel import paper, proof
from hefa.kernel.act import act, open_matter
from hefa.kernel.answers import Refused
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, HeldPost, Office, Person
from hefa.matters.penalty import codes, letters
from hefa.matters.penalty.reckoning import Debt, in_capitals, late_days
from hefa.matters.penalty.to_decision import STEPS

from .conftest import OPERATOR, Town, fresh

DAY = date(2024, 4, 9)
RATE = Decimal(3)
DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
FINES = st.decimals(Decimal("0.01"), Decimal("999999"), places=2)
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 90)).map(lambda one: (one[0], one[0] + timedelta(one[1]))), max_size=4)

SPOT: dict[str, Any] = {
    "title": "人行道违法停车", "item": "某事项", "item_no": "1", "organ": "street", "party_type": "organisation",
    "parties": [{"side": "party", "name": "某公司"}], "happened_on": "2024-04-09", "place": "某路", "facts": "停车。",
    "violated": "某条", "grounds": "某条", "lead_officer": "林某", "lead_card": "1", "second_officer": "钱某",
    "second_card": "2", "shown": "是", "told": "是",
}  # fmt: skip


# --- the surcharge --------------------------------------------------------------------------------------------------


@given(FINES, DAYS, DAYS, SPANS)
def test_a_surcharge_is_never_above_the_fine_and_never_falls(
    fine: Decimal, pay_by: date, day: date, spans: Any
) -> None:
    debt = Debt(fine, pay_by)
    today, tomorrow = (debt.surcharge(at, RATE, spans) for at in (day, day + timedelta(1)))
    assert 0 <= today <= tomorrow <= fine
    if day <= pay_by:
        assert today == 0


@given(FINES, DAYS, st.integers(1, 60), st.fractions(0, 1), SPANS)
def test_paying_a_part_lowers_what_is_to_come_and_takes_nothing_back(
    fine: Decimal, pay_by: date, after: int, part: Any, spans: Any
) -> None:
    paid_on, later = pay_by + timedelta(after), pay_by + timedelta(after + 20)
    before = Debt(fine, pay_by)
    grown = before.surcharge(paid_on, RATE, spans)
    paid = (fine * part.numerator / part.denominator).quantize(Decimal("0.01"))
    since = Debt(fine, pay_by, paid, grown, paid_on)
    assert since.surcharge(paid_on, RATE, spans) == grown
    assert grown <= since.surcharge(later, RATE, spans) <= before.surcharge(later, RATE, spans) <= fine
    assert since.owed(later, RATE, spans) >= 0


@given(FINES, DAYS, DAYS, SPANS)
def test_days_in_review_never_make_it_dearer(fine: Decimal, pay_by: date, day: date, spans: Any) -> None:
    debt = Debt(fine, pay_by)
    assert debt.surcharge(day, RATE, spans) <= debt.surcharge(day, RATE)
    assert 0 <= late_days(pay_by, day, spans) <= max((day - pay_by).days, 0)


@given(DAYS, DAYS, SPANS)
def test_late_days_are_those_in_no_span(pay_by: date, day: date, spans: Any) -> None:
    each = [pay_by + timedelta(n) for n in range(1, (day - pay_by).days + 1)]
    assert late_days(pay_by, day, spans) == sum(not any(first <= one <= last for first, last in spans) for one in each)


def test_the_surcharge_stops_at_the_fine() -> None:
    debt = Debt(Decimal(1000), date(2024, 1, 15))
    assert debt.surcharge(date(2024, 1, 16), RATE) == 30
    assert debt.surcharge(date(2024, 2, 17), RATE) == 990
    assert debt.surcharge(date(2024, 2, 18), RATE) == debt.surcharge(date(2025, 2, 18), RATE) == 1000
    assert Debt(Decimal(1000), date(2024, 1, 15), is_waived=True).owed(date(2025, 1, 1), RATE) == 1000


# --- sums in words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sum_", "words"),
    [
        ("0", "零元整"), ("200", "贰佰元整"), ("3000", "叁仟元整"), ("1005", "壹仟零伍元整"), ("10000", "壹万元整"),
        ("10010", "壹万零壹拾元整"), ("100500", "壹拾万零伍佰元整"), ("48000.50", "肆万捌仟元伍角整"),
        ("10.05", "壹拾元零伍分"), ("0.30", "叁角整"), ("1000000000", "壹拾亿元整"), ("100000001", "壹亿零壹元整"),
        ("20300.04", "贰万零叁佰元零肆分"),
    ],
)  # fmt: skip
def test_sums_in_words(sum_: str, words: str) -> None:
    assert in_capitals(Decimal(sum_)) == words


@given(st.integers(1, 10**12 - 1))
def test_words_are_of_one_sum_only(yuan: int) -> None:
    assert _read(in_capitals(Decimal(yuan))) == yuan


def _read(words: str) -> int:
    total = group = digit = 0
    for sign in words.removesuffix("元整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            group, digit = group + digit * {"拾": 10, "佰": 100, "仟": 1000}[sign], 0
        else:
            whole = group + digit
            total, group, digit = (total + whole) * 10**8 if sign == "亿" else total + whole * 10**4, 0, 0
    return total + group + digit


# --- declarations ---------------------------------------------------------------------------------------------------


def test_every_ground_for_no_penalty_has_its_article() -> None:
    assert set(letters.SPARED_ON) == set(codes.SpareGround)


def test_the_kinds_of_penalty_are_those_of_article_nine() -> None:
    assert len(codes.WEIGHT) == len(codes.Sanction) == 11
    assert codes.WEIGHT["warning"] < codes.WEIGHT["fine"] < codes.WEIGHT["closure"]


def test_who_investigates_neither_reviews_nor_chairs_nor_decides() -> None:
    steps = {step.name: step for step in STEPS}
    for name in ("call_hearing", "hold_hearing", "review_legality", "decide", "decide_without_fine", "spare"):
        assert {"report", "investigate", "conclude"} <= set(steps[name].other_than), name
    assert "review_legality" in steps["decide"].other_than


# --- corrections ----------------------------------------------------------------------------------------------------


@pytest.fixture
def fined(town: Town) -> Matter:
    return open_matter(
        "penalty.case",
        actor=OPERATOR,
        office=town.street,
        day=DAY,
        answers={**SPOT, "fine": "1000"},
        step="fine_on_spot",
    )


def _correct(matter: Matter, **answers: Any) -> None:
    act(fresh(matter), "amend", actor=OPERATOR, day=DAY, answers={"reason": "登记错误", **answers})


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"fine": "500"}, "不能用更正改变处罚内容"),
        ({"detail": "另加没收"}, "不能用更正改变处罚内容"),
        ({"second_officer": "林某"}, "执法人员不得少于两人"),
        ({"second_card": "1"}, "一人一证"),
        ({"party_type": "natural"}, "对公民当场罚款不得超过 200元"),
        ({"happened_on": "2021-04-08"}, "不再给予行政处罚"),
    ],
)
def test_a_correction_breaks_nothing(fined: Matter, answers: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        _correct(fined, **answers)


def test_a_correction_of_a_slip_is_taken(fined: Matter) -> None:
    _correct(fined, second_officer="孙某", fine="1000.00")
    assert fresh(fined).case.second_officer == "孙某"  # type: ignore[attr-defined]


# --- sight ----------------------------------------------------------------------------------------------------------


def _actor(role: str, office: Office) -> Actor:
    person = Person.objects.create(username=role, name=role)
    return Actor(person.pk, role, (HeldPost(office.pk, office.path, office.name, role),))


def test_an_officer_sees_the_cases_of_his_own(town: Town, fined: Matter) -> None:
    officer, head = (_actor(role, town.street) for role in ("enforcer", "enforcement_head"))
    seen = Matter.objects.visible_to(officer)
    assert not seen.exists()
    Matter.objects.filter(pk=fined.pk).update(handler=officer.person_id)
    assert seen.get() == Matter.objects.visible_to(head).get() == fined
    for role in ("mediator", "window_clerk", "petition_officer", "grid_worker", "foi_officer"):
        assert not Matter.objects.visible_to(_actor(role, town.street)).exists(), role


def test_a_step_twice_is_refused(fined: Matter) -> None:
    act(fined, "register_spot", actor=OPERATOR, day=DAY, answers={})
    with pytest.raises(Refused, match="已经报过备案"):
        act(fresh(fined), "register_spot", actor=OPERATOR, day=DAY, answers={})


def test_a_fine_before_the_law_is_refused_in_a_sentence(town: Town) -> None:
    answers = {**SPOT, "happened_on": "2021-07-01", "fine": "1000"}
    day = date(2021, 7, 14)
    with pytest.raises(Refused, match="2021-07-14 没有施行中的规定") as told:
        open_matter("penalty.case", actor=OPERATOR, office=town.street, day=day, answers=answers, step="fine_on_spot")
    assert "none is in force on 2021-07-14" in speak(str(told.value), "en")


# --- payment --------------------------------------------------------------------------------------------------------


def _demanded(matter: Matter, day: date) -> str:
    entry = act(fresh(matter), "demand", actor=OPERATOR, day=day, answers={})
    return press.to_text(paper.issued(entry.envelope.open()))


def test_a_deferral_after_the_day_does_not_forgive_what_had_grown(fined: Matter) -> None:
    defer = {"pay_by": "2024-06-03", "reason": "经济困难"}
    act(fined, "defer", actor=OPERATOR, day=date(2024, 5, 4), answers=defer)  # ten days late
    assert "加处罚款：600.00元（计至2024年6月13日）" in _demanded(fined, date(2024, 6, 13))  # and ten more


def test_a_part_that_was_paid_bears_no_more_surcharge(fined: Matter) -> None:
    act(fined, "pay", actor=OPERATOR, day=date(2024, 5, 4), answers={"payment": "400"})
    text = _demanded(fined, date(2024, 5, 14))
    assert "未缴罚款：600.00元" in text
    assert "加处罚款：480.00元（计至2024年5月14日）" in text  # ten days of thirty, ten of eighteen
    with pytest.raises(Refused, match=r"还有 1080\.00 元没有缴清"):
        act(fresh(fined), "finish", actor=OPERATOR, day=date(2024, 5, 14), answers={})
    act(fresh(fined), "pay", actor=OPERATOR, day=date(2024, 5, 14), answers={"payment": "1080"})
    act(fresh(fined), "finish", actor=OPERATOR, day=date(2024, 5, 14), answers={})
    assert proof.verify().ok
