"""Disclosure of government information: requests and their answers; what is published unasked is beside it."""

from django.db import models

from hefa.kernel.figure import Count, OnTime, Stock, Times, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField

from . import replies, rules
from .publication import Publication
from .replies import FEE, FOI, LITIGATION, RECONSIDERATION, ApplicantType

__all__ = ["Publication", "Request"]

CLERKS = ("foi_officer", "window_clerk")
LAWYERS = ("foi_officer", "foi_head", "justice_head", "justice_clerk")
OPEN = ("received", "correcting", "consulting", "asking_author", "explaining", "charging", "drafted")
REPLIED = ("reply", "abandon", "lapse")
CLOSING = (*REPLIED, "withdraw")
# What was done again by order of a decision or judgment was received and counted once before.
NEW = {"is_remade": False}


class Channel(models.TextChoices):
    """How a request comes in, which fixes the day of its receipt (第三十一条)."""

    IN_PERSON = "in_person", "当面"
    ORAL = "oral", "口头"
    MAIL = "mail", "邮寄"
    LETTER = "letter", "平信"
    ONLINE = "online", "网络"
    FAX = "fax", "传真"


class Medium(models.TextChoices):
    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子"
    READING = "reading", "查阅、抄录"


class Service(models.TextChoices):
    IN_PERSON = "in_person", "当面领取"
    MAIL = "mail", "邮寄"
    ONLINE = "online", "网络"


class ThirdOpinion(models.TextChoices):
    CONSENTS = "consents", "同意公开"
    OBJECTS = "objects", "不同意公开，有合理理由"
    UNREASONED = "unreasoned", "不同意公开，理由不成立"
    SILENT = "silent", "逾期未提出意见"


class AuthorOpinion(models.TextChoices):
    CONSENTS = "consents", "同意公开"
    OBJECTS = "objects", "不同意公开"
    SILENT = "silent", "逾期未提出意见"


class FeeBy(models.TextChoices):
    ITEM = "item", "按件"
    PAGE = "page", "按页"


