"""By what matters of a kind are alike: declared, so that nobody has to guess which words may be compared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Likeness:
    """What makes an earlier matter like another one, and what is told of how it ended.

    words: columns whose words are compared, none of them personal · sort: the choice that classes it · place: the
    personal address, compared only as the screen masks it · story: the narrative of an intake; its words ask as they
    are typed, and are kept nowhere · ended: columns that tell how it ended (personal ones as the screen masks them).
    """

    sort: str
    story: str
    words: tuple[str, ...] = ("title",)
    place: str = ""
    ended: tuple[str, ...] = ()
