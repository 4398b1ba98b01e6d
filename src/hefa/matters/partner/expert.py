"""The pool of experts: lawyers, deputies, law-literate residents, who teach for the street."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from hefa.kernel.figure import Figure, Stock, Times
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import rules, serving
from .codes import Calling

LAW = instrument("publicity")
INTERNAL = instrument("internal")

KEEPERS = ("justice_head", "justice_clerk")


def _by_calling() -> Iterator[Figure]:
    for one in Calling:
        yield Stock(
            name=f"experts_{one.value}", label=f"普法智库：{one.label}", unit="名", states=("serving",),
            having={"calling": one}, definition=f"期末在聘的普法智库人员中的{one.label}",
        )  # fmt: skip


class Expert(Kind):
    """普法智库人员."""

    full_name = models.CharField("姓名", max_length=40, blank=True)
    calling = models.CharField("身份", max_length=10, choices=Calling, blank=True)
    work_unit = models.CharField("工作单位", max_length=80, blank=True)
    strength = models.CharField("专长", max_length=80, blank=True)
    phone = PersonalField("联系电话", masks="phone")
    ends_on = models.DateField("聘期届满日期", null=True, blank=True)
    training_hours = models.DecimalField("累计培训学时", max_digits=6, decimal_places=1, default=0)
    service_hours = models.DecimalField("累计服务时长", max_digits=7, decimal_places=1, default=0)

    notes = {
        "training": models.CharField("培训内容", max_length=120),
        "hours": models.DecimalField("培训学时", max_digits=4, decimal_places=1, validators=rules.SOME_HOURS),
        "deed": models.CharField("服务情况", max_length=200),
        "deed_hours": models.DecimalField("服务时长", max_digits=4, decimal_places=1, validators=rules.SOME_HOURS),
    }
    series = "{office}智库〔{year}〕{n}号"
    lists = ("calling", "strength", "service_hours")
    seen_by = ("mediator", "committee_head", "community_mediator")

    flow = Flow(
        states={"serving": "在聘", "left": "已退出"},
        ends=("left",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="invite", label="聘请", by=KEEPERS, to="serving", basis=LAW[47, 1],
                asks=("full_name", "calling", "strength", "ends_on"), offers=("work_unit", "phone", "arises_from"),
                guards=(serving.literate_is_on_register, serving.expert_term_is_short), sets=serving.expert_titled,
                paper="invitation",
                help="法律明白人先在“法律明白人”登记、发证，这里的来源选那一件，不重复登记。",
            ),
            Step(
                name="serve", label="服务", by=(*KEEPERS, "committee_head"), at=("serving",),
                asks=("deed", "deed_hours"), guards=(serving.is_in_term,), sets=serving.served,
            ),
            Step(
                name="train", label="培训", by=KEEPERS, at=("serving",), asks=("training", "hours"), sets=serving.trained,
            ),
            Step(
                name="renew", label="续聘", by=KEEPERS, at=("serving",), basis=LAW[47, 1], asks=("ends_on",),
                guards=(serving.expert_term_is_short, rules.ends_after_before), paper="invitation",
            ),
            Step(name="leave", label="退出", by=KEEPERS, at=("serving",), to="left", asks=("reason",)),
        ),
        deadlines=(
            Deadline(
                name="expert_term", label="智库人员聘期", within=INTERNAL.term("expert_term"), starts=("invite",),
                restarts=("renew",), stops=("leave",),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="experts", label="普法智库人员", unit="名", states=("serving",), definition="期末在聘的普法智库人员",
        ),
        *_by_calling(),
        Stock(
            name="lapsed_experts", label="聘期届满没有续聘的智库人员", unit="名", states=("serving",),
            having=rules.term_is_over, definition="期末聘期届满日期已过、没有续聘也没有退出的普法智库人员",
        ),
        Times(
            name="expert_trainings", label="普法智库人员培训", unit="人次", steps=("train",),
            definition="本期内参加培训的普法智库人员人次",
        ),
        Times(name="expert_deeds", label="普法智库人员服务", unit="次", steps=("serve",), definition="本期内普法智库人员的服务次数"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "普法智库人员"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return serving.expert_facts(turn)
