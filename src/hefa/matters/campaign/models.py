"""Campaigns to clear a list: what is on it, whose it is, by which lawful way each goes off it, what is left."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Period, Stock
from hefa.kernel.flow import Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.turn import Turn

from . import closing
from .codes import Subject
from .household import Household

__all__ = ["Campaign", "Household"]

GOVERNMENT = instrument("local_government")

HEADS = ("deputy", "director", "planner")


def is_past_its_day(period: Period) -> dict[str, Any]:
    return {"due_by__lt": period.end}


class Campaign(Kind):
    """专项清零."""

    subject = models.CharField("清零领域", max_length=16, choices=Subject, blank=True)
    goal = models.TextField("清零目标", blank=True)
    owner = models.CharField("牵头部门", max_length=60, blank=True)
    authority = models.CharField("作出决定的机关或者征收部门", max_length=60, blank=True)
    sign_until = models.DateField(
        "签约期限", null=True, blank=True, help_text="征收补偿方案确定的签约期限；期满还达不成协议的，才能报请补偿决定"
    )
    due_by = models.DateField("清零期限", null=True, blank=True)
    left = models.PositiveIntegerField("结束时剩余", null=True, blank=True)

    series = "{office}清零〔{year}〕{n}号"
    lists = ("subject", "owner", "due_by")
    seen_by = ("case_officer",)  # the one who handles it puts households on its list
    primary = True

    flow = Flow(
        states={"open": "进行中", "closed": "已清零", "closed_short": "未清零结束", "cancelled": "已取消"},
        ends=("closed", "closed_short", "cancelled"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="launch", label="启动专项", by=HEADS, to="open", basis=GOVERNMENT[86],
                asks=("title", "subject", "goal", "owner", "due_by"),
                offers=("authority", "sign_until", "handler", "arises_from"), guards=(closing.days_are_in_order,),
                help="承办人选牵头部门的经办人，由他逐户、逐件列入清单。征收拆迁的，写明作出决定的机关和签约期限。",
            ),
            Step(
                name="close", label="清零办结", by=HEADS, at=("open",), to="closed",
                guards=(closing.something_was_listed, closing.nothing_is_left), sets={"left": 0}, paper="closing",
                advice=closing.advise_list,
                help="清单上一件不剩才能办结；还有剩余的，用“未清零结束”并写明理由。",
            ),
            Step(
                name="close_short", label="未清零结束", by=HEADS, at=("open",), to="closed_short",
                asks=("reason",), guards=(closing.something_is_left,), sets=closing.counted_left, paper="closing",
                advice=closing.advise_list,
                help="剩余多少由系统按清单清点；写明为什么结束、剩余的交给谁。",
            ),
            Step(
                name="adjust", label="调整", by=HEADS, at=("open",), asks=("due_by", "reason"),
                offers=("goal", "owner", "authority", "sign_until", "handler"), guards=(closing.days_are_in_order,),
                help="原来的期限和调整的理由都留在账上。",
            ),
            Step(
                name="cancel", label="取消", by=HEADS, at=("open",), to="cancelled", asks=("reason",),
                guards=(closing.nothing_was_listed,), help="登记错误、清单上还没有列入的才能取消。",
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="open_campaigns", label="进行中的专项", unit="个", states=("open",),
            definition="期末还没有结束的专项清零",
        ),
        Stock(
            name="overdue_campaigns", label="逾期没有清零的专项", unit="个", states=("open",), having=is_past_its_day,
            definition="期末清零期限已过、还没有结束的专项清零",
        ),
        Count(
            name="closed_campaigns", label="清零办结的专项", unit="个", steps=("close",),
            definition="本期内清单上一件不剩、予以办结的专项清零",
        ),
        Count(
            name="closed_short_campaigns", label="未清零结束的专项", unit="个", steps=("close_short",),
            definition="本期内清单上还有剩余、写明理由结束的专项清零",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "专项清零"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return closing.closing_facts(turn)
