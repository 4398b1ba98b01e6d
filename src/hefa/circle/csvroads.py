"""Roads from CSV: one line a road, its two junctions by id; their degrees beside them or in a file of nodes."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from .faults import Unusable
from .joining import Junctions
from .network import Roads
from .tables import number, rows

EDGES = {
    "tail": ("from", "u", "source", "start", "from_node", "起点"),
    "head": ("to", "v", "target", "end", "to_node", "终点"),
    "tail_lon": ("from_lon", "u_lon", "lon1", "x1", "起点经度"),
    "tail_lat": ("from_lat", "u_lat", "lat1", "y1", "起点纬度"),
    "head_lon": ("to_lon", "v_lon", "lon2", "x2", "终点经度"),
    "head_lat": ("to_lat", "v_lat", "lat2", "y2", "终点纬度"),
    "length": ("length", "metres", "meters", "长度"),
    "class": ("highway", "class", "道路等级"),
}
NODES = {
    "id": ("id", "node", "node_id", "osmid", "fid", "编号"),
    "lon": ("lon", "lng", "x", "longitude", "经度"),
    "lat": ("lat", "y", "latitude", "纬度"),
}
_ENDS = ("tail_lon", "tail_lat", "head_lon", "head_lat")


def read(path: Path) -> Roads:
    """A folder with nodes.csv and edges.csv, or a file of edges (with nodes.csv beside it when it has no degrees)."""
    edges = path / "edges.csv" if path.is_dir() else path
    nodes = edges.with_name("nodes.csv")
    has_nodes = nodes.is_file() and nodes != edges
    junctions = Junctions()
    if has_nodes:
        _nodes(nodes, junctions)
    tails: list[int] = []
    heads: list[int] = []
    lengths, classes, last = [], [], 0
    needed = ("tail", "head") if has_nodes else ("tail", "head", *_ENDS)
    for line, row in rows(edges, EDGES, needed):
        where = f"“{edges.name}”第 {line} 行"
        for end, into in (("tail", tails), ("head", heads)):
            into.append(_junction(row, end, junctions, where, nodes.name if has_nodes else ""))
        length = number(row["length"], where, "长度") if row.get("length") else math.nan
        if length < 0:
            raise Unusable(f"{where}长度 {length:g} 不能是负数")
        lengths.append(length)
        classes.append(row.get("class", ""))
        last = line
    if not last:
        raise Unusable(f"“{edges.name}”里没有路段")
    lon, lat = np.array(junctions.places, float).T
    return Roads(
        junctions.ids, lon, lat, np.array(tails), np.array(heads), np.array(lengths), classes if any(classes) else []
    )


def _nodes(path: Path, junctions: Junctions) -> None:
    for line, row in rows(path, NODES, ("id", "lon", "lat")):
        where = f"“{path.name}”第 {line} 行"
        before = len(junctions.places)
        place = (number(row["lon"], where, "经度"), number(row["lat"], where, "纬度"))
        if junctions.add(row["id"], place, own_id(row["id"])) != before:
            raise Unusable(f"{where}编号“{row['id']}”前面已经有了，编号不能重复")


def _junction(row: dict[str, str], end: str, junctions: Junctions, where: str, nodes: str) -> int:
    key, said = row[end], "起点" if end == "tail" else "终点"
    if not key:
        raise Unusable(f"{where}没有{said}")
    try:
        return junctions.known(key)
    except KeyError:
        if nodes:
            raise Unusable(f"{where}{said}“{key}”在“{nodes}”里没有") from None
    place = (number(row[f"{end}_lon"], where, f"{said}经度"), number(row[f"{end}_lat"], where, f"{said}纬度"))
    return junctions.add(key, place, own_id(key))


def own_id(text: str) -> int | str:
    """An id as the file means it: a whole number where it is written as one."""
    return int(text) if text.isascii() and text.isdigit() and str(int(text)) == text else text
