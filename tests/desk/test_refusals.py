"""Every refusal that the stories tell of, met in the desk: the form comes back and says why, nothing is written."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hefa.kernel.ledger import Entry
from hefa.kernel.matter import PARTIES, Matter, find_kind
from hefa.kernel.people import Person
from tests.test_stories import STORIES, Stage

PARTY_KEYS = ("side", "name", "id_no", "phone", "address")
TALES = [
    pytest.param(story, id=f"{folder}-{story['name']}")
    for folder, told in STORIES.items()
    for story in told
    if any("refused" in step for step in story["steps"])
]
# What the desk says before the door is asked: it offers no office and no matter that the reader may not use.
_DESK_SAYS = ("您不能在所选的单位登记", "或者您无权查看")
_NOT_ON_THE_FORM = "这一步不填写"  # a browser posts what the form has
_TAGS = re.compile(r"<[^>]+>")


def _typed(stage: Stage, step: dict[str, Any], opens: bool) -> dict[str, Any]:
    """The answers of a step as a browser would post them."""
    kind = find_kind(step.get("kind", stage.story["kind"])) if opens else stage.matters[_at(stage, step)].declared
    typed: dict[str, Any] = {"day": step["day"]}
    for name, value in stage.answers(kind, step).items():
        if name == PARTIES:
            for key in PARTY_KEYS:
                typed[f"party.{key}"] = [person.get(key, "") for person in value]
        elif str(step["answers"][name]).startswith("@"):
            typed[name] = Matter.objects.get(pk=value).number
        elif value is not None:
            typed[name] = "是" if value is True else "否" if value is False else str(value)
    return typed


def _at(stage: Stage, step: dict[str, Any]) -> int:
    return step.get("matter", len(stage.matters)) - 1


def _address(stage: Stage, step: dict[str, Any], opens: bool) -> str:
    if opens:
        return f"{reverse('desk:intake', args=[step.get('kind', stage.story['kind'])])}?step={step['step']}"
    return reverse("desk:step", args=[stage.matters[_at(stage, step)].pk, step["step"]])


def _posted(stage: Stage, step: dict[str, Any]) -> Any:
    opens = stage.opens(step)
    person_id = stage.actor(step).person_id
    assert person_id is not None
    client = Client()
    client.force_login(Person.objects.get(pk=person_id), backend="django.contrib.auth.backends.ModelBackend")
    typed = _typed(stage, step, opens)
    if opens:
        typed["at_office"] = stage.office(step.get("office", stage.story["office"])).pk
    return client.post(_address(stage, step, opens), typed)


@pytest.mark.django_db
@pytest.mark.parametrize("story", TALES)
def test_a_refused_step_comes_back_with_its_sentence(story: dict[str, Any]) -> None:
    stage = Stage(story)
    for number, step in enumerate(story["steps"], 1):
        where = f"第 {number} 步 {step['step']}（{step['day']}）"
        if "refused" not in step:
            stage.play(step, opens=stage.opens(step))
            continue
        stage.actor(step)
        before = Entry.objects.count()
        cache.clear()
        if step["as"] == "operator" or step["refused"].startswith(_NOT_ON_THE_FORM):
            continue
        opens = stage.opens(step)
        response = _posted(stage, step)
        page = html.unescape(_TAGS.sub("", response.content.decode()))
        assert Entry.objects.count() == before, f"{where}：写下了东西"
        if response.status_code == 404:
            continue
        assert response.status_code == 422, f"{where}：{response.status_code}"
        names_another = any(str(value).startswith("@") for value in step.get("answers", {}).values())
        said = (step["refused"], *(_DESK_SAYS if opens or names_another else ()))
        assert any(sentence in page for sentence in said), f"{where}：没有说“{step['refused']}”"
