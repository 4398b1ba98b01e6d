"""Writes the sample's road network and homes: invented, of the size of the street, like no real place.

python samples/zhonghe-2023/roads.py
"""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent / "roads"
WEST, SOUTH, EAST, NORTH = 121.552, 29.832, 121.598, 29.868  # degrees, WGS84
ACROSS, DOWN = 37, 33  # streets: some 120 metres apart
CANAL, BRIDGES = 14, (3, 16, 29)  # a water between two rows of junctions, and where one may cross
PARK = range(22, 28), range(20, 26)  # columns and rows without streets
_DROPPED = 0.14  # share of streets that are not there
_HOMES, _RESIDENTS = 700, (20, 260)


def main() -> None:
    """Write nodes.csv, edges.csv and homes.csv; the same each time."""
    rng = Random("invented roads")
    wide, high = (EAST - WEST) / (ACROSS - 1), (NORTH - SOUTH) / (DOWN - 1)
    at = {
        (x, y): (WEST + wide * (x + rng.uniform(-0.25, 0.25)), SOUTH + high * (y + rng.uniform(-0.25, 0.25)))
        for y in range(DOWN)
        for x in range(ACROSS)
        if not (x in PARK[0] and y in PARK[1])
    }
    roads = [road for place in at for road in _from(place, rng) if road[1] in at]
    used = sorted({place for one in roads for place in one[:2]}, key=lambda place: (place[1], place[0]))
    number = {place: n for n, place in enumerate(used, start=1)}
    FOLDER.mkdir(exist_ok=True)
    nodes = [(number[place], *(f"{one:.6f}" for one in at[place])) for place in used]
    _write("nodes.csv", ("id", "lon", "lat"), nodes)
    _write("edges.csv", ("from", "to", "highway"), [(number[a], number[b], kind) for a, b, kind in roads])
    _write("homes.csv", ("lon", "lat", "residents"), [_home(at[rng.choice(used)], rng) for _ in range(_HOMES)])


def _from(place: tuple[int, int], rng: Random) -> list[tuple[tuple[int, int], tuple[int, int], str]]:
    """The streets that go east and north from a junction."""
    x, y = place
    found = []
    for other, line in (((x + 1, y), y), ((x, y + 1), x)):
        is_over_water = other[1] != y and y == CANAL
        kind = "primary" if line % 12 == 6 else "tertiary" if line % 4 == 2 else "residential"
        if is_over_water and x not in BRIDGES:
            continue
        if not is_over_water and kind == "residential" and rng.random() < _DROPPED * 1.6:
            continue
        found.append((place, other, kind))
    return found


def _home(corner: tuple[float, float], rng: Random) -> tuple[str, str, int]:
    lon, lat = (one + rng.uniform(-0.0005, 0.0005) for one in corner)
    return f"{lon:.6f}", f"{lat:.6f}", rng.randint(*_RESIDENTS)


def _write(name: str, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
