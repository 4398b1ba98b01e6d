"""The declared life of a matter: its states, the steps between them, its clocks. Pure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .advice import Advice
    from .law import Article, TermRef

VOID = "void"
AMEND = "amend"
REVOKE = "revoke"


def _declared_at() -> str:
    """File and line of the declaration being read, for the start-up checks."""
    frame = sys._getframe(3)  # _declared_at ← __post_init__ ← __init__ ← the declaration
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


@dataclass(frozen=True, kw_only=True)
class Step:
    """The only thing that can happen to a matter.

    `at` empty opens the matter; `to` None leaves the state as it is. `asks` are the fields
    that the form requires, `offers` those that it allows. A guard gets the `Turn` and returns
    the plain sentence of refusal, or None. `sets` are facts that follow from the step itself
    (or a function of the Turn). `by` are roles; `other_than` names steps whose taker may not
    take this one (separation of duty). `paper` names the document that the step issues.
    `advice` gets a Turn without answers and returns an `Advice`, or None: what the form proposes.
    """

    name: str
    label: str
    by: tuple[str, ...]
    at: tuple[str, ...] = ()
    to: str | None = None
    asks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    basis: Article | None = None
    guards: tuple[Callable[[Any], str | None], ...] = ()
    sets: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] = field(default_factory=dict)
    other_than: tuple[str, ...] = ()
    paper: str | None = None
    advice: Callable[[Any], Advice | None] | None = None
    help: str = ""
    where: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", _declared_at())

    @property
    def opens(self) -> bool:
        return not self.at

    @property
    def fields(self) -> tuple[str, ...]:
        return self.asks + self.offers


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A statutory (or internal) clock over the steps of a flow.

    `duty` True: the office must act in time, and lateness is its fault; False: a right of a
    party that lapses. Between a step of `pauses` and the next of `resumes` no day counts; a
    step of `restarts` begins the term anew from that day; `extended_by` adds `extension`.
    """

    name: str
    label: str
    within: TermRef
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()
    extended_by: tuple[str, ...] = ()
    extension: TermRef | None = None
    duty: bool = True
    where: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", _declared_at())

    @property
    def events(self) -> tuple[str, ...]:
        """Every step name that the clock listens to."""
        return (*self.starts, *self.stops, *self.pauses, *self.resumes, *self.restarts, *self.extended_by)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """States (name → label), which of them are ends, the steps and the deadlines.

    `corrected_by` are the roles that may amend answers or revoke the last step; both are
    steps of their own (`AMEND`, `REVOKE`), so that a correction is itself on the record.
    """

    states: Mapping[str, str]
    ends: tuple[str, ...]
    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...] = ()
    corrected_by: tuple[str, ...] = ()
    where: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", _declared_at())

    def step(self, name: str) -> Step:
        """The step of that name; KeyError when the flow has none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def deadline(self, name: str) -> Deadline:
        """The deadline of that name; KeyError when the flow has none."""
        for deadline in self.deadlines:
            if deadline.name == name:
                return deadline
        raise KeyError(name)

    @property
    def opening(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.opens)

    def state_label(self, state: str) -> str:
        return "已作废" if state == VOID else self.states[state]
