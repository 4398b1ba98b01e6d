"""Rule `sum`: parts against their whole, totals against what they add up, intake against outcome."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, HINT, WARNING, Finding, finding, said, show
from hefa.claims.roles import same_kind

RULE = "sum"
_OPENER = re.compile(
    r"(?P<among>其中)|(?P<split>分别(?:为|是|有|达)?|分为|分成|包括|包含|涵盖|由)|(?P<colon>：)|(?P<bracket>（)|(?P<of>中[，：、])"
)
_TOTAL = re.compile(
    r"^(?:以上|全年|两者|二者|三者|两项|三项|各项|上述|总数|数量|四个季度|两级|全街道|全镇|全区|全部|，)*(?:共计|合计|总计|总共|一共|共|累计|合共)(?:为|达|有|是|：)?$"
)
_STRICT = re.compile(r"共计|合计|总计|总共|一共|合共|全年共$|^共$")
_REST = re.compile(r"其他|其它|其余|剩余|另有|余下|尚有|还有")
_RESULT = re.compile(
    r"成功|办结|化解|完成|达成|履行|整改|答复|发放|服务|受教育|挽回|涉及|涉案|满意|采纳|出具|提出|新增|此外|同时|累计|惠及|解决|处理|移送|通过|合格"
)
_STOP = re.compile(r"其中|共计|合计|总计|累计|此外|同时|总共|较|比上|同比|平均|中[，：、]")
_OVERLAP = re.compile(r"党员|女|学历|大专|本科|研究生|高级|中级|初级|岁|少数民族|兼|曾|重复|涉|疑难|复杂|重大|重点(?!领域)|新增|新建|以上|紧急|典型")
_OPEN = re.compile(
    r"正在|在办|未办|未化解|未成|不成|失败|未审结|尚未|结转|未完成|未整改|超时|逾期|不予|未通过|不合格|未采纳|未按|不满意"
)
# Two names that divide their whole between them: a list of just these two is meant to be complete.
_PAIRS = tuple(tuple(p.split("/")) for p in (
    "简易/普通", "简易/一般", "口头/书面", "线上/线下", "网上/窗口", "网上/现场", "男/女", "专职/兼职", "按时/超时", "按期/超期", "按期/逾期",
    "自行/派", "直接/转", "即办/承诺", "自然人/法人", "个人/单位", "居民/非居民", "集中/线上", "集中/分散", "电话/现场", "热线/互动", "城镇/农村",
    "新增/原有", "网站/新媒体", "成功/不成功", "上半年/下半年", "在编/辅助", "在编/编外", "户籍/流动", "主动/依申请", "本地/外地", "社区/街道",
    "村/社区", "县区/市直", "区级/街道", "市级/区级", "财政/自筹", "公开/不公开", "初次/重复", "初信/重信", "经营性/非经营性", "民事合同/行政协议",
    "采纳/未采纳", "合格/不合格", "党员/群众", "城市/农村", "国有/集体", "来信/来访",
))


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
    if len(counts) < 2:
        return []
    found = []
    for group in _groups(sentence, counts):
        found += _judge(sentence, group)
    found += _totals(sentence, counts)
    if not found:
        found += _flow(sentence, counts)
    return found


def span(claims: tuple[Claim, ...] | list[Claim]) -> tuple[Decimal, Decimal]:
    return sum((c.low for c in claims), Decimal(0)), sum((c.high for c in claims), Decimal(0))


def _agree(whole: Claim, parts: tuple[Claim, ...] | list[Claim]) -> bool:
    low, high = span(parts)
    return low <= whole.high and high >= whole.low


def _level(gap: str) -> int:
    """How strong the mark between two items is: 0 none, 1 、 or 和, 2 ，, 3 ；."""
    bare = re.sub(r"（[^（）]*）", "", gap)
    if "；" in bare or "。" in bare:
        return 3
    if "，" in bare or "：" in bare:
        return 2
    return 1 if re.search(r"[、和及与]", bare) else 0


def _groups(sentence: Sentence, counts: list[Claim]) -> list[Group]:
    groups = []
    for j, first in enumerate(counts):
        at = counts[j - 1].to if j else sentence.start
        gap = sentence.text[at - sentence.start:first.at - sentence.start]
        opener = _opener(gap)
        if not opener or not j:
            continue
        wholes = _wholes(sentence, counts, j, opener)
        if not wholes:
            continue
        group = _group(sentence, counts, j, opener, wholes)
        if group:
            groups.append(group)
    return groups


def _opener(gap: str) -> str:
    bare = re.sub(r"（[^（）]*）", "", gap)
    kinds = [m.lastgroup or "" for m in _OPENER.finditer(bare)]
    if "among" in kinds:
        return "among"
    return kinds[-1] if kinds else ""


def _wholes(sentence: Sentence, counts: list[Claim], j: int, opener: str) -> list[Claim]:
    """Counts that the list may belong to, nearest first."""
    first, nearest = counts[j], counts[j - 1]
    gap = sentence.between(nearest, first)
    if opener == "bracket":
        near = first.depth > nearest.depth and len(gap.split("（")[0]) <= 10 and not re.search("[，、；]", gap.split("（")[0])
        return [nearest] if near and same_kind(nearest, first) else []
    if opener == "colon":
        near = len(gap.split("：")[0]) <= 12 and not re.search("[，、；]", gap.split("：")[0])
        return [nearest] if near and same_kind(nearest, first) else []
    if opener == "of":
        return [nearest] if same_kind(nearest, first) and re.match(r"[^，。；、]{0,6}中[，：、]", gap) else []
    earlier = [c for c in reversed(counts[:j]) if same_kind(c, first) and c.depth <= first.depth]
    if opener == "split" and earlier and _level(sentence.between(earlier[0], first)) > 2:
        return []
    return earlier


def _group(sentence: Sentence, counts: list[Claim], j: int, opener: str, wholes: list[Claim]) -> Group | None:
    first = counts[j]
    if re.match(r"[^，。；、]{0,6}中[，：、]", sentence.after(first)):
        return None
    row = [first]
    levels: list[int] = []
    for claim in counts[j + 1:]:
        if claim.depth > first.depth or not same_kind(claim, first):
            continue
        gap = sentence.between(row[-1], claim)
        if claim.depth < first.depth or _STOP.search(re.sub(r"（[^（）]*）", "", gap)):
            break
        levels.append(_level(gap))
        row.append(claim)
    parts, level = _primary(row, levels)
    end = sentence.after(parts[-1], 8)
    open_end = bool(re.match(r"[^，。；）]{0,4}等", end)) or "等" in sentence.between(parts[0], parts[-1])[-3:]
    return Group(tuple(wholes), tuple(parts), tuple(row), opener, level, _told(sentence, opener, parts), open_end)


def _primary(row: list[Claim], levels: list[int]) -> tuple[list[Claim], int]:
    """The list proper: 、-lists end at the first comma, comma lists at the first clause that tells a result."""
    if not levels:
        return row[:1], 0
    if 3 in levels and levels[0] != 1:
        parts = [row[0]] + [c for c, lv in zip(row[1:], levels, strict=True) if lv == 3]
        return parts, 3
    parts = [row[0]]
    base = levels[0]
    told = bool(_RESULT.search(row[0].lead))
    for claim, level in zip(row[1:], levels, strict=True):
        if level > max(base, 1) and not _REST.search(claim.lead):
            break
        if level >= 2 and _RESULT.search(claim.lead) and not told and not _OPEN.search(claim.lead + claim.tail):
            break
        parts.append(claim)
    return parts, base


def _told(sentence: Sentence, opener: str, parts: list[Claim]) -> str:
    if len(parts) >= 2 and _REST.search(parts[-1].lead):
        return "其余"
    if len(parts) >= 2 and opener in ("split", "colon", "bracket", "of"):
        return {"split": "分别为", "colon": "：", "bracket": "（）", "of": "中"}[opener]
    if len(parts) == 2:
        one, two = (p.lead + p.tail[:4] for p in parts)
        for a, b in _PAIRS:
            if (a in one and b in two) or (b in one and a in two):
                return f"{a}／{b}"
        if _OPEN.search(two) and not _OPEN.search(one):
            return "未了"
    return ""


def _judge(sentence: Sentence, group: Group) -> list[Finding]:
    wholes, parts = group.wholes, group.parts
    if any(_agree(w, group.longer[:n]) for w in wholes for n in range(2, len(group.longer) + 1)):
        return []
    if any(w.exact and w.value == parts[0].value for w in wholes) or (len(parts) == 1 and _agree(wholes[0], parts)):
        return []
    if len(parts) > 1 and any(_agree(w, parts) for w in wholes):
        return []
    low, high = span(parts)
    whole = _nearest(sentence, group, low)
    if len(parts) == 1:
        if group.opener == "among" and low > max(w.high for w in wholes):
            return [_exceeds(whole, parts[0])]
        return []
    if low > whole.high:
        if (group.told or _parallel(group)) and low < whole.high * 2:
            return [_mismatch(ERROR, whole, list(parts), "各项之和大于总数")]
        return []
    if group.open_end:
        return []
    severity = _short(group, whole)
    return [_mismatch(severity, whole, list(parts), "")] if severity else []


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
    if any(_OVERLAP.search(w) for w in leads):
        return False
    results = [bool(_RESULT.search(w)) for w in leads]
    return group.level == 1 or len(set(results)) == 1


def _short(group: Group, whole: Claim) -> str:
    """How sure it is that a list short of its whole was meant to be complete; empty when it need not be."""
    parts = group.parts
    total = sum(p.value for p in parts)
    if group.told in ("其余", "未了", "：", "（）", "中") or "／" in group.told:
        return ERROR if not whole.approx else WARNING
    if not whole.value or whole.approx or not (_parallel(group) or group.told):
        return ""
    ratio = total / whole.value
    if group.told == "分别为" and (len(parts) >= 3 or ratio >= Decimal("0.9")):
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
    gap = whole.value - sum(p.value for p in parts)
    targets = [(whole.value, whole.value - gap)] + [(p.value, p.value + gap) for p in parts]
    return any(b >= 0 and _one_digit(show(a), show(b)) for a, b in targets)


def _one_digit(a: str, b: str) -> bool:
    if len(a) != len(b):
        return False
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differ) == 1:
        return True
    return len(differ) == 2 and differ[1] == differ[0] + 1 and a[differ[0]] == b[differ[1]] and a[differ[1]] == b[differ[0]]


def _exceeds(whole: Claim, part: Claim) -> Finding:
    return finding(RULE, ERROR, [whole, part], f"{show(part.value)}＞{show(whole.value)}",
                   f"“其中”的{said(part)}大于总数{said(whole)}，两数必有一误。")


def _mismatch(severity: str, whole: Claim, parts: list[Claim], why: str) -> Finding:
    total = sum(p.value for p in parts)
    sums = "+".join(show(p.value) for p in parts)
    gap = abs(whole.value - total)
    arithmetic = f"{sums}={show(total)}，文中{show(whole.value)}，差{show(gap)}"
    tail = "请核对各项与总数。" if severity == ERROR else "各项或总数有误，或者列举不全（可注明“等”）。"
    message = f"分项相加为{show(total)}，与总数{said(whole)}不符{'（' + why + '）' if why else ''}；{tail}"
    return finding(RULE, severity, [whole, *parts], arithmetic, message)


def _totals(sentence: Sentence, counts: list[Claim]) -> list[Finding]:
    """「甲12件、乙3件，共计15件」: the total stands after its parts."""
    found = []
    for j, total in enumerate(counts):
        lead = sentence.text[_clause_start(sentence, total):total.at - sentence.start]
        if j < 2 or not _TOTAL.match(lead):
            continue
        row: list[Claim] = []
        for claim in reversed(counts[:j]):
            if claim.depth > total.depth or not same_kind(claim, total):
                continue
            if row and _level(sentence.between(claim, row[0])) == 3 and not _level(sentence.between(row[-1], total)) == 3:
                break
            row.insert(0, claim)
        if len(row) < 2 or any(_agree(total, row[k:]) for k in range(len(row))):
            continue
        if any(_agree(total, [*row[:k], *row[k + 1:]]) for k in range(len(row))):
            continue
        if _STRICT.search(lead) and total.unit == row[-1].unit and _alike(sentence, row):
            found.append(_mismatch(ERROR, total, row, ""))
    return found


def _alike(sentence: Sentence, row: list[Claim]) -> bool:
    """Items that may be added: none tells a result of another, and no 「其中」 stands among them."""
    inner = sentence.between(row[0], row[-1])
    results = [bool(_RESULT.search(c.lead)) for c in row]
    return "其中" not in inner and (len(set(results)) == 1 or all(_level(sentence.between(a, b)) == 1
                                                              for a, b in zip(row, row[1:], strict=False)))


def _clause_start(sentence: Sentence, claim: Claim) -> int:
    text, at = sentence.text, claim.at - sentence.start
    return max(text.rfind(mark, 0, at) for mark in "，；。：（、") + 1


_ROLES = (
    ("open", re.compile(r"结转(?:至|到|入)?下|结转20|转下年|正在|在办|尚未|未办结|未审结|未结|待办|剩余|其余")),
    ("carried", re.compile(r"上年(?:度)?(?:结转|遗留)|结转上年|上年度?未|往年结转|结转")),
    ("done", re.compile(r"办结|审结|答复|办理完毕|完成整改|整改到位|已整改|化解|处理完毕|已完成|按时|按期|结案")),
    ("took", re.compile(r"新收|收到|受理|接收|接到|收件|发现|排查|立案|登记|承办|派单|转办|受案|接收到")),
)


def _flow_role(claim: Claim, sentence: Sentence) -> str:
    words = claim.clause if claim.lead == "" else claim.lead
    words = words + claim.tail[:8]
    return next((name for name, pattern in _ROLES if pattern.search(words)), "")


def _flow(sentence: Sentence, counts: list[Claim]) -> list[Finding]:
    """Received + carried in = done + carried on, when a sentence names all of them."""
    by_role: dict[str, list[Claim]] = {}
    for claim in counts:
        by_role.setdefault(_flow_role(claim, sentence), []).append(claim)
    took, done, left = by_role.get("took", []), by_role.get("done", []), by_role.get("open", [])
    carried = by_role.get("carried", [])
    if len(took) != 1 or len(done) != 1 or len(left) != 1 or len(carried) > 1:
        return []
    ins, outs = [took[0], *carried], [done[0], left[0]]
    if not all(same_kind(c, took[0]) for c in ins + outs) or not all(c.exact for c in ins + outs):
        return []
    if not took[0].at < done[0].at < left[0].at:
        return []
    given, gone = sum(c.value for c in ins), sum(c.value for c in outs)
    if given == gone or (carried and took[0].value == gone):
        return []
    arithmetic = f"{'+'.join(show(c.value) for c in ins)}={show(given)}，{'+'.join(show(c.value) for c in outs)}={show(gone)}"
    return [finding(RULE, ERROR, ins + outs, arithmetic,
                    f"收进{show(given)}与办出、结转之和{show(gone)}不等，差{show(abs(given - gone))}；请核对。")]
