"""The steps of a penalty case from the first clue to the decision, on the spot or by the ordinary procedure."""

from __future__ import annotations

from hefa.kernel.flow import Deadline, Step
from hefa.kernel.law import instrument

from . import execution, officers, rules
from .roles import CHAIRS, HEADS, LEADERS, OFFICERS, REVIEWERS
from .rules import DECISIONS, OFFICER_FIELDS, PENALTY

INTERNAL = instrument("internal")

INVESTIGATORS = ("report", "investigate", "conclude", "conclude_otherwise")
BEFORE = ("investigating", "concluded", "notified")
SPOT_ASKS = ("title", "item", "item_no", "organ", "party_type", "parties", "happened_on", "place", "facts", "violated",
             "grounds", *OFFICER_FIELDS, "shown", "told")  # fmt: skip
SPOT_OFFERS = ("unsigned", "source", "evidence", "discretion", "correction", "handler", "arises_from")
SPOT_GUARDS = (
    rules.has_party,
    rules.two_officers,
    officers.are_qualified,
    rules.is_not_barred,
    rules.card_was_shown,
    execution.was_told_orally,
)

DECISION_OFFERS = ("detail", "correction", "online_channel", "reason")
BEFORE_DECISION = (rules.was_heard, rules.hearing_is_over, rules.decision_fits, rules.is_not_heavier,
                   rules.review_is_passed, rules.was_discussed)  # fmt: skip
NOT_DECIDERS = (*INVESTIGATORS, "review_legality")

OPENING = (
    Step(
        name="report", label="登记线索", by=OFFICERS, to="reported", basis=PENALTY[54, 1],
        asks=("title", "source", "item", "happened_on", "place", "facts"),
        offers=("grave_harm", "parties", "party_type", "arises_from", "handler", "sealed"),
        guards=(rules.is_not_barred,),
        help="日期填发现之日。违法行为有连续或者继续状态的，违法日期填终了之日。来自协同事项、信访的，来源事项选那一件。",
    ),
    Step(
        name="warn_on_spot", label="当场警告", by=OFFICERS, to="delivered", basis=PENALTY[51], asks=SPOT_ASKS,
        offers=SPOT_OFFERS, guards=SPOT_GUARDS, sets=execution.spot_facts, paper="spot_decision",
        help="违法事实确凿并有法定依据的。当场填写决定书并交付当事人；拒绝签收的在决定书上注明。",
    ),
    Step(
        name="fine_on_spot", label="当场罚款", by=OFFICERS, to="served", basis=PENALTY[51],
        asks=(*SPOT_ASKS, "fine"), offers=SPOT_OFFERS, guards=(*SPOT_GUARDS, execution.within_ceiling),
        sets=execution.spot_facts, paper="spot_decision",
        help="对公民二百元以下、对法人或者其他组织三千元以下；个体工商户按公民计。超过的按普通程序立案。",
    ),
)  # fmt: skip

INVESTIGATION = (
    Step(
        name="docket", label="立案", by=HEADS, at=("reported",), to="investigating", basis=PENALTY[54, 2],
        asks=("item_no", "organ"), offers=("reason",), guards=(rules.is_not_barred,), other_than=("report",),
        paper="docketing",
        help="执法事项要在向社会公布的事项清单里，写明清单编码。九十日内作出决定，从立案之日起算。",
    ),
    Step(
        name="decline", label="不予立案", by=HEADS, at=("reported",), to="declined", basis=PENALTY[54, 2],
        asks=("reason",), help="不符合立案标准、不属于本机关管辖或者超过追责期限的。",
    ),
    Step(
        name="assign", label="指派执法人员", by=HEADS, at=("investigating",), basis=PENALTY[42, 1], asks=OFFICER_FIELDS,
        offers=("handler",), guards=(rules.two_officers, officers.are_qualified),
        help="不少于两名有执法资格的人员，主办、协办分别填姓名和执法证号。",
    ),
    Step(
        name="investigate", label="调查取证", by=OFFICERS, at=("investigating",), basis=PENALTY[55, 2],
        asks=("record", "shown"), offers=("parties", "party_type"),
        guards=(rules.officers_are_named, officers.are_qualified, rules.card_was_shown),
        help="询问、检查要制作笔录，主动出示执法证件。",
    ),
    Step(
        name="conclude", label="调查终结（拟处罚）", by=OFFICERS, at=("investigating",), to="concluded",
        basis=PENALTY[57, 1],
        asks=("facts", "evidence", "party_type", "violated", "grounds", "proposed_sanction", "discretion", "is_grave"),
        offers=("parties", "proposed_fine", "proposed_confiscated", "proposed_detail", "wants_hearing",
                "review_ground", "reason"),
        guards=(rules.was_investigated, rules.has_party, rules.proposal_fits, rules.plea_does_not_harm),
        sets={"proposal": "punish", "legality": ""},
        help="写明查明的事实、证据，违反的规定、处罚依据、裁量理由和拟作的处罚。",
    ),
    Step(
        name="conclude_otherwise", label="调查终结（不予处罚等）", by=OFFICERS, at=("investigating",), to="concluded",
        basis=PENALTY[57, 1], asks=("facts", "evidence", "proposal"), offers=("parties", "party_type", "reason"),
        guards=(rules.was_investigated, rules.is_not_to_be_punished), help="建议不予处罚、撤销立案或者移送的。",
    ),
)  # fmt: skip

