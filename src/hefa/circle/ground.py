"""Degrees and metres: coordinate systems brought to WGS84, lengths on the mean sphere.

WGS84 and CGCS2000 differ by centimetres and are one here. GCJ-02, the system of Chinese map services, is WGS84 moved by
some 500 metres through a published series; its inverse is found by iteration, to a millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .faults import Unusable
from .pace import walking

Floats = NDArray[np.float64]
Ints = NDArray[Any]

EARTH = 6_371_008.8  # metres: the mean radius of the Earth (IUGG)
WGS84, GCJ02, CGCS2000 = "wgs84", "gcj02", "cgcs2000"
# Krasovsky 1940, the ellipsoid in which GCJ-02 is defined.
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943
_ROUNDS = 10  # each makes the error some hundred times smaller
CHINA = (73.0, 136.0, 3.0, 54.0)  # degrees: west, east, south, north


def crs_of(name: str, where: str = "") -> str:
    """The coordinate system of that name. `Unusable` lists the known ones."""
    plain = name.strip().lower().replace("-", "").replace("_", "").replace(" ", "").replace(":", "")
    known = {one: crs for crs, names in walking()["systems"].items() for one in names}
    try:
        return str(known[plain])
    except KeyError:
        raise Unusable(f"{where}不认识坐标系“{name.strip()}”，可以写 WGS84、GCJ-02 或 CGCS2000") from None


def to_wgs84(lon: Floats, lat: Floats, crs: str) -> tuple[Floats, Floats]:
    """Degrees of a known system as degrees of WGS84."""
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    if crs != GCJ02:
        return lon, lat
    real_lon, real_lat = lon.copy(), lat.copy()
    for _ in range(_ROUNDS):
        east, north = to_gcj02(real_lon, real_lat)
        real_lon, real_lat = real_lon - (east - lon), real_lat - (north - lat)
    return real_lon, real_lat


def to_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Degrees of WGS84 as degrees of GCJ-02, within China."""
    x, y = np.asarray(lon, float) - 105.0, np.asarray(lat, float) - 35.0
    root = np.sqrt(np.abs(x))
    fast = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (fast + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (fast + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    bulge = 1.0 - _ECCENTRICITY * np.sin(phi) ** 2
    meridian = _AXIS * (1.0 - _ECCENTRICITY) / bulge**1.5
    parallel = _AXIS / np.sqrt(bulge) * np.cos(phi)
    return np.asarray(lon) + np.degrees(east / parallel), np.asarray(lat) + np.degrees(north / meridian)


def must_be_degrees(lon: float, lat: float, where: str) -> None:
    """`Unusable` unless the two are degrees within China."""
    west, east, south, north = CHINA
    if west <= lat <= east and south <= lon <= north:
        raise Unusable(f"{where}经度 {lon:g}、纬度 {lat:g} 像是填反了，请对调")
    if not (west <= lon <= east and south <= lat <= north):
        raise Unusable(f"{where}经度 {lon:g}、纬度 {lat:g} 不在中国境内；应为度，如 121.5732、29.8516")


def metres(lon1: Any, lat1: Any, lon2: Any, lat2: Any) -> Floats:
    """Great-circle metres between points, or arrays of points, by the haversine."""
    one, two = np.radians(lat1), np.radians(lat2)
    half = (
        np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(np.radians(np.subtract(lon2, lon1)) / 2) ** 2
    )
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(half)))


def on_sphere(lon: Any, lat: Any) -> Floats:
    """Points as rows (x, y, z) in metres from the Earth's centre, so that a tree of them finds the nearest."""
    east, north = np.radians(np.atleast_1d(lon)), np.radians(np.atleast_1d(lat))
    flat = np.cos(north)
    return EARTH * np.column_stack((flat * np.cos(east), flat * np.sin(east), np.sin(north)))


def chord(along: float) -> float:
    """The straight line through the ground under so many metres over it."""
    return 2 * EARTH * float(np.sin(min(along / (2 * EARTH), np.pi / 2)))


@dataclass(frozen=True)
class Plane:
    """A flat map of a town: metres east and north of its middle, true to a thousandth over 30 kilometres."""

    lon: float
    lat: float

    def flat(self, lon: Any, lat: Any) -> tuple[Floats, Floats]:
        scale = np.cos(np.radians(self.lat))
        east = np.radians(np.subtract(lon, self.lon)) * EARTH * scale
        return np.asarray(east), np.asarray(np.radians(np.subtract(lat, self.lat)) * EARTH)

    def round(self, x: Any, y: Any) -> tuple[Floats, Floats]:
        """The way back, in degrees."""
        scale = np.cos(np.radians(self.lat))
        lon = self.lon + np.degrees(np.asarray(x) / (EARTH * scale))
        return np.asarray(lon), np.asarray(self.lat + np.degrees(np.asarray(y) / EARTH))
