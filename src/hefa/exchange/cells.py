"""One cell of a ledger read into a value: what clerks and Excel really put there, refused in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from hefa.kernel.answers import parse_amount, parse_date
from hefa.kernel.personal import HIDDEN, id_no_fault, phone_fault

from .columns import CHANGE, Column, Shape

# Days of Excel's serial numbers that can stand for a day of a ledger: 1950 to 2100.
_SERIALS = range(18264, 73051)
_YEARS = range(1949, 2101)
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_EXACT = 10**15  # Excel keeps fifteen digits

_INVISIBLE = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010),
     *range(0x2028, 0x202F), *range(0x2060, 0x2065), 0xFEFF, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)  # fmt: skip
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])[ 　]+(?=[㐀-鿿])")
_NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "－", "／"})
_NOTHING_CODED = _NOTHING | {"无", "暂无", "不详", "N/A", "n/a", "NULL", "null"}
_SEPARATORS = re.compile(r"[、;；,，\n]+")
_PEOPLE = re.compile(r"[、;；\n]")
_DATED = re.compile(r"(\d{4}[年./\-]\d{1,2}[月./\-]\d{1,2}日?|\d{8})[ T]*(\d{1,2}[:时]\d{0,2}.*)?")
_YEAR_SHORT = re.compile(r"\d{2}[年./\-]\d{1,2}[月./\-]\d{1,2}日?")
_DAY_ONLY = re.compile(r"\d{1,2}[月./\-]\d{1,2}日?|\d{4}")
_MONTH_ONLY = re.compile(r"\d{4}[年./\-]\d{1,2}月?")
_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1"})
# What an export hides cannot come back in as if it were what somebody wrote.
MASKED = "这里是导出时隐去的个人信息，不是原文。本系统导出的台账供查看和报送，不能再导入；请改用原来的台账"
_NO = frozenset({"否", "无", "没有", "×", "✗", "✘", "☐", "n", "no", "false", "0"})


def text_of(raw: Any) -> str:
    """Any cell as the text that a reader of the sheet sees, without what cannot be seen."""
    if isinstance(raw, str):
        if raw.isascii() and raw.isprintable() and "_x" not in raw:
            return raw.strip()
        return _ESCAPED.sub("", raw).translate(_INVISIBLE).replace("\r\n", "\n").replace("\xa0", " ").strip(" \t\r\n　")
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e21 else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time(0) else raw.isoformat(" ", "minutes")
    return raw.isoformat() if isinstance(raw, date | time) else str(raw)


def narrow(text: str) -> str:
    """Full-width letters and digits as plain ones, without any spaces: for codes, numbers and dates."""
    if text.isascii():
        return "".join(text.split())
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_nothing(column: Column, text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    if column.shape in ("text", "choice", "bool", "number"):
        return text in _NOTHING
    return text in _NOTHING_CODED if column.shape != "name" else text in _NOTHING or text == "无"


def read(column: Column, raw: Any, *, date1904: bool = False, factor: int = 1) -> Any:
    """The value of a cell that is not blank; a list for `repeats` and party columns.

    Shapes: date, Decimal (元, `factor` applied when the cell names no unit of its own), int, bool, text; offices,
    people and numbers stay text. ValueError says in Chinese what is wrong.
    """
    if isinstance(raw, str) and HIDDEN in raw:
        raise ValueError(MASKED)
    if column.role == "party":
        return _people(column, raw)
    if column.repeats and column.role == "day":
        return _days(raw, date1904)
    if column.repeats or (column.changes and isinstance(raw, str) and CHANGE in raw):
        return text_of(raw)  # it is cut up beside the days that it belongs to
    if column.shape == "date":
        return read_day(raw, date1904)
    if column.shape == "amount":
        return read_amount(raw, factor)
    value = _READERS[column.shape](raw) if column.shape in _READERS else text_of(raw)
    if column.shape == "choice":
        return _choice(column, value)
    limit = getattr(column.field, "max_length", None)
    if limit and isinstance(value, str) and len(value) > limit:
        raise ValueError(f"有 {len(value)} 字，太长了，最多 {limit} 字")
    return value


def read_day(raw: Any, date1904: bool = False) -> date:
    """One day, from a date cell, a serial number or text with a full year."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, time | timedelta):
        raise ValueError(f"“{raw}”是时间，不是日期，应写成 2023-05-06")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        serial = raw + (_EPOCH_1904 - _EPOCH_1900).days if date1904 else raw
        if serial // 1 == serial and _SERIALS[0] <= serial <= _SERIALS[-1]:
            return _EPOCH_1900 + timedelta(days=int(serial))
    day = raw if isinstance(raw, date) else _written_day(text_of(raw))
    if day.year not in _YEARS:
        raise ValueError(f"“{text_of(raw)}”不是日期，或者年份不合理，请核对")
    return day


