"""Reception of visitors by leaders: the roster, who came, what was raised, what was answered."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import letters, rules

LAW = instrument("petition")

DESK = ("petition_officer", "petition_head")
ROSTER = ("petition_head", "petition_officer")
LEADERS = ("party_secretary", "director", "deputy")


class Reception(Kind):
    """领导接访."""

    leader = models.CharField("接访领导", max_length=40, blank=True)
    planned_on = models.DateField("排定日期", null=True, blank=True)
    place = models.CharField("接访地点", max_length=80, blank=True)
    issue = PersonalField("反映事项")
    reply = PersonalField("答复意见")
    people = models.PositiveIntegerField("来访人数", default=0)
    is_downward = models.BooleanField("下访", default=False)

    sides = {"visitor": "来访人", "representative": "来访代表"}
    series = "{office}接访〔{year}〕{n}号"
    lists = ("leader", "planned_on", "people")

    flow = Flow(
        states={
            "planned": "已排班",
            "received": "待答复",
            "answered": "已答复",
            "handed_over": "已转信访事项办理",
            "idle": "无人来访",
            "cancelled": "已取消",
        },
        ends=("answered", "handed_over", "idle", "cancelled"),
        corrected_by=("petition_head",),
        steps=(
            Step(
                name="plan", label="排班", by=ROSTER, to="planned", basis=LAW[18, 2],
                asks=("leader", "planned_on", "place"), offers=("is_downward", "handler"), sets=rules.titled,
                help="领导干部定期接待群众来访、定期下访；接待的时间和地点向社会公布。",
            ),
            Step(
                name="receive", label="接访", by=(*DESK, *LEADERS), at=("planned",), to="received", basis=LAW[18, 2],
                asks=("parties", "issue"), offers=("title", "people", "leader"), paper="reception",
                guards=(rules.is_the_day, rules.visit_by_few), sets=rules.counted,
                help="一批来访人登记一件；同一天再有人来，用“随访接待”另登记。",
            ),
            Step(
                name="receive_unplanned", label="随访接待", by=(*DESK, *LEADERS), to="received", basis=LAW[18, 2],
                asks=("leader", "parties", "issue"), offers=("title", "place", "people", "is_downward", "arises_from"),
                sets=rules.titled_and_counted, guards=(rules.visit_by_few,), paper="reception",
            ),
            Step(
                name="answer", label="当面答复", by=(*DESK, *LEADERS), at=("received",), to="answered",
                basis=LAW[20, 4], asks=("reply",),
            ),
            Step(
                name="hand_over", label="转信访事项办理", by=DESK, at=("received",), to="handed_over",
                basis=LAW[23, 1], offers=("reply",), guards=(rules.petition_is_registered,),
                help="先登记信访事项，把这次接访选为它的来源。",
            ),
            Step(name="idle", label="无人来访", by=ROSTER, at=("planned",), to="idle"),
            Step(
                name="change", label="调班", by=ROSTER, at=("planned",), asks=("leader", "planned_on", "reason"),
                sets=rules.titled,
            ),
            Step(name="cancel", label="取消", by=ROSTER, at=("planned",), to="cancelled", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="receptions", label="领导接访", unit="次", steps=("receive", "receive_unplanned"),
            definition="本期内领导干部接待来访的次数，一批来访人为一次，含下访和随访接待；无人来访的不计",
        ),
        Count(
            name="receptions_downward", label="领导下访", unit="次", steps=("receive", "receive_unplanned"),
            having={"is_downward": True}, definition="本期内领导干部下访接待的次数",
        ),
        Count(
            name="receptions_handed_over", label="接访转办", unit="次", steps=("hand_over",),
            definition="本期内转为信访事项办理的接访",
        ),
        Stock(
            name="receptions_open", label="期末接访待答复", unit="次", states=("received",),
            definition="期末还没有答复来访人的接访",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "领导接访"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        people = [party | {"label": cls.sides[party["side"]]} for party in turn.matter.parties]
        return {"people": people, "sender": letters.sender(turn.matter.office)}
