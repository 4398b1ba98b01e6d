"""The network that the desk draws on: the one kept in the data folder, else the invented one of the sample."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from .faults import Unusable
from .network import Network, Roads, build
from .outline import Outliner
from .points import Homes, read_homes
from .reading import read_roads
from .study import Housed, house

FOLDER, FILE = "circle", "roads.npz"
SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "zhonghe-2023" / "roads"


@dataclass(frozen=True)
class Kept:
    """Roads with the name of the file that they came from."""

    roads: Roads
    name: str
    is_sample: bool
    mark: str  # changes whenever the roads do
    homes: Homes | None = None


@dataclass(frozen=True)
class Ground:
    """A kept network made ready: to be walked, to be drawn, with the homes on it."""

    kept: Kept
    network: Network
    outliner: Outliner
    housed: Housed | None


def keep(roads: Roads, name: str, data: Path, homes: Homes | None = None) -> None:
    """Put a network, and the homes on it, into the data folder in place of the one before; whole or not at all."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    counts = np.array([len(line) for line in roads.shapes] or [0] * len(roads.tails))
    flat = np.array([place for line in roads.shapes for place in line], float).reshape(-1, 2)
    own: dict[str, Any] = (
        {} if homes is None else {"home_lon": homes.lon, "home_lat": homes.lat, "residents": homes.residents}
    )
    counted = homes is not None and homes.are_counted
    told = {"name": name, "counted": counted, "ids": roads.ids, "classes": roads.classes, "warnings": roads.warnings}
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as out:
        np.savez_compressed(
            out, lon=roads.lon, lat=roads.lat, tails=roads.tails, heads=roads.heads, lengths=roads.lengths,
            counts=counts, flat=flat, told=np.frombuffer(orjson.dumps(told), np.uint8), **own,
        )  # fmt: skip
    os.replace(out.name, folder / FILE)


def standing(data: Path) -> Kept:
    """The network in use, read once a process and again when its file has changed."""
    path = data / FOLDER / FILE
    if path.is_file():
        return _kept(path, path.stat().st_mtime_ns)
    return _sample()


@lru_cache(maxsize=2)
def _kept(path: Path, changed: int) -> Kept:
    try:
        with np.load(path, allow_pickle=False) as found:
            told: dict[str, Any] = orjson.loads(found["told"].tobytes())
            places = [tuple(place) for place in found["flat"].tolist()]
            ends = np.cumsum(found["counts"])
            shapes = [
                places[end - count : end] for end, count in zip(ends.tolist(), found["counts"].tolist(), strict=True)
            ]
            roads = Roads(
                told["ids"], found["lon"], found["lat"], found["tails"], found["heads"], found["lengths"],
                told["classes"], shapes, told["warnings"],
            )  # fmt: skip
            homes = None
            if "home_lon" in found:
                homes = Homes(found["home_lon"], found["home_lat"], found["residents"], told["counted"])
    except (OSError, ValueError, KeyError, EOFError) as fault:
        raise Unusable(f"数据目录里的路网“{path.name}”坏了（{fault}），请用 circle --roads … --keep 重新保存") from None
    return Kept(roads, told["name"], False, f"{changed:x}", homes)


@lru_cache(maxsize=1)
def _sample() -> Kept:
    if not SAMPLE.is_dir():
        raise Unusable("没有路网。请用 ./hefa circle --roads 路网 --keep 保存本街道的路网")
    return Kept(read_roads(SAMPLE), "zhonghe-2023", True, "sample", read_homes(SAMPLE / "homes.csv"))


_ready: dict[str, Ground] = {}


def ground(data: Path) -> Ground:
    """The network in use, ready; made once a process for each network."""
    kept = standing(data)
    if kept.mark not in _ready:
        network = build(kept.roads)
        _ready.clear()
        housed = None if kept.homes is None else house(kept.homes, network)
        _ready[kept.mark] = Ground(kept, network, Outliner(network), housed)
    return _ready[kept.mark]
