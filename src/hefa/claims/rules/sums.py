"""Rule `sum`: parts against their whole, totals against what they add up, intake against outcome."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, HINT, WARNING, Finding, addition, finding, said, show, sum_of
from hefa.claims.roles import same_kind

RULE = "sum"
_OPENER = re.compile(
    r"(?P<among>其中|涉及(?!金额|标的|资金|当事人)|(?:受理|审结|办结|答复)[^，。；、\d]{0,6}中(?![^，。；\d]{0,2}\d))|(?P<split>分别(?:为|是|有|达)?|分为|分成|包括|包含|涵盖|由)|(?P<colon>：)|(?P<bracket>（)|(?P<of>中[，：、])"
)
REST = re.compile(r"其他|其它|其余|剩余|另有|余下|尚有|还有")
_RESULT = re.compile(
    r"成功|办结|化解|完成|达成|履行|整改|答复|发放|服务(?:群众|企业|居民|对象|人)|受教育|挽回|涉及|涉案|满意|采纳|出具|提出|新增|此外|同时|累计|惠及|解决|处理|移送|通过(?![政网微电线邮现门信平“])|合格"
)
_NOT = re.compile(r"(?:不予|无法|未|不)[^，、]{2}")
_DROPPED = re.compile(r"撤销|撤案|撤回|终止")
_STOP = re.compile(r"其中|共计|合计|总计|累计|此外|同时|总共|较|比上|同比|平均|中[，：、]")
# Words by which one thing is looked at from several sides, so that the items need not exclude one another.
_PERSONAL = re.compile(r"党员|女|学历|大专|本科|研究生|高级|中级|初级|岁|少数民族|兼|曾|重复|以上")
_TOPICAL = re.compile(r"涉|疑难|复杂|重大(?!行政|决策|项目|事项|执法)|重点(?!领域)|新增|新建|紧急|典型")
_OPEN = re.compile(r"正在|在办|未办|未化解|未成功|不成|失败|未审结|未结|尚未|结转|未完成|未整改")
# Two names that divide their whole between them: a list of just these two is meant to be complete.
_PAIR_WORDS = (
    "简易/普通 简易/一般 口头/书面 线上/线下 网上/窗口 网上/现场 男/女 专职/兼职 按时/超时 按期/超期 按期/逾期"
    " 自行/派 直接/转 即办/承诺 自然人/法人 个人/单位 居民/非居民 集中/线上 集中/分散 电话/现场 热线/互动"
    " 城镇/农村 新增/原有 网站/新媒体 成功/不成功 上半年/下半年 在编/辅助 在编/编外 户籍/流动 主动/依申请"
    " 本地/外地 社区/街道 村/社区 县区/市直 区级/街道 市级/区级 财政/自筹 公开/不公开 初次/重复 初信/重信"
    " 经营性/非经营性 民事合同/行政协议 采纳/未采纳 个访/集体访 个体访/集体访 个人/集体 合格/不合格 党员/群众"
    " 网站/微 门户/微 网站/公众号 税收/非税 违规/不规范 接待/用车 建议/提案 立行立改/限期 立即/限期 电话/非电话 电话/网络"
    " 化解/上报 移交/委派 在线/信函 直接/派 直办/转办 即时/转办 直接/交办 有效/无效 处罚/不予处罚 立案/不予立案 新收/旧存"
    " 受理/不予受理 城市/农村 国有/集体 来信/来访"
)
_PAIRS = tuple(tuple(pair.split("/")) for pair in _PAIR_WORDS.split())


@dataclass(frozen=True)
class Group:
    """A whole and the list that follows it; `told` names the words that claim the list to be complete."""

    wholes: tuple[Claim, ...]
    parts: tuple[Claim, ...]
    longer: tuple[Claim, ...]
    opener: str
    level: int
    told: str
    open_end: bool


def check(sentence: Sentence) -> list[Finding]:
    counts = sentence.counts
    found: list[Finding] = []
    for family in dict.fromkeys(c.family for c in counts if c.unit):
        alike = [c for c in counts if c.family == family or not c.unit]
        for readings in _groups(sentence, alike):
            if not any(_fits(sentence, group) for group in readings):
                judged = (_judge(sentence, group) for group in readings)
                found += next((f for f in judged if f), [])
    return found


def span(claims: tuple[Claim, ...] | list[Claim]) -> tuple[Decimal, Decimal]:
    return sum((c.low for c in claims), Decimal(0)), sum((c.high for c in claims), Decimal(0))


def agree(whole: Claim, parts: tuple[Claim, ...] | list[Claim]) -> bool:
    low, high = span(parts)
    return low <= whole.high and high >= whole.low


def tells(lead: str) -> bool:
    """Whether a count tells a result (办结98件) rather than a kind; 「不予处理」 is a kind."""
    return bool(_RESULT.search(_NOT.sub("", lead)))


def level(gap: str) -> int:
    """How strong the mark between two items is: 0 none, 1 、 or 和, 2 ，, 3 ；."""
    bare = re.sub(r"（[^（）]*）", "", gap)
    if "；" in bare or "。" in bare:
        return 3
    if "，" in bare or "：" in bare:
        return 2
    return 1 if re.search(r"[、和及与]", bare) else 0


def _groups(sentence: Sentence, counts: list[Claim]) -> list[list[Group]]:
    groups = []
    for j, first in enumerate(counts):
        at = counts[j - 1].to if j else sentence.start
        gap = sentence.text[at - sentence.start : first.at - sentence.start]
        opener = _opener(gap)
        if not opener or not j:
            continue
        wholes = _wholes(sentence, counts, j, opener)
        if not wholes:
            continue
        groups.append(_group(sentence, counts, j, opener, wholes))
    return groups


def _opener(gap: str) -> str:
    bare = re.sub(r"（[^（）]*）", "", gap)
    kinds = [m.lastgroup or "" for m in _OPENER.finditer(bare)]
    if "among" in kinds:
        return "split" if "分别" in bare else "among"
    return kinds[-1] if kinds else ""


def _wholes(sentence: Sentence, counts: list[Claim], j: int, opener: str) -> list[Claim]:
    """Counts that the list may belong to, nearest first."""
    first, nearest = counts[j], counts[j - 1]
    gap = sentence.between(nearest, first)
    if opener == "bracket":
        near = (
            first.depth > nearest.depth
            and len(gap.split("（")[0]) <= 10
            and not re.search("[，、；]", gap.split("（")[0])
        )
        return [nearest] if near and same_kind(nearest, first) else []
    if opener == "colon":
        near = len(gap.split("：")[0]) <= 12 and not re.search("[，、；]", gap.split("：")[0])
        return [nearest] if near and same_kind(nearest, first) else []
    if opener == "of":
        return [nearest] if same_kind(nearest, first) and re.match(r"[^，。；、]{0,6}中[，：、]", gap) else []
    earlier = [c for c in reversed(counts[:j]) if same_kind(c, first) and c.depth <= first.depth]
    if opener == "split" and earlier and "其中" not in gap and level(sentence.between(earlier[0], first)) > 2:
        return []
    return earlier


def _group(sentence: Sentence, counts: list[Claim], j: int, opener: str, wholes: list[Claim]) -> list[Group]:
    """The readings of one list; none when its first number only comes back to an earlier one (「820件中，…」)."""
    first = counts[j]
    if re.match(r"[^，。；、]{0,6}中[，：、]", sentence.after(first)):
        return []
    row = [first]
    levels: list[int] = []
    for claim in counts[j + 1 :]:
        if claim.depth > first.depth or not same_kind(claim, first):
            continue
        gap = sentence.between(row[-1], claim)
        if claim.depth < first.depth or _STOP.search(re.sub(r"（[^（）]*）", "", gap)):
            break
        levels.append(level(gap))
        row.append(claim)
    return [_reading(sentence, opener, wholes, row, parts, level) for parts, level in _readings(row, levels)]


def _reading(
    sentence: Sentence, opener: str, wholes: list[Claim], row: list[Claim], parts: list[Claim], level: int
) -> Group:
    end = sentence.after(parts[-1], 8)
    open_end = bool(re.match(r"[^，。；）]{0,4}等", end))
    return Group(tuple(wholes), tuple(parts), tuple(row), opener, level, _told(sentence, opener, parts), open_end)


def _readings(row: list[Claim], levels: list[int]) -> list[tuple[list[Claim], int]]:
    """The list up to its first stronger mark; and, where ； parts items that say more, the first count of each item."""
    readings = [_primary(row, levels)]
    if 3 in levels and levels[0] == 2:
        readings.append(([row[0]] + [c for c, lv in zip(row[1:], levels, strict=True) if lv == 3], 3))
    return readings


def _primary(row: list[Claim], levels: list[int]) -> tuple[list[Claim], int]:
    """The list proper: 、-lists end at the first comma, comma lists at ； or the first clause that tells a result."""
    if not levels:
        return row[:1], 0
    parts = [row[0]]
    base = levels[0]
    told = tells(row[0].lead)
    for claim, level in zip(row[1:], levels, strict=True):
        if level > max(base, 1) and not REST.search(claim.lead):
            break
        if level >= 2 and tells(claim.lead) and not told and not _OPEN.search(claim.lead + claim.tail):
            break
        parts.append(claim)
    return parts, base


def _told(sentence: Sentence, opener: str, parts: list[Claim]) -> str:
    if len(parts) >= 2 and (
        REST.search(parts[-1].lead) or (opener == "split" and REST.search(sentence.before(parts[0], 30)))
    ):
        return "其余"
    if len(parts) >= 2 and opener in ("split", "colon", "bracket"):
        return {"split": "分别为", "colon": "：", "bracket": "（）"}[opener]
    if len(parts) == 3 and parts[-1].lead.endswith("不满意") and "满意" in parts[0].lead:
        return "满意／不满意"
    if len(parts) == 2:
        one = re.split("其中|：|（|包括", sentence.before(parts[0], 30))[-1] + parts[0].tail[:4]
        two = sentence.between(*parts).split("；")[-1] + parts[1].tail[:4]
        for a, b in _PAIRS:
            if (a in one and b in two) or (b in one and a in two):
                return f"{a}／{b}"
        if _OPEN.search(two) and not _OPEN.search(one):
            return "未了"
    return ""


def _fits(sentence: Sentence, group: Group) -> bool:
    """Whether any way to read the list adds up to any count that it may belong to."""
    wholes, parts = group.wholes, group.parts
    if any(agree(w, group.longer[:n]) for w in wholes for n in _ends(sentence, group.longer)):
        return True
    if any(w.exact and w.value == parts[0].value for w in wholes) or (len(parts) == 1 and agree(wholes[0], parts)):
        return True
    mixed = _mixed(sentence, parts)
    # 「来信12件、来访38批97人次、网信163件」: an item that is counted twice counts once.
    once = [c for i, c in enumerate(mixed) if not i or level(sentence.between(mixed[i - 1], c))]
    return len(parts) > 1 and any(agree(w, p) for w in wholes for p in (parts, mixed, once))


def _judge(sentence: Sentence, group: Group) -> list[Finding]:
    parts = group.parts
    low, _ = span(parts)
    whole = _nearest(sentence, group, low)
    if len(parts) == 1:
        alike = whole.unit == parts[0].unit or whole.family in ("case", "person")
        if group.opener == "among" and alike and low > max(w.high for w in group.wholes):
            return [_exceeds(whole, parts[0])]
        return []
    if low > whole.high:
        if (group.told or _parallel(group)) and low < whole.high * 2:
            return [mismatch(ERROR, whole, list(parts), "各项之和大于总数")]
        return []
    if group.open_end or _shares_short(sentence, parts):
        return []
    severity = _short(group, whole)
    return [mismatch(severity, whole, list(parts), "")] if severity else []


def _shares_short(sentence: Sentence, parts: tuple[Claim, ...]) -> bool:
    """「疑难纠纷600万件，占37.9%；涉企纠纷277万件，占17.5%」: shares short of a hundred say that the list is not complete."""
    ends = [p.at for p in parts[1:]] + [parts[-1].to + 30]
    rates = [
        next((r for r in sentence.rates if r.role == "share" and p.to <= r.at < end), None)
        for p, end in zip(parts, ends, strict=True)
    ]
    told = [r for r in rates if r is not None and r.unit == "%"]
    return len(told) == len(parts) and sum_of(told) < 99


def _ends(sentence: Sentence, row: tuple[Claim, ...]) -> list[int]:
    """Where a list may end: at a stronger mark than before, where results begin to be told, and at its last item."""
    ends = [len(row)] if len(row) > 1 else []
    strongest = 0
    for n in range(2, len(row)):
        strongest = max(strongest, level(sentence.between(row[n - 2], row[n - 1])))
        result = (tells(row[n].lead) or _DROPPED.search(row[n].lead)) and not tells(row[0].lead)
        if result or level(sentence.between(row[n - 1], row[n])) > strongest:
            ends.append(n)
    return ends


def _mixed(sentence: Sentence, parts: tuple[Claim, ...]) -> list[Claim]:
    """The list with the items that are counted by another word: 「通知251条、征集16期、其他1141条」."""
    return [
        c
        for c in sentence.counts
        if parts[0].at <= c.at <= parts[-1].at and c.depth == parts[0].depth and c.unit != "元"
    ]


def _nearest(sentence: Sentence, group: Group, low: Decimal) -> Claim:
    """The whole that a misfit is held against: the one right before the list, else the first that could hold it."""
    first, near = group.parts[0], group.wholes[0]
    gap = sentence.between(near, first)
    alone = not any(near.at < c.at < first.at for c in sentence.claims)
    if alone and "。" not in gap and "；" not in gap:
        return near
    return next((w for w in group.wholes if w.high >= low), max(group.wholes, key=lambda w: w.value))


def _parallel(group: Group) -> bool:
    """Whether the items divide one whole rather than describe it from several sides."""
    leads = [p.lead for p in group.parts]
    heads = {w[-2:] for w in leads}
    if len(heads) == 1 and len(next(iter(heads))) == 2 and group.level == 1:
        return True
    topical = sum(bool(_TOPICAL.search(w)) for w in leads)
    if any(_PERSONAL.search(w) for w in leads) or (topical and (len(leads) < 4 or topical * 2 >= len(leads))):
        return False
    results = [tells(w) for w in leads]
    return group.level == 1 or len(set(results)) == 1


def _short(group: Group, whole: Claim) -> str:
    """How sure it is that a list short of its whole was meant to be complete; empty when it need not be."""
    parts = group.parts
    value = sum_of(parts)
    if (
        group.told in ("其余", "未了")
        or "／" in group.told
        or (group.told in ("：", "（）") and value * 2 >= whole.value)
    ):
        return ERROR if not whole.approx else WARNING
    if not whole.value or whole.approx or not (_parallel(group) or group.told):
        return ""
    ratio = value / whole.value
    if group.told == "分别为" and (len(parts) >= 3 or ratio >= Decimal("0.8")):
        return WARNING
    if ratio >= (Decimal("0.95") if len(parts) >= 5 else Decimal("0.97")) and len(parts) >= 3:
        return WARNING
    if slip(whole, parts) and (whole.value >= 500 or (len(parts) >= 3 and ratio >= Decimal("0.8"))):
        return WARNING if len(parts) >= 3 else HINT
    return ""


def slip(whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether one mistyped digit (or two swapped) explains the gap, and the numbers are not just round."""
    numbers = [whole, *parts]
    if all(c.value % 10 == 0 for c in numbers):
        return False
    gap = whole.value - sum_of(parts)
    targets = [(whole.value, whole.value - gap)] + [(p.value, p.value + gap) for p in parts]
    return any(b >= 0 and _one_digit(show(a), show(b)) for a, b in targets)


def _one_digit(a: str, b: str) -> bool:
    if len(a) != len(b):
        return False
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and a[differ[0]] == b[differ[1]]
        and a[differ[1]] == b[differ[0]]
    )


def _exceeds(whole: Claim, part: Claim) -> Finding:
    return finding(
        RULE,
        ERROR,
        [whole, part],
        f"{show(part.value)}＞{show(whole.value)}",
        f"“其中”的{said(part)}大于总数{said(whole)}，两数必有一误。",
    )


def mismatch(severity: str, whole: Claim, parts: list[Claim], why: str) -> Finding:
    value = sum_of(parts)
    gap = abs(whole.value - value)
    arithmetic = f"{addition(parts)}={show(value)}，文中{show(whole.value)}，差{show(gap)}"
    tail = "请核对各项与总数。" if severity == ERROR else "各项或总数有误，或者列举不全（可注明“等”）。"
    message = f"分项相加为{show(value)}，与总数{said(whole)}不符{'（' + why + '）' if why else ''}；{tail}"
    return finding(RULE, severity, [whole, *parts], arithmetic, message)
