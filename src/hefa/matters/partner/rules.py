"""What a partner depends on: known kinds of cooperation, an agreement in force, and care with children's data."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MinValueValidator

from hefa.kernel.figure import Period
from hefa.kernel.flow import VOID
from hefa.kernel.law import instrument
from hefa.kernel.turn import Turn

from .codes import Consent, Cooperation, PartnerType, pieces

if TYPE_CHECKING:
    from .models import Partner

PRIVACY = instrument("privacy")

AT_LEAST_ONE = [MinValueValidator(1, "数量至少为 1")]
SOME_HOURS = [MinValueValidator(Decimal("0.1"), "时长应大于 0")]


def term_is_over(period: Period) -> dict[str, Any]:
    """What was agreed or appointed until a day that had passed at the period's end."""
    return {"ends_on__lt": period.end}


def _partner(turn: Turn) -> Partner:
    return cast("Partner", turn.case)


def is_new(turn: Turn) -> str | None:
    """One row a partner; rows of an old ledger stand for themselves."""
    if turn.matter.source_key:
        return None
    same = cast("type[Partner]", type(turn.case)).objects.filter(
        full_name=turn.answers["full_name"], matter__office=turn.matter.office
    )
    number = same.exclude(matter__state__in=("ended", VOID)).values_list("matter__number", flat=True).first()
    return f"“{turn.answers['full_name']}”已经登记（{number}）" if number else None


def cooperation_is_known(turn: Turn) -> str | None:
    unknown = [one for one in pieces(turn.answers.get("cooperation", "")) if one not in map(str, Cooperation.labels)]
    if not unknown:
        return None
    return f"不认识的合作内容：{'、'.join(unknown)}。应为：{'、'.join(map(str, Cooperation.labels))}"


def partner_named(turn: Turn) -> dict[str, Any]:
    return {"title": turn.answers["full_name"], "cooperation": "、".join(pieces(turn.answers["cooperation"]))}


# Agreements.


def ends_later(turn: Turn) -> str | None:
    ends_on = turn.answers["ends_on"]
    return None if ends_on > turn.day else f"到期日期 {ends_on} 应当晚于 {turn.day}"


def ends_after_before(turn: Turn) -> str | None:
    ends_on, before = turn.answers["ends_on"], turn.case.ends_on  # type: ignore[attr-defined]
    if before is not None and ends_on <= before:
        return f"新的到期日期 {ends_on} 应当晚于原来的 {before}"
    return None


def is_under_agreement(turn: Turn) -> str | None:
    ends_on = _partner(turn).ends_on
    return f"共建协议已于 {ends_on} 到期，请先“续签”" if ends_on is not None and turn.day > ends_on else None


def school_has_statement(turn: Turn) -> str | None:
    if _partner(turn).type != PartnerType.SCHOOL or turn.past("declare_minors"):
        return None
    return "与学校共建，要先“登记涉未成年人信息”：写明目的和监护人同意的方式，不收集的也要写明"


# Children's data.


def statement_is_whole(turn: Turn) -> str | None:
    """Whoever collects says what, and until when; whoever does not, names no data."""
    what, until = turn.answers.get("minors_data"), turn.answers.get("minors_until")
    if turn.answers["minors_consent"] == Consent.NONE:
        return "选了“不收集”，就不要填“涉及的未成年人信息”和“保存到”" if what or until else None
    if not what or not until:
        return f"要收集的，请写明“涉及的未成年人信息”和“保存到”哪一天（{PRIVACY[6, 2].short}：限于最小范围）"
    return f"保存到 {until}，早于登记日期 {turn.day}" if until < turn.day else None


def minors_are_covered(turn: Turn) -> str | None:
    """A record that carries children's data rests on a statement: purpose, a guardian's consent, still in time."""
    if not turn.answers.get("names_minors"):
        return None
    partner = _partner(turn)
    if partner.minors_consent in ("", Consent.NONE):
        return (
            f"记录里有未成年人个人信息，但是没有登记监护人同意（{PRIVACY[31, 1].short}）："
            "请先“登记涉未成年人信息”，或者去掉姓名、影像再记"
        )
    if partner.minors_until is not None and turn.day > partner.minors_until:
        return f"未成年人信息只能保存到 {partner.minors_until}，请先“删除未成年人信息”，或者重新取得同意再登记"
    return None


def holds_minors_data(turn: Turn) -> str | None:
    if _partner(turn).minors_consent in ("", Consent.NONE):
        return "没有登记过收集未成年人信息，不用删除"
    return None


def nobody_serves_there(turn: Turn) -> str | None:
    # An import lives a partner through before it is written; its vice principal comes after it.
    if turn.matter.pk is None:
        return None
    there = turn.matter.gives_rise_to.filter(kind="partner.viceprincipal", state__in=("recommended", "serving"))
    title = there.values_list("title", flat=True).first()
    return f"{title}还没有离任，请先办理离任，再结束共建" if title else None


def partner_facts(turn: Turn) -> dict[str, Any]:
    partner = _partner(turn)
    return {
        "is_school": partner.type == PartnerType.SCHOOL,
        "collects": partner.minors_consent not in ("", Consent.NONE),
        "is_renewal": turn.step.name == "renew",
        "guardian_ground": str(PRIVACY[31, 1]),
        "least_ground": str(PRIVACY[6, 2]),
        "delete_ground": str(PRIVACY[47, 1]),
    }
