"""What a purchase of services depends on, and its round of self-checks: who, in which years, what was left unsettled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, Q, QuerySet

from hefa.kernel.advice import Advice
from hefa.kernel.flow import VOID
from hefa.kernel.law import instrument
from hefa.kernel.limit import limit
from hefa.kernel.matter import Mark, Matter
from hefa.kernel.personal import is_credit_code
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .checking import Round, SelfCheck
    from .defects import Defect
    from .purchase import Purchase

YEAR = [MinValueValidator(2000, "年度应为四位数的年份"), MaxValueValidator(2099, "年度应为四位数的年份")]
AMOUNT = [MinValueValidator(Decimal("0.01"), "金额应大于 0")]
NOTHING = Decimal(0)
NAMED = 3  # purchases that a sentence names before it says 等
PURCHASE, ROUND = "procurement.purchase", "procurement.round"
CHECK, DEFECT = "procurement.selfcheck", "procurement.defect"
SETTLED = ("closed", "dismissed", VOID)

_LAW, _RULES = instrument("procurement"), instrument("procurement_rules")
_SUPPLEMENTS = limit("procurement", "supplements")


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}元"


def credit_code(text: str) -> None:
    """A supplier goes by its unified social credit code: 18 signs with a right check sign."""
    if not is_credit_code(text):
        raise ValidationError("统一社会信用代码应为 18 位，校验位要相符，请对照营业执照核对")


# Purchases.


def _purchase(turn: Turn) -> Purchase:
    return cast("Purchase", turn.case)


def is_under_the_law(turn: Turn) -> str | None:
    return "限额标准以下的自行采购请用“确定供应商”" if _purchase(turn).method == "own" else None


def is_below_the_limit(turn: Turn) -> str | None:
    return None if _purchase(turn).method == "own" else "不是自行采购，请用“发出中标、成交通知书”"


def is_within_ceiling(turn: Turn) -> str | None:
    amount, ceiling = turn.value("amount"), turn.value("ceiling")
    if amount is None or ceiling is None or amount <= ceiling:
        return None
    return f"成交金额 {yuan(amount)} 超过采购预算 {yuan(ceiling)}"


def contract_is_as_awarded(turn: Turn) -> str | None:
    """政府采购法第四十六条: signed on what the procurement documents settled."""
    contract, amount = turn.value("contract_amount"), turn.value("amount")
    if contract is None or amount is None or contract <= amount:
        return None
    return f"合同价 {yuan(contract)} 超过成交金额 {yuan(amount)}，应当按照采购文件确定的事项签订（{_LAW[46, 1].short}）"


def signed(turn: Turn) -> dict[str, Any]:
    return {"contract_year": turn.day.year}


def was_under_the_law(turn: Turn) -> str | None:
    return None if turn.past("sign") else "限额标准以下的自行采购合同不用备案、公告"


def is_done_once(turn: Turn) -> str | None:
    return f"“{turn.step.label}”已经办过" if turn.past(turn.step.name) else None


def supplements_are_small(turn: Turn) -> str | None:
    """政府采购法第四十九条: all supplements together are a tenth of the contract at most."""
    purchase = _purchase(turn)
    contract, total = purchase.contract_amount or Decimal(0), supplemented(turn)["supplements"]
    most = _SUPPLEMENTS.on(turn.day)
    if total <= contract * most.decimal / 100:
        return None
    return f"补充合同共 {yuan(total)}，超过原合同 {yuan(contract)} 的 {most.text}（{_LAW[49].short}），应当重新采购"


def supplemented(turn: Turn) -> dict[str, Any]:
    return {"supplements": (_purchase(turn).supplements or Decimal(0)) + turn.answers["extra"]}


def _unanswered(turn: Turn) -> bool:
    return len(turn.past("question")) > len(turn.past("answer"))


def is_answered(turn: Turn) -> str | None:
    return "上一次质疑还没有答复，请先“答复质疑”" if _unanswered(turn) else None


def is_questioned(turn: Turn) -> str | None:
    return None if _unanswered(turn) else "没有等待答复的质疑"


def is_on_file(turn: Turn) -> str | None:
    if not turn.past("sign"):
        return None
    steps = {"file": f"备案（{_LAW[47].short}）", "publish": f"公告（{_RULES[50].short}）"}
    left = "和".join(label for step, label in steps.items() if not turn.past(step))
    return f"合同还没有{left}，不能办结" if left else None


# The round and its checks.


def _round(turn: Turn) -> Round:
    return cast("Round", turn.case)


def years_are_in_order(turn: Turn) -> str | None:
    first, last = turn.answers["first_year"], turn.answers["last_year"]
    if first > last:
        return f"起始年度 {first} 晚于截止年度 {last}"
    return f"截止年度 {last} 还没有到" if last > turn.day.year else None


def round_title(turn: Turn) -> dict[str, Any]:
    first, last = turn.answers["first_year"], turn.answers["last_year"]
    return {"title": f"{first if first == last else f'{first}—{last}'}年政府购买服务自查自纠"}


def _checks(round_: int | None) -> QuerySet[SelfCheck]:
    from .checking import SelfCheck

    return SelfCheck.objects.filter(round=round_ or 0).exclude(matter__state=VOID)


def every_purchase_is_checked(turn: Turn) -> str | None:
    """A round is whole when no contract of its years and office was left out."""
    # An import lives a round through before it is written; its checks come after it.
    if turn.matter.pk is None:
        return None
    left = list(_unchecked(turn).values_list("number", flat=True))
    return f"还有 {len(left)} 件采购没有自查（{_few(left)}），不能汇总" if left else None


def _unchecked(turn: Turn) -> QuerySet[Matter]:
    """The contracts of the round's years and office that it has not checked."""
    round_ = _round(turn)
    signed_then = Matter.objects.filter(
        kind=PURCHASE, office__path__startswith=turn.matter.office.path,
        procurement_purchase__contract_year__range=(round_.first_year or 0, round_.last_year or 0),
    ).exclude(state=VOID)  # fmt: skip
    checked = _checks(turn.matter.pk).values("matter__arises_from")
    return signed_then.exclude(pk__in=checked).order_by("id")


