"""The figures of petitions."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from hefa.kernel.figure import Count, OnTime, Period, Share, Stock, in_force
from hefa.kernel.people import Office

from . import codes, rules
from .backlog import LISTED, RESOLVED, OpenBacklog

OPENINGS = ("register", "receive_forwarded", "receive_assigned")
# In the office's hands: from registration until the answer has reached the petitioner.
OPEN = ("registered", "objected", "accepted", "drafted", "performing", "answered")


@dataclass(frozen=True, kw_only=True)
class MetOnce(OnTime):
    """A clock that runs once and that many steps may stop: the first of them met it, each matter counts once."""

    def _met(self, period: Period, office: Office) -> dict[int, bool]:
        assert self.kind is not None
        deadline = self.kind.flow.deadline(self.deadline)
        every, met = in_force(self.kind, office), super()._met(period, office)
        first = every.filter(matter=OuterRef("matter"), step__in=deadline.stops).order_by("turn").values("id")[:1]
        started = every.filter(step__in=deadline.starts).values("matter")
        firsts = every.filter(id__in=met, matter__in=started).filter(id=Subquery(first))
        return {pk: met[pk] for pk in firsts.order_by("id").values_list("id", flat=True)}


FIGURES = (
    Count(name="received", label="信访事项", steps=OPENINGS, definition="本期内登记的信访事项，含转送、交办"),
    *(
        Count(
            name=f"received_{channel.value}", label=f"{channel.label}", steps=OPENINGS,
            having={"channel": channel}, definition=f"本期内以{channel.label}形式提出的信访事项",
        )
        for channel in codes.Channel
    ),
    Count(
        name="joint", label="多人信访", steps=OPENINGS, having={"people__gte": rules.JOINT},
        definition="本期内涉及五人以上（含五人）的信访事项",
    ),
    Count(name="accepted", label="按信访程序受理", steps=("accept",), definition="本期内按信访程序受理的信访事项"),
    Count(
        name="opinions", label="出具处理意见书", steps=("issue_opinion",), definition="本期内出具的信访处理意见书",
    ),
    Count(name="settled", label="调解和解", steps=("settle",), definition="本期内经调解、和解达成协议的信访事项"),
    Count(
        name="redirected", label="导入其他程序", steps=("redirect",),
        definition="本期内导入诉讼、仲裁、党员申诉、行政程序的信访事项",
    ),
    Count(name="extended", label="延长办理期限", steps=("extend",), definition="本期内批准延长办理期限的信访事项"),
    Count(name="reviews", label="请求复查", steps=("ask_review",), definition="本期内信访人请求复查的信访事项"),
    Stock(name="pending", label="期末在办", states=OPEN, definition="期末还没有办结的信访事项"),
    OpenBacklog(
        name="backlog", label="期末信访积案", states=OPEN,
        definition="期末列入积案而没有化解的，以及超过办理期限或者上级要求的反馈期限仍没有办结的信访事项",
    ),
    Count(name="backlog_listed", label="列入积案", steps=(LISTED,), definition="本期内列入积案的信访事项"),
    Count(
        name="backlog_resolved", label="化解积案", steps=RESOLVED, having={"backlog_ground__gt": ""},
        definition="本期内化解的列入积案的信访事项",
    ),
    OnTime(
        name="on_time", label="按期办结率", deadline="handle",
        definition="本期办结的按信访程序办理的事项中，在办理期限内办结的比例",
    ),
    MetOnce(
        name="informed_on_time", label="按期告知率", deadline="inform",
        definition="本期告知的直接提出的信访事项中，在告知期限内告知的比例",
    ),
    MetOnce(
        name="forwarded_informed_on_time", label="转送交办按期告知率", deadline="inform_forwarded",
        definition="本期告知的转送、交办的信访事项中，在告知期限内告知的比例",
    ),
    Count(
        name="satisfied", label="满意", steps=("evaluate",), having={"satisfaction__gte": rules.SATISFIED},
        definition="本期内信访人评价为满意（四分以上）的信访事项",
    ),
    Count(name="evaluated", label="参加评价", steps=("evaluate",), definition="本期内信访人作出满意度评价的信访事项"),
    Share(
        name="satisfaction_rate", label="群众满意率", of="petition.satisfied", among="petition.evaluated",
        definition="评价为满意（四分以上）的信访事项 ÷ 作出评价的信访事项",
    ),
)  # fmt: skip
