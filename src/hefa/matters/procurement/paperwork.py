"""What the papers of a round name: every contract that was checked, every defect and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from hefa.kernel.flow import VOID
from hefa.kernel.law import instrument
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.turn import Turn

from . import rules

if TYPE_CHECKING:
    from .checking import SelfCheck
    from .defects import Defect


_LAW = instrument("procurement")


def purchase_facts(turn: Turn) -> dict[str, Any]:
    """Who asked what is answered: the question stays on its entry."""
    facts: dict[str, Any] = {"answer_ground": str(_LAW[53]), "complaint_ground": str(_LAW[55])}
    if turn.step.name == "answer":
        asked = Entry.objects.get(pk=turn.past("question")[-1].entry_id)
        facts |= {name: asked.answers[name] for name in ("questioner", "question")}
    return facts


def round_facts(turn: Turn) -> dict[str, Any]:
    """The lines of the tables: 自查情况表 by contract, 整改销号表 by defect."""
    checks = _checks(turn)
    defects = _defects(checks)
    by_check: dict[int, list[Defect]] = {}
    for defect in defects:
        by_check.setdefault(defect.matter.arises_from_id or 0, []).append(defect)
    lines = [_check_line(n, check, by_check.get(check.pk, [])) for n, check in enumerate(checks, start=1)]
    return {
        "checks": lines,
        "defects": [_defect_line(n, defect) for n, defect in enumerate(defects, start=1)],
        "count": len(lines),
        "amount": rules.yuan(sum((check.amount or rules.NOTHING for check in checks), start=rules.NOTHING)),
        "found": len(defects),
        "settled": sum(defect.matter.state == "closed" for defect in defects),
        "found_none": not defects,
    }


def _checks(turn: Turn) -> QuerySet[SelfCheck]:
    from .checking import SelfCheck

    found = SelfCheck.objects.filter(round=turn.matter.pk or 0).exclude(matter__state=VOID)
    return found.select_related("matter__arises_from__procurement_purchase").order_by("contract_year", "pk")


def _defects(checks: QuerySet[SelfCheck]) -> QuerySet[Defect]:
    from .defects import Defect

    found = Defect.objects.filter(matter__arises_from__in=checks.values("pk"))
    return found.exclude(matter__state__in=("dismissed", VOID)).select_related("matter").order_by("pk")


def _check_line(n: int, check: SelfCheck, defects: list[Defect]) -> dict[str, Any]:
    source: Matter | None = check.matter.arises_from
    supplier = source.case.supplier if source else ""  # type: ignore[attr-defined]
    told = "；".join(f"{one.problem}（{one.matter.flow.state_label(one.matter.state)}）" for one in defects)
    amount = rules.yuan(check.amount) if check.amount is not None else ""
    return {
        "title": f"{n}．{check.matter.title}",
        "text": f"{check.contract_year}年，{supplier}，{amount}。{told or '没有发现问题'}",
    }


def _defect_line(n: int, defect: Defect) -> dict[str, Any]:
    closed = next((day for step, day, *_ in reversed(defect.matter.trail) if step == "close"), "")
    return {
        "title": f"{n}．{defect.problem}",
        "text": f"措施：{defect.measures}；结果：{defect.done}；佐证：{defect.evidence}（{defect.evidence_on}）；"
        f"复查：{defect.recheck_evidence}（{defect.recheck_on}）；{closed}销号",
    }


def defect_facts(turn: Turn) -> dict[str, Any]:
    return {"has_passed": turn.step.name == "close"}
