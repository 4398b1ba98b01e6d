"""The one door: what is refused writes nothing, what is taken is whole, and a correction is a step of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.kernel import proof
from hefa.kernel.act import Play, PlayRefused, act, open_matter, play_many, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.ledger import Counter, Entry
from hefa.kernel.matter import Matter, Mention, find_kind
from hefa.kernel.people import Actor
from tests.kernel import town as here
from tests.kernel.town import DAY, DISPUTE, Town, accept, answers, everything, refused, take

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)
MOST = 7  # statements of an opening or a step, besides BEGIN and COMMIT
AGREED = {"facts": "漏水属实", "terms": "赔偿三千元", "perform_by": "2023-12-01"}


# Opening


def test_opening_writes_matter_row_entry_and_envelope(town: Town) -> None:
    matter = accept(town, amount="1.2万")
    assert matter.number == "（2023）飞虹人调字第1号"
    stored = Matter.objects.get(pk=matter.pk)
    assert (stored.state, stored.turn, stored.opened_on, stored.closed_on) == ("mediating", 1, DAY, None)
    assert stored.handler_id == town.mediator.person_id
    assert stored.due_on and stored.due_name == "mediate"
    entry = stored.entries.get()
    assert (entry.step, entry.to, entry.day, entry.role, entry.via) == (
        "accept", "mediating", DAY, "community_mediator", "desk",
    )  # fmt: skip
    assert stored.trail == [["accept", DAY.isoformat(), town.mediator.person_id, entry.pk, None]]
    assert entry.answers["amount"] == "12000.00"
    assert entry.answers["number"] == matter.number
    assert entry.answers["summary"].startswith("sha256:")
    assert entry.envelope.open()["answers"]["summary"] == answers()["summary"]
    assert entry.paper and entry.paper["name"] == "intake"
    assert Mention.objects.filter(matter=stored).count() == 5  # two names, an identity number, two telephones


def test_numbers_are_counted_by_office_and_year(town: Town) -> None:
    numbers = [accept(town).number, accept(town).number, accept(town, day=date(2022, 1, 1)).number]
    numbers.append(accept(town, who="neighbour", office="qianhe").number)
    assert numbers == [
        "（2023）飞虹人调字第1号", "（2023）飞虹人调字第2号", "（2022）飞虹人调字第1号", "（2023）钱河人调字第1号",
    ]  # fmt: skip


OPENINGS: dict[str, tuple[dict[str, Any], str]] = {
    "role": ({"who": "admin"}, ""),
    "another office": ({"who": "neighbour"}, ""),
    "another street": ({"who": "stranger"}, ""),
    "future": ({"day": date.today() + timedelta(days=1)}, "day"),
    "missing": ({"title": None}, "title"),
    "blank": ({"summary": "  "}, "summary"),
    "unknown": ({"colour": "red"}, "colour"),
    "not asked": ({"terms": "x"}, "terms"),
    "no such choice": ({"type": "宇宙纠纷"}, "type"),
    "no date": ({"happened_on": "5月"}, "happened_on"),
    "no amount": ({"amount": "很多"}, "amount"),
    "too much": ({"amount": "9" * 40}, "amount"),
    "too long": ({"title": "长" * 201}, "title"),
    "control character": ({"title": "楼上\x00漏水"}, "title"),
    "half a character": ({"title": "楼上\ud800漏水"}, "title"),
    "no parties": ({"parties": []}, "parties"),
    "empty parties": ({"parties": [{"side": "applicant"}]}, "parties"),
    "nameless party": ({"parties": [{"side": "applicant", "phone": "13800000001"}]}, "parties"),
    "side": ({"parties": [{"side": "judge", "name": "孙"}]}, "parties"),
    "wrong id": ({"parties": [{"side": "applicant", "name": "孙", "id_no": "990000198001010013"}]}, "parties"),
    "wrong phone": ({"parties": [{"side": "applicant", "name": "孙", "phone": "123"}]}, "parties"),
    "parties as text": ({"parties": "张三"}, "parties"),
    "control character in a party": ({"parties": [{"side": "applicant", "name": "孙\x00"}]}, "parties"),
    "guard": ({"parties": [{"side": "applicant", "name": "孙"}]}, ""),
    "key of nothing": ({"handler": "某人"}, "handler"),
    "key beyond all keys": ({"handler": 10**30}, "handler"),
}


@pytest.mark.parametrize("case", OPENINGS)
def test_a_refused_opening_writes_nothing(town: Town, case: str) -> None:
    accept(town)
    given, field = OPENINGS[case]
    assert list(refused(lambda: accept(town, **given))) == [field]


@pytest.mark.parametrize("step", ["sit", "nothing"])
def test_only_an_opening_step_opens(town: Town, step: str) -> None:
    given = {"record": "x"}
    office, actor = town.feihong, town.mediator
    refused(lambda: open_matter(DISPUTE, actor=actor, office=office, day=DAY, answers=given, step=step))


def test_several_faults_are_told_at_once(town: Town) -> None:
    assert set(refused(lambda: accept(town, title=None, type="x", colour="red"))) == {"title", "type", "colour"}


def test_what_a_form_chose_and_is_gone(town: Town) -> None:
    matter = accept(town)
    refused(lambda: take(town, matter, "escalate", {"office": 987654, "reason": "疑难"}))


# Acting


def test_a_step_changes_row_trail_and_state(town: Town) -> None:
    matter = accept(town)
    entry = take(town, matter, "terminate", {"ground": "hopeless"}, day=NEXT)
    stored = Matter.objects.get(pk=matter.pk)
    assert (stored.state, stored.turn, stored.closed_on, stored.due_on) == ("terminated", 2, NEXT, None)
    assert stored.case.outcome == "terminated" and stored.case.ground == "hopeless"
    assert stored.trail[-1] == ["terminate", NEXT.isoformat(), town.mediator.person_id, entry.pk, None]
    assert (entry.turn, entry.to, entry.answers) == (2, "terminated", {"ground": "hopeless", "outcome": "terminated"})


STEPS: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "role": ("sit", {"record": "x"}, {"who": "auditor"}, ""),
    "invisible": ("sit", {"record": "x"}, {"who": "neighbour"}, ""),
    "no data at all": ("sit", {"record": "x"}, {"who": "admin"}, ""),
    "another street": ("sit", {"record": "x"}, {"who": "stranger"}, ""),
    "unknown step": ("fly", {}, {}, ""),
    "opening again": ("accept", {}, {"answers": True}, ""),
    "state": ("perform", {"performance": "in_time"}, {}, ""),
    "future": ("sit", {"record": "x"}, {"day": date.today() + timedelta(days=1)}, "day"),
    "before the last": ("sit", {"record": "x"}, {"day": DAY - timedelta(days=1)}, "day"),
    "missing": ("sit", {}, {}, "record"),
    "unknown answer": ("sit", {"record": "x", "title": "y"}, {}, "title"),
    "guard": ("agree", AGREED, {}, ""),
    "reason of an amendment": ("amend", {"amount": "5"}, {"who": "chair"}, "reason"),
    "who amends": ("amend", {"amount": "5", "reason": "x"}, {}, ""),
    "amending what is not kept": ("amend", {"record": "5", "reason": "x"}, {"who": "chair"}, "record"),
    "reason of a revocation": ("revoke", {"reason": " "}, {}, "reason"),
    "who revokes": ("revoke", {"reason": "x"}, {"who": "clerk"}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", STEPS)
def test_a_refused_step_writes_nothing(town: Town, case: str) -> None:
    step, given, how, field = STEPS[case]
    matter = accept(town)
    given = answers() if how.pop("answers", None) else given
    assert list(refused(lambda: take(town, matter, step, given, **how))) == [field]


def test_a_stale_form(town: Town) -> None:
    matter = accept(town)
    take(town, matter, "sit", {"record": "一"})
    refused(lambda: act(matter, "sit", actor=town.mediator, day=DAY, answers={"record": "二"}, seen=matter.turn))
    act(matter, "sit", actor=town.mediator, day=DAY, answers={"record": "二"}, seen=2)


def test_a_sealed_matter_is_closed_to_others(town: Town) -> None:
    matter = accept(town, sealed="是")
    refused(lambda: take(town, matter, "sit", {"record": "x"}, who="clerk"))
    take(town, matter, "sit", {"record": "x"}, who="chair")
    take(town, matter, "sit", {"record": "x"}, who="mediator")


def test_separation_of_duty(town: Town) -> None:
    kind = find_kind(DISPUTE)
    step = kind.flow.step("terminate")
    object.__setattr__(step, "other_than", ("sit",))
    try:
        matter = accept(town)
        take(town, matter, "sit", {"record": "x"})
        assert "岗位分离" in refused(lambda: take(town, matter, "terminate", {"ground": "hopeless"}))[""]
        take(town, matter, "terminate", {"ground": "hopeless"}, who="chair")
    finally:
        object.__setattr__(step, "other_than", ())


def test_a_post_acts_only_on_what_is_its_own(town: Town) -> None:
    """Seeing a matter through one post gives no right to act in another post that handles only its own."""
    kind = find_kind(DISPUTE)
    step = kind.flow.step("sit")
    own = Actor(town.auditor.person_id, "两岗", (*town.auditor.posts, *town.grid_worker.posts))
    matter = here.accept(town, who="clerk", office="grid")
    object.__setattr__(step, "by", (*step.by, "grid_worker"))
    try:
        refused(lambda: act(matter, "sit", actor=own, day=DAY, answers={"record": "x"}))
        take(town, matter, "amend", {"reason": "转办", "handler": own.person_id}, who="head")
        act(matter, "sit", actor=own, day=DAY, answers={"record": "x"})
    finally:
        object.__setattr__(step, "by", step.by[:-1])


# Imports


def test_a_play_is_written_whole_or_not_at_all(town: Town) -> None:
    kind = find_kind(DISPUTE)
    day = date(2022, 2, 1)
    steps = [("accept", day, answers()), ("sit", day, {"record": "x"}), ("agree", day, AGREED)]

    def plays(count: int) -> Any:
        for n in range(count):
            yield rehearse(kind, Play(town.feihong, steps, source_key=f"行{n}"), town.head)
        raise Refused("第四行坏了")

    before = everything()
    with pytest.raises(Refused):
        play_many(kind, plays(3))
    assert everything() == before
    seen: list[int] = []
    many = [rehearse(kind, Play(town.feihong, steps, source_key=f"行{n}"), town.head) for n in range(5)]
    assert play_many(kind, many, progress=seen.append) == 5
    assert seen == [5]
    assert Entry.objects.filter(via="import", day=day).count() == 15
    assert proof.verify().ok


@pytest.mark.parametrize(("rows", "counted"), [(399, 0), (400, 1)])
def test_after_a_large_ledger_the_database_counts_again(town: Town, rows: int, counted: int) -> None:
    kind = find_kind(DISPUTE)
    accepted = [("accept", DAY, answers())]
    many = [rehearse(kind, Play(town.feihong, accepted, source_key=f"行{n}"), town.head) for n in range(rows)]
    with CaptureQueriesContext(connection) as asked:
        play_many(kind, many)
    told = [one["sql"] for one in asked if one["sql"].startswith("ANALYZE")]
    assert len(told) == (counted if connection.vendor == "postgresql" else 0)
    assert all("kernel_entry" in one for one in told)


def test_a_source_row_twice_is_refused(town: Town) -> None:
    kind = find_kind(DISPUTE)

    def once() -> int:
        play = Play(town.feihong, [("accept", DAY, answers())], source_key="台账第 1 行")
        return play_many(kind, [rehearse(kind, play, town.head)])

    once()
    refused(once)


def test_old_numbers_are_kept_and_counted_on_from(town: Town) -> None:
    kind = find_kind(DISPUTE)
    moved = [("accept", DAY, answers()), ("escalate", DAY, {"office": town.street.pk, "reason": "疑难"})]
    for number, steps in (
        ("（2023）飞虹人调字第7号", moved[:1]),
        ("旧字第99号", moved[:1]),
        ("（2023）飞虹人调字第9号", moved),
    ):
        play_many(kind, [rehearse(kind, Play(town.feihong, steps, number=number), town.head)])
    assert accept(town).number == "（2023）飞虹人调字第10号"
    play_many(kind, [rehearse(kind, Play(town.feihong, moved), town.head)])
    assert Matter.objects.order_by("-pk")[0].number == "（2023）飞虹人调字第11号"
    assert accept(town, who="street_mediator", office="street").number == "（2023）中河人调字第1号"
    assert proof.verify().ok


@pytest.mark.parametrize("at", [0, 1])
def test_a_refused_play_names_its_step(town: Town, at: int) -> None:
    steps: list[tuple[str, date, Any]] = [("accept", DAY, answers()), ("sit", DAY, {"record": "x"})]
    steps[at] = ("fly", DAY, {})
    before = everything()
    with pytest.raises(PlayRefused) as caught:
        rehearse(find_kind(DISPUTE), Play(town.feihong, steps), town.head)
    assert caught.value.step == "fly"
    assert everything() == before


def test_who_may_import(town: Town) -> None:
    play = Play(town.feihong, [("accept", DAY, answers())])
    with pytest.raises(Refused):
        rehearse(find_kind(DISPUTE), play, town.admin)
    with pytest.raises(Refused):
        rehearse(find_kind(DISPUTE), play, town.stranger)


# Cost


def statements(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    ends = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(ends) for query in captured)


def test_statements_of_openings_and_steps(town: Town) -> None:
    accept(town)
    cost = {"accept": statements(lambda: accept(town))}
    matter = accept(town)

    def count(step: str, given: dict[str, Any], who: str = "mediator") -> None:
        cost[step] = statements(lambda: take(town, matter, step, given, who=who))

    count("escalate", {"office": town.street.pk, "reason": "疑难"})
    count("delegate", {"office": town.feihong.pk, "reason": "就地"}, "street_mediator")
    count("sit", {"record": "x", "mediator": "孙"})
    count("agree", AGREED)
    count("apply_confirmation", {"court": "某法院"})
    count("confirm", {})
    count("perform", {"performance": "in_time"})
    count("follow_up", {"situation": "良好", "satisfaction": "5"})
    count("file", {"reason": "材料补不齐"})
    cost["amended parties"] = statements(
        lambda: take(town, matter, "amend", {"reason": "x", "parties": here.PARTIES}, who="chair")
    )
    count("revoke", {"reason": "x"}, "chair")
    assert {step: n for step, n in cost.items() if n > MOST} == {}
    assert cost["accept"] == MOST


def test_a_refusal_asks_little(town: Town) -> None:
    matter = accept(town)
    assert statements(lambda: refused_quietly(lambda: take(town, matter, "sit"))) == 1
    assert statements(lambda: refused_quietly(lambda: accept(town, title=None))) == 0


def refused_quietly(work: Callable[[], Any]) -> None:
    with pytest.raises(Refused):
        work()


def test_the_head_is_signed_and_follows(town: Town) -> None:
    accept(town)
    head = Counter.objects.get(key="ledger")
    assert head.is_signed() and head.seal == Entry.objects.order_by("-id")[0].seal
    head.value += 1
    assert not head.is_signed()
