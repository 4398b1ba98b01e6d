"""How commands print: tables that line up in Chinese, JSON alone on standard output."""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..cli import Fail

if TYPE_CHECKING:
    from hefa.kernel.figure import Period


def print_json(document: Any) -> None:
    """One JSON document and nothing else."""
    import orjson

    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2, default=str) + b"\n")
    sys.stdout.flush()


def width(text: str) -> int:
    """Columns that a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a header, columns lined up; the last column is not padded."""
    lines = [header, *rows]
    widths = [max(width(line[n]) for line in lines) for n in range(len(header))]
    for line in lines:
        cells = [cell + " " * (widths[n] - width(cell)) for n, cell in enumerate(line[:-1])]
        print("  ".join([*cells, line[-1]]).rstrip())


def day_of(text: str) -> dt.date:
    """A day as people type it."""
    from hefa.kernel.answers import parse_date

    try:
        return parse_date(text)
    except ValueError as fault:
        raise Fail(str(fault)) from None


def period_of(year: int) -> Period:
    """The period of a year that can be one."""
    from hefa.kernel.figure import Period

    if not 1950 <= year <= 2200:
        raise Fail(f"“{year}”不是年度，应写成 2023 这样的四位数")
    return Period.year(year)
