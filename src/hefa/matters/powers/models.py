"""The three lists (权力、责任、负面): what the street may do, must do, may not do; guides and the window are beside them."""

from __future__ import annotations

from django.db import models

from hefa.kernel.figure import Count, Share, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind

from . import rules
from .figures import Unused
from .guide import ServiceGuide
from .window import Handling, WindowCheck

__all__ = ["Handling", "PowerItem", "ServiceGuide", "WindowCheck"]

REGISTRY = ("planner", "justice_clerk", "justice_head")
DIRECT = {"catalogue": rules.POWER, "is_direct": True}


class Catalogue(models.TextChoices):
    POWER = rules.POWER, "权力清单"
    DUTY = "duty", "责任清单"
    NEGATIVE = rules.NEGATIVE, "负面清单"


class PowerItem(Kind):
    """三清单事项."""

    catalogue = models.CharField("清单", max_length=10, choices=Catalogue, blank=True)
    code = models.CharField("事项编码", max_length=30, blank=True)
    legal_basis = models.TextField("设定依据", blank=True)
    owner = models.CharField("责任科室", max_length=60, blank=True)
    procedure = models.TextField("运行流程", blank=True)
    risk_points = models.TextField("廉政风险点", blank=True)
    safeguards = models.TextField("防控措施", blank=True)
    is_direct = models.BooleanField("街道直接办理", default=False)

    series = "{office}清单〔{year}〕{n}号"
    lists = ("catalogue", "code", "owner")
    primary = True

    flow = Flow(
        states={"in_force": "在册", "suspended": "暂停", "removed": "已取消"},
        ends=("removed",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="enter", label="列入清单", by=REGISTRY, to="in_force",
                asks=("title", "catalogue", "code", "legal_basis", "owner"),
                offers=("procedure", "risk_points", "safeguards", "is_direct"),
                guards=(rules.code_is_new, rules.power_is_described, rules.only_powers_are_handled),
                help="权力清单的事项要写运行流程和廉政风险点；居民、企业可以在街道直接办的，选“街道直接办理”。",
            ),
            Step(
                name="adjust", label="调整", by=REGISTRY, at=("in_force", "suspended"), asks=("reason",),
                offers=("legal_basis", "owner", "procedure", "risk_points", "safeguards", "is_direct"),
                guards=(rules.only_powers_are_handled,), help="法律、法规修改或者机构职责变化的，随时调整，写明依据。",
            ),
            Step(
                name="suspend", label="暂停", by=REGISTRY, at=("in_force",), to="suspended", asks=("reason",),
            ),
            Step(name="resume", label="恢复", by=REGISTRY, at=("suspended",), to="in_force", asks=("reason",)),
            Step(
                name="remove", label="取消", by=REGISTRY, at=("in_force", "suspended"), to="removed",
                asks=("reason",), help="写明取消、下放或者合并的依据。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="items", label="街道直接办理的事项", unit="项", states=("in_force",), having=DIRECT,
            definition="期末在册的权力清单事项中，居民、企业可以在街道直接办理的",
        ),
        Stock(
            name="power_items", label="权力清单事项", unit="项", states=("in_force",),
            having={"catalogue": Catalogue.POWER}, definition="期末在册的权力清单事项",
        ),
        Stock(
            name="duty_items", label="责任清单事项", unit="项", states=("in_force",),
            having={"catalogue": Catalogue.DUTY}, definition="期末在册的责任清单事项",
        ),
        Stock(
            name="negative_items", label="负面清单事项", unit="项", states=("in_force",),
            having={"catalogue": Catalogue.NEGATIVE}, definition="期末在册的负面清单事项",
        ),
        Count(
            name="adjusted", label="调整、取消的清单事项", unit="项", steps=("adjust", "suspend", "resume", "remove"),
            definition="本期内调整、暂停、恢复或者取消过的清单事项，同一事项计一次",
        ),
        Unused(
            name="unused", label="没有办理过的直接办理事项", unit="项", states=("in_force",), having=DIRECT,
            definition="期末在册的街道直接办理事项中，本期没有一件办件的",
        ),
        Share(
            name="guide_coverage", label="办事指南覆盖率", of="powers.guides", among="powers.items",
            definition="公布中的办事指南数 ÷ 街道直接办理的事项数",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "三清单事项"