class Review(models.TextChoices):
    """How a reconsideration or a suit ended: the columns of the annual table's fourth part."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class Request(Kind):
    """依申请公开."""

    channel = models.CharField("申请渠道", max_length=10, choices=Channel, blank=True)
    applicant_type = models.CharField("申请人类别", max_length=10, choices=ApplicantType, blank=True)
    is_remade = models.BooleanField("按复议决定、判决重新办理", default=False)
    wanted = PersonalField("所需政府信息")
    medium = models.CharField("提供形式", max_length=12, choices=Medium, blank=True)
    delivery = models.CharField("送达方式", max_length=10, choices=Service, blank=True)
    needs_help = models.BooleanField("需要阅读或者视听帮助", default=False)
    correct_by = models.DateField("补正期限", null=True, blank=True)
    third_opinion = models.CharField("第三方意见", max_length=12, choices=ThirdOpinion, blank=True)
    author_opinion = models.CharField("制作机关意见", max_length=10, choices=AuthorOpinion, blank=True)
    fee_by = models.CharField("计费方式", max_length=6, choices=FeeBy, blank=True)
    fee_units = models.PositiveIntegerField("计费件数或者页数", null=True, blank=True)
    fee = models.DecimalField("信息处理费（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    reply = models.CharField("答复结果", max_length=30, choices=replies.CHOICES, blank=True)
    provided = PersonalField("提供的信息")
    access = models.TextField("获取的方式、途径和时间", blank=True)
    grounds = PersonalField("理由")
    withheld = models.CharField("不予公开部分的事由", max_length=30, choices=replies.WITHHELD, blank=True)
    law_cited = models.CharField("所依据的法律、行政法规", max_length=120, blank=True)
    searched = models.CharField("检索情况", max_length=200, blank=True)
    right_body = models.CharField("负责公开的机关", max_length=60, blank=True)
    right_contact = models.CharField("该机关联系方式", max_length=80, blank=True)
    earlier_no = models.CharField("原答复文号", max_length=60, blank=True)
    public_interest = models.TextField("公共利益理由", blank=True)
    online_channel = models.CharField("网上复议渠道", max_length=120, blank=True)
    served_by = models.CharField("答复送达方式", max_length=10, choices=Service, blank=True)
    reconsideration = models.CharField("行政复议结果", max_length=10, choices=Review, blank=True)
    suit = models.CharField("行政诉讼结果", max_length=10, choices=Review, blank=True)
    sued_directly = models.BooleanField("未经复议直接起诉", default=False)

    notes = {
        "unclear": models.TextField("需要补正的事项"),
        "third_party": PersonalField("第三方", masks="name"),
        "third_address": PersonalField("第三方地址", masks="address"),
        "third_reason": PersonalField("第三方的意见和理由"),
        "author": models.CharField("共同制作机关", max_length=60),
        "excess": models.TextField("数量、频次明显超过合理范围的情形"),
        "explanation": PersonalField("申请人说明的理由"),
    }
    sides = {"applicant": "申请人", "agent": "代理人", "third": "第三方"}
    series = "{office}公开〔{year}〕{n}号"
    lists = ("channel", "applicant_type", "reply")
    primary = True

    flow = Flow(
        states={
            "received": "办理中",
            "correcting": "待补正",
            "consulting": "征求第三方意见",
            "asking_author": "征求制作机关意见",
            "explaining": "待说明理由",
            "charging": "待缴费",
            "drafted": "待签发",
            "answered": "已答复待送达",
            "delivered": "已送达",
            "withdrawn": "申请人撤回",
            "reconsidering": "行政复议中",
            "suing": "行政诉讼中",
            "filed": "已归档",
        },
        ends=("delivered", "withdrawn", "filed"),
        corrected_by=("foi_head",),
        steps=(
            Step(
                name="receive", label="收到申请", by=CLERKS, to="received", basis=FOI[31],
                asks=("title", "channel", "applicant_type", "parties", "wanted"),
                offers=("medium", "delivery", "needs_help", "is_remade", "arises_from", "handler", "sealed"),
                guards=(rules.has_applicant, rules.remade_from), paper="receipt",
                help="日期填收到申请之日：当面、口头为提交之日，邮寄为签收之日，平信、网络、传真为与申请人确认之日。"
                "口头申请由本机关代为填写。",
            ),
            Step(
                name="assign", label="交承办人", by=("foi_officer", "foi_head"), at=("received",), basis=FOI[45],
                asks=("handler",), offers=("reason",), help="由掌握该信息的科室承办；承办人只看得到交给自己的申请。",
            ),
            Step(
                name="ask_correction", label="告知补正", by=("foi_officer",), at=("received",), to="correcting",
                basis=FOI[30], asks=("unclear", "correct_by"), paper="correction",
                guards=(rules.asked_once, rules.in_correction_time, rules.leaves_time),
                help="申请内容不明确的，七个工作日内一次性告知全部需要补正的事项。",
            ),
            Step(
                name="correct", label="收到补正", by=CLERKS, at=("correcting",), to="received", basis=FOI[30],
                asks=("wanted",), help="答复期限自收到补正之日起重新计算。",
            ),
            Step(
                name="abandon", label="逾期不补正，不再处理", by=("foi_head",), at=("correcting",), to="answered",
                basis=FOI[30], offers=("reason",), guards=(rules.correction_has_lapsed,),
                other_than=("ask_correction",), sets={"reply": "ABANDON_NO_CORRECTION"}, paper="reply",
                help="先核实申请人逾期有没有正当理由。",
            ),
            Step(
                name="extend", label="延长答复期限", by=("foi_head",), basis=FOI[33, 2],
                at=("received", "consulting", "asking_author", "explaining", "drafted"),
                asks=("reason",), offers=("extension_days",),
                guards=(rules.extended_once, rules.in_answer_time, rules.within_cap),
                other_than=("receive", "draft"), paper="extension",
                help="须经公开工作机构负责人同意，在期满前告知申请人；最长延长二十个工作日。",
            ),
            Step(
                name="consult", label="征求第三方意见", by=("foi_officer",), at=("received", "consulting"),
                to="consulting", basis=FOI[32], asks=("third_party",), offers=("third_address",),
                sets=rules.with_third_party, paper="third_party",
                help="日期填征求意见书送达第三方之日，其后到收到意见的时间不计入答复期限。有几个第三方的，逐一登记。",
            ),
            Step(
                name="hear", label="收到第三方意见", by=("foi_officer",), at=("consulting",), to="received",
                basis=FOI[32], asks=("third_opinion",), offers=("third_reason",), guards=(rules.silence_has_run,),
                help="有几个第三方的，收齐或者期满后登记；有一人不同意且有合理理由的，选不同意。",
            ),
            Step(
                name="consult_author", label="征求制作机关意见", by=("foi_officer",), at=("received",),
                to="asking_author", basis=FOI[34], asks=("author",), paper="author",
                help="信息由两个以上行政机关共同制作、本机关牵头的。",
            ),
            Step(
                name="hear_author", label="收到制作机关意见", by=("foi_officer",), at=("asking_author",),
                to="received", basis=FOI[34], asks=("author_opinion",), offers=("reason",),
                guards=(rules.silence_has_run,), help="逾期未提出意见的，视为同意公开。",
            ),
            Step(
                name="ask_reason", label="要求说明理由", by=("foi_officer",), at=("received",), to="explaining",
                basis=FOI[35], asks=("excess",), paper="reason",
                help="数量、频次明显超过合理范围的，先要求说明理由，再决定不予处理或者延迟答复。",
            ),
            Step(
                name="explain", label="登记说明的理由", by=CLERKS, at=("explaining",), to="received", basis=FOI[35],
                asks=("explanation",), help="没有说明的，写“未说明理由”。",
            ),
            Step(
                name="defer", label="确定延迟答复", by=("foi_head",), at=("received",), basis=FOI[35],
                asks=("reason",), offers=("extension_days",),
                guards=(rules.reason_was_given, rules.in_answer_time, rules.within_cap),
                other_than=("receive", "draft"), paper="deferral",
                help="理由合理但不能按期答复的。条例没有定最长期限，这里一次最多登记二十个工作日，不够的可以再次登记。",
            ),
            Step(
                name="charge", label="通知缴费", by=("foi_officer",), at=("received",), to="charging",
                basis=FOI[42, 1], asks=("fee_by", "fee_units"), sets=rules.priced, paper="fee_notice",
                guards=(rules.in_answer_time, rules.fee_is_due),
                help="按件、按页只能选一种。件数为同一申请人当月申请件数。金额由系统计算。",
            ),
            Step(
                name="pay", label="收到缴费", by=CLERKS, at=("charging",), to="received", basis=FOI[42, 1],
                help="全部缴清之日。答复期限自次日起重新计算。",
            ),
            Step(
                name="lapse", label="逾期不缴费，不再处理", by=("foi_head",), at=("charging",), to="answered",
                basis=FOI[42, 1], guards=(rules.payment_has_lapsed,), other_than=("charge",),
                sets={"reply": "ABANDON_NO_FEE"}, paper="reply",
            ),
            Step(
                name="draft", label="拟写答复", by=("foi_officer", "case_officer"), at=("received",), to="drafted",
                basis=FOI[36], asks=("reply",),
                offers=("provided", "access", "grounds", "withheld", "law_cited", "searched", "right_body",
                        "right_contact", "earlier_no", "public_interest", "online_channel", "medium"),
                guards=(rules.follows_its_step, rules.content_is_complete, rules.third_party_is_respected,
                        rules.online_channel_is_told),
                help="按答复结果填写应有的内容；救济途径由系统按答复结果写入答复书。",
            ),
            Step(
                name="return_draft", label="退回修改", by=("foi_head",), at=("drafted",), to="received",
                basis=FOI[45], asks=("reason",),
            ),
            Step(
                name="tell_third", label="告知第三方公开决定", by=("foi_head",), at=("drafted",), basis=FOI[32],
                guards=(rules.is_over_objection,), other_than=("draft",), paper="third_decision",
                help="因公共利益公开第三方不同意公开的信息时，先书面告知第三方，给其救济留出时间，再签发答复。",
            ),
            Step(
                name="reply", label="签发答复", by=("foi_head",), at=("drafted",), to="answered", basis=FOI[33, 2],
                guards=(rules.third_party_is_told,), other_than=("draft",), paper="reply",
                help="拟稿人不能签发自己拟写的答复。",
            ),
            Step(
                name="withdraw", label="申请人撤回", by=CLERKS, at=OPEN, to="withdrawn", basis=FOI[45],
                offers=("reason",), sets={"reply": "WITHDRAWN"}, paper="withdrawal",
            ),
            Step(
                name="deliver", label="送达答复", by=CLERKS, at=("answered",), to="delivered", basis=FOI[40],
                asks=("served_by",), offers=("reason",),
            ),
            Step(
                name="reconsider", label="被申请行政复议", by=LAWYERS, at=("answered", "delivered", "filed"),
                to="reconsidering", basis=RECONSIDERATION[20, 1], offers=("reason",),
            ),
            Step(
                name="conclude_reconsideration", label="复议终结", by=LAWYERS, at=("reconsidering",), to="delivered",
                basis=RECONSIDERATION[62, 1], asks=("reconsideration",), offers=("reason",),
                help="被责令重新答复的，另行登记一件“按复议决定、判决重新办理”的申请。",
            ),
            Step(
                name="sue", label="被提起行政诉讼", by=LAWYERS, at=("answered", "delivered", "filed"), to="suing",
                basis=LITIGATION[46, 1], offers=("reason",), guards=(rules.reconsidered_first,), sets=rules.sued,
            ),
            Step(
                name="conclude_suit", label="诉讼终结", by=LAWYERS, at=("suing",), to="delivered",
                basis=LITIGATION[81], asks=("suit",), offers=("reason",),
                help="被判决重新答复的，另行登记一件“按复议决定、判决重新办理”的申请。",
            ),
            Step(
                name="file", label="归档", by=("foi_officer", "archivist"), at=("delivered", "withdrawn"), to="filed",
                basis=FOI[45],
            ),
        ),
        deadlines=(
            Deadline(
                name="answer", label="答复期限", within=FOI.term("answer"), starts=("receive",), stops=CLOSING,
                pauses=("ask_correction", "consult", "consult_author", "charge"), resumes=("hear", "hear_author"),
                restarts=("correct", "pay"), extended_by=("extend", "defer"), extension=FOI.term("extension"),
            ),
            Deadline(
                name="correction_notice", label="告知补正", within=FOI.term("correction_notice"), starts=("receive",),
                stops=("ask_correction", "draft", *CLOSING), duty=False,
            ),
            Deadline(
                name="third_party", label="第三方提出意见", within=FOI.term("third_party"), starts=("consult",),
                restarts=("consult",), stops=("hear", "withdraw"), duty=False,
            ),
            Deadline(
                name="co_author", label="制作机关提出意见", within=FOI.term("co_author"), starts=("consult_author",),
                stops=("hear_author", "withdraw"), duty=False,
            ),
            Deadline(
                name="fee", label="缴纳信息处理费", within=FEE.term("pay"), starts=("charge",),
                stops=("pay", "lapse", "withdraw"), duty=False,
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(
            name="requests", label="收到政府信息公开申请", steps=("receive",), having=NEW,
            definition="本期内新收的政府信息公开申请；按复议决定、判决重新办理的不重复计算，作废的不计",
        ),
        rules.AtStart(
            name="carried_in", label="上期结转申请", states=OPEN, having=NEW, definition="期初尚未办结的申请",
        ),
        Count(
            name="finished", label="办结申请", steps=CLOSING, having=NEW,
            definition="本期内答复、不再处理和申请人撤回的申请（年报表第三项第（七）目）",
        ),
        Stock(
            name="carried_over", label="结转下期申请", states=OPEN, having=NEW, definition="期末尚未办结的申请",
        ),
        Count(
            name="answered", label="答复申请", steps=REPLIED, having=NEW,
            definition="本期内作出答复（含告知不再处理）的申请，申请人撤回的不计",
        ),
        OnTime(
            name="on_time", label="按期答复率", deadline="answer",
            definition="本期办结的申请中在答复期限（含依法延长、不计入的时间）内办结的比例",
        ),
        *(
            Count(
                name=name, label=label, steps=CLOSING, having=NEW | {"reply__in": replies.codes_of(row)},
                definition=f"本期办结的申请中归入年报表“{label}”一行的",
            )
            for name, label, row in (
                ("granted", "予以公开", "3.1"), ("partial", "部分公开", "3.2"), ("denied", "不予公开", "3.3"),
                ("unavailable", "无法提供", "3.4"), ("unprocessed", "不予处理", "3.5"), ("others", "其他处理", "3.6"),
            )
        ),
        Total(
            name="fee", label="收取信息处理费", unit="元", steps=("pay",), field_name="fee",
            definition="本期收到的信息处理费（年报第六部分须报告）",
        ),
        Times(
            name="reconsiderations", label="被申请行政复议", steps=("reconsider",), definition="本期内被申请的行政复议",
        ),
        Stock(
            name="reconsidering", label="复议尚未审结", states=("reconsidering",), definition="期末尚未审结的行政复议",
        ),
        Times(name="suits", label="被提起行政诉讼", steps=("sue",), definition="本期内被提起的行政诉讼"),
        Times(
            name="suits_direct", label="未经复议直接起诉", steps=("sue",), having={"sued_directly": True},
            definition="本期内未经复议直接起诉的行政诉讼",
        ),
        Stock(name="suing", label="诉讼尚未审结", states=("suing",), definition="期末尚未审结的行政诉讼"),
        *(
            Times(
                name=f"reconsiderations_{value}", label=f"复议{label}", steps=("conclude_reconsideration",),
                having={"reconsideration": value}, definition=f"本期审结的行政复议中“{label}”的",
            )
            for value, label in Review.choices
        ),
        *(
            Times(
                name=f"suits_{value}", label=f"诉讼{label}", steps=("conclude_suit",), having={"suit": value},
                definition=f"本期审结的行政诉讼中“{label}”的",
            )
            for value, label in Review.choices
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "政府信息公开申请"

    @property
    def row(self) -> str:
        """The row of the annual table in which it is counted; "" while it is not finished."""
        return replies.REPLIES[self.reply].row if self.reply and self.matter.state not in OPEN else ""

    @property
    def column(self) -> str:
        """The column of the annual table."""
        return self.applicant_type

    @classmethod
    def paper_facts(cls, turn):  # type: ignore[no-untyped-def]
        return rules.paper_facts(turn)