RARE = (
    Step(
        name="reopen", label="补充调查", by=(*OFFICERS, *LEADERS), at=("concluded", "notified"), to="investigating",
        basis=PENALTY[54, 1], asks=("reason",), help="证据不足、法制审核没有通过或者有新的事实的，调查后重新告知。",
    ),
    Step(
        name="recuse", label="回避换人", by=HEADS, at=BEFORE, basis=PENALTY[43, 3], asks=(*OFFICER_FIELDS, "reason"),
        offers=("handler",), guards=(rules.two_officers, rules.officers_change, officers.are_qualified),
        help="执法人员与案件有直接利害关系的应当回避；当事人申请回避的，由行政机关负责人决定。",
    ),
    Step(
        name="preserve", label="先行登记保存", by=LEADERS, at=("investigating",), basis=PENALTY[56],
        asks=("goods", "reason"), guards=(rules.officers_are_named, rules.nothing_is_held), paper="preservation",
        help="证据可能灭失或者以后难以取得的，经行政机关负责人批准；七个工作日内作出处理决定。",
    ),
    Step(
        name="extend", label="延长办案期限", by=LEADERS, at=(*BEFORE, "hearing"), basis=PENALTY[60],
        asks=("reason", "rule_cited"), offers=("extension_days",), guards=(rules.clock_runs, rules.within_extension),
        help="只有法律、法规、规章另有规定的才能延长，写明所依据的条文；在期满前批准。",
    ),
    Step(
        name="suspend", label="中止计算办案期限", by=LEADERS, at=(*BEFORE, "hearing"), basis=PENALTY[60],
        asks=("reason", "rule_cited"), guards=(rules.clock_runs,),
        help="检测、鉴定、公告等时间，法律、法规、规章规定不计入的，写明所依据的条文。",
    ),
    Step(
        name="resume", label="恢复计算办案期限", by=(*OFFICERS, *LEADERS), at=(*BEFORE, "hearing"), basis=PENALTY[60],
        offers=("reason",), guards=(rules.clock_stands,),
    ),
    Step(
        name="dispose", label="处理登记保存的证据", by=(*OFFICERS, *LEADERS), basis=PENALTY[56],
        at=("investigating", "concluded", "notified", "hearing", "decided", "served", "delivered"),
        asks=("disposal",), guards=(rules.something_is_held,),
    ),
)  # fmt: skip

HEARING = (
    Step(
        name="notify", label="告知拟处罚", by=OFFICERS, at=("concluded",), to="notified", basis=PENALTY[44],
        guards=(rules.is_to_be_punished, rules.no_hearing_is_due),
        sets=rules.as_told, paper="notice", help="日期填告知书送达当事人之日。",
    ),
    Step(
        name="notify_hearing", label="告知处罚和听证权利", by=OFFICERS, at=("concluded",), to="notified",
        basis=PENALTY[63, 1], guards=(rules.is_to_be_punished, rules.hearing_is_due),
        sets=rules.as_told, paper="notice",
        help="较大数额罚款、没收，降低资质、吊销、停产停业、关闭、限制从业等。五个工作日内可以要求听证。",
    ),
    Step(
        name="plead", label="陈述申辩", by=OFFICERS, at=("notified",), basis=PENALTY[45, 1], asks=("plea",),
        help="当事人的事实、理由和证据，书面、口头的都登记。",
    ),
    Step(
        name="answer_plea", label="复核陈述申辩", by=OFFICERS, at=("notified",), basis=PENALTY[45, 1],
        asks=("plea_result", "plea_finding"), guards=(rules.plea_is_open,), help="成立的应当采纳；不得因申辩加重处罚。",
    ),
    Step(
        name="waive", label="放弃陈述申辩和听证", by=OFFICERS, at=("notified",), basis=PENALTY[62], asks=("waiver",),
        help="当事人明确放弃的才登记，写明凭据，如签名的声明。",
    ),
    Step(
        name="ask_hearing", label="要求听证", by=OFFICERS, at=("notified",), to="hearing", basis=PENALTY.item(64, 1),
        offers=("reason",), guards=(rules.has_hearing_right, rules.in_hearing_time), help="日期填当事人提出之日。",
    ),
    Step(
        name="call_hearing", label="通知听证", by=CHAIRS, at=("hearing",), basis=PENALTY.item(64, 2),
        asks=("hearing_on", "hearing_place", "chair"), guards=(rules.chair_is_independent, rules.notice_is_early),
        other_than=INVESTIGATORS, paper="hearing_notice",
        help="听证的七个工作日前通知当事人和有关人员；主持人不能是本案调查人员。改期的再通知一次。",
    ),
    Step(
        name="hold_hearing", label="举行听证", by=CHAIRS, at=("hearing",), to="notified", basis=PENALTY.item(64, 8),
        asks=("hearing_record",), guards=(rules.hearing_was_called,), other_than=INVESTIGATORS,
        help="笔录交当事人核对签字。涉及国家秘密、商业秘密、个人隐私的不公开举行。",
    ),
    Step(
        name="drop_hearing", label="终止听证", by=CHAIRS, at=("hearing",), to="notified", basis=PENALTY.item(64, 6),
        asks=("reason",), other_than=INVESTIGATORS,
        help="当事人撤回要求，或者无正当理由拒不出席、中途退出，视为放弃听证权利。",
    ),
)  # fmt: skip

