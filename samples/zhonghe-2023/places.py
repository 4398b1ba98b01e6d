"""Where the sample's offices stand: invented points (WGS84) that only look like a street of ten square kilometres."""

from __future__ import annotations

from random import Random

from invent import read_offices

INVENTED = "样本位置，虚构"
_WEST, _SOUTH, _EAST, _NORTH = 121.553, 29.833, 121.597, 29.867
_ACROSS, _DOWN = 5, 4


def places() -> dict[str, tuple[str, str]]:
    """{office name: (lon, lat)} of the street and its communities, one in each field of a grid; the same each time."""
    offices = [one.name for one in read_offices() if one.level in ("street", "community")]
    wide, high = (_EAST - _WEST) / _ACROSS, (_NORTH - _SOUTH) / _DOWN
    found = {}
    for n, name in enumerate(offices):
        rng = Random(f"place {name}")
        lon = _WEST + wide * (n % _ACROSS + rng.uniform(0.2, 0.8))
        lat = _SOUTH + high * (n // _ACROSS + rng.uniform(0.2, 0.8))
        found[name] = (f"{lon:.6f}", f"{lat:.6f}")
    return found


def beside(office: str, what: str) -> tuple[str, str]:
    """A point some hundred metres from an office, the same each time."""
    rng = Random(f"beside {what}")
    lon, lat = map(float, places()[office])
    return f"{lon + rng.uniform(-0.004, 0.004):.6f}", f"{lat + rng.uniform(-0.003, 0.003):.6f}"
