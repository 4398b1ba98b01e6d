"""Advice: what a step proposes before anybody decides, with the reason for each choice that there is."""

from __future__ import annotations

from dataclasses import dataclass, field

_FIRST = 4


@dataclass(frozen=True)
class Choice:
    """One thing that may be chosen. `value` is what the form would send; `why` says why it is proposed or passed over.

    `barred`: the step will refuse it, so the form does not offer it.
    """

    value: str
    label: str
    why: str
    proposed: bool = False
    barred: bool = False


@dataclass(frozen=True)
class Advice:
    """What the office is told while it decides. `answer` names the field that the choices are for ("" when none)."""

    says: str
    answer: str = ""
    choices: tuple[Choice, ...] = field(default_factory=tuple)

    @property
    def proposed(self) -> str:
        """The value that is proposed, or ""."""
        return next((choice.value for choice in self.choices if choice.proposed), "")

    @property
    def open_choices(self) -> tuple[Choice, ...]:
        """What may lawfully be chosen."""
        return tuple(choice for choice in self.choices if not choice.barred)

    @property
    def first_choices(self) -> tuple[Choice, ...]:
        """What is told at once; few enough to be read."""
        return self.choices[:_FIRST]

    @property
    def other_choices(self) -> tuple[Choice, ...]:
        """The rest, for whoever wants to know why not."""
        return self.choices[_FIRST:]
