"""What the three lists, the guides, the window and what is handled there depend on beyond their states."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator

from hefa.kernel.days import add_working
from hefa.kernel.flow import VOID
from hefa.kernel.matter import Matter
from hefa.kernel.people import Office
from hefa.kernel.turn import Turn

if TYPE_CHECKING:
    from .guide import ServiceGuide
    from .models import PowerItem
    from .window import WindowCheck

ITEM, GUIDE = "powers.poweritem", "powers.serviceguide"
NEGATIVE, POWER = "negative", "power"
# 整理、整顿、清扫、清洁、素养: a fifth of the hundred each.
ASPECTS = ("sorting", "order", "cleaning", "tidiness", "discipline")
MOST = 100 // len(ASPECTS)
SCORE = [MaxValueValidator(MOST, message=f"每项最高 {MOST} 分")]


def _above(office: Office) -> list[str]:
    """The paths of an office and of all above it: whose lists bind it."""
    parts = office.path.rstrip(".").split(".")
    return [f"{'.'.join(parts[:n])}." for n in range(1, len(parts) + 1)]


def listed(code: str, office: Office, day: date) -> Matter | None:
    """The item of that code on a list that binds the office that day, the nearest first; None when there is none.

    A code is the same in small letters and in the wide ones of a Chinese keyboard.
    """
    plain = unicodedata.normalize("NFKC", code)
    found = Matter.objects.filter(
        kind=ITEM, state="in_force", opened_on__lte=day, powers_poweritem__code__iexact=plain,
        office__path__in=_above(office),
    )  # fmt: skip
    return found.select_related("powers_poweritem").order_by("-office__path").first()


# --- the lists -------------------------------------------------------------------------------------------------------


def code_is_new(turn: Turn) -> str | None:
    taken = listed(turn.answers["code"], turn.matter.office, turn.day)
    return f"编码已用于“{taken.title}”（{taken.number}），一个编码只用于一个事项" if taken else None


def power_is_described(turn: Turn) -> str | None:
    """A power runs by a published course, and its risks are known."""
    if turn.answers["catalogue"] != POWER:
        return None
    absent = [
        name for key, name in (("procedure", "运行流程"), ("risk_points", "廉政风险点")) if not turn.answers.get(key)
    ]
    return f"权力清单的事项，请填写{'、'.join(absent)}" if absent else None


def only_powers_are_handled(turn: Turn) -> str | None:
    if turn.answers.get("is_direct") and turn.value("catalogue") != POWER:
        return "只有权力清单的事项才能标为街道直接办理"
    return None


# --- guides ----------------------------------------------------------------------------------------------------------


def item_is_direct(turn: Turn) -> str | None:
    found = Matter.objects.visible_to(turn.actor).filter(pk=turn.answers["item"], kind=ITEM)
    item = found.select_related("powers_poweritem").first()
    if item is None:
        return "请选择一项您看得到的清单事项"
    if item.state != "in_force" or not cast("PowerItem", item.case).is_direct:
        return f"“{item.title}”不在册，或者不由街道直接办理，不编办事指南"
    return None


def item_has_no_guide(turn: Turn) -> str | None:
    held = Matter.objects.filter(kind=GUIDE, powers_serviceguide__item=turn.answers["item"])
    first = held.exclude(state__in=("withdrawn", VOID)).first()
    return f"这个事项已有办事指南（{first.number}），要改它请办“修改”" if first else None


def promise_keeps_the_term(turn: Turn) -> str | None:
    legal, promised = turn.value("legal_days"), turn.value("promised_days")
    if legal is not None and promised > legal:
        return f"承诺时限 {promised} 个工作日超过了法定时限 {legal} 个工作日"
    return None


def guided(turn: Turn) -> dict[str, Any]:
    return {"title": f"{Matter.objects.get(pk=turn.answers['item']).title}办事指南"}


def guide_facts(turn: Turn) -> dict[str, Any]:
    case = cast("ServiceGuide", turn.case)
    item = case.item
    legal = "没有规定" if case.legal_days is None else f"{case.legal_days} 个工作日"
    promised = f"{case.promised_days} 个工作日" if case.promised_days else "当场办结"
    return {"item": item, "listed": item.case if item else None, "legal": legal, "promised": promised}


# --- handling --------------------------------------------------------------------------------------------------------


def code_is_not_forbidden(turn: Turn) -> str | None:
    item = listed(turn.answers["code"], turn.matter.office, turn.day)
    if item is not None and cast("PowerItem", item.case).catalogue == NEGATIVE:
        return f"“{item.title}”在负面清单上，不得办理"
    return None


def accepted(turn: Turn) -> dict[str, Any]:
    """Which item it is, and by when the guide promises it. What is on no list is taken in, and told as such."""
    item = listed(turn.answers["code"], turn.matter.office, turn.day)
    facts: dict[str, Any] = {"item": item.pk if item else None, "promised_on": None}
    facts["title"] = item.title if item else f"清单上没有的事项（{turn.answers['code']}）"
    guide = (
        Matter.objects.filter(kind=GUIDE, state="published", powers_serviceguide__item=item).first() if item else None
    )
    if guide is not None:
        days = cast("ServiceGuide", guide.case).promised_days or 0
        facts["promised_on"] = add_working(turn.day, days) if days else turn.day
    return facts


def completed(turn: Turn) -> dict[str, Any]:
    promised_on = turn.value("promised_on")
    return {"is_late": promised_on is not None and turn.day > promised_on}


# --- the window ------------------------------------------------------------------------------------------------------


def _window(turn: Turn) -> WindowCheck:
    return cast("WindowCheck", turn.case)


def deductions_are_told(turn: Turn) -> str | None:
    score = sum(turn.answers[name] for name in ASPECTS)
    if score < MOST * len(ASPECTS) and not turn.answers.get("problems"):
        return f"得分 {score}，有扣分的请写明问题"
    return None


def scored(turn: Turn) -> dict[str, Any]:
    window = turn.answers["window"]
    return {"score": sum(turn.answers[name] for name in ASPECTS), "title": f"{window}5S检查"}


def has_problems(turn: Turn) -> str | None:
    return None if _window(turn).problems else "没有登记问题，不用整改，请“办结”"


def has_no_problems(turn: Turn) -> str | None:
    return "登记了问题的，先“交办整改”，复查以后办结" if _window(turn).problems else None