DECISION = (
    Step(
        name="review_legality", label="法制审核", by=REVIEWERS, at=("notified",), basis=PENALTY[58, 1],
        asks=("legality", "opinion", "standing"), guards=(rules.reviewer_is_independent,),
        other_than=(*INVESTIGATORS, "docket", "hold_hearing"),
        help="四种情形必须审核：重大公共利益、经过听证、疑难复杂、法律法规另有规定。审核权限、程序、事实、依据、裁量和文书。",
    ),
    Step(
        name="discuss", label="集体讨论", by=LEADERS, at=("notified",), basis=PENALTY[57, 2],
        asks=("attendees", "discussion"), guards=(rules.discussed_by_several,),
        help="情节复杂或者重大违法行为给予处罚的，行政机关负责人集体讨论决定。",
    ),
    Step(
        name="decide", label="作出处罚决定（有罚款）", by=LEADERS, at=("notified",), to="decided",
        basis=PENALTY.item(57, 1, 1), asks=("sanction", "fine"), offers=("confiscated", *DECISION_OFFERS),
        guards=BEFORE_DECISION, other_than=NOT_DECIDERS, advice=rules.advise_decision,
        paper="decision",
        help="由行政机关负责人作出；调查人员和法制审核人员不能决定。文书写明复议、诉讼的途径和期限。",
    ),
    Step(
        name="decide_without_fine", label="作出处罚决定（无罚款）", by=LEADERS, at=("notified",), to="decided",
        basis=PENALTY.item(57, 1, 1), asks=("sanction",), offers=("confiscated", *DECISION_OFFERS),
        guards=BEFORE_DECISION, other_than=NOT_DECIDERS, advice=rules.advise_decision,
        paper="decision", help="警告、通报批评，以及没收、停产停业等没有罚款的。",
    ),
    Step(
        name="spare", label="决定不予处罚", by=LEADERS, at=("concluded", "notified"), to="spared", basis=PENALTY[57, 1],
        asks=("spare_ground", "reason"), offers=("education", "online_channel"), other_than=INVESTIGATORS,
        guards=(rules.educated,), paper="no_penalty",
        help="违法行为轻微、初次、没有主观过错等依法不予处罚的，对当事人进行教育。",
    ),
    Step(
        name="dismiss", label="撤销立案", by=LEADERS, at=BEFORE, to="dismissed", basis=PENALTY[40],
        asks=("reason",), other_than=INVESTIGATORS, help="立案以后发现不应当立案、当事人死亡或者终止等，没有作决定必要的。",
    ),
    Step(
        name="transfer", label="移送", by=LEADERS, at=("reported", *BEFORE), to="transferred", basis=PENALTY[27, 1],
        asks=("receiver", "reason"), paper="transfer",
        help="涉嫌犯罪的移送司法机关；不属于本机关管辖的移送有权机关。写明受移送的机关。",
    ),
)  # fmt: skip

# What the rule is comes first: the desk offers steps in this order, and the rare ones stand after all others.
STEPS = (*OPENING, *INVESTIGATION, *HEARING, *DECISION)
DEADLINES = (
    Deadline(
        name="decide", label="作出处罚决定", within=PENALTY.term("decide"), starts=("docket",),
        stops=(*DECISIONS, "spare", "dismiss", "transfer"), pauses=("suspend",), resumes=("resume",),
        extended_by=("extend",), extension=INTERNAL.term("penalty_extension"),
    ),
    Deadline(
        name="hold", label="处理登记保存的证据", within=PENALTY.term("hold"), starts=("preserve",), stops=("dispose",),
    ),
    Deadline(
        name="plead", label="陈述申辩", within=INTERNAL.term("penalty_plea"), starts=("notify", "notify_hearing"),
        restarts=("notify", "notify_hearing"), duty=False,
        stops=("plead", "waive", "ask_hearing", "spare", "dismiss", "transfer"),
    ),
    Deadline(
        name="ask_hearing", label="要求听证", within=PENALTY.term("ask_hearing"), starts=("notify_hearing",),
        restarts=("notify_hearing",), duty=False,
        stops=("ask_hearing", "waive", "spare", "dismiss", "transfer", "notify"),
    ),
    Deadline(
        name="spot_filing", label="当场处罚报备案", within=INTERNAL.term("penalty_spot_filing"),
        starts=execution.SPOT, stops=("register_spot",),
    ),
)  # fmt: skip
