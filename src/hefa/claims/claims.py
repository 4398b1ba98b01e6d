"""Numeric claims of a text: what is counted, in which unit, of which period, in which part of the sentence."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from hefa.claims import lexis, numerals
from hefa.claims.numerals import Numeral
from hefa.claims.plain import Plain
from hefa.claims.roles import role_of

_STOP = "，；。：（）、\n！？"
_BREAK = re.compile(r"[。！？]+[”）]?|\n+")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
LONGEST_CLAUSE = 80
_OPEN_END = "：；，、"
# 「镇（街道）调委会11个」: a bracket without a number is part of the words around it, not a list of parts.
_SOFT = re.compile(r"（(?![一二三四五六七八九十]{1,3}）)([^（）0-9\n。；：]{1,12})）(?=[^\n])")
_YEAR_LED = re.compile(
    r"(?:较|比|与)?(?:19|20)\d{2}年(?:度|同期)?(?:的|为|是|有|共|全年|仅|受理|公开|收到|办理|调解|审结|发布|新收)*$"
)
_YEAR_BRACKET = re.compile(r"(?:19|20)\d{2}年(?:度|同期)?[^，。；（）]{0,2}（$")
_CONTINUES = re.compile(r"其中|分别|另有|其余|(?:在?已)?(?:审结|办结)的?(?:复议|行政|各类)?(?:案件|申请)中，")
_ITEM = re.compile(r"、[\u4e00-\u9fff“”〈〉]{1,12}")
_SHARED = re.compile(r"[，（]占")
_PERIOD = re.compile(
    r"(?:19|20)\d{2}年(?:度)?(?:(?:\d{1,2}-)?\d{1,2}月份?|[上下]半年|第?[一二三四1-4]季度)?|(?:\d{1,2}-)?\d{1,2}月份?"
    r"|[上下]半年|第?[一二三四1-4]季度|去年同期|上年同期|去年|上年度?|前年|上月|上个月|本月|当月|近[三五两]年"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that a text claims.

    `value` in base units, `low`..`high` what its printed form can stand for; `start`/`end` are characters of the
    extracted text, `at`/`to` of the normalised one; `depth` counts open brackets; `role` is a word of `roles.py`.
    """

    id: str
    text: str
    value: Decimal
    unit: str
    low: Decimal
    high: Decimal
    step: Decimal
    approx: str
    start: int
    end: int
    at: int
    to: int
    role: str = "count"
    lead: str = ""
    clause: str = ""
    tail: str = ""
    subject: str = ""
    period: str = ""
    depth: int = 0
    sentence: int = -1
    paragraph: int = -1

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "‰", "成")

    @property
    def is_count(self) -> bool:
        """A plain quantity (also money and areas), not a rate, change, target or average."""
        return self.role == "count" and self.unit not in lexis.RATES

    @property
    def is_whole(self) -> bool:
        """An exact count of things that come in whole numbers."""
        return self.exact and self.unit not in lexis.MEASURED and self.step == 1

    @property
    def exact(self) -> bool:
        return not self.approx

    @property
    def family(self) -> str:
        return lexis.family(self.unit)


@dataclass(frozen=True)
class Sentence:
    """A stretch of text in which numbers may speak of one another: a sentence with the 「其中」 sentences after it."""

    text: str
    start: int
    end: int
    number: int
    paragraph: int
    claims: tuple[Claim, ...] = field(default=())

    @cached_property
    def counts(self) -> list[Claim]:
        return [c for c in self.claims if c.is_count]

    @cached_property
    def rates(self) -> list[Claim]:
        return [c for c in self.claims if c.is_rate]

    def between(self, left: Claim, right: Claim) -> str:
        return self.text[left.to - self.start : right.at - self.start]

    def after(self, claim: Claim, length: int = 24) -> str:
        at = claim.to - self.start
        return self.text[at : at + length]

    def before(self, claim: Claim, length: int = 24) -> str:
        at = claim.at - self.start
        return self.text[max(0, at - length) : at]


