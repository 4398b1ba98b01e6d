"""Road networks from files: which reader a path calls for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import ground
from .faults import Unusable
from .network import Roads

SHAPES = "OSM 的 .pbf、有 nodes 和 edges 的 shapefile 文件夹、GeoJSON（.geojson/.json）、路段 CSV"


def read_roads(path: Path, crs: str = ground.WGS84) -> Roads:
    """The roads of a file or folder, in degrees of WGS84. `crs`: the system in which the file has them.

    `Unusable` says in one sentence what is wrong with the file.
    """
    if not path.exists():
        raise Unusable(f"没有文件“{path}”。路网可以是：{SHAPES}")
    found = _reader(path)(path)
    _must_be_degrees(found, path)
    return in_wgs84(found, crs)


def in_wgs84(roads: Roads, crs: str) -> Roads:
    """The same roads in degrees of WGS84."""
    if crs != ground.GCJ02:
        return roads
    lon, lat = ground.to_wgs84(roads.lon, roads.lat, crs)
    shapes = []
    for line in roads.shapes:
        xs, ys = ground.to_wgs84([x for x, _ in line], [y for _, y in line], crs)  # type: ignore[arg-type]
        shapes.append(list(zip(xs.tolist(), ys.tolist(), strict=True)))
    return replace(roads, lon=lon, lat=lat, shapes=shapes)


def _must_be_degrees(roads: Roads, path: Path) -> None:
    if not len(roads.lon):
        raise Unusable(f"“{path.name}”里没有路口")
    for lon, lat in ((roads.lon.min(), roads.lat.min()), (roads.lon.max(), roads.lat.max())):
        ground.must_be_degrees(float(lon), float(lat), f"“{path.name}”的路口")


def _reader(path: Path) -> Callable[[Path], Roads]:
    from . import csvroads, geojson

    if path.is_dir():
        names = {one.name.lower() for one in path.iterdir()}
        if "edges.shp" in names:
            return _late("shapefolder")
        if "edges.csv" in names:
            return csvroads.read
        raise Unusable(f"文件夹“{path}”里没有 edges.shp 或 edges.csv。路网可以是：{SHAPES}")
    name = path.name.lower()
    if name.endswith((".pbf", ".osm")):
        return _late("osm")
    if name.endswith(".shp"):
        return _late("shapefolder")
    if name.endswith((".geojson", ".json")):
        return geojson.read
    if name.endswith(".csv"):
        return csvroads.read
    raise Unusable(f"不认识“{path.name}”这种文件。路网可以是：{SHAPES}")


def _late(module: str) -> Callable[[Path], Roads]:
    """The `read` of a module whose library is opened only when such a file is there."""
    from importlib import import_module

    read: Callable[[Path], Any] = import_module(f".{module}", __package__).read
    return read
