"""A matter older than the law that is loaded still has a page."""

from datetime import date

import pytest
from django.test import Client

from hefa.kernel.act import act, open_matter
from hefa.kernel.people import Actor, Level, Office, Person, Post


@pytest.fixture
def officer(db: None) -> Person:
    street = Office.objects.create(code="1", name="中河街道", short="中河", level=Level.STREET)
    person = Person.objects.create(username="p", name="人事")
    Post.objects.create(person=person, office=street, role="personnel_officer", from_on=date(2019, 1, 1))
    return person


@pytest.fixture
def client(officer: Person) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_an_officer_qualified_before_the_law_has_a_page(officer: Person, client: Client) -> None:
    actor = Actor.of(officer)
    answers = {"full_name": "甲某", "post": "非执法岗位", "employment": "编制内"}
    street = Office.objects.get()
    matter = open_matter("enforcement.officer", actor=actor, office=street, day=date(2020, 3, 2), answers=answers)
    act(matter, "register_exam", actor=actor, day=date(2020, 4, 1), answers={})
    act(matter, "pass_exam", actor=actor, day=date(2021, 7, 9), answers={"exam_on": "2021-07-01", "score": "88"})
    assert client.get(f"/matter/{matter.pk}/").status_code == 200
    assert client.get(f"/matter/{matter.pk}/why/").status_code == 200


def test_a_check_of_an_unknown_field_is_not_found(client: Client) -> None:
    assert client.post("/check/enforcement.officer/nothing/", {"value": "1"}).status_code == 404
