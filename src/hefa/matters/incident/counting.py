"""Figures that ask what was said at a step, not what the row says now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from hefa.kernel.figure import Count, Figure, OnTime, Period, Share, Stock, Times
from hefa.kernel.ledger import Entry
from hefa.kernel.people import Office
from hefa.kernel.timing import Lapse

from .codes import RefusalCause, Source

OPENINGS = ("receive", "report")
DISPATCHES = ("dispatch", "dispatch_by_hand", "dispatch_again", "assign_finally", "redispatch")
HANDLED = ("finish", "end_mediation", "refer")


@dataclass(frozen=True, kw_only=True)
class TimesSaid(Times):
    """How many times a step was taken with `answer` equal to `said`; a later refusal does not rewrite an earlier."""

    answer: str
    said: str

    def entries(self, period: Period, office: Office) -> QuerySet[Entry]:
        return super().entries(period, office).filter(**{f"answers__{self.answer}": self.said})


def _by_cause() -> Iterator[Figure]:
    for cause in RefusalCause:
        yield TimesSaid(
            name=f"refusals_{cause.value}", label=f"拒收：{cause.label}", unit="次", steps=("refuse",),
            answer="cause", said=cause.value, definition=f"本期内以“{cause.label}”为由拒收的次数",
        )  # fmt: skip
        yield Share(
            name=f"refusal_rate_{cause.value}", label=f"拒收率：{cause.label}", of=f"incident.refusals_{cause.value}",
            among="incident.answers", definition=f"以“{cause.label}”为由拒收的次数 ÷ 签收和拒收的次数",
        )  # fmt: skip


FIGURES: tuple[Figure, ...] = (
    Count(name="received", label="非警务事项", steps=OPENINGS, definition="本期内登记的非警务协同事项"),
    *(
        Count(
            name=f"received_{source.value}", label=source.label, steps=OPENINGS, having={"source": source},
            definition=f"本期内来自{source.label}的非警务协同事项",
        )
        for source in Source
    ),
    Times(name="dispatches", label="派单", unit="次", steps=DISPATCHES, definition="本期内派单、改派、指定承办的次数"),
    Times(name="refusals", label="拒收", unit="次", steps=("refuse",), definition="本期内承办单位拒收的次数"),
    Times(
        name="answers", label="签收和拒收", unit="次", steps=("accept", "refuse"),
        definition="本期内承办单位对派单作出签收或者拒收的次数",
    ),
    Share(
        name="refusal_rate", label="拒收率", of="incident.refusals", among="incident.answers",
        definition="拒收的次数 ÷ 签收和拒收的次数",
    ),
    *_by_cause(),
    Count(
        name="accepted_first", label="首派签收", steps=("accept",), having={"refusals": 0, "rerouted": 0},
        definition="本期内签收、没有被拒收过也没有因事实变化改派过的事项",
    ),
    Count(
        name="answered", label="派单有回音", steps=("accept", "refuse"),
        definition="本期内首次被签收或者拒收的事项，每件计一次",
    ),
    Share(
        name="dispatch_accuracy", label="派单准确率", of="incident.accepted_first", among="incident.answered",
        definition="没有被拒收、改派过就签收的事项 ÷ 有签收或者拒收的事项",
    ),
    Times(
        name="reroutings", label="事实变化改派", unit="次", steps=("redispatch",),
        definition="本期内因事发社区或者类型变化而改派的次数",
    ),
    Lapse(
        name="first_visit", label="登记到首次跟进", since=OPENINGS, steps=("follow_up",),
        definition="本期内首次上门或者电话跟进的事项，从登记到首次跟进的日历天数的中位数",
    ),
    Lapse(
        name="first_visit_mean", label="登记到首次跟进（平均）", since=OPENINGS, steps=("follow_up",), pick="mean",
        definition="本期内首次上门或者电话跟进的事项，从登记到首次跟进的日历天数的平均数",
    ),
    Count(
        name="followed_up", label="网格跟进", steps=("follow_up",), definition="本期内网格员上门或者电话跟进过的事项",
    ),
    Count(name="mediated", label="移交调解", steps=("send_to_mediation",), definition="本期内移交人民调解的事项"),
    Count(name="handled", label="处置完毕", steps=HANDLED, definition="本期内处置完毕、调解结束或者移送的事项"),
    Count(
        name="fed_back_police", label="向公安反馈", steps=("feed_back",), having={"source": Source.POLICE},
        definition="本期内处置结果已反馈公安机关的 110 非警务警情",
    ),
    Count(name="closed", label="办结", steps=("close",), definition="本期内办结的非警务协同事项"),
    Times(name="reopened", label="重新办理", unit="次", steps=("reopen",), definition="本期内办结后重新办理的次数"),
    Stock(
        name="pending", label="期末在办",
        states=("received", "triaged", "dispatched", "refused", "handling", "mediating", "handled", "fed_back"),
        definition="期末还没有办结的非警务协同事项",
    ),
    OnTime(
        name="triaged_on_time", label="按时派单率", deadline="triage",
        definition="本期派单的事项中，在研判派单期限内派出的比例",
    ),
    OnTime(
        name="accepted_on_time", label="按时签收率", deadline="accept",
        definition="本期签收、拒收中，在签收期限内的比例",
    ),
    OnTime(
        name="on_time", label="按时处置率", deadline="handle",
        definition="本期处置完毕的事项中，在处置期限内完毕的比例；调解期间不计",
    ),
)  # fmt: skip
