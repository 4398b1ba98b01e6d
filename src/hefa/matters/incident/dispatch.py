"""The table by which incidents find their office: place by type, each rule on record from the day it was set."""

from __future__ import annotations

from datetime import date

from django.db import models

from hefa.kernel.figure import Stock, Times
from hefa.kernel.flow import REVOKE, VOID, Flow, Step
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office

from . import rules
from .codes import IncidentType

KEEPERS = ("deputy", "justice_head")


class Rule(Kind):
    """派单规则."""

    area = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="适用的社区或网格"
    )
    type = models.CharField("适用的事件类型", max_length=12, choices=IncidentType, blank=True)
    target = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")

    series = "{office}派规〔{year}〕{n}号"
    lists = ("area", "type", "target")
    seen_by = ("justice_clerk", "case_officer", "community_mediator", "committee_head", "enforcement_head")

    flow = Flow(
        states={"standing": "执行中", "ended": "已停用"},
        ends=("ended",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="set", label="设定", by=KEEPERS, to="standing", asks=("target",), offers=("area", "type"),
                guards=(rules.target_is_ours, rules.is_only_rule), sets=rules.rule_titled,
                help="不选社区就是全街道，不选类型就是各类事件。派单时先找点名类型的规则，再找地点最近的。",
            ),
            Step(
                name="change", label="调整承办单位", by=KEEPERS, at=("standing",), asks=("target", "reason"),
                guards=(rules.target_is_ours,), sets=rules.rule_titled,
                help="从这一天起按新的单位派单；以前派出的不变。",
            ),
            Step(name="end", label="停用", by=KEEPERS, at=("standing",), to="ended", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Stock(name="rules", label="派单规则", unit="条", states=("standing",), definition="期末执行中的派单规则"),
        Times(
            name="rule_changes", label="规则调整", unit="次", steps=("change",),
            definition="本期内调整承办单位的次数",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "派单规则"

    @classmethod
    def on(cls, day: date, area: Office, type: str, street: Office) -> tuple[Rule, int] | None:
        """The rule for a place and a type on a day, with the id of its office then; None where none fits.

        A rule that names the type goes before one for all types (wages to one desk, whatever the community); among
        those the nearest place wins: grid, community, street, anywhere.
        """
        standing = cls.objects.filter(matter__office__path__startswith=street.path, matter__opened_on__lte=day)
        fitting = standing.filter(models.Q(type=type) | models.Q(type="")).exclude(matter__state=VOID)
        fitting = fitting.filter(models.Q(matter__closed_on=None) | models.Q(matter__closed_on__gt=day))
        near = [rule for rule in fitting.select_related("area", "matter") if rule._covers(area)]
        if not near:
            return None
        best = max(near, key=lambda rule: (bool(rule.type), len(rule.area.path) if rule.area else 0))
        return best, best.target_on(day)

    def _covers(self, area: Office) -> bool:
        return self.area is None or area.path.startswith(self.area.path)

    def target_on(self, day: date) -> int:
        """Id of the office that the rule named on `day`: what was set or changed last before it ended."""
        told = Entry.objects.filter(
            matter=self.matter_id, day__lte=day, revoked=None, revokes=None, answers__has_key="target"
        ).exclude(step=REVOKE)
        last = told.order_by("-turn").values_list("answers__target", flat=True).first()
        return int(last or self.target_id or 0)
