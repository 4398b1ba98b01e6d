"""Rule `sum` where the total comes after its parts, where intake meets outcome, and where shares make a hundred."""

import re
from itertools import pairwise

from hefa.claims import lexis
from hefa.claims.claims import Claim, Sentence
from hefa.claims.findings import ERROR, Finding, addition, finding, show, sum_of
from hefa.claims.roles import same_kind
from hefa.claims.rules.sums import REST, RULE, agree, level, mismatch, slip, span, tells

_TOTAL = re.compile(
    r"^(?:[两三四五六][年类项级]|以上|全年|两者|二者|三者|两项|三项|各项|上述|总数|数量|四个季度|两级|全街道|全镇|全区|全部|，)*(?:共计|合计|总计|总共|一共|共|累计|合共)(?:受理|办理|办结|调[解处]|化解|收到|开展|处置|查处|接待|排查|审结|登记)?(?:为|达|有|是|：)?$"
)
_STRICT = re.compile(r"共计|合计|总计|总共|一共|合共|共$|级共")


def check(sentence: Sentence) -> list[Finding]:
    counts = sentence.counts
    return _totals(sentence, counts) or _flow(sentence, counts) or _divided(sentence, counts) or _percentages(sentence)


def _totals(sentence: Sentence, counts: list[Claim]) -> list[Finding]:
    """「甲12件、乙3件，共计15件」: the total stands after its parts."""
    found = []
    for j, total in enumerate(counts):
        lead = sentence.text[_clause_start(sentence, total) : total.at - sentence.start]
        if j < 2 or not _TOTAL.match(lead):
            continue
        row: list[Claim] = []
        for claim in reversed(counts[:j]):
            if claim.depth > total.depth or not same_kind(claim, total):
                continue
            if row and level(sentence.between(claim, row[0])) == 3 and level(sentence.between(row[-1], total)) != 3:
                break
            row.insert(0, claim)
        if len(row) < 2 or any(agree(total, row[k:]) for k in range(len(row))):
            continue
        if any(agree(total, [*row[:k], *row[k + 1 :]]) for k in range(len(row))):
            continue
        if agree(total, counts[counts.index(row[0]) : j]):  # 「来信156封、来访61批次，合计217件次」
            continue
        if _STRICT.search(lead) and total.unit == row[-1].unit and _alike(sentence, row):
            found.append(mismatch(ERROR, total, row, ""))
    return found


def _alike(sentence: Sentence, row: list[Claim]) -> bool:
    """Items that may be added: none tells a result of another, and no 「其中」 stands among them."""
    inner = sentence.between(row[0], row[-1])
    results = [tells(c.lead) for c in row]
    return "其中" not in inner and (
        len(set(results)) == 1 or all(level(sentence.between(a, b)) == 1 for a, b in pairwise(row))
    )


def _divided(sentence: Sentence, counts: list[Claim]) -> list[Finding]:
    """「申请45件，受理31件，不予受理14件」: names that divide the whole say that the list is complete, without 其中."""
    found = []
    for i in range(len(counts) - 2):
        for row in (counts[i + 1 : i + 3], counts[i + 1 : i + 4]):
            if not _divides(counts[i].lead, [c.lead for c in row]) or not _follows(sentence, counts[i], row):
                continue
            after = [c for c in counts[i + 1 + len(row) :] if same_kind(c, counts[i])][:1]
            if agree(counts[i], row) or agree(counts[i], row + after) or not slip(counts[i], tuple(row)):
                continue
            found.append(mismatch(ERROR, counts[i], row, ""))
    return found


def _divides(whole: str, names: list[str]) -> bool:
    if len(names) == 3:
        return any(all(n.startswith(w) for n, w in zip(names, three, strict=True)) for three in lexis.THREE)
    one, two = names
    denied = re.search(r"(?:不予|未|不)(?:予)?([^予]{2})", two)
    if denied and denied.group(1) in one and denied.group(1) not in whole:
        return True
    return any(one.startswith(a) and two.startswith(b) for a, b in lexis.TWO)


