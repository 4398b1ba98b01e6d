"""What a step of an incident depends on beyond its state: guards, derived facts, what its papers say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel.flow import VOID
from hefa.kernel.people import Office, street_of
from hefa.kernel.turn import Turn

from .codes import AWAITING, IncidentType, Outcome, Source

if TYPE_CHECKING:
    from .dispatch import Rule
    from .models import Incident

ONE_TO_FIVE = [MinValueValidator(1, "满意度应为 1–5"), MaxValueValidator(5, "满意度应为 1–5")]
_CITES = re.compile(r"第[一二三四五六七八九十百千〇零\d]+条")


def _incident(turn: Turn) -> Incident:
    return cast("Incident", turn.case)


# Incidents.


def has_source_no(turn: Turn) -> str | None:
    source = turn.answers["source"]
    if source == Source.GRID:
        return "网格发现的请用“网格上报”登记"
    if source in AWAITING and not turn.answers.get("source_no"):
        return f"{Source(source).label}转来的，请填写“来源工单号”，办完要凭它反馈"
    return None


def area_is_ours(turn: Turn) -> str | None:
    area, street = Office.objects.get(pk=turn.answers["area"]), street_of(turn.matter.office)
    return None if area.path.startswith(street.path) else f"“{area.name}”不在{street.name}，请核对事发地点"


def came_from_police(turn: Turn) -> str | None:
    if _incident(turn).source == Source.POLICE:
        return None
    return "这件不是 110 转来的，不能退回公安；需要公安处置的，请拨打 110 报警，或者办理“移送有权机关”"


def is_within_street(turn: Turn) -> str | None:
    target, street = Office.objects.get(pk=turn.answers["office"]), street_of(turn.matter.office)
    if target.path.startswith(street.path):
        return None
    return f"“{target.name}”不是{street.name}的单位，不能派单；要交给外单位的，由承办单位“移送有权机关”"


def is_another_office(turn: Turn) -> str | None:
    if turn.answers["office"] != turn.matter.office_id:
        return None
    return f"“{turn.matter.office.name}”已经拒收，请改派别的单位；拒收理由不成立的，由分管领导“指定承办”"


def may_refuse(turn: Turn) -> str | None:
    if _incident(turn).is_final:
        return "这件由分管领导指定承办，不能再拒收；确有困难的，边办理边报告"
    if _incident(turn).urgency == "critical":
        return "特急事件先处置、后厘清责任，不能拒收；处置后可以“移送有权机关”"
    return None


def cites_law(turn: Turn) -> str | None:
    basis = turn.answers["legal_basis"]
    if "《" in basis and "》" in basis and _CITES.search(basis):
        return None
    return f"“{basis}”没有写明法律依据，请写出文件名和条款，如《……条例》第几条"


def refused(turn: Turn) -> dict[str, Any]:
    return {"refusals": _incident(turn).refusals + 1}


def dispute_is_over(turn: Turn) -> str | None:
    # An import lives an incident through before it is written; its dispute has a ledger of its own.
    if turn.matter.pk is None:
        return None
    disputes = list(turn.matter.gives_rise_to.filter(kind="mediation.dispute").exclude(state=VOID))
    if not disputes:
        return "还没有登记由这件事引起的矛盾纠纷：请调解员受理，并把这件事选为它的“来源事项”"
    going = [one.number for one in disputes if one.state == "mediating"]
    return f"{'、'.join(going)}还在调解，调解结束了再办" if going else None


def was_followed_up(turn: Turn) -> str | None:
    return None if turn.past("follow_up") else "还没有网格跟进的记录，不能算处置完毕：请先记一次“网格跟进”"


def goes_outside(turn: Turn) -> str | None:
    partner, street = Office.objects.get(pk=turn.answers["partner"]), street_of(turn.matter.office)
    if not partner.path.startswith(street.path):
        return None
    return f"“{partner.name}”是{street.name}自己的单位，不必移送：请拒收说明理由，由指挥室改派"


def referred(turn: Turn) -> dict[str, Any]:
    name = Office.objects.values_list("name", flat=True).get(pk=turn.answers["partner"])
    return {"outcome": Outcome.REFERRED, "result": f"已移送{name}"}


def is_awaited(turn: Turn) -> str | None:
    if _incident(turn).source in AWAITING:
        return None
    return f"这件来自{_incident(turn).get_source_display()}，没有要反馈的单位，请直接“办结”并告知报告人"


def source_has_heard(turn: Turn) -> str | None:
    if _incident(turn).source not in AWAITING or turn.matter.state == "fed_back":
        return None
    return f"这件由{_incident(turn).get_source_display()}转来，请先“反馈来源单位”，再办结"


# The table.


def target_is_ours(turn: Turn) -> str | None:
    offices = Office.objects.in_bulk([pk for name in ("target", "area") if (pk := turn.answers.get(name))])
    street = street_of(turn.matter.office)
    strange = [office.name for office in offices.values() if not office.path.startswith(street.path)]
    return f"“{'、'.join(strange)}”不在{street.name}，不能写进派单规则" if strange else None


def is_only_rule(turn: Turn) -> str | None:
    rules = cast("type[Rule]", type(turn.case)).objects.filter(
        matter__state="standing", matter__office=turn.matter.office
    )
    same = rules.filter(area=turn.answers.get("area"), type=turn.answers.get("type", "")).first()
    return f"同一地点和类型已有{same.matter.number}，请“调整承办单位”或者先停用它" if same else None


def rule_titled(turn: Turn) -> dict[str, Any]:
    """A rule goes by what it says: 飞虹社区居委会 × 噪声扰民 → 飞虹社区居委会."""
    ids = [turn.value("area"), turn.value("target")]
    names = dict(Office.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "name"))
    labels = dict(IncidentType.choices)
    type_ = turn.value("type")
    return {"title": f"{names.get(ids[0], '全街道')} × {labels.get(type_, '各类事件')} → {names[ids[1]]}"}
