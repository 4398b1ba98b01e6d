"""Rule `integer-base`: a change rate needs a base; stated, it must fit, unstated, some whole number must."""

import re
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from hefa.claims import ratio
from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, HINT, WARNING, Finding, finding, said, show
from hefa.claims.roles import falls, same_kind
from hefa.claims.rules.shares import row as enumeration

RULE = "integer-base"
_BARE = re.compile(
    r"^(?:较|比|与|和|同|同比|环比|相比|相较|较之|去年|上年度?|上一年度?|上月|上个月|上季度|上期|同期|年|月|度|分别|均|各|约|的|数量|总量|总数|案件数|件数"
    r"|人数|数|量|办件量|受理量|其中|也|则|共|总体|全年|受理数|又|呈|有所|大幅|小幅|明显|持续|实现|(?:19|20)\d{2}|\d{1,2}|增幅|降幅|增长率|增速|减幅|升幅|涨幅|，|一年|季度|份|比例|，)*"
    r"(?:增长|增加|上升|提升|提高|攀升|上涨|扩大|净增|下降|减少|降低|回落|下滑|压降|压减|缩减|缩短|压缩|精简|下跌|增|降|减|翻|\+|-|了|近|约|率|为|达|高达|幅度|幅|逾|超过|超|：)*$"
)
_TO = re.compile(r"(?:至|到|达到|达|为)了?(?:约|近)?$")
_YEAR = re.compile(r"((?:19|20)\d{2})")


def check(sentence: Sentence) -> list[Finding]:
    found: list[Finding] = []
    for rate in sentence.rates:
        if rate.role == "change":
            found += _change(sentence, rate)
    return found


def _change(sentence: Sentence, rate: Claim) -> list[Finding]:
    sign = -1 if falls(rate.clause) or rate.value < 0 else 1
    after = _explained(sentence, rate)
    if after is not None:
        return _stated(rate, after[1], after[0], sign)
    now = _current(sentence, rate)
    if now is None or rate.unit != "%":
        return []
    base = _previous(sentence, rate, now)
    if base is not None:
        return _stated(rate, now, base, sign)
    delta = next(
        (
            c
            for c in reversed(sentence.claims)
            if c.role == "delta" and c.at < rate.at and same_kind(c, now) and "；" not in sentence.between(c, rate)
        ),
        None,
    )
    if len(enumeration(sentence, rate)[0]) > 1:
        delta = None  # 「同比分别上升1.0%、下降1.5%」 speaks of several counts, the difference of one
    if (delta is not None and now.at < delta.at) or (delta is not None and delta.at < now.at):
        down = falls(delta.clause)
        step = -1 if down else 1
        others = [c for c in sentence.counts if c.at < delta.at and same_kind(c, delta)]
        if any(not _by_delta(rate, c, delta, step, sign) for c in others):
            return []
        return _by_delta(rate, now, delta, step, sign)
    if not rate.exact or not now.is_whole:
        return []
    return _unstated(sentence, rate, now, sign)


def _explained(sentence: Sentence, rate: Claim) -> tuple[Claim, Claim] | None:
    """「同比下降12%，由120件降至108件」: (earlier, present) right after the rate."""
    rest = [c for c in sentence.claims if c.at > rate.at][:2]
    if rate.unit != "%" or len(rest) < 2 or rest[0].role != "previous" or not rest[1].is_count:
        return None
    told = re.match(r"[，（]?(?:由|从)", sentence.between(rate, rest[0])) and re.search(r"[至到]", rest[1].lead)
    return (rest[0], rest[1]) if told and same_kind(rest[0], rest[1]) else None


def _current(sentence: Sentence, rate: Claim) -> Claim | None:
    """The count that changed: the one just before, in an enumeration its counterpart, or the one after 「达」."""
    row, index = enumeration(sentence, rate)
    counts = [c for c in sentence.counts if c.at < row[0].at]
    if len(row) > 1:
        counts = [c for c in counts if c.depth <= rate.depth]
        picked = counts[-len(row) :]
        return picked[index] if len(picked) == len(row) else None
    clause_at = max(sentence.text.rfind(m, 0, rate.at - sentence.start) for m in "，；。：（、") + 1
    own = sentence.text[clause_at : rate.at - sentence.start]
    previous = max((c.to for c in sentence.claims if c.to <= rate.at), default=sentence.start) - sentence.start
    if previous > clause_at:
        own = sentence.text[previous : rate.at - sentence.start]
    follow = next(
        (
            c
            for c in sentence.counts
            if c.at > rate.at
            and re.match(
                r"^，?(?:增|升|上升|下降|降|减少|减|增加|增长|达|共|总量|受理量|总数|数量|全年|共受理|受理)*(?:至|到|达到|达|为|受理|共计|共)+了?(?:约|近)?$",
                sentence.between(rate, c),
            )
        ),
        None,
    )
    if not _BARE.match(own.lstrip("）")):
        return follow if follow and follow.is_count else None
    if follow is not None:
        return follow
    if not counts or "；" in sentence.between(counts[-1], rate) or "。" in sentence.between(counts[-1], rate):
        return None
    near = counts[-1]
    if near.depth > rate.depth:
        near = next((c for c in reversed(counts) if c.depth <= rate.depth), near)
    return near


def _previous(sentence: Sentence, rate: Claim, now: Claim) -> Claim | None:
    """The earlier value, when the sentence states it: 「由513件」, 「上年的513件」, 「2022年513件、2023年616件」."""
    for claim in reversed(sentence.claims):
        if claim.role == "previous" and claim.at < rate.at and same_kind(claim, now):
            gap = sentence.between(claim, rate)
            return claim if "；" not in gap and "。" not in gap else None
    said_now, rate_year = _YEAR.search(now.period), None
    if said_now:
        for claim in reversed(sentence.counts):
            rate_year = _YEAR.search(claim.period)
            if (
                claim is not now
                and rate_year
                and same_kind(claim, now)
                and claim.at < now.at
                and int(rate_year.group(1)) == int(said_now.group(1)) - 1
                and _month(claim) == _month(now)
            ):
                return claim
    return None


