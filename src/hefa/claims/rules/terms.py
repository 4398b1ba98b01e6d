"""Rule `term`: 同比 said of a month, 环比 of a year, per cent said of the change of a rate, points said of a count."""

import re

from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import WARNING, Finding, finding, said
from hefa.claims.roles import falls

RULE = "term"
_MONTH_AS_YEAR = re.compile(
    r"(?:较|比|与|和|同)(?:上月|上个月|上季度?|上个季度|上一季度|上周|上一周|上一?期)(?:份|同期)?(?:相比|比较|情况)?[，]?[^，。；年]{0,4}?同比"
    r"|同比(?:较|比|与)?(?:上月|上个月|上季度|上周|上一季度|上一月)"
)
_MONTHS = re.compile(r"(?:较|比|与)(\d{1,2})月份?(?:相比)?[^，。；年]{0,3}同比")
_YEAR_AS_MONTH = re.compile(
    r"(?:较|比|与|同)(?:去年|上年|上一年)(?:同期|同月)?(?:相比)?[^，。；]{0,4}环比|环比(?:较|比|与)?(?:去年|上年)(?:同期)?"
)
_LAST = re.compile(r"上个?月|上季度|上周")
_THIS = re.compile(r"本月|当月|本季度|本周|这个月")
_OWN = re.compile(
    r"^(?:，|,)?(?:较|比|与|同比|环比|去年|上年|上月|同期|相比|分别|均|各|年|度|又|(?:19|20)\d{2}|该比率|，)*"
    r"(?:增长|增加|上升|提升|提高|上涨|下降|减少|降低|回落|下滑|增|降)(?:了|约|近|为|达)*$"
)
_COUNT_OWN = re.compile(
    r"^，(?:同比|环比|较上年|较去年|比上年|比去年|同期|相比|均|年|度|也|又)+(?:增长|增加|上升|提升|提高|上涨|下降|减少|降低|回落|下滑)(?:了|约|近)?$"
)


def check(sentence: Sentence) -> list[Finding]:
    found = [f for c in sentence.claims for f in _word(sentence, c)]
    found += [f for c in sentence.claims for f in _rate_change(sentence, c)]
    return found


def _word(sentence: Sentence, claim: Claim) -> list[Finding]:
    if claim.role not in ("change", "points", "delta"):
        return []
    words = claim.clause
    month = _MONTH_AS_YEAR.search(words) or _MONTHS.search(words)
    if month:
        return [
            finding(
                RULE, WARNING, [claim], f"“{month.group()}”", "与上月（上季度）相比是“环比”；“同比”是与上年同期相比。"
            )
        ]
    year = _YEAR_AS_MONTH.search(words)
    if year:
        return [finding(RULE, WARNING, [claim], f"“{year.group()}”", "与上年同期相比是“同比”；“环比”是与上一期相比。")]
    before = sentence.text[: claim.at - sentence.start].rsplit("；", 1)[-1]
    if "同比" in words and _LAST.search(before) and _THIS.search(before) and not re.search("去年|上年|同期", before):
        return [finding(RULE, WARNING, [claim], "上月与本月相比，文中“同比”", "文中比较的是上月与本月，应写“环比”。")]
    return []


def _rate_change(sentence: Sentence, claim: Claim) -> list[Finding]:
    index = sentence.claims.index(claim)
    if not index:
        return []
    before = sentence.claims[index - 1]
    gap = sentence.between(before, claim)
    if (
        claim.role == "change"
        and claim.unit == "%"
        and before.unit == "%"
        and before.exact
        and before.role in ("named", "level")
    ):
        up = not falls(gap)
        if _OWN.match(gap) and re.search("同比|较|比", gap) and not (up and before.value >= 100):
            return [_two_readings(before, claim, up)]
    if claim.role == "points" and before.is_count and _COUNT_OWN.match(gap) and before.unit not in ("分",):
        return [
            finding(
                RULE,
                WARNING,
                [before, claim],
                f"{said(before)}是数量，{said(claim)}是两个比率之差",
                "数量的变化不能用“百分点”，应写百分比；百分点只用于比率之差。",
            )
        ]
    return []


def _two_readings(rate: Claim, change: Claim, up: bool) -> Finding:
    """A rate that「下降3%」: three points, or three hundredths of itself."""
    points = rate.value - change.value if up else rate.value + change.value
    factor = 1 + change.value / 100 if up else 1 - change.value / 100
    share = f"{rate.value / factor:.2f}%" if factor > 0 else "无解"
    return finding(
        RULE,
        WARNING,
        [rate, change],
        f"按百分点上期为{points:.2f}%，按百分比上期为{share}",
        f"比率的变化写“{said(change)}”有两种读法；如指两个比率之差，应写“{said(change).rstrip('%％')}个百分点”。",
    )
