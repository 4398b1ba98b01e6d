"""The steps of a penalty case from the decision to the archive: service, payment, enforcement, redress, publication."""

from __future__ import annotations

from hefa.kernel.flow import Deadline, Step

from . import execution
from .execution import COMPULSION, LITIGATION, RECONSIDERATION
from .roles import HEADS, LAWYERS, LEADERS, OFFICERS
from .rules import DECISIONS, PENALTY

OWING = ("served", "demanded", "applied")
KNOWN = (*OWING, "delivered", "performed")
# The time for redress is longer than most files stay open.
OPEN_TO_REDRESS = (*KNOWN, "closed", "filed")
OVERTURNED_ASKS = ("overturned",)

ON_THE_SPOT = (
    Step(
        name="register_spot", label="当场处罚报备案", by=("enforcement_head", *LEADERS), at=OPEN_TO_REDRESS,
        basis=PENALTY[52, 3], offers=("reason",),
        guards=(execution.was_decided_on_spot, execution.is_not_registered), other_than=execution.SPOT,
        help="执法人员当场作出的决定，报所属行政机关备案；收到的人核对权限、依据和幅度。",
    ),
    Step(
        name="collect", label="当场收缴罚款", by=OFFICERS, at=("served",), basis=PENALTY[68], asks=("ticket_no",),
        offers=("reason",), guards=(execution.may_collect,), sets=execution.collected,
        help="一百元以下，或者不当场收缴事后难以执行的；必须出具财政部门统一制发的专用票据（第七十条）。",
    ),
    Step(
        name="hand_in", label="交缴当场收缴的罚款", by=OFFICERS, at=("served", "performed"), basis=PENALTY[71],
        guards=(execution.was_collected,), help="收缴之日起两个工作日内交至行政机关。",
    ),
)  # fmt: skip

SERVICE = (
    Step(
        name="serve", label="送达处罚决定", by=OFFICERS, at=("decided",), to="served", basis=PENALTY[61, 1],
        asks=("service", "taker"), offers=("confirmed", "reason"),
        guards=(execution.has_fine, execution.service_is_agreed), sets=execution.served, paper="receipt",
        help="日期填当事人收到之日。宣告后当场交付；不在场的七个工作日内送达。缴款期限从送达之日起算。",
    ),
    Step(
        name="deliver", label="送达（不需缴款的）", by=OFFICERS, at=("decided", "spared"), to="delivered",
        basis=PENALTY[61, 1], asks=("service", "taker"), offers=("confirmed", "reason"),
        guards=(execution.has_no_fine, execution.service_is_agreed), sets=execution.served, paper="receipt",
        help="不予处罚决定，以及没有罚款的处罚决定。",
    ),
)  # fmt: skip

PUBLICATION = (
    Step(
        name="publish", label="公开处罚决定", by=OFFICERS, at=OPEN_TO_REDRESS, basis=PENALTY[48, 1],
        asks=("published_in",), guards=(execution.was_decided, execution.is_not_published),
        help="具有一定社会影响的依法公开；先隐去个人信息和商业秘密。",
    ),
    Step(
        name="withdraw", label="撤回公开", by=OFFICERS, at=("overturned", "performed"),
        basis=PENALTY[48, 2], asks=("explanation",), guards=(execution.is_to_be_withdrawn,),
        help="三个工作日内撤回公开的决定信息，并公开说明理由。",
    ),
)  # fmt: skip

