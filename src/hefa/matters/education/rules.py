"""What a step of legal education depends on: the day, the seats left, consent for minors, three different readers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MinValueValidator

from hefa.kernel.law import instrument
from hefa.kernel.matter import Matter
from hefa.kernel.people import Person
from hefa.kernel.turn import Turn, trail

from .codes import Line

if TYPE_CHECKING:
    from .models import Activity, LawLiteratePerson
    from .video import Video

PRIVACY = instrument("privacy")

CAMPAIGN = "education.campaign"
AT_LEAST_ONE = [MinValueValidator(1, "人数至少为 1")]
SOME_HOURS = [MinValueValidator(Decimal("0.1"), "时长应大于 0")]
REVIEWS = {"first_review": "初审", "second_review": "复审", "third_review": "终审"}


# Activities.


def _activity(turn: Turn) -> Activity:
    return cast("Activity", turn.case)


def is_not_past(turn: Turn) -> str | None:
    planned = turn.answers["planned_on"]
    return f"活动日期 {planned} 早于“{turn.step.label}”的日期 {turn.day}" if planned < turn.day else None


def belongs_to_campaign(turn: Turn) -> str | None:
    """Where an activity or film names what it comes from, that is a running brand for the same audience."""
    if turn.answers.get("arises_from") is None:
        return None
    found = Matter.objects.filter(pk=turn.answers["arises_from"], kind=CAMPAIGN).select_related("office").first()
    campaign = found if found and turn.matter.office.path.startswith(found.office.path) else None
    if campaign is None:
        return "来源事项应当是本单位或者上级单位的一个普法品牌"
    if campaign.closed_on and turn.day > campaign.closed_on:
        return f"普法品牌“{campaign.title}”已于 {campaign.closed_on} 结束"
    line = campaign.case.line  # type: ignore[attr-defined]
    return None if line == turn.answers["line"] else f"普法品牌“{campaign.title}”面向{Line(line).label}，受众不一致"


def sign_up_ends_in_time(turn: Turn) -> str | None:
    until, planned = turn.answers["sign_up_until"], turn.value("planned_on")
    return None if turn.day <= until <= planned else f"报名截止日期应当在 {turn.day} 和活动日期 {planned} 之间"


def sign_up_is_open(turn: Turn) -> str | None:
    until = _activity(turn).sign_up_until
    return f"报名已于 {until} 截止" if until is not None and turn.day > until else None


def seats_are_left(turn: Turn) -> str | None:
    activity = _activity(turn)
    left = (activity.capacity or 0) - activity.signed_up
    return f"只剩 {left} 个名额，不够 {turn.answers['seats']} 人" if turn.answers["seats"] > left else None


def guardian_agreed(turn: Turn) -> str | None:
    """A class is signed up by its number; whoever names a child needs the guardian first (个人信息保护法)."""
    named = turn.answers.get("who") or turn.answers.get("phone")
    if not named or _activity(turn).line != Line.YOUTH or turn.answers.get("guardian_agrees"):
        return None
    return f"登记不满十四周岁未成年人的个人信息要先取得监护人同意（{PRIVACY[31, 1].short}）；团体报名可以只填人数"


def signed_up(turn: Turn) -> dict[str, Any]:
    return {"signed_up": _activity(turn).signed_up + turn.answers["seats"]}


def so_many_signed_up(turn: Turn) -> str | None:
    there = _activity(turn).signed_up
    return f"报名的只有 {there} 人，不能取消 {turn.answers['seats']} 人" if turn.answers["seats"] > there else None


def signed_off(turn: Turn) -> dict[str, Any]:
    return {"signed_up": _activity(turn).signed_up - turn.answers["seats"]}


def is_another_day(turn: Turn) -> str | None:
    return "活动日期没有变化" if turn.answers["planned_on"] == _activity(turn).planned_on else None


def is_the_day(turn: Turn) -> str | None:
    planned = _activity(turn).planned_on
    if turn.day == planned:
        return None
    return f"活动日期是 {planned}，“{turn.step.label}”的日期是 {turn.day}；活动改了日子的请先改期"


def checked_in(turn: Turn) -> dict[str, Any]:
    return {"checked_in": _activity(turn).checked_in + turn.answers["seats"]}


def attendance_fits(turn: Turn) -> str | None:
    there, checked = turn.answers["attendance"], _activity(turn).checked_in
    return f"到场人数 {there} 少于签到人数 {checked}，请核对" if there < checked else None


def numbers_fit(turn: Turn) -> str | None:
    returned, satisfied, there = turn.answers["questionnaires"], turn.answers["satisfied"], _activity(turn).attendance
    if satisfied > returned:
        return f"评价满意 {satisfied} 份多于收回评价表 {returned} 份"
    return f"收回评价表 {returned} 份多于到场人数 {there}" if returned > (there or 0) else None


def activity_facts(turn: Turn) -> dict[str, Any]:
    activity = _activity(turn)
    return {"counted": activity.checked_in, "asked_to_sign_up": bool(turn.past("open_sign_up"))}


# Films.


def plays_only_grow(turn: Turn) -> str | None:
    before = cast("Video", turn.case).plays
    return f"累计播放量 {turn.answers['plays']} 少于上次登记的 {before}" if turn.answers["plays"] < before else None


def video_facts(turn: Turn) -> dict[str, Any]:
    """Who read the script, in which round, on which day; the rounds before the last revision do not count."""
    if turn.step.name != "third_review":
        return {}
    passed = trail(turn.matter)
    written = max(n for n, past in enumerate(passed) if past.step in ("draft", "revise"))
    read = [past for past in passed[written:] if past.step in REVIEWS]
    names = dict(Person.objects.filter(pk__in=[past.actor_id for past in read]).values_list("pk", "name"))
    rounds = [
        {"label": REVIEWS[past.step], "name": names.get(past.actor_id or 0, turn.actor.name), "day": past.day}
        for past in read
    ]
    return {"rounds": rounds}


# Law-literate people.


def _person(turn: Turn) -> LawLiteratePerson:
    return cast("LawLiteratePerson", turn.case)


def named(turn: Turn) -> dict[str, Any]:
    """A person's register row is titled by the name."""
    return {"title": turn.answers["full_name"]}


def trained(turn: Turn) -> dict[str, Any]:
    return {"training_hours": _person(turn).training_hours + turn.answers["lesson_hours"]}


def has_trained(turn: Turn) -> str | None:
    return None if turn.past("train") else "还没有培训记录，不能发证：请先登记培训"


def served(turn: Turn) -> dict[str, Any]:
    return {"service_hours": _person(turn).service_hours + turn.answers["deed_hours"]}
