"""Claims against the figures of the record: the words must agree before the values are compared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from hefa.claims import lexis
from hefa.claims.claims import Claim
from hefa.claims.findings import ERROR, Finding, finding, said, show

if TYPE_CHECKING:
    from hefa.claims.check import Result

AGREES, DIFFERS, UNRECORDED = "agrees", "differs", "unrecorded"
# A label must share this part of its letter pairs with the words around a number to be held against it.
CERTAIN, LIKELY = 0.45, 0.3
# 「调解」 alone is said of mediators, committees and cases: too little to call a number wrong.
SURE_LABEL = 3
# 1476 or 41.73 is not met with by chance: three digits agree on fewer shared words than one.
LIKELY_BY_DIGITS = {1: LIKELY, 2: 0.25}
RARE = 0.12
# A number said of 条 and recorded in 件 may be the same thing; less surely so. Of 次 and 件 hardly.
OTHER_UNIT, OTHER_EVENT = 0.9, 0.75
# Small numbers agree by chance: the figure must fit the words nearly as well as the one that fits them best.
RIVAL = 0.8
# 「办结」 alone is said of everything.
SHORT_LABEL = {1: 0.5, 2: 0.7, 3: 0.9}
# What a figure says of its things (pending, repealed, …) and the text does not, or its head noun differs.
UNSAID, OTHER_HEAD, SAME_HEAD = 0.6, 0.6, 1.15
_NOISE = re.compile(
    r"(?:19|20)\d{2}年(?:度)?|全年|本年度?|今年以来|今年|累计|共计|总计|合计|各类|各种|其中|以及|街道|辖区内?|数量|次数|件数|人数|个数|总数|数$|有效|相关|先后"
    r"|[，。；：、“”‘’《》（）()\s的了和与及在为是对由等共各所有已名个]"
)
_STATE = re.compile(
    r"没有|逾期|未|不(?:予|合格)|废止|取消|撤[回销]|在审|在调|审查中|待|退回|到期|上期|上年|结转|失效|再次|重新|连年|施行中|现行|修订的|新制定"
)
_TARGET = re.compile(r"(?<!的)目标$")


@dataclass(frozen=True, slots=True)
class RecordedFigure:
    """A figure of the record. A rate: `value` in per cent, unit 「%」. `period`: 「2023」; empty: the report's own."""

    name: str
    label: str
    value: Decimal
    unit: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """`agrees`, `differs` or `unrecorded`; no figure when unrecorded."""

    claim: Claim
    figure: RecordedFigure | None
    verdict: str


def match(result: "Result", figures: Iterable[RecordedFigure]) -> list[RecordVerdict]:
    """One verdict a claim, in the order of the text; a figure is given to the claim whose words fit it best.

    First pairs whose words agree at least a little and whose values agree; then, among what is left, pairs whose words
    agree surely: those differ. A figure may agree with several claims (a number said twice), it differs from one only.
    """
    known = [f for f in figures if f.value is not None]
    claims = [c for c in result.claims if c.role not in ("previous", "cell")]
    heads = {_head(f.label)[:2] for f in known}
    pairs = sorted(
        ((likeness(c, f, result.text, heads), c, f) for c in claims for f in known if _comparable(c, f, result.year)),
        key=lambda p: (-p[0], p[1].start),
    )
    best: dict[str, float] = {}
    for score, claim, _ in pairs:
        best.setdefault(claim.id, score)
    chosen: dict[str, tuple[RecordedFigure, str]] = {}
    agreed: dict[str, float] = {}
    for score, claim, figure in pairs:
        if claim.id in chosen or not _equal(claim, figure):
            continue
        if score >= _enough(claim, best[claim.id], agreed.get(figure.name)):
            chosen[claim.id] = (figure, AGREES)
            agreed.setdefault(figure.name, score)
    used = set(agreed)
    for claim in claims:
        if claim.id not in chosen and (against := _contradicted(claim, pairs, used)):
            chosen[claim.id] = (against, DIFFERS)
            used.add(against.name)
    return [RecordVerdict(c, *chosen.get(c.id, (None, UNRECORDED))) for c in result.claims]


def _contradicted(
    claim: Claim, pairs: list[tuple[float, Claim, RecordedFigure]], used: set[str]
) -> RecordedFigure | None:
    """The figure that a claim surely speaks of and gives otherwise: of siblings, the one it comes nearest to."""
    sure = [
        (score, figure)
        for score, one, figure in pairs
        if one is claim and score >= CERTAIN and len(_NOISE.sub("", figure.label)) >= SURE_LABEL
        if (figure.name not in used or score >= 0.9) and not _equal(claim, figure)
    ]
    best = max((score for score, _ in sure), default=0.0)
    siblings = [figure for score, figure in sure if score >= best * 0.6]
    return min(siblings, key=lambda figure: abs(claim.value - figure.value) / (abs(figure.value) or 1), default=None)


