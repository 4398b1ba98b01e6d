"""Money and days of a decided case: what is owed, from when the surcharge runs, until when a court can be asked.

Plain functions of numbers and days. A day counts for the surcharge when it lies after the last day for payment and in
no reconsideration or suit (行政处罚法第七十三条第三款); all the surcharge together is never more than the fine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hefa.kernel import clock
from hefa.kernel.law import TermRef

CENT = Decimal("0.01")
NOTHING = Decimal(0)
Span = tuple[date, date]  # both days counted


@dataclass(frozen=True)
class Debt:
    """A fine as it stands: what was paid on it, and the surcharge that had grown up to `grown_on`."""

    fine: Decimal
    pay_by: date
    paid: Decimal = NOTHING
    grown: Decimal = NOTHING
    grown_on: date | None = None
    is_waived: bool = False  # 行政强制法第四十二条第一款: by an agreement on performance

    def unpaid(self) -> Decimal:
        """What is left of the fine itself; payments go to the fine first."""
        return max(self.fine - self.paid, NOTHING)

    def surcharge(self, day: date, percent: Decimal, stopped: Sequence[Span] = ()) -> Decimal:
        """The surcharge up to and with `day`, at `percent` of the unpaid fine a day; parts of a cent are let off."""
        if self.is_waived:
            return NOTHING
        since = max(self.pay_by, self.grown_on or self.pay_by)
        more = self.unpaid() * percent / 100 * late_days(since, day, stopped)
        return min(self.grown + more, self.fine).quantize(CENT, ROUND_DOWN)

    def owed(self, day: date, percent: Decimal, stopped: Sequence[Span] = ()) -> Decimal:
        """All that is to be paid on `day`, fine and surcharge."""
        return max(self.fine + self.surcharge(day, percent, stopped) - self.paid, NOTHING)


def late_days(pay_by: date, day: date, stopped: Sequence[Span] = ()) -> int:
    """Days after `pay_by` up to and with `day` that lie in no span of `stopped`; spans may overlap."""
    late = max((day - pay_by).days, 0)
    begun = pay_by + timedelta(days=1)
    for first, last in sorted(stopped):
        first, last = max(first, begun), min(last, day)
        if first <= last:
            late -= (last - first).days + 1
            begun = last + timedelta(days=1)
    return late


def after(day: date, term: TermRef, in_force_from: date | None = None) -> date:
    """The last day of a term that starts on `day`, by the clock's own counting.

    `in_force_from`: where the law data begin later, the term is taken as it was then.
    """
    length = term.on(max(day, in_force_from or day))
    due = clock.count(day, length.days, length.unit).due_on
    assert due is not None  # a bare term is never paused
    return due


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def in_capitals(sum_: Decimal) -> str:
    """An amount of money as receipts write it: 1200.50 → 壹仟贰佰元伍角整."""
    cents = int((sum_ * 100).to_integral_value(ROUND_HALF_UP))
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif fen and yuan:
        text += "零"
    return f"{text}{_DIGITS[fen]}分" if fen else f"{text or '零元'}整"


def _whole(n: int) -> str:
    text, gap = "", False
    groups = [n // 10000**k % 10000 for k in range(len(_GROUPS))]
    for k in reversed(range(len(_GROUPS))):
        group = groups[k]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _group(group) + _GROUPS[k]
        gap = False
    return text


def _group(n: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = n // 10**place % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = bool(text) and not digit
    return text
