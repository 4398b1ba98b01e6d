"""Who mediates: the mediators on the register, the committees they sit in."""

from collections.abc import Sequence
from datetime import date

from django.db import models

from hefa.kernel.figure import Stock
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.people import Office
from hefa.kernel.place import latitude, longitude, point_is_whole

from . import register, rules
from .bench import Case, bench
from .choosing import Weighed

LAW = instrument("mediation")
NINGBO = instrument("ningbo_mediation")

HEADS = ("committee_head", "justice_head")
KEEPERS = (*HEADS, "justice_clerk")


class Mediator(Kind):
    """人民调解员."""

    full_name = models.CharField("姓名", max_length=40, blank=True)
    is_full_time = models.BooleanField("专职", default=False)
    is_star = models.BooleanField("优秀（星级）调解员", default=False)
    patch = models.CharField("包片范围", max_length=80, blank=True)
    phone = models.CharField("公布电话", max_length=20, blank=True)
    specialities = models.CharField("擅长的纠纷类型", max_length=200, blank=True, help_text="用“、”隔开；不填就是不限")
    unit = models.CharField("工作单位", max_length=80, blank=True, help_text="当事人属于同一单位的，要回避")
    duty_days = models.CharField(
        "值班日", max_length=60, blank=True, help_text="每天、工作日、周一、周三或者周一至周五；不填就是每天"
    )

    notes = {
        "away_from": models.DateField("请假起"),
        "away_until": models.DateField("请假止"),
    }
    amend_guards = (register.kinds_are_known, register.duty_is_readable)
    series = "{office}调解员〔{year}〕{n}号"
    lists = ("full_name", "is_full_time", "patch")

    flow = Flow(
        states={"serving": "在聘", "left": "已解聘"},
        ends=("left",),
        corrected_by=HEADS,
        steps=(
            Step(
                name="appoint", label="聘任", by=("justice_head", "justice_clerk", "committee_head"), to="serving",
                basis=LAW[13], asks=("full_name", "is_full_time"), offers=("phone", "patch", "is_star", "specialities", "unit", "duty_days"),
                guards=(register.kinds_are_known, register.duty_is_readable), sets=register.registered,
            ),
            Step(
                name="assign", label="包片", by=("justice_head", "justice_clerk"), at=("serving",), basis=LAW[19],
                asks=("patch",),
            ),
            Step(
                name="specialise", label="登记专长", by=HEADS, at=("serving",), asks=("specialities",), offers=("unit",),
                guards=(register.kinds_are_known,), sets=register.registered,
            ),
            Step(
                name="roster", label="排定值班", by=KEEPERS, at=("serving",), asks=("duty_days",),
                guards=(register.duty_is_readable,), help="从这一天起按新的值班日派人。",
            ),
            Step(
                name="take_leave", label="请假", by=KEEPERS, at=("serving",), asks=("away_from", "away_until"),
                offers=("reason",), guards=(register.leave_makes_sense,), help="请假的日子里不派人给他。",
            ),
            Step(
                name="return_early", label="销假", by=KEEPERS, at=("serving",), guards=(register.is_away,),
                help="日期填回来上班的第一天；以后的请假作废。",
            ),
            Step(
                name="commend", label="评为优秀", by=("justice_head",), at=("serving",), basis=LAW[6],
                sets={"is_star": True}, offers=("reason",),
            ),
            Step(
                name="report", label="报区司法局备案", by=("justice_head", "justice_clerk"), at=("serving",),
                basis=NINGBO[13, 1],
            ),
            Step(
                name="leave", label="解聘", by=("justice_head", "committee_head"), at=("serving",), to="left",
                basis=LAW[15], asks=("reason",),
            ),
        ),
        deadlines=(
            Deadline(
                name="mediator_filing", label="聘任备案", within=NINGBO.term("filing"), starts=("appoint",),
                stops=("report", "leave"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="full_time_mediators", label="专职调解员", unit="名", states=("serving",),
            having={"is_full_time": True}, definition="期末在聘的专职人民调解员",
        ),
        Stock(name="mediators", label="调解员", unit="名", states=("serving",), definition="期末在聘的人民调解员"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "调解员"

    @classmethod
    def bench(
        cls,
        office: Office,
        day: date,
        kind: str,
        parties: Sequence[dict[str, str]],
        sides: dict[str, str],
        pk: int | None,
    ) -> list[Weighed]:
        """The street's mediators weighed for somebody else's matter: other lines of work ask by this kind's label.

        `kind`: label of the kind of dispute; `sides`: what the parties' places are called; `pk`: the matter asked for.
        """
        return bench(Case(office, day, kind, parties, sides, pk))


class Committee(Kind):
    """人民调解委员会."""

    chair = models.CharField("主任", max_length=40, blank=True)
    members = models.PositiveSmallIntegerField("委员人数", null=True, blank=True, validators=rules.THREE_TO_NINE)
    women = models.PositiveSmallIntegerField("女委员人数", null=True, blank=True)
    score = models.PositiveSmallIntegerField("规范化评分（百分制）", null=True, blank=True, validators=rules.PERCENT)
    place = models.CharField("调解室地点", max_length=120, blank=True)
    hours = models.CharField("开放时间", max_length=120, blank=True)
    phone = models.CharField(
        "服务电话",
        max_length=20,
        blank=True,
        validators=[rules.is_telephone],
        help_text="公布在居民页面，不要填个人号码",
    )
    lon = longitude()
    lat = latitude()

    amend_guards = (point_is_whole,)
    series = "{office}调委会〔{year}〕{n}号"
    lists = ("chair", "members", "score")

    flow = Flow(
        states={"standing": "在任", "closed": "已撤销"},
        ends=("closed",),
        corrected_by=HEADS,
        steps=(
            Step(
                name="establish", label="设立", by=("justice_head", "justice_clerk"), to="standing", basis=LAW[8],
                asks=("chair", "members", "women"), guards=(rules.has_women,),
                help="委员三至九人，应当有妇女成员。",
            ),
            Step(
                name="re_elect", label="换届", by=("justice_head", "justice_clerk"), at=("standing",), basis=LAW[9],
                asks=("chair", "members", "women"), guards=(rules.has_women,),
            ),
            Step(
                name="register", label="报区司法局备案", by=("justice_head", "justice_clerk"), at=("standing",),
                basis=NINGBO[13, 1],
            ),
            Step(
                name="locate", label="标定位置", by=KEEPERS, at=("standing",), asks=("lon", "lat"),
                offers=("place", "hours", "phone"), help="调解室搬了、时间改了，重新标定。派人按它算远近，地图按它标点。",
            ),
            Step(
                name="assess", label="规范化评分", by=("justice_head",), at=("standing",), basis=LAW[11],
                asks=("score",),
            ),
            Step(
                name="close", label="撤销", by=("justice_head",), at=("standing",), to="closed", basis=LAW[8],
                asks=("reason",),
            ),
        ),
        deadlines=(
            Deadline(
                name="committee_term", label="任期届满换届", within=LAW.term("committee_term"), starts=("establish",),
                stops=("close",), restarts=("re_elect",),
            ),
            Deadline(
                name="committee_filing", label="设立变更备案", within=NINGBO.term("filing"),
                starts=("establish", "re_elect"), stops=("register", "close"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Stock(name="committees", label="调解委员会", unit="个", states=("standing",), definition="期末在任的调委会"),
    )

    class Meta:
        verbose_name = verbose_name_plural = "调解委员会"