def _few(numbers: list[str]) -> str:
    return "、".join(numbers[:NAMED]) + ("等" if len(numbers) > NAMED else "")


def how_far(turn: Turn) -> Advice | None:
    """What is told before a round is summed up."""
    done, left = _checks(turn.matter.pk).count(), list(_unchecked(turn).values_list("number", flat=True))
    if left:
        return Advice(f"已自查 {done} 件，还有 {len(left)} 件没有自查：{_few(left)}。")
    return Advice(f"已自查 {done} 件，这几个年度的合同都查到了。")


def defects_of_round_are_settled(turn: Turn) -> str | None:
    if turn.matter.pk is None:
        return None
    checks = _checks(turn.matter.pk).values("pk")
    left = Matter.objects.filter(kind=DEFECT, arises_from__in=checks).exclude(state__in=SETTLED).count()
    return f"还有 {left} 个问题没有销号，不能办结" if left else None


def _case_of_check(turn: Turn) -> SelfCheck:
    return cast("SelfCheck", turn.case)


def is_of_a_contract(turn: Turn) -> str | None:
    purchase = _seen(turn, "arises_from", PURCHASE)
    if purchase is None or cast("Purchase", purchase.case).contract_year is None:
        return "自查的来源应当是一件您看得到、已经签订合同的采购"
    if purchase.office_id != turn.matter.office_id:
        return f"自查登记在采购单位“{purchase.office.name}”名下"
    return None


def is_in_the_round(turn: Turn) -> str | None:
    round_, purchase = _seen(turn, "round", ROUND), _seen(turn, "arises_from", PURCHASE)
    if round_ is None:
        return "自查轮次应当是一件您看得到的政府购买服务自查"
    if round_.state == "closed" and not turn.matter.source_key:
        return f"{round_.number}已经办结，不能再登记自查"
    years, signed_in = cast("Round", round_.case), cast("Purchase", purchase.case).contract_year if purchase else None
    if signed_in is None or years.first_year is None or years.last_year is None:
        return None
    if years.first_year <= signed_in <= years.last_year:
        return None
    return f"合同是{signed_in}年签订的，不在{round_.title}的范围里"


def is_checked_once(turn: Turn) -> str | None:
    held = _checks(turn.answers["round"]).filter(matter__arises_from=turn.answers["arises_from"])
    number = held.values_list("matter__number", flat=True).first()
    return f"这件采购在本轮已经自查（{number}）" if number else None


def taken_over(turn: Turn) -> dict[str, Any]:
    """What the check covers is the contract's own: nobody types it."""
    matter = Matter.objects.get(pk=turn.answers["arises_from"])
    purchase = cast("Purchase", matter.case)
    amount = (purchase.contract_amount or Decimal(0)) + (purchase.supplements or Decimal(0))
    return {"title": matter.title, "contract_year": purchase.contract_year, "amount": amount}