PAYMENT = (
    Step(
        name="pay", label="缴纳罚款", by=OFFICERS, at=(*OWING, "overturned"), basis=PENALTY[67, 3],
        asks=("payment",), offers=("ticket_no",), guards=(execution.is_owed,), sets=execution.paid,
        help="按银行或者电子支付系统的回单登记；分次缴的逐笔登记。先抵罚款本金。",
    ),
    Step(
        name="finish", label="履行完毕", by=OFFICERS, at=(*OWING, "delivered", "overturned"), to="performed",
        basis=PENALTY[66, 1], offers=("reason",), guards=(execution.is_settled,),
        help="罚款和加处罚款缴清，其他处罚内容也已履行；法院执行到位的也在这里登记。",
    ),
    Step(
        name="defer", label="批准延期分期缴纳", by=LEADERS, at=("served",), basis=PENALTY[66, 2],
        asks=("pay_by", "reason"), offers=("terms",), guards=(execution.is_later,), sets=execution.deferred,
        paper="deferral", help="当事人确有经济困难并申请的。分期的写明各期日期和金额，最后一期的日期填缴款期限。",
    ),
    Step(
        name="demand", label="催告", by=OFFICERS, at=("served", "demanded"), to="demanded", basis=COMPULSION[54],
        guards=(execution.is_overdue,), paper="demand",
        help="日期填催告书送达之日。写明金额和当事人的陈述申辩权；十个工作日后仍不履行的，可以申请法院强制执行。",
    ),
    Step(
        name="agree", label="达成执行协议", by=LEADERS, at=("demanded",), basis=COMPULSION[42, 1],
        asks=("terms", "pay_by", "is_waived"), guards=(execution.is_later,), sets=execution.deferred,
        help="可以约定分阶段履行；当事人采取补救措施的，可以减免加处的罚款。",
    ),
    Step(
        name="apply_court", label="申请法院强制执行", by=LEADERS, at=("demanded",), to="applied", basis=COMPULSION[53],
        offers=("reason",),
        guards=(execution.is_not_under_review, execution.demand_has_run, execution.in_court_window),
        paper="application", help="复议、诉讼期限届满之日起三个月内；申请书由行政机关负责人签名。",
    ),
    Step(
        name="terminate", label="终结执行", by=LEADERS, at=OWING, to="terminated", basis=COMPULSION[40],
        asks=("reason",), help="当事人死亡、终止又没有财产可供执行，决定被撤销等。",
    ),
)  # fmt: skip

REDRESS = (
    Step(
        name="take_application", label="收到复议申请", by=LAWYERS, at=OPEN_TO_REDRESS, basis=RECONSIDERATION[32, 1],
        offers=("reason",), guards=(execution.by_spot_or_camera, execution.is_not_under_review),
        help="对当场处罚、依据电子监控记录的处罚，可以通过本机关提交复议申请。",
    ),
    Step(
        name="forward_application", label="转送复议申请", by=LAWYERS, at=OPEN_TO_REDRESS, basis=RECONSIDERATION[32, 2],
        guards=(execution.has_application,), help="认为应当维持的，收到之日起五个工作日内转送复议机关。",
    ),
    Step(
        name="reconsider", label="被申请行政复议", by=LAWYERS, at=OPEN_TO_REDRESS, basis=RECONSIDERATION[20, 1],
        offers=("reason",), guards=(execution.was_decided, execution.is_not_under_review), sets={"reconsideration": "pending"},
        help="日期填收到申请书副本之日。复议期间处罚不停止执行，但不计加处罚款（第七十三条）。",
    ),
    Step(
        name="reply_reconsideration", label="提交复议答复", by=LAWYERS, at=OPEN_TO_REDRESS, basis=RECONSIDERATION[48],
        guards=(execution.is_reconsidered,), help="十日内书面答复并提交证据、依据；不提交的视为没有证据。",
    ),
    Step(
        name="conclude_reconsideration", label="复议终结（决定未变）", by=LAWYERS, at=OPEN_TO_REDRESS,
        basis=RECONSIDERATION[62, 1], asks=("reconsideration",), offers=("reason",),
        guards=(execution.is_reconsidered, execution.is_ended), sets=execution.concluded,
        help="日期填收到复议决定书之日。决定被变更、撤销、确认违法或者无效的，办“决定被改变”。",
    ),
    Step(
        name="sue", label="被提起行政诉讼", by=LAWYERS, at=OPEN_TO_REDRESS, basis=LITIGATION[46, 1], offers=("reason",),
        guards=(execution.was_decided, execution.is_not_under_review, execution.reconsidered_first), sets={"suit": "pending"},
        help="日期填收到起诉状副本之日。",
    ),
    Step(
        name="answer_suit", label="提交答辩和证据", by=LAWYERS, at=OPEN_TO_REDRESS, basis=LITIGATION[67, 1],
        guards=(execution.is_sued,), help="十五日内提交答辩状、证据和所依据的规范性文件。",
    ),
    Step(
        name="conclude_suit", label="诉讼终结（决定未变）", by=LAWYERS, at=OPEN_TO_REDRESS, basis=LITIGATION[81],
        asks=("suit",), offers=("reason",), guards=(execution.is_sued, execution.is_ended), sets=execution.concluded,
        help="日期填判决、裁定生效之日。",
    ),
    Step(
        name="overturn", label="决定被改变（未公开的）", by=LAWYERS, at=OPEN_TO_REDRESS, to="overturned", basis=PENALTY[75, 2],
        asks=OVERTURNED_ASKS, offers=("fine", "reason"),
        guards=(execution.was_decided, execution.is_challenged, execution.is_not_published, execution.change_is_told),
        sets=execution.overturned, help="被变更、撤销、确认违法或者确认无效。变更罚款的，填变更后的金额。",
    ),
    Step(
        name="overturn_published", label="决定被改变（已公开的）", by=LAWYERS, at=OPEN_TO_REDRESS, to="overturned",
        basis=PENALTY[48, 2], asks=OVERTURNED_ASKS, offers=("fine", "reason"),
        guards=(execution.was_decided, execution.is_challenged, execution.is_published, execution.change_is_told),
        sets=execution.overturned, help="公开的决定被改变的，三个工作日内撤回公开的信息并说明理由。",
    ),
)  # fmt: skip

