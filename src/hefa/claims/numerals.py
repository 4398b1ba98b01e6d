"""Numbers as Chinese reports print them: digits, Chinese numerals, 万/亿, 余/近/约, ranges; each with its tolerance."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hefa.claims import lexis

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
LIMIT = Decimal(10) ** 15

_CHINESE = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*"
NUMBER = re.compile(
    r"(?P<pre>将近|接近|大约|约为|不足|不到|超过|突破|高达|近|约|超|逾|达)?"
    r"(?:百分之(?P<hundredth>[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
    r"|(?P<minus>(?<![0-9A-Za-z%\x00])-)?(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})+(?=[余多]?(?:" + lexis.COUNTED + r"))|\d+(?:\.\d+)?)"
    r"(?:-(?P<to>\d+(?:\.\d+)?)(?=[余多]?(?:" + lexis.COUNTED + r")))?"
    r"(?P<over>余|多|来)?(?P<scale>万亿|千万|百万|十万|亿|万|千|百)?(?P<over2>余|多)?"
    r"(?P<unit>" + lexis.UNITS + r")?"
    r"|(?<![几数上成好第零一二两三四五六七八九十百千万亿\d.年月])(?P<chinese>" + _CHINESE + r")(?P<over3>余|多|来)?"
    r"(?P<unit3>" + lexis.CHINESE_COUNTED + r"))"
    r"(?P<post>以上|以下|以内|左右|上下|之多|多(?=[，。；、]))?"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text.

    `value` in base units (3.2万 → 32000); `low`..`high` is what the printed form can stand for (rounding of decimals
    and of 万/亿, 余 up to the next unit of the last non-zero place); `step` is one unit of the last printed place.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str
    approx: str
    start: int
    end: int


def chinese(text: str) -> Decimal | None:
    """三百二十一 → 321, 一万二千 → 12000, 二〇二三 → 2023; None when the characters are no number."""
    if not text:
        return None
    if "点" in text:
        whole, _, part = text.partition("点")
        head = chinese(whole)
        if head is None or not all(c in _DIGITS for c in part) or not part:
            return None
        return head + Decimal("0." + "".join(str(_DIGITS[c]) for c in part))
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return _with_places(text)


def _with_places(text: str) -> Decimal | None:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char == "亿":
            total = (total + section + digit) * 10**8
            section = digit = 0
        elif char == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def place_of(value: Decimal) -> Decimal:
    """The unit of the last non-zero place: 60 → 10, 1200 → 100, 47 → 1."""
    if value == 0 or value != value.to_integral_value():
        return Decimal(1)
    digits = str(int(abs(value)))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _bounds(
    value: Decimal, half: Decimal, pre: str, over: str, post: str, step: Decimal
) -> tuple[Decimal, Decimal, str]:
    """What the number can stand for; open ends get one and a half times the value, wide enough never to accuse."""
    place = max(place_of(value / step) * step, step) if step else Decimal(1)
    if over:
        return value, value + place, "over"
    if pre in ("近", "将近", "接近", "不足", "不到") or post in ("以下", "以内"):
        return (value / 2 if pre in ("不足", "不到") or post else value - place), value, "under"
    if pre in ("超过", "突破", "超", "逾") or post in ("以上", "之多", "多"):
        return value, value + value / 2 + place, "over"
    if pre in ("约", "大约", "约为") or post in ("左右", "上下"):
        return value - place, value + place, "about"
    return value - half, value + half, ""


def _numeral(match: re.Match[str]) -> Numeral | None:
    group = match.groupdict()
    pre, post = group["pre"] or "", group["post"] or ""
    over = group["over"] or group["over2"] or group["over3"] or ""
    unit = group["unit"] or group["unit3"] or ""
    unit = "百分点" if unit.endswith("百分点") else unit
    scale = Decimal(_SCALES[group["scale"]]) if group["scale"] else Decimal(1)
    if group["num"]:
        printed = Decimal(group["num"].replace(",", "").replace(" ", ""))
        if len(group["num"]) > 20:
            return None
        if group["minus"]:
            printed = -printed
    else:
        raw = group["hundredth"] or group["chinese"]
        read = Decimal(raw) if raw[0].isdigit() and raw.isascii() else chinese(raw)
        if read is None:
            return None
        printed, unit = read, "%" if group["hundredth"] else unit
    step = Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0)) * scale
    value = printed * scale
    if abs(value) > LIMIT:
        return None
    exact = step == 1 and unit not in lexis.RATES and scale == 1
    half = Decimal(0) if exact else step / 2
    low, high, approx = _bounds(value, half, pre, over, post, step)
    if group["to"]:
        low, high, approx = value, max(Decimal(group["to"]) * scale, value), "range"
    begin = match.start() + (len(pre) if pre in ("达", "高达") else 0)
    return Numeral(value, low, high, step, unit, approx, begin, match.end())


def find(text: str) -> list[Numeral]:
    """All numbers of a text whose dates, file numbers and the like are already blanked out (`lexis.blank`)."""
    found = []
    for match in NUMBER.finditer(text):
        numeral = _numeral(match)
        if numeral is not None:
            found.append(numeral)
    return found
