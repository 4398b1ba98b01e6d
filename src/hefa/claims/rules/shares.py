"""Rules `share`, `truncated` and `integer-rate`: a percentage against its base, stated or to be found."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hefa.claims import ratio
from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, HINT, WARNING, Finding, finding, said, show
from hefa.claims.roles import same_kind, widened

_OWN = re.compile(r"^(?:其中|分别|约|均|仅|共|合计|二者|两者|三者|各|只|也|则|又|就|该类|此类|该|其|（|平均)*$")
_NAME = re.compile(r"([^，。；：（）、\d]{0,12}?)(率|度)(?!先)")
# Rates whose base a report does not count: asked of a sample, or of things outside the text.
_SURVEY = re.compile(r"满意|知晓|认可|安全感|支持|好评|参与|普及|覆盖|使用|入户|绿化|入住|就业|增长|出生|收缴|电子|适用|送达|渗透|关注|签约|执行")
_OTHER_BASE = re.compile(r"按期|按时|及时|限期|如期|一次|初次|首次|初信|平均|综合|累计|当场|就地|准时|重点|年均|准确|规范|自动|主动|本地|一审|二审|预警")
_CASE_RATE = re.compile(r"办结|结案|执结|公示|成功|化解|履行|审结|纠错|败诉|胜诉|回复|答复|出庭|整改|采纳|处置|反馈|调处|和解|撤诉|解决|办理|受理|完成|消除|调解|查处")
_PEOPLE_RATE = re.compile(r"持证|通过|合格|及格|参训|在岗|上岗|到课|出勤")
_INTAKE = re.compile(r"总量|总数|办件|受理|收到|立案|接收|接到|查处|应诉|办理|发现|排查|应|参加|参考|报名|提出|处置|新收|受案|登记|承办|共有|编制|申请|交办|派发|派单|提交|收集|排摸|调解|调处|派遣|征集|梳理|接访|核查|检查")
_SET = re.compile(r"覆盖|持证|建成|达标|创建|参考|参检|成立|组建|完工|竣工|入格|备案|配备")
_ALREADY = re.compile(r"已|实际|其中|现有")
_STEM = re.compile(r"(?:调解|行政|案件|矛盾|纠纷|问题|意见|建议|负责人|综合|总|平均|目前|现|全年|整体|实际)")
_SHARED = re.compile(r"占(?!道|地|用|领)")
_NEW = re.compile(r"新增|增加|净增|较|比")
_INCOMPLETE = re.compile(r"超时|逾期|超期|在办|正在|未|撤|不予|结转|终止|其余|剩余|上年")


def check(sentence: Sentence, before: list[Claim], everywhere: list[Claim]) -> list[Finding]:
    """`before`: counts of the paragraph that stand earlier; `everywhere`: all counts of the text."""
    shares = [(r, *_stated(sentence, r)) for r in sentence.rates if r.role == "share" or (r.role == "bare" and r.depth)]
    siblings = [(p, r) for r, p, base in shares if p is not None and base is None]
    found: list[Finding] = []
    for rate, part, base in shares:
        found += _share(sentence, rate, part, base, siblings, before, everywhere)
    found = _one_for_all(found)
    if not found:
        found += _odd_one(siblings)
    for rate in sentence.rates:
        if rate.role == "named":
            found += _named(sentence, rate, everywhere)
    return found


def _one_for_all(found: list[Finding]) -> list[Finding]:
    """When all shares of a list fit one base, only not the stated whole, one finding says so."""
    wrong = [f for f in found if f.rule == "share" and len(f.claims) == 3]
    if len(wrong) < 2 or len({f.claims[1].id for f in wrong}) > 1:
        return found
    spans = [_base_span(f.claims[0], f.claims[2]) for f in wrong]
    low, high = max(s[0] for s in spans), min(s[1] for s in spans)
    if low > high:
        return found
    first = replace(wrong[0], message=wrong[0].message + f"其余{len(wrong) - 1}个比例也是按{show(low.to_integral_value())}左右的基数算的。")
    return [first, *(f for f in found if f not in wrong)]


def _base_span(part: Claim, rate: Claim) -> tuple[Decimal, Decimal]:
    """The bases of which the part can be the rate."""
    _, low, high = ratio.percent(rate)
    low = max(low, Decimal("0.0001"))
    return part.low * 100 / high, part.high * 100 / low


def _odd_one(siblings: list[tuple[Claim, Claim]]) -> list[Finding]:
    """Items with shares and no whole in sight: all but one point to one base."""
    items = [(p, r, _base_span(p, r)) for p, r in siblings if p.exact and r.exact and p.value and r.value > 1]
    if len(items) < 3:
        return []
    for i, (part, rate, span) in enumerate(items):
        others = [s for k, (_, _, s) in enumerate(items) if k != i]
        low, high = max(s[0] for s in others), min(s[1] for s in others)
        narrow = low <= high and (high - low) * 100 <= low
        if narrow and len(others) >= 3 - (high - low) * 500 // low and (span[1] < low * Decimal("0.995") or span[0] > high * Decimal("1.005")):
            base = ((low + high) / 2).to_integral_value()
            exact = ratio.worked(part.value, base, rate)
            return [finding("share", WARNING, [part, rate], f"{show(part.value)}÷{show(base)}={exact}%，文中{said(rate)}",
                            f"同列各项的比例都以{show(base)}左右为基数，只有{said(part)}占{said(rate)}不符，应为{exact}%。")]
    return []


def _share(sentence: Sentence, rate: Claim, part: Claim | None, base: Claim | None, siblings: list[tuple[Claim, Claim]],
           before: list[Claim], everywhere: list[Claim]) -> list[Finding]:
    if base is not None and part is not None:
        return _against(rate, part, [base], True, everywhere)
    if part is None:
        return _without_part(sentence, rate, base)
    words = rate.clause
    inside = [c for c in sentence.counts if c.at < part.at and same_kind(c, part) and c.high >= part.low]
    taken = {p.id for p, _ in siblings}
    inside = [c for c in inside if not widened(words, c.clause) and _over(sentence, c, part, c.id in taken)]
    others = [c for c in sentence.counts if c is not part and c.at < rate.at]
    if any(ratio.fits(rate, part, c) == "exact" for c in others + before):
        return []
    if inside:
        return _against(rate, part, inside, False, everywhere)
    named = [c for c in before if same_kind(c, part) and _shares_word(words, c.lead) and not widened(words, c.clause)]
    if named and re.search(r"总|全部|全年|所有", words):
        return _against(rate, part, named[-1:], False, everywhere)
    return _no_base(rate, part) if part.is_whole and rate.exact else []


def _stated(sentence: Sentence, rate: Claim) -> tuple[Claim | None, Claim | None]:
    """(numerator, base named with its number); either may be missing."""
    row, index = _row(sentence, rate)
    lead_at = sentence.text.rfind("占", 0, row[0].at - sentence.start) + sentence.start
    counts = [c for c in sentence.counts if c.at < row[0].at]
    inner = [c for c in counts if c.at > lead_at >= sentence.start and c.depth == row[0].depth]
    clause_at = max(sentence.text.rfind(mark, 0, row[0].at - sentence.start) for mark in "，；。：（") + 1 + sentence.start
    base = inner[-1] if inner and lead_at >= clause_at else None
    earlier = [c for c in counts if c.at < (lead_at if base else row[0].at) and c is not base]
    if len(row) > 1:
        nums = [c for c in earlier if same_kind(c, earlier[-1])][-len(row):] if earlier else []
        return (nums[index], base) if len(nums) == len(row) else (None, base)
    own = sentence.text[clause_at - sentence.start:max(lead_at, clause_at) - sentence.start]
    own = re.sub(r"^.*[\d件起个人名次项条份宗例户家场]、?", "", own) if earlier and earlier[-1].at >= clause_at else own
    if rate.role == "bare":
        near = [c for c in earlier if c.to <= rate.at and len(sentence.between(c, rate)) <= 6]
        return (near[-1] if near else None), None
    if not _OWN.match(own) or not earlier:
        return None, base
    last = earlier[-1]
    if base is None and len(earlier) > 1 and _SHARED.search(last.lead):
        return earlier[-2], last
    if re.search(r"[。；]", sentence.between(last, row[0])) and last.depth == rate.depth:
        return None, base
    return last, base


def _over(sentence: Sentence, whole: Claim, part: Claim, sibling: bool) -> bool:
    """Whether a count stands over another: in the same item of a list, or before the 「其中」 that opens the list.

    A count with a share of its own is a sibling, unless the part stands under that very item:
    「转办2.42万件，占25%，其中县区1.56万件，占64%」.
    """
    gap = sentence.between(whole, part)
    opener = re.search(r"其中|中[，：、]|：|（", gap)
    if sibling:
        return bool(opener) and "；" not in gap
    if "；" not in gap:
        return True
    between = [c for c in sentence.counts if whole.at < c.at < part.at and same_kind(c, whole)]
    return bool(opener) and "；" not in gap[:opener.start()] and (not between or between[0].at - whole.to >= opener.start())


def _row(sentence: Sentence, rate: Claim) -> tuple[list[Claim], int]:
    """The enumeration 「占30%、20%、50%」 that a rate stands in, and its place there."""
    rates = [c for c in sentence.claims if c.is_rate]
    i = rates.index(rate)
    first = last = i
    while first > 0 and _chained(sentence, rates[first - 1], rates[first]):
        first -= 1
    while last + 1 < len(rates) and _chained(sentence, rates[last], rates[last + 1]):
        last += 1
    return rates[first:last + 1], i - first


def _chained(sentence: Sentence, left: Claim, right: Claim) -> bool:
    return sentence.between(left, right) in ("、", "和", "及", "与", "，")


def _shares_word(words: str, lead: str) -> bool:
    grams = {words[i:i + 2] for i in range(len(words) - 1)} - {"总数", "占总", "全部", "数的", "占全", "占比"}
    return any(g in lead for g in grams)


def _against(rate: Claim, part: Claim, bases: list[Claim], stated: bool, everywhere: list[Claim]) -> list[Finding]:
    verdicts = [ratio.fits(rate, part, b) for b in bases]
    if "exact" in verdicts:
        return []
    if "truncated" in verdicts:
        return [_cut(rate, part, bases[verdicts.index("truncated")])]
    base = bases[-1] if stated else max(bases, key=lambda b: b.value)
    if not base.low:
        return []
    other = next((c for c in everywhere if c is not base and c is not part and ratio.fits(rate, part, c) == "exact"
                  and ratio.step(rate) < 1), None)
    return [_wrong(rate, part, base, other)]


def _cut(rate: Claim, part: Claim, base: Claim) -> Finding:
    exact = ratio.worked(part.value, base.value, rate)
    return finding("truncated", HINT, [part, base, rate], f"{show(part.value)}÷{show(base.value)}={exact}%，文中{said(rate)}",
                   f"按四舍五入应为{_rounded(rate, part, base)}，文中{said(rate)}是截去尾数所得。")


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
    return [_impossible(rate, base, [])]


def _impossible(rate: Claim, base: Claim, tried: list[Claim]) -> Finding:
    near = (ratio.percent(rate)[0] * base.value / 100).to_integral_value()
    low, high = max(near - 1, 0), near + 1
    options = "，".join(f"{show(n)}÷{show(base.value)}={ratio.worked(n, base.value, rate)}%"
                       for n in (low, near, high) if n <= base.value)
    bases = "、".join(dict.fromkeys(show(c.value) for c in [base, *tried]))
    return finding("integer-rate", WARNING, [base, rate], f"{options}，文中{said(rate)}",
                   f"以{bases}为基数，没有整数分子能得出{said(rate)}；请核对比例，或写明分子和基数。")


def _no_base(rate: Claim, part: Claim) -> list[Finding]:
    """A numerator alone: some whole base must give the rate."""
    if not part.value or ratio.whole_bases(rate, part.value):
        return []
    near = (part.value * 100 / ratio.percent(rate)[0]).to_integral_value() if rate.value else part.value
    options = "，".join(f"{show(part.value)}÷{show(n)}={ratio.worked(part.value, n, rate)}%"
                       for n in (near - 1, near, near + 1) if n > 0)
    return [finding("integer-rate", WARNING, [part, rate], f"{options}，文中{said(rate)}",
                    f"没有整数基数能使{said(part)}占到{said(rate)}；请核对人数（件数）或比例，并写明基数。")]


def _named(sentence: Sentence, rate: Claim, everywhere: list[Claim]) -> list[Finding]:
    match = None
    for match in _NAME.finditer(rate.clause if "率" in rate.clause or "度" in rate.clause else ""):
        pass
    if match is None:
        return []
    stem = match.group(1)
    counts = [c for c in sentence.counts if c.at < rate.at and c.depth <= rate.depth]
    if not counts or "；" in sentence.between(counts[-1], rate):
        return []
    row, _ = _row(sentence, rate)
    pairs = [(n, d) for d, n in combinations(counts, 2) if same_kind(n, d)]
    pairs += [(d, n) for d, n in combinations(counts, 2) if same_kind(n, d)]
    verdicts = [(ratio.fits(rate, n, d), n, d) for n, d in pairs if n.low <= d.high or "完成" in stem or "执行" in stem]
    both = [(n, n.low + d.low, n.high + d.high) for n, d in pairs]
    if any(ratio.fits_span(rate, n.low, n.high, low, high) == "exact" for n, low, high in both):
        return []
    if len(row) > 1 or any(v[0] == "exact" for v in verdicts) or _combined(rate, counts):
        return []
    told = _told_pair(stem, counts, sentence)
    if told:
        if _OTHER_BASE.search(stem) and rate.value == 100:
            return []
        return _against(rate, told[0], [told[1]], False, everywhere)
    if _OTHER_BASE.search(stem) or _SURVEY.search(stem) or not rate.exact:
        return []
    return _alone(sentence, rate, stem, counts)


def _combined(rate: Claim, counts: list[Claim]) -> bool:
    """Bases that a text forms by adding what was carried in or taking off what is still open."""
    loose = [c for c in counts if _INCOMPLETE.search(c.lead + c.tail)]
    for extra in loose:
        for base in counts:
            for part in counts:
                if extra in (base, part) or part is base or not same_kind(base, extra) or not same_kind(part, base):
                    continue
                for low, high in ((base.low + extra.low, base.high + extra.high), (base.low - extra.high, base.high - extra.low)):
                    if low > 0 and ratio.fits_span(rate, part.low, part.high, low, high) == "exact":
                        return True
                if ratio.fits_span(rate, part.low + extra.low, part.high + extra.high, base.low, base.high) == "exact":
                    return True
    return False


def _told_pair(stem: str, counts: list[Claim], sentence: Sentence) -> tuple[Claim, Claim] | None:
    """(numerator, base) when the rate's own verb stands with the nearest count and an intake verb before it."""
    verb = _STEM.sub("", stem)[-4:]
    grams = {verb[i:i + 2] for i in range(len(verb) - 1)} or {verb}
    part = next((c for c in reversed(counts[1:]) if _speaks(verb, grams, c.lead + c.tail[:6])), None)
    if part is None:
        part = counts[-1] if len(counts) == 2 and _SET.search(stem) and _ALREADY.search(counts[-1].lead) else None
    if part is None or _NEW.search(part.lead) or bool(_OTHER_BASE.search(part.lead)) != bool(_OTHER_BASE.search(stem)):
        return None
    beyond = "完成" in stem or "执行" in stem
    bases = [c for c in counts if c.at < part.at and same_kind(c, part) and (beyond or c.high >= part.low)
             and "；" not in sentence.between(c, part)]
    named = [c for c in bases if _INTAKE.search(c.lead + c.tail[:4])]
    if named:
        return part, named[-1]
    near = counts[counts.index(part) - 1]
    return (part, near) if near in bases and rate_follows(sentence, part, near) else None