CLOSING = (
    Step(
        name="close", label="结案", by=HEADS, to="closed", basis=PENALTY[47],
        at=("performed", "delivered", "overturned", "terminated", "dismissed"), asks=("result",),
        guards=(execution.is_ripe, execution.publication_is_withdrawn), paper="closing",
        help="决定履行完毕、不予处罚、撤销立案、被撤销或者终结执行的。",
    ),
    Step(
        name="file", label="归档", by=("enforcement_head", "archivist"), at=("closed", "declined", "transferred"),
        to="filed", basis=PENALTY[47], help="全过程记录随卷归档；普通程序与当场处罚的保管期限按本机关的归档规定。",
    ),
)  # fmt: skip

STEPS = (*SERVICE, *PAYMENT, *ON_THE_SPOT, *PUBLICATION, *REDRESS, *CLOSING)
DEADLINES = (
    Deadline(
        name="hand_in", label="交缴当场收缴的罚款", within=PENALTY.term("hand_in"), starts=("collect",),
        stops=("hand_in",),
    ),
    Deadline(
        name="serve", label="送达决定书", within=PENALTY.term("serve"), starts=(*DECISIONS, "spare"),
        stops=("serve", "deliver"),
    ),
    Deadline(
        name="pay", label="缴纳罚款", within=PENALTY.term("pay"), starts=("serve", "fine_on_spot"), duty=False,
        stops=("finish", "collect", "defer", "overturn", "overturn_published", "terminate"),
    ),
    Deadline(
        name="demand", label="催告后履行", within=COMPULSION.term("demand"), starts=("demand",), restarts=("demand",),
        stops=("finish", "agree", "apply_court", "terminate", "overturn", "overturn_published"), duty=False,
    ),
    Deadline(
        name="forward", label="转送复议申请", within=RECONSIDERATION.term("forward"), starts=("take_application",),
        stops=("forward_application", "reconsider", "overturn", "overturn_published"),
    ),
    Deadline(
        name="reply", label="复议答复", within=RECONSIDERATION.term("reply"), starts=("reconsider",),
        stops=("reply_reconsideration", "conclude_reconsideration", "overturn", "overturn_published"),
    ),
    Deadline(
        name="answer", label="诉讼答辩", within=LITIGATION.term("answer"), starts=("sue",),
        stops=("answer_suit", "conclude_suit", "overturn", "overturn_published"),
    ),
    Deadline(
        name="withdraw", label="撤回公开的决定", within=PENALTY.term("withdraw"), starts=("overturn_published",),
        stops=("withdraw",),
    ),
)  # fmt: skip
