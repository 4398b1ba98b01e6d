"""People's mediation: disputes, the mediators who settle them, the committees they sit in."""

from django.db import models

from hefa.kernel.figure import Change, Count, OnTime, Share, Stock, Times, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.likeness import Likeness
from hefa.kernel.matter import Kind, Matter
from hefa.kernel.people import Level
from hefa.kernel.personal import PersonalField
from hefa.kernel.timing import Each, Lapse

from . import assigning, filing, rules
from .dossier_figures import Dossiers, DossierScore
from .kinds import DisputeType
from .norms import LONG, MANY, POOR, SOUND

LAW = instrument("mediation")
NINGBO = instrument("ningbo_mediation")
PROCEDURE = instrument("civil_procedure")
INTERNAL = instrument("internal")

AT_COMMITTEE = ("community_mediator", "committee_head", "mediator", "justice_clerk")
HEADS = ("committee_head", "justice_head")


class Source(models.TextChoices):
    PROACTIVE = "proactive", "主动调解"
    APPLICATION = "application", "依申请"
    COURT = "court", "法院委托移送"
    PROCURATORATE = "procuratorate", "检察院委托移送"
    POLICE = "police", "公安机关委托移送"
    PETITION = "petition", "信访部门委托移送"
    ENTRUSTED = "entrusted", "其他部门委托移送"


class Difficulty(models.TextChoices):
    SIMPLE = "simple", "简单"
    ORDINARY = "ordinary", "一般"
    COMPLEX = "complex", "疑难复杂"


class Outcome(models.TextChoices):
    AGREED = "agreed", "调解成功"
    TERMINATED = "terminated", "终止调解"
    WITHDRAWN = "withdrawn", "当事人撤回"
    REFERRED = "referred", "移送其他机关"
    DECLINED = "declined", "不予受理"


class AgreementForm(models.TextChoices):
    WRITTEN = "written", "书面"
    ORAL = "oral", "口头"


class Performance(models.TextChoices):
    AT_ONCE = "at_once", "即时履行"
    IN_TIME = "in_time", "按期履行"
    LATE = "late", "逾期履行"
    PARTLY = "partly", "部分履行"


class Ground(models.TextChoices):
    """Why mediation ended without agreement (宁波市人民调解条例第二十三条)."""

    REFUSED = "refused", "一方当事人明确拒绝调解"
    HOPELESS = "hopeless", "调委会认为无法达成协议"
    PREVENTED = "prevented", "发生其他情形致调解无法进行"
    OTHER = "other", "其他应当终止的情形"


