"""One department's answer to what the table agreed: its person, the day that it promised, and whether it kept it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from hefa.kernel.figure import Count, Figure, OnTime, Stock, Times
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.matter import Kind
from hefa.kernel.timing import Lapse
from hefa.kernel.turn import Turn

from . import promising
from .codes import Department

INTERNAL = instrument("internal")

HOSTS = ("deputy", "planner", "justice_head", "justice_clerk")
# A street office answers for itself; for a department with no seat here, the host notes down what it said.
DEPARTMENTS = ("case_officer", "enforcement_head", "petition_head", "committee_head", *HOSTS)
WAITING = ("asked", "promised")


def _by_department() -> Iterator[Figure]:
    for one in Department:
        yield Count(
            name=f"answered_{one.value}", label=f"答复：{one.label}", unit="件", steps=("answer",),
            having={"department": one}, definition=f"本期内{one.label}首次答复的集中办公事项",
        )  # fmt: skip
        yield Lapse(
            name=f"days_{one.value}", label=f"平均答复天数：{one.label}", since=("ask",), steps=("answer",), pick="mean",
            having={"department": one}, definition=f"本期内{one.label}首次答复的，从交办到答复的日历天数的平均数",
        )  # fmt: skip


class Reply(Kind):
    """部门答复."""

    department = models.CharField("部门", max_length=12, choices=Department, blank=True)
    person = models.CharField("部门责任人", max_length=40, blank=True)
    task = models.TextField("交办内容", blank=True)
    promised_on = models.DateField("承诺答复日期", null=True, blank=True)
    answer = models.TextField("答复内容", blank=True)
    document = models.CharField("答复依据的材料", max_length=200, blank=True)

    series = "{office}集办答复〔{year}〕{n}号"
    lists = ("department", "person", "promised_on")
    amend_guards = (promising.promise_is_kept_as_made,)

    flow = Flow(
        states={"asked": "待承诺", "promised": "办理中", "answered": "待核实", "done": "已核实", "released": "不需答复"},
        ends=("done", "released"),
        corrected_by=("planner", "justice_head"),
        steps=(
            Step(
                name="ask", label="交部门", by=HOSTS, to="asked", asks=("arises_from", "department", "task"),
                offers=("person", "handler"), guards=(promising.came_of_sitting, promising.was_asked, promising.is_once),
                sets=promising.titled, help="一个部门登记一件；缺席的部门也要交。承办人选能登录系统的人。",
            ),
            Step(
                name="promise", label="承诺", by=DEPARTMENTS, at=WAITING, to="promised",
                asks=("promised_on", "person"), offers=("reason",),
                guards=(promising.is_a_workday, promising.clock_still_runs, promising.is_later, promising.is_near_enough),
                sets=promising.granted, help="写明谁、哪天答复。要改期的，在到期以前重新承诺；到期以后先由集中办公室催办。",
            ),
            Step(
                name="chase", label="催办", by=HOSTS, at=WAITING, to="asked", asks=("reason",),
                guards=(promising.is_late,), help="承诺的日期过了还没有答复的。催办以后重新承诺。",
            ),
            Step(
                name="answer", label="答复", by=DEPARTMENTS, at=WAITING, to="answered", asks=("answer", "person"),
                offers=("document",), help="办成的写结果；办不成的写明理由和依据。",
            ),
            Step(
                name="confirm", label="核实", by=HOSTS, at=("answered",), to="done", other_than=("answer",),
                paper="reply", help="由答复人以外的人核实。",
            ),
            Step(
                name="return", label="退回重办", by=HOSTS, at=("answered",), to="asked", asks=("reason",),
                other_than=("answer",), help="答非所问、没有办到的，写明还要办什么；部门重新承诺。",
            ),
            Step(
                name="release", label="不需答复", by=HOSTS, at=WAITING, to="released", asks=("reason",),
                help="经核实与这个部门无关的。",
            ),
        ),
        deadlines=(
            Deadline(
                name="promised", label="部门承诺的日期", within=INTERNAL.term("joint_promise"),
                starts=("ask", "return"), stops=("answer", "release"), restarts=("chase",), extended_by=("promise",),
                extension=INTERNAL.term("joint_promise_longest"),
            ),
        ),
    )  # fmt: skip
    figures = (
        Count(name="asked", label="交部门", unit="件", steps=("ask",), definition="本期内交各部门答复的件数"),
        Stock(
            name="waiting", label="没有答复的部门", unit="件", states=WAITING,
            definition="期末交了部门、还没有答复的件数",
        ),
        Times(name="chases", label="催办", unit="次", steps=("chase",), definition="本期内承诺过期以后催办的次数"),
        Times(name="returns", label="退回重办", unit="次", steps=("return",), definition="本期内答复没有通过核实、退回的次数"),
        OnTime(
            name="answered_on_time", label="按承诺日期答复率", deadline="promised",
            definition="本期的部门答复中，不晚于承诺日期的比例；经催办重新承诺的，按新的日期",
        ),
        *_by_department(),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "部门答复"

    @classmethod
    def paper_facts(cls, turn: Turn) -> dict[str, Any]:
        return promising.reply_facts(turn)
