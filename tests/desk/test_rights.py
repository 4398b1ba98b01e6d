"""Every role, every kind, every page: what one may not see is not there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hefa.desk import sight
from hefa.kernel.matter import KINDS, Matter
from hefa.kernel.people import ROLES
from tests.conftest import DATABASE

from .conftest import WORKING_ROLES, Desk

# The pages are the same on either database and the predicate of sight differs by scope: there one role a scope.
ONE_A_SCOPE = list({ROLES[role].scope: role for role in WORKING_ROLES}.values())
SEEING_ROLES = WORKING_ROLES if DATABASE == "sqlite" else ONE_A_SCOPE


@pytest.mark.parametrize("role", SEEING_ROLES)
def test_pages_of_a_matter_are_there_exactly_for_those_who_see_it(
    desk: Desk, one_of_each: dict[str, list[Matter]], role: str
) -> None:
    client = desk.client(role)
    seen = set(Matter.objects.visible_to(desk.actor(role)).values_list("pk", flat=True))
    for nth, (label, matters) in enumerate(one_of_each.items(), start=WORKING_ROLES.index(role)):
        steps = [step.name for step in KINDS[label].flow.steps if not step.opens]
        for place, matter in enumerate(matters):
            pages = [
                reverse("desk:matter", args=[matter.pk]),
                reverse("desk:why", args=[matter.pk]),
                *(reverse("desk:step", args=[matter.pk, name]) for name in ("amend", *steps[:1], "revoke")),
            ]
            wanted = 200 if matter.pk in seen else 404
            # Over the kinds and the roles every page gets its turn; what is seen takes time to draw.
            at_turn = pages[(nth + place) % len(pages)]
            for page in {at_turn} if wanted == 200 else {pages[0], at_turn}:
                assert client.get(page).status_code == wanted, (role, page)
            if wanted == 404 and nth % len(pages) == 0:
                revealing = client.post(reverse("desk:reveal", args=[matter.pk]), {"purpose": "核对身份"})
                assert revealing.status_code == 404


@pytest.mark.parametrize("role", SEEING_ROLES)
def test_lists_show_what_is_seen_and_no_more(desk: Desk, one_of_each: dict[str, list[Matter]], role: str) -> None:
    client, actor = desk.client(role), desk.actor(role)
    kinds = set(sight.seen_kinds(actor))
    for nth, (label, matters) in enumerate(one_of_each.items()):
        response = client.get(reverse("desk:list", args=[label]))
        assert response.status_code == (200 if KINDS[label] in kinds else 404), (role, label)
        page = response.content.decode()
        seen = set(Matter.objects.visible_to(actor).filter(kind=label).values_list("pk", flat=True))
        for matter in matters:
            assert (f'href="/matter/{matter.pk}/"' in page) == (matter.pk in seen), (role, matter.number)
        if nth % 6 == 0 or response.status_code == 404:
            assert client.get(reverse("desk:export", args=[label])).status_code == response.status_code


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_intake_is_offered_to_those_who_may_open(desk: Desk, role: str) -> None:
    client, actor = desk.client(role), desk.actor(role)
    for label, kind in KINDS.items():
        may = any(role in step.by for step in kind.flow.opening) and label not in sight.MADE_ELSEWHERE
        may = may and kind in sight.seen_kinds(actor) and ROLES[role].scope != "none"
        assert client.get(reverse("desk:intake", args=[label])).status_code == (200 if may else 404), (role, label)


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_pages_of_oversight_are_for_their_roles_alone(desk: Desk, role: str) -> None:
    client = desk.client(role)
    for name, roles in (("ledger", sight.SEES_LEDGER), ("people", sight.SEES_PEOPLE), ("health", sight.SEES_HEALTH)):
        wanted = 200 if role in roles else 404
        assert client.get(reverse(f"desk:{name}")).status_code == wanted, (role, name)
    verifying = client.post(reverse("desk:verify"))
    assert verifying.status_code == (302 if role in sight.SEES_LEDGER else 404)


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_home_stands_for_everyone(desk: Desk, one_of_each: dict[str, list[Matter]], role: str) -> None:
    response = desk.client(role).get("/")
    assert response.status_code == (302 if ROLES[role].scope == "none" else 200)


def test_a_community_sees_nothing_of_its_neighbour(desk: Desk) -> None:
    theirs = desk.dispute("mediator", desk.rainbow, title="彩虹的纠纷")
    client = desk.client("community_mediator")
    assert client.get(reverse("desk:matter", args=[theirs.pk])).status_code == 404
    for page in ("/", reverse("desk:list", args=["mediation.dispute"]), "/find/?q=彩虹的", "/suggest/?q=彩虹的"):
        assert "彩虹的纠纷" not in client.get(page).content.decode(), page


def test_a_sealed_case_shows_neither_title_nor_name_to_who_may_not_open_it(desk: Desk) -> None:
    sealed = desk.dispute("committee_head", title="不公开的家事纠纷", sealed="是")
    page = desk.client("community_mediator").get("/find/?q=褚小满").content.decode()
    assert "不公开的家事纠纷" not in page
    assert desk.client("community_mediator").get(reverse("desk:matter", args=[sealed.pk])).status_code == 404
    assert desk.client("committee_head").get(reverse("desk:matter", args=[sealed.pk])).status_code == 200


def test_a_paper_is_kept_from_who_may_not_see_its_matter(desk: Desk) -> None:
    matter = desk.agreed()
    entry = matter.entries.get(step="agree")
    for shape in ("html", "pdf", "docx"):
        page = reverse("desk:paper", args=[entry.pk, shape])
        assert desk.client("foi_officer").get(page).status_code == 404
    assert desk.client("community_mediator").get(reverse("desk:paper", args=[entry.pk, "exe"])).status_code == 404


def test_who_has_no_post_is_told_so(desk: Desk) -> None:
    desk.people["mediator"].posts.all().delete()
    page = desk.client("mediator").get("/").content.decode()
    assert "没有岗位" in page
