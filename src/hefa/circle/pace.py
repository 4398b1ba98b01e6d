"""How people walk: `walking.toml` read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def walking() -> dict[str, Any]:
    """The tables of `walking.toml`."""
    return tomllib.loads(resources.files(__package__).joinpath("walking.toml").read_text("utf-8"))


def usual_speed() -> float:
    """Metres a second of somebody who walks at the stated pace."""
    pace = walking()["pace"]
    return float(pace["metres"]) / (float(pace["minutes"]) * 60)


def share_of_pace(road_class: str) -> float:
    """The share of the usual pace on a class of road; 0 where nobody may walk."""
    classes = walking()["classes"]
    return float(classes.get(road_class, classes["other"]))