def _spans(text: str, skip: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(start, end, line number) of each sentence outside the tables."""
    spans: list[tuple[int, int, int]] = []
    start = line = 0
    for match in _BREAK.finditer(text):
        lines = match.group().count("\n")
        if lines and _goes_on(text, match.start(), match.end()):
            line += lines
            continue
        spans.append((start, match.start(), line))
        line += lines
        start = match.end()
    spans.append((start, len(text), line))
    kept = [s for s in spans if s[0] < s[1] and not any(a <= s[0] < b for a, b in skip)]
    return _joined(text, kept)


def _goes_on(text: str, start: int, end: int) -> bool:
    """A line that ends in 「：」 or 「；」 goes on in the next, unless a heading follows."""
    return text[start - 1 : start] in tuple(_OPEN_END) and start > 0 and not _HEADING.match(text, end)


def _joined(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for start, end, line in spans:
        if joined and _CONTINUES.match(text, start) and line - joined[-1][2] <= 1:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, line))
    return joined


def _last(text: str, chars: str, start: int, end: int) -> int:
    """Position after the last of `chars` in text[start:end], or start; no further back than a clause can matter."""
    for at in range(end - 1, max(start, end - LONGEST_CLAUSE) - 1, -1):
        if text[at] in chars:
            return at + 1
    return max(start, end - LONGEST_CLAUSE)


def _first(text: str, start: int, end: int) -> int:
    for at in range(start, end):
        if text[at] in _STOP:
            return at
    return end


def _listed(text: str, numerals_: list[Numeral]) -> list[Numeral]:
    """「10、20、30件」: a bare number in an enumeration takes the unit of the number that ends it.

    Bare numbers stay, without a unit, in 「处罚2100，占33.9%」 and in lists such as 「婚姻312、邻里405、其他307」.
    """
    result = list(numerals_)
    bare: set[int] = set()
    for i in range(len(result) - 1, -1, -1):
        this = result[i]
        if this.unit:
            continue
        if i + 1 < len(result):
            next_ = result[i + 1]
            gap = text[this.end : next_.start]
            if next_.unit and gap in ("、", "和", "及", "与", "/"):
                half = this.step / 2 if next_.unit in lexis.RATES else Decimal(0)
                result[i] = replace(this, low=this.low - half, high=this.high + half, unit=next_.unit)
            elif not next_.unit and _ITEM.fullmatch(gap) and "\u4e00" <= text[this.start - 1 : this.start] <= "\u9fff":
                bare |= {i, i + 1}
        if _SHARED.match(text, this.end) and "\u4e00" <= text[this.start - 1 : this.start] <= "\u9fff":
            bare.add(i)
    return [n for i, n in enumerate(result) if n.unit or i in bare]


def read(page: Plain, source: str, skip: list[tuple[int, int]]) -> list[Sentence]:
    """The sentences of a normalised page with their claims; `skip` are spans of tables (normalised offsets)."""
    found = _listed(page.text, numerals.find(lexis.blank(page.text)))
    page = Plain(_SOFT.sub(r"〈\1〉", page.text), page.origin)
    sentences: list[Sentence] = []
    at = number = 0
    for start, end, line in _spans(page.text, skip):
        while at < len(found) and found[at].start < start:
            at += 1
        here: list[Numeral] = []
        while at < len(found) and found[at].end <= end:
            here.append(found[at])
            at += 1
        sentence = Sentence(page.text[start:end], start, end, len(sentences), line)
        claims = tuple(_claims(page, source, sentence, here, number))
        number += len(claims)
        sentences.append(Sentence(sentence.text, start, end, sentence.number, line, claims))
    return sentences


def _claims(page: Plain, source: str, sentence: Sentence, here: list[Numeral], number: int) -> list[Claim]:
    text = page.text
    claims: list[Claim] = []
    previous, depth, period = sentence.start, 0, ""
    for numeral in here:
        if _idle(numeral, text):
            continue
        gap = text[previous : numeral.start]
        depth = max(0, depth + gap.count("（") - gap.count("）"))
        last = _last(text, _STOP, sentence.start, numeral.start)
        lead_at = max(last, previous)
        clause_at = _last(text, "，；。：（）\n", sentence.start, numeral.start)
        stop = _first(text, numeral.end, sentence.end)
        said = _PERIOD.findall(text[previous : numeral.start])
        period = said[-1] if said else period
        lead, clause, tail = text[lead_at : numeral.start], text[clause_at : numeral.start], text[numeral.end : stop]
        claims.append(
            _claim(
                page,
                source,
                numeral,
                id=f"c{number + len(claims) + 1}",
                role=role_of(numeral, lead, clause, gap, claims[-1] if claims else None),
                lead=lead,
                clause=clause,
                tail=tail[:14],
                subject=_subject(lead, clause, tail),
                period=period,
                depth=depth,
                sentence=sentence.number,
                paragraph=sentence.paragraph,
            )
        )
        previous = numeral.end
    return _earlier_years(text, claims)


def _claim(page: Plain, source: str, numeral: Numeral, **known: Any) -> Claim:
    """The number with its two places; `known`: what its sentence says about it."""
    start, end = page.source(numeral.start, numeral.end)
    return Claim(
        text=source[start:end],
        value=numeral.value,
        unit=numeral.unit,
        low=numeral.low,
        high=numeral.high,
        step=numeral.step,
        approx=numeral.approx,
        start=start,
        end=end,
        at=numeral.start,
        to=numeral.end,
        **known,
    )


def _earlier_years(text: str, claims: list[Claim]) -> list[Claim]:
    """「2023年受理120件，2022年为150件」, 「616件（2022年513件）」: the lone earlier year is what was before."""
    led = [
        i
        for i, c in enumerate(claims)
        if c.role == "count" and (_YEAR_LED.match(c.lead) or _YEAR_BRACKET.search(text[: c.at][-16:]))
    ]
    if len(led) == 2 and _year_before(claims[led[0]], claims[led[1]]):
        led = led[1:]
    if len(led) != 1 or led[0] == 0:
        return claims
    old = claims[led[0]]
    year = re.search(r"(?:19|20)\d{2}", old.period)
    others = [c for c in claims[: led[0]] if c.role == "count" and c.family == old.family]
    if year is None or len(others) != 1:
        return claims
    now = re.search(r"(?:19|20)\d{2}", others[0].period)
    if now is not None and now.group() <= year.group():
        return claims
    return [replace(c, role="previous") if c is old else c for c in claims]


def _year_before(now: Claim, old: Claim) -> bool:
    """「2024年公开189条，2023年公开128条」: the year that comes second is the one before."""
    years = [re.search(r"(?:19|20)\d{2}", c.period) for c in (now, old)]
    return all(years) and int(years[0].group()) == int(years[1].group()) + 1  # type: ignore[union-attr]


def _idle(numeral: Numeral, text: str) -> bool:
    """「一个入口」 is rhetoric; so is a Chinese 「一」 before any measure word."""
    return numeral.value == 1 and not text[numeral.start : numeral.end].strip("约近达")[0].isdigit()


def _subject(lead: str, clause: str, tail: str) -> str:
    """The words that say what is counted: before the number, and when nothing stands there, after it."""
    words = lead if len(lead) >= 2 else clause
    return (words if len(words) >= 2 else "") + ("" if len(lead) >= 4 else tail[:12])