def _enough(claim: Claim, best: float, before: float | None) -> float:
    """The likeness that an equal value needs; `best`: of any figure to this claim, `before`: of an earlier claim."""
    digits = sum(c.isdigit() for c in claim.text) if claim.exact else 1
    enough = LIKELY_BY_DIGITS.get(digits, RARE if claim.exact and digits else LIKELY)
    if before is not None:
        enough = max(enough, CERTAIN, before * 0.9 if digits < 3 else 0.0)
    return max(enough, best * RIVAL) if digits < 3 or best >= CERTAIN * 1.5 else enough


def _comparable(claim: Claim, figure: RecordedFigure, year: int | None) -> bool:
    """Same kind of number, and not said of another year than the figure's."""
    if (claim.role == "target") != bool(_TARGET.search(figure.label)):
        return False
    rate = figure.unit in ("%", "‰", "百分点")
    if rate != (claim.unit in lexis.RATES):
        return False
    if figure.unit and not rate and lexis.family(figure.unit) != lexis.family(claim.unit):
        loose = {"body", "item", "case", "event", "visit", "copy"}
        if not {lexis.family(figure.unit), lexis.family(claim.unit)} <= loose:
            return False
    said_year, own = re.search(r"(?:19|20)\d{2}", claim.period), re.search(r"(?:19|20)\d{2}", figure.period)
    wanted = own.group() if own else str(year) if year else None
    return not (said_year and wanted) or said_year.group() == wanted


def _equal(claim: Claim, figure: RecordedFigure) -> bool:
    """The printed form can stand for the recorded value; a fall may be printed without its sign."""
    value = figure.value
    low, high = claim.low, claim.high
    if claim.approx == "over" and claim.unit not in lexis.RATES:
        return low <= value < high or (low <= value <= high and value != high)
    return low <= value <= high or (claim.role == "change" and low <= -value <= high)


def likeness(claim: Claim, figure: RecordedFigure, text: str, heads: set[str]) -> float:
    """0…1: how much of the figure's label is found in the words around the number; nearer words count for more.

    `heads`: the first two letters of the nouns that any figure counts; a claim that counts one of them (「18个社区」)
    does not speak of another.
    """
    label = _clean(figure.label)
    near = _clean(claim.lead + " " + claim.tail)
    begin = max(text.rfind(mark, 0, claim.start) for mark in "。\n") + 1
    ends = [at for at in (text.find(mark, claim.end) for mark in "。\n，,；;") if at >= 0]
    said_around = text[max(begin, claim.start - 60) : min([claim.end + 40, *ends])]
    wide = _clean(said_around)
    if not label:
        return 0.0
    score = max(_share(label, near) * (0.7 + 0.3 * _share(near, label)), 0.75 * _share(label, wide))
    score *= SHORT_LABEL.get(len(label), 1.0)
    state = _STATE.search(figure.label)
    if state and state.group() not in said_around:
        score *= UNSAID
    if label[-2:] == _clean(claim.lead)[-2:]:
        score = min(score * SAME_HEAD, 1.0)
    if claim.tail[:2] in heads and claim.tail[:2] not in _head(figure.label):
        score *= OTHER_HEAD
    return score * _unit_weight(claim, figure)


def _unit_weight(claim: Claim, figure: RecordedFigure) -> float:
    one, other = lexis.family(figure.unit), lexis.family(claim.unit)
    if not figure.unit or claim.unit in lexis.RATES or one == other:
        return 1.0
    return OTHER_EVENT if "event" in (one, other) else OTHER_UNIT


def _head(label: str) -> str:
    """What is counted: 「配备法律顾问的社区」 → 社区."""
    return label.rsplit(lexis.OF, 1)[-1]


@lru_cache(maxsize=4096)
def _clean(words: str) -> str:
    for old, new in lexis.ALIKE:
        words = words.replace(old, new)
    return _NOISE.sub("", words)


def _share(label: str, words: str) -> float:
    """Part of the label's letter pairs that stand in the words (single letters when the label has one only)."""
    if len(label) < 2:
        return 1.0 if label and label in words else 0.0
    grams = {label[i : i + 2] for i in range(len(label) - 1)}
    pairs = sum(g in words for g in grams) / len(grams)
    letters = sum(c in words for c in set(label)) / len(set(label))
    return 0.65 * pairs + 0.35 * letters


def record_findings(result: "Result", verdicts: list[RecordVerdict]) -> list[Finding]:
    """Every difference as a finding of the rule `record`."""
    found = []
    for verdict in verdicts:
        figure = verdict.figure
        if verdict.verdict != DIFFERS or figure is None:
            continue
        worked = ""
        if figure.numerator is not None and figure.denominator:
            worked = f"{show(figure.numerator)}÷{show(figure.denominator)}="
        unit = figure.unit or verdict.claim.unit
        found.append(
            finding(
                "record",
                ERROR,
                [verdict.claim],
                f"台账{worked}{show(figure.value)}{unit}，文中{said(verdict.claim)}",
                f"台账中“{figure.label}”是{show(figure.value)}{unit}，文中写的是{said(verdict.claim)}。",
            )
        )
    return found
