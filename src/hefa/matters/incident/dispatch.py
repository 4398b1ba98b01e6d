"""The table by which incidents find their office: place by type, each rule on record from the day it was set."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from hefa.kernel.advice import Advice
from hefa.kernel.figure import Stock, Times
from hefa.kernel.flow import REVOKE, VOID, Flow, Step
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office, street_of
from hefa.kernel.turn import Turn

from . import rules
from .codes import IncidentType
from .rehearsal import effect, past
from .table import Line

KEEPERS = ("deputy", "justice_head")


def _effect(turn: Turn) -> str:
    """What this rule would have done to the last incidents: the table of the day, with and without it."""
    street = street_of(turn.matter.office)
    before = Rule.lines(turn.day, street)
    area = Office.objects.filter(pk=turn.value("area") or 0).first()
    own = Line(turn.matter.number, area.path if area else "", turn.value("type"), turn.value("target"))
    after = [*(line for line in before if line.number != own.number or not own.number), own]
    return effect(before, after, past(street), turn.day)


def rule_set(turn: Turn) -> dict[str, Any]:
    """A rule's title, and what came of trying it: no rule is saved untried. An old ledger tells what was decided."""
    titled = rules.rule_titled(turn)
    return titled if turn.matter.source_key else titled | {"effect": _effect(turn)}


def advise_effect(turn: Turn) -> Advice | None:
    """What the rule as typed would have done; before anything is typed, how to find out."""
    if not turn.answers.get("target"):
        return Advice("填好以后先“试算”：用最近派过的事项看这条规则会让几件改变去向。保存时也会试算一次，结果记在账上")
    return Advice(_effect(turn))


class Rule(Kind):
    """派单规则."""

    area = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="适用的社区或网格"
    )
    type = models.CharField("适用的事件类型", max_length=12, choices=IncidentType, blank=True)
    target = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")

    notes = {"effect": models.CharField("试算结果", max_length=400)}
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
                guards=(rules.target_is_ours, rules.is_only_rule), sets=rule_set, advice=advise_effect,
                help="不选社区就是全街道，不选类型就是各类事件。派单时先找点名类型的规则，再找地点最近的。",
            ),
            Step(
                name="change", label="调整承办单位", by=KEEPERS, at=("standing",), asks=("target", "reason"),
                guards=(rules.target_is_ours,), sets=rule_set, advice=advise_effect,
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
    def lines(cls, day: date, street: Office) -> list[Line]:
        """The table in force on a day, oldest rule first: two queries, however long it is.

        A rule holds from the day it was set to the day before it ended, with the target told last by that day.
        """
        standing = cls.objects.filter(matter__office__path__startswith=street.path, matter__opened_on__lte=day)
        standing = standing.filter(models.Q(matter__closed_on=None) | models.Q(matter__closed_on__gt=day))
        rules = list(standing.exclude(matter__state=VOID).select_related("area", "matter").order_by("matter_id"))
        targets = _targets_on(day, [rule.pk for rule in rules])
        return [
            Line(
                number=rule.matter.number,
                area=rule.area.path if rule.area else "",
                type=rule.type,
                target=targets.get(rule.pk) or rule.target_id or 0,
                title=rule.matter.title,
            )
            for rule in rules
        ]


def _targets_on(day: date, rules: list[int]) -> dict[int, int]:
    """{rule: id of the office that it named on a day}: what was set, changed or corrected last by then."""
    taken_back = Entry.objects.filter(revokes__isnull=False).values("revokes")
    told = Entry.objects.steps().filter(matter__in=rules, day__lte=day, answers__has_key="target")
    told = told.exclude(step=REVOKE).exclude(id__in=taken_back).order_by("id")
    return {matter: int(target) for matter, target in told.values_list("matter_id", "answers__target")}
