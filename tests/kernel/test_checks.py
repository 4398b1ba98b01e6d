"""Every wrong declaration is refused at start-up, with the file and line where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Error
from django.db import models

from hefa.kernel import checks, paper
from hefa.kernel.checks import declarations, kind_faults
from hefa.kernel.coverage import Without
from hefa.kernel.figure import Count, Figure, Latest, OnTime, Share, Stock, Total
from hefa.kernel.flow import Deadline, Flow, Step
from hefa.kernel.law import instrument
from hefa.kernel.likeness import Likeness
from hefa.kernel.matter import KINDS, Kind
from hefa.kernel.personal import PersonalField

INTERNAL = instrument("internal")
TERM = INTERNAL.term("follow_up")
STATES = {"open": "办理中", "done": "已办结"}


def begin(**more: Any) -> Step:
    given: dict[str, Any] = {"name": "begin", "label": "登记", "by": ("mediator",), "to": "open", "asks": ("title",)}
    return Step(**given | more)


def finish(**more: Any) -> Step:
    given: dict[str, Any] = {
        "name": "finish", "label": "办结", "by": ("mediator",), "at": ("open",), "to": "done", "asks": ("result",),
    }  # fmt: skip
    return Step(**given | more)


OPEN, CLOSE = begin(), finish()
_serial = count(1)


def flow(*steps: Step, **more: Any) -> Flow:
    given: dict[str, Any] = {"states": STATES, "ends": ("done",), "steps": steps or (OPEN, CLOSE)} | more
    return Flow(**given)


def kind(declared: Flow | None = None, **more: Any) -> type[Kind]:
    """A throw-away kind in an app that is not installed: no table, and no other test knows of it."""
    body: dict[str, Any] = {
        "__module__": __name__, "Meta": type("Meta", (), {"app_label": "throwaway", "managed": False}),
        "result": models.CharField("结果", max_length=20), "secret": PersonalField("秘密"),
        "series": "（{year}）{office}第{n}号", "flow": declared or flow(),
    } | more  # fmt: skip
    made: type[Kind] = type(f"Thing{next(_serial)}", (Kind,), body)  # type: ignore[assignment]
    for figure in made.figures:
        object.__setattr__(figure, "kind", made)
    return made


def deadline(**more: Any) -> Deadline:
    given: dict[str, Any] = {
        "name": "answer",
        "label": "期限",
        "within": TERM,
        "starts": ("begin",),
        "stops": ("finish",),
    }
    return Deadline(**given | more)


def counted(cls: type[Figure] = Count, **more: Any) -> Figure:
    given: dict[str, Any] = {"name": "n", "label": "数", "definition": "定义"}
    return cls(**given | more)


def closing(**more: Any) -> Flow:
    return flow(OPEN, finish(**more))


WRONG: dict[str, list[Callable[[], type[Kind]]]] = {
    "E002": [lambda: kind(flow(OPEN, CLOSE, CLOSE))],
    "E003": [lambda: kind(flow(ends=("done", "gone")))],
    "E004": [lambda: kind(flow(begin(at=("open",)), CLOSE))],
    "E005": [lambda: kind(flow(corrected_by=("king",)))],
    "E006": [lambda: kind(flow(states=STATES | {"lost": "无路可达"}, ends=("done", "lost")))],
    "E007": [lambda: kind(flow(ends=()))],
    "E010": [lambda: kind(closing(name="amend")), lambda: kind(closing(name="revoke")),
             lambda: kind(closing(name="void")), lambda: kind(closing(name="not a name"))],
    "E011": [lambda: kind(closing(at=("open", "nowhere"))),
             lambda: kind(flow(OPEN, CLOSE, finish(name="b", to="nowhere")))],
    "E012": [lambda: kind(flow(OPEN, CLOSE, Step(name="b", label="又登记", by=("mediator",))))],
    "E013": [lambda: kind(closing(by=()))],
    "E014": [lambda: kind(closing(by=("king",)))],
    "E015": [lambda: kind(closing(asks=("colour",))), lambda: kind(closing(offers=("colour",))),
             lambda: kind(closing(sets={"colour": 1})), lambda: kind(closing(asks=("parties",)))],
    "E016": [lambda: kind(closing(asks=("result",), offers=("result",)))],
    "E017": [lambda: kind(closing(other_than=("fly",)))],
    "E018": [lambda: kind(closing(paper="no_such_paper"))],
    "E020": [lambda: kind(flow(deadlines=(deadline(starts=("fly",)),))),
             lambda: kind(flow(deadlines=(deadline(stops=("fly",)),))),
             lambda: kind(flow(deadlines=(deadline(restarts=("fly",)),)))],
    "E021": [lambda: kind(flow(deadlines=(deadline(extended_by=("finish",)),))),
             lambda: kind(flow(deadlines=(deadline(extension=TERM),)))],
    "E022": [lambda: kind(flow(deadlines=(deadline(pauses=("finish",)),))),
             lambda: kind(flow(deadlines=(deadline(resumes=("finish",)),)))],
    "E030": [lambda: kind(figures=(counted(steps=("fly",)),))],
    "E031": [lambda: kind(figures=(counted(Stock, states=("nowhere",)),)),
             lambda: kind(figures=(counted(Latest, states=("nowhere",), field_name="result"),))],
    "E032": [lambda: kind(figures=(counted(OnTime, deadline="never"),))],
    "E033": [lambda: kind(figures=(counted(Share, of="nowhere.n", among="mediation.accepted"),)),
             lambda: kind(figures=(counted(Share, of="mediation.accepted", among="nowhere.n"),))],
    "E034": [lambda: kind(figures=(counted(steps=("begin",), having={"colour__in": [1]}),)),
             lambda: kind(figures=(counted(Total, steps=("begin",), field_name="colour"),))],
    "E035": [lambda: kind(figures=(counted(Without, steps=("begin",), lacks="nowhere.n", by="begin"),)),
             lambda: kind(figures=(counted(Without, steps=("begin",), lacks="review.review", by="fly"),))],
    "E040": [lambda: kind(series="第{n}号"), lambda: kind(series="（{year}）号"), lambda: kind(series="{year}{n}{city}")],
    "E041": [lambda: kind(lists=("colour",))],
    "E042": [lambda: kind(lists=("secret",))],
    "E044": [lambda: kind(past=("colour",)), lambda: kind(past=("result",))],
    "E043": [lambda: kind(lists=("result", "result", "result", "result"))],
    "E045": [lambda: kind(alike=Likeness(sort="sort", story="secret"))],
    "E046": [lambda: kind(alike=Likeness(sort="result", story="secret", words=("secret",))),
             lambda: kind(alike=Likeness(sort="secret", story="secret"))],
}  # fmt: skip
CASES = [(code, n) for code, makers in WRONG.items() for n in range(len(makers))]
PLACE = re.compile(re.escape(__file__) + r":\d+: ")


def codes(faults: list[Error]) -> list[str]:
    return [str(fault.id).removeprefix("hefa.") for fault in faults]


def test_a_right_kind_has_no_faults() -> None:
    right = kind(
        flow(corrected_by=("justice_head",), deadlines=(deadline(),)), figures=(counted(steps=("begin",)),),
        lists=("result",),
    )  # fmt: skip
    assert kind_faults(right) == []


@pytest.mark.parametrize(("code", "n"), CASES)
def test_a_wrong_declaration_is_named_where_it_stands(code: str, n: int) -> None:
    faults = kind_faults(WRONG[code][n]())
    assert code in codes(faults)
    for fault in faults:
        assert PLACE.match(fault.msg), fault.msg
        assert re.search("[一-鿿]", fault.msg)


def test_file_and_line_are_those_of_the_declaration() -> None:
    wrong = Step(name="finish", label="办结", by=("king",), at=("open",), to="done")
    line = test_file_and_line_are_those_of_the_declaration.__code__.co_firstlineno + 1
    assert [fault.msg.split(": ")[0] for fault in kind_faults(kind(flow(OPEN, wrong)))] == [f"{__file__}:{line}"]
    wanting = counted(steps=("fly",))
    assert kind_faults(kind(figures=(wanting,)))[0].msg.startswith(f"{__file__}:")


def test_a_kind_without_a_flow() -> None:
    class Flowless(Kind):
        class Meta:
            app_label = "throwaway"
            managed = False

    faults = kind_faults(Flowless)
    assert codes(faults) == ["E001"] and PLACE.match(faults[0].msg)


@pytest.fixture
def installed() -> Iterator[Callable[..., None]]:
    """Kinds put among the real ones for one test."""
    kept = dict(KINDS)

    def put(*kinds: type[Kind]) -> None:
        KINDS.update({one.label(): one for one in kinds})

    yield put
    KINDS.clear()
    KINDS.update(kept)


def test_two_kinds_of_a_folder_share_no_name(installed: Callable[..., None]) -> None:
    twice = [kind(flow(deadlines=(deadline(),)), figures=(counted(steps=("begin",)),)) for _ in range(2)]
    installed(*twice)
    clashing = [fault for fault in declarations() if "throwaway" in fault.msg]
    assert codes(clashing) == ["E050", "E050"]
    assert all(fault.msg.count(__file__) == 2 for fault in clashing)


def test_the_kinds_that_are_installed_are_right() -> None:
    assert [fault.msg for fault in declarations()] == []


def test_every_code_is_tried() -> None:
    declared = set(re.findall(r'"(E\d{3})"', Path(checks.__file__).read_text("utf-8")))
    assert declared == {*WRONG, "E001", "E050"}


def test_a_paper_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "fault", lambda kind, name: "看不懂")
    assert codes(kind_faults(kind(closing(paper="x")))) == ["E018"]
