"""Where mediators sit, and where people live: CSV files of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from . import ground, pace
from .faults import Unusable
from .ground import Floats
from .network import Network
from .tables import number, rows

COLUMNS = {
    "name": ("name", "名称", "点位", "点位名称", "地点"),
    "lon": ("lon", "经度", "lng", "longitude", "x"),
    "lat": ("lat", "纬度", "latitude", "y"),
    "crs": ("crs", "坐标系"),
    "people": ("mediators", "调解员人数", "调解员"),
    "hours": ("hours", "开放时间"),
}
HOMES = {
    "lon": COLUMNS["lon"],
    "lat": COLUMNS["lat"],
    "crs": COLUMNS["crs"],
    "residents": ("residents", "人数", "居民人数", "人口", "常住人口", "population"),
}


@dataclass(frozen=True)
class Point:
    """A mediation point. `lon`, `lat` in degrees of WGS84; `people`: mediators who sit there, 0: not told."""

    name: str
    lon: float
    lat: float
    people: int = 0
    hours: str = ""
    key: str = ""


@dataclass(frozen=True)
class Homes:
    """Buildings or addresses, with the people who live in each (1 where not told)."""

    lon: Floats
    lat: Floats
    residents: Floats
    are_counted: bool  # whether the file tells residents

    def __len__(self) -> int:
        return len(self.lon)


def read_points(path: Path, crs: str = ground.WGS84) -> list[Point]:
    """Points of a CSV `name,lon,lat[,crs]`. `crs`: for rows that tell none. `Unusable`: the row and what is wrong."""
    found: list[Point] = []
    for line, row in rows(path, COLUMNS, ("name", "lon", "lat")):
        where = f"“{path.name}”第 {line} 行"
        if not row["name"]:
            raise Unusable(f"{where}没有名称")
        if any(one.name == row["name"] for one in found):
            raise Unusable(f"{where}“{row['name']}”前面已经有了，名称不能重复")
        lon, lat = _place(row, where, crs)
        people = number(row["people"], where, "调解员人数") if row.get("people") else 0
        found.append(Point(row["name"], lon, lat, max(0, int(people)), row.get("hours", "")))
    if not found:
        raise Unusable(f"“{path.name}”里一个调解点也没有，至少要有一个")
    return found


def read_homes(path: Path, crs: str = ground.WGS84) -> Homes:
    """Buildings of a CSV `lon,lat[,residents][,crs]`."""
    places, people, told = [], [], False
    for line, row in rows(path, HOMES, ("lon", "lat")):
        where = f"“{path.name}”第 {line} 行"
        places.append(_place(row, where, crs))
        count = number(row["residents"], where, "人数") if row.get("residents") else 1.0
        if count < 0:
            raise Unusable(f"{where}人数 {count:g} 不能是负数")
        people.append(count)
        told = told or "residents" in row
    if not places:
        raise Unusable(f"“{path.name}”里一处住址也没有")
    lon, lat = np.array(places).T
    return Homes(lon, lat, np.array(people), told)


def _place(row: dict[str, str], where: str, crs: str) -> tuple[float, float]:
    lon, lat = number(row["lon"], where, "经度"), number(row["lat"], where, "纬度")
    ground.must_be_degrees(lon, lat, where)
    own = ground.crs_of(row["crs"], where) if row.get("crs") else crs
    east, north = ground.to_wgs84(np.array(lon), np.array(lat), own)
    return float(east), float(north)


@dataclass(frozen=True)
class Snapped:
    """A point at the junction that stands for it. `away`: metres between them, which no walk is charged with."""

    point: Point
    node: int
    away: float


def snap(points: Sequence[Point], network: Network) -> list[Snapped]:
    """Each point at its nearest junction. `Unusable` names a point that is in another town."""
    if not points:
        raise Unusable("一个调解点也没有，至少要有一个")
    nodes, away = network.nearest([one.lon for one in points], [one.lat for one in points])
    refused = float(pace.walking()["points"]["refused_from"])
    far = [(one.name, metres) for one, metres in zip(points, away.tolist(), strict=True) if metres >= refused]
    if far:
        name, metres = max(far, key=lambda one: one[1])
        others = f"等 {len(far)} 个点" if len(far) > 1 else ""
        raise Unusable(
            f"“{name}”{others}不在这个路网的范围里：离最近的路口 {metres / 1000:.1f} 公里。"
            "请核对经纬度和坐标系，或者换成当地的路网"
        )
    return [Snapped(*one) for one in zip(points, nodes.tolist(), away.tolist(), strict=True)]


def moved(points: Sequence[Point], moves: dict[str, tuple[float, float]], closed: Sequence[str]) -> list[Point]:
    """The points as they would be if some moved and some closed. `Unusable` when a name is unknown."""
    known = {one.name for one in points}
    unknown = [name for name in (*moves, *closed) if name not in known]
    if unknown:
        raise Unusable(f"没有名为“{unknown[0]}”的调解点，现有：{'、'.join(sorted(known))[:200]}")
    kept = [one for one in points if one.name not in set(closed)]
    return [replace(one, lon=moves[one.name][0], lat=moves[one.name][1]) if one.name in moves else one for one in kept]
