"""Full-time mediators paired with communities: every community knows whom to call."""

from __future__ import annotations

from typing import Any, cast

from django.db import models

from hefa.kernel.coverage import Coverage, Reach
from hefa.kernel.figure import Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Level
from hefa.kernel.turn import Turn

LAW = instrument("mediation")

KEEPERS = ("justice_head", "justice_clerk")
MEDIATOR = "mediation.mediator"


def is_a_community(turn: Turn) -> str | None:
    office = turn.matter.office
    return None if office.level == Level.COMMUNITY else f"结对登记在社区名下，“{office.name}”不是社区"


def _mediator(turn: Turn) -> Matter | None:
    """The register row of the chosen mediator, in the street of the community or above."""
    seen = Matter.objects.visible_to(turn.actor).filter(kind=MEDIATOR, pk=turn.answers["mediator"])
    found = seen.select_related("office").first()
    return found if found and turn.matter.office.path.startswith(found.office.path) else None


def mediator_serves(turn: Turn) -> str | None:
    mediator = _mediator(turn)
    if mediator is None:
        return f"请选择“{turn.matter.office.name}”或者所在街道的调解员"
    if mediator.state != "serving" and not turn.matter.source_key:
        return f"调解员{mediator.title}已解聘，不能结对"
    if not mediator.case.is_full_time:  # type: ignore[attr-defined]
        return f"调解员{mediator.title}不是专职调解员，结对由专职调解员承担"
    return None


def is_not_paired_yet(turn: Turn) -> str | None:
    paired = Pairing.objects.filter(matter__office=turn.matter.office, matter__state="paired")
    number = paired.filter(mediator_id=turn.answers["mediator"]).values_list("matter__number", flat=True).first()
    # An old ledger may tell of a pairing that ended and began again.
    if number is None or turn.matter.source_key:
        return None
    return f"这位调解员已经与“{turn.matter.office.name}”结对（{number}）"


def titled(turn: Turn) -> dict[str, Any]:
    mediator = cast(Matter, _mediator(turn))
    return {"title": f"{mediator.title}结对{turn.matter.office.short}"}


class Pairing(Kind):
    """结对共建."""

    mediator = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结对调解员",
        help_text="填调解员登记的编号或者姓名",
    )  # fmt: skip
    duties = models.CharField("结对内容", max_length=200, blank=True)

    series = "{office}结对〔{year}〕{n}号"
    lists = ("duties",)
    seen_by = ("mediator", "committee_head", "community_mediator")

    flow = Flow(
        states={"paired": "结对中", "ended": "已结束"},
        ends=("ended",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="pair", label="结对", by=KEEPERS, to="paired", basis=LAW[19], asks=("mediator",),
                offers=("duties",), guards=(is_a_community, mediator_serves, is_not_paired_yet), sets=titled,
                help="登记在社区名下。每个社区至少有一名专职调解员结对。",
            ),
            Step(
                name="change", label="更换调解员", by=KEEPERS, at=("paired",), basis=LAW[19],
                asks=("mediator", "reason"), guards=(mediator_serves, is_not_paired_yet), sets=titled,
                help="调解员解聘、调整包片以前，先更换。",
            ),
            Step(name="end", label="结束结对", by=KEEPERS, at=("paired",), to="ended", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Reach(
            name="paired_communities", label="有专职调解员结对的社区", levels=(Level.COMMUNITY,), states=("paired",),
            definition="期末有专职调解员结对的社区；一个社区有几位调解员结对的只计一次",
        ),
        Coverage(
            name="pairing_coverage", label="社区结对覆盖率", of="mediation.paired_communities",
            definition="有专职调解员结对的社区 ÷ 全部社区",
        ),
        Stock(name="pairings", label="结对", unit="对", states=("paired",), definition="期末结对中的调解员和社区"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "结对共建"
