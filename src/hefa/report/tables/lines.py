"""A table as it is described: lines (rows and columns), what is counted in them, what must add up. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OFFICE, YEAR = "office", "year"
EQUAL, AT_MOST = "=", "<="
# Terms of a sum: +1 or −1 and the key of a line; a key may end in "*" for all lines that begin so.
Terms = tuple[tuple[int, str], ...]


class BadTable(ValueError):
    """A table that cannot be counted as described; the message says where and why in a plain sentence."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row or a column.

    figure: what is counted (its full name) · where: conditions on the counted matters · total_of: instead of counting,
    the sum of this field · back: so many years before the table's · each: one line for each office below ("office"),
    each year ("year", `years` of them) or each choice of that field · sum, share: made of other lines of the same axis
    · blank: why nothing can stand here · hidden: counted for the identities, not printed.
    """

    key: str
    label: str = ""
    group: tuple[str, ...] = ()
    figure: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    total_of: str = ""
    back: int = 0
    each: str = ""
    levels: tuple[str, ...] = ()
    years: int = 0
    sum: Terms = ()
    share: tuple[str, ...] = ()
    blank: str = ""
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What must hold: the sum of `left` is (or is at most) the sum of `right`, lines of `axis`, in each line across.

    at: only in these lines across · levels: only when the table is of an office of these levels · from_year: only in
    tables of this year and later. No terms add up to nothing.
    """

    label: str
    axis: str
    left: Terms
    right: Terms
    sign: str = EQUAL
    at: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    from_year: int = 0


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A whole table. figure, where and total_of hold for lines that say none of their own."""

    title: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    note: str = ""
    corner: str = ""
    figure: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    total_of: str = ""
    identities: tuple[Identity, ...] = ()

    def axis(self, name: str) -> tuple[Line, ...]:
        return self.rows if name == "rows" else self.columns


def matching(pattern: str, keys: list[str]) -> list[str]:
    """The keys that a term means, in their order."""
    if not pattern.endswith("*"):
        return [key for key in keys if key == pattern]
    return [key for key in keys if key.startswith(pattern[:-1])]
