"""Incidents that are no business of the police: every hop from intake to feedback on record and on a clock."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.likeness import Likeness
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import codes, facts, rules, sending
from .counting import FIGURES
from .dispatch import Rule
from .paperwork import paper_facts

__all__ = ["Incident", "Rule"]

INTERNAL = instrument("internal")
MEDIATION = instrument("mediation")

# The command room has no role of its own yet: whoever sees the whole street and keeps its registers.
ROOM = ("justice_clerk", "justice_head", "deputy")
INTAKE = (*ROOM, "window_clerk", "case_officer", "petition_officer")
FIELD = ("grid_worker", "community_mediator", "committee_head", "enforcer", "enforcement_head", "mediator",
         "case_officer")  # fmt: skip
OFFERED = ("urgency", "area", "is_dispute", "handler", "sealed", "arises_from")


class Incident(Kind):
    """非警务协同事项."""

    source = models.CharField("事件来源", max_length=10, choices=codes.Source, blank=True)
    source_no = models.CharField("来源工单号", max_length=60, blank=True)
    type = models.CharField("事件类型", max_length=12, choices=codes.IncidentType, blank=True)
    urgency = models.CharField("缓急", max_length=10, choices=codes.Urgency, default=codes.Urgency.ORDINARY)
    area = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="事发社区或网格"
    )
    place = PersonalField("事发地点", masks="address")
    summary = PersonalField("事件情况")
    is_dispute = models.BooleanField("涉及矛盾纠纷", default=False)
    cause = models.CharField("拒收原因", max_length=12, choices=codes.RefusalCause, blank=True)
    legal_basis = models.CharField("拒收的法律依据", max_length=200, blank=True)
    refusals = models.PositiveSmallIntegerField("拒收次数", default=0)
    rerouted = models.PositiveSmallIntegerField("事实变化改派次数", default=0)
    is_final = models.BooleanField("指定承办", default=False)
    outcome = models.CharField("处置方式", max_length=10, choices=codes.Outcome, blank=True)
    result = PersonalField("处置结果")
    satisfaction = models.PositiveSmallIntegerField(
        "满意度（1–5）", null=True, blank=True, validators=rules.ONE_TO_FIVE
    )

    notes = {
        "record": PersonalField("跟进记录"),
        "feedback": PersonalField("反馈内容"),
        **sending.NOTES,
    }
    amend_guards = (facts.amendment_makes_no_hop,)
    sides = {"reporter": "报告人", "involved": "涉事人"}
    series = "{office}协〔{year}〕{n}号"
    lists = ("source", "type", "outcome")
    alike = Likeness(sort="type", story="summary", place="place", ended=("outcome", "satisfaction", "result"))
    primary = True

    flow = Flow(
        states={
            "received": "待研判",
            "triaged": "待派单",
            "dispatched": "待签收",
            "refused": "被拒收待改派",
            "handling": "处置中",
            "mediating": "调解中",
            "handled": "已处置",
            "fed_back": "已反馈",
            "closed": "已办结",
            "handed_back": "已退回公安",
            "withdrawn": "已撤销",
        },
        ends=("closed", "handed_back", "withdrawn"),
        corrected_by=("justice_head", "deputy"),
        steps=(
            Step(
                name="receive", label="接收", by=INTAKE, to="received",
                asks=("title", "source", "place", "summary"), offers=("source_no", "type", "parties", *OFFERED),
                guards=(rules.has_source_no,), paper="intake",
                help="110、12345 转来的写明原工单号，办完要反馈；居民当面、电话反映的也在这里登记。",
            ),
            Step(
                name="report", label="网格上报", by=FIELD, to="received",
                asks=("title", "place", "summary"), offers=("type", "parties", *OFFERED),
                sets={"source": codes.Source.GRID}, help="网格员巡查发现的，先到现场看一看再报。",
            ),
            Step(
                name="triage", label="研判", by=ROOM, at=("received",), to="triaged",
                asks=("type", "urgency", "area"), offers=("is_dispute",), guards=(rules.area_is_ours,),
                help="定类型、缓急和事发社区：派单规则按这两项找承办单位。",
            ),
            Step(
                name="hand_back", label="退回公安", by=ROOM, at=("received", "triaged", "refused"), to="handed_back",
                asks=("reason",), guards=(rules.came_from_police,), paper="handed_back",
                help="属于治安、刑事案件或者有现实危险的，立即退回公安机关处置。",
            ),
            Step(
                name="dispatch", label="按规则派单", by=ROOM, at=("triaged",), to="dispatched",
                guards=(sending.rule_is_found, sending.target_is_manned), sets=sending.by_rule, paper="order",
                advice=sending.advise_rule, help="承办单位由派单规则按事发社区和类型决定。",
            ),
            Step(
                name="dispatch_by_hand", label="人工派单", by=ROOM, at=("triaged",), to="dispatched",
                asks=("office", "reason"), guards=(rules.is_within_street,), paper="order", sets=sending.by_hand,
                advice=sending.advise_office, help="规则里没有的，选承办单位并写明理由；经常出现的，应当补一条派单规则。",
            ),
            Step(
                name="accept", label="签收", by=FIELD, at=("dispatched",), to="handling", offers=("handler",),
            ),
            Step(
                name="refuse", label="拒收", by=FIELD, at=("dispatched",), to="refused",
                asks=("cause", "legal_basis", "reason"), guards=(rules.may_refuse, rules.cites_law),
                sets=rules.refused, paper="refusal",
                help="不该由本单位办的，写明原因、法律依据和理由退回；应当由谁办，一并写明。",
            ),
            Step(
                name="dispatch_again", label="改派", by=ROOM, at=("refused",), to="dispatched",
                asks=("office", "reason"), guards=(rules.is_within_street, rules.is_another_office), paper="order",
                sets=sending.by_hand, advice=sending.advise_office,
            ),
            Step(
                name="assign_finally", label="指定承办", by=("deputy", "director"), at=("refused",), to="dispatched",
                asks=("office", "reason"), guards=(rules.is_within_street,), sets=sending.finally_by_hand, paper="order",
                advice=sending.advise_office,
                help="拒收理由不成立，或者都说不归自己管的，由分管领导指定；指定之后不能再拒收。",
            ),
            Step(
                name="follow_up", label="网格跟进", by=FIELD, at=("handling", "mediating"), asks=("record",),
                offers=("handler",), help="到场、电话、回头看，每次记一次。",
            ),
            Step(
                name="send_to_mediation", label="移交调解", by=FIELD, at=("handling",), to="mediating",
                basis=MEDIATION[17], asks=("reason",), sets={"is_dispute": True},
                help="当事人愿意调解的，由社区调解员受理：登记矛盾纠纷时把这件事选为来源。",
            ),
            Step(
                name="take_back", label="转回处置", by=FIELD, at=("mediating",), to="handling",
                basis=MEDIATION[17], asks=("reason",), help="一方不愿调解的，转回继续处置；调解期间不计入处置期限。",
            ),
            Step(
                name="end_mediation", label="调解结束", by=FIELD, at=("mediating",), to="handled", asks=("result",),
                guards=(rules.dispute_is_over,), sets={"outcome": codes.Outcome.MEDIATED},
            ),
            Step(
                name="finish", label="处置完毕", by=FIELD, at=("handling",), to="handled",
                asks=("outcome", "result"), guards=(rules.was_followed_up,),
            ),
            Step(
                name="refer", label="移送有权机关", by=(*ROOM, *FIELD), at=("handling",), to="handled",
                asks=("partner", "reason"), guards=(rules.goes_outside,), sets=rules.referred, paper="referral",
                help="处置中发现应当由其他机关依法处理的，移送并告知报告人。",
            ),
            Step(
                name="feed_back", label="反馈来源单位", by=ROOM, at=("handled",), to="fed_back", asks=("feedback",),
                guards=(rules.is_awaited,), paper="feedback", help="110、12345 转来的，处置结果反馈原单位。",
            ),
            Step(
                name="close", label="办结", by=ROOM, at=("handled", "fed_back"), to="closed",
                offers=("satisfaction",), guards=(rules.source_has_heard,),
            ),
            Step(
                name="reopen", label="重新办理", by=ROOM, at=("closed",), to="handling", asks=("reason",),
                help="报告人不满意、问题又出现的，由原承办单位重新办理，处置期限重新起算。",
            ),
            Step(
                name="withdraw", label="撤销", by=ROOM, at=("received", "triaged"), to="withdrawn",
                asks=("reason",), help="重复登记或者报告人撤回的；写明理由，重复的写明原事件编号。",
            ),
            Step(
                name="redispatch", label="事实变化改派", by=ROOM, at=("dispatched", "refused", "handling"),
                to="dispatched", asks=("reason",), offers=("area", "type"), paper="order",
                guards=(facts.place_is_ours, facts.facts_changed, facts.is_not_final, facts.table_moves),
                sets=facts.rerouted, advice=sending.advise_rule,
                help="事发社区或者类型弄清了，和派单时不同：填新的，按规则再派一次。同样的事实不会派第二次。",
            ),
            Step(
                name="restate", label="补正事实", by=ROOM, at=("triaged", "dispatched", "refused", "handling"),
                asks=("reason",), offers=("area", "type"),
                guards=(facts.place_is_ours, facts.facts_changed, facts.table_stays),
                help="事发社区或者类型弄清了，承办单位不变的，在这里改。",
            ),
        ),
        deadlines=(
            Deadline(
                name="triage", label="研判派单", within=INTERNAL.term("incident_triage"), starts=("receive", "report"),
                stops=("dispatch", "dispatch_by_hand", "hand_back", "withdraw"),
            ),
            Deadline(
                name="accept", label="签收", within=INTERNAL.term("incident_triage"),
                starts=("dispatch", "dispatch_by_hand", "dispatch_again", "assign_finally", "redispatch"),
                restarts=("redispatch",), stops=("accept", "refuse"),
            ),
            Deadline(
                name="dispatch_again", label="改派", within=INTERNAL.term("incident_triage"), starts=("refuse",),
                stops=("dispatch_again", "assign_finally", "redispatch", "hand_back"),
            ),
            Deadline(
                name="handle", label="处置", within=INTERNAL.term("incident_handle"), starts=("accept", "reopen"),
                stops=("finish", "end_mediation", "refer"), pauses=("send_to_mediation", "redispatch"),
                resumes=("take_back",), restarts=("accept",),
            ),
            Deadline(
                name="feed_back", label="反馈或者办结", within=INTERNAL.term("incident_triage"),
                starts=("finish", "end_mediation", "refer"), stops=("feed_back", "close"),
            ),
        ),
    )  # fmt: skip
    figures = FIGURES

    class Meta:
        verbose_name = verbose_name_plural = "非警务协同事项"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return paper_facts(turn)
