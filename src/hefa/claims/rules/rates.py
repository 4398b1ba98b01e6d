"""Rules `share` and `integer-rate` for rates with a name: 调解成功率, 持证率, 办结率, whose base must be found."""

import re
from decimal import Decimal
from itertools import combinations

from hefa.claims import ratio
from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import Finding
from hefa.claims.lexis import MEASURED
from hefa.claims.roles import same_kind
from hefa.claims.rules.shares import against, impossible, no_base, row

_NAME = re.compile(r"([^，。；：（）、\d]{0,12}?)(率|度)(?!先)")
# Rates whose base a report does not count: asked of a sample, or of things outside the text.
_SURVEY = re.compile(
    r"满意|知晓|认可|安全感|支持|好评|参与|普及|覆盖|使用|入户|绿化|入住|就业|增长|出生|收缴|电子|适用|送达|渗透|关注|签约|执行"
)
_OTHER_BASE = re.compile(
    r"按期|按时|及时|限期|如期|一次|初次|首次|初信|平均|综合|累计|当场|就地|准时|重点|年均|准确|规范|自动|主动|本地|一审|二审|预警|[时日天月]内"
)
_CASE_RATE = re.compile(
    r"办结|结案|执结|公示|成功|化解|履行|审结|纠错|败诉|胜诉|回复|答复|出庭|整改|采纳|处置|反馈|调处|和解|撤诉|解决|办理|受理|完成|消除|调解|查处"
)
_PEOPLE_RATE = re.compile(r"持证|通过|合格|及格|参训|在岗|上岗|到课|出勤")
# What these rates are of can never be more than their base: no case carried in from before.
_WITHIN = re.compile(r"持证|通过|合格|及格|反馈|采纳|调撤|到课|出勤|参训")
_INTAKE = re.compile(
    r"总量|总数|办件|回访|测评|评价|发放|受理|收到|立案|接收|接到|查处|应诉|办理|发现|排查|应|参加|参考|报名|提出|处置|新收|受案|登记|承办|共有|编制|申请|交办|派发|派单|提交|收集|排摸|调解|调处|派遣|征集|梳理|接访|核查|检查"
)
_SET = re.compile(r"覆盖|持证|建成|达标|创建|参考|参检|成立|组建|完工|竣工|入格|备案|配备")
_ALREADY = re.compile(r"已|实际|其中|现有")
_STEM = re.compile(r"(?:调解|行政|案件|矛盾|纠纷|问题|意见|建议|负责人|综合|总|平均|目前|现|全年|整体|实际)")
_NEW = re.compile(r"新增|增加|净增|较|比")
_INCOMPLETE = re.compile(r"超时|逾期|超期|在办|正在|未|撤诉|撤回|不予|结转|终止|其余|剩余|上年")


def check(sentence: Sentence, before: list[Claim], everywhere: list[Claim]) -> list[Finding]:
    """`before`: counts of the paragraph that stand earlier; `everywhere`: all counts, to name one that fits better."""
    found = []
    for rate in sentence.rates:
        if rate.role == "named" and not _of_the_paragraph(sentence, rate, before):
            found += _named(sentence, rate, everywhere)
    return found


def _of_the_paragraph(sentence: Sentence, rate: Claim, before: list[Claim]) -> bool:
    """「审结104件。其中调解45件…，调解率43.27%」: the base stands in an earlier sentence of the paragraph."""
    return any(
        same_kind(part, base) and base.value and ratio.step(rate) < 1 and ratio.fits(rate, part, base) == "exact"
        for part in sentence.counts
        if part.at < rate.at
        for base in before[-12:]
    )


def _named(sentence: Sentence, rate: Claim, everywhere: list[Claim]) -> list[Finding]:
    names = _NAME.findall(rate.clause)
    if not names:
        return []
    stem = names[-1][0]
    counts = [c for c in sentence.counts if c.at < rate.at and c.depth <= rate.depth]
    if not counts or "；" in sentence.between(counts[-1], rate):
        return []
    enumerated = len(row(sentence, rate)[0]) > 1
    pairs = [(n, d) for d, n in combinations(counts, 2) if same_kind(n, d)]
    pairs += [(d, n) for d, n in combinations(counts, 2) if same_kind(n, d)]
    verdicts = [(ratio.fits(rate, n, d), n, d) for n, d in pairs if n.low <= d.high or "完成" in stem or "执行" in stem]
    both = [(n, n.low + d.low, n.high + d.high) for n, d in pairs]
    if any(ratio.fits_span(rate, n.low, n.high, low, high) == "exact" for n, low, high in both):
        return []
    if enumerated or any(v[0] == "exact" for v in verdicts) or _combined(rate, counts):
        return []
    told = _told_pair(stem, counts, sentence) or _lone_pair(rate, stem, counts, sentence)
    if told:
        if rate.value == 100 and (_OTHER_BASE.search(stem) or _all_told(told[1], counts)):
            return []
        if any(r.at < rate.at and r.at > told[0].at and ratio.fits(r, *told) == "exact" for r in sentence.rates):
            return []  # the pair has its rate already
        return against(rate, told[0], [told[1]], False, everywhere)
    if _OTHER_BASE.search(stem) or _SURVEY.search(stem) or not rate.exact:
        return []
    return _alone(sentence, rate, stem, counts)


def _all_told(base: Claim, counts: list[Claim]) -> bool:
    """「18件，其中5件、13件，出庭率100%」: the parts are all of it."""
    parts = [c for c in counts if c.at > base.at and same_kind(c, base)]
    return len(parts) > 1 and sum((c.value for c in parts), Decimal(0)) == base.value


