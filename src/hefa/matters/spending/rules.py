"""What spending depends on: a budget with room left, approval before the event, a letter and few hosts for guests."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import Case, F, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from hefa.kernel.advice import Advice, Choice
from hefa.kernel.flow import VOID
from hefa.kernel.law import UnknownLaw, instrument
from hefa.kernel.ledger import database
from hefa.kernel.limit import limit
from hefa.kernel.matter import Mark, Matter
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .models import Budget, Expense

YEAR = [MinValueValidator(2000, "年度应为四位数的年份"), MaxValueValidator(2099, "年度应为四位数的年份")]
AMOUNT = [MinValueValidator(Decimal("0.01"), "金额应大于 0")]
AT_LEAST_ONE = [MinValueValidator(1, "至少填 1")]
NOTHING = Decimal(0)
BUDGET, EXPENSE = "spending.budget", "spending.expense"
PROMISED, SPENT = ("approved", "exceeding"), ("claimed", "booked")
NEAR_CAP = Fraction(*tomllib.loads((Path(__file__).parent / "norms.toml").read_text("utf-8"))["near_cap"]["share"])

_RECEPTION = instrument("reception")
_FEW, _HOSTS_OF_FEW = limit("reception", "few_guests"), limit("reception", "hosts_of_few")
_HOSTS_SHARE = limit("reception", "hosts_share")
_DOCUMENTS = {
    "abroad": "因公出国（境）要有任务批件",
    "car_purchase": "购置公务用车要有购置批复",
    "reception": f"没有公函的公务活动和来访人员一律不予接待（{_RECEPTION[7].short}）",
}


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}元"


# Budgets.


def _budget(turn: Turn) -> Budget:
    return cast("Budget", turn.case)


def _category(turn: Turn) -> str:
    """The category in words, as it will be after the step."""
    labels: dict[str, str] = dict(type(turn.case).field_of("category").flatchoices)  # type: ignore[attr-defined]
    return labels[turn.value("category")]


def budgeted(turn: Turn) -> dict[str, Any]:
    """A budget goes by its year and category in lists."""
    return {"title": _named(turn.value("year"), _category(turn))}


def _named(year: int, category: str) -> str:
    return f"{year}年{category}预算"


def _budgets(turn: Turn, year: int, category: str) -> QuerySet[Matter]:
    standing = Matter.objects.filter(kind=BUDGET, office=turn.matter.office, spending_budget__year=year)
    return standing.filter(spending_budget__category=category).exclude(state=VOID)


def is_the_only_budget(turn: Turn) -> str | None:
    found = _budgets(turn, turn.value("year"), turn.value("category")).exclude(pk=turn.matter.pk).first()
    return f"{found.title}已经编列（{found.number}），要改请“调整预算”" if found else None


def is_another_cap(turn: Turn) -> str | None:
    return "预算金额没有变化" if turn.answers["cap"] == _budget(turn).cap else None


def covers_what_is_promised(turn: Turn) -> str | None:
    taken = committed([turn.matter.pk]).get(turn.matter.pk, NOTHING) if turn.matter.pk else NOTHING
    cap = turn.value("cap")
    return f"已入账和已批准的支出共 {yuan(taken)}，预算不能低于这个数" if cap < taken else None


def year_is_over(turn: Turn) -> str | None:
    year = _budget(turn).year
    return None if year is not None and turn.day.year > year else f"{year}年还没有结束，不能决算"


def nothing_is_open(turn: Turn) -> str | None:
    # An import lives a budget through before it is written; its expenses come after it.
    if turn.matter.pk is None:
        return None
    left = turn.matter.gives_rise_to.filter(kind=EXPENSE, state__in=("applied", *PROMISED, "claimed")).count()
    return f"还有 {left} 笔支出没有办完，不能决算" if left else None


def settled(turn: Turn) -> dict[str, Any]:
    """What was spent, which nobody types."""
    return {"spent": committed([turn.matter.pk]).get(turn.matter.pk, NOTHING)} if turn.matter.pk else {}


def committed(budgets: Collection[int], but: int | None = None) -> dict[int, Decimal]:
    """By budget, what is spent (claimed or booked) and what is approved and not yet spent; `but` one expense."""
    held = Matter.objects.filter(kind=EXPENSE, arises_from__in=budgets, state__in=(*PROMISED, *SPENT))
    held = held.exclude(pk=but) if but else held
    allowed = F("spending_expense__approved") + Coalesce(F("spending_expense__extra"), NOTHING)
    each = Case(When(state__in=SPENT, then=F("spending_expense__actual")), default=allowed)
    return dict(held.order_by().values_list("arises_from").annotate(held=Sum(each)))


def marks(caps: Iterable[tuple[int, Decimal | None]]) -> dict[int, Mark]:
    """How much of each cap is taken."""
    known = {pk: cap for pk, cap in caps if cap}
    taken = committed(known)
    return {pk: _mark(Fraction(taken.get(pk, NOTHING)) / Fraction(cap)) for pk, cap in known.items()}


def _mark(share: Fraction) -> Mark:
    """From the norm on it presses."""
    # Rounded down, so that 100 % is said of nothing less.
    count = f"{int(share * 1000) / 10:.1f}%"
    if share > 1:
        return Mark("超出预算", count, "overdue")
    return Mark("临近上限", count, "due_soon") if share >= NEAR_CAP else Mark("在用", count)


# Expenses.


def _expense(turn: Turn) -> Expense:
    return cast("Expense", turn.case)


def _is_reception(turn: Turn) -> bool:
    return bool(turn.value("category") == "reception")


def has_a_budget(turn: Turn) -> str | None:
    happens_on: date = turn.value("happens_on")
    if _budgets(turn, happens_on.year, turn.value("category")).filter(state="standing").exists():
        return None
    return f"“{turn.matter.office.name}”没有执行中的{_named(happens_on.year, _category(turn))}，请财务人员先“编列预算”"


def charged(turn: Turn) -> dict[str, Any]:
    """The expense arises from the budget of its year and category."""
    found = _budgets(turn, turn.value("happens_on").year, turn.value("category")).filter(state="standing").first()
    return {"arises_from": found.pk if found else None}


def is_told_before(turn: Turn) -> str | None:
    happens_on = turn.answers["happens_on"]
    if happens_on >= turn.day:
        return None
    return f"拟发生日期 {happens_on} 早于申请日期 {turn.day}：先申请、后发生，事后不能补报"


def has_its_document(turn: Turn) -> str | None:
    wanted = _DOCUMENTS.get(turn.value("category"))
    return f"{wanted}，请填写“公函、批件文号”" if wanted and not turn.value("document_no") else None


def reception_is_told(turn: Turn) -> str | None:
    told = [turn.value(name) for name in ("visitors", "guests", "hosts")]
    if not _is_reception(turn):
        return "来访单位、接待对象人数和陪餐人数只在公务接待时填写" if any(told) else None
    if not told[0] or not told[1] or told[2] is None:
        return "公务接待要填写来访单位、接待对象人数和陪餐人数；没有陪餐的填 0"
    return None


def hosts_are_few(turn: Turn) -> str | None:
    """接待规定第十条: up to three hosts for up to ten guests, one for three guests beyond."""
    guests, hosts = turn.value("guests"), turn.value("hosts")
    if not _is_reception(turn) or not guests or hosts is None:
        return None
    try:
        few, most, share = (ref.on(turn.day) for ref in (_FEW, _HOSTS_OF_FEW, _HOSTS_SHARE))
    except UnknownLaw:  # a day before the rule
        return None
    allowed = most.value if guests <= few.value else guests * share.value
    if hosts <= allowed:
        return None
    return f"接待对象 {guests} 人，陪餐最多 {int(allowed)} 人，现填 {hosts} 人（{_RECEPTION[10].short}）"


def is_not_past(turn: Turn) -> str | None:
    happens_on = _expense(turn).happens_on
    if happens_on is None or turn.day <= happens_on:
        return None
    return f"拟发生日期 {happens_on} 已过，事后不能补批；没有发生的请“取消”后重新申请"


def is_within_plan(turn: Turn) -> str | None:
    approved, planned = turn.answers["approved"], _expense(turn).planned
    if planned is None or approved <= planned:
        return None
    return f"批准金额 {yuan(approved)} 超过申请的 {yuan(planned)}"


def _room(turn: Turn) -> tuple[Matter | None, Decimal, Decimal]:
    """(the budget, its cap, what others hold of it). Locked, so that two approvals cannot share what is left."""
    budgets = Matter.objects.filter(pk=turn.matter.arises_from_id or 0, kind=BUDGET)
    if transaction.get_connection(database()).in_atomic_block:
        budgets = budgets.select_for_update(no_key=True)
    budget = budgets.first()
    if budget is None:
        return None, NOTHING, NOTHING
    taken = committed([budget.pk], but=turn.matter.pk).get(budget.pk, NOTHING)
    return budget, cast("Budget", budget.case).cap or NOTHING, taken


def _over(turn: Turn, wanted: Decimal) -> str | None:
    budget, cap, taken = _room(turn)
    if budget is None:
        return None
    if budget.state != "standing":
        return f"{budget.title}（{budget.number}）已经作废或者决算，不能再用；请“取消”后重新申请"
    if taken + wanted <= cap:
        return None
    left = max(cap - taken, NOTHING)
    return f"{budget.title}还剩 {yuan(left)}，不够 {yuan(wanted)}；请先“调整预算”（{budget.number}）"


def is_within_cap(turn: Turn) -> str | None:
    return _over(turn, turn.answers["approved"])


def claim_is_within_cap(turn: Turn) -> str | None:
    """Approval took it up already; only a cancellation taken back, or an old ledger, can have filled the budget since."""
    return _over(turn, turn.answers["actual"])


def more_is_within_cap(turn: Turn) -> str | None:
    return _over(turn, _allowed(turn) + (_expense(turn).more or NOTHING))


def with_more(turn: Turn) -> dict[str, Any]:
    expense = _expense(turn)
    return {"extra": (expense.extra or NOTHING) + (expense.more or NOTHING)}


def _allowed(turn: Turn) -> Decimal:
    """What was approved, with the supplements; as a correction leaves it."""
    return (turn.value("approved") or NOTHING) + (turn.value("extra") or NOTHING)


def happened_after_approval(turn: Turn) -> str | None:
    """No reimbursement without prior approval."""
    happened_on, approvals = turn.value("happened_on"), turn.past("approve")
    if not approvals or happened_on is None or happened_on >= approvals[-1].day:
        return None
    return f"实际发生日期 {happened_on} 早于审批日期 {approvals[-1].day}：没有事前审批的支出不能报销"


def happened_in_budget_year(turn: Turn) -> str | None:
    happened_on, happens_on = turn.value("happened_on"), _expense(turn).happens_on
    if happens_on is None or happened_on.year == happens_on.year:
        return None
    return f"实际发生日期 {happened_on} 不在申请时的{happens_on.year}年预算里；请“取消”后按{happened_on.year}年预算重新申请"


def is_within_approval(turn: Turn) -> str | None:
    actual, approved = turn.value("actual"), _allowed(turn)
    if actual is None or actual <= approved:
        return None
    return f"实际金额 {yuan(actual)} 超过批准的 {yuan(approved)}，请先“申请追加”"


def reception_is_listed(turn: Turn) -> str | None:
    if not _is_reception(turn) or (turn.value("guest_list") and turn.value("place")):
        return None
    return f"公务接待报销要有接待清单，请填写“接待对象名单”和“场所”（{_RECEPTION[7].short}）"


# A correction may not undo what a step was refused for.


def amended_is_within_cap(turn: Turn) -> str | None:
    if not {"approved", "actual"} & turn.answers.keys() or turn.matter.state not in (*PROMISED, *SPENT):
        return None
    return _over(turn, (turn.value("actual") or NOTHING) if turn.matter.state in SPENT else _allowed(turn))


def budget_stays(turn: Turn) -> str | None:
    """Year and category decide which budget is charged, and were decided when it was applied for."""
    moved = turn.answers.get("category", _expense(turn).category) != _expense(turn).category
    happens_on = turn.answers.get("happens_on")
    before = _expense(turn).happens_on
    if moved or (happens_on and before and happens_on.year != before.year):
        return "费用类别和所属年度决定用哪项预算，不能更正；请作废或者取消后重新申请"
    return None


def budget_keeps_its_place(turn: Turn) -> str | None:
    if turn.answers.keys() & {"category", "year"} and committed([turn.matter.pk]):
        return "这项预算已经有支出，年度和费用类别不能更正"
    return is_the_only_budget(turn)


# What is shown.


def left_of_budget(turn: Turn) -> Advice | None:
    """What the leader is told while deciding about an expense."""
    budget, cap, taken = _room(turn)
    if budget is None:
        return None
    told, planned = _told(budget.title, cap, taken), _expense(turn).planned
    if turn.step.name != "approve" or planned is None:
        return told
    return Advice(told.says, "approved", (Choice(str(planned), yuan(planned), "照申请的数批准", proposed=True),))


def taken_of_budget(turn: Turn) -> Advice | None:
    """What is told while a budget is adjusted."""
    taken = committed([turn.matter.pk]).get(turn.matter.pk, NOTHING)
    return _told(turn.matter.title, _budget(turn).cap or NOTHING, taken)


def _told(budget: str, cap: Decimal, taken: Decimal) -> Advice:
    return Advice(f"{budget}共 {yuan(cap)}，已入账和已批准 {yuan(taken)}，还剩 {yuan(cap - taken)}。")


def expense_facts(turn: Turn) -> dict[str, Any]:
    expense = _expense(turn)
    budget, cap, taken = _room(turn)
    own = _allowed(turn)
    return {
        "is_reception": _is_reception(turn),
        "budget": budget,
        "cap": yuan(cap),
        "allowed": yuan(own),
        "left": yuan(cap - taken - own),
        "more": expense.more if turn.step.name == "approve_more" else None,
    }


def budget_facts(turn: Turn) -> dict[str, Any]:
    budget = _budget(turn)
    cap, spent = budget.cap or NOTHING, budget.spent
    facts: dict[str, Any] = {"left": None if spent is None else yuan(cap - spent)}
    if spent is not None and cap:
        facts["share"] = f"{spent * 100 / cap:.2f}%"
    return facts
