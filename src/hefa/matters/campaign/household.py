"""One household or object on a campaign's list, and the lawful ways by which it goes off it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Share, Stock, Times
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.personal import PersonalField
from hefa.kernel.timing import Lapse
from hefa.kernel.turn import Turn

from . import rules
from .codes import EXPROPRIATION, ON_LIST, OPEN, TALKING, Difficulty, Remedy, Way

HOUSES = instrument("expropriation")
FORCE = instrument("compulsion")
REVIEW = instrument("reconsideration")
COURTS = instrument("litigation")

HEADS = ("deputy", "director", "planner")
CARRIERS = ("case_officer", "committee_head", *HEADS)
# A committee head does not see the street's campaigns; what is put on the list in the community is theirs to carry on.
LISTERS = ("case_officer", *HEADS)
OF_EXPROPRIATION = {"matter__arises_from__campaign_campaign__subject__in": EXPROPRIATION}


class Household(Kind):
    """清零对象."""

    code = models.CharField("户号", max_length=20, blank=True, help_text="清单上的编号，同一专项里不重复")
    premises = PersonalField("房屋或者地块坐落", masks="address")
    difficulty = models.CharField("主要难点", max_length=14, choices=Difficulty, blank=True)
    plan = models.CharField("攻坚办法", max_length=300, blank=True)
    leader = models.CharField("包案领导", max_length=40, blank=True)
    way = models.CharField("补偿方式", max_length=10, choices=Way, blank=True)
    move_by = models.DateField("搬迁期限", null=True, blank=True)
    decision_no = models.CharField("补偿决定文号", max_length=60, blank=True)
    remedy = models.CharField("救济途径", max_length=16, choices=Remedy, blank=True)
    ruling_no = models.CharField("裁定文号", max_length=60, blank=True)
    evidence = models.CharField("销号佐证", max_length=200, blank=True)
    evidence_on = models.DateField("销号佐证形成日期", null=True, blank=True, help_text="验房单、照片、文书本身的日期")
    strike_evidence = models.CharField("移出佐证", max_length=200, blank=True)
    strike_on = models.DateField(
        "移出佐证形成日期", null=True, blank=True, help_text="规划调整文件、认定文书本身的日期"
    )

    notes = {
        "talked_of": PersonalField("上门协商情况"),
        "paid_by": models.CharField("补偿到位方式", max_length=120),
        "outcome": models.CharField("处理结果", max_length=300),
    }
    sides = {"owner": "户主", "occupant": "同住人"}
    past = ("evidence_on", "strike_on")
    amend_guards = (rules.list_stays_the_same, rules.amended_evidence_holds)
    series = "{office}清零户〔{year}〕{n}号"
    lists = ("leader", "difficulty", "move_by")

    flow = Flow(
        states={
            "listed": "协商中",
            "signed": "已签约",
            "requested": "已报请决定",
            "decided": "已作补偿决定",
            "served": "决定已送达",
            "contested": "复议诉讼中",
            "applied": "已申请强制执行",
            "enforceable": "准予执行",
            "cleared": "已销号",
            "struck": "已移出",
        },
        ends=("cleared", "struck"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="list", label="列入清单", by=LISTERS, to="listed",
                asks=("arises_from", "code", "parties", "premises", "difficulty"),
                offers=("handler", "leader", "plan"), guards=(rules.came_of_open_campaign, rules.code_is_new),
                sets=rules.titled, help="来源选所属的专项；承办人就是责任人。姓名和坐落加密保存。",
            ),
            Step(
                name="talk", label="上门协商", by=CARRIERS, at=TALKING, asks=("talked_of",), offers=("difficulty", "plan"),
                paper="talk", help="一次记一条。不得以断水、断电、堵路等方式迫使搬迁。",
            ),
            Step(
                name="sign", label="签订协议", by=CARRIERS, at=TALKING, to="signed", basis=HOUSES[25, 1],
                asks=("way", "move_by"), guards=(rules.moves_later,),
                help="日期就是签约的日期。作出决定、送达以后也可以签约。",
            ),
            Step(
                name="request", label="报请补偿决定", by=CARRIERS, at=("listed",), to="requested", basis=HOUSES[26, 1],
                asks=("reason",), guards=(rules.is_expropriation, rules.was_talked_to, rules.signing_time_is_over),
                paper="request", help="签约期限内达不成协议，或者产权不明确的。写明协商经过和达不成协议的原因。",
            ),
            Step(
                name="decide", label="登记补偿决定", by=CARRIERS, at=("requested",), to="decided", basis=HOUSES[26, 1],
                asks=("decision_no", "move_by"), guards=(rules.moves_later,), help="决定由作出征收决定的人民政府作出，这里登记。",
            ),
            Step(
                name="serve", label="送达补偿决定", by=CARRIERS, at=("decided",), to="served", basis=HOUSES[26, 3],
                help="送达之日起算申请复议和起诉的期限。",
            ),
            Step(
                name="contest", label="登记复议或者起诉", by=CARRIERS, at=("served",), to="contested",
                basis=HOUSES[26, 3], asks=("remedy",),
            ),
            Step(
                name="uphold_review", label="复议维持决定", by=CARRIERS, at=("contested",), to="served",
                asks=("outcome",), guards=(rules.was_reconsidered,),
                help="日期填被征收人收到复议决定书的日期，起算向法院起诉的期限；撤回复议申请的也在这里登记。",
            ),
            Step(
                name="uphold", label="诉讼终结，决定有效", by=CARRIERS, at=("contested",), to="served",
                asks=("outcome",), guards=(rules.was_sued,),
                help="判决、裁定已经生效，补偿决定没有被撤销、变更的，含撤诉。",
            ),
            Step(
                name="annul", label="决定被撤销", by=CARRIERS, at=("contested",), to="listed", asks=("outcome",),
                help="补偿决定被撤销或者确认违法的，退回协商。",
            ),
            Step(
                name="pay", label="补偿到位", by=CARRIERS, at=("signed", "served"), basis=HOUSES[27, 1],
                asks=("paid_by",), help="协议补偿已经支付，或者按决定专户存储、周转用房落实。",
            ),
            Step(
                name="demand", label="登记催告", by=CARRIERS, at=("served",), basis=FORCE[54],
                guards=(rules.moving_time_is_over,), help="日期填催告书送达的日期。",
            ),
            Step(
                name="apply", label="申请强制执行", by=CARRIERS, at=("served",), to="applied", basis=HOUSES[28, 1],
                asks=("partner",), advice=rules.advise_window,
                guards=(rules.is_paid, rules.remedies_are_over, rules.is_within_window, rules.was_demanded),
                help="由作出决定的人民政府申请，协办单位选受理的人民法院。",
            ),
            Step(
                name="permit", label="裁定准予执行", by=CARRIERS, at=("applied",), to="enforceable", asks=("ruling_no",),
            ),
            Step(
                name="deny", label="裁定不准予执行", by=CARRIERS, at=("applied",), to="listed",
                asks=("ruling_no", "reason"), help="退回协商，或者重新报请决定。",
            ),
            Step(
                name="clear", label="腾空销号", by=CARRIERS, at=("listed", "signed", "served", "enforceable"), to="cleared",
                basis=HOUSES[27, 2], asks=("evidence", "evidence_on"), other_than=("talk", "sign"),
                guards=(rules.has_a_ground, rules.is_paid, rules.evidence_is_dated), paper="clearance",
                help="由协商、签约以外的另一个人到现场核对以后销号。",
            ),
            Step(
                name="assign", label="调整责任人和办法", by=HEADS, at=OPEN, asks=("handler",),
                offers=("leader", "difficulty", "plan"),
            ),
            Step(
                name="strike", label="移出清单", by=HEADS, at=OPEN, to="struck",
                asks=("reason", "strike_evidence", "strike_on"), other_than=("list",),
                guards=(rules.strike_is_dated,), paper="strike",
                help="规划调整、重复登记、认定不属于清零范围的。没有带日期的佐证不能移出；移出的不算清零。",
            ),
            Step(
                name="restore", label="恢复列入", by=HEADS, at=("cleared", "struck"), to="listed", asks=("reason",),
                guards=(rules.campaign_is_open,), help="销号后反悔、回搬，或者移出有误的。",
            ),
        ),
        deadlines=(
            Deadline(
                name="reconsider", label="被征收人申请复议", within=REVIEW.term("apply"), starts=("serve",),
                stops=("contest", "sign", "apply", "clear", "strike"), duty=False,
            ),
            Deadline(
                name="sue", label="被征收人起诉", within=COURTS.term("sue"), starts=("serve",),
                stops=("contest", "sign", "apply", "clear", "strike"), duty=False,
            ),
            Deadline(
                name="sue_after", label="复议后起诉", within=COURTS.term("sue_after_reconsideration"),
                starts=("uphold_review",), stops=("contest", "sign", "apply", "clear", "strike"), duty=False,
            ),
            Deadline(
                name="perform", label="催告后履行", within=FORCE.term("demand"), starts=("demand",),
                stops=("sign", "clear", "apply", "contest", "strike"), duty=False,
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="listed", label="列入清单", unit="户", steps=("list",), definition="本期内列入专项清零清单的户、件"),
        Stock(
            name="on_list", label="清单总数", unit="户", states=ON_LIST,
            definition="到期末为止列入清单的户、件，含已经销号的；移出的不计",
        ),
        Count(name="signed", label="签约", unit="户", steps=("sign",), definition="本期内签订协议的户、件"),
        Count(name="cleared", label="销号", unit="户", steps=("clear",), definition="本期内腾空销号的户、件"),
        Stock(
            name="cleared_so_far", label="累计销号", unit="户", states=("cleared",),
            definition="到期末为止销号、没有恢复列入的户、件",
        ),
        Stock(
            name="remaining", label="剩余", unit="户", states=OPEN, definition="期末还在清单上、没有销号的户、件",
        ),
        Stock(
            name="remaining_expropriations", label="征迁剩余户", unit="户", states=OPEN, having=OF_EXPROPRIATION,
            definition="期末征收拆迁专项的清单上还没有销号的户",
        ),
        Share(
            name="cleared_share", label="清零率", of="campaign.cleared_so_far", among="campaign.on_list",
            definition="累计销号 ÷ 清单总数；移出的不在分子，也不在分母",
        ),
        Count(name="struck", label="移出", unit="户", steps=("strike",), definition="本期内移出清单的户、件，不算清零"),
        Times(name="talks", label="上门协商", unit="次", steps=("talk",), definition="本期内上门协商的次数"),
        Count(
            name="applied", label="申请强制执行", unit="户", steps=("apply",),
            definition="本期内由人民政府申请人民法院强制执行的户",
        ),
        Lapse(
            name="days_to_clear", label="列入到销号", since=("list",), steps=("clear",),
            definition="本期内首次销号的户、件，从列入清单到销号的日历天数的中位数",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "清零对象"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return rules.household_facts(turn)
