"""Rule `two-values`: one quantity of one period stated twice, with two values."""

import re

from hefa.claims.claims import Claim
from hefa.claims.findings import WARNING, Finding, finding, said, show
from hefa.claims.reading import Reading

RULE = "two-values"
_WHOLE = re.compile(r"全年|共|累计|总|今年以来|本年|一年来|年度|20\d{2}年|年内")
_NOISE = re.compile(
    r"(?:19|20)\d{2}年(?:度|以来)?|全年|今年以来|今年|本年度?|年内|一年来|目前|截至\S{0,8}?底|累计|总计|合计|共计|共|总|已|各类|各种|全部|了|的|均|街道|镇|本机关|我[街镇区市局]道?|全[街镇区市]道?"
    r"|[，、：“”]|达到|达|为|有|约|近|超|先后|组织|开展|实际|件数|数量|办理了|两级人民调委会|人民调解委员会"
)
_PARTIAL = re.compile(r"其中|社区|季度|半年|月份?|上年|去年|每|平均|一期|二期|第|分别|网上|线上|另|中[，：]")


def _key(claim: Claim) -> str:
    return _NOISE.sub("", claim.clause)


def _usable(claim: Claim) -> bool:
    return (
        claim.is_count
        and claim.is_whole
        and claim.depth == 0
        and claim.value > 2
        and bool(_WHOLE.search(claim.clause))
        and not _PARTIAL.search(claim.clause)
        and len(_key(claim)) >= 4
    )


def check(read: Reading) -> list[Finding]:
    seen: dict[tuple[str, str], Claim] = {}
    found = []
    for sentence in read.sentences:
        for claim in sentence.counts:
            if not _usable(claim) or claim.lead != claim.clause:
                continue
            key = (_key(claim), claim.family)
            first = seen.setdefault(key, claim)
            if (
                first.value != claim.value
                and first.sentence != claim.sentence
                and _same_period(first, claim, read.year)
            ):
                found.append(
                    finding(
                        RULE,
                        WARNING,
                        [first, claim],
                        f"{show(first.value)}≠{show(claim.value)}",
                        f"同一数量前后两个数：{said(first)}与{said(claim)}；请统一，口径不同的请写明。",
                    )
                )
    return found


def _same_period(a: Claim, b: Claim, year: int | None) -> bool:
    def of(claim: Claim) -> str:
        match = re.search(r"(?:19|20)\d{2}", claim.period)
        if claim.period and not match:
            return claim.period
        return match.group() if match else str(year or "")

    first, second = of(a), of(b)
    return first == second or not first or not second