def _combined(rate: Claim, counts: list[Claim]) -> bool:
    """Bases that a text forms by adding what was carried in or taking off what is still open."""
    loose = [c for c in counts if _INCOMPLETE.search(c.lead + c.tail)]
    for extra in loose:
        for base in counts:
            for part in counts:
                if extra in (base, part) or part is base or not same_kind(base, extra) or not same_kind(part, base):
                    continue
                for low, high in (
                    (base.low + extra.low, base.high + extra.high),
                    (base.low - extra.high, base.high - extra.low),
                ):
                    if low > 0 and ratio.fits_span(rate, part.low, part.high, low, high) == "exact":
                        return True
                if ratio.fits_span(rate, part.low + extra.low, part.high + extra.high, base.low, base.high) == "exact":
                    return True
    return False


def _told_pair(stem: str, counts: list[Claim], sentence: Sentence) -> tuple[Claim, Claim] | None:
    """(numerator, base) when the rate's own verb stands with the nearest count and an intake verb before it."""
    verb = _STEM.sub("", stem)[-4:]
    grams = {verb[i : i + 2] for i in range(len(verb) - 1)} or {verb}
    part = next((c for c in reversed(counts[1:]) if _speaks(verb, grams, c.lead + c.tail[:6])), None)
    if part is None:
        part = counts[-1] if len(counts) == 2 and _SET.search(stem) and _ALREADY.search(counts[-1].lead) else None
    if part is None or _NEW.search(part.lead) or bool(_OTHER_BASE.search(part.lead)) != bool(_OTHER_BASE.search(stem)):
        return None
    beyond = bool(re.search("完成|执行", stem) or _WITHIN.search(stem))
    bases = [
        c
        for c in counts
        if c.at < part.at
        and same_kind(c, part)
        and (beyond or c.high >= part.low)
        and "；" not in sentence.between(c, part)
    ]
    named = [c for c in bases if _INTAKE.search(c.lead + c.tail[:4])]
    if named:
        return part, named[-1]
    if _SURVEY.search(stem) and not _SET.search(stem):
        return None
    near = counts[counts.index(part) - 1]
    return (part, near) if near in bases and _neighbours(sentence, part, near) else None


def _lone_pair(rate: Claim, stem: str, counts: list[Claim], sentence: Sentence) -> tuple[Claim, Claim] | None:
    """「48人报名，44人取得合格成绩，通过率91.7%」: one pair of a kind, its rate right behind: the rate is theirs.

    Unless the rate can be a part of the later number alone: 「立案86件，发出建议71件，整改率97.2%」 is 69 of 71.
    """
    part = counts[-1]
    row = [c for c in counts if same_kind(c, part) and c.unit]
    akin = _PEOPLE_RATE.search(stem) or sum(c in part.lead for c in set(stem)) >= 2
    if len(row) != 2 or rate.value == 100 or not all(c.is_whole for c in row):
        return None
    if row[0].value < part.value and not (akin and _WITHIN.search(stem)):
        return None
    if _SURVEY.search(stem) or any(w.search(part.lead + stem) for w in (_OTHER_BASE, _NEW)):
        return None
    near = re.match(rf"[^，。；\d]{{0,6}}，{re.escape(stem)}(?:率|度)", sentence.after(part, len(stem) + 12))
    between = sentence.between(row[0], part)
    if not near or len(between) > 30 or "其中" in between:
        return None
    return (part, row[0]) if akin or not ratio.whole_parts(rate, part.value) else None


def _neighbours(sentence: Sentence, part: Claim, base: Claim) -> bool:
    """The two counts stand in neighbouring clauses, so that the rate after them can only be theirs."""
    return len(sentence.between(base, part)) <= 24 and part.unit not in ("元",)


def _speaks(verb: str, grams: set[str], words: str) -> bool:
    """结案率 speaks of 审结402件, 持证率 of 持有行政执法证32人: the rate's verb or its letters stand with the count."""
    if any(g and g in words for g in grams):
        return True
    return len(verb) >= 2 and (
        all(c in words for c in verb[-2:]) or ("结" in verb and "结" in words and "结转" not in words)
    )


def _alone(sentence: Sentence, rate: Claim, stem: str, counts: list[Claim]) -> list[Finding]:
    """One count and a rate: read as base or as numerator, some whole number must answer."""
    near = next((c for c in reversed(counts) if c.unit not in MEASURED), counts[-1])
    wanted = _CASE_RATE if near.family == "case" else _PEOPLE_RATE if near.family == "person" else None
    if near.unit == "个" and re.search(r"问题|事项|项目|隐患", near.lead + near.tail):
        wanted = _CASE_RATE
    if wanted is _PEOPLE_RATE and any(near.at < r.at < rate.at for r in sentence.rates):
        return []  # 「28人合格，合格率80%，全镇持证率76.7%」: the numbers have their rate, the next is of others
    if wanted is None or not wanted.search(stem) or _NEW.search(near.lead):
        return []
    row = [c for c in counts if same_kind(c, near)]
    if not all(c.is_whole for c in row) or (
        not any(_INTAKE.search(c.clause + c.tail) for c in row) and wanted is _CASE_RATE
    ):
        return []
    values = {c.value for c in row} | {abs(a.value - b.value) for a, b in combinations(row, 2)}
    values |= {a.value + b.value for a, b in combinations(row, 2) if _INCOMPLETE.search(a.lead + b.lead)}
    if any(v and ratio.whole_parts(rate, v) for v in values):
        return []
    if any(c.value and ratio.whole_bases(rate, c.value) for c in row[-1:]):
        return []
    if wanted is _PEOPLE_RATE and len(row) == 1:
        return no_base(rate, near)
    return [impossible(rate, max(row, key=lambda c: c.value), row)]
