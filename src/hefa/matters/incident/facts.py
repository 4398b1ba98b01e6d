"""Facts that turn out otherwise after an incident was sent: the table is asked once more, and only once."""

from __future__ import annotations

from typing import Any

from hefa.kernel.people import Office, street_of
from hefa.kernel.turn import Turn

from .sending import by_rule, line_of, lines, no_line
from .table import Line, decided

_LIVE = ("dispatched", "refused", "handling")


def place_is_ours(turn: Turn) -> str | None:
    if "area" not in turn.answers:
        return None
    area, street = Office.objects.get(pk=turn.answers["area"]), street_of(turn.matter.office)
    return None if area.path.startswith(street.path) else f"“{area.name}”不在{street.name}，请核对事发地点"


def facts_changed(turn: Turn) -> str | None:
    """The same fact told twice does nothing: whoever comes second finds it on record."""
    if any(_differs(turn, name) for name in ("area", "type")):
        return None
    return "事发社区和事件类型都没有变化，不用再办"


def _differs(turn: Turn, name: str) -> bool:
    held = turn.case.area_id if name == "area" else turn.case.type  # type: ignore[attr-defined]
    return name in turn.answers and turn.answers[name] != held


def is_not_final(turn: Turn) -> str | None:
    if not turn.case.is_final:  # type: ignore[attr-defined]
        return None
    return "这件由分管领导指定承办，事实变化也不随规则改派；请“补正事实”，要换单位的由分管领导重新指定"


def _before(turn: Turn) -> Line | None:
    """What the table says of the facts that are on record."""
    held: Any = turn.case
    return decided(lines(turn), held.area.path, held.type) if held.area else None


def table_moves(turn: Turn) -> str | None:
    line, before = line_of(turn), _before(turn)
    if line is None:
        return no_line(turn).replace("请“人工派单”，或者先设定规则", "请先设定规则")
    if line.target == turn.matter.office_id:
        return f"按新的事实，{line.number}仍然派给{turn.matter.office.name}：请办理“补正事实”"
    if before is not None and before.target == line.target:
        return f"按新的事实，{line.number}的去向没有变，不因此改派：请办理“补正事实”"
    return None


def table_stays(turn: Turn) -> str | None:
    """Facts that send it elsewhere are not just written down: one way only, so that no hop is missed or made twice.

    What somebody dispatched by hand stays where it is as long as the facts do not change the table's answer.
    """
    line, before = line_of(turn), _before(turn)
    if line is None or turn.matter.state not in _LIVE or line.target == turn.matter.office_id:
        return None
    if before is not None and before.target == line.target:
        return None
    if turn.case.is_final or turn.matter.pk is None:  # type: ignore[attr-defined]
        return None
    name = Office.objects.values_list("name", flat=True).get(pk=line.target)
    return f"按新的事实，{line.number}派给{name}，不再是{turn.matter.office.name}：请办理“事实变化改派”"


def amendment_makes_no_hop(turn: Turn) -> str | None:
    changed = any(_differs(turn, name) for name in ("area", "type"))
    return table_stays(turn) if changed else None


def rerouted(turn: Turn) -> dict[str, Any]:
    """The new office by the table; the reason stays the office's own, the rule is named beside it."""
    told = by_rule(turn)
    told["proposed"] = f"{told.pop('reason')}" + (f"；{told['proposed']}" if "proposed" in told else "")
    return told | {"rerouted": turn.case.rerouted + 1}  # type: ignore[attr-defined]
