"""Whom to send: the order of candidates, the reasons told, and what bars somebody. No database."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.kernel.place import metres
from hefa.matters.mediation.attendance import read_duty
from hefa.matters.mediation.choosing import Candidate, conflicts, surname, weigh

KINDS = ("邻里纠纷", "物业纠纷", "劳动争议纠纷")
candidates = st.builds(
    Candidate,
    number=st.uuids().map(str),
    name=st.sampled_from(("秦某", "朱某", "毛某", "丁某")),
    office=st.sampled_from(("飞虹", "东湖")),
    here=st.sampled_from(("", "本社区")),
    metres=st.none() | st.integers(0, 5000),
    absence=st.none() | st.just("请假"),
    conflicts=st.sampled_from(((), ("与申请人同姓，可能是亲属",))),
    kinds=st.sets(st.sampled_from(KINDS)).map(lambda kinds: tuple(sorted(kinds))),
    load=st.integers(0, 5),
)


def one(name: str, **told: object) -> Candidate:
    return Candidate(number=name, name=name, office="飞虹", **told)  # type: ignore[arg-type]


@given(st.lists(candidates, max_size=12), st.sampled_from(("", *KINDS)))
def test_the_proposed_is_free_and_nobody_free_is_better(bench: list[Candidate], kind: str) -> None:
    ranked = weigh(bench, kind)
    assert sorted(one.candidate.number for one in ranked) == sorted(one.number for one in bench)
    chosen = [one.candidate for one in ranked if one.chosen]
    free = [one for one in bench if one.is_free]
    assert len(chosen) == (1 if free else 0)
    assert all(one.why for one in ranked)
    if not chosen:
        return
    best = chosen[0]
    assert best.is_free
    able = [one for one in free if one.knows(kind)] or free
    assert best in able
    near = [one for one in able if one.here] or able
    assert best in near
    known = [one for one in near if one.metres is not None] or near
    least = min((one.metres for one in known), key=lambda m: float("inf") if m is None else m)
    nearest = [one for one in known if one.metres == least]
    assert best.load == min(one.load for one in nearest)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_they_are_given_does_not_matter(order: tuple[int, ...]) -> None:
    bench = [one("甲某", load=2), one("乙某", load=1), one("丙某", load=1, absence="请假")]
    ranked = weigh([bench[n] for n in order])
    assert [one.candidate.name for one in ranked] == ["乙某", "甲某", "丙某"]
    assert [one.why for one in ranked][1:] == ["手上 2 件，比乙某多 1 件", "请假"]


def test_who_knows_the_kind_goes_before_who_is_nearer() -> None:
    ranked = weigh(
        [one("近某", here="本社区", kinds=("物业纠纷",)), one("专某", metres=900, kinds=("邻里纠纷",))], "邻里纠纷"
    )
    assert [one.candidate.name for one in ranked if one.chosen] == ["专某"]
    assert ranked[1].why == "擅长的是物业纠纷，不是邻里纠纷"


def test_when_nobody_knows_the_kind_somebody_goes_and_it_is_said() -> None:
    ranked = weigh([one("近某", here="本社区", kinds=("物业纠纷",))], "邻里纠纷")
    assert ranked[0].chosen and "没有擅长邻里纠纷的人在岗" in ranked[0].why


def test_nobody_there_proposes_nobody() -> None:
    ranked = weigh([one("甲某", absence="请假"), one("乙某", conflicts=("本人就是申请人",))])
    assert not any(one.chosen for one in ranked)
    assert weigh([]) == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("林甲", "林"),
        ("欧阳某某", "欧阳"),
        ("欧阳", "欧"),
        ("东湖物业公司", ""),
        ("王氏面馆店", ""),
        ("李", ""),
        ("方某某", "方"),
    ],
)
def test_surnames(name: str, wanted: str) -> None:
    assert surname(name) == wanted


def test_conflicts_name_the_side_and_not_the_person() -> None:
    parties = [("申请人", "林甲", "飞虹新村"), ("被申请人", "东湖物业公司", ""), ("第三人", "秦某", "")]
    said = conflicts("林丙", "东湖物业公司", parties, ["第三人"])
    assert said == ("与申请人同姓，可能是亲属", "与被申请人同单位", "办过第三人的另一件纠纷")
    assert conflicts("秦某", "", parties, []) == ("本人就是第三人",)
    assert conflicts("毛某", "", parties, []) == ()
    assert not any("林甲" in one for one in said)


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("周一、周三", {0, 2}),
        ("周一至周五", {0, 1, 2, 3, 4}),
        ("星期六，星期天", {5, 6}),
        ("周六至周一", {5, 6, 0}),
        ("每天", set(range(7))),
    ],
)
def test_duty_days(text: str, weekdays: set[int]) -> None:
    assert read_duty(text).weekdays == weekdays


@pytest.mark.parametrize("text", ["逢集", "周八", "1-5", "周一或者周二"])
def test_duty_days_that_say_nothing_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="看不出是哪几天"):
        read_duty(text)


def test_metres_over_the_ground() -> None:
    # One degree of a meridian on the mean sphere is 111 195 m; at 60° north one of a parallel is half of that.
    assert metres((121.5, 29.0), (121.5, 30.0)) == 111_195
    assert abs(metres((121.0, 60.0), (122.0, 60.0)) - 55_597) < 5
    assert metres((121.5, 29.8), (121.5, 29.8)) == 0
