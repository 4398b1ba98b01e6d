"""A small town for the kernel's tests: offices, people with posts, and disputes in it. All invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hefa.kernel.act import act, open_matter
from hefa.kernel.answers import Refused
from hefa.kernel.ledger import Counter, Entry, Envelope
from hefa.kernel.matter import KINDS, Matter, Mention
from hefa.kernel.people import Actor, Level, Office, Person, Post

DAY = date(2023, 5, 6)
DISPUTE = "mediation.dispute"
PARTIES = (
    {"side": "applicant", "name": "赵甲乙", "id_no": "990000198001010012", "phone": "13800000001",
     "address": "飞虹路 1 号"},
    {"side": "respondent", "name": "钱丙丁", "phone": "0574-88880000"},
)  # fmt: skip
POSTS = {
    "mediator": ("feihong", "community_mediator"),
    "chair": ("feihong", "committee_head"),
    "neighbour": ("qianhe", "community_mediator"),
    "street_mediator": ("street", "mediator"),
    "clerk": ("street", "justice_clerk"),
    "head": ("street", "justice_head"),
    "auditor": ("street", "auditor"),
    "admin": ("street", "sysadmin"),
    "grid_worker": ("grid", "grid_worker"),
    "lawyer": ("firm", "counsel"),
    "stranger": ("elsewhere", "justice_head"),
}


@dataclass
class Town:
    """Offices by name, and one actor a post."""

    offices: dict[str, Office]
    actors: dict[str, Actor]

    def __getattr__(self, name: str) -> Any:
        for of in (self.__dict__["offices"], self.__dict__["actors"]):
            if name in of:
                return of[name]
        raise AttributeError(name)


def build() -> Town:
    """Write the town's offices, people and posts."""
    offices: dict[str, Office] = {}
    for name, label, level, parent in (
        ("district", "鄞州区", Level.DISTRICT, None),
        ("street", "中河街道", Level.STREET, "district"),
        ("feihong", "飞虹社区", Level.COMMUNITY, "street"),
        ("qianhe", "钱河社区", Level.COMMUNITY, "street"),
        ("grid", "飞虹第一网格", Level.GRID, "feihong"),
        ("elsewhere", "某某街道", Level.STREET, "district"),
        ("firm", "某某律师事务所", Level.OUTSIDE, None),
    ):
        offices[name] = Office.objects.create(
            code=f"T-{name}", name=label, short=label[:2], level=level, parent=offices.get(parent or "")
        )
    actors = {}
    for name, (office, role) in POSTS.items():
        person = Person.objects.create(username=name, name=f"试{name}")
        Post.objects.create(person=person, office=offices[office], role=role, from_on=date(2020, 1, 1))
        actors[name] = Actor.of(person)
    return Town(offices, actors)


def answers(**more: Any) -> dict[str, Any]:
    """What `accept` asks, with more or other answers; None leaves one out."""
    given = {
        "title": "楼上漏水损害赔偿纠纷", "type": "邻里纠纷", "source": "依申请",
        "summary": "楼上卫生间漏水浸泡楼下吊顶", "parties": [dict(party) for party in PARTIES],
    } | more  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def accept(town: Town, day: date = DAY, who: str = "mediator", office: str = "feihong", **more: Any) -> Matter:
    return open_matter(DISPUTE, actor=town.actors[who], office=town.offices[office], day=day, answers=answers(**more))


def take(
    town: Town, matter: Matter, step: str, given: Mapping[str, Any] = {}, day: date = DAY, who: str = "mediator"
) -> Entry:
    return act(matter, step, actor=town.actors[who], day=day, answers=given)


def settle(town: Town, matter: Matter, day: date = DAY, who: str = "mediator") -> Entry:
    """Sit once and agree in writing."""
    take(town, matter, "sit", {"record": "双方陈述了经过"}, day, who)
    agreed = {"facts": "漏水属实", "terms": "赔偿三千元", "perform_by": "2023-12-01", "amount": "3000"}
    return take(town, matter, "agree", agreed, day, who)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows that a step can touch, to compare before and after."""
    kinds = [kind for kind in KINDS.values() if kind._meta.app_label == "mediation"]
    models = (Counter, Matter, Mention, Entry, Envelope, *kinds)
    return {model._meta.db_table: list(model._default_manager.order_by("pk").values_list()) for model in models}


def refused(work: Callable[[], Any]) -> dict[str, str]:
    """The faults of a refusal, which must leave every row as it was."""
    before = everything()
    try:
        work()
    except Refused as refusal:
        assert everything() == before
        assert all(refusal.faults.values())
        return refusal.faults
    raise AssertionError("not refused")