def _seen(turn: Turn, name: str, kind: str) -> Matter | None:
    seen = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers[name], kind=kind)
    return seen.select_related("office").first()


def defects_are_settled(turn: Turn) -> str | None:
    if turn.matter.pk is None:
        return None
    found = turn.matter.gives_rise_to.filter(kind=DEFECT)
    left = found.exclude(state__in=SETTLED).count()
    if left:
        return f"还有 {left} 个问题没有销号，不能办结"
    return None if found.exclude(state=VOID).exists() else "还没有登记问题；没有发现问题的，请撤回后用“自查无问题”登记"


def source_stays(turn: Turn) -> str | None:
    """Year and amount came from the source, and other matters may rest on it."""
    held = {"arises_from": turn.matter.arises_from_id, "round": getattr(turn.case, "round_id", None)}
    if any(turn.answers[name] != value for name, value in held.items() if name in turn.answers):
        return "来源和轮次不能更正；登记错了的，请撤回以后重新登记"
    return None


def rounds_marks(ids: Collection[int]) -> dict[int, Mark]:
    """How many contracts each round has checked."""
    from .checking import SelfCheck

    held = SelfCheck.objects.filter(round__in=ids).exclude(matter__state=VOID)
    rows = held.order_by().values_list("round").annotate(n=Count("pk"))
    return {pk: _checked_so_far(n) for pk, n in rows if pk}


def _checked_so_far(n: int) -> Mark:
    return Mark("已自查", f"{n} 件")


def marks(ids: Collection[int]) -> dict[int, Mark]:
    """How many defects a check found and how many are settled."""
    counted = Matter.objects.filter(kind=DEFECT, arises_from__in=ids).exclude(state__in=("dismissed", VOID))
    rows = (
        counted.order_by()
        .values_list("arises_from")
        .annotate(n=Count("pk"), done=Count("pk", filter=Q(state="closed")))
    )
    return {pk: _progress(all_, done) for pk, all_, done in rows}


def _progress(defects: int, settled: int) -> Mark:
    return Mark("整改中" if settled < defects else "待办结", f"销号 {settled}/{defects}")


# Defects: the same words as the findings of inspections and audits.


def _defect(turn: Turn) -> Defect:
    return cast("Defect", turn.case)


def came_of_check(turn: Turn) -> str | None:
    source = _seen(turn, "arises_from", CHECK)
    if source is None:
        return "问题的来源应当是一件您看得到的采购自查"
    if source.office_id != turn.matter.office_id:
        return f"问题登记在采购单位“{source.office.name}”名下"
    if turn.day < source.opened_on:
        return f"登记日期 {turn.day} 早于自查的日期 {source.opened_on}"
    round_ = cast("SelfCheck", source.case).round
    if round_ is not None and round_.state == "closed" and not turn.matter.source_key:
        return f"{round_.number}已经办结，不能再登记问题"
    return None


def recurs_after_closure(turn: Turn) -> str | None:
    if turn.answers.get("recurs") is None:
        return None
    earlier = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["recurs"], kind=DEFECT).first()
    if earlier is None or earlier.state != "closed" or earlier.office_id != turn.matter.office_id:
        return "上次的同一问题应当是同一单位已经销号的采购问题"
    return None


def found(turn: Turn) -> dict[str, Any]:
    """A defect goes by its problem in lists, and by the year of the contract in figures."""
    check = cast("SelfCheck", Matter.objects.get(pk=turn.answers["arises_from"]).case)
    return {"title": turn.answers["problem"].splitlines()[0][:60], "contract_year": check.contract_year}


def evidence_is_dated(turn: Turn) -> str | None:
    return _misdated("佐证", turn.answers["evidence_on"], turn, turn.matter.opened_on, "发现问题的日期")


def recheck_is_dated(turn: Turn) -> str | None:
    since = _defect(turn).evidence_on or turn.matter.opened_on
    return _misdated("复查佐证", turn.answers["recheck_on"], turn, since, "责任单位佐证的日期")


def _misdated(what: str, on: date, turn: Turn, since: date, since_label: str) -> str | None:
    if on > turn.day:
        return f"{what}形成日期 {on} 晚于办理日期 {turn.day}，请核对"
    if on < since:
        return f"{what}形成日期 {on} 早于{since_label} {since}，不能证明已经整改"
    return None
