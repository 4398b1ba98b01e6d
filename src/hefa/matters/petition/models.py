"""Petitions: each goes its lawful way, under its own clocks, and nobody who is complained of reads the complaint."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.likeness import Likeness
from hefa.kernel.matter import Kind
from hefa.kernel.people import Person
from hefa.kernel.personal import PersonalField
from hefa.kernel.turn import Turn

from . import codes, letters, rules
from .figures import FIGURES, OPEN, OPENINGS
from .reception import Reception

__all__ = ["Petition", "Reception"]

LAW = instrument("petition")
LITIGATION = instrument("litigation")

DESK = ("petition_officer", "petition_head")
INTAKE = (*DESK, "window_clerk")
HANDLERS = (*DESK, "case_officer")
HEADS = ("petition_head", "deputy")
LEADERS = ("party_secretary", "director", "deputy")  # 本机关负责人

AFTER = ("served", "replied", "duty_answered", "reviewed", "rechecked", "settled")
# Every way in which the petitioner hears what becomes of the petition (第二十三条).
TOLD = ("inform", "cannot_inform", "direct", "refer", "decline", "refuse_again", "answer_suggestion", "redirect",
        "begin_duty", "accept", "return_up", "withdraw")  # fmt: skip
ASKED = ("title", "channel", "category", "parties", "request")
OFFERED = ("facts", "people", "is_urgent", "platform_no", "handler", "arises_from", "sealed")
UPPER = ("upper_body",)


class Petition(Kind):
    """信访事项."""

    channel = models.CharField("信访形式", max_length=10, choices=codes.Channel, blank=True)
    origin = models.CharField("提出方式", max_length=10, choices=codes.Origin, blank=True)
    category = models.CharField("事项类别", max_length=12, choices=codes.Category, blank=True)
    request = PersonalField("投诉请求")
    facts = PersonalField("事实和理由")
    people = models.PositiveIntegerField("涉及人数", default=1)
    is_urgent = models.BooleanField("重大紧急", default=False)
    platform_no = models.CharField("信访信息系统编号", max_length=60, blank=True)
    upper_body = models.CharField("转送交办机关", max_length=80, blank=True)
    upper_no = models.CharField("转送交办文号", max_length=60, blank=True)
    report_by = models.DateField("要求反馈日期", null=True, blank=True)
    competent = models.CharField("有权处理的机关", max_length=80, blank=True)
    route = models.CharField("办理途径", max_length=2, choices=codes.Route, blank=True)
    opinion = PersonalField("处理意见")
    grounds = models.TextField("法律法规依据", blank=True)
    outcome = models.CharField("意见结论", max_length=10, choices=codes.Outcome, blank=True)
    adoption = models.CharField("采纳情况", max_length=8, choices=codes.Adoption, blank=True)
    duty_result = models.CharField("履职结果", max_length=10, choices=codes.DutyResult, blank=True)
    settlement = models.CharField("协议类型", max_length=12, choices=codes.Settlement, blank=True)
    terms = PersonalField("协议内容")
    service = models.CharField("送达方式", max_length=10, choices=codes.Service, blank=True)
    review_result = models.CharField("复查结果", max_length=8, choices=codes.ReviewResult, blank=True)
    recheck_result = models.CharField("复核结果", max_length=8, choices=codes.ReviewResult, blank=True)
    backlog_ground = models.CharField("积案来由", max_length=10, choices=codes.BacklogGround, blank=True)
    leader = models.CharField("包案领导", max_length=40, blank=True)
    recused = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回避人员"
    )
    satisfaction = models.PositiveSmallIntegerField(
        "满意度（1–5）", null=True, blank=True, validators=rules.ONE_TO_FIVE
    )

    notes = {
        "record": PersonalField("调查记录"),
        "hearing": PersonalField("听证记录"),
        "talks": PersonalField("调解记录"),
        "situation": PersonalField("办理情况"),
        "measures": models.CharField("已采取的措施", max_length=500),
        "is_consented": models.BooleanField("各方同意"),
        "told_at_once": models.BooleanField("当场告知"),
    }
    sides = {
        "petitioner": "信访人",
        "representative": "代表人",
        "accused": "被检举控告人",
        "other": "争议对方",
    }
    series = "{office}访〔{year}〕{n}号"
    lists = ("channel", "category", "route")
    alike = Likeness(sort="category", story="request", ended=("route", "outcome", "settlement", "opinion", "terms"))
    primary = True

    flow = Flow(
        states={
            "registered": "已登记",
            "objected": "已提异议",
            "accepted": "办理中",
            "drafted": "待签发",
            "performing": "履职办理中",
            "answered": "待送达",
            "served": "已答复",
            "replied": "已回复建议",
            "duty_answered": "已答复履职",
            "reviewing": "复查中",
            "reviewed": "已复查",
            "rechecking": "复核中",
            "rechecked": "已复核",
            "terminated": "已终结",
            "settled": "已调解和解",
            "redirected": "已导入其他程序",
            "referred": "已转送有权机关",
            "directed": "已告知向有权机关提出",
            "returned": "已交还转送交办机关",
            "declined": "不予受理",
            "refused": "不再受理",
            "withdrawn": "已撤回",
            "filed": "已归档",
        },
        ends=(
            *AFTER, "terminated", "redirected", "referred", "directed", "returned", "declined", "refused",
            "withdrawn", "filed",
        ),
        corrected_by=("petition_head",),
        steps=(
            Step(
                name="register", label="登记", by=INTAKE, to="registered", basis=LAW[23, 1], asks=ASKED,
                offers=OFFERED, sets=rules.direct, paper="registration",
                guards=(rules.has_petitioner, rules.represented_by_few, rules.away_from_accused),
                help="信访人直接提出的。多人走访应当推选代表，代表不超过五人。检举控告自动列为不公开事项。",
            ),
            Step(
                name="receive_forwarded", label="接收转送", by=DESK, to="registered", basis=LAW[23, 3],
                asks=(*ASKED, *UPPER), offers=("upper_no", *OFFERED), sets=rules.forwarded, paper="registration",
                guards=(rules.has_petitioner, rules.represented_by_few, rules.away_from_accused),
                help="信访部门或者上级机关转来的。不属于本机关职权的，收到之日起五个工作日内提出异议。",
            ),
            Step(
                name="receive_assigned", label="接收交办", by=DESK, to="registered", basis=LAW[23, 3],
                asks=(*ASKED, *UPPER), offers=("upper_no", "report_by", *OFFERED), sets=rules.assigned,
                guards=(rules.has_petitioner, rules.represented_by_few, rules.away_from_accused),
                paper="registration", help="上级要求反馈办理结果的，写明要求反馈的日期。",
            ),
            Step(
                name="report_urgent", label="报告重大紧急事项", by=HANDLERS, at=OPEN, basis=LAW[25, 1],
                asks=("reason", "measures"), sets={"is_urgent": True}, paper="urgent",
                help="可能造成社会影响的，立即报告，同时在职责范围内采取措施；报告之前不能办其他步骤。",
            ),
            Step(
                name="inform", label="告知接收情况", by=DESK, at=("registered",), basis=LAW[23, 2],
                offers=("told_at_once",), guards=(rules.urgent_is_reported,), paper="receipt",
                help="能当场告知的当场书面告知，不能的十五日内书面告知接收情况和处理途径、程序。",
            ),
            Step(
                name="cannot_inform", label="无法告知", by=DESK, at=("registered",), basis=LAW[23, 2],
                asks=("reason",), guards=(rules.address_is_unknown,), help="只限姓名（名称）、住址不清的。",
            ),
            Step(
                name="assign", label="交承办人", by=DESK, at=("registered", "accepted", "performing"),
                basis=LAW[28, 1], asks=("handler",), guards=(rules.away_from_accused, rules.is_not_recused),
            ),
            Step(
                name="recuse", label="回避", by=HANDLERS, at=("registered", "accepted", "drafted", "performing"),
                basis=LAW[28, 3], asks=("handler", "reason"), sets=rules.recusal,
                guards=(rules.another_takes_over, rules.away_from_accused),
                help="与信访事项或者信访人有直接利害关系的应当回避。选接手的承办人。",
            ),
            Step(
                name="object", label="提出异议", by=DESK, at=("registered",), to="objected", basis=LAW[23, 3],
                asks=("reason",), guards=(rules.came_from_above, rules.in_objection_time), paper="objection",
                help="不属于本机关职权的，详细说明理由。同意之前仍要保管材料。",
            ),
            Step(
                name="keep", label="异议未获同意", by=DESK, at=("objected",), to="registered", basis=LAW[23, 3],
                asks=("reason",), help="由本机关办理；告知信访人的期限仍从收到之日起算。",
            ),
            Step(
                name="return_up", label="交还材料", by=DESK, at=("objected",), to="returned", basis=LAW[23, 3],
                help="转送、交办机关核实同意后，交还相关材料。",
            ),
            Step(
                name="direct", label="告知向有权机关提出", by=DESK, at=("registered",), to="directed",
                basis=LAW[23, 1], asks=("competent", "reason"), paper="directed",
                guards=(rules.came_directly, rules.urgent_is_reported), help="不属于本机关和下属单位职权的。",
            ),
            Step(
                name="refer", label="转送有权机关", by=DESK, at=("registered",), to="referred", basis=LAW[30, 1],
                asks=("partner",), guards=(rules.is_accusation, rules.urgent_is_reported, rules.away_from_accused),
                paper="referral", help="检举控告由纪检监察机关或者有权处理的机关办理；不得转给被检举控告的人和单位。",
            ),
            Step(
                name="decline", label="不予受理", by=HEADS, at=("registered",), to="declined", basis=LAW[19, 3],
                asks=("partner", "reason"), guards=(rules.is_with_subordinate,), paper="declined",
                help="只限同一事项已由本机关的下级单位受理、正在规定期限内办理的。选正在办理的单位。",
            ),
            Step(
                name="refuse_again", label="不再受理", by=HEADS, at=("registered",), to="refused", basis=LAW[36, 3],
                asks=("arises_from",), guards=(rules.was_terminated,), paper="refused",
                help="只限复核意见之后，以同一事实和理由再提出的。选已终结的那一件。",
            ),
            Step(
                name="answer_suggestion", label="回复建议", by=HANDLERS, at=("registered",), to="replied",
                basis=LAW[29, 1], asks=("opinion", "adoption"), paper="suggestion",
                guards=(rules.is_suggestion, rules.urgent_is_reported), help="认真研究论证，可行的采纳或者部分采纳。",
            ),
            Step(
                name="redirect", label="导入其他程序", by=DESK, at=("registered",), to="redirected",
                basis=LAW[31], asks=("route", "competent", "reason"), paper="redirection",
                guards=(rules.is_appeal, rules.leads_elsewhere, rules.urgent_is_reported),
                help="先分流：应当通过诉讼、仲裁、党员申诉、行政程序解决的，导入相应程序。",
            ),
            Step(
                name="begin_duty", label="依法履职办理", by=DESK, at=("registered",), to="performing",
                basis=LAW.item(31, 5), offers=("handler",), sets={"route": codes.Route.DUTY},
                guards=(rules.is_appeal, rules.urgent_is_reported, rules.is_not_recused),
                help="申请查处违法行为、保护人身权财产权等，由本机关依职责办理，不出信访处理意见书。",
            ),
            Step(
                name="answer_duty", label="答复履职申请", by=HANDLERS, at=("performing",), to="duty_answered",
                basis=LAW.item(31, 5), asks=("duty_result", "opinion", "grounds"), guards=(rules.is_not_recused,),
                paper="duty_answer", help="写明办理结果和依据，文书写明复议、诉讼途径。",
            ),
            Step(
                name="accept", label="受理", by=DESK, at=("registered",), to="accepted", basis=LAW.item(31, 6),
                offers=("handler",), sets={"route": codes.Route.PETITION}, paper="acceptance",
                guards=(rules.is_appeal, rules.urgent_is_reported, rules.is_not_recused),
                help="不属于前五种情形的，按信访程序办理；六十日内办结。",
            ),
            Step(
                name="hear", label="听取陈述和调查核实", by=HANDLERS, at=("accepted",), basis=LAW.item(31, 6),
                asks=("record",), guards=(rules.is_not_recused,),
            ),
            Step(
                name="hold_hearing", label="举行听证", by=HANDLERS, at=("accepted",), basis=LAW.item(31, 6),
                asks=("hearing",), help="重大、复杂、疑难的信访事项可以举行。",
            ),
            Step(
                name="extend", label="延长办理期限", by=LEADERS, at=("accepted", "drafted"), basis=LAW[34],
                asks=("reason",), offers=("extension_days",), paper="extension",
                guards=(rules.extended_once, rules.in_handling_time, rules.within_cap),
                help="情况复杂的，经本机关负责人批准，最多延长三十日，并告知信访人理由。",
            ),
            Step(
                name="mediate", label="组织调解", by=HANDLERS, at=("accepted",), basis=LAW[33],
                asks=("talks", "is_consented"), guards=(rules.is_agreed_to,),
                help="经争议双方同意，在裁量权范围内调解，不违反政策法规强制性规定。",
            ),
            Step(
                name="settle", label="达成调解和解", by=HANDLERS, at=("accepted", "drafted"), to="settled",
                basis=LAW[33], asks=("settlement", "terms", "is_consented"), paper="settlement",
                guards=(rules.is_agreed_to, rules.is_not_recused), help="经各方自愿达成一致，制作协议书。",
            ),
            Step(
                name="draft_opinion", label="拟写处理意见", by=HANDLERS, at=("accepted",), to="drafted",
                basis=LAW[32, 1], asks=("facts", "opinion", "grounds", "outcome"),
                guards=(rules.was_heard, rules.is_not_recused),
                help="写明事实和理由、处理意见、法律法规依据；先听取信访人陈述并调查核实。",
            ),
            Step(
                name="return_draft", label="退回重拟", by=HEADS, at=("drafted",), to="accepted", asks=("reason",),
            ),
            Step(
                name="issue_opinion", label="出具处理意见书", by=HEADS, at=("drafted",), to="answered",
                basis=LAW[32, 1], other_than=("draft_opinion",), guards=(rules.is_not_recused,), paper="opinion",
                help="拟写的人不能签发。意见书写明三十日内请求复查的权利和机关。",
            ),
            Step(
                name="serve", label="送达", by=HANDLERS, at=("answered",), to="served", basis=LAW[35],
                asks=("service",), help="日期写信访人收到之日：请求复查的三十日从这一天起算。",
            ),
            Step(
                name="execute", label="督促执行", by=HANDLERS, at=("served", "reviewed", "rechecked", "terminated"),
                basis=LAW[32, 2], asks=("situation",), guards=(rules.supports,),
                help="支持信访请求的意见要督促执行到位。",
            ),
            Step(
                name="ask_review", label="信访人请求复查", by=DESK, at=("served",), to="reviewing", basis=LAW[35],
                offers=("reason",), guards=(rules.in_review_time,),
            ),
            Step(
                name="record_review", label="收到复查意见", by=DESK, at=("reviewing",), to="reviewed", basis=LAW[35],
                asks=("review_result",), offers=("reason",), help="日期写信访人收到复查意见之日。",
            ),
            Step(
                name="redo", label="重新办理", by=DESK, at=("reviewed", "rechecked"), to="accepted",
                basis=LAW.item(31, 6), guards=(rules.must_be_redone,), help="办结期限从重新办理之日起算。",
            ),
            Step(
                name="ask_recheck", label="信访人请求复核", by=DESK, at=("reviewed",), to="rechecking",
                basis=LAW[36, 1], offers=("reason",), guards=(rules.in_recheck_time,),
            ),
            Step(
                name="begin_hearing", label="复核听证开始", by=DESK, at=("rechecking",), basis=LAW[36, 2],
                help="听证所需时间不计入复核期限。",
            ),
            Step(name="end_hearing", label="复核听证结束", by=DESK, at=("rechecking",), basis=LAW[36, 2]),
            Step(
                name="record_recheck", label="收到复核意见", by=DESK, at=("rechecking",), to="rechecked",
                basis=LAW[36, 1], asks=("recheck_result",), offers=("reason",),
            ),
            Step(
                name="terminate", label="终结", by=HEADS, at=("rechecked",), to="terminated", basis=LAW[36, 3],
                guards=(rules.is_final,), help="以同一事实和理由再提出的，不再受理；仍要做好疏导、帮扶。",
            ),
            Step(
                name="withdraw", label="信访人撤回", by=HANDLERS, to="withdrawn",
                at=("registered", "accepted", "drafted", "performing"), asks=("reason",),
                help="信访人自己要求撤回的。不得要求信访人以撤回换取处理。",
            ),
            Step(
                name="list_backlog", label="列入积案", by=HEADS, at=(*OPEN, *AFTER), basis=LAW[18, 2],
                asks=("backlog_ground", "leader"), offers=("reason",), guards=(rules.is_not_listed,),
                help="上级交办的积案，或者超期、重复、长期没有化解的；由领导包案。",
            ),
            Step(
                name="resolve_backlog", label="积案化解", by=HEADS, at=(*OPEN, *AFTER), basis=LAW[18, 2],
                asks=("situation",), guards=(rules.is_listed,),
            ),
            Step(
                name="urge", label="收到督办或建议", by=DESK, at=(*OPEN, *AFTER), basis=LAW[40, 1], asks=("reason",),
            ),
            Step(
                name="report_back", label="书面反馈", by=DESK, at=(*OPEN, *AFTER), basis=LAW[40, 4],
                asks=("situation",), guards=(rules.awaits_report,), paper="report_back",
                help="交办要求反馈结果的，或者信访部门提出督办、建议的，书面反馈。",
            ),
            Step(
                name="evaluate", label="满意度评价", by=INTAKE, at=AFTER, basis=LAW[21, 2], asks=("satisfaction",),
            ),
            Step(
                name="file", label="归档", by=(*DESK, "archivist"), to="filed",
                at=(*AFTER, "terminated", "redirected", "referred", "directed", "returned", "declined", "refused",
                    "withdrawn"),
                guards=(rules.rights_have_run, rules.support_is_executed, rules.backlog_is_resolved),
            ),
        ),
        deadlines=(
            Deadline(
                name="inform", label="告知信访人", within=LAW.term("inform"), starts=("register",), stops=TOLD,
            ),
            Deadline(
                name="inform_forwarded", label="告知信访人（转送、交办）", within=LAW.term("inform_forwarded"),
                starts=("receive_forwarded", "receive_assigned"), stops=TOLD,
            ),
            Deadline(
                name="object", label="对转送、交办提出异议", within=LAW.term("object"), duty=False,
                starts=("receive_forwarded", "receive_assigned"), stops=("object", *TOLD),
            ),
            Deadline(
                name="handle", label="办结", within=LAW.term("handle"), starts=("accept", "redo"),
                stops=("issue_opinion", "settle", "withdraw"), extended_by=("extend",),
                extension=LAW.term("extension"),
            ),
            # 行政诉讼法第四十七条: two months from the day of asking, so from registration, whatever is decided later.
            Deadline(
                name="duty", label="履行职责（属第三十一条第五项的）", within=LITIGATION.term("wait"), starts=OPENINGS,
                stops=(*(step for step in TOLD if step not in ("inform", "cannot_inform", "begin_duty")),
                       "answer_duty"),
            ),
            Deadline(
                name="ask_review", label="请求复查", within=LAW.term("ask_review"), starts=("serve",),
                stops=("ask_review",), duty=False,
            ),
            Deadline(
                name="review", label="复查机关答复", within=LAW.term("review"), starts=("ask_review",),
                stops=("record_review",), duty=False,
            ),
            Deadline(
                name="ask_recheck", label="请求复核", within=LAW.term("ask_recheck"), starts=("record_review",),
                stops=("ask_recheck", "redo"), duty=False,
            ),
            Deadline(
                name="recheck", label="复核机关答复", within=LAW.term("recheck"), starts=("ask_recheck",),
                stops=("record_recheck",), pauses=("begin_hearing",), resumes=("end_hearing",), duty=False,
            ),
        ),
    )  # fmt: skip
    figures = FIGURES

    class Meta:
        verbose_name = verbose_name_plural = "信访事项"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return letters.facts(turn)
