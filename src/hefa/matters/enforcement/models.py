"""Enforcement staff: who has passed the exam, whose qualification stands, who holds which card."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from hefa.kernel.figure import Count, Period, Share, Stock
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.turn import Turn

from . import rules

ZHEJIANG = instrument("zhejiang_enforcement")

REGISTRARS = ("personnel_officer", "justice_clerk", "justice_head")
HEADS = ("personnel_officer", "justice_head")
IN_POST = ("enrolled", "registered", "qualified", "carded", "suspended")


class Post(models.TextChoices):
    ENFORCEMENT = "enforcement", "执法岗位"
    OTHER = "other", "非执法岗位"


class Employment(models.TextChoices):
    STAFF = "staff", "编制内"
    AUXILIARY = "auxiliary", "辅助人员"


class Posting(models.TextChoices):
    RESIDENT = "resident", "常驻"
    ON_CALL = "on_call", "随叫随驻"


def staff_qualified(period: Period) -> dict[str, Any]:
    """Established staff whose qualification has no end or ends after the period."""
    valid = Officer.objects.filter(Q(qualified_until=None) | Q(qualified_until__gte=period.end))
    return {"employment": Employment.STAFF, "matter__in": valid.values("matter")}


class Officer(Kind):
    """执法人员."""

    full_name = models.CharField("姓名", max_length=40, blank=True)
    unit = models.CharField("所在科室", max_length=60, blank=True)
    post = models.CharField("岗位", max_length=12, choices=Post, blank=True)
    employment = models.CharField("编制", max_length=10, choices=Employment, blank=True)
    exam_on = models.DateField("考试日期", null=True, blank=True)
    score = models.DecimalField("考试成绩", max_digits=5, decimal_places=1, null=True, blank=True,
                                validators=rules.PERCENT)  # fmt: skip
    passed_on = models.DateField("取得资格日期", null=True, blank=True)
    qualified_until = models.DateField("资格有效期至", null=True, blank=True)
    card_no = models.CharField("执法证号", max_length=40, blank=True)
    issued_on = models.DateField("发证日期", null=True, blank=True)
    second_card_no = models.CharField("第二证件号", max_length=40, blank=True)
    posting = models.CharField("下沉方式", max_length=10, choices=Posting, blank=True)

    series = "{office}执法〔{year}〕{n}号"
    lists = ("full_name", "post", "qualified_until")
    seen_by = ("enforcement_head",)
    primary = True

    flow = Flow(
        states={
            "enrolled": "在册",
            "registered": "已报考",
            "qualified": "已取得资格",
            "carded": "持证",
            "suspended": "暂停执法",
            "left": "已离开",
        },
        ends=("left",),
        corrected_by=HEADS,
        steps=(
            Step(
                name="enrol", label="登记在册", by=REGISTRARS, to="enrolled",
                asks=("full_name", "post", "employment"), offers=("unit",), sets=rules.named,
                help="街道全体工作人员都登记；持证率的分母是编制内在册人员。",
            ),
            Step(
                name="register_exam", label="报名考试", by=REGISTRARS, at=("enrolled",), to="registered",
                basis=ZHEJIANG[28], guards=(rules.may_sit,),
                help="编制内人员可以报考；行政执法辅助人员不能报考（第三十条）。",
            ),
            Step(
                name="pass_exam", label="考试合格", by=REGISTRARS, at=("registered",), to="qualified",
                basis=ZHEJIANG[28], asks=("exam_on", "score"), guards=(rules.exam_was_held,), sets=rules.qualified,
                help="取得执法资格。非执法岗位人员的资格有期限；取得资格不等于持有执法证。",
            ),
            Step(
                name="fail_exam", label="考试不合格", by=REGISTRARS, at=("registered",), to="enrolled",
                basis=ZHEJIANG[28], asks=("exam_on",), offers=("score",), guards=(rules.exam_was_held,),
                help="包括缺考；可以再次报名。",
            ),
            Step(
                name="renew", label="延续资格", by=REGISTRARS, at=("qualified", "carded"), basis=ZHEJIANG[28, 2],
                asks=("exam_on", "score"), guards=(rules.has_end, rules.still_qualified, rules.exam_was_held),
                sets=rules.qualified, help="到期之前重新考试合格的，资格从合格之日起重新计算。",
            ),
            Step(
                name="lapse", label="资格到期", by=REGISTRARS, at=("qualified", "carded", "suspended"), to="enrolled",
                basis=ZHEJIANG[28, 2], guards=(rules.has_end, rules.has_run_out), sets=rules.NO_CARD,
                help="有效期届满没有延续的，资格失效，执法证收回；可以重新报考。",
            ),
            Step(
                name="issue_card", label="发执法证", by=REGISTRARS, at=("qualified",), to="carded",
                basis=ZHEJIANG[28, 1], asks=("card_no", "issued_on"), guards=(rules.is_enforcer, rules.card_fits),
                paper="card", help="执法岗位人员考试合格后核发。",
            ),
            Step(
                name="claim_card", label="申领执法证", by=REGISTRARS, at=("qualified",), to="carded",
                basis=ZHEJIANG[28, 2], asks=("card_no", "issued_on", "reason"),
                guards=(rules.is_not_enforcer, rules.still_qualified, rules.card_fits), paper="card",
                help="非执法岗位的编制内人员，在资格有效期内从事执法工作的，可以申领。写明从事什么执法工作。",
            ),
            Step(
                name="issue_second_card", label="发第二证件", by=REGISTRARS, at=("carded",),
                asks=("second_card_no",), help="双证：另一执法领域或者上级部门核发的证件。",
            ),
            Step(
                name="deploy", label="下沉", by=HEADS, at=("carded",), asks=("posting",), guards=(rules.is_enforcer,),
                help="下沉到街道的执法队员：常驻，或者随叫随驻。换一种方式再办一次。",
            ),
            Step(
                name="recall", label="结束下沉", by=HEADS, at=("carded", "suspended"), asks=("reason",),
                guards=(rules.is_deployed,), sets=rules.NO_POSTING,
            ),
            Step(
                name="suspend", label="暂停执法", by=HEADS, at=("carded",), to="suspended", asks=("reason",),
                paper="suspension", help="暂停期间不得从事执法活动，不计入持证人数。",
            ),
            Step(
                name="restore", label="恢复执法", by=HEADS, at=("suspended",), to="carded", asks=("reason",),
                guards=(rules.still_qualified,),
            ),
            Step(
                name="take_post", label="转入执法岗位", by=REGISTRARS, at=("enrolled", "registered", "qualified"),
                offers=("unit",), guards=(rules.is_not_enforcer, rules.still_qualified),
                sets=rules.moved_in, help="执法岗位人员的资格没有期限。",
            ),
            Step(
                name="leave_post", label="转出执法岗位", by=REGISTRARS,
                at=("enrolled", "registered", "qualified"), offers=("unit",), guards=(rules.is_enforcer,),
                sets=rules.moved_out, help="资格从此有期限，从取得资格之日起算。",
            ),
            Step(
                name="return_card", label="收回执法证", by=REGISTRARS, at=("carded", "suspended"), to="qualified",
                asks=("reason",), sets=rules.NO_CARD, help="调整岗位、遗失补办或者证件作废的，先收回；资格仍在。",
            ),
            Step(
                name="transfer", label="调动", by=REGISTRARS, at=IN_POST, asks=("office",), offers=("unit",),
                guards=(rules.stays_inside,), help="调到街道内其他单位，继续在册。",
            ),
            Step(
                name="leave", label="离开", by=REGISTRARS, at=IN_POST, to="left", asks=("reason",),
                help="调出、退休、辞职等，不再计入在册人员。",
            ),
        ),
        deadlines=(
            Deadline(
                name="qualification", label="资格有效期（非执法岗位）", within=ZHEJIANG.term("qualification"),
                starts=("pass_exam",), restarts=("renew",), stops=("issue_card", "take_post", "lapse", "leave"),
                duty=False,
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="staff", label="编制内人员", unit="人", states=IN_POST, having={"employment": Employment.STAFF},
            definition="期末在册的编制内人员（不分岗位），是持证率的分母",
        ),
        Stock(
            name="certified", label="通过行政执法资格考试", unit="人", states=("qualified", "carded"),
            having=staff_qualified,
            definition="期末在册的编制内人员中，通过行政执法资格考试且资格仍有效的；暂停执法的不计",
        ),
        Share(
            name="certified_share", label="持证率", of="enforcement.certified", among="enforcement.staff",
            definition="通过考试且资格有效的人数 ÷ 编制内在册人数",
        ),
        Stock(
            name="carded", label="持有执法证", unit="人", states=("carded",), having=staff_qualified,
            definition="期末持有执法证且资格有效的编制内人员；与通过考试是两件事",
        ),
        Stock(
            name="double_carded", label="持双证", unit="人", states=("carded",), having={"second_card_no__gt": ""},
            definition="期末持有第二证件的人员",
        ),
        Stock(
            name="resident", label="常驻的下沉队员", unit="人", states=("carded",), having={"posting": Posting.RESIDENT},
            definition="期末持证、常驻街道的下沉执法队员",
        ),
        Stock(
            name="on_call", label="随叫随驻的下沉队员", unit="人", states=("carded",), having={"posting": Posting.ON_CALL},
            definition="期末持证、随叫随驻的下沉执法队员",
        ),
        Stock(
            name="enforcers", label="执法岗位人员", unit="人", states=IN_POST, having={"post": Post.ENFORCEMENT},
            definition="期末在册的执法岗位人员",
        ),
        Stock(
            name="auxiliaries", label="辅助人员", unit="人", states=IN_POST,
            having={"employment": Employment.AUXILIARY}, definition="期末在册的行政执法辅助人员，不计入持证率",
        ),
        Count(
            name="passed", label="考试合格", unit="人", steps=("pass_exam", "renew"),
            definition="本期内行政执法资格考试合格的人员",
        ),
        Count(
            name="failed", label="考试不合格", unit="人", steps=("fail_exam",),
            definition="本期内报考而未合格（含缺考）的人员",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "执法人员"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return {"unit": turn.value("unit") or turn.matter.office.name}
