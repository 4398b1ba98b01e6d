"""Roads from GeoJSON: features whose geometry is a LineString or a MultiLineString."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from .faults import Unusable
from .joining import from_lines, key_of
from .network import Roads
from .tables import bytes_of, number

LENGTHS = ("length", "len", "长度")
CLASSES = ("highway", "class", "fclass", "道路等级")


def read(path: Path) -> Roads:
    """Junctions are numbered from 0 in the order of the file. A property `length` is taken as metres."""
    try:
        document = orjson.loads(bytes_of(path).removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as fault:
        raise Unusable(f"“{path.name}”不是完好的 GeoJSON（第 {fault.lineno} 行：{fault.msg}）") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise Unusable(f"“{path.name}”不是 GeoJSON：没有 features")
    roads = from_lines(list(_lines(features, path.name)), [])
    if not len(roads.tails):
        raise Unusable(f"“{path.name}”里没有线（LineString），路网要由线组成")
    return roads


def _lines(features: list[Any], name: str) -> Iterator[tuple[list[Any], list[tuple[float, float]], str, float]]:
    for n, feature in enumerate(features, start=1):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        told = (feature.get("properties") if isinstance(feature, dict) else None) or {}
        if not isinstance(shape, dict) or shape.get("type") not in ("LineString", "MultiLineString"):
            continue
        single = shape["type"] == "LineString"
        for line in [shape.get("coordinates")] if single else shape.get("coordinates") or ():
            where = f"“{name}”第 {n} 个要素"
            places = _places(line, where)
            length = next((told[key] for key in LENGTHS if told.get(key) is not None), None) if single else None
            metres = math.nan if length is None else _length(str(length), where)
            road_class = next((_word(told[key]) for key in CLASSES if told.get(key)), "")
            yield [key_of(one) for one in places], places, road_class, metres


def _word(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value)


def _length(text: str, where: str) -> float:
    value = number(text, where, "长度")
    if value < 0:
        raise Unusable(f"{where}长度 {value:g} 不能是负数")
    return value


def _places(line: Any, where: str) -> list[tuple[float, float]]:
    try:
        places = [(float(one[0]), float(one[1])) for one in line]
    except (TypeError, ValueError, IndexError, KeyError):
        raise Unusable(f"{where}的坐标读不了，应为 [经度, 纬度] 的列表") from None
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in places):
        raise Unusable(f"{where}的坐标里有不是数字的值")
    return places
