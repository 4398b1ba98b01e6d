"""Where legal service stands open to everybody: mobile points, stations, building stewards."""

from __future__ import annotations

from django.db import models

from hefa.kernel.figure import Stock, Times
from hefa.kernel.flow import Flow, Step
from hefa.kernel.matter import Kind
from hefa.kernel.place import latitude, longitude, point_is_whole

from . import rules

KEEPERS = ("justice_head", "justice_clerk", "committee_head")
ON_DUTY = ("counsel", "justice_clerk", "mediator", "committee_head", "community_mediator")


class PointType(models.TextChoices):
    MOBILE = "mobile", "移动法治小据点"
    STATION = "station", "公益法律服务站"
    BUILDING = "building", "楼宇法管家"
    ONE_STOP = "one_stop", "一站式公共服务站点"
    OTHER = "other", "其他服务点"


class ServiceLine(models.TextChoices):
    EDUCATION = "education", "普法宣传"
    ADVICE = "advice", "法律咨询"
    MEDIATION = "mediation", "人民调解"


class ServicePoint(Kind):
    """法律服务点."""

    type = models.CharField("服务点类型", max_length=10, choices=PointType, blank=True)
    place = models.CharField("设置地点", max_length=120, blank=True)
    hours = models.CharField("开放时间", max_length=120, blank=True)
    phone = models.CharField("服务电话", max_length=20, blank=True)
    gives_education = models.BooleanField("提供普法宣传", default=False)
    gives_advice = models.BooleanField("提供法律咨询", default=False)
    gives_mediation = models.BooleanField("提供人民调解", default=False)
    rostered_until = models.DateField("值班表排到", null=True, blank=True)
    lon = longitude()
    lat = latitude()

    notes = {
        "duty": models.TextField("值班安排"),
        "line": models.CharField("服务类别", max_length=10, choices=ServiceLine),
        "people": models.PositiveIntegerField("服务人数"),
        "content": models.CharField("服务情况", max_length=300),
    }
    amend_guards = (point_is_whole,)
    series = "{office}法服点〔{year}〕{n}号"
    lists = ("type", "place", "rostered_until")

    flow = Flow(
        states={"open": "开放", "closed": "已撤销"},
        ends=("closed",),
        corrected_by=("justice_head",),
        steps=(
            Step(
                name="open", label="设立", by=KEEPERS, to="open", asks=("title", "type", "place", "hours", "phone"),
                offers=("gives_education", "gives_advice", "gives_mediation", "lon", "lat", "partner", "handler"),
                guards=(rules.gives_something, point_is_whole), paper="point_notice",
                help="至少提供一类服务；一站式站点三类都有。地点、时间、电话向社会公布。",
            ),
            Step(
                name="roster", label="排班", by=KEEPERS, at=("open",), asks=("duty", "rostered_until"),
                guards=(rules.roster_runs_on,), help="写明哪天由哪位律师、调解员或者工作人员值班。",
            ),
            Step(
                name="serve", label="服务登记", by=ON_DUTY, at=("open",), asks=("line", "people", "content"),
                guards=(rules.is_rostered, rules.line_is_given), help="每个服务日、每类服务记一次。",
            ),
            Step(
                name="move", label="变更地点时间", by=KEEPERS, at=("open",), asks=("place", "hours", "reason"),
                offers=("phone", "lon", "lat"), guards=(point_is_whole,), paper="point_notice",
            ),
            Step(
                name="locate", label="标定位置", by=KEEPERS, at=("open",), asks=("lon", "lat"),
                help="十五分钟调解圈和居民看的地图按它标点。",
            ),
            Step(name="close", label="撤销", by=KEEPERS, at=("open",), to="closed", asks=("reason",)),
        ),
    )  # fmt: skip
    figures = (
        Stock(
            name="service_points", label="法律服务点", unit="个", states=("open",),
            definition="期末开放的移动小据点、服务站、楼宇法管家等法律服务点",
        ),
        Stock(
            name="one_stop_points", label="一站式服务点", unit="个", states=("open",),
            having={"gives_education": True, "gives_advice": True, "gives_mediation": True},
            definition="期末开放的、普法宣传和法律咨询和人民调解三类服务都有的服务点",
        ),
        Times(name="services", label="服务点服务", unit="次", steps=("serve",), definition="本期内服务点登记的服务次数"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "法律服务点"
