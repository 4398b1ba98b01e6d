"""What studying, reporting on it and doing the duties of the first responsible person depend on beyond their states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel.flow import VOID
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .duty import Duty, DutyReport
    from .models import Session

REPORT = "study.dutyreport"
YEAR = [
    MinValueValidator(2000, message="年度应当是四位数的年份"),
    MaxValueValidator(2100, message="年度应当是四位数的年份"),
]
HUNDRED = [MaxValueValidator(100, message="评分最高 100 分")]
_SEPARATORS = re.compile(r"[、，,；;\n]+")
# The numbers of matters as this system writes them: 中河学法〔2023〕3号, （2023）中河人调字第3号.
_NUMBER = re.compile(r"[一-鿿A-Z0-9]+〔\d{4}〕\d+号|（\d{4}）[一-鿿]+第\d+号")


def names_of(text: str) -> list[str]:
    """The names of a list as people type it, each once, in order."""
    return list(dict.fromkeys(name.strip() for name in re.split(r"[、，,；;\s]+", text) if name.strip()))


# --- sessions --------------------------------------------------------------------------------------------------------


def is_ahead(turn: Turn) -> str | None:
    planned_on = turn.answers["planned_on"]
    return f"拟学习日期 {planned_on} 早于办理的日期 {turn.day}" if planned_on < turn.day else None


def planned(turn: Turn) -> dict[str, Any]:
    return {"expected_count": len(names_of(turn.answers["expected"]))}


def attendees_were_expected(turn: Turn) -> str | None:
    expected = names_of(cast("Session", turn.case).expected)
    strangers = [name for name in names_of(turn.answers["attendees"]) if name not in expected]
    return f"{'、'.join(strangers)}不在应到人员里；临时参加的不计出勤，写在“学习情况”里" if strangers else None


def attended(turn: Turn) -> dict[str, Any]:
    return {"attended_count": len(names_of(turn.answers["attendees"]))}


def session_facts(turn: Turn) -> dict[str, Any]:
    case = cast("Session", turn.case)
    came, expected = names_of(case.attendees), names_of(case.expected)
    return {
        "came": "、".join(came),
        "turnout": f"应到 {len(expected)} 人，实到 {len(came)} 人",
        "absent": "、".join(name for name in expected if name not in came) or "无",
    }


# --- reports and duties ----------------------------------------------------------------------------------------------


def leader_has_no_report(turn: Turn) -> str | None:
    leader, year = turn.answers["leader"], turn.answers["year"]
    held = Matter.objects.filter(
        kind=REPORT, office=turn.matter.office_id, study_dutyreport__leader=leader, study_dutyreport__year=year
    )
    first = held.exclude(state=VOID).first()
    return f"{leader}{year}年度的述法已经布置（{first.number}）" if first else None


def reported(turn: Turn) -> dict[str, Any]:
    return {"title": f"{turn.answers['leader']}{turn.answers['year']}年度述法"}


def evidence_is_on_record(turn: Turn) -> str | None:
    """What is cited by number stands on the record; papers elsewhere are named in words."""
    cited = [item.strip() for item in _SEPARATORS.split(turn.answers["evidence"])]
    numbers = [item for item in cited if _NUMBER.fullmatch(item)]
    known = set(Matter.objects.filter(number__in=numbers).values_list("number", flat=True)) if numbers else set()
    absent = [number for number in numbers if number not in known]
    return f"账上没有这些编号的事项：{'、'.join(absent)}" if absent else None


def scorer_is_another(turn: Turn) -> str | None:
    leader = cast("DutyReport", turn.case).leader
    return "不能给自己的述法评分，由上级评议" if turn.actor.name == leader else None


def act_fits_post(turn: Turn) -> str | None:
    """The five 亲自 are the principals' own; a member of the team has the double duty of a post."""
    is_member, is_dual = turn.answers["post"] == "member", turn.answers["act"] == "dual"
    if is_member == is_dual:
        return None
    if is_member:
        return "班子成员登记“一岗双责”；五个亲自是党政主要负责人的职责"
    return "党政主要负责人登记五个亲自；“一岗双责”用于班子成员"


def charged(turn: Turn) -> dict[str, Any]:
    case = cast("Duty", turn.case)
    act = dict(case._meta.get_field("act").flatchoices)[turn.answers["act"]]  # type: ignore[union-attr]
    return {"title": f"{turn.answers['leader']}：{act}"}