def _written_day(shown: str) -> date:
    text = unicodedata.normalize("NFKC", shown).strip()
    if found := _DATED.fullmatch(re.sub(r"\s*([年月日./\-])\s*", r"\1", text)):
        return parse_date(found.group(1))
    plain = narrow(text)
    if _YEAR_SHORT.fullmatch(plain):
        raise ValueError(f"“{shown}”的年份只写了两位，应写成 2023-05-06")
    if _MONTH_ONLY.fullmatch(plain) and not _DAY_ONLY.fullmatch(plain):
        raise ValueError(f"“{shown}”没有写到日，应写成 2023-05-06")
    if _DAY_ONLY.fullmatch(plain):
        raise ValueError(f"“{shown}”没有写年份，应写成 2023-05-06")
    raise ValueError(f"“{shown}”不是日期，应写成 2023-05-06、2023.5.6 或 2023年5月6日")


def _days(raw: Any, date1904: bool) -> list[date]:
    if not isinstance(raw, str):
        return [read_day(raw, date1904)]
    return [read_day(part) for part in _SEPARATORS.split(text_of(raw)) if part.strip()]


def read_amount(raw: Any, factor: int = 1) -> Decimal:
    """An amount of 元. A cell that names its own unit (万, 亿, 元) is not multiplied again."""
    text = narrow(text_of(raw))
    amount = parse_amount(text)
    if amount < 0:
        raise ValueError(f"“{text}”是负数，金额和数量不能为负")
    return amount if text.endswith(("万", "亿", "元")) else amount * factor


def _integer(raw: Any) -> int:
    text = narrow(text_of(raw)).rstrip("人件次名条天日岁分%％")
    amount = parse_amount(text)
    if amount != amount.to_integral_value():
        raise ValueError(f"“{text}”应为整数")
    if amount < 0:
        raise ValueError(f"“{text}”不能是负数")
    return int(amount)


def _bool(raw: Any) -> bool:
    text = narrow(text_of(raw)).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"“{text_of(raw)}”应填“是”或“否”")


def _id_no(raw: Any) -> str:
    if isinstance(raw, int | float) and abs(raw) >= _EXACT:
        raise ValueError("证件号存成了数字，Excel 只保留前 15 位，后几位已经丢失：请把这一列设为文本，重新录入")
    text = narrow(text_of(raw)).strip("'`‘’").upper()
    if "**" in text:
        raise ValueError(MASKED)
    if fault := id_no_fault(text):
        raise ValueError(fault if len(text) == 18 else f"{fault}；这里是 {len(text)} 位")
    return text


def _phone(raw: Any) -> str:
    text = narrow(text_of(raw)).strip("'`‘’").removeprefix("+86")
    if text.replace("-", "").isdigit() and text.startswith("1"):
        text = text.replace("-", "")
    if "**" in text:
        raise ValueError(MASKED)
    text = re.sub(r"^[(](0\d{2,3})[)]", r"\1-", text)
    if fault := phone_fault(text):
        raise ValueError(fault)
    return text


def _name(raw: Any) -> str:
    return _BETWEEN_HAN.sub("", text_of(raw))


def _number(raw: Any) -> str:
    """A number as it stands on the paper, without the spaces that layouts put in."""
    return "".join(text_of(raw).split()).replace("(", "（").replace(")", "）")


def _choice(column: Column, shown: str) -> str:
    text = narrow(shown)
    for value, label in column.field.flatchoices:  # type: ignore[union-attr]
        if text == str(value) or text == narrow(str(label)):
            return str(value)
    near = get_close_matches(text, column.choices, n=1, cutoff=0.5)
    hint = f"，是不是“{near[0]}”？" if near else ""
    raise ValueError(f"“{shown}”不在可选范围内{hint}")


_READERS: dict[Shape, Callable[[Any], Any]] = {
    "integer": _integer,
    "bool": _bool,
    "id_no": _id_no,
    "phone": _phone,
    "name": _name,
    "office": _name,
    "person": _name,
    "number": _number,
    "matter": _number,
}


def _people(column: Column, raw: Any) -> list[str]:
    """One part of the people on a side, in order; "" where somebody has none."""
    text = text_of(raw)
    read_one = _READERS.get(column.shape, text_of)
    if column.shape == "text":
        return [text]  # addresses hold separators of their own; `split_like` cuts them
    if not isinstance(raw, str):
        return [read_one(raw)]
    found = []
    for n, part in enumerate(_PEOPLE.split(text), start=1):
        piece = part.strip()
        try:
            found.append("" if is_nothing(column, piece) else read_one(piece))
        except ValueError as fault:
            raise ValueError(f"第 {n} 个：{fault}" if _PEOPLE.search(text) else str(fault)) from None
    return found


def split_like(text: str, count: int) -> list[str] | None:
    """`text` cut into `count` pieces by line breaks, else by semicolons, else by 、; None when no way fits."""
    if count == 1:
        return [text]
    for separator in (r"\n+", r"[;；\n]+", r"[、;；\n]+"):
        pieces = [piece.strip() for piece in re.split(separator, text.strip())]
        if len(pieces) == count:
            return ["" if piece in _NOTHING else piece for piece in pieces]
    return None