def rate_follows(sentence: Sentence, part: Claim, base: Claim) -> bool:
    """The two counts stand in neighbouring clauses, so that the rate after them can only be theirs."""
    return len(sentence.between(base, part)) <= 24 and part.unit not in ("元",)


def _speaks(verb: str, grams: set[str], words: str) -> bool:
    """结案率 speaks of 审结402件, 持证率 of 持有行政执法证32人: the rate's verb, or its letters, stand with the count."""
    if any(g and g in words for g in grams):
        return True
    return len(verb) >= 2 and (all(c in words for c in verb[-2:]) or ("结" in verb and "结" in words and "结转" not in words))


def _alone(sentence: Sentence, rate: Claim, stem: str, counts: list[Claim]) -> list[Finding]:
    """One count and a rate: read as base or as numerator, some whole number must answer."""
    near = counts[-1]
    wanted = _CASE_RATE if near.family == "case" else _PEOPLE_RATE if near.family == "person" else None
    if near.unit == "个" and re.search(r"问题|事项|项目|隐患", near.lead + near.tail):
        wanted = _CASE_RATE
    if wanted is None or not wanted.search(stem) or _NEW.search(near.lead):
        return []
    row = [c for c in counts if same_kind(c, near)]
    if not all(c.is_whole for c in row) or not any(_INTAKE.search(c.clause + c.tail) for c in row) and wanted is _CASE_RATE:
        return []
    most = max(c.value for c in row)
    values = {c.value for c in row} | {most - c.value for c in row}
    values |= {a.value + b.value for a, b in combinations(row, 2) if most not in (a.value, b.value)}
    if any(v and ratio.whole_parts(rate, v) for v in values):
        return []
    if any(c.value and ratio.whole_bases(rate, c.value) for c in row[-1:]):
        return []
    if wanted is _PEOPLE_RATE and len(row) == 1:
        return _no_base(rate, near)
    return [_impossible(rate, max(row, key=lambda c: c.value), row)]
