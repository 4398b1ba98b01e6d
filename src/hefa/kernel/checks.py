"""Start-up checks: every declaration is proved before the first request, or named with file and line."""

from __future__ import annotations

import inspect
import string
from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from . import paper
from .coverage import Reach, Without
from .figure import Count, Figure, Latest, OnTime, Stock, figures
from .flow import AMEND, REVOKE, VOID, Deadline, Flow, Step
from .matter import KINDS, PARTIES, Kind
from .people import ROLES

RESERVED = frozenset({AMEND, REVOKE, VOID})


@register("hefa")
def declarations(**_: Any) -> list[Error]:
    """All faults of all declared kinds."""
    return [fault for kind in KINDS.values() for fault in kind_faults(kind)] + list(_clashes())


def kind_faults(kind: type[Kind]) -> list[Error]:
    """The faults of one kind's declarations, each naming where it stands."""
    flow = getattr(kind, "flow", None)
    if not isinstance(flow, Flow):
        where = f"{inspect.getfile(kind)}:{inspect.getsourcelines(kind)[1]}"
        return [_error("E001", where, f"{kind.label()} 没有声明 flow = Flow(…)")]
    return [
        *_flow_faults(kind, flow),
        *(fault for step in flow.steps for fault in _step_faults(kind, flow, step)),
        *(fault for deadline in flow.deadlines for fault in _deadline_faults(flow, deadline)),
        *(fault for figure in kind.figures for fault in _figure_faults(kind, flow, figure)),
        *_kind_faults(kind),
    ]


def _error(code: str, where: str, message: str) -> Error:
    return Error(f"{where}: {message}", id=f"hefa.{code}")


def _flow_faults(kind: type[Kind], flow: Flow) -> Iterator[Error]:
    names = [step.name for step in flow.steps]
    for name in {name for name in names if names.count(name) > 1}:
        yield _error("E002", flow.where, f"步骤“{name}”声明了两次")
    for state in flow.ends:
        if state not in flow.states:
            yield _error("E003", flow.where, f"终态“{state}”不在 states 里")
    if not flow.opening:
        yield _error("E004", flow.where, f"{kind.label()} 没有登记步骤（at 为空的 Step）")
    for role in flow.corrected_by:
        if role not in ROLES:
            yield _error("E005", flow.where, f"corrected_by 里的角色“{role}”不存在")
    reached = {step.to for step in flow.steps}
    for state in flow.states:
        if state not in reached:
            yield _error("E006", flow.where, f"没有步骤通向状态“{state}”")
        elif state not in flow.ends and not any(state in step.at for step in flow.steps):
            yield _error("E007", flow.where, f"状态“{state}”没有出路，也没有声明为终态")


def _step_faults(kind: type[Kind], flow: Flow, step: Step) -> Iterator[Error]:
    if step.name in RESERVED or not step.name.isidentifier():
        yield _error("E010", step.where, f"步骤名“{step.name}”不能用")
    for state in (*step.at, *((step.to,) if step.to else ())):
        if state not in flow.states:
            yield _error("E011", step.where, f"步骤“{step.name}”提到没有声明的状态“{state}”")
    if step.opens and step.to is None:
        yield _error("E012", step.where, f"登记步骤“{step.name}”没有说明进入什么状态（to）")
    if not step.by:
        yield _error("E013", step.where, f"步骤“{step.name}”没有说明由谁办理（by）")
    for role in step.by:
        if role not in ROLES:
            yield _error("E014", step.where, f"步骤“{step.name}”的角色“{role}”不存在")
    sets = step.sets if not callable(step.sets) else {}
    for name in (*step.fields, *sets):
        if name == PARTIES and kind.sides:
            continue
        try:
            kind.field_of(name)
        except FieldDoesNotExist:
            yield _error("E015", step.where, f"步骤“{step.name}”提到没有的字段“{name}”")
    for name in set(step.asks) & set(step.offers):
        yield _error("E016", step.where, f"步骤“{step.name}”的字段“{name}”既必填又选填")
    for name in step.other_than:
        if name not in {other.name for other in flow.steps}:
            yield _error("E017", step.where, f"步骤“{step.name}”要与没有的步骤“{name}”分离")
    if step.paper and (fault := paper.fault(kind, step.paper)):
        yield _error("E018", step.where, f"步骤“{step.name}”的文书：{fault}")


