"""Rule `sum` for differences, rules `share` and `integer-base` for averages and doublings, when all is stated."""

import re
from decimal import Decimal

from hefa.claims import lexis
from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, Finding, finding, said, show
from hefa.claims.roles import falls, same_kind

_AVERAGE = re.compile(r"(?:平均每|人均|户均|每)(?P<each>[个名家期场件户人位处次支])?[^，。；\d]{0,10}$")
_DOUBLE = re.compile(r"翻了?(?:一|1)番")


def check(sentence: Sentence) -> list[Finding]:
    found: list[Finding] = []
    for claim in sentence.claims:
        if claim.role == "points":
            found += _points(sentence, claim)
        elif claim.role == "delta":
            found += _delta(sentence, claim)
        elif claim.role == "average":
            found += _average(sentence, claim)
    return found + _doubled(sentence)


def _points(sentence: Sentence, claim: Claim) -> list[Finding]:
    """Two rates and the points between them; the rates stand right before, one of them the earlier year's."""
    index = sentence.claims.index(claim)
    two = sentence.claims[max(0, index - 2) : index]
    if len(two) < 2 or not all(
        c.unit == "%" and c.exact and c.role in ("named", "level", "loose", "share") for c in two
    ):
        return []
    words = sentence.before(two[0], 14) + sentence.between(two[0], claim)
    between = sentence.between(two[0], two[1])
    if re.search("[。；]", sentence.between(two[0], claim)) or not re.search(
        "由|从|上年|去年|同期|上月|20\\d{2}年", words
    ):
        return []
    if not re.search("至|到|达|上年|去年|同期|上月|为", between) or claim.approx:
        return []
    gap = abs(two[1].value - two[0].value)
    slack = (two[0].high - two[0].low + two[1].high - two[1].low + claim.high - claim.low) / 2
    if abs(gap - claim.value) <= slack:
        return []
    return [
        finding(
            "sum",
            ERROR,
            [*two, claim],
            f"|{show(two[1].value)}-{show(two[0].value)}|={show(gap)}，文中{show(claim.value)}个百分点",
            f"{said(two[0])}与{said(two[1])}相差{show(gap)}个百分点，不是{show(claim.value)}个。",
        )
    ]


def _delta(sentence: Sentence, claim: Claim) -> list[Finding]:
    """Earlier value, present value and the stated difference."""
    before = [c for c in sentence.claims if c.at < claim.at and same_kind(c, claim) and c.unit == claim.unit]
    old = next((c for c in reversed(before) if c.role == "previous"), None)
    now = next((c for c in reversed(before) if c.role == "count"), None)
    if old is None or now is None or re.search("[。；]", sentence.between(min(old, now, key=lambda c: c.at), claim)):
        return []
    down = falls(claim.clause) or claim.lead.endswith("少")
    low, high = (old.low - now.high, old.high - now.low) if down else (now.low - old.high, now.high - old.low)
    if low <= claim.high and high >= claim.low:
        return []
    gap = now.value - old.value
    return [
        finding(
            "sum",
            ERROR,
            [old, now, claim],
            f"{show(now.value)}-{show(old.value)}={show(gap)}，文中{'减' if down else '增'}{show(claim.value)}",
            f"由{said(old)}到{said(now)}是{_word(gap < 0)}{show(abs(gap))}，不是{_word(down)}{said(claim)}。",
        )
    ]


def _word(down: bool) -> str:
    return "减少" if down else "增加"


def _average(sentence: Sentence, claim: Claim) -> list[Finding]:
    """「18个社区…616件，平均每个社区34.22件」: only when the sentence has one count of each kind."""
    match = _AVERAGE.search(claim.lead)
    if not match or ("每" not in claim.lead and "人均" not in claim.lead):
        return []
    each = match.group("each") or ("人" if "人均" in claim.lead else "")
    others = [c for c in sentence.counts if c.at < claim.at]
    tops = [c for c in others if c.unit == claim.unit or (claim.unit in ("人", "名") and c.unit == "人次")]
    bases = [c for c in others if each and not same_kind(c, claim) and c.family == lexis.family(each)]
    if len(tops) != 1 or len(bases) != 1 or bases[0].low <= 0 or not _of_the_same(claim, tops[0]):
        return []
    top, base = tops[0], bases[0]
    low, high = top.low / base.high, top.high / base.low
    slack = claim.step if claim.exact else Decimal(0)
    if low <= claim.high + slack and high >= claim.low - slack:
        return []
    exact = top.value / base.value
    return [
        finding(
            "share",
            ERROR,
            [top, base, claim],
            f"{show(top.value)}÷{show(base.value)}={exact:.2f}，文中{said(claim)}",
            f"{said(top)}平均到{said(base)}是{exact:.2f}，不是{said(claim)}。",
        )
    ]


def _of_the_same(average: Claim, top: Claim) -> bool:
    """「人均年报酬6.2万元」 is no average of 「调解经费58万元」; 「平均每个社区34件」 names nothing else."""
    words = re.sub(r"平均|每[个名家期场件户人位次处支]?|[人户]均|约|为|达|社区|村|单位", "", average.lead)
    return len(words) < 2 or any(words[i : i + 2] in top.clause for i in range(len(words) - 1))


def _doubled(sentence: Sentence) -> list[Finding]:
    match = _DOUBLE.search(sentence.text)
    if not match:
        return []
    before = [c for c in sentence.claims if c.to - sentence.start <= match.start()]
    old = next((c for c in reversed(before) if c.role == "previous"), None)
    now = next((c for c in reversed(before) if c.role == "count"), None)
    if old is None or now is None or not same_kind(old, now) or old.high <= 0 or now.high / old.high * 100 >= 195:
        return []
    times = now.value / old.value
    return [
        finding(
            "integer-base",
            ERROR,
            [old, now],
            f"{show(now.value)}÷{show(old.value)}={times:.2f}，文中“{match.group()}”",
            f"由{said(old)}到{said(now)}是原来的{times:.2f}倍，不到一番（2倍）。",
        )
    ]
