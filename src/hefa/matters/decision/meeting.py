"""The meeting in which a leading team decides: who sits, who came, and minutes that nobody can change once locked."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.turn import Turn

from .sitting import is_quorate, names_of

DECISION = instrument("decision")

SECRETARIES = ("personnel_officer", "planner")
LEADERS = ("party_secretary", "director")


class Body(models.TextChoices):
    PARTY = "party", "党工委会议"
    OFFICE = "office", "主任办公会议"


def members_are_named(turn: Turn) -> str | None:
    """决策条例第三十条: decided together; so there are several, and the chair is one of them."""
    members = names_of(turn.answers["members"])
    if turn.answers["chair"] not in members:
        return f"主持人“{turn.answers['chair']}”不在应到人员里"
    return None if len(members) > 1 else "集体讨论至少要有两位应到人员"


def is_ahead(turn: Turn) -> str | None:
    held_on = turn.answers["held_on"]
    return f"开会日期 {held_on} 早于今天办理的日期 {turn.day}" if held_on < turn.day else None


def is_meeting_day(turn: Turn) -> str | None:
    held_on = turn.value("held_on")
    return None if turn.day == held_on else f"会议定在 {held_on}，不能在 {turn.day} 开；改了日期的请先“改期”"


def attendance_is_of_members(turn: Turn) -> str | None:
    strangers = [name for name in names_of(turn.answers["attending"]) if name not in names_of(turn.value("members"))]
    return f"{'、'.join(strangers)}不在应到人员里；列席的写在“列席人员”" if strangers else None


def chair_is_present(turn: Turn) -> str | None:
    chair = turn.value("chair")
    return None if chair in names_of(turn.answers["attending"]) else f"主持人“{chair}”没有到会，不能开会"


def has_quorum(turn: Turn) -> str | None:
    present, members = names_of(turn.answers["attending"]), names_of(turn.value("members"))
    if is_quorate(present, members):
        return None
    return f"应到 {len(members)} 人，实到 {len(present)} 人，没有达到规定的到会人数，不能开会"


def _unsettled(turn: Turn) -> list[str]:
    """Numbers of the items tabled for this meeting that have no result yet.

    An import lives a meeting through before it is written; its items come after it, from a ledger of their own.
    """
    if turn.matter.pk is None:
        return []
    tabled = Matter.objects.filter(decision_item__meeting=turn.matter.pk, state__in=("tabled", "voiced"))
    return list(tabled.order_by("id").values_list("number", flat=True))


def items_are_settled(turn: Turn) -> str | None:
    waiting = _unsettled(turn)
    return f"还有 {len(waiting)} 项议题没有结果：{'、'.join(waiting[:3])}" if waiting else None


def nothing_is_tabled(turn: Turn) -> str | None:
    waiting = _unsettled(turn)
    return f"还有 {len(waiting)} 项议题提交了这次会议，请先办“暂缓”：{'、'.join(waiting[:3])}" if waiting else None


def digest_of(minutes: str) -> str:
    """SHA-256 of the text of the minutes, in hex."""
    return hashlib.sha256(minutes.encode()).hexdigest()


def written(turn: Turn) -> dict[str, Any]:
    return {"minutes": turn.answers["text"]}


def locked(turn: Turn) -> dict[str, Any]:
    return {"minutes_hash": digest_of(turn.value("minutes"))}


class Meeting(Kind):
    """决策会议.

    The text of the minutes comes in as a note and reaches its column only by `draft_minutes`: no amendment can touch
    it, and from `lock` on no step does. `minutes_hash` shows a change made behind the door.
    """

    body = models.CharField("会议类型", max_length=8, choices=Body, blank=True)
    held_on = models.DateField("开会日期", null=True, blank=True)
    place = models.CharField("开会地点", max_length=80, blank=True)
    chair = models.CharField("主持人", max_length=20, blank=True)
    members = models.TextField("应到人员", blank=True, help_text="逐位写姓名，用顿号隔开，含主持人")
    attending = models.TextField("到会人员", blank=True, help_text="逐位写姓名，用顿号隔开，含主持人")
    absences = models.CharField("请假人员和事由", max_length=200, blank=True)
    observers = models.CharField("列席人员", max_length=200, blank=True)
    minutes = models.TextField("纪要", blank=True)
    minutes_hash = models.CharField("纪要校验值", max_length=64, blank=True)
    published_in = models.CharField("印发或者公布方式", max_length=80, blank=True)

    notes = {"text": models.TextField("纪要正文")}
    series = "{office}决策会〔{year}〕{n}号"
    lists = ("body", "held_on", "chair")

    flow = Flow(
        states={
            "convened": "已召集",
            "in_session": "已开会",
            "minuted": "纪要待签发",
            "locked": "纪要已锁定",
            "published": "已印发",
            "filed": "已归档",
            "cancelled": "已取消",
        },
        ends=("filed", "cancelled"),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="convene", label="召集会议", by=SECRETARIES, to="convened",
                asks=("title", "body", "held_on", "chair", "members"), offers=("place", "handler"),
                guards=(members_are_named, is_ahead), paper="notice",
                help="应到人员是有表决权的班子成员，逐位写明；到会和表决都以它为准。",
            ),
            Step(
                name="postpone", label="改期", by=SECRETARIES, at=("convened",), asks=("held_on", "reason"),
                guards=(is_ahead,),
            ),
            Step(
                name="open", label="开会", by=SECRETARIES, at=("convened",), to="in_session", basis=DECISION[30, 1],
                asks=("attending",), offers=("absences", "observers"),
                guards=(is_meeting_day, attendance_is_of_members, chair_is_present, has_quorum),
                help="点名后登记到会人员；人数不够的不能开会。",
            ),
            Step(
                name="draft_minutes", label="拟写纪要", by=SECRETARIES, at=("in_session", "minuted"), to="minuted",
                basis=DECISION[30, 3], asks=("text",), guards=(items_are_settled,), sets=written,
                help="每项议题都有结果以后拟写；签发之前可以重拟，每一稿都留在账上。不同意见如实载明。",
            ),
            Step(
                name="lock", label="签发并锁定纪要", by=LEADERS, at=("minuted",), to="locked", basis=DECISION[30, 3],
                other_than=("draft_minutes",), sets=locked, paper="minutes",
                help="锁定以后纪要不能再改，校验值印在纪要上。",
            ),
            Step(
                name="publish", label="印发", by=SECRETARIES, at=("locked",), to="published", basis=DECISION[32],
                asks=("published_in",),
            ),
            Step(
                name="file", label="归档", by=(*SECRETARIES, "archivist"), at=("locked", "published"), to="filed",
                basis=DECISION[33],
            ),
            Step(
                name="cancel", label="取消会议", by=SECRETARIES, at=("convened",), to="cancelled", asks=("reason",),
                guards=(nothing_is_tabled,),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="meetings", label="集体决策会议", unit="次", steps=("open",),
            definition="本期内召开的党工委会议和主任办公会议；取消的不计",
        ),
        Count(
            name="party_meetings", label="党工委会议", unit="次", steps=("open",), having={"body": Body.PARTY},
            definition="本期内召开的党工委会议",
        ),
        Stock(
            name="unlocked_minutes", label="纪要没有锁定的会议", unit="次", states=("in_session", "minuted"),
            definition="期末已经开过、纪要还没有签发锁定的会议",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "决策会议"

    @property
    def is_untouched(self) -> bool:
        """Whether the minutes are still what was locked."""
        return digest_of(self.minutes) == self.minutes_hash

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        present = names_of(turn.value("attending"))
        facts: dict[str, Any] = {
            "members": "、".join(names_of(turn.value("members"))),
            "attending": "、".join(present),
            "absences": turn.value("absences") or "无",
        }
        if turn.step.paper == "minutes":
            facts["lines"] = turn.value("minutes").splitlines()
        return facts