def _deadline_faults(flow: Flow, deadline: Deadline) -> Iterator[Error]:
    steps = {step.name for step in flow.steps}
    for name in deadline.events:
        if name not in steps:
            yield _error("E020", deadline.where, f"期限“{deadline.name}”提到没有的步骤“{name}”")
    if bool(deadline.extended_by) != bool(deadline.extension):
        yield _error("E021", deadline.where, f"期限“{deadline.name}”的 extended_by 与 extension 要同时有")
    if bool(deadline.pauses) != bool(deadline.resumes):
        yield _error("E022", deadline.where, f"期限“{deadline.name}”的 pauses 与 resumes 要同时有")


def _figure_faults(kind: type[Kind], flow: Flow, figure: Figure) -> Iterator[Error]:
    steps = {step.name for step in flow.steps}
    for name in (*figure.steps, *getattr(figure, "since", ())) if isinstance(figure, Count | Reach) else ():
        if name not in steps:
            yield _error("E030", figure.where, f"指标“{figure.name}”提到没有的步骤“{name}”")
    for state in figure.states if isinstance(figure, Stock | Latest | Reach) else ():
        if state not in flow.states:
            yield _error("E031", figure.where, f"指标“{figure.name}”提到没有的状态“{state}”")
    if isinstance(figure, OnTime) and figure.deadline not in {deadline.name for deadline in flow.deadlines}:
        yield _error("E032", figure.where, f"指标“{figure.name}”提到没有的期限“{figure.deadline}”")
    if isinstance(figure, Without) and not _has_step(figure.lacks, figure.by):
        yield _error("E035", figure.where, f"指标“{figure.name}”提到没有的事项或步骤“{figure.lacks} {figure.by}”")
    for name in figure.uses():
        if name not in figures():
            yield _error("E033", figure.where, f"指标“{figure.name}”由没有的指标“{name}”算出")
    having = getattr(figure, "having", {})
    own = getattr(figure, "field_name", None)
    named = [] if callable(having) else [name.split("__")[0] for name in having if not name.startswith("matter__")]
    for name in [*named, *([own] if own else [])]:
        try:
            kind._meta.get_field(name)
        except FieldDoesNotExist:
            yield _error("E034", figure.where, f"指标“{figure.name}”提到没有的字段“{name}”")


def _has_step(label: str, name: str) -> bool:
    return label in KINDS and name in {step.name for step in KINDS[label].flow.steps}


def _kind_faults(kind: type[Kind]) -> Iterator[Error]:
    parts = {part for _, part, _, _ in string.Formatter().parse(getattr(kind, "series", "")) if part}
    if not {"year", "n"} <= parts <= {"year", "n", "office"}:
        yield _error(
            "E040", kind.flow.where, f"{kind.label()} 的编号格式 series 要有 {{year}} 和 {{n}}，可有 {{office}}"
        )
    for name in kind.lists:
        try:
            kind._meta.get_field(name)
        except FieldDoesNotExist:
            yield _error("E041", kind.flow.where, f"{kind.label()} 的列表列“{name}”不存在")
        if name in kind.personal():
            yield _error("E042", kind.flow.where, f"{kind.label()} 的列表列“{name}”是个人信息，不能列出")
    dates = {field.name for field in kind._meta.concrete_fields if isinstance(field, models.DateField)}
    for name in kind.past:
        if name not in dates:
            yield _error("E044", kind.flow.where, f"{kind.label()} 的 past 里“{name}”不是日期字段")
    if len(kind.lists) > 3:
        yield _error("E043", kind.flow.where, f"{kind.label()} 的列表列多于三个")
    yield from _likeness_faults(kind)


def _likeness_faults(kind: type[Kind]) -> Iterator[Error]:
    told = kind.alike
    if told is None:
        return
    for name in (*told.words, told.sort, told.story, *told.ended, *filter(None, [told.place])):
        try:
            kind.field_of(name)
        except FieldDoesNotExist:
            yield _error("E045", kind.flow.where, f"{kind.label()} 的 alike 提到没有的字段“{name}”")
    for name in {*told.words, told.sort} & kind.personal():
        yield _error("E046", kind.flow.where, f"{kind.label()} 的 alike 里“{name}”是个人信息，不能拿来比对")


def _clashes() -> Iterator[Error]:
    """Figures and deadlines are named by folder: two kinds of a folder may not share a name."""
    seen: dict[str, str] = {}
    for kind in KINDS.values():
        folder = kind._meta.app_label
        named = [(f"{folder}.{figure.name}", figure.where) for figure in kind.figures]
        named += [(f"{folder}.{deadline.name} (期限)", deadline.where) for deadline in kind.flow.deadlines]
        for name, where in named:
            if name in seen:
                yield _error("E050", where, f"“{name}”与 {seen[name]} 重名")
            seen[name] = where
