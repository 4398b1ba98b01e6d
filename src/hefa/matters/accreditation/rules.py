"""What a step of accreditation depends on: a checklist of criteria, each with its evidence, before anyone scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel.matter import Matter
from hefa.kernel.people import Level
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Project

PERCENT = [MinValueValidator(0, "得分应为 0–100"), MaxValueValidator(100, "得分应为 0–100")]
_UNDERWAY = ("creating", "assessed", "applied", "reviewed")
_SHOWN = 3


def _project(turn: Turn) -> Project:
    return cast("Project", turn.case)


def checklist(criteria: str) -> list[str]:
    """The criteria as they were typed, one a line."""
    return [line.strip() for line in criteria.splitlines() if line.strip()]


def missing(criteria: str, evidence: dict[str, list[str]]) -> list[int]:
    """Numbers of the criteria for which no document was gathered."""
    return [n for n, _ in enumerate(checklist(criteria), start=1) if not evidence.get(str(n))]


def is_community(turn: Turn) -> str | None:
    if turn.matter.office.level == Level.COMMUNITY:
        return None
    return f"创建登记在社区名下，“{turn.matter.office.name}”不是社区"


def is_not_underway(turn: Turn) -> str | None:
    """One project for one title at a time; rows of an old ledger stand for themselves."""
    if turn.matter.source_key:
        return None
    same = Matter.objects.filter(
        kind=turn.matter.kind,
        office=turn.matter.office,
        state__in=_UNDERWAY,
        accreditation_project__level=turn.answers["level"],
    )
    number = same.values_list("number", flat=True).first()
    return f"“{turn.matter.office.name}”同一称号的创建 {number} 还没有结束" if number else None


def project_title(turn: Turn) -> dict[str, Any]:
    label = dict(_project(turn)._meta.get_field("level").flatchoices)[turn.answers["level"]]
    return {"title": f"{turn.matter.office.short}社区创建{label}"}


def criterion_exists(turn: Turn) -> str | None:
    n, last = turn.answers["criterion"], len(checklist(_project(turn).criteria))
    return None if 1 <= n <= last else f"没有第 {n} 条标准：创建标准共 {last} 条"


def with_document(turn: Turn) -> dict[str, Any]:
    """The evidence with one more document: {number of the criterion: [documents]}."""
    held = _project(turn).evidence
    key = str(turn.answers["criterion"])
    return {"evidence": {**held, key: [*held.get(key, []), turn.answers["document"]]}}


def every_criterion_has_evidence(turn: Turn) -> str | None:
    absent = missing(_project(turn).criteria, _project(turn).evidence)
    if not absent:
        return None
    shown = "、".join(f"第 {n} 条" for n in absent[:_SHOWN])
    return f"还有 {len(absent)} 条标准没有佐证材料（{shown}{'……' if len(absent) > _SHOWN else ''}），不能自评"


def recheck_is_later(turn: Turn) -> str | None:
    next_on = turn.answers.get("recheck_by")
    return None if next_on is None or next_on > turn.day else f"下次复核日期 {next_on} 应当晚于 {turn.day}"


def project_facts(turn: Turn) -> dict[str, Any]:
    case = _project(turn)
    return {
        "criteria": [
            {"n": n, "text": text, "documents": "、".join(case.evidence.get(str(n), []))}
            for n, text in enumerate(checklist(case.criteria), start=1)
        ],
        "street": turn.matter.office.parent.name if turn.matter.office.parent else turn.matter.office.name,
    }