def _month(claim: Claim) -> str:
    return _YEAR.sub("", claim.period).replace("年", "").replace("度", "").replace("份", "")


def _stated(rate: Claim, now: Claim, base: Claim, sign: int) -> list[Finding]:
    if base.low <= 0:
        return []
    low = (now.low - base.high) / base.high * 100 * sign
    high = (now.high - base.low) / base.low * 100 * sign
    low, high = min(low, high), max(low, high)
    _, least, most = ratio.percent(rate)
    least, most = abs(least) if rate.value < 0 else least, abs(most) if rate.value < 0 else most
    if low <= max(least, most) and high >= min(least, most):
        return []
    exact = (now.value - base.value) * 100 / base.value
    places = max(0, -int(rate.step.as_tuple().exponent))
    cut = exact.copy_abs().quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    arithmetic = f"({show(now.value)}-{show(base.value)})÷{show(base.value)}={exact:.{places}f}%，文中{said(rate)}"
    if now.exact and base.exact and cut == abs(rate.value) and (exact * sign) > 0:
        return [_cut(rate, now, base.value)]
    word = "增长" if exact > 0 else "下降" if exact < 0 else "持平，变化为"
    return [
        finding(
            RULE,
            ERROR,
            [base, now, rate],
            arithmetic,
            f"由{said(base)}到{said(now)}是{word}{abs(exact):.{places}f}%，不是{_word(sign)}{said(rate)}。",
        )
    ]


def _word(sign: int) -> str:
    return "增长" if sign > 0 else "下降"


def _cut(rate: Claim, now: Claim, base: Decimal) -> Finding:
    exact = (now.value - base) * 100 / base
    places = max(0, -int(rate.step.as_tuple().exponent))
    return finding(
        "truncated",
        HINT,
        [now, rate],
        f"({show(now.value)}-{show(base)})÷{show(base)}={exact:.{places + 2}f}%，文中{said(rate)}",
        f"上期为{show(base)}时，按四舍五入应为{abs(exact):.{places}f}%，文中{said(rate)}是截去尾数所得。",
    )


def _by_delta(rate: Claim, now: Claim, delta: Claim, step: int, sign: int) -> list[Finding]:
    if now.approx or delta.approx:
        return []
    base = now.value - delta.value * step
    if base <= 0:
        return []
    exact = delta.value * 100 / base
    _, low, high = ratio.percent(rate)
    slack = (now.high - now.low + delta.high - delta.low) / base * 100
    if low - slack <= exact <= high + slack and step == sign:
        return []
    places = max(0, -int(rate.step.as_tuple().exponent))
    earlier = f"({show(now.value)}{'-' if step > 0 else '+'}{show(delta.value)})"
    arithmetic = f"{show(delta.value)}÷{earlier}={exact:.{places}f}%，文中{said(rate)}"
    return [
        finding(
            RULE,
            ERROR,
            [now, delta, rate],
            arithmetic,
            f"按现数{said(now)}和增减数{said(delta)}，上期为{show(base)}，变化应为{exact:.{places}f}%，不是{said(rate)}。",
        )
    ]


def bases(now: Decimal, rate: Claim, sign: int, cut: bool = False) -> list[Decimal]:
    """Whole earlier values from which `now` is the stated change (first and last); `cut`: by cutting digits off."""
    value = abs(rate.value)
    half = rate.step / 2
    least, most = (value, value + rate.step) if cut else (value - half, value + half)
    low_factor, high_factor = (1 + sign * least / 100), (1 + sign * most / 100)
    ends = sorted(now / f for f in (low_factor, high_factor) if f > 0)
    if len(ends) < 2:
        return [now]
    first, last = ends[0].to_integral_value(ROUND_CEILING), ends[1].to_integral_value(ROUND_FLOOR)
    return [first, last] if first <= last else []


def _unstated(sentence: Sentence, rate: Claim, now: Claim, sign: int) -> list[Finding]:
    if not now.value or rate.step < Decimal("0.001"):
        return []
    earlier = [
        c
        for c in sentence.counts
        if c.is_whole and c.value and c.at < rate.at and "；" not in sentence.between(c, rate)
    ]
    row, _ = enumeration(sentence, rate)
    # 「52批301人次，其中6批69人次，批次、人次分别下降…」: which pair of counts is meant stays open.
    candidates = list(dict.fromkeys([now, *(c for c in earlier if len(row) == 1 or c.unit == now.unit)]))
    if any(bases(c.value, rate, sign) for c in candidates):
        return []
    factor = 1 + sign * abs(rate.value) / 100
    if factor <= 0:
        return []
    cut = bases(now.value, rate, sign, cut=True)
    if cut:
        return [_cut(rate, now, cut[0])]
    near = (now.value / factor).to_integral_value()
    options = [b for b in (near - 1, near, near + 1) if b > 0]
    worked = "，".join(
        f"上期{show(b)}为{(now.value - b) * 100 / b:+.{max(2, -int(rate.step.as_tuple().exponent))}f}%" for b in options
    )
    return [
        finding(
            RULE,
            WARNING,
            [now, rate],
            f"{worked}，文中{'+' if sign > 0 else '-'}{show(abs(rate.value))}%",
            f"没有整数的上期数能使{said(now)}{_word(sign)}{said(rate)}；请核对，或写明上期数。",
        )
    ]
