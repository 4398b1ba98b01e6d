"""What capital works depend on: an approved budget, variations within the norm, a settlement both sides agreed on."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator

from hefa.kernel.advice import Advice
from hefa.kernel.law import instrument
from hefa.kernel.personal import is_credit_code
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Project

AMOUNT = [MinValueValidator(Decimal("0.01"), "金额应大于 0")]
VARIATION = Fraction(*tomllib.loads((Path(__file__).parent / "norms.toml").read_text("utf-8"))["variation"]["share"])

_NOTHING = Decimal(0)
_BIDDING, _PRIVATE = instrument("bidding"), instrument("private_economy")


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}元"


def credit_code(text: str) -> None:
    """A contractor goes by its unified social credit code: 18 signs with a right check sign."""
    if not is_credit_code(text):
        raise ValidationError("统一社会信用代码应为 18 位，校验位要相符，请对照营业执照核对")


def _project(turn: Turn) -> Project:
    return cast("Project", turn.case)


def _price(turn: Turn, change: Decimal = _NOTHING) -> Decimal:
    """The contract sum with its variations."""
    project = _project(turn)
    return (project.contract_sum or _NOTHING) + (project.variations or _NOTHING) + change


def award_is_within_budget(turn: Turn) -> str | None:
    amount, budget = turn.value("award"), turn.value("budget")
    if amount is None or budget is None or amount <= budget:
        return None
    return f"中标、成交金额 {yuan(amount)} 超过批准的投资 {yuan(budget)}，请先“调整投资”"


def contract_is_as_awarded(turn: Turn) -> str | None:
    """招标投标法第四十六条: on the tender documents and the winner's tender, and nothing against their substance."""
    contract, award = turn.value("contract_sum"), turn.value("award")
    if contract is None or award is None or contract == award:
        return None
    return f"合同价 {yuan(contract)} 与中标、成交金额 {yuan(award)} 不一致（{_BIDDING[46, 1].short}）"


def is_another_budget(turn: Turn) -> str | None:
    return "投资没有变化" if turn.answers["budget"] == _project(turn).budget else None


def budget_covers_contract(turn: Turn) -> str | None:
    project, budget = _project(turn), turn.value("budget")
    held = max(_price(turn), project.award or _NOTHING)
    return f"合同和变更已经有 {yuan(held)}，投资不能低于这个数" if budget < held else None


def _change(turn: Turn) -> Decimal:
    """The variation of this step with its sign; of a decision, the one that waits for it."""
    if "change" not in turn.answers:
        return _project(turn).pending or _NOTHING
    change: Decimal = turn.answers["change"]
    return -change if turn.answers.get("is_less") else change


def _total_change(turn: Turn) -> Decimal:
    return (_project(turn).variations or _NOTHING) + _change(turn)


def _is_large(turn: Turn) -> bool:
    contract = _project(turn).contract_sum or _NOTHING
    return abs(Fraction(_total_change(turn))) > VARIATION * Fraction(contract)


def something_is_left(turn: Turn) -> str | None:
    price = (_project(turn).contract_sum or _NOTHING) + _total_change(turn)
    return None if price > 0 else f"减少以后合同价只剩 {yuan(price)}；不再施工的请“终止项目”"


def variation_is_small(turn: Turn) -> str | None:
    if not _is_large(turn):
        return None
    return f"累计变更 {yuan(_total_change(turn))}，超过合同价的百分之十，请“重大变更报批”"


def variation_is_large(turn: Turn) -> str | None:
    if _is_large(turn):
        return None
    return f"累计变更 {yuan(_total_change(turn))}，没有超过合同价的百分之十，请直接“签证变更”"


def variation_is_within_budget(turn: Turn) -> str | None:
    budget = _project(turn).budget or _NOTHING
    price = (_project(turn).contract_sum or _NOTHING) + _total_change(turn)
    if price <= budget:
        return None
    return f"变更以后 {yuan(price)}，超过批准的投资 {yuan(budget)}，请先“调整投资”"


def varied(turn: Turn) -> dict[str, Any]:
    return {"variations": _total_change(turn), "pending": None}


def variation_asked(turn: Turn) -> dict[str, Any]:
    return {"pending": _change(turn)}


def settlement_is_covered(turn: Turn) -> str | None:
    settlement, price = turn.answers["settlement"], _price(turn)
    if settlement <= price:
        return None
    return f"结算金额 {yuan(settlement)} 超过合同价加变更 {yuan(price)}；多出的部分先办理变更"


def audit_does_not_raise(turn: Turn) -> str | None:
    audited, settlement = turn.answers["audited"], _project(turn).settlement
    if settlement is None or audited <= settlement:
        return None
    return f"审核金额 {yuan(audited)} 超过双方确认的结算金额 {yuan(settlement)}"


def payable(turn: Turn) -> dict[str, Any]:
    """What is owed: the audit's amount only where the contract says so, else what both sides agreed on."""
    project = _project(turn)
    return {"payable": turn.answers["audited"] if project.follows_audit else project.settlement}


def progress_is_covered(turn: Turn) -> str | None:
    paid, price = (_project(turn).paid or _NOTHING) + turn.answers["amount"], _price(turn)
    return f"累计支付 {yuan(paid)}，超过合同价加变更 {yuan(price)}" if paid > price else None


def last_payment_is_owed(turn: Turn) -> str | None:
    project = _project(turn)
    paid, owed = (project.paid or _NOTHING) + turn.answers["amount"], project.payable or _NOTHING
    if paid == owed:
        return None
    return f"累计支付 {yuan(paid)}，与应付 {yuan(owed)} 不一致；尾款应为 {yuan(owed - (project.paid or _NOTHING))}"


def paid(turn: Turn) -> dict[str, Any]:
    return {"paid": (_project(turn).paid or _NOTHING) + turn.answers["amount"]}


def what_is_owed(turn: Turn) -> Advice | None:
    """What the accountant is told before the last payment."""
    project = _project(turn)
    owed, paid_so_far = project.payable or _NOTHING, project.paid or _NOTHING
    return Advice(f"应付 {yuan(owed)}，已经支付 {yuan(paid_so_far)}，尾款 {yuan(owed - paid_so_far)}。")


def project_facts(turn: Turn) -> dict[str, Any]:
    project = _project(turn)
    return {
        "price": yuan(_price(turn)),
        "ground": str(_PRIVATE[67]),
        "audit_binds": project.follows_audit,
        "agreed": not project.follows_audit,
        "owed": yuan(project.payable or _NOTHING),
    }
