"""Putting a dossier together and filing it: what the steps ask, refuse, propose and print.

Decided: what is filed with less than `SOUND` points needs a reason, and is not refused. A file that can no longer be
completed (a party moved away, a paper was lost) must still reach the archive; the reason and the score stay on record.
An old ledger's files are as they are: an import is asked nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.advice import Advice
from hefa.kernel.turn import Turn

from .dossier import BACK, COVER, INDEX, PAPERS, Dossier, Held, dossier, held, pages
from .norms import RETENTION, SOUND

PAGES = tuple(pages(paper.key) for paper in PAPERS)
TOLD = (*PAGES, "is_signed")
NOTES: dict[str, models.Field[Any, Any]] = {
    **{pages(paper.key): models.PositiveSmallIntegerField(f"{paper.label}（页）") for paper in PAPERS},
    "is_signed": models.BooleanField("签名盖章齐全"),
}
Retention = [(value, value) for value in RETENTION.values()]
_BOUND = frozenset(paper.key for paper in PAPERS)
# Covers, the index itself and the back are bound around what is numbered.
_NUMBERED = _BOUND - {COVER.key, INDEX.key, BACK.key}
_BLANK = "　　"


def foreseen(turn: Turn) -> Dossier:
    """The dossier as it will be once the step is taken; asked once a turn."""
    kept = vars(turn)
    if "dossier" not in kept:
        now = held([turn.matter.pk]).get(turn.matter.pk, Held()) if turn.matter.pk else Held()
        kept["dossier"] = dossier(turn.matter, turn.case, now.having(turn.step.paper, turn.answers))
    found: Dossier = kept["dossier"]
    return found


def says_something(turn: Turn) -> str | None:
    if any(name in turn.answers for name in TOLD):
        return None
    return "请至少填一种材料的页数，或者选签名盖章是否齐全"


def is_sound_or_explained(turn: Turn) -> str | None:
    if turn.answers.get("reason") or turn.matter.pk is None:
        return None
    found = foreseen(turn)
    if found.score >= SOUND:
        return None
    return (
        f"卷宗只有 {found.score} 分，不到 {SOUND} 分，缺：{_missing(found)}。"
        "请补齐后办“整理卷宗”，或者写明这样归档的理由"
    )


def advise(turn: Turn) -> Advice | None:
    """The score with this step, what is missing and what is in."""
    found = foreseen(turn)
    there = "、".join(item.label for item in found.items if item.is_in and item.key in _BOUND)
    lacking = _missing(found)
    if not lacking:
        return Advice(f"办完这一步，卷宗为 {found.score} 分，必备材料齐全。已有：{there}")
    says = f"办完这一步，卷宗为 {found.score} 分（应得 {found.possible}，实得 {found.earned}）。缺：{lacking}"
    return Advice(f"{says}。已有：{there}" if there else says)


def _missing(found: Dossier) -> str:
    return "、".join(item.label for item in found.missing if item.points)


def kept_for(turn: Turn) -> dict[str, Any]:
    """How long the dossier is kept, where nobody said otherwise."""
    case = turn.case
    is_minor = getattr(case, "form", "") == "oral" or getattr(case, "difficulty", "") == "simple"
    length = "major" if getattr(case, "difficulty", "") == "complex" else "oral" if is_minor else "written"
    return {"retention": turn.answers.get("retention") or RETENTION[length]}


def index_facts(turn: Turn) -> dict[str, Any]:
    """The lines of the inner index: pages run on, as far as they are known; the rest is filled in by hand."""
    lines, at, is_known = [], 1, True
    inside = (one for one in foreseen(turn).items if one.is_in and one.key in _NUMBERED)
    for n, item in enumerate(inside, start=1):
        is_known = is_known and item.pages is not None
        span = _BLANK
        if is_known and item.pages is not None:
            span = f"{at}" if item.pages == 1 else f"{at}–{at + item.pages - 1}"
            at += item.pages
        lines.append({"n": n, "label": item.label, "span": span})
    return {"lines": lines, "total": at - 1 if is_known else _BLANK, "actor": turn.actor.name}


def cover_facts(turn: Turn) -> dict[str, Any]:
    """From acceptance to the end of mediation, and who bound the dossier."""
    sat = turn.past("accept", "sit", "agree", "agree_orally", "terminate", "withdraw", "refer")
    remark = turn.answers.get("reason") or _BLANK
    return {"first_day": sat[0].day, "last_day": sat[-1].day, "actor": turn.actor.name, "remark": remark}
