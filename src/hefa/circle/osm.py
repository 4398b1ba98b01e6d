"""Roads from OpenStreetMap: ways with a highway tag on which one may walk."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import osmium

from .faults import Unusable
from .joining import from_lines
from .network import Roads

_SHUT = {"no", "private"}


def read(path: Path) -> Roads:
    """The walkable ways of a .osm.pbf or .osm file. Junctions keep the ids of OpenStreetMap's nodes."""
    lines: list[tuple[list[Any], list[tuple[float, float]], str, float]] = []
    lost = 0
    try:
        way: Any
        for way in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations():
            if not way.is_way() or not _is_walked(way.tags):
                continue
            nodes = [(node.ref, (node.lon, node.lat)) for node in way.nodes if node.location.valid()]
            lost += len(nodes) < len(way.nodes)
            if len(nodes) > 1:
                lines.append(([ref for ref, _ in nodes], [at for _, at in nodes], way.tags["highway"], math.nan))
    except (RuntimeError, ValueError, OSError) as fault:
        raise Unusable(f"“{path.name}”不是完好的 OSM 文件（{fault}）") from None
    if not lines:
        raise Unusable(f"“{path.name}”里没有能走的路（带 highway 标签的线）")
    return from_lines(lines, [f"有 {lost} 条路伸到文件范围以外，只取了范围以内的一段"] if lost else [])


def _is_walked(tags: Any) -> bool:
    if "highway" not in tags or tags.get("area") == "yes":
        return False
    return tags.get("foot", tags.get("access", "")) not in _SHUT