def _follows(sentence: Sentence, whole: Claim, row: list[Claim]) -> bool:
    gap = sentence.between(whole, row[0])
    alike = all(c.unit == whole.unit and c.depth == whole.depth and c.is_whole for c in [whole, *row])
    before = sentence.text[: whole.at - sentence.start]
    return alike and level(gap) == 2 and not re.search("其中|：|（|。", gap) and "其中" not in before


def _percentages(sentence: Sentence) -> list[Finding]:
    """「甲占23.5%，乙占41.2%，其他占35.3%」: shares of one whole, closed by 其他, add up to a hundred."""
    rates = [c for c in sentence.rates if c.role == "share" and c.exact and c.unit == "%"]
    if len(rates) < 3 or any(
        sentence.between(a, b).count("占") != 1 or re.search(r"其中|。|中[，：]|\d", sentence.between(a, b))
        for a, b in pairwise(rates)
    ):
        return []
    low, high = span(rates)
    value = sum_of(rates)
    if low <= 100 <= high or not REST.search(rates[-1].lead):
        return []
    sums = addition(rates)
    return [
        finding(RULE, ERROR, list(rates), f"{sums}={show(value)}%", f"各项比例相加为{show(value)}%，不是100%；请核对。")
    ]


def _clause_start(sentence: Sentence, claim: Claim) -> int:
    text, at = sentence.text, claim.at - sentence.start
    return max(text.rfind(mark, 0, at) for mark in "，；。：（、") + 1


_ROLES = (
    (
        "open",
        re.compile(r"结转(?:至|到|入)?下|结转20|转下年|正在|在办|在审|尚有|尚未|未办结|未审结|未结|待办|剩余|其余"),
    ),
    ("carried", re.compile(r"上年(?:度)?(?:结转|遗留)|结转上年|上年度?未|往年结转|结转|旧存")),
    ("done", re.compile(r"办结|审结|执结|审执结|答复|办理完毕|整改|化解|处理完毕|已完成|按时|按期|结案")),
    (
        "took",
        re.compile(
            r"新收|收到|受理|接收|接到|收件|发现|排查|立案|登记|承办|派单|转办|受案|接收到|发生|反馈|交办|反映|查出"
        ),
    ),
)


def _flow_role(claim: Claim) -> str:
    own = re.split(r"\d[\d.,]*[^\d，、]?", claim.clause)[-1]
    # Words after the number belong to the next one when they lead up to it: 「57个问题已整改29个」.
    words = own + (claim.tail[:8] if not re.search(r"\d", claim.tail) else "")
    return next((name for name, pattern in _ROLES if pattern.search(words)), "")


def _flow(sentence: Sentence, counts: list[Claim]) -> list[Finding]:
    """Received + carried in = done + carried on, when a sentence names all of them."""
    by_role: dict[str, list[Claim]] = {}
    for claim in counts:
        by_role.setdefault(_flow_role(claim), []).append(claim)
    took, done, left = by_role.get("took", []), by_role.get("done", []), by_role.get("open", [])
    carried = by_role.get("carried", [])
    if len(took) != 1 or len(done) != 1 or len(left) != 1 or len(carried) > 1:
        return []
    ins, outs = [took[0], *carried], [done[0], left[0]]
    if not all(same_kind(c, took[0]) for c in ins + outs) or not all(c.exact for c in ins + outs):
        return []
    if not took[0].at < done[0].at < left[0].at:
        return []
    given, gone = sum_of(ins), sum_of(outs)
    inside = carried and re.search("含|其中", sentence.between(took[0], carried[0]))
    if given == gone or (inside and took[0].value == gone):
        return []
    if not carried and given < gone and re.search("新收|收案|新增", took[0].clause):
        return []  # what was carried in is not said
    arithmetic = f"{addition(ins)}={show(given)}，{addition(outs)}={show(gone)}"
    return [
        finding(
            RULE,
            ERROR,
            ins + outs,
            arithmetic,
            f"收进{show(given)}与办出、结转之和{show(gone)}不等，差{show(abs(given - gone))}；请核对。",
        )
    ]
