"""Rules `share`, `truncated` and `integer-rate`: a percentage against its base, stated or to be found."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hefa.claims import ratio
from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, HINT, WARNING, Finding, finding, said, show, sum_of
from hefa.claims.roles import DOWN, UP, of_plan, same_kind, widened

_OWN = re.compile(r"^(?:其中|分别|约|均|仅|共|合计|二者|两者|三者|各|只|也|则|又|就|该类|此类|该|其|（|平均)*$")
_COUNTED = re.compile(r"^.*[\d件起个人名次项条份宗例户家场]、?")
_SHARED = re.compile(r"占(?!道|地|用|领)")
_OF = re.compile(
    r"(?:^|(?<=[，；（\d元件人]))(?:完成|为|达到?|相当于)(?=[^，。；\d]{0,14}\d[\d.]*[^，。；\d]{0,6}的$)|^"
)
# 「分别上升1.0%、下降1.5%和上升3.6%」
_CHAIN = re.compile(rf"，|[、和及与](?:{UP}|{DOWN})?了?")
_PLAN = re.compile(r"(?:预算|计划|目标|任务|指标)(?!总?收入|总?支出|执行|单位)")


def check(sentence: Sentence, before: list[Claim], everywhere: list[Claim]) -> list[Finding]:
    """`before`: counts of the paragraph that stand earlier; `everywhere`: all counts of the text."""
    shares = [(r, *_stated(sentence, r)) for r in sentence.rates if r.role == "share" or (r.role == "bare" and r.depth)]
    siblings = [(p, r) for r, p, base in shares if p is not None and base is None]
    found: list[Finding] = []
    for rate, part, base in shares:
        found += _share(sentence, rate, part, base, siblings, before, everywhere)
    found = _one_for_all(found)
    return found or _odd_one(siblings) or _of_their_sum(siblings, [*sentence.counts, *before])


def _one_for_all(found: list[Finding]) -> list[Finding]:
    """When all shares of a list fit one base, only not the stated whole, one finding says so."""
    wrong = [f for f in found if f.rule == "share" and len(f.claims) == 3]
    if len(wrong) < 2 or len({f.claims[1].id for f in wrong}) > 1:
        return found
    spans = [_base_span(f.claims[0], f.claims[2]) for f in wrong]
    low, high = max(s[0] for s in spans), min(s[1] for s in spans)
    if low > high:
        return found
    first = replace(
        wrong[0],
        message=wrong[0].message + f"其余{len(wrong) - 1}个比例也是按{show(low.to_integral_value())}左右的基数算的。",
    )
    return [first, *(f for f in found if f not in wrong)]


def _base_span(part: Claim, rate: Claim) -> tuple[Decimal, Decimal]:
    """The bases of which the part can be the rate."""
    _, low, high = ratio.percent(rate)
    low = max(low, Decimal("0.0001"))
    return part.low * 100 / high, part.high * 100 / low


def _odd_one(siblings: list[tuple[Claim, Claim]]) -> list[Finding]:
    """Items with shares and no whole in sight: all but one point to one base (within one part in a hundred)."""
    items = [(p, r, _base_span(p, r)) for p, r in siblings if p.exact and r.exact and p.value and r.value > 1]
    if len(items) < 3:
        return []
    for i, (part, rate, (least, most)) in enumerate(items):
        others = [span for k, (_, _, span) in enumerate(items) if k != i]
        low, high = max(s[0] for s in others), min(s[1] for s in others)
        if low > high or (high - low) * 100 > low or (len(others) < 3 and (high - low) * 500 > low):
            continue
        if most < low * Decimal("0.995") or least > high * Decimal("1.005"):
            base = ((low + high) / 2).to_integral_value()
            exact = ratio.worked(part.value, base, rate)
            return [
                finding(
                    "share",
                    WARNING,
                    [part, rate],
                    f"{show(part.value)}÷{show(base)}={exact}%，文中{said(rate)}",
                    f"同列各项的比例都以{show(base)}左右为基数，只有{said(part)}占{said(rate)}不符，应为{exact}%。",
                )
            ]
    return []


def _of_their_sum(siblings: list[tuple[Claim, Claim]], bases: list[Claim]) -> list[Finding]:
    """Items whose shares make a hundred are parts of their own sum, when no base is in sight."""
    items = list({rate.id: (part, rate) for part, rate in siblings if part.is_whole and rate.exact}.values())
    parts = list({part.id: part for part, _ in items}.values())
    if len(items) < 2 or len(parts) < len(items) or not all(same_kind(part, parts[0]) for part in parts):
        return []
    slack = sum((rate.step for _, rate in items), Decimal(0)) / 2
    base = sum_of(parts)
    if not base or abs(sum_of(rate for _, rate in items) - 100) > slack or any(rate.unit != "%" for _, rate in items):
        return []
    # One unit of the last place is what an office moves about so that the printed shares make a hundred.
    wrong = [(p, r) for p, r in items if abs(p.value * 100 / base - r.value) > r.step * Decimal("1.5")]
    if not wrong or any(c not in parts and all(ratio.fits(r, p, c) for p, r in items) for c in bases):
        return []
    part, rate = wrong[0]
    exact = ratio.worked(part.value, base, rate)
    return [
        finding(
            "share",
            WARNING,
            [*parts, rate],
            f"{show(part.value)}÷{show(base)}={exact}%，文中{said(rate)}",
            f"各项比例合为100%，则基数是各项之和{show(base)}，{said(part)}占{exact}%，不是{said(rate)}。",
        )
    ]


def _share(
    sentence: Sentence,
    rate: Claim,
    part: Claim | None,
    base: Claim | None,
    siblings: list[tuple[Claim, Claim]],
    before: list[Claim],
    everywhere: list[Claim],
) -> list[Finding]:
    if base is not None and part is not None:
        return against(rate, part, [base], True, everywhere)
    if part is None:
        return _without_part(sentence, rate, base)
    words = rate.clause
    inside = [c for c in sentence.counts if c.at < part.at and same_kind(c, part) and c.high >= part.low]
    taken = {p.id for p, _ in siblings}
    inside = [c for c in inside if not widened(words, c.clause) and _over(sentence, c, part, c.id in taken)]
    if of_plan(words):
        planned = [c for c in sentence.claims if c.at < part.at and same_kind(c, part) and not c.is_rate]
        inside = [c for c in planned if c.role in ("count", "target") and _PLAN.search(c.clause)]
        return against(rate, part, inside[-1:], False, everywhere) if inside else []
    told = [r for r in sentence.rates if part.at < r.at < rate.at]
    inside = [c for c in inside if not any(ratio.fits(r, part, c) == "exact" for r in told)]
    others = [c for c in sentence.counts if c is not part and c.at < rate.at]
    if any(ratio.fits(rate, part, c) == "exact" for c in others + before) or _together(sentence, rate, part, before):
        return []
    if re.search("合计|共计|三[者项类]", rate.lead):
        return []  # the share of several items together, whose base is not said
    if inside:
        return against(rate, part, inside, False, everywhere)
    named = [c for c in before if same_kind(c, part) and _shares_word(words, c.lead) and not widened(words, c.clause)]
    if named and re.search(r"总|全部|全年|所有", words):
        return against(rate, part, named[-1:], False, everywhere)
    if not part.is_whole or not rate.exact or _of_some_base(sentence, rate, part):
        return []
    return no_base(rate, part)


def _of_some_base(sentence: Sentence, rate: Claim, part: Claim) -> bool:
    """「国家级1个、省级9个、市级23个，占61.1%」: together they may be the share of some whole."""
    counts = [c for c in sentence.counts if c.at <= part.at and same_kind(c, part)]
    return any(ratio.whole_bases(rate, sum_of(counts[-n:])) for n in range(2, len(counts) + 1))


def _together(sentence: Sentence, rate: Claim, part: Claim, before: list[Claim]) -> bool:
    """「居前三位的是甲783件、乙579件、丙562件，占总量的77%」: the share is of the items together."""
    counts = [c for c in sentence.counts if c.at <= part.at and same_kind(c, part)]
    for one, two in pairwise(counts[:-1]):  # 「11个镇街、26个部门…，8个，占21.6%」
        if ratio.fits_span(rate, part.low, part.high, one.low + two.low, one.high + two.high) == "exact":
            return True
    for n in range(2, len(counts) + 1):
        items = counts[-n:]
        low, high = sum((c.low for c in items), Decimal(0)), sum((c.high for c in items), Decimal(0))
        for base in [*counts[:-n], *before]:
            if same_kind(base, part) and ratio.fits_span(rate, low, high, base.low, base.high):
                return True
    return False


def _stated(sentence: Sentence, rate: Claim) -> tuple[Claim | None, Claim | None]:
    """(numerator, base named with its number); either may be missing."""
    rates, index = row(sentence, rate)
    first = rates[0]
    before = sentence.text[: first.at - sentence.start]
    clause_at = max(before.rfind(mark) for mark in "，；。：（") + 1 + sentence.start
    lead_at = max(before.rfind("占"), *(m.start() for m in _OF.finditer(before))) + sentence.start
    counts = [c for c in sentence.counts if c.at < first.at]
    bases = [c for c in sentence.claims if c.at < first.at and not c.is_rate and c.role in ("count", "target")]
    inner = [c for c in bases if c.at > lead_at >= clause_at and c.depth == first.depth]
    base = inner[-1] if inner else None
    earlier = [c for c in counts if c.at < (lead_at if base else first.at) and c is not base]
    if earlier and earlier[-1].depth > rate.depth:
        earlier = [c for c in earlier if c.depth <= rate.depth] or earlier
    if len(rates) > 1:
        nums = [c for c in earlier if same_kind(c, earlier[-1])][-len(rates) :] if earlier else []
        return (nums[index], base) if len(nums) == len(rates) else (None, base)
    if rate.role == "bare":
        near = [c for c in earlier if len(sentence.between(c, rate)) <= 6]
        return (near[-1] if near else None), None
    own = sentence.text[clause_at - sentence.start : max(lead_at, clause_at) - sentence.start]
    if earlier and earlier[-1].at >= clause_at:
        own = _COUNTED.sub("", own)
    named = [c for c in earlier if re.search(rf"(?<![非不未无]){re.escape(own)}", c.lead)] if len(own) > 1 else []
    if len(named) == 1 and base is None and not _OWN.match(own):
        return named[0], None  # 「税收收入…，非税收入…，税收占比92.7%」
    if not earlier or not _OWN.match(own):
        return None, base
    return _numerator(sentence, rate, earlier, base)


def _numerator(
    sentence: Sentence, rate: Claim, earlier: list[Claim], base: Claim | None
) -> tuple[Claim | None, Claim | None]:
    last = earlier[-1]
    if base is None and len(earlier) > 1 and _SHARED.search(last.lead):
        return earlier[-2], last
    if re.search(r"[。；]", sentence.between(last, rate)) and last.depth == rate.depth:
        return None, base
    return last, base


def _over(sentence: Sentence, whole: Claim, part: Claim, sibling: bool) -> bool:
    """Whether a count stands over another: in the same item of a list, or before the 「其中」 that opens the list.

    A count with a share of its own is a sibling, unless the part stands under that very item:
    「转办2.42万件，占25%，其中县区1.56万件，占64%」.
    """
    gap = sentence.between(whole, part)
    gap = gap.replace("；其中", "，其中", 1)
    opener = re.search(r"其中|中[，：、]|：|（", gap)
    if sibling:
        return bool(opener) and "；" not in gap
    if "；" not in gap:
        return True
    if not opener or "；" in gap[: opener.start()]:
        return False
    between = [c for c in sentence.counts if whole.at < c.at < part.at and same_kind(c, whole)]
    return not between or between[0].at - whole.to >= opener.start()


def row(sentence: Sentence, rate: Claim) -> tuple[list[Claim], int]:
    """The enumeration 「占30%、20%、50%」 that a rate stands in, and its place there."""
    rates = [c for c in sentence.claims if c.is_rate]
    i = rates.index(rate)
    first = last = i
    while first > 0 and _chained(sentence, rates[first - 1], rates[first]):
        first -= 1
    while last + 1 < len(rates) and _chained(sentence, rates[last], rates[last + 1]):
        last += 1
    return rates[first : last + 1], i - first


def _chained(sentence: Sentence, left: Claim, right: Claim) -> bool:
    return bool(_CHAIN.fullmatch(sentence.between(left, right)))


def _shares_word(words: str, lead: str) -> bool:
    grams = {words[i : i + 2] for i in range(len(words) - 1)} - {"总数", "占总", "全部", "数的", "占全", "占比"}
    return sum(g in lead for g in grams) >= min(2, len(grams))


def against(rate: Claim, part: Claim, bases: list[Claim], stated: bool, everywhere: list[Claim]) -> list[Finding]:
    verdicts = [ratio.fits(rate, part, b) for b in bases]
    if "exact" in verdicts:
        return []
    if "truncated" in verdicts:
        return [_cut(rate, part, bases[verdicts.index("truncated")])]
    base = bases[-1] if stated else max(bases, key=lambda b: b.value)
    if not base.low:
        return []
    other = next(
        (
            c
            for c in everywhere
            if c is not base and c is not part and ratio.fits(rate, part, c) == "exact" and ratio.step(rate) < 1
        ),
        None,
    )
    return [_wrong(rate, part, base, other)]


def _cut(rate: Claim, part: Claim, base: Claim) -> Finding:
    exact = ratio.worked(part.value, base.value, rate)
    return finding(
        "truncated",
        HINT,
        [part, base, rate],
        f"{show(part.value)}÷{show(base.value)}={exact}%，文中{said(rate)}",
        f"按四舍五入应为{_rounded(rate, part, base)}，文中{said(rate)}是截去尾数所得。",
    )


def _rounded(rate: Claim, part: Claim, base: Claim) -> str:
    places = max(0, -int(rate.step.as_tuple().exponent))
    return f"{(part.value * 100 / base.value + part.value.scaleb(-20)):.{places}f}%"


def _wrong(rate: Claim, part: Claim, base: Claim, other: Claim | None) -> Finding:
    exact = ratio.worked(part.value, base.value, rate)
    arithmetic = f"{show(part.value)}÷{show(base.value)}={exact}%，文中{said(rate)}"
    message = f"{said(part)}占{said(base)}的{exact}%，不是{said(rate)}。"
    if other is not None:
        message += f"以文中{said(other)}为基数则相符，请写明基数。"
    elif rate.exact and part.is_whole and base.is_whole:
        message += _remedy(rate, part, base)
    return finding("share", ERROR, [part, base, rate], arithmetic, message)


def _remedy(rate: Claim, part: Claim, base: Claim) -> str:
    parts = [p for p in ratio.whole_parts(rate, base.value) if p <= base.value]
    bases = ratio.whole_bases(rate, part.value)
    fit = []
    if parts:
        fit.append(f"分子为{'或'.join(show(p) for p in parts)}")
    if bases and bases[0] >= part.value:
        fit.append(f"基数为{'至'.join(show(b) for b in bases)}")
    return f"与该比例相符的是{'，或'.join(fit)}。" if fit else "没有哪个整数能得出该比例。"


def _without_part(sentence: Sentence, rate: Claim, base: Claim | None) -> list[Finding]:
    """「受理20件，其中邻里纠纷占33%」: no numerator is given, so one must at least be possible."""
    if base is None or not base.is_whole or not rate.exact or base.value > 5000:
        return []
    if any(ratio.whole_parts(rate, c.value) for c in sentence.counts if c.is_whole and c.value):
        return []
    return [impossible(rate, base, [])]


def impossible(rate: Claim, base: Claim, tried: list[Claim]) -> Finding:
    near = (ratio.percent(rate)[0] * base.value / 100).to_integral_value()
    tries = [n for n in (near - 1, near, near + 1) if 0 <= n <= base.value]
    options = "，".join(f"{show(n)}÷{show(base.value)}={ratio.worked(n, base.value, rate)}%" for n in tries)
    bases = "、".join(dict.fromkeys(show(c.value) for c in [base, *tried]))
    return finding(
        "integer-rate",
        WARNING,
        [base, rate],
        f"{options}，文中{said(rate)}",
        f"以{bases}为基数，没有整数分子能得出{said(rate)}；请核对比例，或写明分子和基数。",
    )


def no_base(rate: Claim, part: Claim) -> list[Finding]:
    """A numerator alone: some whole base must give the rate."""
    if not part.value or ratio.whole_bases(rate, part.value):
        return []
    near = (part.value * 100 / ratio.percent(rate)[0]).to_integral_value() if rate.value else part.value
    options = "，".join(
        f"{show(part.value)}÷{show(n)}={ratio.worked(part.value, n, rate)}%"
        for n in (near - 1, near, near + 1)
        if n > 0
    )
    return [
        finding(
            "integer-rate",
            WARNING,
            [part, rate],
            f"{options}，文中{said(rate)}",
            f"没有整数基数能使{said(part)}占到{said(rate)}；请核对人数（件数）或比例，并写明基数。",
        )
    ]
