"""Does a printed rate fit a numerator and a base? Interval arithmetic over what each printed number can stand for."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from hefa.claims.claims import Claim

_PERCENT = {"%": Decimal(1), "‰": Decimal("0.1"), "成": Decimal(10)}
HUNDRED = Decimal(100)


def percent(rate: Claim) -> tuple[Decimal, Decimal, Decimal]:
    """(value, low, high) of a rate in per cent."""
    factor = _PERCENT[rate.unit]
    return rate.value * factor, rate.low * factor, rate.high * factor


def step(rate: Claim) -> Decimal:
    return rate.step * _PERCENT[rate.unit]


def fits(rate: Claim, part: Claim, base: Claim) -> str:
    """`exact` when rounding explains it, `truncated` when only cutting the digits off does, else empty."""
    return fits_span(rate, part.low, part.high, base.low, base.high)


def fits_span(rate: Claim, low: Decimal, high: Decimal, base_low: Decimal, base_high: Decimal) -> str:
    if base_low <= 0 or low < 0:
        return ""
    _, rate_low, rate_high = percent(rate)
    least, most = low * HUNDRED / base_high, high * HUNDRED / base_low
    if least <= rate_high and most >= rate_low:
        return "exact"
    if low == high and base_low == base_high and rate.exact:
        cut = (least / step(rate)).to_integral_value(ROUND_DOWN) * step(rate)
        if cut == percent(rate)[0]:
            return "truncated"
    return ""


def worked(part: Decimal, base: Decimal, rate: Claim) -> str:
    """The quotient in per cent at the printed number of places, one more when rounding would hide the difference."""
    places = max(0, -int(rate.step.as_tuple().exponent)) if rate.unit == "%" else 1
    exact = part * HUNDRED / base
    text = f"{exact:.{places}f}"
    return text if Decimal(text) != percent(rate)[0] else f"{exact:.{places + 2}f}"


def whole_parts(rate: Claim, base: Decimal) -> list[Decimal]:
    """Whole numerators that give the rate on this base (at most two, enough to know whether any exists)."""
    _, low, high = percent(rate)
    first = (low * base / HUNDRED).to_integral_value(ROUND_CEILING)
    last = (high * base / HUNDRED).to_integral_value(ROUND_FLOOR)
    if first <= last:
        return [first] if first == last else [first, last]
    cut = ((percent(rate)[0] + step(rate)) * base / HUNDRED).to_integral_value(ROUND_CEILING) - 1
    return [cut] if rate.exact and cut * HUNDRED >= percent(rate)[0] * base else []


def whole_bases(rate: Claim, part: Decimal) -> list[Decimal]:
    """Whole bases of which `part` is the given percentage (at most two)."""
    value, low, high = percent(rate)
    if low <= 0:
        return [part]
    first = (part * HUNDRED / high).to_integral_value(ROUND_CEILING)
    last = (part * HUNDRED / low).to_integral_value(ROUND_FLOOR)
    if first <= last:
        return [first] if first == last else [first, last]
    cut = (part * HUNDRED / value).to_integral_value(ROUND_FLOOR) if value else Decimal(0)
    return [cut] if rate.exact and cut and part * HUNDRED / cut < value + step(rate) else []
