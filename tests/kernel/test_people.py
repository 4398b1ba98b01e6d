"""Who sees what: the one predicate against a naive reading of the roles, and acting never beyond seeing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.matter import KINDS, Matter, find_kind
from hefa.kernel.people import ADMIN_ROLES, ROLES, Actor, HeldPost, Office, Person, Post, kinds_of_role
from hefa.kernel.turn import Turn, foreseen, refusal
from tests.kernel.town import DAY, DISPUTE, Town, accept

pytestmark = pytest.mark.django_db
OFFICES = ("district", "street", "feihong", "qianhe", "grid", "elsewhere", "firm")
quiet = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def matters(ground: Town) -> list[Matter]:
    """Bare headers of every kind in every office, open and sealed, some handled and some handed to the firm."""
    made = []
    handlers = [None, ground.mediator.person_id, ground.grid_worker.person_id]
    for n, (kind, office, sealed) in enumerate(product(list(KINDS), OFFICES, (False, True))):
        made.append(
            Matter(
                kind=kind, number=f"试{n}", title="试", office=ground.offices[office], state="x", opened_on=DAY,
                sealed=sealed, handler_id=handlers[n % 3], partner=ground.firm if n % 5 == 0 else None,
            )
        )  # fmt: skip
    return Matter.objects.bulk_create(made)


def sees(actor: Actor, matter: Matter) -> bool:
    """What the roles say, read post by post and matter by matter."""
    for post in actor.posts:
        role = ROLES[post.role]
        mine = matter.handler_id is not None and matter.handler_id == actor.person_id
        within = {
            "subtree": matter.office.path.startswith(post.office_path),
            "office": matter.office_id == post.office_id or mine,
            "own": mine,
            "entrusted": matter.partner_id == post.office_id,
            "none": False,
        }[role.scope]
        of_kind = role.all_kinds or matter.kind in kinds_of_role(post.role)
        if within and of_kind and (not matter.sealed or role.opens_sealed or mine):
            return True
    return False


def holding(town: Town, posts: list[tuple[str, str]], person_id: int | None) -> Actor:
    return Actor(
        person_id, "试",
        tuple(HeldPost(town.offices[o].pk, town.offices[o].path, o, role) for role, o in posts),
    )  # fmt: skip


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_every_role_in_every_office(matters: list[Matter], town: Town, role: str) -> None:
    for office in OFFICES:
        for person in (town.mediator.person_id, town.grid_worker.person_id, town.lawyer.person_id):
            actor = holding(town, [(role, office)], person)
            expected = {matter.pk for matter in matters if sees(actor, matter)}
            assert set(Matter.objects.visible_to(actor).values_list("pk", flat=True)) == expected


@quiet
@given(
    posts=st.lists(st.tuples(st.sampled_from(sorted(set(ROLES) - {"operator"})), st.sampled_from(OFFICES)), max_size=4),
    who=st.sampled_from(["mediator", "grid_worker", "lawyer"]),
)
def test_several_posts_see_what_each_sees(
    matters: list[Matter], town: Town, posts: list[tuple[str, str]], who: str
) -> None:
    actor = holding(town, posts, town.actors[who].person_id)
    expected = {matter.pk for matter in matters if sees(actor, matter)}
    assert set(Matter.objects.visible_to(actor).values_list("pk", flat=True)) == expected


def test_the_operator_sees_all_and_an_actor_without_posts_nothing(matters: list[Matter], town: Town) -> None:
    assert Matter.objects.visible_to(Actor.operator()).count() == Matter.objects.count() >= len(matters)
    assert not Matter.objects.visible_to(Actor(town.mediator.person_id, "无岗", ())).exists()
    assert not Matter.objects.visible_to(Actor(None, "无人", ())).exists()


def test_administrators_see_no_business_data(matters: list[Matter], town: Town) -> None:
    for role in ADMIN_ROLES:
        assert not Matter.objects.visible_to(holding(town, [(role, "district")], town.mediator.person_id)).exists()


@quiet
@given(
    posts=st.lists(
        st.tuples(
            st.sampled_from(["community_mediator", "committee_head", "justice_clerk", "justice_head", "mediator",
                             "counsel", "grid_worker", "auditor", "sysadmin", "archivist"]),
            st.sampled_from(OFFICES),
        ), max_size=3,
    ),
    who=st.sampled_from(["mediator", "chair", "lawyer"]),
    sealed=st.booleans(),
    own=st.booleans(),
    step=st.sampled_from(["sit", "terminate", "amend", "escalate", "file"]),
)  # fmt: skip
def test_nobody_acts_on_what_they_cannot_see(
    town: Town, posts: list[tuple[str, str]], who: str, sealed: bool, own: bool, step: str
) -> None:
    actor = holding(town, posts, town.actors[who].person_id)
    given_: dict[str, Any] = {
        "sit": {"record": "x"}, "terminate": {"ground": "hopeless"}, "amend": {"reason": "x", "amount": "1"},
        "escalate": {"reason": "x", "office": town.street.pk}, "file": {"reason": "x"},
    }[step]  # fmt: skip
    with transaction.atomic():
        matter = accept(town, sealed="是" if sealed else "否", handler=actor.person_id if own else town.head.person_id)
        visible = Matter.objects.visible_to(actor).filter(pk=matter.pk).exists()
        assert visible == sees(actor, Matter.objects.get(pk=matter.pk))
        try:
            act(matter, step, actor=actor, day=DAY, answers=given_)
            acted = True
        except Refused:
            acted = False
        assert visible or not acted
        declared = find_kind(DISPUTE).flow
        by = declared.corrected_by if step == "amend" else declared.step(step).by
        if acted:
            assert actor.role_for(by, town.feihong.path)
        transaction.set_rollback(True)


def test_a_greyed_step_is_one_that_would_be_refused(town: Town) -> None:
    matter = accept(town)
    for name, actor in town.actors.items():
        for step in matter.flow.steps:
            told = refusal(Matter.objects.get(pk=matter.pk), step, actor)
            assert told is None or any("一" <= sign <= "鿿" for sign in told), name
            if told is not None:
                with pytest.raises(Refused):
                    act(matter, step.name, actor=actor, day=DAY, answers={})


def test_what_looks_back_only_is_known_before_the_form(town: Town) -> None:
    matter = accept(town)
    asked: list[str] = []

    def looks_back(turn: Turn) -> str | None:
        asked.append(turn.matter.number)
        return None if turn.past("nothing") else "没有先办“无”"

    def needs_an_answer(turn: Turn) -> str | None:
        return f"不能是 {turn.answers['reason']}"

    def needs_the_day(turn: Turn) -> str | None:
        return f"{turn.day} 不行"

    def needs_what_is_gone(turn: Turn) -> str | None:
        raise Matter.DoesNotExist

    step = matter.flow.step("terminate")
    for guards, told in (
        ((needs_an_answer,), None),
        ((needs_the_day,), None),
        ((needs_what_is_gone,), None),
        ((looks_back, needs_an_answer), "没有先办“无”"),
        ((needs_an_answer, looks_back), None),  # which may rest on what the answer was held against
        ((), None),
    ):
        assert foreseen(matter, replace(step, guards=guards), town.mediator) == told
    assert len(asked) == 1


def test_posts_hold_for_their_time(town: Town) -> None:
    person = Person.objects.create(username="temp", name="临时")
    today = date.today()
    for role, start, end in (
        ("mediator", today, None),
        ("auditor", today - timedelta(days=9), today),
        ("archivist", today - timedelta(days=9), today - timedelta(days=1)),
        ("director", today + timedelta(days=1), None),
    ):
        Post.objects.create(person=person, office=town.street, role=role, from_on=start, until_on=end)
    assert Actor.of(person).roles == {"mediator", "auditor"}
    assert Actor.of(person, today - timedelta(days=5)).roles == {"auditor", "archivist"}
    person.is_active = False
    assert Actor.of(person).posts == ()


def test_the_path_of_an_office_is_its_chain(town: Town) -> None:
    for office in Office.objects.all():
        above = office.parent.path if office.parent else ""
        assert office.path == f"{above}{office.pk:06d}."
    assert town.grid.path.startswith(town.feihong.path) and not town.qianhe.path.startswith(town.feihong.path)