class Dispute(Kind):
    """矛盾纠纷."""

    type = models.CharField("纠纷类型", max_length=2, choices=DisputeType, blank=True)
    source = models.CharField("案件来源", max_length=20, choices=Source, blank=True)
    difficulty = models.CharField("难易程度", max_length=10, choices=Difficulty, default=Difficulty.ORDINARY)
    summary = PersonalField("纠纷简要情况")
    place = PersonalField("发生地点", masks="address")
    happened_on = models.DateField("发生日期", null=True, blank=True)
    people = models.PositiveIntegerField("涉及人数", default=2)
    amount = models.DecimalField("涉及金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    mediator = models.CharField("调解员", max_length=40, blank=True)
    assignee = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指派的调解员",
        help_text="填调解员登记的编号",
    )  # fmt: skip
    years = models.PositiveSmallIntegerField(
        "持续年数", null=True, blank=True, help_text="矛盾从发生到受理已有几年；不满一年的不填"
    )
    is_typical = models.BooleanField("典型案例", default=False)
    outcome = models.CharField("调解结果", max_length=12, choices=Outcome, blank=True)
    form = models.CharField("协议形式", max_length=8, choices=AgreementForm, blank=True)
    facts = PersonalField("主要事实和各方责任")
    terms = PersonalField("协议内容")
    perform_by = models.DateField("履行期限", null=True, blank=True)
    performance = models.CharField("履行情况", max_length=10, choices=Performance, blank=True)
    ground = models.CharField("终止事由", max_length=10, choices=Ground, blank=True)
    court = models.CharField("受理法院", max_length=60, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        "满意度（1–5）", null=True, blank=True, validators=rules.ONE_TO_FIVE
    )
    retention = models.CharField("保管期限", max_length=4, choices=filing.Retention, blank=True)

    notes = {
        "record": PersonalField("调解记录"),
        "held_at": models.CharField("调解地点", max_length=80),
        "others": models.CharField("参加人", max_length=120),
        "situation": PersonalField("回访情况"),
        **assigning.NOTES,
        **filing.NOTES,
    }
    sides = {
        "applicant": "申请人", "respondent": "被申请人", "third": "第三人", "agent": "代理人", "representative": "代表人"
    }  # fmt: skip
    series = "（{year}）{office}人调字第{n}号"
    lists = ("type", "mediator", "outcome")
    alike = Likeness(
        sort="type",
        story="summary",
        place="place",
        ended=("outcome", "form", "performance", "ground", "amount", "terms"),
    )
    past = ("happened_on",)
    primary = True

    flow = Flow(
        states={
            "mediating": "调解中",
            "agreed": "已达成协议",
            "confirming": "司法确认中",
            "performed": "已履行",
            "followed_up": "已回访",
            "filed": "已归档",
            "breached": "反悔或不履行",
            "terminated": "已终止",
            "withdrawn": "已撤回",
            "referred": "已移送",
            "declined": "不予受理",
        },
        ends=("performed", "followed_up", "filed", "breached", "terminated", "withdrawn", "referred", "declined"),
        corrected_by=HEADS,
        steps=(
            Step(
                name="accept", label="受理", by=(*AT_COMMITTEE, "justice_head"), to="mediating", basis=LAW[17],
                asks=("title", "type", "source", "parties", "summary"),
                offers=("difficulty", "place", "happened_on", "people", "amount", "mediator", "handler", "arises_from",
                        "sealed", "is_typical", "years"),
                guards=(rules.has_two_sides, rules.representatives_are_few), paper="intake",
                help="当事人申请，或者发现纠纷后主动调解。不收取任何费用。",
            ),
            Step(
                name="decline", label="不予受理", by=(*AT_COMMITTEE, "justice_head"), to="declined", basis=NINGBO[17],
                asks=("title", "type", "source", "parties", "reason"), offers=("summary", "arises_from"),
                sets={"outcome": Outcome.DECLINED}, paper="declined",
                help="不属于人民调解范围，或者法律另有规定由专门机关处理。写明理由和应当去的地方。",
            ),
            Step(
                name="sit", label="调解", by=AT_COMMITTEE, at=("mediating",), basis=LAW[22],
                asks=("record",), offers=("held_at", "others", "mediator"), paper="record",
                help="每次调解记一次。参加人须征得当事人同意（第二十条）。",
            ),
            Step(
                name="assign", label="指派调解员", by=(*AT_COMMITTEE, "justice_head"), at=("mediating",), basis=LAW[19],
                asks=("assignee",), offers=("reason",), advice=assigning.advise,
                guards=(assigning.assignee_serves, assigning.is_somebody_else, assigning.assignee_is_there,
                        assigning.choice_has_reason),
                sets=assigning.assigned,
                help="先排除请假的、要回避的，再看是否擅长、远近和手上的件数。不用推荐的人，写明理由；两者都记在账上。",
            ),
            Step(
                name="inform", label="告知权利义务", by=AT_COMMITTEE, at=("mediating",), basis=LAW[23],
                paper="rights_notice", help="调解以前告知，由各方签名；告知书归入卷宗。",
            ),
            Step(
                name="extend", label="延长调解期限", by=AT_COMMITTEE, at=("mediating",), basis=NINGBO[27],
                asks=("reason",), help="双方当事人要求继续调解的，可以适当延长。",
            ),
            Step(
                name="escalate", label="报街道调委会", by=("community_mediator", "committee_head"), at=("mediating",),
                basis=LAW[34], asks=("office", "reason"), guards=(rules.goes_up,),
                help="疑难复杂、跨社区的纠纷，报上一级调委会调解。",
            ),
            Step(
                name="delegate", label="交社区调委会", by=("mediator", "justice_head", "justice_clerk"),
                at=("mediating",), basis=LAW[21, 2], asks=("office", "reason"), guards=(rules.goes_down,),
                help="就地、及时调解更合适的，交纠纷所在社区。",
            ),
            Step(
                name="agree", label="达成书面协议", by=AT_COMMITTEE, at=("mediating",), to="agreed", basis=LAW[29],
                asks=("facts", "terms", "perform_by"), offers=("mediator", "amount"),
                guards=(rules.sat_down, rules.performs_later),
                sets={"outcome": Outcome.AGREED, "form": AgreementForm.WRITTEN}, paper="agreement",
                help="各方签名、盖章或按指印，调解员签名，加盖调委会印章之日起生效。",
            ),
            Step(
                name="agree_orally", label="达成口头协议", by=AT_COMMITTEE, at=("mediating",), to="agreed",
                basis=LAW[30], asks=("terms",), offers=("mediator", "amount", "performance"),
                guards=(rules.may_be_oral,), sets={"outcome": Outcome.AGREED, "form": AgreementForm.ORAL},
                paper="oral_agreement", help="当事人认为不需要书面的，自达成之日起生效；须记录内容。",
            ),
            Step(
                name="terminate", label="终止调解", by=AT_COMMITTEE, at=("mediating",), to="terminated",
                basis=LAW[26], asks=("ground",), offers=("reason",), sets={"outcome": Outcome.TERMINATED},
                paper="termination", help="调解不成的，终止并告知仲裁、行政、司法等途径。",
            ),
            Step(
                name="withdraw", label="当事人撤回", by=AT_COMMITTEE, at=("mediating",), to="withdrawn",
                basis=LAW.item(23, 2), asks=("reason",), sets={"outcome": Outcome.WITHDRAWN},
            ),
            Step(
                name="refer", label="移送", by=(*AT_COMMITTEE, "justice_head"), at=("mediating",), to="referred",
                basis=LAW[25], asks=("partner", "reason"), guards=(rules.goes_out,), sets={"outcome": Outcome.REFERRED}, paper="referral",
                help="可能引起治安案件、刑事案件，或者应由其他机关处理的，及时移送。",
            ),
            Step(
                name="take_back", label="退回续调", by=(*AT_COMMITTEE, "justice_head"), at=("referred",), to="mediating",
                basis=NINGBO[19], asks=("reason",), sets={"outcome": ""},
                help="受移送机关退回的，继续调解。",
            ),
            Step(
                name="apply_confirmation", label="申请司法确认", by=AT_COMMITTEE, at=("agreed",), to="confirming",
                basis=LAW[33, 1], asks=("court",), guards=(rules.is_written, rules.in_confirmation_time,
                                                           rules.may_be_confirmed),
                help="双方共同申请；审查由人民法院进行，不收费。",
            ),
            Step(
                name="confirm", label="法院确认有效", by=AT_COMMITTEE, at=("confirming",), to="agreed",
                basis=PROCEDURE[206], offers=("reason",),
            ),
            Step(
                name="reject_confirmation", label="法院驳回", by=AT_COMMITTEE, at=("confirming",), to="agreed",
                basis=PROCEDURE[206], asks=("reason",),
                help="可以变更原协议、达成新协议，或者向人民法院起诉。",
            ),
            Step(
                name="perform", label="确认履行", by=AT_COMMITTEE, at=("agreed", "breached"), to="performed",
                basis=LAW[31, 2],
                asks=("performance",), offers=("reason",), help="调委会应当对协议的履行情况进行监督。",
            ),
            Step(
                name="breach", label="反悔或不履行", by=AT_COMMITTEE, at=("agreed",), to="breached", basis=LAW[32],
                asks=("reason",), help="一方可以向人民法院提起诉讼。",
            ),
            Step(
                name="follow_up", label="回访", by=AT_COMMITTEE, at=("performed", "breached"), to="followed_up",
                basis=LAW[31, 2], asks=("situation",), offers=("satisfaction",), paper="follow_up",
            ),
            Step(
                name="collate", label="整理卷宗", by=(*AT_COMMITTEE, "archivist"), basis=LAW[27],
                at=("agreed", "performed", "followed_up", "breached", "terminated", "withdrawn", "referred", "filed"),
                offers=filing.TOLD, advice=filing.advise, guards=(filing.says_something,), paper="dossier_index",
                help="收进来的材料填页数，没有的空着；本系统出具的不填也算。以后补了，再办一次，只填有变化的；填 0 是取出。",
            ),
            Step(
                name="file", label="归档", by=(*AT_COMMITTEE, "archivist"), to="filed", basis=LAW[27],
                at=("followed_up", "performed", "terminated", "withdrawn", "referred", "breached"),
                offers=("retention", "reason"), advice=filing.advise, sets=filing.kept_for, paper="dossier_cover",
                guards=(rules.dossier_is_complete, filing.is_sound_or_explained),
                help="登记、记录、协议等材料立卷归档。卷宗分数偏低的，写明理由。",
            ),
            Step(
                name="feature", label="列为典型案例", by=HEADS, at=("agreed", "performed", "followed_up", "filed"),
                offers=("reason",), guards=(rules.may_be_typical,), sets={"is_typical": True},
                help="列入以后可以拟公开稿；公开稿隐去当事人，由另一人审核。",
            ),
        ),
        deadlines=(
            Deadline(
                name="mediate", label="调解期限", within=NINGBO.term("mediation"), starts=("accept", "take_back"),
                stops=("agree", "agree_orally", "terminate", "withdraw", "refer"),
                extended_by=("extend",), extension=INTERNAL.term("mediation_extension"),
            ),
            Deadline(
                name="confirm", label="申请司法确认", within=LAW.term("confirmation"), starts=("agree",),
                stops=("apply_confirmation",), duty=False,
            ),
            Deadline(
                name="follow_up", label="回访", within=INTERNAL.term("follow_up"), starts=("perform", "breach"),
                stops=("follow_up", "file"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="accepted", label="受理矛盾纠纷", unit="起", steps=("accept",),
            definition="本期内街道、社区两级人民调解委员会受理的矛盾纠纷；上报、交办不重复计算，作废的不计",
        ),
        Count(
            name="completed_by_communities", label="社区调委会完成调解", unit="件", steps=("agree", "agree_orally"),
            level=Level.COMMUNITY, definition="本期内由社区调委会调解达成协议（书面或口头）的纠纷",
        ),
        Share(
            name="community_share", label="社区完成占受理总数", of="mediation.completed_by_communities",
            among="mediation.accepted",
            definition="社区调委会完成调解数 ÷ 两级受理总数（分子为完成，分母为受理，口径不同）",
        ),
        Change(
            name="community_change", label="社区完成同比", of="mediation.completed_by_communities",
            definition="（本期社区完成 − 上年同期社区完成）÷ 上年同期社区完成",
        ),
        Count(
            name="agreed", label="调解成功", unit="件", steps=("agree", "agree_orally"),
            definition="本期内达成调解协议的纠纷，不分层级",
        ),
        Count(
            name="agreed_in_writing", label="书面协议", unit="件", steps=("agree",),
            definition="本期内达成书面调解协议的纠纷",
        ),
        Count(
            name="concluded", label="调解结束", unit="件", steps=("agree", "agree_orally", "terminate"),
            definition="本期内达成协议或者调解不成而终止的纠纷，不论何时受理；撤回、转出的不计",
        ),
        Share(
            name="success_rate", label="调解成功率", of="mediation.agreed", among="mediation.concluded",
            definition="本期达成协议数 ÷ 本期调解结束数，两者都不论何时受理，所以不会超过100%",
        ),
        Times(name="sittings", label="调解次数", unit="次", steps=("sit",), definition="本期内进行调解的次数"),
        Count(
            name="confirmed", label="司法确认", unit="件", steps=("confirm",),
            definition="本期内经人民法院裁定确认有效的调解协议",
        ),
        Total(
            name="amount", label="达成协议涉及金额", unit="元", steps=("agree", "agree_orally"), field_name="amount",
            definition="本期内达成协议的纠纷所涉金额之和",
        ),
        Stock(
            name="pending", label="期末在调", unit="件", states=("mediating",),
            definition="期末仍在调解中的纠纷",
        ),
        Each(
            name="load", label="人均在调", unit="件/人", of="mediation.pending", among="mediation.mediators",
            definition="期末在调的纠纷 ÷ 期末在聘的调解员；各人的件数看指派时的名单",
        ),
        Lapse(
            name="first_sitting", label="受理到首次调解", since=("accept",), steps=("sit",),
            definition="本期内首次调解的纠纷，从受理到首次调解的日历天数的中位数",
        ),
        Lapse(
            name="first_sitting_mean", label="受理到首次调解（平均）", since=("accept",), steps=("sit",), pick="mean",
            definition="本期内首次调解的纠纷，从受理到首次调解的日历天数的平均数",
        ),
        Times(
            name="assignments", label="指派调解员", unit="次", steps=("assign",), definition="本期内指派调解员的次数",
        ),
        OnTime(
            name="on_time", label="按期调结率", deadline="mediate",
            definition="本期调结的纠纷中在调解期限内调结的比例",
        ),
        Count(
            name="group_disputes", label="受理群体性纠纷", unit="起", steps=("accept",), having={"people__gte": MANY},
            definition=f"本期内受理的、涉及 {MANY} 人以上的纠纷",
        ),
        Count(
            name="long_running", label="受理长期未解决的纠纷", unit="起", steps=("accept",),
            having={"years__gte": LONG}, definition=f"本期内受理的、矛盾已持续 {LONG} 年以上的纠纷",
        ),
        Dossiers(
            name="dossiers", label="整理卷宗", steps=("collate",), definition="本期内整理过卷宗的纠纷，每件计一卷",
        ),
        DossierScore(
            name="dossier_score", label="卷宗平均分", steps=("collate",),
            definition="本期内整理过的卷宗的平均分；八项必备材料、签名盖章、日期先后各十分，按本件应得的折合百分制（系统自定）",
        ),
        Dossiers(
            name="dossiers_unsound", label="不合格卷宗", steps=("collate",), below=SOUND,
            definition=f"本期内整理过、现在不到 {SOUND} 分的卷宗",
        ),
        Dossiers(
            name="dossiers_poor", label="较差卷宗", steps=("collate",), below=POOR,
            definition=f"本期内整理过、现在不到 {POOR} 分的卷宗",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "矛盾纠纷"

    @classmethod
    def paper_facts(cls, turn):  # type: ignore[no-untyped-def]
        return rules.paper_facts(turn)


from .committee import Committee, Mediator  # noqa: E402, F401  (Django looks for kinds here)
from .pairing import Pairing as Pairing  # noqa: E402
from .publicity import TypicalCase as TypicalCase  # noqa: E402
