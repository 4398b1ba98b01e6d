"""CSV as offices write it: UTF-8 with or without a mark, or GBK; Chinese or English headers; every number checked."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .faults import Unusable

MOST_BYTES = 1 << 30


def rows(
    path: Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of a CSV file as (line number, {column: text}), empty lines left out.

    `columns`: our name → the headers taken for it. `Unusable` names the columns of `needed` that are missing.
    """
    reader = csv.reader(io.StringIO(text_of(path)))
    try:
        header = next((line for line in reader if any(cell.strip() for cell in line)), None)
        if header is None:
            raise Unusable(f"“{path.name}”是空的")
        at = _places(header, columns)
        missing = [name for name in needed if name not in at]
        if missing:
            lacks = "、".join("/".join(columns[name][:2]) for name in missing)
            raise Unusable(f"“{path.name}”缺少列：{lacks}。现有的列是：{'、'.join(header)[:120]}")
        for line in reader:
            if any(cell.strip() for cell in line):
                yield reader.line_num, {name: line[n].strip() if n < len(line) else "" for name, n in at.items()}
    except csv.Error as fault:
        raise Unusable(f"“{path.name}”第 {reader.line_num} 行读不了，不是完好的 CSV（{fault}）") from None


def _places(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    plain = [cell.strip().lower() for cell in header]
    return {
        name: plain.index(found)
        for name, headers in columns.items()
        if (found := next((one for one in headers if one in plain), None)) is not None
    }


def text_of(path: Path) -> str:
    """The text of a file in UTF-8 or GBK. `Unusable` when it is not there or is no text."""
    raw = bytes_of(path)
    if b"\0" in raw[:4096]:
        raise Unusable(f"“{path.name}”不是文本文件，请另存为 CSV（UTF-8）")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unusable(f"“{path.name}”的文字编码认不出来，请另存为 CSV（UTF-8）")


def bytes_of(path: Path) -> bytes:
    """What is in a file. `Unusable` when it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unusable(f"“{path.name}”超过 1 GB，请先裁出本街道一带")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unusable(f"没有文件“{path}”") from None
    except OSError as fault:
        raise Unusable(f"“{path}”读不了：{fault.strerror}") from None


def number(text: str, where: str, what: str) -> float:
    """A finite number. `Unusable` says where it is none."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Unusable(f"{where}{what}“{text[:40]}”不是数字" if text else f"{where}{what}没有填")
    return value
