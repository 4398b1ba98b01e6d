"""Roads from a shapefile of lines, with a shapefile of their junctions beside it or without."""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapefile

from .csvroads import own_id
from .faults import Unusable
from .joining import Junctions, from_lines, key_of
from .network import Roads

LENGTHS = ("length", "shape_leng", "shape_length", "长度")
CLASSES = ("highway", "class", "fclass", "道路等级")
IDS = ("fid", "id", "osmid", "node_id", "nid")
_BROKEN = (
    shapefile.ShapefileException,
    struct.error,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    AssertionError,
    TypeError,
)


def read(path: Path) -> Roads:
    """A folder with edges.shp and maybe nodes.shp, or one file of lines.

    With nodes, a road runs between the two junctions on which its ends lie, and keeps their ids; the ends must lie on
    junctions. Without, junctions are where lines end or meet.
    """
    edges = (_named(path, "edges.shp") or path) if path.is_dir() else path
    nodes = _named(path, "nodes.shp") if path.is_dir() else None
    try:
        with _opened(edges) as lines:
            found = list(_lines(lines))
        if nodes is None:
            return from_lines(found, [])
        with _opened(nodes) as places:
            junctions = _junctions(places)
    except Unusable:
        raise
    except _BROKEN as fault:
        raise Unusable(f"“{edges.name}”不是完好的 shapefile，.shp、.shx、.dbf 要齐全（{fault}）") from None
    return _joined(found, junctions, edges.name)


def _named(folder: Path, name: str) -> Path | None:
    return next((one for one in folder.iterdir() if one.name.lower() == name), None)


def _opened(path: Any) -> shapefile.Reader:
    for encoding in ("utf-8", "gb18030"):
        try:
            reader = shapefile.Reader(str(path), encoding=encoding)
            next(iter(reader.iterRecords()), None)
            return reader
        except UnicodeDecodeError:
            continue
    raise Unusable(f"“{path.name}”的文字编码认不出来")


def _field(reader: shapefile.Reader, names: tuple[str, ...]) -> str | None:
    own = {one[0].lower(): one[0] for one in reader.fields}
    return next((own[name] for name in names if name in own), None)


def _lines(reader: shapefile.Reader) -> Iterator[tuple[list[Any], list[tuple[float, float]], str, float]]:
    length, road_class = _field(reader, LENGTHS), _field(reader, CLASSES)
    for one in reader.iterShapeRecords():
        places = [(float(point[0]), float(point[1])) for point in one.shape.points]
        parts = [*getattr(one.shape, "parts", [0]), len(places)]
        told = one.record[length] if length and len(parts) == 2 else None
        metres = math.nan if told is None else float(told)
        word = str(one.record[road_class] or "").strip() if road_class else ""
        for start, end in itertools.pairwise(parts):
            line = places[start:end]
            yield [key_of(place) for place in line], line, word, metres


def _junctions(reader: shapefile.Reader) -> Junctions:
    id_field, found = _field(reader, IDS), Junctions()
    for n, one in enumerate(reader.iterShapeRecords()):
        if not one.shape.points:
            continue
        place = one.shape.points[0]
        own = one.record[id_field] if id_field else n
        found.add(key_of(place), (float(place[0]), float(place[1])), own_id(own) if isinstance(own, str) else own)
    return found


def _joined(
    lines: list[tuple[list[Any], list[tuple[float, float]], str, float]], junctions: Junctions, name: str
) -> Roads:
    tails, heads, lengths, classes, shapes = [], [], [], [], []
    for n, (keys, places, word, metres) in enumerate(lines, start=1):
        if len(places) < 2:
            continue
        try:
            ends = junctions.known(keys[0]), junctions.known(keys[-1])
        except KeyError:
            raise Unusable(f"“{name}”第 {n} 条路段的端点不在任何路口上，nodes 和 edges 不是一套") from None
        tails.append(ends[0])
        heads.append(ends[1])
        lengths.append(metres)
        classes.append(word)
        shapes.append(places[1:-1])
    lon, lat = np.array(junctions.places, float).reshape(-1, 2).T
    return Roads(
        junctions.ids,
        lon,
        lat,
        np.array(tails, np.int64),
        np.array(heads, np.int64),
        np.array(lengths),
        classes,
        shapes,
    )
